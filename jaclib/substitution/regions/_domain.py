"""The ranges of the new variables that reach every point once: r ≥ 0 and one turn of the angle, for polar ones.

Periods are those of the sines and cosines in the map. Symmetries T(σ(u)) = T(u) are looked for among the changes
u → −u and, for periodic variables, the shift by half a period and the reflection in a quarter of one; one that holds
at generic points halves a range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import sympy as sp
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from jaclib import _validate
from jaclib.substitution._boundary import check_declared_range, read_bound
from jaclib.substitution._declared import declared_ranges
from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._numeric import real_value, vectorised

DRAWS = 24
# Up to this many variables all symmetries are tried.
MAX_VARIABLES = 5


@dataclass(frozen=True)
class Domain:
    """Constant ranges of the new variables.

    Attributes
    ----------
    limits : dict
        Variable to (lower, upper), in the order of the new variables.
    periods : dict
        Variable to period, for those whose range is one whole period that may be cut anywhere.
    notes : tuple of str
        Why a range is what it is, one sentence each.
    """

    limits: dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]
    periods: dict[sp.Symbol, sp.Expr]
    notes: tuple[str, ...]


def find_domain(where: str, map_: DifferentiableMap, within) -> Domain:
    """Return the ranges of `within`, and for the other variables those that reach every point once."""
    given = _read_within(where, within, map_.new)
    notes = [f"Given: {range_text(v, *ends)}." for v, ends in given.items()]
    limits = {**_own_ranges(map_), **given}
    periods = {}
    values = _values(map_)
    for variable in map_.new:
        period = _period(map_, variable, values, limits)
        lower, upper = limits[variable]
        if not (lower.is_finite and upper.is_finite):
            lower, upper = sp.Integer(0), period
        if period is not None and upper - lower == period:
            limits[variable], periods[variable] = (lower, upper), period
    whole = {variable: (limits[variable], period) for variable, period in periods.items() if variable not in given}
    free = [v for v in map_.new if v in periods or limits[v] == (-sp.oo, sp.oo)]
    halved = []
    if len(map_.new) <= MAX_VARIABLES:
        halved = _break_symmetries(values, limits, periods, free, given)
    for variable, (ends, period) in whole.items():
        keep = f": keep {range_text(variable, *ends)}" if variable in periods else ""
        notes.append(f"{variable} + {period} gives the same point as {variable}{keep}.")
    notes += halved
    notes += _keep_real(values, limits, [v for v in map_.new if limits[v] == (-sp.oo, sp.oo) and v not in given])
    return Domain(limits, {v: period for v, period in periods.items() if v not in given}, tuple(notes))


def _own_ranges(map_: DifferentiableMap) -> dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]:
    """Return the constant ranges that come with the map, or what the symbols declare."""
    ranges = declared_ranges(map_.new)
    for variable, ends in map_.ranges.items():
        if not any(end.free_symbols for end in ends):
            ranges[variable] = ends
    return {variable: ranges[variable] for variable in map_.new}


def range_text(variable: sp.Symbol, lower, upper) -> str:
    """Write a range as a learner does: 0 <= r <= 2, with infinite ends left out."""
    left = "" if lower == -sp.oo else f"{lower} <= "
    right = "" if upper == sp.oo else f" <= {upper}"
    if left and not right:
        return f"{variable} >= {lower}"
    return f"{left}{variable}{right}" if left or right else f"all {variable}"


def _read_within(where: str, within, new) -> dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]:
    if within is None:
        return {}
    shape = f"{where}: within is {_validate.describe(within)}, expected ranges of new variables, {{{new[0]}: (0, 1)}}."
    if not isinstance(within, Mapping):
        raise TypeError(shape)
    read = {}
    for variable, ends in within.items():
        if variable not in new:
            raise ValueError(f"{where}: within names {variable}, expected new variables {new}.")
        if not isinstance(ends, (tuple, list, sp.Tuple)) or len(ends) != 2:
            raise TypeError(shape)
        lower, upper = (read_bound(where, variable, end) for end in ends)
        if lower.free_symbols or upper.free_symbols or not real_value(lower) < real_value(upper):
            raise ValueError(
                f"{where}: within gives {variable} the range ({lower}, {upper}), expected two constants, the lower one "
                "first."
            )
        check_declared_range(where, variable, lower, upper)
        read[variable] = (lower, upper)
    return read


def _period(map_: DifferentiableMap, variable: sp.Symbol, values, limits) -> sp.Expr | None:
    """Return the period of the map in a variable, if that occurs in sines and cosines of its multiples only."""
    waves = set().union(*(expression.atoms(TrigonometricFunction) for expression in map_.mapping.values()))
    rates = [wave.args[0].diff(variable) for wave in waves if variable in wave.free_symbols]
    if not rates or variable.is_extended_nonpositive or any(rate.free_symbols for rate in rates):
        return None
    ratios = [sp.nsimplify(sp.simplify(rate / rates[0])) for rate in rates]
    if not all(ratio.is_Rational for ratio in ratios):
        return None
    period = 2 * sp.pi / sp.Abs(rates[0]) * sp.ilcm(1, *(ratio.q for ratio in ratios))
    points = _draws(limits, DRAWS)
    column = np.array([float(v == variable) for v in limits])
    here = values(points)
    for candidate in (period / 2, period):
        if _same(here, values(points + float(candidate) * column)):
            return candidate
    return None


def _values(map_: DifferentiableMap):
    functions = [vectorised(expression, map_.new) for expression in map_.mapping.values()]
    return lambda points: np.stack([function(*points.T) for function in functions], axis=-1)


def _draws(limits, count: int) -> np.ndarray:
    """Return generic points of the ranges, shape (count, n); about one unit from zero where a range has no end."""
    generator = np.random.default_rng(0)
    columns = []
    for lower, upper in limits.values():
        a, b = float(lower), float(upper)
        part = generator.uniform(0.2, 1.8, count)
        if np.isfinite(a) and np.isfinite(b):
            columns.append(a + (b - a) * part / 2)
        elif np.isfinite(a) or np.isfinite(b):
            columns.append(a + part if np.isfinite(a) else b - part)
        else:
            columns.append(part * generator.choice([-1.0, 1.0], count))
    return np.stack(columns, axis=-1)


# What a symmetry does to one variable: v becomes sign · v, plus half a period where `half` is true.
_Action = tuple[int, bool]
_SAME: _Action = (1, False)


def _break_symmetries(values, limits, periods, free, given) -> list[str]:
    """Halve ranges that are not given until no symmetry is left; return why."""
    variables = list(limits)
    choices = [
        (_SAME,) if v not in free else tuple(product((1, -1), (False, True) if v in periods else (False,)))
        for v in variables
    ]
    points = _draws(limits, DRAWS)
    here = values(points)
    half_periods = np.array([float(periods.get(v, 0)) / 2 for v in variables])
    group = []
    for actions in product(*choices):
        signs = np.array([sign for sign, _ in actions], dtype=float)
        shifts = half_periods * np.array([half for _, half in actions])
        if any(action != _SAME for action in actions) and _same(here, values(points * signs + shifts)):
            group.append(dict(zip(variables, actions, strict=True)))
    notes = []
    everywhere = dict(periods)
    # Signs of lengths first: r >= 0 leaves the angle its whole turn.
    halvable = [v for angle in (False, True) for v in free if (v in periods) == angle and v not in given]
    for (wanted, ends, kept), variable in product(_HALVES, halvable):
        used = next((actions for actions in group if actions[variable] == wanted), None)
        if used is None:
            continue
        period = periods.pop(variable, None)
        limits[variable] = ends(period)
        group = [a for a in group if a[variable] == _SAME or (period is not None and a[variable] == kept)]
        images = ", ".join(_image(v, action, everywhere.get(v)) for v, action in used.items())
        notes.append(
            f"({images}) gives the same point as ({', '.join(map(str, variables))}): keep "
            f"{range_text(variable, *limits[variable])}."
        )
    return notes


# The action that halves a range, the half that is kept, and which other action maps that half to itself.
_HALVES = (
    ((-1, False), lambda period: (sp.Integer(0), sp.oo if period is None else period / 2), (-1, True)),
    ((-1, True), lambda period: (-period / 4, period / 4), (-1, False)),
    ((1, True), lambda period: (sp.Integer(0), period / 2), _SAME),
)


def _same(first: np.ndarray, second: np.ndarray) -> bool:
    finite = np.isfinite(first).all(axis=1)
    if finite.sum() < 4 or (np.isfinite(second).all(axis=1) != finite).any():
        return False
    return np.allclose(first[finite], second[finite], rtol=1e-9, atol=1e-12)


def _image(variable: sp.Symbol, action: _Action, period) -> str:
    sign, half = action
    return str(sign * variable + (period / 2 if half else 0))


def _keep_real(values, limits, free) -> list[str]:
    """Leave out the half of a range on which the map is nowhere real."""
    notes = []
    for k, variable in enumerate(limits):
        if variable not in free:
            continue
        points = _draws(limits, 16 * DRAWS)
        real = np.isfinite(values(points)).all(axis=1)
        right, left = real[points[:, k] > 0].any(), real[points[:, k] < 0].any()
        if right != left:
            limits[variable] = (sp.Integer(0), sp.oo) if right else (-sp.oo, sp.Integer(0))
            notes.append(f"The map is real only for {range_text(variable, *limits[variable])}.")
    return notes
