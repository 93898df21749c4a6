"""Changes of variables in two, three and four dimensions: exercises of chapter 3, and a syllabus of our own.

Each row has the value in closed form, worked out by hand, and the same integral written in another way: in Cartesian
coordinates, with inner integrals done by hand where that is easy, or with a formula from theory such as ½∫r² dt for
an area. SciPy evaluates that, so that neither the closed form nor the substitution is taken on trust.
"""

from __future__ import annotations

from typing import NamedTuple

import sympy as sp
from sympy import Abs, Max, Min, Rational, atan, cos, cosh, exp, gamma, log, oo, pi, sin, sinh, sqrt, tanh

x, y, z, x4, r, t, s, u, v, w, phi, psi = sp.symbols("x y z x4 r t s u v w phi psi")


class Row(NamedTuple):
    """∫ integrand over the image of the limits, its value, and the same as (integrand, innermost range, …)."""

    integrand: sp.Expr
    mapping: dict
    limits: list
    value: sp.Expr
    other: tuple


POLAR = {x: r * cos(t), y: r * sin(t)}
CYLINDRICAL = {**POLAR, z: s}
SPHERICAL = {x: r * sin(phi) * cos(t), y: r * sin(phi) * sin(t), z: r * cos(phi)}
ELLIPTIC = {x: 3 * r * cos(t), y: 2 * r * sin(t)}
ELLIPSOIDAL = {x: 2 * r * sin(phi) * cos(t), y: 3 * r * sin(phi) * sin(t), z: r * cos(phi)}
SUM_AND_DIFFERENCE = {x: (u + v) / 2, y: (u - v) / 2}
TRIANGLE = {x: u * (1 - v), y: u * v}
TETRAHEDRON = {x: u * (1 - v), y: u * v * (1 - w), z: u * v * w}
PRODUCT_AND_QUOTIENT = {x: sqrt(u / v), y: sqrt(u * v)}
PARABOLIC = {x: u * v, y: (u**2 - v**2) / 2}
TORUS = {x: (3 + s * cos(phi)) * cos(t), y: (3 + s * cos(phi)) * sin(t), z: s * sin(phi)}
HYPERSPHERICAL = {
    x: r * sin(psi) * sin(phi) * cos(t),
    y: r * sin(psi) * sin(phi) * sin(t),
    z: r * sin(psi) * cos(phi),
    x4: r * cos(psi),
}
HALF = Rational(1, 2)
TURN = (t, 0, 2 * pi)
ONE = sp.Integer(1)

EXERCISES = {
    "E3.4": Row(
        ONE,
        {x: u + 2 * v, y: 3 * u + v},
        [(u, 0, 2), (v, 0, 1)],
        sp.Integer(10),
        (Min(3 * x, x / 2 + 5) - Max(x / 2, 3 * x - 5), (x, 0, 4)),
    ),
    "E3.5": Row(x**2 + y**2, POLAR, [(r, 0, 2), TURN], 8 * pi, (2 * pi * r**3, (r, 0, 2))),
    "E3.6": Row(x * y, POLAR, [(r, 0, 2), (t, 0, pi / 2)], sp.Integer(2), (x * (4 - x**2) / 2, (x, 0, 2))),
    "E3.7": Row(
        (x + y) ** 2,
        SUM_AND_DIFFERENCE,
        [(u, 0, 2), (v, 0, 2)],
        Rational(8, 3),
        ((x + y) ** 2, (y, -Min(x, 2 - x), Min(x, 2 - x)), (x, 0, 2)),
    ),
    "E3.8": Row(
        ONE,
        PRODUCT_AND_QUOTIENT,
        [(u, 1, 4), (v, 1, 4)],
        3 * log(2),
        (Min(4 / x, 4 * x) - Max(1 / x, x), (x, HALF, 2)),
    ),
    "E3.9": Row(x**2, ELLIPTIC, [(r, 0, 1), TURN], 27 * pi / 2, (4 * x**2 * sqrt(1 - x**2 / 9), (x, -3, 3))),
    "E3.10": Row(z**2, SPHERICAL, [(r, 0, 2), (phi, 0, pi), TURN], 128 * pi / 15, (z**2 * pi * (4 - z**2), (z, -2, 2))),
    "E3.11": Row(
        exp(y / x), {x: u, y: u * v}, [(u, 0, 1), (v, 0, 1)], (sp.E - 1) / 2, (exp(y / x), (y, 0, x), (x, 0, 1))
    ),
    "E3.12": Row(
        exp(-(x**2 + y**2) / 2), POLAR, [(r, 0, oo), TURN], 2 * pi, (sqrt(2 * pi) * exp(-(x**2) / 2), (x, -oo, oo))
    ),
    "E3.17": Row(ONE, {x: u**2, y: v}, [(u, 0, 1), (v, 0, 1)], ONE, (ONE, (x, 0, 1), (y, 0, 1))),
}

PLANE = {
    "cardioid": Row(ONE, POLAR, [(r, 0, 1 + cos(t)), TURN], 3 * pi / 2, ((1 + cos(t)) ** 2 / 2, TURN)),
    "petal of a rose": Row(
        ONE, POLAR, [(r, 0, cos(2 * t)), (t, -pi / 4, pi / 4)], pi / 8, (cos(2 * t) ** 2 / 2, (t, -pi / 4, pi / 4))
    ),
    "loop of a lemniscate": Row(
        ONE, POLAR, [(r, 0, sqrt(cos(2 * t))), (t, -pi / 4, pi / 4)], HALF, (cos(2 * t) / 2, (t, -pi / 4, pi / 4))
    ),
    "between circle and cardioid": Row(
        ONE,
        POLAR,
        [(r, 1, 1 + cos(t)), (t, -pi / 2, pi / 2)],
        2 + pi / 4,
        (((1 + cos(t)) ** 2 - 1) / 2, (t, -pi / 2, pi / 2)),
    ),
    "first moment of a half disc": Row(y, POLAR, [(r, 0, 1), (t, 0, pi)], Rational(2, 3), ((1 - x**2) / 2, (x, -1, 1))),
    "circle through the origin": Row(
        sqrt(x**2 + y**2),
        POLAR,
        [(r, 0, 2 * cos(t)), (t, -pi / 2, pi / 2)],
        Rational(32, 9),
        (sqrt(x**2 + y**2), (y, -sqrt(2 * x - x**2), sqrt(2 * x - x**2)), (x, 0, 2)),
    ),
    "angle over a sector of a ring": Row(
        atan(y / x), POLAR, [(r, 1, 2), (t, 0, pi / 4)], 3 * pi**2 / 64, (3 * t / 2, (t, 0, pi / 4))
    ),
    "singular at the centre": Row(1 / sqrt(x**2 + y**2), POLAR, [(r, 0, 2), TURN], 4 * pi, (2 * pi * r / r, (r, 0, 2))),
    "logarithm, singular at the centre": Row(
        log(x**2 + y**2), POLAR, [(r, 0, 1), TURN], -pi, (4 * pi * r * log(r), (r, 0, 1))
    ),
    "singular at the rim": Row(
        1 / sqrt(1 - x**2 - y**2), POLAR, [(r, 0, 1), TURN], 2 * pi, (2 * pi * r / sqrt(1 - r**2), (r, 0, 1))
    ),
    "rational on the plane": Row(
        1 / (1 + x**2 + y**2) ** 2, POLAR, [(r, 0, oo), TURN], pi, (pi / (1 + x**2) ** Rational(3, 2) / 2, (x, -oo, oo))
    ),
    "area of an ellipse": Row(ONE, ELLIPTIC, [(r, 0, 1), TURN], 6 * pi, (4 * sqrt(1 - x**2 / 9), (x, -3, 3))),
    "moment of inertia of an ellipse": Row(
        x**2 + y**2,
        ELLIPTIC,
        [(r, 0, 1), TURN],
        39 * pi / 2,
        (x**2 + y**2, (y, -2 * sqrt(1 - x**2 / 9), 2 * sqrt(1 - x**2 / 9)), (x, -3, 3)),
    ),
    "exponential of a quotient, trapezium": Row(
        exp((x + y) / (x - y)),
        SUM_AND_DIFFERENCE,
        [(u, -v, v), (v, 1, 2)],
        Rational(3, 4) * (sp.E - exp(-1)),
        (exp((x + y) / (x - y)), (y, x - 2, Min(0, x - 1)), (x, 0, 2)),
    ),
    "cosine of a quotient, trapezium": Row(
        cos((x - y) / (x + y)),
        SUM_AND_DIFFERENCE,
        [(v, -u, u), (u, 1, 2)],
        Rational(3, 2) * sin(1),
        (cos((x - y) / (x + y)), (y, Max(0, 1 - x), 2 - x), (x, 0, 2)),
    ),
    "square standing on a corner": Row(
        (x + y) ** 2 * sin(x - y) ** 2,
        SUM_AND_DIFFERENCE,
        [(u, -pi, pi), (v, -pi, pi)],
        pi**4 / 3,
        ((x + y) ** 2 * sin(x - y) ** 2, (y, Abs(x) - pi, pi - Abs(x)), (x, -pi, pi)),
    ),
    "correlated Gaussian": Row(
        exp(-(x**2) - x * y - y**2),
        SUM_AND_DIFFERENCE,
        [(u, -oo, oo), (v, -oo, oo)],
        2 * pi / sqrt(3),
        (sqrt(pi) * exp(-3 * x**2 / 4), (x, -oo, oo)),
    ),
    "exponential on a triangle": Row(
        exp(y / (x + y)), TRIANGLE, [(u, 0, 1), (v, 0, 1)], (sp.E - 1) / 2, (exp(y / (x + y)), (y, 0, 1 - x), (x, 0, 1))
    ),
    "Dirichlet's integral": Row(
        sqrt(x * y), TRIANGLE, [(u, 0, 1), (v, 0, 1)], pi / 24, (sqrt(x) * 2 * (1 - x) ** Rational(3, 2) / 3, (x, 0, 1))
    ),
    "two gamma functions": Row(
        sqrt(x) * y ** Rational(3, 2) * exp(-x - y),
        TRIANGLE,
        [(u, 0, oo), (v, 0, 1)],
        3 * pi / 8,
        (gamma(Rational(5, 2)) * sqrt(x) * exp(-x), (x, 0, oo)),
    ),
    "exponential of a product": Row(
        exp(x * y),
        PRODUCT_AND_QUOTIENT,
        [(u, 1, 2), (v, 1, 4)],
        (exp(2) - sp.E) * log(2),
        (exp(x * y), (y, Max(1 / x, x), Min(2 / x, 4 * x)), (x, HALF, sqrt(2))),
    ),
    "between four parabolas": Row(
        ONE,
        {x: u ** Rational(-2, 3) * v ** Rational(-1, 3), y: u ** Rational(-1, 3) * v ** Rational(-2, 3)},
        [(u, 1, 2), (v, 1, 2)],
        Rational(1, 12),
        (Min(2 * x**2, sqrt(x)) - Max(x**2, sqrt(x / 2)), (x, HALF, 1)),
    ),
    "astroid": Row(
        ONE,
        {x: r * cos(t) ** 3, y: r * sin(t) ** 3},
        [(r, 0, 1), TURN],
        3 * pi / 8,
        (4 * (1 - x ** Rational(2, 3)) ** Rational(3, 2), (x, 0, 1)),
    ),
    "sector under a hyperbola": Row(
        ONE,
        {x: u * cosh(v), y: u * sinh(v)},
        [(u, 0, 1), (v, 0, 2)],
        ONE,
        (sqrt(1 + y**2) - y / tanh(2), (y, 0, sinh(2))),
    ),
    "singular, parabolic coordinates": Row(
        1 / sqrt(x**2 + y**2),
        PARABOLIC,
        [(u, 0, 1), (v, 0, 1)],
        sp.Integer(2),
        (2 * sp.asinh((1 - x**2) / (2 * x)), (x, 0, 1)),
    ),
}

SPACE = {
    "moment of inertia of a cylinder": Row(
        x**2 + y**2, CYLINDRICAL, [(r, 0, 2), TURN, (s, 0, 3)], 24 * pi, (6 * pi * r**3, (r, 0, 2))
    ),
    "cone": Row(ONE, CYLINDRICAL, [(s, r, 2), (r, 0, 2), TURN], 8 * pi / 3, (pi * z**2, (z, 0, 2))),
    "height over a paraboloid": Row(
        z, CYLINDRICAL, [(s, 0, 4 - r**2), (r, 0, 2), TURN], 32 * pi / 3, (z * pi * (4 - z), (z, 0, 4))
    ),
    "bored ball": Row(
        ONE,
        CYLINDRICAL,
        [(s, -sqrt(25 - r**2), sqrt(25 - r**2)), (r, 3, 5), TURN],
        256 * pi / 3,
        (pi * (16 - z**2), (z, -4, 4)),
    ),
    "cap of a sphere": Row(
        ONE, CYLINDRICAL, [(r, 0, sqrt(4 - s**2)), (s, 1, 2), TURN], 5 * pi / 3, (pi * (4 - z**2), (z, 1, 2))
    ),
    "centre of mass of a half ball": Row(
        z, SPHERICAL, [(r, 0, 2), (phi, 0, pi / 2), TURN], 4 * pi, (z * pi * (4 - z**2), (z, 0, 2))
    ),
    "potential, singular at the centre": Row(
        1 / sqrt(x**2 + y**2 + z**2), SPHERICAL, [(r, 0, 2), (phi, 0, pi), TURN], 8 * pi, (4 * pi * r, (r, 0, 2))
    ),
    "sphere above a cone": Row(
        ONE,
        SPHERICAL,
        [(r, 0, cos(phi)), (phi, 0, pi / 4), TURN],
        pi / 8,
        (pi * Min(z**2, z - z**2), (z, 0, 1)),
    ),
    "Gaussian in space": Row(
        exp(-(x**2) - y**2 - z**2),
        SPHERICAL,
        [(r, 0, oo), (phi, 0, pi), TURN],
        pi ** Rational(3, 2),
        (pi * exp(-(x**2)), (x, -oo, oo)),
    ),
    "improper and singular": Row(
        1 / ((x**2 + y**2 + z**2) * (1 + sqrt(x**2 + y**2 + z**2)) ** 2),
        SPHERICAL,
        [(r, 0, oo), (phi, 0, pi), TURN],
        4 * pi,
        (4 * pi / (1 + r) ** 2, (r, 0, oo)),
    ),
    "second moment of an ellipsoid": Row(
        x**2, ELLIPSOIDAL, [(r, 0, 1), (phi, 0, pi), TURN], 32 * pi / 5, (3 * pi * x**2 * (1 - x**2 / 4), (x, -2, 2))
    ),
    "volume of a torus": Row(
        ONE, TORUS, [(s, 0, 1), (phi, 0, 2 * pi), TURN], 6 * pi**2, (12 * pi * sqrt(1 - z**2), (z, -1, 1))
    ),
    "product on a tetrahedron": Row(
        x * y * z,
        TETRAHEDRON,
        [(u, 0, 1), (v, 0, 1), (w, 0, 1)],
        Rational(1, 720),
        (x * y * (1 - x - y) ** 2 / 2, (y, 0, 1 - x), (x, 0, 1)),
    ),
    "ball in four dimensions": Row(
        ONE,
        HYPERSPHERICAL,
        [(r, 0, 1), (psi, 0, pi), (phi, 0, pi), TURN],
        pi**2 / 2,
        (Rational(4, 3) * pi * (1 - x4**2) ** Rational(3, 2), (x4, -1, 1)),
    ),
}
