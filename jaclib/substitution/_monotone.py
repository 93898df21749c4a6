"""A function of one variable on an interval, cut into pieces on which it is monotone, and its inverse on each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import sympy as sp
from sympy.calculus.util import continuous_domain

from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import real_value, vectorised
from jaclib.substitution._region import Region
from jaclib.substitution._unwrap import unwrap

SOLVE_SECONDS = 5.0
SAMPLES = 2048
# Steps back that are smaller, in units of u, are rounding.
ROUNDING = 1e-14


@dataclass(frozen=True)
class Piece:
    """An interval of x on which u rises or falls, with the one-sided limits of u at its ends."""

    lower: sp.Expr
    upper: sp.Expr
    u_lower: sp.Expr
    u_upper: sp.Expr

    @property
    def u_range(self) -> tuple[sp.Expr, sp.Expr]:
        """The ends of the image, the smaller one first."""
        rises = real_value(self.u_lower) < real_value(self.u_upper)
        return (self.u_lower, self.u_upper) if rises else (self.u_upper, self.u_lower)


def monotone_pieces(
    where: str, u: sp.Expr, x: sp.Symbol, lower: sp.Expr, upper: sp.Expr, *, approximate: bool = False
) -> tuple[Piece, ...]:
    """Cut [lower, upper] where u turns or is not continuous.

    With `approximate`, turning points that SymPy does not find are located in numbers.

    Raises
    ------
    ValueError
        If u is constant or not real on the interval, or if its turning points cannot all be found.
    """
    interval = sp.Interval(lower, upper)
    samples = vectorised(u, [x])(*Region({x: (lower, upper)}).points(SAMPLES))
    if np.isnan(samples).any():
        raise ValueError(
            f"{where}: u = {u} is not real everywhere between {lower} and {upper}. Restrict the range, or choose "
            "another u."
        )
    real = sp.Dummy(x.name, real=True)
    derivative = sp.diff(u.xreplace({x: real}), real)
    turns = attempt(SOLVE_SECONDS, lambda: sp.solveset(derivative, real, interval))
    domain = attempt(SOLVE_SECONDS, lambda: continuous_domain(u.xreplace({x: real}), real, interval))
    kinks = {function.args[0] for function in u.atoms(sp.Abs, sp.sign)}
    corners = [attempt(SOLVE_SECONDS, lambda k=k: sp.solveset(k.xreplace({x: real}), real, interval)) for k in kinks]
    breaks = set(turns) if isinstance(turns, sp.FiniteSet) else set()
    if approximate and not isinstance(turns, sp.FiniteSet) and turns is not sp.S.EmptySet:
        breaks |= set(zeros_in_numbers(derivative, real, lower, upper))
    for points in corners:
        breaks |= set(points) if isinstance(points, sp.FiniteSet) else set()
    if domain is not None and isinstance(domain.boundary, sp.FiniteSet):
        breaks |= set(domain.boundary)
    low, high = real_value(lower), real_value(upper)
    values = {point: real_value(point) for point in breaks}
    inside = sorted((p for p, v in values.items() if v is not None and low < v < high), key=values.get)
    ends = [lower, *inside, upper]
    return tuple(make_piece(where, u, x, *pair) for pair in pairwise(ends))


def zeros_in_numbers(expression: sp.Expr, x: sp.Symbol, lower: sp.Expr, upper: sp.Expr) -> list[sp.Float]:
    """Return the points where the sign changes between samples, to 30 digits."""
    places = np.sort(Region({x: (lower, upper)}).points(SAMPLES)[0])
    try:
        signs = np.sign(vectorised(expression, [x])(places))
    except NotImplementedError:
        return []
    roots = []
    for k in np.flatnonzero(signs[:-1] * signs[1:] < 0):
        bracket = (sp.Float(float(places[k]), 30), sp.Float(float(places[k + 1]), 30))
        root = attempt(
            SOLVE_SECONDS,
            lambda bracket=bracket: sp.nsolve(expression, x, bracket, solver="anderson", prec=30, verify=False),
        )
        if root is not None and root.is_real:
            roots.append(root)
    return roots


def make_piece(where: str, u: sp.Expr, x: sp.Symbol, lower: sp.Expr, upper: sp.Expr) -> Piece:
    """Return the piece with these ends, after a look at samples whether u is monotone between them."""
    order = np.sort(Region({x: (lower, upper)}).points(SAMPLES)[0])
    values = vectorised(u, [x])(order)
    with np.errstate(invalid="ignore"):  # beyond the largest number all values are infinite
        steps = np.diff(values)
    # Far out, a bounded u such as exp(-x) repeats itself in floating point; only a step back is evidence.
    rounding = ROUNDING * np.abs(values[np.isfinite(values)]).max(initial=0.0)
    if (steps > rounding).any() and (steps < -rounding).any():
        raise ValueError(
            f"{where}: u = {u} turns between {lower} and {upper}, and SymPy did not find where. Split the range at "
            "its turning points yourself, or choose a u that is monotone."
        )
    if not steps.any():
        raise ValueError(
            f"{where}: u = {u} is constant between {lower} and {upper}, so du = 0; expected a u that varies."
        )
    ends = [_end_value(u, x, lower, "+"), _end_value(u, x, upper, "-")]
    if any(end is None or real_value(end) is None for end in ends):
        raise ValueError(f"{where}: u = {u} has no limit at {lower} or at {upper}. Restrict the range.")
    return Piece(lower, upper, *ends)


def _end_value(u: sp.Expr, x: sp.Symbol, end: sp.Expr, side: str) -> sp.Expr | None:
    # A turning point found in numbers: u is smooth there.
    if end.is_Float and real_value(value := u.xreplace({x: end})) is not None:
        return value
    return attempt(SOLVE_SECONDS, lambda: sp.limit(u, x, end, side))


def inverse_on(piece: Piece, u: sp.Expr, x: sp.Symbol, new: sp.Symbol) -> sp.Expr | None:
    """Return x as an expression in `new` with u(x) = new on the piece, or None if SymPy finds none."""
    region = Region({x: (piece.lower, piece.upper)})
    twin = region.twins[x]
    samples = [(sp.Float(float(p), 20), u.xreplace({x: sp.Float(float(p), 20)})) for p in region.points(5)[0]]
    by_hand = _by_hand(piece, u, x, new, region)
    shift = None if by_hand is None else _constant_shift(by_hand, new, samples)
    if shift is not None:
        return by_hand + shift
    for value, back in _positive_forms(piece, new):
        equation = region.to_twins(u) - value
        for candidate in attempt(SOLVE_SECONDS, lambda equation=equation: sp.solve(equation, twin), []) or []:
            shift = _constant_shift(candidate.xreplace(back), new, samples)
            if shift is not None:
                branch = _real_roots_of_unity(candidate) + shift
                return attempt(SOLVE_SECONDS, lambda branch=branch: sp.simplify(branch), branch).xreplace(back)
    return None


def _by_hand(piece: Piece, u: sp.Expr, x: sp.Symbol, new: sp.Symbol, region: Region) -> sp.Expr | None:
    # With the sign of u known, SymPy joins powers.
    range_ = Region({new: piece.u_range})
    found = unwrap(u, x, range_.twins[new], float(region.points(1)[0][0]))
    return None if found is None else range_.from_twins(found)


def _real_roots_of_unity(expression: sp.Expr) -> sp.Expr:
    """Write (-1)**(p/q), which SymPy leaves in real cube roots, as cos + i sin, so that the imaginary parts cancel."""
    if not expression.has(sp.I) and all(part.base != -1 for part in expression.atoms(sp.Pow)):
        return expression
    plain = expression.replace(
        lambda part: part.is_Pow and part.base == -1 and part.exp.is_Rational,
        lambda part: sp.cos(sp.pi * part.exp) + sp.I * sp.sin(sp.pi * part.exp),
    )
    return sp.expand(plain)


def _positive_forms(piece: Piece, new: sp.Symbol):
    """Write u in a positive variable, counted from an end of its range: SymPy then picks real roots."""
    low, high = piece.u_range
    w = sp.Dummy("w", positive=True)
    # Counting from zero, where that is possible, gives the simplest roots: -(-u)**(1/3).
    if low.is_extended_nonnegative:
        yield w, {w: new}
    if high.is_extended_nonpositive:
        yield -w, {w: -new}
    if low.is_finite:
        yield low + w, {w: new - low}
    if high.is_finite:
        yield high - w, {w: high - new}
    real = sp.Dummy("w", real=True)
    yield real, {real: new}


def _constant_shift(inverse: sp.Expr, new: sp.Symbol, samples) -> sp.Expr | None:
    """Return the multiple of pi that makes inverse(u(p)) = p at every sample; mostly 0, None if none does."""
    gaps = []
    for point, value in samples:
        found = real_value(inverse.xreplace({new: sp.N(value, 20)}))
        if found is None:
            return None
        gaps.append(float(point) - found)
    tolerance = 1e-8 * (1.0 + max(abs(float(point)) for point, _ in samples))
    turns = round(gaps[0] / np.pi)
    return turns * sp.pi if all(abs(gap - turns * np.pi) <= tolerance for gap in gaps) else None
