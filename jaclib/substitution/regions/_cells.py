"""Cut a region of the new variables into cells a ≤ v₁ ≤ b, g(v₁) ≤ v₂ ≤ h(v₁), …: cylindrical decomposition.

Given are expressions whose zero sets contain the boundary, and a test whether a point is inside. Solved for the
innermost variable they are its possible limits; where two such limits cross, or one of them ends, is a boundary
for the variables further out. So one variable after the other is taken away (Collins 1975, here with formulas
in place of polynomials). Then, from the outermost range to the innermost, each cell is tested at one point, and
neighbouring cells with the same limits are joined.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import sympy as sp

from jaclib.substitution._numeric import vectorised
from jaclib.substitution.regions._roots import root_formulas, sign_changes
from jaclib.substitution.regions._zero_sets import domain_ends, zero_sets

GRID = 400
# A generic place inside a cell: symmetric regions have coincidences in the middle.
PLACE = 0.4823
# Values of two limits that are one, and of a limit and a zero that was found by bisection.
SAME, SAME_ZERO = 1e-9, 1e-7


class NoFormula(Exception):
    """The limits of a variable cannot be written as formulas in the variables further out."""

    def __init__(self, variable: sp.Symbol, function: sp.Expr):
        super().__init__(variable, function)
        self.variable, self.function = variable, function


class OutOfTime(Exception):
    """The deadline has passed."""


@dataclass(frozen=True)
class Slab:
    """A range of one variable, with the slabs of the variables further in that lie over all of it."""

    lower: sp.Expr
    upper: sp.Expr
    inner: tuple[Slab, ...]


class _Level:
    """One variable: the functions that contain it, their zeros as formulas, and all of it compiled."""

    def __init__(self, variables: tuple[sp.Symbol, ...], functions: list[sp.Expr], ends, samples, deadline: float):
        *outer, self.variable = variables
        self.functions, self.ends = functions, ends
        self.compiled = [vectorised(f, variables) for f in functions]
        self.roots: list[sp.Expr] = []
        self.compiled_roots: list = []
        # The value of each root at the samples; a root that is never inside the range is no limit.
        self.sampled: list[np.ndarray] = []
        low, high = (float(end) for end in ends)
        places = samples[:, : len(outer)].T
        for root in dict.fromkeys(root for f in functions for root in _formulas(f, self.variable, deadline)):
            if root.has(sp.I, sp.nan, sp.zoo, sp.oo):
                continue
            compiled = vectorised(root, outer)
            values = compiled(*places) if outer else compiled()
            if ((low < values) & (values < high)).any():
                self.roots.append(root)
                self.compiled_roots.append(compiled)
                self.sampled.append(values)

    def limits_and_samples(self):
        """Return the formulas of all limits with their values at the samples, finite ends of the range included."""
        ends = [(end, np.full(1, float(end))) for end in self.ends if end.is_finite]
        return [*ends, *zip(self.roots, self.sampled, strict=True)]


class Decomposition:
    """The cells of a region in one order of the variables.

    Parameters
    ----------
    order : tuple of Symbol
        Outermost first.
    ranges : dict
        The constant range of each variable.
    periods : dict
        Periods of the variables whose range is a whole one.
    functions : list of Expr
        Their zeros contain the boundary of the region.
    inside : callable
        Takes one array per variable, in this order; returns an array of bool.
    samples : ndarray, shape (k, n)
        Points in and far around the region, in this order. Limits that cross nowhere among them are taken not
        to cross.
    deadline : float
        In seconds of processor time.

    Raises
    ------
    OutOfTime
    """

    def __init__(self, order, ranges, periods, functions, inside, samples, deadline):
        self.order, self.inside, self.samples, self.deadline = order, inside, samples, deadline
        self.periods = periods
        self.levels: list[_Level] = []
        current = list(functions)
        for k in reversed(range(len(order))):
            own = [f for f in current if order[k] in f.free_symbols]
            level = _Level(order[: k + 1], own, ranges[order[k]], samples, deadline)
            self.levels.insert(0, level)
            current = [f for f in current if order[k] not in f.free_symbols]
            if k:
                current = list(dict.fromkeys([*current, *self._projected(level)]))

    def _projected(self, level: _Level) -> list[sp.Expr]:
        """Where limits of a variable cross or end, as expressions in the variables further out."""
        found: dict[sp.Expr, None] = {}
        for root in level.roots:
            found.update(dict.fromkeys(domain_ends(root)))
        limits = level.limits_and_samples()
        for (first, values), (second, others) in combinations(limits, 2):
            _in_time(self.deadline)
            if (first.free_symbols or second.free_symbols) and _cross(values - others):
                found.update(dict.fromkeys(zero_sets(first - second)))
        return [f for f in found if f.free_symbols]

    def slabs(self) -> tuple[Slab, ...]:
        """Return the cells inside the region.

        Raises
        ------
        NoFormula
            If the region has a boundary that no formula was found for.
        """
        return self._slabs([])

    def _slabs(self, point: list[float]) -> tuple[Slab, ...]:
        level = self.levels[len(point)]
        limits, values = self._limits_at(level, point)
        middles = [_middle(a, b) for a, b in pairwise(values)]
        if len(point) + 1 == len(self.order):
            tested = self.inside([*(np.full(len(middles), p) for p in point), np.array(middles)])
            inner = [() if inside else None for inside in tested]
        else:
            inner = [self._slabs([*point, middle]) or None for middle in middles]
        joined: list[Slab] = []
        for k, part in enumerate(inner):
            if part is None:
                continue
            if joined and joined[-1].upper == limits[k] and joined[-1].inner == part:
                joined[-1] = Slab(joined[-1].lower, limits[k + 1], part)
            else:
                joined.append(Slab(limits[k], limits[k + 1], part))
        return tuple(self._around(level, joined))

    def _limits_at(self, level: _Level, point: list[float]) -> tuple[list[sp.Expr], list[float]]:
        """Return the limits of a variable that exist over a point, in rising order, and their values there."""
        low, high = (float(end) for end in level.ends)
        pairs = [(low, level.ends[0]), (high, level.ends[1])]
        for root, compiled in zip(level.roots, level.compiled_roots, strict=True):
            value = float(compiled(*point))
            if low < value < high and not _near(value, pairs, SAME):
                pairs.append((value, root))
        for zero, function in self._zeros_at(level, point, low, high):
            if _near(zero, pairs, SAME_ZERO) or not self._matters(point, zero, pairs):
                continue
            if point:
                raise NoFormula(level.variable, function)
            number = _refined(function, level.variable, zero)
            pairs.append((float(number), number))
        pairs.sort(key=lambda pair: pair[0])
        return [limit for _, limit in pairs], [value for value, _ in pairs]

    def _zeros_at(self, level: _Level, point, low: float, high: float):
        """Zeros over a point, found by sign changes alone: what the formulas must account for."""
        near = self.samples[:, len(point)]
        grid = _grid(low, high, near)
        for function, compiled in zip(level.functions, level.compiled, strict=True):
            for zero in sign_changes(lambda v, c=compiled: c(*(np.full(v.shape, p) for p in point), v), grid):
                yield zero, function

    def _matters(self, point, zero: float, pairs) -> bool:
        """Whether the region begins or ends at a zero, as far as the variables fixed so far tell."""
        if len(point) + 1 < len(self.order):
            return True
        gap = min(1.0 + abs(zero), *(abs(value - zero) for value, _ in pairs))
        places = zero + 0.1 * gap * np.array([-1.0, 1.0])
        left, right = self.inside([*(np.full(2, p) for p in point), places])
        return bool(left != right)

    def _around(self, level: _Level, slabs: list[Slab]) -> list[Slab]:
        """Join the first and the last range of an angle, which meet where its period begins."""
        period = self.periods.get(level.variable)
        if period is None or len(slabs) < 2:
            return slabs
        first, last = slabs[0], slabs[-1]
        meet = (first.lower, last.upper) == level.ends and first.inner == last.inner
        if not meet or _shifted(last.inner, level.variable, period) != first.inner:
            return slabs
        return [Slab(last.lower - period, first.upper, first.inner), *slabs[1:-1]]


def flatten(slabs: tuple[Slab, ...], order: tuple[sp.Symbol, ...]) -> list[dict]:
    """Return the cells as limits, {variable: (lower, upper)} with the outermost variable first."""
    if not order:
        return [{}]
    return [{order[0]: (slab.lower, slab.upper), **rest} for slab in slabs for rest in flatten(slab.inner, order[1:])]


def _in_time(deadline: float) -> None:
    if time.process_time() > deadline:
        raise OutOfTime


def _formulas(function: sp.Expr, variable: sp.Symbol, deadline: float) -> list[sp.Expr]:
    _in_time(deadline)
    return root_formulas(function, variable)


def _cross(difference: np.ndarray) -> bool:
    known = difference[np.isfinite(difference)]
    return bool((known > 0).any() and (known < 0).any())


def _near(value: float, pairs, tolerance: float) -> bool:
    return any(abs(value - other) <= tolerance * (1.0 + abs(value)) for other, _ in pairs)


def _middle(a: float, b: float) -> float:
    if np.isinf(a):
        return 0.37 if np.isinf(b) else b - 1.0 - PLACE * abs(b)
    return a + 1.0 + PLACE * abs(a) if np.isinf(b) else a + PLACE * (b - a)


def _grid(low: float, high: float, near: np.ndarray) -> np.ndarray:
    """Points of a range, denser where the region was found; generic, so that zeros lie between them."""
    s = (np.arange(GRID) + PLACE) / GRID
    parts = []
    if np.isfinite(low) and np.isfinite(high):
        parts.append(low + (high - low) * s)
    elif np.isfinite(low) or np.isfinite(high):
        far = s / (1.0 - s)
        parts.append(low + far if np.isfinite(low) else high - far)
    else:
        parts.append((s - 0.5) / (s * (1.0 - s)))
    if len(near):
        a, b = near.min(), near.max()
        parts.append(np.clip(a + (b - a) * (1.2 * s - 0.1), low, high))
    return np.unique(np.concatenate(parts))


def _refined(function: sp.Expr, variable: sp.Symbol, zero: float) -> sp.Expr:
    """Return a constant limit that has no formula, to 20 digits."""
    try:
        number = sp.nsolve(function, variable, zero, prec=20)
    except (ValueError, TypeError, ZeroDivisionError):
        return sp.Float(zero)
    return number if abs(float(number) - zero) <= 1e-8 * (1.0 + abs(zero)) else sp.Float(zero)


def _shifted(slabs: tuple[Slab, ...], variable: sp.Symbol, period: sp.Expr) -> tuple[Slab, ...]:
    moved = {variable: variable + period}
    return tuple(
        Slab(s.lower.xreplace(moved), s.upper.xreplace(moved), _shifted(s.inner, variable, period)) for s in slabs
    )
