"""The numeric integral over a region, in the form of the integrand in which it converges."""

from __future__ import annotations

import warnings

import numpy as np
import sympy as sp

from jaclib.cubature import Cubature, CubatureWarning, integrate
from jaclib.substitution._cuts import Part, from_ends
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._region import Region
from jaclib.substitution._results import sum_of

# Points at which two forms of an integrand are compared.
SAMPLES = 256
# Points at which an integrand that seems to be 0 is evaluated with 30 digits.
EXACT_SAMPLES = 32
# Of the integrand: for each form at first, and for the best one if none has converged.
FIRST_EVALUATIONS, MOST_EVALUATIONS = 500_000, 5_000_000


def numeric_integral(density: sp.Expr, transformed: sp.Expr, region: Region, rtol: float) -> Cubature:
    """Integrate f(T(u)) |det J| over the region, by cubature in the region's parameters.

    Where that does not converge, as with 1/√(1 − sin²u) · cos u, SymPy's form of it is tried, and that counted from
    the ends of the ranges, if they have the same values at sampled points.
    """
    if region.is_empty:
        return Cubature(0.0, 0.0, 0, True)
    forms = [
        # Powers are joined, so that exp(-exp(u)) * exp(u) does not become 0 * inf.
        lambda: [Part(region, sp.powsimp(density), {})],
        lambda: [Part(region, transformed, {})],
        lambda: from_ends(transformed, region),
    ]
    best, best_parts, failure = None, [], None
    for form in forms:
        parts = form()
        if not all(_is_the_same(density, part) for part in parts):
            continue
        try:
            found = _cubature(parts, rtol, FIRST_EVALUATIONS)
        except ValueError as error:
            failure = failure or error
            continue
        if found.converged:
            return found
        if best is None or found.error < best.error:
            best, best_parts = found, parts
    if best is None:
        raise failure
    if best.evaluations > 0.5 * FIRST_EVALUATIONS:
        # It ended for want of evaluations, not of floating-point numbers.
        best = _cubature(best_parts, rtol, MOST_EVALUATIONS)
        if best.converged:
            return best
    warnings.warn(
        f"the numeric integral did not converge: error estimate {best.error:.1e} after {best.evaluations} evaluations. "
        "The integral may diverge, or be singular inside the limits: cut them there.",
        CubatureWarning,
        stacklevel=2,
    )
    return best


def _is_the_same(density: sp.Expr, part: Part) -> bool:
    """Whether the form has the values of `density` at sampled points, as far as both have any there."""
    points = part.region.points(SAMPLES)
    found = vectorised(part.integrand, part.region.variables)(*points)
    expected = vectorised(density.subs(part.moves, simultaneous=True), part.region.variables)(*points)
    known = np.isfinite(found) & np.isfinite(expected)
    # At a few points rounding may be everything.
    return bool(known.any() and np.isclose(found[known], expected[known], rtol=1e-9, atol=0.0).mean() > 0.98)


def _cubature(parts: list[Part], rtol: float, most: int) -> Cubature:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CubatureWarning)
        return sum_of([_over(part, rtol, most) for part in parts])


def _over(part: Part, rtol: float, most: int) -> Cubature:
    function, region = vectorised(part.integrand, part.region.variables), part.region

    def f(*parameters):
        values, weight = region.from_parameters(parameters)
        return function(*values) * weight

    return accept_zero(integrate(f, region.parameter_limits, rtol=rtol, max_evaluations=most), part.integrand, region)


def accept_zero(found: Cubature, integrand: sp.Expr, region: Region) -> Cubature:
    """Return a value of 0 as certain where the integrand is 0, and not only too small for a floating-point number.

    The cubature cannot tell: to it, an integrand that is 0 at all points may have a narrow peak. Here it is evaluated
    with 30 digits and an exponent without bound.
    """
    if found.value != 0.0 or np.isfinite(found.error):
        return found
    points = np.stack(region.points(EXACT_SAMPLES), axis=-1)
    exact = ({v: sp.Float(float(x), 30) for v, x in zip(region.variables, point, strict=True)} for point in points)
    return Cubature(0.0, 0.0, found.evaluations, True) if all(integrand.xreplace(at) == 0 for at in exact) else found
