"""A chapter opened as a notebook in the browser: it runs, with jaclib, and asks nobody but the book's own address."""

import json
from urllib.parse import urlsplit

import pytest

import lite
import notebook_pages
from notebooks import ROOT

CHAPTER = "01_partial_derivatives.ipynb"
PATIENCE = 120_000  # milliseconds; Python, NumPy, SymPy and Matplotlib start in about 15 seconds on a quiet machine


@pytest.fixture(scope="module")
def site(built_book):
    """The folder of the notebook pages; without the runtime there is none, and the page has no link to it."""
    folder = built_book / "lite"
    if not (built_book / "pyodide").is_dir():
        pytest.skip("the book was built without the Python runtime of its pages")
    assert (folder / "index.html").is_file()
    return folder


def test_one_lock_names_every_file_with_its_digest(site):
    lock = json.loads((site / lite.LOCK).read_text())["packages"]
    assert set(lite.PRELOADED) <= set(lock)
    for entry in lock.values():
        path = (site / entry["file_name"]).resolve()
        assert lite.sha256(path.read_bytes()) == entry["sha256"], path.name
        assert set(entry["depends"]) <= set(lock)


def test_pins_of_the_kernel_are_the_books():
    """What the book's environment pins exactly and the kernel has too is the same version: outputs then agree."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pins = {line.split("#")[0].strip().lower().replace("-", "_") for line in lines}
    pinned = {pin.split("==")[0] for pin in pins if "==" in pin}
    kernel = {requirement.lower().replace("-", "_") for requirement in lite._wanted_wheels()}
    assert {name for name in kernel if name.split("==")[0] in pinned} <= pins
    assert len([name for name in kernel if name in pins]) >= 3


def test_every_page_has_the_policy_before_any_script(site):
    pages = [page for page in site.rglob("*.html") if "files" not in page.relative_to(site).parts]
    assert len(pages) > 4
    for page in pages:
        html = page.read_text()
        assert 0 < html.index("Content-Security-Policy") < html.index("<script")
        assert "unsafe-inline" not in html.partition("script-src")[2].partition(";")[0]


def test_a_missing_runtime_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(lite, "PYODIDE", tmp_path)
    with pytest.raises(lite.NotBuilt, match=r"tools/runtime\.py"):
        lite.prepare()


def test_wheels_that_cannot_be_fetched_are_told(tmp_path, monkeypatch):
    (tmp_path / lite.LOCK).write_text("{}")
    monkeypatch.setattr(lite, "PYODIDE", tmp_path)
    monkeypatch.setattr(lite, "CACHE", tmp_path / "cache")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(lite.NotBuilt, match="could not fetch"):
        lite.prepare()


@pytest.mark.browser
def test_a_chapter_opens_and_runs(site, browser, light_url, built_book):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    asked, problems = [], []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error('refused', event.blockedURI))"
    )

    page.goto(f"{light_url}book/{CHAPTER.removesuffix('.ipynb')}.html")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Open as notebook").press("Enter")
    notebook = opened.value
    notebook.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    notebook.on("pageerror", lambda error: problems.append(str(error)))

    # The chapter with its formulas, numbered as in the book, and the outputs that came with it.
    notebook.locator("h1", has_text="Partial derivatives").wait_for()
    notebook.locator(".jp-OutputArea-output img").first.wait_for()

    # The first cell imports NumPy, SymPy, Matplotlib and jaclib; then a cell of our own.
    first = notebook.locator(".jp-CodeCell").first
    first.locator(".cm-content").click()
    notebook.keyboard.press("Alt+Enter")
    notebook.keyboard.insert_text(
        "from jaclib import grad\n"
        "print('gradient', grad(lambda x: (x**3).sum())(np.array([1.0, 2.0])), sp.__version__)\n"
        "open('kept.txt', 'w').write('a file')"
    )
    notebook.keyboard.press("Alt+Enter")  # runs it, and opens a cell below for what is typed next
    # The output comes in pieces, so it is waited for as a whole.
    notebook.locator(".jp-OutputArea-output", has_text="gradient [ 3. 12.] 1.14.0").wait_for()

    # The kernel's worker is under the policy of the page: a request to another origin is refused, not sent.
    notebook.keyboard.insert_text(
        "from js import fetch\n"
        "try:\n"
        "    await fetch('https://example.com/')\n"
        "    print('request', 'sent')\n"
        "except Exception as error:\n"
        "    print('request', 'stopped')"
    )
    notebook.keyboard.press("Shift+Enter")
    notebook.locator(".jp-OutputArea-output", has_text="request stopped").wait_for()

    scopes = notebook.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.scope))")
    assert f"{light_url}lite/" in scopes
    assert {urlsplit(url).netloc for url in asked if url.startswith("http")} == {urlsplit(light_url).netloc}
    # What the link on the chapter's page says of the size.
    paths = {url.removeprefix(light_url).partition("?")[0] for url in asked if url.startswith(f"{light_url}lite/")}
    application = sum((built_book / path).stat().st_size for path in paths if (built_book / path).is_file())
    wheels = sum((built_book / path).stat().st_size for path in paths if path.endswith(".whl"))
    assert (application - wheels) / 1e6 == pytest.approx(notebook_pages.APPLICATION, abs=0.6)
    # The refused request is the only trouble.
    assert [text for text in problems if "example.com" not in text] == []
    context.close()
