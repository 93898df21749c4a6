"""What `u_substitution` returns: the parts of the solution, which print as its steps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy as sp

from jaclib.substitution._results import IntegralValue
from jaclib.substitution.one_dim import writing as write
from jaclib.substitution.one_dim.story import tell
from jaclib.substitution.one_dim.suggest import Suggestion


@dataclass(frozen=True)
class NewIntegral:
    """One integral in u.

    Attributes
    ----------
    variable, symbol : Symbol
        The old and the new variable.
    x_limits, u_limits : tuple of two Expr
        Signed: in the direction of the original integral.
    integrand : Expr
        In the new symbol.
    inverse : Expr or None
        x in terms of the new symbol, where it was needed to rewrite the integrand.
    antiderivative : Expr or None
        F(u) with F′ = `integrand`, if the value was found from it.
    """

    variable: sp.Symbol
    symbol: sp.Symbol
    x_limits: tuple[sp.Expr, sp.Expr]
    u_limits: tuple[sp.Expr, sp.Expr]
    integrand: sp.Expr
    inverse: sp.Expr | None
    antiderivative: sp.Expr | None = None

    @property
    def integral(self) -> sp.Integral:
        """The integral, not evaluated."""
        return sp.Integral(self.integrand, (self.symbol, *self.u_limits))

    def reversed(self) -> NewIntegral:
        """Return the same with the limits exchanged."""
        return replace(self, x_limits=self.x_limits[::-1], u_limits=self.u_limits[::-1])


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
    breaks : tuple of Expr
        Where else the range is split: the integrand is infinite, jumps, or has a corner, or du = 0 and x has another
        formula on each side.
    integrals : tuple of NewIntegral
        Their sum is the value. More than one if the range had to be split.
    result : IntegralValue
    value, error, method
        Those of `result`.
    chosen : Suggestion
        The substitution that was made, with the reason if it was found and not given.
    suggestions : tuple of Suggestion
        The useful ones that were found, the best first; empty if u was given.
    steps : list of str
        What a learner would write, in plain text.
    """

    original: sp.Integral
    u: sp.Expr
    du: sp.Expr
    turning_points: tuple[sp.Expr, ...]
    breaks: tuple[sp.Expr, ...]
    integrals: tuple[NewIntegral, ...]
    result: IntegralValue
    chosen: Suggestion
    suggestions: tuple[Suggestion, ...] = ()

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
        """The solution, one step an entry."""
        return [" ".join(map(write.plain, step)) for step in tell(self)]

    def __repr__(self) -> str:
        return "\n".join([_original(self).plain, *(f"{k}. {line}" for k, line in enumerate(self.steps, 1))])

    def _repr_latex_(self) -> str:
        rows = [f"& {_original(self).latex}"]
        for k, step in enumerate(tell(self), 1):
            lines = [row for line in step for row in write.wrapped(line)]
            starts = [rf"\text{{{k}.}}", *[rf"\phantom{{\text{{{k}.}}}}"] * (len(lines) - 1)]
            rows += [rf"& {start}\;\; {write.latex(row)}" for start, row in zip(starts, lines, strict=True)]
        return r"$\displaystyle \begin{aligned}" + r" \\[2pt] ".join(rows) + r"\end{aligned}$"


def _original(solution: USubstitution) -> write.Formula:
    x, a, b = solution.original.limits[0]
    return write.integral(solution.original.function, x, a, b)
