"""Bounds of a SymPy expression on many boxes at once, by interval arithmetic.

Sampling can miss a turning point between two samples. An interval that encloses all values on a box cannot:
where the enclosure of a derivative leaves out zero, the function is monotone on that box, and that is a proof.
Results are rounded outwards, so that they hold in floating point as well.

Source: R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval Analysis (2009), chapters 2 to 6.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import sympy as sp

MAX = float(np.finfo(float).max)
SMALLEST = 5e-324
# NumPy's elementary functions are off by a few units in the last place.
ROUNDING = 1e-15
# From there on, the ends of an interval are known less well than the phase of a wave.
FAR = 1e8


class NoBounds(NotImplementedError):
    """The expression contains a function for which there is no interval rule."""


@dataclass(frozen=True)
class Interval:
    """Arrays of intervals [low, high], one per box.

    Attributes
    ----------
    low, high : ndarray
        Of one shape; ±inf where there is no bound.
    sound : ndarray of bool
        Whether the expression is real and continuous on the whole box. Where it is not, the bounds hold for
        the points at which it is real.
    """

    low: np.ndarray
    high: np.ndarray
    sound: np.ndarray

    @property
    def sign(self) -> np.ndarray:
        """The sign of all values, 0 where zero is not left out."""
        return (self.low > 0.0).astype(float) - (self.high < 0.0)

    @property
    def largest(self) -> np.ndarray:
        """The largest absolute value."""
        return np.maximum(np.abs(self.low), np.abs(self.high))


def interval(low, high) -> Interval:
    """Return the interval between arrays of ends."""
    low, high = np.broadcast_arrays(np.asarray(low, dtype=float), np.asarray(high, dtype=float))
    return Interval(low, high, np.ones(low.shape, bool))


def enclose(expressions: Iterable[sp.Expr], box: dict[sp.Symbol, Interval]) -> list[Interval]:
    """Enclose the values of expressions on boxes.

    Parameters
    ----------
    expressions : iterable of Expr
        In the symbols of `box`.
    box : dict of Symbol to Interval
        One interval per symbol and box, all of one shape.

    Returns
    -------
    list of Interval
        One per expression.

    Raises
    ------
    NoBounds
        If a function has no rule here.
    """
    known = dict(box)  # parts that several expressions share are enclosed once
    with np.errstate(all="ignore"):
        return [_enclose(expression, known) for expression in expressions]


def log_bound(expression: sp.Expr, box: dict[sp.Symbol, Interval]) -> np.ndarray:
    """Return an upper bound of log|expression| on each box; products of large and small factors do not overflow.

    Raises
    ------
    NoBounds
        If a function has no rule here.
    """
    with np.errstate(all="ignore"):
        return _log_bound(expression, dict(box))


def _log_bound(expression: sp.Expr, known: dict) -> np.ndarray:
    if isinstance(expression, sp.exp):
        return _enclose(expression.args[0], known).high
    if expression.is_Mul:
        bounds = np.array([_log_bound(factor, known) for factor in expression.args])
        return np.where(np.isneginf(bounds).any(axis=0), -np.inf, bounds.sum(axis=0))
    if expression.is_Add:
        return np.logaddexp.reduce([_log_bound(term, known) for term in expression.args])
    if expression.is_Pow and expression.exp.is_positive:
        return float(expression.exp) * _log_bound(expression.base, known)
    return np.log(_enclose(expression, known).largest)


def _enclose(expression: sp.Basic, known: dict) -> Interval:
    if expression in known:
        return known[expression]
    if not expression.free_symbols:
        found = _constant(expression, next(iter(known.values())).low.shape)
    elif isinstance(expression, sp.Piecewise):
        found = _piecewise(expression, known)
    elif expression.is_Pow:
        found = _power(expression, known)
    elif expression.func in _RULES:
        found = _RULES[expression.func](*(_enclose(argument, known) for argument in expression.args))
    else:
        raise NoBounds(f"there is no rule for bounds of {expression.func}")
    known[expression] = found
    return found


def _constant(expression: sp.Expr, shape: tuple[int, ...]) -> Interval:
    value, spread = _number(expression)
    return interval(np.full(shape, value - spread), np.full(shape, value + spread))


@cache
def _number(expression: sp.Expr) -> tuple[float, float]:
    """Return a constant as a floating-point number, and how far off that may be."""
    number = sp.N(expression, 30)
    if not number.is_extended_real:
        raise NoBounds(f"{expression} is not a real number")
    value = float(number)
    # Small integers and halves are exact, and must stay so: x - 1 is 0 at 1.
    exact = not math.isfinite(value) or (expression.is_Rational and sp.Rational(value) == expression)
    return value, 0.0 if exact else ROUNDING * abs(value)


def _outward(low: np.ndarray, high: np.ndarray, sound) -> Interval:
    # nan comes from inf - inf: nothing is known there. An end that overflowed is a bound on one side only.
    low = np.where(np.isnan(low), -np.inf, np.minimum(low, MAX))
    high = np.where(np.isnan(high), np.inf, np.maximum(high, -MAX))
    return Interval(low - ROUNDING * np.abs(low), high + ROUNDING * np.abs(high), np.broadcast_to(sound, low.shape))


def _add(*terms: Interval) -> Interval:
    total = terms[0]
    for term in terms[1:]:
        total = _outward(total.low + term.low, total.high + term.high, total.sound & term.sound)
    return total


def _multiply(*factors: Interval) -> Interval:
    product = factors[0]
    for factor in factors[1:]:
        corners = [a * b for a in (product.low, product.high) for b in (factor.low, factor.high)]
        # Zero times an end that is infinite: the values themselves are finite.
        corners = [np.where(np.isnan(corner), 0.0, corner) for corner in corners]
        found = _outward(np.minimum.reduce(corners), np.maximum.reduce(corners), product.sound & factor.sound)
        product = _signed(found, product.sign * factor.sign)
    return product


def _signed(x: Interval, sign: np.ndarray) -> Interval:
    """Keep zero out of an interval whose sign is known, where an end underflowed to it."""
    low = np.where((sign > 0.0) & (x.low <= 0.0), SMALLEST, x.low)
    return Interval(low, np.where((sign < 0.0) & (x.high >= 0.0), -SMALLEST, x.high), x.sound)


def _rising(f: Callable, lower: float = -np.inf, upper: float = np.inf, least=-np.inf, most=np.inf) -> Callable:
    """Return the rule of a function that rises on its domain, with values between `least` and `most`."""

    def rule(x: Interval) -> Interval:
        low, high = f(np.clip(x.low, lower, upper)), f(np.clip(x.high, lower, upper))
        found = _outward(low, high, x.sound & (x.low >= lower) & (x.high <= upper))
        return Interval(*(np.clip(end, least, most) for end in (found.low, found.high)), found.sound)

    return rule


def _negative(x: Interval) -> Interval:
    return Interval(-x.high, -x.low, x.sound)


def _falling(f: Callable, *domain: float, **limits: float) -> Callable:
    """Return the rule of a function that falls: f(-x) rises."""
    reflected = _rising(lambda x: f(-x), *(-end for end in domain[::-1]), **limits)
    return lambda x: reflected(_negative(x))


def _absolute(x: Interval) -> Interval:
    across = (x.low < 0.0) & (x.high > 0.0)
    smallest = np.where(across, 0.0, np.minimum(np.abs(x.low), np.abs(x.high)))
    return Interval(smallest, x.largest, x.sound)


def _wave(f: Callable, crest: float) -> Callable:
    """Return the rule of a function of period 2π between -1 and 1, with a maximum at `crest`, a minimum opposite."""

    def rule(x: Interval) -> Interval:
        slack, far = ROUNDING * (1.0 + x.largest), ~(x.largest < FAR)

        def contains(phase: float) -> np.ndarray:
            turns = np.ceil((x.low - slack - phase) / (2.0 * np.pi))
            return ~(phase + 2.0 * np.pi * turns > x.high + slack)

        found = _outward(np.minimum(f(x.low), f(x.high)), np.maximum(f(x.low), f(x.high)), x.sound)
        low = np.where(contains(crest - np.pi) | far, -1.0, np.maximum(found.low, -1.0))
        high = np.where(contains(crest) | far, 1.0, np.minimum(found.high, 1.0))
        return Interval(low, high, found.sound)

    return rule


def _tangent(x: Interval) -> Interval:
    slack = ROUNDING * (1.0 + x.largest)
    branches = [np.floor(end / np.pi + 0.5) for end in (x.low - slack, x.high + slack)]
    whole = (branches[0] == branches[1]) & (x.largest < FAR)
    return _outward(np.where(whole, np.tan(x.low), -np.inf), np.where(whole, np.tan(x.high), np.inf), x.sound & whole)


def _hyperbolic_cosine(x: Interval) -> Interval:
    size = _absolute(x)
    return _outward(np.cosh(size.low), np.cosh(size.high), x.sound)


def _sign(x: Interval) -> Interval:
    return Interval(np.sign(x.low), np.sign(x.high), x.sound & (x.sign != 0.0))


def _step(x: Interval) -> Interval:
    sign = _sign(x)
    return Interval((sign.low + 1.0) / 2.0, (sign.high + 1.0) / 2.0, sign.sound)


def _extreme(choose: Callable) -> Callable:
    def rule(*terms: Interval) -> Interval:
        low, high = (choose.reduce([getattr(term, end) for term in terms]) for end in ("low", "high"))
        return Interval(low, high, np.logical_and.reduce([term.sound for term in terms]))

    return rule


# numpy has no erf; the two of the standard library are called one value at a time.
_erf, _erfc = (np.vectorize(function, otypes=[float]) for function in (math.erf, math.erfc))

# An open range is not reached: exp is never 0, however small, and that proves signs.
_exponential = _rising(np.exp, least=SMALLEST)
_logarithm = _rising(np.log, lower=0.0)
_RULES: dict = {
    sp.Add: _add,
    sp.Mul: _multiply,
    sp.exp: _exponential,
    sp.log: lambda x: _strict(_logarithm(x), x.low > 0.0),
    sp.sin: _wave(np.sin, np.pi / 2),
    sp.cos: _wave(np.cos, 0.0),
    sp.tan: _tangent,
    sp.asin: _rising(np.arcsin, -1.0, 1.0),
    sp.acos: _falling(np.arccos, -1.0, 1.0),
    sp.atan: _rising(np.arctan),
    sp.sinh: _rising(np.sinh),
    sp.cosh: _hyperbolic_cosine,
    sp.tanh: _rising(np.tanh, least=-1.0, most=1.0),
    sp.asinh: _rising(np.arcsinh),
    sp.acosh: _rising(np.arccosh, 1.0),
    sp.atanh: _rising(np.arctanh, -1.0, 1.0),
    sp.erf: _rising(_erf, least=-1.0, most=1.0),
    sp.erfc: _falling(_erfc, least=0.0, most=2.0),
    sp.Abs: _absolute,
    sp.sign: _sign,
    sp.Heaviside: lambda x, *at_zero: _step(x),
    sp.Max: _extreme(np.maximum),
    sp.Min: _extreme(np.minimum),
}


def _strict(x: Interval, sound: np.ndarray) -> Interval:
    return Interval(x.low, x.high, x.sound & sound)


def _power(expression: sp.Pow, known: dict) -> Interval:
    base, exponent = expression.args
    if exponent.free_symbols:
        return _exponential(_multiply(_enclose(exponent, known), _RULES[sp.log](_enclose(base, known))))
    x = _enclose(base, known)
    if exponent.is_negative:
        return _reciprocal(_positive_power(x, -exponent))
    return _positive_power(x, exponent)


def _positive_power(x: Interval, exponent: sp.Expr) -> Interval:
    r = float(exponent)
    base = _absolute(x) if exponent.is_even else x
    rule = _rising(lambda t: np.power(t, r), lower=-np.inf if exponent.is_integer else 0.0)
    return _signed(rule(base), base.sign)


def _reciprocal(x: Interval) -> Interval:
    # A range that touches 0 still has one finite end.
    low = np.where((x.low >= 0.0) & (x.high > 0.0), 1.0 / x.high, -np.inf)
    high = np.where((x.high <= 0.0) & (x.low < 0.0), 1.0 / x.low, np.inf)
    low = np.where(x.high < 0.0, 1.0 / x.high, low)
    high = np.where(x.low > 0.0, 1.0 / x.low, high)
    return _signed(_outward(low, high, x.sound & (x.sign != 0.0)), x.sign)


def _piecewise(expression: sp.Piecewise, known: dict) -> Interval:
    """Enclose by the hull of the parts that are possible on the box; sound where just one is."""
    shape = next(iter(known.values())).low.shape
    low, high = np.full(shape, np.inf), np.full(shape, -np.inf)
    open_, sound, choices = np.ones(shape, bool), np.ones(shape, bool), np.zeros(shape, int)
    for value, condition in expression.args:
        always, never = _holds(condition, known)
        possible = open_ & ~never
        part = _enclose(value, known)
        low, high = (
            np.where(possible, np.minimum(low, part.low), low),
            np.where(possible, np.maximum(high, part.high), high),
        )
        sound &= part.sound | ~possible
        choices += possible
        open_ &= ~always
    # Where no condition holds there is no value.
    empty = choices == 0
    return Interval(np.where(empty, -np.inf, low), np.where(empty, np.inf, high), sound & (choices == 1) & ~open_)


def _holds(condition: sp.Basic, known: dict) -> tuple[np.ndarray, np.ndarray]:
    """Return where a condition holds on the whole box, and where on no point of it."""
    shape = next(iter(known.values())).low.shape
    if condition in (sp.true, sp.false):
        value = np.full(shape, condition == sp.true)
        return value, ~value
    if isinstance(condition, sp.Not):
        return _holds(condition.args[0], known)[::-1]
    if isinstance(condition, (sp.And, sp.Or)):
        parts = [_holds(part, known) for part in condition.args]
        join = (np.logical_and, np.logical_or) if isinstance(condition, sp.And) else (np.logical_or, np.logical_and)
        return tuple(rule.reduce([part[k] for part in parts]) for k, rule in enumerate(join))
    if isinstance(condition, (sp.StrictLessThan, sp.LessThan)):
        gap = _enclose(condition.lhs - condition.rhs, known)
        return gap.high < 0.0, gap.low > 0.0
    if isinstance(condition, (sp.StrictGreaterThan, sp.GreaterThan)):
        gap = _enclose(condition.lhs - condition.rhs, known)
        return gap.low > 0.0, gap.high < 0.0
    if isinstance(condition, (sp.Equality, sp.Unequality)):
        gap = _enclose(condition.lhs - condition.rhs, known)
        equal, apart = (gap.low == 0.0) & (gap.high == 0.0), gap.sign != 0.0
        return (equal, apart) if isinstance(condition, sp.Equality) else (apart, equal)
    raise NoBounds(f"there is no rule for bounds under the condition {condition}")
