"""Offer each chapter as a notebook: open it in the browser, download it, or run it where the build knows of a place.

A line below the title has the links. "Open as notebook" leads to the JupyterLite site that `lite` builds into
``lite/`` at the end of the build, and is left out where that cannot be built; the download is the plain copy of
`plain_notebook`, with the outputs, which reads well in any program that opens notebooks.
"""

from __future__ import annotations

import os
import re
import shutil
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from sphinx.errors import ExtensionError
from sphinx.util import logging

import colab_cell
import launch_links
import lite
import notebooks
import plain_notebook

logger = logging.getLogger(__name__)

DOWNLOADS = "notebooks"
JOB = "JupyterLite"
APPLICATION = 8  # MB of JupyterLab that a first visit loads, uncompressed; tests/test_lite.py measures it


def look_for_lite(app, config) -> None:
    """Find out whether the notebook pages can be built, and fetch once what they need."""
    try:
        lite.prepare()
        app.course_lite = True
    except lite.NotBuilt as reason:
        app.course_lite = False
        logger.info("no notebooks in the browser: %s", reason)


def _links(app, page: str, to_root: str) -> list[str]:
    """Return the links of one chapter as HTML."""
    name = f"{PurePosixPath(page).name}.ipynb"
    items = []
    if app.course_lite:
        address = f"{to_root}lite/notebooks/index.html?path={quote(name)}"
        items.append(
            f'<a class="notebook-open" href="{address}" target="_blank" rel="noopener">Open as notebook</a>'
            f'<span class="notebook-note">in a new tab; runs in your browser, loads {lite.megabytes() + APPLICATION} MB'
            " once</span>"
        )
    items.append(f'<a href="{to_root}{DOWNLOADS}/{quote(name)}" download>Download .ipynb</a>')
    for service, address in launch_links.links(f"{page}.ipynb", os.environ).items():
        items.append(f'<a href="{escape(address)}">{service}</a>')
    return items


def offer(app, pagename, templatename, context, doctree) -> None:
    """Put the links below the title of a page that is a notebook."""
    if context.get("page_source_suffix") != ".ipynb":
        return
    items = "".join(f"<li>{item}</li>" for item in _links(app, pagename, "../" * pagename.count("/")))
    line = f'<nav aria-label="This chapter as a notebook"><ul class="notebook-links">{items}</ul></nav>'
    context["body"] = re.sub(r"</h1>", lambda match: match[0] + line, context["body"], count=1)


def build_lite(app) -> None:
    """Begin to build the notebook pages, which takes as long as it takes Sphinx to read the book."""
    if app.course_lite and app.builder.format == "html":
        app.course_jobs.begin(JOB, lite.build, Path(app.outdir) / "lite")


def write(app, error) -> None:
    """Write the copies to download, and the notebook pages."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    repository = launch_links.repository(os.environ)
    (out / DOWNLOADS).mkdir(exist_ok=True)
    for path in notebooks.all_notebooks():
        nb = plain_notebook.read(path)
        colab_cell.insert(nb, repository, f"book/{path.name}")
        notebooks.write(nb, out / DOWNLOADS / path.name)
    if not app.course_lite:
        shutil.rmtree(out / "lite", ignore_errors=True)
        return
    try:
        built = app.course_jobs.result(JOB)
    except lite.NotBuilt as reason:  # the pages link to it already
        raise ExtensionError(str(reason)) from None
    if built:
        size = sum(path.stat().st_size for path in (out / "lite").rglob("*") if path.is_file())
        logger.info("built the notebook pages, %d MB", round(size / 1e6))


def setup(app):
    """Connect the above; called by the extension `coursebook`."""
    app.connect("config-inited", look_for_lite, priority=600)  # after the runtime has been looked for
    app.connect("builder-inited", build_lite, priority=600)  # pages wait for the notebooks, which go before
    app.connect("html-page-context", offer)
    app.connect("build-finished", write, priority=600)
