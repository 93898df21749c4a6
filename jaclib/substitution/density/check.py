"""Whether p_X is a density, where its probability lies, and whether all of it is found again on the way back from Y."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import sympy as sp

from jaclib import _validate
from jaclib.cubature import Cubature, CubatureWarning, integrate
from jaclib.substitution._boundary import warn_caller
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._preimages import NumericMap
from jaclib.substitution._region import Region
from jaclib.substitution.density.found import Found
from jaclib.substitution.density.logarithm import log_function

WHERE = "pushforward_density"
# Points of the support at which the density of Y is checked.
CHECKS = 512
# Further out in a tail T may lose all digits (tanh rounds to 1): points with less than that much probability around
# them, which is about p(x) |x₁ ⋯ xₙ|, are not looked at.
COUNTS = 1e-8
# How far a preimage may be from the point that it should be.
TOLERANCE = 1e-6
# The condition of a matrix that counts as singular.
SINGULAR = 1e12


class UncheckedDensityWarning(UserWarning):
    """Whether a density in four or more variables integrates to one could not be found out."""


def density_function(p, region: Region) -> Callable[..., np.ndarray]:
    """Return p_X as a function of arrays, whether it is an expression or a function already.

    Raises
    ------
    TypeError, ValueError
        When called, if a function given by the user returns anything but one real number per point.
    """
    if isinstance(p, sp.Expr):
        return _without_overflow(p, region.variables)
    order = [region.variables.index(variable) for variable in sorted(region.variables, key=str)]

    def evaluate(*arrays):
        values = np.asarray(p(*(arrays[k] for k in order)))
        if values.dtype.kind not in "fiub":
            raise TypeError(f"{WHERE}: the density returns {_validate.describe(values)}, expected real numbers.")
        shape = np.broadcast_shapes(*(np.shape(array) for array in arrays))
        if values.shape not in (shape, ()):
            raise ValueError(
                f"{WHERE}: the density returns an array of shape {values.shape} for arrays of shape {shape}, expected "
                "one value per point. It is called with one array per variable of X, in the order of their names."
            )
        return np.array(np.broadcast_to(values, shape), dtype=float)

    return evaluate


def _without_overflow(p: sp.Expr, variables: tuple[sp.Symbol, ...]) -> Callable[..., np.ndarray]:
    """Return p as a function; where it is inf / inf, as exp(-x)/(1 + exp(-x))² far to the left, by its logarithm."""
    direct, logarithm = vectorised(p, variables), log_function(p, variables)

    def evaluate(*arrays):
        values = direct(*arrays)
        missing = np.isnan(values)
        if missing.any():
            with np.errstate(all="ignore"):
                values[missing] = np.exp(logarithm(*(np.broadcast_to(a, values.shape)[missing] for a in arrays)))
        return values

    return evaluate


def check_density(p, region: Region) -> np.ndarray:
    """Check that p_X is not negative and integrates to one over the region.

    Returns
    -------
    ndarray, shape (N, n)
        Points that carry probability, the coordinates in the order of the region's variables.

    Raises
    ------
    ValueError
        If it is negative, not real, or integrates to something else.

    Warns
    -----
    UncheckedDensityWarning
        If there are four or more variables and the integral could not be found.
    """
    name = f"the density {p}" if isinstance(p, sp.Expr) else "the density"
    values = density_function(p, region)(*region.points(2048))
    if np.isnan(values).any() or (values < 0).any():
        raise ValueError(f"{WHERE}: {name} is negative or not real inside the support {region.limits}.")
    total, error, points = 1.0, 0.0, []
    parts = _independent_parts(p, region) if isinstance(p, sp.Expr) else [(p, region.limits)]
    for factor, limits in parts:
        part, where = _total(factor, Region(limits))
        total, error = total * part.value, error * abs(part.value) + abs(total) * part.error
        points.append(where)
    # Where p jumps along a curve, the estimate is far above the error: the value itself must be close to 1.
    sure, off = error <= 1e-2 * max(1.0, abs(total)), abs(total - 1.0) > max(1e-5, min(2.0 * error, 1e-3))
    # An integral of 0 means that all points missed the density.
    if len(region.variables) > 3 and not (sure and total):
        warn_caller(
            f"{WHERE}: whether {name} integrates to 1 was not checked: the integral over its "
            f"{len(region.variables)} variables is {total:.3g} ± {error:.1g}. Check it yourself; the result has the "
            "same factor.",
            UncheckedDensityWarning,
        )
    elif total == 0.0:
        raise ValueError(
            f"{WHERE}: {name} is 0 wherever it was looked at in {region.limits}, expected an integral of 1. If all of "
            "its probability lies in a narrow peak, give a support around that: support={x: (999, 1001)}."
        )
    elif not sure or off:
        found = f"to {total:.6g}" if sure else "to no finite value that could be found"
        raise ValueError(
            f"{WHERE}: {name} integrates {found} over {region.limits}, expected 1. Divide by this number, or "
            f"give the support: support={{x: (0, 1)}}."
        )
    return _shuffled(points, [tuple(limits) for _, limits in parts], region)


def _independent_parts(p: sp.Expr, region: Region) -> list[tuple[sp.Expr, dict]]:
    """Write p as a product of factors without common variables, each with its limits, as far as possible."""
    if not region.is_box:
        return [(p, region.limits)]
    groups = [({variable}, sp.Integer(1)) for variable in region.variables]
    twinned = region.to_twins(p)
    for factor in sp.Mul.make_args(sp.expand(sp.factor_terms(twinned), deep=True, mul=True, power_exp=True)):
        factor = region.from_twins(factor)
        touched = [g for g in groups if g[0] & factor.free_symbols] or groups[:1]
        merged = (set().union(*(g[0] for g in touched)), sp.Mul(factor, *(g[1] for g in touched)))
        groups = [g for g in groups if g not in touched] + [merged]
    if len(groups) == 1:
        return [(p, region.limits)]
    # Powers are joined again: exp(-a**2) * exp(2*a*b) may be 0 * inf.
    joined = [(names, sp.powsimp(factor)) for names, factor in groups]
    return [(factor, {v: region.limits[v] for v in region.variables if v in names}) for names, factor in joined]


def _total(p, region: Region) -> tuple[Cubature, np.ndarray]:
    """Integrate p; also return points that carry probability, from those that the cubature chose."""
    function = density_function(p, region)
    seen: list[tuple[np.ndarray, np.ndarray]] = []

    def f(*parameters):
        arrays, weight = region.from_parameters(parameters)
        values = function(*arrays)
        seen.append((np.stack(arrays, axis=-1), values))
        return values * weight

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CubatureWarning)
        found = integrate(f, region.parameter_limits, rtol=1e-7, max_evaluations=2_000_000)
    points, values = (np.concatenate(column) for column in zip(*seen, strict=True))
    with np.errstate(all="ignore"):
        points = points[values * np.abs(points).prod(axis=1) > COUNTS]
    # Spread over all passes: the late ones crowd where p is difficult.
    return found, points[np.linspace(0, len(points) - 1, min(CHECKS, len(points))).astype(int)]


def _shuffled(points: list[np.ndarray], names: list[tuple[sp.Symbol, ...]], region: Region) -> np.ndarray:
    """Combine points of independent variables at random."""
    generator = np.random.default_rng(0)
    count = max(len(part) for part in points)
    columns = {}
    for part, variables in zip(points, names, strict=True):
        if len(part):
            rows = generator.permutation(np.resize(np.arange(len(part)), count))
            columns.update({variable: part[rows, k] for k, variable in enumerate(variables)})
    if len(columns) < len(region.variables):
        return np.stack(region.points(CHECKS), axis=-1)
    return np.stack([columns[variable] for variable in region.variables], axis=-1)


def arrivals(map_: NumericMap, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return points of X and their images, without those whose way back rounding hides.

    Next to a fold two preimages are nearly one: J there changes by a large part within the tolerance.
    """
    images = map_.values(points)
    step = TOLERANCE * (1.0 + np.abs(points))
    with np.errstate(all="ignore"):
        slopes = map_.jacobians(points)
        usable = np.isfinite(images).all(axis=1) & np.isfinite(slopes).all(axis=(1, 2))
        slopes = np.where(usable[:, None, None], slopes, np.eye(points.shape[1]))
        usable &= np.linalg.cond(slopes) < SINGULAR
        inverse = np.linalg.pinv(slopes)
        for move in np.concatenate([np.eye(points.shape[1]), -np.eye(points.shape[1])]):
            change = inverse @ (map_.jacobians(points + 2.0 * step * move) - slopes)
            usable &= np.abs(change).max(axis=(1, 2)) < 0.5
    return points[usable], images[usable]


def lost(found: Found, points: np.ndarray) -> np.ndarray:
    """Return which of the points are not, or not once, among the preimages found for their images."""
    times = np.zeros(len(points), int)
    wanted = points[found.owner]
    near = (np.abs(found.points - wanted) <= TOLERANCE * (1.0 + np.abs(wanted))).all(axis=1)
    np.add.at(times, found.owner[near], 1)
    return times != 1
