"""Exact iterated integrals by SymPy, within a bounded time."""

from __future__ import annotations

import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._region import Region
from jaclib.substitution._separable import product_of_integrals

# What SymPy returns when it could not do an integral.
_UNDONE = (sp.Integral, sp.Limit, sp.nan, sp.zoo, sp.AccumBounds)


def exact_integral(integrand: sp.Expr, region: Region, seconds: float) -> tuple[sp.Expr | None, str]:
    """Return the integral over the region and "", or None and the reason.

    A product of functions of one variable each is integrated variable by variable, by the antiderivatives that
    `u_substitution` uses. Otherwise several equivalent forms are tried, because SymPy's success depends on the form:
    the expression as given, expanded, with exponentials for hyperbolic functions, and, over a box, with the order of
    integration reversed.
    """
    if any(expression.has(sp.Float) for expression in (integrand, *sum(region.limits.values(), ()))):
        return None, "floats in the problem; write exact numbers such as Rational(1, 2) for an exact value"
    order = region.variables[::-1]  # innermost first
    twinned = region.to_twins(integrand)
    product = product_of_integrals(twinned, region, seconds / 3)
    if product is not None:
        return product, ""
    forms = [(lambda: twinned, order), (lambda: sp.expand(twinned), order)]
    if twinned.has(sp.functions.elementary.hyperbolic.HyperbolicFunction):
        forms.append((lambda: twinned.rewrite(sp.exp), order))
    if region.is_box and len(order) > 1:
        forms.append((lambda: twinned, order[::-1]))
    share = seconds / len(forms)
    for form, variables in forms:
        result = attempt(share, lambda form=form, variables=variables: _iterate(form(), region, variables))
        if result is not None:
            return result, ""
    return None, f"SymPy found no exact value; its time limit was {seconds:g} s"


def _iterate(expression: sp.Expr, region: Region, order) -> sp.Expr | None:
    for variable in order:
        twin = region.twins[variable]
        lower, upper = (region.to_twins(bound) for bound in region.limits[variable])
        expression = sp.integrate(expression, (twin, lower, upper))
        if expression.has(*_UNDONE):
            return None
    return None if expression.free_symbols else expression
