"""NumPy's array functions in both modes and to second order, against a stencil that shares no code with jaclib."""

import numpy as np
import pytest
from oracles import assert_close, stencil_jacobian

from jaclib import grad, hessian, jacfwd, jacrev

RNG = np.random.default_rng(20)
MATRIX = RNG.normal(size=(3, 4))
SQUARE = RNG.normal(size=(3, 3)) + 2 * np.eye(3)
STACK = RNG.normal(size=(2, 3, 3)) + 2 * np.eye(3)
VECTOR = RNG.normal(size=3)
MASK = np.array([[True, False, True, True], [False, False, True, False], [True, True, False, False]])

v, m, s, c, k = (3,), (3, 4), (3, 3), (2, 3, 3), ()

# name: (function, shape of its argument)
CASES = {
    # shape
    "reshape": (lambda x: np.reshape(x, (2, 6)), m),
    "reshape method": (lambda x: x.reshape(2, -1), m),
    "ravel": (np.ravel, m),
    "flatten": (lambda x: x.flatten(), m),
    "squeeze": (lambda x: np.squeeze(x[None, :, None]), m),
    "expand_dims": (lambda x: np.expand_dims(x, (0, 2)), m),
    "atleast_1d": (np.atleast_1d, k),
    "atleast_2d": (np.atleast_2d, v),
    "transpose": (np.transpose, m),
    "T": (lambda x: x.T, m),
    "mT": (lambda x: x.mT, c),
    "transpose axes": (lambda x: np.transpose(x, (1, -1, 0)), c),
    "transpose method": (lambda x: x.transpose(2, 0, 1), c),
    "swapaxes": (lambda x: np.swapaxes(x, 0, -1), c),
    "moveaxis": (lambda x: np.moveaxis(x, [0, 1], [-1, 0]), c),
    "atleast several": (lambda x: np.atleast_2d(x, x[0])[1], m),
    "full_like": (lambda x: np.full_like(x, x[0]), v),
    "real": (np.real, v),
    "conj": (np.conj, v),
    "rollaxis": (lambda x: np.rollaxis(x, 2, 1), c),
    "atleast_3d": (np.atleast_3d, m),
    "matrix_transpose": (np.matrix_transpose, c),
    "broadcast_to": (lambda x: np.broadcast_to(x, (2, 3, 4)), m),
    "broadcast_to from 1": (lambda x: np.broadcast_to(x[:, :1], (2, 3, 4)), m),
    "copy": (np.copy, m),
    "astype": (lambda x: x.astype(np.float64), m),
    # entries moved about
    "roll": (lambda x: np.roll(x, (1, 2), axis=(0, 1)), m),
    "flip": (lambda x: np.flip(x, 0), m),
    "fliplr": (np.fliplr, m),
    "flipud": (np.flipud, m),
    "rot90": (np.rot90, m),
    "repeat": (lambda x: np.repeat(x, [1, 3, 2], axis=0), m),
    "tile": (lambda x: np.tile(x, (2, 2)), m),
    "take": (lambda x: np.take(x, [2, 0, 2], axis=1), m),
    "take_along_axis": (lambda x: np.take_along_axis(x, np.array([[0], [3], [1]]), axis=1), m),
    "diagonal": (np.diagonal, m),
    "delete": (lambda x: np.delete(x, 1, axis=0), m),
    "resize": (lambda x: np.resize(x, (5, 3)), m),
    "fftshift": (lambda x: np.fft.fftshift(x, axes=1), m),
    "split": (lambda x: np.split(x, 2, axis=1)[1], m),
    "array_split": (lambda x: np.array_split(x, 2)[0], m),
    "unstack": (lambda x: np.unstack(x)[1], m),
    "sort": (lambda x: np.sort(x, axis=0), m),
    "sort flat": (lambda x: np.sort(x, axis=None), m),
    "partition": (lambda x: np.partition(x, 1, axis=1), m),
    "pad": (lambda x: np.pad(x, ((1, 2), (0, 1)), constant_values=7.0), m),
    "pad reflect": (lambda x: np.pad(x, 1, mode="reflect"), m),
    "compress": (lambda x: np.compress([True, False, True], x, axis=0), m),
    "extract": (lambda x: np.extract(MASK, x), m),
    "median": (lambda x: np.median(x, axis=1), m),
    "median all": (np.median, v),
    "median of a number": (np.median, k),
    "median over two axes": (lambda x: np.median(x, axis=(0, 2)), c),
    "median over no axis": (lambda x: np.median(x, axis=()), m),
    # indexing
    "integer": (lambda x: x[1], m),
    "negative integer": (lambda x: x[-1, -2], m),
    "slice": (lambda x: x[1:, ::2], m),
    "reversed": (lambda x: x[::-1], m),
    "newaxis and ellipsis": (lambda x: x[None, ..., 1], m),
    "list": (lambda x: x[[2, 0, 2]], m),
    "boolean": (lambda x: x[MASK], m),
    "boolean by comparison": (lambda x: x[x > 0.0], m),
    "pair of arrays": (lambda x: x[[0, 2, 0], [1, 1, 1]], m),
    "advanced around a slice": (lambda x: x[[0, 1, 1], :, [2, 0, 2]], c),
    "array and newaxis": (lambda x: x[:, None, [0, 3]], m),
    "iteration": (lambda x: sum(row[i] * row[i - 1] for i, row in enumerate(x)), m),
    "unpacking": (lambda x: np.stack([x[0] * x[1], x[1] / (x[2] ** 2 + 1)]), v),
    # reductions
    "sum": (np.sum, m),
    "sum axis": (lambda x: np.sum(x, axis=1), m),
    "sum axes keepdims": (lambda x: x.sum(axis=(0, -1), keepdims=True), c),
    "add.reduce": (lambda x: np.add.reduce(x, axis=1), m),
    "mean": (lambda x: np.mean(x, axis=0), m),
    "var": (lambda x: np.var(x, axis=1, ddof=1), m),
    "std": (lambda x: x.std(axis=0), m),
    "average": (lambda x: np.average(x, axis=1, weights=np.arange(12.0).reshape(3, 4)), m),
    "prod": (np.prod, v),
    "prod axis": (lambda x: np.prod(x, axis=1, keepdims=True), m),
    "max": (np.max, m),
    "max axis": (lambda x: np.max(x, axis=1), m),
    "min keepdims": (lambda x: x.min(axis=0, keepdims=True), m),
    "ptp": (lambda x: np.ptp(x, axis=1), m),
    "cumsum": (lambda x: np.cumsum(x, axis=1), m),
    "cumsum flat": (np.cumsum, m),
    "cumprod": (lambda x: np.cumprod(x, axis=1), m),
    "cumulative_sum": (lambda x: np.cumulative_sum(x, axis=0), m),
    "cov": (np.cov, m),
    "cov of one row": (lambda x: np.cov(x[None]), v),
    "cov columns": (lambda x: np.cov(x, rowvar=False, bias=True), m),
    "diff": (lambda x: np.diff(x, n=2, axis=1), m),
    "trapezoid": (lambda x: np.trapezoid(x, dx=0.5), m),
    "trace": (np.trace, s),
    "norm": (np.linalg.norm, m),
    "norm axis": (lambda x: np.linalg.norm(x, axis=1, keepdims=True), m),
    "norm 1": (lambda x: np.linalg.norm(x, 1), v),
    "norm inf": (lambda x: np.linalg.norm(x, np.inf), v),
    "norm 3": (lambda x: np.linalg.norm(x, 3, axis=1), m),
    # choosing and joining
    "heaviside at 0": (lambda x: np.heaviside(0.0, x), v),
    "boolean mask as a factor": (lambda x: np.arctan2(MASK, x + 3) * MASK, m),
    "where": (lambda x: np.where(x > 0, x**2, np.sin(x)), m),
    "where scalar": (lambda x: np.where(MASK, x, 0.0), m),
    "where broadcast": (lambda x: np.where(MASK, x[:, None], 1.0), v),
    "clip": (lambda x: np.clip(x, -0.5, 0.5), m),
    "clip one side": (lambda x: np.clip(x, None, 0.5), m),
    "concatenate": (lambda x: np.concatenate([x, MATRIX, x**2], axis=1), m),
    "concatenate flat": (lambda x: np.concatenate([x, x], axis=None), m),
    "stack": (lambda x: np.stack([x, x**2, MATRIX], axis=1), m),
    "stack numbers": (lambda x: np.stack([x[0], 1.0, x[2] * x[1]]), v),
    "hstack": (lambda x: np.hstack([x, x]), m),
    "hstack 1-D": (lambda x: np.hstack([x, 1.0, x]), v),
    "vstack": (lambda x: np.vstack([x, x**2]), v),
    "column_stack": (lambda x: np.column_stack([x, x**3]), v),
    "append": (lambda x: np.append(x, x**2), v),
    "dstack": (lambda x: np.dstack([x, x**2]), v),
    "block": (lambda x: np.block([[x, x.T], [1.0, np.ones((1, 2)), x[:1]]]), s),
    "select": (lambda x: np.select([x > 0.3, x < -0.3], [x**2, np.sin(x)], 1.0), m),
    "meshgrid": (lambda x: np.stack(np.meshgrid(x, x**2)), v),
    "broadcast_arrays": (lambda x: np.broadcast_arrays(x, MATRIX.T)[0], v),
    "linspace": (lambda x: np.linspace(x, x**2, 4), v),
    "tril": (np.tril, s),
    "triu": (lambda x: np.triu(x, 1), m),
    "diag": (lambda x: np.diag(x, 1), v),
    "diag of matrix": (np.diag, s),
    # products
    "matrix @ vector": (lambda x: x @ np.arange(4.0), m),
    "constant @ vector": (lambda x: MATRIX.T @ x, v),
    "vector @ matrix": (lambda x: x @ MATRIX, v),
    "vector @ itself": (lambda x: x @ x, v),
    "quadratic form": (lambda x: x @ SQUARE @ x, v),
    "matrix @ matrix": (lambda x: x @ x.T, m),
    "stack @ matrix": (lambda x: x @ SQUARE, c),
    "matrix @ stack": (lambda x: x @ STACK, s),
    "stack @ vector": (lambda x: STACK @ x, v),
    "vector @ stack": (lambda x: x @ STACK, v),
    "stack @ traced vector": (lambda x: x @ x[0, 0], c),
    "traced vector @ stack": (lambda x: x[0, 0] @ x, c),
    "broadcast stacks": (lambda x: x[:, None] @ STACK, c),
    "dot": (lambda x: np.dot(x, x), s),
    "dot scalar": (lambda x: np.dot(2.0, x), v),
    "dot 3-D": (lambda x: np.dot(x, STACK), s),
    "vdot": (lambda x: np.vdot(x, MATRIX), m),
    "inner": (lambda x: np.inner(x, MATRIX), m),
    "outer": (lambda x: np.outer(x, x**2), v),
    "multiply.outer": (lambda x: np.multiply.outer(x, x), v),
    "tensordot": (lambda x: np.tensordot(x, STACK, axes=([1, 2], [2, 0])), (2, 3, 2)),
    "tensordot 1": (lambda x: np.tensordot(x, x, axes=1), s),
    "kron": (lambda x: np.kron(x, x.T), m),
    "cross": (lambda x: np.cross(x, VECTOR), s),
    "einsum trace": (lambda x: np.einsum("ii", x), s),
    "einsum diagonal": (lambda x: np.einsum("ii->i", x), s),
    "einsum two": (lambda x: np.einsum("ij,kj->ik", x, MATRIX), m),
    "einsum itself": (lambda x: np.einsum("ij,ik->jk", x, x), m),
    "einsum three": (lambda x: np.einsum("i,ij,j->", x, SQUARE, x), v),
    "einsum lone letter": (lambda x: np.einsum("ij,k->k", x, VECTOR), m),
    "einsum ellipsis": (lambda x: np.einsum("...ij,jk", x, SQUARE), c),
    "vecdot": (lambda x: np.vecdot(x, MATRIX), m),
    "matvec": (lambda x: np.matvec(x, VECTOR), c),
    "vecmat": (lambda x: np.vecmat(x[0, 0], x), c),
    "convolve": (lambda x: np.convolve(x, [1.0, 2.0, -1.0, 0.5]), v),
    "convolve same": (lambda x: np.convolve(x.ravel(), x[0, :3], mode="same"), m),
    "convolve valid": (lambda x: np.convolve(x.ravel(), x[0], mode="valid"), m),
    "correlate": (lambda x: np.correlate(x.ravel(), x[0], mode="full"), m),
    "polyval": (lambda x: np.polyval(x[0], x[1]), m),
    # linear algebra
    "inv": (np.linalg.inv, s),
    "inv stack": (np.linalg.inv, c),
    "det": (np.linalg.det, s),
    "det stack": (np.linalg.det, c),
    "logdet": (lambda x: np.linalg.slogdet(x).logabsdet, s),
    "slogdet unpacked": (lambda x: np.linalg.slogdet(x)[1], c),
    "solve": (lambda x: np.linalg.solve(x, VECTOR), s),
    "solve right side": (lambda x: np.linalg.solve(SQUARE, x), m),
    "solve both": (lambda x: np.linalg.solve(x, x**2), s),
    "solve stack": (lambda x: np.linalg.solve(x, SQUARE), c),
    "matrix_power": (lambda x: np.linalg.matrix_power(x, 3), s),
    "matrix_power negative": (lambda x: np.linalg.matrix_power(x, -2), s),
    "pinv tall": (lambda x: np.linalg.pinv(x.T), m),
    "pinv wide": (np.linalg.pinv, m),
    "cholesky": (lambda x: np.linalg.cholesky(x @ x.T + np.eye(3)), s),
    "cholesky of one triangle": (lambda x: np.linalg.cholesky(x + 4 * np.eye(3)), s),
    "cholesky stack": (lambda x: np.linalg.cholesky(x @ x.mT + np.eye(3)), c),
    "eigenvalues": (lambda x: np.linalg.eigh(x @ x.T)[0], s),
    "eigvalsh of one triangle": (np.linalg.eigvalsh, s),
    "eigenvectors": (lambda x: np.linalg.eigh(x).eigenvectors, s),
    "eigenvectors stack": (lambda x: np.linalg.eigh(x)[1] ** 2, c),
    "singular values": (lambda x: np.linalg.svd(x, compute_uv=False), m),
    "svdvals stack": (np.linalg.svdvals, c),
    "left vectors": (lambda x: np.linalg.svd(x, full_matrices=False)[0], m),
    "right vectors": (lambda x: np.linalg.svd(x, full_matrices=False)[2], m),
    "left vectors, tall": (lambda x: np.linalg.svd(x.T, full_matrices=False)[0], m),
    "right vectors, square": (lambda x: np.linalg.svd(x).Vh, s),
    "linalg.trace": (np.linalg.trace, c),
    "matrix_norm": (np.linalg.matrix_norm, c),
    "vector_norm": (lambda x: np.linalg.vector_norm(x, axis=1), m),
    "vector_norm over two axes": (lambda x: np.linalg.vector_norm(x, axis=(0, 2), keepdims=True), c),
    "multi_dot": (lambda x: np.linalg.multi_dot([x, MATRIX.T, x]), m),
    # operators with constants on either side, and broadcasting
    "operators": (lambda x: 2 / (3 - x * 2) + (1 + x) ** 2 - (-x) / 4, m),
    "array on the left": (lambda x: MATRIX * x + MATRIX / (x + 9), m),
    "row times matrix": (lambda x: x * MATRIX.T, v),
    "column times row": (lambda x: x[:, None] * x, v),
    "number times array": (lambda x: x * MATRIX, k),
    "power of arrays": (lambda x: np.exp(x) ** x, m),
    "list constant": (lambda x: x + [1.0, 2.0, 3.0], v),  # noqa: RUF005
    "integer constant": (lambda x: np.exp(x) ** np.array([-1, 2, 3]), v),
    "float32 scalar": (lambda x: np.float32(2.0) * x, v),
}


# Functions of a square matrix that need it to be well conditioned.
REGULAR = ("inv", "det", "solve", "power")


def point(name, shape):
    """Return a point whose entries keep clear of each other, of 0 and of ±0.5, where some functions have kinks."""
    rng = np.random.default_rng(sum(map(ord, name)))
    n = int(np.prod(shape))
    x = (rng.permutation(n).reshape(shape) - n / 2 + 0.31) * 0.21
    return x + 4 * np.eye(3) if shape in (s, c) and any(word in name for word in REGULAR) else x


@pytest.mark.parametrize("name", CASES)
def test_first_order_in_both_modes(name):
    f, shape = CASES[name]
    x = point(name, shape)
    expected = stencil_jacobian(f, x)
    assert_close(jacrev(f)(x), expected)
    assert_close(jacfwd(f)(x), expected)


@pytest.mark.parametrize("name", CASES)
def test_what_the_tape_does_not_keep_is_not_needed(name, monkeypatch):
    """Large arrays that no rule reads are dropped; here every array counts as large."""
    monkeypatch.setattr("jaclib.backprop.reverse._LARGE", -1)
    f, shape = CASES[name]
    x = point(name, shape)
    assert_close(jacrev(f)(x), stencil_jacobian(f, x))
    scalar = grad(lambda x: np.sum(f(x) ** 2))
    assert_close(jacrev(scalar)(x), stencil_jacobian(scalar, x), rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("name", CASES)
def test_second_order(name):
    f, shape = CASES[name]
    x = point(name, shape)
    weights = np.random.default_rng(1).normal(size=np.shape(f(x)))

    def scalar(x):
        return np.sum(weights * f(x) ** 2)

    expected = stencil_jacobian(grad(scalar), x)
    assert_close(hessian(scalar)(x), expected, rtol=1e-8, atol=1e-8)  # forward over reverse
    assert_close(jacrev(grad(scalar))(x), expected, rtol=1e-8, atol=1e-8)  # reverse over reverse
    assert_close(jacfwd(jacfwd(scalar))(x), expected, rtol=1e-8, atol=1e-8)  # forward over forward


@pytest.mark.parametrize("zeros", [0, 1, 2, 3])
def test_products_with_zeros_are_exact(zeros):
    """The classic rule result / x would give nan here."""
    x = np.array([2.0, 3.0, 5.0, 7.0])
    x[:zeros] = 0.0
    others = np.array([np.prod(np.delete(x, i)) for i in range(4)])
    assert_close(grad(np.prod)(x), others, rtol=0, atol=0)
    assert_close(jacrev(np.cumprod)(x)[-1], others, rtol=0, atol=0)


def test_ties_share_the_gradient():
    assert_close(grad(np.max)(np.array([1.0, 3.0, 3.0])), [0.0, 0.5, 0.5])
    assert_close(grad(np.min)(np.array([1.0, 1.0, 1.0, 2.0])), [1 / 3, 1 / 3, 1 / 3, 0.0])


@pytest.mark.parametrize("function", [np.fmax, np.fmin])
def test_a_number_wins_over_nan(function):
    gaps = np.array([np.nan, 0.5, np.nan])
    x = np.array([1.0, 2.0, 3.0])
    expected = stencil_jacobian(lambda x: function(gaps, x), x)
    assert_close(jacrev(lambda x: function(gaps, x))(x), expected)
    assert_close(jacfwd(lambda x: function(x, gaps))(x), expected)


def test_float32_stays_float32():
    x = np.array([1.0, 2.0], dtype=np.float32)
    assert grad(lambda x: np.sum(np.sin(x) * x))(x).dtype == np.float32
    assert jacfwd(np.cumsum)(x).dtype == np.float32
    assert jacrev(np.cumsum)(x).dtype == np.float32
