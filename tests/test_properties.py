"""What must hold for every function: the modes agree, and the laws of the derivative."""

import numpy as np
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import assert_close, stencil_jacobian

from jaclib import grad, hessian, jacfwd, jacrev, jvp, numeric_jacobian, symbolic_jacobian, vjp

N = 3
MATRIX = np.array([[0.4, -0.3, 0.2], [0.1, 0.5, -0.6], [-0.2, 0.3, 0.7]])

# Steps ℝ³ → ℝ³, smooth everywhere and tame, so that chains of them stay in range.
STEPS = {
    "sin": np.sin,
    "tanh": np.tanh,
    "exp of tanh": lambda x: np.exp(np.tanh(x)),
    "square, scaled": lambda x: x**2 / (1 + x**2),
    "neighbours": lambda x: x * np.roll(x, 1),
    "matrix": lambda x: MATRIX @ x,
    "quadratic": lambda x: x * (x @ MATRIX @ x),
    "softmax": lambda x: np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x))),
    "logaddexp": lambda x: np.logaddexp(x, x[::-1] * 2),
    "running sum": lambda x: np.cumsum(x) / 3,
    "stack": lambda x: np.stack([x[1] * x[2], np.cos(x[0]), x[0] / (2 + x[1] ** 2)]),
    "outer": lambda x: np.sum(np.outer(x, np.sin(x)), axis=1),
    "centred": lambda x: (x - np.mean(x)) / np.sqrt(1 + np.var(x)),
    "solve": lambda x: np.linalg.solve(np.eye(N) * 3 + np.outer(np.tanh(x), np.tanh(x)), x),
    "arctan2": lambda x: np.arctan2(x, 2 + np.cos(x)),
}

programs = st.lists(st.sampled_from(list(STEPS)), min_size=1, max_size=5)
entries = st.floats(-1.5, 1.5, allow_nan=False).map(lambda v: round(v, 3))
vectors = st.lists(entries, min_size=N, max_size=N).map(np.array)


def program(names):
    def f(x):
        for name in names:
            x = STEPS[name](x)
        return x

    return f


@given(programs, vectors)
def test_numeric_forward_and_reverse_agree(names, x):
    f = program(names)
    forward, reverse = jacfwd(f)(x), jacrev(f)(x)
    assert_close(forward, reverse, rtol=1e-11, atol=1e-12)
    assert_close(forward, stencil_jacobian(f, x), rtol=1e-7, atol=1e-7)
    assert_close(numeric_jacobian(f, x), reverse, rtol=1e-6, atol=1e-6)


@given(programs, vectors, vectors, vectors)
def test_pullback_is_the_transpose_of_the_pushforward(names, x, v, w):
    f = program(names)
    _, jv = jvp(f, (x,), (v,))
    _, pullback = vjp(f, x)
    (jtw,) = pullback(w)
    assert_close(w @ jv, jtw @ v, rtol=1e-11, atol=1e-12)


@given(programs, programs, vectors)
def test_chain_rule(inner, outer, x):
    f, g = program(inner), program(outer)
    assert_close(jacrev(lambda x: g(f(x)))(x), jacrev(g)(f(x)) @ jacrev(f)(x), rtol=1e-10, atol=1e-11)


@given(programs, programs, vectors, entries, entries)
def test_the_derivative_is_linear_in_the_function(one, two, x, a, b):
    f, g = program(one), program(two)
    combined = jacfwd(lambda x: a * f(x) + b * g(x))(x)
    assert_close(combined, a * jacfwd(f)(x) + b * jacfwd(g)(x), rtol=1e-11, atol=1e-12)


@given(programs, vectors, vectors, vectors, entries)
def test_the_pushforward_is_linear_in_the_tangent(names, x, u, v, a):
    f = program(names)
    both = jvp(f, (x,), (u + a * v,))[1]
    assert_close(both, jvp(f, (x,), (u,))[1] + a * jvp(f, (x,), (v,))[1], rtol=1e-10, atol=1e-11)


@given(programs, vectors, vectors)
def test_hessian_is_symmetric_and_its_products_agree(names, x, v):
    f = program(names)

    def scalar(x):
        return np.sum(f(x) ** 2)

    h = hessian(scalar)(x)
    assert_close(h, h.T, rtol=1e-9, atol=1e-10)
    assert_close(jvp(grad(scalar), (x,), (v,))[1], h @ v, rtol=1e-9, atol=1e-10)


# -- against SymPy: random expressions, differentiated by symbols --------------------------------------------

SYMBOLS = sp.symbols("a b c")
atoms = st.one_of(st.sampled_from(SYMBOLS), st.integers(-3, 3).map(sp.Integer))
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda t: t[0] + t[1]),
        st.tuples(inner, inner).map(lambda t: t[0] * t[1]),
        inner.map(sp.sin),
        inner.map(sp.tanh),
        inner.map(lambda e: sp.exp(-(e**2))),
        inner.map(lambda e: sp.log(1 + e**2)),
        inner.map(lambda e: sp.sqrt(1 + e**2)),
        inner.map(lambda e: 1 / (2 + sp.cos(e))),
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.tuples(expressions, expressions), vectors)
def test_symbolic_numeric_forward_and_reverse_agree(exprs, x):
    exact = symbolic_jacobian(list(exprs), SYMBOLS)
    expected = np.array(exact.evalf(30, subs=dict(zip(SYMBOLS, x.tolist(), strict=True))), dtype=float)
    parts = [sp.lambdify(SYMBOLS, e, "numpy") for e in exprs]

    def f(x):
        return np.stack([part(*x) + 0 * x[0] for part in parts])

    assert_close(jacrev(f)(x), expected, rtol=1e-9, atol=1e-10)
    assert_close(jacfwd(f)(x), expected, rtol=1e-9, atol=1e-10)
    size = max(1.0, float(np.max(np.abs(expected))), float(np.max(np.abs(f(x)))))
    assert_close(numeric_jacobian(f, x), expected, rtol=1e-5, atol=1e-5 * size)
