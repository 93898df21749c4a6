"""Python objects as answers: numbers, lists, NumPy arrays, SymPy expressions and matrices."""

from __future__ import annotations

import sys
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real

import numpy as np

from jaclib.backprop.tracing import Traced
from jaclib.exercises.numbers import MOST_ENTRIES, MP, Array, Number
from jaclib.exercises.reading.errors import Unreadable

__all__ = ["as_text", "from_object"]

_FLOAT_DIGITS = {2: 3, 4: 6, 8: 17, 16: 17}  # by bytes: digits that a float of this size stands for
MOST_DEPTH = 8


def as_text(raw) -> str | None:
    """Return what is to be parsed: a str, or a SymPy object written out; None for other objects."""
    if isinstance(raw, str):
        return str(raw)
    sympy = sys.modules.get("sympy")  # who passes a SymPy object has imported SymPy
    if sympy is not None and isinstance(raw, sympy.Basic | sympy.MatrixBase):
        if isinstance(raw, sympy.MatrixBase):
            return str(sympy.ImmutableMatrix(raw))
        return str(raw)
    return None


def from_object(raw, read_text):
    """Read a Python object; `read_text` reads the texts and SymPy objects in it."""
    from jaclib.exercises.reading.reader import Reading

    array = _array(raw, read_text, 0)
    return Reading(array, shown(raw))


def shown(raw) -> str:
    """Return a short text of an object."""
    text = (
        str(raw.tolist()) if isinstance(raw, np.ndarray) else str(raw) if isinstance(raw, Real | Decimal) else repr(raw)
    )
    return text if len(text) <= 200 else text[:199] + "…"


def _array(raw, read_text, depth: int) -> Array:
    if depth > MOST_DEPTH:
        raise Unreadable(f"The answer is nested more than {MOST_DEPTH} deep.")
    if as_text(raw) is not None:
        return read_text(raw)
    if isinstance(raw, Traced):
        raise Unreadable(
            "A traced value was passed, from inside a function that is being differentiated. Pass its result."
        )
    if isinstance(raw, np.ma.MaskedArray):
        raise Unreadable("A masked array leaves entries out. Convert it first: a.filled(value).")
    if isinstance(raw, np.ndarray) and raw.ndim:
        if raw.size > MOST_ENTRIES:
            raise Unreadable(f"The array has {raw.size} entries; at most {MOST_ENTRIES} are read.")
        if raw.dtype.kind in "OUS":
            return _array(raw.tolist(), read_text, depth + 1)
        return Array(raw.shape, tuple(map(_number, raw.flat)))
    if not isinstance(raw, np.ndarray | np.generic) and hasattr(type(raw), "__array__"):
        return _array(_converted(raw), read_text, depth + 1)
    if isinstance(raw, list | tuple | range):
        if len(raw) > MOST_ENTRIES:
            raise Unreadable(f"The list has {len(raw)} entries; at most {MOST_ENTRIES} are read.")
        rows = [_array(entry, read_text, depth + 1) for entry in raw]
        shapes = {row.shape for row in rows}
        if len(shapes) > 1:
            raise Unreadable(
                f"The rows or entries have different shapes: {sorted(shapes)}. Give every row the same length."
            )
        return Array((len(rows), *(rows[0].shape if rows else ())), tuple(e for row in rows for e in row.entries))
    return Array((), (_number(raw),))


def _number(raw) -> Number:
    """Read a single number."""
    if isinstance(raw, np.ndarray):
        raw = raw[()]
    if isinstance(raw, bool | np.bool_):
        raise Unreadable(f"{raw} is no number. A true-or-false value was passed; pass what it was computed from.")
    if isinstance(raw, Integral):
        value = int(raw)
        if value.bit_length() > 4000:
            raise Unreadable("This number is too large for an answer.")
        return Number(Fraction(value))
    if isinstance(raw, Fraction | Rational):
        return Number(Fraction(int(raw.numerator), int(raw.denominator)))
    if isinstance(raw, Decimal):
        return _decimal(raw)
    if isinstance(raw, Real):
        size = raw.dtype.itemsize if isinstance(raw, np.floating) else 8
        if not np.isfinite(raw):
            return Number(MP.mpf(float(raw)))
        return Number(Fraction(float(raw)), _FLOAT_DIGITS.get(size, 17))
    if isinstance(raw, complex | np.complexfloating):
        raise Unreadable("The answer is complex, and a real one is expected. Pass .real if the imaginary part is zero.")
    if callable(raw):
        raise Unreadable("A function was passed. Pass its value: f(x), not f.")
    raise Unreadable(
        f"An object of type {type(raw).__name__} cannot be read as an answer. Pass a number, a list or text."
    )


def _decimal(raw: Decimal) -> Number:
    if not raw.is_finite():
        return Number(MP.mpf(float(raw)))
    digits = len(raw.as_tuple().digits)
    if digits > 100 or abs(raw.adjusted()) > 400:
        raise Unreadable("This number is too long for an answer.")
    return Number(Fraction(raw), digits)


def _converted(raw) -> np.ndarray:
    """Return the array of another library as NumPy's."""
    try:
        return np.asarray(raw)
    except Exception:  # whatever the other library raises
        raise Unreadable(
            f"The numbers in this {type(raw).__name__} cannot be read. Convert it first: numpy.asarray(answer)."
        ) from None
