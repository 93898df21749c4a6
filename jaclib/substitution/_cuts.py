"""Cuts of a region where an integrand is not smooth: at a kink, a jump, or a pole that depends on one variable alone.

On each part SymPy meets no bars and cases, and the numeric integral no singularity inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._region import Region
from jaclib.substitution._signs import sampled, sampled_sign
from jaclib.substitution.one_dim.breaks import break_points, plain_form

FACTOR_SECONDS = 1.0
SIMPLIFY_SECONDS = 5.0
MOST_PARTS = 32


@dataclass(frozen=True)
class Part:
    """A part of a region, the integrand on it, and what stands for the variables of the whole region, if others do."""

    region: Region
    integrand: sp.Expr
    moves: dict[sp.Symbol, sp.Expr]


def cut(expression: sp.Expr, region: Region) -> list[Part]:
    """Return the parts of the region, each with a simpler form of the expression there."""
    expression = _with_bars_on_factors(expression)
    ranges = [_ranges(expression, variable, region) for variable in region.variables]
    parts = [Region(dict(zip(region.variables, choice, strict=True))) for choice in product(*ranges)]
    if len(parts) > MOST_PARTS:
        parts = [region]
    # Simplification may bring in new bars, as √(cos²u) = |cos u|.
    return [Part(part, _plain(_simplified(_plain(expression, part), part), part), {}) for part in parts]


def _ranges(expression: sp.Expr, variable: sp.Symbol, region: Region) -> list[tuple[sp.Expr, sp.Expr]]:
    lower, upper = region.limits[variable]
    alone = _parts_in(expression, variable)
    if lower.free_symbols or upper.free_symbols or lower == upper or not alone:
        return [(lower, upper)]
    return list(pairwise([lower, *break_points(sp.Tuple(*alone), variable, lower, upper), upper]))


def _parts_in(expression: sp.Expr, variable: sp.Symbol) -> list[sp.Expr]:
    """Return the largest parts of the expression that contain this variable and no other."""
    if expression.free_symbols == {variable}:
        return [expression]
    return [part for argument in expression.args for part in _parts_in(argument, variable)]


def _with_bars_on_factors(expression: sp.Expr) -> sp.Expr:
    """Write Abs(a·b) as Abs(a)·Abs(b), and signs and steps likewise: a factor may depend on one variable alone."""

    def split(function: sp.Expr) -> sp.Expr:
        inner = function.args[0]
        factors = sp.Mul.make_args(attempt(FACTOR_SECONDS, lambda: sp.factor(inner), inner))
        if isinstance(function, sp.Abs):
            return sp.Mul(*(sp.Abs(factor) for factor in factors))
        sign = sp.Mul(*(sp.sign(factor) for factor in factors))
        return sign if isinstance(function, sp.sign) else (1 + sign) / 2

    return expression.replace(lambda part: isinstance(part, (sp.Abs, sp.sign, sp.Heaviside)), split)


def _plain(expression: sp.Expr, part: Region) -> sp.Expr:
    """Remove bars, signs and cases that are the same on the whole part, as seen at sampled points."""
    for variable, (lower, upper) in part.limits.items():
        if not (lower.free_symbols or upper.free_symbols or lower == upper):
            alone = {e: plain_form(e, variable, lower, upper) for e in _parts_in(expression, variable)}
            expression = expression.xreplace(alone)

    def without_bars(bars: sp.Expr) -> sp.Expr:
        try:
            return sampled_sign(sampled(bars.args[0], part)) * bars.args[0] or bars
        except NotImplementedError:
            return bars

    return expression.replace(lambda e: isinstance(e, sp.Abs), without_bars)


def from_ends(expression: sp.Expr, region: Region) -> list[Part]:
    """Return halves of the region, with each variable counted from an end of its range: singularities lie at 0 then.

    There floating-point numbers are densest: with x = 1 − w, √(1 − x²) becomes √(w(2 − w)), which has all its digits.
    """
    parts = [({}, {})]
    for variable, (lower, upper) in region.limits.items():
        finite = not (lower.free_symbols or upper.free_symbols) and lower.is_finite and upper.is_finite
        if finite:
            half = (upper - lower) / 2
            choices = [(lower + variable, (sp.Integer(0), half)), (upper - variable, (sp.Integer(0), half))]
        else:
            choices = [(variable, (lower, upper))]
        parts = [
            (
                {**moves, variable: move},
                {**limits, variable: tuple(end.subs(moves, simultaneous=True) for end in ends)},
            )
            for moves, limits in parts
            for move, ends in choices
        ]
    moved = [(Region(limits), expression.subs(moves, simultaneous=True), moves) for moves, limits in parts]
    return [Part(region, _simplified(e, region, factor=True), moves) for region, e, moves in moved]


def _simplified(expression: sp.Expr, region: Region, *, factor: bool = False) -> sp.Expr:
    twinned = region.to_twins(expression)
    simple = attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(twinned), twinned)
    if factor:
        simple = attempt(SIMPLIFY_SECONDS, lambda: sp.factor(simple, deep=True), simple)
    return region.from_twins(simple)
