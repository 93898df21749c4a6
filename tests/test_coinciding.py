"""Where values coincide or a matrix is singular: true derivatives, or the mean at a corner, or an error.

Exact values come from SymPy, or from closed forms.
"""

import numpy as np
import pytest
import sympy as sp
from oracles import assert_close

from jaclib import grad, hessian, jacfwd, jacrev

RNG = np.random.default_rng(4)


def exact_minors(a):
    """Return the cofactors of a matrix of fractions, and all second derivatives of its determinant."""
    n = len(a)
    symbols = sp.Matrix(n, n, sp.symbols(f"a:{n * n}"))
    determinant = symbols.det(method="berkowitz")
    at = dict(zip(symbols, sp.Matrix(a), strict=True))
    first = [sp.diff(determinant, x) for x in symbols]
    second = [[sp.diff(d, y) for y in symbols] for d in first]
    as_floats = lambda m: np.array([float(sp.expand(e).subs(at)) for e in m])  # noqa: E731
    return as_floats(first).reshape(n, n), np.stack([as_floats(row) for row in second]).reshape(n, n, n, n)


SINGULAR = {
    "rank 1 of 2": [[1, 2], [2, 4]],
    "rank 2 of 3": [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
    "rank 1 of 3": [[1, 2, 3], [2, 4, 6], [-1, -2, -3]],
    "rank 0": [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
    "rank 3 of 4": [[1, 2, 0, 1], [0, 1, 1, 3], [1, 3, 1, 4], [2, 0, 5, 1]],
    "nearly singular": [[1, 2, 3], [4, 5, 6], [7, 8, 9 + sp.Rational(1, 2**46)]],
    "regular, reflecting": [[0, 1, 0], [2, 0, 0], [0, 0, 5]],
    "1 by 1": [[0]],
}


@pytest.mark.parametrize("name", SINGULAR)
def test_derivatives_of_the_determinant_are_cofactors(name):
    a = np.array(SINGULAR[name], dtype=float)
    first, second = exact_minors(SINGULAR[name])
    size = max(1.0, np.max(np.abs(a)) ** len(a))
    for transform in (grad, jacfwd):
        assert_close(transform(np.linalg.det)(a), first, rtol=1e-13, atol=1e-14 * size)
    for transform in (hessian, lambda f: jacrev(grad(f)), lambda f: jacfwd(jacfwd(f))):
        assert_close(transform(np.linalg.det)(a), second, rtol=1e-12, atol=1e-13 * size)


def test_third_derivatives_of_a_singular_determinant():
    a = np.array(SINGULAR["rank 1 of 3"], dtype=float)
    third = jacfwd(hessian(np.linalg.det))(a)
    # Of a 3 by 3 determinant they do not depend on the matrix: signs of permutations.
    assert_close(third, jacfwd(hessian(np.linalg.det))(a + 5 * np.eye(3)), rtol=1e-12, atol=1e-12)
    assert third[0, 0, 1, 1, 2, 2] == pytest.approx(1.0)
    assert third[0, 1, 1, 0, 2, 2] == pytest.approx(-1.0)


def test_stacks_of_which_one_is_singular():
    a = np.array([SINGULAR["rank 2 of 3"], SINGULAR["regular, reflecting"]], dtype=float)
    expected = np.stack([exact_minors(matrix)[0] for matrix in a.astype(int).tolist()])
    assert_close(grad(lambda a: np.sum(np.linalg.det(a)))(a), expected, rtol=1e-13, atol=1e-12)


def test_large_singular_determinants():
    a = RNG.normal(size=(20, 20)) / 4
    a[3] = a[5] + a[7]
    minor = np.delete(np.delete(a, 3, axis=0), 4, axis=1)
    assert_close(grad(np.linalg.det)(a)[3, 4], -np.linalg.det(minor), rtol=1e-11, atol=0)
    with pytest.raises(ValueError, match="up to 16 rows, got 20"):
        jacrev(grad(np.linalg.det))(a)


# -- eigenvalues and singular values that coincide ------------------------------------------------------------

Q = np.linalg.qr(RNG.normal(size=(4, 4)))[0]
MULTIPLE = Q @ np.diag([1.0, 2.0, 2.0, 5.0]) @ Q.T
MULTIPLE = (MULTIPLE + MULTIPLE.T) / 2
PAIR = Q[:, 1:3] @ Q[:, 1:3].T  # the projection onto the eigenvectors of the double value


def symmetric(f):
    """Return f as a function of a symmetric matrix, so that its derivative is symmetric too."""
    return lambda a: f(np.linalg.eigvalsh((a + a.T) / 2))


@pytest.mark.parametrize("transform", [grad, jacfwd])
@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (np.sum, np.eye(4)),
        (lambda w: np.sum(w**3), 3 * MULTIPLE @ MULTIPLE),
        (lambda w: np.sum(np.log(w)), np.linalg.inv(MULTIPLE)),
        (np.prod, 20 * np.linalg.inv(MULTIPLE)),
        (lambda w: w[3], np.outer(Q[:, 3], Q[:, 3])),
        (lambda w: w[1], PAIR / 2),
        (lambda w: w[2] - w[1], np.zeros((4, 4))),
    ],
)
def test_functions_of_a_double_eigenvalue(transform, f, expected):
    assert_close(transform(symmetric(f))(MULTIPLE), expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("transform", [grad, jacfwd])
def test_functions_of_the_eigenvalues_of_the_identity(transform):
    assert_close(transform(symmetric(lambda w: np.sum(np.log(w))))(np.eye(3)), np.eye(3))
    assert_close(transform(symmetric(np.max))(np.eye(3)), np.eye(3) / 3)
    assert_close(transform(lambda a: np.linalg.eigh((a + a.T) / 2)[0][0])(np.eye(3)), np.eye(3) / 3)


U, V = np.linalg.qr(RNG.normal(size=(4, 4)))[0], np.linalg.qr(RNG.normal(size=(3, 3)))[0]


def of_singular_values(*s):
    return U[:, :3] @ np.diag(s) @ V.T


@pytest.mark.parametrize("transform", [grad, jacfwd])
@pytest.mark.parametrize(
    ("f", "s", "slopes"),
    [
        (np.sum, (3.0, 3.0, 1.0), (1, 1, 1)),
        (np.sum, (3.0, 1.0, 0.0), (1, 1, 0)),  # the nuclear norm of a matrix of rank 2
        (np.sum, (3.0, 0.0, 0.0), (1, 0, 0)),
        (lambda s: s[0], (3.0, 3.0, 1.0), (0.5, 0.5, 0)),
        (lambda s: np.sum(s**2), (3.0, 3.0, 0.0), (6, 6, 0)),
        (lambda s: s[2], (3.0, 1.0, 0.0), (0, 0, 0)),
    ],
)
def test_singular_values_that_coincide_or_vanish(transform, f, s, slopes):
    got = transform(lambda a: f(np.linalg.svdvals(a)))(of_singular_values(*s))
    assert_close(got, U[:, :3] @ np.diag(slopes) @ V.T, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("ord", [2, "nuc"])
def test_norms_of_the_zero_matrix_have_their_corner_there(ord):
    assert_close(grad(lambda a: np.linalg.norm(a, ord))(np.zeros((3, 2))), np.zeros((3, 2)))


def test_vectors_and_curvature_of_coinciding_values_are_refused():
    identity = np.eye(3)
    for f in (
        grad(lambda a: np.linalg.eigh(a)[1][0, 0]),
        grad(lambda a: np.linalg.svd(a)[0][0, 0]),
        jacfwd(lambda a: np.linalg.svd(a)[2]),
        hessian(symmetric(lambda w: np.sum(w**2))),
    ):
        with pytest.raises(ValueError, match="not differentiable"):
            f(identity)
    with pytest.raises(ValueError, match="not differentiable"):
        grad(lambda a: np.linalg.svd(a, full_matrices=False)[0][0, 2])(of_singular_values(3.0, 1.0, 0.0))


# -- sorting --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transform", [jacrev, jacfwd])
def test_equal_entries_share_their_place_in_the_order(transform):
    third = 1 / 3
    x = np.array([2.0, 1.0, 2.0, 0.0, 2.0])
    expected = np.array(
        [
            [0, 0, 0, 1, 0],
            [0, 1, 0, 0, 0],
            [third, 0, third, 0, third],
            [third, 0, third, 0, third],
            [third, 0, third, 0, third],
        ]
    )
    assert_close(transform(np.sort)(x), expected)
    assert_close(transform(np.sort)(x)[-1], transform(np.max)(x))
    assert_close(transform(np.median)(x), expected[2])
    assert_close(transform(lambda x: np.partition(x, 1)[1])(x), expected[1])
    assert_close(transform(lambda x: np.partition(x, 3)[3])(x), expected[3])
    assert_close(transform(lambda x: np.partition(x, 0)[0])(x), expected[0])


def test_equal_entries_along_an_axis():
    x = np.array([[1.0, 5.0], [1.0, 2.0], [0.0, 5.0]])
    got = jacrev(lambda x: np.sort(x, axis=0))(x)
    assert_close(got[0, 0], [[0, 0], [0, 0], [1, 0]])
    assert_close(got[1, 0], [[0.5, 0], [0.5, 0], [0, 0]])
    assert_close(got[2, 1], [[0, 0.5], [0, 0], [0, 0.5]])
    assert_close(jacfwd(lambda x: np.sort(x, axis=0))(x), got)
    assert_close(grad(lambda x: np.sum(np.sort(x, axis=None) * np.arange(6)))(x), [[1.5, 4.5], [1.5, 3.0], [0, 4.5]])


# -- kinks of sampled functions -------------------------------------------------------------------------------


@pytest.mark.parametrize("transform", [jacrev, jacfwd])
def test_a_knot_of_interp_has_the_mean_of_the_slopes(transform):
    knots, values = np.array([0.0, 1.0, 3.0]), np.array([0.0, 2.0, 3.0])
    at = np.array([0.0, 1.0, 3.0, 2.0, 5.0])
    slopes = np.diag([1.0, 1.25, 0.25, 0.5, 0.0])
    assert_close(transform(lambda x: np.interp(x, knots, values))(at), slopes, atol=0)
    by_values = transform(lambda values: np.interp(at, knots, values))(values)
    assert_close(by_values, [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0.5, 0.5], [0, 0, 1]], atol=0)
    # Moving a knot to the right moves the lines that end there: by minus the slope, in parts.
    by_knots = transform(lambda knots: np.interp(at, knots, values))(knots)
    assert_close(by_knots, [[-1, 0, 0], [0, -1.25, 0], [0, 0, -0.25], [0, -0.25, -0.25], [0, 0, 0]], atol=0)


@pytest.mark.parametrize("transform", [jacrev, jacfwd])
def test_running_extrema_share_equally(transform):
    x = np.array([1.0, 3.0, 2.0, 3.0, 3.0, 4.0])
    got = transform(np.maximum.accumulate)(x)
    third = 1 / 3
    assert_close(got[3], [0, 0.5, 0, 0.5, 0, 0])
    assert_close(got[4], [0, third, 0, third, third, 0])
    assert_close(got[[0, 1, 2, 5]], np.eye(6)[[0, 1, 1, 5]])
    for i in range(6):
        assert_close(got[i], transform(lambda x, i=i: np.max(x[: i + 1]))(x))
    assert_close(transform(np.minimum.accumulate)(-x), got)


def test_sinc_at_zero_to_every_order():
    f = np.sinc
    for value in (1.0, 0.0, -(np.pi**2) / 3, 0.0, np.pi**4 / 5, 0.0, -(np.pi**6) / 7):
        assert f(0.0) == pytest.approx(value, rel=1e-14, abs=1e-13)
        f = grad(f)
    assert grad(np.sinc)(1e-5) == pytest.approx(-(np.pi**2) / 3 * 1e-5, rel=1e-9)
