"""Integrands that are 0, or too small for floating-point numbers, on all of a range or on a part of it."""

import warnings

import pytest
import sympy as sp

from jaclib import Substitution, u_substitution
from jaclib.substitution import Disc, UnconfirmedWarning, presets

x, y, u = sp.symbols("x y u")
POLAR = presets.polar(old=(x, y))
DOUBLE = Substitution({x: 2 * u}, u)
WIDE = {u: (-3, 3)}


@pytest.mark.parametrize(
    ("substitution", "integrand", "limits", "exact"),
    [
        (POLAR, sp.Integer(0), Disc((0, 0), 1), 0),
        (DOUBLE, sp.Heaviside(x - 1), WIDE, 5),
        (DOUBLE, sp.Heaviside(x - 10), WIDE, 0),
        (DOUBLE, sp.Piecewise((0, x < 1), (x, True)), WIDE, sp.Rational(35, 2)),
    ],
)
def test_zero_is_confirmed(substitution, integrand, limits, exact):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = substitution.integrate(integrand, limits)
    assert found.value == exact
    assert found.method == "exact"


def test_a_peak_too_narrow_to_be_seen_is_not_called_zero():
    peak = sp.exp(-(10**12) * (x - sp.Rational(1, 3)) ** 2)
    with pytest.warns(UnconfirmedWarning, match="could not be confirmed"):
        found = u_substitution(peak, (x, -1, 3), x - sp.Rational(1, 3))
    assert float(found) == pytest.approx(float(sp.sqrt(sp.pi)) / 1e6, rel=1e-12)


def test_a_spike_of_height_one_does_not_make_the_exact_value_wrong():
    spike = sp.Piecewise((1, abs(x - sp.Rational(1, 3)) < sp.Rational(1, 10**9)), (0, True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnconfirmedWarning)
        found = u_substitution(spike, (x, -1, 3), x - sp.Rational(1, 3))
    assert float(found) == pytest.approx(2e-9)
