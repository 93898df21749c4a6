"""Functions that choose between arrays, or join them."""

from __future__ import annotations

import numpy as np

from jaclib.backprop import picking, structure
from jaclib.backprop.functions.adapters import adapter, as_array, axis_of
from jaclib.backprop.tracing import Traced, contains_traced, strip


@adapter(np.where)
def _where(condition, x=None, y=None, /):
    if x is None or y is None:
        return np.where(strip(condition))
    return structure.where(np.asarray(strip(condition), dtype=bool), x, y)


@adapter(np.clip)
def _clip(a, a_min=None, a_max=None, *, min=None, max=None):
    low, high = (a_min if min is None else min), (a_max if max is None else max)
    if low is not None:
        a = np.maximum(a, low)
    return a if high is None else np.minimum(a, high)


if hasattr(np._core.umath, "clip"):
    # The method a.clip(low, high) of a plain array calls this ufunc.
    @adapter(np._core.umath.clip)
    def _clip_method(x1, x2, x3, /):
        return np.clip(x1, x2, x3)


@adapter(np.concatenate)
def _concatenate(arrays, /, axis=0):
    arrays = [as_array(x) for x in arrays]
    if axis is None:
        arrays, axis = [np.ravel(x) for x in arrays], 0
    return picking.concatenate(*arrays, axis=axis_of(axis, arrays[0].ndim))


@adapter(np.stack)
def _stack(arrays, axis=0):
    arrays = [as_array(x) for x in arrays]
    if len({x.shape for x in arrays}) != 1:
        raise ValueError(f"np.stack: all arrays must have the same shape, got {[x.shape for x in arrays]}.")
    return np.concatenate([np.expand_dims(x, axis) for x in arrays], axis=axis)


@adapter(np.hstack)
def _hstack(tup):
    arrays = [np.atleast_1d(as_array(x)) for x in tup]
    return np.concatenate(arrays, axis=0 if arrays[0].ndim == 1 else 1)


@adapter(np.vstack)
def _vstack(tup):
    return np.concatenate([np.atleast_2d(as_array(x)) for x in tup], axis=0)


@adapter(np.column_stack)
def _column_stack(tup):
    return np.concatenate([x if x.ndim >= 2 else np.reshape(x, (-1, 1)) for x in map(as_array, tup)], axis=1)


@adapter(np.append)
def _append(arr, values, axis=None):
    if axis is None:
        return np.concatenate([np.ravel(as_array(arr)), np.ravel(as_array(values))])
    return np.concatenate([as_array(arr), as_array(values)], axis=axis)


@adapter(np.tril)
def _tril(m, k=0):
    return np.where(np.tri(*m.shape[-2:], k=k, dtype=bool), m, 0.0)


@adapter(np.triu)
def _triu(m, k=0):
    return np.where(np.tri(*m.shape[-2:], k=k - 1, dtype=bool), 0.0, m)


@adapter(np.diag)
def _diag(v, k=0):
    if v.ndim == 2:
        return np.diagonal(v, offset=k)
    n = v.size + abs(k)
    return np.reshape(picking.scatter(v, places=np.flatnonzero(np.diag(np.ones(v.size), k)), size=n * n), (n, n))


@adapter(np.trace)
def _trace(a, offset=0, axis1=0, axis2=1):
    return np.sum(np.diagonal(a, offset, axis1, axis2), axis=-1)


@adapter(np.diagflat)
def _diagflat(v, k=0):
    return np.diag(np.ravel(v), k)


@adapter(np.dstack)
def _dstack(tup):
    arrays = [as_array(x) for x in tup]
    return np.concatenate([np.reshape(x, (*np.atleast_2d(x).shape, 1)) if x.ndim < 3 else x for x in arrays], axis=2)


@adapter(np.block)
def _block(arrays):
    def depth(x):
        return 1 + max(map(depth, x)) if isinstance(x, list) else 0

    def joined(x, level):
        if not isinstance(x, list):
            x = as_array(x)
            return np.reshape(x, (1,) * (deepest - x.ndim) + x.shape) if x.ndim < deepest else x
        return np.concatenate([joined(item, level - 1) for item in x], axis=-level)

    deepest = depth(arrays)
    return joined(arrays, deepest)


@adapter(np.meshgrid)
def _meshgrid(*xi, indexing="xy"):
    order = [1, 0, *range(2, len(xi))] if indexing == "xy" and len(xi) > 1 else list(range(len(xi)))
    sizes = [np.size(strip(x)) for x in xi]
    shape = tuple(sizes[i] for i in order)
    return tuple(
        np.broadcast_to(np.reshape(x, tuple(sizes[i] if j == i else 1 for j in order)), shape) for i, x in enumerate(xi)
    )


@adapter(np.broadcast_arrays)
def _broadcast_arrays(*args):
    shape = np.broadcast_shapes(*(np.shape(strip(x)) for x in args))
    return tuple(np.broadcast_to(x, shape) for x in args)


@adapter(np.linspace)
def _linspace(start, stop, num=50, endpoint=True, retstep=False):
    parts = num - 1 if endpoint else num
    dtype = np.result_type(*(x if type(x) in (int, float) else as_array(x).dtype for x in (start, stop)), 0.0)
    start, stop = (x if type(x) is Traced else np.asarray(x, dtype) for x in map(as_array, (start, stop)))
    steps = (np.arange(num) / max(parts, 1)).astype(dtype)
    steps = np.reshape(steps, (num,) + (1,) * max(start.ndim, stop.ndim))
    samples = start * (1 - steps) + stop * steps
    return (samples, (stop - start) / parts if parts > 0 else np.nan) if retstep else samples


@adapter(np.logspace)
def _logspace(start, stop, num=50, endpoint=True, base=10.0):
    if np.ndim(base):
        raise TypeError(f"jaclib: np.logspace on a traced array takes one number as its base, got {np.shape(base)}.")
    return base ** np.linspace(start, stop, num, endpoint)


@adapter(np.geomspace)
def _geomspace(start, stop, num=50, endpoint=True):
    start, stop = as_array(start), as_array(stop)
    steps = np.linspace(0.0, 1.0, num, endpoint)
    return start * (stop / start) ** np.reshape(steps, (num,) + (1,) * max(start.ndim, stop.ndim))


@adapter(np.insert)
def _insert(arr, obj, values, axis=None):
    # Where the entries of both go is found with their numbers.
    arr, values = as_array(arr), as_array(values)
    places = np.arange(arr.size).reshape(arr.shape)
    places = np.insert(places, strip(obj), arr.size + np.arange(values.size).reshape(values.shape), axis)
    both = np.concatenate([np.ravel(arr), np.ravel(values)])
    return picking.pick(both if both.dtype == arr.dtype else both.astype(arr.dtype), places)


@adapter(np.bincount)
def _bincount(x, /, weights=None, minlength=0):
    if contains_traced(x) or weights is None:
        raise TypeError("jaclib: np.bincount counts whole numbers, which have no derivative. Only its weights have.")
    size = np.bincount(x, minlength=minlength).size
    return picking.scatter(as_array(weights), places=np.asarray(x).astype(np.intp), size=size)
