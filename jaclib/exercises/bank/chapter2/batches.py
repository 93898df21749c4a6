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
            "an entry for every pair of an output and an input, also of different examples.",
        ),
        Mistake(
            "batch-axis-forgotten",
            lambda g: (g.m, g.n),
            "That is the Jacobian of a single example. The batch is missing.",
        ),
        Mistake("shapes-multiplied-out", lambda g: (g.B * g.m, g.B * g.n)),
        Mistake("axes-of-two-arrays-mixed", lambda g: (g.B, g.B, g.m, g.n)),
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


# --- E2.24 -------------------------------------------------------------------------------------------------------


def _entries(g):
    g.shape = (g.B, g.m, g.B, g.n)
    g.block = g.m * g.n
    g.all = g.B**2 * g.block
    g.kept = g.B * g.block


def _draw_batch(rng):
    B, m, n = rng.sample([4, 6, 8, 10, 12, 16, 20, 25, 32, 50, 64], 3)
    return {"B": B, "m": m, "n": n}


E2_24 = Exercise(
    id="E2.24",
    title="Zeros in the Jacobian of a batch",
    kind="number",
    section="sec-2-batches",
    objective="shapes",
    difficulty=1,
    given={"B": 32, "m": 10, "n": 64},
    draw=_draw_batch,
    derive=_entries,
    prompt=r"""
        A layer treats the $B = <B>$ examples of a batch one by one, with $n = <n>$ inputs and $m = <m>$ outputs for
        each example. How many entries of its full Jacobian, of shape $<shape>$, can differ from zero?
    """,
    answer=lambda g: g.kept,
    mistakes=[
        Mistake(
            "examples-taken-for-connected",
            lambda g: g.all,
        ),
        Mistake(
            "batch-axis-forgotten",
            lambda g: g.block,
            "That is the number for one example. How many examples are there?",
        ),
        Mistake(
            "zeros-counted",
            lambda g: g.all - g.kept,
        ),
        Mistake(
            "rows-counted-for-entries",
            lambda g: g.B,
            "That is the number of blocks, one for each example. How many entries has a block?",
        ),
        Mistake(
            "rows-counted-for-entries",
            lambda g: g.B * g.m,
            "That is the number of outputs, of all the examples. Each of them depends on several inputs.",
        ),
    ],
    hints=[
        "An entry pairs one output with one input. Take an output of the first example: on the inputs of which "
        "examples does it depend?",
        r"Cut the array into blocks, one for each pair of examples. Which blocks can differ from zero, and how many "
        r"are they?",
        r"The blocks on the diagonal, one for each of the $<B>$ examples. Each is the Jacobian of a single example, of "
        r"shape $<m> \times <n>$.",
    ],
    solution=r"""
        An output depends only on inputs of its own example, so only the $B$ blocks on the diagonal can differ from
        zero. Each has $m \cdot n = <m> \cdot <n> = <block>$ entries, together $<B> \cdot <block> = <answer>$. The full
        Jacobian has $<all>$ entries: all but one in $<B>$ are zero for sure.
    """,
)


# --- E2.32 -------------------------------------------------------------------------------------------------------

E2_32 = Exercise(
    id="E2.32",
    title="One backward pass for a whole batch",
    kind="choice",
    section="sec-2-batches",
    objective="products",
    difficulty=2,
    prompt=r"""
        A network gives one score for each of the 100 examples of a batch $X$, of shape $(100, 64)$. You pull back a
        vector of 100 ones, and get an array of shape $(100, 64)$. In which network is its row $i$ the gradient of the
        score of example $i$ alone, by that example?
    """,
    options={
        "a": r"In every network that gives one score for each example",
        "b": r"In a network that treats each example by itself, whatever its layers are",
        "c": r"In a network that first subtracts the mean of the batch from each example",
        "d": r"In no network: a vector of ones gives the sum of the 100 gradients, so single ones cannot be read off",
    },
    answer=lambda g: "b",
    mistakes=[
        Mistake(
            "examples-taken-for-separate",
            lambda g: "a",
            "The shape is right in every such network. But row $i$ holds the derivatives of the sum of all the scores "
            "by example $i$. What if example $i$ acts on the other scores too?",
        ),
        Mistake(
            "examples-taken-for-separate",
            lambda g: "c",
            "Through the mean, each example acts on the scores of all the others. Which of these paths are in row $i$?",
        ),
        Mistake(
            "examples-taken-for-connected",
            lambda g: "d",
            "You do get the sum of the rows of the Jacobian, each with $100 \\cdot 64$ entries. In which columns are "
            "the entries of score $i$ that are not zero, if the examples do not act on one another?",
        ),
    ],
    hints=[
        "Pulling back ones gives the gradient of the sum of all the scores. Row $i$ has its derivatives by example "
        "$i$.",
        "Which scores change when example $i$ is moved? The row collects what happens to all of them.",
        "If only score $i$ changes, the row is its gradient. So ask of each network: does example $i$ reach any other "
        "score?",
    ],
    solution=r"""
        Pulling back ones gives the gradient of the sum of the scores. Row $i$ of it is $\sum_k \partial s_k / \partial
        x_i$. If each example is treated by itself, only $s_i$ depends on $x_i$, and one term is left: one pass gives
        all 100 gradients. With the mean of the batch, every score depends on every example, and the row mixes them all.
        The shape is right all the same. The answer is b.
    """,
)
