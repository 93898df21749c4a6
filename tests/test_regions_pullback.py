"""Regions of the old variables become limits of the new ones: closed forms, SciPy, and refusals with their reasons."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import integrate as scipy_integrate

from jaclib import Substitution
from jaclib.substitution import Ball, Disc, Ellipse, Ellipsoid, Polygon
from jaclib.substitution._region import Region
from jaclib.substitution.regions._checking import check_limits
from jaclib.substitution.regions._reading import describes_region, read_region
from jaclib.substitution.regions.shapes import from_sympy

x, y, z, r, s, t, u, v, w, p, a = sp.symbols("x y z r s t u v w p a")
X, Y, U, V = sp.symbols("x y u v", positive=True)
pi, oo, exp, sin, cos, sqrt, Rational = sp.pi, sp.oo, sp.exp, sp.sin, sp.cos, sp.sqrt, sp.Rational

PLAIN = Substitution({x: u, y: v}, (u, v))
POLAR = Substitution({x: r * cos(t), y: r * sin(t)}, (r, t))
ELLIPTIC = Substitution({x: 3 * r * cos(t), y: 2 * r * sin(t)}, (r, t))
SHIFTED = Substitution({x: 1 + 3 * r * cos(t), y: 2 * r * sin(t) - 2}, (r, t))
TURNED = Substitution({x: (u + v) / 2, y: (u - v) / 2}, (u, v))
TRIANGLE = Substitution({x: u, y: u * v}, (u, v))
FAN = Substitution({x: u * (1 - v), y: u * v}, (u, v))
HYPERBOLIC = Substitution({U: X * Y, V: Y / X}, (U, V))
PARABOLIC = Substitution({x: (u**2 - v**2) / 2, y: u * v}, (u, v))
EXPONENTIAL = Substitution({x: exp(u) * cos(v), y: exp(u) * sin(v)}, (u, v))
CYLINDRICAL = Substitution({x: r * cos(t), y: r * sin(t), z: w}, (r, t, w))
SPHERICAL = Substitution({x: r * sin(p) * cos(t), y: r * sin(p) * sin(t), z: r * cos(p)}, (r, p, t))
SPACE = Substitution({x: u, y: v, z: w}, (u, v, w))
CUBIC = Substitution({x: u**3 - 3 * u}, u)

SQUARE = Polygon([(0, 0), (1, 1), (2, 0), (1, -1)])
STAR = Polygon([(0, 3), (-1, 1), (-3, 0), (-1, -1), (0, -3), (1, -1), (3, 0), (1, 1)])
HYPERBOLAS = [sp.Ge(X * Y, 1), X * Y <= 4, Y / X >= 1, Y / X <= 4]

# -- the exercises of the course, given by inequalities

EXERCISES = {
    "E3.5": (POLAR, x**2 + y**2, [x**2 + y**2 <= 4], 8 * pi),
    "E3.6": (POLAR, x * y, [x**2 + y**2 <= 4, x >= 0, y >= 0], 2),
    "E3.7": (TURNED, (x + y) ** 2, SQUARE, Rational(8, 3)),
    "E3.8": (HYPERBOLIC, 1, HYPERBOLAS, 3 * sp.log(2)),
    "E3.9": (ELLIPTIC, x**2, [x**2 / 9 + y**2 / 4 <= 1], 27 * pi / 2),
    "E3.10": (SPHERICAL, z**2, Ball((0, 0, 0), 2), 128 * pi / 15),
    "E3.11": (TRIANGLE, exp(y / x), [y > 0, y < x, x < 1], (sp.E - 1) / 2),
    "E3.12": (POLAR, exp(-(x**2 + y**2) / 2), {x: (-oo, oo), y: (-oo, oo)}, 2 * pi),
}


@pytest.mark.parametrize("name", EXERCISES)
def test_exercises_of_the_course(name):
    substitution, f, region, value = EXERCISES[name]
    result = substitution.integrate(f, region)
    assert result.method == "exact"
    assert sp.simplify(result.value - value) == 0


# -- limits as a learner would write them, and areas in closed form

REGIONS = {
    "disc": (POLAR, Disc((0, 0), 2), {r: (0, 2), t: (0, 2 * pi)}, 4 * pi),
    "half disc, across the ray t = 0": (POLAR, [x**2 + y**2 <= 4, x >= 0], {r: (0, 2), t: (-pi / 2, pi / 2)}, 2 * pi),
    "half ring": (
        POLAR,
        [x**2 + y**2 >= 1, x**2 + y**2 <= 4, y >= x],
        {r: (1, 2), t: (pi / 4, 5 * pi / 4)},
        3 * pi / 2,
    ),
    "shifted disc": (POLAR, Disc((1, 0), 1), {t: (-pi / 2, pi / 2), r: (0, 2 * cos(t))}, pi),
    "triangle in polar": (
        POLAR,
        [x + y <= 2, x >= 0, y >= 0],
        {t: (0, pi / 2), r: (0, 2 / (sin(t) + cos(t)))},
        2,
    ),
    "cardioid": (POLAR, [x**2 + y**2 <= sqrt(x**2 + y**2) + x], {t: (0, 2 * pi), r: (0, 1 + cos(t))}, 3 * pi / 2),
    "ring minus disc": (
        POLAR,
        [x**2 + y**2 >= 1, (x - 1) ** 2 + y**2 <= 1],
        {t: (-pi / 3, pi / 3), r: (1, 2 * cos(t))},
        pi / 3 + sqrt(3) / 2,
    ),
    "lemniscate": (
        POLAR,
        (x**2 + y**2) ** 2 <= x**2 - y**2,
        [
            {t: (-pi / 4, pi / 4), r: (0, sqrt(cos(2 * t)))},
            {t: (3 * pi / 4, 5 * pi / 4), r: (0, sqrt(cos(2 * t)))},
        ],
        1,
    ),
    "union": (
        POLAR,
        sp.Or(x**2 + y**2 <= 1, (x**2 + y**2 <= 4) & (x >= 0)),
        [{r: (0, 1), t: (0, 2 * pi)}, {r: (1, 2), t: (-pi / 2, pi / 2)}],
        5 * pi / 2,
    ),
    "shifted ellipse": (SHIFTED, Ellipse((1, -2), (3, 2)), {r: (0, 1), t: (0, 2 * pi)}, 6 * pi),
    "ring by exponentials": (
        EXPONENTIAL,
        [x**2 + y**2 >= 1, x**2 + y**2 <= 4],
        {u: (0, sp.log(2)), v: (0, 2 * pi)},
        3 * pi,
    ),
    "polygon that becomes a triangle": (
        TURNED,
        Polygon([(0, 0), (2, 0), (0, 2)]),
        {u: (0, 2), v: (-u, u)},
        2,
    ),
    "polygon with a dent": (
        PLAIN,
        Polygon([(0, 0), (4, 0), (4, 3), (2, 1), (0, 3)]),
        [{u: (0, 2), v: (0, 3 - u)}, {u: (2, 4), v: (0, u - 1)}],
        8,
    ),
    "star": (TURNED, STAR, None, 12),
    "diamond": (
        TURNED,
        sp.Abs(x) + sp.Abs(y) <= 1,
        {u: (-1, 1), v: (-1, 1)},
        2,
    ),
    "fan": (FAN, [x >= 0, y >= 0, x + y <= 3], {u: (0, 3), v: (0, 1)}, Rational(9, 2)),
    "between parabolas": (
        Substitution({U: Y**2 / X, V: X**2 / Y}, (U, V)),
        [Y**2 >= X, Y**2 <= 2 * X, X**2 >= Y, X**2 <= 3 * Y],
        {U: (1, 2), V: (1, 3)},
        Rational(2, 3),
    ),
    "parabolic coordinates": (
        PARABOLIC,
        [y >= 0, y**2 <= 1 - 2 * x, y**2 <= 1 + 2 * x],
        {u: (0, 1), v: (0, 1)},
        Rational(2, 3),
    ),
    "astroid": (
        Substitution({x: r * cos(t) ** 3, y: r * sin(t) ** 3}, (r, t)),
        sp.Abs(x) ** Rational(2, 3) + sp.Abs(y) ** Rational(2, 3) <= 1,
        {r: (0, 1), t: (0, 2 * pi)},
        3 * pi / 8,
    ),
    "confocal ellipse": (
        Substitution({x: sp.cosh(u) * cos(v), y: sp.sinh(u) * sin(v)}, (u, v)),
        x**2 / sp.cosh(1) ** 2 + y**2 / sp.sinh(1) ** 2 <= 1,
        {u: (0, 1), v: (0, 2 * pi)},
        pi * sp.cosh(1) * sp.sinh(1),
    ),
    "roots": (
        Substitution({x: u**2, y: v**2}, (u, v)),
        [sqrt(x) + sqrt(y) <= 1, x >= 0, y >= 0],
        {u: (0, 1), v: (0, 1 - u)},
        Rational(1, 6),
    ),
    "between curves": (PLAIN, {x: (0, 1), y: (x**2, x)}, {u: (0, 1), v: (u**2, u)}, Rational(1, 6)),
    "one variable": (Substitution({x: u**2}, u), [x >= 1, x <= 4], {u: (1, 2)}, 3),
    "octant of a shell": (
        SPHERICAL,
        [x**2 + y**2 + z**2 >= 1, Ball((0, 0, 0), 2), x >= 0, y >= 0, z >= 0],
        {r: (1, 2), p: (0, pi / 2), t: (0, pi / 2)},
        7 * pi / 6,
    ),
    "cone in a ball": (
        SPHERICAL,
        [x**2 + y**2 + z**2 <= 4, z >= sqrt(x**2 + y**2)],
        {r: (0, 2), p: (0, pi / 4), t: (0, 2 * pi)},
        8 * pi * (2 - sqrt(2)) / 3,
    ),
    "ellipsoid": (
        Substitution({x: 2 * r * sin(p) * cos(t), y: 3 * r * sin(p) * sin(t), z: r * cos(p)}, (r, p, t)),
        Ellipsoid((0, 0, 0), (2, 3, 1)),
        {r: (0, 1), p: (0, pi), t: (0, 2 * pi)},
        8 * pi,
    ),
    "bowl": (CYLINDRICAL, [x**2 + y**2 <= z, z <= 4], {r: (0, 2), t: (0, 2 * pi), w: (r**2, 4)}, 8 * pi),
    "tetrahedron": (
        SPACE,
        [x >= 0, y >= 0, z >= 0, x + 2 * y + 3 * z <= 6],
        {u: (0, 6), v: (0, 3 - u / 2), w: (0, 2 - u / 3 - 2 * v / 3)},
        6,
    ),
}


def as_list(limits):
    return limits if isinstance(limits, list) else [limits]


def volume(substitution, pieces):
    """The volume by SymPy's iterated integrals of |det J|, with the new variables where the limits put them."""
    total = 0
    for piece in pieces:
        region = Region(piece)
        inner = sp.Abs(region.to_twins(substitution.det))
        for variable in region.variables[::-1]:
            ends = (region.to_twins(end) for end in piece[variable])
            inner = sp.integrate(sp.simplify(inner), (region.twins[variable], *ends))
        total += inner
    return total


@pytest.mark.parametrize("name", REGIONS)
def test_regions_with_known_limits_and_areas(name):
    substitution, region, expected, area = REGIONS[name]
    found = substitution.find_limits(region)
    if expected is not None:
        assert len(found.pieces) == len(as_list(expected))
        for piece, wanted in zip(found.pieces, as_list(expected), strict=True):
            assert set(piece) == set(wanted)
            for variable, ends in wanted.items():
                assert all(sp.simplify(one - other) == 0 for one, other in zip(piece[variable], ends, strict=True))
    assert found.check.by_limits == pytest.approx(float(area), rel=1e-6)
    assert found.check.by_sampling == pytest.approx(float(area), abs=8 * found.check.standard_error + 1e-4)


polygons = st.lists(
    st.tuples(st.integers(1, 6), st.integers(-2, 2)), min_size=3, max_size=6
)  # radius of each corner, at equal angles, and a shift


@settings(max_examples=3, deadline=None, derandomize=True)
@given(polygons, st.lists(st.integers(-3, 3), min_size=4, max_size=4))
def test_random_polygons_under_random_linear_maps_have_their_area_exactly(corners, entries):
    matrix = sp.Matrix(2, 2, entries)
    assume(matrix.det() != 0)
    n = len(corners)
    vertices = [
        (round(2 * radius * np.cos(2 * np.pi * k / n)) + shift, round(2 * radius * np.sin(2 * np.pi * k / n)))
        for k, (radius, shift) in enumerate(corners)
    ]
    try:
        polygon = Polygon(vertices)
    except ValueError:
        assume(False)
    shoelace = sum(p[0] * q[1] - p[1] * q[0] for p, q in zip(vertices, vertices[1:] + vertices[:1], strict=True))
    image = matrix * sp.Matrix([u, v]) + sp.Matrix([1, -1])
    substitution = Substitution(dict(zip((x, y), image, strict=True)), (u, v))
    found = substitution.find_limits(polygon)
    assert volume(substitution, found.pieces) == Rational(abs(shoelace), 2)


# -- integrals without closed form, against SciPy in the old variables


def disc_ends(side):
    return lambda x: 1 + side * np.sqrt(max(0.0, 1 - (x - 2) ** 2))


MEET = 0.8241323123025224  # cos(x) = x**2, no formula

# The star is symmetric in both axes, and so is the integrand: four times the part in the first quadrant.
SCIPY = {
    "shifted disc": (POLAR, cos(x * y), Disc((2, 1), 1), 1, [(1, 3, disc_ends(-1), disc_ends(1))]),
    "between curves": (PLAIN, exp(x * y), [y >= x**2, y <= cos(x)], 1, [(-MEET, MEET, lambda x: x**2, np.cos)]),
    "star": (
        TURNED,
        1 / (1 + x**2 + y**4),
        STAR,
        4,
        [(0, 1, 0, lambda x: 3 - 2 * x), (1, 3, 0, lambda x: 1.5 - x / 2)],
    ),
}


@pytest.mark.parametrize("name", SCIPY)
def test_integrals_without_closed_form_agree_with_scipy(name):
    substitution, f, region, times, parts = SCIPY[name]
    g = sp.lambdify((y, x), f)
    expected = times * sum(scipy_integrate.dblquad(g, *part, epsabs=1e-11, epsrel=1e-11)[0] for part in parts)
    found = substitution.find_limits(region)
    result = substitution.integrate(f, found, time_limit=0.5)
    assert result.method == "numeric"
    assert float(result) == pytest.approx(expected, rel=1e-8)
    if name == "between curves":
        assert [float(end) for end in found.limits[u]] == pytest.approx([-MEET, MEET], rel=1e-14)


# -- what is said on the way


def test_the_steps_are_those_of_a_learner():
    found = POLAR.find_limits([x**2 + y**2 <= 4, x >= 0, y >= 0])
    assert found.steps[:-1] == [
        "t + 2*pi gives the same point as t: keep 0 <= t <= 2*pi.",
        "(-r, t + pi) gives the same point as (r, t): keep r >= 0.",
        "x**2 + y**2 <= 4 becomes r**2 <= 4, that is r <= 2.",
        "x >= 0 becomes r*cos(t) >= 0, that is -pi/2 <= t <= pi/2.",
        "y >= 0 becomes r*sin(t) >= 0, that is 0 <= t <= pi.",
        "Limits: 0 <= r <= 2, 0 <= t <= pi/2.",
    ]
    assert found.steps[-1].startswith("Check: ")
    assert repr(found).startswith("1. t + 2*pi gives")
    assert r"x \geq 0 \;&\Rightarrow\; r \cos{\left(t \right)} \geq 0" in found._repr_latex_()
    first = found.boundaries[0]
    assert (first.old, first.new) == (x**2 + y**2 <= 4, sp.Le(r**2, 4))


def test_the_sides_of_a_polygon_become_lines_of_the_new_plane():
    found = TURNED.find_limits(Polygon([(0, 0), (2, 0), (0, 2)]))
    assert [str(step) for step in found.boundaries] == [
        "the side from (0, 0) to (2, 0), y = 0, becomes u/2 - v/2 = 0, that is v = u.",
        "the side from (2, 0) to (0, 2), x + y = 2, becomes u = 2.",
        "the side from (0, 2) to (0, 0), x = 0, becomes u/2 + v/2 = 0, that is v = -u.",
    ]


def test_within_chooses_the_part_of_the_new_variables():
    disc = [x**2 + y**2 <= 1, x <= 0]
    assert POLAR.find_limits(disc).limits == {r: (0, 1), t: (pi / 2, 3 * pi / 2)}
    assert POLAR.find_limits(disc, within={t: (-pi, pi)}).limits == [
        {r: (0, 1), t: (-pi, -pi / 2)},
        {r: (0, 1), t: (pi / 2, pi)},
    ]
    other_half = Substitution({x: u**2}, u).find_limits([x >= 1, x <= 4], within={u: (-oo, 0)})
    assert other_half.limits == {u: (-2, -1)}
    torus = Substitution({x: (2 + r * cos(p)) * cos(t), y: (2 + r * cos(p)) * sin(t), z: r * sin(p)}, (r, p, t))
    ring = [(sqrt(x**2 + y**2) - 2) ** 2 + z**2 <= 1]
    assert torus.find_limits(ring, within={r: (0, 2)}).limits == {r: (0, 1), p: (0, 2 * pi), t: (0, 2 * pi)}


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (sp.Polygon((0, 0), (1, 1), (2, 0), (1, -1)), SQUARE),
        (sp.Triangle((0, 0), (1, 0), (0, 1)), Polygon([(0, 0), (1, 0), (0, 1)])),
        (sp.RegularPolygon((0, 0), 1, 4), Polygon([(1, 0), (0, 1), (-1, 0), (0, -1)])),
        (sp.Circle(sp.Point(0, 1), 2), Ellipse((0, 1), (2, 2))),
        (sp.Ellipse(sp.Point(0, 1), 3, 2), Ellipse((0, 1), (3, 2))),
    ],
)
def test_shapes_of_sympy(theirs, ours):
    assert from_sympy(theirs) == ours
    assert describes_region(theirs, (x, y))


def test_floats_give_floats():
    found = POLAR.find_limits(Disc((0, 0), 1.5))
    assert found.limits[r] == (0, 1.5)
    assert found.limits[r][1].is_Float
    assert POLAR.integrate(1, found).method == "numeric"


def test_what_was_found_can_be_used_for_limits():
    found = POLAR.find_limits(REGIONS["union"][1])
    assert len(found.pieces) == 2
    value = POLAR.integrate(x**2 + y**2, found)
    assert (value.value, value.method) == (17 * pi / 4, "exact")  # pi/2 for the disc, 15 pi/4 for the half ring
    assert value.check.value == pytest.approx(17 * np.pi / 4)
    assert len(value.transformed.args) == 2
    assert POLAR.integrate(x**2 + y**2, found.limits).value == 17 * pi / 4
    assert POLAR.transform(x**2 + y**2, found) == r**3
    # One expression cannot hold on two parts on which |u| means different things.
    square = Substitution({x: u**2, y: v}, (u, v))
    assert square.transform(1, [{u: (-2, -1), v: (0, 1)}, {u: (1, 2), v: (0, 1)}]) == 2 * sp.Abs(u)


def test_declared_signs_bound_a_region_only_when_that_is_said():
    substitution = Substitution({X: r * cos(t), Y: r * sin(t)}, (r, t))
    with pytest.raises(ValueError, match=r"x is declared with .* goes on beyond x = 0"):
        substitution.find_limits([X**2 + Y**2 <= 4])
    quarter = substitution.find_limits([X**2 + Y**2 <= 4, X > 0, Y > 0])
    assert quarter.limits == {r: (0, 2), t: (0, pi / 2)}


# -- the comparison with the region finds wrong limits


@pytest.mark.parametrize(
    ("pieces", "match"),
    [
        ([{r: (0, Rational(1999, 1000)), t: (0, 2 * pi)}], "leave out|sampling the inequalities gives"),
        ([{r: (0, Rational(2002, 1000)), t: (0, 2 * pi)}], "outside the region"),
        ([{r: (0, 2), t: (0, Rational(626, 100))}], "leave out"),
        ([{r: (0, 2), t: (0, 2 * pi + Rational(1, 10))}], "more than once|sampling the inequalities gives"),
        ([{r: (0, 2), t: (0, pi)}], "leave out"),
        ([{r: (0, 2), t: (0, 2 * pi)}, {r: (1, 2), t: (0, 1)}], "sampling the inequalities gives"),
    ],
)
def test_wrong_limits_are_found_out(pieces, match):
    source = read_region("test", [x**2 + y**2 <= 4], POLAR.old, POLAR.new)
    frame = Region({r: (sp.Integer(0), oo), t: (sp.Integer(0), 2 * pi)})
    regions = [Region({k: tuple(map(sp.sympify, ends)) for k, ends in piece.items()}) for piece in pieces]
    with pytest.raises(ValueError, match=match):
        check_limits("test", POLAR, source, regions, frame, np.array([[0.5, 0.5]]))


# -- refusals

REFUSALS = {
    "no formula": (
        POLAR,
        [x**3 + x * y**5 + y <= 1, x >= 0, y >= 0],
        r"x\*\*3 \+ x\*y\*\*5 \+ y <= 1 becomes r\*.* <= 1, which contains r and t, and SymPy finds no formula",
    ),
    "not reached": (
        Substitution({x: u**2, y: v}, (u, v)),
        {x: (-1, 1), y: (0, 1)},
        r"the point x = -.* is not reached by .* with u >= 0, all v",
    ),
    "nowhere reached": (Substitution({x: exp(u), y: v}, (u, v)), {x: (-2, -1), y: (0, 1)}, "no part of the region"),
    "more than once": (CUBIC, [x >= -1, x <= 1], r"more than once: from u = .* within=\{u: \(-oo, -1\)\}"),
    "empty": (POLAR, [x >= 2, x <= 1], "no point was found that lies in the region"),
    "empty shapes": (POLAR, [Disc((0, 0), 1), Disc((5, 5), 1)], "the shapes have no points in common"),
    "no area": (POLAR, [x >= 1, x <= 1, y >= 0, y <= 1], "expected a region with an area"),
    "equation": (POLAR, [sp.Eq(x, 1)], "bounds no region"),
    "new variable": (POLAR, [x <= 1, r <= 1], r"has the new variables \['r'\]"),
    "parameter": (POLAR, [x**2 + y**2 <= a**2], r"contains \['a'\], expected numbers"),
    "mixed ranges": (POLAR, {x: (0, 1), r: (0, 1)}, "name r, expected the old variables"),
    "reversed": (POLAR, {x: (0, 2), y: (x, 1)}, "limits of y are in the wrong order"),
    "always true": (POLAR, [True], "always true, so it bounds nothing"),
    "never true": (Substitution({X: u, Y: v}, (u, v)), [X <= -1], "never true"),
    "jumps": (POLAR, [sp.floor(x) <= 1], "jumps or cases"),
    "dimension": (SPHERICAL, Disc((0, 0), 1), "region in 2 variables, expected one in the old variables"),
    "namesake": (POLAR, [sp.Symbol("x", real=True) <= 1], "two symbols called x"),
    "nothing": (POLAR, [], "given by nothing"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals_say_why(name):
    substitution, region, match = REFUSALS[name]
    with pytest.raises(ValueError, match=match):
        substitution.find_limits(region)


@pytest.mark.parametrize("region", ["x < 1", 3, lambda x, y: x < 1, [x, y]])
def test_other_things_are_no_regions(region):
    with pytest.raises(TypeError, match=r"expected|Give inequalities"):
        POLAR.find_limits(region)


@pytest.mark.parametrize(
    ("within", "error", "match"),
    [
        ({x: (0, 1)}, ValueError, "within names x, expected new variables"),
        ({t: (1, 0)}, ValueError, "expected two constants, the lower one first"),
        ({t: (0, r)}, ValueError, "expected two constants"),
        ({t: 1}, TypeError, "expected ranges of new variables"),
        ([t], TypeError, "expected ranges of new variables"),
        ({t: (0, 1)}, ValueError, "is not reached"),
        ({t: (0, 4 * pi)}, ValueError, "more than once"),
    ],
)
def test_bad_ranges_to_keep_to(within, error, match):
    with pytest.raises(error, match=match):
        POLAR.find_limits([x**2 + y**2 <= 1], within=within)


def test_parts_must_not_overlap():
    parts = [{r: (0, 1), t: (0, 4)}, {r: (0, 1), t: (3, 5)}]
    with pytest.raises(ValueError, match="overlap, expected parts without common points"):
        POLAR.integrate(1, parts)
    parts[1][t] = (4, 5)
    assert POLAR.integrate(1, parts).value == Rational(5, 2)


@pytest.mark.parametrize(
    ("build", "error", "match"),
    [
        (lambda: Polygon([(0, 0), (1, 1)]), ValueError, "got 2 vertices"),
        (lambda: Polygon([(0, 0), (1, 1), (2, 2)]), ValueError, "on one line"),
        (lambda: Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), ValueError, "meets the side"),
        (lambda: Polygon([(0, 0), (2, 0), (1, 0), (1, 1)]), ValueError, "meets the side"),
        (lambda: Polygon([(0, 0), (1, 0), (1, 0), (0, 1)]), ValueError, "twice in a row"),
        (lambda: Polygon([(0, 0, 0), (1, 0, 0), (0, 1, 0)]), TypeError, "expected 2 real numbers"),
        (lambda: Polygon([(0, 0), (a, 1), (0, 1)]), ValueError, "has the entry a"),
        (lambda: Disc((0, 0), 0), ValueError, "expected positive numbers"),
        (lambda: Disc((0, 0, 0), 1), TypeError, "expected 2 real numbers"),
        (lambda: Ellipse((0, 0), (1, -1)), ValueError, "expected positive numbers"),
        (lambda: Ball((0, 0, oo), 1), ValueError, "finite real numbers"),
        (lambda: Ellipsoid((0, 0, 0), (1, 2)), TypeError, "expected 3 real numbers"),
        (lambda: Disc("ab", 1), TypeError, "expected a SymPy expression"),
    ],
)
def test_bad_shapes(build, error, match):
    with pytest.raises(error, match=match):
        build()
