"""Functions that change the shape, or the order of the axes."""

from __future__ import annotations

import numpy as np

from jaclib.backprop import structure as op
from jaclib.backprop.functions.adapters import adapter, as_array, axes_of, axis_of
from jaclib.backprop.tracing import contains_traced, strip


@adapter(np.reshape)
def _reshape(a, /, shape, order="C"):
    a = as_array(a)
    shape = tuple(shape) if isinstance(shape, (tuple, list, np.ndarray)) else (shape,)
    if order == "F":  # as the transposed array in order C
        return np.transpose(op.reshape(np.transpose(a), shape=shape[::-1]))
    if order != "C":
        raise TypeError(
            f"jaclib: np.reshape on a traced array has order='C' or 'F', got {order!r}: a traced array has no order in "
            "memory of its own."
        )
    return op.reshape(a, shape=shape)


@adapter(np.ravel)
def _ravel(a, order="C"):
    return np.reshape(as_array(a), (-1,), order=order)


@adapter(np.squeeze)
def _squeeze(a, axis=None):
    return op.reshape(a, shape=np.squeeze(np.broadcast_to(0, a.shape), axis).shape)


@adapter(np.expand_dims)
def _expand_dims(a, axis):
    return op.reshape(a, shape=np.expand_dims(np.broadcast_to(0, a.shape), axis).shape)


def _at_least(function):
    def reshaped(*arys):
        arrays = [as_array(x) for x in arys]
        arrays = [op.reshape(x, shape=function(np.broadcast_to(0, x.shape)).shape) for x in arrays]
        return arrays[0] if len(arrays) == 1 else tuple(arrays)

    return reshaped


for _function in (np.atleast_1d, np.atleast_2d, np.atleast_3d):
    adapter(_function)(_at_least(_function))


@adapter(np.transpose)
def _transpose(a, axes=None):
    a = as_array(a)
    axes = range(a.ndim)[::-1] if axes is None else [a.ndim + axis_of(i, a.ndim) for i in axes]
    return op.transpose(a, axes=tuple(axes))


@adapter(np.matrix_transpose, np.linalg.matrix_transpose)
def _matrix_transpose(x):
    return np.swapaxes(x, -1, -2)


@adapter(np.swapaxes)
def _swapaxes(a, axis1, axis2):
    order = list(range(a.ndim))
    i, j = axis_of(axis1, a.ndim), axis_of(axis2, a.ndim)
    order[i], order[j] = order[j], order[i]
    return op.transpose(a, axes=tuple(order))


@adapter(np.moveaxis)
def _moveaxis(a, source, destination):
    source = [a.ndim + i for i in axes_of(source, a.ndim)]
    destination = [a.ndim + i for i in axes_of(destination, a.ndim)]
    order = [i for i in range(a.ndim) if i not in source]
    for place, i in sorted(zip(destination, source, strict=True)):
        order.insert(place, i)
    return op.transpose(a, axes=tuple(order))


@adapter(np.broadcast_to)
def _broadcast_to(array, shape):
    return op.broadcast_to(array, shape=tuple(shape) if isinstance(shape, (tuple, list)) else (shape,))


@adapter(np.full_like)
def _full_like(a, fill_value):
    if contains_traced(fill_value):
        return op.broadcast_to(as_array(fill_value), shape=np.shape(strip(a)))
    return np.full_like(strip(a), fill_value)


@adapter(np.real)
def _real(val):
    return np.positive(val)


@adapter(np.real_if_close)
def _real_if_close(a):
    return np.positive(a)


@adapter(np.copy)
def _copy(a):
    return np.positive(a)


@adapter("astype", np.astype)
def _astype(x, dtype):
    dtype = np.dtype(dtype)
    if dtype.kind != "f":
        raise TypeError(
            f"jaclib: .astype({dtype}) on a traced array would lose the derivative. "
            "Keep it a float array; np.floor and np.rint round, with derivative 0."
        )
    return op.cast(x, dtype=dtype)


@adapter(np.rollaxis)
def _rollaxis(a, axis, start=0):
    axis = a.ndim + axis_of(axis, a.ndim)
    start = start + a.ndim if start < 0 else start
    return np.moveaxis(a, axis, start - 1 if axis < start else start)
