"""What a caller hands over to a substitution becomes SymPy symbols, expressions and limits, or a clear error."""

from __future__ import annotations

import math
import numbers
import sys
import warnings
from collections.abc import Mapping

import sympy as sp

from jaclib import _validate


def read_expression(where: str, name: str, value) -> sp.Expr:
    """Return `value` as a real SymPy expression; strings and functions are refused, with the reason."""
    if isinstance(value, (bool, str)) or (callable(value) and not isinstance(value, sp.Basic)):
        raise TypeError(
            f"{where}: {name} is {_validate.describe(value)}, expected a SymPy expression or a number. Build it "
            "from symbols: x, y = sympy.symbols('x y'); x**2 + y."
        )
    try:
        expression = sp.sympify(value)
    except (sp.SympifyError, TypeError):
        expression = None
    if not isinstance(expression, sp.Expr):
        raise TypeError(f"{where}: {name} is {_validate.describe(value)}, expected a SymPy expression or a number.")
    if expression.has(sp.nan, sp.zoo):
        raise ValueError(f"{where}: {name} is {expression}, expected a finite expression.")
    if expression.has(sp.I):
        raise TypeError(f"{where}: {name} is {expression}, expected a real expression. Split it into re and im parts.")
    return expression


def warn_caller(message: str | Warning, category: type[Warning] | None = None) -> None:
    """Warn at the line outside of jaclib that led here, however deep inside jaclib the reason was found."""
    frame, level = sys._getframe(1), 2
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == "jaclib":
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)


# A variable with one of these keeps to a set of measure zero, so that nothing can be integrated over it.
_DISCRETE = ("is_integer", "is_rational", "is_algebraic", "is_zero", "is_infinite")


def read_variables(where: str, name: str, variables) -> tuple[sp.Symbol, ...]:
    """Return one symbol or a sequence of distinct symbols as a tuple."""
    symbols = (variables,) if isinstance(variables, sp.Symbol) else tuple(variables)
    for symbol in symbols:
        if not isinstance(symbol, sp.Symbol):
            raise TypeError(f"{where}: {name} has {_validate.describe(symbol)}, expected SymPy symbols.")
        if symbol.is_extended_real is False:
            raise ValueError(f"{where}: {symbol} is declared not real, expected a real variable.")
        if any(getattr(symbol, fact) for fact in _DISCRETE):
            raise ValueError(
                f"{where}: {symbol} is declared with {declared(symbol)}, expected a variable that fills an interval. "
                "SymPy simplifies by what is declared (sin(pi*n) is 0 for an integer n): declare real=True only."
            )
    if not symbols or len(set(symbols)) < len(symbols):
        raise ValueError(f"{where}: {name} is {symbols}, expected one or more distinct symbols.")
    return symbols


def refuse_namesakes(where: str, known: tuple[sp.Symbol, ...], expressions) -> None:
    """Raise if an expression has a symbol of the name of a known one but with other assumptions.

    SymPy holds such symbols for different, prints them alike, and would leave one where the other is
    replaced.
    """
    names = {symbol.name: symbol for symbol in known}
    for symbol in set().union(*(expression.free_symbols for expression in expressions)):
        twin = names.get(symbol.name)
        if twin is not None and twin != symbol:
            raise ValueError(
                f"{where}: there are two symbols called {symbol}, with assumptions {declared(twin)} and "
                f"{declared(symbol)}. SymPy treats them as different: create the symbol once and use it "
                "everywhere, or take it from the substitution: .old and .new."
            )


def declared(symbol: sp.Symbol) -> str:
    """Return the assumptions that `symbol` was created with, for messages."""
    facts = [f"{key}={value}" for key, value in symbol._assumptions_orig.items() if key != "commutative"]
    return "(" + ", ".join(facts) + ")" if facts else "(none)"


def read_mapping(where: str, mapping, new) -> tuple[dict[sp.Symbol, sp.Expr], tuple[sp.Symbol, ...]]:
    """Return the mapping {key: expression} and the new variables, equal in number."""
    if not isinstance(mapping, Mapping):
        raise TypeError(
            f"{where}: mapping is {_validate.describe(mapping)}, expected a dictionary such as {{x: r*cos(t), y: "
            "r*sin(t)}."
        )
    variables = read_variables(where, "new", new)
    keys = read_variables(where, "mapping", tuple(mapping))
    expressions = {key: read_expression(where, f"mapping[{key}]", mapping[key]) for key in keys}
    if len(keys) != len(variables):
        raise ValueError(
            f"{where}: {len(keys)} variables {keys} are mapped by {len(variables)} new variables {variables}, "
            "expected equal numbers. Only a square Jacobian matrix has a determinant."
        )
    refuse_namesakes(where, keys + variables, list(expressions.values()))
    refuse_namesakes(where, keys, variables)
    return expressions, variables


def read_limits(where: str, limits, variables: tuple[sp.Symbol, ...]) -> dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]:
    """Return {variable: (lower, upper)} ordered from the outermost integral to the innermost.

    Limits may depend on other variables, as in a region between two curves; then those variables come first.
    """
    pairs = _limit_pairs(where, limits)
    read: dict[sp.Symbol, tuple[sp.Expr, sp.Expr]] = {}
    for variable, bounds in pairs:
        if variable not in variables:
            refuse_namesakes(where, variables, [variable])
            raise ValueError(f"{where}: limits name {variable}, expected the new variables {variables}.")
        if variable in read:
            raise ValueError(f"{where}: limits name {variable} twice, expected one range per variable.")
        read[variable] = tuple(read_bound(where, variable, bound) for bound in bounds)
    missing = [variable for variable in variables if variable not in read]
    if missing:
        raise ValueError(f"{where}: limits give no range for {missing}, expected one for each of {variables}.")
    refuse_namesakes(where, variables, [bound for bounds in read.values() for bound in bounds])
    ordered: dict[sp.Symbol, tuple[sp.Expr, sp.Expr]] = {}
    while len(ordered) < len(variables):
        free = {v: set().union(*(bound.free_symbols for bound in read[v])) for v in variables if v not in ordered}
        unknown = set().union(*free.values()) - set(variables)
        if unknown:
            raise ValueError(
                f"{where}: limits contain {sorted(map(str, unknown))}, expected numbers and the new variables "
                f"{variables}. Put in a value for a parameter: expression.subs(R, 2)."
            )
        ready = [v for v in variables if v in free and free[v] <= set(ordered)]
        if not ready:
            raise ValueError(f"{where}: the limits of {sorted(map(str, free))} depend on each other in a circle.")
        ordered.update({v: read[v] for v in ready})
    for variable, (lower, upper) in ordered.items():
        _check_range(where, variable, lower, upper)
    return ordered


def _limit_pairs(where: str, limits) -> list[tuple[sp.Symbol, tuple]]:
    """Bring {r: (0, 2)}, [(r, 0, 2)] and (r, 0, 2) to one form."""
    shape = (
        f"{where}: limits are {_validate.describe(limits)}, expected {{r: (0, 2), t: (0, 2*pi)}} or [(r, 0, 2), (t, "
        "0, 2*pi)]."
    )
    if isinstance(limits, Mapping):
        pairs = list(limits.items())
    else:
        try:
            triples = [tuple(limits)] if isinstance(limits[0], sp.Symbol) else [tuple(triple) for triple in limits]
            pairs = [(triple[0], triple[1:]) for triple in triples]
        except (TypeError, IndexError, KeyError):
            raise TypeError(shape) from None
    for variable, bounds in pairs:
        if not isinstance(variable, sp.Symbol) or not hasattr(bounds, "__len__") or len(bounds) != 2:
            raise TypeError(shape)
    return pairs


def read_bound(where: str, variable: sp.Symbol, bound) -> sp.Expr:
    """Return one limit: a real number, ±oo, or an expression."""
    if isinstance(bound, numbers.Real) and not isinstance(bound, sp.Basic) and not math.isfinite(bound):
        raise ValueError(
            f"{where}: a limit of {variable} is the float {bound}, expected a number or an expression. For an "
            "infinite range write sympy.oo."
        )
    if bound is sp.nan or bound is sp.zoo:
        raise ValueError(f"{where}: a limit of {variable} is {bound}, expected a number or an expression.")
    expression = read_expression(where, f"a limit of {variable}", bound)
    if not expression.free_symbols and expression.is_extended_real is not True:
        value = expression.evalf()
        if not value.is_extended_real:
            raise ValueError(f"{where}: a limit of {variable} is {expression}, expected a real number.")
    return expression


# What a declared assumption requires of the range: lower ≥ 0, or upper ≤ 0.
_DECLARED_ENDS = (
    ("is_nonnegative", 0, lambda bound: bound >= 0),
    ("is_nonpositive", 1, lambda bound: bound <= 0),
)


def _check_range(where: str, variable: sp.Symbol, lower: sp.Expr, upper: sp.Expr) -> None:
    if not (lower.free_symbols or upper.free_symbols) and sp.N(lower - upper if lower != upper else 0) > 0:
        raise ValueError(
            f"{where}: the range of {variable} runs from {lower} down to {upper}, expected lower ≤ upper. |det J| "
            "measures sets, which have no direction; signed limits belong to u_substitution."
        )
    check_declared_range(where, variable, lower, upper)


def check_declared_range(where: str, variable: sp.Symbol, lower: sp.Expr, upper: sp.Expr) -> None:
    """Raise if a range with constant ends leaves the sign that the variable is declared with."""
    for fact, end, holds in _DECLARED_ENDS:
        bound = (lower, upper)[end]
        if getattr(variable, fact) and not bound.free_symbols and not holds(sp.N(bound)):
            raise ValueError(
                f"{where}: {variable} is declared with {declared(variable)}, but its range is ({lower}, {upper}). "
                "Declare the symbol without that assumption, or restrict the range."
            )
