"""Monte Carlo integration: a mean of random samples, with the standard error of that mean."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from jaclib import _validate
from jaclib.cubature import _sobol
from jaclib.cubature._integrand import Integrand, oriented_box

# Independent means of which the standard error is taken, and Student's 97.5 % quantile for one less.
REPLICATES = 32
QUANTILE = 2.0395134463964077
# Bounds the memory of one call of f: points times coordinates.
BATCH_NUMBERS = 4_000_000
MOST_SAMPLES = 2**40
# One sample may carry this part of the sum of absolute values before the standard error is doubted.
DOMINANT = 0.05
EPS = float(np.finfo(float).eps)


class MonteCarloWarning(UserWarning):
    """The samples say too little for the standard error to be trusted."""


@dataclass(frozen=True)
class MonteCarloEstimate:
    """What `monte_carlo` returns.

    Attributes
    ----------
    value : float
        The estimate of the integral. Its expectation is the integral.
    standard_error : float
        The standard deviation of `value`, estimated from independent replicates; infinite if f was 0 at all samples.
    samples : int
        The number of points at which f was evaluated.
    """

    value: float
    standard_error: float
    samples: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % confidence interval, by Student's distribution for the replicates."""
        margin = QUANTILE * self.standard_error
        return self.value - margin, self.value + margin

    def __float__(self) -> float:
        return self.value


def monte_carlo(
    f: Callable[..., np.ndarray],
    limits: Sequence[tuple[float, float]],
    *,
    samples: int = 2**18,
    rng: np.random.Generator | int | None = None,
) -> MonteCarloEstimate:
    r"""Integrate f over a box of any dimension by random samples, with a standard error.

    Parameters
    ----------
    f : callable
        Called as ``f(x1, ..., xn)`` with n arrays of one common shape ``(N,)``; returns the N values of the
        integrand, real and finite. It must act on each point by itself.
    limits : sequence of n pairs
        ``(a, b)`` for each coordinate, in the order of the arguments of f. Either may be infinite. As in
        one dimension, the sign changes when a > b.
    samples : int
        At how many points to evaluate f; rounded up to 32 times a power of 2.
    rng : numpy.random.Generator, int or None
        Where the random numbers come from: a generator, or a seed for a new one. With None each call differs.

    Returns
    -------
    MonteCarloEstimate
        With ``.value``, ``.standard_error``, ``.samples`` and ``.interval``.

    Raises
    ------
    TypeError
        If f is not callable or returns complex values, or the limits are not numbers, or `samples` is no integer.
    ValueError
        If a limit is nan, if f returns the wrong shape or mixes its points, if a value of f is nan or infinite, or
        if `samples` is less than 64 or more than 2⁴⁰.

    Warns
    -----
    MonteCarloWarning
        If f is 0 at all samples, or if a single sample carries more than 5 % of the whole: then f has a peak that
        hardly any sample has met, or an infinite variance, and the standard error says little.

    See Also
    --------
    integrate : adaptive cubature, far more exact in few dimensions.

    Notes
    -----
    This is randomised quasi-Monte Carlo. The points are Sobol's, which fill the cube more evenly than random ones,
    scrambled at random so that each of them is uniformly distributed; beyond 64 dimensions the further coordinates
    are plain random numbers. Thirty-two such sets are drawn independently. Their means are independent estimates of
    the integral without bias, so that their spread gives an honest standard error whatever f is, as long as its square
    is integrable: about 95 % of the intervals contain the integral. With N samples the error falls like
    :math:`N^{-1/2}` at worst, in any dimension, and nearly like :math:`N^{-3/2}` where f is smooth and
    depends mainly on few coordinates or pairs of them.

    An infinite range is mapped to a finite one as by `integrate`: by x = a + (1 − t)/t, or its like. In many
    dimensions this wastes most samples if the scale of f is far from 1, so change to variables that suit f first.

    Cost: `samples` evaluations of f, in calls of at most 4 million numbers.

    References
    ----------
    A. B. Owen, SIAM J. Numer. Anal. 34 (1997) 1884-1910; P. L'Ecuyer, M. Nakayama, A. B. Owen and B. Tuffin,
    Confidence intervals for randomized quasi-Monte Carlo estimators, Proc. Winter Simulation Conference (2023).

    Examples
    --------
    The mean of the product of 20 random numbers 1 + x/5 with x uniform on (−1, 1) is 1:

    >>> import numpy as np
    >>> product = monte_carlo(lambda *x: np.prod([0.5 + xk / 10 for xk in x], axis=0), [(-1, 1)] * 20, rng=0)
    >>> bool(abs(product.value - 1) < 2 * product.standard_error < 2e-4)
    True
    """
    _validate.require_callable("monte_carlo", f)
    lower, upper, sign = oriented_box("monte_carlo", limits)
    points = _points_of_a_replicate(samples)
    generator = np.random.default_rng(rng)
    if sign == 0.0:
        return MonteCarloEstimate(0.0, 0.0, 0)
    integrand = Integrand("monte_carlo", f, lower, upper)
    low, high = (end[:, None] for end in integrand.box)
    inside = np.nextafter(low, high), np.nextafter(high, low)  # limits are never evaluated
    means, total, largest = np.zeros(REPLICATES), 0.0, 0.0
    for replicate in range(REPLICATES):
        for t in _unit_points(points, integrand.dimension, generator):
            # Overflow shows as a value or a sum that is not finite, which is reported.
            with np.errstate(all="ignore"):
                values = integrand(list(np.clip(low + (high - low) * t, *inside)))
                sizes = np.abs(values)
                means[replicate] += values.sum() / points
                total += float(sizes.sum())
            largest = max(largest, float(sizes.max()))
    volume = sign * float(np.prod(high - low))
    with np.errstate(all="ignore"):
        value, spread = volume * float(means.mean()), abs(volume) * float(means.std(ddof=1))
    if not math.isfinite(spread):
        raise ValueError("monte_carlo: the integral overflows; expected an integrable f. Check the limits.")
    count = REPLICATES * points
    if total == 0.0:
        _warn(
            f"f is 0 at all of {count} samples. If it has a narrow peak, that was missed: narrow the limits to where f "
            "is not 0."
        )
        return MonteCarloEstimate(0.0, math.inf, count)
    if largest > DOMINANT * total:
        _warn(
            f"one of {count} samples carries {largest / total:.0%} of the sum. If f has a narrow peak, or if the "
            "integral of f**2 is infinite, the standard error is too small: change variables so that f varies less, or "
            "raise samples."
        )
    rounding = 8.0 * EPS * abs(volume) * total / count
    return MonteCarloEstimate(value, max(spread / math.sqrt(REPLICATES), rounding), count)


def _warn(message: str) -> None:
    # The level of the caller of `monte_carlo`.
    warnings.warn(f"monte_carlo: {message}", MonteCarloWarning, stacklevel=3)


def _points_of_a_replicate(samples) -> int:
    """Return the power of 2 whose multiple by the replicates is at least `samples`."""
    if isinstance(samples, bool) or not isinstance(samples, int | np.integer):
        raise TypeError(f"monte_carlo: samples is {_validate.describe(samples)}, expected an integer, such as 2**18.")
    if not 2 * REPLICATES <= samples <= MOST_SAMPLES:
        raise ValueError(
            f"monte_carlo: samples is {samples}, expected at least {2 * REPLICATES}, twice the number of replicates "
            f"that the standard error is taken from, and at most {MOST_SAMPLES}."
        )
    return 1 << (math.ceil(samples / REPLICATES) - 1).bit_length()


def _unit_points(points: int, dimension: int, generator: np.random.Generator) -> Iterator[np.ndarray]:
    """Yield the points of a replicate in the unit cube, coordinate by coordinate, a bounded number at a time."""
    block = 1 << max(0, (BATCH_NUMBERS // dimension).bit_length() - 1)
    even = min(dimension, _sobol.DIMENSIONS)
    for coordinates in _sobol.scrambled(points, even, block, generator):
        further = generator.random((dimension - even, coordinates.shape[1]))
        yield np.concatenate([coordinates, further])
