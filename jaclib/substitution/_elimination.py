"""Write an expression in the old variables in terms of u = S(x), without solving for x.

With u = xy and v = y/x, the expression x² + y² equals u/v + uv, whichever of the two solutions for x is taken.
Functions and roots become unknowns of a polynomial system together with the old variables; a Gröbner basis eliminates
them all, if the expression depends on u alone.
"""

from __future__ import annotations

import numpy as np
import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._region import Region, real_twin

ELIMINATION_SECONDS = 5.0
SAMPLES = 512


class Eliminator:
    """Rewrites expressions, given the formulas {new: expression in old} and what the old variables run over.

    References
    ----------
    D. Cox, J. Little, D. O'Shea, Ideals, Varieties, and Algorithms (4th ed., 2015), sections 3.1 and 7.3.
    """

    def __init__(self, formulas: dict[sp.Symbol, sp.Expr], region: Region):
        self.region = region
        self.new = {variable: real_twin(variable) for variable in formulas}
        self.old = set(region.twins.values())
        self.equations = [region.to_twins(e) - self.new[v] for v, e in formulas.items()]
        self.points = region.points(SAMPLES)
        self.images = [vectorised(e, region.variables)(*self.points) for e in formulas.values()]

    def rewrite(self, expression: sp.Expr) -> sp.Expr | None:
        """Return an expression in the new variables that has the same value at all sampled points, or None."""
        found = self._express(self.region.to_twins(expression.xreplace(self.new)))
        if found is None:
            return None
        result = found.xreplace({twin: variable for variable, twin in self.new.items()})
        return result if self._agree(expression, result) else None

    def _agree(self, expression: sp.Expr, result: sp.Expr) -> bool:
        first = vectorised(expression, (*self.region.variables, *self.new))(*self.points, *self.images)
        second = vectorised(result, tuple(self.new))(*self.images)
        known = np.isfinite(first) & np.isfinite(second)
        close = np.isclose(first[known], second[known], rtol=1e-7, atol=0.0)
        # At a few points rounding may be everything.
        return bool(known.mean() > 0.25 and close.mean() > 0.98)

    def _express(self, e: sp.Expr) -> sp.Expr | None:
        if not e.free_symbols & self.old:
            return e
        values: dict[sp.Dummy, sp.Expr] = {}
        plain = e
        for kernel in _outer_kernels(e):
            arguments = [self._express(argument) for argument in kernel.args]
            if None not in arguments:
                constant = sp.Dummy("c", real=True)
                values[constant] = kernel.func(*arguments)
                plain = plain.xreplace({kernel: constant})
        if plain.free_symbols & self.old:
            plain = attempt(ELIMINATION_SECONDS, lambda: self._eliminate(plain, list(values)))
        return None if plain is None else plain.xreplace(values)

    def _eliminate(self, e: sp.Expr, constants: list[sp.Dummy]) -> sp.Expr | None:
        """Solve the polynomial system {S(x) = u, e = w} for w, without the old variables."""
        w, reciprocal = sp.Dummy("w"), sp.Dummy("t")
        roots: dict[sp.Expr, sp.Dummy] = {}
        fractions = [
            sp.fraction(sp.together(_without_roots(_spread(equation), roots))) for equation in [*self.equations, e - w]
        ]
        # Division by zero is excluded: reciprocal · (all denominators) = 1.
        denominators = sp.Mul(*(denominator for _, denominator in fractions))
        system = [numerator for numerator, _ in fractions] + [reciprocal * denominators - 1]
        system += [root**base_exp.exp.q - base_exp.base for base_exp, root in roots.items()]
        kept = [w, *constants, *self.new.values()]
        unknowns = [g for g in sp.parallel_poly_from_expr(system)[1].gens if g not in kept]
        system += [
            g**2 + sp.cos(*g.args) ** 2 - 1 for g in unknowns if isinstance(g, sp.sin) and sp.cos(*g.args) in unknowns
        ]
        for polynomial in sp.groebner(system, *unknowns, *kept, order="lex").exprs:
            if polynomial.has(w) and polynomial.free_symbols <= set(kept):
                in_w = sp.Poly(polynomial, w)
                if in_w.degree() == 1:
                    return sp.factor(-in_w.coeff_monomial(1) / in_w.coeff_monomial(w))
        return None


def _outer_kernels(e: sp.Expr) -> list[sp.Expr]:
    """Return the functions and roots in e that are not inside of others."""
    if isinstance(e, sp.Function) or (e.is_Pow and not e.exp.is_Integer):
        return [e]
    return list(dict.fromkeys(kernel for part in e.args for kernel in _outer_kernels(part)))


def _spread(e: sp.Expr) -> sp.Expr:
    """Write exp(a + b) and log(a·b) as products and sums, so that equal parts are seen as equal."""
    return sp.expand(sp.expand_log(sp.expand(e, power_exp=True)))


def _without_roots(e: sp.Expr, roots: dict[sp.Expr, sp.Dummy]) -> sp.Expr:
    """Replace each root base**(p/q) by the p-th power of an unknown, collected in `roots` by base**(1/q)."""

    def unknown(power):
        key = sp.Pow(power.base, sp.Rational(1, power.exp.q), evaluate=False)
        return roots.setdefault(key, sp.Dummy("root")) ** power.exp.p

    return e.replace(lambda part: part.is_Pow and part.exp.is_Rational and not part.exp.is_Integer, unknown)
