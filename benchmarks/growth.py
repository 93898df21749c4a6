"""How cost grows: a gradient with the number of inputs, a Jacobian with its shape."""

from __future__ import annotations

from benchmarks.libraries import BY_HAND, JACLIB, contender
from benchmarks.problems import layers, rosenbrock
from benchmarks.tasks import FORWARD
from benchmarks.timing import measure, settle

__all__ = ["by_shape", "by_size"]

INPUTS = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
COMPARED = (BY_HAND, JACLIB, "autograd", "PyTorch", "JAX, jitted")
SIDES = (1, 4, 16, 64, 256, 1024)
MODES = {"forward": "jaclib, forward mode", "reverse": JACLIB}


def by_size(seconds: float) -> dict:
    """Return median times of the gradient of Rosenbrock's function by the number of inputs, and of f itself."""
    times = {name: [] for name in (FORWARD, *COMPARED)}
    for n in INPUTS:
        problem = rosenbrock(n)
        calls = {FORWARD: problem.forward()} | {name: contender(name, problem).call for name in COMPARED}
        settle()
        for name, timing in measure(calls, seconds / len(INPUTS)).items():
            times[name].append(float(f"{timing.median:.4g}"))
    return {"inputs": list(INPUTS), "times": times}


def by_shape(seconds: float) -> dict:
    """Return median times of the Jacobian of a map from n inputs to m outputs, in both modes, rows by m."""
    times = {mode: [] for mode in MODES}
    for m in SIDES:
        rows = {mode: [] for mode in MODES}
        for n in SIDES:
            problem = layers(n, m)
            calls = {mode: contender(name, problem).call for mode, name in MODES.items()}
            for mode, timing in measure(calls, seconds / len(SIDES) ** 2).items():
                rows[mode].append(float(f"{timing.median:.4g}"))
        for mode, row in rows.items():
            times[mode].append(row)
    return {"sides": list(SIDES), "times": times}
