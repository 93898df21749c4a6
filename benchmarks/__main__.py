"""Measure everything, and write the results, the tables and the figures that the book shows.

python -m benchmarks            all of it, in less than six minutes
python -m benchmarks --quick    a rough look at the tasks; writes nothing
python -m benchmarks --redraw   tables and figures again, from the results that are there
"""

from __future__ import annotations

import argparse
import datetime
import time

from benchmarks import machine

SECONDS = {"task": 10.0, "size": 18.0, "shape": 12.0, "depth": 12.0}  # per task; all sizes; all shapes; per library


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--quick", action="store_true", help="a rough look at the tasks; writes nothing")
    choice.add_argument("--redraw", action="store_true", help="tables and figures again, from the committed results")
    options = parser.parse_args()
    machine.limit_threads()

    from benchmarks import figures, report, tasks

    if options.quick:
        results = tasks.run(seconds=1.0)
        texts = report.fragments({**report.read(), "tasks": results})
        print(texts["overview.md"], texts["tasks.md"], sep="\n")
        return
    results = report.read() if options.redraw else _measure()
    report.write(results)
    figures.draw_all(results)
    print(report.fragments(results)["overview.md"])
    print(f"Written to {report.FOLDER.relative_to(report.FOLDER.parents[1])}; the page book/speed.md shows it.")


def _measure() -> dict:
    from benchmarks import depth, estimates, growth, tasks

    start = time.perf_counter()
    studies = {
        "tasks": lambda: tasks.run(SECONDS["task"]),
        "size": lambda: growth.by_size(SECONDS["size"]),
        "shape": lambda: growth.by_shape(SECONDS["shape"]),
        "depth": lambda: depth.run(SECONDS["depth"]),
        "estimates": estimates.run,
    }
    found = {}
    for name, study in studies.items():
        print(f"measuring: {name}", flush=True)
        found[name] = study()
    measured = {
        "date": datetime.date.today().isoformat(),
        "machine": machine.description(),
        "versions": machine.versions(),
        "seconds": round(time.perf_counter() - start),
    }
    return {"measured": measured, **found}


if __name__ == "__main__":
    main()
