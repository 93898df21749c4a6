"""Points at the faces and corners of a cell, where f is compared with its continuation from inside.

A jump or a kink between the last point of a rule and the edge of its cell changes none of the values that the rule
takes, and so no null rule can see it. A value at the edge does: it is off the polynomial through the other values.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np

# Half-widths between a face of the cube and the points next to it: not 0, because f may be infinite at a limit.
EDGE = 1e-7
# From this dimension on the corners outnumber the points of the rule: they are left out.
TOO_MANY_CORNERS = 8
# How large a difference at a singularity can be, in terms of the largest value of f at the points of the rules.
SINGULAR = 4.0


@dataclass(frozen=True)
class Probes:
    """Points at c faces or corners of a rule, on several lines towards each.

    Attributes
    ----------
    points : ndarray, shape (c * lines, n)
    inward : ndarray, shape (m, c)
        Continues f from the m points of the rule to each face or corner.
    layers : ndarray of int, shape (3, c, lines)
        Which points lie at the face or corner, next to it, and next to these, on each line.
    shares : ndarray, shape (lines,)
        Weights of the lines, whose sum is 1.
    growth : float
        A power law that grows by the factor g from the third layer to the second grows by g**growth from the second
        to the first.
    volume : float
        How much of the cube each face or corner stands for: what may lie beyond a jump that the rule does not see.
    """

    points: np.ndarray
    inward: np.ndarray
    layers: np.ndarray
    shares: np.ndarray
    growth: float
    volume: float

    def differences(self, values: np.ndarray, largest: float) -> np.ndarray:
        """Compare the values in each cell, shape (cells, p), at each face or corner; shape (cells, c).

        Beside a singularity f grows without bound towards the edge, which tells nothing of a jump: where it grows
        like a power, the difference is capped in terms of `largest`.
        """
        found = values[:, self.layers[0]] @ self.shares
        differences = np.abs(found - values[:, : len(self.inward)] @ self.inward)
        cap = SINGULAR * largest
        rows = np.flatnonzero((differences > cap).any(axis=1))
        if rows.size:
            sizes = np.abs(values[rows])
            end, last, second = (sizes[:, layer] @ self.shares for layer in self.layers)
            power = last * np.where(second > 0.0, last / second, 0.0) ** self.growth
            differences[rows] = np.where(end <= SINGULAR * power, np.minimum(differences[rows], cap), differences[rows])
        return differences


def face_probes(nodes: np.ndarray, lines: np.ndarray, x: np.ndarray, shares: np.ndarray) -> Probes:
    """Return probes at the 2n faces: column k is the lower one of axis k, column n + k the upper one.

    Parameters
    ----------
    nodes : ndarray, shape (m, n)
        The points of the rule.
    lines : ndarray of int, shape (n, lines, len(x))
        The points on lines along each axis.
    x : ndarray
        Their coordinates on that axis, in order.
    shares : ndarray, shape (lines,)
    """
    n = nodes.shape[1]
    lines = np.concatenate([lines[..., ::-1], lines])
    points = nodes[lines[..., -1]]
    for column, (end, axis) in enumerate(product((-1.0, 1.0), range(n))):
        points[column, :, axis] = end * (1.0 - EDGE)
    inward = np.zeros((len(nodes), 2 * n))
    np.add.at(inward, (lines, np.arange(2 * n)[:, None, None]), shares[:, None] * continuation(x))
    layers = _layers(len(nodes), lines[..., -1], lines[..., -2])
    return Probes(points.reshape(-1, n), inward, layers, shares, _growth(x), (1.0 - x[-1]) * 2.0 ** (n - 1))


def corner_probes(
    nodes: np.ndarray, start: int, lines: np.ndarray, weights: np.ndarray, near: tuple[int, int], x, inset: float
) -> Probes:
    """Return probes at the corners: one line towards each.

    Parameters
    ----------
    nodes : ndarray, shape (m, n)
        The points of the rule.
    start : int
        The index of the first corner among all points.
    lines : ndarray of int, shape (c, points)
        The points from which f is continued to each corner.
    weights : ndarray, shape (points,)
        How.
    near : pair of int
        The place on a line of the point nearest to the corner, on the diagonal, and of the next.
    x : ndarray
        The coordinates of the points on the diagonal, in order.
    inset : float
        A plane that cuts off a corner and as much of the edges there may be unseen.
    """
    n = nodes.shape[1]
    inward = np.zeros((len(nodes), len(lines)))
    inward[lines, np.arange(len(lines))[:, None]] = weights
    points = (1.0 - EDGE) * np.sign(nodes[lines[:, near[0]]])
    layers = _layers(start, lines[:, near[:1]], lines[:, near[1:]])
    return Probes(points, inward, layers, np.ones(1), _growth(x), inset**n / math.factorial(n))


def continuation(x: np.ndarray) -> np.ndarray:
    """Return the weights that continue a polynomial from its values at the nodes x to the edge."""
    gaps = x[:, None] - x
    np.fill_diagonal(gaps, 1.0)
    return np.prod(np.where(np.eye(len(x), dtype=bool), 1.0, (1.0 - EDGE - x) / gaps), axis=1)


def _layers(start: int, last: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.stack([start + np.arange(last.size).reshape(last.shape), last, second])


def _growth(x: np.ndarray) -> float:
    second, last = 1.0 - x[-2:]
    return float(np.log(last / EDGE) / np.log(second / last))
