"""What a search for preimages returns, and why there may be none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import NoReturn

import numpy as np


class NotInvertible(ValueError):
    """The preimages of a map cannot be listed with certainty; the message is the reason."""


def refuse_flat(what: str) -> NoReturn:
    """Raise because T presses a part of the support to something without volume."""
    raise ValueError(
        f"pushforward_density: {what}, so a set without volume gets a positive probability and Y has no density there. "
        "Give a support on which this does not happen."
    )


@dataclass(frozen=True)
class Found:
    """The preimages of N values of y.

    Attributes
    ----------
    owner : ndarray of int, shape (K,)
        The row of y that each preimage belongs to.
    points : ndarray, shape (K, n)
        The coordinates in the order of the region's variables.
    on_fold : ndarray of bool, shape (K,)
        Whether det J vanishes at the preimage, up to rounding.
    undecided : ndarray of bool, shape (N,)
        Values of y whose preimages could not be listed.
    """

    owner: np.ndarray
    points: np.ndarray
    on_fold: np.ndarray
    undecided: np.ndarray

    @staticmethod
    def nothing(count: int, n: int) -> Found:
        """No preimages of `count` values."""
        return Found(np.empty(0, int), np.empty((0, n)), np.empty(0, bool), np.zeros(count, bool))

    @staticmethod
    def join(parts: Sequence[Found]) -> Found:
        """Put the preimages for consecutive parts of y together."""
        starts = np.cumsum([0, *(len(part.undecided) for part in parts)])
        moved = [replace(part, owner=part.owner + start) for part, start in zip(parts, starts[:-1], strict=True)]
        return Found(*(np.concatenate([getattr(part, field.name) for part in moved]) for field in fields(Found)))

    def those(self, rows: np.ndarray) -> Found:
        """Keep some of the preimages."""
        return replace(self, owner=self.owner[rows], points=self.points[rows], on_fold=self.on_fold[rows])
