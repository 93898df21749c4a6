"""Means, spreads, quantiles and correlations, and the functions that leave nan out."""

from __future__ import annotations

import math

import numpy as np

from jaclib.backprop.functions.adapters import adapter, as_array, axes_of
from jaclib.backprop.tracing import contains_traced, strip


def _count(a, axis):
    return math.prod(a.shape[i] for i in axes_of(axis, a.ndim))


@adapter(np.mean)
def _mean(a, axis=None, *, keepdims=False):
    a = as_array(a)
    return np.sum(a, axis, keepdims=keepdims) / _count(a, axis)


@adapter(np.var)
def _var(a, axis=None, *, ddof=0, keepdims=False, correction=None):
    a = as_array(a)
    n = _count(a, axis) - (ddof if correction is None else correction)
    return np.sum(np.square(a - np.mean(a, axis, keepdims=True)), axis, keepdims=keepdims) / n


@adapter(np.std)
def _std(a, axis=None, *, ddof=0, keepdims=False, correction=None):
    return np.sqrt(np.var(a, axis, ddof=ddof if correction is None else correction, keepdims=keepdims))


@adapter(np.average)
def _average(a, axis=None, weights=None, *, keepdims=False):
    if weights is None:
        return np.mean(a, axis, keepdims=keepdims)
    a, weights = as_array(a), as_array(weights)
    if weights.ndim == 1 < a.ndim and axis is not None:
        weights = np.reshape(weights, (-1,) + (1,) * (-1 - axes_of(axis, a.ndim)[0]))
    elif weights.shape != a.shape:
        raise TypeError(
            f"jaclib: np.average needs weights of the shape of the array, {a.shape}, or one for each entry along an "
            f"axis, got {weights.shape}."
        )
    total = np.sum(np.broadcast_to(weights, a.shape), axis, keepdims=keepdims)
    return np.sum(a * weights, axis, keepdims=keepdims) / total


@adapter(np.cov)
def _cov(m, y=None, rowvar=True, bias=False, ddof=None):
    x = _variables(m, rowvar)
    if y is not None:
        x = np.concatenate([x, _variables(y, rowvar)])
    x = x - np.mean(x, axis=1, keepdims=True)
    return np.squeeze(x @ x.T / (x.shape[1] - (ddof if ddof is not None else int(not bias))))


def _variables(m, rowvar):
    m = as_array(m)
    return np.atleast_2d(m) if rowvar or m.ndim == 1 else m.T


@adapter(np.corrcoef)
def _corrcoef(x, y=None, rowvar=True):
    c = np.cov(x, y, rowvar)
    if c.ndim == 0:
        return c / c
    deviations = np.sqrt(np.diagonal(c))
    return c / deviations[:, None] / deviations


# -- quantiles ------------------------------------------------------------------------------------------------

# How far the quantile lies between its two neighbours, for the fraction by which it misses the lower one.
_BETWEEN = {
    "linear": lambda fraction: fraction,
    "lower": np.zeros_like,
    "higher": np.ceil,
    "midpoint": lambda fraction: np.ceil(fraction) / 2,
}


def _quantiles(name, a, q, axis, keepdims, method="linear", ignore_nan=False):
    if contains_traced(q):
        raise TypeError(f"jaclib: {name} has no derivative by q. Compute q outside the differentiated argument.")
    if method not in _BETWEEN:
        raise TypeError(f"jaclib: {name} has no method {method!r} on a traced array; there are {', '.join(_BETWEEN)}.")
    a, q = as_array(a), np.asarray(q, dtype=float)
    if not np.all((q >= 0) & (q <= 1)):
        raise ValueError(f"{name}: a quantile lies outside its range.")
    axes = axes_of(axis, a.ndim)
    x = np.moveaxis(a, axes, tuple(range(-len(axes), 0)))
    x = np.sort(np.reshape(x, (*x.shape[: a.ndim - len(axes)], _count(a, axis))))  # nan comes last
    known = np.count_nonzero(~np.isnan(strip(x)), axis=-1)
    last = known - 1 if ignore_nan else np.full(known.shape, x.shape[-1] - 1)
    position = np.maximum(last, 0)[..., None] * q.ravel()
    below = np.floor(position)
    share = _BETWEEN[method](position - below).astype(x.dtype, copy=False)
    low, high = (np.take_along_axis(x, places.astype(int), -1) for places in (below, np.ceil(position)))
    y = low + (high - low) * share
    if not ignore_nan and np.any(known <= last):
        y = np.where((known <= last)[..., None], np.nan, y)
    y = np.reshape(np.moveaxis(y, -1, 0), q.shape + known.shape)
    return np.expand_dims(y, axes) if keepdims else y


def _of_hundred(q):
    return q if contains_traced(q) else np.asarray(q, dtype=float) / 100


@adapter(np.quantile)
def _quantile(a, q, axis=None, *, method="linear", keepdims=False):
    return _quantiles("np.quantile", a, q, axis, keepdims, method)


@adapter(np.percentile)
def _percentile(a, q, axis=None, *, method="linear", keepdims=False):
    return _quantiles("np.percentile", a, _of_hundred(q), axis, keepdims, method)


@adapter(np.median)
def _median(a, axis=None, *, keepdims=False):
    return _quantiles("np.median", a, 0.5, axis, keepdims)


# -- nan left out ---------------------------------------------------------------------------------------------


def _filled(a, value):
    a = as_array(a)
    gaps = np.isnan(strip(a))
    return np.where(gaps, value, a) if gaps.any() else a


@adapter(np.nanquantile)
def _nanquantile(a, q, axis=None, *, method="linear", keepdims=False):
    return _quantiles("np.nanquantile", a, q, axis, keepdims, method, ignore_nan=True)


@adapter(np.nanpercentile)
def _nanpercentile(a, q, axis=None, *, method="linear", keepdims=False):
    return _quantiles("np.nanpercentile", a, _of_hundred(q), axis, keepdims, method, ignore_nan=True)


@adapter(np.nanmedian)
def _nanmedian(a, axis=None, *, keepdims=False):
    return _quantiles("np.nanmedian", a, 0.5, axis, keepdims, ignore_nan=True)


@adapter(np.nansum)
def _nansum(a, axis=None, *, keepdims=False):
    return np.sum(_filled(a, 0.0), axis, keepdims=keepdims)


@adapter(np.nanprod)
def _nanprod(a, axis=None, *, keepdims=False):
    return np.prod(_filled(a, 1.0), axis, keepdims=keepdims)


@adapter(np.nancumsum)
def _nancumsum(a, axis=None):
    return np.cumsum(_filled(a, 0.0), axis)


@adapter(np.nancumprod)
def _nancumprod(a, axis=None):
    return np.cumprod(_filled(a, 1.0), axis)


@adapter(np.nanmax)
def _nanmax(a, axis=None, *, keepdims=False):
    return _nan_extremum(np.max, -np.inf, a, axis, keepdims)


@adapter(np.nanmin)
def _nanmin(a, axis=None, *, keepdims=False):
    return _nan_extremum(np.min, np.inf, a, axis, keepdims)


def _nan_extremum(extremum, worst, a, axis, keepdims):
    y = extremum(_filled(a, worst), axis, keepdims=keepdims)
    unknown = np.all(np.isnan(strip(a)), axis=axis, keepdims=keepdims)
    return np.where(unknown, np.nan, y) if unknown.any() else y


def _known(a, axis, keepdims):
    return np.sum(~np.isnan(strip(a)), axis=axis, keepdims=keepdims)


@adapter(np.nanmean)
def _nanmean(a, axis=None, *, keepdims=False):
    return np.nansum(a, axis, keepdims=keepdims) / _known(a, axis, keepdims)


@adapter(np.nanvar)
def _nanvar(a, axis=None, *, ddof=0, keepdims=False, correction=None):
    n = _known(a, axis, keepdims) - (ddof if correction is None else correction)
    return np.nansum(np.square(a - np.nanmean(a, axis, keepdims=True)), axis, keepdims=keepdims) / n


@adapter(np.nanstd)
def _nanstd(a, axis=None, *, ddof=0, keepdims=False, correction=None):
    return np.sqrt(np.nanvar(a, axis, ddof=ddof if correction is None else correction, keepdims=keepdims))
