"""What can be said of a wrong answer for which no mistake is known: signs, factors, order, single entries, size."""

from __future__ import annotations

from itertools import product

from jaclib.exercises.numbers import MP, Array, Fit, agree, fit

__all__ = ["expression_remark", "layout", "remark", "shape_remark"]

_SMALL = MP.mpf(5) / 1000  # for a remark, a decimal need not be right in all digits

# Factors that a slip leaves behind, and how to put them to the learner.
_FACTORS = {
    "a factor of 2": 2,
    "a factor of ½": MP.mpf(1) / 2,
    "a factor of 3": 3,
    "a factor of ⅓": MP.mpf(1) / 3,
    "a factor of 4": 4,
    "a factor of ¼": MP.mpf(1) / 4,
    "a factor of π": MP.pi,
    "a factor of 1/π": 1 / MP.pi,
    "a factor of 2π": 2 * MP.pi,
    "a factor of 1/(2π)": 1 / (2 * MP.pi),
}


def layout(value: Array, truth: Array) -> str | None:
    """Return what to say if the numbers are right and only their arrangement differs, else None."""
    if value.shape == truth.shape:
        if len(value.shape) == 2 and agree(value.transposed, truth) >= Fit.COARSE:
            return (
                "Your numbers are right, but rows and columns are exchanged. Give the transpose: rows are outputs, "
                "columns inputs."
            )
        return None
    if len(value.entries) != len(truth.entries):
        return None
    wanted = "a single number" if truth.shape == () else f"shape {truth.shape}"
    if agree(value.reshaped(*truth.shape), truth) >= Fit.COARSE:
        return f"Your numbers are right, but they have shape {value.shape}. Here {wanted} is asked for."
    if len(value.shape) == 2 and agree(value.transposed.reshaped(*truth.shape), truth) >= Fit.COARSE:
        return (
            f"Your numbers are right, but in the other layout, shape {value.shape}. Here {wanted} is asked for: "
            "rows are outputs, columns inputs."
        )
    return None


def remark(value: Array, truth: Array) -> str:
    """Return something true and useful about a wrong array of numbers."""
    if value.shape != truth.shape:
        return _shape_differs(value, truth)
    v, t = value.real, truth.real
    if any(MP.isnan(x) for x in v):
        return "Your answer is not a real number. Look for the root or the logarithm of something negative."
    if not all(map(MP.isfinite, v)):
        return "Your answer is infinite; the right one is finite. Look for a division by zero."
    for check in (_sign, _factor, _reciprocal, _order, _entries):
        found = check(value, truth, v, t)
        if found:
            return found
    return _size(v, t)


def _alike(a, b) -> bool:
    return abs(a - b) <= _SMALL * max(abs(a), abs(b))


def _sign(value, truth, v, t) -> str | None:
    if not any(t) or not all(_alike(abs(x), abs(y)) for x, y in zip(v, t, strict=True)):
        return None
    wrong = [i for i, (x, y) in enumerate(zip(v, t, strict=True)) if x * y < 0]
    if not wrong:
        return None
    if len(wrong) == sum(y != 0 for y in t):
        return (
            "The size is right, and the sign is not." if len(t) == 1 else "All sizes are right, and all signs are not."
        )
    return f"All sizes are right. Check the sign {_places(wrong, value.shape)}."


def _factor(value, truth, v, t) -> str | None:
    ratios = [x / y for x, y in zip(v, t, strict=True) if y != 0]
    if not ratios or any((x == 0) != (y == 0) for x, y in zip(v, t, strict=True)):
        return None
    if not all(_alike(ratio, ratios[0]) for ratio in ratios):
        return None
    for words, factor in _FACTORS.items():
        if _alike(abs(ratios[0]), factor):
            sign = "" if ratios[0] > 0 else " and the sign"
            return f"You are off by {words}{sign}. Which step brings it in?"
    if len(ratios) > 1 and not _alike(ratios[0], 1):
        return "All your entries are off by one common factor. Look for it in what all of them share."
    return None


def _reciprocal(value, truth, v, t) -> str | None:
    if all(x != 0 and y != 0 and _alike(x * y, 1) for x, y in zip(v, t, strict=True)):
        return "You have the reciprocal. Check which quantity is divided by which."
    return None


def _order(value, truth, v, t) -> str | None:
    if len(v) < 2:
        return None
    if all(_alike(x, y) for x, y in zip(sorted(v), sorted(t), strict=True)) and not all(map(_alike, v, t)):
        return "Your numbers are right, but their order is not. Which belongs to which output and which input?"
    return None


def _entries(value, truth, v, t) -> str | None:
    pairs = zip(value.entries, truth.entries, strict=True)
    wrong = [i for i, (x, y) in enumerate(pairs) if fit(x, y) < Fit.COARSE]
    right = len(v) - len(wrong)
    if len(v) < 2 or not right:
        return None
    if len(wrong) <= 2:
        return f"{_count(right, len(v))} right. Look again at the number {_places(wrong, value.shape)}."
    return f"{_count(right, len(v))} right. Work out one of the others alone, step by step."


def _size(v, t) -> str:
    if len(v) > 1:
        return "No entry is right yet. Work out one of them alone, the simplest, and compare."
    (x,), (y,) = v, t
    if x == 0:
        return "The answer is not zero. Do two contributions cancel that should not?"
    if y == 0 or x * y < 0:
        return "The sign or the size is off. Before you compute: should the answer be positive, negative or zero?"
    ratio = abs(x / y)
    if MP.mpf(9) / 10 <= ratio <= MP.mpf(10) / 9:
        return (
            "That is close, but not the number. Check the arithmetic, and compute with exact values as long as you can."
        )
    if MP.mpf(1) / 10 <= ratio <= 10:
        return f"The sign is right, and the size is of the right order, but too {'large' if ratio > 1 else 'small'}."
    return f"Your answer is more than ten times too {'large' if ratio > 1 else 'small'}. Make a rough estimate first."


def _shape_differs(value: Array, truth: Array) -> str:
    if truth.shape == ():
        return f"A single number is asked for; your answer has shape {value.shape}."
    if len(truth.shape) == 1 and len(value.shape) <= 1:
        n = len(value.entries)
        comma = " Write decimals with a point: a comma separates entries." if n > len(truth.entries) else ""
        return f"{len(truth.entries)} numbers are asked for; your answer has {n}.{comma}"
    return f"An answer of shape {truth.shape} is asked for; yours has shape {value.shape}."


def _count(right: int, all_: int) -> str:
    return f"{right} of {all_} entries {'is' if right == 1 else 'are'}"


def _places(indices: list[int], shape: tuple[int, ...]) -> str:
    """Name places in an array, counted from 1."""
    every = list(product(*map(range, shape)))
    names = [
        f"row {every[i][0] + 1}, column {every[i][1] + 1}" if len(shape) == 2 else f"{every[i][0] + 1}" for i in indices
    ]
    if len(shape) == 2:
        return "in " + " and ".join(names)
    return f"in {'place' if len(names) == 1 else 'places'} {' and '.join(names)}"


def shape_remark(value: Array, truth: Array) -> str:
    """Return something true about a wrong shape."""
    sizes = [1, 1]
    for i, array in enumerate((value, truth)):
        for entry in array.entries:
            sizes[i] *= entry.value
    n, m = len(value.entries), len(truth.entries)
    if n == m and sorted(e.value for e in value.entries) == sorted(e.value for e in truth.entries):
        return "The axes are right, but their order is not."
    if n != m:
        same = " The number of entries is right." if sizes[0] == sizes[1] else ""
        return f"The number of axes is not right.{same} Write the shape of the output, then that of the input."
    return f"The number of axes is right. Check each length: {_count(_equal(value, truth), m)} right."


def _equal(value: Array, truth: Array) -> int:
    return sum(a.value == b.value for a, b in zip(value.entries, truth.entries, strict=True))


def expression_remark(value: Array, truth: Array) -> str:
    """Return something true about a wrong formula, from its values at all points."""
    if value.shape != truth.shape:
        return "Your formula has another shape than the answer."
    v, t = value.real, truth.real
    if any(MP.isnan(x) and not MP.isnan(y) for x, y in zip(v, t, strict=True)):
        return "Your formula has no value at points where the answer has one."
    pairs = [(x, y) for x, y in zip(v, t, strict=True) if MP.isfinite(x) and MP.isfinite(y)]
    v, t = [x for x, _ in pairs], [y for _, y in pairs]
    if any(t) and all(_alike(x, -y) for x, y in pairs):
        return "The sign of your formula is wrong; the rest is right."
    found = _factor(value, truth, v, t) or _reciprocal(value, truth, v, t)
    if found:
        return found.replace("All your entries are", "Your formula is").replace(
            "what all of them share", "what every term shares"
        )
    if len({bool(_alike(x - y, v[0] - t[0])) for x, y in pairs}) == 1 and v[0] != t[0]:
        return "Your formula differs from the answer by a constant."
    some = sum(map(_alike, v, t))
    if some:
        return "Your formula is right at some points only. Test it at a negative value and at a large one."
    return "Put in simple numbers, such as 1 and 2, and compare with a small step of each variable."
