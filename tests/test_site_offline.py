"""What was read once can be read without the network: pages, search and the Python runtime; and a new build is seen."""

import re
import shutil
import struct

import pytest
from sphinx.errors import ExtensionError

import metadata
import serving
import social_picture
from notebooks import ROOT

HTML = ROOT / "_build" / "html"
WHOLE = ["sw.js", "offline.html", "search.html", "searchindex.js", "genindex.html"]


@pytest.fixture
def copy(built_book, tmp_path):
    """A copy of the site without its large files, which a test may change."""
    site = tmp_path / "course"  # as under the address of a project: not at the root of its origin
    site.mkdir()
    for name in WHOLE:
        shutil.copy(HTML / name, site / name)
    for folder in ("_static", "katex", "book"):
        shutil.copytree(HTML / folder, site / folder)
    return site


@pytest.fixture
def served(copy):
    with serving.served(copy.parent) as address:
        yield f"{address}course/"


KEPT = """async (addresses) => {
    await navigator.serviceWorker.ready;
    for (;;) {  // until the worker has kept them
        const found = await Promise.all(addresses.map(address => caches.match(new URL(address, document.baseURI))));
        if (found.every(Boolean)) return found.length;
        await new Promise(resolve => setTimeout(resolve, 50));
    }
}"""


def visit(page, served, name):
    """Open a page and wait until it and all of its own files are kept."""
    page.goto(f"{served}{name}")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
    page.evaluate(KEPT, [f"{served}{name}", *[url for url in loaded if url.startswith(served)]])


@pytest.mark.browser
def test_a_visited_page_is_read_without_the_network(browser, served):
    with browser.new_context() as context:
        page = context.new_page()
        visit(page, served, "book/notation.html")
        context.set_offline(True)
        wrong = []
        page.on("requestfailed", lambda request: wrong.append(request.url))
        page.reload()
        assert page.locator("article h1").inner_text().startswith("Notation")
        assert page.locator("article .katex").first.bounding_box()["height"] > 5
        assert page.evaluate("getComputedStyle(document.querySelector('.bd-sidebar-primary')).display") == "flex"
        assert wrong == []

        page.goto(f"{served}book/credits.html")
        assert page.locator("h1").inner_text() == "This page needs the network once"
        page.get_by_role("link", name="Notation").click()
        page.wait_for_url("**/book/notation.html")
        assert page.locator("article h1").inner_text().startswith("Notation")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "result"),
    [
        ("determinant", "Change of variables"),
        ("numeric_jacobian", "jaclib.numeric_jacobian"),
        ("robot arm", "The Jacobian matrix"),
    ],
)
def test_search_answers_without_the_network(browser, served, query, result):
    with browser.new_context() as context:
        page = context.new_page()
        visit(page, served, "book/notation.html")
        page.evaluate(KEPT, [f"{served}search.html", f"{served}searchindex.js"])
        context.set_offline(True)
        page.goto(f"{served}search.html")
        page.keyboard.type(query)  # the field has the focus
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"\?q="))
        hits = page.locator("#search-results li a")
        hits.filter(has_text=result).first.wait_for()


@pytest.mark.browser
def test_a_new_build_is_seen_and_no_error_is_kept(browser, copy, served):
    with browser.new_context() as context:
        page = context.new_page()
        visit(page, served, "book/notation.html")
        notation, worker = copy / "book" / "notation.html", copy / "sw.js"
        text = re.sub(r"(<article.*?<h1>)", r"\1Changed: ", notation.read_text(encoding="utf-8"), flags=re.DOTALL)
        notation.write_text(text, encoding="utf-8")
        worker.write_text(
            re.sub(r'^const BUILD = ".*";', 'const BUILD = "another";', worker.read_text(encoding="utf-8"), flags=re.M),
            encoding="utf-8",
        )
        page.reload()
        assert page.locator("article h1").inner_text().startswith("Changed")
        names = """async () => {
            for (;;) {
                const names = await caches.keys();
                if (names.some(name => name.endsWith("another"))) return names;
                await new Promise(resolve => setTimeout(resolve, 50));
            }
        }"""
        assert all(name.startswith(served) for name in page.evaluate(names))
        page.goto(f"{served}book/nowhere.html")
        context.set_offline(True)
        page.goto(f"{served}book/notation.html")
        assert page.locator("article h1").inner_text().startswith("Changed")
        page.goto(f"{served}book/nowhere.html")
        assert page.locator("h1").inner_text() == "This page needs the network once"


def test_the_worker_is_short_and_knows_its_build(built_book):
    text = (HTML / "sw.js").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    assert re.search(r'^const BUILD = "[0-9a-f]{16}";', text, re.MULTILINE)
    runtime = {f"pyodide/{path.name}" for path in (HTML / "pyodide").glob("*")}
    assert set(re.findall(r'"(pyodide/[^"]+)"', re.search(r"^const RUNTIME = .*", text, re.MULTILINE)[0])) == runtime


# ------------------------------------------------------------------------------- what is said of the pages elsewhere


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, ""),
        (
            {"GITHUB_REPOSITORY": "Ada/course", "GITHUB_SERVER_URL": "https://github.com"},
            "https://ada.github.io/course/",
        ),
        (
            {"GITHUB_REPOSITORY": "ada/ada.github.io", "GITHUB_SERVER_URL": "https://github.com"},
            "https://ada.github.io/",
        ),
        ({"GITHUB_REPOSITORY": "ada/course", "GITHUB_SERVER_URL": "https://git.example.org"}, ""),
        ({"COURSE_ADDRESS": "https://example.org/j", "GITHUB_REPOSITORY": "ada/course"}, "https://example.org/j/"),
    ],
)
def test_the_address_of_the_published_book(environment, address):
    assert metadata.base_address(environment) == address


def test_messages_show_a_picture_of_the_size_that_is_told(tmp_path):
    social_picture.draw(tmp_path / social_picture.FILE, "The Jacobian: from derivatives to densities")
    header = (tmp_path / social_picture.FILE).read_bytes()[:24]
    assert header[1:4] == b"PNG"
    assert struct.unpack(">2I", header[16:]) == social_picture.SIZE


def test_a_wrong_address_is_told():
    with pytest.raises(ExtensionError, match=r"COURSE_ADDRESS is 'example\.org'"):
        metadata.base_address({"COURSE_ADDRESS": "example.org"})
