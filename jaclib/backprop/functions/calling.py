"""Functions that call a function on parts of an array, or choose between several results."""

from __future__ import annotations

import numpy as np

from jaclib.backprop import picking
from jaclib.backprop.functions.adapters import adapter, as_array, axis_of
from jaclib.backprop.tracing import strip, strip_all


@adapter(np.select)
def _select(condlist, choicelist, default=0):
    chosen = default
    for condition, choice in zip(condlist[::-1], choicelist[::-1], strict=True):
        chosen = np.where(condition, choice, chosen)
    return chosen


@adapter(np.choose)
def _choose(a, choices, *, mode="raise"):
    choices = [as_array(choice) for choice in choices]
    which = np.choose(strip(a), np.arange(len(choices)), mode=mode)
    return np.select([which == i for i in range(len(choices))], choices)


@adapter(np.piecewise)
def _piecewise(x, condlist, funclist):
    x, conditions = as_array(x), np.asarray(strip_all(condlist), dtype=bool)
    if conditions.ndim == x.ndim:
        conditions = conditions[None]
    if len(conditions) == len(funclist) - 1:
        conditions = np.concatenate([conditions, ~np.any(conditions, axis=0, keepdims=True)])
    if len(conditions) != len(funclist):
        raise ValueError(f"np.piecewise: got {len(conditions)} conditions and {len(funclist)} functions.")
    y, entries = np.zeros(x.shape, x.dtype), np.ravel(x)
    for condition, function in zip(conditions, funclist, strict=True):
        places = np.flatnonzero(condition)
        if places.size:
            # As NumPy, call it with the entries that it is meant for: it need not be defined elsewhere.
            values = as_array(function(entries[places]) if callable(function) else function)
            values = picking.scatter(np.broadcast_to(values, places.shape), places=places, size=x.size)
            y = np.where(condition, np.reshape(values, x.shape), y)
    return y


@adapter(np.apply_along_axis)
def _apply_along_axis(func1d, axis, arr):
    arr = as_array(arr)
    axis = axis_of(axis, arr.ndim)
    x = np.moveaxis(arr, axis, -1)
    rows = [as_array(func1d(row)) for row in np.reshape(x, (-1, x.shape[-1]))]
    y = np.reshape(np.stack(rows), x.shape[:-1] + rows[0].shape)
    # The axes of the results stand where the axis was.
    first = x.ndim + axis
    extra = rows[0].ndim
    return np.moveaxis(y, list(range(x.ndim - 1, x.ndim - 1 + extra)), list(range(first, first + extra)))
