"""Whether a map keeps the signs that its symbols are declared with.

SymPy simplifies by declared assumptions as soon as an expression is built: with x positive, Abs(x) is x before
any function of this package sees it. Where the map takes x below zero, the integrand is then another function.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import sympy as sp

from jaclib.substitution._boundary import declared
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._region import Region

SAMPLES = 2048
# Beyond that many variables the corners of the region are left to the sample.
MAX_CORNERS = 8
SEARCHES = 8
SEARCH_STEPS = 40
# Zero up to rounding is no violation: an end of a range has measure zero.
ROUNDING = 1e-12

# The declared fact, and the factor that makes the values it allows not negative.
_SIGNS = (("is_extended_nonnegative", 1.0, "below"), ("is_extended_nonpositive", -1.0, "above"))


def declared_ranges(variables: tuple[sp.Symbol, ...]) -> dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]:
    """Return the largest range that the declared sign of each variable allows, (−∞, ∞) for a plain symbol."""
    zero = sp.Integer(0)
    return {
        v: (zero if v.is_extended_nonnegative else -sp.oo, zero if v.is_extended_nonpositive else sp.oo)
        for v in variables
    }


def check_declared_signs(where: str, values: Mapping[sp.Symbol, sp.Expr], region: Region) -> None:
    """Raise if a symbol takes a value on the region that its declaration excludes.

    Parameters
    ----------
    where : str
        The public function, for the message.
    values : dict
        Each symbol as an expression in the variables of the region.
    region : Region

    Raises
    ------
    ValueError
        If a point of the region gives a symbol the wrong sign. The smallest value is looked for at 2 048
        points, the corners, and from the best of these by a compass search.
    """
    for symbol, expression in values.items():
        for fact, sign, side in _SIGNS:
            if not getattr(symbol, fact):
                continue
            place, value = _smallest(sign * expression, region)
            if value < 0.0:
                at = ", ".join(f"{v} = {c:.6g}" for v, c in zip(region.variables, place, strict=True))
                raise ValueError(
                    f"{where}: {symbol} is declared with {declared(symbol)}, but it goes {side} 0: {symbol} = "
                    f"{sign * value:.6g} at {at}, inside the limits. SymPy has simplified by that assumption already "
                    f"(Abs({symbol}), for one): declare {symbol} with real=True only, and build the expressions again."
                )


def _smallest(expression: sp.Expr, region: Region) -> tuple[np.ndarray, float]:
    """Return a point of the region with a small value of the expression, and that value, 0 for rounding."""
    n = len(region.variables)
    compiled = vectorised(expression, region.variables)

    def value(unit: np.ndarray) -> np.ndarray:
        found = compiled(*region.at(unit))
        return np.where(np.isnan(found), np.inf, found)

    unit = region.unit_points(SAMPLES)
    if n <= MAX_CORNERS:
        unit = np.concatenate([unit, np.array(list(product((0.0, 1.0), repeat=n)))])
    found = value(unit)
    finite = np.abs(found[np.isfinite(found)])
    rounding = ROUNDING * float(np.median(finite)) if finite.size else 0.0
    best = np.argsort(found)[:SEARCHES]
    unit, found = unit[best], found[best]
    moves = np.concatenate([np.eye(n), -np.eye(n)])
    step = 0.5 * SAMPLES ** (-1.0 / n)
    for _ in range(SEARCH_STEPS if found[0] >= -rounding else 0):
        trials = np.clip(unit[:, None, :] + step * moves, 0.0, 1.0)
        values = value(trials.reshape(-1, n)).reshape(len(unit), -1)
        choice = values.argmin(axis=1)
        rows = np.arange(len(unit))
        better = values[rows, choice] < found
        unit = np.where(better[:, None], trials[rows, choice], unit)
        found = np.where(better, values[rows, choice], found)
        if not better.any():
            step *= 0.5
    lowest = int(np.argmin(found))
    place = np.array([axis[0] for axis in region.at(unit[[lowest]])])
    return place, float(found[lowest]) if found[lowest] < -rounding else 0.0
