"""log|det J| against densities in closed form (SciPy's, and the course blueprint's)."""

import numpy as np
import pytest
from scipy import stats

import jaclib


def standard_normal(z):
    return -0.5 * np.sum(z**2, axis=-1) - 0.5 * z.shape[-1] * np.log(2 * np.pi)


def test_an_affine_map_of_a_normal_in_the_plane():
    A, b = np.array([[2.0, 0.0], [1.0, -3.0]]), np.array([1.0, 2.0])
    z = np.linalg.solve(A, np.array([3.0, 0.0]) - b)
    x, log_abs_det = jaclib.log_abs_det_jacobian(lambda z: A @ z + b, z)
    np.testing.assert_allclose(x, [3.0, 0.0], atol=1e-14)
    assert abs(standard_normal(z) - log_abs_det - -4.629637) < 1e-6


def test_an_affine_map_in_64_dimensions_at_many_points_does_not_underflow():
    rng = np.random.default_rng(0)
    A, z = 1e-8 * rng.normal(size=(64, 64)), rng.normal(size=(5, 64))
    x, log_abs_det = jaclib.log_abs_det_jacobian(lambda z: z @ A.T, z)
    # The covariance is scaled to unit size: SciPy takes 1e-16 for singular.
    expected = stats.multivariate_normal(cov=1e16 * A @ A.T).logpdf(1e8 * x) + 64 * np.log(1e8)
    np.testing.assert_allclose(standard_normal(z) - log_abs_det, expected, rtol=1e-9)


def test_the_log_normal_coordinate_by_coordinate():
    z = np.random.default_rng(1).normal(size=(7, 3))
    y, log_abs_det = jaclib.log_abs_det_jacobian(np.exp, z)
    np.testing.assert_allclose(standard_normal(z) - log_abs_det, stats.lognorm(1).logpdf(y).sum(axis=1), rtol=1e-12)


def test_a_chi_square_and_an_angle_from_a_pair_of_normals():
    points = np.random.default_rng(2).normal(size=(6, 2))

    def polar(p):
        return np.stack([p[:, 0] ** 2 + p[:, 1] ** 2, np.arctan2(p[:, 1], p[:, 0])], axis=1)

    y, log_abs_det = jaclib.log_abs_det_jacobian(polar, points)
    expected = stats.chi2(2).logpdf(y[:, 0]) - np.log(2 * np.pi)
    np.testing.assert_allclose(standard_normal(points) - log_abs_det, expected, rtol=1e-12)


def test_many_points_give_what_each_gives_alone():
    points = np.random.default_rng(3).normal(size=(4, 3))

    def bend(p):
        return np.stack(
            [p[..., 0] + p[..., 1] ** 2, np.sinh(p[..., 1]) - p[..., 2], p[..., 2] ** 3 + p[..., 0]], axis=-1
        )

    y, log_abs_det = jaclib.log_abs_det_jacobian(bend, points)
    for point, value, size in zip(points, y, log_abs_det, strict=True):
        alone = jaclib.log_abs_det_jacobian(bend, point)
        np.testing.assert_allclose(alone[0], value)
        np.testing.assert_allclose(alone[1], size, rtol=1e-12)


def test_a_singular_point_has_minus_infinity():
    assert jaclib.log_abs_det_jacobian(lambda x: x**2, np.array([0.0, 1.0]))[1] == -np.inf


@pytest.mark.parametrize(
    ("f", "x", "error", "words"),
    [
        (1.0, [1.0], TypeError, "expected a function"),
        (np.exp, 1.0, ValueError, r"expected \(n,\)"),
        (np.exp, np.ones((2, 2, 2)), ValueError, r"expected \(n,\)"),
        (np.sum, [1.0, 2.0], ValueError, "square Jacobian"),
        (lambda x: x[:1], [1.0, 2.0], ValueError, "square Jacobian"),
        (lambda x: x - x.mean(axis=0), [[1.0, 2.0], [3.0, 5.0], [0.0, 1.0]], ValueError, "each row by itself"),
        (np.exp, [np.nan, 1.0], ValueError, "finite"),
    ],
)
def test_what_it_refuses(f, x, error, words):
    with pytest.raises(error, match=words):
        jaclib.log_abs_det_jacobian(f, x)
