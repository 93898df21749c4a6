"""A layer and a batch: the gradients by weights, bias and input."""

from __future__ import annotations

from sympy import Matrix, ones

from jaclib.exercises.entry import Exercise, Mistake


def draw_matrix(rng, rows, columns):
    """Draw a matrix of small whole numbers in which no row and no column is zero."""
    while True:
        drawn = [[rng.randint(-2, 3) for _ in range(columns)] for _ in range(rows)]
        if all(map(any, drawn)) and all(map(any, zip(*drawn, strict=True))):
            return drawn


def _draw_layer(rng):
    return {"X": draw_matrix(rng, 3, 2), "W": draw_matrix(rng, 2, 3), "G": draw_matrix(rng, 3, 3)}


_GIVEN = {
    "X": [[1, 2], [3, -1], [0, 1]],
    "W": [[1, 0, 2], [-1, 1, 0]],
    "G": [[1, 0, -1], [2, 1, 0], [0, -1, 3]],
}
_LAYER = r"""
        A layer computes $Y = XW + b$ for a batch of three examples, one in each row of $X$:

        $$
        X = <X>, \qquad W = <W> .
        $$

        Going back, the gradient that arrives is

        $$
        G = \frac{\partial L}{\partial Y} = <G> .
        $$

        """


# --- E1.10 -------------------------------------------------------------------------------------------------------

E1_10 = Exercise(
    id="E1.10",
    title="The gradient of a layer's weights",
    kind="matrix",
    section="sec-1-layer",
    objective="jgp",
    difficulty=2,
    given=_GIVEN,
    draw=_draw_layer,
    prompt=_LAYER + r"What is $\partial L / \partial W$? (It has the shape of $W$.)",
    answer=lambda g: g.X.T * g.G,
    mistakes=[
        Mistake(
            "product-in-wrong-order",
            lambda g: g.G.T * g.X,
            r"You computed $G^\mathsf{T} X$. Compare its shape with the shape of $W$: which way round do the factors "
            r"belong?",
        ),
        Mistake(
            "by-the-other-argument",
            lambda g: g.G * g.W.T,
            r"You computed $G W^\mathsf{T}$. That is the gradient by $X$; here $W$ moves and $X$ is held still.",
        ),
        Mistake(
            "batch-averaged",
            lambda g: g.X.T * g.G / 3,
            "You have divided by the size of the batch. The weights act in every example, so their gradients are "
            "added; a mean in the loss would already be part of $G$.",
        ),
        Mistake(
            "reshaped-for-transposed",
            lambda g: g.X.reshape(2, 3) * g.G,
            r"You gave $X$ the shape $2 \times 3$ and multiplied. The shape is right, but the numbers stand in other "
            r"places: look at the first row of what you multiplied, and at the first column of $X$.",
        ),
        Mistake(
            "upstream-left-out",
            lambda g: g.X.T * ones(3, 3),
            "You added up the inputs. Each of them has to be multiplied by the gradient that comes back to its output, "
            "an entry of $G$, before you add.",
        ),
        Mistake(
            "gradients-overwritten",
            lambda g: g.X[2, :].T * g.G[2, :],
            "You have what the last example gives. A program that overwrites the gradient, example by example, ends "
            "like this. What should it do with the earlier ones?",
        ),
    ],
    hints=[
        r"$W$ has shape $2 \times 3$, and so has its gradient. Which product of $X$ and $G$ has this shape?",
        r"The entry $W_{kj}$ takes input $k$ to output $j$, in every example $i$. So its derivative is $\sum_i X_{ik} "
        r"G_{ij}$: a sum over the rows.",
        r"That sum is the product $X^\mathsf{T} G$. Its first row belongs to the first column of $X$.",
    ],
    solution=r"""
        In example $i$, $Y_{ij} = \sum_k X_{ik} W_{kj} + b_j$, so $\partial Y_{ij} / \partial W_{kj} = X_{ik}$. The
        weight $W_{kj}$ is used in every example, and gradients add up:

        $$
        \frac{\partial L}{\partial W_{kj}} = \sum_i X_{ik} G_{ij}, \qquad\text{that is}\qquad
        \frac{\partial L}{\partial W} = X^\mathsf{T} G = <answer> .
        $$
    """,
)


# --- E1.11 -------------------------------------------------------------------------------------------------------


def _bias(g):
    g.rows = [Matrix(g.G.row(i)).T for i in range(g.G.rows)]
    g.row1, g.row2, g.row3 = g.rows
    g.sum = sum(g.rows, Matrix([0, 0, 0]))


E1_11 = Exercise(
    id="E1.11",
    title="The gradient of a layer's bias",
    kind="vector",
    section="sec-1-layer",
    objective="jgp",
    difficulty=1,
    given=_GIVEN,
    draw=_draw_layer,
    derive=_bias,
    prompt=_LAYER + r"What is $\partial L / \partial b$? (The same $b$, with three entries, is added to every row.)",
    answer=lambda g: g.sum,
    mistakes=[
        Mistake(
            "batch-averaged",
            lambda g: g.sum / 3,
            "You took the mean over the batch. The bias acts in every example, and what it does there adds up; a mean "
            "in the loss would already be part of $G$.",
        ),
        Mistake(
            "summed-over-wrong-index",
            lambda g: g.G * ones(3, 1),
            "You added along the rows, over the outputs of each example. One entry of $b$ belongs to one output: in "
            "which entries of $Y$ does $b_1$ stand?",
        ),
        Mistake(
            "paths-not-added",
            lambda g: g.G,
            "That is the gradient by $Y$, with a row for each example. The bias has three entries, and each of them is "
            "used in every row. What happens to the shares of one number that is used several times?",
        ),
        Mistake(
            "one-path-only",
            lambda g: g.row1,
            r"You took the first example only. The bias is used in all three.",
        ),
        Mistake(
            "gradients-overwritten",
            lambda g: g.row3,
            "You have what the last example gives. A program that overwrites the gradient, row by row, ends like this. "
            "What should it do with the earlier rows?",
        ),
        Mistake(
            "summed-over-everything",
            lambda g: sum(g.G),
            r"You added up all of $G$. But $b$ has three entries, and $b_1$ only touches the first column of $Y$.",
        ),
    ],
    hints=[
        r"Ask of one entry, say $b_1$: which entries of $Y$ does it touch, and with what factor?",
        "$b_1$ is added to the first column of $Y$, in every row, with the factor 1. So its share of the gradient "
        "comes from the whole first column of $G$.",
        r"Add the rows of $G$: $<row1>$, $<row2>$ and $<row3>$. The result has one entry for each column.",
    ],
    solution=r"""
        $Y_{ij} = \sum_k X_{ik} W_{kj} + b_j$, so $b_j$ touches column $j$ of $Y$ in every row, with the factor 1. Its
        gradients add up: $\partial L / \partial b_j = \sum_i G_{ij}$. That is the sum of the rows of $G$:

        $$
        <row1> + <row2> + <row3> = <answer> .
        $$
    """,
)


# --- E1.12 -------------------------------------------------------------------------------------------------------


def _input(g):
    g.W_T = g.W.T
    g.row = tuple(g.G.row(0))
    g.weights = tuple(g.W.row(0))


E1_12 = Exercise(
    id="E1.12",
    title="The gradient that a layer sends back",
    kind="matrix",
    section="sec-1-layer",
    objective="jgp",
    difficulty=2,
    given=_GIVEN,
    draw=_draw_layer,
    derive=_input,
    prompt=_LAYER + r"What is $\partial L / \partial X$, which goes on to the layer before? (It has the shape of $X$.)",
    answer=lambda g: g.G * g.W_T,
    mistakes=[
        Mistake(
            "by-the-other-argument",
            lambda g: g.X.T * g.G,
            r"You computed $X^\mathsf{T} G$. That is the gradient by $W$; here $X$ moves and $W$ is held still.",
        ),
        Mistake(
            "product-in-wrong-order",
            lambda g: g.W * g.G.T,
            r"You computed $W G^\mathsf{T}$, with a column for each example. Compare its shape with the shape of $X$: "
            r"which way round do the factors belong?",
        ),
        Mistake(
            "reshaped-for-transposed",
            lambda g: g.G * g.W.reshape(3, 2),
            r"You gave $W$ the shape $3 \times 2$ and multiplied. The shape is right, but the numbers stand in other "
            r"places: look at the first column of what you multiplied, and at the first row of $W$.",
        ),
        Mistake(
            "batch-averaged",
            lambda g: g.G * g.W_T / 3,
            "You have divided by the size of the batch. Each example has an input of its own, so nothing is added or "
            "averaged over the examples; a mean in the loss would already be part of $G$.",
        ),
        Mistake(
            "upstream-left-out",
            lambda g: ones(3, 3) * g.W_T,
            "You added up the weights of each input. Each weight has to be multiplied by the gradient that comes back "
            "through it, an entry of $G$, before you add.",
        ),
    ],
    hints=[
        r"Ask of one entry, say $X_{11}$: which entries of $Y$ does it touch, and with what factor?",
        r"$X_{ik}$ touches row $i$ of $Y$, in every column $j$, with the factor $W_{kj}$. So its derivative is $\sum_j "
        r"G_{ij} W_{kj}$: a row of $G$ against a row of $W$.",
        r"A row against a row: that is the product $G W^\mathsf{T}$. Its first entry is $<row>$ times $<weights>$, as "
        r"an inner product.",
    ],
    solution=r"""
        In $Y_{ij} = \sum_k X_{ik} W_{kj} + b_j$ the entry $X_{ik}$ touches row $i$ of $Y$, in every column $j$, with
        the factor $W_{kj}$. Add over these paths: $\partial L / \partial X_{ik} = \sum_j G_{ij} W_{kj}$. For all
        entries at once this is

        $$
        \frac{\partial L}{\partial X} = G W^\mathsf{T} = <G> <W_T> = <answer> .
        $$

        Each example keeps its own row: what happens in one example does not act on another.
    """,
)


# --- E1.27 -------------------------------------------------------------------------------------------------------


def _draw_shapes(rng):
    return dict(zip(("B", "n", "m"), rng.sample([5, 8, 12, 20, 32, 48, 100], 3), strict=True))


E1_27 = Exercise(
    id="E1.27",
    title="The shape of a weight gradient",
    kind="shape",
    section="sec-1-layer",
    objective="jgp",
    difficulty=1,
    given={"B": 32, "n": 64, "m": 10},
    draw=_draw_shapes,
    prompt=r"""
        A layer computes $Y = XW + b$ for a batch of $B = <B>$ examples, one in each row of $X$, with $n = <n>$ numbers
        each. It has $m = <m>$ outputs, and $L$ is the loss, a single number. Which shape does $\partial L / \partial W$
        have in a program, where a gradient has the shape of what it belongs to?
    """,
    answer=lambda g: (g.n, g.m),
    mistakes=[
        Mistake(
            "product-in-wrong-order",
            lambda g: (g.m, g.n),
            r"That is the transpose. In $XW$ the rows of $X$ meet the columns of $W$: how many rows must $W$ have?",
        ),
        Mistake("batch-axis-kept", lambda g: (g.B, g.n, g.m)),
        Mistake(
            "jacobian-for-gradient",
            lambda g: (g.B, g.m, g.n, g.m),
            "That is the shape of the full Jacobian of $Y$ by $W$. The loss is a single number, and the gradient has "
            "one entry for each weight.",
        ),
        Mistake(
            "by-the-other-argument",
            lambda g: (g.B, g.n),
            r"That is the shape of $X$, and of the gradient by $X$. Which shape has $W$?",
        ),
        Mistake(
            "upstream-for-gradient",
            lambda g: (g.B, g.m),
            r"That is the shape of $Y$, and of the gradient that arrives there. Which shape has $W$?",
        ),
        Mistake(
            "bias-for-weights",
            lambda g: (g.m,),
            "That is the shape of the bias: one number for each output. The weights connect each input with each "
            "output.",
        ),
    ],
    hints=[
        r"There is one derivative for every weight. How many weights has the layer?",
        "Each of the $n = <n>$ inputs is connected with each of the $m = <m>$ outputs. The examples of the batch share "
        "the weights.",
        "$X$ has shape $(<B>, <n>)$ and $Y$ has shape $(<B>, <m>)$. For $Y = XW$ to fit, $W$ has one row for each "
        "input and one column for each output.",
    ],
    solution=r"""
        $X$ has shape $(<B>, <n>)$ and $Y$ has shape $(<B>, <m>)$, so $W$ has shape $<answer>$, and its gradient has the
        same. The formula agrees: $X^\mathsf{T}$ has shape $(<n>, <B>)$ and $G$ has shape $(<B>, <m>)$; in $X^\mathsf{T}
        G$ the $<B>$ in the middle is summed over. That sum is the batch, added up.
    """,
)
