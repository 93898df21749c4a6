"""Realistic functions, from losses to filters: derivatives agree with autograd, or with a stencil where it cannot."""

from functools import partial

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from oracles import stencil_jacobian
from realistic import CASES

from jaclib import grad, jacfwd, jacrev, jvp

PIECEWISE_LINEAR = {
    "mean absolute error",
    "quantile loss, three quantiles",
    "multi-class hinge loss",
    "running maximum of a walk",
}
SCALAR = [
    name
    for name, case in CASES.items()
    if np.ndim(case.function(np, *case.point)) == 0 and not case.beyond_autograd and name not in PIECEWISE_LINEAR
]


def relative_difference(got, expected):
    """Return the largest difference, relative to the largest entry of all; the shapes must be the same."""
    assert [np.shape(a) for a in got] == [np.shape(e) for e in expected]
    size = max(np.max(np.abs(e)) for e in expected)
    assert size > 1e-3, "a derivative that vanishes proves nothing"
    return max(np.max(np.abs(a - e)) for a, e in zip(got, expected, strict=True)) / size


def reference(case):
    """Return the Jacobian by each parameter, from a source that shares no code with jaclib, and how exact it is."""
    numbers = range(len(case.point))
    if not case.beyond_autograd:
        f = partial(case.function, anp)
        return [autograd.jacobian(f, i)(*case.point) for i in numbers], 1e-12

    def along(i):
        return lambda x: case.function(np, *case.point[:i], x, *case.point[i + 1 :])

    return [stencil_jacobian(along(i), case.point[i]) for i in numbers], 1e-11


def of_one_vector(function, point, namespace):
    """Return `function` as one of a single vector that holds all its parameters."""
    ends = np.cumsum([x.size for x in point])

    def f(vector):
        parts = [vector[end - x.size : end] for end, x in zip(ends, point, strict=True)]
        return function(namespace, *(namespace.reshape(part, x.shape) for part, x in zip(parts, point, strict=True)))

    return f


def test_the_suite_is_large_and_autograd_judges_nearly_all_of_it():
    assert len(CASES) >= 60
    assert sum(bool(case.beyond_autograd) for case in CASES.values()) <= 5


@pytest.mark.parametrize("name", CASES)
def test_both_modes_agree_with_an_independent_source(name):
    case = CASES[name]
    f, all_of_them = partial(case.function, np), tuple(range(len(case.point)))
    expected, accuracy = reference(case)
    assert relative_difference(jacrev(f, all_of_them)(*case.point), expected) <= accuracy
    assert relative_difference(jacfwd(f, all_of_them)(*case.point), expected) <= accuracy


@pytest.mark.parametrize("name", SCALAR)
def test_hessian_vector_products_agree_with_autograd(name):
    case = CASES[name]
    x = np.concatenate([np.ravel(part) for part in case.point])
    v = np.cos(np.arange(1.0, x.size + 1))
    f = of_one_vector(case.function, case.point, np)
    expected = autograd.hessian_vector_product(of_one_vector(case.function, case.point, anp))(x, v)
    forward_over_reverse = jvp(grad(f), (x,), (v,))[1]
    reverse_over_reverse = grad(lambda x: np.dot(grad(f)(x), v))(x)
    assert relative_difference([forward_over_reverse], [expected]) <= 1e-12
    assert relative_difference([reverse_over_reverse], [expected]) <= 1e-12


@pytest.mark.parametrize("name", sorted(PIECEWISE_LINEAR))
def test_piecewise_linear_losses_have_no_curvature(name):
    case = CASES[name]
    (x,) = case.point
    assert not jvp(grad(partial(case.function, np)), (x,), (np.ones_like(x),))[1].any()
