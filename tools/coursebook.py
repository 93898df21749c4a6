"""Sphinx extension: the pages show what the notebooks print now, and only a stale notebook is run again.

Before Sphinx reads a page, every notebook of the table of contents whose code, whose package or whose pins have
changed is executed into ``_build/executed``, as many at a time as there are cores; the pages are made from those
copies. Sphinx learns of each copy as a dependency, so a page is written again exactly when its outputs are new.
They run beside Sphinx, which meanwhile reads the pages that are no notebooks.
Below an exercise the page has its hints and its solution, folded, which the notebook does not show.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx_exercise.nodes import exercise_node

# What the build needs besides the package: these tools, and the registry of equations.
sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))
import assets
import backmatter
import beside
import book_index
import equation_page
import exercise_cells
import exercise_widgets
import finish
import fonts
import formulas
import generated
import interactive_figures
import launch_links
import metadata
import notebook_pages
import notebooks
import quick_questions
import runtime_pages
import theme_assets
import vendor
from jaclib.exercises import pages

logger = logging.getLogger(__name__)


def fingerprint(nb, root: Path) -> str:
    """Return a digest of all that a notebook's outputs follow from: its code, jaclib, Python and the pins."""
    digest = hashlib.sha256(sys.version.encode())
    page = root / "jaclib" / "page"  # runs in the reader's browser only
    for path in [root / "requirements.txt", *sorted((root / "jaclib").rglob("*"))]:
        if path.is_file() and "__pycache__" not in path.parts and page not in path.parents:
            digest.update(f"{path.relative_to(root)}\n".encode())
            digest.update(path.read_bytes())
    code = [[cell.source, cell.metadata.get("tags", [])] for cell in nb.cells if cell.cell_type == "code"]
    digest.update(json.dumps(code).encode())
    return digest.hexdigest()


def _executed_path(app, docname: str) -> Path:
    # Beside the HTML, so that another output folder has its own copies.
    return Path(app.outdir).parent / "executed" / f"{docname}.ipynb"


def execute_stale(app) -> None:
    """Begin to execute the notebooks whose copy is missing or was made from something else."""
    root = Path(app.srcdir)
    stale = {}
    for docname in app.config.external_site_map:
        source = root / f"{docname}.ipynb"
        if not source.exists():
            continue
        copy = _executed_path(app, docname)
        stamp = fingerprint(notebooks.read(source), root)
        if not copy.exists() or notebooks.read(copy).metadata.get("fingerprint") != stamp:
            stale[source] = (copy, stamp)
    if stale:
        logger.info("executing %d notebook(s)", len(stale))
    # From the end of the book, where the long ones are: whoever begins last is then done soon.
    for source, (copy, stamp) in reversed(stale.items()):
        copy.unlink(missing_ok=True)  # so Sphinx knows already now that its page is out of date
        app.course_jobs.begin(copy, execute_into, source, copy, stamp)


def execute_into(source: Path, copy: Path, stamp: str) -> None:
    """Execute a notebook and write it, with the digest of what its outputs follow from."""
    nb = notebooks.execute([source])[source]
    nb.metadata["fingerprint"] = stamp
    copy.parent.mkdir(parents=True, exist_ok=True)
    notebooks.write(nb, copy)


def notebooks_last(app, env, docnames: list[str]) -> None:
    """Let Sphinx read the other pages while the notebooks run, and these in the order in which they were begun."""
    pages = list(app.config.external_site_map)
    last = [docname for docname in docnames if Path(env.doc2path(docname)).suffix == ".ipynb"]
    others = [docname for docname in docnames if docname not in last]
    docnames[:] = [*others, *sorted(last, key=pages.index, reverse=True)]


def use_executed(app, docname: str, source: list[str]) -> None:
    """Give Sphinx the page's notebook with its fresh outputs in place of the committed ones."""
    copy = _executed_path(app, docname)
    if Path(app.env.doc2path(docname)).suffix != ".ipynb":
        return
    try:
        app.course_jobs.result(copy)
    except RuntimeError as error:
        raise ExtensionError(str(error)) from None
    app.env.note_dependency(str(copy))
    nb = nbformat.reads(source[0], as_version=4)
    fresh = [cell for cell in notebooks.read(copy).cells if cell.cell_type == "code"]
    for cell, executed in zip((c for c in nb.cells if c.cell_type == "code"), fresh, strict=True):
        cell.outputs, cell.execution_count = executed.outputs, executed.execution_count
    chapter = notebooks.chapter_number(copy)
    if chapter:
        quick_questions.insert(nb.cells, chapter)
        interactive_figures.insert(nb.cells, chapter, lambda name: interactive_figures.size_in(app, name))
        book_index.insert(nb.cells)
        for path in [*quick_questions.FILES, *interactive_figures.FILES, book_index.FILE]:
            app.env.note_dependency(str(path))
    nb.cells = [shown for cell in nb.cells for shown in (cell, *_help(cell))]
    source[0] = nbformat.writes(nb)


def _help(cell) -> list:
    """Return the form, and the folded hints and solution, that an exercise has on the page, and not in the notebook."""
    exercise = exercise_cells.exercise_of(cell)
    if exercise is None:
        return []
    return [exercise_widgets.cell(exercise), nbformat.v4.new_markdown_cell(pages.help_block(exercise))]


REPEATED_IDS = ("exercise-content", "proof-content", "proof")


class Blocks(SphinxPostTransform):
    """Write "Exercise E1.4 · ..." where sphinx-exercise puts the title in brackets.

    And drop the ids that it and sphinx-proof give to each block of a page alike.
    """

    default_priority = 25  # after sphinx_exercise has made the titles

    def run(self):
        """Mend each block of the page."""
        for node in self.document.findall(nodes.Element):
            node["ids"] = [name for name in node["ids"] if name not in REPEATED_IDS]
        for node in self.document.findall(exercise_node):
            title = node.children[0]
            title.children = [nodes.Text("Exercise "), *title.children[2:-1]]


# Tools that no page follows from: what they make has digests of its own.
APART = {
    "assets", "beside", "bundle", "colab_cell", "jaclib_wheel", "lite",
    "runtime", "runtime_parcels", "runtime_sources", "vendor",
}  # fmt: skip


def outdated_by_tools(app, env, added, changed, removed) -> set[str]:
    """Write every page again when a module of this folder has changed that pages follow from."""
    digest = hashlib.sha256()
    here = Path(__file__).resolve().parent
    loaded = {
        Path(module.__file__).resolve() for module in [*sys.modules.values()] if getattr(module, "__file__", None)
    }
    for path in sorted(path for path in loaded if path.parent == here and path.stem not in APART):
        digest.update(f"{path.name}\n".encode())
        digest.update(path.read_bytes())
    digest.update(formulas.SCRIPT.read_bytes())
    before, env.course_tools = getattr(env, "course_tools", None), digest.hexdigest()
    return set() if before == env.course_tools else set(env.found_docs)


def require_vendor(app, config) -> None:
    """Stop early, with the command to run, where the vendored scripts are missing or out of date."""
    if not vendor.is_current():
        raise ExtensionError("What pages load is not under vendor/ in the pinned versions. Run: python tools/vendor.py")


def name_repository(app, config) -> None:
    """Show the repository buttons where the build knows the repository's address, as on a CI server."""
    if found := launch_links.repository(os.environ):
        config.html_theme_options |= {
            "repository_url": found.url,
            "use_repository_button": True,
            "use_issues_button": True,
            "use_edit_page_button": True,
            "repository_branch": found.branch,
        }


_BARS = re.compile(r"``.*?``|:math:`.*?`|\|(\S(?:[^|]*\S)?)\|")


def keep_absolute_values(app, what, name, obj, options, lines: list[str]) -> None:
    """Let a docstring write ``|det J|``, which reStructuredText would take for a substitution."""
    in_example = False
    for number, line in enumerate(lines):
        in_example = line.lstrip().startswith(">>>") or (in_example and bool(line.strip()))
        if not in_example:
            lines[number] = _BARS.sub(lambda match: rf"\|{match[1]}\|" if match[1] else match[0], line)


def setup(app):
    # Jupyter Book sets this value of an extension that this book does without.
    app.add_config_value("comments_config", None, "")
    beside.setup(app)
    generated.setup(app)
    backmatter.setup(app)
    equation_page.setup(app)
    fonts.setup(app)
    formulas.setup(app)
    theme_assets.setup(app)
    runtime_pages.setup(app)
    interactive_figures.setup(app)
    notebook_pages.setup(app)
    finish.setup(app)
    metadata.setup(app)
    assets.setup(app)
    app.add_post_transform(Blocks)
    app.connect("config-inited", require_vendor)
    app.connect("config-inited", name_repository)
    app.connect("builder-inited", execute_stale)
    app.connect("env-before-read-docs", notebooks_last)
    app.connect("env-get-outdated", outdated_by_tools)
    app.connect("source-read", use_executed)
    app.connect("autodoc-process-docstring", keep_absolute_values)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
