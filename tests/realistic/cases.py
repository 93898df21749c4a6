"""The table of functions, and how a function enters it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

CASES: dict[str, Case] = {}


@dataclass(frozen=True)
class Case:
    """One function, and the point at which it is differentiated.

    Attributes
    ----------
    function : callable
        ``function(np, *parameters)``.
    point : tuple of numpy.ndarray
        The parameters.
    beyond_autograd : str
        Why autograd cannot differentiate it; empty where it can.
    """

    function: Callable
    point: tuple
    beyond_autograd: str = ""


def case(name, *shapes, beyond_autograd=""):
    """Enter the decorated function into the table, at a random point of parameters of these shapes."""

    def register(function):
        rng = np.random.default_rng(list(name.encode()))
        assert name not in CASES, name
        CASES[name] = Case(function, tuple(rng.normal(size=shape) * 0.7 for shape in shapes), beyond_autograd)
        return function

    return register
