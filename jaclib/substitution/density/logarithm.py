"""The logarithm of an expression, where the expression itself would under- or overflow.

A product becomes a sum, an exponential its exponent, and a sum is added up with the largest term taken out, as in
``numpy.logaddexp``. Signs travel along, as in ``numpy.linalg.slogdet``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import sympy as sp

from jaclib.substitution._numeric import vectorised

# (sign, log of the absolute value) of an expression at arrays of points.
SignedLog = Callable[..., tuple[np.ndarray, np.ndarray]]


def log_function(expression: sp.Expr, variables: Sequence[sp.Symbol]) -> Callable[..., np.ndarray]:
    """Return f(*arrays) that evaluates log(expression): -inf where it is 0, nan where it is negative or not real."""
    evaluate = _signed_log(expression, tuple(variables))

    def log(*arrays):
        with np.errstate(all="ignore"):
            sign, size = evaluate(*(np.asarray(array, dtype=float) for array in arrays))
        return np.where(sign < 0.0, np.nan, size)

    return log


def _signed_log(expression: sp.Expr, variables: tuple[sp.Symbol, ...]) -> SignedLog:
    if not expression.free_symbols:
        return _constant(expression)
    if isinstance(expression, sp.exp):
        exponent = vectorised(expression.args[0], variables)
        return lambda *arrays: _positive(exponent(*arrays))
    if isinstance(expression, (sp.cosh, sp.sinh)):
        argument, odd = vectorised(expression.args[0], variables), isinstance(expression, sp.sinh)
        return lambda *arrays: _hyperbolic(argument(*arrays), odd)
    parts = [_signed_log(part, variables) for part in expression.args] if _may_overflow(expression) else []
    if parts and expression.is_Mul:
        return lambda *arrays: _product([part(*arrays) for part in parts])
    if parts and expression.is_Add:
        return lambda *arrays: _sum([part(*arrays) for part in parts])
    if parts and isinstance(expression, sp.Abs):
        return lambda *arrays: _positive(parts[0](*arrays)[1])
    if parts and expression.is_Pow and expression.exp.is_number:
        return lambda *arrays: _power(*parts[0](*arrays), expression.exp)
    if expression.is_Pow and expression.exp.free_symbols:
        base, exponent = _signed_log(expression.base, variables), vectorised(expression.exp, variables)
        return lambda *arrays: _positive(np.where(base(*arrays)[0] < 0, np.nan, exponent(*arrays) * base(*arrays)[1]))
    if isinstance(expression, sp.Piecewise):
        return _piecewise(expression, variables)
    values = vectorised(expression, variables)
    return lambda *arrays: _plain(values(*arrays))


def _may_overflow(expression: sp.Expr) -> bool:
    """Whether to take an expression apart; where no part grows like exp, its value itself is more accurate."""
    if expression.is_Pow or expression.is_Mul:
        return not expression.is_Pow or expression.exp.is_number
    return isinstance(expression, (sp.Add, sp.Abs)) and (
        expression.has(sp.exp, sp.cosh, sp.sinh) or any(power.exp.free_symbols for power in expression.atoms(sp.Pow))
    )


def _constant(expression: sp.Expr) -> SignedLog:
    number = sp.N(expression, 20)
    size = float(sp.N(sp.log(sp.Abs(number)), 20)) if number != 0 else -np.inf
    sign = float(sp.sign(number))

    def evaluate(*arrays):
        shape = np.broadcast_shapes(*(array.shape for array in arrays))
        return np.full(shape, sign), np.full(shape, size)

    return evaluate


def _positive(size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.ones(np.shape(size)), size


def _plain(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.sign(values), np.log(np.abs(values))


def _hyperbolic(x: np.ndarray, odd: bool) -> tuple[np.ndarray, np.ndarray]:
    size = np.abs(x)
    rest = -np.expm1(-2.0 * size) if odd else 1.0 + np.exp(-2.0 * size)
    return np.sign(x) if odd else np.ones(x.shape), size + np.log(rest) - np.log(2.0)


def _product(parts: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    signs, sizes = (np.array(column) for column in zip(*parts, strict=True))
    return signs.prod(axis=0), sizes.sum(axis=0)


def _sum(parts: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    signs, sizes = (np.array(column) for column in zip(*parts, strict=True))
    largest = sizes.max(axis=0)
    largest = np.where(np.isneginf(largest), 0.0, largest)
    total = (signs * np.exp(sizes - largest)).sum(axis=0)
    return np.sign(total), np.log(np.abs(total)) + largest


def _power(sign: np.ndarray, size: np.ndarray, exponent: sp.Expr) -> tuple[np.ndarray, np.ndarray]:
    if not exponent.is_integer:
        size, sign = np.where(sign < 0.0, np.nan, size), np.abs(sign)
    elif exponent.is_even:
        sign = np.abs(sign)
    # 0 to a negative power is infinite.
    return np.where(sign == 0.0, float(exponent.is_negative), sign), float(exponent) * size


def _piecewise(expression: sp.Piecewise, variables: tuple[sp.Symbol, ...]) -> SignedLog:
    parts = [_signed_log(value, variables) for value, _ in expression.args]
    number = vectorised(sp.Piecewise(*((k, condition) for k, (_, condition) in enumerate(expression.args))), variables)

    def evaluate(*arrays):
        choice = number(*arrays)
        sign, size = np.full(choice.shape, np.nan), np.full(choice.shape, np.nan)
        for k, part in enumerate(parts):
            sign, size = (np.where(choice == k, new, old) for new, old in zip(part(*arrays), (sign, size), strict=True))
        return sign, size

    return evaluate
