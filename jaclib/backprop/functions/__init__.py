"""NumPy's other functions, each said in terms of a few operations that have rules.

An adapter has the signature of the NumPy function that it stands for, as far as that is supported: an option that
is missing here (``out``, ``where``, ``dtype``) is refused by name. Adding a function is adding a line to a table, or
writing it in plain NumPy under ``@adapter``; no derivative is needed, both modes follow from the parts.
"""

from jaclib.backprop.functions import (
    calculus,
    calling,
    constants,
    elementwise,
    fourier,
    joining,
    linalg,
    moving,
    polynomials,
    products,
    reducing,
    shaping,
    statistics,
)

__all__ = [
    "calculus",
    "calling",
    "constants",
    "elementwise",
    "fourier",
    "joining",
    "linalg",
    "moving",
    "polynomials",
    "products",
    "reducing",
    "shaping",
    "statistics",
]
