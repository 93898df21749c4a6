"""What functions return: comparing and showing it."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from jaclib.exercises.numbers import MP, Array, Number

__all__ = ["Raised", "alike", "as_array", "describe", "errors_alike", "numeric"]

_SHORT = 300


class Raised(NamedTuple):
    """An exception in place of a result; `slow` says that the time was up."""

    kind: str
    message: str
    line: int | None = None
    slow: bool = False


def _parts(value):
    """Return the parts of a container in order, or None for a single result."""
    if isinstance(value, dict):
        return [value[key] for key in sorted(value, key=str)]
    return list(value) if isinstance(value, tuple | list) else None


def numeric(value) -> np.ndarray | None:
    """Return a result as an array of floats, or None if it is none."""
    try:
        array = np.asarray(value)
        return array.astype(float) if array.dtype.kind in "fiub" else None
    except (TypeError, ValueError, RuntimeError):
        return None


def alike(got, expect, allowed) -> bool:
    """Whether a result has the form of the expected one and every entry is near enough.

    `allowed` is a function of the expected entries that returns the largest error of each.
    """
    if isinstance(got, Raised) or isinstance(expect, Raised):
        return isinstance(got, Raised) and isinstance(expect, Raised) and got.kind == expect.kind
    if isinstance(expect, dict) and (not isinstance(got, dict) or got.keys() != expect.keys()):
        return False
    wanted = _parts(expect) if isinstance(expect, dict | tuple) else None
    if wanted is not None:
        parts = _parts(got) if not isinstance(got, np.ndarray) else list(got)
        return parts is not None and len(parts) == len(wanted) and all(map(_with(allowed), parts, wanted))
    a, b = numeric(got), numeric(expect)
    if a is None or b is None or a.shape != b.shape:
        return False
    with np.errstate(invalid="ignore"):
        return bool(np.all((np.abs(a - b) <= allowed(b)) | (a == b) | np.isnan(a) & np.isnan(b)))


def _with(allowed):
    return lambda got, expect: alike(got, expect, allowed)


def errors_alike(got, wrong, expect, within: float) -> bool:
    """Whether a result is off in the way of a known wrong one: by the same error, to a fiftieth of it."""
    if isinstance(wrong, Raised) or isinstance(got, Raised):
        return alike(got, wrong, None)
    parts = [_parts(x) for x in (got, wrong, expect)]
    if parts[1] is not None and all(p is not None and len(p) == len(parts[1]) for p in parts):
        return all(errors_alike(g, w, e, within) for g, w, e in zip(*parts, strict=True))
    w, e = numeric(wrong), numeric(expect)
    if w is None or e is None:
        return alike(got, wrong, lambda size: within)
    error = np.abs(w - e) / 50 if w.shape == e.shape else np.zeros(w.shape)
    return alike(got, wrong, lambda size: np.maximum(within * np.maximum(1, np.abs(size)), error))


def describe(value) -> str:
    """Return a short text of a result."""
    if isinstance(value, Raised):
        if value.slow:
            return "no result in the time allowed"
        where = f", in line {value.line}" if value.line else ""
        return f"{value.kind}: {value.message}{where}"
    if isinstance(value, dict):
        text = "{" + ", ".join(f"{key!r}: {describe(part)}" for key, part in value.items()) + "}"
    elif isinstance(value, tuple | list):
        opening, closing = "()" if isinstance(value, tuple) else "[]"
        comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
        text = opening + ", ".join(map(describe, value)) + comma + closing
    elif (array := numeric(value)) is not None and not isinstance(value, bool):
        text = np.array2string(array, precision=10, separator=", ", threshold=20) if array.ndim else f"{array[()]:.10g}"
        text = f"array({text})" if array.ndim else text
    else:
        text = repr(value)
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def as_array(value) -> Array | None:
    """Return a result as an array that `feedback` can look at, or None."""
    array = numeric(value)
    if array is None or array.size > 1000:
        return None
    entries = (Number(Fraction(x) if np.isfinite(x) else MP.mpf(x), 17) for x in map(float, array.flat))
    return Array(array.shape, tuple(entries))
