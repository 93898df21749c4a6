"""The integral over the image of a map that is not one-to-one, each point counted once: ∫ f(T(u)) |det J| / N(T(u)) du.

N(x) is the number of preimages (area formula). It jumps where the image folds or ends, so that the part with N > 1 is
sampled: randomly shifted lattice points, with a standard error from independent shifts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sympy as sp

from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._region import Region
from jaclib.substitution.density.found import NotInvertible
from jaclib.substitution.density.space import SpaceMap

SHIFTS = 16
# Points per shift; doubled until the error is small enough, at most so often.
FIRST, DOUBLINGS = 256, 2
# Student's t for 15 degrees of freedom, at 99.9 %: an estimate from above.
STUDENT = 4.07
MOST_UNDECIDED = 0.01


@dataclass(frozen=True)
class Surplus:
    """What the area formula counts too much, ∫ f(T(u)) |det J| (1 − 1/N) du, with an estimate of its error."""

    value: float
    error: float
    points: int


def surplus(where: str, map_: DifferentiableMap, moved: sp.Expr, region: Region, goal: float) -> Surplus:
    """Estimate what repeated points add to the integral of `moved`, f in the new variables, if possible up to `goal`.

    Raises
    ------
    ValueError
        If the region is not bounded, or if the preimages of some points cannot be listed.
    """
    if any(not np.isfinite(end) for ends in region.parameter_limits for end in ends):
        raise ValueError(
            f"{where}: the map is not one-to-one on the limits, which are infinite, and no symmetry was found that "
            "leaves each point once. Restrict the limits to a part where the map is one-to-one."
        )
    outputs = [map_.mapping[variable] for variable in map_.old]
    order = [map_.new.index(variable) for variable in region.variables]
    try:
        search = SpaceMap(outputs, map_.jacobian[:, order], None, region)
    except NotInvertible as error:
        raise ValueError(
            f"{where}: how often the map reaches a point cannot be established, because {error}. Restrict the limits "
            "to a part where the map is one-to-one."
        ) from None
    density = vectorised(moved * sp.Abs(map_.det), region.variables)
    generator = np.random.default_rng(0)
    shifts = generator.uniform(size=(SHIFTS, len(region.variables)))
    for doubling in range(DOUBLINGS + 1):
        found = _estimate(where, search, density, region, shifts, FIRST * 2**doubling)
        if found.error <= goal:
            break
    return found


def _estimate(where: str, search: SpaceMap, density, region: Region, shifts: np.ndarray, count: int) -> Surplus:
    lattice = region.unit_points(count)
    unit = ((lattice + shifts[:, None, :]) % 1.0).reshape(-1, lattice.shape[1])
    ends = np.array(region.parameter_limits)
    values, weight = region.from_parameters(list((ends[:, 0] + (ends[:, 1] - ends[:, 0]) * unit).T))
    points = np.stack(np.broadcast_arrays(*values), axis=-1)
    found = search.preimages(search.map.values(points))
    number = np.bincount(found.owner, minlength=len(points))
    undecided = found.undecided | (number == 0)
    if undecided.mean() > MOST_UNDECIDED:
        raise ValueError(
            f"{where}: how often the map reaches a point could not be established for {undecided.mean():.0%} of "
            f"{len(points)} points. Restrict the limits to a part where the map is one-to-one."
        )
    volume = float((ends[:, 1] - ends[:, 0]).prod())
    terms = density(*points.T) * weight * volume
    share = np.where(undecided, 0.5, 1.0 - 1.0 / np.maximum(number, 1))
    means = (terms * share).reshape(len(shifts), count).mean(axis=1)
    doubt = float(np.abs(terms[undecided]).sum() / len(terms))
    error = STUDENT * float(means.std(ddof=1)) / np.sqrt(len(shifts)) + doubt
    return Surplus(float(means.mean()), error, len(terms))
