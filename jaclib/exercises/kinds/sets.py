"""Sets of real numbers."""

from __future__ import annotations

import sympy

from jaclib.exercises.kinds.arrays import exact_number
from jaclib.exercises.kinds.base import Kind
from jaclib.exercises.numbers import Fit, agree
from jaclib.exercises.reading import Reading, read_set
from jaclib.exercises.reading.sets import Piece, RealSet

__all__ = ["Sets"]


def _pieces(raw) -> list[Piece]:
    """Return the pieces of a SymPy set."""
    if isinstance(raw, sympy.Union):
        return [piece for part in raw.args for piece in _pieces(part)]
    if isinstance(raw, sympy.Interval):
        return [Piece(exact_number(raw.start), not raw.left_open, exact_number(raw.end), not raw.right_open)]
    if isinstance(raw, sympy.FiniteSet):
        return [Piece(exact_number(x), True, exact_number(x), True) for x in raw]
    if raw is sympy.EmptySet:
        return []
    raise TypeError(f"an answer of kind set is {raw!r}, expected a SymPy Interval, FiniteSet or Union.")


class Sets(Kind):
    """An interval, single numbers, or a union of such."""

    def asks(self, task) -> str:
        """Name the forms."""
        return "a set: an interval such as [2, 3) or 2 <= s < 3, or single numbers such as {2, 3}"

    def read(self, raw, task) -> Reading:
        """Read a set; a single number is the set of that number."""
        return read_set(raw)

    def truth(self, raw, task) -> RealSet:
        """Return the set that the bank computed."""
        return RealSet.of(_pieces(raw))

    def fit(self, value: RealSet, truth: RealSet, task) -> Fit:
        """Compare the ends, and which of them belong to the set."""
        return agree(value.ends, truth.ends) if value.closed == truth.closed else Fit.NO

    def close(self, a: RealSet, b: RealSet, task) -> bool:
        """Compare within one percent."""
        return a.is_close(b)

    def remark(self, value: RealSet, truth: RealSet, task) -> str:
        """Say what is right: the ends, or that the numbers given belong to the set."""
        if not value.pieces:
            return "Your set is empty. Can you find one number that belongs to it?"
        if agree(value.ends, truth.ends) is Fit.SAME:
            return "The ends are right. Check for each of them whether it belongs to the set."
        if all(piece.is_point and truth.contains(piece.low) for piece in value.pieces):
            return "What you give belongs to the set, but there is more in it."
        if all(piece.is_point for piece in value.pieces) and len(value.pieces) > 1:
            return "Put each of your numbers to the test: which of them meet the condition?"
        if any(piece.is_point for piece in value.pieces) and len(value.pieces) == 1:
            return "A single number is not the set that is asked for. Put it to the test: does it meet the condition?"
        return "Test the ends of your set, and a number on either side of each: which of them meet the condition?"
