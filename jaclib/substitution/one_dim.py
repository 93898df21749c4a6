r"""Substitution in one variable: ∫ₐᵇ g(u(x)) u′(x) dx = ∫ g(u) du from u(a) to u(b), with signed limits.

The limits carry the sign of u′, so no absolute value occurs. Where u turns, the integrand may need another
formula in u on each side; then the range is split there.
"""

from __future__ import annotations

import numpy as np
import sympy as sp

from jaclib import _validate
from jaclib.cubature import Cubature, integrate
from jaclib.substitution._boundary import (
    check_declared_range,
    read_bound,
    read_expression,
    read_variables,
    refuse_namesakes,
)
from jaclib.substitution._effort import attempt
from jaclib.substitution._monotone import Piece, inverse_on, monotone_pieces
from jaclib.substitution._numeric import real_value, vectorised
from jaclib.substitution._region import Region, real_twin
from jaclib.substitution._results import IntegralValue, settle
from jaclib.substitution._steps import NewIntegral, USubstitution

WHERE = "u_substitution"
SIMPLIFY_SECONDS = 5.0


def u_substitution(integrand, limits, u, *, time_limit: float = 10.0) -> USubstitution:
    r"""Work out ∫ₐᵇ f(x) dx with u = u(x), and show every step.

    Parameters
    ----------
    integrand : Expr
        f, an expression in x alone.
    limits : tuple
        ``(x, a, b)``. Signed: a > b is allowed, and so are ``±sympy.oo``.
    u : Expr
        An expression in x.
    time_limit : float
        Seconds for SymPy to evaluate the new integrals.

    Returns
    -------
    USubstitution
        With ``.value``, ``.error``, ``.method``, ``.u``, ``.du``, ``.turning_points``, ``.integrals``,
        ``.steps``.

    Raises
    ------
    TypeError
        If `limits` is not a triple or an argument is not a SymPy expression.
    ValueError
        If u is constant or not real on the range, if the integrand cannot be written in u there, if there are
        other symbols than x, or if the integral diverges.

    Warns
    -----
    UnconfirmedWarning
        If the value is SymPy's and the numeric integral did not converge.

    Notes
    -----
    The new integrand is compared with the old one at points of the range, and the value with the numeric
    integral of f itself, so that a wrong branch of an inverse cannot pass.

    References
    ----------
    M. Spivak, Calculus (4th ed., 2008), chapter 19.

    Examples
    --------
    >>> import sympy as sp
    >>> x = sp.Symbol("x")
    >>> u_substitution(x * sp.exp(-x**2), (x, 0, 2), x**2)
    ∫ from 0 to 2 of x*exp(-x**2) dx
    1. Choose u = x**2.
    2. Differentiate: du = 2*x dx.
    3. Convert the limits: x = 0 gives u = 0; x = 2 gives u = 4.
    4. New integral: ∫ from 0 to 4 of exp(-u)/2 du.
    5. Value: 1/2 - exp(-4)/2 (exact, ≈ 0.490842180556; confirmed numerically).

    Here u is not one-to-one:

    >>> split = u_substitution(x**2, (x, -1, 2), x**2)
    >>> split.value, [part.integral for part in split.integrals]
    (3, [Integral(-sqrt(u)/2, (u, 1, 0)), Integral(sqrt(u)/2, (u, 0, 4))])
    """
    x, a, b = _read_limits(limits)
    f = read_expression(WHERE, "integrand", integrand)
    u = read_expression(WHERE, "u", u)
    refuse_namesakes(WHERE, (x,), [f, u])
    for name, expression in (("integrand", f), ("u", u)):
        others = expression.free_symbols - {x}
        if others:
            raise ValueError(f"{WHERE}: {name} contains {sorted(map(str, others))}, expected {x} alone.")
    if x not in u.free_symbols:
        raise ValueError(f"{WHERE}: u = {u} does not depend on {x}, so du = 0; expected an expression in {x}.")
    original = sp.Integral(f, (x, a, b))
    symbol = _new_symbol(x)
    if a == b:
        zero = IntegralValue(sp.Integer(0), 0.0, "exact", "both limits are equal", None, original)
        return USubstitution(original, u, _derivative(u, x), (), (), zero)
    lower, upper, sign = (a, b, 1) if real_value(a) < real_value(b) else (b, a, -1)
    pieces = monotone_pieces(WHERE, u, x, lower, upper)
    parts = _new_integrals(f, u, x, symbol, pieces)
    if sign < 0:
        parts = [NewIntegral(p.x_limits[::-1], p.u_limits[::-1], p.integrand, p.inverse, symbol) for p in parts[::-1]]
    exact, why_not = _evaluate(parts, time_limit)
    shown = sp.Add(*(part.integral for part in parts), evaluate=False)
    result = settle(WHERE, exact, lambda: _numeric(f, x, pieces, sign), shown, why_not)
    turning = tuple(piece.lower for piece in pieces[1:])
    return USubstitution(original, u, _derivative(u, x), turning, tuple(parts), result)


def _read_limits(limits) -> tuple[sp.Symbol, sp.Expr, sp.Expr]:
    if not isinstance(limits, (tuple, list, sp.Tuple)) or len(limits) != 3:
        raise TypeError(f"{WHERE}: limits are {_validate.describe(limits)}, expected (x, a, b).")
    (x,) = read_variables(WHERE, "limits", limits[0])
    a, b = (read_bound(WHERE, x, bound) for bound in limits[1:])
    for bound in (a, b):
        if bound.free_symbols:
            raise ValueError(f"{WHERE}: the limit {bound} contains a symbol, expected a number.")
    check_declared_range(WHERE, x, *sorted((a, b), key=real_value))
    return x, a, b


def _new_symbol(x: sp.Symbol) -> sp.Symbol:
    return sp.Symbol("u" if x.name != "u" else "w")


def _derivative(u: sp.Expr, x: sp.Symbol) -> sp.Expr:
    twin = real_twin(x)
    return sp.diff(u.xreplace({x: twin}), twin).xreplace({twin: x})


def _new_integrals(f, u, x, symbol, pieces: tuple[Piece, ...]) -> list[NewIntegral]:
    """Write f dx as g(u) du on each piece, and join the pieces that share one g."""
    g = _without_inverse(f, u, x, symbol)
    parts = []
    for piece in pieces:
        inverse, formula = (None, g) if g is not None else _with_inverse(f, u, x, symbol, piece)
        if formula is None or not _has_values(formula, symbol) or not _agrees(formula, f, u, x, symbol, piece):
            raise ValueError(
                f"{WHERE}: {f} cannot be written in terms of u = {u} between {piece.lower} and {piece.upper}: SymPy "
                f"finds no formula for {x} there that can be checked in numbers. Choose another u."
            )
        parts.append(NewIntegral((piece.lower, piece.upper), (piece.u_lower, piece.u_upper), formula, inverse, symbol))
    joined = parts[:1]
    for part in parts[1:]:
        last = joined[-1]
        joint = part.u_limits[0]
        # Across a pole of g the parts of the joined integral would cancel although each diverges.
        smooth = last.u_limits[1] == joint and joint.is_finite and _is_finite_at(part.integrand, symbol, joint)
        if smooth and sp.simplify(last.integrand - part.integrand) == 0:
            joined[-1] = NewIntegral(
                (last.x_limits[0], part.x_limits[1]), (last.u_limits[0], part.u_limits[1]), last.integrand, None, symbol
            )
        else:
            joined.append(part)
    return joined


def _is_finite_at(formula: sp.Expr, symbol: sp.Symbol, value: sp.Expr) -> bool:
    number = real_value(formula.subs(symbol, value))
    return number is not None and np.isfinite(number)


def _without_inverse(f, u, x, symbol) -> sp.Expr | None:
    """f/u′ with u(x) replaced by the new symbol, if no x is left."""
    twin = real_twin(x)
    quotient = f.xreplace({x: twin}) / sp.diff(u.xreplace({x: twin}), twin)
    for form in (sp.simplify, sp.expand, sp.cancel):
        written = attempt(SIMPLIFY_SECONDS, lambda form=form: form(quotient).subs(u.xreplace({x: twin}), symbol))
        if written is not None and twin not in written.free_symbols:
            return attempt(SIMPLIFY_SECONDS, lambda written=written: sp.simplify(written), written)
    return None


def _with_inverse(f, u, x, symbol, piece: Piece) -> tuple[sp.Expr | None, sp.Expr | None]:
    inverse = inverse_on(piece, u, x, symbol)
    if inverse is None:
        return None, None
    low, _ = piece.u_range
    positive = sp.Dummy(symbol.name, positive=True) if low.is_extended_nonnegative else sp.Dummy(symbol.name, real=True)
    quotient = (f / _derivative(u, x)).xreplace({x: inverse.xreplace({symbol: positive})})
    simple = attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(quotient), quotient)
    return inverse, simple.xreplace({positive: symbol})


def _has_values(formula: sp.Expr, symbol: sp.Symbol) -> bool:
    try:
        vectorised(formula, [symbol])(np.array([0.5]))
    except NotImplementedError:
        return False
    return True


def _agrees(formula, f, u, x, symbol, piece: Piece) -> bool:
    """Whether g(u(x)) u′(x) = f(x) at points inside the piece."""
    points = Region({x: (piece.lower, piece.upper)}).points(64)[0]
    old = vectorised(f, [x])(points)
    values = vectorised(u, [x])(points)
    new = vectorised(formula, [symbol])(values) * vectorised(_derivative(u, x), [x])(points)
    usable = np.isfinite(old)
    scale = np.abs(old[usable]).max(initial=0.0)
    # Near a zero of u′ digits cancel: most points must agree closely, none may be far off.
    error = np.abs(new - old)[usable] / (np.abs(old[usable]) + 1e-6 * scale + 1e-300)
    return bool(usable.any() and np.isfinite(error).all() and np.median(error) < 1e-9 and error.max() < 1e-3)


def _evaluate(parts: list[NewIntegral], seconds: float) -> tuple[sp.Expr | None, str]:
    if any(part.integral.has(sp.Float) for part in parts):
        return None, "floats in the problem; write exact numbers such as Rational(1, 2) for an exact value"
    total = sp.Integer(0)
    for part in parts:
        low, high = sorted(part.u_limits, key=real_value)
        twin = Region({part.symbol: (low, high)}).twins[part.symbol]
        value = attempt(
            seconds / len(parts),
            lambda part=part, twin=twin: sp.integrate(
                part.integrand.xreplace({part.symbol: twin}), (twin, *part.u_limits)
            ),
        )
        if value is None or value.has(sp.Integral, sp.Limit, sp.nan, sp.zoo) or value.free_symbols:
            return None, f"SymPy found no exact value; its time limit was {seconds:g} s"
        total += value
    # Infinities of both signs do not cancel: the integral diverges.
    return sp.oo if total is sp.nan else total, ""


def _numeric(f, x, pieces: tuple[Piece, ...], sign: int) -> Cubature:
    """∫ f dx itself, not the substituted integral: an independent check. Cut at the turning points."""
    function = vectorised(f, [x])
    runs = [integrate(function, [(float(piece.lower), float(piece.upper))]) for piece in pieces]
    return Cubature(
        sign * sum(run.value for run in runs),
        sum(run.error for run in runs),
        sum(run.evaluations for run in runs),
        all(run.converged for run in runs),
    )
