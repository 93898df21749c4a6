"""Jacobians that build a network: softmax, cross-entropy, a residual block."""

from __future__ import annotations

from sympy import Integer, diag, eye, log, ones

from jaclib.exercises.bank.chapter1.layer import draw_matrix
from jaclib.exercises.entry import Exercise, Mistake


def _draw_shares(rng):
    """Draw three different shares of a whole number, so that all the probabilities differ."""
    return rng.sample([1, 2, 3, 4, 5, 6, 7], 3)


# --- E2.5 --------------------------------------------------------------------------------------------------------


def _softmax(g):
    g.p = g.e / sum(g.e)
    g.p_1, g.p_2, g.p_3 = g.p
    g.outer = g.p * g.p.T
    g.own = g.p.applyfunc(lambda p: p * (1 - p))
    g.J = diag(*g.p) - g.outer


E2_5 = Exercise(
    id="E2.5",
    title="The Jacobian of softmax",
    kind="matrix",
    section="sec-2-special",
    objective="shapes",
    difficulty=2,
    given={"e": [1, 2, 3]},
    draw=lambda rng: {"e": _draw_shares(rng)},
    derive=_softmax,
    prompt=r"""
        A classifier with three classes has the probabilities $p = \operatorname{softmax}(z) = <p>$. What is the
        Jacobian of $p$ by the logits $z$?
    """,
    answer=lambda g: g.J,
    mistakes=[
        Mistake("softmax-diagonal-only", lambda g: diag(*g.own)),
        Mistake(
            "softmax-diagonal-only",
            lambda g: tuple(g.own),
            "You gave one derivative for each class, as for three sigmoids. There are three outputs and three inputs: "
            "how many entries has the matrix, and are the others zero?",
        ),
        Mistake(
            "softmax-sign-of-the-sum",
            lambda g: diag(*(2 * own for own in g.own)) - g.J,
            "Look at the signs off the diagonal. If one logit grows, what happens to the probabilities of the other "
            "classes?",
        ),
        Mistake(
            "softmax-sign-of-the-sum",
            lambda g: diag(*g.p) + g.outer,
            "You added the two parts. When a logit grows, the denominator grows too: does that push the probabilities "
            "up or down? (The columns must add up to 0.)",
        ),
        Mistake(
            "inner-product-for-outer",
            lambda g: diag(*g.p) - g.p.dot(g.p) * ones(3, 3),
            "You subtracted one and the same number from every entry. $p\\,p^\\mathsf{T}$ is a matrix: which entry "
            "stands in row $i$ and column $j$?",
        ),
        Mistake(
            "softmax-denominator-still",
            lambda g: diag(*g.p),
        ),
        Mistake(
            "softmax-numerator-still",
            lambda g: -g.outer,
        ),
    ],
    hints=[
        "Nine entries: each probability by each logit. All the logits stand in the common denominator, so no entry is "
        "zero.",
        r"The quotient rule gives $p_i (1 - p_i)$ on the diagonal. Off the diagonal only the denominator contains the "
        r"logit: there it is $-p_i p_j$.",
        r"In one formula, $\operatorname{diag}(p) - p\,p^\mathsf{T}$ with $p = <p>$. To check: every row and every "
        r"column adds up to 0.",
    ],
    solution=r"""
        The derivative of $p_i = e^{z_i} / \sum_k e^{z_k}$ by $z_j$ has two parts. The numerator gives $p_i$, if $i =
        j$. The denominator gives $-p_i p_j$, always. So

        $$
        J = \operatorname{diag}(p) - p\,p^\mathsf{T} = <answer> .
        $$

        Each column adds up to 0, since the probabilities still add up to 1 after any nudge. Each row does so too, since
        adding the same number to all the logits changes nothing.
    """,
)


# --- E2.6 --------------------------------------------------------------------------------------------------------

_NAMES = ("first", "second", "third")


def _cross_entropy(g):
    _softmax(g)
    g.z = g.e.applyfunc(log)
    g.c = int(g.place) - 1
    g.true = _NAMES[g.c]
    g.target = eye(3)[:, g.c]
    g.p_c = g.p[g.c]


E2_6 = Exercise(
    id="E2.6",
    title="The gradient of softmax with cross-entropy",
    kind="vector",
    section="sec-2-special",
    objective="chain",
    difficulty=2,
    given={"e": [1, 2, 3], "place": 2},
    draw=lambda rng: {"e": _draw_shares(rng), "place": rng.randint(1, 3)},
    derive=_cross_entropy,
    prompt=r"""
        A classifier has the logits $z = <z>$. The <true:text> of the three classes is the true one. The loss is the
        cross-entropy $\ell = -\ln p_{<place>}$ with $p = \operatorname{softmax}(z)$. What is the gradient of $\ell$ by
        the logits?
    """,
    answer=lambda g: g.p - g.target,
    mistakes=[
        Mistake(
            "softmax-diagonal-only",
            lambda g: g.target.applyfunc(lambda one: one * (g.p_c - 1)),
            "You used the diagonal of the softmax's Jacobian alone, so two of the logits get no gradient. But they "
            "stand in the denominator: what do they do to the probability of the true class?",
        ),
        Mistake(
            "downhill-for-gradient",
            lambda g: g.target - g.p,
            "You gave the way down, along which the loss falls. The gradient points up: should raising the logit of "
            "the true class raise the loss?",
        ),
        Mistake(
            "target-left-out",
            lambda g: g.p,
            "These are the probabilities. They do not depend on which class is true, and the gradient must: the logit "
            "of the true class has to be treated otherwise.",
        ),
        Mistake(
            "inner-derivative-forgotten",
            lambda g: -g.target / g.p_c,
            r"That is the gradient of the loss by the probabilities. It has still to go back through the softmax.",
        ),
        Mistake(
            "outer-derivative-forgotten",
            lambda g: g.J[g.c, :].T,
            r"That is the gradient of $p_{<place>}$ itself, a row of the softmax's Jacobian. The loss is $-\ln "
            r"p_{<place>}$: which factor does the logarithm bring?",
        ),
        Mistake(
            "wrong-class-looked-at",
            lambda g: g.p - eye(3)[:, g.c + 1] if g.c < 2 else None,
            "The classes are counted from 1 here. Your true class is one place too far.",
        ),
        Mistake("logits-for-probabilities", lambda g: g.z - g.target),
    ],
    hints=[
        r"First the probabilities. The exponentials of the logits are whole numbers here: what are they, and what is "
        r"their sum?",
        r"The derivative of $-\ln p_c$ by $p$ has one entry only, $-1/p_c$ at the true class. The softmax's Jacobian "
        r"turns it into a full vector, and $p_c$ cancels.",
        r"What is left is $p - e_c$, where $e_c$ has a 1 at the true class and zeros elsewhere. The probabilities are "
        r"$<p>$.",
    ],
    solution=r"""
        The exponentials of the logits are $<e>$, so $p = <p>$. The derivative of $-\ln p_c$ by $p$ is a row with the
        single entry $-1/p_c$ at place $c = <place>$. Multiplied by the softmax's Jacobian it picks out row $c$, which
        is $p_c (e_c - p)^\mathsf{T}$. The factor $p_c$ cancels:

        $$
        \nabla_z \ell = p - e_c = <p> - <target> = <answer> .
        $$

        The entry of the true class is negative: raising its logit lowers the loss.
    """,
)


# --- E2.8 --------------------------------------------------------------------------------------------------------


def _residual(g):
    g.z = g.W1 * g.x
    g.mask = g.z.applyfunc(lambda z: Integer(1 if z > 0 else 0))
    g.D = diag(*g.mask)
    g.I = eye(2)
    g.kept = g.D * g.W1
    g.J_r = g.W2 * g.kept


def _draw_block(rng):
    """Draw a block in which relu lets one of its two inputs through, and blocks the other."""
    while True:
        W1, W2, x = draw_matrix(rng, 2, 2), draw_matrix(rng, 2, 2), [rng.choice([-2, -1, 1, 2, 3]) for _ in range(2)]
        z = [row[0] * x[0] + row[1] * x[1] for row in W1]
        if z[0] * z[1] < 0:
            return {"W1": W1, "W2": W2, "x": x}


E2_8 = Exercise(
    id="E2.8",
    title="The Jacobian of a residual block",
    kind="matrix",
    section="sec-2-special",
    objective="chain",
    difficulty=3,
    given={"W1": [[1, -1], [2, 1]], "W2": [[1, 2], [0, -1]], "x": [1, 2]},
    draw=_draw_block,
    derive=_residual,
    prompt=r"""
        A residual block computes $x + W_2 \operatorname{relu}(W_1 x)$ with

        $$
        W_1 = <W1>, \qquad W_2 = <W2> .
        $$

        What is its Jacobian at $x = <x>$?
    """,
    answer=lambda g: g.I + g.J_r,
    mistakes=[
        Mistake("skip-path-lost", lambda g: g.J_r),
        Mistake(
            "ones-for-identity",
            lambda g: ones(2, 2) + g.J_r,
        ),
        Mistake("relu-mask-lost", lambda g: g.I + g.W2 * g.W1),
        Mistake(
            "relu-mask-lost",
            lambda g: g.W2 * g.W1,
            "Two things are missing: the slope of relu, and what the path contributes that carries $x$ past the "
            "layers.",
        ),
        Mistake(
            "mask-turned-over",
            lambda g: g.I + g.W2 * (g.I - g.D) * g.W1,
        ),
        Mistake(
            "mask-at-the-wrong-place",
            lambda g: g.I + g.D * g.W2 * g.W1,
        ),
        Mistake(
            "product-in-wrong-order",
            lambda g: g.I + g.W1 * g.D * g.W2,
            "You multiplied the layers in the order in which one reads the picture, from left to right. The layer that "
            "acts first stands next to the vector. On which side is that?",
        ),
        Mistake(
            "value-for-slope",
            lambda g: g.I + g.W2 * diag(*(g.z[i] * g.mask[i] for i in range(2))) * g.W1,
            "You multiplied by the output of relu. What belongs there is its slope.",
        ),
    ],
    hints=[
        r"The block is a sum: $x$, and what the layers make of it. So is its Jacobian. What is the derivative of $x$ "
        r"by $x$?",
        r"relu contributes a diagonal matrix $D$ of ones and zeros: 1 where its input is positive. Its input is $W_1 "
        r"x$. Compute that first.",
        r"$W_1 x = <z>$, so the diagonal of $D$ is $<mask>$. The Jacobian is $I + W_2 D W_1$. Start with $D W_1$: it "
        r"is $W_1$ with one row set to zero.",
    ],
    solution=r"""
        The Jacobian of $x$ by $x$ is the identity. The layers contribute, from right to left, $W_1$, the slopes of
        relu, and $W_2$. At this point $W_1 x = <z>$, so the slopes are $<mask>$, and

        $$
        \begin{aligned}
        D W_1 &= <kept> , \\
        W_2 D W_1 &= <J_r> , \\
        J = I + W_2 D W_1 &= <answer> .
        \end{aligned}
        $$
    """,
)
