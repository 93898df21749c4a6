"""The public transforms: containers, several arguments, nesting, graphs and checks."""

import math
import tracemalloc
from typing import NamedTuple

import autograd
import autograd.numpy as anp
import matplotlib.pyplot as plt
import numpy as np
import pytest
from oracles import assert_close, stencil_jacobian

from jaclib import check_gradient, grad, hessian, jacfwd, jacrev, jvp, trace, value_and_grad, vjp
from jaclib.backprop.operations import UFUNC_OPERATIONS, Operation

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
        lambda x: np.where(np.arange(5) > 2, np.sin(x), 1.0),
    ],
)
def test_unit_cotangents_at_the_end_of_a_program(f):
    """A diagonal is pulled back as such; what it leads to has to be the same Jacobian."""
    x = np.array([0.3, -1.2, 0.7, 2.0, -0.4])
    assert_close(jacrev(f)(x), stencil_jacobian(f, x))
    assert_close(jacrev(jacrev(f))(x), stencil_jacobian(jacfwd(f), x), rtol=1e-8, atol=1e-8)


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


# -- check_gradient -------------------------------------------------------------------------------------------


def test_check_gradient_passes_what_is_right():
    check = check_gradient(lambda p: network(p, BATCH, TARGET), PARAMETERS)
    assert check
    assert check.max_error < 1e-6


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_check_gradient_finds_a_wrong_rule(monkeypatch, scale):
    wrong = Operation(np.sin, "sin", partials=(lambda z, x: 1.001 * np.cos(x),))
    monkeypatch.setitem(UFUNC_OPERATIONS, np.sin, wrong)
    check = check_gradient(lambda x: scale * (x[0] + np.sin(x[1])), np.array([1.0, 0.5]))
    assert not check.ok
    assert check.worst == (1,)
    assert check.max_error == pytest.approx(1e-3, rel=0.01)
    assert "FAILED" in str(check)


def test_check_gradient_names_the_place_in_a_container(monkeypatch):
    wrong = Operation(np.exp, "exp", partials=(lambda z, x: -z,))
    monkeypatch.setitem(UFUNC_OPERATIONS, np.exp, wrong)
    check = check_gradient(lambda p: np.sum(p["a"]) + np.exp(p["b"][1, 0]), {"a": np.ones(2), "b": np.zeros((2, 2))})
    assert check.worst == ("b", 1, 0)


# -- trace ----------------------------------------------------------------------------------------------------


def neuron(w, x, b, t):
    z = w @ x + b
    return 0.5 * (1 / (1 + np.exp(-z)) - t) ** 2


def test_trace_of_the_worked_neuron():
    graph = trace(neuron, np.array([2.0, -1.0]), np.array([1.0, 2.0]), np.log(3), 1.0)
    gradients = {node.name: node.gradient for node in graph.inputs}
    assert_close(gradients["w"], [-3 / 64, -3 / 32], rtol=1e-14)  # closed form, see the course's chapter 1
    assert_close(gradients["x"], [-3 / 32, 3 / 64], rtol=1e-14)
    assert_close(gradients["b"], -3 / 64, rtol=1e-14)
    assert graph.output.value == pytest.approx(1 / 32, rel=1e-14)
    first = graph.steps()[0]
    assert (first.operation, first.inputs, first.output) == ("matmul", ("w", "x"), "v1")
    assert first.local_shapes == {"w": (2,), "x": (2,)}
    assert "upstream" in str(first)
    assert "<td>by w: (2,), by x: (2,)</td>" in graph._repr_html_()


def test_products_add_up_to_the_gradients():
    graph = trace(lambda x, y: np.sin(x * y) + x * x * y, 0.7, 1.3)
    total = {}
    for step in graph.steps():
        for name, share in step.products.items():
            total[name] = total.get(name, 0.0) + share
    expected = (1.3 * np.cos(0.91) + 2 * 0.7 * 1.3, 0.7 * np.cos(0.91) + 0.49)
    assert (total["x"], total["y"]) == pytest.approx(expected, rel=1e-14)


def drawn_nodes(ax):
    """Return the outlines of the nodes, as (left, right, bottom, top)."""
    return [p.get_path().get_extents(p.get_patch_transform()).extents for p in ax.patches if p.get_gid() == "node"]


def many_steps(x, y, z):
    a = x * y + np.sin(z)
    b = np.exp(-a) * x
    c = np.tanh(b + z) - a / y
    return np.log(1 + c * c) * b + np.sqrt(x * x + 1) * c


@pytest.mark.parametrize(
    ("f", "args"),
    [(neuron, (np.array([2.0, -1.0]), np.array([1.0, 2.0]), np.log(3), 1.0)), (many_steps, (0.5, 1.2, -0.7))],
)
def test_drawn_graph_shows_every_node_once_and_apart(f, args):
    graph = trace(f, *args)
    ax = graph.draw()
    nodes = drawn_nodes(ax)
    assert len(nodes) == len(graph.inputs) + len(graph.steps())
    for i, (left, bottom, right, top) in enumerate(nodes):
        for other in nodes[i + 1 :]:
            assert right < other[0] or other[2] < left or top < other[1] or other[3] < bottom
    plt.close(ax.figure)


def test_a_graph_of_a_vector_has_values_and_no_gradients():
    graph = trace(lambda x: np.sin(x) * 2, np.array([1.0, 2.0]))
    assert [s.upstream for s in graph.steps()] == [None, None]
    assert graph.output.value.shape == (2,)
