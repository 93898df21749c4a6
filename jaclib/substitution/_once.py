"""Parts of a region on which a map reaches each point of the image once: by symmetries, and by its monotone pieces.

Three rules shorten the range of one variable u without a change of the image. All are proved by SymPy, not sampled:
a shift by a period; a reflection u → 2c − u at a fold u = c or at 0, also together with a change of another variable
that takes its range to itself; and, where one old variable depends on u alone and the others not at all, a choice
among the monotone pieces.
"""

from __future__ import annotations

from itertools import product

import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._folds import Folds, find_folds
from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._monotone import Piece, inverse_on, monotone_pieces
from jaclib.substitution._numeric import real_value
from jaclib.substitution._periods import period
from jaclib.substitution._region import Region

SIMPLIFY_SECONDS = 2.0
PIECES_SECONDS = 5.0
MOST_PARTS = 16

Limits = dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]


def parts_covered_once(
    map_: DifferentiableMap, region: Region, folds: Folds
) -> tuple[DifferentiableMap, list[Region]] | None:
    """Return a map and regions that it takes to the image of `region` under `map_`, reaching each point once.

    None if none were found.
    """
    if len(map_.new) == 1:
        return _intervals(map_, region)
    limits = dict(region.limits)
    for variable in map_.new:
        limits = _without_repetitions(map_, variable, limits)
    centres = [(equation.lhs, equation.rhs) for equation in folds.sign_changes if equation.lhs in limits]
    for variable, c in dict.fromkeys([*centres, *((v, sp.Integer(0)) for v in map_.new)]):
        limits = _without_mirror_image(map_, variable, c, limits)
    choices = [_pieces_once(map_, variable, limits) for variable in limits]
    parts = [Region(dict(zip(limits, choice, strict=True))) for choice in product(*choices)]
    if len(parts) > MOST_PARTS:
        return None
    outputs = [map_.mapping[variable] for variable in map_.old]
    return None if any(find_folds(map_.det, outputs, part) for part in parts) else (map_, parts)


def _without_repetitions(map_: DifferentiableMap, variable: sp.Symbol, limits: Limits) -> Limits:
    """Cut the range of a periodic variable down to one period."""
    lower, upper = limits[variable]
    if not _is_constant(lower, upper) or (p := period(map_, variable)) is None:
        return limits
    if lower == -sp.oo and upper == sp.oo:
        shorter = sp.Integer(0), p
    elif lower == -sp.oo:
        shorter = upper - p, upper
    elif real_value(upper - lower) > real_value(p) * (1.0 + 1e-12):
        shorter = lower, lower + p
    else:
        return limits
    return _if_symmetric(map_, {variable: variable + p}, variable, shorter, limits)


def _without_mirror_image(map_: DifferentiableMap, variable: sp.Symbol, c: sp.Expr, limits: Limits) -> Limits:
    """Keep the longer side of c, if the other one is its mirror image; of equal ones that closer to zero."""
    lower, upper = limits[variable]
    if c.free_symbols or not _is_constant(lower, upper) or not real_value(lower) < real_value(c) < real_value(upper):
        return limits
    below, above = real_value(c - lower), real_value(upper - c)
    first_is_longer = below > above if abs(below - above) > 1e-12 * above else real_value(c) > 0.0
    longer = (lower, c) if first_is_longer else (c, upper)
    for change in _changes_of_others(map_, variable, limits):
        shorter = _if_symmetric(map_, {variable: 2 * c - variable, **change}, variable, longer, limits)
        if shorter is not limits:
            return shorter
    return limits


def _changes_of_others(map_: DifferentiableMap, variable: sp.Symbol, limits: Limits):
    """Yield changes of one other variable that take its range to itself: half a period on, or turned around."""
    yield {}
    for other, (lower, upper) in limits.items():
        free = not any(bound.has(other) for ends in limits.values() for bound in ends)
        if other == variable or not free or not _is_constant(lower, upper):
            continue
        p = period(map_, other)
        if p is not None and real_value(upper - lower) >= (1.0 - 1e-12) * real_value(p):
            yield {other: other + p / 2}
        if (lower.is_finite and upper.is_finite) or lower == -upper:
            yield {other: -other if lower == -upper else lower + upper - other}


def _if_symmetric(map_, symmetry: dict, variable: sp.Symbol, shorter: tuple, limits: Limits) -> Limits:
    """Replace the range of `variable` if the map, and the limits of the others, do not change under the symmetry."""
    others = [bound for v, ends in limits.items() if v != variable for bound in ends]
    if all(_unchanged(map_, e, symmetry) for e in (*map_.mapping.values(), *others)):
        return {v: shorter if v == variable else ends for v, ends in limits.items()}
    return limits


def _unchanged(map_: DifferentiableMap, expression: sp.Expr, symmetry: dict) -> bool:
    if not expression.free_symbols:
        return True
    moved = map_.to_twins(expression.subs(symmetry, simultaneous=True) - expression)
    return attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(moved), moved) == 0


def _is_constant(*bounds: sp.Expr) -> bool:
    return not any(bound.free_symbols for bound in bounds)


# ------------------------------------------------------------------------------------------ one variable by itself


def _intervals(map_: DifferentiableMap, region: Region) -> tuple[DifferentiableMap, list[Region]] | None:
    """Return the image of an interval as intervals, with the identity as the map."""
    (x,), (u,) = map_.old, map_.new
    pieces = _monotone_pieces(map_.mapping[x], u, region.limits[u])
    if pieces is None:
        return None
    identity = type(map_).from_parts((x,), (u,), {x: u})
    covered: list[tuple[sp.Expr, sp.Expr]] = []
    for piece in sorted(pieces, key=lambda piece: -_length(piece.u_range)):
        covered += _difference(piece.u_range, covered)
    return identity, [Region({u: ends}) for ends in sorted(covered, key=lambda ends: real_value(ends[0]))]


def _monotone_pieces(expression: sp.Expr, variable: sp.Symbol, limits) -> tuple[Piece, ...] | None:
    return attempt(PIECES_SECONDS, lambda: monotone_pieces("Substitution.integrate", expression, variable, *limits))


def _pieces_once(map_: DifferentiableMap, variable: sp.Symbol, limits: Limits) -> list[tuple[sp.Expr, sp.Expr]]:
    """Return ranges of the variable that give each point once; the whole range where nothing is known."""
    whole = [limits[variable]]
    with_it = [e for e in map_.mapping.values() if e.has(variable)]
    bounds = [bound for v, ends in limits.items() if v != variable for bound in ends]
    alone = len(with_it) == 1 and with_it[0].free_symbols == {variable}
    if not alone or not _is_constant(*limits[variable]) or any(bound.has(variable) for bound in bounds):
        return whole
    pieces = _monotone_pieces(with_it[0], variable, limits[variable])
    return whole if pieces is None else _chosen(pieces, with_it[0], variable) or whole


def _chosen(pieces: tuple[Piece, ...], u: sp.Expr, x: sp.Symbol) -> list[tuple[sp.Expr, sp.Expr]] | None:
    """Take from each piece, the one with the longest image first, what the earlier ones leave open."""
    covered: list[tuple[sp.Expr, sp.Expr]] = []
    chosen = []
    for piece in sorted(pieces, key=lambda piece: -_length(piece.u_range)):
        for gap in _difference(piece.u_range, covered):
            ends = _range_of(piece, gap, u, x)
            if ends is None:
                return None
            chosen.append(ends)
        covered.append(piece.u_range)
    return sorted(chosen, key=lambda ends: real_value(ends[0]))


def _length(interval: tuple[sp.Expr, sp.Expr]) -> float:
    return real_value(interval[1]) - real_value(interval[0])


def _difference(interval, covered) -> list[tuple[sp.Expr, sp.Expr]]:
    """Return the parts of an interval that lie in none of the others."""
    left = [interval]
    for low, high in covered:
        parts = []
        for a, b in left:
            parts += [(a, _least(b, low)), (_most(a, high), b)]
        left = [(a, b) for a, b in parts if real_value(b) - real_value(a) > 1e-12 * (1.0 + abs(real_value(a)))]
    return left


def _least(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    return a if real_value(a) <= real_value(b) else b


def _most(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    return a if real_value(a) >= real_value(b) else b


def _range_of(piece: Piece, image, u: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, sp.Expr] | None:
    """Return the part of the piece with that image."""
    known = {piece.u_lower: piece.lower, piece.u_upper: piece.upper}
    if any(end not in known for end in image):
        value = sp.Dummy("value", real=True)
        inverse = inverse_on(piece, u, x, value)
        if inverse is None:
            return None
        known.update({end: sp.simplify(inverse.xreplace({value: end})) for end in image if end not in known})
    ends = sorted((known[end] for end in image), key=real_value)
    return (ends[0], ends[1])
