"""How deep a chain of operations may be: each library in a process of its own, which may run out of time, or crash."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

from benchmarks.libraries import BY_HAND, JACLIB, TABLE
from benchmarks.problems import KINDS, chain
from benchmarks.timing import settle

__all__ = ["COMPARED", "DEPTHS", "FINISHED", "SCAN", "run"]

DEPTHS = (10, 100, 1_000, 10_000, 100_000)
SCAN = "JAX, jitted, lax.scan"
COMPARED = (BY_HAND, JACLIB, "autograd", "PyTorch", "JAX", "JAX, jitted", SCAN)
FINISHED = "finished"
REPEATS = 5


def run(limit: float) -> dict:
    """Return, for each library, how far it came and what stopped it.

    Parameters
    ----------
    limit : float
        Seconds for each library, all depths together.

    Returns
    -------
    dict
        ``{"limit", "libraries": {name: {"points": [{"depth", "first", "median", "error"}], "end"}}}``: seconds until
        the first result, compilation included, and the median of the calls after it.
    """
    return {"limit": limit, "libraries": {name: _in_own_process(name, limit) for name in COMPARED}}


def _in_own_process(name, limit) -> dict:
    command = [sys.executable, "-m", "benchmarks.depth", name, str(limit)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        out, err = process.communicate(timeout=limit + 15)  # 15 for imports and small depths
        end = _end(process.returncode, err, limit)
    except subprocess.TimeoutExpired:
        process.kill()
        out, _ = process.communicate()
        end = f"stopped after {limit:.0f} s"
    return {"points": [json.loads(line) for line in out.splitlines()], "end": end}


def _end(code, err, limit) -> str:
    if code == 0:
        return FINISHED
    if code < 0:
        name = signal.Signals(-code).name
        return f"stopped after {limit:.0f} s" if name == "SIGALRM" else f"the process crashed ({name})"
    return err.strip().splitlines()[-1].split(":")[0]


def _scan(problem, depth):
    """Return the derivative of the chain with its loop rewritten, as JAX's documentation advises."""
    import jax

    def rewritten(x):
        return jax.lax.scan(lambda s, _: (jax.numpy.sin(s), None), x, length=depth)[0]

    derivative, x = jax.jit(jax.grad(rewritten)), jax.numpy.asarray(problem.point)
    return lambda: jax.block_until_ready(derivative(x))


def _measure_depths(name: str, limit: float) -> None:
    for depth in (1, *DEPTHS):  # the first, not reported, loads the library
        problem = chain(depth)
        call = _scan(problem, depth) if name == SCAN else TABLE[name]["gradient"](problem)
        if depth == DEPTHS[0]:
            settle()
            if hasattr(signal, "alarm"):
                signal.alarm(max(1, round(limit)))
        first, result = _timed(call)
        error = problem.error(result)
        if not error <= KINDS["gradient"]:
            raise ArithmeticError(f"the error is {error:.1e}")
        times = sorted(_timed(call)[0] for _ in range(REPEATS if first < limit / 20 else 1))
        if depth > 1:
            point = {"depth": depth, "first": first, "median": times[len(times) // 2], "error": error}
            rounded = {key: float(f"{value:.4g}") if key != "depth" else value for key, value in point.items()}
            print(json.dumps(rounded), flush=True)


def _timed(call):
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    _measure_depths(sys.argv[1], float(sys.argv[2]))
