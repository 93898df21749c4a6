"""The functions of a number that answers may use, each with the numbers it is defined for."""

from __future__ import annotations

from fractions import Fraction

from jaclib.exercises.numbers import MP, Number
from jaclib.exercises.reading.errors import Unreadable

__all__ = ["SCALAR", "power"]

_LARGEST = 10**6  # arguments beyond this do not occur in an answer
_MOST_BITS = 4000


def _sized(position: int, x):
    if MP.isfinite(x) and abs(x) > _LARGEST:
        raise Unreadable("This number is too large for an answer.", position=position)
    return x


def _function(f, inside=lambda x: True):
    """Return f for one number; outside its domain the value is nan."""

    def compute(position: int, number: Number) -> Number:
        x = _sized(position, number.real)
        return Number(f(x) if MP.isnan(x) or inside(x) else MP.nan, number.digits)

    return 1, 1, compute


def _logarithm(position: int, number: Number, base: Number | None = None) -> Number:
    x, b = number.real, None if base is None else base.real
    if x == 0 or (b is not None and b in (0, 1)):
        raise Unreadable("This logarithm is not defined.", position=position)
    if x < 0 or (b is not None and b < 0):
        return Number(MP.nan)
    return Number(MP.log(x) if b is None else MP.log(x) / MP.log(b), number.digits)


def _root(position: int, number: Number, degree: Number) -> Number:
    if degree.value == 0:
        raise Unreadable("There is no root of degree 0.", position=position)
    return power(number, Number(1 / degree.value), position)


def _fraction(position: int, above: Number, below: Number | None = None) -> Number:
    if below is None:
        return above
    if below.value == 0:
        raise Unreadable("This divides by zero.", position=position)
    if isinstance(above.value, Fraction) and isinstance(below.value, Fraction):
        return Number(above.value / below.value)
    return Number(above.real / below.real)


def power(base: Number, exponent: Number, position: int) -> Number:
    """Return a power: exact for whole exponents, refused before it grows too large to be computed."""
    x, y = base.value, exponent.value
    digits = base.digits
    if isinstance(y, Fraction) and y.denominator == 1 and isinstance(x, Fraction):
        if x == 0 and y < 0:
            raise Unreadable("This divides by zero.", position=position)
        bits = max(x.numerator.bit_length(), x.denominator.bit_length())
        if abs(y) * bits > _MOST_BITS and abs(x) not in (0, 1):
            raise Unreadable("This number is too large for an answer.", position=position)
        return Number(x ** int(y % 2 if abs(x) == 1 else y), digits)
    a, b = base.real, exponent.real
    if not (MP.isfinite(a) and MP.isfinite(b)):
        return Number(MP.nan)
    if a == 0:
        if b <= 0:
            raise Unreadable("This divides by zero.", position=position)
        return Number(MP.zero)
    if abs(b * MP.log(abs(a))) > _MOST_BITS:
        raise Unreadable("This number is too large for an answer.", position=position)
    if a < 0 and b != int(b):
        if isinstance(y, Fraction) and y.denominator % 2:
            raise Unreadable(
                "A root of a negative number: write it as -(…)^(…), with the minus outside.", position=position
            )
        return Number(MP.nan)
    return Number(MP.power(a, int(b) if b == int(b) else b), digits)


# Least and most number of arguments, and what computes.
SCALAR = {
    "ln": (1, 2, _logarithm),
    "log10": _function(MP.log10, lambda x: x > 0),
    "log2": _function(lambda x: MP.log(x) / MP.log(2), lambda x: x > 0),
    "exp": (1, 1, lambda position, x: power(Number(MP.exp(1), x.digits), x, position)),
    "sqrt": (1, 1, lambda position, x: power(x, Number(Fraction(1, 2)), position)),
    "cbrt": _function(lambda x: MP.sign(x) * MP.cbrt(abs(x))),
    "root": (2, 2, _root),
    "abs": (1, 1, lambda position, x: Number(abs(x.value), x.digits)),
    "sin": _function(MP.sin),
    "cos": _function(MP.cos),
    "tan": _function(MP.tan),
    "sinh": _function(MP.sinh, lambda x: abs(x) < 1000),
    "cosh": _function(MP.cosh, lambda x: abs(x) < 1000),
    "tanh": _function(lambda x: MP.tanh(x) if abs(x) < 1000 else MP.sign(x)),
    "asin": _function(MP.asin, lambda x: abs(x) <= 1),
    "acos": _function(MP.acos, lambda x: abs(x) <= 1),
    "atan": _function(MP.atan),
    "sigmoid": _function(lambda x: 1 / (1 + MP.exp(-x)), lambda x: abs(x) < 1000),
    "erf": _function(lambda x: MP.erf(x) if abs(x) < 100 else MP.sign(x)),
    "fraction": (1, 2, _fraction),
    "same": (1, 1, lambda position, x: x),
}
