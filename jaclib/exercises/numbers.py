"""Numbers and arrays of numbers as answers have them, and what it means for two to agree.

An exact number is a fraction, or a real number with 60 digits: two short expressions that agree to 45 digits are
equal. A decimal knows how many digits were written, for it counts as right when it is right in all of them.
"""

from __future__ import annotations

from enum import IntEnum
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import mpmath

__all__ = ["MP", "Array", "Fit", "Number", "agree", "close", "fit"]

MP = mpmath.MPContext()  # of our own: nobody else's precision changes
MP.dps = 60

MOST_ENTRIES = 1024  # of an array; no answer has more
ENOUGH_DIGITS = 3
FLOAT_DIGITS = 10  # more digits than these come from a computation in floating point, whose last ones are rounding
_FLOAT_ZERO, _TYPED_ZERO = MP.mpf(10) ** -9, MP.mpf(10) ** -12
_EQUAL = MP.mpf(10) ** -45
_DISTINCT = MP.mpf(1) / 100


class Number(NamedTuple):
    """A real number (or nan, or infinite): `fractions.Fraction` or mpf; `digits` were written if it is a decimal."""

    value: Fraction | mpmath.mpf
    digits: int | None = None

    @property
    def real(self):
        """The value with 60 digits."""
        return as_real(self.value)


class Array(NamedTuple):
    """Entries in row-major order with their shape; ``()`` is the shape of a single number.

    `column` marks a matrix of one column in a notation that has no other vectors.
    """

    shape: tuple[int, ...]
    entries: tuple[Number, ...]
    column: bool = False

    @property
    def real(self) -> list:
        """The entries with 60 digits."""
        return [entry.real for entry in self.entries]

    def reshaped(self, *shape: int) -> Array:
        """Return the same entries in another shape."""
        return Array(shape, self.entries)

    @property
    def transposed(self) -> Array:
        """The array with its axes in reverse order."""
        places = {index: i for i, index in enumerate(product(*map(range, self.shape)))}
        order = [places[index[::-1]] for index in product(*map(range, self.shape[::-1]))]
        return Array(self.shape[::-1], tuple(self.entries[i] for i in order))


class Fit(IntEnum):
    """How well an answer fits a value; in an array the worst entry counts."""

    NO = 0
    NEAR = 1  # agrees to three digits, and then differs
    CUT = 2  # a decimal cut off where it should be rounded
    COARSE = 3  # right in all digits, but these are too few
    SAME = 4


def as_real(value):
    """Return a fraction or an mpf as an mpf of 60 digits."""
    return MP.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else MP.mpf(value)


def fit(given: Number, truth: Number) -> Fit:
    """Return how well one number fits the true value."""
    if given.value == truth.value:
        return Fit.SAME
    if _far_apart(given, truth):
        return Fit.NO
    v, t = given.real, truth.real
    if not (MP.isfinite(v) and MP.isfinite(t)):
        return Fit.SAME if (MP.isnan(v) and MP.isnan(t)) or v == t else Fit.NO
    error, size = abs(v - t), max(abs(v), abs(t))
    if error <= _EQUAL * max(size, 1):
        return Fit.SAME
    if v == 0 or t == 0:
        rounding = given.digits is not None and error < (_FLOAT_ZERO if given.digits > FLOAT_DIGITS else _TYPED_ZERO)
        return Fit.SAME if t == 0 and rounding else Fit.NO
    if given.digits is not None:
        unit = MP.mpf(10) ** (_exponent(v) + 1 - min(given.digits, FLOAT_DIGITS))
        if error <= unit / 2 * (1 + _EQUAL):  # a tie may be rounded either way
            return Fit.SAME if given.digits >= ENOUGH_DIGITS else Fit.COARSE
        if error < unit and abs(v) < abs(t) and v * t > 0 and given.digits >= 2:
            return Fit.CUT
    return Fit.NEAR if error <= MP.mpf(10) ** (_exponent(t) + 1 - ENOUGH_DIGITS) / 2 else Fit.NO


def _far_apart(given: Number, truth: Number) -> bool:
    """Whether floats show that two numbers differ by more than any rounding of two digits, which is fast to see."""
    try:
        v, t = float(given.value), float(truth.value)
    except OverflowError:
        return False
    return v != 0 != t and (given.digits is None or given.digits > 1) and abs(v - t) > 0.2 * max(abs(v), abs(t))


def _exponent(v) -> int:
    """Return the power of ten of the leading digit."""
    exponent = int(MP.floor(MP.log10(abs(v))))
    return exponent + (abs(v) >= MP.mpf(10) ** (exponent + 1)) - (abs(v) < MP.mpf(10) ** exponent)


def agree(given: Array, truth: Array) -> Fit:
    """Return how well two arrays of one shape fit: as well as their worst entries; NO for other shapes."""
    if given.shape != truth.shape:
        return Fit.NO
    return min((fit(a, b) for a, b in zip(given.entries, truth.entries, strict=True)), default=Fit.SAME)


def close(a: Array, b: Array) -> bool:
    """Whether two values are too close to be told apart safely: within 1 % in every entry."""
    if a.shape != b.shape:
        return False
    for p, q in zip(a.real, b.real, strict=True):
        if (MP.isnan(p) and MP.isnan(q)) or p == q:
            continue
        if not (MP.isfinite(p) and MP.isfinite(q)) or abs(p - q) > _DISTINCT * max(abs(p), abs(q)):
            return False
    return True
