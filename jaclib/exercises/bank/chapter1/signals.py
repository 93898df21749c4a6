"""What travels back through many neurons: Jacobian-gradient products, hidden error signals, saturation, softmax."""

from __future__ import annotations

from fractions import Fraction

from sympy import Matrix, exp, log, ones

from jaclib.exercises.bank.chapter1.layer import draw_matrix
from jaclib.exercises.entry import Exercise, Mistake

# --- E1.9 --------------------------------------------------------------------------------------------------------


def _product(g):
    g.rows, g.columns = map(int, g.J.shape)
    g.scaled = Matrix(g.rows, g.columns, lambda i, j: g.g[i] * g.J[i, j])  # row i times its gradient: all paths
    g.J_T = g.J.T
    g.column = tuple(g.J[:, 0])


def _draw_product(rng):
    rows, columns = rng.choice([(3, 2), (4, 2), (2, 2), (3, 3)])
    return {"J": draw_matrix(rng, rows, columns), "g": [rng.choice([-3, -2, -1, 1, 2, 3]) for _ in range(rows)]}


E1_9 = Exercise(
    id="E1.9",
    title="A Jacobian-gradient product",
    kind="vector",
    section="sec-1-jgp",
    objective="jgp",
    difficulty=1,
    given={"J": [[1, 2], [0, -1], [3, 1]], "g": [1, -1, 2]},
    draw=_draw_product,
    derive=_product,
    prompt=r"""
        A step of a graph takes $x$, with $<columns>$ entries, to $y$, with $<rows>$ entries. Its Jacobian, with $J_{ij}
        = \partial y_i / \partial x_j$, is

        $$
        J = <J> .
        $$

        Going back, the gradient $g = \nabla_{\!y} L = <g>$ arrives. What is $\nabla_{\!x} L$?
    """,
    answer=lambda g: g.J_T * g.g,
    mistakes=[
        Mistake("jacobian-not-transposed", lambda g: g.J * g.g if g.rows == g.columns else None),
        Mistake(
            "jacobian-not-transposed",
            lambda g: g.J * g.g[: g.columns, :] if g.rows > g.columns else None,
            "You applied $J$ to the first $<columns>$ entries of $g$. $J$ takes steps of the input forward; $g$ has "
            "one entry for each output. Which matrix takes it back?",
        ),
        Mistake(
            "summed-over-wrong-index",
            lambda g: g.scaled * ones(g.columns, 1),
            "You multiplied each row by its entry of $g$, which is right, and then added along the rows. Which index "
            "names the paths that lead from one input: the row's or the column's?",
        ),
        Mistake("upstream-left-out", lambda g: g.J_T * ones(g.rows, 1)),
        Mistake("paths-not-added", lambda g: g.scaled),
        Mistake(
            "one-path-only",
            lambda g: g.J_T[:, g.rows - 1] * g.g[g.rows - 1],
            r"You followed the paths through the last output only. Each input acts on all $<rows>$ outputs.",
        ),
    ],
    hints=[
        "Each input reaches $L$ along $<rows>$ paths, one through each output. Multiply along a path, add over the "
        "paths.",
        r"$\frac{\partial L}{\partial x_j} = \sum_i g_i J_{ij}$. The sum runs over the rows, so all sums together are "
        r"a product with $J^\mathsf{T}$.",
        "The first entry of the answer is the first column of $J$, $<column>$, times $g = <g>$ as an inner product. Go "
        "on with the next column.",
    ],
    solution=r"""
        Each input acts on $L$ through all outputs, so we add over the outputs: $\partial L / \partial x_j = \sum_i g_i
        J_{ij}$. Written for all inputs at once, this is the product with the transposed Jacobian:

        $$
        \nabla_{\!x} L = J^\mathsf{T} g = <J_T> <g:column> = <answer:column> .
        $$
    """,
)


# --- E1.20 -------------------------------------------------------------------------------------------------------


def _hidden(g):
    g.z, g.a = log(g.k), g.k / (g.k + 1)
    g.slope = g.a * (1 - g.a)
    again = 1 / (1 + exp(-g.a))
    g.slope_at_output = again * (1 - again)
    g.w1, g.w2 = g.w
    g.d1, g.d2 = g.d
    g.first, g.second = g.w1 * g.d1, g.w2 * g.d2
    g.collected = g.first + g.second


_SIGNALS = [Fraction(1, 2), Fraction(1, 3), Fraction(1, 4), Fraction(-1, 2), Fraction(-1, 3), Fraction(-1, 4)]


E1_20 = Exercise(
    id="E1.20",
    title="The error signal of a hidden neuron",
    kind="number",
    section="sec-1-many",
    objective="neuron",
    difficulty=2,
    given={"k": 3, "w": [2, -1], "d": [Fraction(1, 4), Fraction(1, 3)]},
    draw=lambda rng: {
        "k": rng.choice([2, 3, 4, 5]),
        "w": rng.sample([-3, -2, -1, 1, 2, 3], 2),
        "d": rng.sample(_SIGNALS, 2),
    },
    derive=_hidden,
    prompt=r"""
        A neuron $k$ in the middle of a network has the net input $z_k = <z>$ and passes on $a_k = \sigma(z_k)$. It
        feeds two neurons of the next layer: the first through the weight $w_{1k} = <w1>$, the second through $w_{2k} =
        <w2>$. Their error signals are known already, $\delta_1 = <d1>$ and $\delta_2 = <d2>$, where $\delta_j =
        \partial L / \partial z_j$. What is $\delta_k = \partial L / \partial z_k$?
    """,
    answer=lambda g: g.slope * g.collected,
    mistakes=[
        Mistake(
            "activation-slope-forgotten",
            lambda g: g.collected,
            "You have collected what comes back to the activation $a_k$. The question is about the net input $z_k$: "
            "which factor lies between the two?",
        ),
        Mistake(
            "one-path-only",
            lambda g: g.slope * g.first,
            r"You followed the path through the first neuron only. $a_k$ goes into a second one too.",
        ),
        Mistake(
            "one-path-only",
            lambda g: g.slope * g.second,
            r"You followed the path through the second neuron only. $a_k$ goes into the first one too.",
        ),
        Mistake(
            "weight-factor-lost",
            lambda g: g.slope * (g.d1 + g.d2),
            r"You added the two error signals as they are. Through which weight does each of them come back?",
        ),
        Mistake("paths-multiplied", lambda g: g.slope * g.first * g.second),
        Mistake("value-for-slope", lambda g: g.a * g.collected),
        Mistake("activation-slope-at-output", lambda g: g.slope_at_output * g.collected),
    ],
    hints=[
        "Draw the three neurons, with an arrow from $k$ to each of the other two. Along how many paths does $z_k$ act "
        "on $L$?",
        "Collect first: each neuron sends back its error signal times the weight of the connection. Add the two. Then "
        "pass the sum through the sigmoid of neuron $k$.",
        r"The sum is $<w1:()> \cdot <d1:()> + <w2:()> \cdot <d2:()> = <collected>$. With $a_k = \sigma(<z>) = <a>$, "
        r"what is the slope $\sigma'(z_k) = a_k (1 - a_k)$?",
    ],
    solution=r"""
        Two paths lead from $a_k$ to the loss. Along each, the error signal comes back times the weight, and the paths
        are added:

        $$
        \frac{\partial L}{\partial a_k} = w_{1k} \delta_1 + w_{2k} \delta_2 = <first> <second:+> = <collected> .
        $$

        From $a_k$ to $z_k$ the factor is the slope of the sigmoid. With $a_k = \sigma(<z>) = <a>$ it is $a_k (1 - a_k)
        = <slope>$. So $\delta_k = <slope> \cdot <collected:()> = <answer>$.
    """,
)


# --- E1.21 -------------------------------------------------------------------------------------------------------


def _through_softmax(g):
    g.p = g.e / sum(g.e)
    g.mean = g.p.dot(g.g)
    g.first, g.second, g.third = (g.p[i] * g.g[i] for i in range(3))
    g.direct = Matrix([g.first, g.second, g.third])
    g.differences = g.g - g.mean * ones(3, 1)


E1_21 = Exercise(
    id="E1.21",
    title="Back through a softmax",
    kind="vector",
    section="sec-1-jgp",
    objective="jgp",
    difficulty=3,
    given={"e": [1, 2, 3], "g": [1, -1, 2]},
    draw=lambda rng: {"e": rng.sample([1, 2, 3, 4, 5], 3), "g": rng.sample([-3, -2, -1, 0, 1, 2, 3], 3)},
    derive=_through_softmax,
    prompt=r"""
        A softmax has turned three scores $s$ into the probabilities $p = <p>$. From a loss that is not the
        cross-entropy, the gradient $g = \partial L / \partial p = <g>$ arrives. What is $\partial L / \partial s$?
    """,
    answer=lambda g: g.direct - g.mean * g.p,
    mistakes=[
        Mistake("softmax-diagonal-only", lambda g: Matrix([g.p[i] * (1 - g.p[i]) * g.g[i] for i in range(3)])),
        Mistake(
            "softmax-diagonal-only",
            lambda g: g.direct,
            r"You have $p_i\, g_i$: each probability as if its own score alone were exponentiated. Every score also "
            r"stands in the denominator of all three. What does that contribute?",
        ),
        Mistake(
            "softmax-sign-of-the-sum",
            lambda g: g.direct + g.mean * g.p,
        ),
        Mistake(
            "plain-mean-for-weighted",
            lambda g: Matrix([g.p[i] * (g.g[i] - sum(g.g) / 3) for i in range(3)]),
        ),
        Mistake("cross-entropy-shortcut", lambda g: g.p - g.g),
    ],
    hints=[
        "Each score acts on all three probabilities, through the sum in the denominator: three paths for every entry "
        "of the answer.",
        r"From $\frac{\partial p_i}{\partial s_k} = p_i (\delta_{ik} - p_k)$, the sum over the paths is $\sum_i g_i\, "
        r"p_i (\delta_{ik} - p_k)$. Split it into two parts.",
        r"The first part is $g_k\, p_k$, the second is $-p_k \sum_i g_i p_i$. So the answer is $p_k (g_k - m)$, with "
        r"one number $m = p \cdot g = <mean>$ for all entries.",
    ],
    solution=r"""
        Add over the paths from the score $s_k$ through all probabilities:

        $$
        \frac{\partial L}{\partial s_k} = \sum_i g_i\, p_i (\delta_{ik} - p_k) =
        p_k \Bigl( g_k - \sum_i g_i p_i \Bigr) .
        $$

        The sum is the mean of $g$, weighted with the probabilities:

        $$
        p \cdot g = <first> <second:+> <third:+> = <mean> .
        $$

        Subtract it from each entry of $g$, which gives $<differences>$, and multiply by the probabilities. So
        $\partial L / \partial s = <answer>$. The entries have the sum 0, as they must: adding the same number to all
        scores changes no probability.
    """,
)


# --- E1.25 -------------------------------------------------------------------------------------------------------


def _saturated(g):
    g.z, g.a = log(g.k), g.k / (g.k + 1)
    g.rest = 1 - g.a
    g.slope = g.a * g.rest
    g.squared = g.a * g.slope


E1_25 = Exercise(
    id="E1.25",
    title="A neuron that is sure, and wrong",
    kind="number",
    section="sec-1-neuron",
    objective="neuron",
    difficulty=2,
    given={"k": 19},
    draw=lambda rng: {"k": rng.choice([8, 9, 11, 14, 17, 24, 29, 32, 39, 49])},
    derive=_saturated,
    prompt=r"""
        A neuron with the sigmoid $a = \sigma(z)$ should say $t = 0$, but its net input is $z = <z>$, so it is almost
        sure of the opposite. The error signal is $\delta = \partial L / \partial z$. By which factor is $\delta$ larger
        for the binary cross-entropy $L = -\ln(1 - a)$ than for the squared error $L = \frac12 a^2$?
    """,
    answer=lambda g: 1 / g.slope,
    mistakes=[
        Mistake(
            "slope-upside-down",
            lambda g: g.slope,
            r"You divided the squared error's signal by that of the cross-entropy. Which of the two is the larger one?",
        ),
        Mistake(
            "activation-slope-forgotten",
            lambda g: 1,
            "You found the same signal $a - t$ for both. In which of the two does the slope of the sigmoid cancel, and "
            "in which does it stay?",
        ),
        Mistake(
            "sigmoid-slope-misremembered",
            lambda g: 1 / g.a**2,
            "You took $a^2$ for the slope of the sigmoid. Where $a$ is close to 1 the curve is flat: can its slope be "
            "close to 1 there?",
        ),
        Mistake(
            "half-slope",
            lambda g: 1 / g.rest,
            r"You are close: you divided by $1 - a$. The slope of the sigmoid has two factors.",
        ),
        Mistake(
            "half-slope",
            lambda g: 1 / g.a,
            r"You divided by $a$. The slope of the sigmoid has two factors, and the other one is the small one here.",
        ),
        Mistake("half-of-the-loss-lost", lambda g: 1 / (2 * g.slope)),
    ],
    hints=[
        r"Write down both error signals first. Each is $\frac{\partial L}{\partial a}$ times $\sigma'(z) = a (1 - a)$.",
        r"For the squared error it is $\delta = a \cdot a (1 - a)$. For the cross-entropy $\frac{\partial L}{\partial "
        r"a} = \frac{1}{1 - a}$: what remains after multiplying by $a (1 - a)$?",
        r"Here $a = \sigma(<z>) = <a>$ and $1 - a = <rest>$. The ratio of the two signals is one over the slope.",
    ],
    solution=r"""
        With $a = \sigma(<z>) = <a>$ and $t = 0$, the squared error gives $\delta = (a - t)\, a (1 - a) = <squared>$.
        For the cross-entropy the slope cancels, and $\delta = a - t = <a>$. The ratio is

        $$
        \frac{a}{a \cdot a (1 - a)} = \frac{1}{a (1 - a)} = <answer> .
        $$

        The surer the neuron is of the wrong answer, the flatter the sigmoid, and the larger this factor. That is why
        classifiers are trained with cross-entropy.
    """,
)
