"""The kinds of answers: how each is read, compared and told apart from what is nearly right."""

from __future__ import annotations

from jaclib.exercises.kinds.arrays import Expressions, Matrices, Numbers, Shapes, Vectors
from jaclib.exercises.kinds.base import Kind
from jaclib.exercises.kinds.choices import Choices
from jaclib.exercises.kinds.code import Code
from jaclib.exercises.kinds.sets import Sets

__all__ = ["KINDS", "Kind"]

KINDS: dict[str, Kind] = {
    "number": Numbers(),
    "expression": Expressions(),
    "vector": Vectors(),
    "matrix": Matrices(),
    "shape": Shapes(),
    "set": Sets(),
    "choice": Choices(),
    "code": Code(),
}
