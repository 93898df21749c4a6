"""The written solution of a substitution in one variable: its parts, and its steps as text and as formulas."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from jaclib.substitution._results import IntegralValue


@dataclass(frozen=True)
class NewIntegral:
    """One integral in u.

    Attributes
    ----------
    x_limits, u_limits : tuple of two Expr
        Signed: in the direction of the original integral.
    integrand : Expr
        In the new symbol.
    inverse : Expr or None
        x in terms of the new symbol, where it was needed to rewrite the integrand.
    symbol : Symbol
    """

    x_limits: tuple[sp.Expr, sp.Expr]
    u_limits: tuple[sp.Expr, sp.Expr]
    integrand: sp.Expr
    inverse: sp.Expr | None
    symbol: sp.Symbol

    @property
    def integral(self) -> sp.Integral:
        """The integral, not evaluated."""
        return sp.Integral(self.integrand, (self.symbol, *self.u_limits))


@dataclass(frozen=True)
class USubstitution:
    """What `u_substitution` returns; it prints as its steps.

    Attributes
    ----------
    original : sympy.Integral
    u, du : Expr
        u as an expression in x, and u′(x).
    turning_points : tuple of Expr
        Where u turns or jumps inside the range; empty if u is one-to-one.
    integrals : tuple of NewIntegral
        Their sum is the value. More than one if the range had to be split.
    result : IntegralValue
    value, error, method
        Those of `result`.
    steps : list of str
        What a learner would write, in plain text.
    """

    original: sp.Integral
    u: sp.Expr
    du: sp.Expr
    turning_points: tuple[sp.Expr, ...]
    integrals: tuple[NewIntegral, ...]
    result: IntegralValue

    @property
    def value(self) -> sp.Expr | float:
        """The integral: exact, or a float."""
        return self.result.value

    @property
    def error(self) -> float:
        """0.0 if exact, else an estimate of the absolute error."""
        return self.result.error

    @property
    def method(self) -> str:
        """Either "exact" or "numeric"."""
        return self.result.method

    def __float__(self) -> float:
        return float(self.value)

    @property
    def steps(self) -> list[str]:
        """The solution, one step a line."""
        x = self.original.variables[0]
        symbol = self.integrals[0].symbol if self.integrals else sp.Symbol("u")
        lines = [f"Choose {symbol} = {self.u}.", f"Differentiate: d{symbol} = {_in_parentheses(self.du)} d{x}."]
        if not self.integrals:
            return [*lines, f"Both limits are {self.original.limits[0][1]}: the integral is 0."]
        if self.turning_points:
            points = ", ".join(str(point) for point in self.turning_points)
            consequence = (
                "split the range there."
                if len(self.integrals) > 1
                else f"but the integrand is one formula in {symbol} times d{symbol}, so no split is needed."
            )
            lines.append(f"{symbol} is not one-to-one: it turns or jumps at {x} = {points}; {consequence}")
        for part in self.integrals:
            (a, b), (c, d) = part.x_limits, part.u_limits
            lines.append(f"Convert the limits: {x} = {a} gives {symbol} = {c}; {x} = {b} gives {symbol} = {d}.")
            if part.inverse is not None:
                lines.append(f"There {x} = {part.inverse}.")
        total = " + ".join(_plain_integral(part) for part in self.integrals)
        lines.append(f"New integral: {total}.")
        lines.append(f"Value: {self.result!r}.")
        return lines

    def __repr__(self) -> str:
        (x, a, b) = self.original.limits[0]
        head = f"∫ from {a} to {b} of {_in_parentheses(self.original.function)} d{x}"
        return "\n".join([head, *(f"{k}. {line}" for k, line in enumerate(self.steps, 1))])

    def _repr_latex_(self) -> str:
        if not self.integrals:
            return rf"$\displaystyle {sp.latex(self.original)} = 0$"
        x, symbol = sp.latex(self.original.variables[0]), sp.latex(self.integrals[0].symbol)
        rows = [
            rf"{symbol} &= {sp.latex(self.u)}",
            rf"\mathrm{{d}}{symbol} &= {sp.latex(self.du)}\,\mathrm{{d}}{x}",
        ]
        for part in self.integrals:
            pairs = zip(part.x_limits, part.u_limits, strict=True)
            shown = [rf"{x} = {sp.latex(a)} \Rightarrow {symbol} = {sp.latex(c)}" for a, c in pairs]
            if part.inverse is not None:
                shown.append(f"{x} = {sp.latex(part.inverse)}")
            rows.append("& " + r",\quad ".join(shown))
        total = " + ".join(sp.latex(part.integral) for part in self.integrals)
        exact = self.method == "exact"
        shown = sp.latex(self.value) if exact else f"{self.value:.12g}"
        relation = "=" if exact else r"\approx"
        rows.append(f"{sp.latex(self.original)} &= {total} {relation} {shown}")
        return r"$\displaystyle \begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}$"


def _plain_integral(part: NewIntegral) -> str:
    c, d = part.u_limits
    return f"∫ from {c} to {d} of {_in_parentheses(part.integrand)} d{part.symbol}"


def _in_parentheses(expression: sp.Expr) -> str:
    return f"({expression})" if expression.is_Add else str(expression)
