"""A determinant, its absolute value, and whether it vanishes identically."""

from __future__ import annotations

import numpy as np
import sympy as sp
from sympy.matrices.utilities import dotprodsimp

from jaclib.substitution._effort import attempt
from jaclib.substitution._region import Region
from jaclib.substitution._signs import factors

EXPANSION_SECONDS = 5.0


def determinant(matrix: sp.Matrix) -> sp.Expr:
    """Return det(matrix), with SymPy's simplification of each partial sum as far as there is time for it."""
    if matrix.is_lower or matrix.is_upper:
        return sp.Mul(*matrix.diagonal())
    found = attempt(EXPANSION_SECONDS, lambda: matrix.det(method="berkowitz"))
    if found is None:
        with dotprodsimp(False):
            found = matrix.det(method="berkowitz")
    return found


def absolute(expression: sp.Expr) -> sp.Expr:
    """|expression|, factor by factor, so that only factors of unknown sign keep their bars."""
    return sp.Mul(*(sp.Abs(factor) for factor in sp.Mul.make_args(sp.factor(expression))))


def absolute_on(expression: sp.Expr, region: Region, sampled: bool = False) -> sp.Expr:
    """|expression| on the region, without bars where the sign is proved, or if `sampled` was seen at many points."""
    result = sp.Integer(1)
    for factor in factors(expression, region):
        known = factor.sign and (factor.proved or sampled)
        result *= factor.sign * factor.expression if known else sp.Abs(region.to_twins(factor.expression))
    return region.from_twins(result)


def is_zero(det: sp.Expr, twins: dict[sp.Symbol, sp.Dummy]) -> bool:
    """Whether det vanishes identically: as an expression, or at each of 16 generic points where it is real."""
    if det == 0:
        return True
    real = det.xreplace(twins)
    if real.is_zero is False or not real.free_symbols:
        return bool(real.is_zero)
    symbols = sorted(real.free_symbols, key=str)
    generator = np.random.default_rng(0)
    draws = generator.uniform(0.3, 2.3, (16, len(symbols)))
    values = []
    for row in draws:
        point = {
            s: sp.Rational(float(value)) * (-1 if s.is_negative else 1) for s, value in zip(symbols, row, strict=True)
        }
        # 30 digits: cancellation to zero cannot be taken for a small determinant.
        values.append(abs(sp.N(real.xreplace(point), 30, maxn=200)))
    finite = [value for value in values if value.is_number and value.is_finite]
    return bool(finite) and all(value < 1e-20 for value in finite)
