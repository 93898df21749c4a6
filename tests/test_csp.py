"""The policy of every page: a real browser refuses what it forbids. That no page does any of it: test_site_opens.py."""

import re

import pytest
from bs4 import BeautifulSoup
from built_pages import HTML, site_pages

import csp

# ------------------------------------------------------------------------------------------ without a browser

PAGE = '<!doctype html><html><head><meta charset="utf-8" /><script>let a = "<b>";</script></head><body>x</body></html>'


def test_only_the_scripts_that_run_inline_are_named():
    page = """<script>a()</script><script type="module">b()</script><script src="c.js"></script>
    <script type="application/json">{"d": 1}</script><script type='text/javascript' >e()</script>"""
    assert csp.inline_scripts(page) == ["a()", "b()", "e()"]


def test_a_hash_is_that_of_the_specification():
    """The example of CSP level 3, section 2.3.1 (sha256 of `alert('Hello, world.');`)."""
    assert csp.source_hash("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_the_policy_stands_right_after_the_charset():
    head = BeautifulSoup(csp.add(PAGE), "html.parser").head
    first, second = head.find_all(True)[:2]
    assert first.get("charset") == "utf-8"
    assert second["http-equiv"] == "Content-Security-Policy"
    assert csp.source_hash('let a = "<b>";') in second["content"]
    assert "unsafe-inline" not in re.search(r"script-src [^;]*", second["content"])[0]


def test_a_page_that_cannot_have_a_policy_is_an_error():
    with pytest.raises(ValueError, match="charset"):
        csp.add("<html><head></head></html>")


def test_every_page_has_the_policy_that_it_needs(built_book):
    found = site_pages()
    assert {"index.html", "offline.html", "search.html", "genindex.html", "book/intro.html"} <= set(found)
    for name in found:
        text = (HTML / name).read_text(encoding="utf-8")
        head = BeautifulSoup(text.partition("</head>")[0], "html.parser")
        tags = head.select('meta[http-equiv="Content-Security-Policy"]')
        assert len(tags) == text.count('http-equiv="Content-Security-Policy"') == 1, name
        assert tags[0]["content"] == csp.policy(text), name
        assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", text), f"{name}: an inline event handler, which is refused"


# ------------------------------------------------------------------------------------------- in the browser

INJECTED = {
    "an image": ("img-src", "document.body.append(Object.assign(new Image(), {src: FOREIGN + 'x.png'}))"),
    "a request": ("connect-src", "fetch(FOREIGN).catch(() => {})"),
    "a script": (
        "script-src-elem",
        "document.body.append(Object.assign(document.createElement('script'), {src: FOREIGN + 'x.js'}))",
    ),
    "an inline script": (
        "script-src-elem",
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))",
    ),
    "an inline handler": (
        "script-src-attr",
        "document.body.insertAdjacentHTML('beforeend', '<b onclick=\"window.ran = true\">x</b>');"
        " document.body.lastChild.click()",
    ),
    "eval": ("script-src", "setTimeout(() => { try { eval('window.ran = true') } catch {} })"),  # later: devtools may
    "a style sheet": (
        "style-src-elem",
        "document.head.append(Object.assign(document.createElement('link'), {rel: 'stylesheet', href: FOREIGN + 'x'}))",
    ),
    "a frame": (
        "frame-src",
        "document.body.append(Object.assign(document.createElement('iframe'), {src: FOREIGN}))",
    ),
    "a form": (
        "form-action",
        "document.body.insertAdjacentHTML('beforeend', `<form action='${FOREIGN}'></form>`);"
        " document.body.lastChild.submit()",
    ),
}


@pytest.mark.browser
@pytest.mark.parametrize("name", ["book/intro.html", "search.html", "offline.html"])
def test_what_is_injected_is_refused(browser, book_url, name):
    """Without the policy every one of these would leave the browser."""
    with browser.new_context(service_workers="block") as context:
        foreign = book_url.replace("127.0.0.1", "localhost")  # the same server, another origin
        reached = []
        context.on("response", lambda response: reached.append(response.url))
        page = context.new_page()
        page.goto(f"{book_url}{name}")
        for what, (directive, script) in INJECTED.items():
            refused = page.evaluate(
                f"""() => new Promise(resolve => {{
                    const FOREIGN = "{foreign}";
                    document.addEventListener("securitypolicyviolation", event => resolve(event.effectiveDirective));
                    setTimeout(() => resolve("nothing was refused"), 10_000);
                    {script};
                }})"""
            )
            assert refused == directive, what
        assert page.evaluate("window.ran") is None
        assert [url for url in reached if url.startswith(foreign)] == []


WORKER = """async () => {
    const code = `fetch("%s").then(() => postMessage("it left"), error => postMessage(error.message))`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], {type: "text/javascript"})), {type: "module"});
    return new Promise(resolve => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = event => resolve(`error ${event.message}`);
    });
}"""


@pytest.mark.browser
def test_a_worker_of_the_page_is_bound_by_its_policy(browser, built_book, book_url):
    """Python runs in a worker from a blob: address, which inherits the policy of its page."""
    other = book_url.replace("127.0.0.1", "localhost")  # the same server, another origin
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        reached = []
        context.on("response", lambda response: reached.append(response.url))
        page.goto(f"{book_url}book/intro.html")
        assert page.evaluate(WORKER % f"{other}book/intro.html") == "Failed to fetch"
        assert page.evaluate(WORKER % f"{book_url}book/intro.html") == "it left"
        assert [url for url in reached if url.startswith(other)] == []
