"""Jacobian-vector and vector-Jacobian products."""

from __future__ import annotations

from jaclib.exercises.entry import Exercise, Mistake

# --- E2.17 -------------------------------------------------------------------------------------------------------

E2_17 = Exercise(
    id="E2.17",
    title="What one backward pass computes",
    kind="choice",
    section="sec-2-products",
    objective="products",
    difficulty=1,
    prompt=r"""
        A classifier $f$ maps $784$ pixels to $10$ class probabilities; $J$ is its Jacobian at an image. You run the
        network forward once, and then go back once, starting from weights $g$ for the ten outputs. What do you have in
        hand?
    """,
    options={
        "a": r"The whole Jacobian $J$, of shape $10 \times 784$",
        "b": r"The vector $J^\mathsf{T} g$, with $784$ entries",
        "c": r"The vector $J g$, with $10$ entries",
        "d": r"One column of $J$, with $10$ entries",
    },
    answer=lambda g: "b",
    mistakes=[
        Mistake("vjp-taken-for-jacobian", lambda g: "a"),
        Mistake(
            "transpose-forgotten",
            lambda g: "c",
            r"Check the shapes: $J$ is $10 \times 784$ and $g$ has $10$ entries. Can $J$ be applied to $g$?",
        ),
        Mistake(
            "modes-exchanged",
            lambda g: "d",
            "That is what one pass forward gives, with a direction of the input. Going back starts at the outputs.",
        ),
    ],
    hints=[
        r"Count: a backward pass gives one number for each input. How many inputs are there?",
        r"Which product of $J$ (shape $10 \times 784$) and $g$ ($10$ entries) makes a vector with one entry per pixel?",
        r"Start from $g = (1, 0, \dots, 0)$: going back then gives the first row of $J$, as a column. What is it for "
        r"any $g$?",
    ],
    solution=r"""
        Going back multiplies by the transposed local Jacobians, one after another, and the result is the vector
        $J^\mathsf{T} g$ with one entry per pixel. The matrix $J$ is never formed. To get all of it, go back ten times,
        once for each output: ten rows. The answer is b.
    """,
)
