"""The given values of an exercise: exact numbers with names, ready for calculation."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import sympy

__all__ = ["Given", "exact"]


class Given(SimpleNamespace):
    """Given and derived values by name: ``g.x``. `derive` adds to it; templates, answers and mistakes read it."""


def exact(value):
    """Return `value` as an exact SymPy object; a list is a column vector, a list of lists a matrix.

    So ``g.x / 2`` is a fraction, never a float, and ``g.A * g.x`` is the matrix product.

    Raises
    ------
    TypeError
        If a number is a float: its exact value is not what was meant.

    Examples
    --------
    >>> exact(3) / 64
    3/64
    >>> exact([[1, 2], [0, -1]]) * exact([1, 1])
    Matrix([
    [ 3],
    [-1]])
    """
    if isinstance(value, float):
        raise TypeError(
            f"a given value is the float {value!r}, expected an exact number. Write Fraction(1, 10) for 0.1."
        )
    if isinstance(value, bool | str) or callable(value):
        return value
    if isinstance(value, int):
        return sympy.Integer(value)
    if isinstance(value, Fraction):
        return sympy.Rational(value.numerator, value.denominator)
    if isinstance(value, list | tuple):
        return sympy.ImmutableMatrix([exact_row(row) for row in value])
    return value


def exact_row(value):
    """Return a row of a matrix, or an entry of a vector."""
    return [exact(entry) for entry in value] if isinstance(value, list | tuple) else exact(value)
