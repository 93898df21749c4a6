"""Entries that are nan and left out: missing data, and arguments outside a domain. What is not known is refused."""

import numpy as np
import pytest
from oracles import assert_close, stencil_jacobian

from jaclib import grad, hessian, jacfwd, jacrev, jvp, vjp

RNG = np.random.default_rng(8)
DATA = RNG.normal(size=(6, 3))
DATA[[0, 2, 2, 5], [1, 0, 2, 2]] = np.nan
KNOWN = ~np.isnan(DATA)
TIMES = np.linspace(0.0, 1.0, 6)
TRANSFORMS = [
    grad,
    jacfwd,
    lambda f: lambda x: vjp(f, x)[1](1.0)[0],
    lambda f: lambda x: np.stack([jvp(f, (x,), (v,))[1] for v in np.eye(x.size)]),
]


def model(p):
    return np.exp(-p[0] * TIMES[:, None]) * p[1:]


def on_known_entries(p):
    return np.mean(((model(p) - DATA)[KNOWN]) ** 2)


LOSSES = {
    "nanmean": lambda p: np.nanmean((model(p) - DATA) ** 2),
    "where": lambda p: np.sum(np.where(KNOWN, (model(p) - DATA) ** 2, 0.0)) / np.sum(KNOWN),
    "nansum of products": lambda p: np.nansum((model(p) - DATA) * (model(p) - DATA)) / np.sum(KNOWN),
    "isnan of the residual": lambda p: np.mean([1.0]) * masked_by_itself(model(p) - DATA),
    "nan_to_num": lambda p: np.sum(np.nan_to_num(np.abs(model(p) - DATA) ** 2.0)) / np.sum(KNOWN),
    "row sums": lambda p: np.sum(np.where(KNOWN, DATA * (DATA - 2 * model(p)) + model(p) ** 2, 0.0)) / np.sum(KNOWN),
}


def masked_by_itself(residual):
    known = ~np.isnan(residual)
    return np.sum(residual[known] ** 2) / np.sum(known)


PARAMETERS = np.array([0.7, 1.1, -0.4, 0.9])


@pytest.mark.parametrize("name", LOSSES)
def test_missing_data_are_left_out(name):
    loss = LOSSES[name]
    expected = stencil_jacobian(on_known_entries, PARAMETERS)
    for transform in TRANSFORMS:
        assert_close(transform(loss)(PARAMETERS), expected)
    second = stencil_jacobian(grad(on_known_entries), PARAMETERS)
    for transform in (hessian, lambda f: jacrev(grad(f)), lambda f: jacfwd(jacfwd(f))):
        assert_close(transform(loss)(PARAMETERS), second)


def test_missing_rows_of_a_matrix():
    x = np.where(RNG.uniform(size=(5, 1)) < 0.5, RNG.normal(size=(5, 3)), np.nan)
    x[0], x[1] = np.nan, 1.0
    known = ~np.isnan(x[:, 0])
    loss, plain = lambda w: np.nansum(np.tanh(x @ w)), lambda w: np.sum(np.tanh(x[known] @ w))
    w = np.array([0.3, -0.2, 0.5])
    assert_close(grad(loss)(w), stencil_jacobian(plain, w))
    assert_close(jacfwd(loss)(w), stencil_jacobian(plain, w))
    assert_close(jacrev(lambda w: np.nan_to_num(x @ w))(w), np.where(known[:, None], x, 0.0))


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.where(x > 0, np.sqrt(x), 0.0),
        lambda x: np.where(x > 0, np.log(x), x**2),
        lambda x: np.where(np.abs(x) < 1, np.arcsin(x) * np.arctanh(x), x),
        lambda x: np.where(x > 0, np.power(x, 1.5), -x),
        lambda x: np.where(x > 1, np.arccosh(x), 1 - x) + np.where(x > -1, np.log1p(x), 0.0) ** 2,
        lambda x: np.nancumsum(np.sqrt(x) * x),
        lambda x: np.fmax(np.log2(x), x),
    ],
)
def test_arguments_outside_a_domain_are_left_out(f):
    x = np.array([-1.7, 0.4, 2.1, -0.6, 0.7])
    expected = stencil_jacobian(f, x)
    assert_close(jacrev(f)(x), expected)
    assert_close(jacfwd(f)(x), expected)
    weights = np.arange(1.0, 6.0)
    scalar = lambda x: np.sum(weights * f(x) ** 2)  # noqa: E731
    assert_close(hessian(scalar)(x), stencil_jacobian(grad(scalar), x), rtol=1e-7, atol=1e-7)


def one_row_missing_and_one_undefined(x):
    rows = np.stack([np.stack([x[0], np.nan]), np.stack([1 / x[0], -1 / x[0]])])  # the second: infinity minus infinity
    return np.nan_to_num(np.sum(rows, axis=1))


@pytest.mark.filterwarnings("ignore:invalid value", "ignore:divide by zero")
@pytest.mark.parametrize(
    "f",
    [
        one_row_missing_and_one_undefined,
        lambda x: np.where(x == 0, 1.0, (np.sin(x) / x) ** 2 + 1),
        lambda x: np.nansum(np.stack([np.abs(np.sin(x) / x), x * np.nan])[:, ::-1]),
        lambda x: np.where(x == 0, 1.0, np.sin(x) / x),  # its derivative at 0 is 0, its second one is not
        lambda x: np.where(x == 0, 0.0, (1 - np.cos(x)) / x),  # its derivative at 0 is 1/2
        lambda x: np.nan_to_num((np.exp(x) - 1) / x),
        lambda x: np.where(x == 0, 0.0, np.expm1(x) * (1 / x)),
        lambda x: np.where(x == 0, 0.0, 1 / x - 1 / np.tanh(x)),  # its derivative at 0 is -1/3
        lambda x: np.where(x > 0, np.sqrt(x), 0.0),  # a corner with infinite slope
        lambda x: np.where(x == 0, 0.0, x * np.log(x)),
    ],
)
def test_single_points_without_a_value_are_refused(f):
    for transform in TRANSFORMS:
        with pytest.raises(ValueError, match="nan or infinite"):
            transform(lambda x: np.sum(f(x)))(np.array([0.0, 1.0]))


def test_the_function_is_called_once_unless_nan_is_in_the_way():
    calls = []

    def loss(p, data):
        calls.append(1)
        return np.nanmean((p - data) ** 2)

    for data, expected in ((np.array([1.0, 2.0]), 1), (np.array([1.0, np.nan]), 2)):
        for transform in (grad, jacrev, jacfwd):
            calls.clear()
            transform(loss)(np.array([0.5, 0.5]), data)
            assert len(calls) == expected


def test_large_arrays_with_gaps():
    data = RNG.normal(size=5000)
    data[::7] = np.nan
    p = np.ones(5000)
    expected = np.where(np.isnan(data), 0.0, 2 * (p - data))
    assert_close(grad(lambda p: np.nansum((p - data) ** 2))(p), expected)
    assert_close(grad(lambda p: np.nansum(np.square((p - data)[::-1])))(p), expected)
