"""Sobol's points in up to 64 dimensions, and a random scrambling of them.

I. Sobol, USSR Comput. Math. Math. Phys. 7 (1967) 86-112. The numbers are those of S. Joe and F. Kuo, SIAM J. Sci.
Comput. 30 (2008) 2635-2654, the scrambling that of J. Matoušek, J. Complexity 14 (1998) 527-556.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

BITS = 52

# From the second dimension on: the coefficients of a primitive polynomial over the field of two elements, as bits, and
# the first direction numbers.
_TABLE = (
    (3, 1),
    (7, 1, 3),
    (11, 1, 3, 1),
    (13, 1, 1, 1),
    (19, 1, 1, 3, 3),
    (25, 1, 3, 5, 13),
    (37, 1, 1, 5, 5, 17),
    (41, 1, 1, 5, 5, 5),
    (47, 1, 1, 7, 11, 19),
    (55, 1, 1, 5, 1, 1),
    (59, 1, 1, 1, 3, 11),
    (61, 1, 3, 5, 5, 31),
    (67, 1, 3, 3, 9, 7, 49),
    (91, 1, 1, 1, 15, 21, 21),
    (97, 1, 3, 1, 13, 27, 49),
    (103, 1, 1, 1, 15, 7, 5),
    (109, 1, 3, 1, 15, 13, 25),
    (115, 1, 1, 5, 5, 19, 61),
    (131, 1, 3, 7, 11, 23, 15, 103),
    (137, 1, 3, 7, 13, 13, 15, 69),
    (143, 1, 1, 3, 13, 7, 35, 63),
    (145, 1, 3, 5, 9, 1, 25, 53),
    (157, 1, 3, 1, 13, 9, 35, 107),
    (167, 1, 3, 1, 5, 27, 61, 31),
    (171, 1, 1, 5, 11, 19, 41, 61),
    (185, 1, 3, 5, 3, 3, 13, 69),
    (191, 1, 1, 7, 13, 1, 19, 1),
    (193, 1, 3, 7, 5, 13, 19, 59),
    (203, 1, 1, 3, 9, 25, 29, 41),
    (211, 1, 3, 5, 13, 23, 1, 55),
    (213, 1, 3, 7, 3, 13, 59, 17),
    (229, 1, 3, 1, 3, 5, 53, 69),
    (239, 1, 1, 5, 5, 23, 33, 13),
    (241, 1, 1, 7, 7, 1, 61, 123),
    (247, 1, 1, 7, 9, 13, 61, 49),
    (253, 1, 3, 3, 5, 3, 55, 33),
    (285, 1, 3, 1, 15, 31, 13, 49, 245),
    (299, 1, 3, 5, 15, 31, 59, 63, 97),
    (301, 1, 3, 1, 11, 11, 11, 77, 249),
    (333, 1, 3, 1, 11, 27, 43, 71, 9),
    (351, 1, 1, 7, 15, 21, 11, 81, 45),
    (355, 1, 3, 7, 3, 25, 31, 65, 79),
    (357, 1, 3, 1, 1, 19, 11, 3, 205),
    (361, 1, 1, 5, 9, 19, 21, 29, 157),
    (369, 1, 3, 7, 11, 1, 33, 89, 185),
    (391, 1, 3, 3, 3, 15, 9, 79, 71),
    (397, 1, 3, 7, 11, 15, 39, 119, 27),
    (425, 1, 1, 3, 1, 11, 31, 97, 225),
    (451, 1, 1, 1, 3, 23, 43, 57, 177),
    (463, 1, 3, 7, 7, 17, 17, 37, 71),
    (487, 1, 3, 1, 5, 27, 63, 123, 213),
    (501, 1, 1, 3, 5, 11, 43, 53, 133),
    (529, 1, 3, 5, 5, 29, 17, 47, 173, 479),
    (539, 1, 3, 3, 11, 3, 1, 109, 9, 69),
    (545, 1, 1, 1, 5, 17, 39, 23, 5, 343),
    (557, 1, 3, 1, 5, 25, 15, 31, 103, 499),
    (563, 1, 1, 1, 11, 11, 17, 63, 105, 183),
    (601, 1, 1, 5, 11, 9, 29, 97, 231, 363),
    (607, 1, 1, 5, 15, 19, 45, 41, 7, 383),
    (617, 1, 3, 7, 7, 31, 19, 83, 137, 221),
    (623, 1, 1, 1, 3, 23, 15, 111, 223, 83),
    (631, 1, 1, 5, 13, 31, 15, 55, 25, 161),
    (637, 1, 1, 3, 13, 25, 47, 39, 87, 257),
)
DIMENSIONS = len(_TABLE) + 1


def scrambled(points: int, dimensions: int, block: int, generator: np.random.Generator) -> Iterator[np.ndarray]:
    """Yield scrambled Sobol points in the open unit cube, a block at a time.

    Parameters
    ----------
    points, block : int
        Powers of 2: how many points in all, and how many at a time.
    dimensions : int
        At most `DIMENSIONS`.
    generator : numpy.random.Generator

    Yields
    ------
    ndarray, shape (dimensions, min(points, block))
        Each point is uniformly distributed on a grid of spacing 2⁻⁵²; together they fill the cube evenly.
    """
    directions = _scramble(direction_numbers(dimensions)[:, : points.bit_length() - 1], generator)
    digits = generator.integers(0, 1 << BITS, (dimensions, 1), dtype=np.uint64)
    within = min(points, block).bit_length() - 1
    for k in range(within):
        digits = np.concatenate([digits, digits ^ directions[:, k, None]], axis=1)
    for number in range(max(1, points // block)):
        chosen = [k for k in range(within, directions.shape[1]) if number >> (k - within) & 1]
        yield ((digits ^ np.bitwise_xor.reduce(directions[:, chosen], axis=1)[:, None]) + 0.5) * 2.0**-BITS


@cache
def direction_numbers(dimensions: int) -> np.ndarray:
    """Return the direction numbers of Sobol's points, shape (dimensions, BITS): number k has k + 1 digits."""
    numbers = np.zeros((dimensions, BITS), dtype=np.uint64)
    numbers[0] = [1 << (BITS - 1 - k) for k in range(BITS)]
    for row, (polynomial, *first) in zip(numbers[1:], _TABLE, strict=False):
        degree = len(first)
        m = list(first)
        for k in range(degree, BITS):
            new = m[k - degree]
            for j in range(1, degree + 1):
                if polynomial >> (degree - j) & 1:
                    new ^= m[k - j] << j
            m.append(new)
        row[:] = [number << (BITS - 1 - k) for k, number in enumerate(m)]
    return numbers


def _scramble(numbers: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Multiply the binary digits by random lower triangular matrices with ones on the diagonal."""
    dimensions = len(numbers)
    place = np.arange(BITS, dtype=np.uint64)[::-1]  # digit 0 is the first after the point
    # Row i of the matrix, as bits: random below the diagonal, and a 1 on it.
    rows = generator.integers(0, 1 << BITS, (dimensions, BITS), dtype=np.uint64)
    one = np.uint64(1)
    rows = (rows >> (place + one) << (place + one)) | (one << place)
    # Digit i of the product is the parity of row i times the digits of the number.
    parity = np.bitwise_count(rows[:, :, None] & numbers[:, None, :]) & np.uint8(1)
    return np.bitwise_or.reduce(parity.astype(np.uint64) << place[:, None], axis=1)
