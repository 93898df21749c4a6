"""Choosing between arrays, joining them, and operators that broadcast."""

import numpy as np

from numpy_functions.points import MASK, MATRIX, VECTOR, k, m, s, v

# name: (function, shape of its argument)
CASES = {
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
    "choose": (lambda x: np.choose([0, 2, 1], [x, x**2, VECTOR]), v),
    "choose, wrapped": (lambda x: np.choose([[4], [2], [1]], [x, x**2, MATRIX[0, 0]], mode="wrap"), (3, 4)),
    "bincount": (lambda x: np.bincount([2, 0, 2], x**2, minlength=5), v),
    "clip method of a constant": (lambda x: MATRIX.clip(x.min(), x[0, 0] + 1), m),
    "meshgrid": (lambda x: np.stack(np.meshgrid(x, x**2)), v),
    "broadcast_arrays": (lambda x: np.broadcast_arrays(x, MATRIX.T)[0], v),
    "linspace, its step": (lambda x: np.linspace(x[0], x[1], 5, retstep=True)[1], v),
    "linspace without the end": (lambda x: np.linspace(x[0], x[1], 5, endpoint=False), v),
    "logspace": (lambda x: np.logspace(x[0], x[1:], 4, base=2.5), v),
    "logspace of a traced base": (lambda x: np.logspace(0.5, x[0], 3, base=3 + x[1]), v),
    "geomspace": (lambda x: np.geomspace(x[0] ** 2 + 1, x[1] ** 2 + 3, 5), v),
    "geomspace of negative ends": (lambda x: np.geomspace(-1 - x**2, -5.0, 3, endpoint=False), v),
    "linspace": (lambda x: np.linspace(x, x**2, 4), v),
    "tril": (np.tril, s),
    "triu": (lambda x: np.triu(x, 1), m),
    "diag": (lambda x: np.diag(x, 1), v),
    "diag of matrix": (np.diag, s),
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
