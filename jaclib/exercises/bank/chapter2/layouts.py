"""Layouts: which way round a derivative stands, quadratic forms, functions of a matrix."""

from __future__ import annotations

from sympy import kronecker_product as kron

from jaclib.exercises.entry import Exercise, Mistake

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
