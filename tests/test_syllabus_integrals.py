"""The integrals of chapter 3 and of a standard calculus syllabus: exact, or numeric to ten digits.

The tables are in `syllabus/`. Every value there is checked here by mpmath or SciPy on the integral in its old
variables, without jaclib. `pytest -rP` shows the count.
"""

import warnings

import mpmath
import pytest
import sympy as sp
from scipy.integrate import nquad
from syllabus import one_dim, several

from jaclib import Substitution, u_substitution

ONE_DIM = {**one_dim.EXERCISES, **one_dim.FURTHER}
SEVERAL = {**several.EXERCISES, **several.PLANE, **several.SPACE}
DIGITS = 1e-10


def require(result, known):
    """Exact and equal to 25 digits, or numeric and right to ten."""
    if result.method == "exact":
        assert abs(sp.N(result.value - known, 30)) <= 1e-25 * max(1, abs(sp.N(known)))
    else:
        assert abs(result.value - float(known)) <= DIGITS * abs(float(known))


@pytest.mark.parametrize("name", ONE_DIM)
def test_one_variable(name):
    row = ONE_DIM[name]
    given = row.u if row.given else None
    result = u_substitution(row.integrand, (one_dim.x, row.a, row.b), given)
    require(result, row.value)
    made = result.u if result.chosen.back is None else sp.Eq(one_dim.x, result.chosen.back)
    assert made == row.u
    assert [part.u_limits for part in result.integrals] == [tuple(map(sp.sympify, pair)) for pair in row.u_limits]


@pytest.mark.parametrize("name", ONE_DIM)
def test_value_in_one_variable(name):
    row = ONE_DIM[name]
    function = sp.lambdify(one_dim.x, row.integrand, "mpmath")
    ends = [sp.sympify(end) for end in (row.a, *row.split, row.b)]
    limits = [mpmath.mpf(float(end) if end.is_infinite else str(sp.N(end, 20))) for end in ends]
    assert float(mpmath.quad(function, limits)) == pytest.approx(float(row.value), rel=1e-8)


@pytest.mark.parametrize("name", SEVERAL)
def test_several_variables(name):
    row = SEVERAL[name]
    map_ = Substitution(row.mapping, tuple(variable for variable, *_ in row.limits))
    require(map_.integrate(row.integrand, row.limits), row.value)


@pytest.mark.parametrize("name", SEVERAL)
def test_value_in_several_variables(name):
    row = SEVERAL[name]
    integrand, *ranges = row.other
    variables = [variable for variable, *_ in ranges]
    function = sp.lambdify(variables, integrand, ["scipy", "numpy"])

    def limits(k):
        bounds = sp.lambdify(variables[k + 1 :], ranges[k][1:], "numpy")
        return lambda *outer: tuple(map(float, bounds(*outer)))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks on the corners of minima and maxima
        value, _ = nquad(function, [limits(k) for k in range(len(ranges))])
    assert value == pytest.approx(float(row.value), rel=1e-7)


def test_the_tables_are_as_long_as_promised():
    exercises = len(one_dim.EXERCISES) + len(several.EXERCISES)
    further_one, further_several = len(one_dim.FURTHER), len(several.PLANE) + len(several.SPACE)
    print(f"{exercises} exercises, {further_one} further integrals in one variable, {further_several} in several")
    assert set(one_dim.EXERCISES) | set(several.EXERCISES) == {f"E3.{k}" for k in (*range(1, 13), 17)}
    assert further_one >= 20
    assert further_several >= 20
