"""The figures of chapter 1 show the numbers that they are given: read back from the artists."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.colors import to_hex

from jaclib import plotting
from jaclib.plotting import COLORS


@pytest.fixture(autouse=True)
def _close_figures():
    plotting.use_style()
    yield
    plt.close("all")


def lines_in(ax, role):
    return [line for line in ax.lines if to_hex(line.get_color()).lower() == COLORS[role].lower()]


def texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def bowl(x, y):
    return x**2 + 3 * y**2


def test_slices_draw_each_walk_with_the_other_coordinate_held_still():
    figure = plotting.slices(bowl, (1.0, 2.0), (2.0, 12.0), (-1, 3), (0, 4))
    map_, profile = figure.axes
    (along_x,), (along_y,) = lines_in(map_, "input"), lines_in(map_, "accent")
    assert set(along_x.get_ydata()) == {2.0}
    assert set(along_y.get_xdata()) == {1.0}
    offset, height = lines_in(profile, "input")[0].get_data()
    np.testing.assert_allclose(height, (1 + offset) ** 2 + 12, rtol=1e-14)


def test_slices_draw_tangents_through_the_point_with_the_given_slopes():
    _, profile = plotting.slices(bowl, (1.0, 2.0), (2.0, 12.0), (-1, 3), (0, 4)).axes
    tangents = [line for line in lines_in(profile, "derivative") if len(line.get_xdata()) == 2]
    slopes = [np.diff(line.get_ydata())[0] / np.diff(line.get_xdata())[0] for line in tangents]
    np.testing.assert_allclose(slopes, [2, 12])
    np.testing.assert_allclose([line.get_ydata().mean() for line in tangents], bowl(1, 2))


def test_the_gradient_arrow_starts_at_the_point_and_is_perpendicular_to_the_line_without_slope():
    ax = plotting.gradient_on_contours(bowl, (1.0, 1.0), (2.0, 6.0), (-2, 4), (-2, 4), scale=0.1)
    (arrow,) = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    assert arrow.xyann == (1.0, 1.0)
    np.testing.assert_allclose(arrow.xy, (1.2, 1.6))
    (flat,) = lines_in(ax, "neutral")
    assert np.diff(flat.get_xdata())[0] * 2 + np.diff(flat.get_ydata())[0] * 6 == pytest.approx(0, abs=1e-14)
    assert ax.get_aspect() == 1.0, "without equal scales the right angle would not be seen"


def test_the_contour_through_the_point_is_drawn():
    ax = plotting.gradient_on_contours(bowl, (1.0, 1.0), (2.0, 6.0), (-2, 4), (-2, 4))
    (level,) = [c for c in ax.collections if list(c.levels) == [4.0]]
    x, y = np.concatenate(level.get_paths()[0].to_polygons(closed_only=False)).T
    np.testing.assert_allclose(bowl(x, y), 4, atol=0.02)


def test_the_path_and_the_minimum_appear_where_they_are():
    path = [(1.0, 1.0), (0.5, -0.5)]
    ax = plotting.gradient_on_contours(bowl, (1, 1), (2, 6), (-2, 4), (-2, 4), path=path, minimum=(0, 0))
    assert lines_in(ax, "input")[0].get_xydata().tolist() == [list(p) for p in path]
    assert any(line.get_marker() == "*" and line.get_xydata().tolist() == [[0, 0]] for line in ax.lines)


@pytest.mark.parametrize("gradient", [(3, 4), (14, -9), (-1, -1)])
def test_slope_by_direction_is_the_inner_product_with_the_unit_vector(gradient):
    ax = plotting.slope_by_direction(gradient)
    degrees, slope = lines_in(ax, "derivative")[0].get_data()
    unit = np.stack([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    np.testing.assert_allclose(slope, np.dot(gradient, unit), atol=1e-12)
    marked = [line.get_xydata()[0].tolist() for line in lines_in(ax, "input")]
    assert marked == [[0, gradient[0]], [90, gradient[1]]]


def test_the_graph_has_a_box_for_every_node_an_arrow_for_every_edge_and_every_text():
    nodes = {"x": (0, 0, "x=2", "x bar"), "s": (1, 0, "s=4"), "y": (2, 0, "y=8", "y bar")}
    ax = plotting.value_graph(nodes, {("x", "s"): "d1", ("s", "y"): "d2"})
    assert sorted(texts(ax)) == sorted(["x=2", "s=4", "y=8", "x bar", "y bar", "d1", "d2"])
    assert sum(getattr(text, "arrow_patch", None) is not None for text in ax.texts) == 2
    border = {
        t.get_text(): to_hex(t.get_bbox_patch().get_edgecolor()).upper()
        for t in ax.texts
        if t.get_text() in ("x=2", "s=4", "y=8")
    }
    assert border == {"x=2": COLORS["input"], "s=4": COLORS["neutral"], "y=8": COLORS["output"]}


def test_step_size_error_leaves_out_zeros_which_a_logarithm_cannot_show():
    ax = plotting.step_size_error([1e-3, 1e-2, 1e-1], {"central": [0.0, 1e-5, 1e-3]}, {"theory": [1, 2, 3]})
    drawn, guide = ax.lines
    assert np.isnan(drawn.get_ydata()).tolist() == [True, False, False]
    assert guide.get_label() == "theory"
    low, high = ax.get_ylim()
    assert low < 1e-5 < 1e-3 < high


def test_kink_draws_lines_through_the_kink_that_stay_below():
    ax = plotting.kink(abs, 0, [-1, -0.3, 0.8], (-2, 2))
    curve = lines_in(ax, "output")[0]
    for line in lines_in(ax, "derivative"):
        np.testing.assert_array_equal(line.get_xdata(), curve.get_xdata())
        assert (line.get_ydata() <= curve.get_ydata() + 1e-15).all()


def test_loss_curve_shows_every_loss_and_places_the_mean_at_the_end_of_its_window():
    losses = [4.0, 2.0, 1.0, 0.5]
    ax = plotting.loss_curve(losses, window=2, chance=2.3)
    assert ax.lines[0].get_xydata().tolist() == [[1, 4], [2, 2], [3, 1], [4, 0.5]]
    assert ax.lines[1].get_xydata().tolist() == [[2, 3], [3, 1.5], [4, 0.75]]
    assert set(ax.lines[2].get_ydata()) == {2.3}


def test_digit_grid_puts_the_first_pixel_top_left_and_shows_ink_dark():
    image = np.zeros(64)
    image[0] = 1.0
    figure = plotting.digit_grid([image, image, image], ["a", "b", "c"], columns=2, colors=["black"] * 3)
    shown = [ax for ax in figure.axes if ax.images]
    assert [ax.get_title() for ax in shown] == ["a", "b", "c"]
    assert len(figure.axes) == 4
    picture = shown[0].images[0]
    assert picture.get_array()[0, 0] == 1
    assert picture.origin == "upper"
    assert picture.cmap(picture.norm(1.0))[:3] == (0, 0, 0)
    assert picture.get_clim() == (0, 1)
