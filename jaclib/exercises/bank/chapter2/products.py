"""Jacobian-vector and vector-Jacobian products, by hand."""

from __future__ import annotations

from sympy import Matrix, diag, sqrt

from jaclib.exercises.bank.chapter2.matrix import POINT, draw_point, two_products
from jaclib.exercises.entry import Exercise, Mistake

# --- E2.2 --------------------------------------------------------------------------------------------------------


def _value(x, y, z):
    return Matrix([x * y, y * z**2])


def _push(g):
    two_products(g)
    g.v_1, g.v_2, g.v_3 = g.v
    g.row_1, g.row_2 = tuple(g.J.row(0)), tuple(g.J.row(1))
    g.value = _value(g.x, g.y, g.z)
    g.moved = _value(*(Matrix([g.x, g.y, g.z]) + g.v))


E2_2 = Exercise(
    id="E2.2",
    title="A step pushed forward",
    kind="vector",
    section="sec-2-products",
    objective="products",
    difficulty=1,
    given={**POINT, "v": [1, -1, 2]},
    draw=lambda rng: {**draw_point(rng), "v": [rng.choice([-3, -2, -1, 1, 2, 3]) for _ in range(3)]},
    derive=_push,
    prompt=r"""
        Let $f(x, y, z) = (xy,\; yz^2)$. What is its Jacobian-vector product (JVP) at the point $(<x>, <y>, <z>)$ with
        the tangent $v = <v>$?
    """,
    answer=lambda g: g.J * g.v,
    mistakes=[
        Mistake(
            "products-left-apart",
            lambda g: g.J * diag(*g.v),
            "The products are right. An output moves because all the inputs move: what has to be done with the three "
            "products in a row?",
        ),
        Mistake(
            "value-added-to-the-change",
            lambda g: g.value + g.J * g.v,
            "You have added the value of $f$. That predicts where $f$ goes; a JVP is only the change.",
        ),
        Mistake(
            "change-not-linearised",
            lambda g: g.moved - g.value,
            "That is what $f$ really does on a step as long as $v$. A JVP is what the best linear map makes of $v$.",
        ),
        Mistake(
            "tangent-made-unit",
            lambda g: g.J * g.v / sqrt(g.v.dot(g.v)),
        ),
        Mistake(
            "tangent-taken-for-point",
            lambda g: _value(*g.v),
            "You have put the tangent into $f$. The Jacobian belongs to the point; the tangent says how we leave it.",
        ),
        Mistake(
            "tangent-taken-for-point",
            lambda g: Matrix([g.v_2 * g.x + g.v_1 * g.y, g.v_3**2 * g.y + 2 * g.v_2 * g.v_3 * g.z]),
            "You have taken the derivatives at $v$ and multiplied them by the point. Which of the two is the place, "
            "and which the step?",
        ),
    ],
    hints=[
        "Count first: the tangent has one number for each input, the result one for each output. How many are there?",
        "A JVP is $Jv$. So you need the Jacobian at the point: the first row has the derivatives of $xy$, the second "
        "those of $yz^2$.",
        "The rows of $J$ are $<row_1>$ and $<row_2>$. The first entry of the result is the inner product of the first "
        "row with $v = <v>$.",
    ],
    solution=r"""
        The Jacobian at this point has the rows $<row_1>$ and $<row_2>$. Each entry of $Jv$ is the inner product of a
        row with the tangent:

        $$
        J v = <J> <v:column> = <answer:column> .
        $$

        If the point starts to move with velocity $v$, this is the velocity of the output.
    """,
)


# --- E2.3 --------------------------------------------------------------------------------------------------------


def _pull(g):
    two_products(g)
    g.u_1, g.u_2 = g.u
    g.column_2 = tuple(g.J.col(1))
    g.J_T = g.J.T


E2_3 = Exercise(
    id="E2.3",
    title="Weights pulled back",
    kind="vector",
    section="sec-2-products",
    objective="products",
    difficulty=1,
    given={**POINT, "u": [1, -1]},
    draw=lambda rng: {**draw_point(rng), "u": [rng.choice([-3, -2, 2, 3]), rng.choice([-3, -2, -1, 2, 3])]},
    derive=_pull,
    prompt=r"""
        Let $f(x, y, z) = (xy,\; yz^2)$. What is its vector-Jacobian product (VJP) at the point $(<x>, <y>, <z>)$ with
        the cotangent $u = <u>$?
    """,
    answer=lambda g: g.J_T * g.u,
    mistakes=[
        Mistake(
            "upstream-left-out",
            lambda g: g.J_T * Matrix([1, 1]),
            "You added up the two rows as they are, as if both weights were 1. Each row counts with the weight of its "
            "output.",
        ),
        Mistake(
            "paths-not-added",
            lambda g: diag(*g.u) * g.J,
            "The products are right. One number is asked for per input: what has to be done with the products that "
            "stand in one column?",
        ),
        Mistake(
            "one-path-only",
            lambda g: g.u_1 * g.J_T[:, 0],
            "You went back from the first output only. The second one has a weight too.",
        ),
        Mistake(
            "one-path-only",
            lambda g: g.u_2 * g.J_T[:, 1],
            "You went back from the second output only. The first one has a weight too.",
        ),
        Mistake(
            "modes-exchanged",
            lambda g: g.J[:, :2] * g.u,
            "You took $u$ for a step of the first two inputs and pushed it forward. It has one number for each output: "
            "which way does it travel, and how many numbers come out?",
        ),
    ],
    hints=[
        "Count first: the cotangent has one number for each output, the result one for each input. How many are there?",
        r"A VJP is $J^\mathsf{T} u$: the gradient of the combination $u_1 f_1 + u_2 f_2$. You can write down this "
        r"combination and take its three partial derivatives.",
        r"The entry for $y$ is the inner product of the second column of $J$, which is $<column_2>$, with $u = <u>$. "
        r"The other two columns work in the same way.",
    ],
    solution=r"""
        The Jacobian at this point is $J = <J>$. Each entry of $J^\mathsf{T} u$ is the inner product of a column of $J$
        with the cotangent:

        $$
        J^\mathsf{T} u = <J_T> <u:column> = <answer:column> .
        $$

        The other way gives the same: it is the gradient of $<u_1:*> xy <u_2:+*> yz^2$ at the point.
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
