"""The absolute value of a determinant, and whether it vanishes identically."""

from __future__ import annotations

import numpy as np
import sympy as sp


def absolute(expression: sp.Expr) -> sp.Expr:
    """|expression|, factor by factor, so that only factors of unknown sign keep their bars."""
    return sp.Mul(*(sp.Abs(factor) for factor in sp.Mul.make_args(sp.factor(expression))))


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
