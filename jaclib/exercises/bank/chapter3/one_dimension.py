"""Substitution in one dimension, with signed limits."""

from __future__ import annotations

from sympy import Rational, exp, sqrt

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.1 --------------------------------------------------------------------------------------------------------


def _square_inside(g):
    g.b2 = g.b**2
    g.end = g.c * g.b2
    g.two_c = 2 * g.c


E3_1 = Exercise(
    id="E3.1",
    title="A square in the exponent",
    kind="number",
    section="sec-3-one-dimension",
    objective="transform",
    difficulty=1,
    given={"b": 2, "c": 1},
    draw=lambda rng: {
        "b": rng.choice([3, Rational(1, 2), Rational(3, 2), Rational(1, 3), Rational(2, 3)]),
        "c": rng.randint(1, 4),
    },
    derive=_square_inside,
    prompt=r"What is $\displaystyle\int_0^{<b>} x\, e^{-<c:*>x^2}\, dx$?",
    answer=lambda g: (1 - exp(-g.end)) / g.two_c,
    mistakes=[
        Mistake(
            "old-limits-kept",
            lambda g: (1 - exp(-g.c * g.b)) / g.two_c,
            r"Your antiderivative is right, and the upper limit is still that of $x$. What is the new variable there?",
        ),
        Mistake(
            "differential-factor-lost",
            lambda g: (1 - exp(-g.end)) / g.c,
            r"You replaced $x\, dx$ by $du$. Differentiate $u = x^2$: which multiple of $x\, dx$ is $du$?",
        ),
        Mistake(
            "differential-factor-upside-down",
            lambda g: 2 * (1 - exp(-g.end)) / g.c,
            r"You multiplied by the 2 from $du = 2x\, dx$. Solve this for $x\, dx$, which is what stands in the "
            r"integral.",
        ),
        Mistake(
            "sign-of-the-antiderivative",
            lambda g: -(1 - exp(-g.end)) / g.two_c,
            r"The integrand is positive between the limits. Can the integral be negative? Look at the antiderivative "
            r"of $e^{-u}$.",
        ),
        Mistake(
            "lower-limit-left-out",
            lambda g: -exp(-g.end) / g.two_c,
            r"You put in the upper limit only. What is the antiderivative at the lower limit, where the exponent is 0?",
        ),
    ],
    hints=[
        r"Look for an inner function whose derivative stands next to it, up to a constant factor.",
        r"With $u = x^2$ you have $du = 2x\, dx$, so $x\, dx = \frac12\, du$. Convert the limits in the same line.",
        r"The integral becomes $\frac12 \int e^{-<c:*>u}\, du$, from $0$ to the square of $<b>$. What is an "
        r"antiderivative of $e^{-<c:*>u}$?",
    ],
    solution=r"""
        Put $u = x^2$. Then $du = 2x\, dx$, so $x\, dx = \frac12\, du$. The limits $x = 0$ and $x = <b>$ become $u = 0$
        and $u = <b2>$:

        $$
        \int_0^{<b>} x\, e^{-<c:*>x^2}\, dx = \frac12 \int_0^{<b2>} e^{-<c:*>u}\, du
        = \Bigl[ -\frac{1}{<two_c>}\, e^{-<c:*>u} \Bigr]_0^{<b2>} = \frac{1 - e^{-<end>}}{<two_c>} .
        $$
    """,
)


# --- E3.2 --------------------------------------------------------------------------------------------------------


def _roots(g):
    g.from_, g.to = sqrt(g.a), sqrt(g.b)
    g.drop = exp(-g.from_) - exp(-g.to)


def _draw_squares(rng):
    low, high = sorted(rng.sample([Rational(1, 2), 1, Rational(3, 2), 2, Rational(5, 2), 3, 4], 2))
    return {"a": Rational(low) ** 2, "b": Rational(high) ** 2}


E3_2 = Exercise(
    id="E3.2",
    title="A root in the exponent",
    kind="number",
    section="sec-3-one-dimension",
    objective="transform",
    difficulty=1,
    given={"a": 1, "b": 4},
    draw=_draw_squares,
    derive=_roots,
    prompt=r"What is $\displaystyle\int_{<a>}^{<b>} \frac{e^{-\sqrt{x}}}{\sqrt{x}}\, dx$?",
    answer=lambda g: 2 * g.drop,
    mistakes=[
        Mistake(
            "old-limits-kept",
            lambda g: 2 * (exp(-g.a) - exp(-g.b)),
            r"Everything is converted but the limits: they still belong to $x$. What values does $u = \sqrt{x}$ take "
            r"there?",
        ),
        Mistake(
            "limits-converted-backwards",
            lambda g: 2 * (exp(-(g.a**2)) - exp(-(g.b**2))),
            r"You squared the limits. They are values of $x$, and $u$ is the root of $x$: in which direction do you "
            r"have to go?",
        ),
        Mistake(
            "differential-factor-lost",
            lambda g: g.drop,
            r"You replaced $dx / \sqrt{x}$ by $du$. Differentiate $u = \sqrt{x}$: there is one more constant.",
        ),
        Mistake(
            "differential-factor-upside-down",
            lambda g: g.drop / 2,
            r"The constant of $du = \frac{1}{2 \sqrt{x}}\, dx$ stands on the wrong side. Solve this for $dx / "
            r"\sqrt{x}$.",
        ),
        Mistake(
            "sign-of-the-antiderivative",
            lambda g: -2 * g.drop,
            r"The integrand is positive, so the integral is too. An antiderivative of $e^{-u}$ is $-e^{-u}$: take the "
            r"upper limit first, then subtract.",
        ),
    ],
    hints=[
        r"The root occurs twice: in the exponent, and below. Is one of them nearly the derivative of the other?",
        r"Put $u = \sqrt{x}$. Then $du = \frac{1}{2 \sqrt{x}}\, dx$. What is $\frac{dx}{\sqrt{x}}$ in terms of $du$?",
        r"The integral becomes $2 \int e^{-u}\, du$. At $x = <a>$ the new variable is $<from_>$. What is it at the "
        r"other end?",
    ],
    solution=r"""
        Put $u = \sqrt{x}$. Then $du = \frac{1}{2 \sqrt{x}}\, dx$, so $\frac{dx}{\sqrt{x}} = 2\, du$. The limits $x =
        <a>$ and $x = <b>$ become $u = <from_>$ and $u = <to>$:

        $$
        \int_{<a>}^{<b>} \frac{e^{-\sqrt{x}}}{\sqrt{x}}\, dx = 2 \int_{<from_>}^{<to>} e^{-u}\, du
        = 2 \Bigl[ -e^{-u} \Bigr]_{<from_>}^{<to>} = 2 \bigl( e^{-<from_>} - e^{-<to>} \bigr) .
        $$
    """,
)


# --- E3.3 --------------------------------------------------------------------------------------------------------


def _two_sides(g):
    g.left, g.right = g.a**3 / 3, g.b**3 / 3
    g.a2, g.b2 = g.a**2, g.b**2


def _draw_sides(rng):
    a, b = sorted(rng.sample(range(1, 9), 2))
    return {"a": a, "b": b}


E3_3 = Exercise(
    id="E3.3",
    title="A substitution that turns around",
    kind="number",
    section="sec-3-one-dimension",
    objective="folds",
    difficulty=2,
    given={"a": 1, "b": 2},
    draw=_draw_sides,
    derive=_two_sides,
    prompt=r"""
        Compute $\displaystyle\int_{-<a>}^{<b>} x^2\, dx$ with the substitution $u = x^2$. (You know the value without
        it: use that as a check, and find out where the substitution needs care.)
    """,
    answer=lambda g: g.left + g.right,
    mistakes=[
        Mistake(
            "map-not-one-to-one",
            lambda g: g.right - g.left,
            r"You let $u$ run from $<a2>$ to $<b2>$ with $x = \sqrt{u}$. What sign does $x$ have between $-<a>$ and "
            r"$0$?",
        ),
        Mistake(
            "part-of-the-region",
            lambda g: g.right,
            r"You have the part with $x > 0$. What about the part from $-<a>$ to $0$: is the integrand zero there?",
        ),
        Mistake(
            "differential-factor-lost",
            lambda g: (g.b**4 - g.a**4) / 2,
            r"You integrated $u$ itself. What does $dx$ become, when $u = x^2$?",
        ),
        Mistake(
            "differential-factor-upside-down",
            lambda g: 4 * (g.b**5 - g.a**5) / 5,
            r"You multiplied by the derivative of $u = x^2$, where you have to divide: $dx = du / (2x)$.",
        ),
    ],
    hints=[
        r"For the new integral you need $x$ in terms of $u$. How many values of $x$ belong to one value of $u$?",
        r"The function $u = x^2$ turns at $x = 0$. Split the integral there. On each part $u$ is one-to-one.",
        r"On the left part $x = -\sqrt{u}$ and $dx = -\frac{du}{2 \sqrt{u}}$, with $u$ from $<a2>$ down to $0$. On the "
        r"right part $x = \sqrt{u}$ and $dx = \frac{du}{2 \sqrt{u}}$, with $u$ from $0$ up to $<b2>$.",
    ],
    solution=r"""
        The function $u = x^2$ falls until $x = 0$ and rises from there, so it is not one-to-one on the range. Split the
        integral at the turning point.

        On the left, $x = -\sqrt{u}$ and $dx = -\frac{1}{2 \sqrt{u}}\, du$, and $u$ runs from $<a2>$ to $0$. On the
        right, $x = \sqrt{u}$ and $dx = \frac{1}{2 \sqrt{u}}\, du$, and $u$ runs from $0$ to $<b2>$:

        $$
        \int_{<a2>}^{0} u \cdot \frac{-1}{2 \sqrt{u}}\, du + \int_0^{<b2>} u \cdot \frac{1}{2 \sqrt{u}}\, du
        = <left> + <right> = <answer> .
        $$

        With $x = \sqrt{u}$ on both parts, the left one would enter with the wrong sign.
    """,
)
