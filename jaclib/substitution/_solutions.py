"""The preimages of one point: all that a search of the region finds, in the exact form of SymPy where there is one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import sympy as sp

from jaclib import _validate
from jaclib.substitution._boundary import read_expression, warn_caller
from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import real_value
from jaclib.substitution._preimages import NumericMap
from jaclib.substitution._region import Region
from jaclib.substitution._search import all_solutions


class IncompleteSearchWarning(UserWarning):
    """There may be more preimages than were found."""


def read_point(where: str, old: tuple[sp.Symbol, ...], point) -> list[sp.Expr]:
    """Return the values of the old variables as finite real constants."""
    if isinstance(point, Mapping):
        if set(point) != set(old):
            raise ValueError(f"{where}: point names {list(point)}, expected the old variables {old}.")
        point = [point[variable] for variable in old]
    values = list(np.atleast_1d(np.asarray(point, dtype=object)))
    expressions = [read_expression(where, "point", value) for value in values]
    if len(expressions) != len(old):
        raise ValueError(f"{where}: point has {len(expressions)} values, expected {len(old)} for {old}.")
    for expression in expressions:
        number = None if expression.free_symbols else real_value(expression)
        if number is None or not np.isfinite(number):
            raise ValueError(f"{where}: point has {_validate.describe(expression)}, expected finite real numbers.")
    return expressions


def exact_solutions(
    outputs: list[sp.Expr], unknowns: dict[sp.Symbol, sp.Dummy], target: list[sp.Expr], seconds: float
) -> list[dict]:
    """Return the real isolated solutions that SymPy finds.

    `outputs` are in terms of the dummies in `unknowns`, which maps the variables to them.
    """
    # solve needs exact numbers: a rounded coefficient makes an equation unsolvable.
    exact = [sp.nsimplify(value, rational=True) if value.has(sp.Float) else value for value in target]
    equations = [output - value for output, value in zip(outputs, exact, strict=True)]
    solutions = attempt(seconds, lambda: sp.solve(equations, list(unknowns.values()), dict=True), [])
    complete = [s for s in solutions if set(s) == set(unknowns.values())]
    return [
        {variable: solution[dummy] for variable, dummy in unknowns.items()}
        for solution in complete
        if all(_is_real_number(value) for value in solution.values())
        and all(_vanishes(equation.xreplace(solution)) for equation in equations)
    ]


def _is_real_number(value: sp.Expr) -> bool:
    return not value.free_symbols and real_value(value) is not None


def _vanishes(residual: sp.Expr) -> bool:
    number = real_value(residual)
    return number is not None and abs(number) < 1e-9


def preimages_in(
    where: str, outputs: list[sp.Expr], target: list[sp.Expr], region: Region, *, finish: bool
) -> np.ndarray:
    """Search the region; return the preimages found, of shape (k, n), in the order of the region's variables.

    Raises
    ------
    ValueError
        If they are not isolated, if the map cannot be evaluated in numbers, or if the search has to `finish` and
        does not.

    Warns
    -----
    IncompleteSearchWarning
        If the search could not be finished.
    """
    try:
        found = all_solutions(NumericMap(outputs, region), np.array(target, dtype=float))
    except NotImplementedError as error:
        raise ValueError(f"{where}: {error}") from None
    if not found.isolated:
        first, last = (
            ", ".join(f"{v} = {value:.4g}" for v, value in zip(region.variables, found.points[k], strict=True))
            for k in (0, -1)
        )
        raise ValueError(
            f"{where}: the preimages of {tuple(target)} cannot be counted, because the map sends a whole curve or "
            f"surface to this point, up to rounding: ({first}) and ({last}) belong to it. Choose another point."
        )
    if not found.complete:
        limits = ", ".join(f"{v} in {region.limits[v]}" for v in region.variables)
        message = (
            f"{where}: the search over {limits} was not finished, and there may be more than the {len(found.points)} "
            "preimages found. A periodic map has infinitely many: give limits that are finite, or narrower."
        )
        if finish:
            raise ValueError(message)
        warn_caller(message, IncompleteSearchWarning)
    return found.points


def merge_solutions(exact: list[dict], found: np.ndarray, region: Region, new: tuple[sp.Symbol, ...]) -> list[dict]:
    """Give the numeric solutions their exact form where there is one."""
    merged: list[dict] = []
    for point in exact:
        values = [np.array([real_value(point[variable])]) for variable in region.variables]
        if region.contains(values, margin=-1e-12)[0]:
            merged.append(point)
    known = [np.array([real_value(point[v]) for v in region.variables]) for point in merged]
    for row in found:
        if not any(np.abs(row - other).max() <= 1e-5 * (1.0 + np.abs(other).max()) for other in known):
            merged.append({v: float(row[region.variables.index(v)]) for v in new})
    return sort_solutions(merged, new)


def sort_solutions(points: list[dict], variables: tuple[sp.Symbol, ...]) -> list[dict]:
    """Sort by the value of the first variable, up to rounding, then the next."""

    def place(point):
        return tuple(float(f"{real_value(sp.sympify(point[variable])):.9g}") for variable in variables)

    return sorted(points, key=place)
