"""Sensitivity, and one partial derivative at a time."""

from __future__ import annotations

from fractions import Fraction

from sympy import exp, symbols

from jaclib.exercises.entry import Exercise, Mistake

x, y = symbols("x y")


# --- E1.28 -------------------------------------------------------------------------------------------------------


def _small_change(g):
    g.change = g.slope * g.step
    g.new = g.w + g.step


E1_28 = Exercise(
    id="E1.28",
    title="A small change, foreseen",
    kind="number",
    section="sec-1-sensitivity",
    objective="gradient",
    difficulty=1,
    given={"w": 3, "L": 10, "slope": -4, "step": Fraction(1, 20)},
    draw=lambda rng: {
        "w": rng.choice([2, 3, 4, 5, 6]),
        "L": rng.choice([7, 8, 9, 11, 12, 15]),
        "slope": rng.choice([-8, -6, -5, 4, 6, 7]),
        "step": rng.choice([Fraction(1, 10), Fraction(1, 20), Fraction(3, 20), Fraction(1, 8)]),
    },
    derive=_small_change,
    prompt=r"""
        At $w = <w>$ an error has the value $L(<w>) = <L>$ and the derivative $L'(<w>) = <slope>$. The weight is turned
        up by $\Delta w = <step>$. What does the derivative say: how large is the error then, approximately? Give the
        number that comes out of the estimate.
    """,
    answer=lambda g: g.L + g.change,
    mistakes=[
        Mistake(
            "change-for-the-value",
            lambda g: g.change,
            r"That is the change of the error. How large is the error itself after the change?",
        ),
        Mistake(
            "sign-of-the-change",
            lambda g: g.L - g.change,
            "You have let the error move the other way. What does the sign of $L'(<w>) = <slope>$ say about turning "
            "$w$ up?",
        ),
        Mistake(
            "slope-for-the-change",
            lambda g: g.L + g.slope,
            "You added the whole derivative. It says how far the error would move per unit of $w$; how far is $w$ "
            "turned?",
        ),
        Mistake(
            "position-for-the-step",
            lambda g: g.L + g.slope * g.new,
            r"You multiplied the derivative by the new value of $w$. Which number says how far $w$ has been turned?",
        ),
    ],
    hints=[
        r"A derivative is an exchange rate: so many units of $L$ for one unit of $w$. How many units of $w$ are spent?",
        r"The change of the error is about $\Delta L \approx L'(w)\, \Delta w$. Mind its sign.",
        r"Here $\Delta L \approx <slope:()> \cdot <step>$. Add it to the value that the error had before.",
    ],
    solution=r"""
        The error moves by about $\Delta L \approx L'(w)\, \Delta w = <slope:()> \cdot <step> = <change>$. It was $<L>$
        before, so now it is about $<L> <change:+> = <answer>$.

        This is an estimate. The true value may differ, by an amount that shrinks with the square of the step.
    """,
)


# --- E1.29 -------------------------------------------------------------------------------------------------------

E1_29 = Exercise(
    id="E1.29",
    title="One variable moves, the other holds still",
    kind="expression",
    section="sec-1-partial",
    objective="gradient",
    difficulty=1,
    variables=("x", "y"),
    prompt=r"Let $f(x, y) = x^2 y^3 + e^{xy} + 5y$. What is $\partial f / \partial x$, as a formula in $x$ and $y$?",
    answer=lambda g: 2 * x * y**3 + y * exp(x * y),
    mistakes=[
        Mistake(
            "other-variable-moved",
            lambda g: 3 * x**2 * y**2 + x * exp(x * y) + 5,
            r"That is $\partial f / \partial y$. In $\partial f / \partial x$ it is $x$ that moves.",
        ),
        Mistake(
            "term-dropped",
            lambda g: 2 * x * y**3,
            r"$x$ stands in a second term of $f$, in an exponent. How does that term change when $x$ moves?",
        ),
        Mistake(
            "constant-kept",
            lambda g: 2 * x * y**3 + y * exp(x * y) + 5 * y,
            r"Look at the last term, $5y$. If $x$ moves and $y$ holds still, how does it change?",
        ),
        Mistake(
            "constant-kept",
            lambda g: 2 * x * y**3 + y * exp(x * y) + 5,
            r"Look at the last term, $5y$. You differentiated it by $y$; which variable moves here?",
        ),
        Mistake(
            "inner-derivative-forgotten",
            lambda g: 2 * x * y**3 + exp(x * y),
            r"Look at $e^{xy}$. Hold $y$ still, say at 7: what is the derivative of $e^{7x}$?",
        ),
        Mistake(
            "other-variable-moved",
            lambda g: 2 * x * y**3 + x * exp(x * y),
            r"Look at $e^{xy}$. The factor from inside is the derivative of $xy$ by $x$, with $y$ held still.",
        ),
        Mistake(
            "both-variables-moved",
            lambda g: 6 * x * y**2 + y * exp(x * y),
            r"Look at $x^2 y^3$. You differentiated both factors. Only $x$ moves: what becomes of $y^3$?",
        ),
        Mistake(
            "constant-lost",
            lambda g: 2 * x + y * exp(x * y),
            r"Look at $x^2 y^3$. $y^3$ is a constant here, but a factor, not a term: what is the derivative of $7x^2$?",
        ),
    ],
    hints=[
        r"Write a 7 for $y$ wherever it stands: $343\, x^2 + e^{7x} + 35$. How would you differentiate that?",
        r"A constant factor stays, a constant term goes away. Take the three terms one at a time.",
        "$x^2 y^3$ gives $2 x y^3$, and $5y$ gives $0$. For $e^{xy}$ the chain rule multiplies by the derivative of "
        "$xy$ by $x$.",
    ],
    solution=r"""
        Hold $y$ still, and take the terms one by one. In $x^2 y^3$ the factor $y^3$ is a constant, so the derivative is
        $2 x y^3$. The derivative of $e^{xy}$ is $e^{xy}$ times the derivative of $xy$ by $x$, which is $y$. The term
        $5y$ does not contain $x$, so its derivative is 0. Together,

        $$
        \frac{\partial f}{\partial x} = 2 x y^3 + y\, e^{xy} .
        $$
    """,
)
