"""The integral over the image of a region, with all checks: what `Substitution.integrate` does."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from jaclib.cubature import Cubature, integrate
from jaclib.substitution._boundary import warn_caller
from jaclib.substitution._declared import check_declared_signs
from jaclib.substitution._determinant import absolute_on
from jaclib.substitution._effort import attempt
from jaclib.substitution._exact import exact_integral
from jaclib.substitution._folds import Folds, FoldWarning, find_folds
from jaclib.substitution._implicit import implicit_integral
from jaclib.substitution._map import SIMPLIFY_SECONDS, DifferentiableMap
from jaclib.substitution._multiplicity import surplus
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._once import parts_covered_once
from jaclib.substitution._refusals import refuse_disorder, refuse_parameters, refuse_unreal
from jaclib.substitution._region import Region
from jaclib.substitution._results import IntegralValue, settle, total

# How `integrate` counts points that the map reaches several times.
COUNTS = (None, "multiplicity", "image")


def integral_over(
    where: str,
    map_: DifferentiableMap,
    integrand: sp.Expr,
    region: Region,
    *,
    rtol: float,
    time_limit: float,
    count: str | None = None,
    check: bool = False,
) -> IntegralValue:
    """Integrate over the image of a region of the new variables; see `Substitution.integrate`."""
    options = {"rtol": rtol, "time_limit": time_limit, "check": check}
    if map_.formulas is None:
        return implicit_integral(where, map_, integrand, region, **options)
    _refuse_unfit(where, map_, integrand, region)
    folds = None if region.is_empty else find_folds(map_.det, [map_.mapping[v] for v in map_.old], region)
    if not folds:
        return _with_multiplicity(where, map_, integrand, region, **options)
    if count == "image":
        return _once(where, map_, integrand, region, folds, **options)
    if count is None:
        warn_caller(
            f"{where}: {folds.reason}. The value counts every point as often as the map reaches it. Say which you "
            'want: count="image" counts each point once, count="multiplicity" is this value without the warning.',
            FoldWarning,
        )
    return _with_multiplicity(where, map_, integrand, region, **options)


def _refuse_unfit(where: str, map_: DifferentiableMap, integrand: sp.Expr, region: Region) -> None:
    moved = integrand.subs(map_.mapping, simultaneous=True)
    refuse_parameters(where, (moved, *map_.mapping.values()), map_.new, map_.old)
    refuse_disorder(where, region)
    refuse_unreal(where, map_.mapping, region)
    refuse_false_signs(where, map_, region)


def refuse_false_signs(where: str, map_: DifferentiableMap, region: Region) -> None:
    """Raise if a variable does not keep the sign that it is declared with."""
    if not region.is_empty:
        check_declared_signs(where, {**map_.kept, **map_.mapping, **{v: v for v in map_.new}}, region)


def rewrite(
    map_: DifferentiableMap, integrand: sp.Expr, twins: dict | None = None, scale: sp.Expr | None = None
) -> sp.Expr:
    """Return the integrand in the new variables times `scale`, simplified by what the map and `twins` declare."""
    twins = {**map_.twins, **(twins or {})}
    back = {twin: symbol for symbol, twin in twins.items()}
    moved = integrand.subs(map_.mapping, simultaneous=True).xreplace(twins)
    product = moved * (map_.scale if scale is None else scale).xreplace(twins)
    return attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(product), product).xreplace(back)


def _with_multiplicity(
    where: str, map_: DifferentiableMap, integrand: sp.Expr, region: Region, *, rtol, time_limit, check
) -> IntegralValue:
    # A sampled sign suffices here, because the numeric integral takes the true |det J|.
    scale = absolute_on(map_.det, region, sampled=True)
    transformed = rewrite(map_, integrand, region.twins, scale)
    exact, why_not = exact_integral(transformed, region, time_limit)
    shown = sp.Integral(transformed, *((v, *region.limits[v]) for v in region.variables[::-1]))
    # The numeric value starts from the integrand as given and |det J| as derived, not from SymPy's rewriting.
    moved = integrand.subs(map_.mapping, simultaneous=True)
    return settle(where, exact, lambda: _numeric_integral(moved, map_.det, region, rtol), shown, why_not, check=check)


def _once(
    where: str, map_: DifferentiableMap, integrand: sp.Expr, region: Region, folds: Folds, **options
) -> IntegralValue:
    """Count each point of the image once: on parts where the map is one-to-one, or by the number of preimages."""
    mixed = sorted(map(str, integrand.free_symbols & set(map_.new)))
    if mixed:
        raise ValueError(
            f"{where}: the integrand has the new variables {mixed}, which differ between the preimages of a point; "
            f'expected the old ones {map_.old} alone for count="image".'
        )
    found = parts_covered_once(map_, region, folds)
    if found is not None:
        once, parts = found
        value = total([_with_multiplicity(where, once, integrand, part, **options) for part in parts])
        shown = map_.new if once is map_ else map_.old
        ranges = " and ".join(
            ", ".join(f"{name} in {part.limits[v]}" for name, v in zip(shown, map_.new, strict=True)) for part in parts
        )
        return replace(value, reason=f"{value.reason}; each point once, with {ranges}")
    whole = _with_multiplicity(where, map_, integrand, region, **options)
    moved = integrand.subs(map_.mapping, simultaneous=True)
    repeated = surplus(where, map_, moved, region, 1e-3 * abs(float(whole)))
    reason = f"each point once, by its number of preimages at {repeated.points} points"
    value, error = float(whole.value) - repeated.value, whole.error + repeated.error
    return IntegralValue(value, error, "numeric", reason, None, whole.transformed)


def _numeric_integral(moved: sp.Expr, det: sp.Expr, region: Region, rtol: float) -> Cubature:
    """∫ moved · |det| over the region, by cubature in the region's parameters."""
    if region.is_empty:
        return Cubature(0.0, 0.0, 0, True)
    # Powers are joined, so that exp(-exp(u)) * exp(u) does not become 0 * inf.
    density = vectorised(sp.powsimp(moved * sp.Abs(det)), region.variables)

    def f(*parameters):
        values, weight = region.from_parameters(parameters)
        return density(*values) * weight

    return integrate(f, region.parameter_limits, rtol=rtol)
