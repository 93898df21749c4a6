"""The shortcut through the inverse map."""

from __future__ import annotations

from sympy import expand_log, log

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.7 --------------------------------------------------------------------------------------------------------


def _tilted(g):
    g.shape = "square" if g.p == g.q else "rectangle"
    g.first, g.second = (0, 0), (g.p / 2, g.p / 2)
    g.third, g.fourth = ((g.p + g.q) / 2, (g.p - g.q) / 2), (g.q / 2, -g.q / 2)
    g.unscaled = g.p**3 * g.q / 3
    g.cube = g.p**3 / 3


def _over_the_box(g):
    """Return the integral of (x + y)² over the smallest box with sides along the axes that holds the region."""
    width, low, high = (g.p + g.q) / 2, -g.q / 2, g.p / 2
    height, square, cube = high - low, high**2 - low**2, high**3 - low**3
    return width**3 / 3 * height + width**2 / 2 * square + width * cube / 3


E3_7 = Exercise(
    id="E3.7",
    title="A sum over a tilted region",
    kind="number",
    section="sec-3-inverse",
    objective="transform",
    difficulty=2,
    given={"p": 2, "q": 2},
    draw=lambda rng: {"p": rng.choice([2, 4, 6, 8]), "q": rng.choice([2, 4, 6, 8, 10])},
    derive=_tilted,
    prompt=r"""
        What is $\displaystyle\iint (x + y)^2\, dx\, dy$ over the <shape> with the corners $<first>$, $<second>$,
        $<third>$ and $<fourth>$?
    """,
    answer=lambda g: g.unscaled / 2,
    mistakes=[
        Mistake(
            "area-factor-forgotten",
            lambda g: g.unscaled,
            r"You integrated over $u = x + y$ and $v = x - y$ as if they had the scale of $x$ and $y$. Put 1 for the "
            r"integrand: do you get the area of the <shape>?",
        ),
        Mistake(
            "factor-upside-down",
            lambda g: 2 * g.unscaled,
            r"You multiplied by the determinant of the map from $(x, y)$ to $(u, v)$. It turns $dx\, dy$ into $du\, "
            r"dv$. Which way do you go?",
        ),
        Mistake(
            "orientation-counted",
            lambda g: -g.unscaled / 2,
            r"The size is right. A square is never negative, so the integral is not either. What stands between the "
            r"bars in $|\det J|$?",
        ),
        Mistake(
            "corner-for-limit",
            lambda g: g.unscaled / 32,
            r"You took the coordinates of the corners as limits. How large are $x + y$ and $x - y$ there?",
        ),
        Mistake(
            "limit-not-moved",
            _over_the_box,
            r"That is the integral over a box with sides along the axes, which is larger than the <shape>. Draw it: "
            r"are its sides parallel to the axes?",
        ),
    ],
    hints=[
        r"Draw the region. On each side of it one of the two combinations $x + y$ and $x - y$ is constant.",
        r"With $u = x + y$ and $v = x - y$ the integrand is $u^2$ and the region is a rectangle. Put in the corners to "
        r"find how far $u$ and $v$ go.",
        r"The region is $0 \le u \le <p>$, $0 \le v \le <q>$. The map from $(x, y)$ to $(u, v)$ has the determinant "
        r"$-2$. So what is $dx\, dy$?",
    ],
    solution=r"""
        The sides lie on the lines $x - y = 0$, $x - y = <q>$, $x + y = 0$ and $x + y = <p>$. So put $u = x + y$ and
        $v = x - y$: the region becomes $0 \le u \le <p>$, $0 \le v \le <q>$. The map from $(x, y)$ to $(u, v)$ has the
        determinant

        $$
        \det \begin{pmatrix} 1 & 1 \\ 1 & -1 \end{pmatrix} = -2, \qquad\text{so}\qquad dx\, dy = \tfrac12\, du\, dv .
        $$

        The integral is $\frac12 \int_0^{<q>} \int_0^{<p>} u^2\, du\, dv = \frac12 \cdot <q> \cdot <cube> = <answer>$.
    """,
)


# --- E3.8 --------------------------------------------------------------------------------------------------------


def _hyperbolas(g):
    g.width, g.logarithm = g.a - 1, expand_log(log(g.b))


def _draw_hyperbolas(rng):
    return {"a": rng.randint(2, 7), "b": rng.choice([2, 3, 4, 5, 7, 8, 9])}


E3_8 = Exercise(
    id="E3.8",
    title="Between hyperbolas and rays",
    kind="number",
    section="sec-3-inverse",
    objective="transform",
    difficulty=2,
    given={"a": 4, "b": 4},
    draw=_draw_hyperbolas,
    derive=_hyperbolas,
    prompt=r"""
        What is the area of the region in the first quadrant with $1 \le xy \le <a>$ and $1 \le \dfrac{y}{x} \le <b>$?
    """,
    answer=lambda g: g.width * g.logarithm / 2,
    mistakes=[
        Mistake(
            "area-factor-forgotten",
            lambda g: g.width * (g.b - 1),
            r"That is the area of the rectangle in $u = xy$ and $v = y / x$. The region in $x$ and $y$ has another "
            r"size: by what is each small area multiplied?",
        ),
        Mistake(
            "factor-upside-down",
            lambda g: g.width * (g.b**2 - 1),
            r"You multiplied by the determinant of $(x, y) \mapsto (xy,\; y / x)$. That gives $du\, dv$ from $dx\, "
            r"dy$, and you want the other direction.",
        ),
        Mistake(
            "part-of-the-factor",
            lambda g: g.width * g.logarithm,
            r"Work out the determinant of $(x, y) \mapsto (xy,\; y / x)$ once more: its two products have the same "
            r"sign, and they add up.",
        ),
        Mistake(
            "part-of-the-factor",
            lambda g: g.width * (g.b - 1) / 2,
            r"Your factor is a constant. The determinant of $(x, y) \mapsto (xy,\; y / x)$ depends on the place. Write "
            r"it in terms of $v = y / x$.",
        ),
        Mistake(
            "factor-in-the-old-variables",
            lambda g: (g.b - 1) * log(g.a) / 2 if g.a != g.b else None,
            r"Your factor depends on $u$. Which of the two new variables is $y / x$?",
        ),
    ],
    hints=[
        r"The border consists of level curves of two functions. Take these functions as the new variables.",
        r"With $u = xy$ and $v = y / x$ the region is a rectangle. You have $u$ and $v$ as formulas in $x$ and $y$: "
        r"use the inverse shortcut, and do not solve for $x$ and $y$.",
        r"The determinant of the map from $(x, y)$ to $(u, v)$ is $y \cdot \frac1x - x \cdot "
        r"\left(-\frac{y}{x^2}\right) = 2\, \frac{y}{x} = 2v$. Divide by it, and integrate 1.",
    ],
    solution=r"""
        Put $u = xy$ and $v = y / x$. The region becomes $1 \le u \le <a>$, $1 \le v \le <b>$. The map from $(x, y)$ to
        $(u, v)$ has the determinant

        $$
        \det \begin{pmatrix} y & x \\ -y / x^2 & 1 / x \end{pmatrix} = \frac{y}{x} + \frac{y}{x} = 2v,
        \qquad\text{so}\qquad dx\, dy = \frac{1}{2 v}\, du\, dv .
        $$

        The area is $\int_1^{<b>} \int_1^{<a>} \frac{1}{2 v}\, du\, dv = <width> \cdot \frac12 \bigl[ \ln v
        \bigr]_1^{<b>} = <answer>$.
    """,
)


# --- E3.23 -------------------------------------------------------------------------------------------------------

E3_23 = Exercise(
    id="E3.23",
    title="What to put for the area element",
    kind="choice",
    section="sec-3-inverse",
    objective="scale",
    difficulty=1,
    prompt=r"""
        For an integral over a region in the $(x, y)$ plane you choose the new variables $u = x + y$ and $v = 3x - y$.
        What do you put for $dx\, dy$?
    """,
    options={
        "a": r"$4\, du\, dv$",
        "b": r"$-\frac14\, du\, dv$",
        "c": r"$du\, dv$",
        "d": r"$\frac14\, du\, dv$",
        "e": r"$2\, du\, dv$",
        "f": r"That cannot be said before $x$ and $y$ are solved for.",
    },
    answer=lambda g: "d",
    mistakes=[
        Mistake(
            "factor-upside-down",
            lambda g: "a",
            r"The determinant of the map from $(x, y)$ to $(u, v)$ gives $du\, dv$ from $dx\, dy$. Take the unit "
            r"square: is its image in the $(u, v)$ plane larger or smaller?",
        ),
        Mistake(
            "orientation-counted",
            lambda g: "b",
            r"The integral over a region counts areas. Can a small area be negative?",
        ),
        Mistake(
            "area-factor-forgotten",
            lambda g: "c",
            r"The map is not a rotation: it stretches. By what does it multiply areas?",
        ),
        Mistake(
            "determinant-sum-for-difference",
            lambda g: "e",
            r"For the rows $(1, 1)$ and $(3, -1)$ the two products of the determinant are $-1$ and $3$. Are they added "
            r"or subtracted? And on which side does it belong?",
        ),
        Mistake("inverse-thought-necessary", lambda g: "f"),
    ],
    hints=[
        r"You know $u$ and $v$ as formulas in $x$ and $y$. Which area does the determinant of this map multiply?",
        r"The map from $(x, y)$ to $(u, v)$ has the Jacobian matrix with rows $(1, 1)$ and $(3, -1)$. Its determinant "
        r"is $1 \cdot (-1) - 1 \cdot 3$.",
        r"So $du\, dv = |{-4}|\, dx\, dy$. Solve for $dx\, dy$.",
    ],
    solution=r"""
        The map from $(x, y)$ to $(u, v)$ has the determinant $1 \cdot (-1) - 1 \cdot 3 = -4$. A small area $dx\, dy$
        becomes four times as large: $du\, dv = 4\, dx\, dy$. So $dx\, dy = \frac14\, du\, dv$, and the answer is d.
        There was no need to solve for $x$ and $y$.
    """,
)
