"""An integral over a box whose integrand is a product of functions of one variable each: a product of integrals."""

from __future__ import annotations

from functools import partial

import sympy as sp

from jaclib.cubature import Cubature, integrate
from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._region import Region
from jaclib.substitution._results import is_confirmed
from jaclib.substitution.one_dim.antiderivative import antiderivative, end_values
from jaclib.substitution.one_dim.breaks import plain_form

FACTOR_SECONDS = 1.0


def product_of_integrals(integrand: sp.Expr, region: Region, seconds: float) -> sp.Expr | None:
    """Return the product of the integrals in one variable, or None if the variables do not separate.

    `integrand` is in the twins of the region. Each factor is integrated by its antiderivative, which is far quicker
    than a definite integral in SymPy where there are roots, and is compared with a numeric integral.
    """
    factors = _separate(integrand, region) if region.is_box else None
    if factors is None:
        return None
    constant, by_variable = factors
    value = constant
    for variable, factor in by_variable.items():
        limits = region.limits[variable]
        g = plain_form(factor.xreplace({region.twins[variable]: variable}), variable, *limits)
        found = antiderivative(g, variable, limits, seconds / len(by_variable))
        ends = None if found is None else end_values(found, variable, limits)
        if ends is None or not is_confirmed(ends[1] - ends[0], partial(_cubature, g, variable, limits)):
            return None
        value *= ends[1] - ends[0]
    return value


def _separate(integrand: sp.Expr, region: Region) -> tuple[sp.Expr, dict[sp.Symbol, sp.Expr]] | None:
    """Return a constant and one factor for each variable."""
    product = _split(integrand)
    if product.is_Add:
        product = _split(attempt(FACTOR_SECONDS, lambda: sp.factor(product), product))
    constant, by_variable = sp.Integer(1), dict.fromkeys(region.variables, sp.Integer(1))
    names = {twin: variable for variable, twin in region.twins.items()}
    for factor in sp.Mul.make_args(product):
        symbols = factor.free_symbols
        if len(symbols) > 1:
            return None
        if symbols:
            by_variable[names[symbols.pop()]] *= factor
        else:
            constant *= factor
    return constant, by_variable


def _split(expression: sp.Expr) -> sp.Expr:
    """Write roots of products as products of roots, and e^(a + b) as a product.

    That is not allowed for negative factors. The value of every factor is compared with a number, so that it shows.
    """
    roots = expression.replace(
        lambda part: part.is_Pow and part.exp.is_Rational and part.base.is_Add and len(part.free_symbols) > 1,
        lambda part: attempt(FACTOR_SECONDS, lambda: sp.factor(part.base), part.base) ** part.exp,
    )
    return sp.expand_power_exp(sp.expand_power_base(roots, force=True))


def _cubature(g: sp.Expr, variable: sp.Symbol, limits: tuple[sp.Expr, sp.Expr]) -> Cubature:
    return integrate(vectorised(g, [variable]), [tuple(map(float, limits))])
