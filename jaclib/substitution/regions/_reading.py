"""What is handed over as a region, read: inequalities, ranges, shapes, and lists of these."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import sympy as sp
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from jaclib import _validate
from jaclib.substitution._boundary import declared, read_bound, read_expression, read_limits, refuse_namesakes
from jaclib.substitution._region import Region
from jaclib.substitution.regions._search import find_points
from jaclib.substitution.regions._shape_sources import shape_source
from jaclib.substitution.regions._source import (
    Boundary,
    Source,
    everything,
    inequality_test,
    intersection,
    without_floats,
)
from jaclib.substitution.regions.shapes import Shape, from_sympy

FORMS = (
    "Give inequalities in the old variables, [x**2 + y**2 <= 4, x >= 0], ranges {x: (0, 1), y: (0, x)}, or a shape "
    "such as Polygon([(0, 0), (1, 1), (2, 0)]) or Disc((0, 0), 2)."
)
_SIGNS = (("is_extended_nonnegative", 1), ("is_extended_nonpositive", -1))
# What a function of these does between its jumps says nothing about where they are.
_JUMPS = (sp.floor, sp.ceiling, sp.frac, sp.Piecewise, sp.Heaviside)


def describes_region(limits, old: tuple[sp.Symbol, ...]) -> bool:
    """Whether `limits` are meant as a region of the old variables, and not as ranges of the new ones."""
    if isinstance(limits, Mapping):
        return any(key in old for key in limits)
    if isinstance(limits, (Shape, Boolean, bool, np.bool_, sp.geometry.entity.GeometryEntity)):
        return not isinstance(limits, sp.Symbol)
    if not isinstance(limits, (list, tuple, sp.Tuple)) or not limits:
        return False
    return limits[0] in old or any(describes_region(item, old) for item in limits)


def read_region(where: str, region, old: tuple[sp.Symbol, ...], new: tuple[sp.Symbol, ...]) -> Source:
    """Read a region: inequalities, ranges, shapes, or a list of these, which stands for what they have in common.

    Raises
    ------
    TypeError
        If something else was handed over.
    ValueError
        If an equation, an unknown symbol or a new variable occurs, or a shape has another dimension.
    """
    parts = _parts(where, region, old, new)
    if not parts:
        raise ValueError(f"{where}: the region is given by nothing, expected at least one inequality. {FORMS}")
    spoken = any(part is True for part in parts)
    region = intersection(old, [part for part in parts if part is not True])
    signs = [(symbol, sign) for symbol in old for fact, sign in _SIGNS if getattr(symbol, fact)]
    if spoken and not signs:
        raise ValueError(
            f"{where}: one of the inequalities is always true, so it bounds nothing; expected inequalities in {old}. "
            "For the whole space give ranges, {x: (-oo, oo), y: (-oo, oo)}."
        )
    for symbol, sign in signs:
        # An inequality that SymPy turned into True was written down: the sign is meant.
        if not spoken:
            _refuse_cut(where, region, symbol, sign)
    return intersection(old, [region, *(_declared_sign(symbol, sign, old) for symbol, sign in signs)])


def _parts(where: str, region, old, new) -> list[Source | bool]:
    """Return the parts whose intersection is meant; True for an inequality that holds by what is declared."""
    shape = region if isinstance(region, Shape) else from_sympy(region)
    if shape is not None:
        return [shape_source(where, shape, old)]
    if isinstance(region, Mapping):
        _refuse_reversed(where, region, old)
        return [part for item in region.items() for part in _range(where, item[0], item[1], old, new)]
    if isinstance(region, (bool, np.bool_, BooleanTrue, BooleanFalse)):
        if not region:
            raise ValueError(
                f"{where}: one of the inequalities is never true, by itself or by what the symbols are declared with; "
                "expected a region that has points."
            )
        return [True]
    if isinstance(region, Boolean) and not isinstance(region, sp.Symbol):
        return [_condition(where, region, old, new)]
    if isinstance(region, (list, tuple, sp.Tuple)):
        if len(region) == 3 and isinstance(region[0], sp.Symbol):
            return _range(where, region[0], tuple(region[1:]), old, new)
        return [part for item in region for part in _parts(where, item, old, new)]
    raise TypeError(f"{where}: the region has {_validate.describe(region)}. {FORMS}")


def _refuse_reversed(where: str, ranges: Mapping, old) -> None:
    """Raise if a range has its ends in the wrong order somewhere, as for ranges of the new variables."""
    if set(ranges) == set(old):
        variable = Region(read_limits(where, ranges, old)).disordered()
        if variable is not None:
            raise ValueError(
                f"{where}: the limits of {variable} are in the wrong order, or not real, for some values of the other "
                "variables; expected lower ≤ upper throughout."
            )


def _range(where: str, variable, bounds, old, new) -> list[Source | bool]:
    if variable not in old:
        raise ValueError(
            f"{where}: the ranges name {variable}, expected the old variables {old} alone, or the new ones {new} alone."
        )
    if not isinstance(bounds, (tuple, list, sp.Tuple)) or len(bounds) != 2:
        raise TypeError(f"{where}: the range of {variable} is {_validate.describe(bounds)}, expected (lower, upper).")
    lower, upper = (read_bound(where, variable, bound) for bound in bounds)
    relations = [
        r for r, end in ((variable >= lower, lower), (variable <= upper, upper)) if end.is_infinite is not True
    ]
    if not relations:  # the whole line
        return [everything(old)]
    return [part for relation in relations for part in _parts(where, relation, old, new)]


def _condition(where: str, condition: Boolean, old, new) -> Source:
    for relation in condition.atoms(sp.core.relational.Relational):
        if not isinstance(relation, (sp.Ge, sp.Gt, sp.Le, sp.Lt)):
            raise ValueError(
                f"{where}: {relation} bounds no region, expected inequalities with <=, <, >= or >. An equation "
                "describes a curve or surface, which has no area."
            )
        for side in relation.args:
            read_expression(where, "an inequality", side)
        if relation.has(*_JUMPS):
            raise ValueError(
                f"{where}: {relation} has a function with jumps or cases, expected inequalities between smooth "
                "expressions (abs, Max and Min may occur). Write one region for each case."
            )
        refuse_namesakes(where, old + new, list(relation.args))
    unknown = condition.free_symbols - set(old)
    if unknown & set(new):
        raise ValueError(
            f"{where}: {condition} has the new variables {sorted(map(str, unknown & set(new)))}, expected an "
            f"inequality in the old ones {old}. Ranges of the new variables are given as "
            f"{{{new[0]}: (lower, upper), ...}}."
        )
    if unknown:
        raise ValueError(
            f"{where}: {condition} contains {sorted(map(str, unknown))}, expected numbers and the old variables {old}. "
            "Put in a value for a parameter: expression.subs(R, 2)."
        )
    normal = sp.to_nnf(without_floats(condition))
    relations = sorted(_leaves(where, normal), key=sp.default_sort_key)
    tests = {relation: inequality_test(relation, old) for relation in relations}
    return Source(
        old,
        tuple(Boundary(str(relation), relation, tests[relation]) for relation in relations),
        lambda points, slack: _holds(normal, tests, points, slack),
        exact=not condition.has(sp.Float),
    )


def _leaves(where: str, condition: Boolean) -> set:
    if isinstance(condition, (sp.And, sp.Or)):
        return set().union(*(_leaves(where, part) for part in condition.args))
    if isinstance(condition, sp.core.relational.Relational):
        return {condition}
    raise TypeError(f"{where}: the region has {condition}, expected inequalities joined by And and Or. {FORMS}")


def _holds(condition: Boolean, tests, points, slack: float) -> np.ndarray:
    if condition in tests:
        return tests[condition](points, slack)
    parts = [_holds(part, tests, points, slack) for part in condition.args]
    return np.logical_and.reduce(parts) if isinstance(condition, sp.And) else np.logical_or.reduce(parts)


def _declared_sign(symbol: sp.Symbol, sign: int, old) -> Source:
    """Return the half space that the declaration of an old variable confines it to."""
    k = old.index(symbol)
    relation = (sp.Ge if sign > 0 else sp.Le)(symbol, 0, evaluate=False)

    def holds(points: list[np.ndarray], slack: float) -> np.ndarray:
        return sign * points[k] >= -slack

    return Source(old, (Boundary(f"{relation} (as {symbol} is declared)", relation, holds),), holds)


def _refuse_cut(where: str, source: Source, symbol: sp.Symbol, sign: int) -> None:
    """Raise if only the declaration of a symbol ends the region at zero, so that the inequalities do not say so."""
    k = source.old.index(symbol)

    def on_the_plane(others: list[np.ndarray]) -> np.ndarray:
        shape = np.shape(others[0]) if others else (1,)
        return source.contains([*others[:k], np.zeros(shape), *others[k:]], -1e-6)

    others = [(-np.inf, np.inf)] * (len(source.old) - 1)
    if not (len(find_points(on_the_plane, others)) if others else on_the_plane([]).any()):
        return
    relation = (sp.Ge if sign > 0 else sp.Le)(symbol, 0, evaluate=False)
    raise ValueError(
        f"{where}: {symbol} is declared with {declared(symbol)}, but the region goes on beyond {symbol} = 0. If only "
        f"the part with {relation} is meant, say so by adding that inequality; otherwise declare {symbol} with "
        "real=True only, and build the expressions again."
    )
