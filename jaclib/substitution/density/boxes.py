"""Boxes in the space of X with bounds of T and J on them, and what follows for the preimages inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import sympy as sp

from jaclib.substitution.density.intervals import enclose, interval
from jaclib.substitution.density.line import middle

# A box counts as regular if the spectral radius of Krawczyk's operator is below that.
CONTRACTION = 0.4
# In place of a radius that is 0.
LEAST = 1e-290
# Rounding hides what T does on a narrow box where T varies by less than that many times its rounding error.
HIDDEN, NARROW = 4.0, 1e-6
# A box cannot be narrower than the spacing of floating-point numbers, and need not be narrower than that at 0.
POINT, NOTHING = 1e-15, 1e-30
# A box of this size, relative to where it lies, is a solution.
TINY = 1e-12


@dataclass(frozen=True)
class Boxes:
    """Boxes of X, one row each, and what intervals tell about T there.

    Attributes
    ----------
    lower, upper : ndarray, shape (M, n)
        Corners.
    image_lower, image_upper : ndarray, shape (M, n)
        Bounds of T.
    centre, value, error : ndarray, shape (M, n)
        The middle, T there, and how far rounding may have put that off.
    inverse : ndarray, shape (M, n, n)
        Inverse of J in the middle.
    spread : ndarray, shape (M, n)
        How far Krawczyk's operator reaches on both sides of its centre.
    sound, smooth, regular, hidden : ndarray of bool, shape (M,)
        Whether T is continuous on the box; whether J is, too; whether, besides, the operator contracts, so that T
        is one-to-one there; whether rounding hides what T does there.
    """

    lower: np.ndarray
    upper: np.ndarray
    image_lower: np.ndarray
    image_upper: np.ndarray
    centre: np.ndarray
    value: np.ndarray
    error: np.ndarray
    inverse: np.ndarray
    spread: np.ndarray
    sound: np.ndarray
    smooth: np.ndarray
    regular: np.ndarray
    hidden: np.ndarray

    def __getitem__(self, rows) -> Boxes:
        return Boxes(*(column[rows] for column in vars(self).values()))

    def axis_to_halve(self, scale: np.ndarray, curved: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the widest axis, one of the `curved` ones if possible, and whether the box is too narrow to be halved.

        `scale` is the size of the region along each axis; `curved` tells on which coordinates J depends.
        """
        width, size = self.upper - self.lower, np.maximum(np.abs(self.lower), np.abs(self.upper))
        least = np.where(
            self.hidden[:, None], NARROW * np.maximum(scale, size), np.maximum(NOTHING * scale, POINT * size)
        )
        wide = width > least
        choice = np.where((wide & curved).any(axis=1, keepdims=True), wide & curved, wide)
        nearest = np.minimum(np.abs(self.lower), np.abs(self.upper))
        return np.where(choice, width / np.maximum(scale, nearest), -1.0).argmax(axis=1), ~wide.any(axis=1)

    def shrink(self, target: np.ndarray) -> tuple[Boxes, np.ndarray, np.ndarray, np.ndarray]:
        """Intersect each box with Krawczyk's operator for T(x) = target, which contains every solution in the box.

        Returns
        -------
        Boxes
            The same, with other corners; their middle is where a solution is to be expected.
        possible : ndarray of bool, shape (M,)
            Whether anything is left of the box.
        done : ndarray of bool, shape (M,)
            Whether it is a solution, up to rounding.
        smaller : ndarray of bool, shape (M,)
            Whether it is regular and became much smaller: another step of this kind is better than to halve it.
        """
        with np.errstate(all="ignore"):
            centre = self.centre - _apply(self.inverse, self.value - target)
            blur = _apply(np.abs(self.inverse), self.error) + 4.0 * POINT * (np.abs(centre) + np.abs(self.centre))
            reach = self.spread + blur
            reach = np.where(np.isfinite(reach).all(axis=1, keepdims=True), reach, np.inf)
            centre = np.where(np.isfinite(reach), centre, self.centre)
            lower, upper = np.maximum(self.lower, centre - reach), np.minimum(self.upper, centre + reach)
            possible = (lower <= upper).all(axis=1)
            # Done where rounding decides: the box is a point, or it does not become smaller any more.
            width, largest = upper - lower, np.maximum(np.abs(lower), np.abs(upper))
            same = width > 0.5 * (self.upper - self.lower)
            done = self.regular & possible & ((self.spread <= blur) & (same | (width <= TINY * largest))).all(axis=1)
            # To halve a range of many orders of magnitude is worth more than a factor of two.
            smaller = self.regular & (
                width <= np.where(_long(lower, upper), 1e-6, 0.5) * (self.upper - self.lower)
            ).any(axis=1)
        shrunk = replace(self, lower=lower, upper=upper, centre=np.clip(centre, lower, upper))
        return shrunk, possible, done, smaller


def examine(
    outputs: Sequence[sp.Expr],
    entries: Sequence[sp.Expr],
    variables: Sequence[sp.Symbol],
    lower: np.ndarray,
    upper: np.ndarray,
) -> Boxes:
    """Enclose T, given by its outputs, and J, given by its entries row by row, on boxes of shape (M, n)."""
    n = len(variables)
    enclosures = enclose([*outputs, *entries], _named(variables, lower, upper))
    images, slopes = enclosures[:n], enclosures[n:]
    centre = 0.5 * lower + 0.5 * upper
    values = enclose(outputs, _named(variables, centre, centre))
    low, high = (np.stack([getattr(s, end) for s in slopes], -1).reshape(-1, n, n) for end in ("low", "high"))
    image_lower, image_upper, value_low, value_high = (
        np.stack([getattr(x, end) for x in group], -1) for group in (images, values) for end in ("low", "high")
    )
    with np.errstate(all="ignore"):
        radius = np.maximum(upper - centre, centre - lower)
        slope, slack = 0.5 * low + 0.5 * high, 0.5 * high - 0.5 * low
        value, error = 0.5 * value_low + 0.5 * value_high, 0.5 * value_high - 0.5 * value_low
        sound = np.logical_and.reduce([image.sound for image in images])
        smooth = sound & np.logical_and.reduce([entry.sound for entry in slopes])
        # The mean value theorem bounds T more closely than T itself does, once a box is small.
        variation = _apply(np.maximum(np.abs(low), np.abs(high)), radius)
        hidden = sound & (variation <= HIDDEN * error).all(axis=1)
        reach = variation + error
        reach = np.where(smooth[:, None] & np.isfinite(reach) & np.isfinite(value), reach, np.inf)
        value = np.where(np.isfinite(value), value, 0.0)
        inverse = _inverse(slope)
        defect = np.abs(np.eye(n) - inverse @ slope) + np.abs(inverse) @ slack
        spread = _apply(defect, radius)
        # B ≥ 0 has a spectral radius below c if and only if (I - B/c) v = r > 0 has a solution v ≥ 0 (an M-matrix).
        vector = _apply(_inverse(np.eye(n) - defect / CONTRACTION), np.maximum(radius, LEAST))
        contracts = (vector >= 0.9 * radius).all(axis=1) & (vector > 0.0).all(axis=1)
        regular = smooth & np.isfinite(reach).all(axis=1) & contracts
        image_lower, image_upper = np.maximum(image_lower, value - reach), np.minimum(image_upper, value + reach)
    bounds = lower, upper, image_lower, image_upper
    return Boxes(*bounds, centre, value, error, inverse, spread, sound, smooth, regular, hidden)


def halve(lower: np.ndarray, upper: np.ndarray, axis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first halves of boxes, then the second halves, each cut across its axis."""
    rows = np.arange(len(lower)), axis
    low, high = lower[rows], upper[rows]
    # Ranges across many orders of magnitude are cut in the order of the floating-point numbers.
    cut = np.where(_long(low, high), middle(low, high), 0.5 * low + 0.5 * high)
    first, second = upper.copy(), lower.copy()
    first[rows] = second[rows] = cut
    return np.concatenate([lower, second]), np.concatenate([first, upper])


def _long(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Whether a range reaches far from where it begins, counted from 1 on."""
    return (high - low) / 8.0 > np.maximum(1.0, np.minimum(np.abs(low), np.abs(high)))


def _named(variables, lower: np.ndarray, upper: np.ndarray) -> dict:
    return {variable: interval(lower[:, k], upper[:, k]) for k, variable in enumerate(variables)}


def _apply(matrices: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    return np.einsum("kij,kj->ki", matrices, vectors)


def _inverse(matrices: np.ndarray) -> np.ndarray:
    """Invert each matrix; 0 where there is no inverse."""
    usable = np.isfinite(matrices).all(axis=(1, 2))
    usable[usable] = np.abs(np.linalg.det(matrices[usable])) > 0.0
    inverse = np.zeros_like(matrices)
    inverse[usable] = np.linalg.inv(matrices[usable])
    return np.where(np.isfinite(inverse), inverse, 0.0)
