"""Functions that only move entries about: known by what they do to the numbers 0, 1, 2, ...

Whatever such a function does to an array, it does to an array of places, in NumPy's own semantics; the result is then
picked from those places, and picking has a rule.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop import picking as op
from jaclib.backprop.functions.adapters import adapter, as_array, axis_of, describe
from jaclib.backprop.operations import ADAPTERS
from jaclib.backprop.ties import equal_neighbours, share
from jaclib.backprop.tracing import contains_traced, strip

_MOVERS = (
    np.roll,
    np.flip,
    np.fliplr,
    np.flipud,
    np.rot90,
    np.repeat,
    np.tile,
    np.take,
    np.diagonal,
    np.delete,
    np.resize,
    np.take_along_axis,
    np.split,
    np.array_split,
    np.hsplit,
    np.vsplit,
    np.dsplit,
    np.unstack,
    np.fft.fftshift,
    np.fft.ifftshift,
    np.linalg.diagonal,
    np.lib.stride_tricks.sliding_window_view,
)


def _mover(function):
    def moved(x, *args, **options):
        if contains_traced(args) or contains_traced(options):
            raise TypeError(f"jaclib: np.{function.__name__} takes a traced array as its first argument only.")
        x = as_array(x)
        places = function(np.arange(x.size).reshape(x.shape), *args, **options)
        if isinstance(places, (list, tuple)):
            return [op.pick(x, part) for part in places]
        return op.pick(x, places)

    return moved


for _function in _MOVERS:
    _moved = _mover(_function)
    describe(_moved, _function)
    ADAPTERS[_function] = _moved


# What kind of sorting it is makes no difference to the values.
@adapter(np.sort)
def _sort(a, axis=-1, kind=None, *, stable=None):
    return _rearranged(a, axis, lambda plain: np.argsort(plain, kind="stable"))


@adapter(np.partition)
def _partition(a, kth, axis=-1, kind="introselect"):
    return _rearranged(a, axis, lambda plain: np.argpartition(plain, kth))


def _rearranged(a, axis, order):
    """Return `a` in another order along an axis; entries that tie share their derivatives."""
    a, axis = (np.ravel(a), -1) if axis is None else (a, axis_of(axis, a.ndim))
    a = np.moveaxis(a, axis, -1)
    places = order(strip(a))
    ascending = np.argsort(strip(a), kind="stable")
    same = equal_neighbours(np.take_along_axis(strip(a), ascending, -1))
    if same.any():
        # Among sorted entries those that tie are neighbours.
        a = share(np.take_along_axis(a, ascending, -1), same)
        places = np.take_along_axis(np.argsort(ascending), places, -1)
    return np.moveaxis(np.take_along_axis(a, places, -1), -1, axis)


@adapter(np.pad)
def _pad(array, pad_width, mode="constant", *, constant_values=0):
    places = np.arange(array.size).reshape(array.shape)
    if mode != "constant":
        if mode not in ("edge", "reflect", "symmetric", "wrap"):
            raise TypeError(f"jaclib: np.pad on a traced array has no mode {mode!r}.")
        return op.pick(array, np.pad(places, pad_width, mode=mode))
    if contains_traced(constant_values):
        raise TypeError("jaclib: np.pad with traced constant_values has no rule. Use np.concatenate.")
    inside = np.pad(places, pad_width, constant_values=-1)
    frame = np.pad(np.zeros(array.shape), pad_width, constant_values=constant_values)
    return np.where(inside >= 0, op.pick(array, np.maximum(inside, 0)), frame)


@adapter(np.compress)
def _compress(condition, a, axis=None):
    places = np.arange(a.size).reshape(a.shape)
    return op.pick(a, np.compress(strip(condition), places, axis))


@adapter(np.extract)
def _extract(condition, arr):
    return np.compress(np.ravel(strip(condition)), np.ravel(arr))
