"""Genz's six families on the unit cube, with random parameters at his difficulties.

A. Genz, A package for testing multiple integration subroutines, in P. Keast and G. Fairweather (eds.), Numerical
Integration (1987) 337-340. `a` is the difficulty of each axis: uniform random numbers, scaled so that their sum is
h / nᵉ with the h and e of his table. `w`, uniform too, is a place, to which no difficulty belongs.
"""

from __future__ import annotations

import itertools
import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import mpmath as mp
import numpy as np

from benchmarks.integrands.row import Integral, rows

__all__ = ["FAMILIES", "member"]


def _along(x, *parameters):
    """Go through variables and their parameters together."""
    return zip(x, *parameters, strict=True)


def _oscillatory_value(a, w):
    return mp.re(mp.exp(2j * mp.pi * w[0]) * mp.fprod((mp.exp(1j * ak) - 1) / (1j * ak) for ak in a))


def _corner_value(a, w):
    n = len(a)
    total = sum((-1) ** sum(s) / (1 + mp.fdot(s, a)) for s in itertools.product((0, 1), repeat=n))
    return total / (mp.fprod(a) * math.factorial(n))


@dataclass(frozen=True)
class Family:
    """One family: f(a, w, x), its value by the same parameters with 30 digits, and Genz's h and e."""

    name: str
    kind: str
    f: Callable
    value: Callable
    h: float
    e: float


FAMILIES = (
    Family(
        "oscillatory",
        "oscillating",
        lambda a, w, x: np.cos(2 * np.pi * w[0] + sum(ak * xk for xk, ak in _along(x, a))),
        _oscillatory_value,
        110.0,
        1.5,
    ),
    Family(
        "product peak",
        "peak",
        lambda a, w, x: math.prod(1 / (ak**-2 + (xk - wk) ** 2) for xk, ak, wk in _along(x, a, w)),
        lambda a, w: mp.fprod(ak * (mp.atan(ak * (1 - wk)) + mp.atan(ak * wk)) for ak, wk in _along(a, w)),
        600.0,
        2.0,
    ),
    Family(
        "corner peak",
        "peak",
        lambda a, w, x: (1 + sum(ak * xk for xk, ak in _along(x, a))) ** -(len(a) + 1.0),
        _corner_value,
        600.0,
        2.0,
    ),
    Family(
        "Gaussian",
        "peak",
        lambda a, w, x: np.exp(-sum((ak * (xk - wk)) ** 2 for xk, ak, wk in _along(x, a, w))),
        lambda a, w: mp.fprod(
            mp.sqrt(mp.pi) / (2 * ak) * (mp.erf(ak * (1 - wk)) + mp.erf(ak * wk)) for ak, wk in _along(a, w)
        ),
        100.0,
        1.0,
    ),
    Family(
        "continuous",
        "kink",
        lambda a, w, x: np.exp(-sum(ak * np.abs(xk - wk) for xk, ak, wk in _along(x, a, w))),
        lambda a, w: mp.fprod((2 - mp.exp(-ak * wk) - mp.exp(-ak * (1 - wk))) / ak for ak, wk in _along(a, w)),
        150.0,
        2.0,
    ),
    Family(
        "discontinuous",
        "jump",
        lambda a, w, x: np.where(
            np.logical_and.reduce([xk <= wk for xk, wk in _along(x[:2], w[:2])]),
            np.exp(sum(ak * xk for xk, ak in _along(x, a))),
            0.0,
        ),
        lambda a, w: mp.fprod(mp.expm1(ak * (wk if k < 2 else 1)) / ak for k, (ak, wk) in enumerate(_along(a, w))),
        100.0,
        2.0,
    ),
)


def member(family: Family, n: int, k: int) -> Integral:
    """Return member k of a family in n dimensions; the same one each time."""
    generator = np.random.default_rng([zlib.crc32(family.name.encode()), n, k])
    a, w = generator.uniform(size=n), generator.uniform(size=n)
    a *= family.h / n**family.e / a.sum()
    exact = [mp.mpf(ak) for ak in a], [mp.mpf(wk) for wk in w]
    row = (
        f"Genz, {family.name}, n = {n}, no. {k}",
        family.kind,
        lambda *x: family.f(a, w, x),
        [(0.0, 1.0)] * n,
        lambda: family.value(*exact),
    )
    return rows([row])[0]
