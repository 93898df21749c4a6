"""numeric_jacobian and symbolic_jacobian against closed forms and SciPy."""

import numpy as np
import pytest
import sympy as sp
from oracles import assert_close
from scipy.optimize import approx_fprime
from sympy.abc import x, y, z

from jaclib import numeric_jacobian, symbolic_jacobian


def f(v):
    return np.stack([np.exp(v[0]) * np.sin(v[1]), v[1] * v[2] ** 2])


def exact(v):
    e, s, c = np.exp(v[0]), np.sin(v[1]), np.cos(v[1])
    return np.array([[e * s, e * c, 0.0], [0.0, v[2] ** 2, 2 * v[1] * v[2]]])


POINT = np.array([0.3, -1.2, 2.0])


@pytest.mark.parametrize(
    ("method", "error"), [("central", 1e-9), ("forward", 1e-6), ("richardson", 2e-11), ("complex-step", 1e-14)]
)
def test_methods_reach_their_accuracy(method, error):
    got = numeric_jacobian(f, POINT, method=method)
    assert got.shape == (2, 3)
    assert np.max(np.abs(got - exact(POINT))) < error


@pytest.mark.parametrize(("method", "order"), [("central", 2), ("forward", 1), ("richardson", 4)])
def test_error_falls_with_the_order_of_the_method(method, order):
    errors = [np.max(np.abs(numeric_jacobian(f, POINT, method=method, step=h) - exact(POINT))) for h in (0.1, 0.05)]
    assert np.log2(errors[0] / errors[1]) == pytest.approx(order, abs=0.15)


@pytest.mark.parametrize("scale", [1.0, 1e-3, 50.0])
def test_the_error_estimate_holds(scale):
    rng = np.random.default_rng(0)
    for _ in range(50):
        v = rng.normal(size=3)
        got, error = numeric_jacobian(lambda v: f(scale * v), v, method="richardson", return_error=True)
        assert error.shape == got.shape
        with np.errstate(over="ignore"):
            true = np.abs(got - scale * exact(scale * v))
        assert np.all(true <= error)


def test_agrees_with_scipy():
    assert_close(numeric_jacobian(f, POINT, method="forward"), approx_fprime(POINT, f), rtol=1e-6, atol=1e-6)


def test_shapes_are_out_plus_in():
    v = np.arange(6.0).reshape(2, 3)
    assert numeric_jacobian(lambda v: v.T @ v, v).shape == (3, 3, 2, 3)
    assert numeric_jacobian(np.sum, v).shape == (2, 3)
    assert numeric_jacobian(lambda t: t**2, 3.0).shape == ()
    assert numeric_jacobian(lambda t: np.stack([t, t**2]), 3).shape == (2,)


@pytest.mark.parametrize("method", ["central", "forward", "richardson", "complex-step"])
def test_no_inputs_or_no_outputs_make_an_empty_jacobian(method):
    def shape(f, n):
        return numeric_jacobian(f, np.ones(n), method=method).shape

    assert shape(lambda v: v[:0], 3) == (0, 3)
    assert shape(lambda v: np.ones((2, 2), v.dtype), 0) == (2, 2, 0)
    assert shape(lambda v: v, 0) == (0, 0)


def test_the_step_grows_with_the_argument():
    v = np.array([1e6, 1e-6])
    assert_close(numeric_jacobian(lambda v: v**2, v), np.diag(2 * v), rtol=1e-7, atol=1e-9)


def test_single_precision_uses_its_own_step():
    got = numeric_jacobian(np.sin, np.float32([0.3, 1.0]))
    assert got.dtype == np.float32
    assert_close(got, np.diag(np.cos([0.3, 1.0])), rtol=0, atol=2e-4)


def test_a_function_that_writes_into_its_argument_is_harmless():
    def rude(v):
        v *= 2
        return v

    v = np.array([1.0, 2.0])
    assert_close(numeric_jacobian(rude, v), 2 * np.eye(2))
    assert_close(v, [1.0, 2.0])


@pytest.mark.parametrize("method", ["central", "forward", "richardson", "complex-step"])
def test_a_function_that_gives_one_array_out_again_and_again_is_harmless(method):
    results = {"f": np.empty(3), "c": np.empty(3, complex)}

    def square(x):
        return np.multiply(x, x, out=results[x.dtype.kind])

    jacobian = numeric_jacobian(square, [1.0, 2.0, 3.0], method=method)
    np.testing.assert_allclose(jacobian, np.diag([2.0, 4.0, 6.0]), atol=1e-7)


def test_complex_step_needs_no_small_tolerance_for_fast_functions():
    assert_close(
        numeric_jacobian(lambda v: np.sin(300 * v), np.array([0.7]), method="complex-step"),
        [[300 * np.cos(210.0)]],
        rtol=1e-12,
    )


def test_symbolic_forms():
    assert symbolic_jacobian([x * y, y * z**2], (x, y, z)) == sp.Matrix([[y, x, 0], [0, z**2, 2 * y * z]])
    assert symbolic_jacobian(x**2 * y, [x, y]).shape == (1, 2)
    assert symbolic_jacobian(sp.Matrix([x * y, x]), sp.Matrix([x, y])) == sp.Matrix([[y, x], [1, 0]])
    assert symbolic_jacobian([3, x], x) == sp.Matrix([0, 1])


def test_an_error_estimate_needs_extrapolation():
    with pytest.raises(ValueError, match="return_error needs method='richardson'"):
        numeric_jacobian(f, POINT, return_error=True)


@pytest.mark.parametrize(
    ("exprs", "variables", "error", "words"),
    [
        (["x*y"], [x], TypeError, "a component is str"),
        ([x * y], ["x"], TypeError, "a variable is str"),
        ([x * y], [x + y], TypeError, "expected a symbol"),
        ([x * y], [x, x], ValueError, "named twice"),
        ([], [x], ValueError, "0 expression"),
        ([x], [], ValueError, "0 variable"),
        ([lambda t: t], [x], TypeError, "a component is function"),
    ],
)
def test_symbolic_errors(exprs, variables, error, words):
    with pytest.raises(error, match=words):
        symbolic_jacobian(exprs, variables)


def test_a_symbol_of_the_same_name_with_other_assumptions_is_refused():
    # SymPy would take it for a constant: [[0]].
    with pytest.raises(ValueError, match="two symbols called x"):
        symbolic_jacobian([x**2], [sp.Symbol("x", positive=True)])
    assert symbolic_jacobian([sp.Symbol("c") * x**2, 3], [x]) == sp.Matrix([2 * sp.Symbol("c") * x, 0])
