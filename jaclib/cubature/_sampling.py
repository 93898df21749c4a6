"""The rule applied in cells: one call of f and a few matrix products for all cells together."""

from __future__ import annotations

from functools import cache

import numpy as np

from jaclib.cubature._cells import EPS, FIRST_RATE, Cells, guard, halve
from jaclib.cubature._integrand import Integrand
from jaclib.cubature._probes import EDGE
from jaclib.cubature._rules import Rule

# Bounds the memory of one pass: the points of a batch, times a few arrays of that size inside f.
BATCH_POINTS = 400_000
# A corner must be off by so many times what half of the corners are off by.
OUTSTANDING = 8.0
# One in so many corners lies in a slab that is narrow in three axes.
SLAB = 8
# Cells per axis of the first partition in one dimension, before they are halved; in more dimensions there is one.
FIRST_CELLS = 16
# Cells that the first partition is divided into: 2 ** min(n, this).
FIRST_HALVINGS = 5
# What halving along an axis is expected to leave of that axis' error.
HALVED = 1 / 32


def first_partition(rule: Rule, integrand: Integrand) -> Cells:
    """Divide the box into several cells, where they are needed, and compare these with larger ones."""
    n = integrand.dimension
    # A whole axis must be cut at t = 0, where its two infinities meet.
    per_axis = (FIRST_CELLS,) if n == 1 else tuple(1 + integrand.whole)
    lower, upper = integrand.box
    index = _grid(per_axis)
    half = np.repeat(0.5 * (upper - lower)[None] / per_axis, len(index), axis=0)
    centre = lower + index * half
    parents = sample(rule, integrand, centre, half)
    along = parents.along.copy()
    wanted = 2 * FIRST_CELLS if n == 1 else 2 ** min(n, FIRST_HALVINGS)
    while len(centre) < max(wanted, 2 * len(parents)):
        axis = along.argmax(axis=1)
        along[np.arange(len(along)), axis] *= HALVED
        centre, half = halve(centre, half, axis)
        along = np.concatenate([along, along])
    cells = sample(rule, integrand, centre, half)
    guard(cells, parents)
    return cells


def divide(rule: Rule, integrand: Integrand, parents: Cells) -> Cells:
    """Halve cells, each across the axis that contributes most."""
    children = sample(rule, integrand, *halve(parents.centre, parents.half, parents.along.argmax(axis=1)))
    guard(children, parents)
    return children


@cache
def _grid(per_axis: tuple[int, ...]) -> np.ndarray:
    """Return the centres of equal cells, of shape (cells, n), in half-widths from the lower end of the box."""
    return 2.0 * np.indices(per_axis).reshape(len(per_axis), -1).T + 1.0


def sample(rule: Rule, integrand: Integrand, centre: np.ndarray, half: np.ndarray) -> Cells:
    """Apply the rule in each cell, a bounded number of points at a time."""
    step = max(1, BATCH_POINTS // rule.points)
    starts = range(0, len(centre), step)
    parts = [_sample_batch(rule, integrand, centre[k : k + step], half[k : k + step]) for k in starts]
    return parts[0] if len(parts) == 1 else Cells.join(parts)


def _sample_batch(rule: Rule, integrand: Integrand, centre: np.ndarray, half: np.ndarray) -> Cells:
    cells, n = centre.shape
    values = integrand(_points(rule, integrand.box, centre, half)).reshape(cells, rule.points)
    inner = values[:, : rule.inner]
    sizes = np.abs(inner)
    integrand.largest = max(integrand.largest, float(sizes.max()))
    sums = inner @ rule.weights
    judged = rule.judge(sums[:, 1:])
    at_faces = rule.faces.volume * rule.faces.differences(values, integrand.largest)
    error = judged.error + at_faces.sum(axis=1)
    if len(rule.corners.points):
        error += _corner_error(rule, values, integrand.largest)
    volume = half.prod(axis=1)
    found = Cells(np.empty((cells, Cells.width(n, len(rule.groups)))), n)
    found.centre[:], found.half[:] = centre, half
    found.along[:] = judged.along + at_faces[:, :n] + at_faces[:, n:]
    found.value[:] = sums[:, 0] * volume
    found.error[:] = error * volume
    found.magnitude[:] = (sizes @ rule.absolute) * volume
    found.raw[:] = judged.raw * volume
    found.rough[:] = judged.rough
    found.rate[:] = FIRST_RATE
    found.low[:], found.high[:] = values.min(axis=1), values.max(axis=1)
    # Of each group of points the value farthest from the mean.
    deviation = np.abs(values - sums[:, :1] / 2.0**n)
    index = np.stack([first + deviation[:, first:end].argmax(axis=1) for first, end in rule.groups], axis=1)
    found.seen[:] = values[np.arange(cells)[:, None], index]
    found.place[:] = centre[:, None] + half[:, None] * rule.nodes[index]
    return found


def _points(rule: Rule, box, centre: np.ndarray, half: np.ndarray) -> list[np.ndarray]:
    """Return the points coordinate by coordinate, as f takes them, each of shape (cells * points,)."""
    x = [(centre[:, k, None] + half[:, k, None] * rule.nodes[:, k]).ravel() for k in range(centre.shape[1])]
    narrow = (EDGE * half <= 4.0 * EPS * (np.abs(centre) + half)).any(axis=0)
    for k in np.flatnonzero(narrow):
        # Where the cells are hardly wider than the spacing of floating-point numbers, points must not be rounded
        # onto an edge: f may be infinite there.
        for side, end, inward in (np.maximum, -1.0, np.inf), (np.minimum, 1.0, -np.inf):
            edge = np.nextafter(centre[:, k] + end * half[:, k], inward)
            limit = np.nextafter(box[0 if end < 0 else 1][k], inward)
            x[k] = side(x[k].reshape(len(centre), -1), side(edge, limit)[:, None]).ravel()
    return x


def _corner_error(rule: Rule, values: np.ndarray, largest: float) -> np.ndarray:
    """Return what jumps and kinks that cut off corners may hide, for cells of half-width 1."""
    count = len(rule.corners.points)
    differences = rule.corners.differences(values, largest)
    # Corners that stand out are cut off; where f is smooth, many differ alike.
    ordered = np.partition(differences, (count // 2, count - 1), axis=1)
    highest, usual = ordered[:, -1], ordered[:, count // 2]
    usual = OUTSTANDING * usual + np.abs(values[:, : rule.inner] @ rule.slack).sum(axis=1)
    error = rule.corners.volume * np.maximum(highest - usual, 0.0)
    if rule.slab:
        # A slab along an edge, or along a face of fewer dimensions, holds many corners and no other point.
        held = count // SLAB
        at, others = np.partition(values[:, -count:], (held - 1, count - held), axis=1), values[:, :-count]
        low, high = others.min(axis=1), others.max(axis=1)
        outside = np.maximum(at[:, count - held] - high, low - at[:, held - 1])
        error += np.where(outside > high - low, rule.slab * np.minimum(outside, highest), 0.0)
    return error
