"""Partial derivatives, the gradient, slopes in a direction, a step down."""

from __future__ import annotations

from fractions import Fraction

from sympy import Matrix, diff, exp, log, sqrt, symbols

from jaclib.exercises.entry import Exercise, Mistake

x, y = symbols("x y")


def _at_the_point(g):
    """Add the partial derivatives of g.f: as formulas, and at the given point."""
    g.f_x, g.f_y = diff(g.f, x), diff(g.f, y)
    at = {x: g.x, y: g.y}
    g.partial_x, g.partial_y = g.f_x.subs(at), g.f_y.subs(at)
    g.gradient = Matrix([g.partial_x, g.partial_y])


# --- E1.1 --------------------------------------------------------------------------------------------------------


def _two_variables(g):
    g.f = x**2 * y + g.c * x * y**3
    _at_the_point(g)


E1_1 = Exercise(
    id="E1.1",
    title="A gradient at a point",
    kind="vector",
    section="sec-1-gradient",
    objective="gradient",
    difficulty=1,
    given={"c": 3, "x": 2, "y": -1},
    draw=lambda rng: {"c": rng.randint(2, 5), "x": rng.choice([1, 2, 3]), "y": rng.choice([-2, -1, 1, 2])},
    derive=_two_variables,
    prompt=r"What is the gradient of $f(x, y) = <f>$ at the point $(<x>, <y>)$?",
    answer=lambda g: g.gradient,
    mistakes=[
        Mistake("partials-swapped", lambda g: Matrix([g.partial_y, g.partial_x])),
        Mistake(
            "term-dropped",
            lambda g: Matrix([2 * g.x * g.y, g.partial_y]),
            r"Look at $\partial f / \partial x$ again. Both terms of $f$ contain $x$, and you have differentiated one "
            r"of them.",
        ),
        Mistake(
            "term-dropped",
            lambda g: Matrix([2 * g.x * g.y, g.x**2]),
            "That is the gradient of $x^2 y$ alone. The second term of $f$ contains both variables too: what does it "
            "add to each entry?",
        ),
        Mistake(
            "power-rule-factor",
            lambda g: Matrix([g.partial_x, g.x**2 + g.c * g.x * g.y**2]),
            r"Look at $\partial f / \partial y$ again. In $<c>xy^3$ the exponent comes down as a factor.",
        ),
        Mistake(
            "power-rule-factor",
            lambda g: Matrix([g.x * g.y + g.c * g.y**3, g.partial_y]),
            r"Look at $\partial f / \partial x$ again. In $x^2 y$ the exponent comes down as a factor.",
        ),
        Mistake(
            "sign-of-a-power",
            lambda g: Matrix([2 * g.x * g.y - g.c * g.y**3, g.partial_y]) if g.y < 0 else None,
            r"Look at $\partial f / \partial x$ again. You put $y = <y>$ into $y^3$: which sign does an odd power of a "
            r"negative number have?",
        ),
    ],
    hints=[
        r"For $\partial f / \partial x$, treat $y$ as a fixed number, such as 7. Then $f$ is a polynomial in $x$ "
        r"alone.",
        r"$\partial f / \partial x = <f_x>$. Do the same for $y$, with $x$ held fixed; in $xy^3$ the exponent is 3.",
        r"$\partial f / \partial y = <f_y>$. Put in $x = <x>$, $y = <y>$, and write $\partial f / \partial x$ first.",
    ],
    solution=r"""
        Hold $y$ fixed and differentiate by $x$; then hold $x$ fixed and differentiate by $y$:

        $$
        \frac{\partial f}{\partial x} = <f_x>, \qquad \frac{\partial f}{\partial y} = <f_y> .
        $$

        At $(<x>, <y>)$ the first is $<partial_x>$ and the second is $<partial_y>$. The gradient is $<answer>$.
    """,
)


# --- E1.2 --------------------------------------------------------------------------------------------------------

_WHOLE_LENGTH = [[3, 4], [4, 3], [-3, 4], [4, -3], [5, 12], [12, -5], [6, 8], [-8, 6], [8, 15], [-15, 8]]


def _along_a_vector(g):
    _two_variables(g)
    g.length = sqrt(g.d.dot(g.d))
    g.d1, g.d2 = g.d
    g.product = g.gradient.dot(g.d)
    g.first, g.second = g.partial_x * g.d1, g.partial_y * g.d2


E1_2 = Exercise(
    id="E1.2",
    title="The slope in one direction",
    kind="number",
    section="sec-1-gradient",
    objective="gradient",
    difficulty=1,
    given={"c": 3, "x": 2, "y": -1, "d": [3, 4]},
    draw=lambda rng: {
        "c": rng.randint(2, 5),
        "x": rng.choice([1, 2, 3]),
        "y": rng.choice([-2, -1, 1, 2]),
        "d": rng.choice(_WHOLE_LENGTH),
    },
    derive=_along_a_vector,
    prompt=r"""
        You walk over the graph of $f(x, y) = <f>$. You start at $(<x>, <y>)$, in the direction of the vector $<d>$.
        How steep is it there: by how much does $f$ change per unit of distance?
    """,
    answer=lambda g: g.product / g.length,
    mistakes=[
        Mistake("direction-not-normalised", lambda g: g.product),
        Mistake(
            "direction-not-normalised",
            lambda g: g.product / g.length**2,
            r"You divided by $<d1:()>^2 + <d2:()>^2$. That is the length of the vector squared.",
        ),
        Mistake(
            "direction-not-normalised",
            lambda g: g.product / (abs(g.d1) + abs(g.d2)),
            r"You divided by the sum of the entries of the vector. How long is its arrow, by Pythagoras?",
        ),
        Mistake(
            "partials-swapped",
            lambda g: (g.partial_y * g.d1 + g.partial_x * g.d2) / g.length,
            "Each partial derivative belongs to one entry of the direction: the one by $x$ to the step in $x$. You "
            "have them crossed over.",
        ),
        Mistake("steepest-for-any-direction", lambda g: sqrt(g.gradient.dot(g.gradient))),
        Mistake(
            "direction-ignored",
            lambda g: g.partial_x + g.partial_y,
            "You added the two partial derivatives, as if each variable grew by one unit. How far does each of them go "
            "in one unit of distance along $<d>$?",
        ),
    ],
    hints=[
        "The partial derivatives are the slopes along the two axes. A walk in another direction is a mixture of both: "
        "how much of each?",
        r"The slope along a vector $u$ of length 1 is $\nabla f \cdot u$. The vector $<d>$ is longer than 1: what must "
        r"you divide it by?",
        "The gradient at $(<x>, <y>)$ is $<gradient>$, and the length of $<d>$ is $<length>$. Take the inner product, "
        "and divide.",
    ],
    solution=r"""
        The partial derivatives are $<f_x>$ and $<f_y>$, so the gradient at $(<x>, <y>)$ is $<gradient>$.

        The vector $<d>$ has length $<length>$. One unit of distance along it is the vector $u = <d> / <length>$. The
        slope is the inner product with the gradient:

        $$
        \nabla f \cdot u = \frac{<partial_x:()> \cdot <d1:()> + <partial_y:()> \cdot <d2:()>}{<length>} =
        \frac{<first> <second:+>}{<length>} = <answer> .
        $$
    """,
)


# --- E1.3 --------------------------------------------------------------------------------------------------------


def _soft_maximum(g):
    g.first, g.second = exp(g.x), exp(g.y)
    g.total = g.first + g.second


def _draw_soft_maximum(rng):
    first, second = rng.sample([1, 2, 3, 4, 5, 7], 2)
    return {"x": log(first), "y": log(second)}


E1_3 = Exercise(
    id="E1.3",
    title="The gradient of a soft maximum",
    kind="vector",
    section="sec-1-gradient",
    objective="gradient",
    difficulty=2,
    given={"x": log(3), "y": 0},
    draw=_draw_soft_maximum,
    derive=_soft_maximum,
    prompt=r"""
        The function $f(x, y) = \ln(e^x + e^y)$ is always a little above the larger of $x$ and $y$. What is its gradient
        at $(<x>, <y>)$?
    """,
    answer=lambda g: Matrix([g.first, g.second]) / g.total,
    mistakes=[
        Mistake(
            "inner-derivative-forgotten",
            lambda g: Matrix([1, 1]) / g.total,
            "You have $1/(e^x + e^y)$, the derivative of the logarithm. What is the derivative of $e^x + e^y$, by $x$ "
            "and by $y$?",
        ),
        Mistake(
            "outer-derivative-forgotten",
            lambda g: Matrix([g.first, g.second]),
            r"You have the derivatives of what stands inside. What factor does the logarithm around it bring?",
        ),
        Mistake("partials-swapped", lambda g: Matrix([g.second, g.first]) / g.total),
        Mistake(
            "function-of-a-sum-split",
            lambda g: Matrix([1, 1]),
            r"You took the logarithm of each term. Then $f$ would be $x + y$; but at $(0, 0)$ it is $\ln 2$.",
        ),
        Mistake(
            "logarithm-kept",
            lambda g: Matrix([g.first, g.second]) * log(g.total),
            "The factors $e^x$ and $e^y$ from inside are right. The other factor is the derivative of the logarithm, "
            "not the logarithm.",
        ),
    ],
    hints=[
        r"For $\partial f / \partial x$ hold $y$ fixed. What remains is a function inside a logarithm.",
        r"With $s = e^x + e^y$ we have $f = \ln s$. Two links: the derivative of $\ln s$ by $s$, and of $s$ by $x$.",
        r"$\partial f / \partial x = e^x / (e^x + e^y)$, and $e^{\ln a} = a$ turns the powers into whole numbers. The "
        r"other entry has $e^y$ on top.",
    ],
    solution=r"""
        Let $s = e^x + e^y$, so that $f = \ln s$. By the chain rule

        $$
        \frac{\partial f}{\partial x} = \frac{1}{s} \cdot e^x, \qquad \frac{\partial f}{\partial y} = \frac{1}{s} \cdot
        e^y .
        $$

        At $(<x>, <y>)$ the powers are $e^x = <first>$ and $e^y = <second>$, and their sum is $<total>$. The gradient is
        $<answer>$. Its entries are positive and have the sum 1: they are the softmax of $x$ and $y$.
    """,
)


# --- E1.17 -------------------------------------------------------------------------------------------------------


def _valley(g):
    g.f = x**2 + x * y + g.c * y**2
    _at_the_point(g)
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
        Going to the right the error grows by 2 over a distance of 0.4, so $\partial L / \partial w \approx 2 / 0.4 =
        5$. Going up it falls by 2 over a distance of 1, so $\partial L / \partial b \approx -2$. The gradient is about
        $(5, -2)$, answer b. It is perpendicular to the contour, which runs along $(2, 5)$: the inner product $5 \cdot 2
        - 2 \cdot 5$ is 0.
    """,
)
