"""Checks at the boundary: what a caller hands over becomes real, finite floating-point data or a clear error.

Every public function validates here, so that the same mistake meets the same sentence everywhere. A message
says what was got, what was expected, and what to do.
"""

from __future__ import annotations

import math

import numpy as np

_FLOAT64 = np.dtype(np.float64)


def describe(value) -> str:
    """Name a value for an error message: its type, and its shape and dtype where it has them."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    text = repr(value)
    return f"{type(value).__name__} {text if len(text) <= 60 else text[:57] + '...'}"


def require_callable(where: str, f) -> None:
    """Raise `TypeError` unless `f` can be called; a common slip is to pass ``f(x)`` for ``f``."""
    if not callable(f):
        raise TypeError(
            f"{where}: expected a function, got {describe(f)}. Pass the function itself, not its value: f, not f(x)."
        )


def require_plain(where: str, value) -> None:
    """Raise `TypeError` for an array of a class of its own, whose operators or entries may mean something else.

    ``*`` of two `numpy.matrix` is their product, and a sum over a masked array leaves entries out.
    """
    kind = type(value)
    if kind is not np.ndarray and issubclass(kind, np.ndarray) and not issubclass(kind, np.memmap):
        raise TypeError(
            f"{where} is of class {kind.__name__}, expected a plain NumPy array: other classes give "
            "operators or entries a meaning of their own. Convert it with np.asarray(a) or, where it has a mask, "
            "a.filled(value)."
        )


def is_finite(array) -> bool:
    """Whether every entry is finite."""
    if not array.ndim:
        return math.isfinite(array)
    return 0 not in np.isfinite(array).tobytes()  # a third of the time of .all()


def is_ready(value) -> bool:
    """Whether `value` is what `real_array` would return unchanged, in the usual case: plain, float64 and finite."""
    return type(value) is np.ndarray and value.dtype is _FLOAT64 and is_finite(value)


def real_array(where: str, name: str, value) -> np.ndarray:
    """Return `value` as a real, finite float array (float32 and float64 are kept, integers become float64).

    No copy is made of an array that is already fit.

    Raises
    ------
    TypeError
        If `value` is complex, or not numeric at all, or an array of a class of its own.
    ValueError
        If an entry is nan or infinite, or the nesting is ragged.
    """
    if is_ready(value):
        return value
    require_plain(f"{where}: {name}", value)
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(
            f"{where}: {name} is not a rectangular array ({error}). Give every row the same length."
        ) from None
    kind = array.dtype.kind
    if kind == "c":
        raise TypeError(
            f"{where}: {name} is complex ({describe(value)}), expected real numbers. "
            "Split it into real and imaginary parts, or take .real if the imaginary part is zero."
        )
    if kind in "iub":
        array = array.astype(np.float64)
    elif kind != "f":
        raise TypeError(
            f"{where}: {name} is {describe(value)}, expected real numbers. Convert it to a float array first."
        )
    if not is_finite(array):
        raise ValueError(
            f"{where}: {name} has an entry that is nan or infinite, expected finite numbers. "
            "A derivative is defined only at a finite point."
        )
    return array
