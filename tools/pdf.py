"""Print the built book to one PDF, with rendered formulas, a contents with page numbers, and bookmarks.

    python tools/pdf.py      writes _build/html/book.pdf; needs `make book` before, and Chromium

A browser knows the page of a place only after printing, so the book is printed twice: the second time with the numbers.
Printing the contents alone would be quicker, and wrong: the browser makes a whole document smaller where one line of it
is too wide.
"""

from __future__ import annotations

import io
import mimetypes
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import yaml

import chromium
import finish
import paper
import vendor

HTML = vendor.ROOT / "_build" / "html"
ADDRESS = "http://book.invalid/"  # nothing is asked of it: every request is answered from the folder
PATIENCE = 900_000  # milliseconds: hundreds of pages on a busy machine


def names_in_order(toc: dict) -> list[str]:
    """Return the pages of the table of contents in their order."""
    chapters = [entry["file"] for part in toc["parts"] for entry in part["chapters"]]
    return [toc["root"], *chapters]


def _places(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Array]:
    """Return where each place stands to which a link leads: its page, and where on the page."""
    if "/Dests" in pdf.Root:
        return {str(name).lstrip("/"): place for name, place in pdf.Root.Dests.items()}
    return {str(name).lstrip("/"): place for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}


def _answer(route, folder: Path, document: str) -> None:
    path = route.request.url.removeprefix(ADDRESS).split("?")[0]
    if path == "book":
        route.fulfill(body=document, content_type="text/html; charset=utf-8")
    elif (folder / path).is_file():
        route.fulfill(body=(folder / path).read_bytes(), content_type=mimetypes.guess_type(path)[0] or "text/plain")
    else:
        route.abort()


def _bookmarks(pdf: pikepdf.Pdf, book: paper.Book, places: dict[str, pikepdf.Array]) -> None:
    """Name the pages and their sections; the browser would write a title twice that stands at the top of a page."""
    with pdf.open_outline() as outline:
        above = {}
        for level, title, place in book.headings():
            item = pikepdf.OutlineItem(title, places[place])
            item.is_closed = True
            (outline.root if level == 1 else above[level - 1].children).append(item)
            above[level] = item
            above |= {deeper: item for deeper in range(level + 1, 4)}  # a page may go from h1 to h3


def print_book(browser, folder: Path, names: list[str], title: str, author: str, edition: str) -> bytes:
    """Return the PDF of these pages."""
    book = paper.Book(folder, names, title, f"{author}, {edition}")
    page = browser.new_page(java_script_enabled=False)
    page.set_default_timeout(PATIENCE)

    def printed(document: str) -> pikepdf.Pdf:
        page.unroute_all()
        page.route("**/*", lambda route: _answer(route, folder, document))
        page.goto(f"{ADDRESS}book")
        return pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)))

    places = _places(pdf := printed(book.document({})))
    at = {sheet.objgen: number for number, sheet in enumerate(pdf.pages, start=1)}
    places = _places(pdf := printed(book.document({name: at[place[0].objgen] for name, place in places.items()})))
    page.close()
    _bookmarks(pdf, book, places)
    return _saved(pdf, title, author)


def _saved(pdf: pikepdf.Pdf, title: str, author: str) -> bytes:
    pdf.Root.PageMode = pikepdf.Name.UseOutlines
    pdf.Root.Lang = "en"
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    del pdf.docinfo
    with pdf.open_metadata() as about:
        about["dc:title"] = title
        about["dc:creator"] = [author]
        about["dc:description"] = "A course on the Jacobian"
        about["dc:language"] = ["en"]
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


def in_chromium(work: Callable) -> bytes:
    """Return what a function makes of a browser."""
    from playwright.sync_api import sync_playwright

    path = chromium.required()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        try:
            return work(browser)
        finally:
            browser.close()


def main() -> int:
    if not (HTML / "index.html").exists():
        raise SystemExit("The book is not built. Run `make book` first.")
    start = time.monotonic()
    config = yaml.safe_load((vendor.ROOT / "_config.yml").read_text(encoding="utf-8"))
    names = names_in_order(yaml.safe_load((vendor.ROOT / "_toc.yml").read_text(encoding="utf-8")))
    about = (config["title"], config["author"], config["copyright"])
    data = in_chromium(lambda browser: print_book(browser, HTML, names, *about))
    path = HTML / finish.PDF
    path.write_bytes(data)
    for page in finish.pages(HTML):
        page.write_text(finish.link_pdf(page.read_text(encoding="utf-8")), encoding="utf-8")
    pages = len(pikepdf.open(io.BytesIO(data)).pages)
    print(f"{path.relative_to(vendor.ROOT)}: {pages} pages, {len(data) / 1e6:.1f} MB, {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
