"""The cell that installs jaclib on Google Colab. It stands before the other code of every notebook, hidden in the book.

Colab opens a notebook from GitHub without the repository around it and does not tell the notebook where it came from,
and the course does not know its own address. So the cell asks the reader for it, once; in the copies to download it is
filled in where the build knows it.

    python tools/colab_cell.py      put the cell into the notebooks that lack it; a second call does nothing
"""

from __future__ import annotations

import sys

import nbformat

import launch_links
import notebooks

TAG = notebooks.INSTALLS
HIDDEN = "remove-cell"

_ASK = 'input("Paste the address of this page, from your browser\'s address bar: ")'
SOURCE = f"""\
# On Google Colab this installs the package of the course. Everywhere else it does nothing.
import importlib.util
import sys

if "google.colab" in sys.modules and importlib.util.find_spec("jaclib") is None:
    import re

    address = {_ASK}
    found = re.search(r"github(?:\\.com)?/([\\w.-]+/[\\w.-]+)/blob/([\\w.-]+)/", address)
    if found is None:
        raise ValueError("That is not the address of a notebook on GitHub. Run this cell again.")
    repository, branch = found.groups()
    %pip install --quiet git+https://github.com/{{repository}}@{{branch}}"""


def is_it(cell) -> bool:
    """Whether this is the cell."""
    return TAG in cell.metadata.get("tags", [])


def insert(nb: nbformat.NotebookNode) -> bool:
    """Put the cell before the first other code, or bring it up to date; return whether the notebook changed."""
    wanted = nbformat.v4.new_code_cell(SOURCE, metadata={"tags": [TAG, HIDDEN]})
    there = [cell for cell in nb.cells if is_it(cell)]
    if [cell.source for cell in there] == [SOURCE]:
        return False
    nb.cells = [cell for cell in nb.cells if not is_it(cell)]
    first = next(index for index, cell in enumerate(nb.cells) if cell.cell_type == "code")
    nb.cells.insert(first, wanted)
    return True


def know(nb: nbformat.NotebookNode, repository: launch_links.Repository | None, path: str) -> None:
    """Fill in the notebook's address, where it is known, so that the reader need not."""
    if repository is not None and repository.on_github:
        for cell in filter(is_it, nb.cells):
            cell.source = cell.source.replace(_ASK, f'"{repository.url}/blob/{repository.branch}/{path}"')


def drop(nb: nbformat.NotebookNode) -> None:
    """Leave the cell out, where jaclib is installed for certain."""
    nb.cells = [cell for cell in nb.cells if not is_it(cell)]


def main() -> int:
    for path in notebooks.all_notebooks():
        nb = notebooks.read(path)
        if insert(nb):
            notebooks.write(notebooks.normalise(nb), path)
            print(f"  {path.name}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
