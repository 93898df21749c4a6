"""Checking gradients: difference quotients, their best step, and which checks prove something."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from sympy import Rational, root, sqrt

from jaclib.exercises.entry import Case, Exercise, Mistake

# --- E1.13 -------------------------------------------------------------------------------------------------------


def _central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def _forward(f, x, h):
    return (f(x + h) - f(x)) / h


def _backward_difference(f, x, h):
    return (f(x) - f(x - h)) / h


def _divided_by_h(f, x, h):
    return (f(x + h) - f(x - h)) / h


def _denominator_open(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h


def _numerator_open(f, x, h):
    return f(x + h) - f(x - h) / (2 * h)


def _no_brackets(f, x, h):
    return f(x + h) - f(x - h) / 2 * h


def _left_minus_right(f, x, h):
    return (f(x - h) - f(x + h)) / (2 * h)


def _wave(x):
    return np.exp(x) * np.sin(x)


_WAVE_SLOPE = float(np.exp(1.0) * (np.sin(1.0) + np.cos(1.0)))


def _order(central):
    """Return the order that the errors at two step sizes show."""
    errors = [abs(central(_wave, 1.0, h) - _WAVE_SLOPE) for h in (1e-2, 5e-3)]
    return np.log2(errors[0] / errors[1])


E1_13 = Exercise(
    id="E1.13",
    title="Write a central difference",
    kind="code",
    section="sec-1-check",
    objective="check",
    difficulty=1,
    signature="central(f, x, h)",
    prompt=r"""
        Write a function `central(f, x, h)` that returns the central difference quotient of `f` at `x` with step `h`.
        For $e^x \sin x$ at $x = 1$ and $h = 10^{-5}$ its error must be below $10^{-9}$, and when $h$ is halved the
        error must fall to a quarter.
    """,
    answer=_central,
    cases=[
        Case("central(lambda x: x**2, 3.0, 0.5)", lambda f: f(lambda x: x**2, 3.0, 0.5), expect=6.0),
        Case("central(lambda x: x**3, 0.0, 0.5)", lambda f: f(lambda x: x**3, 0.0, 0.5), expect=0.25),
        Case("central(lambda x: exp(x) * sin(x), 1.0, 1e-5)", lambda f: f(_wave, 1.0, 1e-5), expect=_WAVE_SLOPE),
        Case("the order of the error, from h = 0.01 and h = 0.005", _order, expect=2.0, within=0.05),
        Case("central(sin, np.array([0.0, 1.0]), 1e-5)", lambda f: f(np.sin, np.array([0.0, 1.0]), 1e-5)),
    ],
    mistakes=[
        Mistake(
            "one-sided-difference", _forward, "Your function steps to the right only. Use a point on either side of x."
        ),
        Mistake(
            "one-sided-difference",
            _backward_difference,
            "Your function steps to the left only. Use a point on either side of x.",
        ),
        Mistake("step-counted-once", _divided_by_h),
        Mistake("quotient-without-brackets", _denominator_open),
        Mistake(
            "quotient-without-brackets",
            _numerator_open,
            r"In your code only $f(x - h)$ is divided. What has to be divided, and which brackets say so?",
        ),
        Mistake(
            "quotient-without-brackets",
            _no_brackets,
            r"Division comes before subtraction, and `/ 2 * h` multiplies by `h`. The quotient needs two pairs of "
            r"brackets: around what, and around what?",
        ),
        Mistake(
            "difference-reversed",
            _left_minus_right,
            r"Your slopes have the wrong sign. Try a function that you know: for $f(x) = x$ the quotient must be 1.",
        ),
    ],
    hints=[
        "A slope is a difference of values over a distance. Which two points lie equally far from $x$, left and right?",
        r"The points are $x + h$ and $x - h$. How far apart are they?",
        r"Take $f(x + h) - f(x - h)$ and divide by that distance; mind the brackets around the denominator.",
    ],
    solution=r"""
        ```python
        def central(f, x, h):
            return (f(x + h) - f(x - h)) / (2 * h)
        ```

        In the Taylor series of $f(x + h) - f(x - h)$ all even powers of $h$ cancel, and with them the error term of
        first order. What is left is $\frac{h^2}{6} f^{(3)}(x)$ and smaller: halve $h$, and the error falls to a
        quarter.
    """,
)


# --- E1.23 -------------------------------------------------------------------------------------------------------


def _best_step(g):
    g.eps = Rational(1, 10**g.k)
    g.ratio = g.F / g.T
    g.cubed = 3 * g.eps * g.ratio
    g.size = 3 * g.ratio


def _draw_best_step(rng):
    """Draw sizes for which the best step is a round number of 10^(-k/3)."""
    n, third = rng.choice([Fraction(1, 2), 2, 3, 4, 5]), rng.choice([3, 6, 12, 24])
    return {"k": rng.choice([9, 12, 15]), "F": Fraction(n) ** 3 * third / 3, "T": third}


E1_23 = Exercise(
    id="E1.23",
    title="The best step for a central difference",
    kind="number",
    section="sec-1-check",
    objective="check",
    difficulty=3,
    given={"k": 15, "F": 9, "T": 1},
    draw=_draw_best_step,
    derive=_best_step,
    prompt=r"""
        A program computes $f$ with a relative rounding error of $\varepsilon = 10^{-<k>}$. Near the point of interest
        $\lvert f \rvert = <F>$ and $\lvert f''' \rvert = <T>$. So the error of a central difference with step $h$ is
        about

        $$
        \text{error}(h) = \frac{\varepsilon \lvert f \rvert}{h} + \frac{h^2}{6} \lvert f''' \rvert .
        $$

        For which $h$ is this smallest?
    """,
    answer=lambda g: root(g.cubed, 3),
    mistakes=[
        Mistake("terms-balanced-for-smallest", lambda g: root(2 * g.cubed, 3)),
        Mistake(
            "rounding-alone",
            lambda g: g.eps,
            r"A step as small as the rounding error itself: then the first term, $\varepsilon \lvert f \rvert / h$, is "
            r"as large as $f$. How does that term grow when $h$ shrinks?",
        ),
        Mistake(
            "root-of-wrong-order",
            lambda g: sqrt(g.cubed),
            "You took the square root, as for a one-sided difference. Which power of $h$ is left when the derivative "
            "of the error is zero?",
        ),
        Mistake(
            "root-of-wrong-order",
            lambda g: g.cubed,
            r"That is $h^3$. One step is missing.",
        ),
        Mistake(
            "power-rule-factor",
            lambda g: root(g.cubed / 3, 3),
            "Look at the factor 3. What does the derivative of $h^2 / 6$ leave, and where does it go when you solve "
            "for $h^3$?",
        ),
        Mistake(
            "slope-upside-down",
            lambda g: root(3 * g.eps / g.ratio, 3),
            r"You divided $\lvert f''' \rvert$ by $\lvert f \rvert$. Check with a thought: if the function is more "
            r"curved, must the step be larger or smaller?",
        ),
    ],
    hints=[
        "Two errors pull in opposite directions: the first term wants a large $h$, the second a small one. Where the "
        "sum is smallest, its derivative by $h$ is zero.",
        r"The derivative by $h$ is $-\frac{\varepsilon \lvert f \rvert}{h^2} + \frac{h}{3} \lvert f''' \rvert$. Set it "
        r"to zero, and multiply by $h^2$.",
        r"That gives $h^3 = 3\, \varepsilon \lvert f \rvert / \lvert f''' \rvert$, here $<size> \cdot 10^{-<k>}$. "
        r"Which number has this cube?",
    ],
    solution=r"""
        Set the derivative by $h$ to zero:

        $$
        -\frac{\varepsilon \lvert f \rvert}{h^2} + \frac{h}{3} \lvert f''' \rvert = 0 \qquad\text{gives}\qquad h^3 =
        \frac{3\, \varepsilon \lvert f \rvert}{\lvert f''' \rvert} = <size> \cdot 10^{-<k>} .
        $$

        So $h = <answer>$. Far to the left of it rounding rules, far to the right truncation; a factor of two either way
        less than doubles the error.
    """,
)


# --- E1.26 -------------------------------------------------------------------------------------------------------

E1_26 = Exercise(
    id="E1.26",
    title="Which check proves something",
    kind="choice",
    section="sec-1-check",
    objective="check",
    difficulty=2,
    prompt=r"""
        You have written the gradient of a network by hand. Somewhere a slope $a (1 - a)$ may have been mistyped as
        $a^2$. Each of these tests passes. Which of them leaves you almost no room for the mistake?
    """,
    options={
        "a": r"Every gradient has the shape of its weights, for three sizes of the network.",
        "b": r"With all weights and biases at zero, all entries agree with central differences to nine digits.",
        "c": r"At random weights, in double precision, the slope along one random direction agrees with a central "
        r"difference of step $10^{-5}$ to seven digits.",
        "d": r"At random weights, all entries agree with central differences of step $10^{-15}$ to within 20 percent.",
        "e": r"The loss falls from epoch to epoch, and the accuracy rises.",
    },
    answer=lambda g: "c",
    mistakes=[
        Mistake(
            "shape-taken-for-proof",
            lambda g: "a",
            r"Exchange $a (1 - a)$ for $a^2$: does the shape of anything change?",
        ),
        Mistake("checked-at-a-special-point", lambda g: "b"),
        Mistake(
            "rounding-alone",
            lambda g: "d",
            "With a step of $10^{-15}$ hardly one digit of the difference survives rounding. Which mistakes fit into "
            "20 percent, and how would you tell them from noise?",
        ),
        Mistake("falling-loss-for-proof", lambda g: "e"),
    ],
    hints=[
        r"Take the mistake seriously: put $a^2$ for $a (1 - a)$, and ask of each test whether it would still pass.",
        r"For one value of $a$ the two agree. Which net input gives it, and which of the tests only looks there?",
        "A good check compares values, at a point where nothing is special, with a step that leaves many digits. One "
        "of the five does all three.",
    ],
    solution=r"""
        Test a sees shapes only, and the mistake changes none. In test b every net input is 0, so $a = \frac12$, where
        $a (1 - a)$ and $a^2$ are both $\frac14$. In test d rounding drowns all but a digit. In test e a wrong gradient
        can still point downhill. Test c compares values at a point where nothing is special, with a step near the best
        one; a random direction touches all the weights, so a wrong entry anywhere shows. The answer is c.
    """,
)
