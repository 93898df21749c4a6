"""Linear algebra: inverses, determinants, solutions, norms."""

from __future__ import annotations

import math

import numpy as np

from jaclib.backprop import decompositions as op
from jaclib.backprop import eigen
from jaclib.backprop.functions.adapters import adapter, as_array, axes_of
from jaclib.backprop.tracing import strip

# The named tuples that NumPy returns.
_EIGH, _QR, _SLOGDET, _SVD = (
    type(function(np.eye(1))) for function in (np.linalg.eigh, np.linalg.qr, np.linalg.slogdet, np.linalg.svd)
)


@adapter(np.linalg.inv)
def _inv(a):
    return op.inv(a)


@adapter(np.linalg.det)
def _det(a):
    return op.det(a)


@adapter(np.linalg.slogdet)
def _slogdet(a):
    return _SLOGDET(np.linalg.slogdet(strip(a)).sign, op.logabsdet(a))


@adapter(np.linalg.solve)
def _solve(a, b):
    a, b = as_array(a), as_array(b)
    if b.ndim == 1:
        return op.solve(a, np.expand_dims(b, -1))[..., 0]
    return op.solve(a, b)


@adapter(np.linalg.matrix_power)
def _matrix_power(a, n):
    if n < 0:
        a, n = np.linalg.inv(a), -n
    if n == 0:
        return np.broadcast_to(np.eye(a.shape[-1]), a.shape)
    half = np.linalg.matrix_power(a, n // 2) if n > 1 else None
    if half is None:
        return a
    return half @ half @ a if n % 2 else half @ half


# The order of a matrix norm -> what is taken of its singular values, or the axis of sums of absolute values and what is
# taken of those.
_OF_SINGULAR_VALUES = {2: np.max, -2: np.min, "nuc": np.sum}
_OF_SUMS = {1: (-2, np.max), -1: (-2, np.min), np.inf: (-1, np.max), -np.inf: (-1, np.min)}


@adapter(np.linalg.norm)
def _norm(x, ord=None, axis=None, keepdims=False):
    x = as_array(x)
    count = len(axes_of(axis, x.ndim)) if axis is not None or ord is not None else 1
    if ord in (None, "fro") or (ord == 2 and count == 1):
        return np.sqrt(np.sum(np.square(x), axis, keepdims=keepdims))
    if count == 1:
        return _vector_norm_of_order(x, ord, axis, keepdims)
    if count == 2 and (ord in _OF_SINGULAR_VALUES or ord in _OF_SUMS):
        axes = axes_of(axis, x.ndim)
        a = np.moveaxis(x, axes, (-2, -1))
        if ord in _OF_SUMS:
            which, extremum = _OF_SUMS[ord]
            y = extremum(np.sum(np.abs(a), axis=which), axis=-1)
        else:
            y = _OF_SINGULAR_VALUES[ord](np.linalg.svdvals(a), axis=-1)
        return np.expand_dims(y, axes) if keepdims else y
    raise ValueError(f"np.linalg.norm: there is no norm of order {ord!r} over {count} axes.")


def _vector_norm_of_order(x, ord, axis, keepdims):
    if ord == np.inf:
        return np.max(np.abs(x), axis, keepdims=keepdims)
    if ord == -np.inf:
        return np.min(np.abs(x), axis, keepdims=keepdims)
    if isinstance(ord, (int, float)) and ord:
        powers = np.abs(x) if ord == 1 else np.abs(x) ** ord
        total = np.sum(powers, axis, keepdims=keepdims)
        return total if ord == 1 else total ** (1 / ord)
    raise TypeError(f"jaclib: np.linalg.norm of order {ord!r} has no rule. Write it out with np.sum and np.abs.")


@adapter(np.linalg.pinv)
def _pinv(a):
    _require_full_rank("np.linalg.pinv", a)
    return op.pinv(a)


def _symmetric(a, triangle):
    """Return the symmetric matrix that NumPy sees: it reads one triangle only, "L" or "U"."""
    if triangle not in ("L", "U"):
        raise ValueError(f"np.linalg: UPLO is {triangle!r}, expected 'L' or 'U'.")
    a = a if triangle == "L" else np.swapaxes(a, -1, -2)
    return np.tril(a) + np.swapaxes(np.tril(a, -1), -1, -2)


@adapter(np.linalg.cholesky)
def _cholesky(a, /, *, upper=False):
    factor = op.cholesky(_symmetric(a, "U" if upper else "L"))
    return np.swapaxes(factor, -1, -2) if upper else factor


@adapter(np.linalg.qr)
def _qr(a, mode="reduced"):
    rows, columns = a.shape[-2:]
    if mode not in ("reduced", "r") and not (mode == "complete" and rows <= columns):
        raise TypeError(
            f"jaclib: np.linalg.qr on a traced array of shape {a.shape} does not take mode={mode!r}: use 'reduced' or "
            "'r'. The columns that fill up a complete factor are arbitrary and have no derivative."
        )
    _require_full_rank("np.linalg.qr", strip(a)[..., :, : min(rows, columns)])
    # The first columns decide on the factors; the others are only turned.
    first = a[..., :, :rows]
    q, r = op.orthogonal_factor(first), op.triangular_factor(first)
    if columns > rows:
        r = np.concatenate([r, np.swapaxes(q, -1, -2) @ a[..., :, rows:]], axis=-1)
    return r if mode == "r" else _QR(q, r)


def _require_full_rank(name, a):
    plain = strip(a)
    if np.any(np.linalg.matrix_rank(plain) < min(plain.shape[-2:])):
        raise ValueError(
            f"jaclib: {name} of a matrix without full rank has no derivative: a small change of the matrix changes the "
            "rank, and the result jumps. Move the point, or leave dependent columns out."
        )


@adapter(np.linalg.lstsq)
def _lstsq(a, b, rcond=None):
    a, b = as_array(a), as_array(b)
    _require_full_rank("np.linalg.lstsq", a)
    x = np.linalg.pinv(a) @ b
    _, residuals, rank, _ = np.linalg.lstsq(strip(a), strip(b), rcond=rcond)
    if residuals.size:
        residuals = np.reshape(np.sum(np.square(b - a @ x), axis=0), residuals.shape)
    return x, residuals, rank, np.linalg.svdvals(a)


@adapter(np.linalg.eigh)
def _eigh(a, UPLO="L"):
    symmetric = _symmetric(a, UPLO)
    w = eigen.share_eigenvalues(eigen.eigenvalues(symmetric))
    return _EIGH(w, eigen.eigenvectors(symmetric))


@adapter(np.linalg.eigvalsh)
def _eigvalsh(a, UPLO="L"):
    return eigen.share_eigenvalues(eigen.eigenvalues(_symmetric(a, UPLO)))


@adapter(np.linalg.svd)
def _svd(a, full_matrices=True, compute_uv=True):
    if not compute_uv:
        return np.linalg.svdvals(a)
    if full_matrices and a.shape[-1] != a.shape[-2]:
        raise TypeError(
            "jaclib: np.linalg.svd on a traced array needs full_matrices=False: the vectors that fill up the larger "
            "factor are arbitrary and have no derivative."
        )
    return _SVD(eigen.left_vectors(a), np.linalg.svdvals(a), eigen.right_vectors(a))


@adapter(np.linalg.svdvals)
def _svdvals(x, /):
    return eigen.share_singular_values(eigen.singular_values(x), max(x.shape[-2:]))


@adapter(np.linalg.cond)
def _cond(x, p=None):
    if p in (None, 2, -2):
        s = np.linalg.svdvals(x)
        return s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]
    return np.linalg.norm(x, p, axis=(-2, -1)) * np.linalg.norm(np.linalg.inv(x), p, axis=(-2, -1))


@adapter(np.linalg.tensorsolve)
def _tensorsolve(a, b, axes=None):
    a, b = as_array(a), as_array(b)
    if axes is not None:
        a = np.moveaxis(a, axes, tuple(range(-len(axes), 0)))
    shape = a.shape[b.ndim :]
    return np.reshape(np.linalg.solve(np.reshape(a, (b.size, -1)), np.ravel(b)), shape)


@adapter(np.linalg.tensorinv)
def _tensorinv(a, ind=2):
    inverse = np.linalg.inv(np.reshape(a, (math.prod(a.shape[:ind]), -1)))
    return np.reshape(inverse, a.shape[ind:] + a.shape[:ind])


@adapter(np.linalg.trace)
def _trace(x, /, *, offset=0):
    return np.trace(x, offset, -2, -1)


@adapter(np.linalg.matrix_norm)
def _matrix_norm(x, /, *, keepdims=False, ord="fro"):
    return np.linalg.norm(x, ord, (-2, -1), keepdims)


@adapter(np.linalg.vector_norm)
def _vector_norm(x, *, axis=None, keepdims=False, ord=2):
    if ord == 2:  # over any number of axes: np.linalg.norm would take two of them for a matrix
        return np.sqrt(np.sum(np.square(x), axis, keepdims=keepdims))
    if axis is None and not keepdims:
        return np.linalg.norm(np.ravel(x), ord)
    return np.linalg.norm(x, ord, axis, keepdims)


@adapter(np.linalg.multi_dot)
def _multi_dot(arrays):
    product = as_array(arrays[0])
    for factor in arrays[1:]:
        product = product @ as_array(factor)
    return product
