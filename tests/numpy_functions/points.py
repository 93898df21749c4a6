"""Shapes, constants and points for the table of functions."""

import numpy as np

RNG = np.random.default_rng(20)
MATRIX = RNG.normal(size=(3, 4))
SQUARE = RNG.normal(size=(3, 3)) + 2 * np.eye(3)
STACK = RNG.normal(size=(2, 3, 3)) + 2 * np.eye(3)
VECTOR = RNG.normal(size=3)
MASK = np.array([[True, False, True, True], [False, False, True, False], [True, True, False, False]])

v, m, s, c, k = (3,), (3, 4), (3, 3), (2, 3, 3), ()

# Functions of a square matrix that need it to be well conditioned.
REGULAR = ("inv", "det", "solve", "power")


def point(name, shape):
    """Return a point whose entries keep clear of each other, of 0 and of ±0.5, where some functions have kinks."""
    rng = np.random.default_rng(sum(map(ord, name)))
    n = int(np.prod(shape))
    x = (rng.permutation(n).reshape(shape) - n / 2 + 0.31) * 0.21
    return x + 4 * np.eye(3) if shape in (s, c) and any(word in name for word in REGULAR) else x
