"""What a page costs its reader, measured in a browser beside the figures to reach: ``make budgets``.

    python tools/budgets.py           prints the table and writes it into CONTRIBUTING.md, between its marks
    python tools/budgets.py --print   only prints it

Each page is opened cold, from a server on this machine that packs text as GitHub Pages does (gzip, level 6), with the
narrow band of a slow telephone, so that a shift by what arrives late is seen. Pictures of a chapter's figures are not
counted: they are loaded when the reader comes near.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import chromium
import serving

ROOT = Path(__file__).resolve().parent.parent
HTML = ROOT / "_build" / "html"
TABLE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- budgets: written by `make budgets` -->", "<!-- end of budgets -->"

PAGES = [
    "book/intro",
    "book/01_partial_derivatives",
    "book/02_jacobian_matrix",
    "book/03_change_of_variables",
    "book/exercises",
    "book/equations",
    "book/summary_1",
    "search",
]
MOST_BYTES = 400_000
MOST_SHIFT = 0.0

# What a file is, by the end of its name. What has no entry is not text, and is sent as it is.
KINDS = {"html": "HTML", "css": "CSS", "js": "JS", "mjs": "JS", "json": "JS", "woff2": "fonts", "svg": "pictures"}
PACKED = {"html", "css", "js", "mjs", "json", "svg", "xml", "txt", "map"}
COLUMNS = ["HTML", "CSS", "JS", "fonts", "pictures"]
FIGURES = "_images/"  # a chapter's own

SLOW = {"offline": False, "latency": 100, "downloadThroughput": 500_000, "uploadThroughput": 100_000}
SHIFTS = """
    window.shifts = [];
    new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(e => [e.value, e.sources.map(
        s => `${s.node?.nodeName}.${s.node?.className ?? ""}`).join(" ")])))
        .observe({type: "layout-shift", buffered: true});
"""


class _Packing(serving.Quiet):
    """Serves files, text packed with gzip."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        body = _packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix[1:] in PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(body)


@functools.cache
def _packed(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.compress(body, 6) if path.suffix[1:] in PACKED else body


def served(folder: Path):
    """Serve a folder as GitHub Pages does; give its address."""
    return serving.served(folder, _Packing)


@dataclass
class Cost:
    """What one page cost."""

    bytes: Counter = field(default_factory=Counter)
    requests: int = 0
    foreign: list[str] = field(default_factory=list)
    shift: float = 0.0
    shifted: list = field(default_factory=list)

    @property
    def total(self) -> int:
        """Bytes to show the page without its figures."""
        return self.bytes.total()


def measure(browser, address: str, folder: Path, page: str, *, slow: bool = True) -> Cost:
    """Open one page of the folder served at the address, with nothing in the cache; return what it cost."""
    cost = Cost()
    with browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block") as context:
        tab = context.new_page()
        tab.set_default_timeout(180_000)  # a busy machine is no reason to fail
        tab.add_init_script(SHIFTS)
        if slow:
            tools = context.new_cdp_session(tab)
            tools.send("Network.enable")
            tools.send("Network.emulateNetworkConditions", SLOW)

        def count(request):
            where = urlparse(request.url)
            if where.scheme in ("data", "blob"):
                return
            if not request.url.startswith(address):
                cost.foreign.append(request.url)
                return
            name = where.path.lstrip("/")
            cost.requests += 1
            if (folder / name).is_file() and not name.startswith(FIGURES):
                ending = name.rpartition(".")[2]
                cost.bytes[KINDS.get(ending, "pictures")] += len(_packed(folder / name))

        tab.on("request", count)
        tab.goto(f"{address}{page}.html")
        tab.wait_for_load_state("networkidle")
        tab.evaluate("document.fonts.ready")
        cost.shifted = tab.evaluate("window.shifts")
        cost.shift = sum(value for value, _ in cost.shifted)
    return cost


def table(costs: dict[str, Cost]) -> str:
    """Return the measured budgets in Markdown."""
    head = ["page", *COLUMNS, "in all", "requests", "to other servers", "shift"]
    rows = [
        [
            page.removeprefix("book/"),
            *(f"{cost.bytes[kind] / 1000:.0f}" for kind in COLUMNS),
            f"**{cost.total / 1000:.0f}**",
            str(cost.requests),
            str(len(cost.foreign)),
            f"{cost.shift:.3f}",
        ]
        for page, cost in costs.items()
    ]
    rows.append(["*to reach*", *[""] * len(COLUMNS), f"{MOST_BYTES / 1000:.0f}", "", "0", f"{MOST_SHIFT:.0f}"])
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(text: str) -> None:
    """Put the table between the marks."""
    old = TABLE.read_text(encoding="utf-8")
    new = re.sub(f"(?s)({re.escape(BEGIN)}\n).*?({re.escape(END)})", lambda m: f"{m[1]}\n{text}\n\n{m[2]}", old)
    TABLE.write_text(new, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--print", action="store_true", help="leave CONTRIBUTING.md as it is")
    options = parser.parse_args()
    if not (HTML / "index.html").exists():
        raise SystemExit("The book is not built. Run: make book")
    path = chromium.required()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, served(HTML) as address:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        costs = {page: measure(browser, address, HTML, page) for page in PAGES}
        browser.close()
    text = table(costs)
    print(text)
    for page, cost in costs.items():
        for value, what in cost.shifted:
            print(f"{page}: shift {value:.4f} of {what}")
        for foreign in cost.foreign:
            print(f"{page}: asks another server: {foreign}")
    if not options.print:
        write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
