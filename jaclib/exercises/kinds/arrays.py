"""Numbers, vectors, matrices, shapes and expressions: all are arrays of numbers that differ in what is expected."""

from __future__ import annotations

import re
from fractions import Fraction

import sympy

from jaclib.exercises import feedback
from jaclib.exercises.kinds.base import Kind
from jaclib.exercises.numbers import FLOAT_DIGITS, MP, Array, Fit, Number, agree, close
from jaclib.exercises.reading import Reading, Unreadable, read_array
from jaclib.exercises.reading.evaluate import evaluate
from jaclib.exercises.reading.objects import as_text
from jaclib.exercises.reading.reader import read_tree

__all__ = ["Expressions", "Matrices", "Numbers", "Shapes", "Vectors", "exact_array"]

_COMMA = re.compile(r"\s*[-−+]?\d+,\d+\s*")
_POINTS = 6  # at which expressions are compared


def exact_number(value) -> Number:
    """Return a number of the bank with 60 digits; one that is not real is nan."""
    value = sympy.sympify(value)
    if value.is_Rational:
        return Number(Fraction(int(value.p), int(value.q)))
    if value.has(sympy.zoo) or value is sympy.nan:
        return Number(MP.nan)
    value = value.evalf(MP.dps)
    if value.is_Rational:
        return Number(Fraction(int(value.p), int(value.q)))
    if value.is_Float:
        return Number(MP.make_mpf(value._mpf_))
    if value in (sympy.oo, -sympy.oo):
        return Number(MP.inf if value > 0 else -MP.inf)
    return Number(MP.nan)


def exact_array(raw) -> Array:
    """Return a number, a SymPy matrix or a tuple of numbers as an array."""
    if isinstance(raw, sympy.MatrixBase):
        return Array(raw.shape, tuple(map(exact_number, raw)), column=raw.shape[1] == 1)
    if isinstance(raw, tuple | list):
        return Array((len(raw),), tuple(map(exact_number, raw)))
    return Array((), (exact_number(raw),))


class _Arrays(Kind):
    """What the kinds of this module share."""

    several = False

    def read(self, raw, task) -> Reading:
        """Read text or an object; names of the exercise stand for its given values."""
        names = {name: exact_array(getattr(task.given, name)) for name in task.exercise.names}
        reading = read_array(raw, names, several=self.several)
        return reading._replace(value=self.arranged(reading.value))

    def arranged(self, array: Array) -> Array:
        """Return the array in the shape that its notation means."""
        return array

    def truth(self, raw, task) -> Array:
        """Return the array of what the bank computed."""
        return self.arranged(exact_array(raw))

    def fit(self, value: Array, truth: Array, task) -> Fit:
        """Compare entry by entry."""
        return agree(value, truth)

    def close(self, a: Array, b: Array, task) -> bool:
        """Compare within one percent."""
        return close(a, b)

    def layout(self, value: Array, truth: Array, task) -> str | None:
        """Recognise the transpose, and the same numbers in another shape."""
        return feedback.layout(value, truth)

    def remark(self, value: Array, truth: Array, task) -> str:
        """Look for a sign, a factor, an order, single entries, a size."""
        return feedback.remark(value, truth)


class Numbers(_Arrays):
    """A single number."""

    def asks(self, task) -> str:
        """Name the forms."""
        return "a number: exact, such as 5/7, 6*pi or (2 - e^-3)/4, or a decimal with three or more significant digits"

    def read(self, raw, task) -> Reading:
        """Read a number; ask what a comma means."""
        if isinstance(raw, str) and _COMMA.fullmatch(raw):
            raise Unreadable("Write decimals with a point, and no comma between thousands.", raw, raw.index(","))
        return super().read(raw, task)


class Vectors(_Arrays):
    """A vector: numbers in a row."""

    several = True

    def asks(self, task) -> str:
        """Name the forms."""
        return f"{len(task.answer.entries)} numbers, such as (5/7, -2) or [0.714, -2]"

    def arranged(self, array: Array) -> Array:
        """Take a matrix of one column, in a notation that has no other vectors, as a vector."""
        return array.reshaped(len(array.entries)) if array.column else array


class Matrices(_Arrays):
    """A matrix, row by row."""

    several = True

    def asks(self, task) -> str:
        """Name the forms."""
        names = f", or with {' and '.join(task.exercise.names)} by name" if task.exercise.names else ""
        return f"a matrix, row by row: [[1, 2], [3, 4]] or 1 2; 3 4{names}"


class Shapes(_Arrays):
    """The shape of an array: whole numbers."""

    several = True
    _TIMES = re.compile(r"(?<=\d)\s*(?:[x×]|\\times\b)\s*(?=\d)")

    def asks(self, task) -> str:
        """Name the forms."""
        return "a shape, such as (5, 4) or 5 x 4"

    def read(self, raw, task) -> Reading:
        """Read whole numbers; a single one is the shape of a vector."""
        text = self._TIMES.sub(lambda times: ",".ljust(len(times[0])), raw) if isinstance(raw, str) else raw
        try:
            reading = super().read(text, task)
        except Unreadable as error:
            raise error.at(raw) if error.text is not None else error from None
        array = reading.value
        if len(array.shape) > 1 or any(not _is_length(entry) for entry in array.entries):
            raise Unreadable("A shape has whole numbers, one for each axis: (5, 4).")
        return reading._replace(value=array.reshaped(len(array.entries)))

    def layout(self, value: Array, truth: Array, task) -> str | None:
        """There is no other layout of a shape."""
        return None

    def remark(self, value: Array, truth: Array, task) -> str:
        """Say whether the number of axes is right, and whether the number of entries is."""
        return feedback.shape_remark(value, truth)


def _is_length(number: Number) -> bool:
    return isinstance(number.value, Fraction) and number.value.denominator == 1 and number.value >= 0


class Expressions(_Arrays):
    """A formula in free variables, compared at several points; the first axis of its value counts the points."""

    def asks(self, task) -> str:
        """Name the forms."""
        first, last = task.exercise.variables[0], task.exercise.variables[-1]
        return f"a formula in {', '.join(task.exercise.variables)}, such as 3*{first} + exp({last})"

    def points(self, task) -> list[dict[str, Fraction]]:
        """Return fixed points, half of them positive; no coordinate is a whole number or equals another."""
        return [
            {
                name: Fraction(10 * i + 3 * j + 7, 29) * (-1 if i >= _POINTS // 2 and (i + j) % 2 else 1)
                for j, name in enumerate(task.exercise.variables)
            }
            for i in range(_POINTS)
        ]

    def read(self, raw, task) -> Reading:
        """Read a formula and evaluate it at the points."""
        text = as_text(raw)
        if text is None:
            text = str(raw) if isinstance(raw, int | Fraction) else raw
        if not isinstance(text, str):
            raise Unreadable(f"A formula is expected, as text or as a SymPy expression, not {type(raw).__name__}.")
        tree, shown = read_tree(text, names=(*task.exercise.variables, *task.exercise.names))
        given = {name: exact_array(getattr(task.given, name)) for name in task.exercise.names}
        values = []
        for point in self.points(task):
            values.append(_at(tree, text, given | {name: Array((), (Number(x),)) for name, x in point.items()}))
        if len({value.shape for value in values}) > 1:
            raise Unreadable("This formula has no fixed shape.")
        entries = tuple(_without_short_decimals(entry) for value in values for entry in value.entries)
        return Reading(Array((len(values), *values[0].shape), entries), shown, tree)

    def truth(self, raw, task) -> Array:
        """Evaluate what the bank computed at the points."""
        symbols = {s.name: s for s in sympy.sympify(raw).free_symbols}
        unknown = symbols.keys() - set(task.exercise.variables)
        if unknown:
            raise ValueError(
                f"{task.exercise.id}: the answer has {sorted(unknown)}, which are not among its variables."
            )
        values = []
        for point in self.points(task):
            at = {symbols[n]: sympy.Rational(x.numerator, x.denominator) for n, x in point.items() if n in symbols}
            values.append(exact_array(sympy.sympify(raw).subs(at)))
        entries = tuple(entry for value in values for entry in value.entries)
        return Array((len(values), *values[0].shape), entries)

    def layout(self, value: Array, truth: Array, task) -> str | None:
        """Formulas in another layout are not told apart."""
        return None

    def remark(self, value: Array, truth: Array, task) -> str:
        """Look for a sign, a factor or a reciprocal that is the same at all points."""
        return feedback.expression_remark(value, truth)


def _at(tree, text: str, values) -> Array:
    """Evaluate at one point; where the formula has no value there it is nan."""
    try:
        return evaluate(tree, values)
    except Unreadable as error:
        if "zero" in error.message:
            return Array((), (Number(MP.nan),))
        raise error.at(text) from None


def _without_short_decimals(number: Number) -> Number:
    """Take decimals in a formula as exact, unless they have so many digits that they come from a computation."""
    return number if (number.digits or 0) > FLOAT_DIGITS else Number(number.value)
