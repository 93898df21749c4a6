"""check_gradient finds what is wrong, and trace shows every operation of a call."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from oracles import assert_close

from jaclib import check_gradient, trace
from jaclib.backprop.operations import UFUNC_OPERATIONS, Operation

# -- check_gradient -------------------------------------------------------------------------------------------


def test_check_gradient_passes_what_is_right():
    x = np.linspace(-1.0, 1.0, 15).reshape(5, 3)
    parameters = {"weights": [x[:3].T, np.full((3, 1), 0.4)], "scale": 0.7}
    check = check_gradient(lambda p: np.sum(np.tanh(x @ p["weights"][0]) @ p["weights"][1]) * p["scale"], parameters)
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
