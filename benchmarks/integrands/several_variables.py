"""Functions of two variables and more: the plane, space, and families that exist in every dimension from 2 to 6."""

from __future__ import annotations

import math

import mpmath as mp
import numpy as np

from benchmarks.integrands.row import rows

__all__ = ["SEVERAL_VARIABLES"]

INF = np.inf
SQUARE, CUBE = [(0.0, 1.0)] * 2, [(0.0, 1.0)] * 3
HALF = (0.0, INF)


def power_of_sum(n, p):
    """Return the integral of (x₁ + … + xₙ)^p over the unit cube, for p that is no negative integer."""
    terms = ((-1) ** (n - k) * math.comb(n, k) * mp.mpf(k) ** (p + n) for k in range(1, n + 1))
    return mp.fsum(terms) / mp.fprod(p + k for k in range(1, n + 1))


def beyond(n, level, power):
    """Return the mean of (x₁ + … + xₙ − level)₊^power over the unit cube (Irwin and Hall)."""
    terms = ((-1) ** k * math.comb(n, k) * max(n - level - k, mp.mpf(0)) ** (n + power) for k in range(n + 1))
    return mp.fsum(terms) * math.factorial(power) / math.factorial(n + power)


def cosine(frequencies):
    """Return the integral of cos(a₁x₁ + … + aₙxₙ) over the unit cube."""
    return mp.re(mp.fprod((mp.exp(1j * a) - 1) / (1j * a) for a in map(mp.mpf, frequencies)))


PLANE = [
    (
        "exp(2x + y) over the disc, polar",
        "smooth",
        lambda r, t: r * np.exp(2 * r * np.cos(t) + r * np.sin(t)),
        [(0.0, 1.0), (0.0, 2 * np.pi)],
        lambda: 2 * mp.pi * mp.besseli(1, mp.sqrt(5)) / mp.sqrt(5),
    ),
    (
        "exp(xy)",
        "smooth",
        lambda x, y: np.exp(x * y),
        SQUARE,
        lambda: mp.nsum(lambda k: 1 / (mp.factorial(k) * (k + 1) ** 2), [0, mp.inf]),
    ),
    ("1/(1 + x + y)", "smooth", lambda x, y: 1 / (1 + x + y), SQUARE, lambda: 3 * mp.log(3) - 4 * mp.log(2)),
    ("cos 100xy", "oscillating", lambda x, y: np.cos(100 * x * y), SQUARE, lambda: mp.si(100) / 100),
    ("cos(30x + 20y)", "oscillating", lambda x, y: np.cos(30 * x + 20 * y), SQUARE, lambda: cosine([30, 20])),
    (
        "Gaussian ridge along x = y",
        "peak",
        lambda x, y: np.exp(-((50 * (x - y)) ** 2)),
        SQUARE,
        lambda: mp.sqrt(mp.pi) / 50 * mp.erf(50) - (1 - mp.exp(-2500)) / 2500,
    ),
    (
        "Lorentz ridge along x + y = 1",
        "peak",
        lambda x, y: 1 / (1e-4 + (x + y - 1) ** 2),
        SQUARE,
        lambda: 200 * mp.atan(100) - mp.log(10001),
    ),
    ("|x − y|", "kink", lambda x, y: np.abs(x - y), SQUARE, lambda: mp.mpf(1) / 3),
    ("|xy − 0.3|", "kink", lambda x, y: np.abs(x * y - 0.3), SQUARE, lambda: _product_kink(mp.mpf(0.3))),
    (
        "hemisphere over its square",
        "kink",
        lambda x, y: np.sqrt(np.maximum(0.0, 1 - x * x - y * y)),
        [(-1.0, 1.0)] * 2,
        lambda: 2 * mp.pi / 3,
    ),
    (
        "half-plane x + y < 0.7",
        "jump",
        lambda x, y: np.where(x + y < 0.7, 1.0, 0.0),
        SQUARE,
        lambda: mp.mpf(0.7) ** 2 / 2,
    ),
    ("x · sign(x − y)", "jump", lambda x, y: x * np.sign(x - y), SQUARE, lambda: mp.mpf(1) / 6),
    (
        "under the hyperbola xy < 0.3",
        "jump",
        lambda x, y: np.where(x * y < 0.3, 1.0, 0.0),
        SQUARE,
        lambda: mp.mpf(0.3) * (1 - mp.log(mp.mpf(0.3))),
    ),
    ("⌊3x⌋ ⌊5y⌋", "jump", lambda x, y: np.floor(3 * x) * np.floor(5 * y), SQUARE, lambda: 2),
    ("1/√(x² + y²)", "singular", lambda x, y: 1 / np.hypot(x, y), SQUARE, lambda: 2 * mp.log(1 + mp.sqrt(2))),
    ("ln(x + y)", "singular", lambda x, y: np.log(x + y), SQUARE, lambda: 2 * mp.log(2) - mp.mpf(3) / 2),
    ("x^-0.9 cos y", "singular", lambda x, y: x**-0.9 * np.cos(y), SQUARE, lambda: mp.sin(1) / (1 - mp.mpf(0.9))),
    ("1/(1 − xy)", "singular", lambda x, y: 1 / (1 - x * y), SQUARE, lambda: mp.pi**2 / 6),
    ("1/(2 − x − y)", "singular", lambda x, y: 1 / (2 - x - y), SQUARE, lambda: 2 * mp.log(2)),
    (
        "1/√|x − y|",
        "singular",
        lambda x, y: np.abs(x - y + (x == y)) ** -0.5 * (x != y),
        SQUARE,
        lambda: mp.mpf(8) / 3,
    ),
    ("√|x − y|", "kink", lambda x, y: np.sqrt(np.abs(x - y)), SQUARE, lambda: mp.mpf(8) / 15),
    (
        "bivariate normal, correlation 0.9",
        "infinite",
        lambda x, y: np.exp(-(x * x - 1.8 * x * y + y * y) / 0.38),
        [(-INF, INF)] * 2,
        lambda: 2 * mp.pi * mp.sqrt(1 - mp.mpf("0.81")),
    ),
    ("(1 + x² + y²)^-1.5", "infinite", lambda x, y: (1 + x * x + y * y) ** -1.5, [(-INF, INF)] * 2, lambda: 2 * mp.pi),
    (
        "(1 + x + y)^-2.2",
        "infinite",
        lambda x, y: (1 + x + y) ** -2.2,
        [HALF] * 2,
        lambda: 1 / ((mp.mpf(2.2) - 1) * (mp.mpf(2.2) - 2)),
    ),
    ("exp(−x) cos(xy)", "infinite", lambda x, y: np.exp(-x) * np.cos(x * y), [HALF, (0.0, 3.0)], lambda: mp.atan(3)),
]


def _product_kink(c):
    """∫∫ |xy − c| over the unit square: xy has the density −ln s."""
    mean_below = c * (c - c * mp.log(c)) - (c * c / 4 - c * c * mp.log(c) / 2)  # c·P(s < c) − E[s; s < c]
    return mp.mpf(1) / 4 - c + 2 * mean_below


SPACE = [
    (
        "z² over the ball, spherical",
        "smooth",
        lambda r, p, t: (r * np.cos(p)) ** 2 * r**2 * np.sin(p),
        [(0.0, 2.0), (0.0, np.pi), (0.0, 2 * np.pi)],
        lambda: 128 * mp.pi / 15,
    ),
    (
        "exp(xyz)",
        "smooth",
        lambda x, y, z: np.exp(x * y * z),
        CUBE,
        lambda: mp.nsum(lambda k: 1 / (mp.factorial(k) * (k + 1) ** 3), [0, mp.inf]),
    ),
    (
        "cos(10x + 15y + 20z)",
        "oscillating",
        lambda x, y, z: np.cos(10 * x + 15 * y + 20 * z),
        CUBE,
        lambda: cosine([10, 15, 20]),
    ),
    ("below z = xy", "jump", lambda x, y, z: np.where(z < x * y, 1.0, 0.0), CUBE, lambda: mp.mpf(1) / 4),
    (
        "1/√(x² + y² + z²)",
        "singular",
        lambda x, y, z: 1 / np.sqrt(x * x + y * y + z * z),
        CUBE,
        lambda: 1.5 * mp.log(2 + mp.sqrt(3)) - mp.pi / 4,
    ),
    ("1/(1 − xyz)", "singular", lambda x, y, z: 1 / (1 - x * y * z), CUBE, lambda: mp.zeta(3)),
    (
        "Watson's third integral",
        "singular",
        lambda x, y, z: 0.5 / (np.sin(x / 2) ** 2 + np.sin(y / 2) ** 2 + np.sin(z / 2) ** 2),
        [(0.0, np.pi)] * 3,
        lambda: mp.sqrt(6) / 96 * mp.fprod(mp.gamma(mp.mpf(k) / 24) for k in (1, 5, 7, 11)),
    ),
    (
        "exp(−x − y − z)/√xyz",
        "infinite",
        lambda x, y, z: np.exp(-x - y - z) / np.sqrt(x * y * z),
        [HALF] * 3,
        lambda: mp.pi**1.5,
    ),
    ("(1 + x + y + z)^-4", "infinite", lambda x, y, z: (1 + x + y + z) ** -4.0, [HALF] * 3, lambda: mp.mpf(1) / 6),
]


def _in_every_dimension(n):
    """Families whose value is known for each n."""
    unit, whole = [(0.0, 1.0)] * n, [(-INF, INF)] * n
    yield "exp Σx", "smooth", lambda *x: np.exp(sum(x)), unit, lambda: (mp.e - 1) ** n
    yield (
        "cos Σkx",
        "oscillating",
        lambda *x: np.cos(sum(k * xk for k, xk in enumerate(x, 1))),
        unit,
        lambda: cosine(range(1, n + 1)),
    )
    yield "Π|3x − 1|", "kink", lambda *x: math.prod(np.abs(3 * xk - 1) for xk in x), unit, lambda: (mp.mpf(5) / 6) ** n
    yield "|Σx − n/2|", "kink", lambda *x: np.abs(sum(x) - n / 2), unit, lambda: 2 * beyond(n, mp.mpf(n) / 2, 1)
    yield "max x", "kink", lambda *x: np.maximum.reduce(x), unit, lambda: mp.mpf(n) / (n + 1)
    yield (
        "Σx < n/2 − 0.3",
        "jump",
        lambda *x: np.where(sum(x) < n / 2 - 0.3, 1.0, 0.0),
        unit,
        lambda: 1 - beyond(n, mp.mpf(n) / 2 - mp.mpf(0.3), 0),
    )
    yield (
        "unit ball in its cube",
        "jump",
        lambda *x: np.where(sum(xk * xk for xk in x) < 1, 1.0, 0.0),
        [(-1.0, 1.0)] * n,
        lambda: mp.pi ** (mp.mpf(n) / 2) / mp.gamma(mp.mpf(n) / 2 + 1),
    )
    for place in (0.97, 0.985):
        yield (
            f"jump at {place} of the last axis",
            "jump",
            lambda *x, p=place: np.where(x[-1] < p, 1.0, 2.0),
            unit,
            (lambda p=place: 2 - mp.mpf(p)),
        )
    yield "Π⌊3x⌋", "jump", lambda *x: math.prod(np.floor(3 * xk) for xk in x), unit, lambda: 1
    yield "(Σx)^-1.5", "singular", lambda *x: sum(x) ** -1.5, unit, lambda: power_of_sum(n, mp.mpf("-1.5"))
    if n != 2:  # there it would be the one above
        yield (
            f"(Σx)^{0.5 - n}",
            "singular",
            lambda *x: sum(x) ** (0.5 - n),
            unit,
            lambda: power_of_sum(n, mp.mpf(0.5) - n),
        )
    yield "Π1/√x", "singular", lambda *x: math.prod(1 / np.sqrt(xk) for xk in x), unit, lambda: 2**n
    yield (
        "Πx^(1/n)",
        "singular",
        lambda *x: math.prod(xk ** (1 / n) for xk in x),
        unit,
        lambda: (1 / (1 + mp.mpf(1 / n))) ** n,
    )
    yield (
        "exp(−|x|²)",
        "infinite",
        lambda *x: np.exp(-sum(xk * xk for xk in x)),
        whole,
        lambda: mp.pi ** (mp.mpf(n) / 2),
    )
    yield "exp(−Σx)", "infinite", lambda *x: np.exp(-sum(x)), [HALF] * n, lambda: 1
    yield "Π1/(1 + x²)", "infinite", lambda *x: math.prod(1 / (1 + xk * xk) for xk in x), whole, lambda: mp.pi**n


FAMILIES = [(f"{row[0]}, n = {n}", *row[1:]) for n in range(2, 7) for row in _in_every_dimension(n)]

SEVERAL_VARIABLES = rows([*PLANE, *SPACE, *FAMILIES])
