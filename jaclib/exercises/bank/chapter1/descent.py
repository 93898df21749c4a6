"""The steepest way: reading it off a map, and taking a step down."""

from __future__ import annotations

from fractions import Fraction

from sympy import Matrix, sqrt

from jaclib.exercises.bank.chapter1.gradient import at_the_point, x, y
from jaclib.exercises.entry import Exercise, Mistake

# --- E1.17 -------------------------------------------------------------------------------------------------------


def _valley(g):
    g.f = x**2 + x * y + g.c * y**2
    at_the_point(g)
    g.point = Matrix([g.x, g.y])
    g.step = -g.eta * g.gradient
    g.step_x, g.step_y = g.step


def _one_by_one(g):
    new_x = g.x + g.step_x
    return Matrix([new_x, g.y - g.eta * g.f_y.subs({x: new_x, y: g.y})])


E1_17 = Exercise(
    id="E1.17",
    title="One step down",
    kind="vector",
    section="sec-1-descent",
    objective="train",
    difficulty=1,
    given={"c": 3, "x": 2, "y": -1, "eta": Fraction(1, 10)},
    draw=lambda rng: {
        "c": rng.randint(2, 5),
        "x": rng.choice([-3, -2, -1, 1, 2, 3, 4]),
        "y": rng.choice([-2, -1, 1, 2, 3]),
        "eta": rng.choice([Fraction(1, 10), Fraction(1, 20), Fraction(1, 5), Fraction(1, 4)]),
    },
    derive=_valley,
    prompt=r"""
        Gradient descent on $f(x, y) = <f>$ has reached the point $(<x>, <y>)$. The learning rate is $\eta = <eta>$. At
        which point is it after one more step, if both variables are updated at the same time?
    """,
    answer=lambda g: g.point + g.step,
    mistakes=[
        Mistake("step-uphill", lambda g: g.point - g.step),
        Mistake("learning-rate-forgotten", lambda g: g.point - g.gradient),
        Mistake(
            "step-for-the-point",
            lambda g: g.step,
            r"That is the step. Where does it lead, from $(<x>, <y>)$?",
        ),
        Mistake(
            "step-for-the-point",
            lambda g: g.gradient,
            r"That is the gradient at $(<x>, <y>)$. Make a step of it, with the learning rate, and take the step.",
        ),
        Mistake("step-made-of-unit-length", lambda g: g.point + g.step / sqrt(g.gradient.dot(g.gradient))),
        Mistake("updated-one-by-one", _one_by_one),
    ],
    hints=[
        r"The gradient says which way is up, and how steep. A step down goes the other way.",
        r"The rule, for each variable: the new value is the old one, minus $\eta$ times its partial derivative. Find "
        r"both partial derivatives at the old point first.",
        r"The gradient at $(<x>, <y>)$ is $<gradient>$. Multiply it by $\eta = <eta>$, and subtract the result from "
        r"the point.",
    ],
    solution=r"""
        The partial derivatives are $<f_x>$ and $<f_y>$. At $(<x>, <y>)$ the gradient is $<gradient>$. The step is

        $$
        -\eta\, \nabla f = -<eta> \cdot <gradient> = <step> .
        $$

        It leads from $(<x>, <y>)$ to $<answer>$. Both derivatives were taken at the old point: the gradient belongs to
        one place.
    """,
)


# --- E1.18 -------------------------------------------------------------------------------------------------------

E1_18 = Exercise(
    id="E1.18",
    title="A gradient read off a map",
    kind="choice",
    section="sec-1-steepest",
    objective="gradient",
    difficulty=2,
    prompt=r"""
        A map shows an error $L(w, b)$ by contour lines, one for every 2 units: …, 8, 10, 12, … You stand on the line
        for 10. Walk to the right, so that only $w$ grows, and you meet the line for 12 after a distance of $0.4$. Walk
        up instead, so that only $b$ grows, and you meet the line for 8 after a distance of $1$. About what is the
        gradient $\nabla L$ where you stand?
    """,
    options={
        "a": r"$(0.4, 1)$",
        "b": r"$(5, -2)$",
        "c": r"$(-5, 2)$",
        "d": r"$(2, 5)$",
        "e": r"$(0.2, -0.5)$",
    },
    answer=lambda g: "b",
    mistakes=[
        Mistake(
            "distance-for-slope",
            lambda g: "a",
            "Those are the distances between contour lines. Where the lines are close together, is the slope large or "
            "small? And on which of the two walks does the error fall?",
        ),
        Mistake(
            "downhill-for-gradient",
            lambda g: "c",
            "That is the way down: the opposite of the gradient. Going to the right the error grows. Which sign must "
            "the first entry have?",
        ),
        Mistake("gradient-along-the-contour", lambda g: "d"),
        Mistake(
            "slope-upside-down",
            lambda g: "e",
            r"You divided the distance by the change of the error. A slope is the change per unit of distance.",
        ),
    ],
    hints=[
        r"Treat the two walks one at a time. Each of them gives one partial derivative.",
        "A slope is the change of the error, divided by the distance. Going to the right, the error changes by $+2$.",
        "Going up, the error changes by $-2$ over a distance of $1$: the second entry is negative. Going to the right, "
        "it grows by $2$ over only $0.4$: is that entry larger or smaller than $2$?",
    ],
    solution=r"""
        Going to the right the error grows by 2 over a distance of 0.4, so $\partial L / \partial w \approx 2/0.4 = 5$.
        Going up it falls by 2 over a distance of 1, so $\partial L / \partial b \approx -2$. The gradient is about
        $(5, -2)$, answer b. It is perpendicular to the contour: that runs along $(2, 5)$, and the inner product
        $5 \cdot 2 + (-2) \cdot 5$ is 0.
    """,
)
