"""Put the interactive figures of `book/interactive` into the pages, and draw the picture that stands for each.

The notebooks know nothing of them: a figure needs the page's scripts. Its block is Markdown, so that the tasks may have
formulas, around one element that holds the picture; `book/_static/figures/figure.js` makes it live.
"""

from __future__ import annotations

import functools
import hashlib
import html
import io
import json
import sys
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "book"))
from interactive import FIGURES, Interactive

from jaclib.exercises.sections import chapter_of

ROOT = Path(__file__).resolve().parent.parent

FILES = sorted((ROOT / "book" / "interactive").glob("*.py"))
# Below the folder of a page, where Sphinx copies static files to.
STATIC = "../_static/figures"


def insert(cells: list, chapter: int) -> None:
    """Insert the figures of a chapter at their places.

    Raises
    ------
    ValueError
        If the words that a figure stands at are not in exactly one cell.
    """
    figures = [figure for figure in FIGURES if chapter_of(figure.section) == chapter]
    for figure in figures:
        side, words = figure.place
        found = [k for k, cell in enumerate(cells) if words in cell.source]
        if len(found) != 1:
            raise ValueError(f"figure {figure.id}: {words!r} is in {len(found)} cells, expected 1")
        at = found[0] + 1
        if side == "before":
            above, below = cells[at - 1].source.split(f"\n{words}")
            rest = nbformat.v4.new_markdown_cell(words + below)
            cells[at - 1].source = above.rstrip()
            cells.insert(at, rest)
        cells.insert(at, nbformat.v4.new_markdown_cell(block(figure, with_script=figure is figures[0])))


def block(figure: Interactive, *, with_script: bool = True) -> str:
    """Return a figure as MyST Markdown, for one figure of a page with the script that starts them all."""
    script = f'<script defer src="{STATIC}/figure.js"></script>\n' if with_script else ""
    data = html.escape(json.dumps(figure.start), quote=True)
    _, width, height = drawn(figure.id)
    wide, narrow = figure.room
    return f"""::::::{{admonition}} Try it: {figure.title}
:class: interactive
:name: figure-{figure.id}

```{{raw}} html
<div class="interactive-stage" id="stage-{figure.id}" data-figure="{figure.id}" data-start="{data}"
 role="group" aria-label="{html.escape(figure.title)}" style="--room: {wide}px; --room-narrow: {narrow}px">
<img src="{STATIC}/pictures/{figure.id}.svg" width="{width}" height="{height}" loading="lazy"
 alt="{html.escape(figure.alt)}">
</div>
{script}```

{chr(10).join(f"{number}. {task}" for number, task in enumerate(figure.tasks, start=1))}
::::::
"""


@functools.cache
def drawn(name: str) -> tuple[bytes, int, int]:
    """Return a figure's picture as SVG, with its width and height in px."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    from jaclib.plotting import use_style

    (figure,) = (figure for figure in FIGURES if figure.id == name)
    use_style()
    picture = figure.picture(figure.start)
    with mpl.rc_context({"svg.hashsalt": name}):
        picture.savefig(svg := io.BytesIO(), format="svg", metadata={"Date": None})
    width, height = (round(96 * inches) for inches in picture.get_size_inches())
    plt.close(picture)
    return svg.getvalue(), width, height


def draw_all(app) -> None:
    """Draw the pictures that are missing or older than the code behind them, and hand them to Sphinx."""
    static = Path(app.outdir).parent / "interactive"
    digest = hashlib.sha256()
    for path in [*FILES, Path(__file__), *sorted((ROOT / "jaclib").rglob("*.py"))]:
        digest.update(path.read_bytes())
    stamp = static / "stamp"
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        pictures = static / "static" / "figures" / "pictures"
        pictures.mkdir(parents=True, exist_ok=True)
        for figure in FIGURES:
            (pictures / f"{figure.id}.svg").write_bytes(drawn(figure.id)[0])
        stamp.write_text(digest.hexdigest())
    app.config.html_static_path.append(str(static / "static"))
