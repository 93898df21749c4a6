"""Shapes as regions: their boundaries as relations, and whether points lie inside."""

from __future__ import annotations

import numpy as np
import sympy as sp

from jaclib.substitution.regions._source import Boundary, Source, inequality_test, without_floats
from jaclib.substitution.regions.shapes import Ellipsoid, Polygon, Shape


def shape_source(where: str, shape: Shape, old) -> Source:
    """Return a shape as a region of the old variables, whose number must be right."""
    dimension = 2 if isinstance(shape, Polygon) else len(shape.centre)
    if dimension != len(old):
        raise ValueError(
            f"{where}: {shape!r} is a region in {dimension} variables, expected one in the old variables {old}."
        )
    return _polygon(shape, old) if isinstance(shape, Polygon) else _ellipsoid(shape, old)


def _ellipsoid(shape: Ellipsoid, old) -> Source:
    centre, axes = ([without_floats(value) for value in values] for values in (shape.centre, shape.semi_axes))
    round_ = len(set(axes)) == 1
    squares = [(x - c) ** 2 / (1 if round_ else a**2) for x, c, a in zip(old, centre, axes, strict=True)]
    relation = sp.Le(sp.Add(*squares), axes[0] ** 2 if round_ else 1)
    test = inequality_test(relation, old)
    box = tuple((float(c - a), float(c + a)) for c, a in zip(centre, axes, strict=True))
    exact = not any(value.has(sp.Float) for value in (*shape.centre, *shape.semi_axes))
    return Source(old, (Boundary(str(relation), relation, test),), test, box, exact)


def _polygon(shape: Polygon, old) -> Source:
    vertices = [tuple(without_floats(c) for c in vertex) for vertex in shape.vertices]
    x, y = old
    boundaries = []
    for (a, b), (c, d) in zip(vertices, vertices[1:] + vertices[:1], strict=True):
        # The line through both corners, with the variables on the left.
        normal = sp.Matrix([d - b, a - c])
        line = sp.Eq(normal[0] * x + normal[1] * y, normal[0] * a + normal[1] * b, evaluate=False)
        boundaries.append(Boundary(f"the side from ({a}, {b}) to ({c}, {d})", _primitive(line)))
    corners = np.array(vertices, dtype=float)
    box = tuple((float(low), float(high)) for low, high in zip(corners.min(0), corners.max(0), strict=True))
    exact = not any(c.has(sp.Float) for vertex in shape.vertices for c in vertex)
    return Source(old, tuple(boundaries), lambda points, slack: _inside_polygon(corners, points, slack), box, exact)


def _primitive(line: sp.Eq) -> sp.Eq:
    """Divide an equation by what its coefficients have in common; the first one becomes positive."""
    content, _ = (line.lhs - line.rhs).as_content_primitive()
    first = line.lhs.as_ordered_terms()[0].as_coeff_Mul()[0]
    content = -content if first.is_negative else content
    return sp.Eq(sp.expand(line.lhs / content), sp.simplify(line.rhs / content), evaluate=False)


def _inside_polygon(corners: np.ndarray, points, slack: float) -> np.ndarray:
    """Count the sides that a ray to the right meets: inside, the number is odd."""
    x, y = np.broadcast_arrays(*points)
    inside = np.zeros(x.shape, bool)
    nearest = np.full(x.shape, np.inf)
    for (a, b), (c, d) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        with np.errstate(all="ignore"):
            inside ^= ((b > y) != (d > y)) & (x < a + (y - b) * (c - a) / (d - b))
            along = np.clip(((x - a) * (c - a) + (y - b) * (d - b)) / ((c - a) ** 2 + (d - b) ** 2), 0.0, 1.0)
            nearest = np.fmin(nearest, np.hypot(x - a - along * (c - a), y - b - along * (d - b)))
    width = slack * (1.0 + np.abs(corners).max())
    return (inside | (nearest <= width)) if slack >= 0 else (inside & (nearest > -width))
