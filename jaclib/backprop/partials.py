"""The rules of calculus for elementwise functions: one line a function, one partial derivative an argument.

Read a line as: for z = f(x) or z = f(x, y), ∂z/∂x (and ∂z/∂y), given z and the arguments. Forward mode multiplies a
tangent by the partial, reverse mode a cotangent, so both modes share this table. Check it line by line against
a table of derivatives, for instance Abramowitz and Stegun (1964), 3.3, 4.1-4.6.

At a kink the value is a convention, the mean of the one-sided derivatives: |x|' = 0 at 0; maximum(x, y) and
minimum(x, y) give each argument half at a tie. Adding a rule is adding a line.
"""

from __future__ import annotations

import operator

import numpy as np

from jaclib.backprop.operations import PIECEWISE_CONSTANT, UFUNC_OPERATIONS, Operation
from jaclib.backprop.tracing import strip

LN2 = float(np.log(2.0))
LN10 = float(np.log(10.0))


def _share(wins, ties):
    """Return 1 where an argument wins, ½ where it ties, 0 elsewhere (plain numbers: the choice is constant nearby)."""
    return wins + 0.5 * ties


def _power_by_base(z, x, y):
    # y x^(y-1), but 0 for y = 0 also at x = 0, where x^(-1) would make it nan.
    if type(y) in (int, float):
        return y * x ** (y - 1) if y != 0 else np.zeros_like(strip(z))
    return y * x ** np.where((strip(y) == 0) & (strip(x) == 0), 1.0, y - 1.0)


def _power_by_exponent(z, x, y):
    # z log x, whose limit at x = 0 is 0 for y > 0.
    return z * np.log(np.where((strip(x) == 0) & (strip(y) > 0), 1.0, x))


def _minus_quotient(z, x, y):
    # The whole number of times that y was taken off x, as NumPy counted: floor(x / y) may be rounded across a jump.
    return -np.rint((strip(x) - strip(z)) / strip(y))


def _ignoring_nan(wins):
    """Return the shares of an extremum that ignores nan: a number wins against nan."""
    return lambda z, x, y: np.where(np.isnan(strip(y)), 1.0, _share(wins(strip(x), strip(y)), strip(x) == strip(y)))


def _second(partial):
    return lambda z, x, y: partial(z, y, x)


# fmt: off
PARTIALS = {
    # arithmetic
    np.add:          (1, 1),
    np.subtract:     (1, -1),
    np.multiply:     (lambda z, x, y: y,                       lambda z, x, y: x),
    np.divide:       (lambda z, x, y: 1 / y,                   lambda z, x, y: -z / y),
    np.negative:     (-1,),
    np.positive:     (1,),
    np.conjugate:    (1,),
    np.reciprocal:   (lambda z, x: -z * z,),
    np.square:       (lambda z, x: x + x,),
    np.power:        (_power_by_base,                          _power_by_exponent),
    np.float_power:  (_power_by_base,                          _power_by_exponent),
    np.sqrt:         (lambda z, x: 0.5 / z,),
    np.cbrt:         (lambda z, x: 1 / (3 * z * z),),
    np.remainder:    (1,                                       _minus_quotient),
    np.fmod:         (1,                                       _minus_quotient),
    # exponentials and logarithms
    np.exp:          (lambda z, x: z,),
    np.exp2:         (lambda z, x: z * LN2,),
    np.expm1:        (lambda z, x: np.exp(x),),
    np.log:          (lambda z, x: 1 / x,),
    np.log2:         (lambda z, x: 1 / (x * LN2),),
    np.log10:        (lambda z, x: 1 / (x * LN10),),
    np.log1p:        (lambda z, x: 1 / (1 + x),),
    np.logaddexp:    (lambda z, x, y: np.exp(x - z),           lambda z, x, y: np.exp(y - z)),
    np.logaddexp2:   (lambda z, x, y: np.exp2(x - z),          lambda z, x, y: np.exp2(y - z)),
    # trigonometric
    np.sin:          (lambda z, x: np.cos(x),),
    np.cos:          (lambda z, x: -np.sin(x),),
    np.tan:          (lambda z, x: 1 + z * z,),
    np.arcsin:       (lambda z, x: 1 / np.sqrt(1 - x * x),),
    np.arccos:       (lambda z, x: -1 / np.sqrt(1 - x * x),),
    np.arctan:       (lambda z, x: 1 / (1 + x * x),),
    np.arctan2:      (lambda z, y, x: x / (x * x + y * y),     lambda z, y, x: -y / (x * x + y * y)),
    np.hypot:        (lambda z, x, y: x / z,                   lambda z, x, y: y / z),
    np.deg2rad:      (lambda z, x: np.pi / 180,),
    np.radians:      (lambda z, x: np.pi / 180,),
    np.rad2deg:      (lambda z, x: 180 / np.pi,),
    np.degrees:      (lambda z, x: 180 / np.pi,),
    # hyperbolic
    np.sinh:         (lambda z, x: np.cosh(x),),
    np.cosh:         (lambda z, x: np.sinh(x),),
    np.tanh:         (lambda z, x: 1 - z * z,),
    np.arcsinh:      (lambda z, x: 1 / np.sqrt(x * x + 1),),
    np.arccosh:      (lambda z, x: 1 / np.sqrt(x * x - 1),),
    np.arctanh:      (lambda z, x: 1 / (1 - x * x),),
    # with kinks: see above for the value at the kink
    np.absolute:     (lambda z, x: np.sign(strip(x)),),
    np.fabs:         (lambda z, x: np.sign(strip(x)),),
    np.copysign:     (lambda z, x, y: np.sign(strip(x)) * np.sign(strip(z)), lambda z, x, y: np.zeros_like(strip(z))),
    np.heaviside:    (lambda z, x, y: np.zeros_like(strip(z)), lambda z, x, y: 1.0 * (strip(x) == 0)),
    np.maximum:      (lambda z, x, y: _share(strip(x) > strip(y), strip(x) == strip(y)),
                      lambda z, x, y: _share(strip(y) > strip(x), strip(x) == strip(y))),
    np.minimum:      (lambda z, x, y: _share(strip(x) < strip(y), strip(x) == strip(y)),
                      lambda z, x, y: _share(strip(y) < strip(x), strip(x) == strip(y))),
    # Of a number and nan, fmax and fmin take the number.
    np.fmax:         (_ignoring_nan(np.greater),               _second(_ignoring_nan(np.greater))),
    np.fmin:         (_ignoring_nan(np.less),                  _second(_ignoring_nan(np.less))),
}
# fmt: on

# The same function as an operator: a tenth of the time of the ufunc on a single number, no slower on an array.
_OPERATORS = {
    np.add: operator.add,
    np.subtract: operator.sub,
    np.multiply: operator.mul,
    np.divide: operator.truediv,
    np.negative: operator.neg,
    np.square: lambda x: x * x,
}

for _ufunc, _partials in PARTIALS.items():
    UFUNC_OPERATIONS[_ufunc] = Operation(_OPERATORS.get(_ufunc, _ufunc), _ufunc.__name__, partials=_partials)

PIECEWISE_CONSTANT.update(
    {
        np.floor,
        np.ceil,
        np.trunc,
        np.rint,
        np.sign,
        np.signbit,
        np.floor_divide,
        np.spacing,
        np.less,
        np.less_equal,
        np.greater,
        np.greater_equal,
        np.equal,
        np.not_equal,
        np.logical_and,
        np.logical_or,
        np.logical_xor,
        np.logical_not,
        np.isfinite,
        np.isnan,
        np.isinf,
    }
)
