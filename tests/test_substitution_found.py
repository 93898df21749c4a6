"""`u_substitution` without u: what it chooses, why, and what it says where nothing helps."""

import mpmath
import pytest
import sympy as sp
from sympy import Eq, Rational, cos, exp, log, oo, pi, sin, sqrt, tan

from jaclib import u_substitution

x, t = sp.symbols("x t")

# Integrand, limits, what is to be chosen, and words of the reason.
FOUND = {
    "exponent": (x * exp(-(x**2)), 0, 2, -(x**2), "the derivative of the exponent, -2*x, is a factor of the integrand"),
    "function": (cos(x) * exp(sin(x)), 0, 1, sin(x), "the derivative of the exponent, cos(x), is a factor"),
    "denominator": (exp(x) / (1 + exp(x)), 0, 1, exp(x) + 1, "the derivative of the denominator, exp(x), is a factor"),
    "tangent is a quotient": (tan(x), 0, 1, cos(x), "the derivative of cos(x), -sin(x), is a factor"),
    "square of a secant": (
        tan(x) ** 3 / cos(x) ** 2,
        0,
        1,
        tan(x),
        "the derivative of tan(x), 1/cos(x)**2, is a factor",
    ),
    "linear": (cos(3 * x + 1), 0, 1, 3 * x + 1, "the argument of cos is linear in x"),
    "power of a number": (2**x / (1 + 2**x), 0, 1, 2**x + 1, "2**x*log(2), is a factor"),
    "x to the x": (x**x * (1 + log(x)), 1, 2, x * log(x), "x**x is exp(x*log(x))"),
    "no root is left": (sqrt(x**2 + 9) / x, 4, 5, sqrt(x**2 + 9), "then x = sqrt(u**2 - 9), and no root is left"),
    "reciprocal": (1 / (x * sqrt(x**2 + 9)), 4, 5, 1 / x, "then x = 1/u, and the integrand is simpler"),
    "u alone": (1 / (cos(x) ** 2 + 4 * sin(x) ** 2), 0, 1, tan(x), "the integrand depends on u alone"),
    "square completed": (1 / sqrt(4 * x - x**2), 1, 2, x - 2, "-x**2 + 4*x becomes 4 - u**2"),
    "half angle": (1 / (2 + cos(x)), 0, 1, tan(x / 2), "cos(x) becomes (1 - u**2)/(u**2 + 1)"),
    "sine": (sqrt(9 - x**2), 0, 3, Eq(x, 3 * sin(t)), "9 - x**2 becomes 9*cos(t)**2, and here cos(t) >= 0"),
    "tangent": (1 / (x**2 + 1) ** 2, 0, 1, Eq(x, tan(t)), "x**2 + 1 becomes 1/cos(t)**2, a single power"),
    "two roots": (sqrt((1 - x) / (1 + x)), 0, 1, Eq(x, 2 * sin(t) ** 2 - 1), "both roots disappear"),
    "shifted sine": (sqrt(4 * x - x**2), 0, 4, Eq(x, 2 * sin(t) + 2), "becomes 4*cos(t)**2"),
    "each side of a corner": (x / sqrt(sp.Abs(x**2 - 1)), 0, 2, sp.Abs(x**2 - 1), "a formula for each side"),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_is_chosen_and_why(name):
    integrand, a, b, expected, reason = FOUND[name]
    result = u_substitution(integrand, (x, a, b))
    chosen = result.chosen
    assert (result.u if chosen.back is None else Eq(x, chosen.back)) == expected
    assert reason in chosen.reason
    assert chosen.reason in result.steps[0]
    assert chosen in result.suggestions
    # The value, from the integral in x.
    function = sp.lambdify(x, integrand, "mpmath")
    cut = [1] if name == "each side of a corner" else []
    assert float(result) == pytest.approx(float(mpmath.quad(function, [a, *cut, b])), rel=1e-9)


@pytest.mark.parametrize(
    ("integrand", "limits", "match"),
    [
        (x**2, (x, 0, 1), r"in the table of basic integrals\. Integrate it directly: an antiderivative is x\*\*3/3"),
        (cos(x), (x, 0, 1), r"an antiderivative is sin\(x\)\. Tried: u = "),
        (sin(x) ** 2, (x, 0, 1), r"an antiderivative is x/2 - sin\(2\*x\)/4"),
        (x * exp(x), (x, 0, 1), "to be integrated by parts"),
        (1 / (x**4 + 1), (x, 0, 1), r"partial fractions.*sympy\.apart"),
        (exp(-(x**2)), (x, 0, oo), r"not elementary.*jaclib\.integrate"),
        (log(sin(x)), (x, 0, 1), "Give u yourself"),
    ],
)
def test_where_nothing_helps_the_message_says_what_does(integrand, limits, match):
    with pytest.raises(ValueError, match="found no substitution that makes") as error:
        u_substitution(integrand, limits)
    error.match(match)


def test_the_same_call_gives_the_same_steps():
    first, second = (u_substitution(x**5 * sqrt(x**3 + 1), (x, 0, 2)) for _ in range(2))
    assert str(first) == str(second)
    assert first.suggestions == second.suggestions


def test_suggestions_come_with_their_integrands_the_best_first():
    result = u_substitution(x * sqrt(x + 1), (x, 0, 3))
    u = result.chosen.symbol
    assert result.suggestions[0] == result.chosen
    assert [(s.u, s.integrand) for s in result.suggestions] == [
        (x + 1, sqrt(u) * (u - 1)),
        (sqrt(x + 1), 2 * u**2 * (u**2 - 1)),
    ]
    assert repr(result.suggestions[0]) == "u = x + 1: ∫ sqrt(u)*(u - 1) du, in the table of basic integrals"
    assert result.suggestions[0].verdict == "in the table of basic integrals"


def test_a_suggestion_can_be_asked_for():
    found = u_substitution(sqrt(4 - x**2), (x, 0, 2)).chosen
    assert found.rule == "x = 2*sin(t)"
    again = u_substitution(sqrt(4 - x**2), (x, 0, 2), Eq(x, found.back))
    assert again.value == pi
    assert again.integrals[0].integrand == 4 * cos(t) ** 2
    assert again.integrals[0].u_limits == (0, pi / 2)


def test_the_new_symbols_keep_clear_of_the_old_one():
    u = sp.Symbol("u")
    assert u_substitution(sqrt(4 - t**2), (t, 0, 2)).chosen.rule == "t = 2*sin(s)"
    assert u_substitution(u * exp(-(u**2)), (u, 0, 2)).chosen.rule == "w = -u**2"
    named = u_substitution(x * exp(-(x**2)), (x, 0, 2), Eq(sp.Symbol("q"), x**2))
    assert named.steps[0] == "Choose q = x**2."


def test_equal_limits_need_no_u_to_be_chosen():
    assert u_substitution(x * exp(-(x**2)), (x, 1, 1)).value == 0


def test_the_steps_of_a_back_substitution():
    assert u_substitution(sqrt(4 - x**2), (x, 2, 0)).steps == [
        "Substitute x = 2*sin(t), that is, t = asin(x/2): 4 - x**2 becomes 4*cos(t)**2, and here cos(t) >= 0, so its "
        "root is 2*cos(t).",
        "Differentiate: dx = 2*cos(t) dt.",
        "Convert the limits: x = 2 gives t = pi/2; x = 0 gives t = 0.",
        "New integral: ∫ from pi/2 to 0 of 4*cos(t)**2 dt.",
        "Antiderivative: F(t) = 2*t + sin(2*t).",
        "Value: F(0) - F(pi/2) = -pi (exact, ≈ -3.14159265359; confirmed numerically).",
    ]


def test_the_steps_where_u_is_solved_for_x_on_two_sides():
    assert u_substitution(x**2, (x, -1, 2), x**2).steps[2:5] == [
        "u is not one-to-one: it turns at x = 0. Each side needs its own formula in u, so split the range there.",
        "Convert the limits: x = -1 gives u = 1; x = 0 gives u = 0. There x = -sqrt(u), so dx = -du/(2*sqrt(u)).",
        "Convert the limits: x = 0 gives u = 0; x = 2 gives u = 4. There x = sqrt(u), so dx = du/(2*sqrt(u)).",
    ]


def test_antiderivatives_have_the_new_integrand_as_derivative():
    result = u_substitution(1 / (sqrt(x) + x ** Rational(1, 3)), (x, 1, 64))
    (part,) = result.integrals
    assert sp.simplify(sp.diff(part.antiderivative, part.symbol) - part.integrand) == 0


def test_long_lines_of_latex_are_broken_between_clauses():
    latex = u_substitution(sqrt(4 - x**2), (x, 0, 2))._repr_latex_()
    rows = latex.split(r"\\[2pt]")
    assert rows[1].rstrip().endswith(r"\text{, }")
    assert rows[2].lstrip().startswith(r"& \phantom{\text{1.}}\;\; \text{and here }")
