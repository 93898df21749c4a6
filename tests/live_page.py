"""What the tests of the live cells share: a page with its requests and errors, and the outputs that it shows."""

import contextlib

import pytest

PATIENCE = 300_000  # milliseconds until a state must have come, also on a busy machine

# The outputs of a cell as a list of [kind, text], from what stands on the page.
SHOWN = """root => [...root.querySelectorAll(':scope > .cell_output > *')].map(node => {
  const kind = ['stream', 'stderr', 'text_plain', 'text_latex', 'text_html', 'traceback']
    .find(name => node.classList.contains(name)) ?? (node.querySelector('img') || node.matches('img') ? 'image' : '?');
  const image = node.matches('img') ? node : node.querySelector('img');
  const tex = node.querySelector('annotation[encoding="application/x-tex"]');
  const text = {image: image?.alt, text_latex: tex?.textContent};
  return [kind, text[kind] ?? node.querySelector('pre')?.textContent ?? node.textContent];
})"""


@pytest.fixture(scope="session")
def live_book(built_book):
    """The built book, where it has a Python to run."""
    if not (built_book / "pyodide" / "runtime.json").exists():
        pytest.skip("the book was built without its Python runtime: python tools/runtime.py")
    return built_book


def complaints(page, base):
    """Return a list to which all that goes wrong on a page of the site at this address will be added."""
    wrong, own = [], (base, "data:", "blob:")
    page.on("console", lambda m: wrong.append(f"console: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(f"uncaught: {error}"))
    page.on("requestfailed", lambda r: wrong.append(f"failed: {r.url}"))
    page.on("response", lambda r: wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    page.on("request", lambda r: None if r.url.startswith(own) else wrong.append(f"foreign: {r.url}"))
    return wrong


class LivePage:
    """A page of the book whose cells are live."""

    def __init__(self, context, url):
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.requests, self.errors = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.open(url)

    def open(self, url):
        self.page.goto(url)
        self.page.wait_for_selector('html[data-live="ready"]')

    def asked_for(self, part):
        """Return the addresses that have been asked for and contain a text."""
        return [url for url in self.requests if part in url]

    def cell(self, number):
        return self.page.locator(f"#cell-{number}")

    def press(self, number, button):
        self.cell(number).locator(f".live-{button}").click()

    def status(self, number):
        return self.cell(number).locator(".live-status").inner_text()

    def wait(self, number, *states):
        """Wait until a cell is in one of these states, and return it."""
        self.page.wait_for_selector(",".join(f'#cell-{number}[data-live="{state}"]' for state in states))
        return self.cell(number).get_attribute("data-live")

    def run(self, number):
        """Run a cell to its end, and return what it shows."""
        self.press(number, "run")
        self.wait(number, "done", "failed")
        return self.shown(number)

    def shown(self, number):
        return self.cell(number).evaluate(SHOWN)

    def code(self, number):
        return self.page.evaluate("number => courseNotebook.cells.get(number).code", number)

    def write(self, number, code):
        """Replace the code of a cell in the editor, as a reader does."""
        if not self.cell(number).locator(".cm-content").count():
            self.press(number, "edit")
        self.cell(number).locator(".cm-content").focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(code)


@contextlib.contextmanager
def live_page(browser, url, **options):
    """Open a page of the book in a browser profile of its own."""
    # The service worker would answer from what it keeps where a test takes a file away.
    options = {"service_workers": "block"} | options
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **options)
    try:
        yield LivePage(context, url)
    finally:
        context.close()
