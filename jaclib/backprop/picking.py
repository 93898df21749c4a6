"""Operations that pick entries, put them back, or join arrays, with their rules; indexing is one of them.

Picking is linear, and its transpose puts each entry back where it came from.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.operations import Operation
from jaclib.backprop.tracing import Traced, contains_traced, strip


def _all(n):
    return (slice(None),) * n


def _place(v, index, shape, extra):
    if type(v) is Traced:
        return place(v, index=index, shape=shape, extra=extra)
    if extra:
        shape, index = v.shape[:extra] + shape, _all(extra) + index
    out = np.zeros(shape, v.dtype)
    out[index] = v
    return out


def _slice_accumulate(total, g, z, x, index):
    index = index if g.ndim == z.ndim else _all(g.ndim - z.ndim) + index
    part = total[index]
    if type(part) is np.ndarray:
        part += g  # a view: without the second copy that total[index] += g makes
    else:
        total[index] = part + g


# Basic indexing: integers, slices, None and the ellipsis.
slice_ = Operation(
    lambda x, index: x[index],
    "index",
    vjps=(lambda g, z, x, index: _place(g, index, x.shape, g.ndim - z.ndim),),
    reads=set(),
    jvps=(lambda t, z, x, index: t[_all(t.ndim - x.ndim) + index],),
    accumulate=_slice_accumulate,
)
place = Operation(
    _place,
    "place",
    vjps=(lambda g, z, v, index, shape, extra: g[_all(g.ndim - z.ndim + extra) + index],),
    jvps=(lambda t, z, v, index, shape, extra: place(t, index=index, shape=shape, extra=extra + t.ndim - v.ndim),),
)


def _scatter(v, places, size):
    if type(v) is Traced:
        return scatter(v, places=places, size=size)
    front = v.shape[: v.ndim - places.ndim]
    out = np.zeros((*front, size), v.dtype)
    np.add.at(out, (..., places), v)  # adds up where an entry was picked more than once
    return out


# Any other way to pick entries: `places` holds their places along the last axis.
take = Operation(
    lambda x, places: x[..., places] if type(x) is not Traced else take(x, places=places),
    "index",
    vjps=(lambda g, z, x, places: scatter(g, places=places, size=x.shape[-1]),),
    reads=set(),
    jvps=(lambda t, z, x, places: take(t, places=places),),
    accumulate=lambda total, g, z, x, places: np.add.at(total, (..., places), g),
)
scatter = Operation(
    _scatter,
    "scatter",
    vjps=(lambda g, z, v, places, size: take(g, places=places),),
    jvps=(lambda t, z, v, places, size: scatter(t, places=places, size=size),),
)


def pick(x, places):
    """Return the entries of `x` at `places`, numbers into ``x.ravel()``; the result has the shape of `places`."""
    return take(np.reshape(x, (x.size,)), places=places)


_BASIC = (int, np.integer, slice, type(None), type(Ellipsis))


def getitem(x, index):
    """Return ``x[index]`` for every index that NumPy allows."""
    kind = type(index)
    if kind is slice or kind is int:
        value = x.value
        return x.owner.record(slice_, (value,), ((0, x.mark),), {"index": (index,)}, value[index])
    if contains_traced(index):
        raise TypeError(
            "jaclib: a traced array was used as an index. An index is a whole number and has no derivative; "
            "compute it from plain numbers, or from comparisons and np.argmax, which give plain numbers."
        )
    items = index if type(index) is tuple else (index,)
    if all(isinstance(i, _BASIC) and not isinstance(i, bool) for i in items):
        return slice_(x, index=items)
    # What an index does to 0, 1, 2, ... says which entries it picks, in NumPy's own semantics.
    return pick(x, np.arange(x.size).reshape(x.shape)[index])


Traced.__getitem__ = getitem


def _part(i, xs, axis):
    """Return the index of argument `i` in the concatenation of `xs`."""
    start = sum(x.shape[axis] for x in xs[:i])
    return (slice(start, start + xs[i].shape[axis]), *_all(-axis - 1))


def _concatenate_jvp(tangents, *xs, axis):
    front = next(t.shape[: t.ndim - x.ndim] for t, x in zip(tangents, xs, strict=True) if t is not None)
    zeros = (np.zeros(front + x.shape, strip(x).dtype) if t is None else t for t, x in zip(tangents, xs, strict=True))
    return np.concatenate(list(zeros), axis=axis)


concatenate = Operation(
    lambda *xs, axis: np.concatenate(xs, axis=axis),
    "concatenate",
    vjps=lambda i, g, z, *xs, axis: g[(..., *_part(i, xs, axis))],
    reads=set(),
    jvp_together=_concatenate_jvp,
)
