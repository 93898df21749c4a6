"""Differences, interpolation, polynomials, and functions that call a function."""

import numpy as np

from numpy_functions.points import VECTOR, c, m, v

GRID = np.array([-2.03, -0.68, 0.43, 0.99, 2.57])

# name: (function, shape of its argument)
CASES = {
    "diff": (lambda x: np.diff(x, n=2, axis=1), m),
    "trapezoid": (lambda x: np.trapezoid(x, dx=0.5), m),
    "diff, ends given": (lambda x: np.diff(x, prepend=x[:, :2], append=1.0), m),
    "ediff1d": (np.ediff1d, m),
    "trapezoid, traced x": (lambda x: np.trapezoid([1.0, 2.0, -1.0], x), v),
    "trapezoid, axis": (lambda x: np.trapezoid(x, x**2, axis=0), m),
    "gradient": (np.gradient, v),
    "gradient, one axis": (lambda x: np.gradient(x, 0.5, axis=1), m),
    "gradient, several axes": (lambda x: np.stack(np.gradient(x, 2.0, GRID[:4])), m),
    "gradient, traced coordinates": (lambda x: np.gradient(np.sin(GRID), np.cumsum(np.exp(x))), 5),
    "gradient, second order at the edges": (lambda x: np.gradient(x, x[0, 0] ** 2, axis=1, edge_order=2), m),
    "gradient, uneven, second order": (lambda x: np.gradient(x, np.exp(GRID), edge_order=2), 5),
    "gradient, two samples": (lambda x: np.gradient(x[:2]), v),
    "interp": (lambda x: np.interp(x, GRID, GRID**2), m),
    "interp, values": (lambda x: np.interp([-3.0, -0.1, 0.5, 0.8, 4.0], GRID, x), 5),
    "interp, knots": (lambda x: np.interp([0.3, 0.5, 2.0, 9.0], np.cumsum(np.exp(x)), GRID), 5),
    "interp, ends given": (lambda x: np.interp(x * 4, GRID, x.ravel()[:5], left=x[0, 0] ** 2, right=-1.0), m),
    "unwrap": (lambda x: np.unwrap(4 * x**2), m),
    "sinc": (np.sinc, m),
    "sinc near 0": (lambda x: np.sinc(x / 1000) * 1e4 + np.sinc(0.0 * x), v),
    "divmod": (lambda x: divmod(x[0, 0], 0.31)[1] * np.divmod(x, 0.73)[1], m),
    "divmod of a constant": (lambda x: divmod(7.3, 2 + x[0])[1] * divmod(7.3, 2 + x[0])[0], v),
    "modf": (lambda x: np.modf(3 * x)[0] * np.modf(3 * x)[1], m),
    "nan_to_num": (lambda x: np.nan_to_num(x**2 * [1.0, np.nan, 2.0, 1.0] + [0.0, 0.0, np.inf, 1.0], posinf=3.0), m),
    "piecewise": (lambda x: np.piecewise(x, [x < -0.4, x > 0.4], [np.sin, lambda t: t**3, 2.0]), m),
    "piecewise where defined": (lambda x: np.piecewise(x, [x > 0, x <= 0], [np.log, np.exp]), v),
    "piecewise, overlapping": (lambda x: np.piecewise(x, [x < 1, x > 0], [lambda t: t**2, x[0]]), v),
    "apply_along_axis": (lambda x: np.apply_along_axis(lambda row: row[0] * row[1:], 1, x), c),
    "apply_along_axis to numbers": (lambda x: np.apply_along_axis(np.linalg.norm, 0, x), m),
    "apply_along_axis to matrices": (lambda x: np.apply_along_axis(np.diag, 0, x), m),
    "polyval": (lambda x: np.polyval(x[0], x[1]), m),
    "polyder": (lambda x: np.polyder(x, 2), 5),
    "polyint": (lambda x: np.polyint(x, 2, k=[x[0], 1.0]), v),
    "polyadd": (lambda x: np.polyadd(x, [1.0, 2.0]), v),
    "polysub": (lambda x: np.polysub([1.0, 2.0], x), v),
    "vander": (np.vander, v),
    "vander, increasing": (lambda x: np.vander(x, 4, increasing=True), v),
    "polyfit": (lambda x: np.polyfit(GRID, x, 2), 5),
    "polyfit, weighted": (lambda x: np.polyfit(GRID, x, 1, w=[1.0, 2.0, 0.5, 1.0, 3.0]), (5, 2)),
    "polyfit, traced abscissae": (lambda x: np.polyfit(np.exp(x), GRID, 1), 5),
    "straight line by lstsq": (lambda x: np.linalg.lstsq(np.vander(VECTOR, 2), x)[0], v),
}
