"""One integrand with its value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import mpmath

__all__ = ["Integral", "rows"]


@dataclass(frozen=True)
class Integral:
    """A function, a box, and the value of the integral.

    Attributes
    ----------
    name : str
    kind : str
        What makes it hard: "smooth", "oscillating", "peak", "kink", "jump", "singular" or "infinite".
    f : callable
        Called with one array per variable.
    limits : tuple of pairs
    exact : float
    """

    name: str
    kind: str
    f: Callable
    limits: tuple[tuple[float, float], ...]
    exact: float

    @property
    def dimension(self) -> int:
        """The number of variables."""
        return len(self.limits)


def rows(table: Iterable[tuple]) -> tuple[Integral, ...]:
    """Make integrals of rows (name, kind, f, limits, value as a function without arguments); 30 digits inside."""
    with mpmath.workdps(30):
        return tuple(
            Integral(name, kind, f, tuple(limits), float(mpmath.mpf(exact()))) for name, kind, f, limits, exact in table
        )
