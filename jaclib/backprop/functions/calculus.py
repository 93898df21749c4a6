"""Differences, slopes, areas and interpolation of sampled functions."""

from __future__ import annotations

import numpy as np

from jaclib.backprop.functions.adapters import adapter, as_array, axes_of, axis_of
from jaclib.backprop.tracing import Traced, strip


@adapter(np.diff)
def _diff(a, n=1, axis=-1, prepend=None, append=None):
    a = as_array(a)
    axis = axis_of(axis, a.ndim)
    pieces = [_end(as_array(x), a.shape, axis) for x in (prepend, a, append) if x is not None]
    if len(pieces) > 1:
        a = np.concatenate(pieces, axis=axis)
    x = np.moveaxis(a, axis, -1)
    for _ in range(n):
        x = x[..., 1:] - x[..., :-1]
    return np.moveaxis(x, -1, axis)


def _end(x, shape, axis):
    if x.ndim:
        return x
    shape = list(shape)
    shape[axis] = 1
    return np.broadcast_to(x, tuple(shape))


@adapter(np.ediff1d)
def _ediff1d(ary):
    return np.diff(np.ravel(ary))


@adapter(np.trapezoid)
def _trapezoid(y, x=None, dx=1.0, axis=-1):
    y = np.moveaxis(as_array(y), axis, -1)
    if x is not None:
        x = as_array(x)
        dx = np.diff(x) if x.ndim == 1 else np.diff(np.moveaxis(x, axis, -1))
    return np.sum(dx * (y[..., 1:] + y[..., :-1]), axis=-1) / 2


@adapter(np.gradient)
def _gradient(f, *varargs, axis=None, edge_order=1):
    f = as_array(f)
    axes = axes_of(axis, f.ndim)
    if not axes:
        return ()
    if len(varargs) not in (0, 1, len(axes)):
        raise TypeError(f"np.gradient: got {len(varargs)} spacings for {len(axes)} axes, expected one each.")
    spacings = varargs or (1.0,)
    spacings = [as_array(h) for h in (spacings * len(axes) if len(spacings) < len(axes) else spacings)]
    slopes = tuple(_slopes(f, h, i, edge_order) for h, i in zip(spacings, axes, strict=True))
    return slopes[0] if len(slopes) == 1 else slopes


def _slopes(f, h, axis, edge_order):
    """Return the slope at each sample: the parabola's through it and its neighbours, of second order."""
    f = np.moveaxis(f, axis, -1)
    n = f.shape[-1]
    if edge_order not in (1, 2) or n < edge_order + 1:
        raise ValueError(
            f"np.gradient: {n} samples along an axis are too few, or edge_order {edge_order!r} is not 1 or 2."
        )
    if h.ndim and h.shape != (n,):
        raise ValueError(f"np.gradient: got {h.shape} coordinates for {n} samples along an axis.")
    # A plain number takes the precision of the samples.
    ones = np.ones(n - 1, f.dtype if f.dtype.kind == "f" else float)
    step = np.diff(h) if h.ndim else ones * (h if type(h) is Traced else float(h))
    slope = (f[..., 1:] - f[..., :-1]) / step
    if n == 2:
        return np.moveaxis(np.concatenate([slope, slope], axis=-1), -1, axis)
    before, after = step[:-1], step[1:]
    bend = (slope[..., 1:] - slope[..., :-1]) / (before + after)
    inside = slope[..., :-1] + bend * before
    first, last = slope[..., :1], slope[..., -1:]
    if edge_order == 2:
        first, last = first - bend[..., :1] * step[:1], last + bend[..., -1:] * step[-1:]
    return np.moveaxis(np.concatenate([first, inside, last], axis=-1), -1, axis)


@adapter(np.interp)
def _interp(x, xp, fp, left=None, right=None):
    x, xp, fp = (a if type(a) is Traced else np.asarray(a, dtype=float) for a in map(as_array, (x, xp, fp)))
    knots, at, last = strip(xp), strip(x), xp.size - 1
    if xp.ndim != 1 or xp.shape != fp.shape or last < 1 or not np.all(np.diff(knots) > 0):
        raise ValueError(
            "np.interp: on traced arrays xp has to increase strictly, with two entries or more and as many as fp; got "
            f"shapes {xp.shape} and {fp.shape}."
        )
    start = fp[0] if left is None else np.where(at < knots[0], left, fp[0])
    end = fp[last] if right is None else np.where(at > knots[last], right, fp[last])

    def piece(side):
        k = np.searchsorted(knots, at, side) - 1
        j = np.clip(k, 0, last - 1)
        line = fp[j] + (x - xp[j]) * ((fp[j + 1] - fp[j]) / (xp[j + 1] - xp[j]))
        return k, np.where(k < 0, start, np.where(k == last, end, line))

    (after, y), (before, other) = piece("right"), piece("left")
    # At a knot: the mean of the slopes on both sides.
    return (y + other) / 2 if np.any(after != before) else y


@adapter(np.unwrap)
def _unwrap(p, discont=None, axis=-1, *, period=2 * np.pi):
    # What is added is constant nearby: whole periods.
    plain = strip(p)
    return p + (np.unwrap(plain, discont, axis, period=period) - plain)
