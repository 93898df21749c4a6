"""Points that a map sends to given points, by Newton's method from many starts at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import sympy as sp

from jaclib.substitution._numeric import vectorised
from jaclib.substitution._region import Region, real_twin

ITERATIONS = 40


class NumericMap:
    """x = T(u) and its Jacobian matrix on arrays of points, the coordinates in the order of the region's variables."""

    def __init__(self, outputs: Sequence[sp.Expr], region: Region):
        self.region = region
        variables = region.variables
        self.outputs = tuple(outputs)
        self.entries = [[_real_derivative(expression, v) for v in variables] for expression in outputs]
        self.functions = [vectorised(expression, variables) for expression in outputs]
        self.derivatives = [[vectorised(entry, variables) for entry in row] for row in self.entries]

    def values(self, points: np.ndarray) -> np.ndarray:
        """T at points of shape (N, n), of the same shape."""
        return np.stack([function(*points.T) for function in self.functions], axis=-1)

    def jacobians(self, points: np.ndarray) -> np.ndarray:
        """J at points of shape (N, n), of shape (N, n, n)."""
        rows = [np.stack([entry(*points.T) for entry in row], axis=-1) for row in self.derivatives]
        return np.stack(rows, axis=-2)


def _real_derivative(expression: sp.Expr, variable: sp.Symbol) -> sp.Expr:
    # SymPy differentiates Abs(u) only where u is known to be real.
    twins = {symbol: real_twin(symbol) for symbol in expression.free_symbols | {variable}}
    derivative = sp.diff(expression.xreplace(twins), twins[variable])
    return derivative.xreplace({twin: symbol for symbol, twin in twins.items()})


def newton(numeric_map: NumericMap, starts: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Solve T(u) = target from each start; rows that do not converge inside the region become nan.

    `starts` and `targets` have shape (N, n). Gauss-Newton steps in the least-squares sense pass through
    singular matrices, and halving a step that makes things worse keeps the iteration from running away.
    """
    points = starts.copy()
    scale = 1.0 + np.abs(targets).max(axis=1)
    with np.errstate(all="ignore"):
        residual = numeric_map.values(points) - targets
        size = _size(residual)
        damping = np.ones(len(points))
        for _ in range(ITERATIONS):
            active = np.flatnonzero(np.isfinite(size) & (size > 1e-15 * scale) & (damping > 1e-6))
            if active.size == 0:
                break
            step = _solve(numeric_map.jacobians(points[active]), residual[active])
            trial = points[active] - damping[active, None] * step
            trial_residual = numeric_map.values(trial) - targets[active]
            trial_size = _size(trial_residual)
            better = trial_size < size[active]
            accepted = active[better]
            points[accepted], residual[accepted], size[accepted] = (
                trial[better],
                trial_residual[better],
                trial_size[better],
            )
            damping[active] = np.where(better, np.minimum(1.0, 2.0 * damping[active]), 0.25 * damping[active])
    points[~(size <= 1e-10 * scale)] = np.nan
    return points


def _size(residual: np.ndarray) -> np.ndarray:
    size = np.abs(residual).max(axis=1)
    return np.where(np.isfinite(size), size, np.inf)


def _solve(matrices: np.ndarray, right: np.ndarray) -> np.ndarray:
    usable = np.isfinite(matrices).all(axis=(1, 2))
    steps = np.zeros_like(right)
    if usable.any():
        steps[usable] = np.einsum("kij,kj->ki", np.linalg.pinv(matrices[usable], rcond=1e-12), right[usable])
    return steps


def second_preimage(
    numeric_map: NumericMap, sources: np.ndarray | None = None, starts: int = 48
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return two different points inside the region with one image, or None if none was found.

    A map that is two-to-one on a part of the region is found out when one of the sources falls into that part. They are
    spread over the region, and some lie close to its faces, where the ends of a range overlap that is a little too
    long.
    """
    region = numeric_map.region
    if sources is None:
        sources = np.concatenate([np.stack(region.points(48), axis=-1), region.points_near_faces()])
    first = np.concatenate([np.stack(region.points(starts), axis=-1), region.points_near_faces()])
    wanted = np.repeat(sources, len(first), axis=0)
    images = numeric_map.values(wanted)
    found = newton(numeric_map, np.tile(first, (len(sources), 1)), images)
    distance = np.abs(found - wanted).max(axis=1) / (1.0 + np.abs(wanted).max(axis=1))
    # nan, where Newton's method did not converge, compares as false.
    candidates = np.flatnonzero(distance > 1e-3)
    if candidates.size:
        candidates = candidates[region.contains(list(found[candidates].T), margin=1e-7)]
    if candidates.size:
        candidates = candidates[_are_different(numeric_map, found[candidates], wanted[candidates], images[candidates])]
    if candidates.size == 0:
        return None
    # The pair that is furthest apart is the easiest to look at.
    best = candidates[np.argmax(distance[candidates])]
    return wanted[best], found[best]


def _are_different(numeric_map: NumericMap, found: np.ndarray, wanted: np.ndarray, images: np.ndarray) -> np.ndarray:
    """Whether points are further apart than the accuracy of their images can explain.

    Where T is nearly constant, as exp(u) for u → −∞ or u⁵ around 0, different points have almost the same image.
    """
    residual = np.abs(numeric_map.values(found) - images).max(axis=1)
    rounding = 1e-13 * (1.0 + np.abs(images).max(axis=1))
    matrices = np.stack([numeric_map.jacobians(points) for points in (found, wanted)])
    # Where T overflows it tells nothing: no steepness, no verdict.
    matrices = np.where(np.isfinite(matrices).all(axis=(2, 3), keepdims=True), matrices, 0.0)
    steepness = np.linalg.norm(matrices, -2, axis=(2, 3)).min(axis=0)
    with np.errstate(all="ignore"):
        blur = 100.0 * np.maximum(residual, 0.1 * rounding) / steepness
    return (residual <= rounding) & (np.abs(found - wanted).max(axis=1) > blur)
