"""Exact iterated integrals by SymPy, within a bounded time."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from sympy.functions.elementary.hyperbolic import HyperbolicFunction

from jaclib.substitution._effort import attempt
from jaclib.substitution._region import Region
from jaclib.substitution._separable import product_of_integrals

# What SymPy returns when it could not do an integral.
_UNDONE = (sp.Integral, sp.Limit, sp.nan, sp.zoo, sp.AccumBounds)


def exact_integral(
    integrand: sp.Expr, region: Region, seconds: float, agrees: Callable[[sp.Expr], bool]
) -> tuple[sp.Expr | None, str]:
    """Return the integral over the region and "", or None and the reason.

    A product of functions of one variable each is integrated variable by variable, by the antiderivatives that
    `u_substitution` uses. Otherwise several equivalent forms are tried, because SymPy's success depends on the form,
    until one has a value with which `agrees` is content; a value that it is not content with is returned if there is
    no better one.
    """
    if any(expression.has(sp.Float) for expression in (integrand, *sum(region.limits.values(), ()))):
        return None, (
            "floats in the problem, given or found as limits; exact numbers such as Rational(1, 2) may allow an exact "
            "value"
        )
    product = product_of_integrals(region.to_twins(integrand), region, seconds / 3)
    if product is not None and agrees(product):
        return product, ""
    forms = _forms(integrand, region)
    doubtful = None
    for form, order, options in forms:
        result = attempt(
            seconds / len(forms),
            lambda form=form, order=order, options=options: _iterate(form(), region, order, options),
        )
        if result is not None and agrees(result):
            return result, ""
        doubtful = doubtful if result is None else result
    return doubtful, "" if doubtful is not None else f"SymPy found no exact value; its time limit was {seconds:g} s"


def _forms(integrand: sp.Expr, region: Region) -> list[tuple]:
    """Return the integrand in several forms, each with an order of integration and options for SymPy."""
    twinned, order = region.to_twins(integrand), region.variables[::-1]  # innermost first
    forms = [(lambda: twinned, order, {}), (lambda: sp.expand(twinned), order, {})]
    if twinned.has(HyperbolicFunction):
        forms.append((lambda: twinned.rewrite(sp.exp), order, {}))
    if region.is_box and len(order) > 1:
        forms.append((lambda: twinned, order[::-1], {}))
    if any(bound.is_infinite for bounds in region.limits.values() for bound in bounds):
        # Convergence that depends on a coefficient: the numeric integral decides.
        forms.append((lambda: twinned, order, {"conds": "none"}))
    return forms


def _iterate(expression: sp.Expr, region: Region, order, options: dict) -> sp.Expr | None:
    for variable in order:
        twin = region.twins[variable]
        lower, upper = (region.to_twins(bound) for bound in region.limits[variable])
        expression = sp.integrate(expression, (twin, lower, upper), **options)
        if expression.has(*_UNDONE):
            return None
    return None if expression.free_symbols else expression
