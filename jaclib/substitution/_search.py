"""All solutions of T(u) = x in a region: boxes that provably hold none are thrown away, the others are halved.

A box is done with when T is provably one-to-one on it and Newton's method finds its one solution. What stays undecided
are small boxes around solutions where det J = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jaclib.substitution._preimages import NumericMap, newton
from jaclib.substitution._region import Region
from jaclib.substitution.density.intervals import Interval, NoBounds, enclose, interval

# Bounds the work: boxes to look at, all levels together, and in each.
ALL_BOXES = 60_000
MOST_BOXES = 8_000
MOST_SOLUTIONS = 400
# Infinite ranges are searched that far.
FAR = 1e12
# Relative to 1 + |u|: smaller boxes are not halved.
SMALLEST = 1e-7
# Solutions closer than that are one; the second holds where det J = 0, and a solution has half of the digits only.
SAME = 1e-8
BLURRED = 1e-3
EDGE = 1e-12
STARTS = 400
# So many solutions with a singular matrix form a curve.
CURVE = 32


@dataclass(frozen=True)
class Solutions:
    """The points found, of shape (k, n) in the order of the region's variables, and what is known of the rest.

    `complete` says that there are no others; `isolated` is False where whole curves of solutions were met.
    """

    points: np.ndarray
    complete: bool
    isolated: bool


@dataclass
class Boxes:
    """Boxes of the new variables: arrays of lower and of upper ends, of shape (N, n)."""

    low: np.ndarray
    high: np.ndarray

    def __len__(self) -> int:
        return len(self.low)

    def __getitem__(self, rows) -> Boxes:
        return Boxes(self.low[rows], self.high[rows])

    @property
    def middle(self) -> np.ndarray:
        """Where to halve: a side that spans orders of magnitude, in orders of magnitude."""
        middle = 0.5 * (self.low + self.high)
        near, far = np.minimum(np.abs(self.low), np.abs(self.high)), np.maximum(np.abs(self.low), np.abs(self.high))
        one_sided = (self.low >= 0.0) | (self.high <= 0.0)
        geometric = np.sign(self.low + self.high) * (np.sqrt((1.0 + near) * (1.0 + far)) - 1.0)
        return np.where(far > 4.0 * (1.0 + near), np.where(one_sided, geometric, 0.0), middle)

    @property
    def width(self) -> np.ndarray:
        """The sides of each box."""
        return self.high - self.low

    def halves(self, axis: np.ndarray) -> Boxes:
        """Cut each box across its axis."""
        rows, middle = np.arange(len(self)), self.middle
        first, second = Boxes(self.low.copy(), self.high.copy()), Boxes(self.low.copy(), self.high.copy())
        first.high[rows, axis] = middle[rows, axis]
        second.low[rows, axis] = middle[rows, axis]
        return Boxes(np.concatenate([first.low, second.low]), np.concatenate([first.high, second.high]))


class EnclosedMap:
    """T with enclosures of its values and of its Jacobian matrix on boxes."""

    def __init__(self, numeric_map: NumericMap):
        self.map = numeric_map
        self.variables = numeric_map.region.variables

    def values(self, boxes: Boxes) -> Interval:
        """Enclose T on each box: ends of shape (N, n)."""
        return self._stacked(self.map.outputs, boxes)

    def linear(self, boxes: Boxes) -> Linear:
        """Enclose the Jacobian matrix on each box, as I + error after multiplication with an approximate inverse."""
        n = len(self.variables)
        entries = self._stacked([d for row in self.map.entries for d in row], boxes)
        known = np.isfinite(entries.largest).all(axis=1) & entries.sound.all(axis=1)
        low, high = (np.where(known[:, None], ends, 0.0).reshape(-1, n, n) for ends in (entries.low, entries.high))
        centre, radius = 0.5 * (low + high), 0.5 * (high - low)
        with np.errstate(all="ignore"):
            inverse = np.linalg.pinv(centre, rcond=1e-12)
            error = np.abs(np.eye(n) - inverse @ centre) + np.abs(inverse) @ radius
            error += 1e-15 * (np.abs(inverse) @ (np.abs(centre) + radius))
        error = np.where(np.isfinite(error), error, np.inf)
        return Linear(inverse, error, np.abs(centre) + radius, known)

    def _stacked(self, expressions, boxes: Boxes) -> Interval:
        sides = {v: interval(boxes.low[:, k], boxes.high[:, k]) for k, v in enumerate(self.variables)}
        found = enclose(expressions, sides)
        return Interval(*(np.stack([getattr(e, part) for e in found], axis=-1) for part in ("low", "high", "sound")))


@dataclass
class Linear:
    """For each box an approximate inverse Y of J, a bound of abs(I − Y J), and one of abs(J)."""

    inverse: np.ndarray
    error: np.ndarray
    size: np.ndarray
    known: np.ndarray

    @property
    def one_to_one(self) -> np.ndarray:
        """Where T is provably one-to-one: I − Y J is a contraction on the whole box."""
        return self.known & (self.error.sum(axis=2).max(axis=1) < 1.0 - 1e-9)


def bounding_box(region: Region) -> Boxes:
    """Return one box around the region, with `FAR` in place of infinity."""
    sides: dict = {}
    for variable, bounds in region.limits.items():
        lower, upper = enclose(bounds, sides or {variable: interval([0.0], [0.0])})
        sides[variable] = Interval(lower.low, upper.high, lower.sound & upper.sound)
    low, high = (
        np.clip(np.stack([getattr(s, end) for s in sides.values()], axis=-1), -FAR, FAR) for end in ("low", "high")
    )
    # An end such as 2π has no exact floating-point number.
    return Boxes(low - EDGE * (1.0 + np.abs(low)), high + EDGE * (1.0 + np.abs(high)))


def all_solutions(numeric_map: NumericMap, target: np.ndarray) -> Solutions:
    """Find all u in the closed region with T(u) = target.

    References
    ----------
    A. Neumaier, Interval Methods for Systems of Equations (1990), sections 5.1-5.6.
    """
    try:
        return _by_intervals(numeric_map, target)
    except NoBounds:
        # A function that intervals do not know: Newton's method from many starts, which proves nothing.
        starts = np.stack(numeric_map.region.points(STARTS), axis=-1)
        nothing = np.empty((0, len(target)))
        return _collected(numeric_map, target, nothing, nothing, Boxes(starts, starts))


def _by_intervals(numeric_map: NumericMap, target: np.ndarray) -> Solutions:
    enclosed, boxes = EnclosedMap(numeric_map), bounding_box(numeric_map.region)
    found, undecided = [], []
    seen = 0
    while len(boxes) and len(boxes) <= MOST_BOXES and seen <= ALL_BOXES and sum(map(len, found)) < MOST_SOLUTIONS:
        seen += len(boxes)
        boxes = boxes[_may_contain(enclosed, boxes, target)]
        linear = enclosed.linear(boxes)
        boxes, alive = _contracted(enclosed, boxes, linear, target)
        boxes, single, size = boxes[alive], linear.one_to_one[alive], linear.size[alive]
        solved = np.full(boxes.low.shape, np.nan)
        solved[single] = newton(numeric_map, boxes.middle[single], np.broadcast_to(target, boxes.low[single].shape))
        slack = 1e-9 * (1.0 + np.abs(boxes.middle))
        settled = ((solved >= boxes.low - slack) & (solved <= boxes.high + slack)).all(axis=1)
        found.append(solved[settled])
        small = (boxes.width <= SMALLEST * (1.0 + np.abs(boxes.middle))).all(axis=1) & ~settled
        undecided.append(boxes.middle[small])
        boxes, size = boxes[~settled & ~small], size[~settled & ~small]
        boxes = boxes.halves(_axis(boxes, size))
    return _collected(numeric_map, target, np.concatenate(found), np.concatenate(undecided), boxes)


def _may_contain(enclosed: EnclosedMap, boxes: Boxes, target: np.ndarray) -> np.ndarray:
    image = enclosed.values(boxes)
    slack = 1e-15 * np.abs(target)
    return ((image.low <= target + slack) & (image.high >= target - slack)).all(axis=1)


def _contracted(enclosed: EnclosedMap, boxes: Boxes, linear: Linear, target: np.ndarray) -> tuple[Boxes, np.ndarray]:
    """Cut from each box what Krawczyk's operator excludes; also which boxes are left."""
    middle = boxes.middle
    value = enclosed.values(Boxes(middle, middle))
    with np.errstate(all="ignore"):
        residual = 0.5 * (value.low + value.high) - target
        rounding = 0.5 * (value.high - value.low) + 1e-15 * np.abs(target)
        centre = middle - np.einsum("kij,kj->ki", linear.inverse, residual)
        half = np.maximum(middle - boxes.low, boxes.high - middle)
        radius = np.einsum("kij,kj->ki", linear.error, half) + np.einsum("kij,kj->ki", np.abs(linear.inverse), rounding)
        radius = radius * (1.0 + 1e-12) + 1e-14 * (1.0 + np.abs(centre))
        usable = linear.known[:, None] & np.isfinite(centre) & np.isfinite(radius)
        low = np.where(usable, np.maximum(boxes.low, centre - radius), boxes.low)
        high = np.where(usable, np.minimum(boxes.high, centre + radius), boxes.high)
    return Boxes(low, high), (low <= high).all(axis=1)


def _axis(boxes: Boxes, size: np.ndarray) -> np.ndarray:
    """Choose the axis along which T varies most."""
    width = boxes.width
    with np.errstate(all="ignore"):
        variation = size.max(axis=1) * width
    # Where J is not known, the longest side counts.
    known = (np.isfinite(variation) & (variation > 0.0)).any(axis=1, keepdims=True)
    wide = width > SMALLEST * (1.0 + np.abs(boxes.middle))
    return np.where(wide, np.where(known, variation, width), -1.0).argmax(axis=1)


def _collected(numeric_map, target, found: np.ndarray, undecided: np.ndarray, left: Boxes) -> Solutions:
    """Join what was found in the boxes, and find out whether that is all."""
    region, scale = numeric_map.region, 1.0 + np.abs(target).max()
    left_over = left.middle[:: max(1, len(left) // MOST_SOLUTIONS)]
    stopped = newton(numeric_map, left_over, np.broadcast_to(target, left_over.shape))
    found = np.concatenate([found, stopped[~np.isnan(stopped).any(axis=1)]])
    blurred = _blur(numeric_map, found, scale) > SAME
    points = distinct(found[~blurred], SAME)
    # Where det J = 0 the best point stands for all close to it.
    polished = newton(numeric_map, undecided, np.broadcast_to(target, undecided.shape))
    stayed = np.abs(polished - undecided).max(axis=1, initial=0.0) <= BLURRED
    candidates = np.concatenate([np.where(stayed[:, None], polished, undecided), found[blurred]])
    residual = np.abs(numeric_map.values(candidates) - target).max(axis=1, initial=0.0)
    order = np.argsort(residual)
    candidates = candidates[order[residual[order] <= 1e-10 * scale]]
    points = distinct(np.concatenate([points, candidates]), BLURRED, len(points))
    explained = [
        (np.abs(points - centre).max(axis=1, initial=0.0) <= 2 * BLURRED * scale).any() for centre in undecided
    ]
    if len(points):
        points = points[region.contains(list(points.T), margin=-1e-9)]
    curve = (_blur(numeric_map, points, scale) > BLURRED).sum() >= CURVE
    return Solutions(points, len(left) == 0 and all(explained), not curve)


def _blur(numeric_map, points: np.ndarray, scale: float) -> np.ndarray:
    """How far each point may be moved, relative to its size, while T changes by rounding only."""
    with np.errstate(all="ignore"):
        matrices = numeric_map.jacobians(points)
        matrices = np.where(np.isfinite(matrices), matrices, 0.0)
        steepness = np.linalg.norm(matrices, -2, axis=(1, 2))
        return 1e-14 * scale / steepness / (1.0 + np.abs(points).max(axis=1, initial=0.0))


def distinct(points: np.ndarray, tolerance: float, first: int = 0) -> np.ndarray:
    """Leave out repetitions of earlier points; the first ones are kept as they are."""
    chosen = list(points[:first])
    for point in points[first:]:
        if not any(np.abs(point - other).max() <= tolerance * (1.0 + np.abs(other).max()) for other in chosen):
            chosen.append(point)
    return np.array(chosen).reshape(-1, points.shape[1])
