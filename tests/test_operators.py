"""The public transforms: containers, several arguments, whole Jacobians, nesting, depth and memory."""

import math
import tracemalloc
from typing import NamedTuple

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from oracles import assert_close, stencil_jacobian

from jaclib import grad, hessian, jacfwd, jacrev, jvp, value_and_grad, vjp

RNG = np.random.default_rng(3)
MATRIX = RNG.normal(size=(5, 5))
BATCH, TARGET = RNG.normal(size=(6, 4)), np.eye(3)[[0, 2, 1, 1, 0, 2]]
PARAMETERS = {"hidden": (RNG.normal(size=(4, 5)), RNG.normal(size=5)), "out": [RNG.normal(size=(5, 3)), np.zeros(3)]}


def network(p, x, y, np=np):
    (w, b), (u, c) = p["hidden"], p["out"]
    z = np.tanh(x @ w + b) @ u + c
    z = z - np.max(z, axis=1, keepdims=True)
    return -np.mean(np.sum(y * (z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))), axis=1))


def test_a_network_against_autograd():
    value, got = value_and_grad(network)(PARAMETERS, BATCH, TARGET)
    expected = autograd.grad(lambda p: network(p, BATCH, TARGET, anp))(PARAMETERS)
    assert value == pytest.approx(network(PARAMETERS, BATCH, TARGET), rel=1e-15)
    assert isinstance(got["hidden"], tuple)
    assert isinstance(got["out"], list)
    for key in got:
        for a, b in zip(got[key], expected[key], strict=True):
            assert_close(a, b, rtol=1e-12, atol=1e-15)


def test_named_tuples_keep_their_type():
    class Line(NamedTuple):
        slope: float
        offset: float

    got = grad(lambda p, x: np.sum(p.slope * x + p.offset))(Line(2.0, 1.0), np.array([1.0, 3.0]))
    assert got == Line(4.0, 2.0)


DIRECTION = {"hidden": (RNG.normal(size=(4, 5)), RNG.normal(size=5)), "out": [RNG.normal(size=(5, 3)), np.ones(3)]}


def dot(p, q):
    return sum(anp.sum(a * b) for key in p for a, b in zip(p[key], q[key], strict=True))


def test_hessian_vector_products_of_a_network_against_autograd():
    def loss(p):
        return network(p, BATCH, TARGET)

    gradient, product = jvp(grad(loss), (PARAMETERS,), (DIRECTION,))
    slope = autograd.grad(lambda p: network(p, BATCH, TARGET, anp))
    expected = autograd.grad(lambda p: dot(slope(p), DIRECTION))(PARAMETERS)
    reverse = vjp(grad(loss), PARAMETERS)[1](DIRECTION)[0]  # the Hessian is symmetric
    for key in expected:
        assert type(product[key]) is type(PARAMETERS[key])
        for a, b, c, d in zip(product[key], expected[key], reverse[key], gradient[key], strict=True):
            assert_close(a, b, rtol=1e-12, atol=1e-14)
            assert_close(c, b, rtol=1e-12, atol=1e-14)
            assert a.shape == d.shape


class Pair(NamedTuple):
    length: object
    angle: object


@pytest.mark.parametrize(
    ("f", "parts"),
    [
        (lambda x: (x**2, np.sum(x)), lambda y: (y[0], y[1])),
        (lambda x: [x[0] * x[1]], lambda y: (y[0],)),
        (
            lambda x: {"a": {"b": np.outer(x, x)}, "c": (x[0], np.ones(2))},
            lambda y: (y["a"]["b"], y["c"][0], y["c"][1]),
        ),
        (lambda x: Pair(np.hypot(x[0], x[1]), 1.0), lambda y: (y.length, y.angle)),
        (lambda x: [1.0, 2.0], lambda y: (y[0], y[1])),
    ],
)
def test_functions_with_several_results(f, parts):
    x, v = np.array([0.6, -1.1]), np.array([0.3, 0.5])
    y, dy = jvp(f, (x,), (v,))
    value, pullback = vjp(f, x)
    assert type(y) is type(dy) is type(value) is type(f(x))
    total = np.zeros(2)
    for i, part in enumerate(parts(f(x))):
        jacobian = stencil_jacobian(lambda x, i=i: parts(f(x))[i], x)
        assert_close(parts(y)[i], part)
        assert_close(parts(value)[i], part)
        assert_close(parts(dy)[i], jacobian @ v)
        total = total + np.sum(jacobian.reshape(-1, 2), axis=0)
    assert_close(pullback(ones_like(y))[0], total)


def ones_like(y):
    if isinstance(y, dict):
        return {key: ones_like(item) for key, item in y.items()}
    if isinstance(y, (list, tuple)):
        items = [ones_like(item) for item in y]
        return type(y)(*items) if hasattr(y, "_fields") else type(y)(items)
    return np.ones(np.shape(y))


def test_derivatives_of_results_in_containers_nest():
    def speed(x):
        y, dy = jvp(lambda x: {"p": np.sin(x), "q": x**2}, (x,), (np.ones(3),))
        _, pullback = vjp(lambda x: (np.sin(x), x**2), x)
        return np.sum(dy["p"] * dy["q"]) + np.sum(y["q"] ** 2) + np.sum(pullback((x, y["p"]))[0])

    x = np.array([0.4, -0.9, 1.7])
    assert_close(grad(speed)(x), stencil_jacobian(speed, x))
    assert_close(jacfwd(speed)(x), stencil_jacobian(speed, x))


def test_results_in_containers_keep_their_precision():
    single = np.array([1.0, 2.0], dtype=np.float32)
    y, pullback = vjp(lambda x: (x * single, np.arange(2.0)), single)
    assert (y[0].dtype, y[1].dtype) == (np.float32, np.float64)
    assert jvp(lambda x: (x * single,), (single,), (single,))[1][0].dtype == np.float32
    assert_close(pullback((np.ones(2), np.zeros(2)))[0], single)


def test_a_list_of_numbers_is_an_array():
    got = grad(lambda x: np.sum(x**2))([1, 2, 3])
    assert_close(got, [2.0, 4.0, 6.0])
    assert_close(jacrev(lambda x: x**2)([1.0, 2.0]), [[2.0, 0.0], [0.0, 4.0]])


def test_gradient_has_the_shape_of_its_argument():
    assert grad(lambda x: x**2)(3).shape == ()
    assert grad(np.sum)(np.zeros((2, 0, 3))).shape == (2, 0, 3)
    assert grad(lambda w: np.sum(w @ np.ones(3)))(np.ones((2, 3))).shape == (2, 3)


def test_argnums():
    def f(a, b, c):
        return a**2 * b + np.sin(c)

    assert grad(f, argnums=1)(3.0, 2.0, 1.0) == 9.0
    assert grad(f, argnums=-1)(3.0, 2.0, 1.0) == np.cos(1.0)
    assert grad(f, argnums=(2, 0))(3.0, 2.0, 1.0) == (np.cos(1.0), 12.0)
    assert jacfwd(f, argnums=(0, 1))(3.0, 2.0, 1.0) == (12.0, 9.0)
    assert jacrev(f, argnums=(0, 1))(3.0, 2.0, 1.0) == (12.0, 9.0)
    assert hessian(f, argnums=(0, 1))(3.0, 2.0, 1.0) == ((4.0, 6.0), (6.0, 0.0))


def test_keyword_arguments_pass_through():
    assert grad(lambda x, *, k: k * x**2)(3.0, k=5.0) == 30.0


def test_jacobians_are_out_plus_in():
    x = RNG.normal(size=(2, 3))
    assert jacrev(lambda x: x.T @ x)(x).shape == (3, 3, 2, 3)
    assert_close(jacrev(lambda x: x.T @ x)(x), stencil_jacobian(lambda x: x.T @ x, x))
    assert_close(jacfwd(lambda x: x.T @ x)(x), stencil_jacobian(lambda x: x.T @ x, x))
    assert jacfwd(lambda t: t * np.ones((2, 4)))(1.0).shape == (2, 4)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: x,
        np.tanh,
        lambda x: 2.0 * np.tanh(x) + 1.0,
        lambda x: np.exp(MATRIX @ np.sin(MATRIX @ x)),
        lambda x: np.sin(x) * x,  # two ways back: no longer one chain
        lambda x: np.tanh(x[::-1]) + np.cumsum(x),
        lambda x: np.sin(x * np.ones(5)[0]),
        lambda x: np.exp(x[:1] * np.arange(4.0)),  # broadcasting
        lambda x: np.tanh(x @ MATRIX),
        lambda x: x @ x + MATRIX[0] @ x + x @ MATRIX[1],
        lambda x: np.sum(x * x) * x,
        lambda x: np.sum(x, keepdims=True) - np.sum(x[None], axis=0),
        lambda x: np.where(np.arange(5) > 2, np.sin(x), 1.0),
    ],
)
def test_unit_directions_travel_as_a_diagonal(f):
    """Unit cotangents at the end of a program, unit tangents at its start: the same Jacobian as from any others."""
    x = np.array([0.3, -1.2, 0.7, 2.0, -0.4])
    expected = stencil_jacobian(f, x)
    assert_close(jacrev(f)(x), expected)
    assert_close(jacfwd(f)(x), expected)
    second = stencil_jacobian(jacrev(f), x)
    for outer in (jacrev, jacfwd):
        for inner in (jacrev, jacfwd):
            assert_close(outer(inner(f))(x), second, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.sin(x) * x + np.ones((5, 5)),
        lambda x: np.exp(x) + x.T,
        lambda x: np.sum(np.sin(x)),
        lambda x: np.sum(np.sin(x), axis=0) * np.max(x),
        lambda x: np.tanh(x) @ MATRIX[0],
        lambda x: np.where(MATRIX > 0, x, x[0]) * np.arctan2(x, 1.0 + x**2),
        lambda x: x[2] / x,
    ],
)
def test_a_diagonal_of_tangents_of_a_matrix(f):
    x = (7 * np.arange(25) % 25).reshape(5, 5) / 10 + 0.35
    assert_close(jacfwd(f)(x), stencil_jacobian(f, x))
    assert_close(jacfwd(lambda t: f(t * MATRIX))(0.7), stencil_jacobian(lambda t: f(t * MATRIX), 0.7))


def test_the_hessian_of_a_separable_function_is_found_without_dense_tangents():
    x = np.linspace(-1.0, 1.0, 5)
    got = hessian(lambda x: np.sum(np.sin(x) * x**2) + x @ x)(x)
    assert_close(got, np.diag(2 * np.sin(x) + 4 * x * np.cos(x) - x**2 * np.sin(x) + 2), rtol=1e-13, atol=1e-13)
    assert_close(hessian(lambda x: np.sum(x**3))(np.zeros((0,))), np.zeros((0, 0)))


def test_long_jacobians_are_computed_in_parts(monkeypatch):
    monkeypatch.setattr("jaclib.backprop.boundary.BATCH_ENTRIES", 12)
    x = RNG.normal(size=5)
    expected = stencil_jacobian(lambda x: np.sin(np.outer(x, x)), x)
    assert_close(jacrev(lambda x: np.sin(np.outer(x, x)))(x), expected)
    assert_close(jacfwd(lambda x: np.sin(np.outer(x, x)))(x), expected)


def test_no_perturbation_confusion():
    """d/dx [x · d/dy (x + y)] = 1; a tracer that confuses the two gives 2 (Siskind and Pearlmutter, 2005)."""
    for outer in (grad, jacfwd):
        for inner in (grad, jacfwd):
            assert outer(lambda x, inner=inner: x * inner(lambda y: x + y)(1.0))(1.0) == 1.0


def test_derivatives_of_every_order():
    f = lambda x: x**5  # noqa: E731
    expected = [243.0, 405.0, 540.0, 540.0, 360.0, 120.0, 0.0]
    for value in expected:
        assert f(3.0) == pytest.approx(value, rel=1e-14)
        f = grad(f)


def test_the_pullback_can_be_differentiated():
    def f(x):
        _, pullback = vjp(lambda v: v**3, x)
        return pullback(x)[0]  # 3 x² · x

    assert grad(f)(2.0) == 36.0


def test_a_value_that_does_not_depend_on_the_argument_has_derivative_zero():
    assert_close(grad(lambda x: 3.0)(np.ones(3)), np.zeros(3))
    assert_close(jacrev(lambda x: np.ones(2))(np.ones(3)), np.zeros((2, 3)))
    assert_close(jacfwd(lambda x: np.ones(2))(np.ones(3)), np.zeros((2, 3)))
    assert_close(jvp(lambda x: np.ones(2), (np.ones(3),), (np.ones(3),))[1], np.zeros(2))


def test_a_chain_of_many_operations_needs_no_recursion():
    def f(x):
        for _ in range(30_000):
            x = x + 1e-5
        return x * x

    assert grad(f)(1.0) == pytest.approx(2 * (1.0 + 0.3), rel=1e-9)


def test_a_chain_of_a_hundred_thousand_operations():
    def f(x):
        for _ in range(50_000):
            x = np.sin(x) + x
        return x

    slope, y = 1.0, 0.1
    for _ in range(50_000):
        slope *= 1 + math.cos(y)
        y += math.sin(y)
        slope = min(slope, 1e300)  # y settles at π, where the factor is 0
    assert grad(f)(0.1) == pytest.approx(slope, abs=1e-12)


@pytest.mark.parametrize("n", [20_000, 200_000])
def test_memory_stays_near_the_sum_of_the_intermediate_arrays(n):
    steps = 12

    def f(x):
        for _ in range(steps):
            x = np.sin(x) * x + np.tanh(x)  # four arrays of n numbers
        return np.sum(x)

    x = np.linspace(0.1, 1.0, n)
    gradient = grad(f)
    gradient(x)
    tracemalloc.start()
    gradient(x)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= 3 * (4 * steps * n * 8)
