"""Exact values of the new integrals: from an antiderivative that can be shown, else from SymPy's definite integral."""

from __future__ import annotations

import sympy as sp
from sympy.integrals.manualintegrate import manualintegrate

from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import real_value
from jaclib.substitution._region import Region
from jaclib.substitution.one_dim.table import table_antiderivative

LIMIT_SECONDS = 2.0
# What a learner cannot read, or what SymPy returns when it could not do an integral.
_UNDONE = (sp.Integral, sp.Limit, sp.nan, sp.zoo, sp.AccumBounds)
_UNREADABLE = (sp.Piecewise, sp.floor, sp.hyper, sp.meijerg, sp.polar_lift, sp.exp_polar, sp.I, sp.Integral)


_METHODS = (table_antiderivative, sp.integrate)
# With roots, what SymPy does by hand takes a fraction of a second and its other methods many; with rational functions
# it is the other way round.
_FOR_ROOTS = (table_antiderivative, manualintegrate, sp.integrate)


def antiderivative(integrand: sp.Expr, symbol: sp.Symbol, ends, seconds: float) -> sp.Expr | None:
    """Return F with F′ = integrand and F real between the ends, or None if none is found.

    F may jump inside the range: the difference of its values at the ends must be checked.
    """
    region = Region({symbol: tuple(sorted(ends, key=real_value))})
    twin = region.twins[symbol]
    g = integrand.xreplace({symbol: twin})
    points = [sp.Float(float(p), 20) for p in region.points(5)[0]]
    methods = _FOR_ROOTS if any(p.exp.is_Rational and not p.exp.is_Integer for p in g.atoms(sp.Pow)) else _METHODS
    for method in methods:
        found = attempt(seconds / len(methods), lambda method=method: method(g, twin))
        if found is None or found.has(*_UNREADABLE):
            continue
        found = _real_logarithms(found, twin, points)
        if _is_antiderivative(found, g, twin, points):
            return region.from_twins(found)
    return None


def _real_logarithms(expression: sp.Expr, twin: sp.Symbol, points) -> sp.Expr:
    """Write log(−h) where h is negative on the range: both have the same derivative."""

    def real(logarithm: sp.Expr) -> sp.Expr:
        values = [real_value(logarithm.args[0].xreplace({twin: p})) for p in points]
        return sp.log(-logarithm.args[0]) if all(v is not None and v < 0 for v in values) else logarithm

    return expression.replace(sp.log, lambda argument: real(sp.log(argument)))


def _is_antiderivative(found: sp.Expr, g: sp.Expr, twin: sp.Symbol, points) -> bool:
    residual = sp.diff(found, twin) - g
    for point in points:
        value, scale = real_value(residual.xreplace({twin: point})), real_value(g.xreplace({twin: point}))
        if value is None or scale is None or real_value(found.xreplace({twin: point})) is None:
            return False
        if not abs(value) <= 1e-9 * (abs(scale) + 1e-6):
            return False
    return True


def end_values(found: sp.Expr, symbol: sp.Symbol, limits) -> tuple[sp.Expr, sp.Expr] | None:
    """Return F at the limits, approached from between them; None if SymPy finds no limit."""
    low, high = sorted(limits, key=real_value)
    twin = Region({symbol: (low, high)}).twins[symbol]
    inside = found.xreplace({symbol: twin})
    values = {end: _end_value(inside, twin, end, side) for end, side in ((low, "+"), (high, "-"))}
    ends = tuple(values[end] for end in limits)
    return None if None in ends else ends


def _end_value(found: sp.Expr, twin: sp.Symbol, end: sp.Expr, side: str) -> sp.Expr | None:
    if end.is_finite:
        value = found.xreplace({twin: end})
        if not value.has(*_UNDONE, sp.oo, -sp.oo) and real_value(value) is not None:
            return _without_inverses(value)
    # A twin declared positive hides the side from which 0 is approached.
    plain = sp.Dummy(twin.name, real=True)
    value = attempt(LIMIT_SECONDS, lambda: sp.limit(found.xreplace({twin: plain}), plain, end, side))
    return None if value is None or value.has(*_UNDONE) or real_value(value) is None else value


def _without_inverses(value: sp.Expr) -> sp.Expr:
    """Evaluate sinh(2 acosh(c)), cos(2 asin(c)) and their like."""
    nested = [f for f in value.atoms(*_DIRECT) if f.args[0].has(*_INVERSE)]
    if not nested:
        return value
    known = {f: sp.radsimp(sp.expand_trig(f) if not f.has(sp.log) else sp.expand(f.rewrite(sp.exp))) for f in nested}
    simple = sp.expand(value.xreplace(known))
    same = real_value(simple)
    return simple if same is not None and abs(same - real_value(value)) <= 1e-12 * (1 + abs(same)) else value


_DIRECT = (sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh)
_INVERSE = (sp.asin, sp.acos, sp.atan, sp.asinh, sp.acosh, sp.log)


def definite_integral(integrand: sp.Expr, symbol: sp.Symbol, limits, seconds: float) -> sp.Expr | None:
    """Return SymPy's value of the definite integral; None if it finds none."""
    twin = Region({symbol: tuple(sorted(limits, key=real_value))}).twins[symbol]
    value = attempt(seconds, lambda: sp.integrate(integrand.xreplace({symbol: twin}), (twin, *limits)))
    return None if value is None or value.has(*_UNDONE) or value.free_symbols else value
