"""The public function, and the loop that halves the worst cells."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from jaclib import _validate
from jaclib.cubature._cells import EPS, Cells, halve
from jaclib.cubature._integrand import Integrand, check_tolerances, oriented_box
from jaclib.cubature._rules import embedded_rule
from jaclib.cubature._sampling import divide, first_partition, sample

# 1/t² is far from overflow there.
SMALLEST_CELL = 1e-120
# Where f is 0 at all points of the first pass, that many are tried before it is taken to be 0.
SEARCH_POINTS = 100_000


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
        An estimate of the absolute error, from above in all but exceptional cases; infinite if f was 0 wherever it
        was evaluated, which tells nothing.
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
        If the tolerance was not reached: f has a singularity, an infinite integral, or needs more evaluations; or is
        0 wherever it was evaluated.

    See Also
    --------
    monte_carlo : for more than about 6 dimensions; a mean of random samples, with its standard error.

    Notes
    -----
    Up to three dimensions the rule in a cell is a product of Gauss-Kronrod rules (21 points per axis, 15 in
    three dimensions). Its error is taken from how fast the coefficients of f in orthogonal polynomials fall
    along each axis: where they fall fast f is resolved, where they do not, all of them count. From four dimensions on
    it is the rule of degree 7 of Genz and Malik, for at most 10 dimensions, and its difference from one of degree 5.
    In both, points at the faces and corners of the cell show jumps and kinks that lie between the others and
    the edge (at faces only from 8 dimensions on), and what a larger cell has seen is not forgotten in its parts.

    No rule can see a peak that falls between its points: put a limit, or a split of the range, at a peak whose
    place you know. A singularity is resolved best at a limit equal to 0, where floating-point numbers are
    densest.

    Cost: one call of f per pass; at least 1 104 points in 1-D, 2 425 in 2-D, 33 093 in 3-D, 1 377 in 4-D.

    References
    ----------
    R. Piessens et al., QUADPACK (1983), section 2.2; J. Berntsen and T. Espelid, ACM Trans. Math. Softw. 17 (1991)
    233-252; A. Genz and A. Malik, J. Comput. Appl. Math. 6 (1980) 295-302.

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
    lower, upper, sign = oriented_box("integrate", limits)
    check_tolerances(rtol, atol, max_evaluations)
    if sign == 0.0:
        return Cubature(0.0, 0.0, 0, True)
    integrand = Integrand("integrate", f, lower, upper)
    # Overflow and division by zero show as values that are not finite, which are reported with their place.
    with np.errstate(all="ignore"):
        return _adapt(integrand, sign, rtol, atol, max_evaluations)


def _adapt(integrand: Integrand, sign: float, rtol: float, atol: float, max_evaluations: int) -> Cubature:
    """Halve the worst cells until the sum of the cell errors is below the tolerance."""
    rule = embedded_rule(integrand.dimension)
    cells = first_partition(rule, integrand)
    while not cells.seen.any() and 2 * integrand.evaluations < min(SEARCH_POINTS, max_evaluations):
        cells = sample(rule, integrand, *halve(cells.centre, cells.half, cells.half.argmax(axis=1)))
    if not cells.seen.any():
        _warn(
            f"f is 0 at all of {integrand.evaluations} points. If it has a narrow peak, that was missed: narrow the "
            "limits to where f is not 0."
        )
        return Cubature(0.0, np.inf, integrand.evaluations, False)
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
        keep = np.ones(len(cells), bool)
        keep[split] = False
        cells = Cells.join([cells[keep], divide(rule, integrand, cells[split])])
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


def _resolvable(cells: Cells, chosen: np.ndarray) -> np.ndarray:
    """Return those of the chosen cells that are wider than the spacing of floating-point numbers."""
    rows = chosen, cells.along[chosen].argmax(axis=1)
    wide = cells.half[rows] > np.maximum(64.0 * EPS * np.abs(cells.centre[rows]), SMALLEST_CELL)
    # What a cell hides that cannot be halved is not seen: all of it counts as error.
    stuck = chosen[~wide]
    cells.error[stuck] = np.maximum(cells.error[stuck], cells.magnitude[stuck])
    return chosen[wide]
