"""Real data for the course: 1 797 handwritten digits of 8 × 8 pixels, one file that travels with the package.

An image is a point in 64-dimensional space, one coordinate per pixel; a classifier is a function from there
to ten class probabilities.
"""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

import numpy as np

__all__ = ["Digits", "load_digits"]

_FULL_INK = 16  # each pixel counts the dark dots of a 4 x 4 block


class Digits(NamedTuple):
    """Images and their labels; unpacks as ``images, labels = load_digits()``.

    Attributes
    ----------
    images : numpy.ndarray
        Shape (1797, 64), float64 in [0, 1]: 0 is no ink, 1 is full ink. ``images[i].reshape(8, 8)`` is the
        picture, its first row on top.
    labels : numpy.ndarray
        Shape (1797,), int64 in 0..9: the digit that was written.
    """

    images: np.ndarray
    labels: np.ndarray


def load_digits() -> Digits:
    """Load the 8 × 8 handwritten digits: 1 797 images with their labels.

    The pixel values k = 0, ..., 16 of the source are divided by 16, which is exact in binary floating point,
    so ``16 * images`` gives the original integers back. Every call returns new arrays.

    Returns
    -------
    Digits
        A named tuple ``(images, labels)``: float64 of shape (1797, 64) in [0, 1], and int64 of shape (1797,).

    Notes
    -----
    Data: E. Alpaydin and C. Kaynak (1998), *Optical Recognition of Handwritten Digits*, UCI Machine Learning
    Repository, https://doi.org/10.24432/C50P49, licensed CC BY 4.0; as scikit-learn distributes it. It
    is the test part of the original, written by 13 people. A random split puts each writer on both sides, so
    accuracy on held-out images says little about a writer who was never seen.

    Examples
    --------
    >>> images, labels = load_digits()
    >>> images.shape, labels.shape
    ((1797, 64), (1797,))
    >>> (16 * images[0].reshape(8, 8)[0]).astype(int).tolist(), int(labels[0])
    ([0, 0, 5, 13, 9, 1, 0, 0], 0)
    """
    with (files("jaclib") / "data" / "digits.npz").open("rb") as file, np.load(file) as stored:
        return Digits(stored["images"] / _FULL_INK, stored["labels"].astype(np.int64))
