r"""A differentiable map x = T(u) with its Jacobian matrix and determinant: all that needs no limits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import sympy as sp

from jaclib.substitution._boundary import read_limits, read_mapping
from jaclib.substitution._declared import declared_ranges
from jaclib.substitution._determinant import absolute, absolute_on, determinant, is_zero
from jaclib.substitution._effort import attempt
from jaclib.substitution._inverse import formulas_of_old, read_old
from jaclib.substitution._refusals import refuse_jumps, refuse_mixed_variables
from jaclib.substitution._region import Region, real_twin

SIMPLIFY_SECONDS = 5.0


class DifferentiableMap:
    """The map T of a `Substitution`, which see for the arguments and the errors.

    Attributes
    ----------
    old, new : tuple of Symbol
    formulas : dict or None
        Old variables as expressions in the new ones; None if there are none, and then `why_none` says why.
    inverse_formulas : dict or None
        New variables as expressions in the old ones, where they are known.
    given_ranges : dict or None
        What the new variables run over, if that was said.
    image_ranges : dict or None
        What the old variables then run over, if that is known.
    kept : dict
        Expressions in the new variables of symbols that the formulas once had, whose declared signs were used.
    """

    def __init__(self, mapping: Mapping[sp.Symbol, sp.Expr], new, *, ranges=None):
        expressions, new = read_mapping("Substitution", mapping, new)
        inverse, why_none = None, ""
        if set(expressions) == set(new):
            old = read_old("Substitution", expressions, new)
            inverse = {variable: expressions[variable] for variable in new}
            expressions, why_none = formulas_of_old(inverse, Region(declared_ranges(old)))
            if expressions is not None:
                expressions = {variable: expressions[variable] for variable in old}
        else:
            old = tuple(expressions)
        self._define(old, new, expressions, inverse, ranges=ranges, why_none=why_none)

    @classmethod
    def from_parts(cls, old, new, formulas, inverse_formulas=None, **more):
        """Return a map from what is known of it, without solving; the arguments are those of `_define`."""
        result = cls.__new__(cls)
        result._define(old, new, formulas, inverse_formulas, **more)
        return result

    def _define(
        self,
        old,
        new,
        formulas,
        inverse_formulas=None,
        *,
        ranges=None,
        image_ranges=None,
        why_none="",
        kept=None,
        det=None,
        note="",
    ) -> None:
        self.old: tuple[sp.Symbol, ...] = tuple(old)
        self.new: tuple[sp.Symbol, ...] = tuple(new)
        self.formulas: dict[sp.Symbol, sp.Expr] | None = formulas
        self.inverse_formulas: dict[sp.Symbol, sp.Expr] | None = inverse_formulas
        self.why_none: str = why_none
        self.kept: dict[sp.Symbol, sp.Expr] = kept or {}
        self._note = note
        known, inputs = (formulas, self.new) if formulas is not None else (inverse_formulas, self.old)
        refuse_mixed_variables(known, inputs)
        refuse_jumps(known, inputs)
        self.given_ranges: dict | None = (
            None if ranges is None else read_limits("Substitution: ranges", ranges, self.new)
        )
        self.image_ranges: dict | None = image_ranges
        if det is not None:
            self.det = det
        if is_zero(self.det, self.twins):
            raise ValueError(
                f"Substitution: det J is identically zero for {self!r}, expected independent new variables. The map "
                "flattens every region to one of volume zero, so it cannot be a change of variables."
            )

    @property
    def mapping(self) -> dict[sp.Symbol, sp.Expr]:
        """Old variables as expressions in the new ones."""
        if self.formulas is None:
            raise ValueError(
                f"Substitution: there is no formula for {self.old} in terms of {self.new}: {self.why_none}"
            )
        return self.formulas

    @property
    def ranges(self) -> dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]:
        """What the new variables run over: as given, otherwise what the symbols declare, as limits for `integrate`."""
        if self.given_ranges is not None:
            return dict(self.given_ranges)
        return declared_ranges(self.new)

    @cached_property
    def twins(self) -> dict[sp.Symbol, sp.Dummy]:
        """Each symbol of the map with a dummy that is known to be real: that makes Abs(r)**2 equal r**2."""
        known = self.formulas if self.formulas is not None else self.inverse_formulas
        symbols = set(self.old + self.new).union(*(expression.free_symbols for expression in known.values()))
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
        if self.formulas is not None:
            return self.from_twins(self._derivatives(self.formulas, self.old, self.new))
        inverse = self._derivatives(self.inverse_formulas, self.new, self.old).inv()
        return self.from_twins(attempt(SIMPLIFY_SECONDS, lambda: inverse.applyfunc(sp.simplify), inverse))

    def _derivatives(self, formulas, outputs, inputs) -> sp.Matrix:
        rows = sp.Matrix([self.to_twins(formulas[output]) for output in outputs])
        return rows.jacobian([self.twins[variable] for variable in inputs])

    @cached_property
    def det(self) -> sp.Expr:
        """The determinant of J, simplified; its sign tells whether T keeps orientation."""
        if self.formulas is not None:
            return self.simplified(determinant(self._derivatives(self.formulas, self.old, self.new)))
        inverse = determinant(self._derivatives(self.inverse_formulas, self.new, self.old))
        shorter = self.to_twins(self.simplified(inverse))
        return self.simplified(1 / shorter) if shorter != 0 else sp.Integer(0)

    def simplified(self, expression: sp.Expr) -> sp.Expr:
        """Return the expression simplified as far as there is time, under what is declared."""
        twinned = self.to_twins(expression)
        return self.from_twins(attempt(SIMPLIFY_SECONDS, lambda: sp.factor(sp.simplify(twinned)), twinned))

    @cached_property
    def scale(self) -> sp.Expr:
        """The factor |det J|, without the bars only where declared assumptions or given ranges prove the sign."""
        if self.given_ranges is not None and self.formulas is not None:
            return absolute_on(self.det, Region(self.given_ranges))
        return self.from_twins(absolute(self.to_twins(self.det)))

    def __repr__(self) -> str:
        known = self.formulas if self.formulas is not None else self.inverse_formulas
        inside = ", ".join(f"{key}: {expression}" for key, expression in known.items())
        ranges = "" if self.given_ranges is None else f", ranges={self.given_ranges}"
        note = f"  # {self._note}" if self._note else ""
        return f"Substitution({{{inside}}}, new={self.new}{ranges}){note}"

    def _repr_latex_(self) -> str:
        known = self.formulas if self.formulas is not None else self.inverse_formulas
        lines = [f"{sp.latex(key)} &= {sp.latex(expression)}" for key, expression in known.items()]
        lines.append(rf"\left|\det J\right| &= {sp.latex(self.scale)}")
        return r"$\displaystyle \begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}$"
