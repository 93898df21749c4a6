"""Sums, extrema, products, and running ones."""

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


@adapter(np.cumulative_sum)
def _cumulative_sum(x, /, *, axis=None):
    return np.cumsum(x, axis)


@adapter(np.cumulative_prod)
def _cumulative_prod(x, /, *, axis=None):
    return np.cumprod(x, axis)
