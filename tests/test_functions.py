"""NumPy's array functions in both modes and to second order, against a stencil that shares no code with jaclib."""

import numpy as np
import pytest
from numpy_functions import CASES, point
from oracles import assert_close, stencil_jacobian

from jaclib import grad, hessian, jacfwd, jacrev


@pytest.mark.parametrize("name", CASES)
def test_first_order_in_both_modes(name):
    f, shape = CASES[name]
    x = point(name, shape)
    expected = stencil_jacobian(f, x)
    assert_close(jacrev(f)(x), expected)
    assert_close(jacfwd(f)(x), expected)


@pytest.mark.parametrize("name", CASES)
def test_what_the_tape_does_not_keep_is_not_needed(name, monkeypatch):
    """Large arrays that no rule reads are dropped; here every array counts as large."""
    f, shape = CASES[name]
    x = point(name, shape)
    slope = grad(lambda x: np.sum(f(x) ** 2))
    with_all = jacrev(f)(x), jacrev(slope)(x)  # compared with a stencil by the other tests
    monkeypatch.setattr("jaclib.backprop.reverse._LARGE", -1)
    assert_close(jacrev(f)(x), with_all[0], rtol=1e-13, atol=1e-13)
    assert_close(jacrev(slope)(x), with_all[1], rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("name", CASES)
def test_second_order(name):
    f, shape = CASES[name]
    x = point(name, shape)
    weights = np.random.default_rng(1).normal(size=np.shape(f(x)))

    def scalar(x):
        return np.sum(weights * f(x) ** 2)

    expected = stencil_jacobian(grad(scalar), x)
    assert_close(hessian(scalar)(x), expected, rtol=1e-8, atol=1e-8)  # forward over reverse
    assert_close(jacrev(grad(scalar))(x), expected, rtol=1e-8, atol=1e-8)  # reverse over reverse
    assert_close(jacfwd(jacfwd(scalar))(x), expected, rtol=1e-8, atol=1e-8)  # forward over forward


@pytest.mark.parametrize("zeros", [0, 1, 2, 3])
def test_products_with_zeros_are_exact(zeros):
    """The classic rule result / x would give nan here."""
    x = np.array([2.0, 3.0, 5.0, 7.0])
    x[:zeros] = 0.0
    others = np.array([np.prod(np.delete(x, i)) for i in range(4)])
    assert_close(grad(np.prod)(x), others, rtol=0, atol=0)
    assert_close(jacrev(np.cumprod)(x)[-1], others, rtol=0, atol=0)


def test_ties_share_the_gradient():
    assert_close(grad(np.max)(np.array([1.0, 3.0, 3.0])), [0.0, 0.5, 0.5])
    assert_close(grad(np.min)(np.array([1.0, 1.0, 1.0, 2.0])), [1 / 3, 1 / 3, 1 / 3, 0.0])


@pytest.mark.parametrize("function", [np.fmax, np.fmin])
def test_a_number_wins_over_nan(function):
    gaps = np.array([np.nan, 0.5, np.nan])
    x = np.array([1.0, 2.0, 3.0])
    expected = stencil_jacobian(lambda x: function(gaps, x), x)
    assert_close(jacrev(lambda x: function(gaps, x))(x), expected)
    assert_close(jacfwd(lambda x: function(x, gaps))(x), expected)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.sum(np.sin(x) * x),
        np.cumsum,
        np.max,
        np.sort,
        np.median,
        lambda x: np.quantile(x, 0.3),
        np.nanmin,
        np.gradient,
        lambda x: np.linspace(x[0], x[1], 4) * np.linspace(x[0], 1, 4),
        lambda x: np.piecewise(x, [x > 1], [np.sin, np.cos]),
        lambda x: np.fft.irfft(np.fft.rfft(x, 4) * 2.0),
        lambda x: (np.exp(1j * x) * x).imag,
        lambda x: np.linalg.norm(x),
        lambda x: np.interp(x, [0.0, 1.5, 4.0], [0.0, 1.0, 3.0]) * 1.0,
    ],
)
def test_float32_stays_float32(f):
    x = np.array([1.0, 2.0], dtype=np.float32)
    if np.asarray(f(x)).dtype == np.float32:  # where it does so in plain NumPy
        assert jacfwd(f)(x).dtype == np.float32
        assert jacrev(f)(x).dtype == np.float32
        assert f(x).dtype == np.float32
