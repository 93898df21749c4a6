"""Chapter 2: the Jacobian matrix, layouts, the chain rule as a product, modes, Newton's method."""

from __future__ import annotations

from sympy import kronecker_product as kron

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


# --- E2.16 -------------------------------------------------------------------------------------------------------


def _draw_pair(rng):
    def matrix():
        return [[rng.randint(-2, 3) for _ in range(2)] for _ in range(2)]

    return {"A": matrix(), "B": matrix()}


E2_16 = Exercise(
    id="E2.16",
    title="The matrix of a matrix product",
    kind="matrix",
    section="sec-2-layouts",
    objective="layouts",
    difficulty=3,
    given={"A": [[1, 2], [0, 1]], "B": [[1, 0], [3, 1]]},
    names=("A", "B"),
    draw=_draw_pair,
    prompt=r"""
        The map $X \mapsto AXB$ is linear. Which $4 \times 4$ matrix does the same to $\operatorname{vec}(X)$, the
        entries of $X$ written row by row as in NumPy, for

        $$
        A = <A>, \qquad B = <B> \,?
        $$

        You may write it with $A$ and $B$ by name: `kron(…, …)` is the Kronecker product, `.T` the transpose.
    """,
    answer=lambda g: kron(g.A, g.B.T),
    mistakes=[
        Mistake("column-major-identity", lambda g: kron(g.B.T, g.A)),
        Mistake(
            "transpose-forgotten",
            lambda g: kron(g.A, g.B),
            r"Nearly. Look at how $B$ acts: entry $j$ of a row of $XB$ sums over the first index of $B$.",
        ),
        Mistake("transposed-layout", lambda g: kron(g.A, g.B.T).T),
        Mistake(
            "column-major-identity",
            lambda g: kron(g.B, g.A),
            r"Two things: with entries row by row the factor for $A$ comes first; and look at which index of $B$ is "
            r"summed over.",
        ),
    ],
    hints=[
        r"Write out one entry: $(AXB)_{ij} = \sum_{k,l} A_{ik} X_{kl} B_{lj}$. Row $(i, j)$ of the matrix has, in "
        r"column $(k, l)$, the factor of $X_{kl}$.",
        r"That factor is $A_{ik} B_{lj}$. In row-major order, $i$ and $k$ pick the block, $j$ and $l$ the entry "
        r"within it.",
        r"So block $(i, k)$ is $A_{ik}$ times a $2 \times 2$ matrix whose entry $(j, l)$ is $B_{lj}$. Which matrix is "
        r"that?",
    ],
    solution=r"""
        One entry of the result is $(AXB)_{ij} = \sum_{k,l} A_{ik} B_{lj} X_{kl}$. Row by row, $X_{kl}$ stands at place
        $2k + l$ of $\operatorname{vec}(X)$ and the result at place $2i + j$, both counted from 0. So the matrix
        consists of blocks: block $(i, k)$ is $A_{ik}$ times the matrix with entries $B_{lj}$ in row $j$ and column $l$,
        which is $B^\mathsf{T}$. This is the Kronecker product

        $$
        A \otimes B^\mathsf{T} = <answer> .
        $$
    """,
)


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
