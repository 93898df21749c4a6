"""How an adapter is registered, and what adapters share."""

from __future__ import annotations

import inspect

import numpy as np

from jaclib.backprop.operations import ADAPTERS
from jaclib.backprop.tracing import Traced, contains_traced


def adapter(*functions):
    """Register the decorated function as what `functions` do to traced arrays."""

    def register(replacement):
        replacement.options = frozenset(inspect.signature(replacement).parameters)
        for function in functions:
            ADAPTERS[function] = replacement
        return replacement

    return register


def as_array(x):
    """Return a traced array as it is, a list with traced entries stacked, anything else as an array."""
    if type(x) is Traced:
        return x
    if contains_traced(x):
        return np.stack([as_array(item) for item in x])
    return np.asarray(x)


def axes_of(axis, ndim):
    """Return `axis` (None: all) as a tuple of negative numbers."""
    if axis is None:
        return tuple(range(-ndim, 0))
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    return tuple(axis_of(a, ndim) for a in axes)


def axis_of(axis, ndim):
    """Return one axis as a negative number."""
    a = int(axis)
    if not -ndim <= a < ndim:
        raise np.exceptions.AxisError(a, ndim)
    return a if a < 0 else a - ndim
