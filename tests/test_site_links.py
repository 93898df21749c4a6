"""Every link of the built site leads somewhere: pages, fragments, images, styles, downloads and search results."""

import json
import re
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from built_pages import HTML, parsed, site_pages

LINKING = {"a": "href", "link": "href", "form": "action", "object": "data"}
LINKING |= dict.fromkeys(["img", "script", "source"], "src")
NEVER_SHIPPED = {"canonical"}  # names an address, and loads nothing


@cache
def places(name):
    """Return what a fragment of the page can name."""
    page = parsed(name)
    return {tag["id"] for tag in page.find_all(id=True)} | {tag["name"] for tag in page.select("a[name]")}


def links(name):
    for tag in parsed(name).find_all(list(LINKING)):
        address = tag.get(LINKING[tag.name])
        if address and not NEVER_SHIPPED & set(tag.get("rel") or []):
            yield address


def resolve(page, address):
    """Return the file below the site that an address on a page names, and its fragment."""
    parts = urlsplit(address)
    folder = PurePosixPath(page).parent
    pieces = []
    for piece in (PurePosixPath(page) if not parts.path else folder / unquote(parts.path)).parts:
        if piece == "..":
            pieces.pop()  # an address above the site is an error, as it should be
        elif piece != ".":
            pieces.append(piece)
    return "/".join(pieces), unquote(parts.fragment)


def fault(page, address):
    """Return what is wrong with a link, or nothing."""
    parts = urlsplit(address)
    if parts.scheme in {"data", "blob"}:
        return None
    if parts.scheme or parts.netloc:
        known = parts.scheme == "mailto" or (parts.scheme in {"http", "https"} and "." in parts.netloc)
        return None if known and " " not in address else "is no address"
    name, fragment = resolve(page, address)
    target = HTML / name
    if target.is_dir():
        name, target = f"{name}/index.html".lstrip("/"), target / "index.html"
    if not target.is_file():
        return "leads to no file"
    if fragment and name.endswith(".html") and not name.startswith("lite/") and fragment not in places(name):
        return "names no place on the page"
    return None


def test_every_link_leads_somewhere(built_book):
    names = site_pages()
    checked = [(page, address) for page in names for address in links(page)]
    assert len(checked) > 50 * len(names)
    faults = [f"{page}: {address} {what}" for page, address in checked if (what := fault(page, address))]
    assert faults == []


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("nowhere.html", "leads to no file"),
        ("intro.html#nowhere", "names no place on the page"),
        ("#nowhere", "names no place on the page"),
        ("https://nodots/", "is no address"),
        ("../search.html", None),
        ("#the-package", None),
    ],
)
def test_a_broken_link_is_found(built_book, address, what):
    assert fault("book/intro.html", address) == what


def test_no_id_stands_twice_on_a_page(built_book):
    for name in site_pages():
        ids = [tag["id"] for tag in parsed(name).find_all(id=True)]
        assert len(ids) == len(set(ids)), (name, sorted({name for name in ids if ids.count(name) > 1}))


def test_every_page_can_be_reached(built_book):
    found, todo = set(), ["index.html"]
    while todo:
        page = todo.pop()
        if page in found or not page.endswith(".html") or page.startswith("lite/"):
            continue
        found.add(page)
        refresh = parsed(page).select_one('meta[http-equiv="refresh"]')
        todo += [refresh["content"].split("url=")[1]] if refresh else []
        todo += [
            resolve(page, tag["href"])[0]
            for tag in parsed(page).select("a[href]")
            if not urlsplit(tag["href"]).scheme and fault(page, tag["href"]) is None
        ]
    # The search is a form; the page for offline readers is shown by the service worker.
    assert set(site_pages()) - found <= {"search.html", "offline.html"}


def test_every_entry_of_the_search_index_exists(built_book):
    text = (HTML / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(re.fullmatch(r"Search\.setIndex\((.*)\)\s*", text, re.DOTALL)[1])
    documents = [f"{name}.html" for name in index["docnames"]]
    assert set(documents) <= set(site_pages())
    for title, targets in index["alltitles"].items():
        for document, fragment in targets:
            assert fragment is None or fragment in places(documents[document]), title
    for entry, targets in index["indexentries"].items():
        for document, fragment, _ in targets:
            assert not fragment or fragment in places(documents[document]), entry
