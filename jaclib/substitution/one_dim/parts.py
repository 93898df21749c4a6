"""Turn f dx into g(u) du on each monotone piece, and join the pieces that share one g."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._monotone import Piece, inverse_on, make_piece
from jaclib.substitution._numeric import real_value, vectorised
from jaclib.substitution.one_dim import writing as write
from jaclib.substitution.one_dim.breaks import plain_form
from jaclib.substitution.one_dim.problem import Problem
from jaclib.substitution.one_dim.rewrite import agrees, prefers_inverse, through_inverse, without_inverse
from jaclib.substitution.one_dim.solution import NewIntegral
from jaclib.substitution.one_dim.suggest import Suggestion

SIMPLIFY_SECONDS = 2.0


def cut(where: str, pieces: tuple[Piece, ...], u: sp.Expr, x: sp.Symbol, breaks: list[sp.Expr]) -> list[Piece]:
    """Cut the pieces at the points where f is not smooth."""
    result = []
    for piece in pieces:
        low, high = real_value(piece.lower), real_value(piece.upper)
        inside = [point for point in breaks if low < real_value(point) < high]
        ends = [piece.lower, *inside, piece.upper]
        result += [make_piece(where, u, x, *pair) for pair in pairwise(ends)] if inside else [piece]
    return result


def new_integrals(problem: Problem, choice: Suggestion, pieces: list[Piece]) -> list[NewIntegral]:
    """Return the new integrals in the direction of rising x.

    Raises
    ------
    ValueError
        If no formula in u is found that can be checked in numbers.
    """
    parts: list[NewIntegral] = []
    forward: dict[tuple, sp.Expr | None] = {}
    for piece in pieces:
        part = _on_piece(problem, choice, piece, forward)
        if parts and _joinable(parts[-1], part):
            last = parts.pop()
            inverse = last.inverse if last.inverse == part.inverse else None
            part = NewIntegral(
                part.variable,
                part.symbol,
                (last.x_limits[0], part.x_limits[1]),
                (last.u_limits[0], part.u_limits[1]),
                last.integrand,
                inverse,
            )
        parts.append(part)
    return parts


def _on_piece(problem: Problem, choice: Suggestion, piece: Piece, forward: dict) -> NewIntegral:
    x, symbol, ends = problem.x, choice.symbol, (piece.lower, piece.upper)
    f, u = plain_form(problem.f, x, *ends), plain_form(choice.u, x, *ends)
    for inverse, formula in _formulas(f, u, x, choice, piece, forward):
        if formula is not None and _has_values(formula, symbol) and agrees(formula, f, u, x, symbol, ends):
            return NewIntegral(x, symbol, ends, (piece.u_lower, piece.u_upper), formula, inverse)
    lower, upper = (write.formula(end).plain for end in ends)
    raise ValueError(
        f"{problem.where}: {problem.f} cannot be written in terms of {symbol} = {choice.u} between {lower} and "
        f"{upper}: SymPy finds no formula for {x} there that can be checked in numbers. Choose another u."
    )


def _formulas(f, u, x, choice: Suggestion, piece: Piece, forward: dict):
    """Yield pairs (inverse, g), the simplest way first."""
    squares = choice.squares
    if choice.back is not None:
        yield choice.back, through_inverse(f, choice.back, x, choice.symbol, ends=piece.u_range, squares=squares)
        return
    if (f, u) not in forward:
        forward[f, u] = without_inverse(f, u, x, choice.symbol, squares=squares)
    first = forward[f, u] is not None and not prefers_inverse(u, f, x)
    if first:
        yield None, forward[f, u]
    inverse = inverse_on(piece, u, x, choice.symbol)
    if inverse is not None:
        yield inverse, through_inverse(f, inverse, x, choice.symbol, ends=piece.u_range, squares=squares)
    if not first:
        yield None, forward[f, u]


def _has_values(formula: sp.Expr, symbol: sp.Symbol) -> bool:
    try:
        vectorised(formula, [symbol])(np.array([0.5]))
    except NotImplementedError:
        return False
    return True


def _is_proper(part: NewIntegral, limit: sp.Expr) -> bool:
    """Whether the limit and the new integrand there are finite."""
    number = real_value(part.integrand.subs(part.symbol, limit)) if limit.is_finite else None
    return number is not None and bool(np.isfinite(number))


def _joinable(last: NewIntegral, part: NewIntegral) -> bool:
    """Whether both are one integral: the limits meet where g is finite, and g is the same.

    Across a pole of g the parts of the joined integral would cancel although each diverges, and so they would if u came
    back to the pole or the infinity from which it started.
    """
    joint, start, end = part.u_limits[0], last.u_limits[0], part.u_limits[1]
    if last.u_limits[1] != joint or not _is_proper(part, joint) or (start == end and not _is_proper(part, end)):
        return False
    if last.integrand == part.integrand:
        return True
    difference = last.integrand - part.integrand
    return attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(difference)) == 0
