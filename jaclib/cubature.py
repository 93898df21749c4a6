r"""Adaptive cubature over a box: ∫…∫ f dx₁…dxₙ for a vectorised f, with an error estimate.

Each cell of a partition of the box gets an embedded rule, that is, two formulas on the same points: the
better one gives the value, their difference the error. The cells whose error is too large are halved, all at
once, each across the axis that contributes most. Both formulas are linear in the values of f, so that one
pass costs one call of f and one matrix product, however many cells there are. Infinite ranges are mapped to
finite ones, which is itself a change of variables: dx = |x′(t)| dt.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from jaclib import _validate
from jaclib._cubature_integrand import Integrand, check_tolerances, oriented_box
from jaclib._cubature_rules import Rule, embedded_rule

__all__ = ["Cubature", "CubatureWarning", "integrate"]

EPS = float(np.finfo(float).eps)
# Bounds the memory of one pass: the points of a batch, times a few arrays of that size inside f.
BATCH_POINTS = 400_000
# 1/t² is far from overflow there.
SMALLEST_CELL = 1e-120
# Where f is 0 at all points of the first pass, that many are tried before it is taken to be 0.
SEARCH_POINTS = 100_000
# Bounds the factor 1/(1 − q) by which the error of a slowly converging cell is raised.
SLOWEST = 0.95
# The part of a parent's error that its children may keep unseen: a step between the last point and the edge does.
INHERITED = 0.1
# How large a jump at an edge can be, in terms of the largest value of f.
EDGE_CAP = 4.0


class CubatureWarning(UserWarning):
    """The error estimate did not reach the tolerance that was asked for."""


@dataclass(frozen=True)
class Cubature:
    """What `integrate` returns.

    Attributes
    ----------
    value : float
        The integral.
    error : float
        An estimate of the absolute error, from above in all but exceptional cases.
    evaluations : int
        The number of points at which f was evaluated.
    converged : bool
        Whether the error estimate reached the tolerance.
    """

    value: float
    error: float
    evaluations: int
    converged: bool

    def __float__(self) -> float:
        return self.value


def integrate(
    f: Callable[..., np.ndarray],
    limits: Sequence[tuple[float, float]],
    *,
    rtol: float = 1e-10,
    atol: float = 0.0,
    max_evaluations: int = 5_000_000,
) -> Cubature:
    r"""Integrate f over a box, adaptively, with an error estimate.

    Parameters
    ----------
    f : callable
        Called as ``f(x1, ..., xn)`` with n arrays of one common shape ``(N,)``; returns the N values of the
        integrand, real and finite. It must act on each point by itself.
    limits : sequence of n pairs
        ``(a, b)`` for each coordinate, in the order of the arguments of f. Either may be infinite. As in
        one dimension, the sign changes when a > b.
    rtol, atol : float
        The aim: error ≤ max(atol, rtol · abs(value)), or the rounding error of summing f if that is larger.
    max_evaluations : int
        Points of f to spend at most, about.

    Returns
    -------
    Cubature
        With ``.value``, ``.error``, ``.evaluations``, ``.converged``.

    Raises
    ------
    TypeError
        If f is not callable or returns complex values, or the limits are not numbers.
    ValueError
        If a limit is nan, if f returns the wrong shape or mixes its points, or if a value of f is nan or
        infinite.

    Warns
    -----
    CubatureWarning
        If the tolerance was not reached: f has a singularity, an infinite integral, or needs more
        evaluations.

    Notes
    -----
    Up to three dimensions the rule in a cell is a product of Gauss-Kronrod rules (21 points per axis, 15 in
    three dimensions), with further points at the faces of the cell, where a jump would be hidden from them;
    beyond that it is the rule of degree 7 of Genz and Malik, for at most 10 dimensions, without such points. No
    rule can see a peak that falls between its points: put a limit, or a split of the range, at a peak whose
    place you know. A singularity is resolved best at a limit equal to 0, where floating-point numbers are
    densest.

    Cost: one call of f per pass; at least 1 104 points in 1-D, 2 405 in 2-D, 33 021 in 3-D.

    References
    ----------
    R. Piessens et al., QUADPACK (1983), section 2.2; A. Genz and A. Malik, J. Comput. Appl. Math. 6 (1980)
    295-302.

    Examples
    --------
    The area of a disc of radius 2, in polar coordinates:

    >>> import numpy as np
    >>> area = integrate(lambda r, t: r, [(0, 2), (0, 2 * np.pi)])
    >>> bool(abs(area.value - 4 * np.pi) <= area.error < 1e-9)
    True

    The whole plane:

    >>> gauss = integrate(lambda x, y: np.exp(-(x**2 + y**2) / 2), [(-np.inf, np.inf)] * 2)
    >>> round(gauss.value / np.pi, 9)
    2.0
    """
    _validate.require_callable("integrate", f)
    lower, upper, sign = oriented_box(limits)
    check_tolerances(rtol, atol, max_evaluations)
    if sign == 0.0:
        return Cubature(0.0, 0.0, 0, True)
    integrand = Integrand(f, lower, upper)
    return _adapt(integrand, sign, rtol, atol, max_evaluations)


@dataclass
class _Cells:
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

    def __getitem__(self, rows) -> _Cells:
        return _Cells(*(column[rows] for column in vars(self).values()))

    @staticmethod
    def join(parts: Sequence[_Cells]) -> _Cells:
        """Put partitions together."""
        columns = zip(*(vars(part).values() for part in parts), strict=True)
        return _Cells(*(np.concatenate(column) for column in columns))


def _adapt(integrand: Integrand, sign: float, rtol: float, atol: float, max_evaluations: int) -> Cubature:
    """Halve the worst cells until the sum of the cell errors is below the tolerance."""
    rule = embedded_rule(integrand.dimension)
    cells = _first_partition(rule, integrand)
    while not cells.peak.any() and 2 * integrand.evaluations < min(SEARCH_POINTS, max_evaluations):
        cells = _apply(rule, integrand, *_halve(cells.centre, cells.half, cells.half.argmax(axis=1)))
    if not cells.peak.any():
        _warn(
            f"f is 0 at all of {integrand.evaluations} points. If it has a narrow peak, that was missed: narrow the "
            "limits to where f is not 0."
        )
        return Cubature(0.0, 0.0, integrand.evaluations, True)
    while True:
        total, total_error = float(cells.value.sum()), float(cells.error.sum())
        if not np.isfinite(total_error):
            raise ValueError("integrate: the integral overflows; expected an integrable f. Check the limits.")
        # Rounding in f and in the sums: below this no halving helps, and the estimate must not go below it.
        rounding = 32.0 * EPS * float(cells.magnitude.sum())
        target = max(atol, rtol * abs(total), rounding)
        converged = total_error <= target
        split = np.empty(0, int) if converged else _resolvable(cells, _worst(cells.error, target))
        affordable = (max_evaluations - integrand.evaluations) // (2 * rule.points)
        if split.size == 0 or affordable < 1:
            break
        split = split[:affordable]
        parents = cells[split]
        halves = _apply(rule, integrand, *_halve(parents.centre, parents.half, parents.axis))
        _guard(halves, parents, np.tile(np.arange(len(split)), 2))
        keep = np.ones(len(cells.value), bool)
        keep[split] = False
        cells = _Cells.join([cells[keep], halves])
    if not converged:
        _warn(
            f"error estimate {total_error:.1e} after {integrand.evaluations} evaluations, expected at most "
            f"{target:.1e}. The integral may diverge or be singular inside the box: put a limit at the singularity, "
            "change variables, or raise rtol or max_evaluations."
        )
    return Cubature(sign * total, total_error + rounding, integrand.evaluations, converged)


def _warn(message: str) -> None:
    # The level of the caller of `integrate`.
    warnings.warn(f"integrate: {message}", CubatureWarning, stacklevel=4)


def _worst(error: np.ndarray, target: float) -> np.ndarray:
    """Return the cells to halve, worst first: those that carry all but a part of the tolerance."""
    order = np.argsort(error)[::-1]
    carried = np.cumsum(error[order])
    return order[: int(np.searchsorted(carried, carried[-1] - 0.5 * target)) + 1]


def _resolvable(cells: _Cells, chosen: np.ndarray) -> np.ndarray:
    """Return those of the chosen cells that are wider than the spacing of floating-point numbers."""
    rows = chosen, cells.axis[chosen]
    wide = cells.half[rows] > np.maximum(64.0 * EPS * np.abs(cells.centre[rows]), SMALLEST_CELL)
    # What a cell hides that cannot be halved is not seen: all of it counts as error.
    stuck = chosen[~wide]
    cells.error[stuck] = np.maximum(cells.error[stuck], cells.magnitude[stuck])
    return chosen[wide]


def _guard(children: _Cells, parents: _Cells, owner: np.ndarray) -> None:
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


def _remember(children: _Cells, parents: _Cells, owner: np.ndarray) -> None:
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


def _halve(centre: np.ndarray, half: np.ndarray, axis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return centres and half-widths of the first halves, then of the second ones."""
    rows = np.arange(len(centre))
    half = half.copy()
    half[rows, axis] *= 0.5
    shift = np.zeros_like(half)
    shift[rows, axis] = half[rows, axis]
    return np.concatenate([centre - shift, centre + shift]), np.concatenate([half, half])


def _first_partition(rule: Rule, integrand: Integrand) -> _Cells:
    """Begin with several cells, so that few peaks are missed, and compare them with larger ones."""
    # A whole axis must be cut at t = 0, where its two infinities meet.
    per_axis = np.where(integrand.whole, np.maximum(rule.first_cells, 2), rule.first_cells)
    cells = _apply(rule, integrand, *_grid(integrand, per_axis))
    # A cell across t = 0 tells nothing, and from four dimensions on there are no smaller cells to compare.
    halved = (per_axis % 2 == 0) & (~integrand.whole | (per_axis % 4 == 0))
    if halved.any():
        coarse = np.where(halved, per_axis // 2, per_axis)
        owner = np.indices(per_axis) // np.where(halved, 2, 1).reshape(-1, *[1] * len(per_axis))
        parents = _apply(rule, integrand, *_grid(integrand, coarse))
        _guard(cells, parents, np.ravel_multi_index(tuple(owner.reshape(len(per_axis), -1)), tuple(coarse)))
    return cells


def _grid(integrand: Integrand, per_axis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return centres and half-widths, of shape (cells, n), of equal cells."""
    lower, upper = integrand.box
    width = (upper - lower) / per_axis
    index = np.indices(per_axis).reshape(integrand.dimension, -1).T
    return lower + (index + 0.5) * width, np.broadcast_to(0.5 * width, index.shape).copy()


def _apply(rule: Rule, integrand: Integrand, centre: np.ndarray, half: np.ndarray) -> _Cells:
    """Apply the rule in each cell, a bounded number of points at a time."""
    step = max(1, BATCH_POINTS // rule.points)
    starts = range(0, len(centre), step)
    parts = [_apply_batch(rule, integrand, centre[k : k + step], half[k : k + step]) for k in starts]
    return parts[0] if len(parts) == 1 else _Cells.join(parts)


def _apply_batch(rule: Rule, integrand: Integrand, centre: np.ndarray, half: np.ndarray) -> _Cells:
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
    return _Cells(centre, half, sums[:, 0] * volume, difference, error, magnitude, axis, sizes[rows, highest], place)
