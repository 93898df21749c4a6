"""Batches: the shape of the full Jacobian, and which of its entries are zero."""

from __future__ import annotations

from jaclib.exercises.entry import Exercise, Mistake

# --- E2.15 -------------------------------------------------------------------------------------------------------


def _batch(g):
    g.out_shape = (g.B, g.m)
    g.in_shape = (g.B, g.n)


E2_15 = Exercise(
    id="E2.15",
    title="The shape of a batch's Jacobian",
    kind="shape",
    section="sec-2-batches",
    objective="shapes",
    difficulty=1,
    given={"B": 3, "m": 2, "n": 2},
    draw=lambda rng: {"B": rng.randint(4, 9), "m": rng.randint(2, 5), "n": rng.randint(2, 5)},
    derive=_batch,
    prompt=r"""
        A layer maps a batch of $B = <B>$ examples with $n = <n>$ features each, an array of shape $<in_shape>$, to an
        array of shape $<out_shape>$. What is the shape of its full Jacobian?
    """,
    answer=lambda g: (*g.out_shape, *g.in_shape),
    mistakes=[
        Mistake(
            "batch-axis-forgotten",
            lambda g: (g.B, g.m, g.n),
            "That is one Jacobian for each example. The input has a batch axis of its own, and the full Jacobian has "
            "an entry "
            "for every pair of an output and an input, also of different examples.",
        ),
        Mistake(
            "batch-axis-forgotten",
            lambda g: (g.m, g.n),
            "That is the Jacobian of a single example. The batch is missing.",
        ),
        Mistake("shapes-multiplied-out", lambda g: (g.B * g.m, g.B * g.n)),
        Mistake("input-before-output", lambda g: (*g.in_shape, *g.out_shape) if g.m != g.n else None),
    ],
    hints=[
        "The rule is the same for arrays of any shape: the shape of the output, followed by the shape of the input.",
        r"The output has shape $<out_shape>$. Write that first.",
        r"The input has shape $<in_shape>$, batch included. Write it behind the shape of the output: four numbers.",
    ],
    solution=r"""
        A Jacobian has an entry for every pair of an output entry and an input entry, so its shape is the shape of the
        output followed by the shape of the input: $<out_shape>$ and then $<in_shape>$. That is $<answer>$. Entries that
        pair an output of one example with an input of another are all zero, which is why nobody stores this array.
    """,
)
