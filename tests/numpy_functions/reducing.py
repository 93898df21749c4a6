"""Sums, means, extrema, products and running totals."""

import numpy as np

from numpy_functions.points import c, m, s, v

# name: (function, shape of its argument)
CASES = {
    # reductions
    "sum": (np.sum, m),
    "sum axis": (lambda x: np.sum(x, axis=1), m),
    "sum axes keepdims": (lambda x: x.sum(axis=(0, -1), keepdims=True), c),
    "add.reduce": (lambda x: np.add.reduce(x, axis=1), m),
    "mean": (lambda x: np.mean(x, axis=0), m),
    "var": (lambda x: np.var(x, axis=1, ddof=1), m),
    "std": (lambda x: x.std(axis=0), m),
    "average": (lambda x: np.average(x, axis=1, weights=np.arange(12.0).reshape(3, 4)), m),
    "prod": (np.prod, v),
    "prod axis": (lambda x: np.prod(x, axis=1, keepdims=True), m),
    "max": (np.max, m),
    "max axis": (lambda x: np.max(x, axis=1), m),
    "min keepdims": (lambda x: x.min(axis=0, keepdims=True), m),
    "ptp": (lambda x: np.ptp(x, axis=1), m),
    "cumsum": (lambda x: np.cumsum(x, axis=1), m),
    "cumsum flat": (np.cumsum, m),
    "cumprod": (lambda x: np.cumprod(x, axis=1), m),
    "cumulative_sum": (lambda x: np.cumulative_sum(x, axis=0), m),
    "cov": (np.cov, m),
    "cov of one row": (lambda x: np.cov(x[None]), v),
    "cov columns": (lambda x: np.cov(x, rowvar=False, bias=True), m),
    "diff": (lambda x: np.diff(x, n=2, axis=1), m),
    "trapezoid": (lambda x: np.trapezoid(x, dx=0.5), m),
    "trace": (np.trace, s),
    "norm": (np.linalg.norm, m),
    "norm axis": (lambda x: np.linalg.norm(x, axis=1, keepdims=True), m),
    "norm 1": (lambda x: np.linalg.norm(x, 1), v),
    "norm inf": (lambda x: np.linalg.norm(x, np.inf), v),
    "norm 3": (lambda x: np.linalg.norm(x, 3, axis=1), m),
}
