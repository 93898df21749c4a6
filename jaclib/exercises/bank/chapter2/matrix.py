"""The m × n matrix: its entries by hand, the Jacobian of a layer, shapes."""

from __future__ import annotations

from fractions import Fraction

from sympy import Matrix, diag

from jaclib.exercises.entry import Exercise, Mistake

# --- E2.1 --------------------------------------------------------------------------------------------------------


def two_products(g):
    """Set the entries of the Jacobian of (xy, yz²), and the matrix: E2.2 and E2.3 go on with it."""
    g.square, g.last = g.z**2, 2 * g.y * g.z
    g.J = Matrix([[g.y, g.x, 0], [0, g.square, g.last]])


def draw_point(rng):
    """Draw three coordinates of different sizes, none of them 0 or ±1."""
    sizes = rng.sample([2, 3, 4, 5], 3)
    return {name: size * rng.choice([-1, 1]) for name, size in zip("xyz", sizes, strict=True)}


POINT = {"x": 1, "y": 2, "z": 3}

E2_1 = Exercise(
    id="E2.1",
    title="A Jacobian by hand",
    kind="matrix",
    section="sec-2-matrix",
    objective="shapes",
    difficulty=1,
    given=POINT,
    draw=draw_point,
    derive=two_products,
    prompt=r"""
        What is the Jacobian of $f(x, y, z) = (xy,\; yz^2)$ at the point $(<x>, <y>, <z>)$? Rows are outputs, columns
        are inputs in the order $x, y, z$.
    """,
    answer=lambda g: g.J,
    mistakes=[
        Mistake(
            "vjp-taken-for-jacobian",
            lambda g: tuple(g.J[0, j] + g.J[1, j] for j in range(3)),
            "You have added the two rows, as a backward pass from a vector of ones does. Each output has a row of its "
            "own: how many rows does the matrix have?",
        ),
        Mistake(
            "value-for-derivative",
            lambda g: (g.x * g.y, g.y * g.square),
            "You gave the two values of $f$ at this point. The Jacobian has the derivative of each of them by each of "
            "the three inputs.",
        ),
        Mistake(
            "factors-exchanged",
            lambda g: Matrix([[g.x, g.y, 0], [0, g.square, g.last]]),
            "Look at the first row. By what is $x$ multiplied in $xy$, and by what is $y$?",
        ),
        Mistake(
            "power-rule-factor",
            lambda g: Matrix([[g.y, g.x, 0], [0, g.square, g.y * g.z]]),
            "Look at the last entry. Two factors besides $z$ belong there: one stands in front of $z^2$, the other "
            "comes from the power. You have only one of them.",
        ),
        Mistake(
            "constant-lost",
            lambda g: Matrix([[g.y, g.x, 0], [0, g.square, 2 * g.z]]) if g.y != 2 else None,
            "Look at the last entry. While $z$ moves, $y$ is a constant factor. What happens to a constant factor?",
        ),
        Mistake(
            "constant-kept",
            lambda g: Matrix([[g.y, g.x, g.x * g.y], [g.y * g.square, g.square, g.last]]),
            "Two entries belong to an output that does not contain the input at all. How fast does $xy$ change when "
            "only $z$ moves?",
        ),
        Mistake(
            "partials-swapped",
            lambda g: Matrix([[0, g.square, g.last], [g.y, g.x, 0]]),
            "Your two rows stand in each other's place. Which output is the first?",
        ),
    ],
    hints=[
        "Two outputs and three inputs: which shape does the matrix have? Each entry is one partial derivative.",
        r"Take the rows one by one. The first row has the derivatives of $xy$ by $x$, by $y$ and by $z$. One of them "
        r"is zero, since $xy$ does not contain that variable.",
        r"As formulas the rows are $(y, x, 0)$ and $(0, z^2, 2yz)$. Put in the numbers of the point.",
    ],
    solution=r"""
        Each row belongs to one output, and has its derivatives by $x$, by $y$ and by $z$. The first output $xy$ gives
        $(y, x, 0)$, the second output $yz^2$ gives $(0, z^2, 2yz)$. At $(<x>, <y>, <z>)$:

        $$
        J = \begin{pmatrix} y & x & 0 \\ 0 & z^2 & 2yz \end{pmatrix} = <answer> .
        $$

        The zeros say that the first output does not depend on $z$, nor the second on $x$.
    """,
)


# --- E2.20 -------------------------------------------------------------------------------------------------------


def _layer(g):
    g.slopes = g.y.applyfunc(lambda y: 1 - y**2)
    g.D = diag(*g.slopes)
    g.y_1, g.y_2 = g.y
    g.slope_1, g.slope_2 = g.slopes
    g.row_1, g.row_2 = tuple(g.W.row(0)), tuple(g.W.row(1))


def _draw_layer(rng):
    outputs = rng.sample([Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(1, 4), Fraction(3, 5)], 2)
    weights = [[rng.choice([-3, -2, -1, 1, 2, 3, 4]) for _ in range(2)] for _ in range(2)]
    return {"W": weights, "y": [y * rng.choice([-1, 1]) for y in outputs]}


E2_20 = Exercise(
    id="E2.20",
    title="The Jacobian of a tanh layer",
    kind="matrix",
    section="sec-2-matrix",
    objective="shapes",
    difficulty=2,
    given={"W": [[2, -1], [1, 3]], "y": [Fraction(1, 2), Fraction(-1, 3)]},
    draw=_draw_layer,
    derive=_layer,
    prompt=r"""
        A layer computes $y = \tanh(Wx + b)$ with

        $$
        W = <W> .
        $$

        For a certain input its outputs are $y = <y>$. What is the Jacobian of $y$ by $x$ there?
    """,
    answer=lambda g: g.D * g.W,
    mistakes=[
        Mistake(
            "activation-slope-forgotten",
            lambda g: g.W,
            r"That is the Jacobian of $Wx + b$ alone. Each output then goes through tanh. With which slope?",
        ),
        Mistake("columns-scaled-for-rows", lambda g: g.W * g.D),
        Mistake(
            "slope-of-another-activation",
            lambda g: diag(*(y * (1 - y) for y in g.y)) * g.W,
            r"$y(1 - y)$ is the slope of the sigmoid in terms of its output. What is the derivative of tanh?",
        ),
        Mistake(
            "value-for-slope",
            lambda g: diag(*g.y) * g.W,
            "You multiplied by the outputs themselves. What belongs there is the slope of tanh.",
        ),
        Mistake(
            "square-forgotten",
            lambda g: diag(*(1 - y for y in g.y)) * g.W,
        ),
        Mistake(
            "weight-factor-lost",
            lambda g: g.D,
            r"These are the slopes of tanh. An input reaches the net input of a neuron through a weight: what does the "
            r"weight do to the derivative?",
        ),
    ],
    hints=[
        r"Go step by step: $z = Wx + b$ is affine, then tanh acts on each entry of $z$ alone. What are the two "
        r"Jacobians?",
        r"The derivative of tanh at $z$ is $1 - (\tanh z)^2$. Since $y = \tanh z$, it is $1 - y^2$: you do not need "
        r"$x$ or $b$.",
        r"The slopes of the two neurons are $<slope_1>$ and $<slope_2>$. Neuron $i$ reacts to every input by its "
        r"slope times its weight, so each slope multiplies one whole row of $W$.",
    ],
    solution=r"""
        Output $i$ depends on $x_j$ through $z_i$ alone, and $z_i$ contains $x_j$ with the factor $W_{ij}$. The slope of
        tanh there is $1 - y_i^2$. So $J_{ij} = (1 - y_i^2) W_{ij}$: row $i$ of $W$, scaled by one number. The slopes
        are $1 - \left(<y_1>\right)^2 = <slope_1>$ and $1 - \left(<y_2>\right)^2 = <slope_2>$, the rows of $W$ are
        $<row_1>$ and $<row_2>$, and

        $$
        J = \operatorname{diag}(1 - y^2)\, W = <answer> .
        $$
    """,
)


# --- E2.21 -------------------------------------------------------------------------------------------------------


def _weights(g):
    g.weights = (g.m, g.n)
    g.count = g.m * g.m * g.n


def _draw_sizes(rng):
    m, n = rng.sample([2, 3, 5, 6, 7, 8, 10, 12], 2)
    return {"m": m, "n": n}


E2_21 = Exercise(
    id="E2.21",
    title="The Jacobian by the weights",
    kind="shape",
    section="sec-2-matrix",
    objective="shapes",
    difficulty=2,
    given={"m": 4, "n": 3},
    draw=_draw_sizes,
    derive=_weights,
    prompt=r"""
        A layer has $n = <n>$ inputs and $m = <m>$ neurons: $y = \tanh(Wx + b)$, where $W$ has one row for each neuron.
        Take $y$ as a function of $W$, for one fixed input. Which shape has its Jacobian as an array, if no axes are
        flattened?
    """,
    answer=lambda g: (g.m, g.m, g.n),
    mistakes=[
        Mistake("gradient-shape-for-jacobian", lambda g: (g.m, g.n)),
        Mistake("shapes-multiplied-out", lambda g: (g.m, g.m * g.n)),
        Mistake("input-before-output", lambda g: (g.m, g.n, g.m)),
        Mistake(
            "by-the-other-argument",
            lambda g: (g.m, g.n, g.n),
            "Here $W$ moves, and $x$ is held still: no axis of $x$ belongs there. Which shape has the output, and "
            "which shape has $W$?",
        ),
        Mistake(
            "gradient-shape-for-jacobian",
            lambda g: (g.n, g.m),
            "That is the shape of $W$ turned over. First see which shape $W$ must have so that $Wx$ has one entry for "
            "each neuron. Then: a Jacobian has the axes of the output as well.",
        ),
    ],
    hints=[
        "The rule is the same whatever the axes: the shape of the output, followed by the shape of the input.",
        r"The output $y$ has the shape $(<m>,)$. What plays the part of the input here is $W$. Which shape has it?",
        r"$W$ has the shape $<weights>$, one row for each neuron. Write it behind the shape of the output: three "
        r"numbers.",
    ],
    solution=r"""
        The output has shape $(<m>,)$, and the input is here the matrix $W$ of shape $<weights>$. One after the other
        they give $<answer>$. The entry at $(i, k, l)$ says how output $i$ reacts to the weight $W_{kl}$. It is zero
        unless $i = k$, since the weights of one neuron do not act on another: of the $<count>$ entries at most
        $<m> \cdot <n>$ differ from zero.
    """,
)
