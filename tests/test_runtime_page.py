"""Python starts in a real page from the site's own files, and says so plainly when one of them is bad."""

import json

import pytest

pytestmark = pytest.mark.browser

WORKER = """
addEventListener("message", async ({ data: codes }) => {
  try {
    const { boot, prepare } = await import(BASE + "_static/live/boot.js");
    let last = {};
    const python = await boot(BASE + "pyodide/", (progress) => (last = progress));
    const results = [];
    for (const code of codes) {
      await prepare(python, code);
      results.push(String(await python.runPythonAsync(code)));
    }
    postMessage({ results, last });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
"""
PAGE = """
([source, codes]) => new Promise((resolve) => {
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), { type: "module" });
  worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
  worker.onerror = (event) => resolve({ error: event.message });
  worker.postMessage(codes);
})
"""
SETUP = """
import os
os.environ["MPLBACKEND"] = "Agg"
import matplotlib.pyplot as plt, numpy as np, sympy as sp, jaclib
from jaclib.exercises import check
rng = jaclib.setup_notebook(seed=0)
fig, ax = plt.subplots()
ax.set_title("$x^2$")
fig.canvas.draw()
"""


@pytest.fixture
def page(browser, book_url, built_book):
    if not (built_book / "pyodide" / "runtime.json").exists():
        pytest.skip("the book is built without its runtime")
    page = browser.new_page(service_workers="block")  # it would answer where a test takes a file away
    page.set_default_timeout(240_000)
    page.goto(f"{book_url}book/credits.html")
    yield page
    page.close()


NUMPY = "import numpy as np\nstr(np.arange(4).sum())"
FAILING = "try:\n    {}\nexcept Exception as e:\n    text = f'{{type(e).__name__}}: {{e}}'\ntext"


def start(page, book_url, *codes):
    return page.evaluate(PAGE, [f"const BASE = {json.dumps(book_url)};{WORKER}", list(codes)])


def test_a_chapter_starts_without_reading_a_source_and_sources_come_when_asked_for(page, book_url):
    asked = []
    page.route("**/fonttools-*.whl", lambda route: route.abort())
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    found = start(
        page,
        book_url,
        f"{SETUP}\nimport sys\nf\"{{check('E1.4', 68).correct}} {{sp.diff(sp.Symbol('x')**2)}} {{np.pi:.2f}}\"",
        "import js; [e.name for e in js.performance.getEntriesByType('resource') if e.name.endswith(('.whl', '.zip'))]",
        "import inspect, json, sympy\ninspect.getsource(sympy.sin)[:9] + inspect.getsource(json.loads)[:9]",
        "import sympy.physics.units as u\nu.convert_to(u.km, u.m)",  # compiled in the page
        "import importlib.metadata as m\nm.version('numpy') + ' ' + m.version('jaclib')",
        "try:\n    import scipy\nexcept ModuleNotFoundError as e:\n    text = str(e)\ntext",
        "try:\n    import fontTools\nexcept OSError as e:\n    text = type(e).__name__\ntext",  # as when offline
    )
    assert "error" not in found, found
    assert found["results"][0] == "True 2*x 3.14"
    assert found["results"][1] == "[]"
    assert found["results"][2] == "class sindef loads"
    assert found["results"][3] == "1000*meter"
    assert found["results"][4].startswith("2.4")
    assert found["results"][5:] == ["No module named 'scipy'", "OSError"]
    assert found["last"]["loaded"] == found["last"]["total"] > 10_000_000
    assert not [name for name in asked if name.endswith(".whl") and not name.startswith(("sympy", "fonttools"))]


def test_without_parcels_the_official_wheels_do(page, book_url, built_book):
    index = json.loads((built_book / "pyodide" / "runtime.json").read_bytes())
    page.route("**/runtime.json", lambda route: route.fulfill(json=index | {"parcels": {}}))
    code = "import jaclib, numpy as np\njaclib.grad(lambda x: np.sum(x**2))(np.ones(2)).tolist()"
    found = start(page, book_url, f"{code}.__repr__()")
    assert found.get("results") == ["[2.0, 2.0]"], found


@pytest.mark.parametrize(
    ("pattern", "answer", "message"),
    [
        ("**/sympy-*.parcel", {"body": "not a parcel"}, "not the file that this site expects"),
        ("**/numpy-*.parcel", {"status": 404}, "could not be loaded (404)"),
        ("**/pyodide.asm.wasm", {"status": 503}, "could not be loaded (503)"),
        ("**/pyodide.asm.wasm", {"body": "no wasm", "content_type": "application/wasm"}, "could not be loaded"),
        ("**/runtime.json", {"status": 404}, "could not be loaded (404)"),
    ],
)
def test_a_bad_file_ends_the_start_with_a_reason(page, book_url, built_book, pattern, answer, message):
    if not list((built_book / "pyodide").glob("*.parcel")):
        pytest.skip("built without Node")
    page.route(pattern, lambda route: route.fulfill(**answer))
    assert message in start(page, book_url, "import sympy")["error"]


def test_numpy_waits_for_neither_sympy_nor_matplotlib(page, book_url):
    held = []
    page.route("**/sympy-*.parcel", lambda route: held.append(route))
    page.route("**/matplotlib-*.parcel", lambda route: held.append(route))
    found = start(page, book_url, NUMPY, "import sys\nstr({'sympy', 'matplotlib'} & set(sys.modules))")
    assert found.get("results") == ["6", "set()"], found
    assert len(held) == 2  # they are on their way, though


def test_a_hidden_import_finds_what_is_late(page, book_url):
    """No table says what a library imports: Python itself asks for the files, at once if they have not come."""
    page.route("**/matplotlib-*.parcel", lambda route: route.abort())
    found = start(
        page,
        book_url,
        NUMPY,
        "from importlib import import_module\nstr(import_module('sym' + 'py').sqrt(8))",
        "str(import_module('mpmath').mpf(2))",
        "from importlib.metadata import version\nversion('sym' + 'py')",
        FAILING.format("import_module('matplot' + 'lib.pyplot')"),
    )
    assert "error" not in found, found
    assert found["results"][:3] == ["6", "2*sqrt(2)", "2.0"]
    assert found["results"][3].startswith("1.14")
    assert found["results"][4].startswith("ImportError: matplotlib-")
    assert found["results"][4].endswith("could not be loaded. Is this device online?")


def test_a_bad_file_is_refused_also_where_an_import_waits_for_it(page, book_url):
    page.route("**/sympy-*.parcel", lambda route: route.fulfill(body="not a parcel"))
    found = start(page, book_url, NUMPY, FAILING.format("__import__('sym' + 'py')"))
    assert "digest differs" in found["results"][1]
