"""Products of vectors, matrices and tensors."""

import numpy as np

from numpy_functions.points import MATRIX, SQUARE, STACK, VECTOR, c, m, s, v

# name: (function, shape of its argument)
CASES = {
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
    "einsum broadcast": (lambda x: np.einsum("ij,ij->ij", x[:, :1], x), m),
    "einsum broadcast constant": (lambda x: np.einsum("ij,ij->i", MATRIX[:1], x), m),
    "einsum broadcast to constant": (lambda x: np.einsum("ij,ij->ji", x, MATRIX), (3, 1)),
    "einsum broadcast ellipsis": (lambda x: np.einsum("...i,...i", x[:, None], SQUARE), s),
    "einsum broadcast twice": (lambda x: np.einsum("ij,jk,ij", x[:1, :1], x.T @ x, x), m),
    "vecdot": (lambda x: np.vecdot(x, MATRIX), m),
    "matvec": (lambda x: np.matvec(x, VECTOR), c),
    "vecmat": (lambda x: np.vecmat(x[0, 0], x), c),
    "convolve": (lambda x: np.convolve(x, [1.0, 2.0, -1.0, 0.5]), v),
    "convolve same": (lambda x: np.convolve(x.ravel(), x[0, :3], mode="same"), m),
    "convolve valid": (lambda x: np.convolve(x.ravel(), x[0], mode="valid"), m),
    "correlate": (lambda x: np.correlate(x.ravel(), x[0], mode="full"), m),
    "polyval": (lambda x: np.polyval(x[0], x[1]), m),
}
