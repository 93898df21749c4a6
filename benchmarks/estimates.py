"""How far error estimates can be trusted: integrals with known values, by `jaclib.integrate` and by SciPy."""

from __future__ import annotations

import math
import time
import warnings
from collections.abc import Callable

import numpy as np

from benchmarks.integrands import DIMENSIONS, Integral, suite

__all__ = ["COMPARED", "EVALUATIONS", "RTOL", "run"]

RTOL = 1e-6
EVALUATIONS = 100_000
# Of the value: what summing costs any of them.
ROUNDING = 1e-13


def _jaclib(member: Integral):
    from jaclib import integrate

    found = integrate(member.f, member.limits, rtol=RTOL, max_evaluations=EVALUATIONS)
    return found.value, found.error, found.converged


def _scipy_cubature(member: Integral):
    from scipy.integrate import cubature

    n = member.dimension
    # The rules that its documentation advises for so many dimensions; each halving makes 2ⁿ cells.
    rule, points = ("gk21", 21**n) if n <= 2 else ("genz-malik", 2**n + 2 * n * n + 2 * n + 1)
    lower, upper = np.array(member.limits, float).T
    found = cubature(
        lambda x: member.f(*x.T),
        lower,
        upper,
        rule=rule,
        rtol=RTOL,
        atol=0.0,
        max_subdivisions=max(1, EVALUATIONS // (points * 2**n)),
    )
    return float(found.estimate), float(found.error), found.status == "converged"


def _scipy_quad(member: Integral):
    from scipy.integrate import quad

    (pair,) = member.limits
    # full_output keeps the message that says that it did not converge.
    value, error, _, *message = quad(
        lambda x: float(member.f(np.float64(x))), *pair, epsrel=RTOL, epsabs=0.0, limit=EVALUATIONS // 42, full_output=1
    )
    return value, error, not message


COMPARED: dict[str, tuple[Callable, range]] = {
    "jaclib": (_jaclib, DIMENSIONS),
    "SciPy, cubature": (_scipy_cubature, DIMENSIONS),
    "SciPy, quad": (_scipy_quad, range(1, 2)),
}


def run() -> dict:
    """Return for each contender and each number of dimensions how it fared.

    Returns
    -------
    dict
        ``{"rtol", "evaluations", "contenders": {name: [{"dimension", "integrands", "converged", "held", "worst",
        "failed", "seconds"}]}}``: of all integrals the number that converged, and of these those whose true error
        was not above the estimate; the largest ratio of the two, None if infinite; those that
        raised or gave nan; processor time.
    """
    return {
        "rtol": RTOL,
        "evaluations": EVALUATIONS,
        "contenders": {name: [_tried(call, n) for n in where] for name, (call, where) in COMPARED.items()},
    }


def _tried(call: Callable, n: int) -> dict:
    members = [member for member in suite() if member.dimension == n]
    ratios, failed, start = [], 0, time.process_time()
    for member in members:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            try:
                value, error, converged = call(member)
            except (ValueError, ZeroDivisionError, OverflowError):
                failed += 1
                continue
        # An estimate of 0 for a value that is right up to rounding is no fault.
        true = abs(value - member.exact) - ROUNDING * abs(member.exact)
        if math.isnan(true):
            failed += 1
        elif converged:
            ratios.append(0.0 if true <= 0.0 else true / error if error else math.inf)
    return {
        "dimension": n,
        "integrands": len(members),
        "converged": len(ratios),
        "held": sum(ratio <= 1.0 for ratio in ratios),
        "worst": None if math.inf in ratios else float(f"{max(ratios, default=0.0):.2g}"),
        "failed": failed,
        "seconds": float(f"{time.process_time() - start:.3g}"),
    }
