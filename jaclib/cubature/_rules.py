"""Embedded cubature rules on the cube [−1, 1]ⁿ, as tables: points, and weights that give value and error at once.

A rule gives the value of the integral and a number of *null rules*: sums that vanish for polynomials of low degree, and
so show how far f is from one (J. Berntsen and T. Espelid, ACM Trans. Math. Softw. 17 (1991) 233-252).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, pairwise, product

import numpy as np

from jaclib.cubature._gauss_kronrod import gauss_kronrod
from jaclib.cubature._probes import TOO_MANY_CORNERS, Probes, continuation, corner_probes, face_probes

MAX_DIMENSION = 10
# Null rules along each axis of a product rule: the highest degrees that its points can tell from each other.
NULL_RULES = 8
# From two of the coefficients to the next two they fall by this factor or more where f is resolved.
RESOLVED = 0.15
# The least part of the largest coefficients that is counted as error, however fast they fall.
LEAST = 0.02
# What the coefficients of a function that is not resolved are multiplied with.
CAUTION = 2.0
# Of so many points in a cell the most remarkable value is kept, and of each cell at most so many values.
KEPT_OF = 60
MOST_KEPT = 16


@dataclass(frozen=True)
class Judgement:
    """What the null rules say of each cell, for cells of half-width 1.

    Attributes
    ----------
    error : ndarray, shape (cells,)
        The estimated error of the value.
    raw : ndarray, shape (cells,)
        The size of the null rules, before any judgement: it falls like the error from a cell to its parts.
    rough : ndarray, shape (cells,)
        0 where f is resolved, 1 where it is not.
    along : ndarray, shape (cells, n)
        The share of each axis.
    """

    error: np.ndarray
    raw: np.ndarray
    rough: np.ndarray
    along: np.ndarray


@dataclass(frozen=True)
class Rule:
    """One embedded rule in n dimensions with p points.

    Attributes
    ----------
    nodes : ndarray, shape (p, n)
        The m points of the rule itself, then those of the faces, then those of the corners.
    inner : int
        The number m.
    weights : ndarray, shape (m, 1 + k)
        Column 0 gives the value, the others are null rules.
    judge : callable
        From the k null rules of each cell, shape (cells, k), to a `Judgement`.
    faces, corners : Probes
        Columns k and n + k of `faces` belong to axis k. Either may be without points.
    slack : ndarray, shape (m, s)
        Null rules whose sum the corners may differ by even where f is smooth.
    slab : float
        The volume that a value at a corner stands for which lies outside the range of all other values.
    """

    nodes: np.ndarray
    inner: int
    weights: np.ndarray
    judge: Callable[[np.ndarray], Judgement]
    faces: Probes
    corners: Probes
    slack: np.ndarray
    slab: float

    @property
    def points(self) -> int:
        """The number of points p."""
        return len(self.nodes)

    @cached_property
    def absolute(self) -> np.ndarray:
        """The absolute values of the weights that give the value."""
        return np.abs(self.weights[:, 0])

    @cached_property
    def groups(self) -> tuple[tuple[int, int], ...]:
        """The first and the last point, less one, of each group of points of which one value is kept."""
        count = min(max(2, self.points // KEPT_OF), MOST_KEPT)
        bounds = np.linspace(0, self.points, count + 1).astype(int).tolist()
        return tuple(pairwise(bounds))


@cache
def embedded_rule(n: int) -> Rule:
    """Return the rule for n dimensions: a product of Gauss-Kronrod rules up to three, Genz-Malik from four on."""
    if n > MAX_DIMENSION:
        raise ValueError(
            f"integrate: {n} dimensions, expected at most {MAX_DIMENSION}. A box has 2ⁿ corners, which a cubature "
            "rule must visit: use jaclib.monte_carlo, whose error does not depend on the dimension."
        )
    return _product_rule(n) if n <= 3 else _genz_malik(n)


def _product_rule(n: int) -> Rule:
    """Return the product of n Gauss-Kronrod rules: 21 points along an axis, 15 in three dimensions."""
    x, kronrod, gauss = gauss_kronrod(7 if n == 3 else 10)
    nodes = np.stack(np.meshgrid(*[x] * n, indexing="ij"), axis=-1).reshape(-1, n)
    null_rules = _null_rules(x, kronrod - gauss)
    # A null rule along one axis, the Kronrod rule along the others; and two along two axes, because a jump along a
    # diagonal is invisible to each axis alone.
    columns = [_outer([kronrod] * n)]
    columns += [_outer([null if j == k else kronrod for j in range(n)]) for null in null_rules for k in range(n)]
    pairs = list(combinations(range(n), 2))
    columns += [
        _outer([{j: first, k: second}.get(axis, kronrod) for axis in range(n)])
        for j, k in pairs
        for first, second in product(null_rules[:2], repeat=2)
    ]
    # The faces have the points of the product of Gauss's rules.
    index, inner = np.arange(len(nodes)).reshape((len(x),) * n), np.flatnonzero(gauss)
    lines = [np.moveaxis(index, k, -1)[np.ix_(*[inner] * (n - 1))].reshape(-1, len(x)) for k in range(n)]
    faces = face_probes(nodes, np.stack(lines), x, _outer([gauss[inner] / 2.0] * (n - 1)))
    # In one dimension a corner is a face.
    signs = list(product((False, True), repeat=n)) if n > 1 else []
    towards = [np.flip(index, [k for k in range(n) if not up[k]]).ravel() for up in signs]
    corners = corner_probes(
        nodes,
        len(nodes) + len(faces.points),
        np.array(towards, dtype=int).reshape(len(signs), len(nodes)),
        _outer([continuation(x)] * n),
        (-1, index[(-2,) * n]),
        x,
        1.0 - x[inner[-1]],
    )
    weights = np.stack(columns, axis=1)
    return _rule(nodes, weights, _judge_spectrum(n, pairs), faces, corners, np.empty((len(nodes), 0)), 0.0)


def _rule(nodes, weights, judge, faces, corners, slack, slab) -> Rule:
    points = np.concatenate([nodes, faces.points, corners.points])
    return Rule(points, len(nodes), weights, judge, faces, corners, slack, slab)


def _null_rules(x: np.ndarray, difference: np.ndarray) -> list[np.ndarray]:
    """Return orthogonal null rules, that of the highest degree first, all as large as the difference of the two rules.

    The first is that difference itself.
    """
    basis = np.linalg.qr(np.polynomial.legendre.legvander(x, len(x) - 1))[0]
    return [np.linalg.norm(difference) * basis[:, -1 - k] for k in range(NULL_RULES)]


def _outer(factors: list[np.ndarray]) -> np.ndarray:
    result = np.ones(1)
    for factor in factors:
        result = np.multiply.outer(result, factor).ravel()
    return result


def _judge_spectrum(n: int, pairs: list[tuple[int, int]]) -> Callable[[np.ndarray], Judgement]:
    """Return a judge that looks at how fast the coefficients of f fall along each axis.

    Where they fall fast f is resolved, and the error is far below the last ones. Where they do not, each may vanish
    by accident, at a kink for example, and the error is of the size of the last four together.
    """
    of_pair = np.zeros((len(pairs), n))
    for row, pair in enumerate(pairs):
        of_pair[row, list(pair)] = 0.5

    def judge(terms: np.ndarray) -> Judgement:
        sizes = np.abs(terms)
        c = sizes[:, : NULL_RULES * n].reshape(len(terms), NULL_RULES, n)
        top = c[:, 0] + c[:, 1]
        last = top + c[:, 2] + c[:, 3]
        fall = last / np.maximum(c[:, 4:].sum(axis=1), 1e-300)
        rough = np.clip(fall / RESOLVED - 1.0, 0.0, 1.0)
        mixed = sizes[:, NULL_RULES * n :].reshape(len(terms), len(pairs), 4).sum(axis=2) @ of_pair
        along = (1.0 - rough) * np.clip(fall / RESOLVED, LEAST, 1.0) * top + CAUTION * rough * last + mixed
        raw = (last + mixed).sum(axis=1)
        return Judgement(along.sum(axis=1), raw, (rough * last).sum(axis=1) / np.maximum(raw, 1e-300), along)

    return judge


def _judge_difference(terms: np.ndarray) -> Judgement:
    """Take the difference of the two rules as error, and fourth differences for the axes.

    That difference is far larger than the error where f is smooth, but it does not tell whether f is: `rough` is 1/2.
    """
    sizes = np.abs(terms)
    return Judgement(sizes[:, 0], sizes[:, 0], np.full(len(terms), 0.5), sizes[:, 1:])


def _genz_malik(n: int) -> Rule:
    """Return the rule of degree 7 with one of degree 5 in it (Genz and Malik 1980); 2ⁿ + 2n² + 2n + 1 points."""
    inner, outer, corner = np.sqrt(9 / 70), np.sqrt(9 / 10), np.sqrt(9 / 19)
    eye = np.eye(n)
    orbits = [
        np.zeros((1, n)),
        np.concatenate([inner * eye, -inner * eye]),
        np.concatenate([outer * eye, -outer * eye]),
        np.array(
            [
                outer * (p * eye[i] + q * eye[j])
                for i, j in combinations(range(n), 2)
                for p, q in product((1, -1), repeat=2)
            ]
        ),
        corner * np.array(list(product((-1.0, 1.0), repeat=n))),
    ]
    # Weights per orbit, for volume 1.
    degree7 = [
        (12824 - 9120 * n + 400 * n * n) / 19683,
        980 / 6561,
        (1820 - 400 * n) / 19683,
        200 / 19683,
        6859 / 19683 / 2**n,
    ]
    degree5 = [(729 - 950 * n + 50 * n * n) / 729, 245 / 486, (265 - 100 * n) / 1458, 25 / 729, 0.0]
    sizes = [len(orbit) for orbit in orbits]
    high, low = (np.repeat(np.array(weights) * 2.0**n, sizes) for weights in (degree7, degree5))
    nodes = np.concatenate(orbits)
    # The five points on each axis and the three on each diagonal, in order.
    k = np.arange(n)
    axes = np.stack([1 + 3 * n + k, 1 + n + k, np.zeros(n, int), 1 + k, 1 + 2 * n + k], axis=1)
    faces = face_probes(nodes, axes[:, None], np.array([-outer, -inner, 0.0, inner, outer]), np.ones(1))
    ends = np.arange(len(nodes) - 2**n, len(nodes))
    diagonals = np.stack([ends[::-1], np.zeros(2**n, int), ends], axis=1)[: 2**n if n < TOO_MANY_CORNERS else 0]
    x = np.array([-corner, 0.0, corner])
    corners = corner_probes(
        nodes, len(nodes) + len(faces.points), diagonals, continuation(x), (-1, -2), x, n * (1.0 - corner)
    )
    ratio = inner / outer
    # Fourth differences along each axis: zero for a cubic, so they show where f is far from one.
    fourth = _on_axes(nodes, axes, [-(ratio**2), 1.0, 2.0 * (ratio**2 - 1.0), 1.0, -(ratio**2)])
    # A corner is compared with a parabola: it may differ by what the third differences along the axes explain.
    third = n * n * _on_axes(nodes, axes, [-1.0, 1.0 / ratio, 0.0, -1.0 / ratio, 1.0])
    weights = np.column_stack([high, high - low, fourth])
    return _rule(nodes, weights, _judge_difference, faces, corners, third, faces.volume)


def _on_axes(nodes: np.ndarray, axes: np.ndarray, values: list[float]) -> np.ndarray:
    """Return weights of shape (points, n): `values` at the points on each axis."""
    weights = np.zeros((len(nodes), len(axes)))
    weights[axes, np.arange(len(axes))[:, None]] = values
    return weights
