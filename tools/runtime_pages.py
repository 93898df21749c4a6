"""Tell each page where its Python runtime is, and keep the served copy of the runtime free of older files.

A page has ``<meta name="course-runtime" content="../pyodide/">`` in its head where the site has a runtime, and nothing
where it was built without one; the scripts of the page then hide what is live.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx.util import logging

import runtime

logger = logging.getLogger(__name__)


def look_for_runtime(app, config) -> None:
    """Bring jaclib's wheel up to date and remember whether the pages can run code; nothing is fetched here."""
    app.course_runtime = runtime.refresh()
    if not app.course_runtime and not runtime.STATE.exists():
        logger.info("no Python runtime for the pages; to have it: python tools/runtime.py")


def name_runtime(app, pagename, templatename, context, doctree) -> None:
    """Write the address of the runtime into the head of the page, relative to it."""
    if app.course_runtime:
        address = context["pathto"](f"{runtime.FOLDER.name}/", 1)
        context["metatags"] = f'{context.get("metatags", "")}\n<meta name="course-runtime" content="{address}" />'


def drop_old_files(app, error) -> None:
    """Remove from the output what the runtime no longer has, such as the wheel of an earlier jaclib."""
    served = Path(app.outdir) / runtime.FOLDER.name
    if not app.course_runtime:
        shutil.rmtree(served, ignore_errors=True)
    elif served.is_dir():
        for path in served.iterdir():
            if not (runtime.FOLDER / path.name).exists():
                path.unlink()


def setup(app):
    """Connect the above; called by the extension `coursebook`."""
    app.connect("config-inited", look_for_runtime)
    app.connect("html-page-context", name_runtime)
    app.connect("build-finished", drop_old_files)
