"""Measure, in a real Chromium, how long Python in the page takes to start, and to run the first cells of a chapter.

    .venv/bin/python -m benchmarks.page_runtime [--repeat 5] [--bare]

Needs a built book with its runtime and an idle machine. Each start has a browser of its own with an empty cache
(cold), then starts again with what that left (warm). The medians are printed as a table, and beside the wall time the
processor time of the browser, which another program on the machine disturbs less. ``--bare`` measures the official
Pyodide with its official wheels in the same way, for comparison.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
import chromium
import serving

HTML = Path(__file__).resolve().parent.parent / "_build" / "html"
SETUP = """import matplotlib.pyplot as plt
import numpy as np
import sympy as sp
import jaclib
from jaclib import check_gradient, grad, jacrev, numeric_jacobian, plotting, symbolic_jacobian, trace, vjp
from jaclib.exercises import check, exercise, hint, progress, solution
rng = jaclib.setup_notebook(seed=0)"""
# What is measured, and the code; each follows on the one before.
STEPS = [
    ("NumPy cell", "import numpy as np\nprint(np.arange(4).sum())"),
    ("SymPy cell", "import sympy as sp\nx = sp.Symbol('x')\nprint(sp.diff(sp.sin(x) * x, x))"),
    ("setup cell of a chapter", SETUP),
    ("first figure", "fig, ax = plt.subplots()\nax.plot([1, 2])\nfig.canvas.draw()"),
    ("first check of an exercise", "print(check('E1.4', 68).correct)"),
    ("check again", "print(check('E1.4', 672).correct)"),
    ("NumPy cell again", "print(np.linalg.det(np.eye(3)))"),
]
OURS = """
const { boot, prepare } = await import(BASE + "_static/live/boot.js");
const python = await boot(BASE + "pyodide/");
const ready = (code) => prepare(python, code);
"""
BARE = """
const { loadPyodide } = await import(BASE + "pyodide/pyodide.mjs");
const python = await loadPyodide({ indexURL: BASE + "pyodide/" });
const ready = (code) => python.loadPackagesFromImports(code, { messageCallback: () => {} });
"""
WORKER = """
addEventListener("message", async ({ data }) => {
  try {
    %s
    python.runPython("import os; os.environ['MPLBACKEND'] = 'Agg'");
    postMessage(["Python is ready", performance.now()]);
    for (const [name, code] of data) {
      await ready(code);
      python.runPython(code);
      postMessage([name, performance.now()]);
    }
    postMessage(["end"]);
  } catch (error) {
    postMessage(["error", String(error).slice(-1500)]);
  }
});
"""
PAGE = """
([source, steps]) => new Promise((resolve) => {
  const times = [];
  const start = performance.now();
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), { type: "module" });
  worker.onmessage = ({ data: [name, at] }) => {
    if (name === "error") resolve({ error: at });
    else if (name === "end") { worker.terminate(); resolve({ times }); }
    else times.push([name, performance.now() - start]);
  };
  worker.postMessage(steps);
})
"""


class _Handler(serving.Quiet):
    protocol_version = "HTTP/1.1"

    def end_headers(self):
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages
        super().end_headers()


def _processor_time(root: int) -> float:
    """Return the seconds that a process and its children have used, on Linux; elsewhere nothing."""
    parents, used = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)], used[int(folder.name)] = int(fields[1]), int(fields[11]) + int(fields[12])
    total = 0
    for pid, ticks in used.items():
        ancestor = pid
        while ancestor not in (root, 0, 1) and ancestor in parents:
            ancestor = parents[ancestor]
        total += ticks if ancestor == root else 0
    return total / os.sysconf("SC_CLK_TCK") if used else float("nan")


def measure(address: str, program: str, repeat: int, path: str) -> dict[str, dict[str, list[float]]]:
    """Return the seconds from the start to each step: cold, warm, and the processor time of the whole."""
    from playwright.sync_api import sync_playwright

    source = f"const BASE = {json.dumps(address)};\n" + WORKER % program
    found: dict[str, dict[str, list[float]]] = {"cold": {}, "warm": {}}
    with sync_playwright() as playwright:
        for _ in range(repeat):
            with tempfile.TemporaryDirectory() as profile:
                browser = playwright.chromium.launch_persistent_context(
                    profile, executable_path=path, args=chromium.FLAGS
                )
                for kind in found:
                    page = browser.new_page()
                    page.goto(f"{address}book/credits.html")
                    before = _processor_time(os.getpid())
                    result = page.evaluate(PAGE, [source, STEPS])
                    if "error" in result:
                        sys.exit(result["error"])
                    for name, at in result["times"]:
                        found[kind].setdefault(name, []).append(at / 1000)
                    found[kind].setdefault("processor time", []).append(_processor_time(os.getpid()) - before)
                    page.close()
                browser.close()
    return found


def table(found: dict[str, dict[str, list[float]]]) -> str:
    """Return the medians as a table in Markdown."""
    kinds = list(found)
    lines = [f"| seconds from the start | {' | '.join(kinds)} |", "|---|" + "---|" * len(kinds)]
    for name in found[kinds[0]]:
        cells = [f"{statistics.median(found[kind][name]):.2f}" for kind in kinds]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page_runtime")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--bare", action="store_true", help="also the official Pyodide as it comes")
    parser.add_argument("--html", type=Path, default=HTML, help="folder of the built book")
    options = parser.parse_args()
    path = chromium.required()
    if not (options.html / "pyodide" / "runtime.json").exists():
        sys.exit("The book is not built with its Python runtime. Run `make book` first.")
    with serving.served(options.html, _Handler) as address:
        for title, program in [("this book", OURS), *([("bare Pyodide", BARE)] if options.bare else [])]:
            print(f"\n{title}, median of {options.repeat}\n")
            print(table(measure(address, program, options.repeat, path)), flush=True)


if __name__ == "__main__":
    main()
