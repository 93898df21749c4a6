"""Integrands with known values: what `integrate` and its peers are tested on.

Classic functions of one variable (Kahaner 1971, QUADPACK 1983), functions of two to six with kinks, jumps, peaks,
singularities and infinite ranges, and random members of Genz's six families at his own difficulties. Every value is a
closed form, computed with 30 digits where double precision would lose some.
"""

from __future__ import annotations

from functools import cache

from benchmarks.integrands.genz import FAMILIES, member
from benchmarks.integrands.one_variable import ONE_VARIABLE
from benchmarks.integrands.row import Integral
from benchmarks.integrands.several_variables import SEVERAL_VARIABLES

__all__ = ["DIMENSIONS", "Integral", "suite"]

DIMENSIONS = range(1, 7)
MEMBERS = 3  # of each family in each dimension


@cache
def suite() -> tuple[Integral, ...]:
    """Return all integrands; the random ones are the same each time."""
    random = [member(family, n, k) for n in DIMENSIONS for family in FAMILIES for k in range(MEMBERS)]
    return (*ONE_VARIABLE, *SEVERAL_VARIABLES, *random)
