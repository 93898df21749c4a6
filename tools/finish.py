"""The last step of the build: what is done to every written page, and the files that follow from all of them.

Sphinx hands out a page only before its template is filled in, so what the theme and the extensions write around the
text is mended here, in the finished HTML. A page that has its policy is finished; a rebuild touches only fresh ones.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from sphinx.errors import ExtensionError

import csp

PDF = "book.pdf"

# What the theme and the extensions write that the standard or a screen reader objects to: pattern, replacement, reason.
MENDS = [
    # the policy refuses inline handlers; site.js listens
    (r'<button onclick="window\.print\(\)"', '<button type="button" data-course-print'),
    # a button without a type submits a form
    (r"<button(?![^>]*\btype=)", '<button type="button"'),
    # two buttons that have only an icon
    (r'(title="(Toggle (?:primary|secondary) sidebar)")(?! aria)', r'\1 aria-label="\2"'),
    # stated twice
    (r'\s*<meta name="viewport" content="width=device-width, initial-scale=1"/>', ""),
    # the words on the button are its name
    (r'(<button[^>]*\bsearch-button-field\b[^>]*) title="Search" aria-label="Search"', r"\1"),
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # what stands above the list of pages belonged to no part of the page
    (r'(<div id="pst-primary-sidebar") class', r'\1 role="complementary" aria-label="The book" class'),
    # docutils puts a field of several paragraphs, or one with a list, into a paragraph
    (r"<p>(<p>(?:(?!</dd>).)*)</p>\s*</dd>", r"\1</dd>"),
    (r"<p>(<ul\b(?:(?!</?ul\b).)*</ul>)\s*</p>", r"\1"),
    (r'<th class="head', '<th scope="col" class="head'),
    # a role that has gone out of use; what it stands in is a list
    (r'(<div class="citation" id="[^"]*") role="doc-biblioentry"', r'\1 role="listitem"'),
    # an empty corner of a table is no heading
    (r'<th scope="col" class="([^"]*)"><p></p></th>', r'<td class="\1"></td>'),
    # without scripts nothing resolves "auto", and a page of neither mode has no colours
    (r'(<html\b[^>]*) data-theme="auto"', r'\1 data-theme="light"'),
    # what the style sheets ask of every page: html:has(meta...) would be asked again at each change of a page
    (r'(<html\b[^>]*)>(?=.*?<meta name="course-runtime")', r'\1 data-runtime="">'),
    # a search field that only the Enter key can send
    (r'(<span class="search-button__kbd-shortcut">(?:(?!</span>).)*</span>)\s*</form>',
     r'\1<button type="submit" class="btn btn-sm course-search-submit">Search</button></form>'),
]  # fmt: skip
# Scripts of extensions, and what a page has that needs them; other pages do without.
NEEDED_FOR = {"design-tabs.js": "sd-tab-set"}
_MENDS = [(re.compile(pattern, re.DOTALL), replacement) for pattern, replacement in MENDS]
_SUMMARY = re.compile(r"<summary\b.*?</summary>", re.DOTALL)

APART = {"lite", "_sources", "_static"}  # JupyterLite has pages and a policy of its own; the others have no pages


def mend(page: str) -> str:
    """Return the page without faults of the table, unneeded scripts, and paragraphs inside the titles of folds."""
    for pattern, replacement in _MENDS:
        page = pattern.sub(replacement, page)
    for script, part in NEEDED_FOR.items():
        if part not in page:
            page = re.sub(rf"<script\b[^>]*/{re.escape(script)}[^>]*></script>\s*", "", page)
    return _SUMMARY.sub(lambda fold: re.sub(r"<p\b", '<span data-line=""', fold[0]).replace("</p>", "</span>"), page)


def link_pdf(page: str) -> str:
    """Return the page with the whole book in its menu of downloads; `tools/pdf.py` makes it."""
    root = re.search(r'data-content_root="([^"]*)"', page)
    if root is None or "data-course-pdf" in page:
        return page
    link = (
        f'<li><a class="btn btn-sm dropdown-item" data-course-pdf href="{root[1]}{PDF}" target="_blank">'
        '<span class="btn__text-container">The whole book (.pdf)</span></a></li>'
    )
    return re.sub(r"(data-course-print.*?</li>)", lambda found: f"{found[1]}\n{link}", page, count=1, flags=re.DOTALL)


def pages(folder: Path) -> list[Path]:
    """Return every page of the site but JupyterLite's."""
    return sorted(path for path in folder.rglob("*.html") if path.relative_to(folder).parts[0] not in APART)


def finish_pages(app, exception) -> None:
    """Mend the pages that this build has written, and give them their policy."""
    if exception or app.builder.format != "html":
        return
    printed = (Path(app.outdir) / PDF).exists()
    for path in pages(Path(app.outdir)):
        text = path.read_text(encoding="utf-8")
        if csp.MARK in text:
            continue
        try:
            finished = csp.add(mend(text))
            path.write_text(link_pdf(finished) if printed else finished, encoding="utf-8")
        except ValueError as error:
            raise ExtensionError(f"{path}: {error}") from None
    for template in (Path(app.outdir) / "_static").glob("*webpack-macros.html"):
        template.unlink()  # the theme's own template, which is no page


def _digest(paths, folder: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def write_worker(app, exception) -> None:
    """Tell the service worker which build it belongs to, and the content of each file of the Python runtime."""
    worker = Path(app.outdir) / "sw.js"
    if exception or app.builder.format != "html" or not worker.exists():
        return
    folder = Path(app.outdir)
    runtime = sorted(path for path in (folder / "pyodide").rglob("*") if path.is_file())
    apart = {"lite", "_sources", "pyodide", ".doctrees"}
    shown = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path != worker
        and path.relative_to(folder).parts[0] not in apart
        and not path.name.startswith(".")
    )
    values = {
        "BUILD": _digest(shown, folder),
        "RUNTIME": {path.relative_to(folder).as_posix(): _digest([path], folder) for path in runtime},
    }
    text = worker.read_text(encoding="utf-8")
    for name, value in values.items():
        text, found = re.subn(rf"^const {name} = .*;", f"const {name} = {json.dumps(value)};", text, flags=re.MULTILINE)
        if found != 1:
            raise ExtensionError(f"sw.js: expected one line `const {name} = ...;`, found {found}")
    worker.write_text(text, encoding="utf-8")


def setup(app):
    # After whatever else works on the written pages.
    app.connect("build-finished", finish_pages, priority=900)
    app.connect("build-finished", write_worker, priority=950)
