"""Substitutions given as new = S(old) that have no formula for old: |det J| = 1/|det S′|, and x by Newton's method.

What is integrated must depend on the new variables alone, which is found out by elimination; failing that, the numeric
integral solves S(x) = u for x at each of its points.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import sympy as sp

from jaclib.cubature import Cubature, integrate
from jaclib.substitution._boundary import warn_caller
from jaclib.substitution._declared import check_declared_signs, declared_ranges
from jaclib.substitution._determinant import absolute, absolute_on
from jaclib.substitution._elimination import Eliminator
from jaclib.substitution._exact import exact_integral
from jaclib.substitution._folds import FoldWarning, named_point
from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._preimages import NumericMap, newton, second_preimage
from jaclib.substitution._refusals import refuse_disorder, refuse_parameters
from jaclib.substitution._region import Region
from jaclib.substitution._results import IntegralValue, Once, settle

# Points from which Newton's method may start, and points of the region that must be reached.
STARTS = 4096
REACHED = 256
# The nearest starts are tried one after another, that many at most.
ROUNDS = 8


class Sheet:
    """One solution x of S(x) = u for each u in a region, inside of what the old variables run over."""

    def __init__(self, where: str, map_: DifferentiableMap, region: Region):
        self.region = region
        self.old_region = Region(declared_ranges(map_.old))
        formulas = [map_.inverse_formulas[variable] for variable in region.variables]
        self.map = NumericMap(formulas, self.old_region)
        self.starts = np.stack(self.old_region.points(STARTS), axis=-1)
        images = self.map.values(self.starts)
        usable = np.isfinite(images).all(axis=1)
        self.starts, self.images = self.starts[usable], images[usable]
        targets = np.stack(region.points(REACHED), axis=-1)
        self.width = np.maximum(np.ptp(targets, axis=0), 1e-300)
        self.points = self.solve(targets)
        lost = np.isnan(self.points).any(axis=1)
        if lost.any():
            at = ", ".join(f"{v} = {c:.4g}" for v, c in zip(region.variables, targets[lost][0], strict=True))
            raise ValueError(
                f"{where}: no {map_.old} was found with {at}, which lies inside the limits; expected limits that "
                f"{map_!r} reaches. Restrict the limits, or declare the signs of {map_.old}."
            )
        # From now on each target has a start close by.
        self.starts, self.images = np.concatenate([self.points, self.starts]), np.concatenate([targets, self.images])

    def solve(self, targets: np.ndarray) -> np.ndarray:
        """Return x for each target u, both of shape (N, n); nan where none was found."""
        found = np.full_like(targets, np.nan)
        open_rows = np.arange(len(targets))
        for chunk in np.array_split(open_rows, max(1, len(targets) // 512)):
            distance = np.abs((targets[chunk, None, :] - self.images) / self.width).max(axis=2)
            nearest = np.argpartition(distance, ROUNDS, axis=1)[:, :ROUNDS]
            nearest = np.take_along_axis(nearest, np.take_along_axis(distance, nearest, 1).argsort(axis=1), 1)
            left = np.arange(len(chunk))
            for k in range(ROUNDS):
                solved = newton(self.map, self.starts[nearest[left, k]], targets[chunk[left]])
                good = ~np.isnan(solved).any(axis=1)
                good[good] = self.old_region.contains(list(solved[good].T))
                found[chunk[left[good]]] = solved[good]
                left = left[~good]
                if left.size == 0:
                    break
        return found

    @cached_property
    def second(self) -> tuple[dict, dict] | None:
        """Two points with the same image in the region, if S is not one-to-one."""
        pair = second_preimage(self.map, sources=self.points[:: REACHED // 48])
        return None if pair is None else tuple(named_point(point, self.old_region) for point in pair)


def implicit_transform(where: str, map_: DifferentiableMap, integrand: sp.Expr, region: Region | None) -> sp.Expr:
    """Return integrand · |det J| in the new variables.

    Raises
    ------
    ValueError
        If it does not depend on the new variables alone, or if that was not found out.
    """
    eliminator = Eliminator(map_.inverse_formulas, Region(declared_ranges(map_.old)))
    det = eliminator.rewrite(map_.det)
    if det is not None:
        moved = eliminator.rewrite(integrand)
        scale = absolute(map_.to_twins(det)) if region is None else absolute_on(det, region)
        if moved is not None:
            return sp.simplify(moved * map_.from_twins(scale))
    # Only the product may be free of the old variables. det J has one sign on each sheet.
    product = eliminator.rewrite(integrand * map_.det)
    sign = _sign(map_, region, where) if product is not None else 0
    if not sign:
        raise ValueError(
            f"{where}: the integrand times |det J|, ({integrand})·|{map_.det}|, could not be written in "
            f"{map_.new} alone, and there is no formula for {map_.old}: {map_.why_none}"
        )
    return sign * product


def _sign(map_: DifferentiableMap, region: Region | None, where: str) -> int:
    if region is None:
        proved = absolute_on(map_.det, Region(declared_ranges(map_.old)))
        return 1 if proved == map_.det else -1 if proved == -map_.det else 0
    sheet = Sheet(where, map_, region)
    values = vectorised(map_.det, sheet.old_region.variables)(*sheet.points.T)
    return int(np.sign(values[0])) if (np.sign(values) == np.sign(values[0])).all() else 0


def implicit_integral(
    where: str,
    map_: DifferentiableMap,
    integrand: sp.Expr,
    region: Region,
    *,
    rtol: float,
    time_limit: float,
    check: bool,
) -> IntegralValue:
    """Integrate over the region of the new variables, each point of which stands for one x."""
    refuse_parameters(where, (integrand, map_.det), map_.old + map_.new, map_.old)
    refuse_disorder(where, region)
    check_declared_signs(where, {v: v for v in map_.new}, region)
    sheet = Sheet(where, map_, region)
    try:
        transformed, why_not = implicit_transform(where, map_, integrand, region), ""
    except ValueError as error:
        transformed, why_not = None, str(error).partition(": ")[2]
    if sheet.second:
        first, second = (", ".join(f"{v} = {value:.4g}" for v, value in point.items()) for point in sheet.second)
        several = f"the map is not one-to-one: ({first}) and ({second}) have the same {region.variables}"
        if transformed is None:
            raise ValueError(
                f"{where}: {several}, and the value may depend on which is taken. Declare the signs of {map_.old} "
                "that hold in your region."
            )
        warn_caller(
            f"{where}: {several}. The value is that over one of the parts of the plane or space that the limits "
            f"describe, on which the map is one-to-one. Declare the signs of {map_.old} to say which.",
            FoldWarning,
        )
    numeric, exact = Once(lambda: _numeric_integral(map_, integrand, sheet, rtol)), None
    if transformed is not None:
        exact, why_not = exact_integral(transformed, region, time_limit, numeric.agrees)
    else:
        as_functions = {x: sp.Function(x.name)(*map_.new) for x in map_.old}
        transformed = (integrand * sp.Abs(map_.det)).subs(as_functions, simultaneous=True)
    shown = sp.Integral(transformed, *((v, *region.limits[v]) for v in region.variables[::-1]))
    return settle(where, exact, numeric, shown, why_not, check=check)


def _numeric_integral(map_: DifferentiableMap, integrand: sp.Expr, sheet: Sheet, rtol: float) -> Cubature:
    region = sheet.region
    if region.is_empty:
        return Cubature(0.0, 0.0, 0, True)
    density = vectorised(integrand * sp.Abs(map_.det), (*sheet.old_region.variables, *region.variables))

    def f(*parameters):
        values, weight = region.from_parameters(parameters)
        points = sheet.solve(np.stack(np.broadcast_arrays(*values), axis=-1))
        return density(*points.T, *values) * weight

    return integrate(f, region.parameter_limits, rtol=rtol)
