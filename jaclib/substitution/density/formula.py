"""The branches of a density, put together to one expression."""

from __future__ import annotations

from itertools import pairwise

import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import real_value
from jaclib.substitution._region import real_twin
from jaclib.substitution.density.branches import SIMPLIFY_SECONDS, Branch, between, drop_bars


def combine(branches: list[Branch], variables: tuple[sp.Symbol, ...]) -> sp.Expr:
    """Sum the branches into one Piecewise where they are intervals, else into one per condition."""
    twins = {variable: real_twin(variable) for variable in variables}
    back = {twin: variable for variable, twin in twins.items()}
    terms, otherwise = [], []
    for condition, densities in _cells(branches, variables).items():
        total = sp.Add(*densities).xreplace(twins)
        total = attempt(SIMPLIFY_SECONDS, lambda total=total: sp.simplify(total), total)
        terms.append((drop_bars(total).xreplace(back), condition))
    if any(condition == sp.true for _, condition in terms):
        otherwise = [sp.Add(*(value for value, condition in terms if condition == sp.true))]
        terms = [(value, condition) for value, condition in terms if condition != sp.true]
    if len(variables) == 1:
        return sp.Piecewise(*terms, (otherwise[0] if otherwise else 0, True))
    return sp.Add(*otherwise, *(sp.Piecewise(term, (0, True)) for term in terms))


def _cells(branches: list[Branch], variables: tuple[sp.Symbol, ...]) -> dict:
    """{condition: densities there}; in one variable the conditions are intervals that do not overlap."""
    if len(variables) > 1:
        groups: dict = {}
        for branch in branches:
            groups.setdefault(branch.condition, []).append(branch.density)
        return groups
    (y,) = variables
    ends = sorted({end for branch in branches for end in branch.image}, key=real_value)
    cells = {}
    for low, high in pairwise(ends):
        densities = [b.density for b in branches if _covers(b.image, low, high)]
        if densities:
            cells[between(low, y, high)] = densities
    return cells


def _covers(image: tuple[sp.Expr, sp.Expr], low: sp.Expr, high: sp.Expr) -> bool:
    return real_value(image[0]) <= real_value(low) and real_value(high) <= real_value(image[1])
