"""Partial derivatives, the gradient, the slope in a direction."""

from __future__ import annotations

from sympy import Matrix, diff, exp, log, sqrt, symbols

from jaclib.exercises.entry import Exercise, Mistake

x, y = symbols("x y")


def at_the_point(g):
    """Add the partial derivatives of g.f: as formulas, and at the given point."""
    g.f_x, g.f_y = diff(g.f, x), diff(g.f, y)
    at = {x: g.x, y: g.y}
    g.partial_x, g.partial_y = g.f_x.subs(at), g.f_y.subs(at)
    g.gradient = Matrix([g.partial_x, g.partial_y])


# --- E1.1 --------------------------------------------------------------------------------------------------------


def _two_variables(g):
    g.f = x**2 * y + g.c * x * y**3
    at_the_point(g)


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
        Over a map with the coordinates $x$ and $y$ the height of the ground is $f(x, y) = <f>$. You stand at $(<x>,
        <y>)$ and set off in the direction of the vector $<d>$. How steep is it: by how much does the height grow per
        unit of distance on the map?
    """,
    answer=lambda g: g.product / g.length,
    mistakes=[
        Mistake(
            "direction-not-normalised",
            lambda g: g.product,
            "That is the inner product with $<d>$ as it stands: the growth over a walk along the whole arrow. How long "
            "is the arrow?",
        ),
        Mistake(
            "direction-not-normalised",
            lambda g: g.product / g.length**2,
            r"You divided by $<d1:()>^2 + <d2:()>^2$, which is the square of a length. What is the length?",
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
        Mistake(
            "steepest-for-any-direction",
            lambda g: sqrt(g.gradient.dot(g.gradient)),
            "That is the length of the gradient, the slope of the steepest way up. You walk along $<d>$, which is "
            "another direction: which product tells you how much of the gradient lies along it?",
        ),
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
