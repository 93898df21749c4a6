"""Operations of linear algebra, with their rules.

Each works on a matrix or a stack of matrices. Sources: Giles (2008), "An extended collection of matrix derivative
results"; Golub and Pereyra (1973) for the pseudo-inverse; Murray (2016), "Differentiation of the Cholesky
decomposition"; Townsend (2016), "Differentiating the singular value decomposition". Eigen- and singular vectors have
derivatives only where the values are distinct; elsewhere the rules divide by zero, and the caller raises.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.contractions import lift, mt
from jaclib.backprop.operations import Operation, unbroadcast
from jaclib.backprop.tracing import strip


def _inverse(a):
    """Return the inverse that the rules of det and slogdet need, or say why there is none."""
    try:
        return np.linalg.inv(a)
    except np.linalg.LinAlgError:
        raise ValueError(
            "jaclib: the derivative of np.linalg.det or slogdet comes from the inverse, and the matrix is singular. "
            "Move the point, or write a small determinant out by its entries."
        ) from None


inv = Operation(
    np.linalg.inv,
    "linalg.inv",
    vjps=(lambda g, z, a: -np.matmul(np.matmul(mt(z), g), mt(z)),),
    jvps=(lambda t, z, a: -np.matmul(np.matmul(z, t), z),),
)
det = Operation(
    np.linalg.det,
    "linalg.det",
    vjps=(lambda g, z, a: (g * z)[..., None, None] * mt(_inverse(a)),),
    jvps=(lambda t, z, a: z * np.trace(np.matmul(_inverse(a), t), axis1=-2, axis2=-1),),
)
logabsdet = Operation(
    lambda a: np.linalg.slogdet(a)[1],
    "linalg.slogdet",
    vjps=(lambda g, z, a: g[..., None, None] * mt(_inverse(a)),),
    jvps=(lambda t, z, a: np.trace(np.matmul(_inverse(a), t), axis1=-2, axis2=-1),),
)
# b has at least two axes here: the columns are right-hand sides.
solve = Operation(
    np.linalg.solve,
    "linalg.solve",
    vjps=(
        lambda g, z, a, b: unbroadcast(-np.matmul(np.linalg.solve(mt(a), g), mt(z)), a.shape, z.ndim),
        lambda g, z, a, b: unbroadcast(np.linalg.solve(mt(a), g), b.shape, z.ndim),
    ),
    jvps=(
        lambda t, z, a, b: -np.linalg.solve(a, np.matmul(lift(t, a, z.ndim), z)),
        lambda t, z, a, b: np.linalg.solve(a, lift(t, b, z.ndim)),
    ),
)


def _pinv_vjp(g, p, a):
    gt, pt = mt(g), mt(p)
    ap, pa = np.matmul(a, p), np.matmul(p, a)
    first = -np.matmul(np.matmul(pt, g), pt)
    second = np.matmul(gt - np.matmul(ap, gt), np.matmul(p, pt))
    third = np.matmul(np.matmul(pt, p), gt - np.matmul(gt, pa))
    return first + second + third


def _pinv_jvp(t, p, a):
    tt, pt = mt(t), mt(p)
    first = -np.matmul(np.matmul(p, t), p)
    second = np.matmul(np.matmul(np.matmul(p, pt), tt), _residual(np.matmul(a, p)))
    third = np.matmul(_residual(np.matmul(p, a)), np.matmul(np.matmul(tt, pt), p))
    return first + second + third


def _residual(projection):
    return np.eye(projection.shape[-1]) - projection


pinv = Operation(np.linalg.pinv, "linalg.pinv", vjps=(_pinv_vjp,), jvps=(_pinv_jvp,))


def _halved(matrix):
    """Return the lower triangle with its diagonal halved."""
    n = matrix.shape[-1]
    return matrix * (np.tri(n) - 0.5 * np.eye(n))


def _cholesky_vjp(g, factor, a):
    inner = _halved(np.matmul(mt(factor), g))
    half = np.linalg.solve(mt(factor), inner)
    c = mt(np.linalg.solve(mt(factor), mt(half)))
    return 0.5 * (c + mt(c))


def _cholesky_jvp(t, factor, a):
    inner = np.linalg.solve(factor, mt(np.linalg.solve(factor, mt(t))))
    return np.matmul(factor, _halved(inner))


# The argument is symmetric here: the adapter sees to it, as NumPy reads one triangle only.
cholesky = Operation(np.linalg.cholesky, "linalg.cholesky", vjps=(_cholesky_vjp,), jvps=(_cholesky_jvp,))


def _gaps(values):
    """Return 1 / (v_j - v_i), and 0 on the diagonal."""
    n = values.shape[-1]
    gaps = values[..., None, :] - values[..., :, None]
    # A gap of the size of rounding is a repeated value: its vectors are arbitrary, so the quotient must be no number.
    plain = np.abs(strip(gaps))
    size = np.max(np.abs(strip(values)), axis=-1, initial=0.0)[..., None, None]
    repeated = (plain <= 8 * np.finfo(plain.dtype).eps * size) & (np.eye(n) == 0)
    return _off_diagonal(n) / np.where(repeated, 0.0, gaps + np.eye(n))


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


def _left_vjp(g, u, a):
    _, s, vh = _svd(a)
    skew = np.matmul(mt(u), g)
    inner = _singular_gaps(s) * (skew - mt(skew)) * s[..., None, :]
    outside = g - np.matmul(u, np.matmul(mt(u), g))
    return np.matmul(np.matmul(u, inner) + outside / s[..., None, :], vh)


def _right_vjp(g, vh, a):
    u, s, _ = _svd(a)
    gv = mt(g)
    skew = np.matmul(vh, gv)
    inner = s[..., :, None] * (_singular_gaps(s) * (skew - mt(skew)))
    outside = gv - np.matmul(mt(vh), np.matmul(vh, gv))
    return np.matmul(u, np.matmul(inner, vh) + mt(outside) / s[..., :, None])


def _left_jvp(t, u, a):
    _, s, vh = _svd(a)
    tv = np.matmul(t, mt(vh))
    p = np.matmul(mt(u), tv)
    rotation = _singular_gaps(s) * (p * s[..., None, :] + s[..., :, None] * mt(p))
    return np.matmul(u, rotation) + (tv - np.matmul(u, p)) / s[..., None, :]


def _right_jvp(t, vh, a):
    u, s, _ = _svd(a)
    tu = np.matmul(mt(t), u)
    p = np.matmul(vh, tu)  # the transpose of Uᵀ dA V
    rotation = _singular_gaps(s) * (s[..., :, None] * mt(p) + p * s[..., None, :])
    dv = np.matmul(mt(vh), rotation) + (tu - np.matmul(mt(vh), p)) / s[..., None, :]
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
