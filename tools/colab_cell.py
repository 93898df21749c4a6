"""The cell that installs jaclib on Google Colab, in the copies of the notebooks that readers download.

Colab opens a notebook without the repository around it and does not tell the notebook where it came from. Where the
build knows the address of the repository, the cell has it; elsewhere it asks the reader, once.
"""

from __future__ import annotations

import nbformat

import launch_links

_ASK = 'input("Paste the address of this notebook on GitHub: ")'
_SOURCE = """\
# On Google Colab this installs the package of the course. Everywhere else it does nothing.
import importlib.util
import sys

if "google.colab" in sys.modules and importlib.util.find_spec("jaclib") is None:
    import re

    address = {address}
    found = re.search(r"github(?:\\.com)?/([\\w.-]+/[\\w.-]+)/blob/([\\w.-]+)/", address)
    if found is None:
        raise ValueError("That is not the address of a notebook on GitHub. Run this cell again.")
    repository, branch = found.groups()
    %pip install --quiet git+https://github.com/{{repository}}@{{branch}}"""


def source(repository: launch_links.Repository | None, path: str) -> str:
    """Return the code of the cell for a notebook, given its path in the repository."""
    known = repository is not None and repository.on_github
    return _SOURCE.format(address=f'"{repository.url}/blob/{repository.branch}/{path}"' if known else _ASK)


def insert(nb: nbformat.NotebookNode, repository: launch_links.Repository | None, path: str) -> None:
    """Put the cell before the first code of the notebook."""
    cell = nbformat.v4.new_code_cell(source(repository, path), id="colab", metadata={"tags": ["remove-cell"]})
    first = next(index for index, other in enumerate(nb.cells) if other.cell_type == "code")
    nb.cells.insert(first, cell)
