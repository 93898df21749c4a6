"""The table of partial derivatives, every line of it, against SymPy."""

import numpy as np
import pytest
import sympy as sp
from oracles import assert_close, sympy_partials

from jaclib import grad, hessian, jvp
from jaclib.backprop.operations import ADAPTERS, PIECEWISE_CONSTANT
from jaclib.backprop.partials import PARTIALS

x, y = sp.symbols("x y", real=True)
LN2, LN10 = sp.log(2), sp.log(10)

# ufunc: the same function in SymPy, and two points inside its domain, away from kinks.
CASES = {
    np.add: (x + y, [(0.3, -1.2), (2.0, 0.7)]),
    np.subtract: (x - y, [(0.3, -1.2), (2.0, 0.7)]),
    np.multiply: (x * y, [(0.3, -1.2), (2.0, 0.7)]),
    np.divide: (x / y, [(0.3, -1.2), (2.0, 0.7)]),
    np.negative: (-x, [(0.3,), (-2.0,)]),
    np.positive: (x, [(0.3,), (-2.0,)]),
    np.reciprocal: (1 / x, [(0.3,), (-2.0,)]),
    np.square: (x**2, [(0.3,), (-2.0,)]),
    np.power: (x**y, [(0.3, -1.2), (2.0, 0.7)]),
    np.float_power: (x**y, [(0.3, -1.2), (2.0, 0.7)]),
    np.sqrt: (sp.sqrt(x), [(0.3,), (7.0,)]),
    np.cbrt: (sp.cbrt(x), [(0.3,), (7.0,)]),
    np.remainder: (x - y * sp.floor(x / y), [(7.3, 2.0), (-7.3, 2.0)]),
    np.fmod: (x - y * sp.sign(x / y) * sp.floor(sp.Abs(x / y)), [(7.3, 2.0), (-7.3, 2.0)]),
    np.exp: (sp.exp(x), [(0.3,), (-2.0,)]),
    np.exp2: (2**x, [(0.3,), (-2.0,)]),
    np.expm1: (sp.exp(x) - 1, [(0.3,), (-2.0,)]),
    np.log: (sp.log(x), [(0.3,), (7.0,)]),
    np.log2: (sp.log(x) / LN2, [(0.3,), (7.0,)]),
    np.log10: (sp.log(x) / LN10, [(0.3,), (7.0,)]),
    np.log1p: (sp.log(1 + x), [(0.3,), (-0.6,)]),
    np.logaddexp: (sp.log(sp.exp(x) + sp.exp(y)), [(0.3, -1.2), (2.0, 0.7)]),
    np.logaddexp2: (sp.log(2**x + 2**y) / LN2, [(0.3, -1.2), (2.0, 0.7)]),
    np.sin: (sp.sin(x), [(0.3,), (-2.0,)]),
    np.cos: (sp.cos(x), [(0.3,), (-2.0,)]),
    np.tan: (sp.tan(x), [(0.3,), (-2.0,)]),
    np.arcsin: (sp.asin(x), [(0.3,), (-0.8,)]),
    np.arccos: (sp.acos(x), [(0.3,), (-0.8,)]),
    np.arctan: (sp.atan(x), [(0.3,), (-2.0,)]),
    np.arctan2: (sp.atan2(x, y), [(0.3, -1.2), (-2.0, 0.7)]),
    np.hypot: (sp.sqrt(x**2 + y**2), [(0.3, -1.2), (2.0, 0.7)]),
    np.deg2rad: (x * sp.pi / 180, [(0.3,), (90.0,)]),
    np.radians: (x * sp.pi / 180, [(0.3,), (90.0,)]),
    np.rad2deg: (x * 180 / sp.pi, [(0.3,), (-2.0,)]),
    np.degrees: (x * 180 / sp.pi, [(0.3,), (-2.0,)]),
    np.sinh: (sp.sinh(x), [(0.3,), (-2.0,)]),
    np.cosh: (sp.cosh(x), [(0.3,), (-2.0,)]),
    np.tanh: (sp.tanh(x), [(0.3,), (-2.0,)]),
    np.arcsinh: (sp.asinh(x), [(0.3,), (-2.0,)]),
    np.arccosh: (sp.acosh(x), [(1.3,), (4.0,)]),
    np.arctanh: (sp.atanh(x), [(0.3,), (-0.8,)]),
    np.absolute: (sp.sqrt(x**2), [(0.3,), (-2.0,)]),
    np.fabs: (sp.sqrt(x**2), [(0.3,), (-2.0,)]),
    np.copysign: (sp.sqrt(x**2) * sp.sign(y), [(0.3, -1.2), (-2.0, 0.7)]),
    np.conjugate: (x, [(0.3,), (-2.0,)]),
    np.heaviside: (sp.Heaviside(x, y), [(0.3, 0.5), (-2.0, 0.5)]),
    np.maximum: ((x + y + sp.sqrt((x - y) ** 2)) / 2, [(0.3, -1.2), (0.7, 2.0)]),
    np.minimum: ((x + y - sp.sqrt((x - y) ** 2)) / 2, [(0.3, -1.2), (0.7, 2.0)]),
    np.fmax: ((x + y + sp.sqrt((x - y) ** 2)) / 2, [(0.3, -1.2), (0.7, 2.0)]),
    np.fmin: ((x + y - sp.sqrt((x - y) ** 2)) / 2, [(0.3, -1.2), (0.7, 2.0)]),
}
# SymPy leaves the derivative of floor and sign unevaluated: away from their jumps it is zero.
STEPS = {np.remainder, np.fmod, np.copysign, np.heaviside}


def exact(ufunc, expr, symbols, point):
    if ufunc in STEPS:
        at = dict(zip(symbols, point, strict=True))
        frozen = expr.replace(lambda e: e.func in (sp.floor, sp.sign, sp.Heaviside), lambda e: sp.Integer(e.subs(at)))
        expr = frozen
    return sympy_partials(expr, symbols, point)


@pytest.mark.parametrize("ufunc", list(PARTIALS), ids=lambda u: u.__name__)
def test_partials_match_sympy_in_both_modes(ufunc):
    expr, points = CASES[ufunc]
    symbols = (x, y)[: ufunc.nin]
    for point in points:
        expected = exact(ufunc, expr, symbols, point)
        reverse = grad(ufunc, argnums=tuple(range(ufunc.nin)))(*point)
        assert_close(np.array(reverse), expected, rtol=1e-12, atol=1e-13)
        for i in range(ufunc.nin):
            direction = tuple(1.0 if j == i else 0.0 for j in range(ufunc.nin))
            value, tangent = jvp(ufunc, point, direction)
            assert_close(tangent, expected[i], rtol=1e-12, atol=1e-13)
            assert value == ufunc(*point)


@pytest.mark.parametrize("ufunc", [u for u in PARTIALS if u not in STEPS], ids=lambda u: u.__name__)
def test_second_partials_match_sympy(ufunc):
    expr, points = CASES[ufunc]
    symbols = (x, y)[: ufunc.nin]
    for point in points:
        at = dict(zip(symbols, point, strict=True))
        expected = np.array([[float(sp.diff(expr, a, b).evalf(30, subs=at)) for b in symbols] for a in symbols])
        got = hessian(lambda v, ufunc=ufunc: ufunc(*v))(np.array(point))
        assert_close(got, expected, rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize("ufunc", [u for u in PARTIALS if u not in STEPS], ids=lambda u: u.__name__)
def test_partials_do_without_what_they_are_said_not_to_read(ufunc, monkeypatch):
    monkeypatch.setattr("jaclib.backprop.reverse._LARGE", -1)
    expr, points = CASES[ufunc]
    symbols = (x, y)[: ufunc.nin]
    point = points[0]
    numbers = tuple(range(ufunc.nin))
    arrays = [np.full(3, v) for v in point]
    reverse = grad(lambda *args: np.sum(ufunc(*args)), argnums=numbers)(*arrays)
    expected = sympy_partials(expr, symbols, point)
    for got, value in zip(reverse, expected, strict=True):
        assert_close(got, np.full(3, value), rtol=1e-12, atol=1e-13)


def test_corners():
    """Where a formula that is right nearly everywhere goes wrong."""
    assert grad(lambda v: np.fmax(v, np.nan))(2.0) == 1.0
    assert grad(lambda v: np.fmin(np.nan, v))(2.0) == 1.0
    assert grad(lambda v: np.mod(1.0, v))(0.1) == -(1.0 // 0.1)
    assert grad(np.expm1)(-40.0) == pytest.approx(np.exp(-40.0), rel=1e-15)
    # x^y at y = 0: ∂²/∂x∂y = 1/x, not 0 and not x
    assert_close(hessian(lambda p: p[0] ** p[1])(np.array([2.0, 0.0])), [[0.0, 0.5], [0.5, np.log(2.0) ** 2]])


def test_every_line_of_the_table_has_a_case():
    assert set(CASES) == set(PARTIALS)


def test_every_real_ufunc_of_numpy_is_known():
    """A ufunc that computes on floats either has partials, is piecewise constant, or is refused on purpose."""
    refused = {
        *("frexp", "ldexp", "nextafter", "isnat", "invert", "bitwise_not"),
        *("bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_count", "left_shift", "right_shift", "gcd", "lcm"),
        *("bitwise_invert", "bitwise_left_shift", "bitwise_right_shift"),
    }
    ufuncs = {name: getattr(np, name) for name in dir(np) if isinstance(getattr(np, name), np.ufunc)}
    unknown = {
        name
        for name, ufunc in ufuncs.items()
        if ufunc not in PARTIALS and ufunc not in PIECEWISE_CONSTANT and ufunc not in ADAPTERS and name not in refused
    }
    assert not unknown
    for name in refused:
        if name in ufuncs:
            args = [0.5] * ufuncs[name].nin
            with pytest.raises(TypeError, match="no derivative rule"):
                grad(ufuncs[name], argnums=tuple(range(len(args))))(*args)


@pytest.mark.parametrize(
    ("f", "point", "expected"),
    [
        (np.abs, 0.0, 0.0),
        (lambda v: np.maximum(v, 0.0), 0.0, 0.5),
        (lambda v: np.minimum(v, 0.0), 0.0, 0.5),
        (lambda v: np.clip(v, -1.0, 1.0), 1.0, 0.5),
        (lambda v: v**0, 0.0, 0.0),
        (lambda v: v**1, 0.0, 1.0),
        (lambda v: v**3, 0.0, 0.0),
        (lambda v: v ** np.array(0.0), 0.0, 0.0),
        (lambda v: np.power(0.0, v), 2.0, 0.0),
        (np.floor, 0.5, 0.0),
        (np.sign, 0.5, 0.0),
        (lambda v: np.where(v > 0, v, 0.0), 0.0, 0.0),
    ],
)
def test_conventions_at_kinks_and_corners(f, point, expected):
    assert grad(f)(point) == expected
    assert jvp(f, (point,), (1.0,))[1] == expected
