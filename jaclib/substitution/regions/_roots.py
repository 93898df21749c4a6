"""The zeros of an expression in one variable, as formulas in the others."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import sympy as sp
from sympy.functions.elementary.trigonometric import InverseTrigonometricFunction

from jaclib.substitution._effort import attempt

SOLVE_SECONDS = 2.0
SIMPLIFY_SECONDS = 1.0
# Longer equations are not given to SymPy.
LONG = 40
# Nothing is simpler than a formula as short as that.
SHORT = 3
# How many periods of an angle are covered on either side.
TURNS = 1
BISECTIONS = 60


@lru_cache(maxsize=1024)
def root_formulas(expression: sp.Expr, variable: sp.Symbol) -> tuple[tuple[sp.Expr, ...], bool]:
    """Return formulas for the zeros, and whether they are known to be all; some may not be real, or not be zeros.

    Parameters
    ----------
    expression : Expr
        In real dummies.
    variable : Dummy
        What to solve for.
    """
    for method, complete in ((_polynomial, True), (_trigonometric, True), (_by_sympy, False)):
        found = attempt(SOLVE_SECONDS, lambda method=method: method(expression, variable))
        if found is not None:
            return tuple(dict.fromkeys(map(_tidy, found))), complete
    return (), False


def _tidy(root: sp.Expr) -> sp.Expr:
    """Return the shortest of a few forms; the simplest limits are chosen in the end anyway."""
    if sp.count_ops(root) <= SHORT:
        return root
    forms = [attempt(SIMPLIFY_SECONDS, lambda form=form: form(root), root) for form in (sp.expand, sp.factor)]
    return min([root, *forms], key=sp.count_ops)


def _polynomial(expression: sp.Expr, variable: sp.Symbol) -> list[sp.Expr] | None:
    if not expression.is_polynomial(variable):
        return None
    coefficients = sp.Poly(expression, variable).all_coeffs()
    if len(coefficients) == 2:
        a, b = coefficients
        return [-b / a]
    if len(coefficients) == 3:
        a, b, c = coefficients
        root = _square_root(b**2 - 4 * a * c)
        return [(-b - root) / (2 * a), (-b + root) / (2 * a)]
    return None


def _square_root(expression: sp.Expr) -> sp.Expr:
    """Return the square root with all squares in front of it: 2*sqrt(4 - r**2), not sqrt(-4*(r - 2)*(r + 2))."""
    number, factors = sp.factor_list(expression)
    inside, outside = sp.Integer(-1 if number.is_negative else 1), sp.sqrt(sp.Abs(number))
    for factor, power in factors:
        outside *= sp.Abs(factor) ** (power // 2)
        inside *= factor ** (power % 2)
    return outside * sp.sqrt(sp.expand(inside))


def _trigonometric(expression: sp.Expr, variable: sp.Symbol) -> list[sp.Expr] | None:
    """Solve a cos θ + b sin θ + c = 0, and polynomials in cos θ or sin θ alone, for θ = k · variable + shift."""
    expanded = sp.expand(expression)
    waves = [f for f in expanded.atoms(sp.sin, sp.cos) if variable in f.free_symbols]
    angles = {f.args[0] for f in waves}
    if len(angles) != 1:
        return None
    (angle,) = angles
    line = angle.as_poly(variable)
    if line is None or line.degree() != 1:
        return None
    rate, shift = line.all_coeffs()
    if not rate.is_number:
        return None
    c, s = sp.Dummy("c", real=True), sp.Dummy("s", real=True)
    algebraic = expanded.xreplace({sp.cos(angle): c, sp.sin(angle): s})
    if variable in algebraic.free_symbols:
        return None
    thetas = _linear_wave(algebraic, c, s) or _power_of_one_wave(algebraic, c, s)
    if thetas is None:
        return None
    reach = TURNS * (1 + abs(int(rate)))
    return [(theta + 2 * sp.pi * k - shift) / rate for theta in thetas for k in range(-reach, reach + 1)]


def _linear_wave(algebraic: sp.Expr, c: sp.Symbol, s: sp.Symbol) -> list[sp.Expr] | None:
    wave = algebraic.as_poly(c, s)
    if wave is None or wave.total_degree() != 1:
        return None
    a, b, constant = wave.coeff_monomial(c), wave.coeff_monomial(s), wave.coeff_monomial(1)
    if constant == 0:
        first = sp.atan2(a, -b)
        return [first, first + sp.pi]
    if b == 0:
        return [sp.acos(-constant / a), -sp.acos(-constant / a)]
    if a == 0:
        return [sp.asin(-constant / b), sp.pi - sp.asin(-constant / b)]
    middle, half = sp.atan2(b, a), sp.acos(-constant / sp.sqrt(a**2 + b**2))
    return [middle - half, middle + half]


def _power_of_one_wave(algebraic: sp.Expr, c: sp.Symbol, s: sp.Symbol) -> list[sp.Expr] | None:
    for wave, other, inverse in ((c, s, _from_cosine), (s, c, _from_sine)):
        alone = sp.expand(algebraic).replace(
            lambda part, other=other: part.is_Pow and part.base == other and part.exp.is_even,
            lambda part, wave=wave: (1 - wave**2) ** (part.exp / 2),
        )
        polynomial = sp.expand(alone).as_poly(wave) if other not in alone.free_symbols else None
        if polynomial is not None and 1 <= polynomial.degree() <= 2:
            return [theta for value in _polynomial(polynomial.as_expr(), wave) for theta in inverse(value)]
    return None


def _from_cosine(value: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    return sp.acos(value), -sp.acos(value)


def _from_sine(value: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    return sp.asin(value), sp.pi - sp.asin(value)


def _by_sympy(expression: sp.Expr, variable: sp.Symbol) -> list[sp.Expr] | None:
    # An equation between inverse functions costs SymPy long, and mostly in vain.
    inverse = [part for part in expression.atoms(InverseTrigonometricFunction) if variable in part.free_symbols]
    if len(inverse) > 1 or sp.count_ops(expression) > LONG:
        return None
    return [root for root in sp.solve(expression, variable) if not root.has(sp.CRootOf, sp.LambertW, sp.Piecewise)]


def sign_changes(function, grid: np.ndarray) -> np.ndarray:
    """Return the zeros of a vectorised function at which it changes sign between points of the grid; poles excluded."""
    values = function(grid)
    zeros = grid[values == 0.0]
    with np.errstate(all="ignore"):
        changes = np.flatnonzero(values[:-1] * values[1:] < 0.0)
    if not changes.size:
        return zeros
    a, b = grid[changes].copy(), grid[changes + 1].copy()
    left = values[changes]
    steepest = np.maximum(np.abs(left), np.abs(values[changes + 1]))
    for _ in range(BISECTIONS):
        middle = (a + b) / 2
        here = function(middle)
        same = np.sign(here) == np.sign(left)
        a, b = np.where(same, middle, a), np.where(same, b, middle)
    # At a pole the values grow; at a zero they shrink.
    shrinks = np.abs(function(a)) <= steepest
    return np.concatenate([zeros, ((a + b) / 2)[shrinks]])
