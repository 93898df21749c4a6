"""Functions whose result does not change under a small change of the entries, or does not depend on them."""

from __future__ import annotations

import numpy as np

from jaclib.backprop.functions.adapters import describe
from jaclib.backprop.operations import ADAPTERS, PIECEWISE_CONSTANT, UFUNC_METHODS
from jaclib.backprop.tracing import strip

PIECEWISE_CONSTANT.update(
    {
        np.round,
        np.around,
        np.fix,
        np.argmax,
        np.argmin,
        np.argsort,
        np.argpartition,
        np.lexsort,
        np.nanargmax,
        np.nanargmin,
        np.array_equiv,
        np.isreal,
        np.iscomplex,
        np.diag_indices_from,
        np.argwhere,
        np.nonzero,
        np.flatnonzero,
        np.count_nonzero,
        np.searchsorted,
        np.digitize,
        np.any,
        np.all,
        np.allclose,
        np.isclose,
        np.array_equal,
        np.shape,
        np.ndim,
        np.size,
        np.zeros_like,
        np.ones_like,
        np.empty_like,
        np.result_type,
        np.iscomplexobj,
        np.isrealobj,
        np.isposinf,
        np.isneginf,
        np.tril_indices_from,
        np.triu_indices_from,
        np.imag,
        np.angle,
    }
)


def _text(function):
    def marked(x, *args, **options):
        return f"Traced({function(strip(x), *args, **options)})"

    describe(marked, function)
    ADAPTERS[function] = marked


# Text is marked as what it is, as str(x) is, so that no number can be read back from it.
for _function in (np.array_repr, np.array_str, np.array2string):
    _text(_function)

# np.add.reduce(x) and its like, as NumPy's own sums call them: axis 0 unless told.
UFUNC_METHODS.update(
    {
        (np.add, "reduce"): lambda x, axis=0, keepdims=False: np.sum(x, axis, keepdims=keepdims),
        (np.multiply, "reduce"): lambda x, axis=0, keepdims=False: np.prod(x, axis, keepdims=keepdims),
        (np.maximum, "reduce"): lambda x, axis=0, keepdims=False: np.max(x, axis, keepdims=keepdims),
        (np.minimum, "reduce"): lambda x, axis=0, keepdims=False: np.min(x, axis, keepdims=keepdims),
        (np.add, "accumulate"): lambda x, axis=0: np.cumsum(x, axis),
        (np.add, "outer"): lambda x, y: np.reshape(x, np.shape(x) + (1,) * np.ndim(y)) + y,
        (np.subtract, "outer"): lambda x, y: np.reshape(x, np.shape(x) + (1,) * np.ndim(y)) - y,
        (np.multiply, "outer"): lambda x, y: np.reshape(x, np.shape(x) + (1,) * np.ndim(y)) * y,
    }
)
