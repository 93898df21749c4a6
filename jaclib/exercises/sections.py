"""The sections of the book that teach and cure: label to title. A test compares them with the chapters."""

from __future__ import annotations

__all__ = ["CHAPTERS", "SECTIONS", "chapter_of", "reference"]

# The page of each chapter, beside which the other pages of the book stand.
CHAPTERS = {1: "01_partial_derivatives", 2: "02_jacobian_matrix", 3: "03_change_of_variables"}

SECTIONS: dict[str, str] = {
    "sec-1-picture": "Ten minutes with a picture",
    "sec-1-sensitivity": "Sensitivity",
    "sec-1-partial": "Partial derivatives",
    "sec-1-gradient": "Gradient and direction",
    "sec-1-steepest": "The steepest way up",
    "sec-1-descent": "A step down",
    "sec-1-graph": "The chain rule as a graph",
    "sec-1-neuron": "One neuron",
    "sec-1-reuse": "Reuse, and why gradients add up",
    "sec-1-many": "Many inputs and many outputs",
    "sec-1-jgp": "The Jacobian-gradient product",
    "sec-1-layer": "A batch and a layer",
    "sec-1-train": "Training a digit classifier",
    "sec-1-check": "Checking gradients",
    "sec-1-kinks": "Kinks",
    "sec-1-summary": "Summary",
    "sec-2-zoom": "Zoom in until the grid is straight",
    "sec-2-linear": "The best linear map",
    "sec-2-matrix": "The m × n matrix",
    "sec-2-layouts": "Layouts: which way round",
    "sec-2-special": "Four Jacobians that build a network",
    "sec-2-chain": "The chain rule is a matrix product",
    "sec-2-products": "Two products: JVP and VJP",
    "sec-2-cost": "Forward and reverse: what they cost",
    "sec-2-batches": "Batches",
    "sec-2-newton": "Newton's method for systems",
    "sec-2-singular": "Singular points: the robot arm",
    "sec-2-implicit": "Implicit functions",
    "sec-2-digits": "The Jacobian of a digit classifier",
    "sec-2-summary": "Summary",
    "sec-2-reading": "Where to read on",
    "sec-3-picture": "Ten minutes with a rubber sheet",
    "sec-3-one-dimension": "One dimension: substitution with signed limits",
    "sec-3-sets": "Absolute values: integrals over sets",
    "sec-3-linear": "Linear maps: why the determinant is the area scale",
    "sec-3-curved": "Curved maps: from the parallelogram to the formula",
    "sec-3-polar": "Polar coordinates",
    "sec-3-region": "Finding the region",
    "sec-3-inverse": "The inverse shortcut",
    "sec-3-three-dimensions": "Three dimensions: cylindrical and spherical coordinates",
    "sec-3-gaussian": "The Gaussian integral",
    "sec-3-folds": "Orientation, folds and singular sets",
    "sec-3-densities": "Densities: divide by the determinant",
    "sec-3-flows": "Normalizing flows: densities learned from data",
    "sec-3-monte-carlo": "Monte Carlo as a check",
    "sec-3-summary": "Summary",
    "sec-3-further": "Where to read on",
}


def chapter_of(section: str) -> int:
    """Return the number of the chapter that a section stands in."""
    return int(section.split("-")[1])


def reference(section: str) -> str:
    """Return the section in words: its title and its chapter."""
    return f"“{SECTIONS[section]}” in chapter {chapter_of(section)}"
