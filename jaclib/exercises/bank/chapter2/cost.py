"""Forward and reverse mode: what they cost."""

from __future__ import annotations

from sympy import Matrix

from jaclib.exercises.entry import Exercise, Mistake

# --- E2.9 --------------------------------------------------------------------------------------------------------


def _count(g):
    n, p, q, m = g.s
    g.n, g.p, g.q, g.m = n, p, q, m
    g.first, g.middle, g.last = n * p, p * q, q * m
    g.forward = n * (g.middle + g.last)
    g.reverse = m * (g.middle + g.first)
    g.one_pass = g.first + g.middle + g.last
    g.reverse_1, g.reverse_2 = m * g.middle, m * g.first
    g.forward_1, g.forward_2 = n * g.middle, n * g.last


def _draw_sizes(rng):
    ends = rng.sample([1, 2, 3, 200, 300, 500, 800], 2)
    middle = rng.sample([10, 20, 30, 40, 60, 80], 2)
    return {"s": [ends[0], *middle, ends[1]]}


E2_9 = Exercise(
    id="E2.9",
    title="Counting multiplications",
    kind="vector",
    section="sec-2-cost",
    objective="modes",
    difficulty=2,
    given={"s": [1000, 100, 50, 1]},
    draw=_draw_sizes,
    derive=_count,
    prompt=r"""
        A chain of three dense linear maps has the sizes $<n> \to <p> \to <q> \to <m>$, so its Jacobian is $J = J_3 J_2
        J_1$. Multiplying a $p \times q$ matrix by a $q \times r$ matrix takes $pqr$ multiplications. How many does all
        of $J$ take in reverse mode, $(J_3 J_2) J_1$, and how many in forward mode, $J_3 (J_2 J_1)$? Answer with
        (reverse, forward).
    """,
    answer=lambda g: Matrix([g.reverse, g.forward]),
    mistakes=[
        Mistake(
            "modes-exchanged",
            lambda g: Matrix([g.forward, g.reverse]),
            "Both counts are right, and they stand in each other's place. Which of the two modes starts at the output?",
        ),
        Mistake(
            "one-pass-for-all",
            lambda g: Matrix([g.one_pass, g.one_pass]),
        ),
        Mistake(
            "product-with-the-identity-counted",
            lambda g: Matrix([g.m * g.one_pass, g.n * g.one_pass]),
        ),
        Mistake(
            "inner-size-forgotten",
            lambda g: Matrix([g.m * g.p + g.m * g.n, g.q * g.n + g.m * g.n]),
        ),
        Mistake(
            "second-product-left-out",
            lambda g: Matrix([g.reverse_1, g.forward_1]),
            "That is the first of the two products in each case. The third matrix has still to be multiplied.",
        ),
    ],
    hints=[
        r"Write the shapes of the three matrices next to each other, outputs first. What shape has the product that "
        r"each mode computes first?",
        r"The shapes are $J_3$: $<m> \times <q>$, $J_2$: $<q> \times <p>$, $J_1$: $<p> \times <n>$. Reverse mode "
        r"starts with $J_3 J_2$, which takes $<m> \cdot <q> \cdot <p>$ multiplications.",
        r"Reverse: $<reverse_1>$ for $J_3 J_2$, which is $<m> \times <p>$; then times $J_1$. Forward: $<forward_1>$ "
        r"for $J_2 J_1$, which is $<q> \times <n>$; then $J_3$ times that.",
    ],
    solution=r"""
        Reverse mode starts at the output and carries a matrix with $m = <m>$ rows: $<m> \cdot <q> \cdot <p> =
        <reverse_1>$ multiplications for $J_3 J_2$, then $<m> \cdot <p> \cdot <n> = <reverse_2>$, together $<reverse>$.

        Forward mode starts at the input and carries a matrix with $n = <n>$ columns: $<q> \cdot <p> \cdot <n> =
        <forward_1>$ for $J_2 J_1$, then $<m> \cdot <q> \cdot <n> = <forward_2>$, together $<forward>$.

        So the answer is $<answer>$. The number in front decides: that of the outputs in reverse mode, that of the
        inputs in forward mode.
    """,
)


# --- E2.23 -------------------------------------------------------------------------------------------------------

E2_23 = Exercise(
    id="E2.23",
    title="Which mode for a tall Jacobian",
    kind="choice",
    section="sec-2-cost",
    objective="modes",
    difficulty=1,
    prompt=r"""
        A function $f$ takes the 3 angles of a camera to the 2000 grey values of its image. You want the whole Jacobian.
        What is the cheapest way to it?
    """,
    options={
        "a": r"3 passes of forward mode, one JVP for each angle",
        "b": r"2000 passes of reverse mode, one VJP for each grey value",
        "c": r"3 passes of reverse mode, one VJP for each angle",
        "d": r"1 pass of reverse mode, since it costs a few calls of $f$ however many inputs there are",
    },
    answer=lambda g: "a",
    mistakes=[
        Mistake(
            "reverse-always-faster",
            lambda g: "b",
        ),
        Mistake(
            "modes-exchanged",
            lambda g: "c",
            "A VJP starts with weights for the outputs, and gives a row of the Jacobian. There are no weights that "
            "belong to an angle. How many rows are there, and how many columns?",
        ),
        Mistake(
            "vjp-taken-for-jacobian",
            lambda g: "d",
            "What you say holds for one gradient, that is for one output. How many outputs are there here, and what "
            "does one VJP give of the matrix?",
        ),
    ],
    hints=[
        "Which shape has the Jacobian: is it wide or tall?",
        "A JVP gives one column of the matrix, a VJP gives one row. Count both.",
        "The Jacobian has 2000 rows and 3 columns. Each pass costs about as much as a few calls of $f$, in either "
        "mode.",
    ],
    solution=r"""
        The Jacobian has one row for each grey value and one column for each angle: $2000 \times 3$, a tall matrix.
        Forward mode gives a column per pass, reverse mode a row per pass. Each pass costs about the same, so 3 against
        2000 decides. Reverse mode wins for wide matrices, above all for gradients. The answer is a.
    """,
)
