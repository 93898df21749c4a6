"""Points of a region that is known only by a test: looked for at all scales, then around what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

SCALES = 4.0 ** np.arange(-5, 8)
EACH = 2048
ROUNDS = 4


def find_points(
    inside: Callable[[list[np.ndarray]], np.ndarray],
    ranges: Sequence[tuple[float, float]],
    seeds: np.ndarray | None = None,
) -> np.ndarray:
    """Return points inside, of shape (k, n), spread over the region as far as it was found; k may be 0.

    Parameters
    ----------
    inside : callable
        Takes n arrays, returns an array of bool.
    ranges : sequence of pairs
        Where to look; ends may be infinite.
    seeds : ndarray, optional
        Points to look around as well, shape (m, n).
    """
    generator = np.random.default_rng(0)
    low, high = np.array(ranges, dtype=float).T.reshape(2, -1)
    if (low > high).any():
        return np.empty((0, len(low)))
    found = [] if seeds is None else [seeds[inside(list(seeds.T))]]
    for scale in SCALES:
        # A bounded range is looked at whole at every scale.
        finite = np.isfinite(low) & np.isfinite(high)
        a = np.where(finite, low, np.clip(-scale, low, high))
        b = np.where(finite, high, np.clip(scale, low, high))
        found.append(_hits(inside, a, b, generator))
    for _ in range(ROUNDS):
        hits = np.concatenate(found)
        if not len(hits):
            return hits
        a, b = hull(hits, 0.5)
        found.append(_hits(inside, np.maximum(a, low), np.minimum(b, high), generator))
    return np.concatenate(found)


def hull(points: np.ndarray, margin: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the corners of the bounding box of points of shape (k, n), enlarged on each side by `margin` widths."""
    a, b = points.min(axis=0), points.max(axis=0)
    wide = np.maximum(b - a, 1e-9 * (1.0 + np.abs(a)))
    return a - margin * wide, b + margin * wide


def _hits(inside, low: np.ndarray, high: np.ndarray, generator) -> np.ndarray:
    points = generator.uniform(low, high, (EACH, len(low)))
    return points[inside(list(points.T))]
