"""`u_substitution` against SciPy's quad and closed forms, with care for a u that is not one-to-one."""

import warnings

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from jaclib import u_substitution

x, u = sp.symbols("x u")
exp, sin, cos, tan, log, sqrt, pi, oo = sp.exp, sp.sin, sp.cos, sp.tan, sp.log, sp.sqrt, sp.pi, sp.oo

CASES = {
    "E3.1": (x * exp(-(x**2)), (x, 0, 2), x**2, (1 - exp(-4)) / 2),
    "E3.2": (exp(-sqrt(x)) / sqrt(x), (x, 1, 4), sqrt(x), 2 * (exp(-1) - exp(-2))),
    "E3.3": (x**2, (x, -1, 2), x**2, 3),
    "backwards": (x**2, (x, 2, -1), x**2, -3),
    "even, folded": (x**4, (x, -1, 1), x**2, sp.Rational(2, 5)),
    "folded but one formula": (x * exp(-(x**2)), (x, -1, 2), x**2, (exp(-1) - exp(-4)) / 2),
    "through a pole of u": (1 / (1 + x**2), (x, -1, 1), 1 / x, pi / 2),
    "odd power of cosine": (cos(x) ** 3, (x, 0, pi), sin(x), 0),
    "a full period": (sin(x) * cos(x) ** 2, (x, 0, 2 * pi), cos(x), 0),
    "four branches": (x**2, (x, 0, 10), cos(x), sp.Rational(1000, 3)),
    "half-angle": (1 / (2 + cos(x)), (x, 0, 2 * pi), tan(x / 2), 2 * pi / sqrt(3)),
    "cube root": (exp(-(x**2)), (x, -1, 1), x**3, sqrt(pi) * sp.erf(1)),
    "logarithm": (1 / (x * log(x)), (x, sp.E, sp.E**2), log(x), log(2)),
    "absolute value": (sp.Abs(x), (x, -1, 2), sp.Abs(x), sp.Rational(5, 2)),
    "improper": (exp(-x), (x, 0, oo), exp(-x), 1),
    "whole line": (1 / (1 + x**2), (x, -oo, oo), sp.atan(x), pi),
    "singular integrand": (1 / sqrt(x), (x, 0, 4), sqrt(x), 4),
    "infinite new limit": (x, (x, 0, 1), log(x), sp.Rational(1, 2)),
    "shifted": (x * sqrt(x + 1), (x, 0, 3), x + 1, sp.Rational(116, 15)),
}


@pytest.mark.parametrize("name", CASES)
def test_exact_values(name):
    integrand, limits, substituted, exact = CASES[name]
    result = u_substitution(integrand, limits, substituted)
    assert result.method == "exact"
    assert sp.simplify(result.value - exact) == 0
    assert result.error == 0.0
    # Each new integral is right by itself, not only their sum.
    for part in result.integrals:
        (a, b), symbol = part.x_limits, part.symbol
        old, _ = quad(sp.lambdify(x, integrand, "numpy"), float(a), float(b))
        low, high = (float(limit) for limit in part.u_limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # quad's remarks on singular ends
            new, error = quad(sp.lambdify(symbol, part.integrand, "numpy"), low, high, limit=400)
        assert new == pytest.approx(old, abs=max(1e-6, 10 * error))


def test_a_folded_range_is_split_and_said_to_be():
    result = u_substitution(x**2, (x, -1, 2), x**2)
    assert result.turning_points == (0,)
    left, right = result.integrals
    assert (left.u_limits, right.u_limits) == ((1, 0), (0, 4))
    assert (left.inverse, right.inverse) == (-sqrt(u), sqrt(u))
    assert result.value == 3  # and not 7/3, which forgets the split
    assert "not one-to-one" in str(result)
    assert "split the range" in str(result)


def test_one_formula_in_u_needs_no_split():
    result = u_substitution(x * exp(-(x**2)), (x, -1, 2), x**2)
    assert result.turning_points == (0,)
    assert len(result.integrals) == 1
    assert result.integrals[0].u_limits == (1, 4)
    assert "no split is needed" in str(result)


def test_the_steps_of_the_first_exercise():
    result = u_substitution(x * exp(-(x**2)), (x, 0, 2), x**2)
    assert result.du == 2 * x
    assert result.steps == [
        "Choose u = x**2.",
        "Differentiate: du = 2*x dx, so x dx = du/2.",
        "Convert the limits: x = 0 gives u = 0; x = 2 gives u = 4.",
        "New integral: ∫ from 0 to 4 of exp(-u)/2 du.",
        "Antiderivative: F(u) = -exp(-u)/2.",
        "Value: F(4) - F(0) = 1/2 - exp(-4)/2 (exact, ≈ 0.490842180556; confirmed numerically).",
    ]
    assert repr(result).splitlines()[0] == "∫ from 0 to 2 of x*exp(-x**2) dx"
    latex = result._repr_latex_()
    assert r"{\mathrm{d}u}\text{ = }{2 x\,\mathrm{d}x}" in latex
    assert r"{x = 2}\text{ gives }{u = 4}" in latex
    assert float(result) == pytest.approx(0.4908421805556329)


def test_reversed_limits_change_the_sign_and_keep_the_order_of_the_limits():
    result = u_substitution(x * exp(-(x**2)), (x, 2, 0), x**2)
    assert result.integrals[0].u_limits == (4, 0)
    assert sp.simplify(result.value + (1 - exp(-4)) / 2) == 0


def test_equal_limits_give_zero():
    result = u_substitution(x**2, (x, 1, 1), x**2)
    assert result.value == 0
    assert "integral is 0" in str(result)
    assert "the integral is 0" in result._repr_latex_()


def test_without_an_exact_value_the_numeric_one_agrees_with_scipy():
    result = u_substitution(exp(sin(x)), (x, 0, 1), sin(x), time_limit=2.0)
    theirs, estimate = quad(lambda a: np.exp(np.sin(a)), 0, 1)
    assert result.method == "numeric"
    assert abs(result.value - theirs) <= result.error + estimate
    assert r"\pm" in result._repr_latex_()


def test_float_limits():
    result = u_substitution(x**2, (x, 0, 0.5), x**3)
    assert result.method == "numeric"
    assert abs(result.value - 1 / 24) <= result.error


def test_the_new_variable_gets_another_name_where_u_is_taken():
    result = u_substitution(u * exp(u**2), (u, 0, 1), u**2)
    assert result.integrals[0].symbol == sp.Symbol("w")
    assert sp.simplify(result.value - (sp.E - 1) / 2) == 0


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.integers(-3, 3), min_size=1, max_size=4),
    st.integers(-3, 3),
    st.integers(-3, 3),
    st.sampled_from([x**2, x**2 - x, 2 * x + 1, x**3, (x + 1) ** 2, 1 - x**2]),
)
def test_polynomials_agree_with_scipy(coefficients, a, b, substituted):
    f = sum(c * x**k for k, c in enumerate(coefficients))
    result = u_substitution(f, (x, a, b), substituted)
    theirs, _ = quad(sp.lambdify(x, f + 0 * x, "numpy"), a, b)
    assert float(result) == pytest.approx(theirs, abs=1e-8)


@pytest.mark.parametrize(
    ("integrand", "limits", "substituted", "error", "match"),
    [
        (x, (x, 0, 1), sp.Integer(3), ValueError, "du = 0"),
        (x, (x, 0, 1), sp.sign(x + 1), ValueError, "constant"),
        (x, (x, -1, 1), log(x), ValueError, "not real everywhere"),
        (x, (x, -4, 1), sqrt(x), ValueError, "not real everywhere"),
        (x, (x, 0, 1), x**5 + x, ValueError, "cannot be written in terms of u"),
        (1 / (x * log(x)), (x, 1, 2), log(x), ValueError, "diverges"),
        (1 / x, (x, -1, 1), x**2, ValueError, "diverges"),
        (x * u, (x, 0, 1), x**2, ValueError, r"integrand contains \['u'\]"),
        (x, (x, 0, 1), x * u, ValueError, r"u contains \['u'\]"),
        (x, (x, 0, u), x**2, ValueError, "contains a symbol"),
        (x, (x, 0, float("nan")), x**2, ValueError, "float nan"),
        (x, (x, 0, float("inf")), x**2, ValueError, r"sympy\.oo"),
        (x, (0, 1), x**2, TypeError, r"expected \(x, a, b\)"),
        (x, {x: (0, 1)}, x**2, TypeError, r"expected \(x, a, b\)"),
        (x, ("x", 0, 1), x**2, TypeError, "SymPy symbols"),
        (np.sin, (x, 0, 1), x**2, TypeError, "SymPy expression"),
        (sp.Symbol("x", positive=True), (x, 0, 1), x**2, ValueError, "two symbols called x"),
    ],
)
def test_bad_input(integrand, limits, substituted, error, match):
    with pytest.raises(error, match=match):
        u_substitution(integrand, limits, substituted)


def test_a_discrete_variable_is_refused():
    n = sp.Symbol("n", integer=True)
    with pytest.raises(ValueError, match="fills an interval"):
        u_substitution(sp.sin(sp.pi * n) ** 2, (n, 0, 2), 2 * n)


@pytest.mark.parametrize("limits", [(-1, 1), (1, -1)])
def test_limits_outside_the_declared_sign_are_refused(limits):
    q = sp.Symbol("q", positive=True)
    with pytest.raises(ValueError, match="q is declared with"):
        u_substitution(sp.sqrt(q**2), (q, *limits), q**2)


def test_a_formula_that_cannot_be_checked_is_refused():
    # The inverse of x + exp(x) is x = u - LambertW(exp(u)).
    with pytest.raises(ValueError, match="Choose another u"):
        u_substitution(sp.sin(x), (x, 0, 1), x + sp.exp(x))
