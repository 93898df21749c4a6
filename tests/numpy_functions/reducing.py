"""Sums, extrema, products, norms, and running ones."""

import numpy as np

from numpy_functions.points import c, m, s, v

# name: (function, shape of its argument)
CASES = {
    # reductions
    "sum": (np.sum, m),
    "sum axis": (lambda x: np.sum(x, axis=1), m),
    "sum axes keepdims": (lambda x: x.sum(axis=(0, -1), keepdims=True), c),
    "add.reduce": (lambda x: np.add.reduce(x, axis=1), m),
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
    "trace": (np.trace, s),
    "norm": (np.linalg.norm, m),
    "norm axis": (lambda x: np.linalg.norm(x, axis=1, keepdims=True), m),
    "norm 1": (lambda x: np.linalg.norm(x, 1), v),
    "norm inf": (lambda x: np.linalg.norm(x, np.inf), v),
    "norm 3": (lambda x: np.linalg.norm(x, 3, axis=1), m),
    "cumprod with a zero": (lambda x: np.cumprod(x - x[1]), 3),
    "logaddexp.reduce": (lambda x: np.logaddexp.reduce(x, axis=1), m),
    "logaddexp2.reduce": (lambda x: np.logaddexp2.reduce(x, axis=0, keepdims=True), m),
    "multiply.accumulate": (lambda x: np.multiply.accumulate(x, axis=1), m),
    "maximum.accumulate": (lambda x: np.maximum.accumulate(x, axis=1), m),
    "minimum.accumulate": (np.minimum.accumulate, m),
}
