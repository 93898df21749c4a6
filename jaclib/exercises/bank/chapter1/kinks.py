"""Kinks: where there is no derivative, and what a check does near such a place."""

from __future__ import annotations

from sympy import Integer, Rational, oo
from sympy.sets import FiniteSet, Interval

from jaclib.exercises.entry import Exercise, Mistake
from jaclib.exercises.given import exact

# --- E1.15 -------------------------------------------------------------------------------------------------------

E1_15 = Exercise(
    id="E1.15",
    title="All slopes at a kink",
    kind="set",
    section="sec-1-kinks",
    objective="check",
    difficulty=2,
    prompt=r"""
        What is the set of all subgradients of $\operatorname{relu}(x) = \max(0, x)$ at $x = 0$? (A subgradient is the
        slope $s$ of a line through the point with $\operatorname{relu}(x) \ge s\,x$ for all $x$.)
    """,
    answer=lambda g: Interval(0, 1),
    mistakes=[
        Mistake(
            "convention-for-a-set",
            lambda g: FiniteSet(exact(1) / 2),
            "That is what a central difference gives: the mean of the slopes on the two sides. Which other lines stay "
            "below?",
        ),
        Mistake(
            "convention-for-a-set",
            lambda g: FiniteSet(0),
            "That is what most libraries return at the kink. It is one subgradient. Which other lines stay below the "
            "graph?",
        ),
        Mistake(
            "one-sided-slopes-only",
            lambda g: FiniteSet(0, 1),
            "You have the slopes of the two sides. Try a line between them: does it stay below the graph?",
        ),
        Mistake(
            "ends-left-out",
            lambda g: Interval.open(0, 1),
            "Try the two lines at the ends: does the line with the slope of one side stay below the graph, or not?",
        ),
        Mistake(
            "one-side-of-the-kink-only",
            lambda g: Interval(-oo, 1),
            r"You have used the points to the right of 0. What does the condition say for a negative $x$?",
        ),
        Mistake(
            "one-side-of-the-kink-only",
            lambda g: Interval(0, oo),
            r"You have used the points to the left of 0. What does the condition say for a positive $x$?",
        ),
        Mistake(
            "other-function-at-the-kink",
            lambda g: Interval(-1, 1),
            r"That is the set for $\lvert x \rvert$, whose slope on the left is negative. How does relu run on the "
            r"left?",
        ),
    ],
    hints=[
        "Draw the graph, and a ruler through the origin. Turn the ruler: for which slopes does it stay on or below the "
        "graph?",
        r"For $x > 0$ the condition says $x \ge s x$. What does that say about $s$?",
        r"For $x < 0$ the condition says $0 \ge s x$, with $x$ negative. Both conditions together give the set; mind "
        r"its ends.",
    ],
    solution=r"""
        For $x > 0$ the condition $x \ge s x$ means $s \le 1$. For $x < 0$ the condition $0 \ge s x$ means $s \ge 0$. At
        $x = 0$ it always holds. So the subgradients are all $s$ with $0 \le s \le 1$, the closed interval $[0, 1]$. Its
        ends are the slopes of the two sides.
    """,
)


# --- E1.24 -------------------------------------------------------------------------------------------------------


def _across(g):
    g.left, g.right = g.a - g.c, g.a + g.c


E1_24 = Exercise(
    id="E1.24",
    title="A central difference across a kink",
    kind="number",
    section="sec-1-kinks",
    objective="check",
    difficulty=1,
    given={"a": 2, "c": 10},
    draw=lambda rng: {"a": rng.choice([1, 2, 3, 4, 6, 7]), "c": rng.choice([8, 10, 20])},
    derive=_across,
    prompt=r"""
        You check the gradient of $\operatorname{relu}(x) = \max(0, x)$ at $x = <a> \cdot 10^{-6}$, by a central
        difference with the step $h = <c> \cdot 10^{-6}$. Which number does the central difference give?
    """,
    answer=lambda g: g.right / (2 * g.c),
    mistakes=[
        Mistake(
            "kink-overlooked",
            lambda g: Integer(1),
            "That is the derivative of relu at $x$, and it is right. But the quotient looks at two other points. On "
            "which side of 0 is $x - h$, and what is relu there?",
        ),
        Mistake(
            "kink-overlooked",
            lambda g: Rational(1, 2),
            "That is what a central difference gives exactly at the kink. Here $x$ lies to the right of it: which part "
            "of the way from $x - h$ to $x + h$ is to the right of 0?",
        ),
        Mistake("step-counted-once", lambda g: g.right / g.c),
        Mistake(
            "one-sided-difference",
            lambda g: g.a / g.c,
            r"You went from $x$ to the left only. A central difference takes the values at $x + h$ and at $x - h$.",
        ),
    ],
    hints=[
        r"Mark the points $x - h$, $0$ and $x + h$ on a line. On which side of the kink does each of the two lie?",
        r"$x - h = <left> \cdot 10^{-6}$ is negative. What is relu there?",
        r"relu is $0$ at $x - h$, and $<right> \cdot 10^{-6}$ at $x + h$. Divide the difference by the distance of the "
        r"two points.",
    ],
    solution=r"""
        The two points are $x - h = <left> \cdot 10^{-6}$ and $x + h = <right> \cdot 10^{-6}$. To the left of the kink
        relu is 0, to the right it is $x$ itself. So the central difference is

        $$
        \frac{\operatorname{relu}(x + h) - \operatorname{relu}(x - h)}{2h} =
        \frac{<right> \cdot 10^{-6} - 0}{2 \cdot <c> \cdot 10^{-6}} = <answer> .
        $$

        The derivative at $x$ is 1. The gradient is right, and the check is wrong: the kink lies between its two points.
    """,
)
