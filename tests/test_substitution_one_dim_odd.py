"""Odd calls of `u_substitution`: nothing may come out wrong without a word.

The values are those of mpmath, with cuts where it needs them.
"""

import mpmath
import pytest
import sympy as sp
from sympy import Abs, Eq, Rational, acos, asin, atan, cos, cosh, exp, log, oo, pi, sign, sin, sqrt, tan

from jaclib import u_substitution
from jaclib.substitution import UnconfirmedWarning

x, t, w = sp.symbols("x t w")
p = sp.Symbol("p", positive=True)
n = sp.Symbol("n", negative=True)
HALF = Rational(1, 2)

# Integrand, limits, u (None: to be found), and where mpmath needs a cut.
VALUES = {
    "two branches of a root": (x**3, (x, -1, 2), x**2, ()),
    "root of the bars": (sqrt(Abs(x)), (x, -1, 1), x**2, (0,)),
    "turning point not at zero": (x, (x, -1, 3), (x - 1) ** 2, ()),
    "u is even, f is neither": (exp(x), (x, -1, 1), x**2, ()),
    "three branches of arcsin": (x, (x, 0, 2 * pi), sin(x), ()),
    "branches of arccos": (x**2, (x, -pi, pi), cos(x), ()),
    "arcsin beside its principal branch": (x, (x, pi / 2, 3 * pi / 2), sin(x), ()),
    "arctan over two poles": (x, (x, pi / 2, 5 * pi / 2), tan(x), ()),
    "arccot": (sin(x), (x, 0, pi), sp.cot(x), ()),
    "periodic u with poles": (1 / (1 + cos(x) ** 2), (x, 0, 2 * pi), tan(x), ()),
    "half angle over two turns": (1 / (2 + sin(x)), (x, 0, 4 * pi), tan(x / 2), ()),
    "half angle, found, over five turns": (1 / (2 + cos(x)), (x, 0, 10 * pi), None, (2 * pi, 4 * pi, 6 * pi, 8 * pi)),
    "arcs taken back": (asin(sin(x)) + acos(cos(x)), (x, 0, 2 * pi), 2 * x, (pi / 2, pi, 3 * pi / 2)),
    "root of a square of cosine": (sqrt(1 - sin(x) ** 2), (x, 0, pi), sin(x), (pi / 2,)),
    "pole of u inside": (x, (x, -1, 2), 1 / x, ()),
    "pole of u, essential singularity of f": (exp(-1 / x**2) / x**2, (x, -1, 1), 1 / x, (0,)),
    "pole of u beside the middle": (x**2, (x, -1, 1), 1 / (x - HALF), ()),
    "infinite both ways": (1 / (1 + x**2), (x, -oo, oo), 1 / x, (0,)),
    "infinite, odd": (x / (1 + x**2) ** 2, (x, -oo, oo), x**2, (0,)),
    "far by a logarithm": (1 / (x * log(x) ** 2), (x, sp.E, exp(6)), log(x), (exp(2), exp(4))),
    "from infinity": (exp(-x), (x, oo, 0), exp(-x), ()),
    "u falls, limits fall": (1 / x, (x, 2, 1), 1 / x, ()),
    "logarithm of the bars over zero": (x, (x, -1, 2), log(Abs(x)), ()),
    "logarithm of a square over zero": (x**2, (x, -1, 1), log(x**2), ()),
    "singular logarithm": (log(Abs(x)), (x, -1, 2), x**2, (0,)),
    "singular inside": (1 / sqrt(Abs(x)), (x, -1, 1), x**2, (0,)),
    "singular inside, odd": (sign(x - 1) / Abs(x - 1) ** Rational(1, 3), (x, 0, 9), x - 1, (1,)),
    "bars on both sides": (Abs(x**2 - 1), (x, -2, 2), x**2, (-1, 1)),
    "u has bars": (x, (x, -1, 2), Abs(x), ()),
    "cases": (sp.Piecewise((x, x < 1), (5, True)), (x, 0, 2), 2 * x, (1,)),
    "maximum": (sp.Max(x, 1 - x), (x, 0, 1), x - HALF, (HALF,)),
    "stairs": (sp.floor(x) + sp.frac(x) ** 2, (x, 0, 3), 2 * x, (1, 2)),
    "step": (sp.Heaviside(x - 1) * x, (x, 0, 2), x**2, (1,)),
    "a square under a root": (sqrt(1 - 2 * x + x**2), (x, 0, 3), x - 1, (1,)),
    "turning points without a formula": (2 * x * cos(x**2) * exp(sin(x**2)), (x, 0, 3), sin(x**2), (1, 2)),
    "turning point without a formula": ((2 * x + cos(x)) / (x**2 + sin(x) + 2), (x, -1, 1), None, ()),
    "u stands still but does not turn": ((1 + cos(x)) * exp(x + sin(x)), (x, 0, 6), x + sin(x), (3,)),
    "fast": (sin(100 * x), (x, 0, 1), cos(100 * x), [Rational(k, 20) for k in range(1, 20)]),
    "narrow": (exp(-(10**4) * (x - HALF) ** 2), (x, 0, 1), 100 * (x - HALF), (Rational(2, 5), HALF, Rational(3, 5))),
    "x itself, falling": (sqrt(4 - x**2), (x, -2, 2), Eq(x, 2 * cos(t)), ()),
    "x itself, on the negative side": (sqrt(x**2 - 1), (x, -2, -1), Eq(x, -cosh(t)), ()),
    "negative side, found": (1 / (x * sqrt(x**2 - 1)), (x, -3, -2), None, ()),
    "declared negative": (n**2 * exp(n), (n, -1, 0), n**2, ()),
    "declared positive": (p * exp(-p), (p, 0, oo), sqrt(p), ()),
    "no integrand": (sp.Integer(0), (x, 0, 1), x**2, ()),
}


@pytest.mark.parametrize("name", VALUES)
def test_values(name):
    integrand, (variable, a, b), u, cuts = VALUES[name]
    result = u_substitution(integrand, (variable, a, b), u)
    function = sp.lambdify(variable, integrand, "mpmath")
    ends = sorted({sp.sympify(end) for end in (a, *cuts, b)}, key=sp.N)
    known = mpmath.quad(function, [mpmath.mpf(float(e) if e.is_infinite else str(sp.N(e, 20))) for e in ends])
    known = -known if sp.N(a) > sp.N(b) else known
    assert float(result) == pytest.approx(float(known), rel=1e-9, abs=1e-12)
    # The new integrals add up to it, too.
    parts = 0
    for part in result.integrals:
        g = sp.lambdify(part.symbol, part.integrand, "mpmath")
        limits = [mpmath.mpf(float(e) if e.is_infinite else str(sp.N(e, 20))) for e in part.u_limits]
        parts += mpmath.quad(g, mpmath.linspace(*limits, 9) if name in ("fast", "narrow") else limits)
    assert float(parts) == pytest.approx(float(known), rel=1e-4, abs=1e-6)


DIVERGENT = {
    "pole": (1 / x, (x, -1, 1), x**2),
    "pole, cancelled by symmetry": (x / (x**2 - 1), (x, -2, 2), x**2),
    "pole of f and of u": (1 / x, (x, -1, 2), 1 / x),
    "square of a pole": (1 / x**2, (x, -1, 1), 1 / x),
    "cube of a pole": (1 / (x - 1) ** 3, (x, 0, 2), (x - 1) ** 2),
    "irrational pole": (1 / (x**2 - 2), (x, 0, 2), x**2),
    "tangent over its pole": (tan(x), (x, 0, pi), cos(x)),
    "tangent over its pole, u to be found": (tan(x), (x, 0, pi), None),
    "logarithm of a logarithm": (1 / (x * log(x)), (x, HALF, 2), None),
    "slow at infinity": (1 / (x * log(x)), (x, 2, oo), log(x)),
    "finite limits, infinite integral": (sp.Integer(1), (x, 0, oo), exp(-x)),
    "backwards": (x, (x, oo, 0), exp(-x)),
    "oscillating": (sin(x), (x, 0, oo), 2 * x),
    "odd over the whole line": (x / (1 + x**2), (x, -oo, oo), 1 + x**2),
    "at the end only": (exp(x) / x, (x, 0, 1), exp(x)),
}


@pytest.mark.parametrize("name", DIVERGENT)
def test_divergent_integrals_are_refused(name):
    with pytest.raises(ValueError, match=r"diverge"):
        u_substitution(*DIVERGENT[name])


REFUSED = {
    "not real on a part": (sqrt(x), (x, -1, 1), x + 2, "not real at x = -0"),
    "a product of two that are not real": (sqrt(x) * sqrt(x**3), (x, -1, 1), x + 2, "not real at x = -0"),
    "arcsine beyond one": (asin(x), (x, 0, 2), x**2, "not real at x = 1"),
    "u is a staircase": (x, (x, 0, 1), sp.floor(x), "no derivative"),
    "no inverse": (x, (x, 0, 1), x + sin(x), "cannot be written"),
    "two branches at one u": (x, (x, 0, 1), x**x, "cannot be written"),
    "no range": (x, (x, oo, oo), x**2, "both limits are oo"),
    "limits apart by rounding": (x, (x, 1, 1 + Rational(1, 10**16)), x**2, "too close"),
    "parameter": (w * x, (x, 0, 1), x**2, r"expression\.subs"),
    "parameter, u to be found": (exp(-w * x), (x, 0, 1), None, r"expression\.subs"),
    "parameter in a limit": (x, (x, 0, w), x**2, r"expression\.subs"),
    "a point mass": (sp.DiracDelta(x), (x, -1, 1), 2 * x, "checked in numbers"),
    "x itself, range not reached": (x, (x, 0, 3), Eq(x, 2 * sin(t)), "whole range from 0 to 3"),
    "x itself, negative not reached": (x, (x, -1, 1), Eq(x, t**2), "whole range"),
    "x itself, two symbols": (x, (x, 0, 1), Eq(x, t * w), r"\['t', 'w'\], expected one"),
    "an equation for neither": (x, (x, 0, 1), Eq(x + 1, t), "expected an expression in x"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_said(name):
    *call, match = REFUSED[name]
    with pytest.raises(ValueError, match=match):
        u_substitution(*call)


def test_conditional_convergence_comes_with_a_warning():
    with pytest.warns(UnconfirmedWarning, match="could not be confirmed"):
        # SymPy takes some seconds, on a slow machine more than the usual limit.
        result = u_substitution(sin(x) / x, (x, 0, oo), 1 / x, time_limit=120.0)
    assert result.value == pi / 2


def test_limits_that_are_equal_but_written_differently():
    assert u_substitution(sin(x), (x, sqrt(2) + sqrt(3), sqrt(5 + 2 * sqrt(6))), x**2).value == 0


def test_a_point_where_u_stands_still_is_not_called_a_turning_point():
    result = u_substitution(exp(-(x**2)), (x, -1, 1), x**3)
    assert result.turning_points == ()
    assert result.breaks == (0,)
    assert "another formula for x on each side of x = 0" in str(result)


def test_turning_points_found_in_numbers():
    result = u_substitution((2 * x + cos(x)) / (x**2 + sin(x) + 2), (x, -1, 1), x**2 + sin(x))
    (turn,) = result.turning_points
    assert float(turn) == pytest.approx(float(mpmath.findroot(lambda a: 2 * a + mpmath.cos(a), -0.4)), abs=1e-15)
    assert "x = -0.45018361" in str(result)
    assert result.method == "exact"


def test_infinite_and_kinked_integrands_are_told_apart():
    assert "is infinite at x = 0" in str(u_substitution(1 / sqrt(Abs(x)), (x, -1, 1), x + 1))
    assert "corner or a jump at x = 0" in str(u_substitution(Abs(x), (x, -1, 1), x + 1))
    assert "u jumps at x = pi" in str(u_substitution(1 / (2 + cos(x)), (x, 0, 2 * pi), tan(x / 2)))


def test_a_number_without_digits_is_refused():
    # No antiderivative, and infinite at 0: neither SymPy nor the cubature can say more.
    with pytest.raises(ValueError, match="diverge"):
        u_substitution(exp(sin(x) + atan(x)) / x, (x, 0, 1), 2 * x, time_limit=0.5)
