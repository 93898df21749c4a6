"""The limits that were found for a region, and the steps that lead to them."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from jaclib.substitution.regions._checking import LimitsCheck
from jaclib.substitution.regions._domain import range_text

Limits = dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]


@dataclass(frozen=True)
class BoundaryStep:
    """What becomes of one inequality, or of one side of a polygon.

    Attributes
    ----------
    old : Relational
        In the old variables.
    new : Relational
        The same in the new variables, simplified.
    shown : str
        How the old one is called in the text.
    result : str
        What it says about the new variables, "r <= 2"; "always" or "never" if it does not depend on them; empty if
        that takes more than two alternatives.
    """

    old: sp.core.relational.Relational
    new: sp.core.relational.Relational
    shown: str
    result: str

    def __str__(self) -> str:
        new = relation_text(self.new)
        if self.result in ("always", "never"):
            return f"{self.shown} becomes {new}, which {self.result} holds."
        more = f", that is {self.result}" if self.result not in ("", new) else ""
        return f"{self.shown} becomes {new}{more}."


@dataclass(frozen=True)
class FoundLimits:
    """What `Substitution.find_limits` returns; it prints as the steps from the region to the limits.

    Attributes
    ----------
    pieces : tuple of dict
        Limits of the new variables, as `Substitution.integrate` takes them: each {variable: (lower, upper)} with
        the outermost variable first. Together they reach every point of the region once.
    boundaries : tuple of BoundaryStep
    notes : tuple of str
        Which ranges of the new variables are enough to reach every point once, and why.
    check : LimitsCheck
        The comparison with the region.
    limits, steps
    """

    pieces: tuple[Limits, ...]
    boundaries: tuple[BoundaryStep, ...]
    notes: tuple[str, ...]
    check: LimitsCheck

    @property
    def limits(self) -> Limits | list[Limits]:
        """The limits: a dictionary, or a list of dictionaries if the region had to be split."""
        return dict(self.pieces[0]) if len(self.pieces) == 1 else [dict(piece) for piece in self.pieces]

    @property
    def steps(self) -> list[str]:
        """The way to the limits, one step a line, in plain text."""
        shown = [limits_text(piece) for piece in self.pieces]
        if len(shown) == 1:
            result = [f"Limits: {shown[0]}."]
        else:
            result = [f"Limits, part {k} of {len(shown)}: {text}." for k, text in enumerate(shown, 1)]
        return [*self.notes, *map(str, self.boundaries), *result, f"Check: {self.check}."]

    def __repr__(self) -> str:
        return "\n".join(f"{k}. {step}" for k, step in enumerate(self.steps, 1))

    def _repr_latex_(self) -> str:
        rows = []
        for step in self.boundaries:
            rows.append(rf"{sp.latex(step.old)} \;&\Rightarrow\; {sp.latex(step.new)}")
        for piece in self.pieces:
            ranges = (rf"{_end(a)} {sp.latex(v)} {_end(b, before=True)}" for v, (a, b) in piece.items())
            rows.append("&" + r",\quad ".join(ranges))
        return r"$\displaystyle \begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}$"


def limits_text(piece: Limits) -> str:
    """Write limits as a learner does: 0 <= r <= 2, 0 <= t <= pi/2."""
    return ", ".join(range_text(variable, *ends) for variable, ends in piece.items())


def relation_text(relation) -> str:
    """Write an equation with one sign of equality; SymPy prints Eq(a, b)."""
    return f"{relation.lhs} = {relation.rhs}" if isinstance(relation, sp.Eq) else str(relation)


def _end(bound: sp.Expr, before: bool = False) -> str:
    if bound.is_infinite:
        return ""
    return rf"\le {sp.latex(bound)}" if before else rf"{sp.latex(bound)} \le"
