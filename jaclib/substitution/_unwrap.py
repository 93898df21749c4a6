"""Solve u(x) = w for x step by step, where x occurs in one place: what a learner does by hand."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from jaclib.substitution._numeric import real_value

# The inverses on the principal branch.
_INVERSES: dict[type, Callable[[sp.Expr], sp.Expr]] = {
    sp.exp: sp.log,
    sp.log: sp.exp,
    sp.sin: sp.asin,
    sp.cos: sp.acos,
    sp.tan: sp.atan,
    sp.cot: lambda w: sp.pi / 2 - sp.atan(w),
    sp.asin: sp.sin,
    sp.acos: sp.cos,
    sp.atan: sp.tan,
    sp.sinh: sp.asinh,
    sp.tanh: sp.atanh,
    sp.asinh: sp.sinh,
    sp.acosh: sp.cosh,
    sp.atanh: sp.tanh,
}


def unwrap(u: sp.Expr, x: sp.Symbol, w: sp.Expr, sample: float) -> sp.Expr | None:
    """Return x as an expression in w on the branch that holds `sample`, or None if x cannot be freed by hand.

    The branch of a periodic function is the principal one: the caller must check the result.
    """
    expression, target = u, w
    at = {x: sp.Float(sample, 20)}
    while expression != x:
        step = _peel(expression, x, target, at)
        if step is None:
            return None
        expression, target = step
    return target


def _peel(expression: sp.Expr, x: sp.Symbol, target: sp.Expr, at: dict) -> tuple[sp.Expr, sp.Expr] | None:
    if expression.is_Add or expression.is_Mul:
        constant, rest = expression.as_independent(x, as_Add=expression.is_Add)
        if constant != (0 if expression.is_Add else 1):
            return rest, (target - constant if expression.is_Add else target / constant)
        return _rational(expression, x, target, at)
    if expression.func in _INVERSES:
        return expression.args[0], _INVERSES[expression.func](target)
    if expression.func is sp.acosh or expression.func is sp.cosh:
        return _signed(expression.args[0], sp.acosh(target), at)
    if expression.func is sp.Abs:
        return _signed(expression.args[0], target, at)
    if not expression.is_Pow:
        return None
    base, exponent = expression.as_base_exp()
    if not base.has(x):
        return exponent, sp.log(target) / sp.log(base)
    if exponent.has(x):
        return None
    if exponent.is_Integer and exponent % 2 == 0:
        return _signed(base, target ** (1 / exponent), at)
    if exponent.is_Integer:
        value = real_value(expression.xreplace(at))
        # The real root of a negative number: SymPy's own would be complex.
        return base, (target ** (1 / exponent) if value is None or value >= 0 else -((-target) ** (1 / exponent)))
    return base, target ** (1 / exponent)


def _signed(inner: sp.Expr, magnitude: sp.Expr, at: dict) -> tuple[sp.Expr, sp.Expr]:
    value = real_value(inner.xreplace(at))
    return inner, -magnitude if value is not None and value < 0 else magnitude


def _rational(expression: sp.Expr, x: sp.Symbol, target: sp.Expr, at: dict) -> tuple[sp.Expr, sp.Expr] | None:
    """Solve a quotient of linear functions, or a quadratic by completing the square."""
    top, bottom = sp.fraction(sp.together(expression))
    if not (top.is_polynomial(x) and bottom.is_polynomial(x)):
        return None
    n, d = sp.Poly(top, x).all_coeffs(), sp.Poly(bottom, x).all_coeffs()
    if len(d) == 1 and len(n) == 3:
        a, b, c = (coefficient / d[0] for coefficient in n)
        return (x + b / (2 * a)) ** 2, (target - c + b**2 / (4 * a)) / a
    if len(n) <= 2 and len(d) <= 2:
        (a, b), (c, e) = ([0] * (2 - len(k)) + k for k in (n, d))
        return x, sp.cancel((b - e * target) / (c * target - a))
    return None
