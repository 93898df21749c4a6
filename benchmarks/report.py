"""The tables of the book's page "How fast is it?", from the results; nothing on them is typed."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.depth import FINISHED
from benchmarks.libraries import BY_HAND, JACLIB
from benchmarks.problems import PROBLEMS

__all__ = ["FOLDER", "fragments", "ratio", "read", "write"]

FOLDER = Path(__file__).resolve().parent / "results"
# The table at the top of the page: who, and at what.
ROWS = (BY_HAND, JACLIB, "autograd", "PyTorch", "JAX", "JAX, jitted")
COLUMNS = {
    "rosenbrock": "gradient, n = 1000",
    "network": "gradient, network",
    "dense": "Jacobian, 100 → 100",
    "steps": "gradient, 200 steps",
}
NONE = "–"
# What computes from values of f alone: of these the page names the fastest whose error is at most this.
TOOLBOXES = ("numdifftools", "SciPy, jacobian", "SciPy, approx_fprime", "SciPy, cubature", "SciPy, dblquad")
ACCURATE = 1e-10
# Numbers of variables that the table of error estimates puts together.
BANDS = ((1, 1), (2, 2), (3, 3), (4, 6))


def read() -> dict:
    """Return the committed results."""
    return json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))


def write(results: dict) -> None:
    """Write the results, and the tables that follow from them."""
    FOLDER.mkdir(exist_ok=True)
    stored = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
    for name, text in {"results.json": stored, **fragments(results)}.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def fragments(results: dict) -> dict[str, str]:
    """Return file name to text for everything that the page includes."""
    return {
        "overview.md": _overview(results),
        "values.md": _of_values(results),
        "tasks.md": "\n".join(_task(key, results["tasks"][key]) for key in PROBLEMS),
        "depth.md": _depth(results["depth"]),
        "estimates.md": _estimates(results["estimates"]),
        "conditions.md": _conditions(results["measured"]),
    }


def ratio(entry: dict) -> float:
    """Return how many plain calls of f a contender's call takes."""
    return entry["median"] / entry["forward"]


def figures_of(value: float) -> str:
    """Return a number with two or three significant digits, large ones in groups of three."""
    if value >= 1000:
        return f"{float(f'{value:.3g}'):,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def seconds_of(value: float) -> str:
    """Return a time with a unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size or unit == "µs":
            return f"{figures_of(value / size)} {unit}"
    raise AssertionError(value)


def _table(header: list[str], rows: list[list[str]], left: int = 1) -> str:
    align = ["---"] * left + ["---:"] * (len(header) - left)
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, align, *rows]) + "\n"


def _overview(results) -> str:
    tasks = [results["tasks"][key] for key in COLUMNS]
    rows = [[_label(name), *(_cell(task, name) for task in tasks)] for name in ROWS]
    return _table(["", *COLUMNS.values()], rows)


def _of_values(results) -> str:
    rows = []
    for task in (results["tasks"][key] for key in PROBLEMS if key not in COLUMNS):
        times = task["times"]
        accurate = [name for name in TOOLBOXES if name in times and times[name]["error"] <= ACCURATE]
        best = min(accurate, key=lambda name: times[name]["median"])
        rows.append([task["title"], _cell(task, JACLIB), _cell(task, BY_HAND), f"{_cell(task, best)} ({best})"])
    return _table(["", JACLIB, BY_HAND, "best of SciPy and numdifftools"], rows)


def _cell(task, name) -> str:
    entry = task["times"][name]
    return figures_of(ratio(entry)) if entry["forward"] else seconds_of(entry["median"])


def _label(name) -> str:
    return f"**{name}**" if name == JACLIB else name


def _task(key, task) -> str:
    problem = PROBLEMS[key]()
    times = sorted(task["times"].items(), key=lambda item: item[1]["median"])
    has_forward = all(entry["forward"] for _, entry in times)
    rows = []
    for name, entry in times:
        label = f"{name} ({entry['cores']:.1f} cores)" if entry["cores"] > 1.1 else _label(name)
        rows.append(
            [
                label,
                seconds_of(entry["median"]),
                *([figures_of(ratio(entry))] if has_forward else []),
                f"{entry['error']:.0e}",
            ]
        )
    header = ["", "time", *(["× f"] if has_forward else []), "error"]
    return f"### {task['title']}\n\n$${problem.formula}$$\n\n{problem.text}\n\n{_table(header, rows)}"


def _depth(depth) -> str:
    rows = []
    for name, outcome in depth["libraries"].items():
        if not outcome["points"]:
            rows.append([name, NONE, NONE, NONE, outcome["end"]])
            continue
        last = outcome["points"][-1]
        rows.append(
            [
                name,
                figures_of(last["depth"]),
                seconds_of(last["first"]),
                seconds_of(last["median"]),
                "reached the end" if outcome["end"] == FINISHED else f"next depth: {outcome['end']}",
            ]
        )
    return _table(["", "deepest chain", "first call", "later calls", "then"], rows)


def _estimates(estimates) -> str:
    rows = []
    for name, lines in estimates["contenders"].items():
        for first, last in BANDS:
            band = [line for line in lines if first <= line["dimension"] <= last]
            if not band:
                continue
            total = {key: sum(line[key] for line in band) for key in ("integrands", "converged", "held", "seconds")}
            worst = [line["worst"] for line in band]
            rows.append(
                [
                    _label(name),
                    str(first) if first == last else f"{first} to {last}",
                    str(total["integrands"]),
                    str(total["converged"]),
                    str(total["converged"] - total["held"]),
                    "∞" if None in worst else figures_of(max(worst)),
                    seconds_of(total["seconds"]),
                ]
            )
    return _table(["", "variables", "integrals", "said to be done", "of these wrong", "worst ratio", "time"], rows)


def _conditions(measured) -> str:
    machine = measured["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in measured["versions"].items())
    return (
        f"Measured on {measured['date']} in {measured['seconds'] / 60:.1f} minutes, on one core of {machine['cores']}: "
        f"{machine['processor']}, {machine['system']}. Versions: {versions}.\n"
    )
