"""What a learner will be able to do: the objectives that the exercises serve."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["OBJECTIVES", "Objective"]


class Objective(NamedTuple):
    """An objective of a chapter: its number, and what comes after "you can"."""

    chapter: int
    text: str


OBJECTIVES: dict[str, Objective] = {
    "gradient": Objective(1, "compute a gradient by hand, and check it"),
    "paths": Objective(1, "follow the chain rule through a graph, and add up over all paths"),
    "neuron": Objective(1, "take the error of one neuron back to its weights, its bias and its input by hand"),
    "jgp": Objective(1, "send a gradient back through any operation with the transposed Jacobian"),
    "train": Objective(1, "train a classifier with these rules and nothing else"),
    "check": Objective(1, "tell a gradient check that proves something from one that does not"),
    "shapes": Objective(2, "state the shape of any Jacobian, and say what each entry, row and column means"),
    "layouts": Objective(2, "translate a formula from one layout of derivatives to the other"),
    "chain": Objective(2, "put the Jacobians of a chain of functions in the right order"),
    "products": Objective(2, "build a full Jacobian from Jacobian-vector or vector-Jacobian products"),
    "modes": Objective(2, "choose forward or reverse mode by counting multiplications"),
    "solve": Objective(2, "solve equations with the Jacobian, and tell where that must fail"),
    "transform": Objective(3, "transform an integral: its integrand, its region and its measure"),
    "scale": Objective(3, "say why the factor is the absolute value of the determinant"),
    "folds": Objective(3, "find out where a map folds over itself, and count correctly there"),
    "densities": Objective(3, "derive the density of a transformed random variable"),
}
