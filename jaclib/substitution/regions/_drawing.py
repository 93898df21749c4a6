"""The figure of a substitution: its map and its limits as numbers, handed to `jaclib.plotting`."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import sympy as sp

from jaclib.substitution._folds import find_folds
from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._numeric import real_value, vectorised
from jaclib.substitution._refusals import refuse_parameters
from jaclib.substitution._region import Region
from jaclib.substitution.regions._pieces import read_pieces


def draw(where: str, map_: DifferentiableMap, limits):
    """Draw the map on the limits; see `Substitution.plot`."""
    if len(map_.new) > 2:
        _refuse_space(where, map_)
    refuse_parameters(where, tuple(map_.mapping.values()), map_.new, map_.old)
    pieces = read_pieces(where, map_, limits)
    for piece in pieces:
        _refuse_infinite(where, piece)
    return _draw_line(where, map_, pieces) if len(map_.new) == 1 else _draw_plane(map_, pieces)


def _draw_plane(map_: DifferentiableMap, pieces: list[Region]):
    # Matplotlib is loaded when the first figure is drawn.
    from jaclib.plotting import PlanePart, area_factor

    outputs = [vectorised(map_.mapping[v], map_.new) for v in map_.old]
    det = vectorised(map_.det, map_.new)
    parts = []
    for piece in pieces:
        first, second = piece.variables
        ends = tuple(float(real_value(end)) for end in piece.limits[first])
        parts.append(
            PlanePart(map_.new.index(first), ends, *(vectorised(end, [first]) for end in piece.limits[second]))
        )
    labels = [sp.latex(symbol) for symbol in (*map_.new, *map_.old)]
    counted = any(find_folds(map_.det, [map_.mapping[v] for v in map_.old], piece) for piece in pieces)
    return area_factor(lambda p: np.stack([f(*p) for f in outputs]), lambda p: det(*p), parts, labels, counted=counted)


def _draw_line(where: str, map_: DifferentiableMap, pieces: list[Region]):
    from jaclib.plotting import length_factor

    (u,), (x,) = map_.new, map_.old
    if len(pieces) > 1:
        raise ValueError(f"{where}: the limits have {len(pieces)} parts, expected one interval. Draw each by itself.")
    ends = tuple(float(real_value(end)) for end in pieces[0].limits[u])
    return length_factor(vectorised(map_.mapping[x], [u]), vectorised(map_.det, [u]), ends, (sp.latex(u), sp.latex(x)))


def _refuse_infinite(where: str, piece: Region) -> None:
    for variable, ends in piece.limits.items():
        if any(end.is_infinite for end in ends):
            raise ValueError(
                f"{where}: the range of {variable} is {ends}, expected finite ends. Draw a part of it, such as "
                f"{variable} from {ends[0] if ends[0].is_finite else -3} to {ends[1] if ends[1].is_finite else 3}."
            )


def _refuse_space(where: str, map_: DifferentiableMap) -> None:
    count = len(map_.new)
    advice = f"Fix {count - 2} of the new variables, and draw two of the old ones as functions of the other two"
    slice_ = _slice(map_) if count == 3 else None
    if slice_ is not None:
        fixed, mapping, new = slice_
        inside = ", ".join(f"{old}: {expression}" for old, expression in mapping.items())
        advice = f"Draw a slice, such as the one with {fixed} = 0: Substitution({{{inside}}}, {new}).plot(...)"
    raise ValueError(
        f"{where}: the map has {count} variables {map_.new}, and the figure shows maps of the line and of the plane. "
        f"{advice}."
    )


def _slice(map_: DifferentiableMap):
    """Fix a new variable and leave out an old one, best one that is constant then; return what is left."""
    found = []
    for fixed in reversed(map_.new):
        new = tuple(v for v in map_.new if v != fixed)
        outputs = {old: expression.subs(fixed, 0) for old, expression in map_.mapping.items()}
        for pair in combinations(map_.old, 2):
            mapping = {old: outputs[old] for old in pair}
            det = sp.Matrix(list(mapping.values())).jacobian(new).det()
            if sp.simplify(det) != 0:
                left_out = next(outputs[old] for old in map_.old if old not in pair)
                found.append((bool(left_out.free_symbols), len(found), (fixed, mapping, new)))
    return min(found)[2] if found else None
