"""A traced array stands in for a plain one: code that asks what it is, prints or copies it goes the same way."""

import copy
import functools
import math
import numbers
import pickle

import numpy as np
import pytest
from oracles import assert_close, stencil_jacobian

from jaclib import grad, hessian, jacfwd, jacrev

X = np.array([1.0, 2.0, 3.0])


@functools.singledispatch
def by_type(x):
    return np.sum(x)


@by_type.register(np.ndarray)
def _(x):
    return np.sum(x**2)


def by_pattern(x):
    match x[0]:
        case float():
            return x[0] ** 2
        case _:
            return x[0]


# Each takes one branch for an array (or its entries) and another one for anything else.
BRANCHING = {
    "isinstance np.ndarray": lambda x: np.sum(x**2) if isinstance(x, np.ndarray) else np.sum(x),
    "isinstance float": lambda x: x[0] ** 2 if isinstance(x[0], float) else x[0],
    "isinstance np.floating": lambda x: x[0] ** 2 if isinstance(x[0], np.floating) else x[0],
    "isinstance numbers.Real": lambda x: x[0] ** 2 if isinstance(x[0], numbers.Real) else x[0],
    "array without axes": lambda x: x[0] if isinstance(x[0], np.ndarray) else x[0] ** 2,
    "list": lambda x: np.sum(x) if isinstance(x, list) else np.sum(x**2),
    "np.isscalar": lambda x: x[0] ** 2 if np.isscalar(x[0]) else x[0],
    "match": by_pattern,
    "singledispatch": by_type,
    "attributes": lambda x: np.sum(x**2) if x.nbytes == 24 and x[0].itemsize == 8 else np.sum(x),
    "complex array": lambda x: np.sum(np.fft.rfft(x).real) if isinstance(np.fft.rfft(x), np.ndarray) else x[0],
    "complex number": lambda x: (x[0] * 1j * x).imag[1] if isinstance(x[0] * 1j, complex) else x[0],
    "copied complex array": lambda x: np.sum(copy.deepcopy(copy.copy(1j * x)).imag ** 2),
    "in": lambda x: x[0] * (9.0 not in x[None]) + x[2] ** 2 * (x[1] in list(x)) * (x[1] in np.outer(x, x / x)),
    "rounded": lambda x: x[0] * round(x[2] * 0.7) + x[1] * (math.floor(x[1]) + math.ceil(x[2]) + math.trunc(x[2])),
}


@pytest.mark.parametrize("name", BRANCHING)
def test_code_that_asks_for_the_type_takes_the_branch_of_a_plain_array(name):
    f, x = BRANCHING[name], X + 0.3
    expected = stencil_jacobian(f, x)
    for transform in (grad, jacrev, jacfwd):
        assert_close(transform(f)(x), expected)
    assert_close(hessian(f)(x), stencil_jacobian(grad(f), x))
    assert_close(grad(lambda p: f(p["x"]))({"x": x})["x"], expected)


def test_a_number_of_single_precision_is_one():
    x = np.float32(2.0)
    assert grad(lambda x: x**2 if isinstance(x, np.float32) and not isinstance(x, float) else x)(x) == 4.0


def test_a_list_of_traced_numbers_is_a_container():
    def f(x):
        slopes = grad(lambda p: p[0] ** 2 * p[1])([x[0], x[1]])  # 2 x0 x1 and x0²
        return slopes[0] * slopes[1]

    assert_close(grad(f)(X), [6.0 * 2.0, 2.0, 0.0])


def test_comparisons_and_printing_are_plain():
    def f(x):
        assert isinstance(x[0] > 0, (bool, np.bool))
        assert (x == X).dtype == bool
        assert len(x) == 3
        assert "3." in repr(x)
        assert f"{x[1]:.1f}, {x[0]}" == "Traced(2.0), Traced(1.0)"
        assert str(x) == "Traced([1. 2. 3.])"
        return x[0] if x[0] > x[1] else x[1] ** 2

    np.testing.assert_array_equal(grad(f)(X), [0.0, 4.0, 0.0])


def test_numbers_may_be_rebound_with_in_place_operators():
    def total(x):
        s = 0.0
        for entry in x:
            s += entry**2
        return s

    np.testing.assert_array_equal(grad(total)(X), 2 * X)
    assert grad(lambda t: np.sum([1.0]) + t)(np.array(3.0)) == 1.0


def test_copies_stay_on_the_tape():
    assert grad(lambda x: np.sum(copy.deepcopy(x) * copy.copy(x)))(X).tolist() == [2.0, 4.0, 6.0]
    assert grad(lambda x: np.sum(np.copy(x) * x.copy()))(X).tolist() == [2.0, 4.0, 6.0]
    with pytest.raises(TypeError, match="pickling"):
        grad(lambda x: pickle.dumps(x))(X)


def test_zeros_and_ones_like_are_plain_constants():
    np.testing.assert_array_equal(grad(lambda x: np.sum(np.ones_like(x) * x))(X), [1.0, 1.0, 1.0])
