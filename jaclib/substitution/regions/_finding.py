"""From a region of the old variables to limits of the new ones."""

from __future__ import annotations

import time
from itertools import permutations

import numpy as np
import sympy as sp
from sympy.functions.elementary.trigonometric import InverseTrigonometricFunction

from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._preimages import NumericMap, newton
from jaclib.substitution._refusals import refuse_parameters
from jaclib.substitution._region import Region
from jaclib.substitution.regions._cells import Decomposition, NoFormula, OutOfTime, flatten
from jaclib.substitution.regions._checking import LimitsCheck, WrongLimits, check_limits
from jaclib.substitution.regions._domain import Domain, find_domain, range_text
from jaclib.substitution.regions._reading import read_region
from jaclib.substitution.regions._roots import root_formulas
from jaclib.substitution.regions._search import find_points, hull
from jaclib.substitution.regions._source import Boundary, Source
from jaclib.substitution.regions._zero_sets import domain_ends, simplified, zero_sets
from jaclib.substitution.regions.found import BoundaryStep, FoundLimits, Limits, relation_text

SAMPLES = 4096
# With fewer points found by chance, Newton's method looks for preimages of points of the region as well.
FEW = 64
# Beyond that many variables only two orders of integration are tried.
ALL_ORDERS = 3
# What makes a limit unpleasant: roots and inverse functions, and above all a number without a formula.
_WEIGHTS = ((sp.Float, 50), (InverseTrigonometricFunction, 10))


def find_limits(where: str, map_: DifferentiableMap, region, *, within=None, time_limit: float = 20.0) -> FoundLimits:
    """Find limits of the new variables for a region of the old ones; see `Substitution.find_limits`."""
    source = read_region(where, region, map_.old, map_.new)
    refuse_parameters(where, tuple(map_.mapping.values()), map_.new, map_.old)
    if source.box is not None and any(low >= high for low, high in source.box):
        raise ValueError(f"{where}: the shapes have no points in common; expected a region with an area.")
    search = _Search(where, map_, source, find_domain(where, map_, within), time.process_time() + time_limit)
    pieces, check = search.checked_pieces()
    if not source.exact:
        pieces = [{v: tuple(sp.N(end, 15) for end in ends) for v, ends in piece.items()} for piece in pieces]
    return FoundLimits(tuple(pieces), tuple(search.steps(tuple(pieces[0]))), search.domain.notes, check)


class _Search:
    """All that is known of the region in the new variables."""

    def __init__(self, where: str, map_: DifferentiableMap, source: Source, domain: Domain, deadline: float):
        self.where, self.map, self.source, self.domain, self.deadline = where, map_, source, domain, deadline
        self.frame = Region(domain.limits)
        self.outputs = [vectorised(map_.mapping[v], map_.new) for v in map_.old]
        self.moved = [self._in_new_variables(boundary) for boundary in source.boundaries]
        self.functions = [zero_sets(self.frame.to_twins(moved.lhs - moved.rhs)) for moved in self.moved]
        self.ends = [
            end for expression in map_.mapping.values() for end in domain_ends(self.frame.to_twins(expression))
        ]
        # Variables for which some order found no formula, with the expression that has none.
        self.failures: dict[sp.Symbol, sp.Expr] = {}
        self.old_points = self._points_of_the_region()
        self.samples = self._samples()

    def _in_new_variables(self, boundary: Boundary):
        """Return the inequality with the mapping put in, each side simplified; left and right keep their places."""
        relation = boundary.relation
        left, right = (
            self._without_bars(simplified(self.frame.to_twins(side.subs(self.map.mapping, simultaneous=True))))
            for side in relation.args
        )
        return relation.func(*map(self.frame.from_twins, (left, right)), evaluate=False)

    def _without_bars(self, expression: sp.Expr) -> sp.Expr:
        """Replace abs(a) by a where a is nowhere negative in the ranges."""
        points = self.frame.points(SAMPLES)
        for bars in expression.atoms(sp.Abs):
            inner = self.frame.from_twins(bars.args[0])
            if inner.free_symbols and (vectorised(inner, self.map.new)(*points) >= 0).all():
                expression = simplified(expression.xreplace({bars: bars.args[0]}))
        return expression

    def _points_of_the_region(self) -> np.ndarray:
        ranges = self.source.box or [(-np.inf, np.inf)] * len(self.map.old)
        return find_points(lambda points: self.source.contains(points, 0.0), ranges)

    def inside(self, points: list[np.ndarray]) -> np.ndarray:
        """Whether points of the new variables, in their order, go into the region."""
        return self.source.contains([output(*points) for output in self.outputs], 0.0)

    def _samples(self) -> np.ndarray:
        """Points of the ranges in and around the region, shape (k, n)."""
        ranges = [tuple(float(end) for end in ends) for ends in self.domain.limits.values()]
        found = find_points(self.inside, ranges)
        if len(found) < FEW and len(self.old_points):
            found = find_points(self.inside, ranges, self._preimages())
        everywhere = np.stack(self.frame.points(SAMPLES), axis=-1)
        if not len(found):
            return everywhere
        generator = np.random.default_rng(0)
        low, high = np.array(ranges).T
        chosen = [found[generator.permutation(len(found))[:SAMPLES]], everywhere]
        for margin in (0.25, 2.0):
            a, b = hull(found, margin)
            chosen.append(generator.uniform(np.maximum(a, low), np.minimum(b, high), (SAMPLES, len(low))))
        return np.concatenate(chosen)

    def _preimages(self) -> np.ndarray:
        generator = np.random.default_rng(0)
        numeric = NumericMap([self.map.mapping[v] for v in self.map.old], self.frame)
        targets = self.old_points[generator.permutation(len(self.old_points))[:FEW]]
        starts = np.stack(self.frame.points(FEW), axis=-1)
        found = newton(numeric, np.tile(starts, (len(targets), 1)), np.repeat(targets, len(starts), axis=0))
        return found[~np.isnan(found).any(axis=1)]

    def decompose(self, order: tuple[sp.Symbol, ...], functions: list[sp.Expr], inside) -> list[Limits]:
        """Cut {inside} into limits, with the variables in this order, outermost first."""
        twins = self.frame.twins
        places = [self.map.new.index(v) for v in order]
        ordered = tuple(twins[v] for v in order)

        def inside_in_order(points: list[np.ndarray]) -> np.ndarray:
            return inside([points[places.index(k)] for k in range(len(places))])

        cells = Decomposition(
            ordered,
            {twins[v]: ends for v, ends in self.domain.limits.items()},
            {twins[v]: period for v, period in self.domain.periods.items()},
            list(dict.fromkeys(functions)),
            inside_in_order,
            self.samples[:, places],
            self.deadline,
        )
        back = self.frame.from_twins
        return [
            {back(v): (back(lower), back(upper)) for v, (lower, upper) in piece.items()}
            for piece in flatten(cells.slabs(), ordered)
        ]

    def checked_pieces(self) -> tuple[list[Limits], LimitsCheck]:
        """Return the simplest limits that stand the comparison with the region."""
        failure = None
        for pieces in self._candidates():
            regions = [Region(piece) for piece in pieces]
            try:
                return pieces, check_limits(self.where, self.map, self.source, regions, self.frame, self.old_points)
            except WrongLimits as wrong:
                failure = failure or wrong
        # A boundary without a formula explains more than limits that lack it.
        if self.failures:
            self._refuse_unsolved()
        raise failure

    def _candidates(self) -> list[list[Limits]]:
        """Try orders of integration and return the limits found, the simplest ones first."""
        new = self.map.new
        orders = list(permutations(new)) if len(new) <= ALL_ORDERS else [new, new[::-1]]
        functions = [f for group in self.functions for f in group] + self.ends
        found: list[list[Limits]] = []
        for order in orders:
            try:
                found.append(self.decompose(order, functions, self.inside))
            except NoFormula as failure:
                self.failures.setdefault(self.frame.from_twins(failure.variable), failure.function)
            except OutOfTime:
                break
            else:
                if self._is_enough(found[-1]):
                    break
        if not found:
            self._refuse_unsolved()
        found = sorted(filter(None, found), key=_unpleasantness)
        if not found:
            self._refuse_empty()
        return found

    def _is_enough(self, pieces: list[Limits]) -> bool:
        """Whether no other order can do better: a box, or nothing where no point was found either."""
        return Region(pieces[0]).is_box if len(pieces) == 1 else not pieces and not len(self.old_points)

    def _refuse_unsolved(self) -> None:
        advice = (
            f"Give limits in the new variables {self.map.new} yourself, choose new variables in which each boundary is "
            "simple, or integrate over the old ones."
        )
        if not self.failures:
            raise ValueError(f"{self.where}: the time limit passed before limits were found. {advice}")
        for boundary, moved, functions in zip(self.source.boundaries, self.moved, self.functions, strict=True):
            guilty = [v for v, f in self.failures.items() if f in functions]
            if guilty:
                both = sorted(map(str, moved.free_symbols & set(self.map.new)))
                raise ValueError(
                    f"{self.where}: {_called(boundary)} becomes {relation_text(moved)}, which contains "
                    f"{' and '.join(both)}, and SymPy finds no formula for {' or '.join(map(str, guilty))} there. "
                    f"{advice}"
                )
        variable, function = next(iter(self.failures.items()))
        raise ValueError(
            f"{self.where}: the limits of {variable} change where {self.frame.from_twins(function)} = 0, and SymPy "
            f"cannot solve that. {advice}"
        )

    def _refuse_empty(self) -> None:
        if not len(self.old_points):
            raise ValueError(
                f"{self.where}: no point was found that lies in the region; expected a region with an area. Do the "
                "inequalities contradict each other?"
            )
        at = ", ".join(f"{v} = {c:.4g}" for v, c in zip(self.map.old, self.old_points[0], strict=True))
        ranges = ", ".join(range_text(v, *ends) for v, ends in self.domain.limits.items())
        raise ValueError(
            f"{self.where}: the map {self.map!r} with {ranges} reaches no part of the region, not even the point {at}. "
            "Choose a map that covers it, or other ranges with within=."
        )

    def steps(self, order: tuple[sp.Symbol, ...]) -> list[BoundaryStep]:
        """Say for each boundary what becomes of it."""
        return [
            BoundaryStep(boundary.relation, moved, _called(boundary), self._result(boundary, functions, order))
            for boundary, moved, functions in zip(self.source.boundaries, self.moved, self.functions, strict=True)
        ]

    def _result(self, boundary: Boundary, functions: list[sp.Expr], order) -> str:
        """Say what one boundary says about the new variables."""
        if isinstance(boundary.relation, sp.Eq):
            return self._solved(functions, order)

        def inside(points: list[np.ndarray]) -> np.ndarray:
            return boundary.holds([output(*points) for output in self.outputs], 0.0)

        try:
            pieces = self.decompose(order, [*functions, *self.ends], inside)
        except (NoFormula, OutOfTime):
            return ""
        if len(pieces) > 2 or not self._agree(pieces, inside):
            return ""
        return ", or ".join(self._restrictions(piece) for piece in pieces) or "never"

    def _agree(self, pieces: list[Limits], inside) -> bool:
        """Whether limits hold the same of the sampled points as a test does."""
        covered = np.zeros(len(self.samples), bool)
        for piece in map(Region, pieces):
            for turn in (0, 1):  # limits of an angle may begin before its range
                shifted = self.samples - [turn * float(self.domain.periods.get(v, 0)) for v in self.map.new]
                covered |= piece.contains([shifted[:, self.map.new.index(v)] for v in piece.variables])
        return bool((covered == inside(list(self.samples.T))).all())

    def _restrictions(self, piece: Limits) -> str:
        texts = []
        for variable, (lower, upper) in piece.items():
            least, most = self.domain.limits[variable]
            if (lower, upper) == (least, most):
                continue
            if variable not in self.domain.periods:
                lower, upper = (-sp.oo if lower == least else lower), (sp.oo if upper == most else upper)
            texts.append(range_text(variable, lower, upper))
        return " and ".join(texts) or "always"

    def _solved(self, functions: list[sp.Expr], order) -> str:
        """Return the equation of a side, solved for the innermost variable that it contains."""
        if len(functions) != 1:
            return ""
        for variable in order[::-1]:
            twin = self.frame.twins[variable]
            if twin in functions[0].free_symbols:
                roots, _ = root_formulas(functions[0], twin)
                return f"{variable} = {self.frame.from_twins(roots[0])}" if len(roots) == 1 else ""
        return ""


def _called(boundary: Boundary) -> str:
    if isinstance(boundary.relation, sp.Eq):
        return f"{boundary.shown}, {relation_text(boundary.relation)},"
    return boundary.shown


def _unpleasantness(pieces: list[Limits]) -> tuple[int, int]:
    bounds = [end for piece in pieces for ends in piece.values() for end in ends]
    weight = sum(sp.count_ops(end) + sum(w * len(end.atoms(kind)) for kind, w in _WEIGHTS) for end in bounds)
    return (len(pieces), weight)
