"""A region of the plane between two curves, as figures need it: points in it, its sides, its coordinate lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

# Points along a line, and how far from an edge counts as at it, in units of the size of the region.
ALONG, EDGE = 241, 1e-7


@dataclass(frozen=True)
class PlanePart:
    """A region of the plane between two curves, a ≤ p ≤ b and g(p) ≤ q ≤ h(p).

    Attributes
    ----------
    outer : {0, 1}
        Which of the two coordinates is p.
    ends : pair of float
        a and b.
    lower, upper : callable or float
        g and h; arrays to arrays of the same shape.

    Examples
    --------
    >>> triangle = PlanePart(0, (0, 1), 0.0, lambda u: u)
    >>> triangle.at(np.array([0.5]), np.array([1.0])).tolist()
    [[0.5], [0.5]]
    """

    outer: int
    ends: tuple[float, float]
    lower: Callable | float
    upper: Callable | float

    def at(self, s: np.ndarray, t: np.ndarray) -> np.ndarray:
        """Map the unit square to the region: arrays of one shape to an array of shape (2, ...)."""
        p = self.ends[0] + (self.ends[1] - self.ends[0]) * s
        low, high = self._curves(p)
        q = low + (high - low) * t
        return np.stack([p, q] if self.outer == 0 else [q, p])

    def width(self, s: np.ndarray) -> np.ndarray:
        """Return the area of the region per area of the unit square."""
        low, high = self._curves(self.ends[0] + (self.ends[1] - self.ends[0]) * s)
        return (self.ends[1] - self.ends[0]) * (high - low)

    def _curves(self, p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return tuple(
            np.broadcast_to(np.asarray(end(p) if callable(end) else end, dtype=float), np.shape(p))
            for end in (self.lower, self.upper)
        )

    def contains(self, points: np.ndarray) -> np.ndarray:
        """Whether points, shape (2, k), lie inside."""
        p, q = points if self.outer == 0 else points[::-1]
        low, high = self._curves(np.clip(p, *self.ends))
        return (self.ends[0] < p) & (p < self.ends[1]) & (low < q) & (q < high)

    def sides(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return the four sides, each of shape (2, k), with points that lie just outside of them."""
        # Just inside the ends, where a root in g or h may lose its last digit and not be real.
        along = np.clip(np.linspace(0.0, 1.0, ALONG), EDGE, 1.0 - EDGE)
        pairs = []
        for end, beyond in ((0.0, -EDGE), (1.0, 1.0 + EDGE)):
            fixed, outside = np.full(ALONG, end), np.full(ALONG, beyond)
            pairs.append((self.at(along, fixed), self.at(along, outside)))
            inner = self.at(np.clip(fixed, EDGE, 1.0 - EDGE), along)
            past = inner.copy()
            past[self.outer] = self.ends[0] + (self.ends[1] - self.ends[0]) * beyond
            pairs.append((inner, past))
        return pairs

    def line(self, coordinate: int, value: float) -> np.ndarray:
        """Return the points of the region where a coordinate has this value, shape (2, k), nan outside."""
        along = np.linspace(0.0, 1.0, ALONG)
        a, b = self.ends
        if coordinate == self.outer:
            inside = a <= value <= b
            return self.at(np.full(ALONG, (value - a) / (b - a)), along) if inside else np.full((2, 0), np.nan)
        p = a + (b - a) * along
        low, high = self._curves(p)
        q = np.where((low <= value) & (value <= high), value, np.nan)
        return np.stack([p, q] if self.outer == 0 else [q, p])
