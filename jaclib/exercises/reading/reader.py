"""The front door of the reader: text or a Python object becomes an array of numbers, or a set."""

from __future__ import annotations

from typing import NamedTuple

from jaclib.exercises.numbers import Array, Number
from jaclib.exercises.reading.errors import Unreadable
from jaclib.exercises.reading.evaluate import evaluate
from jaclib.exercises.reading.objects import as_text, from_object, shown
from jaclib.exercises.reading.parser import parse
from jaclib.exercises.reading.sets import Piece, RealSet, evaluate_set
from jaclib.exercises.reading.tree import Literal, Negative, show

__all__ = ["Reading", "read_array", "read_set", "read_tree"]

_SHORT = 200  # characters up to which an answer is shown as it was read
_WHOLE_DIGITS = 3  # a whole number of so many digits may be a rounded one


class Reading(NamedTuple):
    """What an answer was read as, how to show it, and the tree of a text."""

    value: object
    shown: str
    tree: object = None


def read_tree(text: str, **options):
    """Return the tree of a text, and how to show it; `options` go to `parse`."""
    tree = parse(text, **options)
    return tree, show(tree) if len(text) <= _SHORT else text


def read_array(raw, values=None, *, several: bool = False) -> Reading:
    """Read text or a Python object as an array of numbers.

    Parameters
    ----------
    raw : object
        Text, a number, a list, a NumPy array, a SymPy expression or matrix, …
    values : mapping of str to Array, optional
        The names that may be used, with their values.
    several : bool, optional
        Whether more than one number is expected.

    Raises
    ------
    Unreadable
        If it cannot be read.
    """
    text = as_text(raw)
    if text is None:
        return from_object(raw, lambda entry: read_array(entry, values).value)
    values = {} if values is None else values
    tree, seen = read_tree(text, names=tuple(values), several=several)
    try:
        return Reading(_rounded(tree, evaluate(tree, values)), seen, tree)
    except Unreadable as error:
        raise error.at(text) from None


def _rounded(tree, array: Array) -> Array:
    """Let whole numbers of three digits and more count as decimals too: 201 may be a rounded 201.06."""
    if array.shape == ():
        inner = tree.operand if isinstance(tree, Negative) else tree
        if isinstance(inner, Literal) and not inner.decimal and (inner.digits or 0) >= _WHOLE_DIGITS:
            return Array((), (Number(array.entries[0].value, inner.digits),))
    return array


_ELEMENTS = (*"abcdfghklmnopqrstuvwxyz", "alpha", "beta", "gamma", "theta", "lambda", "xi")  # names of a set's element


def read_set(raw) -> Reading:
    """Read text or a Python object as a set of real numbers; a list of two numbers is a closed interval.

    Raises
    ------
    Unreadable
        If it cannot be read.
    """
    text = as_text(raw)
    if text is not None:
        tree, seen = read_tree(text, names=_ELEMENTS, intervals=True)
        try:
            return Reading(evaluate_set(tree), seen, tree)
        except Unreadable as error:
            raise error.at(text) from None
    if isinstance(raw, set | frozenset):
        return Reading(RealSet.points([_one(entry) for entry in raw]), shown(raw) if raw else "∅")
    if isinstance(raw, list | tuple) and len(raw) == 2:
        low, high = map(_one, raw)
        closed = isinstance(raw, list)
        if low.real > high.real:
            raise Unreadable("The ends of an interval stand from left to right: the smaller one first.")
        return Reading(RealSet.of([Piece(low, closed, high, closed)]), shown(raw))
    return Reading(RealSet.points([_one(raw)]), shown(raw))


def _one(raw) -> Number:
    """Read a single number."""
    array = read_array(raw).value
    if len(array.entries) != 1:
        raise Unreadable("A number is expected as an end of the interval or an element of the set.")
    return array.entries[0]
