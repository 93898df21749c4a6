"""What `pushforward_density` returns: p_Y by a formula, or by the preimages that are found for each y."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import sympy as sp

from jaclib import _validate
from jaclib.substitution._boundary import warn_caller
from jaclib.substitution._numeric import vectorised
from jaclib.substitution.density.branches import Branch
from jaclib.substitution.density.found import Found
from jaclib.substitution.density.line import LineMap
from jaclib.substitution.density.logarithm import log_function
from jaclib.substitution.density.space import SpaceMap

# Below that, log p_Y may have lost terms that are no floating-point numbers, and the tails of p_X are searched too.
UNDERFLOW = -600.0


class UndecidedDensityWarning(UserWarning):
    """At some points the preimages could not be listed, so that the density there is nan."""


class PushforwardDensity:
    """The density p_Y. Call it with numbers or arrays, or use ``.expr`` in SymPy.

    Attributes
    ----------
    variables : tuple of Symbol
        The variables of Y.
    method : str
        "exact": a formula, summed over the branches. "numeric": for each y all preimages are searched.
    reason : str
        Why there is no formula; empty if there is one.
    expr : Expr
        p_Y in the new variables, 0 outside the image; `AttributeError` if the method is numeric.
    branches : tuple of Branch
        One per preimage; empty if the method is numeric.
    """

    method: str
    reason: str = ""
    branches: tuple[Branch, ...] = ()

    def __init__(self, variables: Sequence[sp.Symbol]):
        self.variables = tuple(variables)

    def __call__(self, *values):
        """Evaluate p_Y at numbers (returns a float) or arrays of one shape, one argument per variable.

        Raises
        ------
        TypeError
            If a value is not a number.
        ValueError
            If there is not one argument per variable.

        Warns
        -----
        UndecidedDensityWarning
            If the density at some point is nan because its preimages could not be listed.
        """
        return self._at(values, self._density)

    def log_density(self, *values):
        """Evaluate log p_Y, also where p_Y under- or overflows; -inf where it is 0. Otherwise as a call.

        Notes
        -----
        log p_X and log|det J| (``numpy.linalg.slogdet``) are taken each by itself, and several preimages are added
        up as in ``numpy.logaddexp``.
        """
        return self._at(values, self._log_density)

    def _at(self, values, evaluate: Callable[[np.ndarray], np.ndarray]):
        if len(values) != len(self.variables):
            raise ValueError(
                f"PushforwardDensity: {len(values)} arguments, expected {len(self.variables)}: one for each of "
                f"{self.variables}."
            )
        arrays = [np.asarray(value) for value in values]
        for variable, array in zip(self.variables, arrays, strict=True):
            if array.dtype.kind not in "fiub":
                raise TypeError(
                    f"PushforwardDensity: {variable} is {_validate.describe(array)}, expected a real number or an "
                    "array of them. For SymPy expressions use .expr.subs."
                )
        arrays = np.broadcast_arrays(*arrays)
        points = np.stack([array.ravel() for array in arrays], axis=-1).astype(float)
        result = np.where(np.isnan(points).any(axis=1), np.nan, evaluate(points)).reshape(arrays[0].shape)
        return float(result) if result.ndim == 0 else result

    def _density(self, points: np.ndarray) -> np.ndarray:
        """Return p_Y at points of shape (N, n)."""
        raise NotImplementedError

    def _log_density(self, points: np.ndarray) -> np.ndarray:
        """Return log p_Y at points of shape (N, n)."""
        raise NotImplementedError


class ExactDensity(PushforwardDensity):
    """p_Y as a formula."""

    method = "exact"

    def __init__(self, expr: sp.Expr, variables: Sequence[sp.Symbol], branches: Sequence[Branch]):
        super().__init__(variables)
        self.expr, self.branches = expr, tuple(branches)

    @cached_property
    def _parts(self):
        return [(vectorised(b.density, self.variables), b.exists(self.variables)) for b in self.branches]

    @cached_property
    def _log_parts(self):
        return [(log_function(b.density, self.variables), b.exists(self.variables)) for b in self.branches]

    def _density(self, points: np.ndarray) -> np.ndarray:
        total = np.zeros(len(points))
        for density, exists in self._parts:
            total = total + np.where(exists(*points.T), density(*points.T), 0.0)
        return total

    def _log_density(self, points: np.ndarray) -> np.ndarray:
        total = np.full(len(points), -np.inf)
        for log, exists in self._log_parts:
            total = np.logaddexp(total, np.where(exists(*points.T), log(*points.T), -np.inf))
        return total

    def _sympy_(self) -> sp.Expr:
        return self.expr

    def __repr__(self) -> str:
        return f"PushforwardDensity({self.expr}, {self.variables})"

    def _repr_latex_(self) -> str:
        names = ", ".join(sp.latex(variable) for variable in self.variables)
        return rf"$\displaystyle p({names}) = {sp.latex(self.expr)}$"


class NumericDensity(PushforwardDensity):
    """p_Y by a search for the preimages of each y."""

    method = "numeric"

    def __init__(
        self,
        variables: Sequence[sp.Symbol],
        search: LineMap | SpaceMap,
        density: Callable[..., np.ndarray],
        log_density: Callable[..., np.ndarray],
        reason: str,
    ):
        super().__init__(variables)
        self._search, self._p, self._log_p, self.reason = search, density, log_density, reason

    @property
    def expr(self) -> sp.Expr:
        """No formula: raises with the reason."""
        raise AttributeError(
            f"PushforwardDensity: this density is numeric and has no formula, because {self.reason}. Call it with "
            "numbers or arrays, or use .log_density."
        )

    def _density(self, points: np.ndarray) -> np.ndarray:
        found = self._search.preimages(points)
        self._warn(found)
        with np.errstate(all="ignore"):
            p = self._p(*found.points.T)
            # Where det J vanishes, a density that does not is infinite.
            scale = np.where(found.on_fold, 0.0, np.abs(np.linalg.det(self._search.map.jacobians(found.points))))
            shares = np.where(p > 0.0, p / scale, p)
        total = np.bincount(found.owner, shares, len(points))
        return np.where(found.undecided, np.nan, total)

    def _log_density(self, points: np.ndarray) -> np.ndarray:
        found = self._search.preimages(points)
        self._warn(found)
        total = np.where(found.undecided, np.nan, self._log_sum(found, len(points)))
        faint = np.flatnonzero(total < UNDERFLOW)
        if faint.size:
            total[faint] = np.logaddexp(
                total[faint], self._log_sum(self._search.preimages(points[faint], tails=True), faint.size)
            )
        return total

    def _log_sum(self, found: Found, count: int) -> np.ndarray:
        """Add up the shares of the preimages of each y."""
        with np.errstate(all="ignore"):
            log_scale = np.linalg.slogdet(self._search.map.jacobians(found.points))[1]
            log_p = self._log_p(*found.points.T)
            shares = np.where(np.isneginf(log_p), log_p, log_p - np.where(found.on_fold, -np.inf, log_scale))
        total = np.full(count, -np.inf)
        np.logaddexp.at(total, found.owner, shares)
        return total

    def _warn(self, found: Found) -> None:
        count = np.count_nonzero(found.undecided)
        if count:
            warn_caller(
                f"PushforwardDensity: at {count} of {len(found.undecided)} points the density is nan, because the "
                "preimages cannot be told: T has a kink there, sends a whole curve to one point, or is so steep that "
                "y lies between the images of two neighbouring floating-point numbers.",
                UndecidedDensityWarning,
            )

    def __repr__(self) -> str:
        return f"PushforwardDensity(numeric, {self.variables})"
