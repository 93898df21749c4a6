"""Entries that tie share their derivatives: the mean, as for every kink.

Which of two equal entries comes first in a sorted array is an accident. Its derivative is the mean of what it would be
in either order, and `max` gives the same.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.operations import Operation
from jaclib.backprop.picking import scatter, take


def _mean(t, z, x, places, weights):
    """Replace each entry of `t` by the weighted sum over its group; this map is its own transpose."""
    front = t.shape[: t.ndim - x.ndim]
    flat = np.reshape(t * weights, (*front, x.size))
    return np.reshape(take(scatter(flat, places=places, size=x.size), places=places), t.shape)


shared = Operation(lambda x, places, weights: x, "ties", vjps=(_mean,), reads=set(), jvps=(_mean,))


def equal_neighbours(values, tolerance=0.0):
    """Return which entries of sorted `values` equal the one before, along the last axis."""
    same = np.zeros(values.shape, dtype=bool)
    same[..., 1:] = np.abs(np.diff(values, axis=-1)) <= tolerance
    return same


def share(x, same, weights=1.0):
    """Return `x`, whose entries share their derivatives in groups along the last axis.

    Parameters
    ----------
    x : Traced
        The array.
    same : numpy.ndarray of bool
        Which entries belong to the group of the entry before.
    weights : numpy.ndarray or float, optional
        A factor for the derivative of each entry, the same for all of a group.
    """
    if not same.any() and np.all(weights == 1.0):
        return x
    places = np.cumsum(~same.ravel()) - 1
    sizes = np.bincount(places)[places].reshape(same.shape)
    return shared(x, places=places, weights=weights / sizes)
