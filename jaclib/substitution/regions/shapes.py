"""Shapes in the old variables, as a learner names them: polygons, discs, ellipses, balls, ellipsoids."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from jaclib.substitution._boundary import read_expression
from jaclib.substitution._numeric import real_value


class Shape:
    """A region given by its own measures; the coordinates stand in the order of the old variables."""


@dataclass(frozen=True)
class Polygon(Shape):
    """The region inside a polygon of the plane, convex or not.

    Parameters
    ----------
    vertices : sequence of pairs
        The corners in order, either way round; the last is joined to the first. Numbers or SymPy constants.

    Raises
    ------
    TypeError
        If a vertex is not a pair of real numbers.
    ValueError
        If there are fewer than three vertices, all on one line, or if sides cross each other.

    Examples
    --------
    >>> import sympy as sp
    >>> from jaclib import Substitution
    >>> x, y, u, v = sp.symbols("x y u v", real=True)
    >>> turned = Substitution({x: (u + v) / 2, y: (u - v) / 2}, (u, v))
    >>> turned.find_limits(Polygon([(0, 0), (1, 1), (2, 0), (1, -1)])).limits
    {u: (0, 2), v: (0, 2)}
    """

    vertices: tuple[tuple[sp.Expr, sp.Expr], ...]

    def __init__(self, vertices):
        object.__setattr__(self, "vertices", tuple(_point("Polygon", "a vertex", vertex, 2) for vertex in vertices))
        _check_polygon(self.vertices)

    def __repr__(self) -> str:
        return f"Polygon({list(self.vertices)})"


@dataclass(frozen=True)
class Ellipsoid(Shape):
    """The points with Σ ((xᵢ − cᵢ) / aᵢ)² ≤ 1, in any dimension.

    Parameters
    ----------
    centre : sequence of n numbers
    semi_axes : sequence of n positive numbers
        Along the coordinate axes.

    Raises
    ------
    TypeError
        If an entry is not a real number.
    ValueError
        If the lengths differ, or a semi-axis is not positive.

    Examples
    --------
    >>> Ellipsoid((0, 0, 1), (1, 2, 3)).semi_axes
    (1, 2, 3)
    """

    centre: tuple[sp.Expr, ...]
    semi_axes: tuple[sp.Expr, ...]

    def __init__(self, centre, semi_axes):
        name = type(self).__name__
        point = _point(name, "centre", centre, _DIMENSIONS.get(name))
        axes = _point(name, "semi_axes", semi_axes, len(point))
        if any(real_value(axis) <= 0 for axis in axes):
            raise ValueError(f"{name}: the radius or semi-axes are {_short(axes)}, expected positive numbers.")
        object.__setattr__(self, "centre", point)
        object.__setattr__(self, "semi_axes", axes)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.centre}, {_short(self.semi_axes)})"


class Ellipse(Ellipsoid):
    """The points of the plane with ((x − c₁) / a)² + ((y − c₂) / b)² ≤ 1.

    Parameters
    ----------
    centre : pair of numbers
    semi_axes : pair of positive numbers
        Along the x and the y axis.

    Examples
    --------
    >>> Ellipse((0, 0), (3, 2))
    Ellipse((0, 0), (3, 2))
    """


class Ball(Ellipsoid):
    """The points at most `radius` away from `centre`, in any dimension.

    Parameters
    ----------
    centre : sequence of n numbers
    radius : positive number

    Examples
    --------
    >>> Ball((0, 0, 0), 2)
    Ball((0, 0, 0), 2)
    """

    def __init__(self, centre, radius):
        super().__init__(centre, [radius] * len(tuple(centre)))


class Disc(Ball):
    """The points of the plane at most `radius` away from `centre`.

    Parameters
    ----------
    centre : pair of numbers
    radius : positive number

    Examples
    --------
    >>> Disc((1, 0), 2)
    Disc((1, 0), 2)
    """


_DIMENSIONS = {"Disc": 2, "Ellipse": 2}


def from_sympy(value) -> Shape | None:
    """Return SymPy's polygon, circle or ellipse as a shape, or None if `value` is none of these."""
    if isinstance(value, (sp.Polygon, sp.Triangle, sp.RegularPolygon)):
        return Polygon([vertex.args for vertex in value.vertices])
    if isinstance(value, sp.Ellipse):  # SymPy's circles are ellipses
        return Ellipse(value.center.args, (value.hradius, value.vradius))
    return None


def _point(where: str, name: str, point, dimension: int | None) -> tuple[sp.Expr, ...]:
    try:
        coordinates = tuple(point)
    except TypeError:
        coordinates = ()
    if not coordinates or len(coordinates) != (dimension or len(coordinates)):
        raise TypeError(f"{where}: {name} is {point!r}, expected {dimension or 'some'} real numbers.")
    read = tuple(read_expression(where, name, coordinate) for coordinate in coordinates)
    for coordinate in read:
        number = None if coordinate.free_symbols else real_value(coordinate)
        if number is None or abs(number) == float("inf"):
            raise ValueError(
                f"{where}: {name} has the entry {coordinate}, expected finite real numbers. Put in a value for a "
                "parameter."
            )
    return read


def _short(axes: tuple[sp.Expr, ...]):
    return axes[0] if len(set(axes)) == 1 else axes


def _check_polygon(vertices) -> None:
    if len(vertices) < 3:
        raise ValueError(f"Polygon: got {len(vertices)} vertices, expected at least three.")
    corners = [tuple(float(c) for c in vertex) for vertex in vertices]
    size = max(abs(a - b) for p in corners for q in corners for a, b in zip(p, q, strict=True))
    count = len(corners)
    sides = [(corners[k], corners[(k + 1) % count]) for k in range(count)]
    if any(p == q for p, q in sides) or max(abs(_turn(*sides[0], q)) for _, q in sides) <= 1e-12 * size**2:
        raise ValueError(
            f"Polygon: the vertices {list(vertices)} lie on one line, or one of them comes twice in a row; expected a "
            "polygon with an inside."
        )
    for i in range(count):
        for j in range(i + 1, count):
            # Neighbours share a corner: they must only not run back over each other.
            first, second = (sides[i], sides[j]) if j - i == 1 else (sides[j], sides[i])
            neighbours = (j - i) % count in (1, count - 1)
            if not (_runs_back(*first, second[1]) if neighbours else _touch(*sides[i], *sides[j])):
                continue
            raise ValueError(
                f"Polygon: the side from {vertices[i]} to {vertices[(i + 1) % count]} meets the side from "
                f"{vertices[j]} to {vertices[(j + 1) % count]}, expected sides that meet only at corners. Is the "
                "order of the vertices the order around the polygon?"
            )


def _turn(o, s, e) -> float:
    """Twice the signed area of the triangle o, s, e; exactly 0 where rounding cannot tell."""
    cross = (s[0] - o[0]) * (e[1] - o[1]) - (s[1] - o[1]) * (e[0] - o[0])
    size = (abs(s[0] - o[0]) + abs(s[1] - o[1])) * (abs(e[0] - o[0]) + abs(e[1] - o[1]))
    return 0.0 if abs(cross) <= 1e-12 * size else cross


def _runs_back(p, q, r) -> bool:
    """Whether the side from q to r lies on the side from p to q."""
    return _turn(p, q, r) == 0.0 and sum((b - a) * (c - b) for a, b, c in zip(p, q, r, strict=True)) < 0


def _touch(p, q, a, b) -> bool:
    """Whether the segments pq and ab have a point in common."""

    def between(o, s, e) -> bool:
        return all(min(o[k], s[k]) <= e[k] <= max(o[k], s[k]) for k in (0, 1))

    turns = _turn(p, q, a), _turn(p, q, b), _turn(a, b, p), _turn(a, b, q)
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    ends = ((p, q, a), (p, q, b), (a, b, p), (a, b, q))
    return any(value == 0 and between(*end) for value, end in zip(turns, ends, strict=True))
