"""Independent sources of derivatives for the tests: SymPy, and a stencil that shares no code with jaclib."""

from __future__ import annotations

import numpy as np
import sympy


def stencil_jacobian(f, x, h=2e-3):
    """Return the Jacobian of f at x by central differences of sixth order (error about h⁶, rounding about 1e-13)."""
    x = np.asarray(x, dtype=float)
    weights = {1: 3 / 4, 2: -3 / 20, 3: 1 / 60}
    columns = []
    for j in range(x.size):
        e = np.zeros(x.size)
        e[j] = h
        e = e.reshape(x.shape)
        columns.append(sum(w * (np.asarray(f(x + k * e)) - np.asarray(f(x - k * e))) for k, w in weights.items()) / h)
    return np.stack(columns, axis=-1).reshape(np.shape(f(x)) + x.shape)


def sympy_partials(expr, symbols, point):
    """Return the exact partial derivatives of expr at point, evaluated to 30 digits and rounded to floats."""
    at = dict(zip(symbols, map(sympy.Float, point, [30] * len(point)), strict=True))
    return np.array([float(sympy.diff(expr, s).evalf(30, subs=at)) for s in symbols])


def assert_close(got, expected, rtol=1e-9, atol=1e-9):
    """Compare shapes as well as numbers: broadcasting hides real errors."""
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    np.testing.assert_allclose(got, expected, rtol=rtol, atol=atol)
