"""Print the built book to one PDF, with rendered formulas, a contents with page numbers, and bookmarks.

    python tools/pdf.py      writes _build/html/book.pdf; needs `make book` before, and Chromium

A browser knows the page of a place only after printing, so the book is printed twice: the second time with the numbers.
"""

from __future__ import annotations

import io
import mimetypes
import sys
import time

import yaml
from pypdf import PdfReader, PdfWriter

import chromium
import finish
import paper
import vendor

HTML = vendor.ROOT / "_build" / "html"
PDF = HTML / finish.PDF
ADDRESS = "http://book.invalid/"  # nothing is asked of it: every request is answered from the folder


def names_in_order(toc: dict) -> list[str]:
    """Return the pages of the table of contents in their order."""
    chapters = [entry["file"] for part in toc["parts"] for entry in part["chapters"]]
    return [toc["root"], *chapters]


def page_numbers(reader: PdfReader) -> dict[str, int]:
    """Return on which page each place stands to which a link leads."""
    return {
        name.lstrip("/"): reader.get_destination_page_number(place) + 1
        for name, place in reader.named_destinations.items()
    }


def _answer(route, document: str) -> None:
    path = route.request.url.removeprefix(ADDRESS).split("?")[0]
    if path == "book":
        route.fulfill(body=document, content_type="text/html; charset=utf-8")
    elif (HTML / path).is_file():
        route.fulfill(body=(HTML / path).read_bytes(), content_type=mimetypes.guess_type(path)[0] or "text/plain")
    else:
        route.abort()


def print_book() -> bytes:
    """Return the PDF."""
    from playwright.sync_api import sync_playwright

    config = yaml.safe_load((vendor.ROOT / "_config.yml").read_text(encoding="utf-8"))
    names = names_in_order(yaml.safe_load((vendor.ROOT / "_toc.yml").read_text(encoding="utf-8")))
    title, edition = config["title"], f"{config['author']}, {config['copyright']}"
    path = chromium.required()
    numbers, cache, printed = {}, {}, b""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        page = browser.new_page(java_script_enabled=False)
        page.set_default_timeout(300_000)
        document = ""
        page.route("**/*", lambda route: _answer(route, document))
        for _ in range(2):
            document = paper.document(HTML, names, title, edition, numbers, cache)
            page.goto(f"{ADDRESS}book")
            printed = page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
            numbers = page_numbers(PdfReader(io.BytesIO(printed)))
        browser.close()
    writer = PdfWriter(clone_from=io.BytesIO(printed))
    writer.add_metadata({"/Title": title, "/Author": config["author"], "/Subject": "A course on the Jacobian"})
    writer.page_mode = "/UseOutlines"
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def main() -> int:
    if not (HTML / "index.html").exists():
        raise SystemExit("The book is not built. Run `make book` first.")
    start = time.monotonic()
    data = print_book()
    PDF.write_bytes(data)
    for path in finish.pages(HTML):
        path.write_text(finish.link_pdf(path.read_text(encoding="utf-8")), encoding="utf-8")
    pages = len(PdfReader(io.BytesIO(data)).pages)
    print(f"{PDF.relative_to(vendor.ROOT)}: {pages} pages, {len(data) / 1e6:.1f} MB, {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
