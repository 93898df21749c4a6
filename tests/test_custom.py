"""Rules that a user gives: both modes, whole Jacobians, nesting, and what is wrong with them."""

import numpy as np
import pytest
from oracles import assert_close

from jaclib import custom_jvp, custom_vjp, grad, hessian, jacfwd, jacrev, jvp, vjp

X = np.array([0.3, -1.2, 2.0])


def make_vjp():
    @custom_vjp
    def swirl(x, a):
        return np.stack([np.sin(a * x[0]) * x[1], x[2] ** 2])

    swirl.defvjp(
        lambda x, a: (np.stack([np.sin(a * x[0]) * x[1], x[2] ** 2]), (x, a)),
        lambda kept, g: (
            np.stack(
                [
                    g[0] * kept[1] * np.cos(kept[1] * kept[0][0]) * kept[0][1],
                    g[0] * np.sin(kept[1] * kept[0][0]),
                    2 * g[1] * kept[0][2],
                ]
            ),
            g[0] * kept[0][0] * np.cos(kept[1] * kept[0][0]) * kept[0][1],
        ),
    )
    return swirl


def make_jvp():
    @custom_jvp
    def swirl(x, a):
        return np.stack([np.sin(a * x[0]) * x[1], x[2] ** 2])

    @swirl.defjvp
    def rule(primals, tangents):
        (x, a), (t, s) = primals, tangents
        inner = np.cos(a * x[0]) * (a * t[0] + s * x[0]) * x[1] + np.sin(a * x[0]) * t[1]
        return swirl(x, a), np.stack([inner, 2 * x[2] * t[2]])

    return swirl


def plain(x, a):
    return np.stack([np.sin(a * x[0]) * x[1], x[2] ** 2])


@pytest.mark.parametrize("make", [make_vjp, make_jvp], ids=["custom_vjp", "custom_jvp"])
def test_custom_rules_agree_with_tracing_in_reverse(make):
    f = make()
    assert_close(f(X, 2.0), plain(X, 2.0))
    for argnums in (0, 1):
        assert_close(jacrev(f, argnums)(X, 2.0), jacrev(plain, argnums)(X, 2.0))
    scalar, expected = (lambda x, h=h: np.sum(h(x, 1.5) ** 2) for h in (f, plain))
    assert_close(grad(scalar)(X), grad(expected)(X))
    assert_close(jacrev(grad(scalar))(X), jacrev(grad(expected))(X))


def test_a_pushforward_serves_forward_mode_too():
    f = make_jvp()
    assert_close(jacfwd(f)(X, 2.0), jacfwd(plain)(X, 2.0))
    assert_close(jvp(f, (X, 2.0), (X, 1.0))[1], jvp(plain, (X, 2.0), (X, 1.0))[1])
    assert_close(hessian(lambda x: np.sum(f(x, 1.5) ** 2))(X), hessian(lambda x: np.sum(plain(x, 1.5) ** 2))(X))


def test_the_rule_is_really_used():
    @custom_vjp
    def straight_through(x):
        return np.round(x)

    straight_through.defvjp(lambda x: (np.round(x), None), lambda _, g: (g,))
    assert grad(straight_through)(0.7) == 1.0


def test_forward_mode_refuses_a_pullback_rule():
    with pytest.raises(TypeError, match="custom_jvp"):
        jacfwd(make_vjp())(X, 2.0)


def test_missing_and_wrong_rules():
    @custom_vjp
    def f(x):
        return x**2

    with pytest.raises(TypeError, match="no rule was given"):
        grad(f)(1.0)
    f.defvjp(lambda x: (x**2, x), lambda x, g: 2 * x * g)
    with pytest.raises(ValueError, match="tuple of 1 cotangents"):
        grad(f)(1.0)
    f.defvjp(lambda x: (x**2, x), lambda x, g: (np.ones(2),))
    with pytest.raises(ValueError, match=r"shape \(2,\), expected \(\)"):
        grad(f)(1.0)

    @custom_jvp
    def h(x):
        return x**2

    h.defjvp(lambda primals, tangents: (0.0, np.ones(3)))
    with pytest.raises(ValueError, match=r"a tangent of shape \(3,\), expected \(\)"):
        grad(h)(1.0)
    with pytest.raises(TypeError, match="custom_vjp: expected a function"):
        custom_vjp(3)


def test_rules_may_work_in_a_buffer():
    buffer = np.zeros(2)

    def forward(x):
        buffer[:] = x
        return buffer * 2, buffer

    @custom_vjp
    def doubled(x):
        return 2 * x

    doubled.defvjp(forward, lambda kept, g: (g * kept,))  # a rule of its own kind, to see which buffer it reads
    got = grad(lambda x: np.sum(doubled(x) + doubled(x * 10)))(np.array([1.0, 2.0]))
    assert_close(got, [1.0 + 100.0, 2.0 + 200.0])


def test_residuals_survive_later_writes():
    f = custom_vjp(lambda x: x**2)
    f.defvjp(lambda x: (x**2, x), lambda x, g: (2 * x * g,))
    x = np.linspace(1.0, 2.0, 5000)
    _, pullback = vjp(f, x)
    x[:] = 100.0
    assert_close(pullback(np.ones(5000))[0], 2 * np.linspace(1.0, 2.0, 5000))


def test_complex_rules_are_refused():
    f = custom_vjp(lambda x: x**2)
    f.defvjp(lambda x: (x**2, x), lambda x, g: (2j * x * g,))
    with pytest.raises(TypeError, match="complex"):
        grad(f)(1.0)
    f.defvjp(lambda x: (1j * x, x), lambda x, g: (g,))
    with pytest.raises(TypeError, match="complex"):
        grad(f)(1.0)
