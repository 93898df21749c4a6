"""Layouts: which way round a derivative stands, quadratic forms, functions of a matrix."""

from __future__ import annotations

from sympy import kronecker_product as kron

from jaclib.exercises.bank.chapter1.layer import draw_matrix
from jaclib.exercises.entry import Exercise, Mistake

# --- E2.7 --------------------------------------------------------------------------------------------------------


def _quadratic(g):
    g.Ax, g.A_T_x = g.A * g.x, g.A.T * g.x
    g.both = g.A + g.A.T


def _draw_quadratic(rng):
    return {"A": draw_matrix(rng, 2, 2), "x": [rng.choice([-3, -2, -1, 1, 2, 3]) for _ in range(2)]}


E2_7 = Exercise(
    id="E2.7",
    title="The gradient of a quadratic form",
    kind="vector",
    section="sec-2-layouts",
    objective="layouts",
    difficulty=1,
    given={"A": [[1, 4], [2, 3]], "x": [1, -1]},
    draw=_draw_quadratic,
    derive=_quadratic,
    prompt=r"""
        What is the gradient of $f(x) = x^\mathsf{T} A x$ at $x = <x>$ for

        $$
        A = <A> \,?
        $$
    """,
    answer=lambda g: g.both * g.x,
    mistakes=[
        Mistake(
            "symmetry-assumed",
            lambda g: 2 * g.Ax,
        ),
        Mistake(
            "symmetry-assumed",
            lambda g: 2 * g.A_T_x,
            r"You computed $2 A^\mathsf{T} x$. The variable stands on the left and on the right of $A$, and the two "
            r"places contribute the same only if $A$ is symmetric. Is it?",
        ),
        Mistake(
            "one-path-only",
            lambda g: g.Ax,
            r"You computed $A x$. The variable $x$ stands in two places; you let it move in the left one only.",
        ),
        Mistake(
            "one-path-only",
            lambda g: g.A_T_x,
            r"You computed $A^\mathsf{T} x$. The variable $x$ stands in two places; you let it move in the right one "
            r"only.",
        ),
        Mistake(
            "value-for-derivative",
            lambda g: g.x.dot(g.Ax),
            "That is the value of $f$ at this point, a single number. The gradient has the shape of $x$.",
        ),
        Mistake("matrix-for-the-gradient", lambda g: g.both),
    ],
    hints=[
        r"Write it out: $f(x) = \sum_{i,j} x_i A_{ij} x_j$. In which places does $x_1$ stand?",
        r"Each variable stands once on the left and once on the right. With the right $x$ held still you get $Ax$. "
        r"What do you get with the left one held still?",
        r"$A x = <Ax>$, and the other part is $A^\mathsf{T} x$. Are the two equal here? Add them.",
    ],
    solution=r"""
        In $\sum_{i,j} x_i A_{ij} x_j$ the variable $x_k$ stands on the left, which contributes $(Ax)_k$, and on the
        right, which contributes $(A^\mathsf{T} x)_k$. So

        $$
        \nabla f = (A + A^\mathsf{T})\, x = <both> <x:column> = <answer:column> .
        $$

        The shorter $2Ax$ is right only for a symmetric $A$. It has the same shape, so no shape warns you.
    """,
)


# --- E2.16 -------------------------------------------------------------------------------------------------------


def _draw_pair(rng):
    return {"A": draw_matrix(rng, 2, 2), "B": draw_matrix(rng, 2, 2)}


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


# --- E2.31 -------------------------------------------------------------------------------------------------------

E2_31 = Exercise(
    id="E2.31",
    title="A textbook in the other layout",
    kind="choice",
    section="sec-2-layouts",
    objective="layouts",
    difficulty=2,
    prompt=r"""
        In a textbook you read $\dfrac{\partial (Ax)}{\partial x} = A^\mathsf{T}$. It writes $G$ for its derivative of a
        function $g$ at a point $x$, and $H$ for its derivative of $h$ at $g(x)$. What is the Jacobian of $h \circ g$ at
        $x$ in the layout of this course, where rows are outputs?
    """,
    options={
        "a": r"$G H$",
        "b": r"$H G$",
        "c": r"$H^\mathsf{T} G^\mathsf{T}$",
        "d": r"$G^\mathsf{T} H^\mathsf{T}$",
    },
    answer=lambda g: "c",
    mistakes=[
        Mistake(
            "transposed-layout",
            lambda g: "a",
            "That is the derivative of the composition in the book's own layout, with the inner function first. It has "
            "still to be translated.",
        ),
        Mistake(
            "transpose-forgotten",
            lambda g: "b",
            "The order is ours, but the matrices are still the book's. The first line of the task tells you how they "
            "differ from ours.",
        ),
        Mistake(
            "product-in-wrong-order",
            lambda g: "d",
            r"You have translated both matrices. Check the shapes: let $g$ take 5 numbers to 3, and $h$ take 3 to 2. "
            r"Which shapes have $G^\mathsf{T}$ and $H^\mathsf{T}$ then?",
        ),
    ],
    hints=[
        r"The derivative of $Ax$ tells the layout. In ours it is $A$. So how do the book's matrices differ from ours?",
        r"Let $g$ take 5 numbers to 3, and $h$ take 3 to 2. In the book's layout rows are inputs: which shapes have "
        r"$G$ and $H$? Which shape must the answer have?",
        r"In our layout the Jacobians are the transposes of $G$ and $H$. The one that acts first stands on the right.",
    ],
    solution=r"""
        The book's matrices are the transposes of ours: $J_g = G^\mathsf{T}$ and $J_h = H^\mathsf{T}$. In our layout the
        function that acts first stands on the right, so $J_{h \circ g} = J_h J_g = H^\mathsf{T} G^\mathsf{T}$. In the
        book the same fact reads $GH$, inner function first: transposing a product reverses its order. The answer is c.
    """,
)
