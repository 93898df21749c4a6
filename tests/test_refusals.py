"""Where a derivative would be lost, jaclib raises, and says what to write instead."""

import math
import operator
from fractions import Fraction

import numpy as np
import pytest

from jaclib import grad, jacfwd, jacrev, jvp, value_and_grad, vjp
from jaclib.backprop import guard

X = np.array([1.0, 2.0, 3.0])


def into_plain_array(x):
    out = np.zeros(3)
    out[0] = x[0]
    return out.sum()


def whole_into_plain_array(x):
    out = np.zeros((2, 3))
    out[0] = x
    return out.sum()


def in_place_on_traced(x):
    x[0] = 1.0
    return x.sum()


def in_place_operator(x):
    y = x
    y += 1.0
    return np.sum(x * y)


def plain_in_place_operator(x):
    y = np.ones(3)
    y += x
    return y.sum()


def overwrites_a_constant(x):
    buffer = np.ones(x.shape)
    total = np.sum(x * buffer)
    buffer[:] = 5.0
    return total + np.sum(x * buffer)


def overwrites_through_its_base(x):
    buffer = np.ones((2, *x.shape))
    total = np.sum(x * buffer[0])
    buffer[:] = 5.0
    return total + np.sum(x * buffer[1])


def overwrites_after_an_inner_gradient(x):
    buffer = np.ones(x.shape)
    inner = grad(lambda y: np.sum(y * buffer * 0.5 * y))(x)  # x
    total = np.sum(inner * buffer)
    buffer[:] = 5.0
    return total + np.sum(x * buffer)


OVERWRITING = [overwrites_a_constant, overwrites_through_its_base, overwrites_after_an_inner_gradient]


LOST = {
    "np.array of traced numbers": (lambda x: np.array([x[0], x[1]]).sum(), "np.stack"),
    "np.array of a traced array": (lambda x: np.array(x).sum(), "np.stack"),
    "np.asarray": (lambda x: np.asarray(x).sum(), "np.asarray"),
    "np.sum of a list": (lambda x: np.sum([x[0], x[1]]), "np.stack"),
    "entry of a plain array": (into_plain_array, "np.stack"),
    "row of a plain array": (whole_into_plain_array, "np.stack"),
    "x[0] = 1": (in_place_on_traced, "np.where"),
    "y += 1": (in_place_operator, r"x = x \+ y"),
    "plain += traced": (plain_in_place_operator, "y = y"),
    "out=": (lambda x: np.sin(x, out=np.zeros(3)).sum(), "out="),
    "where=": (lambda x: np.sin(x, where=x > 0).sum(), "where="),
    "sum where=": (lambda x: np.sum(x, where=np.array([True, False, True])), "where"),
    "sum dtype=": (lambda x: np.sum(x, dtype=int), "dtype"),
    "float()": (lambda x: float(x[0]), "float"),
    "int()": (lambda x: int(x[0]) * x[1], "int"),
    "complex()": (lambda x: complex(x[0]), "complex"),
    "bool()": (lambda x: x[0] if x[0] else x[1], "bool"),
    "math.sin": (lambda x: math.sin(x[0]), "np.sin"),
    ".item()": (lambda x: x[0].item(), "item"),
    ".tolist()": (lambda x: sum(x.tolist()), "tolist"),
    ".sort()": (lambda x: x.sort(), "np.sort"),
    ".fill()": (lambda x: x.fill(0.0), "fill"),
    "astype(int)": (lambda x: x.astype(int).sum(), "astype"),
    "as an index": (lambda x: X[x[0]], "index"),
    "as the index of a traced array": (lambda x: x[x[0]], "index"),
    "range": (lambda x: sum(x[0] for _ in range(x[1])), "index"),
    "text": (lambda x: float(f"{x[0]:.3f}"), r"Traced\(1.000\)"),
    "text of an array": (lambda x: float(np.array2string(x[0])), r"Traced\(1"),
    "hash": (lambda x: {x[0]: 1.0}[x[0]], "key"),
    "Fraction": (lambda x: float(Fraction(x[0])), "as_integer_ratio"),
    "a.dot(x)": (lambda x: np.eye(3).dot(x).sum(), "write a @ x"),
    "getattr with a default": (lambda x: x[0] * getattr(x, "strides", 1), "strides"),
    "np.float64()": (lambda x: np.float64(x[0]), "derivative"),
    "no rule": (lambda x: np.unique(x).sum(), "np.unique has no derivative rule"),
    "np.add.at": (lambda x: np.add.at(np.zeros(3), [0, 1, 1], x), "np.bincount"),
    "counts": (lambda x: np.bincount(x).sum(), "weights have"),
    "a quantile that is traced": (lambda x: np.quantile(X, x[0] / 9), "no derivative by q"),
    "a quantile of another kind": (lambda x: np.quantile(x, 0.3, method="hazen"), "'hazen'"),
    "np.r_": (lambda x: np.r_[x, 1.0].sum(), "np.stack"),
    "no rule in linalg": (lambda x: np.linalg.eigvals(np.outer(x, x)), "np.linalg.eigvals has no derivative rule"),
    "columns that fill up": (lambda x: np.linalg.qr(x[:, None], mode="complete")[0].sum(), "'reduced' or 'r'"),
    "no rule in fft": (lambda x: np.fft.hfft(x), "np.fft.hfft has no derivative rule"),
    "a spectrum returned": (np.fft.fft, "np.abs"),
    "a function of a complex array": (lambda x: np.sin(np.fft.rfft(x)).real.sum(), "np.sin of a complex array"),
    "a product of spectra": (lambda x: np.vdot(np.fft.rfft(x), np.fft.rfft(x)).real, "np.vdot of a complex array"),
    "a method of a complex array": (lambda x: np.fft.rfft(x).prod().real, "attribute 'prod'"),
    "comparison of a complex array": (
        lambda x: x[0] if np.fft.rfft(x)[0] > 0 else x[1],
        "np.greater of a complex array",
    ),
    "writing into a spectrum": (lambda x: np.fft.rfft(x).__setitem__(0, 0.0), "mask"),
    "spectrum into a plain array": (lambda x: np.array([np.fft.rfft(x)[0]]).real.sum(), "complex"),
    "spectrum in place": (lambda x: operator.imul(np.fft.rfft(x), 2.0).real.sum(), "complex array"),
    "rfft of a complex array": (lambda x: np.fft.rfft(np.fft.fft(x)).real, "np.fft.fft"),
    "vectors that fill up": (lambda x: np.linalg.svd(np.outer(x, x[:2]))[0].sum(), "full_matrices=False"),
    "no ufunc rule": (lambda x: np.nextafter(x, 1.0).sum(), "np.nextafter has no derivative rule"),
    "no method": (lambda x: x.partition(1), "partition"),
    "nditer": (lambda x: sum(np.nditer(x)), "cannot be written back"),
    "random numbers": (lambda x: np.random.default_rng(0).normal(x).sum(), "derivative"),
    "complex constant": (lambda x: np.arctan2(x, 1j).sum(), "argument 1 of arctan2 is complex"),
    "complex result": (lambda x: (x * 1j).sum(), "np.abs"),
    "object constant": (lambda x: (x * np.array([1, None, 2], dtype=object)).sum(), "dtype object"),
    "matrix constant": (lambda x: (np.outer(x, x) * np.eye(3).view(np.matrix))[0, 1], "np.asarray"),
    "matrix @": (lambda x: (np.eye(3).view(np.matrix) @ x)[0], "np.asarray"),
    "masked constant": (lambda x: np.sum(x * np.ma.array(X, mask=[0, 1, 0])), "filled"),
    "vectorize": (lambda x: np.vectorize(lambda t: t**2)(x).sum(), "np.stack"),
    "np.full": (lambda x: np.full(3, x[0]).sum(), "derivative"),
}


@pytest.mark.parametrize("name", LOST)
@pytest.mark.parametrize("transform", [grad, jacfwd], ids=lambda t: t.__name__)
def test_a_lost_derivative_raises_and_says_what_to_do(name, transform):
    f, words = LOST[name]
    with pytest.raises((TypeError, AttributeError, ValueError), match=words):
        transform(f)(X)


@pytest.mark.parametrize("f", OVERWRITING, ids=lambda f: f.__name__)
def test_small_constants_may_be_overwritten(f):
    np.testing.assert_array_equal(grad(f)(X), [6.0, 6.0, 6.0])
    np.testing.assert_array_equal(jacfwd(f)(X), [6.0, 6.0, 6.0])


@pytest.mark.parametrize("f", OVERWRITING, ids=lambda f: f.__name__)
def test_overwriting_a_large_constant_that_the_tape_still_needs_raises(f):
    with pytest.raises(ValueError, match="read-only") as caught:
        grad(f)(np.ones(5000))
    assert "x = x.copy()" in caught.value.__notes__[0]
    assert not guard._held
    assert not guard._waiting


@pytest.mark.parametrize("transform", [grad, jacfwd, lambda f: jacfwd(grad(f)), lambda f: jacrev(grad(f))])
def test_the_argument_may_be_overwritten_by_the_function(transform):
    x = X.copy()

    def f(y):
        total = np.sum(y**3)
        x[:] = 5.0
        return total

    np.testing.assert_array_equal(transform(f)(x), transform(lambda y: np.sum(y**3))(X))


def test_results_are_the_callers_own():
    gradient = grad(lambda p: np.sum((p["a"] + p["b"]) ** 2))({"a": np.ones(2), "b": np.ones(2)})
    for name in gradient:
        gradient[name] *= 0.5
    assert gradient["a"].tolist() == gradient["b"].tolist() == [2.0, 2.0]
    w, x, v = np.ones(2), np.ones(2), np.ones(2)
    (c,) = vjp(lambda x: x, x)[1](w)
    y, dy = jvp(lambda x: x, (x,), (v,))
    for array in (c, y, dy, grad(lambda x: np.einsum("i->", x))(x)):
        array += 1.0
    assert w.tolist() == x.tolist() == v.tolist() == [1.0, 1.0]


def test_a_leaked_value_that_is_returned_raises():
    kept = []
    grad(lambda x: kept.append(x) or x)(1.0)
    for transform in (value_and_grad, jacrev, jacfwd):
        with pytest.raises(RuntimeError, match="after the differentiated function had returned"):
            transform(lambda x: kept[0])(2.0)


def test_arrays_are_writable_again_afterwards():
    constant = np.ones((2, 3))
    x = X.copy()
    grad(lambda x: np.sum(x * constant[0] * constant))(x)
    with pytest.raises(ZeroDivisionError):
        grad(lambda x: np.sum(x * constant) * (1 / 0))(x)
    vjp(lambda x: x * constant, x)
    assert constant.flags.writeable
    assert x.flags.writeable


def test_two_views_of_one_array_are_freed():
    x = np.ones((5, 2))

    def loss(q):
        a = x[:, 0]
        return np.mean(np.tanh(a[:, None] * q[0]) + a[:, None] * q[1])

    assert value_and_grad(loss)(np.ones((2, 3)))[1].shape == (2, 3)
    assert x.flags.writeable


def test_large_finite_numbers_are_finite():
    assert grad(lambda x: x[0])(np.array([1e200, 1.0])).tolist() == [1.0, 0.0]


def test_a_pullback_does_not_see_later_writes():
    x, constant = X.copy(), np.array([2.0, 3.0, 4.0])
    y, pullback = vjp(lambda x: np.exp(x[::1] * constant), x)
    expected = np.exp(X * [2, 3, 4]) * [2, 3, 4]
    x[:] = 0.0
    constant[:] = 0.0
    y[:] = 0.0
    np.testing.assert_allclose(pullback(np.ones(3))[0], expected, rtol=1e-14)


def test_a_leaked_value_raises():
    kept = []
    grad(lambda x: kept.append(x) or np.sum(x))(X)
    with pytest.raises(RuntimeError, match="after the differentiated function had returned"):
        kept[0] * 2.0
