"""The integral over the image of a region, with all checks: what `Substitution.integrate` does."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from jaclib.substitution._boundary import warn_caller
from jaclib.substitution._cuts import Part, cut
from jaclib.substitution._declared import check_declared_signs
from jaclib.substitution._determinant import absolute_on
from jaclib.substitution._effort import attempt
from jaclib.substitution._exact import exact_integral
from jaclib.substitution._folds import Folds, FoldWarning, find_folds
from jaclib.substitution._implicit import implicit_integral
from jaclib.substitution._map import SIMPLIFY_SECONDS, DifferentiableMap
from jaclib.substitution._multiplicity import surplus
from jaclib.substitution._once import parts_covered_once
from jaclib.substitution._quadrature import numeric_integral
from jaclib.substitution._refusals import (
    refuse_disorder,
    refuse_parameters,
    refuse_unreal,
    refuse_unreal_integrand,
)
from jaclib.substitution._region import Region
from jaclib.substitution._results import DivergentIntegral, IntegralValue, Once, settle, total

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
    refuse_unreal_integrand(where, integrand, moved, region)
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
    # The numeric value starts from the integrand as given and |det J| as derived, not from SymPy's rewriting.
    moved = integrand.subs(map_.mapping, simultaneous=True)
    density = moved * sp.Abs(map_.det)
    parts = cut(moved * scale, region)
    values = []
    for part in parts:
        numeric = Once(lambda part=part: numeric_integral(density, part.integrand, part.region, rtol))
        exact, why_not = exact_integral(part.integrand, part.region, time_limit / len(parts), numeric.agrees)
        if exact is not None and exact.is_finite and numeric.agrees(exact) and not numeric.converged:
            _refuse_cancelled_infinities(where, part, exact, time_limit / len(parts))
        values.append(settle(where, exact, numeric, transformed, why_not, check=check))
    shown = sp.Integral(transformed, *((v, *region.limits[v]) for v in region.variables[::-1]))
    return replace(total(values), transformed=shown)


def _refuse_cancelled_infinities(where: str, part: Part, exact: sp.Expr, seconds: float) -> None:
    """Raise if the integral of |f| is infinite: then that of f has no value, whatever the order of integration gave.

    In one variable an improper integral may have one, as ∫ sin(u)/u du.
    """
    if len(part.region.variables) == 1:
        return
    magnitude = [
        exact_integral(piece.integrand, piece.region, seconds, lambda value: True)[0]
        for piece in cut(sp.Abs(part.integrand), part.region)
    ]
    if any(value is not None and value.has(sp.oo, -sp.oo) for value in magnitude):
        raise DivergentIntegral(
            f"{where}: the integral diverges: SymPy finds {exact}, but oo for the integral of the absolute value, so "
            "that infinities of both signs have cancelled. Restrict the limits."
        )


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
