"""Operations that are not elementwise, with their rules, one table for each mode: shapes, reductions, choices.

All but a few are linear in each argument: forward mode applies the operation itself to the tangent, reverse mode
applies its transpose (the transpose of "repeat" is "sum", of "pick" is "put back"). Cotangents g and tangents t may
carry extra axes in front, one entry per direction; hence axes are counted from the end, and `lead` is the shape of
those extra axes.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.operations import Operation, unbroadcast, written_out
from jaclib.backprop.tracing import strip


def lead(extended, array):
    """Return the shape of the axes that `extended` has in front of those of `array`."""
    return extended.shape[: extended.ndim - array.ndim]


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
    return written_out(g, front + x.shape)


def _winners(z, x, axis, keepdims):
    """Return each entry's share in the extremum: 1, or equal parts at a tie (constant nearby)."""
    x, z = strip(x), strip(z)
    wins = x == (z if keepdims else np.expand_dims(z, axis))
    return (wins / wins.sum(axis=axis, keepdims=True)).astype(x.dtype, copy=False)


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
    lambda x, axis, keepdims: np.add.reduce(x, axis, keepdims=keepdims),  # what np.sum calls in the end
    "sum",
    vjps=(_spread,),
    reads=set(),
    jvps=(lambda t, z, x, axis, keepdims: np.sum(t, axis=axis, keepdims=keepdims),),
    jvp_of_diagonal=lambda argnum, d, x, axis, keepdims: (
        np.reshape(d, (d.size,)) if len(axis) == d.ndim and not keepdims else None
    ),
    repeats=True,
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

# -- choices --------------------------------------------------------------------------------------------------

where = Operation(
    lambda c, x, y: np.where(c, x, y),
    "where",
    partials=(None, lambda z, c, x, y: c, lambda z, c, x, y: np.logical_not(c)),
)
