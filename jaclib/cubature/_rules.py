"""Embedded cubature rules on the cube [−1, 1]ⁿ, as tables: points, and weights that give value and error at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

import numpy as np

from jaclib.cubature._gauss_kronrod import gauss_kronrod

MAX_DIMENSION = 10


@dataclass(frozen=True)
class Rule:
    """One embedded rule in n dimensions with p points.

    Attributes
    ----------
    nodes : ndarray, shape (p, n)
    weights : ndarray, shape (p, 1 + k)
        Column 0 gives the value. The next `errors` columns give errors, to be added in absolute value. The
        last n columns say how much each axis contributes to the error; the two groups may be the same
        columns.
    errors : int
    first_cells : int
        How many cells per axis to begin with.
    edge_weights : ndarray, shape (p, 2n)
        Each column compares f at one face of the cube with the continuation of f from inside, times the volume of
        the gap between that face and the points of the rule. Columns k and n + k belong to axis k. Empty where
        the rule has no points at the faces.
    edge_points : int
        How many of the points, the last ones, lie at the faces.
    gap : float
        The volume of one gap.
    """

    nodes: np.ndarray
    weights: np.ndarray
    errors: int
    first_cells: int
    edge_weights: np.ndarray
    edge_points: int = 0
    gap: float = 0.0

    @property
    def points(self) -> int:
        """The number of points p."""
        return len(self.nodes)


# n: (points of the Gauss rule, cells per axis at the start).
_PRODUCT_RULES = {1: (10, 32), 2: (10, 2), 3: (7, 2)}


@cache
def embedded_rule(n: int) -> Rule:
    """Return the rule for n dimensions: a product of Gauss-Kronrod rules up to three, Genz-Malik from four on."""
    if n > MAX_DIMENSION:
        raise ValueError(
            f"integrate: {n} dimensions, expected at most {MAX_DIMENSION}. A box has 2ⁿ corners, which a cubature "
            "rule must visit: use a Monte Carlo mean with its standard error instead."
        )
    return _product_rule(n, *_PRODUCT_RULES[n]) if n in _PRODUCT_RULES else _genz_malik(n)


def _product_rule(n: int, gauss_points: int, first_cells: int) -> Rule:
    x, kronrod, gauss = gauss_kronrod(gauss_points)
    nodes = np.stack(np.meshgrid(*[x] * n, indexing="ij"), axis=-1).reshape(-1, n)
    columns = [_outer([kronrod] * n)]
    # Along one axis an error functional, the Kronrod rule along the others.
    for null_rule in (_second_null_rule(x, kronrod - gauss), kronrod - gauss):
        columns += [_outer([null_rule if j == k else kronrod for j in range(n)]) for k in range(n)]
    edge_nodes, edge_weights = _edges(n, x, gauss)
    gap = (1.0 - x[-1]) * 2.0 ** (n - 1)
    weights = np.stack(columns, axis=1)
    weights = np.concatenate([weights, np.zeros((len(edge_nodes), weights.shape[1]))])
    return Rule(np.concatenate([nodes, edge_nodes]), weights, 2 * n, first_cells, edge_weights, len(edge_nodes), gap)


# Half-widths between a face of the cube and the points next to it: not 0, because f may be infinite at a limit.
EDGE = 1e-7


def _edges(n: int, x: np.ndarray, gauss: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return points at the faces, and weights of the comparison there for all points.

    A jump between the last point of a product rule and the edge of its cell changes no value, and so no error
    functional can see it. A point at the edge does: it is off the polynomial through the other points.
    """
    inner = np.flatnonzero(gauss)
    across = gauss[inner]
    gap = 1.0 - x[-1]
    per_face = len(inner) ** (n - 1)
    nodes, weights = [], np.zeros((len(x) ** n + 2 * n * per_face, 2 * n))
    grid = np.array(list(product(inner, repeat=n - 1)), dtype=int).reshape(per_face, n - 1)
    shares = gap * _outer([across] * (n - 1))
    for column, (end, axis) in enumerate(product((-1, 1), range(n))):
        place = end * (1.0 - EDGE)
        nodes.append(np.insert(x[grid], axis, place, axis=1))
        continuation = _lagrange(x, place)
        for k, value in enumerate(continuation):
            rows = np.ravel_multi_index(tuple(np.insert(grid, axis, k, axis=1).T), (len(x),) * n)
            weights[rows, column] -= shares * value
        start = len(x) ** n + column * per_face
        weights[start : start + per_face, column] = shares
    return np.concatenate(nodes), weights


def _lagrange(x: np.ndarray, place: float) -> np.ndarray:
    """Return the weights that continue a polynomial from its values at the nodes x to `place`."""
    differences = x[:, None] - x
    np.fill_diagonal(differences, 1.0)
    return np.prod(np.where(np.eye(len(x), dtype=bool), 1.0, (place - x) / differences), axis=1)


def _second_null_rule(x: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Return weights that give 0 for all polynomials of degree len(x) - 3, orthogonal to `first` and as large.

    The difference of two formulas can vanish by accident, at a kink for example; two functionals hardly do both
    (J. Berntsen and T. Espelid, ACM Trans. Math. Softw. 17 (1991) 233-252).
    """
    low_degrees = np.polynomial.legendre.legvander(x, len(x) - 3)
    basis = np.linalg.svd(np.column_stack([low_degrees, first]))[0]
    return basis[:, -1] * np.linalg.norm(first)


def _outer(factors: list[np.ndarray]) -> np.ndarray:
    result = np.ones(1)
    for factor in factors:
        result = np.multiply.outer(result, factor).ravel()
    return result


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
        corner * np.array(list(product((1.0, -1.0), repeat=n))),
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
    # Fourth differences along each axis: zero for a cubic, so they show where f is far from one.
    ratio = (inner / outer) ** 2
    axes = np.zeros((sum(sizes), n))
    for k in range(n):
        axes[0, k] = -2.0 * (1.0 - ratio)
        axes[[1 + k, 1 + n + k], k] = 1.0
        axes[[1 + 2 * n + k, 1 + 3 * n + k], k] = -ratio
    weights = np.column_stack([high, high - low, axes])
    return Rule(np.concatenate(orbits), weights, 1, 1, np.empty((len(weights), 0)))
