"""How an adapter is registered, and what adapters share."""

from __future__ import annotations

import inspect

import numpy as np

from jaclib._validate import require_plain
from jaclib.backprop.operations import ADAPTERS
from jaclib.backprop.tracing import Traced, contains_traced


def adapter(*functions):
    """Register the decorated function as what `functions` do to traced arrays."""

    def register(replacement):
        describe(replacement, replacement)
        for function in functions:
            ADAPTERS[function] = replacement
        return replacement

    return register


def describe(replacement, function):
    """Note which options, and how many positional arguments, a replacement takes: as many as `function` has."""
    parameters = inspect.signature(function).parameters
    positional = [p for p in parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    replacement.options = frozenset(parameters)
    many = any(p.kind is p.VAR_POSITIONAL for p in parameters.values())
    replacement.most = float("inf") if many else len(positional)


def as_array(x):
    """Return a traced array as it is, a list with traced entries stacked, anything else as an array."""
    if type(x) is Traced:
        return x
    if contains_traced(x):
        return np.stack([as_array(item) for item in x])
    require_plain("jaclib: an argument", x)
    return np.asarray(x)


def axes_of(axis, ndim):
    """Return `axis` (None: all) as a tuple of negative numbers."""
    if axis is None:
        return (-1,) if ndim == 1 else tuple(range(-ndim, 0))
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    return tuple(axis_of(a, ndim) for a in axes)


def axis_of(axis, ndim):
    """Return one axis as a negative number."""
    a = int(axis)
    if not -ndim <= a < ndim:
        raise np.exceptions.AxisError(a, ndim)
    return a if a < 0 else a - ndim
