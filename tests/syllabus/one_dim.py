"""Integrals in one variable: exercises of chapter 3, and a syllabus of our own, with the substitution that helps.

The values are worked out by hand; the test compares each with mpmath as well.
"""

from __future__ import annotations

from typing import NamedTuple

import sympy as sp
from sympy import E, Eq, Rational, asin, asinh, atan, cos, cosh, erf, exp, log, oo, pi, sec, sin, sinh, sqrt, tan

x, t = sp.symbols("x t")


class Row(NamedTuple):
    """∫ integrand dx from a to b, the substitution to be found (or made, if `given`), the new limits, the value.

    `split` is where mpmath needs a cut.
    """

    integrand: sp.Expr
    a: sp.Expr
    b: sp.Expr
    u: sp.Expr | sp.Eq
    u_limits: list[tuple]
    value: sp.Expr
    given: bool = False
    split: tuple = ()


EXERCISES = {
    "E3.1": Row(x * exp(-(x**2)), 0, 2, -(x**2), [(0, -4)], (1 - exp(-4)) / 2),
    "E3.2": Row(exp(-sqrt(x)) / sqrt(x), 1, 4, -sqrt(x), [(-1, -2)], 2 * (exp(-1) - exp(-2))),
    "E3.3": Row(x**2, -1, 2, x**2, [(1, 0), (0, 4)], 3, given=True),
}

FURTHER = {
    "radicand": Row(x * sqrt(x**2 + 1), 0, 2, x**2 + 1, [(1, 5)], (5 * sqrt(5) - 1) / 3),
    "logarithm": Row(log(x) ** 2 / x, 1, E, log(x), [(0, 1)], Rational(1, 3)),
    "sine and cosine": Row(sin(x) ** 3 * cos(x) ** 2, 0, pi, cos(x), [(1, -1)], Rational(4, 15)),
    "tangent": Row(tan(x), 0, pi / 4, cos(x), [(1, sqrt(2) / 2)], log(2) / 2),
    "secant": Row(sec(x), 0, pi / 4, tan(x), [(0, 1)], log(1 + sqrt(2))),
    "exponential": Row(exp(x) / (1 + exp(2 * x)), 0, 1, exp(x), [(1, E)], atan(E) - pi / 4),
    "arctangent": Row(atan(x) / (1 + x**2), 0, 1, atan(x), [(0, pi / 4)], pi**2 / 32),
    "arcsine": Row(asin(x) / sqrt(1 - x**2), 0, 1, asin(x), [(0, pi / 2)], pi**2 / 8),
    "linear, the other way": Row(x * sqrt(x + 1), 3, 0, x + 1, [(4, 1)], -Rational(116, 15)),
    "binomial": Row(x * (1 - x) ** 5, 0, 1, 1 - x, [(1, 0)], Rational(1, 42)),
    "chain of three": Row(x**5 * sqrt(x**3 + 1), 0, 2, x**3 + 1, [(1, 9)], Rational(1192, 45)),
    "hidden square": Row(x / (x**4 + 1), 0, 1, x**2, [(0, 1)], pi / 8),
    "hidden cube": Row(x**2 / sqrt(1 - x**6), 0, 1, x**3, [(0, 1)], pi / 6),
    "by parts afterwards": Row(exp(sqrt(x)), 0, 4, sqrt(x), [(0, 2)], 2 * exp(2) + 2),
    "reciprocal": Row(exp(1 / x) / x**2, 1, 2, 1 / x, [(1, Rational(1, 2))], E - sqrt(E)),
    "two roots": Row(
        1 / (sqrt(x) + x ** Rational(1, 3)), 1, 64, x ** Rational(1, 6), [(1, 2)], 11 + 6 * log(2) - 6 * log(3)
    ),
    "root of an exponential": Row(sqrt(exp(x) - 1), 0, log(2), sqrt(exp(x) - 1), [(0, 1)], 2 - pi / 2),
    "double angle": Row(sin(2 * x) / (1 + sin(x) ** 2), 0, pi / 2, sin(x) ** 2 + 1, [(1, 2)], log(2)),
    "half angle over a full turn": Row(1 / (2 + cos(x)), 0, 2 * pi, tan(x / 2), [(0, oo), (-oo, 0)], 2 * pi / sqrt(3)),
    "completed square": Row(1 / (x**2 + 4 * x + 8), -2, 0, x + 2, [(0, 2)], pi / 8),
    "area of a quarter disc": Row(sqrt(4 - x**2), 0, 2, Eq(x, 2 * sin(t)), [(0, pi / 2)], pi),
    "arc length of a parabola": Row(
        sqrt(1 + x**2), 0, 1, Eq(x, sinh(t)), [(0, asinh(1))], sqrt(2) / 2 + log(1 + sqrt(2)) / 2
    ),
    "tangent for a square": Row(1 / (x**2 + 4) ** 2, 0, 2, Eq(x, 2 * tan(t)), [(0, pi / 4)], pi / 64 + Rational(1, 32)),
    "cosh for a difference": Row(
        1 / (x**2 * sqrt(x**2 - 1)),
        2,
        3,
        Eq(x, cosh(t)),
        [(sp.acosh(2), sp.acosh(3))],
        2 * sqrt(2) / 3 - sqrt(3) / 2,
    ),
    "beta function": Row(
        x ** Rational(3, 2) * (1 - x) ** Rational(5, 2), 0, 1, Eq(x, sin(t) ** 2), [(0, pi / 2)], 3 * pi / 256
    ),
    "Gaussian": Row(exp(-(x**2) / 2), -oo, oo, x / sqrt(2), [(-oo, oo)], sqrt(2 * pi)),
    "error function": Row(exp(-(x**2) / 2), 0, 1, x / sqrt(2), [(0, 1 / sqrt(2))], sqrt(pi / 2) * erf(1 / sqrt(2))),
    "gamma function": Row(x**2 * exp(-(x**2)), 0, oo, x**2, [(0, oo)], sqrt(pi) / 4),
    "improper": Row(1 / (exp(x) + exp(-x)), 0, oo, exp(x), [(1, oo)], pi / 4),
    "improper and singular": Row(1 / (sqrt(x) * (1 + x)), 0, oo, sqrt(x), [(0, oo)], pi),
    "singular at both ends": Row(1 / sqrt(x * (1 - x)), 0, 1, sqrt(x), [(0, 1)], pi),
    "singular inside": Row(
        x / sqrt(sp.Abs(x**2 - 1)), 0, 2, sp.Abs(x**2 - 1), [(1, 0), (0, 3)], 1 + sqrt(3), split=(1,)
    ),
}
