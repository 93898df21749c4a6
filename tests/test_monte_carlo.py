"""`monte_carlo`: Sobol's points against SciPy's, means without bias, intervals that contain the truth."""

import math

import numpy as np
import pytest
from scipy import stats

from jaclib import monte_carlo
from jaclib.cubature import MonteCarloWarning, _monte_carlo, _sobol

INF = np.inf


def unscrambled(points, dimensions):
    """Sobol's points in the order of their numbers: the digits of the number choose the direction numbers."""
    numbers = np.arange(points, dtype=np.uint64)
    x = np.zeros((dimensions, points), dtype=np.uint64)
    for k, direction in enumerate(_sobol.direction_numbers(dimensions).T[: points.bit_length() - 1]):
        x ^= np.where(numbers >> np.uint64(k) & np.uint64(1), direction[:, None], np.uint64(0))
    return x * 2.0**-_sobol.BITS


def test_the_direction_numbers_are_those_of_joe_and_kuo():
    theirs = stats.qmc.Sobol(_sobol.DIMENSIONS, scramble=False, bits=_sobol.BITS).random_base2(10)
    ours = unscrambled(1024, _sobol.DIMENSIONS).T
    # SciPy's points come in the order of a Gray code.
    order = np.arange(1024) ^ (np.arange(1024) >> 1)
    assert (ours[order] == theirs).all()


def test_scrambled_points_fill_every_slice_evenly():
    blocks = list(_sobol.scrambled(256, 64, 32, np.random.default_rng(0)))
    points = np.concatenate(blocks, axis=1)
    assert [block.shape for block in blocks] == [(64, 32)] * 8
    # One point in each of 256 slices along each axis; one in each of the 16 x 16 squares of the first two.
    assert (np.sort(np.floor(points * 256), axis=1) == np.arange(256)).all()
    squares = np.floor(points[0] * 16) * 16 + np.floor(points[1] * 16)
    assert sorted(squares) == list(range(256))
    assert (points > 0).all()
    assert (points < 1).all()


def test_each_scrambled_point_is_uniformly_distributed():
    draws = np.array([next(_sobol.scrambled(4, 3, 4, np.random.default_rng(seed)))[:, 2] for seed in range(2000)])
    for k in range(3):
        assert stats.kstest(draws[:, k], "uniform").pvalue > 1e-3
    # Of different draws of two coordinates of one point none tells of the other.
    assert abs(np.corrcoef(draws.T)[0, 1]) < 4 / math.sqrt(2000)


def product(*x):
    return np.prod([1.0 + (xk - 0.5) / (k + 1.0) for k, xk in enumerate(x)], axis=0)


def beyond_a_plane(*x):
    return np.where(sum(x) > 0.5 * len(x), 2.0, 0.0)


def a_corner(*x):
    return np.prod([0.5 / np.sqrt(xk) for xk in x[:2]], axis=0)


# The integrals are 1. Of the last the square is not integrable, so that no theorem promises anything.
@pytest.mark.parametrize("f", [product, beyond_a_plane])
@pytest.mark.parametrize(("n", "runs"), [(1, 200), (8, 200), (70, 80)])
def test_the_interval_contains_the_integral_19_times_of_20(f, n, runs):
    estimates = [monte_carlo(f, [(0, 1)] * n, samples=2**9, rng=seed) for seed in range(runs)]
    inside = sum(low <= 1.0 <= high for low, high in (estimate.interval for estimate in estimates))
    # Within four standard deviations; jumps in 1-D have estimates of few values, and wider intervals.
    assert inside >= 0.95 * runs - 4.0 * math.sqrt(0.95 * 0.05 * runs)
    values = np.array([estimate.value for estimate in estimates])
    reported = math.sqrt(np.mean([estimate.standard_error**2 for estimate in estimates]))
    assert abs(values.mean() - 1.0) < 4.0 * values.std() / math.sqrt(runs) + 1e-12
    assert reported == pytest.approx(values.std(), rel=4.0 / math.sqrt(2 * runs) + 0.05)


def test_it_is_far_closer_than_random_samples():
    estimate = monte_carlo(product, [(0, 1)] * 8, samples=2**16, rng=0)
    random = np.random.default_rng(0).random((8, 2**16))
    assert estimate.standard_error < 0.1 * product(*random).std() / 2**8
    assert abs(estimate.value - 1.0) < 4.0 * estimate.standard_error


GAUSSIAN = math.erf(1.0) * math.sqrt(math.pi) / 2
KNOWN = {
    "20 dimensions": (lambda *x: np.exp(-sum(xk**2 for xk in x)), [(0, 1)] * 20, GAUSSIAN**20),
    "cosine in 30": (
        lambda *x: np.cos(sum(x) / 10),
        [(0, 1)] * 30,
        np.real(((np.exp(0.1j) - 1) / 0.1j) ** 30),
    ),
    "ball in 5": (lambda *x: np.where(sum(xk**2 for xk in x) < 1, 1.0, 0.0), [(-1, 1)] * 5, 8 * np.pi**2 / 15),
    "whole space": (lambda *x: np.exp(-sum(xk**2 for xk in x)), [(-INF, INF)] * 4, np.pi**2),
    "half space": (lambda x, y: np.exp(-x - y), [(0, INF), (-1, INF)], np.e),
    "reversed range": (lambda x, y, z: x + y + z, [(1, 0), (0, 2), (0, 1)], -4.0),
    "singular": (a_corner, [(0, 1)] * 3, 1.0),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_integrals(name):
    f, limits, exact = KNOWN[name]
    estimate = monte_carlo(f, limits, rng=1)
    assert abs(estimate.value - exact) <= 4.0 * estimate.standard_error
    assert estimate.standard_error < 0.02 * abs(exact)
    assert float(estimate) == estimate.value
    assert estimate.samples == 2**18


def test_blocks_change_nothing(monkeypatch):
    whole = monte_carlo(product, [(0, 1)] * 3, samples=2**12, rng=5)
    monkeypatch.setattr(_monte_carlo, "BATCH_NUMBERS", 30)
    parts = monte_carlo(product, [(0, 1)] * 3, samples=2**12, rng=5)
    assert parts.value == pytest.approx(whole.value, rel=1e-13)
    assert parts.standard_error == pytest.approx(whole.standard_error, rel=1e-6)


def test_the_seed_decides():
    def run(rng):
        return monte_carlo(product, [(0, 1)] * 2, samples=1000, rng=rng)

    assert run(3) == run(3) == run(np.random.default_rng(3))
    assert run(3).value != run(4).value
    assert run(None).value != run(None).value
    assert run(3).samples == 1024


def test_a_range_of_length_zero_needs_no_samples():
    assert monte_carlo(lambda x, y: x / 0, [(1, 1), (0, 1)]) == _monte_carlo.MonteCarloEstimate(0.0, 0.0, 0)


def test_a_constant_has_no_error_but_that_of_rounding():
    estimate = monte_carlo(lambda x, y: np.full_like(x, 3.0), [(0, 2)] * 2)
    assert estimate.value == pytest.approx(12.0, rel=1e-14)
    assert 0.0 < estimate.standard_error < 1e-13


def test_zero_at_all_samples_warns_and_says_nothing_of_the_error():
    with pytest.warns(MonteCarloWarning, match="narrow peak"):
        estimate = monte_carlo(lambda x: np.where(np.abs(x - 0.3) < 1e-12, 1.0, 0.0), [(0, 1)])
    assert (estimate.value, estimate.standard_error) == (0.0, INF)


def test_a_sample_that_carries_much_of_the_sum_warns():
    with pytest.warns(MonteCarloWarning, match=r"change variables .* or raise samples"):
        monte_carlo(lambda *x: np.exp(-1e4 * sum((xk - 0.3) ** 2 for xk in x)), [(0, 1)] * 4, samples=2**14, rng=0)


@pytest.mark.parametrize(
    ("f", "limits", "options", "error", "match"),
    [
        (3.0, [(0, 1)], {}, TypeError, "expected a function"),
        (lambda x: 1.0, [(0, 1)], {}, ValueError, r"np\.full_like"),
        (lambda x: x - x.mean(), [(0, 1)], {}, ValueError, "by itself"),
        (lambda x: np.sqrt(x), [(-1, 1)], {}, ValueError, "nan at"),
        (lambda x: x * 1j, [(0, 1)], {}, TypeError, "complex"),
        (lambda x: x, [(0, float("nan"))], {}, ValueError, "nan"),
        (lambda x: x, (0, 1), {}, ValueError, r"\(n, 2\)"),
        (np.ones_like, [(0, INF)], {"samples": 2**40 + 1}, ValueError, "at most"),
        (lambda x: x, [(0, 1)], {"samples": 63}, ValueError, "at least 64"),
        (lambda x: x, [(0, 1)], {"samples": 1e6}, TypeError, r"such as 2\*\*18"),
        (lambda x: x, [(0, 1)], {"samples": True}, TypeError, "expected an integer"),
    ],
)
def test_bad_input(f, limits, options, error, match):
    with pytest.raises(error, match=match):
        monte_carlo(f, limits, **options)


def test_an_integral_that_overflows_is_refused():
    with pytest.raises(ValueError, match="overflows"):
        monte_carlo(lambda x: np.full_like(x, 1e308), [(0, 100)])
