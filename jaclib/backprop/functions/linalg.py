"""Linear algebra: inverses, determinants, solutions, norms."""

from __future__ import annotations

import numpy as np

from jaclib.backprop import decompositions as op
from jaclib.backprop.functions.adapters import adapter, as_array, axes_of
from jaclib.backprop.tracing import strip


@adapter(np.linalg.inv)
def _inv(a):
    return op.inv(a)


@adapter(np.linalg.det)
def _det(a):
    return op.det(a)


@adapter(np.linalg.slogdet)
def _slogdet(a):
    result = np.linalg.slogdet(strip(a))
    return type(result)(result.sign, op.logabsdet(a))


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


@adapter(np.linalg.norm)
def _norm(x, ord=None, axis=None, keepdims=False):
    x = as_array(x)
    count = len(axes_of(axis, x.ndim)) if axis is not None or ord is not None else 1
    if ord in (None, "fro") or (ord == 2 and count == 1):
        return np.sqrt(np.sum(np.square(x), axis, keepdims=keepdims))
    if count == 1:
        if ord == 1:
            return np.sum(np.abs(x), axis, keepdims=keepdims)
        if ord == np.inf:
            return np.max(np.abs(x), axis, keepdims=keepdims)
        if isinstance(ord, (int, float)) and ord > 0:
            return np.sum(np.abs(x) ** ord, axis, keepdims=keepdims) ** (1 / ord)
    raise TypeError(
        f"jaclib: np.linalg.norm of order {ord!r} over {count} axes has no rule. Write it out with np.sum and np.abs."
    )


@adapter(np.linalg.pinv)
def _pinv(a):
    plain = strip(a)
    if np.any(np.linalg.matrix_rank(plain) < min(plain.shape[-2:])):
        raise ValueError(
            "jaclib: np.linalg.pinv of a matrix without full rank has no derivative: a small change of the matrix "
            "changes the rank and makes the pseudo-inverse jump."
        )
    return op.pinv(a)


def _lower_part(a):
    """Return the symmetric matrix that NumPy sees, which reads the lower triangle only."""
    return np.tril(a) + np.swapaxes(np.tril(a, -1), -1, -2)


@adapter(np.linalg.cholesky)
def _cholesky(a):
    return op.cholesky(_lower_part(a))


@adapter(np.linalg.eigh)
def _eigh(a):
    symmetric = _lower_part(a)
    return type(np.linalg.eigh(strip(a)))(op.eigenvalues(symmetric), op.eigenvectors(symmetric))


@adapter(np.linalg.eigvalsh)
def _eigvalsh(a):
    return op.eigenvalues(_lower_part(a))


@adapter(np.linalg.svd)
def _svd(a, full_matrices=True, compute_uv=True):
    if not compute_uv:
        return op.singular_values(a)
    if full_matrices and a.shape[-1] != a.shape[-2]:
        raise TypeError(
            "jaclib: np.linalg.svd on a traced array needs full_matrices=False: the vectors that fill up the larger "
            "factor are arbitrary and have no derivative."
        )
    return type(np.linalg.svd(strip(a)))(op.left_vectors(a), op.singular_values(a), op.right_vectors(a))


@adapter(np.linalg.svdvals)
def _svdvals(x):
    return op.singular_values(x)


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
