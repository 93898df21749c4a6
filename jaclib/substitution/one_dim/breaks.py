"""Where a formula in one variable is not smooth, and its plain form between two such points."""

from __future__ import annotations

import numpy as np
import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._monotone import zeros_in_numbers
from jaclib.substitution._numeric import real_value, vectorised
from jaclib.substitution._region import Region, real_twin

SOLVE_SECONDS = 2.0
SAMPLES = 512
SIGN_SAMPLES = 64
# Jumps of floor and its like that are looked for one by one.
MOST_JUMPS = 64

_BARS = (sp.Abs, sp.sign, sp.Heaviside)
_STAIRS = (sp.floor, sp.ceiling, sp.frac)
# An inverse, and the function that it takes back on its principal branch alone.
_ARCS = {sp.asin: sp.sin, sp.acos: sp.cos, sp.atan: sp.tan}
_CORNERS = {sp.asin: sp.cos, sp.acos: sp.sin, sp.atan: sp.cos}
# Functions with poles, and the factor of their denominator that makes them.
_POLES = {sp.tan: sp.cos, sp.sec: sp.cos, sp.cot: sp.sin, sp.csc: sp.sin, sp.coth: sp.sinh, sp.csch: sp.sinh}


def break_points(expression: sp.Expr, x: sp.Symbol, lower: sp.Expr, upper: sp.Expr) -> list[sp.Expr]:
    """Return the points inside the range where the expression may be infinite, jump, or have a corner; in order.

    A zero that SymPy does not find is located in numbers, if the sign changes there.
    """
    real = real_twin(x)
    twinned = expression.xreplace({x: real})
    low, high = real_value(lower), real_value(upper)
    found: dict[sp.Expr, float] = {}
    for critical in _critical(twinned, real, x, (lower, upper)):
        for point in _zeros(critical, real, lower, upper):
            value = real_value(point)
            if value is not None and low < value < high:
                found.setdefault(point, value)
    points = sorted(found, key=found.get)
    return [p for k, p in enumerate(points) if k == 0 or found[p] - found[points[k - 1]] > 1e-13 * (1 + abs(found[p]))]


def _critical(expression: sp.Expr, real: sp.Symbol, x: sp.Symbol, ends) -> list[sp.Expr]:
    """Return the expressions at whose zeros this one may not be smooth."""
    critical: list[sp.Expr] = []
    for part in sp.preorder_traversal(expression):
        if not getattr(part, "free_symbols", set()) & {real}:
            continue
        if part.is_Pow and (part.exp.is_Integer is not True or part.exp.is_negative) and part.base.has(real):
            critical.append(part.base)
        elif part.func in _BARS or part.func is sp.log:
            critical.append(part.args[0])
        elif part.func in (sp.Max, sp.Min):
            critical += [part.args[0] - other for other in part.args[1:]]
        elif part.func in _POLES:
            critical.append(_POLES[part.func](part.args[0]))
        elif part.func in _ARCS and isinstance(part.args[0], _ARCS[part.func]):
            critical.append(_CORNERS[part.func](part.args[0].args[0]))
        elif part.func in _STAIRS:
            critical += _stairs(part.args[0], real, x, ends)
        elif part.is_Relational:
            critical.append(part.lhs - part.rhs)
    # A power that never vanishes for a real variable has no break.
    return list(dict.fromkeys(c for c in critical if not (c.is_positive or c.is_negative)))


def _stairs(argument: sp.Expr, real: sp.Symbol, x: sp.Symbol, ends) -> list[sp.Expr]:
    values = vectorised(argument, [real])(*Region({x: ends}).points(SAMPLES))
    values = values[np.isfinite(values)]
    if values.size == 0 or np.ptp(values) > MOST_JUMPS:
        return []
    return [argument - k for k in range(int(values.min()) - 1, int(values.max()) + 2)]


def _zeros(critical: sp.Expr, real: sp.Symbol, lower: sp.Expr, upper: sp.Expr) -> list[sp.Expr]:
    plain = sp.Dummy(real.name, real=True)
    equation = critical.xreplace({real: plain})
    solved = attempt(SOLVE_SECONDS, lambda: sp.solveset(equation, plain, sp.Interval(lower, upper)))
    if solved is sp.S.EmptySet:
        return []
    if isinstance(solved, sp.FiniteSet):
        return list(solved)
    return zeros_in_numbers(critical, real, lower, upper)


def plain_form(expression: sp.Expr, x: sp.Symbol, lower: sp.Expr, upper: sp.Expr) -> sp.Expr:
    """Remove bars, steps, cases and wound arcs that are one formula on the whole range, as seen at sampled points."""
    region = Region({x: (lower, upper)})
    twin = region.twins[x]
    points = region.points(SIGN_SAMPLES)[0]

    def sign(inner: sp.Expr) -> int:
        try:
            values = vectorised(inner, [twin])(points)
        except NotImplementedError:
            return 0
        values = values[~np.isnan(values)]
        return int(values.size > 0 and (values >= 0).all() and values.any()) - int(
            values.size > 0 and (values <= 0).all() and values.any()
        )

    def bars(function: sp.Expr) -> sp.Expr:
        inner = function.args[0]
        known = sign(inner)
        if not known:
            return function
        if function.func is sp.Abs:
            return known * inner
        return sp.Integer(known) if function.func is sp.sign else sp.Integer((known + 1) // 2)

    def extremum(function: sp.Expr) -> sp.Expr:
        best, *others = function.args
        for other in others:
            known = sign(best - other)
            if not known:
                return function
            if (known < 0) == (function.func is sp.Max):
                best = other
        return best

    def cases(function: sp.Expr) -> sp.Expr:
        for value, condition in function.args:
            holds = _truth(condition, sign)
            if holds is None:
                return function
            if holds:
                return value
        return function

    result = region.to_twins(expression)
    result = result.replace(lambda part: part.func in _BARS, bars)
    result = result.replace(lambda part: part.func in (sp.Max, sp.Min), extremum)
    result = result.replace(lambda part: isinstance(part, sp.Piecewise), cases)
    result = result.replace(lambda part: part.func in _STAIRS, lambda part: _step(part, twin, points))
    result = result.replace(lambda part: part.func in _ARCS, lambda part: _unwound(part, twin, points))
    return region.from_twins(result)


def _unwound(part: sp.Expr, twin: sp.Symbol, points: np.ndarray) -> sp.Expr:
    """Write asin(sin(h)) as ±h + kπ, where k is the same at all points."""
    if not isinstance(part.args[0], _ARCS[part.func]):
        return part
    h = part.args[0].args[0]
    inner, outer = vectorised(h, [twin])(points), vectorised(part, [twin])(points)
    for sign in (1, -1):
        turns = (outer - sign * inner) / np.pi
        k = round(float(np.nan_to_num(turns[0])))
        if (np.abs(turns - k) < 1e-9).all():
            return sign * h + k * sp.pi
    return part


def _truth(condition, sign) -> bool | None:
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, (sp.And, sp.Or)):
        parts = [_truth(part, sign) for part in condition.args]
        decided = isinstance(condition, sp.Or)
        if decided in parts:
            return decided
        return None if None in parts else not decided
    if isinstance(condition, (sp.StrictGreaterThan, sp.GreaterThan, sp.StrictLessThan, sp.LessThan)):
        known = sign(condition.gts - condition.lts)
        return None if not known else known > 0
    if isinstance(condition, (sp.Eq, sp.Ne)):
        return isinstance(condition, sp.Ne)
    return None


def _step(part: sp.Expr, twin: sp.Symbol, points: np.ndarray) -> sp.Expr:
    rounded = {sp.floor: np.floor, sp.ceiling: np.ceil, sp.frac: np.floor}[part.func]
    values = np.unique(rounded(vectorised(part.args[0], [twin])(points)))
    if values.size != 1 or not np.isfinite(values[0]):
        return part
    level = sp.Integer(int(values[0]))
    return part.args[0] - level if part.func is sp.frac else level
