"""SymPy expressions as vectorised NumPy functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import sympy as sp
from sympy.printing.codeprinter import PrintMethodNotImplementedError


def _as_numpy(function: Callable[[float], float]) -> Callable[[float], float]:
    """Return the function with inf and nan, as in NumPy, where Python raises for overflow or outside the domain."""

    def evaluate(x: float) -> float:
        try:
            return function(x)
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    return evaluate


# NumPy has no such functions, and jaclib does without SciPy; one value at a time is slow but right.
_EXTRA = {
    name: np.vectorize(_as_numpy(getattr(math, function)), otypes=[float])
    for name, function in {"erf": "erf", "erfc": "erfc", "gamma": "gamma", "loggamma": "lgamma"}.items()
}


def vectorised(expression: sp.Expr, variables: Sequence[sp.Symbol]) -> Callable[..., np.ndarray]:
    """Return f(*arrays) that evaluates `expression` at each point; nan where it is not real.

    Raises
    ------
    NotImplementedError
        When called, if the expression has a function that NumPy does not know.
    """

    @cache
    def compile_once():
        return sp.lambdify(list(variables), expression, modules=[_EXTRA, "numpy"], cse=True)

    def evaluate(*arrays):
        try:
            compiled = compile_once()
            with np.errstate(all="ignore"):
                values = np.asarray(compiled(*arrays))
        except (NameError, AttributeError, TypeError, PrintMethodNotImplementedError) as error:
            raise NotImplementedError(_no_values(expression, error)) from None
        if values.dtype.kind == "c":
            values = np.where(np.abs(values.imag) <= 1e-12 * np.abs(values), values.real, np.nan)
        # A constant expression forgets the shape of its arguments.
        shape = np.broadcast_shapes(*(np.shape(array) for array in arrays)) if arrays else ()
        return np.array(np.broadcast_to(values, shape), dtype=float)

    return evaluate


def has_values(expression: sp.Expr) -> bool:
    """Whether NumPy knows all functions of `expression`."""
    symbols = tuple(expression.free_symbols)
    try:
        vectorised(expression, symbols)(*np.full((len(symbols), 1), 0.7))
    except NotImplementedError:
        return False
    return True


def _no_values(expression: sp.Expr, error: Exception) -> str:
    """Say which functions of `expression` jaclib has no values of, and what to do."""
    unknown = getattr(error, "name", None) if isinstance(error, NameError) else None
    missing = f"the function {unknown}" if unknown else "all of its functions"
    return (
        f"{expression} cannot be evaluated in numbers: NumPy does not have {missing}. Write it in elementary functions "
        "or erf and gamma, or pass jaclib.integrate a function of your own that has values, as those of "
        "scipy.special have."
    )


def unreal_point(expression: sp.Expr, variables: Sequence[sp.Symbol], points: Sequence[np.ndarray]) -> dict | None:
    """Return the first of the points where `expression` is not real, or None."""
    values = vectorised(expression, variables)(*points)
    for k in np.flatnonzero(np.isnan(values)):
        point = {v: sp.Float(float(array[k])) for v, array in zip(variables, points, strict=True)}
        # nan may also come from overflow, as in exp(u) - exp(u): only a value that is not real counts.
        if not sp.N(expression.xreplace(point)).is_extended_real:
            return point
    return None


def real_value(expression: sp.Expr) -> float | None:
    """Return the float value of a constant expression (±inf allowed), or None if it is not real."""
    value = sp.N(expression, 20)
    if value in (sp.oo, -sp.oo):
        return float(value)
    real, imaginary = value.as_real_imag()
    if not (real.is_Number and imaginary.is_Number) or sp.nan in (real, imaginary):
        return None
    if imaginary != 0 and not abs(imaginary) <= 1e-12 * max(1, abs(real)) < sp.oo:
        return None
    return float(real)
