"""A partition of the box into cells, and what the rule found in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jaclib.cubature._integrand import Integrand
from jaclib.cubature._rules import Rule

EPS = float(np.finfo(float).eps)
# Bounds the memory of one pass: the points of a batch, times a few arrays of that size inside f.
BATCH_POINTS = 400_000
# Bounds the factor 1/(1 − q) by which the error of a slowly converging cell is raised.
SLOWEST = 0.95
# The part of a parent's error that its children may keep unseen: a step between the last point and the edge does.
INHERITED = 0.1
# How large a jump at an edge can be, in terms of the largest value of f.
EDGE_CAP = 4.0


@dataclass
class Cells:
    """A partition of the box, one row per cell, with what the rule found in each.

    `difference` is that of the two formulas; `error` is the estimate made of it. `peak` is the largest absolute
    value of f that was ever seen in the cell, also by a larger one, and `place` is where.
    """

    centre: np.ndarray
    half: np.ndarray
    value: np.ndarray
    difference: np.ndarray
    error: np.ndarray
    magnitude: np.ndarray
    axis: np.ndarray
    peak: np.ndarray
    place: np.ndarray

    def __getitem__(self, rows) -> Cells:
        return Cells(*(column[rows] for column in vars(self).values()))

    @staticmethod
    def join(parts: Sequence[Cells]) -> Cells:
        """Put partitions together."""
        columns = zip(*(vars(part).values() for part in parts), strict=True)
        return Cells(*(np.concatenate(column) for column in columns))


def guard(children: Cells, parents: Cells, owner: np.ndarray) -> None:
    """Raise the errors of cells by what is known of the larger cells they are parts of: child k of parent owner[k].

    One rule can be deceived: a kink between its last point and the edge of the cell changes none of its values.
    """

    def family(column: np.ndarray) -> np.ndarray:
        return np.bincount(owner, column, len(parents.value))

    # At a singularity each halving leaves a part q of the error: what is left adds up to error / (1 - q).
    difference = family(children.difference)
    above_rounding = difference > 64.0 * EPS * parents.magnitude
    q = np.where(above_rounding, difference / np.maximum(parents.difference, 1e-300), 0.0)
    slow = 1.0 / (1.0 - np.minimum(q, SLOWEST))
    # The change of the value is the error that the parent had: the children may keep a part of it, and all that
    # the parent did not predict.
    change = np.abs(family(children.value) - parents.value)
    inherited = INHERITED * change + np.maximum(change - parents.error, 0.0)
    children.error = children.error * slow[owner] + (inherited / np.bincount(owner))[owner]
    _remember(children, parents, owner)


def _remember(children: Cells, parents: Cells, owner: np.ndarray) -> None:
    """Keep the largest value that a parent saw, with its place, in the child that did not see it again.

    A narrow peak may be hit by one point of a large cell and by none of the smaller ones: it stays an error until
    the cells around it are so small that their points are on it too.
    """
    peak, place = parents.peak[owner], parents.place[owner]
    lost = (np.abs(place - children.centre) <= children.half).all(axis=1) & (children.peak < 0.5 * peak)
    if lost.any():
        children.peak[lost], children.place[lost] = peak[lost], place[lost]
        children.error[lost] += peak[lost] * (2.0 * children.half[lost]).prod(axis=1)
        children.axis[lost] = children.half[lost].argmax(axis=1)


def halve(centre: np.ndarray, half: np.ndarray, axis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return centres and half-widths of the first halves, then of the second ones."""
    rows = np.arange(len(centre))
    half = half.copy()
    half[rows, axis] *= 0.5
    shift = np.zeros_like(half)
    shift[rows, axis] = half[rows, axis]
    return np.concatenate([centre - shift, centre + shift]), np.concatenate([half, half])


def first_partition(rule: Rule, integrand: Integrand) -> Cells:
    """Begin with several cells, so that few peaks are missed, and compare them with larger ones."""
    # A whole axis must be cut at t = 0, where its two infinities meet.
    per_axis = np.where(integrand.whole, np.maximum(rule.first_cells, 2), rule.first_cells)
    cells = apply(rule, integrand, *_grid(integrand, per_axis))
    # A cell across t = 0 tells nothing, and from four dimensions on there are no smaller cells to compare.
    halved = (per_axis % 2 == 0) & (~integrand.whole | (per_axis % 4 == 0))
    if halved.any():
        coarse = np.where(halved, per_axis // 2, per_axis)
        owner = np.indices(per_axis) // np.where(halved, 2, 1).reshape(-1, *[1] * len(per_axis))
        parents = apply(rule, integrand, *_grid(integrand, coarse))
        guard(cells, parents, np.ravel_multi_index(tuple(owner.reshape(len(per_axis), -1)), tuple(coarse)))
    return cells


def _grid(integrand: Integrand, per_axis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return centres and half-widths, of shape (cells, n), of equal cells."""
    lower, upper = integrand.box
    width = (upper - lower) / per_axis
    index = np.indices(per_axis).reshape(integrand.dimension, -1).T
    return lower + (index + 0.5) * width, np.broadcast_to(0.5 * width, index.shape).copy()


def apply(rule: Rule, integrand: Integrand, centre: np.ndarray, half: np.ndarray) -> Cells:
    """Apply the rule in each cell, a bounded number of points at a time."""
    step = max(1, BATCH_POINTS // rule.points)
    starts = range(0, len(centre), step)
    parts = [_apply_batch(rule, integrand, centre[k : k + step], half[k : k + step]) for k in starts]
    return parts[0] if len(parts) == 1 else Cells.join(parts)


def _apply_batch(rule: Rule, integrand: Integrand, centre: np.ndarray, half: np.ndarray) -> Cells:
    cells, n = centre.shape
    # Coordinate by coordinate, as f takes them: x[k] has shape (cells · points,). The edges are left out, because f
    # may be infinite there.
    inner = np.nextafter(centre - half, np.inf), np.nextafter(centre + half, -np.inf)
    x = [
        np.clip(centre[:, k, None] + half[:, k, None] * rule.nodes[:, k], *(end[:, k, None] for end in inner)).ravel()
        for k in range(n)
    ]
    values = integrand(x).reshape(cells, rule.points)
    sizes = np.abs(values)
    volume = half.prod(axis=1)
    integrand.largest = max(integrand.largest, float(sizes[:, : rule.points - rule.edge_points].max()))
    with np.errstate(over="ignore"):
        sums = values @ rule.weights
        magnitude = (sizes @ np.abs(rule.weights[:, 0])) * volume
        # Beside a singularity f grows without bound towards the edge, which tells nothing of a jump.
        edges = np.minimum(np.abs(values @ rule.edge_weights), EDGE_CAP * rule.gap * integrand.largest)
    difference = np.abs(sums[:, 1 : 1 + rule.errors]).sum(axis=1) * volume
    error = difference + edges.sum(axis=1) * volume
    axis = (np.abs(sums[:, -n:]) + edges.reshape(cells, -1, n).sum(axis=1)).argmax(axis=1)
    highest = sizes.argmax(axis=1)
    rows = np.arange(cells)
    place = centre + half * rule.nodes[highest]
    return Cells(centre, half, sums[:, 0] * volume, difference, error, magnitude, axis, sizes[rows, highest], place)
