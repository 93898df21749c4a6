"""The figures of chapter 2 show the numbers that they are given; the expected ones follow from closed forms."""

from __future__ import annotations

from itertools import pairwise

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from jaclib import plotting


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def shear(x):
    return np.stack([x[0] + x[1] ** 2, 3 * x[1]])


SHEAR_JACOBIAN = np.array([[1.0, 4.0], [0.0, 3.0]])  # at (0, 2), by hand
POINT = np.array([0.0, 2.0])


def polygon_area(corners):
    x, y = np.asarray(corners).T
    return 0.5 * (x @ np.roll(y, -1) - y @ np.roll(x, -1))


def lines_of(ax, color):
    return [line.get_xydata() for line in ax.lines if line.get_color() == plotting.COLORS[color]]


class TestZoomIntoGrid:
    def test_predicted_grid_approaches_the_image_quadratically(self):
        fig = plotting.zoom_into_grid(shear, SHEAR_JACOBIAN, POINT, half_widths=(1.0, 0.1, 0.01))
        gaps = []
        for ax in fig.axes[1:]:
            curved, straight = lines_of(ax, "output"), lines_of(ax, "derivative")
            assert len(curved) == len(straight) == 18
            gaps.append(max(np.abs(c - s).max() for c, s in zip(curved, straight, strict=True)))
        # The map leaves out exactly (x2 - 2)^2, which is the half width squared at the edge of the grid.
        np.testing.assert_allclose(gaps, [1.0, 1e-2, 1e-4], rtol=1e-9)

    def test_windows_have_the_sides_of_the_zoom_steps(self):
        fig = plotting.zoom_into_grid(shear, SHEAR_JACOBIAN, POINT)
        assert [(p.get_width(), p.get_height()) for p in fig.axes[0].patches] == [(0.5, 0.5), (0.125, 0.125)]
        assert [ax.get_title() for ax in fig.axes[2:]] == ["zoom 4 ×", "zoom 16 ×"]

    def test_a_map_that_does_not_take_many_points_is_refused(self):
        with pytest.raises(ValueError, match=r"f turned an array of shape \(2,\) into shape \(3,\)"):
            plotting.zoom_into_grid(lambda x: np.zeros(3), np.eye(2), POINT)
        with pytest.raises(ValueError, match=r"jacobian has shape \(2, 3\), expected \(2, 2\)"):
            plotting.zoom_into_grid(shear, np.zeros((2, 3)), POINT)
        with pytest.raises(TypeError, match="Pass the function itself"):
            plotting.zoom_into_grid(shear(POINT), np.eye(2), POINT)


class TestParallelogram:
    def test_areas(self):
        side = 0.5
        left, right = plotting.parallelogram(shear, SHEAR_JACOBIAN, POINT, side).axes
        image, tangent = right.patches
        assert polygon_area(left.patches[0].get_xy()[:-1]) == pytest.approx(side**2)
        assert polygon_area(tangent.get_xy()[:-1]) == pytest.approx(3 * side**2)  # det J = 3
        # (x1 + x2^2, 3 x2) has determinant 3 everywhere, so the curved image has that area too.
        assert polygon_area(image.get_xy()[:-1]) == pytest.approx(3 * side**2, rel=1e-3)

    def test_arrows_are_the_columns(self):
        right = plotting.parallelogram(shear, SHEAR_JACOBIAN, POINT, 0.5).axes[1]
        arrows = [np.subtract(arrow.xy, arrow.xyann) for arrow in right.texts]
        np.testing.assert_allclose(arrows, 0.5 * SHEAR_JACOBIAN.T)

    def test_bad_point(self):
        with pytest.raises(ValueError, match=r"point has shape \(3,\), expected \(2,\)"):
            plotting.parallelogram(shear, SHEAR_JACOBIAN, np.zeros(3))


class TestLinearizationError:
    def test_slopes_are_written_at_the_curves(self):
        t = 10.0 ** -np.arange(5)
        ax = plotting.linearization_error(t, {"J": 7 * t**2, "other": t, "third": t**3})
        assert [text.get_text() for text in ax.texts] == ["slope 2.0", "slope 1.0", "slope 3.0"]
        np.testing.assert_allclose(ax.lines[0].get_xydata(), np.stack([t, 7 * t**2], axis=1))

    def test_zero_has_no_logarithm(self):
        with pytest.raises(ValueError, match="zero or negative"):
            plotting.linearization_error([0.1, 0.01], {"J": [0.0, 1.0]})

    def test_lengths_must_agree(self):
        with pytest.raises(ValueError, match=r"errors\['J'\] has shape \(3,\), expected \(2,\)"):
            plotting.linearization_error([0.1, 0.01], {"J": [1.0, 2.0, 3.0]})


class TestRobotArm:
    @pytest.mark.parametrize("angles", [(0.0, np.pi / 2), (0.4, -1.1), (2.5, 3.0), (1.0, 0.0), (1.0, np.pi)])
    def test_ellipse_has_the_half_axes_of_the_jacobian(self, angles):
        lengths, scale = np.array([2.0, 1.0]), 0.3
        ax = plotting.robot_arm(lengths, angles, velocity_scale=scale)
        arm, ellipse, tip = (line.get_xydata() for line in ax.lines)
        first, both = angles[0], sum(angles)
        # The tip and its Jacobian written out by hand.
        expected_tip = [2 * np.cos(first) + np.cos(both), 2 * np.sin(first) + np.sin(both)]
        jacobian = np.array(
            [[-2 * np.sin(first) - np.sin(both), -np.sin(both)], [2 * np.cos(first) + np.cos(both), np.cos(both)]]
        )
        np.testing.assert_allclose(tip[0], expected_tip, atol=1e-12)
        np.testing.assert_allclose(arm[-1], expected_tip, atol=1e-12)
        large, small = np.linalg.svd(jacobian, compute_uv=False)
        distances = np.linalg.norm(ellipse - expected_tip, axis=1)
        assert distances.max() == pytest.approx(scale * large, rel=1e-3)
        if small > 1e-12:
            # On an ellipse |A^-1 (y - centre)| = 1 at every point.
            radii = np.linalg.norm(np.linalg.solve(scale * jacobian, (ellipse - expected_tip).T), axis=0)
            np.testing.assert_allclose(radii, 1, rtol=1e-9)
        assert float(ax.get_title().split("=")[1]) == pytest.approx(np.linalg.det(jacobian), abs=0.005)
        assert "-0.00" not in ax.get_title()

    @pytest.mark.parametrize("angles", [(0.0, 0.0), (np.pi, 0.0), (2.0, -2.5), (-1.5, 0.1)])
    def test_everything_is_inside_the_window(self, angles):
        ax = plotting.robot_arm([1.2, 0.8], angles)
        points = np.concatenate([line.get_xydata() for line in ax.lines])
        low, high = np.transpose([ax.get_xlim(), ax.get_ylim()])
        assert (points > low).all()
        assert (points < high).all()

    def test_lengths_are_positive(self):
        with pytest.raises(ValueError, match=r"lengths are \[1.0, 0.0\], expected positive"):
            plotting.robot_arm([1, 0], [0, 0])


class TestChainOfShapes:
    def test_rectangles_are_to_scale_and_in_the_order_of_the_product(self):
        sizes = [8, 5, 3, 2]
        ax = plotting.chain_of_shapes(sizes)
        rectangles = ax.patches
        unit = rectangles[0].get_width() / 8
        drawn = [(round(r.get_height() / unit), round(r.get_width() / unit)) for r in rectangles]
        assert drawn == [(2, 8), (2, 3), (3, 5), (5, 8)]
        edges = [(r.get_x(), r.get_x() + r.get_width()) for r in rectangles]
        assert all(here[1] < there[0] for here, there in pairwise(edges))

    @pytest.mark.parametrize("sizes", [[3], [3, 0], [3, 2.5]])
    def test_bad_sizes(self, sizes):
        with pytest.raises(ValueError, match="at least two positive whole numbers"):
            plotting.chain_of_shapes(sizes)


class TestJacobianSparsity:
    def test_picture_is_the_pattern(self):
        rng = np.random.default_rng(1)
        jacobian = rng.normal(size=(3, 2, 3, 4)) * (rng.random((3, 2, 3, 4)) < 0.4)
        ax = plotting.jacobian_sparsity(jacobian)
        shown = np.asarray(ax.images[0].get_array())
        assert shown.shape == (6, 12)
        for (i, k, j, c), value in np.ndenumerate(jacobian):
            assert shown[2 * i + k, 4 * j + c] == (value != 0)
        assert ax.get_title() == f"{100 * np.count_nonzero(jacobian) / 72:.0f} % not zero"

    @pytest.mark.parametrize("shape", [(6, 12), (3, 2, 4, 2)])
    def test_bad_shape(self, shape):
        with pytest.raises(ValueError, match=r"expected \(B, m, B, n\)"):
            plotting.jacobian_sparsity(np.ones(shape))


class TestSaliencyImages:
    def test_rows_share_one_scale_with_zero_in_the_middle(self):
        jacobian = np.arange(20.0).reshape(5, 4) - 4
        fig = plotting.saliency_images(jacobian, image=np.ones(4))
        pictures = [ax.images[0] for ax in fig.axes if ax.images]
        assert len(pictures) == 6
        for row, picture in zip(jacobian, pictures[1:], strict=True):
            np.testing.assert_array_equal(picture.get_array(), row.reshape(2, 2))
            assert picture.get_clim() == (-15.0, 15.0)
        np.testing.assert_allclose(pictures[1].cmap(0.5)[:3], 1, atol=0.01)

    def test_all_zero_is_shown_white(self):
        fig = plotting.saliency_images(np.zeros((2, 9)))
        assert fig.axes[0].images[0].get_clim() == (-1.0, 1.0)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"jacobian": np.zeros((2, 5))}, "square number"),
            ({"jacobian": np.zeros(4)}, "square number"),
            ({"jacobian": np.zeros((2, 4)), "image": np.zeros((2, 2))}, r"image has shape \(2, 2\), expected \(4,\)"),
            ({"jacobian": np.zeros((2, 4)), "titles": ["one"]}, "got 1 titles, expected 2"),
        ],
    )
    def test_bad_input(self, arguments, message):
        with pytest.raises(ValueError, match=message):
            plotting.saliency_images(**arguments)


class TestNewtonSteps:
    WINDOW = ((-1.0, 4.0), (-1.0, 5.0))

    @staticmethod
    def line_and_parabola(x):
        return np.stack([x[1] - x[0] - 2, x[1] - x[0] ** 2])  # cross at (2, 4) and (-1, 1)

    def test_the_two_lines_cross_at_the_next_point(self):
        start = np.array([3.0, 3.0])
        jacobian = np.array([[-1.0, 1.0], [-6.0, 1.0]])
        second = start - np.linalg.solve(jacobian, self.line_and_parabola(start))
        ax = plotting.newton_steps(self.line_and_parabola, jacobian, [start, second], self.WINDOW)
        curves = [path.vertices for collection in ax.collections for path in collection.get_paths() if len(path)]
        line, its_tangent, parabola, tangent = curves
        np.testing.assert_allclose(line[:, 1], line[:, 0] + 2, atol=1e-9)
        np.testing.assert_allclose(its_tangent[:, 1], its_tangent[:, 0] + 2, atol=1e-9)
        np.testing.assert_allclose(parabola[:, 1], parabola[:, 0] ** 2, atol=1e-3)
        # Where y - x^2 is predicted to vanish from (3, 3): 3 - 9 - 6 (x - 3) + (y - 3) = 0.
        np.testing.assert_allclose(tangent[:, 1], 6 * tangent[:, 0] - 9, atol=1e-9)
        np.testing.assert_allclose(second, [11 / 5, 21 / 5])  # the crossing of y = x + 2 and y = 6 x - 9
        np.testing.assert_allclose(ax.lines[-1].get_xydata(), [start, second])

    def test_bad_input(self):
        with pytest.raises(ValueError, match=r"points has shape \(1, 2\), expected \(k, 2\) with k at least 2"):
            plotting.newton_steps(self.line_and_parabola, np.eye(2), [[0, 0]], self.WINDOW)
        with pytest.raises(ValueError, match="both increasing"):
            plotting.newton_steps(self.line_and_parabola, np.eye(2), [[0, 0], [1, 1]], ((1, 0), (0, 1)))
        with pytest.raises(ValueError, match="f turned an array of shape"):
            plotting.newton_steps(lambda x: x[0], np.eye(2), [[0, 0], [1, 1]], self.WINDOW)


class TestLevelCurve:
    @staticmethod
    def ellipse(x, y):
        return x**2 + 4 * y**2 - 25

    def test_curve_and_tangents(self):
        points = np.array([[3.0, 2.0], [5.0, 0.0]])
        ax = plotting.level_curve(self.ellipse, [[6, 16], [10, 0]], points, ((-6, 6), (-4, 4)), reach=2.0)
        curve = np.concatenate([path.vertices for path in ax.collections[0].get_paths()])
        np.testing.assert_allclose(self.ellipse(*curve.T), 0, atol=0.01)
        tangents = [line.get_xydata() for line in ax.lines if len(line.get_xydata()) == 2]
        for tangent, point, slope in zip(tangents, points, (-3 / 8, -np.inf), strict=True):
            np.testing.assert_allclose(tangent.mean(axis=0), point)
            dx, dy = tangent[0] - tangent[1]
            assert np.hypot(dx, dy) == pytest.approx(4)
            assert dx == 0 if np.isinf(slope) else dy / dx == pytest.approx(slope)

    def test_bad_input(self):
        window = ((-6, 6), (-4, 4))
        with pytest.raises(ValueError, match="a gradient is zero"):
            plotting.level_curve(self.ellipse, [[0, 0]], [[0, 0]], window)
        with pytest.raises(ValueError, match=r"gradients has shape \(2,\), expected \(1, 2\)"):
            plotting.level_curve(self.ellipse, [6, 16], [[3, 2]], window)
        with pytest.raises(TypeError, match="expected a function"):
            plotting.level_curve(0, [[6, 16]], [[3, 2]], window)
