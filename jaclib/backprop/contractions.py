"""Products of arrays, with their rules: the matrix product in all its shapes, and sums of products by formula."""

from __future__ import annotations

import string

import numpy as np

from jaclib.backprop.operations import Operation, unbroadcast
from jaclib.backprop.structure import lead


def mt(matrix):
    """Return the transposed matrix, or a stack of them."""
    return np.swapaxes(matrix, -1, -2)


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


def _matmul_of_diagonal(argnum, d, a, b):
    other, one = (b, a) if argnum == 0 else (a, b)
    if one.ndim != 1 or other.ndim > 2:
        return None
    if other.ndim == 1:
        return d * other
    return d[:, None] * (other if argnum == 0 else np.transpose(other))


matmul = Operation(
    np.matmul,
    "matmul",
    vjps=(_matmul_left_vjp, _matmul_right_vjp),
    reads={0, 1},
    vjp_of_diagonal=lambda argnum, d, a, b: d[:, None] * a if argnum == 1 and (a.ndim, b.ndim) == (2, 1) else None,
    jvps=(_matmul_left_jvp, _matmul_right_jvp),
    jvp_of_diagonal=_matmul_of_diagonal,
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
