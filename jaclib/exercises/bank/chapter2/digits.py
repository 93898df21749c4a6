"""The Jacobian of a classifier: what its rows add up to, and the whole of it as a function to write."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from sympy import ones

from jaclib.exercises.entry import Case, Exercise, Mistake

# --- E2.30 -------------------------------------------------------------------------------------------------------


def _rows(g):
    g.sum = g.r + g.s
    g.r_1, g.s_1 = g.r[0], g.s[0]


def _draw_rows(rng):
    return {
        name: [Fraction(rng.choice([-9, -7, -5, -4, -3, -2, -1, 1, 2, 3, 4, 6, 8]), 10) for _ in range(4)]
        for name in "rs"
    }


E2_30 = Exercise(
    id="E2.30",
    title="The missing row of a classifier",
    kind="vector",
    section="sec-2-digits",
    objective="shapes",
    difficulty=1,
    given={
        "r": [Fraction(3, 10), Fraction(-1, 5), Fraction(1, 10), Fraction(2, 5)],
        "s": [Fraction(-1, 10), Fraction(1, 2), Fraction(-3, 10), Fraction(1, 10)],
    },
    draw=_draw_rows,
    derive=_rows,
    prompt=r"""
        A classifier takes images of four pixels to the probabilities of three classes. At a certain image the first two
        rows of its Jacobian are

        $$
        <r> \qquad\text{and}\qquad <s> .
        $$

        What is the third row?
    """,
    answer=lambda g: -g.sum,
    mistakes=[
        Mistake(
            "sign-of-the-change",
            lambda g: g.sum,
            "You added the two rows. If a pixel raises the probabilities of the first two classes, what happens to "
            "that of the third?",
        ),
        Mistake("changes-made-to-add-up-to-one", lambda g: ones(4, 1) - g.sum),
        Mistake(
            "probabilities-not-balanced",
            lambda g: -g.r,
            "You balanced the first row alone. What the second class gains must come from somewhere too.",
        ),
        Mistake(
            "probabilities-not-balanced",
            lambda g: -g.s,
            "You balanced the second row alone. What the first class gains must come from somewhere too.",
        ),
        Mistake(
            "probabilities-not-balanced",
            lambda g: g.sum / 2,
            "You took the mean of the two rows. Think of one pixel: its three entries say how the three probabilities "
            "change. Which condition must they meet together?",
        ),
        Mistake(
            "probabilities-not-balanced",
            lambda g: g.r - g.s,
            "You took the difference of the two rows. Think of one pixel: its three entries say how the three "
            "probabilities change. Which condition do the three changes meet?",
        ),
    ],
    hints=[
        "A column belongs to one pixel: its three entries say how the three probabilities change when this pixel gets "
        "more ink.",
        "Before and after the nudge, the three probabilities add up to 1. What do their changes add up to?",
        "Each column adds up to 0. For the first pixel the first two entries are $<r_1>$ and $<s_1>$; the third one "
        "makes up for both.",
    ],
    solution=r"""
        The three probabilities always add up to 1, so their changes add up to 0: each column of the Jacobian does. So
        the third row is minus the sum of the other two:

        $$
        -\left( <r> + <s> \right) = <answer> .
        $$

        For ten classes it is the same: nine of the ten images that show the rows determine the last one.
    """,
)


# --- E2.29 -------------------------------------------------------------------------------------------------------


def _probabilities(W, b, x):
    z = W @ x + b
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def _classifier_jacobian(W, b, x):
    p = _probabilities(W, b, x)
    return (np.diag(p) - np.outer(p, p)) @ W


def _diagonal_only(W, b, x):
    p = _probabilities(W, b, x)
    return np.diag(p * (1 - p)) @ W


def _numerator_only(W, b, x):
    return np.diag(_probabilities(W, b, x)) @ W


def _logits_only(W, b, x):
    return W.copy()


def _softmax_only(W, b, x):
    p = _probabilities(W, b, x)
    return np.diag(p) - np.outer(p, p)


def _inner_product(W, b, x):
    p = _probabilities(W, b, x)
    return (np.diag(p) - p @ p) @ W


def _plus(W, b, x):
    p = _probabilities(W, b, x)
    return (np.diag(p) + np.outer(p, p)) @ W


def _without_bias(W, b, x):
    return _classifier_jacobian(W, 0.0 * b, x)


def _without_shift(W, b, x):
    e = np.exp(W @ x + b)
    p = e / np.sum(e)
    return (np.diag(p) - np.outer(p, p)) @ W


def _transposed(W, b, x):
    return _classifier_jacobian(W, b, x).T


_W = np.array([[1.0, -2.0, 0.5, 0.0], [0.3, 1.0, -1.0, 2.0], [-1.0, 0.4, 0.7, -0.6]])
_SURE = np.array([[1000.0, 0.0], [0.0, 1.0], [-500.0, 2.0]])
_BALANCED = np.log([[2.0], [3.0], [1.0]])  # at x = 1 the probabilities are 2, 3 and 1 sixths

E2_29 = Exercise(
    id="E2.29",
    title="The Jacobian of softmax regression",
    kind="code",
    section="sec-2-digits",
    objective="chain",
    difficulty=3,
    signature="classifier_jacobian(W, b, x)",
    prompt=r"""
        Write a function `classifier_jacobian(W, b, x)` that returns the Jacobian of $p(x) = \operatorname{softmax}(Wx +
        b)$ at `x`, from the formulas and without any automatic derivative. `W` has the shape $(m, n)$, `b` the shape
        $(m,)$ and `x` the shape $(n,)$. It must also be right for logits such as 1000.
    """,
    answer=_classifier_jacobian,
    cases=[
        Case(
            "classifier_jacobian(np.eye(2), np.zeros(2), np.zeros(2))",
            lambda f: f(np.eye(2), np.zeros(2), np.zeros(2)),
            expect=np.array([[0.25, -0.25], [-0.25, 0.25]]),
        ),
        Case(
            "classifier_jacobian(np.log([[2.0], [3.0], [1.0]]), np.zeros(3), np.array([1.0]))",
            lambda f: f(_BALANCED, np.zeros(3), np.array([1.0])),
            expect=np.array(  # p_i times the logit's derivative minus its mean
                [
                    [(4 * np.log(2) - 3 * np.log(3)) / 18],
                    [(3 * np.log(3) - 2 * np.log(2)) / 12],
                    [-(2 * np.log(2) + 3 * np.log(3)) / 36],
                ]
            ),
        ),
        Case(
            "classifier_jacobian(W, b, np.array([0.2, -0.5, 1.0, 0.4])) with a 3 × 4 matrix W and b = [0.5, -1.0, 0.2]",
            lambda f: f(_W, np.array([0.5, -1.0, 0.2]), np.array([0.2, -0.5, 1.0, 0.4])),
        ),
        Case(
            "the sums of the columns of classifier_jacobian(W, b, np.array([0.2, -0.5, 1.0, 0.4])), same W and b",
            lambda f: np.sum(np.asarray(f(_W, np.array([0.5, -1.0, 0.2]), np.array([0.2, -0.5, 1.0, 0.4]))), axis=0),
            expect=np.zeros(4),
        ),
        Case(
            "classifier_jacobian(np.array([[1000.0, 0.0], [0.0, 1.0], [-500.0, 2.0]]), np.zeros(3), np.ones(2))",
            lambda f: f(_SURE, np.zeros(3), np.ones(2)),
            expect=np.zeros((3, 2)),
        ),
    ],
    mistakes=[
        Mistake("softmax-diagonal-only", _diagonal_only),
        Mistake("softmax-denominator-still", _numerator_only),
        Mistake(
            "inner-derivative-forgotten",
            _softmax_only,
            "That is the Jacobian of softmax by the logits, of shape $(m, m)$. The chain goes on to the pixels: which "
            "matrix takes a nudge of `x` to the logits, and on which side does it stand?",
        ),
        Mistake(
            "outer-derivative-forgotten",
            _logits_only,
            "That is the Jacobian of the logits. They still go through the softmax.",
        ),
        Mistake(
            "inner-product-for-outer",
            _inner_product,
        ),
        Mistake(
            "softmax-sign-of-the-sum",
            _plus,
            "Check the columns: the probabilities always add up to 1, so each column must add up to 0. When a logit "
            "grows, does the denominator push the probabilities up or down?",
        ),
        Mistake(
            "bias-left-out",
            _without_bias,
        ),
        Mistake("exponential-overflows", _without_shift),
        Mistake("transposed-layout", _transposed),
    ],
    hints=[
        "Two functions act one after the other: an affine map and softmax. What is the Jacobian of each, and which "
        "stands on the left?",
        r"The Jacobian of softmax is $\operatorname{diag}(p) - p\,p^\mathsf{T}$; `np.diag(p)` and `np.outer(p, p)` "
        r"make the two matrices. The one of the affine map is `W`.",
        "For large logits `np.exp` overflows. Subtract the largest logit from all of them first: the probabilities do "
        "not change. Then `(np.diag(p) - np.outer(p, p))` times which matrix, with `@`?",
    ],
    solution=r"""
        ```python
        def classifier_jacobian(W, b, x):
            z = W @ x + b
            e = np.exp(z - np.max(z))
            p = e / np.sum(e)
            return (np.diag(p) - np.outer(p, p)) @ W
        ```

        The affine map acts first, so `W` stands on the right. The shift by the largest logit cancels in the quotient
        and keeps every exponential at 1 or below. Each column of the result adds up to 0, which is a quick test. Where
        the classifier is sure, the matrix is almost zero.
    """,
)
