"""Products of vectors, matrices and tensors."""

from __future__ import annotations

import math
import string

import numpy as np

from jaclib.backprop import contractions as op
from jaclib.backprop.functions.adapters import adapter, as_array, axis_of
from jaclib.backprop.picking import pick


@adapter(np.matmul, np.linalg.matmul)
def _matmul(x1, x2, /):
    a, b = as_array(x1), as_array(x2)
    if a.ndim == 0 or b.ndim == 0:
        raise ValueError("np.matmul: a number cannot be an argument of @; use * to scale.")
    return op.matmul(a, b)


@adapter(np.dot)
def _dot(a, b):
    a, b = as_array(a), as_array(b)
    if a.ndim == 0 or b.ndim == 0:
        return a * b
    if b.ndim <= 2:
        return op.matmul(a, b)
    return np.tensordot(a, b, axes=((-1,), (-2,)))


@adapter(np.vdot)
def _vdot(a, b, /):
    return op.matmul(np.ravel(as_array(a)), np.ravel(as_array(b)))


@adapter(np.inner)
def _inner(a, b, /):
    a, b = as_array(a), as_array(b)
    if a.ndim == 0 or b.ndim == 0:
        return a * b
    return np.tensordot(a, b, axes=((-1,), (-1,)))


@adapter(np.linalg.outer)
def _linalg_outer(x1, x2, /):
    return np.outer(x1, x2)


@adapter(np.outer)
def _outer(a, b):
    return np.reshape(as_array(a), (-1, 1)) * np.reshape(as_array(b), (1, -1))


@adapter(np.linalg.tensordot)
def _linalg_tensordot(x1, x2, /, *, axes=2):
    return np.tensordot(x1, x2, axes)


@adapter(np.tensordot)
def _tensordot(a, b, axes=2):
    a, b = as_array(a), as_array(b)
    if isinstance(axes, (int, np.integer)):
        left, right = range(a.ndim - axes, a.ndim), range(axes)
    else:
        left, right = (tuple(i) if isinstance(i, (tuple, list)) else (i,) for i in axes)
    left = [a.ndim + axis_of(i, a.ndim) for i in left]
    right = [b.ndim + axis_of(i, b.ndim) for i in right]
    rest_a = [i for i in range(a.ndim) if i not in left]
    rest_b = [i for i in range(b.ndim) if i not in right]
    shape = tuple(a.shape[i] for i in rest_a) + tuple(b.shape[i] for i in rest_b)
    inner = math.prod(a.shape[i] for i in left)
    flat_a = np.reshape(np.transpose(a, rest_a + left), (-1, inner))
    flat_b = np.reshape(np.transpose(b, right + rest_b), (inner, -1))
    return np.reshape(op.matmul(flat_a, flat_b), shape)


@adapter(np.kron)
def _kron(a, b):
    a, b = as_array(a), as_array(b)
    n = max(a.ndim, b.ndim)
    shape_a = (1,) * (n - a.ndim) + a.shape
    shape_b = (1,) * (n - b.ndim) + b.shape
    a = np.reshape(a, tuple(k for m in shape_a for k in (m, 1)))
    b = np.reshape(b, tuple(k for m in shape_b for k in (1, m)))
    return np.reshape(a * b, tuple(i * j for i, j in zip(shape_a, shape_b, strict=True)))


@adapter(np.linalg.cross)
def _linalg_cross(x1, x2, /, *, axis=-1):
    return np.cross(x1, x2, axis=axis)


@adapter(np.cross)
def _cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = np.moveaxis(as_array(a), axisa, -1), np.moveaxis(as_array(b), axisb, -1)
    if a.shape[-1:] != (3,) or b.shape[-1:] != (3,):
        raise ValueError(f"np.cross: vectors must have 3 entries along their axis, got shapes {a.shape} and {b.shape}.")
    (a0, a1, a2), (b0, b1, b2) = (tuple(x[..., i] for i in range(3)) for x in (a, b))
    return np.stack([a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0], axis=axisc)


@adapter(np.einsum)
def _einsum(subscripts, /, *operands, optimize=False):
    if not isinstance(subscripts, str):
        raise TypeError("jaclib: np.einsum on a traced array takes its formula as a string, such as 'ij,j->i'.")
    operands = [as_array(x) for x in operands]
    terms, out = _einsum_terms(subscripts.replace(" ", ""), operands)
    for i, term in enumerate(terms):
        if len(set(term)) < len(term):  # 'ii': only the diagonal takes part
            distinct = "".join(dict.fromkeys(term))
            places = np.einsum(f"{term}->{distinct}", np.arange(operands[i].size).reshape(operands[i].shape))
            operands[i], terms[i] = pick(operands[i], places), distinct
    longer = {a for term, x in zip(terms, operands, strict=True) for a, n in zip(term, x.shape, strict=True) if n != 1}
    for i, term in enumerate(terms):
        kept = [axis for axis, a in enumerate(term) if operands[i].shape[axis] != 1 or a not in longer]
        if len(kept) < len(term):
            # Where NumPy would repeat an axis of length 1, the product is the same without it.
            operands[i] = np.reshape(operands[i], tuple(operands[i].shape[axis] for axis in kept))
            terms[i] = "".join(term[axis] for axis in kept)
    return op.einsum(*operands, terms=tuple(terms), out=out)


def _einsum_terms(formula, operands):
    """Split the formula; write out the ellipsis and the result where they are implied."""
    left, arrow, out = formula.partition("->")
    terms = left.split(",")
    if len(terms) != len(operands):
        raise ValueError(f"np.einsum: the formula {formula!r} has {len(terms)} terms, got {len(operands)} arrays.")
    if not arrow:
        letters = left.replace(",", "").replace("...", "")
        out = ("..." if "..." in left else "") + "".join(sorted(a for a in set(letters) if letters.count(a) == 1))
    if "..." in formula:
        free = [a for a in string.ascii_letters if a not in formula]
        counts = [x.ndim - len(t.replace("...", "")) if "..." in t else 0 for t, x in zip(terms, operands, strict=True)]
        most = "".join(free[: max(counts)])
        terms = [t.replace("...", most[len(most) - n :]) for t, n in zip(terms, counts, strict=True)]
        out = out.replace("...", most)
    for term, x in zip(terms, operands, strict=True):
        if len(term) != x.ndim:
            raise ValueError(f"np.einsum: {len(term)} letters stand for an array of {x.ndim} axes in {formula!r}.")
    return terms, out


@adapter(np.vecdot, np.linalg.vecdot)
def _vecdot(x1, x2, /, *, axis=-1):
    return np.sum(np.moveaxis(as_array(x1), axis, -1) * np.moveaxis(as_array(x2), axis, -1), axis=-1)


@adapter(np.matvec)
def _matvec(x1, x2):
    return np.matmul(x1, np.expand_dims(as_array(x2), -1))[..., 0]


@adapter(np.vecmat)
def _vecmat(x1, x2):
    return np.matmul(np.expand_dims(as_array(x1), -2), x2)[..., 0, :]


@adapter(np.convolve)
def _convolve(a, v, mode="full"):
    a, v = np.atleast_1d(as_array(a)), np.atleast_1d(as_array(v))
    if v.size > a.size:
        a, v = v, a
    padded = np.pad(a, v.size - 1)
    windows = padded[np.arange(a.size + v.size - 1)[:, None] + np.arange(v.size)]
    full = windows @ v[::-1]
    if mode == "full":
        return full
    if mode == "valid":
        return full[v.size - 1 : a.size]
    if mode == "same":
        start = (v.size - 1) // 2
        return full[start : start + a.size]
    raise ValueError(f"np.convolve: mode is {mode!r}, expected 'full', 'same' or 'valid'.")


@adapter(np.correlate)
def _correlate(a, v, mode="valid"):
    a, v = as_array(a), as_array(v)
    return np.convolve(v, a[::-1], mode)[::-1] if v.size > a.size else np.convolve(a, v[::-1], mode)
