r"""A differentiable map x = T(u) with its Jacobian matrix and determinant: all that needs no limits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import sympy as sp

from jaclib.substitution._boundary import read_mapping, read_variables
from jaclib.substitution._determinant import absolute, is_zero
from jaclib.substitution._effort import attempt
from jaclib.substitution._inverse import invert
from jaclib.substitution._refusals import refuse_jumps, refuse_mixed_variables
from jaclib.substitution._region import real_twin

SIMPLIFY_SECONDS = 5.0


class DifferentiableMap:
    """The map T of a `Substitution`, which see for the arguments and the errors.

    Attributes
    ----------
    old, new : tuple of Symbol
    mapping : dict
        Old variables as expressions in the new ones.
    """

    def __init__(self, mapping: Mapping[sp.Symbol, sp.Expr], new):
        expressions, self.new = read_mapping("Substitution", mapping, new)
        if set(expressions) == set(self.new):
            expressions = invert("Substitution", expressions, self.new)
        self.mapping: dict[sp.Symbol, sp.Expr] = expressions
        self.old: tuple[sp.Symbol, ...] = read_variables("Substitution", "mapping", tuple(expressions))
        refuse_mixed_variables(self.mapping, self.new)
        refuse_jumps(self.mapping, self.new, self.twins)
        if is_zero(self.det, self.twins):
            raise ValueError(
                f"Substitution: det J is identically zero for {self!r}, expected independent new variables. The map "
                "flattens every region to one of volume zero, so it cannot be a change of variables."
            )

    @cached_property
    def twins(self) -> dict[sp.Symbol, sp.Dummy]:
        """Each symbol of the mapping with a dummy that is known to be real: that makes Abs(r)**2 equal r**2."""
        symbols = set(self.new).union(*(expression.free_symbols for expression in self.mapping.values()))
        return {symbol: real_twin(symbol) for symbol in symbols}

    def to_twins(self, expression):
        """Replace the symbols by their twins, for derivatives and simplification."""
        return expression.xreplace(self.twins)

    def from_twins(self, expression):
        """Replace the twins by the symbols."""
        return expression.xreplace({twin: symbol for symbol, twin in self.twins.items()})

    @cached_property
    def jacobian(self) -> sp.Matrix:
        """The matrix J[i, j] = ∂(old i)/∂(new j), of shape (n, n)."""
        outputs = sp.Matrix([self.to_twins(expression) for expression in self.mapping.values()])
        matrix = outputs.jacobian([self.twins[variable] for variable in self.new])
        return self.from_twins(matrix)

    @cached_property
    def det(self) -> sp.Expr:
        """The determinant of J, simplified; its sign tells whether T keeps orientation."""
        matrix = self.to_twins(self.jacobian)
        raw = matrix.det(method="berkowitz")
        return self.from_twins(attempt(SIMPLIFY_SECONDS, lambda: sp.factor(sp.simplify(raw)), raw))

    @cached_property
    def scale(self) -> sp.Expr:
        """The factor |det J|, without the bars only where the declared assumptions prove the sign."""
        return self.from_twins(absolute(self.to_twins(self.det)))

    def __repr__(self) -> str:
        inside = ", ".join(f"{old}: {expression}" for old, expression in self.mapping.items())
        return f"Substitution({{{inside}}}, new={self.new})"

    def _repr_latex_(self) -> str:
        lines = [f"{sp.latex(old)} &= {sp.latex(expression)}" for old, expression in self.mapping.items()]
        lines.append(rf"\left|\det J\right| &= {sp.latex(self.scale)}")
        return r"$\displaystyle \begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}$"
