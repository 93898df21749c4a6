"""Eigenvalues, singular values and their vectors, with their rules.

Sources: Giles (2008), "An extended collection of matrix derivative results"; Townsend (2016), "Differentiating the
singular value decomposition".

Where values coincide, each of them has a corner: they bend apart. The derivative here is then the mean of the group, as
`max` shares its own among equal entries. Functions that treat the values of a group alike (their sum, the trace of a
function of the matrix) are smooth, and get their true derivative. A singular value of 0 has the corner of ``abs``, and
the derivative 0. Vectors have no derivative where values coincide: the rules give nan, and the caller raises.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.contractions import mt
from jaclib.backprop.operations import Operation
from jaclib.backprop.ties import equal_neighbours, share
from jaclib.backprop.tracing import strip


def _rounding(values, rows=8):
    """Return how far apart, or from 0, values may lie that are the same but for rounding."""
    size = np.max(np.abs(values), axis=-1, initial=0.0, keepdims=True)
    return max(8, rows) * np.finfo(values.dtype).eps * size


def share_eigenvalues(w):
    """Return eigenvalues of which those that coincide share their derivatives."""
    plain = strip(w)
    return share(w, equal_neighbours(plain, _rounding(plain)))


def share_singular_values(s, rows):
    """Return singular values of which those that coincide share their derivatives, and those at 0 have none."""
    plain = strip(s)
    tolerance = _rounding(plain, rows)
    return share(s, equal_neighbours(plain, tolerance), np.where(plain <= tolerance, 0.0, 1.0))


def _gaps(values):
    """Return 1 / (v_j - v_i), and 0 on the diagonal."""
    n = values.shape[-1]
    gaps = values[..., None, :] - values[..., :, None]
    # A gap of the size of rounding is a repeated value: its vectors are arbitrary, so the quotient is no number.
    plain = strip(values)
    repeated = (np.abs(strip(gaps)) <= _rounding(plain)[..., None]) & (np.eye(n) == 0)
    return _off_diagonal(n) / np.where(repeated, np.nan, gaps + np.eye(n))


def _off_diagonal(n):
    return 1.0 - np.eye(n)


def _diagonal(matrix):
    return np.einsum("...ii->...i", matrix)


def _eigenvalues_vjp(g, w, a):
    v = np.linalg.eigh(a)[1]
    return np.matmul(v * g[..., None, :], mt(v))


def _eigenvectors_vjp(g, v, a):
    w = np.linalg.eigh(a)[0]
    c = np.matmul(np.matmul(v, _gaps(w) * np.matmul(mt(v), g)), mt(v))
    return 0.5 * (c + mt(c))


def _in_eigenbasis(t, v):
    return np.matmul(np.matmul(mt(v), t), v)


eigenvalues = Operation(
    lambda a: np.linalg.eigh(a)[0],
    "linalg.eigh",
    vjps=(_eigenvalues_vjp,),
    jvps=(lambda t, w, a: _diagonal(_in_eigenbasis(t, np.linalg.eigh(a)[1])),),
)
eigenvectors = Operation(
    lambda a: np.linalg.eigh(a)[1],
    "linalg.eigh",
    vjps=(_eigenvectors_vjp,),
    jvps=(lambda t, v, a: np.matmul(v, _gaps(np.linalg.eigh(a)[0]) * _in_eigenbasis(t, v)),),
)


def _svd(a):
    return np.linalg.svd(a, full_matrices=False)


def _singular_gaps(s):
    return _gaps(s * s)


def _nonzero(s):
    """Return singular values, with nan for those that are 0 but for rounding: their vectors are arbitrary."""
    plain = strip(s)
    return np.where(plain <= _rounding(plain), np.nan, s)


def _left_vjp(g, u, a):
    _, s, vh = _svd(a)
    skew = np.matmul(mt(u), g)
    inner = _singular_gaps(s) * (skew - mt(skew)) * s[..., None, :]
    outside = g - np.matmul(u, np.matmul(mt(u), g))
    return np.matmul(np.matmul(u, inner) + outside / _nonzero(s)[..., None, :], vh)


def _right_vjp(g, vh, a):
    u, s, _ = _svd(a)
    gv = mt(g)
    skew = np.matmul(vh, gv)
    inner = s[..., :, None] * (_singular_gaps(s) * (skew - mt(skew)))
    outside = gv - np.matmul(mt(vh), np.matmul(vh, gv))
    return np.matmul(u, np.matmul(inner, vh) + mt(outside) / _nonzero(s)[..., :, None])


def _left_jvp(t, u, a):
    _, s, vh = _svd(a)
    tv = np.matmul(t, mt(vh))
    p = np.matmul(mt(u), tv)
    rotation = _singular_gaps(s) * (p * s[..., None, :] + s[..., :, None] * mt(p))
    return np.matmul(u, rotation) + (tv - np.matmul(u, p)) / _nonzero(s)[..., None, :]


def _right_jvp(t, vh, a):
    u, s, _ = _svd(a)
    tu = np.matmul(mt(t), u)
    p = np.matmul(vh, tu)  # the transpose of Uᵀ dA V
    rotation = _singular_gaps(s) * (s[..., :, None] * mt(p) + p * s[..., None, :])
    dv = np.matmul(mt(vh), rotation) + (tu - np.matmul(mt(vh), p)) / _nonzero(s)[..., None, :]
    return mt(dv)


def _singular_values_vjp(g, s, a):
    u, _, vh = _svd(a)
    return np.matmul(u * g[..., None, :], vh)


def _singular_values_jvp(t, s, a):
    u, _, vh = _svd(a)
    return _diagonal(np.matmul(np.matmul(mt(u), t), mt(vh)))


left_vectors = Operation(lambda a: _svd(a)[0], "linalg.svd", vjps=(_left_vjp,), jvps=(_left_jvp,))
singular_values = Operation(
    lambda a: _svd(a)[1], "linalg.svd", vjps=(_singular_values_vjp,), jvps=(_singular_values_jvp,)
)
right_vectors = Operation(lambda a: _svd(a)[2], "linalg.svd", vjps=(_right_vjp,), jvps=(_right_jvp,))
