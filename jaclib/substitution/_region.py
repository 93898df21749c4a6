"""The region of integration in the new variables: a box, or ranges whose limits depend on variables further out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
import sympy as sp

from jaclib.substitution._numeric import vectorised


def real_twin(symbol: sp.Symbol, **more: bool) -> sp.Dummy:
    """Return a dummy with the declared assumptions of `symbol`, which is also real, and `more`."""
    declared = {
        key: value for key, value in symbol._assumptions_orig.items() if key != "commutative" and value is not None
    }
    return sp.Dummy(symbol.name, **{**declared, "real": True, **more})


class Region:
    """Ranges {variable: (lower, upper)}, outermost first, as `_boundary.read_limits` returns them.

    Attributes
    ----------
    variables : tuple of Symbol
        Outermost first.
    twins : dict
        Variable to dummy. The dummy is real and carries the sign that the range gives it, so that SymPy may
        simplify ``Abs(r)`` to ``r`` for r in (0, 2), and only then.
    """

    def __init__(self, limits: dict[sp.Symbol, tuple[sp.Expr, sp.Expr]]):
        self.limits = limits
        self.variables = tuple(limits)
        self.twins: dict[sp.Symbol, sp.Dummy] = {}
        for variable, (lower, upper) in limits.items():
            lower, upper = lower.xreplace(self.twins), upper.xreplace(self.twins)
            # The range is open for this purpose: its ends have measure zero.
            sign = (
                {"positive": True}
                if lower.is_extended_nonnegative
                else {"negative": True}
                if upper.is_extended_nonpositive
                else {}
            )
            self.twins[variable] = real_twin(variable, **sign)

    @cached_property
    def is_box(self) -> bool:
        """Whether no limit depends on a variable."""
        return not any(bound.free_symbols for bounds in self.limits.values() for bound in bounds)

    @cached_property
    def is_empty(self) -> bool:
        """Whether some range has length zero."""
        return any(lower == upper for lower, upper in self.limits.values())

    def to_twins(self, expression: sp.Expr) -> sp.Expr:
        """Replace the variables by their twins."""
        return expression.xreplace(self.twins)

    def from_twins(self, expression: sp.Expr) -> sp.Expr:
        """Replace the twins by the variables."""
        return expression.xreplace({twin: variable for variable, twin in self.twins.items()})

    @cached_property
    def _axes(self) -> list[_Axis]:
        return [_Axis(self.variables[:k], *self.limits[v]) for k, v in enumerate(self.variables)]

    @cached_property
    def parameter_limits(self) -> list[tuple[float, float]]:
        """Limits, for `jaclib.integrate`, of the parameters that `from_parameters` takes."""
        return [axis.parameter_limits for axis in self._axes]

    def from_parameters(self, parameters) -> tuple[list[np.ndarray], np.ndarray | float]:
        """Map parameters to the variables, in the order of `self.variables`, with the density of this map."""
        values: list[np.ndarray] = []
        weight: np.ndarray | float = 1.0
        for axis, parameter in zip(self._axes, parameters, strict=True):
            value, factor = axis.place(parameter, values)
            values.append(value)
            weight = weight * factor
        return values, weight

    def points(self, count: int) -> list[np.ndarray]:
        """Return quasi-random points inside the region: one array of shape (count,) per variable.

        The additive recurrence with the generalised golden ratio spreads them evenly in any dimension.
        """
        return self.at(self.unit_points(count))

    def points_near_faces(self, each: int = 3) -> np.ndarray:
        """Return points just inside each end of each finite range, of shape (count, n)."""
        parts = []
        for k, (a, b) in enumerate(self.parameter_limits):
            for end, place in ((a, 1e-4), (b, 1.0 - 1e-4)):
                if np.isfinite(end):
                    unit = self.unit_points(each)
                    unit[:, k] = place
                    parts.append(np.stack(self.at(unit), axis=-1))
        return np.concatenate(parts) if parts else np.empty((0, len(self.variables)))

    def unit_points(self, count: int) -> np.ndarray:
        """Return quasi-random points of the unit cube, shape (count, n): what `points` maps into the region."""
        d = len(self.variables)
        ratio = float(np.max(np.roots([1.0] + [0.0] * (d - 1) + [-1.0, -1.0]).real))
        return (0.5 + np.outer(np.arange(1, count + 1), ratio ** -np.arange(1.0, d + 1))) % 1.0

    def at(self, unit: np.ndarray) -> list[np.ndarray]:
        """Map points of the unit cube, shape (count, n), into the region."""
        parameters = []
        for (a, b), s in zip(self.parameter_limits, np.clip(unit.T, 1e-6, 1 - 1e-6), strict=True):
            # Infinite ranges: most points within a few units of where they start.
            if np.isinf(a):
                parameters.append((s - 0.5) / (s * (1 - s)) if np.isinf(b) else b - (1 - s) / s)
            else:
                parameters.append(a + s / (1 - s) if np.isinf(b) else a + (b - a) * s)
        return self.from_parameters(parameters)[0]

    def contains(self, values: list[np.ndarray], margin: float = 0.0) -> np.ndarray:
        """Whether each point lies in the closed region, shrunk on each side by `margin` times its size."""
        inside = np.ones(np.shape(values[0]), bool)
        for k, axis in enumerate(self._axes):
            lower, upper = axis.ends(values[:k])
            width = np.where(np.isfinite(upper - lower), upper - lower, 1.0)
            inside &= (values[k] >= lower + margin * width) & (values[k] <= upper - margin * width)
        return inside

    def holds(self, point) -> bool:
        """Whether the closed region has the point, whose coordinates are constants in the order of the variables."""
        return bool(self.contains([np.array([float(value)]) for value in point], margin=-1e-12)[0])

    def disordered(self) -> str | None:
        """Name a variable whose lower limit exceeds its upper one somewhere, or None."""
        if self.is_box:
            return None
        values = self.points(256)
        for k, axis in enumerate(self._axes):
            lower, upper = axis.ends(values[:k])
            gap = np.asarray(lower - upper)
            if np.isnan(gap).any() or (gap > 1e-12 * (1.0 + np.abs(np.where(np.isfinite(upper), upper, 0.0)))).any():
                return str(self.variables[k])
        return None


class _Axis:
    """One range, with limits that are functions of the variables further out."""

    def __init__(self, outer: tuple[sp.Symbol, ...], lower: sp.Expr, upper: sp.Expr):
        self.ends_functions: tuple[Callable, Callable] = (vectorised(lower, outer), vectorised(upper, outer))
        self.constant = not (lower.free_symbols or upper.free_symbols)
        self.infinite = (lower == -sp.oo, upper == sp.oo)
        self.parameter_limits = (
            (float(lower), float(upper)) if self.constant else (0.0, 1.0) if not any(self.infinite) else (0.0, np.inf)
        )

    def ends(self, outer_values: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        lower, upper = (function(*outer_values) for function in self.ends_functions)
        return lower, upper

    def place(self, s: np.ndarray, outer_values: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray | float]:
        """Map the parameter to the variable; also the derivative of that."""
        if self.constant:
            return s, 1.0
        lower, upper = self.ends(outer_values)
        if self.infinite[1]:
            return lower + s, 1.0
        if self.infinite[0]:
            return upper - s, 1.0
        return lower + (upper - lower) * s, upper - lower
