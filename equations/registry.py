"""The kinds of entry, and all entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import sympy as sp

KINDS = {
    "identity": "SymPy proves that the sides are equal for all values of their symbols. Where the equation speaks of "
    "any function, it does so for the one that is named.",
    "exact": "SymPy evaluates both sides without rounding, at stated values.",
    "numeric": "Both sides are computed for random numbers and compared, with the stated relative tolerance.",
    "definition": "The formula gives a name its meaning. It is compared with what the book's code, or a library, "
    "computes under that name.",
    "convention": "An agreement, with its reason; there is nothing to compute.",
}


@dataclass(frozen=True)
class Random:
    """Numbers that are drawn anew for each trial, evenly between two bounds; symbols where SymPy proves.

    `shape` is () for a number, (n, 1) for a column.
    """

    shape: tuple = ()
    low: float = 0.3
    high: float = 1.7

    def draw(self, rng):
        """Return random numbers."""
        return rng.uniform(self.low, self.high, self.shape) if self.shape else float(rng.uniform(self.low, self.high))

    def symbols(self, name):
        """Return symbols: positive ones where only positive numbers are drawn."""
        assumption = {"positive": True} if self.low >= 0 else {"real": True}
        if not self.shape:
            return sp.Symbol(name, **assumption)
        array = np.empty(self.shape, dtype=object)
        for index in np.ndindex(*self.shape):
            array[index] = sp.Symbol("_".join([name, *(str(i + 1) for i in index)]), **assumption)
        return array


@dataclass(frozen=True)
class Choice:
    """One of several values, drawn anew for each trial."""

    values: tuple

    def draw(self, rng):
        """Return one of them."""
        return self.values[rng.integers(len(self.values))]


@dataclass(frozen=True)
class Entry:
    r"""How one labelled equation is checked.

    Parameters
    ----------
    label, kind : str
        The label in the notebook, and one of `KINDS`.
    how : str
        One sentence for the page.
    given, where, sizes, domains, regions, nabla, arguments
        What the symbols mean, as `equations.scope.Scope` takes it; `given` may hold `Random` and `Choice`.
    apart : tuple of str
        Two indices that are never equal.
    order, vanishing : int and str
        For ``\approx`` and dots: the error is of this order in this name. `order` may be a dict by statement.
        Without an order the sides must be equal.
    after : dict
        For ``\leftarrow``: the values of names after the step.
    image : callable
        For ``\longmapsto``: what the right side must be; its parameters are names.
    sides : dict
        By (statement, side), counted from 0: what this side must be, as a callable whose parameters are names.
    left_out : str
        What of the equation is not read, in words; empty if all is.
    rtol, trials
        Relative tolerance, and how many random points.
    """

    label: str
    kind: str
    how: str
    given: dict = field(default_factory=dict)
    where: dict = field(default_factory=dict)
    sizes: dict = field(default_factory=dict)
    domains: dict = field(default_factory=dict)
    regions: dict = field(default_factory=dict)
    nabla: str | None = None
    arguments: dict = field(default_factory=dict)
    apart: tuple = ()
    order: int | dict | None = None
    vanishing: str | None = None
    after: dict = field(default_factory=dict)
    image: tuple[str, Callable] | None = None
    sides: dict = field(default_factory=dict)
    left_out: str = ""
    rtol: float = 1e-8
    trials: int = 3

    @property
    def read(self):
        """How much of the equation is read from the page: yes, partly or no."""
        return "no" if self.kind == "convention" else "partly" if self.left_out else "yes"

    @property
    def extent(self):
        """How much is computed, in words."""
        if self.kind == "convention":
            return ""
        if self.kind == "exact":
            return "stated values"
        draws = self.trials if any(isinstance(value, Random | Choice) for value in self.given.values()) else 1
        points = f"{draws} random draws" if draws > 1 else "stated values"
        return "" if self.kind == "identity" else f"{points}, tolerance $10^{{{round(np.log10(self.rtol))}}}$"


ENTRIES: dict[str, Entry] = {}


def register(label, kind, how, **meaning):
    """Add an entry."""
    if label in ENTRIES:
        raise ValueError(f"register: there are two entries for {label}. Keep one.")
    if kind not in KINDS:
        raise ValueError(f"register: {label} has kind {kind!r}, expected one of {', '.join(KINDS)}.")
    ENTRIES[label] = Entry(label, kind, how, **meaning)
