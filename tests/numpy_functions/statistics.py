"""Means, spreads, quantiles, and what leaves nan out."""

import numpy as np

from numpy_functions.points import MATRIX, c, k, m, v

GAPS = np.array([[1.0, np.nan, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [np.nan, 1.0, np.nan, 1.0]])

# name: (function, shape of its argument)
CASES = {
    "mean": (lambda x: np.mean(x, axis=0), m),
    "var": (lambda x: np.var(x, axis=1, ddof=1), m),
    "std": (lambda x: x.std(axis=0), m),
    "average": (lambda x: np.average(x, axis=1, weights=np.arange(12.0).reshape(3, 4)), m),
    "var, correction": (lambda x: np.var(x, axis=0, correction=1), m),
    "std, correction": (lambda x: np.std(x, correction=1, keepdims=True), m),
    "average, one weight per column": (lambda x: np.average(x, axis=-1, weights=[1.0, 2.0, 0.5, 3.0]), m),
    "average, traced weights": (lambda x: np.average(MATRIX, axis=0, weights=x**2, keepdims=True), v),
    "cov": (np.cov, m),
    "cov of one row": (lambda x: np.cov(x[None]), v),
    "cov columns": (lambda x: np.cov(x, rowvar=False, bias=True), m),
    "cov of two": (lambda x: np.cov(x[0], x[1] * x[2]), m),
    "corrcoef": (np.corrcoef, m),
    "corrcoef of two": (lambda x: np.corrcoef(x, MATRIX, rowvar=False)[0, 5], m),
    "median": (lambda x: np.median(x, axis=1), m),
    "median all": (np.median, v),
    "median of a number": (np.median, k),
    "median over two axes": (lambda x: np.median(x, axis=(0, 2)), c),
    "median over no axis": (lambda x: np.median(x, axis=()), m),
    "median keepdims": (lambda x: np.median(x, axis=1, keepdims=True), c),
    "quantile": (lambda x: np.quantile(x, 0.3), m),
    "quantiles": (lambda x: np.quantile(x, [[0.1, 0.5], [0.85, 1.0]], axis=1), m),
    "quantile over two axes": (lambda x: np.quantile(x, 0.7, axis=(0, 2), keepdims=True), c),
    "quantile, lower": (lambda x: np.quantile(x, [0.3, 0.5], axis=0, method="lower"), m),
    "quantile, higher": (lambda x: np.quantile(x, [0.3, 0.5], axis=0, method="higher"), m),
    "quantile, midpoint": (lambda x: np.quantile(x, [0.3, 0.5], axis=0, method="midpoint"), m),
    "percentile": (lambda x: np.percentile(x, [10, 35.5, 99]), m),
    "nansum": (lambda x: np.nansum(x * GAPS, axis=1), m),
    "nanprod": (lambda x: np.nanprod(x * GAPS, axis=0), m),
    "nanmean": (lambda x: np.nanmean(x * GAPS, axis=0), m),
    "nanvar": (lambda x: np.nanvar(x * GAPS, axis=1, ddof=1), m),
    "nanstd": (lambda x: np.nanstd(x * GAPS), m),
    "nanmax": (lambda x: np.nanmax(x * GAPS, axis=1, keepdims=True), m),
    "nanmin": (lambda x: np.nanmin(x * GAPS), m),
    "nancumsum": (lambda x: np.nancumsum(x * GAPS, axis=1), m),
    "nancumprod": (lambda x: np.nancumprod(x * GAPS), m),
    "nanmedian": (lambda x: np.nanmedian(x * GAPS, axis=1), m),
    "nanquantile": (lambda x: np.nanquantile(x * GAPS, [0.2, 0.9], axis=1), m),
    "nanpercentile": (lambda x: np.nanpercentile(x * GAPS, 40, axis=0), m),
    "nan functions without nan": (lambda x: np.nanmax(x) * np.nanmean(x, axis=0), m),
}
