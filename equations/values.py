"""Arithmetic with numbers, SymPy expressions and arrays of either. A vector is a column, an array of shape (n, 1)."""

from __future__ import annotations

import math

import numpy as np
import sympy as sp


def is_exact(value):
    """Return whether a value holds SymPy expressions."""
    return isinstance(value, sp.Basic) or (isinstance(value, np.ndarray) and value.dtype == object)


def _elementwise(numeric, exact):
    def function(value):
        if isinstance(value, np.ndarray) and value.dtype == object:
            return np.vectorize(exact, otypes=[object])(value)
        return exact(value) if isinstance(value, sp.Basic) else numeric(value)

    return function


exp = _elementwise(np.exp, sp.exp)
log = _elementwise(np.log, sp.log)
sin = _elementwise(np.sin, sp.sin)
cos = _elementwise(np.cos, sp.cos)
tanh = _elementwise(np.tanh, sp.tanh)
sqrt = _elementwise(np.sqrt, sp.sqrt)


def column(*items):
    """Return a column of scalars."""
    exact = any(isinstance(item, sp.Basic) for item in items)
    return np.array([[item] for item in items], dtype=object if exact else float)


def det(matrix):
    """Return a determinant."""
    return sp.Matrix(matrix).det(method="berkowitz") if is_exact(matrix) else np.linalg.det(matrix)


def inverse(value):
    """Return a reciprocal or an inverse matrix."""
    if not isinstance(value, np.ndarray):
        return 1 / value
    return np.array(sp.Matrix(value).inv(), dtype=object) if is_exact(value) else np.linalg.inv(value)


def diag(*values):
    """Return the diagonal matrix of a column, or of scalars."""
    flat = np.concatenate([np.ravel(value) for value in values])
    return np.diag(flat)


def vec(matrix):
    """Return the rows of a matrix, one after the other, as a column."""
    return matrix.reshape(-1, 1)


def softmax(z):
    """Return the softmax of a column."""
    return exp(z) / np.sum(exp(z))


def scalar(value):
    """Return the only entry of a (1, 1) array, and anything else as it is."""
    return value[0, 0] if isinstance(value, np.ndarray) and value.shape == (1, 1) else value


def multiply(a, b):
    """Multiply as juxtaposition means it: a matrix product of arrays, a multiple otherwise."""
    a, b = scalar(a), scalar(b)
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return scalar(a @ b)
    return a * b


def dot(a, b):
    """Multiply with a centred dot: the inner product of two columns."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.shape == b.shape and a.shape[-1] == 1:
        return scalar(a.T @ b)
    return multiply(a, b)


def add(a, b):
    """Add values of equal shape, or a row to every row of a matrix."""
    a, b = scalar(a), scalar(b)
    shapes = [np.shape(value) for value in (a, b)]
    if () not in shapes and shapes[0] != shapes[1] and 1 not in map(len, shapes):
        raise ValueError(f"cannot add arrays of shapes {shapes[0]} and {shapes[1]}")
    return a + b


def power(base, exponent):
    """Raise a number, or each entry of a column; a matrix only to the power -1."""
    base = scalar(base)
    if isinstance(base, np.ndarray):
        if exponent == -1:
            return inverse(base)
        if base.shape[-1] != 1:
            raise ValueError(f"no power {exponent} of an array of shape {base.shape}")
    elif not is_exact(base) and not is_exact(exponent):
        base = float(base)
    return base**exponent


def transpose(value):
    """Swap rows and columns."""
    if np.ndim(value) != 2:
        raise ValueError(f"only a matrix or a column can be transposed, got shape {np.shape(value)}")
    return value.T


def norm(value):
    """Return the Euclidean norm of a column or the absolute value of a number."""
    if isinstance(value, np.ndarray) and is_exact(value):
        return sp.sqrt(sum(entry**2 for entry in value.flat))
    return float(np.linalg.norm(value)) if isinstance(value, np.ndarray) else abs(value)


def numeric(value):
    """Return a value without SymPy: floats, arrays of floats, and what is no number as it is."""
    if isinstance(value, tuple):
        value = np.array([[entry for entry in value]], dtype=object)
    if isinstance(value, sp.Basic):
        return math.nan if value is sp.nan else float(value)
    if isinstance(value, np.ndarray) and value.dtype == object:
        return value.astype(float)
    return value


def exact(value):
    """Return a value with SymPy's numbers instead of integers."""
    if isinstance(value, tuple):
        value = np.array([[entry for entry in value]], dtype=object)
    if isinstance(value, bool | np.bool_):
        return value
    if isinstance(value, int | np.integer):
        return sp.Integer(value)
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
        return np.vectorize(sp.Integer, otypes=[object])(value)
    return value


def same(a, b, rtol):
    """Return whether two numeric values agree; an entry that is NaN stands for any number."""
    a, b = numeric(scalar(a)), numeric(scalar(b))
    if np.shape(a) != np.shape(b) and not _is_plain_zero(a) and not _is_plain_zero(b):
        return False
    a, b = np.broadcast_arrays(a, b)
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    known = ~(np.isnan(a) | np.isnan(b)) if a.ndim else np.array(True)
    scale = max(1.0, np.max(np.abs(b[known]), initial=0.0))
    return bool(np.all(np.abs(a[known] - b[known]) <= rtol * scale))


def _is_plain_zero(value):
    """Return whether a value is the number 0, which stands for a zero vector too."""
    return np.ndim(value) == 0 and value == 0


def proved(a, b):
    """Return whether SymPy proves that two exact values are equal."""
    a, b = scalar(a), scalar(b)
    if np.shape(a) != np.shape(b):
        return False
    pairs = zip(np.ravel(np.array(a, dtype=object)), np.ravel(np.array(b, dtype=object)), strict=True)
    return all(sp.nan in (left, right) or _is_zero(sp.sympify(left) - sp.sympify(right)) for left, right in pairs)


def _is_zero(difference):
    return any(
        simplify(difference) == 0 for simplify in (sp.sympify, sp.expand, _numerator_in_exponentials, sp.simplify)
    )


def _numerator_in_exponentials(expression):
    """Return what must be 0, with exponentials only: this proves fast what `simplify` proves slowly."""
    return sp.expand(sp.together(expression.rewrite(sp.exp)).as_numer_denom()[0])
