"""The integral that is to be substituted in, and the substitution that a caller asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy as sp

from jaclib import _validate
from jaclib.substitution._boundary import (
    check_declared_range,
    read_bound,
    read_expression,
    read_variables,
    refuse_namesakes,
)
from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import real_value, vectorised
from jaclib.substitution._region import Region
from jaclib.substitution._unwrap import unwrap
from jaclib.substitution.one_dim.breaks import break_points
from jaclib.substitution.one_dim.rewrite import derivative
from jaclib.substitution.one_dim.suggest import Suggestion

SOLVE_SECONDS = 5.0


@dataclass(frozen=True)
class Problem:
    """∫ f dx over (lower, upper), or backwards."""

    where: str
    f: sp.Expr
    x: sp.Symbol
    ends: tuple[sp.Expr, sp.Expr]
    backwards: bool

    @property
    def is_point(self) -> bool:
        """Whether the range has length zero."""
        return self.ends[0] == self.ends[1]

    @property
    def original(self) -> sp.Integral:
        """The integral as it was given."""
        a, b = self.ends[::-1] if self.backwards else self.ends
        return sp.Integral(self.f, (self.x, a, b))

    @property
    def symbols(self) -> tuple[sp.Symbol, sp.Symbol]:
        """The new variable for u(x), and that for x = x(t)."""
        return sp.Symbol("w" if self.x.name == "u" else "u"), sp.Symbol("s" if self.x.name == "t" else "t")

    @cached_property
    def breaks(self) -> list[sp.Expr]:
        """Where f may be infinite, jump, or have a corner, inside the range."""
        return break_points(self.f, self.x, *self.ends)


def read_problem(where: str, integrand, limits) -> Problem:
    """Check the integrand and the limits (x, a, b)."""
    if not isinstance(limits, (tuple, list, sp.Tuple)) or len(limits) != 3:
        raise TypeError(f"{where}: limits are {_validate.describe(limits)}, expected (x, a, b).")
    (x,) = read_variables(where, "limits", limits[0])
    a, b = (read_bound(where, x, bound) for bound in limits[1:])
    for bound in (a, b):
        if bound.free_symbols:
            raise ValueError(
                f"{where}: the limit {bound} contains a symbol, expected a number. Put in a value for it: "
                "expression.subs(a, 2)."
            )
    if a == b and not a.is_finite:
        raise ValueError(f"{where}: both limits are {a}, expected a range.")
    f = read_expression(where, "integrand", integrand)
    _only_x(where, "integrand", f, x)
    low, high = real_value(a), real_value(b)
    if a != b and a.is_finite and b.is_finite and abs(low - high) <= 1e-13 * max(abs(low), abs(high)):
        if attempt(SOLVE_SECONDS, lambda: sp.simplify(a - b)) != 0:
            raise ValueError(f"{where}: the limits {a} and {b} are too close to tell apart in floating point.")
        b = a
    ends = (a, b) if low <= high else (b, a)
    check_declared_range(where, x, *ends)
    problem = Problem(where, f, x, ends, low > high)
    if not problem.is_point:
        _refuse_unreal(problem)
    return problem


def _only_x(where: str, name: str, expression: sp.Expr, x: sp.Symbol) -> None:
    refuse_namesakes(where, (x,), [expression])
    others = expression.free_symbols - {x}
    if others:
        raise ValueError(
            f"{where}: {name} contains {sorted(map(str, others))}, expected {x} alone. Put in a value for a parameter: "
            "expression.subs(a, 2)."
        )


def _refuse_unreal(problem: Problem) -> None:
    x = problem.x
    point = _unreal_point(problem.f, x, Region({x: problem.ends}).points(256)[0])
    if point is not None:
        raise ValueError(
            f"{problem.where}: the integrand {problem.f} is not real at {x} = {point:.4g}, which lies "
            "between the limits; expected a real integrand. Restrict the limits."
        )


def _unreal_point(f: sp.Expr, x: sp.Symbol, points: np.ndarray) -> float | None:
    """Return a point where f, or a part of it, is not real: i · i is real, but nothing that a real x gives."""
    try:
        values = vectorised(f, [x])(points)
    except NotImplementedError:
        return None
    parts = [part for part in sp.preorder_traversal(f) if isinstance(part, sp.Expr) and part.has(x)]
    for point in points[np.isnan(values)]:
        # nan may also come from overflow, as in exp(x) - exp(x): only a value that is not real counts.
        number = {x: sp.Float(float(point))}
        if any(sp.N(part.xreplace(number)).is_extended_real is False for part in parts):
            return float(point)
    return None


def read_substitution(problem: Problem, u) -> Suggestion:
    """Read u, Eq(u, expression in x), or Eq(x, expression in a new symbol)."""
    where, x, symbol = problem.where, problem.x, problem.symbols[0]
    if isinstance(u, sp.Eq):
        left, right = u.args
        if left == x and x not in right.free_symbols:
            return _read_back(problem, right)
        if not left.is_Symbol or left == x:
            raise ValueError(
                f"{where}: u is {u}, expected an expression in {x}, Eq(w, expression in {x}), or Eq({x}, expression in "
                "a new symbol)."
            )
        symbol, u = left, right
    expression = read_expression(where, "u", u)
    _only_x(where, "u", expression, x)
    if x not in expression.free_symbols:
        raise ValueError(f"{where}: u = {expression} does not depend on {x}, so du = 0; expected an expression in {x}.")
    if derivative(expression, x).has(sp.Derivative):
        raise ValueError(
            f"{where}: u = {expression} has no derivative that SymPy knows, expected a differentiable u. Split the "
            "range at its jumps, or choose another u."
        )
    return Suggestion(x, expression, None, symbol)


def _read_back(problem: Problem, right) -> Suggestion:
    where, x = problem.where, problem.x
    back = read_expression(where, "u", right)
    if len(back.free_symbols) != 1:
        raise ValueError(f"{where}: {x} = {back} has the symbols {sorted(map(str, back.free_symbols))}, expected one.")
    (t,) = read_variables(where, "u", tuple(back.free_symbols))
    for u in _inverses(back, t, x):
        if _covers(back, u, t, problem):
            return Suggestion(x, u, back, t)
    raise ValueError(
        f"{where}: {x} = {back} cannot be solved for {t} on the whole range from {problem.ends[0]} to "
        f"{problem.ends[1]}. It may not reach all of it; check it at the limits, or give {t} as an expression in {x}."
    )


def _inverses(back: sp.Expr, t: sp.Symbol, x: sp.Symbol):
    by_hand = unwrap(back, t, x, 1.0)
    if by_hand is not None:
        yield by_hand
    yield from attempt(SOLVE_SECONDS, lambda: sp.solve(back - x, t), []) or []


def _covers(back: sp.Expr, u: sp.Expr, t: sp.Symbol, problem: Problem) -> bool:
    """Whether u is real on the range and x(u(x)) = x there."""
    x = problem.x
    points = Region({x: problem.ends}).points(9)[0]
    for point in () if problem.is_point else points:
        number = sp.Float(float(point), 20)
        value = real_value(u.xreplace({x: number}))
        there = None if value is None else real_value(back.xreplace({t: sp.Float(value, 20)}))
        if there is None or abs(there - point) > 1e-8 * (1 + abs(point)):
            return False
    return True
