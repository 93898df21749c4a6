"""A partition of the box into cells, and what the rule found in each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jaclib.cubature._rules import CAUTION

EPS = float(np.finfo(float).eps)
# Bounds the factor 1/(1 − q) by which the error of a slowly converging cell is raised.
SLOWEST = 0.95
# The q that cells begin with, before it is known.
FIRST_RATE = 0.5
# The part of a parent's error that its children may keep unseen, where the parent was rough; to a power for
# descendants.
INHERITED = 0.2


class Cells:
    """Cells of a box in n dimensions: one row of numbers each, so that all are chosen and joined together.

    Parameters
    ----------
    rows : ndarray, shape (cells, Cells.width(n, groups))
    n : int

    Attributes
    ----------
    centre, half : ndarray, shape (cells, n)
        Where the cell is, and its half-widths.
    along : ndarray, shape (cells, n)
        How much each axis contributes to the error.
    value, error : ndarray, shape (cells,)
        The integral over the cell, and the estimate of its error.
    magnitude : ndarray, shape (cells,)
        The integral of the absolute value.
    raw, rough : ndarray, shape (cells,)
        What the rule's `Judgement` says, `raw` times the volume of the cell.
    rate : ndarray, shape (cells,)
        The factor by which `raw` fell from the parent to this cell and its siblings, averaged over generations.
    low, high : ndarray, shape (cells,)
        The smallest and the largest value of f that is known in the cell.
    seen, place : ndarray, shape (cells, groups) and (cells, groups, n)
        The most remarkable values of f in the cell, also those that only a larger cell had a point on, and where.
    """

    NUMBERS = 8

    def __init__(self, rows: np.ndarray, n: int):
        self.rows, self.n = rows, n
        self.centre, self.half, self.along = rows[:, :n], rows[:, n : 2 * n], rows[:, 2 * n : 3 * n]
        numbers = rows[:, 3 * n : 3 * n + self.NUMBERS].T
        self.value, self.error, self.magnitude, self.raw, self.rough, self.rate, self.low, self.high = numbers
        rest = rows[:, 3 * n + self.NUMBERS :]
        groups = rest.shape[1] // (n + 1)
        self.seen, self.place = rest[:, :groups], rest[:, groups:].reshape(len(rows), groups, n)

    @staticmethod
    def width(n: int, groups: int) -> int:
        """Return how many numbers a row has."""
        return 3 * n + Cells.NUMBERS + groups * (n + 1)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, chosen) -> Cells:
        return Cells(self.rows[chosen], self.n)

    @staticmethod
    def join(parts: Sequence[Cells]) -> Cells:
        """Put partitions together."""
        return Cells(np.concatenate([part.rows for part in parts]), parts[0].n)


def halve(centre: np.ndarray, half: np.ndarray, axis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return centres and half-widths of the first halves, then of the second ones."""
    across = np.arange(len(centre)), axis
    shift = np.zeros_like(half)
    shift[across] = 0.5 * half[across]
    half = half - shift
    return np.concatenate([centre - shift, centre + shift]), np.concatenate([half, half])


def guard(children: Cells, parents: Cells) -> None:
    """Raise the errors of cells by what is known of the larger cells they are parts of.

    One rule can be deceived: a narrow peak may lie between its points, or a kink where its null rules vanish.

    Parameters
    ----------
    children : Cells
        The parts of the parents in the order of `halve`: row k is a part of parent k modulo their number.
    parents : Cells
    """
    siblings = len(children) // len(parents)

    def family(column: np.ndarray) -> np.ndarray:
        return column.reshape(siblings, -1).sum(axis=0)

    def each(column: np.ndarray) -> np.ndarray:
        return np.concatenate([column] * siblings)

    # At a singularity each halving leaves a part q of the error: what is left adds up to error / (1 - q).
    raw = family(children.raw)
    above_rounding = raw > 64.0 * EPS * parents.magnitude
    q = np.where(above_rounding, raw / np.maximum(parents.raw, 1e-300), 0.0)
    children.rate[:] = each(np.minimum(np.sqrt(q * parents.rate), SLOWEST))
    # That f looks resolved, where it did not a moment ago, may be an accident: then all of `raw` counts.
    at_least = CAUTION * each(parents.rough) * children.raw
    # The change of the value is the error that the parent had: the children may keep a part of it, and all that
    # the parent did not predict.
    change = np.abs(family(children.value) - parents.value)
    kept = INHERITED ** np.log2(siblings) * parents.rough * change + np.maximum(change - parents.error, 0.0)
    children.error[:] = np.maximum(children.error, at_least) / (1.0 - children.rate) + each(kept) / siblings
    # Wherever the parent saw more than the child: a comparison of ranges is quick, and mostly ends it.
    unlike = np.maximum(each(parents.high) - children.high, children.low - each(parents.low))
    rows = np.flatnonzero(unlike > children.high - children.low)
    if rows.size:
        _remember(children, rows, parents.seen[rows % len(parents)], parents.place[rows % len(parents)])


def _remember(children: Cells, rows: np.ndarray, seen: np.ndarray, place: np.ndarray) -> None:
    """Keep what a parent saw, with its place, in the child that did not see the like again.

    A narrow peak may be hit by one point of a large cell and by none of the smaller ones: it stays an error until
    the cells around it are so small that their points are on it too.
    """
    part = children[rows]
    low, high, width = part.low[:, None], part.high[:, None], part.high - part.low
    inside = (np.abs(place - part.centre[:, None]) <= part.half[:, None]).all(axis=2)
    middle = 0.5 * (low + high)
    better = inside & (np.abs(seen - middle) > np.abs(part.seen - middle))
    part.seen[better], part.place[better] = seen[better], place[better]
    unlike = np.where(inside, np.maximum(seen - high, low - seen), 0.0).max(axis=1)
    lost = unlike > width
    part.error[lost] += unlike[lost] * (2.0 * part.half[lost]).prod(axis=1)
    part.along[lost] = part.half[lost]
    part.low[lost] = np.minimum(part.low[lost], part.seen[lost].min(axis=1))
    part.high[lost] = np.maximum(part.high[lost], part.seen[lost].max(axis=1))
    children.rows[rows] = part.rows
