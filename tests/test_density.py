"""`pushforward_density` against closed forms, SciPy's distributions, and the fact that densities integrate to one."""

from itertools import pairwise

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import dblquad, quad

from jaclib import pushforward_density
from jaclib.substitution import UncheckedDensityWarning

x, y, y1, y2, z1, z2 = sp.symbols("x y y1 y2 z1 z2")
xp = sp.Symbol("x", positive=True)
yp = sp.Symbol("y", positive=True)
NORMAL = sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi)
NORMAL2 = sp.exp(-(z1**2 + z2**2) / 2) / (2 * sp.pi)
UNIFORM = {"support": {x: (0, 1)}}

ONE_DIMENSION = {
    "log-normal": (NORMAL, sp.exp(x), {}, stats.lognorm(1).pdf),
    "chi-square": (NORMAL, x**2, {}, stats.chi2(1).pdf),
    "affine": (NORMAL, 3 * x - 1, {}, stats.norm(-1, 3).pdf),
    "reflected": (NORMAL, -x, {}, stats.norm.pdf),
    "half-normal": (NORMAL, sp.Abs(x), {}, stats.halfnorm.pdf),
    "shifted square": (NORMAL, x**2 + 2 * x, {}, lambda v: stats.ncx2(1, 1).pdf(v + 1)),
    "Rayleigh": (sp.exp(-xp), sp.sqrt(2 * xp), {}, stats.rayleigh.pdf),
    "Weibull": (sp.exp(-xp), xp ** sp.Rational(1, 3), {}, stats.weibull_min(3).pdf),
    "exponential": (sp.Integer(1), -sp.log(x), UNIFORM, stats.expon.pdf),
    "Cauchy": (1 / sp.pi, sp.tan(x), {"support": {x: (-sp.pi / 2, sp.pi / 2)}}, stats.cauchy.pdf),
    "arcsine": (sp.Integer(1), sp.sin(sp.pi * x / 2) ** 2, UNIFORM, stats.arcsine.pdf),
    "logistic": (sp.Integer(1), sp.log(x / (1 - x)), UNIFORM, stats.logistic.pdf),
    "folded uniform": (
        sp.Rational(1, 3),
        x**2,
        {"support": {x: (-1, 2)}},
        lambda v: np.where(v <= 0, 0, np.where(v < 1, 1 / 3, np.where(v < 4, 1 / 6, 0))) / np.sqrt(np.abs(v)),
    ),
    "reciprocal": (NORMAL, 1 / x, {}, lambda v: stats.norm.pdf(1 / v) / v**2),
    "cube": (NORMAL, x**3, {}, lambda v: stats.norm.pdf(np.cbrt(v)) / (3 * np.cbrt(v) ** 2)),
    "tanh": (NORMAL, sp.tanh(x), {}, lambda v: np.where(np.abs(v) < 1, stats.norm.pdf(np.arctanh(v)) / (1 - v**2), 0)),
}
POINTS = np.array([-3.3, -0.71, -0.2, 0.13, 0.55, 0.93, 1.7, 3.1, 4.4])


@pytest.mark.parametrize("name", ONE_DIMENSION)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # the closed forms of numpy.where evaluate both sides
def test_one_dimension(name):
    density, map_, options, expected = ONE_DIMENSION[name]
    result = pushforward_density(density, {y: map_}, y, **options)
    assert result(POINTS) == pytest.approx(np.nan_to_num(expected(POINTS)), abs=1e-12)
    # The expression and the callable are the same function.
    for point in POINTS[::3]:
        assert float(result.expr.subs(y, sp.Float(point))) == pytest.approx(result(point), abs=1e-12)
    total = sum(quad(result, a, b, limit=200)[0] for a, b in ((-np.inf, -1), (-1, 0), (0, 1), (1, 4), (4, np.inf)))
    assert total == pytest.approx(1.0, abs=1e-7)


def test_exercises_of_chapter_3():
    assert pushforward_density(NORMAL, {y: sp.exp(x)}, y)(2) == pytest.approx(0.156874, abs=5e-7)
    square = pushforward_density(NORMAL, {y: x**2}, y)
    assert square(4) == pytest.approx(0.0269955, abs=5e-8)
    assert len(square.branches) == 2
    affine = pushforward_density(NORMAL2, {y1: 2 * z1 + 1, y2: z1 - 3 * z2 + 2}, (y1, y2))
    assert np.log(affine(3, 0)) == pytest.approx(-4.629637, abs=5e-7)


def test_the_new_variable_may_be_declared_positive():
    result = pushforward_density(NORMAL, {yp: sp.exp(x)}, yp)
    assert result(2.0) == pytest.approx(stats.lognorm(1).pdf(2.0))


matrices = st.lists(st.integers(-3, 3), min_size=4, max_size=4).map(lambda entries: sp.Matrix(2, 2, entries))


@settings(max_examples=4, deadline=None)
@given(matrices, st.integers(-2, 2), st.integers(-2, 2))
def test_affine_maps_of_a_normal(a, b1, b2):
    assume(a.det() != 0)
    outputs = a @ sp.Matrix([z1, z2]) + sp.Matrix([b1, b2])
    result = pushforward_density(NORMAL2, dict(zip((y1, y2), outputs, strict=True)), (y1, y2))
    matrix = np.array(a, dtype=float)
    expected = stats.multivariate_normal([b1, b2], matrix @ matrix.T)
    points = np.random.default_rng(0).normal(size=(6, 2)) * 3
    assert result(*points.T) == pytest.approx(expected.pdf(points), rel=1e-9, abs=1e-300)


def test_a_coupling_layer_keeps_the_order_of_its_outputs():
    layer = {y2: z2 * sp.exp(z1 / 2) + z1**2, y1: z1}
    result = pushforward_density(NORMAL2, layer, (y1, y2))
    first, second = 0.7, -0.4
    z = (second - first**2) * np.exp(-first / 2)
    assert result(first, second) == pytest.approx(stats.norm.pdf(first) * stats.norm.pdf(z) * np.exp(-first / 2))


def test_two_dimensions_with_two_preimages():
    result = pushforward_density(NORMAL2, {y1: z1**2, y2: z2}, (y1, y2))
    assert result(0.7, 0.2) == pytest.approx(stats.chi2(1).pdf(0.7) * stats.norm.pdf(0.2))
    assert result(-0.7, 0.2) == 0.0
    symmetric = pushforward_density(NORMAL2, {y1: z1 * z2, y2: z1 + z2}, (y1, y2))
    assert len(symmetric.branches) == 2
    # Substituting y1 = (y2² − s²)/4 takes the singular edge of the image away.
    total, _ = dblquad(lambda s, b: symmetric((b * b - s * s) / 4, b) * s / 2, -8, 8, 0, 12)
    assert total == pytest.approx(1.0, abs=1e-6)


def test_support_in_two_dimensions():
    result = pushforward_density(sp.Integer(1), {y1: z1 + z2, y2: z1 - z2}, (y1, y2), support={z1: (0, 1), z2: (0, 1)})
    assert result(1.0, 0.0) == pytest.approx(0.5)
    assert result(0.1, 0.5) == 0.0
    assert result(np.array([0.5, 3.0]), np.array([0.2, 0.0])) == pytest.approx([0.5, 0.0])


def test_the_result_is_usable_in_sympy():
    result = pushforward_density(NORMAL, {y: sp.exp(x)}, y)
    assert sp.sympify(result) == result.expr
    assert sp.log(result).subs(y, 1).evalf() == pytest.approx(np.log(stats.lognorm(1).pdf(1.0)))
    assert result._repr_latex_().startswith(r"$\displaystyle p(y) =")
    assert repr(result).startswith("PushforwardDensity(Piecewise(")
    with pytest.raises(ValueError, match="expected 1"):
        result(1, 2)


@pytest.mark.parametrize(
    ("density", "mapping", "new", "options", "error", "match"),
    [
        (2 * NORMAL, {y: x}, y, {}, ValueError, "integrates to 2 "),
        (sp.Integer(1), {y: x}, y, {}, ValueError, "no finite value"),
        (x * NORMAL, {y: x}, y, {}, ValueError, "negative"),
        (NORMAL, {y: sp.Integer(3)}, y, {}, ValueError, "expected as many|contains"),
        (NORMAL, {y: sp.log(x)}, y, {}, ValueError, "not real"),
        (NORMAL, {x: sp.log(y)}, y, {}, ValueError, "new variables as keys"),
        (NORMAL, {y: x**2}, x, {}, ValueError, "new variables as keys"),
        (NORMAL2, {y1: z1 + z2, y2: 2 * z1 + 2 * z2}, (y1, y2), {}, ValueError, "identically zero"),
        (NORMAL2, {y: z1 + z2}, y, {}, ValueError, "expected as many"),
        (NORMAL2, {y1: z1 + z2}, (y1, y2), {}, ValueError, "expected equal numbers"),
        (NORMAL * z1, {y: x}, y, {}, ValueError, "contains"),
        (NORMAL, {y: xp**2}, y, {}, ValueError, "two symbols called x|contains"),
        ("normal", {y: x}, y, {}, TypeError, "SymPy expression"),
        (NORMAL, [x], y, {}, TypeError, "dictionary"),
        (sp.Integer(1), {y: x}, y, {"support": {x: (1, 0)}}, ValueError, "from 1 down to 0"),
        (sp.Integer(1), {y: x}, y, {"support": {y: (0, 1)}}, ValueError, "limits name y"),
    ],
)
def test_bad_input(density, mapping, new, options, error, match):
    with pytest.raises(error, match=match):
        pushforward_density(density, mapping, new, **options)


def test_a_sign_of_y_that_the_map_does_not_keep_is_refused():
    # With y positive, SymPy drops the branch y < 0 and every bar around y.
    positive = sp.Symbol("y", positive=True)
    normal = sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi)
    with pytest.raises(ValueError, match=r"y is declared with .*below 0"):
        pushforward_density(normal, {positive: x}, positive)


A = sp.symbols("a1:5")
B = sp.symbols("b1:5")


def test_a_density_in_four_variables_is_checked():
    normal = sp.exp(-sum(a**2 for a in A) / 2) / (2 * sp.pi) ** 2
    mapping = {b: 2 * a for a, b in zip(A, B, strict=True)}
    with pytest.raises(ValueError, match="integrates to 7 over"):
        pushforward_density(7 * normal, mapping, B)
    assert pushforward_density(normal, mapping, B)(0, 0, 0, 0) == pytest.approx(1 / (2 * np.pi) ** 2 / 16)


def test_a_density_of_dependent_variables_in_four_dimensions_is_checked():
    mapping = {b: 2 * a for a, b in zip(A, B, strict=True)}
    support = {a: (0, 1) for a in A}
    assert pushforward_density(sum(A) / 2, mapping, B, support=support)(1, 1, 1, 1) == pytest.approx(1 / 16)
    with pytest.raises(ValueError, match="integrates to 2 over"):
        pushforward_density(sum(A), mapping, B, support=support)


def test_a_map_with_jumps_is_refused():
    normal = sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi)
    with pytest.raises(ValueError, match="expected a differentiable map"):
        pushforward_density(normal, {y: sp.floor(x)}, y)


def test_an_integral_that_cannot_be_found_in_four_variables_warns():
    # Neighbours are almost equal: a ridge that no rule in four dimensions resolves.
    ridge = sp.exp(-sum((a - b) ** 2 for a, b in pairwise(A)) * 10**4 - A[0] ** 2)
    normal = ridge * (10**4 / sp.pi) ** sp.Rational(3, 2) / sp.sqrt(sp.pi)
    with pytest.warns(UncheckedDensityWarning, match="was not checked"):
        pushforward_density(normal, {b: 2 * a for a, b in zip(A, B, strict=True)}, B)
