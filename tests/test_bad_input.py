"""Bad input meets a clear error: what was got, what was expected, what to do."""

import numpy as np
import pytest

import jaclib
from jaclib import grad, hessian, jacfwd, jacrev, jvp, numeric_jacobian, trace, value_and_grad, vjp

X = np.array([1.0, 2.0, 3.0])


def f(x):
    return np.sum(x**2)


def nearly_repeated():
    """Return a matrix with a double eigenvalue whose computed gap is rounding."""
    q, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))
    a = q @ np.diag([1.0, 1.0, 2.0]) @ q.T
    return (a + a.T) / 2


def small_and_large(z):
    return np.stack([1e6 * z[0], (np.conj(z) * z).sum().real + 0 * z[0]])


BAD_INPUT = [
    (lambda: grad(3.0), TypeError, "grad: expected a function, got float 3.0"),
    (lambda: jacrev(f(X)), TypeError, "f, not f"),
    (lambda: hessian(None), TypeError, "hessian: expected a function"),
    (lambda: vjp(f), TypeError, "no primal"),
    (lambda: trace("f", X), TypeError, "trace: expected a function"),
    (lambda: grad(f)(1j * X), TypeError, "argument 0 is complex"),
    (lambda: grad(f)("three"), TypeError, "expected real numbers"),
    (lambda: grad(f)(np.ma.array(X, mask=[0, 1, 0])), TypeError, "argument 0 is of class MaskedArray"),
    (lambda: numeric_jacobian(f, np.eye(3).view(np.matrix)), TypeError, "is of class matrix"),
    (lambda: grad(f)(np.array([1.0, np.nan])), ValueError, "nan or infinite"),
    (lambda: grad(f)(np.array([1.0, np.inf])), ValueError, "nan or infinite"),
    (lambda: grad(f)([[1.0], [2.0, 3.0]]), ValueError, "same length"),
    (lambda: grad(f)({}), TypeError, "no arrays in it"),
    (lambda: grad(lambda x: x**2)(X), TypeError, r"shape \(3,\), expected a single number"),
    (lambda: grad(lambda x: None)(X), TypeError, "returned None"),
    (lambda: grad(lambda x: (x[0], x[1]))(X), TypeError, "returned a tuple"),
    (lambda: jacrev(lambda x: [x[0], x[1]])(X), TypeError, "np.stack"),
    (lambda: grad(lambda x: np.log(x - 1).sum())(X), ValueError, "function's result"),
    (lambda: grad(lambda x: np.sqrt(x[0] - 1))(X), ValueError, "derivative has an entry"),
    (lambda: grad(np.linalg.norm)(np.zeros(2)), ValueError, "not differentiable"),
    (lambda: grad(lambda x: np.abs(np.fft.fft(0.0 * x)[0]))(X), ValueError, "not differentiable"),
    (lambda: grad(lambda x: np.linalg.eigh(x)[1][0, 0])(np.eye(2)), ValueError, "not differentiable"),
    (lambda: grad(lambda x: np.linalg.eigh(x)[1][0, 0])(nearly_repeated()), ValueError, "not differentiable"),
    (lambda: grad(lambda a: np.sum(np.linalg.pinv(a)))(np.array([[1.0, 2], [2, 4]])), ValueError, "full rank"),
    (lambda: numeric_jacobian(small_and_large, X[:2], method="complex-step"), ValueError, "not analytic"),
    (lambda: grad(f, argnums=1)(X), ValueError, "argnums has 1"),
    (lambda: grad(f, argnums="x"), TypeError, "argnums must be"),
    (lambda: grad(f, argnums=(0, 0))(X), ValueError, "twice"),
    (lambda: jvp(f, (X,), (X[:2],)), ValueError, r"jvp: tangent has shape \(2,\), expected \(3,\) to match primal 0"),
    (lambda: jvp(f, X, X), TypeError, "must be a tuple"),
    (lambda: jvp(f, (X,), (X, X)), ValueError, r"1 primal\(s\) and 2 tangent\(s\)"),
    (lambda: jvp(f, ({"a": X},), ({"b": X},)), ValueError, "same keys"),
    (lambda: vjp(f, X)[1](X), ValueError, r"cotangent has shape \(3,\), expected \(\)"),
    (lambda: vjp(np.sin, X)[1](1.0), ValueError, r"cotangent has shape \(\), expected \(3,\)"),
    (lambda: vjp(lambda x: (x, x), X)[1](X), ValueError, "not built like the result"),
    (lambda: vjp(lambda x: {"a": x}, X)[1]({"a": X[:2]}), ValueError, r"\['a'\] has shape \(2,\), expected \(3,\)"),
    (lambda: vjp(lambda x: {"a": x}, X)[1]({"a": X * np.nan}), ValueError, r"\['a'\] has an entry that is nan"),
    (lambda: vjp(lambda x: (x, None), X), TypeError, r"result\[1\] is NoneType"),
    (lambda: vjp(lambda x: (), X), TypeError, "returned an empty tuple"),
    (lambda: jvp(lambda x: {}, (X,), (X,)), TypeError, "returned an empty dict"),
    (lambda: jvp(lambda x: (x, None), (X,), (X,)), TypeError, "returned None"),
    (lambda: jacfwd(lambda x: (x[0], x[1]))(X), TypeError, "jacfwd: the function returned a tuple"),
    (lambda: vjp(np.sin, X)[1](X * 1j), TypeError, "cotangent is complex"),
    (lambda: jacfwd(lambda p: p["a"])({"a": X}), TypeError, "separate arguments"),
    (lambda: hessian(lambda p: p["a"] @ p["a"])({"a": X}), TypeError, "hessian: argument 0 is a dict"),
    (lambda: grad(lambda a: np.exp(np.linalg.slogdet(a)[1]))(np.ones((2, 2))), ValueError, "slogdet has no"),
    (lambda: jacrev(np.linalg.qr)(np.ones((2, 2))), ValueError, "np.linalg.qr of a matrix without full rank"),
    (
        lambda: jacrev(lambda a: np.linalg.lstsq(a, X[:2])[0])(np.ones((2, 2))),
        ValueError,
        "np.linalg.lstsq of a matrix",
    ),
    (lambda: numeric_jacobian(X, X), TypeError, "expected a function"),
    (lambda: numeric_jacobian(f, X, step=0), ValueError, "step is 0"),
    (lambda: numeric_jacobian(f, X, step=-1e-3), ValueError, "positive"),
    (lambda: numeric_jacobian(f, X, step=1e-30), ValueError, "lost in rounding"),
    (lambda: numeric_jacobian(f, X, method="backward"), ValueError, "'central'"),
    (lambda: numeric_jacobian(lambda x: x * 1j, X), TypeError, "complex"),
    (lambda: numeric_jacobian(lambda x: np.log(x - 1), X), ValueError, "nan or infinite"),
    (lambda: numeric_jacobian(lambda x: x[x > 1], X), ValueError, "one shape"),
    (lambda: numeric_jacobian(lambda x: float(x[0].real), X, method="complex-step"), TypeError, "imaginary"),
    (lambda: numeric_jacobian(lambda x: np.abs(x) * x, X, method="complex-step"), ValueError, "not analytic"),
    (lambda: numeric_jacobian(lambda x: x * np.conj(x), X, method="complex-step"), ValueError, "not analytic"),
]


@pytest.mark.parametrize("i", range(len(BAD_INPUT)))
@pytest.mark.filterwarnings("ignore:divide by zero", "ignore:invalid value")
def test_bad_input_is_named(i):
    call, error, words = BAD_INPUT[i]
    with pytest.raises(error, match=words):
        call()


def test_value_and_grad_names_itself():
    with pytest.raises(TypeError, match=r"^value_and_grad: "):
        value_and_grad(np.sin)(X)


def test_the_front_door_is_complete():
    for name in jaclib.__all__:
        assert getattr(jaclib, name) is not None
