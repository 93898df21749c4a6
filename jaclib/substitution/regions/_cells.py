"""Cut a region of the new variables into cells a ≤ v₁ ≤ b, g(v₁) ≤ v₂ ≤ h(v₁), …: cylindrical decomposition.

Given are expressions whose zero sets contain the boundary, and a test whether a point is inside. Solved for the
innermost variable they are its possible limits; where two such limits cross, or one of them ends, is a boundary
for the variables further out. So one variable after the other is taken away (Collins 1975, here with formulas
in place of polynomials). Then, from the outermost range to the innermost, each cell is tested at one point, and
neighbouring cells with the same limits are joined.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import sympy as sp
from sympy.functions.elementary.trigonometric import InverseTrigonometricFunction

from jaclib.substitution._numeric import vectorised
from jaclib.substitution.regions._roots import root_formulas, sign_changes
from jaclib.substitution.regions._zero_sets import domain_ends, zero_sets

GRID = 400
# Over so many points the formulas of a limit are compared with the zeros, where they may not be all.
PROBES = 48
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


@dataclass(frozen=True)
class _Limit:
    """A limit of a variable: its formula, the function whose zero it is, and its values at the samples."""

    formula: sp.Expr
    function: sp.Expr | None
    compiled: Callable | None
    sampled: np.ndarray


class _Level:
    """One variable: the zeros of the functions that contain it, as formulas and compiled."""

    def __init__(self, variables: tuple[sp.Symbol, ...], functions: list[sp.Expr], ends, samples, deadline: float):
        *outer, self.variable = variables
        self.ends = ends
        self.roots: list[_Limit] = []
        low, high = (float(end) for end in ends)
        places = samples[:, : len(outer)].T
        found: dict[sp.Expr, sp.Expr] = {}
        # Functions whose zeros may not all be known.
        self.uncertain: list[tuple[sp.Expr, Callable]] = []
        for function in functions:
            _in_time(deadline)
            compiled = vectorised(function, variables)
            if not _both_signs(compiled(*samples[:, : len(variables)].T)):
                continue
            formulas, complete = root_formulas(function, self.variable)
            for formula in formulas:
                found.setdefault(formula, function)
            if not complete:
                self.uncertain.append((function, compiled))
        for root, function in found.items():
            if root.has(sp.I, sp.nan, sp.zoo, sp.oo):
                continue
            compiled = vectorised(root, outer)
            try:
                values = compiled(*places) if outer else compiled()
            except NotImplementedError:  # a formula without values, as with a function that NumPy does not know
                self.uncertain.append((function, vectorised(function, variables)))
                continue
            # A root that is never inside the range is no limit.
            if ((low < values) & (values < high)).any():
                self.roots.append(_Limit(root, function, compiled, values))

    def crossings(self, deadline: float) -> list[sp.Expr]:
        """Return where limits cross or end, as expressions in the variables further out."""
        found: dict[sp.Expr, None] = {}
        for root in self.roots:
            found.update(dict.fromkeys(domain_ends(root.formula)))
        ends = [_Limit(end, None, None, np.full(1, float(end))) for end in self.ends if end.is_finite]
        for first, second in combinations([*ends, *self.roots], 2):
            _in_time(deadline)
            if _both_signs(first.sampled - second.sampled):
                found.update(dict.fromkeys(zero_sets(self._difference(first, second))))
        return [f for f in found if f.free_symbols]

    def _difference(self, first: _Limit, second: _Limit) -> sp.Expr:
        """Return the simplest expression that vanishes where two limits cross.

        That is their difference, or what one of the functions becomes when the zero of the other is put in.
        """
        forms = [first.formula - second.formula]
        for limit, other in ((first, second), (second, first)):
            if limit.function is not None:
                forms.append(limit.function.subs(self.variable, other.formula))
        return min(forms, key=lambda form: (form.has(InverseTrigonometricFunction), sp.count_ops(form)))


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
        Points in and far around the region, in this order. A function without a change of sign among them is
        taken to have none, and limits that cross nowhere among them not to cross.
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
                current = list(dict.fromkeys([*current, *level.crossings(deadline)]))

    def slabs(self) -> tuple[Slab, ...]:
        """Return the cells inside the region.

        Raises
        ------
        NoFormula
            If the region has a boundary that no formula was found for.
        """
        for k, level in enumerate(self.levels):
            if k and level.uncertain:
                for place in self.samples[:PROBES, :k]:
                    self._limits_at(level, list(place))
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
        for root in level.roots:
            value = float(root.compiled(*point))
            if low < value < high and not _near(value, pairs, SAME):
                pairs.append((value, root.formula))
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
        grid = _grid(low, high, self.samples[:, len(point)])
        for function, compiled in level.uncertain:
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


def _both_signs(values: np.ndarray) -> bool:
    known = values[np.isfinite(values)]
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
    """Return a constant limit that has no formula, to 15 digits."""
    try:
        number = sp.nsolve(function, variable, zero, prec=15)
    except (ValueError, TypeError, ZeroDivisionError):
        return sp.Float(zero)
    near = number.is_real and abs(float(number) - zero) <= 1e-8 * (1.0 + abs(zero))
    return number if near else sp.Float(zero)


def _shifted(slabs: tuple[Slab, ...], variable: sp.Symbol, period: sp.Expr) -> tuple[Slab, ...]:
    moved = {variable: variable + period}
    return tuple(
        Slab(s.lower.xreplace(moved), s.upper.xreplace(moved), _shifted(s.inner, variable, period)) for s in slabs
    )
