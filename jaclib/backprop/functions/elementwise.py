"""Elementwise functions without partial derivatives of their own, and methods of ufuncs such as ``np.add.reduce``."""

from __future__ import annotations

import numpy as np

from jaclib.backprop.functions.adapters import adapter, as_array, axis_of
from jaclib.backprop.operations import UFUNC_METHODS
from jaclib.backprop.partials import PARTIALS
from jaclib.backprop.tracing import strip


@adapter(np.divmod)
def _divmod(x1, x2, /):
    return np.floor_divide(x1, x2), np.remainder(x1, x2)


@adapter(np.modf)
def _modf(x, /):
    whole = np.trunc(x)
    return x - whole, whole


@adapter(np.sinc)
def _sinc(x):
    t = np.pi * as_array(x)
    # Near 0 by its Taylor series: sin(t) / t would lose the digits of its derivatives, and at 0 all of them.
    near = np.abs(strip(t)) < 0.5
    square, far = np.where(near, t, 0.0) ** 2, np.where(near, 1.0, t)
    series = 1.0
    for k in range(16, 0, -2):
        series = 1.0 - square / (k * (k + 1)) * series
    return np.where(near, series, np.sin(far) / far)


@adapter(np.nan_to_num)
def _nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    if not copy:
        raise TypeError("jaclib: np.nan_to_num(copy=False) would write into a traced array. Leave copy out.")
    plain = strip(x)
    return np.where(np.isfinite(plain), x, np.nan_to_num(plain, nan=nan, posinf=posinf, neginf=neginf))


# -- methods of ufuncs ----------------------------------------------------------------------------------------


def _outer(ufunc):
    def outer(x, y):
        return ufunc(np.reshape(x, np.shape(x) + (1,) * np.ndim(y)), y)

    return outer


def _log_of_sum(exp, log, x, axis, keepdims):
    top = np.max(strip(x), axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    y = log(np.sum(exp(x - top), axis, keepdims=keepdims))
    return y + (top if keepdims else np.squeeze(top, axis))


def _running_extremum(ufunc):
    def accumulate(x, axis=0):
        axis = axis_of(axis, x.ndim)
        x = np.moveaxis(x, axis, -1)
        plain = strip(x)
        best = ufunc.accumulate(plain, axis=-1)
        if np.any(plain[..., 1:] == best[..., :-1]):
            # Entries that tie share: each result is the mean of the entries up to it that are as large.
            wins = (plain[..., None, :] == best[..., :, None]) & np.tri(plain.shape[-1], dtype=bool)
            y = np.matmul(wins / wins.sum(axis=-1, keepdims=True), np.expand_dims(x, -1))[..., 0]
        else:
            holders = np.where(plain == best, np.arange(plain.shape[-1]), 0)
            y = np.take_along_axis(x, np.maximum.accumulate(holders, axis=-1), -1)
        return np.moveaxis(y, -1, axis)

    return accumulate


# As NumPy's own: along axis 0 unless told.
UFUNC_METHODS.update(
    {
        (np.add, "reduce"): lambda x, axis=0, keepdims=False: np.sum(x, axis, keepdims=keepdims),
        (np.multiply, "reduce"): lambda x, axis=0, keepdims=False: np.prod(x, axis, keepdims=keepdims),
        (np.maximum, "reduce"): lambda x, axis=0, keepdims=False: np.max(x, axis, keepdims=keepdims),
        (np.minimum, "reduce"): lambda x, axis=0, keepdims=False: np.min(x, axis, keepdims=keepdims),
        (np.logaddexp, "reduce"): lambda x, axis=0, keepdims=False: _log_of_sum(np.exp, np.log, x, axis, keepdims),
        (np.logaddexp2, "reduce"): lambda x, axis=0, keepdims=False: _log_of_sum(np.exp2, np.log2, x, axis, keepdims),
        (np.add, "accumulate"): lambda x, axis=0: np.cumsum(x, axis),
        (np.multiply, "accumulate"): lambda x, axis=0: np.cumprod(x, axis),
        (np.maximum, "accumulate"): _running_extremum(np.maximum),
        (np.minimum, "accumulate"): _running_extremum(np.minimum),
    }
)
UFUNC_METHODS.update({(ufunc, "outer"): _outer(ufunc) for ufunc in PARTIALS if ufunc.nin == 2})
