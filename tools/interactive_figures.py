"""Put the interactive figures of `book/interactive` into the pages, and draw the picture that stands for each.

The notebooks know nothing of them: a figure needs the page's scripts. Its block is Markdown, so that the tasks may have
formulas, around one element that holds the picture; `book/_static/figures/figure.js` makes it live.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "book"))
from interactive import FIGURES, Interactive

from jaclib.exercises.sections import chapter_of

ROOT = Path(__file__).resolve().parent.parent

FILES = sorted((ROOT / "book" / "interactive").glob("*.py"))
# Below the folder of a page, where Sphinx copies static files to.
STATIC = "../_static/figures"
JOB = "pictures of the figures"


def insert(cells: list, chapter: int, size: Callable[[str], tuple[int, int]]) -> None:
    """Insert the figures of a chapter at their places; `size` gives the px of the picture with an id.

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
        cells.insert(
            at, nbformat.v4.new_markdown_cell(block(figure, size(figure.id), with_script=figure is figures[0]))
        )


def block(figure: Interactive, size: tuple[int, int], *, with_script: bool) -> str:
    """Return a figure as MyST Markdown, for one figure of a page with the script that starts them all."""
    script = f'<script defer src="{STATIC}/figure.js"></script>\n' if with_script else ""
    data = html.escape(json.dumps(figure.start), quote=True)
    width, height = size
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


def drawn(figure: Interactive) -> bytes:
    """Return a figure's picture as SVG."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    from jaclib.plotting import use_style

    use_style()
    picture = figure.picture(figure.start)
    with mpl.rc_context({"svg.hashsalt": figure.id}):
        picture.savefig(svg := io.BytesIO(), format="svg", metadata={"Date": None})
    plt.close(picture)
    return svg.getvalue()


def size(svg: str) -> tuple[int, int]:
    """Return the width and height of a picture that Matplotlib wrote, in px."""
    inches = re.search(r'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"', svg)
    return round(float(inches[1]) * 96 / 72), round(float(inches[2]) * 96 / 72)


def folder(app) -> Path:
    """Return the folder of static files that the pictures are drawn into."""
    return Path(app.outdir).parent / "interactive" / "static"


def _pictures(static: Path) -> Path:
    return static / "figures" / "pictures"


def size_in(app, name: str) -> tuple[int, int]:
    """Return the size of the picture with this id, once it is drawn."""
    app.course_jobs.result(JOB)
    return size((_pictures(folder(app)) / f"{name}.svg").read_text(encoding="utf-8"))


def draw_into(static: Path, stamp: Path, digest: str) -> None:
    """Draw every picture, and keep the digest of what they follow from."""
    _pictures(static).mkdir(parents=True, exist_ok=True)
    for figure in FIGURES:
        (_pictures(static) / f"{figure.id}.svg").write_bytes(drawn(figure))
    stamp.write_text(digest)


def draw_all(app) -> None:
    """Begin to draw the pictures if they are missing or follow from something else, and hand them to Sphinx."""
    static = folder(app)
    digest = hashlib.sha256()
    for path in [*FILES, Path(__file__), *sorted((ROOT / "jaclib").rglob("*.py"))]:
        digest.update(path.read_bytes())
    stamp = static.parent / "stamp"
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        app.course_jobs.begin(JOB, draw_into, static, stamp, digest.hexdigest())
    static.mkdir(parents=True, exist_ok=True)
    app.config.html_static_path.append(str(static))


def wait(app, env) -> None:
    """Have the pictures before Sphinx copies them."""
    app.course_jobs.result(JOB)


def setup(app):
    app.connect("builder-inited", draw_all)
    app.connect("env-updated", wait)
