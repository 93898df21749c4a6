"""`integrate` against closed forms, SciPy, and the exactness of its rules."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.polynomial import Polynomial
from scipy import integrate as scipy_integrate

from jaclib import integrate
from jaclib.cubature import CubatureWarning
from jaclib.cubature._gauss_kronrod import gauss_kronrod
from jaclib.cubature._rules import embedded_rule

INF = np.inf


def power_integral(degree):
    """∫ x^degree over [-1, 1]."""
    return 0.0 if degree % 2 else 2.0 / (degree + 1)


@pytest.mark.parametrize("n", [3, 7, 10, 15])
def test_gauss_kronrod_is_exact_to_its_degree(n):
    nodes, kronrod, gauss = gauss_kronrod(n)
    assert len(nodes) == 2 * n + 1
    for degree in range(3 * n + 2):
        assert kronrod @ nodes**degree == pytest.approx(power_integral(degree), abs=1e-14)
    for degree in range(2 * n):
        assert gauss @ nodes**degree == pytest.approx(power_integral(degree), abs=1e-14)


def test_kronrod_nodes_are_those_of_quadpack():
    # R. Piessens et al., QUADPACK (1983): the two outermost nodes of the 21-point rule and their weights.
    nodes, kronrod, _ = gauss_kronrod(10)
    assert nodes[-2:] == pytest.approx([0.973906528517171720, 0.995657163025808080735527280689], abs=1e-15)
    assert kronrod[-2:] == pytest.approx([0.032558162307964727, 0.011694638867371874], abs=1e-15)


@pytest.mark.parametrize("n", [4, 5, 7])
def test_genz_malik_is_exact_to_degree_7_and_its_embedded_rule_to_degree_5(n):
    rule = embedded_rule(n)
    for powers in itertools.product(range(8), repeat=4):
        total = sum(powers)
        if total > 7:
            continue
        exponents = np.array(powers + (0,) * (n - 4))
        exact = np.prod([power_integral(k) for k in exponents])
        sums = np.prod(rule.nodes[: rule.inner] ** exponents, axis=1) @ rule.weights
        assert sums[0] == pytest.approx(exact, abs=1e-12)
        if total <= 5:
            assert sums[1] == pytest.approx(0.0, abs=1e-12)


E1 = np.e - 1
CLOSED_FORMS = {
    "inverse square root": (lambda x: x**-0.5, [(0, 1)], 2.0),
    "logarithm": (np.log, [(0, 1)], -1.0),
    "kink": (lambda x: np.abs(x - 0.3), [(0, 1)], 0.29),
    "step": (lambda x: np.where(x < 0.3, 1.0, 0.0), [(0, 1)], 0.3),
    "oscillation": (lambda x: np.cos(200 * x), [(0, 1)], np.sin(200) / 200),
    "narrow peak": (
        lambda x: 1 / (1e-6 + (x - 0.3) ** 2),
        [(0, 1)],
        1e3 * (np.arctan(700) + np.arctan(300)),
    ),
    "normal": (lambda x: np.exp(-(x**2) / 2), [(-INF, INF)], np.sqrt(2 * np.pi)),
    "shifted normal": (lambda x: np.exp(-((x - 50) ** 2) / 2), [(-INF, INF)], np.sqrt(2 * np.pi)),
    "far normal": (lambda x: np.exp(-((x - 1000) ** 2) / 2), [(-INF, INF)], np.sqrt(2 * np.pi)),
    "Cauchy": (lambda x: 1 / (1 + x**2), [(-INF, INF)], np.pi),
    "slow tail": (lambda x: x**-1.1, [(1, INF)], 10.0),
    "left tail": (np.exp, [(-INF, 1)], np.e),
    "odd": (lambda x: x**3, [(-1, 1)], 0.0),
    "one reversed range": (lambda x, y: np.exp(x) * np.cos(y), [(1, 0), (0, 1)], -E1 * np.sin(1)),
    "two reversed ranges": (lambda x, y: np.exp(x) * np.cos(y), [(1, 0), (1, 0)], E1 * np.sin(1)),
    "disc in polar coordinates": (
        lambda r, t: np.exp(r * np.cos(t)) * np.cos(r * np.sin(t)) * r,
        [(0, 2), (0, 2 * np.pi)],
        4 * np.pi,  # mean value property: Re exp(z) is harmonic
    ),
    "corner": (lambda x, y: 1 / np.sqrt(x + y), [(0, 1)] * 2, 8 / 3 * (np.sqrt(2) - 1)),
    "edge": (lambda x, y: x**-0.5 * np.cos(y), [(0, 1)] * 2, 2 * np.sin(1)),
    "correlated normal": (
        lambda x, y: np.exp(-(x * x + x * y + y * y)),
        [(-INF, INF)] * 2,
        np.pi / np.sqrt(0.75),
    ),
    "ball": (
        lambda r, p, t: (r * np.cos(p)) ** 2 * r**2 * np.sin(p),
        [(0, 2), (0, np.pi), (0, 2 * np.pi)],
        128 * np.pi / 15,
    ),
    "four dimensions": (
        lambda a, b, c, d: np.exp(-(a + b + c + d)),
        [(0, 1)] * 4,
        (1 - np.exp(-1)) ** 4,
    ),
}


@pytest.mark.parametrize("name", CLOSED_FORMS)
def test_closed_forms(name):
    f, limits, exact = CLOSED_FORMS[name]
    result = integrate(f, limits)
    assert result.converged
    assert abs(result.value - exact) <= result.error
    assert result.error <= max(1e-10 * abs(exact), 1e-13)
    assert float(result) == result.value


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(-3, 3), min_size=1, max_size=12),
    st.lists(st.floats(-3, 3), min_size=1, max_size=12),
    st.floats(-2, 2),
    st.floats(-2, 2),
)
def test_products_of_polynomials(p, q, a, b):
    p, q = Polynomial(p), Polynomial(q)
    exact = (p.integ()(b) - p.integ()(a)) * (q.integ()(2.0) - q.integ()(-1.0))
    size = 1.0 + Polynomial(np.abs(p.coef))(2.0) * Polynomial(np.abs(q.coef))(2.0)
    value = integrate(lambda x, y: 1.0 + p(x) * q(y), [(a, b), (-1, 2)], atol=1e-11 * size).value
    assert value == pytest.approx(exact + 3.0 * (b - a), abs=1e-11 * size)


def test_agrees_with_scipy_where_no_closed_form_is_known():
    ours = integrate(lambda x, y: np.exp(np.sin(3 * x) * y) / (1 + x * y), [(0, 2), (0, 1)])
    theirs, estimate = scipy_integrate.dblquad(
        lambda y, x: np.exp(np.sin(3 * x) * y) / (1 + x * y), 0, 2, 0, 1, epsabs=1e-12
    )
    assert ours.value == pytest.approx(theirs, abs=ours.error + estimate)


def test_a_range_of_length_zero_needs_no_evaluation():
    result = integrate(lambda x, y: x / 0, [(1, 1), (0, 2)])
    assert (result.value, result.evaluations) == (0.0, 0)


@pytest.mark.parametrize(
    ("f", "limits"),
    [
        (lambda x: 1 / x, [(0, 1)]),
        (lambda x: 1 / x, [(1, INF)]),
        (lambda x: 1 / x**2, [(-1, 1.5)]),
        (lambda x: 1 / (1 - x), [(0, 1)]),
        (np.ones_like, [(-INF, INF)]),
        (lambda x, y: 1 / (x * x + y * y), [(0, 1)] * 2),
    ],
)
def test_a_divergent_integral_warns(f, limits):
    with pytest.warns(CubatureWarning, match="may diverge"):
        result = integrate(f, limits, max_evaluations=400_000)
    assert not result.converged


def test_an_error_that_floating_point_cannot_reach_is_admitted():
    # Near x = 1 the factor 1 - x has lost its digits: about 1e-8 of the integral is out of reach. The cells there, as
    # narrow as the numbers allow, carry some 1e-6, and what they hide cannot be told: all of it is error.
    with pytest.warns(CubatureWarning):
        result = integrate(lambda x: 1 / np.sqrt(1 - x), [(0, 1)])
    assert not result.converged
    assert abs(result.value - 2.0) <= result.error < 1e-5


def test_a_spent_budget_warns_and_the_estimate_still_holds():
    with pytest.warns(CubatureWarning, match="max_evaluations"):
        result = integrate(lambda x, y: np.where(x * x + y * y < 1, 1.0, 0.0), [(-1, 1)] * 2, max_evaluations=200_000)
    assert result.evaluations <= 200_000
    assert abs(result.value - np.pi) <= result.error


def test_a_function_that_is_zero_everywhere_it_was_looked_at_warns():
    with pytest.warns(CubatureWarning, match="narrow peak"):
        assert integrate(lambda x: 0 * x, [(0, 1)]).value == 0.0


@pytest.mark.parametrize(
    ("f", "limits", "error", "match"),
    [
        (3.0, [(0, 1)], TypeError, "expected a function"),
        (lambda x: 1.0, [(0, 1)], ValueError, r"np\.full_like"),
        (lambda x: np.sum(x), [(0, 1)], ValueError, "expected shape"),
        (lambda x: x[:, None], [(0, 1)], ValueError, "expected shape"),
        (lambda x: 1.0 if x > 0 else 0.0, [(0, 1)], ValueError, r"np\.where"),
        (lambda x: x - x.mean(), [(0, 1)], ValueError, "by itself"),
        (lambda x: np.cumsum(x), [(0, 1)], ValueError, "by itself"),
        (lambda x: np.sqrt(x), [(-1, 1)], ValueError, "nan at"),
        (lambda x: np.exp(x) * 1e300 * np.exp(x + 600), [(0, 1)], ValueError, "inf at"),
        (lambda x: x * 1j, [(0, 1)], TypeError, "complex"),
        (lambda x: np.array(["a"] * len(x)), [(0, 1)], TypeError, "real numbers"),
        (lambda x: x, [(0, float("nan"))], ValueError, "nan"),
        (lambda x: x, [(INF, INF)], ValueError, "same infinity"),
        (lambda x: x, (0, 1), ValueError, r"\(n, 2\)"),
        (lambda x: x, [], ValueError, r"\(n, 2\)"),
        (lambda x: x, [(0, 1, 2)], ValueError, r"\(n, 2\)"),
        (lambda x: x, [("a", "b")], TypeError, "real numbers"),
        (lambda x: x, [(0, 1j)], TypeError, "real numbers"),
        (lambda *x: x[0], [(0, 1)] * 11, ValueError, r"jaclib\.monte_carlo"),
    ],
)
def test_bad_input(f, limits, error, match):
    with pytest.raises(error, match=match):
        integrate(f, limits)


@pytest.mark.parametrize(
    "options",
    [{"rtol": -1}, {"rtol": float("nan")}, {"rtol": 0}, {"atol": INF}, {"rtol": "a"}, {"max_evaluations": 0}],
)
def test_bad_options(options):
    with pytest.raises(ValueError, match="expected"):
        integrate(lambda x: x, [(0, 1)], **options)


def test_an_error_inside_f_is_not_hidden():
    def f(x):
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        integrate(f, [(0, 1)])


def test_f_may_write_into_its_argument():
    def f(x):
        x *= 2
        return x

    assert integrate(f, [(0, 1)]).value == pytest.approx(1.0)


@pytest.mark.parametrize("exponent", [0.5, 0.9, 0.95])
def test_the_estimate_holds_at_singularities_that_are_barely_integrable(exponent):
    # The integral of x^-0.95 has 1 % of its value below 1e-40: what the innermost cell hides must be allowed for.
    result = integrate(lambda x: x**-exponent, [(0, 1)], rtol=1e-4)
    assert result.converged
    assert abs(result.value - 1 / (1 - exponent)) <= result.error


def test_no_warning_of_numpy_escapes():
    # Overflow on the way to infinity is the business of the cubature, not of the caller.
    assert integrate(lambda x: np.exp(-np.exp(x) + x), [(-INF, 5)]).value == pytest.approx(1 - np.exp(-np.exp(5)))


def sawtooth(frequency):
    """x -> the fractional part of frequency * x on (0, 1), and its integral."""
    whole, rest = divmod(frequency, 1.0)
    return lambda x: (frequency * x) % 1, (whole / 2 + rest**2 / 2) / frequency


def square_wave(frequency):
    """x -> the sign of sin(pi * frequency * x) on (0, 1), and its integral."""
    whole, rest = divmod(frequency, 1.0)
    return lambda x: np.sign(np.sin(np.pi * frequency * x)), (rest if whole % 2 == 0 else 1 - rest) / frequency


@pytest.mark.parametrize("wave", [sawtooth, square_wave])
@pytest.mark.parametrize("frequency", [16.68428535, 170.827, 200.37, 207.7447, 333.1, 777.77, 1000.37, 1351.1242])
@pytest.mark.filterwarnings("ignore::jaclib.cubature.CubatureWarning")
def test_a_jump_beside_the_edge_of_a_cell_is_part_of_the_error(wave, frequency):
    # Between the last point and the edge a jump changes no value inside the cell.
    f, exact = wave(frequency)
    result = integrate(f, [(0, 1)])
    assert abs(result.value - exact) <= result.error
    assert result.error < 1e-9


@pytest.mark.parametrize("n", [2, 3])
@pytest.mark.filterwarnings("ignore::jaclib.cubature.CubatureWarning")
def test_a_jump_beside_a_face_is_part_of_the_error(n):
    # The planes x = 1/2 -+ 1/2000 lie next to the face between the first cells.
    for place in (0.4995, 0.5005):
        result = integrate(lambda *x, place=place: np.where(x[-1] < place, 1.0, 2.0), [(0, 1)] * n, rtol=1e-6)
        assert abs(result.value - (2 - place)) <= result.error


@pytest.mark.parametrize("place", [7.0, 50.0, 299.9, 300.0])
def test_a_narrow_peak_that_one_point_has_seen_is_followed(place):
    # At 300 a point of one of the larger cells is on the peak, and none of the smaller ones.
    result = integrate(lambda x: np.exp(-100 * (x - place) ** 2), [(0, INF)])
    assert result.converged
    assert abs(result.value - np.sqrt(np.pi) / 10) <= result.error


def test_a_spike_seen_once_is_never_forgotten():
    # One point of the coarsest partition is on the spike; the spike is narrower than any gap between points.
    node = (1 + gauss_kronrod(10)[0][9]) / 32
    result = integrate(lambda x: np.where(np.abs(x - node) < 1e-9, 1.0, 0.0), [(0, 1)], rtol=1e-6)
    assert abs(result.value - 2e-9) <= result.error
    assert result.value > 1e-9


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_a_polynomial_goes_on_at_the_faces_and_corners(n):
    rule = embedded_rule(n)
    for degree in range(5):
        values = (1.0 + rule.nodes[:, -1] ** degree)[None]
        assert rule.faces.differences(values, 2.0) == pytest.approx(np.zeros((1, 2 * n)), abs=1e-12)
        if degree < 3 and n > 1:
            assert rule.corners.differences(values, 2.0) == pytest.approx(np.zeros((1, 2**n)), abs=1e-12)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_a_jump_beyond_all_other_points_is_seen_at_its_face(n):
    rule = embedded_rule(n)
    values = np.where(rule.nodes[:, -1] > 0.999, 1.0, 0.0)[None]
    differences = rule.faces.differences(values, 1.0)
    assert differences[0, -1] == pytest.approx(1.0)
    assert differences[0, :-1] == pytest.approx(np.zeros(2 * n - 1), abs=1e-12)


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_a_corner_that_is_cut_off_is_part_of_the_error(n):
    # Of all points of the first cells only one corner lies beyond the plane.
    excess = 1e-3
    exact = excess**n / math.factorial(n) * 1e6
    with pytest.warns(CubatureWarning):
        result = integrate(lambda *x: np.where(sum(x) > n - excess, 1e6, 0.0), [(0, 1)] * n, max_evaluations=50_000)
    assert abs(result.value - exact) <= result.error
