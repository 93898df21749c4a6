"""Arrays that the function writes into after it has used them: the derivative is that of what they held.

Small arrays are copied when they are used. Central differences of the same function give the expected values.
"""

import numpy as np
import pytest
from oracles import assert_close, stencil_jacobian

from jaclib import grad, jacfwd, jacrev

X = np.array([0.7, -0.4, 1.3, 0.2])
MATRIX = np.random.default_rng(6).normal(size=(4, 4))


def matrix(x):
    m = MATRIX.copy()
    y = m @ x
    m[0] = 0.0
    return y + m @ x


def through_a_view(x):
    m = MATRIX.copy()
    part = m[1:]
    y = m @ x
    part[:] = 1.0
    return y + m @ x


def transposed(x):
    m = MATRIX.copy()
    turned = m.T
    y = turned @ x
    m[:] = 1.0
    return y + turned @ x


def mask(x):
    m = np.array([True, False, True, False])
    y = np.where(m, x, 0.0) * m
    m[:] = False
    return y + np.where(m, x, 2 * x)


def array_of_places(x):
    i = np.array([1, 0, 3, 3])
    y = x[i] * np.take(x, i)
    i[:] = 0
    return y * x[i]


def list_of_places(x):
    i = [0, 1]
    y = x[i]
    i[0] = 3
    return y * x[i]


def shape(x):
    size = [2, 2]
    y = np.reshape(x, size) ** 2
    size[0] = 4
    return y


def axes(x):
    order = [1, 0]
    y = np.transpose(np.outer(x, X), order)
    order[:] = [0, 1]
    return y


def widths(x):
    pad = [1, 2]
    y = np.pad(x**2, pad)
    pad[0] = 5
    return y


def knots_and_values(x):
    knots, values = np.array([-3.0, 0.1, 3.0]), np.array([0.0, 1.0, 5.0])
    y = np.interp(x, knots, values)
    values[:] = 0.0
    knots[0] = -9.0
    return y


def counts(x):
    i = np.array([0, 1, 1, 2])
    y = np.bincount(i, x) * np.choose([0, 1, 0], [x[:3], x[1:]])
    i[:] = 0
    return y


def spectrum(x):
    gain = np.array([1.0, 2.0j, 3.0])
    y = np.fft.irfft(np.fft.rfft(x) * gain)
    gain[:] = 0.0
    return y


def exponents(x):
    p = np.array([2.0, 3.0, 2.0, 1.0])
    y = x**p + np.clip(x, -p, p)
    p[:] = 0.0
    return y


def several_operations(x):
    m, k = MATRIX + 4 * np.eye(4), np.array([1.0, 2.0, 3.0])
    y = np.linalg.solve(m, x) + np.einsum("ij,j", m, x) + np.convolve(x, k, "same") + np.append(np.cross(x[:3], k), 0.0)
    m[:], k[:] = 0.0, 0.0
    return y


def names_bound_anew(x):
    y = x
    kept = y
    y = y * 2
    parts = [y, kept]
    parts[0] = parts[1] + 1
    return y * kept * parts[0]


def an_array_that_an_inner_gradient_used(x):
    b = np.ones(4)
    first = grad(lambda u: np.sum(u**2 * b * x))(x)
    b[:] = 7.0
    return first + grad(lambda u: np.sum(u**2 * b * x))(x)


def steps_with_a_gradient_inside(x):
    p = np.zeros(4)
    for _ in range(3):
        p = p - 0.05 * grad(lambda p: np.sum((MATRIX @ p - X) ** 2) + np.sum(np.exp(x) * p**2))(p)
    return p


FUNCTIONS = [f for f in list(globals().values()) if getattr(f, "__module__", "") == __name__]


@pytest.mark.parametrize("f", FUNCTIONS, ids=lambda f: f.__name__)
def test_what_an_array_held_when_it_was_used_counts(f):
    expected = stencil_jacobian(f, X)
    assert_close(jacrev(f)(X), expected)
    assert_close(jacfwd(f)(X), expected)
    scalar = grad(lambda x: np.sum(f(x) ** 2))
    assert_close(jacfwd(scalar)(X), stencil_jacobian(scalar, X), rtol=1e-8, atol=1e-8)
