"""Limits of the new variables in all forms that `Substitution` takes, and the integral over several pieces."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import sympy as sp

from jaclib.cubature import Cubature
from jaclib.substitution._boundary import read_limits
from jaclib.substitution._effort import attempt
from jaclib.substitution._integration import integral_over
from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._numeric import real_value
from jaclib.substitution._region import Region
from jaclib.substitution._results import IntegralValue
from jaclib.substitution.regions._finding import find_limits
from jaclib.substitution.regions._reading import describes_region
from jaclib.substitution.regions.found import FoundLimits

SIMPLIFY_SECONDS = 2.0
SAMPLES = 1024


def read_pieces(where: str, map_: DifferentiableMap, limits) -> list[Region]:
    """Return the parts of a region of the new variables.

    Parameters
    ----------
    limits : object
        Ranges of the new variables; or a list of such dictionaries; or what `find_limits` returned; or a region
        of the old variables, whose limits are found.
    """
    if describes_region(limits, map_.old):
        limits = find_limits(where, map_, limits)
    if isinstance(limits, FoundLimits):
        return [Region(read_limits(where, piece, map_.new)) for piece in limits.pieces]
    several = isinstance(limits, (list, tuple)) and limits and all(isinstance(item, Mapping) for item in limits)
    pieces = [Region(read_limits(where, piece, map_.new)) for piece in (limits if several else [limits])]
    _refuse_overlap(where, pieces)
    return pieces


def _refuse_overlap(where: str, pieces: list[Region]) -> None:
    for piece in pieces if len(pieces) > 1 else []:
        points = dict(zip(piece.variables, piece.points(SAMPLES), strict=True))
        for other in pieces:
            if other is not piece and other.contains([points[v] for v in other.variables], margin=1e-9).any():
                raise ValueError(
                    f"{where}: the parts {piece.limits} and {other.limits} overlap, expected parts without common "
                    "points. What lies in both would be counted twice."
                )


def integral_over_pieces(
    where: str, map_: DifferentiableMap, integrand: sp.Expr, pieces: list[Region], *, time_limit: float, **options
) -> IntegralValue:
    """Add up the integrals over the parts; the options are those of `integral_over`."""
    share = time_limit / len(pieces)
    values = [integral_over(where, map_, integrand, piece, time_limit=share, **options) for piece in pieces]
    return values[0] if len(values) == 1 else _total(values)


def _total(values: list[IntegralValue]) -> IntegralValue:
    shown = sp.Add(*(value.transformed for value in values), evaluate=False)
    not_exact = next((value for value in values if value.method != "exact"), None)
    if not_exact is not None:
        total = sum(float(value) for value in values)
        return IntegralValue(total, sum(v.error for v in values), "numeric", not_exact.reason, None, shown)
    exact = sp.Add(*(value.value for value in values))
    simple = attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(exact), exact)
    number = real_value(exact)
    agree = np.isclose(real_value(simple), number, rtol=1e-12, atol=1e-15)
    reason = next((v.reason for v in values if v.check is None), values[0].reason)
    return IntegralValue(simple if agree else exact, 0.0, "exact", reason, _total_check(values), shown)


def _total_check(values: list[IntegralValue]) -> Cubature | None:
    checks = [value.check for value in values]
    if None in checks:
        return None
    return Cubature(
        sum(check.value for check in checks),
        sum(check.error for check in checks),
        sum(check.evaluations for check in checks),
        all(check.converged for check in checks),
    )
