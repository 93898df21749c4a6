"""Limits of the new variables in all forms that `Substitution` takes, and the integral over several pieces."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from jaclib.substitution._boundary import read_limits
from jaclib.substitution._integration import integral_over
from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._region import Region
from jaclib.substitution._results import IntegralValue, total
from jaclib.substitution.regions._finding import find_limits
from jaclib.substitution.regions._reading import describes_region
from jaclib.substitution.regions.found import FoundLimits

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
    return total(values)
