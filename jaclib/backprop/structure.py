"""Operations that are not elementwise, with their rules: one table for each mode.

All but a few are linear in each argument: forward mode applies the operation itself to the tangent, reverse mode
applies its transpose (the transpose of "repeat" is "sum", of "pick" is "put back"). Cotangents g and tangents t may
carry extra axes in front, one entry per direction; hence axes are counted from the end, and `lead` is the shape of
those extra axes.
"""

from __future__ import annotations

import string

import numpy as np

from jaclib.backprop.operations import Operation, unbroadcast
from jaclib.backprop.tracing import Traced, contains_traced, strip


def lead(extended, array):
    """Return the shape of the axes that `extended` has in front of those of `array`."""
    return extended.shape[: extended.ndim - array.ndim]


def _all(n):
    return (slice(None),) * n


def mt(matrix):
    """Return the transposed matrix, or a stack of them."""
    return np.swapaxes(matrix, -1, -2)


# -- shape ----------------------------------------------------------------------------------------------------


def _broadcast_jvp(t, z, x, shape):
    front = lead(t, x)
    return np.broadcast_to(np.reshape(t, front + (1,) * (z.ndim - x.ndim) + x.shape), front + z.shape)


def _permute(g, axes, n):
    # Put the extra axes first and permute the others.
    extra = g.ndim - n
    return np.transpose(g, (*range(extra), *(extra + a for a in axes)))


def _inverse(axes):
    return tuple(int(a) for a in np.argsort(axes))


reshape = Operation(
    lambda x, shape: np.reshape(x, shape),
    "reshape",
    vjps=(lambda g, z, x, shape: np.reshape(g, lead(g, z) + x.shape),),
    reads=set(),
    jvps=(lambda t, z, x, shape: np.reshape(t, lead(t, x) + z.shape),),
)
transpose = Operation(
    lambda x, axes: np.transpose(x, axes),
    "transpose",
    vjps=(lambda g, z, x, axes: _permute(g, _inverse(axes), z.ndim),),
    reads=set(),
    jvps=(lambda t, z, x, axes: _permute(t, axes, x.ndim),),
)
broadcast_to = Operation(
    lambda x, shape: np.broadcast_to(x, shape),
    "broadcast_to",
    vjps=(lambda g, z, x, shape: unbroadcast(g, x.shape, z.ndim),),
    reads=set(),
    jvps=(_broadcast_jvp,),
)
cast = Operation(
    lambda x, dtype: x.astype(dtype),
    "astype",
    vjps=(lambda g, z, x, dtype: g.astype(x.dtype),),
    reads=set(),
    jvps=(lambda t, z, x, dtype: t.astype(dtype),),
)

# -- reductions (axis: a tuple of negative numbers) -----------------------------------------------------------


def _spread(g, z, x, axis, keepdims):
    """Give the summed axes back to `g` and repeat it along them."""
    front = lead(g, z)
    if not keepdims and g.ndim:
        kept = list(x.shape)
        for a in axis:
            kept[a] = 1
        g = np.reshape(g, front + tuple(kept))
    if type(g) is Traced:
        return np.broadcast_to(g, front + x.shape)
    out = np.empty(front + x.shape, g.dtype)  # a third of the time of np.broadcast_to
    out[...] = g
    return out


def _winners(z, x, axis, keepdims):
    """Return each entry's share in the extremum: 1, or equal parts at a tie (constant nearby)."""
    x, z = strip(x), strip(z)
    wins = x == (z if keepdims else np.expand_dims(z, axis))
    return wins / wins.sum(axis=axis, keepdims=True)


def _extremum(func):
    return Operation(
        lambda x, axis, keepdims: func(x, axis=axis, keepdims=keepdims),
        func.__name__,
        vjps=(lambda g, z, x, axis, keepdims: _spread(g, z, x, axis, keepdims) * _winners(z, x, axis, keepdims),),
        jvps=(
            lambda t, z, x, axis, keepdims: np.sum(t * _winners(z, x, axis, keepdims), axis=axis, keepdims=keepdims),
        ),
    )


sum_ = Operation(
    lambda x, axis, keepdims: x.sum(axis=axis, keepdims=keepdims),
    "sum",
    vjps=(_spread,),
    reads=set(),
    jvps=(lambda t, z, x, axis, keepdims: np.sum(t, axis=axis, keepdims=keepdims),),
)
max_ = _extremum(np.max)
min_ = _extremum(np.min)
cumsum = Operation(
    lambda x, axis: np.cumsum(x, axis=axis),
    "cumsum",
    vjps=(lambda g, z, x, axis: np.flip(np.cumsum(np.flip(g, axis), axis=axis), axis),),
    reads=set(),
    jvps=(lambda t, z, x, axis: np.cumsum(t, axis=axis),),
)

# -- picking entries, and putting them back -------------------------------------------------------------------


def _place(v, index, shape, extra):
    if type(v) is Traced:
        return place(v, index=index, shape=shape, extra=extra)
    out = np.zeros(v.shape[:extra] + shape, v.dtype)
    out[_all(extra) + index] = v
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
    vjps=(lambda g, z, x, index: place(g, index=index, shape=x.shape, extra=g.ndim - z.ndim),),
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
    if type(index) is int or type(index) is slice:
        return x.owner.process(slice_, (x,), {"index": (index,)})
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


concatenate = Operation(
    lambda *xs, axis: np.concatenate(xs, axis=axis),
    "concatenate",
    vjps=lambda i, g, z, *xs, axis: g[(..., *_part(i, xs, axis))],
    reads=set(),
    jvps=lambda i, t, z, *xs, axis: place(
        t, index=_all(z.ndim + axis) + _part(i, xs, axis), shape=z.shape, extra=t.ndim - z.ndim
    ),
)
where = Operation(
    lambda c, x, y: np.where(c, x, y),
    "where",
    partials=(None, lambda z, c, x, y: c, lambda z, c, x, y: np.logical_not(c)),
)

# -- products -------------------------------------------------------------------------------------------------


def _matmul_left_vjp(g, z, a, b):
    if b.ndim == 1:
        c = g[..., None] * b
        return c if a.ndim <= 2 else unbroadcast(c, a.shape, z.ndim + 1)
    if a.ndim == 1:
        c = np.matmul(g[..., None, :], mt(b))[..., 0, :]
        return unbroadcast(c, a.shape, z.ndim)
    return unbroadcast(np.matmul(g, mt(b)), a.shape, z.ndim)


def _matmul_right_vjp(g, z, a, b):
    if a.ndim == 1:
        if b.ndim == 1:
            return g[..., None] * a
        return unbroadcast(g[..., None, :] * a[:, None], b.shape, z.ndim + 1)
    if b.ndim == 1:
        # One product of matrices for all directions at once.
        if a.ndim == 2:
            return np.matmul(g, a)
        return unbroadcast(np.matmul(g[..., None, :], a)[..., 0, :], b.shape, z.ndim)
    return unbroadcast(np.matmul(mt(a), g), b.shape, z.ndim)


def lift(t, x, ndim):
    """Give the tangent the axes in front that broadcasting would give `x` to reach `ndim` axes."""
    return np.reshape(t, lead(t, x) + (1,) * (ndim - x.ndim) + x.shape) if t.ndim > x.ndim and ndim > x.ndim else t


def _matmul_left_jvp(t, z, a, b):
    if a.ndim == 1:
        if b.ndim <= 2:
            return np.matmul(t, b)
        return np.matmul(lift(t, a, b.ndim - 1)[..., None, :], b)[..., 0, :]
    return np.matmul(lift(t, a, max(a.ndim, b.ndim)), b)


def _matmul_right_jvp(t, z, a, b):
    if b.ndim == 1:
        if a.ndim <= 2:
            return np.matmul(t, np.transpose(a))
        return np.matmul(a, lift(t, b, a.ndim - 1)[..., None])[..., 0]
    if a.ndim == 1:
        return np.matmul(a, t)
    return np.matmul(a, lift(t, b, max(a.ndim, b.ndim)))


matmul = Operation(
    np.matmul,
    "matmul",
    vjps=(_matmul_left_vjp, _matmul_right_vjp),
    reads={0, 1},
    vjp_of_diagonal=lambda argnum, d, a, b: d[:, None] * a if argnum == 1 and (a.ndim, b.ndim) == (2, 1) else None,
    jvps=(_matmul_left_jvp, _matmul_right_jvp),
)


def _fresh_letter(terms):
    """Return a letter for the axis of directions that the formula does not use."""
    return next(a for a in string.ascii_letters if not any(a in term for term in terms))


def _einsum_vjp(i, g, z, *xs, terms, out):
    batch = _fresh_letter(terms) if g.ndim > z.ndim else ""
    others = [j for j in range(len(xs)) if j != i]
    known = set(out).union(*(terms[j] for j in others))
    kept = "".join(a for a in terms[i] if a in known)
    formula = ",".join([batch + out, *(terms[j] for j in others)]) + "->" + batch + kept
    c = np.einsum(formula, g, *(xs[j] for j in others))
    for axis, a in enumerate(terms[i]):
        if a not in known:
            # Summed over in this term alone: the cotangent is the same all along that axis.
            c = np.expand_dims(c, len(batch) + axis)
    return np.broadcast_to(c, lead(g, z) + xs[i].shape)


def _einsum_jvp(i, t, z, *xs, terms, out):
    batch = _fresh_letter(terms) if t.ndim > xs[i].ndim else ""
    new = [batch + terms[j] if j == i else terms[j] for j in range(len(xs))]
    return np.einsum(",".join(new) + "->" + batch + out, *(t if j == i else x for j, x in enumerate(xs)))


einsum = Operation(
    lambda *xs, terms, out: np.einsum(",".join(terms) + "->" + out, *xs),
    "einsum",
    vjps=_einsum_vjp,
    jvps=_einsum_jvp,
)
