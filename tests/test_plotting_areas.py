"""The figures of change of variables show what they claim: checked as data against closed forms and SymPy."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
import sympy as sp
from matplotlib.colors import to_hex

from jaclib import plotting
from jaclib.plotting import COLORS


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def bent(p):
    return np.stack([p[0] + p[1] ** 2 / 2, p[1] + p[0] * p[1] / 2])


def exact_area_under_bent(corner, size):
    u, v = sp.symbols("u v")
    det = sp.Matrix([u + v**2 / 2, v + u * v / 2]).jacobian([u, v]).det()
    limits = [(s, sp.nsimplify(a), sp.nsimplify(a + w)) for s, a, w in zip((u, v), corner, size, strict=True)]
    return float(sp.integrate(det, *limits))


def shoelace(polygon):
    x, y = np.asarray(polygon).T
    return abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


@pytest.mark.parametrize(("corner", "size"), [((0, 0), (1.5, 1)), ((0.5, 0.25), (0.5, 0.5)), ((-1, 0), (0.125, 2))])
def test_image_area_is_the_integral_of_the_determinant(corner, size):
    assert plotting.image_area(bent, corner, size) == pytest.approx(exact_area_under_bent(corner, size), rel=1e-6)


def test_image_area_of_a_linear_map_is_signed_and_does_not_mind_a_far_away_image():
    matrix = np.array([[1.0, 2.0], [3.0, 1.0]])
    area = plotting.image_area(lambda p: 1e6 + np.tensordot(matrix, p, 1), (0, 0), (2, 1))
    assert area == pytest.approx(2 * np.linalg.det(matrix), rel=1e-9)
    assert area < 0


def test_rectangle_and_image_draws_the_parallelogram_of_the_jacobian_and_prints_the_areas():
    jacobian = np.array([[1, 0.25], [0.125, 1.25]])
    fig = plotting.rectangle_and_image(bent, jacobian, (0.5, 0.25), (0.5, 0.5))
    left, right = fig.axes
    curved, tangent = (patch.get_xy() for patch in right.patches)
    assert shoelace(tangent) == pytest.approx(abs(np.linalg.det(jacobian)) / 4)
    assert shoelace(curved) == pytest.approx(exact_area_under_bent((0.5, 0.25), (0.5, 0.5)), rel=1e-3)
    assert left.get_title() == "area 0.25"
    assert right.get_title() == "area 0.31, ratio 1.24"
    assert right.get_legend().get_texts()[1].get_text() == "|det J| = 1.22"
    assert to_hex(right.patches[1].get_edgecolor()).upper() == COLORS["derivative"].upper()


@pytest.mark.parametrize("matrix", [[[2, 1.5], [0.5, 2]], [[1.5, 2], [2, 0.5]], [[1, 0], [0, 1]]])
def test_shear_keeps_the_area_and_makes_a_right_angle(matrix):
    fig = plotting.shear_to_rectangle(matrix)
    before, after = (ax.patches[0].get_xy() for ax in fig.axes)
    area = abs(float(sp.Matrix(matrix).det()))
    assert shoelace(before) == pytest.approx(area)
    assert shoelace(after) == pytest.approx(area)
    base, side = after[1] - after[0], after[3] - after[0]
    assert base @ side == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(base, np.array(matrix)[:, 0])


def test_matched_edges_puts_each_label_on_the_image_of_the_edge_that_carries_it():
    def duffy(p):
        return np.stack([p[0] * (1 - p[1]), p[0] * p[1]])

    left, right = plotting.matched_edges(duffy, (0, 0), (2, 1), ["a", "b", "c", "d"]).axes
    source = {text.get_text(): np.array(text.get_position()) for text in left.texts}
    image = {text.get_text(): np.array(text.get_position()) for text in right.texts}
    assert source.keys() == image.keys() == set("abcd")
    for name, middle in source.items():
        np.testing.assert_allclose(image[name], duffy(middle), atol=1e-12)
    np.testing.assert_allclose(source["d"], (0, 0.5))
    np.testing.assert_allclose(image["d"], (0, 0), atol=1e-12)


def test_polar_patch_prints_the_area_of_an_annular_sector():
    ax = plotting.polar_patch(radii=(1, 2), angles=(30, 60), spread=0.5)
    printed = [float(text.get_text().split()[1]) for text in ax.texts[:2]]
    exact = [np.pi / 6 / 2 * ((r + 0.5) ** 2 - r**2) for r in (1, 2)]
    np.testing.assert_allclose(printed, exact, rtol=2e-3)
    drawn = [shoelace(patch.get_xy()) for patch in ax.patches]
    np.testing.assert_allclose(drawn, exact, rtol=1e-3)


def test_fold_divides_the_source_at_the_sign_change_and_draws_its_image():
    def f(p):
        return np.stack([p[0] ** 2 + p[1] / 2, p[1]])

    left, right = plotting.fold(f, lambda p: 2 * p[0], (-1, 0), (2.5, 1)).axes
    assert [text.get_text() for text in left.texts] == ["det J < 0", "det J > 0"]
    x, y = right.lines[0].get_data()  # the fold, on which u = 0 and so x = v / 2
    np.testing.assert_allclose(x, y / 2, atol=1e-12)
    areas = []
    for part in right.collections:
        areas.append(sum(shoelace(p.vertices[:-1]) for p in part.get_paths() if len(p.vertices)))
    np.testing.assert_allclose(areas, [1, 2.25], rtol=1e-3)  # pulled out once on [-1, 0], once on [0, 1.5]


def test_fold_of_a_map_without_a_fold_shows_one_part():
    left, _ = plotting.fold(lambda p: p, lambda p: 1 + 0 * p[0], (0, 0), (1, 1)).axes
    assert [text.get_text() for text in left.texts] == ["det J > 0"]


def test_histogram_is_scaled_by_all_samples_not_by_those_in_sight():
    samples = np.concatenate([np.full(30, 0.25), np.full(70, 5.0)])
    ax = plotting.density_check(samples, {"claim": lambda y: 1 + 0 * y}, (0, 1), bins=2)
    heights = [bar.get_height() for bar in ax.patches]
    np.testing.assert_allclose(heights, [30 / 100 / 0.5, 0])
    assert ax.lines[0].get_color() == COLORS["derivative"]


def test_flow_density_draws_the_points_and_the_images_of_circles():
    matrix = np.array([[2.0, 0.0], [1.0, 0.5]])
    points = np.array([[3.0, 1.0], [-2.0, 0.5], [0.0, -2.0]])

    def log_density(y):
        z = np.linalg.solve(matrix, y.T).T
        return -0.5 * (z**2).sum(1) - np.log(2 * np.pi) - np.log(abs(np.linalg.det(matrix)))

    ax = plotting.flow_density(log_density, lambda z: z @ matrix.T, points, radii=(2.0,))
    dots, ellipse = (np.stack(line.get_data(), axis=1) for line in ax.lines)
    np.testing.assert_allclose(dots, points)
    np.testing.assert_allclose(np.linalg.norm(np.linalg.solve(matrix, ellipse.T), axis=0), 2.0)


SQUARE = ((0, 0), (1, 1))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: plotting.image_area(bent, (0, 0), (1, 0)), ValueError, "expected two positive sides"),
        (lambda: plotting.image_area(bent, (0, 0, 0), (1, 1)), ValueError, r"corner has shape \(3,\)"),
        (lambda: plotting.image_area(lambda p: p[0], *SQUARE), ValueError, "expected the same"),
        (lambda: plotting.image_area(3, *SQUARE), TypeError, "expected a function"),
        (lambda: plotting.rectangle_and_image(bent, [1, 2], *SQUARE), ValueError, r"expected \(2, 2\)"),
        (lambda: plotting.shear_to_rectangle([[0.1, 0.7], [0.3, 2.1]]), ValueError, "parallel"),
        (lambda: plotting.shear_to_rectangle([[0, 1], [0, 1]]), ValueError, "parallel"),
        (lambda: plotting.matched_edges(bent, *SQUARE, names="ab"), ValueError, "got 2 names, expected four"),
        (lambda: plotting.polar_patch(radii=(-1, 2)), ValueError, "must not be negative"),
        (lambda: plotting.density_check([1, np.nan], {}, (0, 1)), ValueError, "nan or infinite"),
        (lambda: plotting.density_check([1], dict.fromkeys("abcd"), (0, 1)), ValueError, "at most 3"),
        (lambda: plotting.flow_density(bent, bent, [1, 2, 3]), ValueError, r"expected \(n, 2\)"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, error, message):
    with pytest.raises(error, match=message):
        call()
