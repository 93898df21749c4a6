"""The figures of a substitution show what they claim: their data against closed forms, and clear refusals."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
import sympy as sp
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_hex

from jaclib import Substitution, plotting
from jaclib.plotting import COLORS, PlanePart
from jaclib.substitution import Ball, Polygon

x, y, z, r, t, u, v, w, p = sp.symbols("x y z r t u v w p")
POLAR = Substitution({x: r * sp.cos(t), y: r * sp.sin(t)}, (r, t))
TURNED = Substitution({x: (u + v) / 2, y: (u - v) / 2}, (u, v))
FOLDED = Substitution({x: u**2 + v / 2, y: v}, (u, v))
EXPONENTIAL = Substitution({x: sp.exp(u) * sp.cos(v), y: sp.exp(u) * sp.sin(v)}, (u, v))
SQUARE = Polygon([(0, 0), (1, 1), (2, 0), (1, -1)])


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def titles(fig):
    return [ax.get_title() for ax in fig.axes[:3]]


def lines(ax):
    """The points of all lines of a panel, shape (2, k)."""
    data = np.concatenate([np.stack(line.get_data()) for line in ax.lines], axis=1)
    return data[:, np.isfinite(data).all(axis=0)]


def mesh(ax):
    """Where the map of colours has its points, shape (2, a, b), and its values."""
    (collection,) = (part for part in ax.collections if isinstance(part, QuadMesh))
    points = np.moveaxis(np.asarray(collection.get_coordinates()), -1, 0)
    return points, np.asarray(collection.get_array()).reshape(points.shape[1:])


def test_the_polar_disc_from_inequalities():
    fig = POLAR.plot([x**2 + y**2 <= 4])
    assert titles(fig) == ["area 12.6", "image area 12.6", r"$|\det\,J|$"]
    source, image, factor = fig.axes[:3]
    assert (source.get_xlabel(), source.get_ylabel()) == ("$r$", "$t$")
    assert (image.get_xlabel(), image.get_ylabel()) == ("$x$", "$y$")
    np.testing.assert_allclose(source.get_xlim(), (0, 2), atol=1e-5)
    np.testing.assert_allclose(source.get_ylim(), (0, 2 * np.pi), atol=1e-5)
    assert {"0", "π/2", "π", "3π/2", "2π"} <= {label.get_text() for label in source.get_yticklabels()}
    points, values = mesh(factor)
    np.testing.assert_allclose(values, points[0], atol=1e-12)  # |det J| = r
    radii, _ = lines(source)
    np.testing.assert_allclose(np.hypot(*lines(image)), radii, atol=1e-9)
    assert {to_hex(line.get_color()).upper() for line in source.lines} == {COLORS["input"].upper()}
    assert {to_hex(line.get_color()).upper() for line in image.lines} == {COLORS["output"].upper()}


def test_the_image_of_a_polygon_has_its_boundary_and_one_factor():
    fig = TURNED.plot(SQUARE)
    assert titles(fig)[:2] == ["area 4", "image area 2"]
    _, image, factor = fig.axes[:3]
    assert np.ptp(mesh(factor)[1]) < 1e-12
    assert mesh(factor)[1].max() == pytest.approx(0.5)
    # |x - 1| + |y| is 1 on the boundary of the square and smaller inside.
    size = np.abs(lines(image)[0] - 1) + np.abs(lines(image)[1])
    assert size.max() == pytest.approx(1.0, abs=1e-9)
    thick = [np.stack(line.get_data()) for line in image.lines if line.get_linewidth() > 1]
    for side in thick:
        np.testing.assert_allclose(np.abs(side[0] - 1) + np.abs(side[1]), 1.0, atol=1e-6)


def test_parts_of_a_region_have_no_edge_between_them():
    part = [PlanePart(0, (0, 1), 0.0, 1.0), PlanePart(0, (1, 2), 0.0, 1.0)]
    fig = plotting.area_factor(lambda q: q, lambda q: np.ones_like(q[0]), part)
    thick = np.concatenate([np.stack(line.get_data()) for line in fig.axes[0].lines if line.get_linewidth() > 1], 1)
    between = (np.abs(thick[0] - 1) < 1e-3) & (thick[1] > 0.1) & (thick[1] < 0.9)
    assert not between.any()
    assert titles(fig)[:2] == ["area 2", "image area 2"]


def test_limits_that_depend_on_each_other():
    fig = POLAR.plot({t: (0, 2 * sp.pi), r: (0, 1 + sp.cos(t))})
    assert titles(fig)[:2] == ["area 6.28", "image area 4.71"]  # 2 pi and 3 pi / 2
    radii, angles = lines(fig.axes[0])
    assert (radii <= 1 + np.cos(angles) + 1e-6).all()
    points, values = mesh(fig.axes[2])
    np.testing.assert_allclose(values, points[0], atol=1e-12)


def test_a_fold_is_marked_where_the_determinant_vanishes_and_its_area_is_called_counted():
    fig = FOLDED.plot({u: (-1, sp.Rational(3, 2)), v: (0, 1)})
    source, image, factor = fig.axes[:3]
    assert titles(fig)[:2] == ["area 2.5", "counted area 3.25"]  # 1 + 9/4
    points, values = mesh(factor)
    np.testing.assert_allclose(values, np.abs(2 * points[0]), atol=1e-9)

    def black(ax):
        sets = [c for c in ax.collections if not isinstance(c, QuadMesh) and len(c.get_edgecolor())]
        paths = [path.vertices for c in sets if to_hex(c.get_edgecolor()[0]) == "#000000" for path in c.get_paths()]
        return np.concatenate([path for path in paths if len(path)]).T

    np.testing.assert_allclose(black(source)[0], 0.0, atol=1e-9)
    np.testing.assert_allclose(black(factor)[0], 0.0, atol=1e-9)
    crease = black(image)
    np.testing.assert_allclose(crease[0], crease[1] / 2, atol=1e-3)  # x = v/2, y = v


def test_an_image_that_is_reached_twice_without_a_fold_is_counted_too():
    assert (
        titles(EXPONENTIAL.plot({u: (0, 1), v: (0, 4 * sp.pi)}))[1] == f"counted area {2 * np.pi * (np.e**2 - 1):.3g}"
    )
    assert titles(EXPONENTIAL.plot({u: (0, 1), v: (0, 2 * sp.pi)}))[1] == f"image area {np.pi * (np.e**2 - 1):.3g}"


def test_an_infinite_factor_at_an_edge_is_cut_off_in_the_colours_but_not_in_the_area():
    root = Substitution({x: sp.sqrt(u), y: v}, (u, v))
    fig = root.plot({u: (0, 1), v: (0, 1)})
    assert titles(fig)[:2] == ["area 1", "image area 1"]
    assert mesh(fig.axes[2])[1].max() > 100.0
    assert fig.axes[3].get_ylim()[1] < 10.0


def test_one_variable():
    fig = Substitution({x: u**2}, u).plot({u: (0, 2)})
    graph, factor = fig.axes
    assert graph.get_title() == "length 2 becomes 4"
    old = [np.stack(line.get_data()) for line in graph.lines if to_hex(line.get_color()).upper() == COLORS["output"]]
    ends = np.array([segment[1] for segment in old])
    np.testing.assert_allclose(ends, np.arange(9)[np.array([[k, k + 1] for k in range(8)])] ** 2 / 16, atol=1e-12)
    steps, size = factor.lines[0].get_data()
    np.testing.assert_allclose(size, 2 * steps, atol=1e-6)
    turned = Substitution({x: u**2}, u).plot({u: (-1, 2)})
    assert turned.axes[0].get_title() == "length 3 becomes 5, counted"


@pytest.mark.parametrize(
    ("substitution", "limits", "match"),
    [
        (
            Substitution({x: r * sp.sin(p) * sp.cos(t), y: r * sp.sin(p) * sp.sin(t), z: r * sp.cos(p)}, (r, p, t)),
            Ball((0, 0, 0), 2),
            r"3 variables .* a slice, such as the one with t = 0: Substitution\(\{x: r\*sin\(p\), z: r\*cos\(p\)\}",
        ),
        (POLAR, [y >= 0], r"the range of r is \(0, oo\), expected finite ends"),
        (Substitution({x: sp.log(u), y: v}, (u, v)), {u: (0, 1), v: (0, 1)}, "image runs to infinity"),
        (Substitution({x: sp.log(u)}, u), {u: (0, 1)}, "not finite and real everywhere from 0 to 1"),
        (Substitution({x: u**2}, u), [{u: (0, 1)}, {u: (2, 3)}], "2 parts, expected one interval"),
        (Substitution({x: w * u, y: v}, (u, v)), {u: (0, 1), v: (0, 1)}, "'w'"),
    ],
)
def test_refusals(substitution, limits, match):
    with pytest.raises(ValueError, match=match):
        substitution.plot(limits)


def test_the_slice_that_a_refusal_names_can_be_drawn():
    meridian = Substitution({x: r * sp.sin(p), z: r * sp.cos(p)}, (r, p))
    assert titles(meridian.plot({r: (0, 2), p: (0, sp.pi)}))[1] == "image area 6.28"


def test_bad_parts():
    with pytest.raises(ValueError, match="parts is empty"):
        plotting.area_factor(lambda q: q, lambda q: q[0], [])
    with pytest.raises(TypeError, match="area_factor: expected a function"):
        plotting.area_factor(lambda q: q, 1.0, [PlanePart(0, (0, 1), 0, 1)])
    with pytest.raises(ValueError, match="expected the lower one first"):
        plotting.length_factor(np.sin, np.cos, (1, 0))
