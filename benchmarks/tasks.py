"""Time every contender at every task; and JAX once more with as many threads as it likes, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable

from benchmarks import machine
from benchmarks.libraries import contender, contenders
from benchmarks.problems import PROBLEMS
from benchmarks.timing import measure, settle

__all__ = ["FORWARD", "OWN_THREADS", "run"]

FORWARD = "f itself"
JITTED, OWN_THREADS = "JAX, jitted", "JAX, jitted, own threads"


def run(seconds: float) -> dict:
    """Return the results of all tasks.

    Parameters
    ----------
    seconds : float
        How long to measure each task.

    Returns
    -------
    dict
        Key of the task to ``{"title", "times": {contender: fields of Timing, and error, first, forward}}``;
        ``forward`` is the median of the plain call that was timed beside it, None for the integral.
    """
    results = {}
    for key, make in PROBLEMS.items():
        problem = make()
        found = contenders(problem)
        results[key] = {"title": problem.title, "times": _timed(problem, found, seconds)}
    for key, row in _in_own_process(seconds / 4).items():
        results[key]["times"][OWN_THREADS] = row
    return results


def _timed(problem, found, seconds) -> dict:
    calls = {name: entry.call for name, entry in found.items()}
    if problem.kind != "integral":
        calls[FORWARD] = problem.forward()
    settle()
    timings = measure(calls, seconds)
    forward = timings.pop(FORWARD, None)
    return {
        name: {
            **timing.as_dict(),
            "error": float(f"{found[name].error:.2g}"),
            "first": float(f"{found[name].first:.2g}"),
            "forward": forward and float(f"{forward.median:.4g}"),
        }
        for name, timing in timings.items()
    }


def _in_own_process(seconds) -> dict:
    environment = {name: value for name, value in os.environ.items() if name not in machine.JAX_THREADS}
    command = [sys.executable, "-m", "benchmarks.tasks", str(seconds)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _jitted_rows(keys: Iterable[str], seconds: float) -> dict:
    rows = {}
    for key in keys:
        problem = PROBLEMS[key]()
        rows[key] = _timed(problem, {JITTED: contender(JITTED, problem)}, seconds)[JITTED]
    return rows


if __name__ == "__main__":
    print(json.dumps(_jitted_rows(("rosenbrock", "network", "dense", "steps"), float(sys.argv[1]))))
