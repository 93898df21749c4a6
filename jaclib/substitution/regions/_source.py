"""The region as it was handed over: where its boundaries are, and whether a point lies inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import sympy as sp

from jaclib.substitution._numeric import vectorised

# Whether points lie inside: arrays of old coordinates, and how far outside still counts, relative to their size.
Contains = Callable[[list[np.ndarray], float], np.ndarray]


@dataclass(frozen=True)
class Boundary:
    """A curve or surface that bounds the region.

    Attributes
    ----------
    shown : str
        What was handed over, as text.
    relation : Relational
        In the old variables: the inequality, or for a side of a polygon the equation of its line.
    holds : callable or None
        Where the inequality alone holds.
    """

    shown: str
    relation: sp.core.relational.Relational
    holds: Contains | None = None


@dataclass(frozen=True)
class Source:
    """A region in the old variables.

    Attributes
    ----------
    old : tuple of Symbol
    boundaries : tuple of Boundary
        Inside and outside are nowhere neighbours except across one of these.
    contains : callable
        ``contains(points, slack)``, for arrays of coordinates in the order of `old`.
    box : tuple of pairs of float, or None
        A box that holds the region, if one is known without a search.
    exact : bool
        False if floats were handed over.
    """

    old: tuple[sp.Symbol, ...]
    boundaries: tuple[Boundary, ...]
    contains: Contains
    box: tuple[tuple[float, float], ...] | None = None
    exact: bool = True


def everything(old) -> Source:
    """Return the whole space."""
    return Source(old, (), lambda points, slack: np.isfinite(points).all(axis=0))


def intersection(old, parts: list[Source]) -> Source:
    """Return what all parts have in common."""
    if not parts:
        return everything(old)
    if len(parts) == 1:
        return parts[0]
    boxes = [part.box for part in parts if part.box is not None]
    box = tuple((max(b[k][0] for b in boxes), min(b[k][1] for b in boxes)) for k in range(len(old))) if boxes else None
    return Source(
        old,
        tuple(boundary for part in parts for boundary in part.boundaries),
        lambda points, slack: np.logical_and.reduce([part.contains(points, slack) for part in parts]),
        box,
        all(part.exact for part in parts),
    )


def without_floats(value):
    """Replace floats by the fractions that they are written as, so that boundaries can be solved for."""
    return value.xreplace({number: sp.nsimplify(number, rational=True) for number in value.atoms(sp.Float)})


def inequality_test(relation, old) -> Contains:
    """Return the test whether an inequality holds; where one of its sides is not real it does not."""
    left, right = (vectorised(side, old) for side in (relation.gts, relation.lts))

    def holds(points: list[np.ndarray], slack: float) -> np.ndarray:
        a, b = left(*points), right(*points)
        with np.errstate(all="ignore"):
            return a - b >= -slack * (1.0 + np.abs(a) + np.abs(b))

    return holds
