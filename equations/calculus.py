"""Derivatives, limits and integrals of functions given in Python: exact with SymPy, or numeric.

The numeric ones know nothing of a formula: central differences of order 6, extrapolation to the limit, quadrature.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import sympy as sp

STEP = 3e-3
STENCIL = ((-3, -1 / 60), (-2, 9 / 60), (-1, -45 / 60), (1, 45 / 60), (2, -9 / 60), (3, 1 / 60))


def derivative(function, at, exact):
    """Return the derivative of a function of one number; its values may be arrays."""
    if exact:
        t = sp.Dummy("t", real=True)
        return _map(lambda entry: sp.diff(entry, t).subs(t, at), function(t))
    return sum(weight * function(at + k * STEP) for k, weight in STENCIL) / STEP


def nth_derivative(function, at, order, exact):
    """Return a higher derivative of a function of one number."""
    if order == 1:
        return derivative(function, at, exact)
    return nth_derivative(lambda x: derivative(function, x, exact), at, order - 1, exact)


def by_array(function, at, exact):
    """Return the derivatives of a function by every entry of an array.

    A scalar function gives an array of the argument's shape; a column of m numbers by a column of n gives (m, n).
    """
    at = np.asarray(at, dtype=object if exact else float)
    parts = []
    for index in np.ndindex(at.shape):

        def along(value, index=index):
            moved = at.copy()
            moved[index] = value
            return function(moved)

        parts.append(derivative(along, at[index], exact))
    if np.ndim(parts[0]) == 0:
        return np.array(parts, dtype=at.dtype).reshape(at.shape)
    if at.ndim == 2 and at.shape[1] == 1 and all(np.ndim(part) == 2 and part.shape[1] == 1 for part in parts):
        return np.hstack(parts)
    raise ValueError(f"no layout for the derivative of shape {np.shape(parts[0])} by shape {at.shape}")


def jacobian(function, points, exact):
    """Return the Jacobian of a function by all its arguments: rows are outputs."""
    points = list(points)
    columns = []
    for k, point in enumerate(points):

        def moved(value, k=k):
            return _flat(function(*points[:k], value, *points[k + 1 :]))

        if np.ndim(point):
            columns.append(by_array(moved, point, exact))
        else:
            columns.append(derivative(moved, point, exact))
    return np.hstack(columns)


def _flat(value):
    return np.ravel(np.array(value, dtype=object if _holds_sympy(value) else float)).reshape(-1, 1)


def _holds_sympy(value):
    return isinstance(value, sp.Basic) or any(
        isinstance(entry, sp.Basic) for entry in np.ravel(np.array(value, object))
    )


def _map(function, value):
    return (
        np.vectorize(function, otypes=[object])(value) if isinstance(value, np.ndarray) else function(sp.sympify(value))
    )


def limit(function, to, exact, two_sided=True):
    """Return the limit of a function of one number; the numeric one extrapolates from both sides."""
    if exact:
        t = sp.Dummy("t", real=True)
        return sp.limit(function(t), t, to, "+-" if two_sided else "+")
    sides = [_extrapolate(function, to, sign) for sign in ((1, -1) if two_sided else (1,))]
    if not np.allclose(sides[0], sides[-1], rtol=1e-7, atol=1e-7):
        raise ValueError(f"the limits from the two sides differ: {sides[0]} and {sides[1]}")
    return sides[0]


def _extrapolate(function, to, sign):
    steps = [sign * 0.1 / 2**k for k in range(7)]
    table = [function(to + h) for h in steps]
    for level in range(1, len(steps)):
        table = [
            (steps[i] * table[i + 1] - steps[i + level] * table[i]) / (steps[i] - steps[i + level])
            for i in range(len(table) - 1)
        ]
    return table[0]


def integral(function, limits, exact):
    """Integrate over the limits of one variable after the other, the outermost first.

    Parameters
    ----------
    function : callable
        Of the variables.
    limits : sequence
        For each variable a pair, or a callable that returns one from the variables before it.
    """
    pair, *inner = limits
    low, high = pair
    if exact:
        sign = {"nonnegative": True} if sp.sympify(low).is_nonnegative else {"real": True}
        t = sp.Dummy("t", **sign)
        return sp.integrate(sp.expand(_inner(function, inner, t, exact)), (t, low, high))
    points, weights = _nodes(float(low), float(high))
    return sum(w * _inner(function, inner, t, exact) for t, w in zip(points, weights, strict=True))


def _nodes(low, high):
    """Return nodes and weights: Gauss and Legendre's, on a map of the whole line or of a half one."""
    if low == high:
        return (), ()
    if math.isinf(low) and math.isinf(high):
        t, w = _legendre(54)
        return np.tan(t * np.pi / 2), w * np.pi / 2 / np.cos(t * np.pi / 2) ** 2
    if math.isinf(high):
        t, w = _legendre(40)
        return low + (1 + t) / (1 - t), 2 * w / (1 - t) ** 2
    t, w = _legendre(12)
    return low + (high - low) * (t + 1) / 2, w * (high - low) / 2


_legendre = cache(np.polynomial.legendre.leggauss)


def _inner(function, limits, first, exact):
    if not limits:
        return function(first)
    rest = [pair(first) if callable(pair) else pair for pair in limits]
    return integral(lambda *others: function(first, *others), rest, exact)
