"""Sums, means, extrema, products and running totals."""

from __future__ import annotations

import math

import numpy as np

from jaclib.backprop import structure as op
from jaclib.backprop.functions.adapters import adapter, as_array, axes_of, axis_of
from jaclib.backprop.tracing import Traced, strip


@adapter(np.sum)
def _sum(a, axis=None, *, keepdims=False):
    a = as_array(a)
    if type(a) is Traced:  # the most frequent reduction, without a second look at its argument
        value = a.value
        options = {"axis": axes_of(axis, value.ndim), "keepdims": keepdims}
        return a.owner.record(op.sum_, (value,), ((0, a.mark),), options)
    return np.sum(a, axis, keepdims=keepdims)


@adapter(np.max, np.amax)
def _max(a, axis=None, *, keepdims=False):
    a = as_array(a)
    return op.max_(a, axis=axes_of(axis, a.ndim), keepdims=keepdims)


@adapter(np.min, np.amin)
def _min(a, axis=None, *, keepdims=False):
    a = as_array(a)
    return op.min_(a, axis=axes_of(axis, a.ndim), keepdims=keepdims)


@adapter(np.ptp)
def _ptp(a, axis=None, *, keepdims=False):
    return np.max(a, axis, keepdims=keepdims) - np.min(a, axis, keepdims=keepdims)


@adapter(np.mean)
def _mean(a, axis=None, *, keepdims=False):
    a = as_array(a)
    n = math.prod(a.shape[i] for i in axes_of(axis, a.ndim))
    return np.sum(a, axis, keepdims=keepdims) / n


@adapter(np.var)
def _var(a, axis=None, *, ddof=0, keepdims=False):
    a = as_array(a)
    n = math.prod(a.shape[i] for i in axes_of(axis, a.ndim))
    return np.sum(np.square(a - np.mean(a, axis, keepdims=True)), axis, keepdims=keepdims) / (n - ddof)


@adapter(np.std)
def _std(a, axis=None, *, ddof=0, keepdims=False):
    return np.sqrt(np.var(a, axis, ddof=ddof, keepdims=keepdims))


@adapter(np.average)
def _average(a, axis=None, weights=None):
    if weights is None:
        return np.mean(a, axis)
    if np.shape(weights) != np.shape(a):
        raise TypeError(
            f"jaclib: np.average needs weights of the shape of the array, {np.shape(a)}, got {np.shape(weights)}."
        )
    return np.sum(a * weights, axis) / np.sum(weights, axis)


@adapter(np.prod)
def _prod(a, axis=None, *, keepdims=False):
    # Multiplied in pairs, log2(n) times: exact also where entries are zero, and at every order.
    a = as_array(a)
    axes = axes_of(axis, a.ndim)
    rest = [i for i in range(-a.ndim, 0) if i not in axes]
    x = np.transpose(a, [*rest, *axes])
    x = np.reshape(x, (*(a.shape[i] for i in rest), math.prod(a.shape[i] for i in axes)))
    while x.shape[-1] > 1:
        half = x.shape[-1] // 2
        pairs = x[..., :half] * x[..., half : 2 * half]
        x = np.concatenate([pairs, x[..., 2 * half :]], axis=-1) if x.shape[-1] % 2 else pairs
    if x.shape[-1] == 0:
        return np.prod(strip(a), axis=axis, keepdims=keepdims)
    x = x[..., 0]
    return np.reshape(x, tuple(1 if i in axes else a.shape[i] for i in range(-a.ndim, 0))) if keepdims else x


@adapter(np.cumsum)
def _cumsum(a, axis=None):
    if axis is None:
        a, axis = np.ravel(a), 0
    return op.cumsum(a, axis=axis_of(axis, a.ndim))


@adapter(np.cumprod)
def _cumprod(a, axis=None):
    # Prefix products by doubling (Hillis and Steele, 1986): exact also where entries are zero.
    x = np.ravel(a) if axis is None else np.moveaxis(a, axis, -1)
    step = 1
    while step < x.shape[-1]:
        x = np.concatenate([x[..., :step], x[..., step:] * x[..., :-step]], axis=-1)
        step *= 2
    return x if axis is None else np.moveaxis(x, -1, axis)


@adapter(np.diff)
def _diff(a, n=1, axis=-1):
    x = np.moveaxis(a, axis, -1)
    for _ in range(n):
        x = x[..., 1:] - x[..., :-1]
    return np.moveaxis(x, -1, axis)


@adapter(np.median)
def _median(a, axis=None, *, keepdims=False):
    if keepdims:
        raise TypeError(
            "jaclib: np.median on a traced array does not take keepdims=. Use np.expand_dims on the result."
        )
    axes = axes_of(axis, a.ndim)
    x = np.moveaxis(a, axes, tuple(range(-len(axes), 0)))
    x = np.sort(np.reshape(x, (*x.shape[: a.ndim - len(axes)], -1)), axis=-1)
    n = x.shape[-1]
    return (x[..., (n - 1) // 2] + x[..., n // 2]) / 2


@adapter(np.trapezoid)
def _trapezoid(y, x=None, dx=1.0, axis=-1):
    y = np.moveaxis(y, axis, -1)
    step = dx if x is None else (np.diff(x) if np.ndim(x) == 1 else np.diff(np.moveaxis(x, axis, -1)))
    return np.sum(step * (y[..., 1:] + y[..., :-1]), axis=-1) / 2


@adapter(np.cumulative_sum)
def _cumulative_sum(x, /, *, axis=None):
    return np.cumsum(x, axis)


@adapter(np.cumulative_prod)
def _cumulative_prod(x, /, *, axis=None):
    return np.cumprod(x, axis)


@adapter(np.cov)
def _cov(m, y=None, rowvar=True, bias=False, ddof=None):
    if y is not None:
        raise TypeError("jaclib: np.cov on a traced array takes one array. Join the two with np.vstack.")
    x = np.atleast_2d(m)
    x = x if rowvar or m.ndim == 1 else x.T
    x = x - np.mean(x, axis=1, keepdims=True)
    product = x @ x.T / (x.shape[1] - (ddof if ddof is not None else int(not bias)))
    return np.squeeze(product)


@adapter(np.ediff1d)
def _ediff1d(ary):
    return np.diff(np.ravel(ary))
