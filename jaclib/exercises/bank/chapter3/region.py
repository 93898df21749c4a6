"""Finding the region in the new variables."""

from __future__ import annotations

from sympy import Matrix, Rational, exp

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.11 -------------------------------------------------------------------------------------------------------


def _triangle(g):
    g.gain = exp(g.c) - 1


E3_11 = Exercise(
    id="E3.11",
    title="A quotient in the exponent",
    kind="number",
    section="sec-3-region",
    objective="transform",
    difficulty=2,
    given={"b": 1, "c": 1},
    draw=lambda rng: {"b": rng.choice([2, 3, 4, 5, Rational(1, 2)]), "c": rng.randint(1, 4)},
    derive=_triangle,
    prompt=r"""
        What is $\displaystyle\iint e^{<c:*>y/x}\, dx\, dy$ over the triangle $0 < y < x < <b>$? Try $u = x$ and $v = y
        / x$.
    """,
    answer=lambda g: g.b**2 * g.gain / (2 * g.c),
    mistakes=[
        Mistake(
            "area-factor-forgotten",
            lambda g: g.b * g.gain / g.c,
            r"Put 1 for the integrand: your limits then give $<b>$, and that is not the area of the triangle. What "
            r"replaces $dx\, dy$?",
        ),
        Mistake(
            "area-factor-twice",
            lambda g: g.b**3 * g.gain / (3 * g.c),
            r"There is one $u$ too many. The integrand is $e^{<c:*>v}$, without an $x$ in front; so how often does $u$ "
            r"occur?",
        ),
        Mistake(
            "orientation-counted",
            lambda g: -(g.b**2) * g.gain / (2 * g.c),
            r"The size is right. The integrand is positive. Did you exchange the order of $u$ and $v$ in the "
            r"determinant?",
        ),
        Mistake(
            "lower-limit-left-out",
            lambda g: g.b**2 * exp(g.c) / (2 * g.c),
            r"What is $e^{<c:*>v}$ at the lower limit, $v = 0$?",
        ),
        Mistake(
            "differential-factor-lost",
            lambda g: g.b**2 * g.gain / 2 if g.c != 1 else None,
            r"Differentiate your antiderivative of $e^{<c:*>v}$: do you get $e^{<c:*>v}$ back?",
        ),
        Mistake(
            "area-for-integral",
            lambda g: g.b**2 / 2,
            r"That is the area of the triangle, the integral of 1. Where did the integrand go?",
        ),
    ],
    hints=[
        r"Draw the triangle. The lines $y / x = $ const all start at the origin: which of them meet the triangle?",
        r"With $u = x$ and $v = y / x$ you have $x = u$ and $y = uv$. The side $y = 0$ becomes $v = 0$, the side $y = "
        r"x$ becomes $v = 1$. What about $x = <b>$?",
        r"The triangle is $0 < u < <b>$, $0 < v < 1$. The Jacobian matrix has the rows $(1, 0)$ and $(v, u)$; take the "
        r"absolute value of its determinant as the factor.",
    ],
    solution=r"""
        Put $u = x$, $v = y / x$, so $x = u$, $y = uv$. The sides of the triangle become $v = 0$ (from $y = 0$), $v = 1$
        (from $y = x$) and $u = <b>$; the corner at the origin becomes the side $u = 0$. The determinant is

        $$
        \det \begin{pmatrix} 1 & 0 \\ v & u \end{pmatrix} = u, \qquad\text{so}\qquad
        \int_0^1 \int_0^{<b>} e^{<c:*>v}\, u\, du\, dv = \Bigl[ \tfrac{u^2}{2} \Bigr]_0^{<b>} \cdot
        \int_0^1 e^{<c:*>v}\, dv = <answer> .
        $$

        As a check, 1 for the integrand gives half the square of $<b>$, the area of the triangle.
    """,
)


# --- E3.32 -------------------------------------------------------------------------------------------------------


def _border(g):
    g.low, g.high = g.m / (1 + g.m), g.n / (1 + g.n)


def _draw_border(rng):
    (a, b), (m, n) = sorted(rng.sample(range(1, 9), 2)), sorted(rng.sample([Rational(1, 2), 1, 2, 3, 4, 5], 2))
    return {"a": a, "b": b, "m": m, "n": n}


E3_32 = Exercise(
    id="E3.32",
    title="Translate the border",
    kind="vector",
    section="sec-3-region",
    objective="transform",
    difficulty=2,
    given={"a": 2, "b": 5, "m": 1, "n": 3},
    draw=_draw_border,
    derive=_border,
    prompt=r"""
        A region in the first quadrant is bounded by the four lines $x + y = <a>$, $x + y = <b>$, $y = <m:*> x$ and $y =
        <n:*> x$. With $u = x + y$ and $v = \dfrac{y}{x + y}$ it becomes a rectangle. Give its four limits in this
        order: from where to where $u$ goes, then from where to where $v$ goes, each from the smaller to the larger
        number.
    """,
    answer=lambda g: Matrix([g.a, g.b, g.low, g.high]),
    mistakes=[
        Mistake(
            "limit-not-moved",
            lambda g: Matrix([g.a, g.b, g.m, g.n]),
            r"Your limits of $v$ are the slopes of the lines, values of $y / x$. What is $y / (x + y)$ on the line $y "
            r"= <n:*> x$?",
        ),
        Mistake(
            "fraction-of-the-other-part",
            lambda g: Matrix([g.a, g.b, 1 - g.high, 1 - g.low]),
            r"Your limits of $v$ are those of $x / (x + y)$. Which of the two stands in the numerator?",
        ),
        Mistake(
            "coordinates-exchanged",
            lambda g: Matrix([g.low, g.high, g.a, g.b]),
            r"You gave $v$ first. The limits are right, and they belong in the order of the variables, $u$ and then "
            r"$v$.",
        ),
        Mistake(
            "corner-for-limit",
            lambda g: Matrix([g.a, g.b, g.a * g.low, g.b * g.high]),
            r"Your limits of $v$ are values of $y$, at the lowest and at the highest corner. But $v$ is the share that "
            r"$y$ has in $x + y$.",
        ),
        Mistake(
            "ratio-to-the-limit",
            lambda g: Matrix([g.a, g.b, g.m / g.b, g.n / g.a]),
            r"You divided the slopes by the values of $x + y$. On a line through the origin $y / (x + y)$ is one "
            r"number: put in $y = <n:*> x$ and cancel $x$.",
        ),
    ],
    hints=[
        r"Take the border one piece at a time. On each of the four lines one of the two new variables is constant.",
        r"On $x + y = <a>$ the variable $u$ is constant, and you can read off its value. On a line through the origin "
        r"it is $v$.",
        r"On the line $y = m x$ you have $v = \frac{m x}{x + m x}$. Cancel $x$, and put in both slopes.",
    ],
    solution=r"""
        One piece of the border at a time. The lines $x + y = <a>$ and $x + y = <b>$ become $u = <a>$ and $u = <b>$. On
        a line $y = m x$ the other variable is constant:

        $$
        v = \frac{m x}{x + m x} = \frac{m}{1 + m} .
        $$

        For $m = <m>$ this is $<low>$, and for $m = <n>$ it is $<high>$. The rectangle is $<a> \le u \le <b>$, $<low>
        \le v \le <high>$, so the answer is $<answer>$.
    """,
)
