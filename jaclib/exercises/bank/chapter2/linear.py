"""The best linear map by hand: what it predicts, and how large its error is."""

from __future__ import annotations

from fractions import Fraction

from sympy import Abs, Matrix, sqrt

from jaclib.exercises.bank.chapter1.layer import draw_matrix
from jaclib.exercises.entry import Exercise, Mistake

# --- E2.18 -------------------------------------------------------------------------------------------------------


def _prediction(g):
    g.near = g.a + g.v
    g.change = g.J * g.v
    g.v_1, g.v_2 = g.v


def _draw_prediction(rng):
    def whole():
        return [rng.choice([-3, -2, -1, 1, 2, 3, 4]) for _ in range(2)]

    tenths = [Fraction(rng.choice([-3, -2, -1, 1, 2, 3]), 10) for _ in range(2)]
    return {"a": whole(), "b": whole(), "J": draw_matrix(rng, 2, 2), "v": tenths}


E2_18 = Exercise(
    id="E2.18",
    title="What the linear map predicts",
    kind="vector",
    section="sec-2-zoom",
    objective="shapes",
    difficulty=1,
    given={"a": [1, 2], "b": [3, -1], "J": [[2, -1], [1, 3]], "v": [Fraction(1, 10), Fraction(-1, 5)]},
    draw=_draw_prediction,
    derive=_prediction,
    prompt=r"""
        A function $f$ of the plane takes the point $a = <a>$ to $f(a) = <b>$. Its Jacobian at $a$ is

        $$
        J = <J> .
        $$

        Where does the best linear map at $a$ predict that $f$ takes the nearby point $<near>$?
    """,
    answer=lambda g: g.b + g.change,
    mistakes=[
        Mistake(
            "change-for-the-value",
            lambda g: g.change,
            "That is the change of the output. It is counted from where $f$ takes the point $a$.",
        ),
        Mistake(
            "position-for-the-step",
            lambda g: g.b + g.J * g.near,
            "You multiplied the Jacobian by the nearby point itself. It is multiplied by the step from $a$ to there.",
        ),
        Mistake(
            "position-for-the-step",
            lambda g: g.J * g.near,
            "You applied the matrix to the nearby point, as if $f$ were that matrix everywhere. It only says how the "
            "output changes on the step from $a$.",
        ),
        Mistake("transpose-in-place-of-jacobian", lambda g: g.b + g.J.T * g.v),
        Mistake(
            "sign-of-the-change",
            lambda g: g.b - g.change,
            "You went the other way. The step leads from $a$ to the nearby point: which of the two is subtracted?",
        ),
        Mistake("change-added-to-the-input", lambda g: g.a + g.change),
    ],
    hints=[
        r"Close to $a$ the function acts like a matrix on *steps*. Which step leads from $a$ to $<near>$?",
        r"The step is $v = <v>$. The Jacobian turns it into the change of the output, $Jv$: each entry is a row of $J$ "
        r"times $v$.",
        r"The prediction is $f(a) + Jv$, with $f(a) = <b>$ and $v = <v>$. Compute $Jv$, then add.",
    ],
    solution=r"""
        The step from $a$ to the nearby point is $v = <near> - <a> = <v>$. The Jacobian predicts the change of the
        output:

        $$
        J v = <J> <v:column> = <change:column> .
        $$

        The prediction is $f(a) + Jv = <b> + <change> = <answer>$. The true value differs from it by something of the
        size $\lVert v \rVert^2$.
    """,
)


# --- E2.19 -------------------------------------------------------------------------------------------------------


def _error_factor(g):
    g.v_1, g.v_2 = g.v
    g.gap = g.k * g.v_1 * g.v
    g.slope = Matrix([2 * g.k * g.x * g.v_1 + g.v_2, g.k * (g.y * g.v_1 + g.x * g.v_2)])


def _length(v):
    return sqrt(v.dot(v))


def _draw_error_factor(rng):
    a, b, c = rng.choice([(3, 4, 5), (4, 3, 5), (5, 12, 13), (12, 5, 13), (8, 15, 17), (15, 8, 17)])
    v = [Fraction(a, c) * rng.choice([-1, 1]), Fraction(b, c) * rng.choice([-1, 1])]
    return {"k": rng.randint(1, 5), "x": rng.randint(1, 4), "y": rng.randint(1, 4), "v": v}


E2_19 = Exercise(
    id="E2.19",
    title="How large the error of the linear map is",
    kind="number",
    section="sec-2-linear",
    objective="shapes",
    difficulty=3,
    given={"k": 1, "x": 1, "y": 2, "v": [Fraction(3, 5), Fraction(4, 5)]},
    draw=_draw_error_factor,
    derive=_error_factor,
    prompt=r"""
        Let $f(x, y) = (<k:*>x^2 + y,\; <k:*>xy)$. From the point $a = (<x>, <y>)$ we walk by a step $t$ in the
        direction $v = <v>$, which has length 1. The linear prediction then has the error

        $$
        E(t) = \lVert f(a + tv) - f(a) - t\,Jv \rVert .
        $$

        For this function it is exactly $E(t) = c\,t^2$. What is $c$?
    """,
    answer=lambda g: _length(g.gap),
    mistakes=[
        Mistake(
            "half-of-the-second-derivative",
            lambda g: 2 * _length(g.gap),
        ),
        Mistake(
            "half-of-the-second-derivative",
            lambda g: _length(g.gap) / 2,
            "You halved once too often. Write out what $f(a + tv)$ has with $t^2$: no half has to be added by hand.",
        ),
        Mistake(
            "mixed-term-counted-once",
            lambda g: _length(Matrix([g.gap[0], g.gap[1] / 2])),
        ),
        Mistake(
            "entries-added-for-the-length",
            lambda g: Abs(g.gap[0]) + Abs(g.gap[1]),
        ),
        Mistake(
            "linear-part-for-the-error",
            lambda g: _length(g.slope),
        ),
        Mistake(
            "length-squared",
            lambda g: g.gap.dot(g.gap),
        ),
    ],
    hints=[
        r"Put $x = <x> + t v_1$ and $y = <y> + t v_2$ into $f$ and multiply out. Which terms does the linear "
        r"prediction contain, and which are left over?",
        r"What is left over are the terms with $t^2$: in the first output $<k:*> (t v_1)^2$, in the second $<k:*> (t "
        r"v_1)(t v_2)$.",
        r"So $c$ is the length of the vector $<k:*> (v_1^2,\; v_1 v_2)$ at $v = <v>$. Square its two entries, add, and "
        r"take the root.",
    ],
    solution=r"""
        Multiply out $f(a + tv)$. The constant terms are $f(a)$, the terms with $t$ are $t\,Jv$, and what is left has
        $t^2$:

        $$
        f(a + tv) - f(a) - t\,Jv = <k:*> t^2 \begin{pmatrix} v_1^2 \\ v_1 v_2 \end{pmatrix} = t^2 <gap:column> .
        $$

        So $c$ is the length of $<gap>$, which is $<answer>$. The point does not occur: for a function without powers
        above the second the error is the same everywhere. As Taylor's formula says,
        $c$ is half the length of the second derivative along $v$.
    """,
)
