"""Sets of real numbers as answers: points and intervals, in a normal form."""

from __future__ import annotations

from typing import NamedTuple

from jaclib.exercises.numbers import MP, Array, Fit, Number, close, fit
from jaclib.exercises.reading.errors import Unreadable
from jaclib.exercises.reading.evaluate import evaluate
from jaclib.exercises.reading.tree import Binary, Bracket, Call, Chain, Constant, Name

__all__ = ["Piece", "RealSet", "evaluate_set"]


class Piece(NamedTuple):
    """An interval, or a point where both ends are one number."""

    low: Number
    low_closed: bool
    high: Number
    high_closed: bool

    @property
    def is_point(self) -> bool:
        """Whether it is a single number."""
        return fit(self.low, self.high) is Fit.SAME


class RealSet(NamedTuple):
    """A set of real numbers: pieces from left to right that do not touch."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, pieces) -> RealSet:
        """Sort pieces and join those that touch; empty ones are left out."""
        kept = [p for p in pieces if p.low.real < p.high.real or (p.is_point and p.low_closed and p.high_closed)]
        kept.sort(key=lambda p: (p.low.real, not p.low_closed))
        joined: list[Piece] = []
        for piece in kept:
            if joined and _touch(joined[-1], piece):
                joined[-1] = _join(joined[-1], piece)
            else:
                joined.append(piece)
        return cls(tuple(joined))

    @classmethod
    def points(cls, numbers) -> RealSet:
        """Return the set of these numbers."""
        return cls.of([Piece(n, True, n, True) for n in numbers])

    @property
    def ends(self) -> Array:
        """All ends, as an array."""
        numbers = tuple(end for p in self.pieces for end in (p.low, p.high))
        return Array((len(numbers),), numbers)

    @property
    def closed(self) -> tuple[bool, ...]:
        """Which of the ends belong to the set."""
        return tuple(closed for p in self.pieces for closed in (p.low_closed, p.high_closed))

    def is_close(self, other: RealSet) -> bool:
        """Whether the ends are too close to be told apart and belong to the sets alike."""
        return self.closed == other.closed and close(self.ends, other.ends)

    def contains(self, number: Number) -> bool:
        """Whether a number belongs to the set."""
        x = number.real
        return any(
            p.low.real < x < p.high.real or (x == p.low.real and p.low_closed) or (x == p.high.real and p.high_closed)
            for p in self.pieces
        )


def _touch(left: Piece, right: Piece) -> bool:
    same = fit(left.high, right.low) is Fit.SAME
    return (left.high.real > right.low.real and not same) or (same and (left.high_closed or right.low_closed))


def _join(left: Piece, right: Piece) -> Piece:
    if fit(left.high, right.high) is Fit.SAME:
        return left._replace(high_closed=left.high_closed or right.high_closed)
    return left if left.high.real > right.high.real else left._replace(high=right.high, high_closed=right.high_closed)


def evaluate_set(node) -> RealSet:
    """Return the set that a tree describes; a single number is the set of that number.

    Raises
    ------
    Unreadable
        If it is no set of real numbers.
    """
    match node:
        case Binary("union", left, right):
            return RealSet.of(evaluate_set(left).pieces + evaluate_set(right).pieces)
        case Constant("emptyset"):
            return RealSet(())
        case Constant("R"):
            return RealSet.of([Piece(Number(-MP.inf), False, Number(MP.inf), False)])
        case Chain():
            return _from_chain(node)
        case Bracket("{", _, ((Chain() as chain,),)):
            return _from_chain(chain)
        case Bracket("{"):
            return RealSet.points([_number(entry) for row in node.rows for entry in row])
        case Bracket(opening, closing, ((low, high),)):
            return _interval(_number(low), _number(high), opening == "[", closing == "]", node.position)
        case Bracket("[", "]", ((point,),)):
            return RealSet.points([_number(point)])
        case Call(("interval" | "interval_open" | "interval_Lopen" | "interval_Ropen") as name, arguments):
            if len(arguments) != 2:
                raise Unreadable("Interval takes two ends: Interval(0, 1).", position=node.position)
            low, high = map(_number, arguments)
            left = name in ("interval", "interval_Ropen")
            return _interval(low, high, left, name in ("interval", "interval_Lopen"), node.position)
        case Call("points", arguments):
            if len(arguments) == 1 and isinstance(arguments[0], Bracket):  # set([0, 1])
                arguments = arguments[0].entries
            return RealSet.points(map(_number, arguments))
        case Call("union", arguments):
            return RealSet.of([piece for argument in arguments for piece in evaluate_set(argument).pieces])
        case Bracket():
            raise Unreadable(
                "This is no set. An interval has two ends: [0, 1]. Single numbers stand in braces: {0, 1}.",
                position=node.position,
            )
    return RealSet.points([_number(node)])


def _number(node) -> Number:
    array = evaluate(node, {})
    if array.shape != ():
        raise Unreadable("A number is expected here.", position=getattr(node, "position", None))
    return array.entries[0]


def _interval(low: Number, high: Number, left: bool, right: bool, position: int) -> RealSet:
    if low.real > high.real:
        raise Unreadable("The ends of an interval stand from left to right: the smaller one first.", position=position)
    finite = [bool(MP.isfinite(end.real)) for end in (low, high)]
    return RealSet.of([Piece(low, left and finite[0], high, right and finite[1])])


def _from_chain(node: Chain) -> RealSet:
    """Read 0 <= s <= 1, s >= 0, 1 > s."""
    places = [i for i, operand in enumerate(node.operands) if isinstance(operand, Name)]
    rising = all(operator in ("<", "<=") for operator in node.operators)
    falling = all(operator in (">", ">=") for operator in node.operators)
    if (
        len(places) != 1
        or len(node.operands) > 3
        or not (rising or falling)
        or (len(node.operands) == 3 and places != [1])
    ):
        raise Unreadable(
            "Comparisons are read in a row, with the element between: 0 <= s <= 1.", position=node.position
        )
    (place,) = places
    low, high = (Number(-MP.inf), False), (Number(MP.inf), False)
    for i, operator in enumerate(node.operators):
        end = (_number(node.operands[i if i < place else i + 1]), "=" in operator)
        if (i < place) == rising:
            low = end
        else:
            high = end
    return _interval(low[0], high[0], low[1], high[1], node.position)
