"""Regions described in the old variables, and the limits of the new variables that describe them."""

from jaclib.substitution.regions._checking import LimitsCheck
from jaclib.substitution.regions._drawing import draw
from jaclib.substitution.regions._finding import find_limits
from jaclib.substitution.regions._pieces import integral_over_pieces, read_pieces
from jaclib.substitution.regions.found import BoundaryStep, FoundLimits
from jaclib.substitution.regions.shapes import Ball, Disc, Ellipse, Ellipsoid, Polygon

__all__ = [
    "Ball",
    "BoundaryStep",
    "Disc",
    "Ellipse",
    "Ellipsoid",
    "FoundLimits",
    "LimitsCheck",
    "Polygon",
    "draw",
    "find_limits",
    "integral_over_pieces",
    "read_pieces",
]
