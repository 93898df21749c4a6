"""An integral over a disc, as a function to write."""

from __future__ import annotations

import math

import numpy as np

from jaclib.exercises.entry import Case, Exercise, Mistake

# --- E3.19 -------------------------------------------------------------------------------------------------------

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(60)
_STEPS = 120


def _over(R, power, value, weights=None, turn=2 * np.pi):
    """Integrate `value` of r and θ times a power of r: Gauss's rule in r, equal steps in θ."""
    r, step = R / 2 * (_NODES + 1), turn / _STEPS
    weights = R / 2 * _WEIGHTS if weights is None else weights
    values = value(r[:, None], (np.arange(_STEPS) + 0.5) * step) + np.zeros((len(r), _STEPS))
    return float((weights * r**power) @ values.sum(axis=1) * step)


def _in_the_plane(f):
    return lambda r, angle: f(r * np.cos(angle), r * np.sin(angle))


def _polar_integral(f, R):
    return _over(R, 1, _in_the_plane(f))


def _without_r(f, R):
    return _over(R, 0, _in_the_plane(f))


def _with_r_twice(f, R):
    return _over(R, 2, _in_the_plane(f))


def _half_turn(f, R):
    return _over(R, 1, _in_the_plane(f), turn=np.pi)


def _polar_arguments(f, R):
    return _over(R, 1, f)


def _squared_limit(f, R):
    return _polar_integral(f, R**2)


def _weights_not_scaled(f, R):
    return _over(R, 1, _in_the_plane(f), weights=_WEIGHTS)


def _over_the_square(f, R):
    x, weights = R * _NODES, R * _WEIGHTS
    return float(weights @ (f(x[:, None], x) + np.zeros((len(x), len(x)))) @ weights)


def _bessel(x, sign):
    """Return the Bessel function J₁ for sign -1, I₁ for sign 1, by its series."""
    return sum(sign**k * (x / 2) ** (2 * k + 1) / (math.factorial(k) * math.factorial(k + 1)) for k in range(40))


# Over the disc of radius R, e^(ax + by) has the integral 2πR I₁(cR) / c with c² = a² + b², and cos(kx) has
# 2πR J₁(kR) / k. Over the disc of radius R < a, 1/(a - x) has 2π (a - √(a² - R²)).
_WITHIN = 1e-8
_EXPONENTIAL = 2 * math.pi * 1.5 * _bessel(1.5 * math.sqrt(5), 1) / math.sqrt(5)
_WAVE = 2 * math.pi * 2 * _bessel(10, -1) / 5


E3_19 = Exercise(
    id="E3.19",
    title="Write an integral over the disc",
    kind="code",
    section="sec-3-polar",
    objective="transform",
    difficulty=3,
    signature="polar_integral(f, R)",
    prompt=r"""
        Write a function `polar_integral(f, R)` that returns $\displaystyle\iint f(x, y)\, dx\, dy$ over the disc of
        radius $R$ about the origin, for any smooth function $f$, with an error below $10^{-8}$ (relative, where the
        integral is larger than 1). `f(x, y)` takes numbers, or arrays of one shape, which it treats entry by entry. If
        it is constant it may return a single number.
    """,
    answer=_polar_integral,
    cases=[
        Case(
            "polar_integral(lambda x, y: x**2 + y**2, 3.0)",
            lambda g: g(lambda x, y: x**2 + y**2, 3.0),
            expect=81 * math.pi / 2,
            within=_WITHIN,
        ),
        Case(
            "polar_integral(lambda x, y: 1.0, 1.0)", lambda g: g(lambda x, y: 1.0, 1.0), expect=math.pi, within=_WITHIN
        ),
        Case(
            "polar_integral(lambda x, y: np.exp(x + 2 * y), 1.5)",
            lambda g: g(lambda x, y: np.exp(x + 2 * y), 1.5),
            expect=_EXPONENTIAL,
            within=_WITHIN,
        ),
        Case(
            "polar_integral(lambda x, y: np.cos(5 * x), 2.0)",
            lambda g: g(lambda x, y: np.cos(5 * x), 2.0),
            expect=_WAVE,
            within=_WITHIN,
        ),
        Case(
            "polar_integral(lambda x, y: 1 / (1.25 - x), 1.0)",
            lambda g: g(lambda x, y: 1 / (1.25 - x), 1.0),
            expect=math.pi,
            within=_WITHIN,
        ),
        Case("polar_integral(lambda x, y: np.exp(x), 0.0)", lambda g: g(lambda x, y: np.exp(x), 0.0), expect=0.0),
    ],
    mistakes=[
        Mistake(
            "area-factor-forgotten",
            _without_r,
            r"Integrate 1: your function gives $2 \pi R$, and the disc has the area $\pi R^2$. What replaces $dx\, "
            r"dy$?",
        ),
        Mistake("area-factor-twice", _with_r_twice),
        Mistake(
            "part-of-the-region",
            _half_turn,
            r"Your function integrates over the upper half of the disc. How far does $\theta$ go?",
        ),
        Mistake(
            "integrand-not-converted",
            _polar_arguments,
            r"You called `f(r, theta)`. It wants $x$ and $y$: write both in terms of $r$ and $\theta$ first.",
        ),
        Mistake(
            "square-taken-for-length",
            _squared_limit,
            r"Your upper limit for $r$ is $R^2$. The disc is $x^2 + y^2 \le R^2$: what does that say about $r$?",
        ),
        Mistake(
            "differential-factor-lost",
            _weights_not_scaled,
            r"Your nodes lie between $0$ and $R$, and your weights still belong to the interval from $-1$ to $1$. With "
            r"$r = \frac{R}{2} (t + 1)$, what is $dr$?",
        ),
        Mistake(
            "limit-not-moved",
            _over_the_square,
            r"Your function integrates over the square around the disc. In which variables has the disc constant "
            r"limits?",
        ),
    ],
    hints=[
        r"In polar coordinates the disc is a rectangle, $0 \le r \le R$ and $0 \le \theta \le 2\pi$. Then two rules "
        r"for one variable will do.",
        r"In $\theta$ the integrand has the period $2\pi$: equal steps and equal weights converge very fast. In $r$ "
        r"take Gauss's rule, `np.polynomial.legendre.leggauss(60)`, and carry its nodes over from $[-1, 1]$ to $[0, "
        r"R]$.",
        r"With nodes `t` and weights `w`: `r = R / 2 * (t + 1)`, and the weights become `R / 2 * w`. Make a grid of "
        r"`r[:, None]` and `theta`, call `f(r * cos, r * sin)` once, multiply by the factor that replaces $dx\, dy$, "
        r"and add up.",
    ],
    solution=r"""
        ```python
        def polar_integral(f, R):
            t, w = np.polynomial.legendre.leggauss(60)
            r, w = R / 2 * (t + 1), R / 2 * w
            theta = 2 * np.pi * np.arange(120) / 120
            values = f(r[:, None] * np.cos(theta), r[:, None] * np.sin(theta))
            values = values + np.zeros((60, 120))
            return (w * r) @ values.sum(axis=1) * 2 * np.pi / 120
        ```

        The change of variables makes a rectangle of the disc, and `w * r` has the factor $r$. In $\theta$ a smooth
        function with the period $2\pi$ is integrated by equal steps, with an error that falls faster than any power of
        the step. In $r$ Gauss's rule does the same. A midpoint rule in $r$ would need some ten thousand steps for this
        error. The line with `np.zeros` makes an array of a single number.
    """,
)
