"""The integral over the image of a region, with all checks: what `Substitution.integrate` does."""

from __future__ import annotations

import sympy as sp

from jaclib.cubature import Cubature, integrate
from jaclib.substitution._boundary import warn_caller
from jaclib.substitution._declared import check_declared_signs
from jaclib.substitution._determinant import absolute_on
from jaclib.substitution._effort import attempt
from jaclib.substitution._exact import exact_integral
from jaclib.substitution._folds import FoldWarning, find_folds
from jaclib.substitution._implicit import implicit_integral
from jaclib.substitution._map import SIMPLIFY_SECONDS, DifferentiableMap
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._refusals import refuse_disorder, refuse_parameters, refuse_unreal
from jaclib.substitution._region import Region
from jaclib.substitution._results import IntegralValue, settle


def integral_over(
    where: str, map_: DifferentiableMap, integrand: sp.Expr, region: Region, *, rtol: float, time_limit: float
) -> IntegralValue:
    """Integrate over the image of a region of the new variables; see `Substitution.integrate`."""
    if map_.formulas is None:
        return implicit_integral(where, map_, integrand, region, rtol=rtol, time_limit=time_limit)
    moved = integrand.subs(map_.mapping, simultaneous=True)
    refuse_parameters(where, (moved, map_.det), map_.new, map_.old)
    refuse_disorder(where, region)
    refuse_unreal(where, map_.mapping, region)
    refuse_false_signs(where, map_, region)
    if not region.is_empty:
        folds = find_folds(map_.det, [map_.mapping[variable] for variable in map_.old], region)
        if folds:
            warn_caller(
                f"{where}: {folds.reason}. The value counts every point as often as the map reaches it; "
                "restrict the limits to a part where the map is one-to-one to count it once.",
                FoldWarning,
            )
    # A sampled sign suffices here, because the numeric integral takes the true |det J|.
    scale = absolute_on(map_.det, region, sampled=True)
    transformed = rewrite(map_, integrand, region.twins, scale)
    exact, why_not = exact_integral(transformed, region, time_limit)
    shown = sp.Integral(transformed, *((v, *region.limits[v]) for v in region.variables[::-1]))
    # The numeric value starts from the integrand as given and |det J| as derived, not from SymPy's rewriting.
    return settle(where, exact, lambda: _numeric_integral(moved, map_.det, region, rtol), shown, why_not)


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
