"""Where an expression changes sign or vanishes on a region: proved from assumptions or exact zeros, else sampled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._region import Region

SAMPLES = 4096
SOLVE_SECONDS = 2.0


@dataclass(frozen=True)
class Factor:
    """One factor of an expression on a region.

    Attributes
    ----------
    expression : Expr
        In the region's variables.
    sign : int
        +1 or −1 if it keeps its sign (zeros of measure zero apart), 0 if it changes sign.
    proved : bool
        Whether `sign` follows from assumptions or exact zeros; otherwise it was seen at sampled points.
    zeros : tuple of Eq
        Where it vanishes, the ends of the range included, as far as that was found.
    """

    expression: sp.Expr
    sign: int
    proved: bool
    zeros: tuple[sp.Eq, ...]


def factors(expression: sp.Expr, region: Region) -> list[Factor]:
    """Split `expression` into factors and find the sign and the zeros of each on the region."""
    twinned = region.to_twins(expression)
    product = attempt(SOLVE_SECONDS, lambda: sp.factor(twinned), twinned)
    parts: dict[sp.Expr, sp.Expr] = {}
    for part in sp.Mul.make_args(product):
        base, exponent = part.as_base_exp()
        # An even power keeps no sign of its base, an odd one does; others are positive where real.
        parts[part] = base if exponent.is_integer and exponent.is_number else part
    return [_analyse(part, base, region) for part, base in parts.items()]


def _analyse(part: sp.Expr, base: sp.Expr, region: Region) -> Factor:
    shown = region.from_twins(part)
    zeros, changes = _zeros(base, region)
    if part.is_nonnegative or part.is_nonpositive:
        return Factor(shown, 1 if part.is_nonnegative else -1, True, zeros)
    values = sampled(shown, region)
    sign = sampled_sign(values)
    # An exact list of zeros that holds no sign change proves that the sign is the same everywhere.
    return Factor(shown, sign, changes is not None and (sign == 0) == changes, zeros)


def _zeros(base: sp.Expr, region: Region) -> tuple[tuple[sp.Eq, ...], bool | None]:
    """Zeros of a factor in one variable with constant limits, and whether any of them is inside (None: not known)."""
    symbols = base.free_symbols
    if len(symbols) != 1 or not region.is_box:
        return (), None
    twin = symbols.pop()
    variable = next((v for v, t in region.twins.items() if t == twin), None)
    if variable is None:
        return (), None
    lower, upper = region.limits[variable]
    # The twin excludes the ends of the range where it is declared positive: solve for a variable that is only
    # real.
    real = sp.Dummy(twin.name, real=True)
    found = attempt(SOLVE_SECONDS, lambda: sp.solveset(base.xreplace({twin: real}), real, sp.Interval(lower, upper)))
    if found is sp.S.EmptySet:
        return (), False
    if not isinstance(found, sp.FiniteSet):
        return (), None
    inside = [zero for zero in found if zero not in (lower, upper)]
    values = sampled(region.from_twins(base), region)
    return tuple(sp.Eq(variable, zero, evaluate=False) for zero in sorted(found, key=sp.N)), bool(
        inside and sampled_sign(values) == 0
    )


def sampled(expression: sp.Expr, region: Region) -> np.ndarray:
    """Values of `expression` at quasi-random points of the region."""
    return vectorised(expression, region.variables)(*region.points(SAMPLES))


def sampled_sign(values: np.ndarray) -> int:
    """+1 or −1 if all values that differ from zero by more than rounding have this sign, 0 if both occur."""
    values = values[np.isfinite(values)]
    if values.size == 0:
        return 0
    threshold = 1e-13 * float(np.median(np.abs(values)))
    positive, negative = bool((values > threshold).any()), bool((values < -threshold).any())
    return int(positive) - int(negative)
