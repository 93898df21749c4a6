"""Operations of linear algebra, with their rules.

Each works on a matrix or a stack of matrices. Sources: Giles (2008), "An extended collection of matrix derivative
results"; Golub and Pereyra (1973) for the pseudo-inverse; Murray (2016), "Differentiation of the Cholesky
decomposition"; Walter and Lehmann (2010), "Algorithmic differentiation of linear algebra functions", for the QR
decomposition.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.contractions import lift, mt
from jaclib.backprop.operations import Operation, unbroadcast
from jaclib.backprop.tracing import Traced, strip

inv = Operation(
    np.linalg.inv,
    "linalg.inv",
    vjps=(lambda g, z, a: -np.matmul(np.matmul(mt(z), g), mt(z)),),
    jvps=(lambda t, z, a: -np.matmul(np.matmul(z, t), z),),
)


def _condition(a):
    """Return the condition number in the 1-norm, the largest of a stack; infinite for a singular matrix."""
    try:
        inverse = np.linalg.inv(a)
    except np.linalg.LinAlgError:
        return np.inf
    sums = np.sum(np.abs(a), axis=-2), np.sum(np.abs(inverse), axis=-2)
    return float(np.max(np.max(sums[0], -1, initial=0.0) * np.max(sums[1], -1, initial=0.0), initial=0.0))


# Below this condition number the inverse is exact to 12 digits; above the second one it has no digits to speak of.
_GOOD, _BAD = 1e4, 1e12
# Up to this size all minors of a matrix, n² determinants, are cheap enough.
_SMALL = 16


def _adjugate(a):
    """Return the transposed matrix of cofactors, the derivative of the determinant; exact for a singular matrix too."""
    if type(a) is not Traced:
        u, s, vh = np.linalg.svd(a)
        others = np.prod(np.where(np.eye(s.shape[-1], dtype=bool), 1.0, s[..., None, :]), axis=-1)
        sign = np.rint(np.linalg.det(u) * np.linalg.det(vh))[..., None, None]
        return np.matmul(sign * mt(vh) * others[..., None, :], mt(u))
    # For derivatives of higher order: by the inverse, or, where that is not exact, by determinants of the minors.
    n, condition = a.shape[-1], _condition(strip(a))
    if condition < _GOOD or (n > _SMALL and condition < _BAD):
        return np.linalg.det(a)[..., None, None] * np.linalg.inv(a)
    if n > _SMALL:
        raise ValueError(
            "jaclib: second derivatives of np.linalg.det at a singular matrix are covered up to "
            f"{_SMALL} rows, got {n}. Move the point."
        )
    kept = np.array([[j for j in range(n) if j != i] for i in range(n)], dtype=int)
    minors = a[..., kept[:, None, :, None], kept[None, :, None, :]]
    signs = (-1.0) ** np.add.outer(np.arange(n), np.arange(n))
    return mt(signs * np.linalg.det(minors))


det = Operation(
    np.linalg.det,
    "linalg.det",
    vjps=(lambda g, z, a: g[..., None, None] * mt(_adjugate(a)),),
    reads={0},
    jvps=(lambda t, z, a: np.sum(mt(_adjugate(a)) * t, axis=(-2, -1)),),
)


def _inverse(a):
    try:
        return np.linalg.inv(a)
    except np.linalg.LinAlgError:
        raise ValueError(
            "jaclib: np.linalg.slogdet has no derivative at a singular matrix, where the logarithm is minus infinity. "
            "Move the point, or use np.linalg.det."
        ) from None


logabsdet = Operation(
    lambda a: np.linalg.slogdet(a)[1],
    "linalg.slogdet",
    vjps=(lambda g, z, a: g[..., None, None] * mt(_inverse(a)),),
    reads={0},
    jvps=(lambda t, z, a: np.sum(mt(_inverse(a)) * t, axis=(-2, -1)),),
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


def _solve_right(b, r):
    """Return b r⁻¹."""
    return mt(np.linalg.solve(mt(r), mt(b)))


def _mirrored(matrix):
    """Return the lower triangle, and its mirror image above the diagonal."""
    return np.tril(matrix) + mt(np.tril(matrix, -1))


def _orthogonal_vjp(g, q, a):
    r = triangular_factor(a)
    return _solve_right(g - np.matmul(q, _mirrored(np.matmul(mt(g), q))), mt(r))


def _triangular_vjp(g, r, a):
    q = orthogonal_factor(a)
    return _solve_right(np.matmul(q, _mirrored(np.matmul(r, mt(g)))), mt(r))


def _rotation(t, q, r):
    """Return the skew matrix Qᵀ dQ, and dA R⁻¹."""
    moved = _solve_right(t, r)
    lower = np.tril(np.matmul(mt(q), moved), -1)
    return lower - mt(lower), moved


def _orthogonal_jvp(t, q, a):
    rotation, moved = _rotation(t, q, triangular_factor(a))
    return np.matmul(q, rotation - np.matmul(mt(q), moved)) + moved


def _triangular_jvp(t, r, a):
    q = orthogonal_factor(a)
    rotation, moved = _rotation(t, q, r)
    return np.matmul(np.matmul(mt(q), moved) - rotation, r)


# Of a matrix with at least as many rows as columns, and independent columns: the adapter sees to it.
orthogonal_factor = Operation(
    lambda a: np.linalg.qr(a)[0], "linalg.qr", vjps=(_orthogonal_vjp,), jvps=(_orthogonal_jvp,)
)
triangular_factor = Operation(
    lambda a: np.linalg.qr(a)[1], "linalg.qr", vjps=(_triangular_vjp,), jvps=(_triangular_jvp,)
)
