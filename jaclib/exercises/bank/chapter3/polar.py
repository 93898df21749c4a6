"""Polar coordinates: over a disc, a part of it, an ellipse; and the way back to them."""

from __future__ import annotations

from sympy import Integer, Matrix, Rational, pi, sqrt

from jaclib.exercises.entry import Exercise, Mistake

_FRACTIONS = [Rational(n, d) for n, d in ((1, 2), (3, 2), (5, 2), (7, 2), (1, 3), (2, 3), (4, 3), (5, 3))]

# --- E3.5 --------------------------------------------------------------------------------------------------------

E3_5 = Exercise(
    id="E3.5",
    title="Distance squared over a disc",
    kind="number",
    section="sec-3-polar",
    objective="transform",
    difficulty=1,
    given={"R": 2},
    draw=lambda rng: {"R": rng.choice([3, 4, 5, 6, 7, 8, 9, *_FRACTIONS])},
    prompt=r"What is $\displaystyle\iint_D (x^2 + y^2)\, dx\, dy$ over the disc $D$ of radius $<R>$ about the origin?",
    answer=lambda g: pi * g.R**4 / 2,
    mistakes=[
        Mistake(
            "area-factor-forgotten",
            lambda g: 2 * pi * g.R**3 / 3,
            r"You integrated $r^2$ over $r$ and $\theta$. A small step in $\theta$ sweeps a longer arc the further "
            r"out it is: what "
            r"replaces $dx\, dy$?",
        ),
        Mistake(
            "part-of-the-region",
            lambda g: pi * g.R**4 / 4,
            r"You have half of it. How far does $\theta$ go for the whole disc?",
        ),
        Mistake(
            "limit-not-moved",
            lambda g: pi * g.R**8 / 2,
            r"Your upper limit for $r$ is the square of the radius. The disc is $x^2 + y^2 \le <R>^2$: what does that "
            r"say about $r$?",
        ),
        Mistake(
            "area-factor-twice",
            lambda g: 2 * pi * g.R**5 / 5,
            r"Count the powers of $r$: two come from the integrand, and how many from $dx\, dy$?",
        ),
    ],
    hints=[
        r"The region is round and the integrand depends on the distance alone. Which coordinates make both simple?",
        r"In polar coordinates $x^2 + y^2 = r^2$, the disc is $0 \le r \le <R>$, $0 \le \theta \le 2\pi$, and "
        r"$dx\, dy = r\, dr\, d\theta$.",
        r"The integral becomes $\int_0^{2\pi} \int_0^{<R>} r^3\, dr\, d\theta$. Nothing depends on $\theta$, so the "
        r"outer integral is a factor.",
    ],
    solution=r"""
        In polar coordinates the integrand is $r^2$, the disc is $0 \le r \le <R>$, $0 \le \theta \le 2\pi$, and the
        area element is $r\, dr\, d\theta$:

        $$
        \int_0^{2\pi} \int_0^{<R>} r^2 \cdot r \, dr\, d\theta = 2\pi \cdot \left[\tfrac{r^4}{4}\right]_0^{<R>} =
        <answer> .
        $$
    """,
)


# --- E3.6 --------------------------------------------------------------------------------------------------------

E3_6 = Exercise(
    id="E3.6",
    title="A product over a quarter disc",
    kind="number",
    section="sec-3-polar",
    objective="transform",
    difficulty=2,
    given={"R": 2},
    draw=lambda rng: {"R": rng.choice([3, 4, 5, 6, 7, 8, 9, *_FRACTIONS])},
    prompt=r"""
        What is $\displaystyle\iint_Q xy\, dx\, dy$ over the quarter $Q$ of the disc of radius $<R>$ about the origin
        that lies in the first quadrant?
    """,
    answer=lambda g: g.R**4 / 8,
    mistakes=[
        Mistake(
            "area-factor-forgotten",
            lambda g: g.R**3 / 6,
            r"Count the powers of $r$. Two come from $xy$; what comes from $dx\, dy$?",
        ),
        Mistake(
            "area-factor-twice",
            lambda g: g.R**5 / 10,
            r"There is one $r$ too many. Two come from $xy$; how many come from $dx\, dy$?",
        ),
        Mistake(
            "integrand-not-converted",
            lambda g: g.R**2 / 4,
            r"In polar coordinates $x$ is not $\cos\theta$ alone. What is missing in $x$ and in $y$?",
        ),
        Mistake(
            "cancelled-by-symmetry",
            lambda g: Integer(0),
            r"You went too far around: over the whole disc, and over its upper half, positive and negative parts "
            r"cancel. Which angles belong to the first quadrant?",
        ),
        Mistake(
            "limit-not-moved",
            lambda g: g.R**4 / 4,
            r"That is the integral over the square with side $<R>$: $x$ and $y$ run to $<R>$ independently. Which "
            r"limits has the quarter disc in $r$ and $\theta$?",
        ),
        Mistake(
            "area-for-integral",
            lambda g: pi * g.R**2 / 4,
            r"That is the area of the quarter disc, the integral of 1. The integrand here is $xy$.",
        ),
    ],
    hints=[
        r"The region is a part of a disc, and in polar coordinates its limits are constants. Which are they?",
        r"In the first quadrant $\theta$ runs from $0$ to $\frac{\pi}{2}$. The integrand becomes $xy = r^2 \cos\theta "
        r"\sin\theta$. What becomes of $dx\, dy$?",
        r"The integral is $\int_0^{<R>} r^3\, dr$ times $\int_0^{\pi/2} \cos\theta \sin\theta\, d\theta$. For the "
        r"second one put $s = \sin\theta$.",
    ],
    solution=r"""
        With $x = r \cos\theta$, $y = r \sin\theta$ and $dx\, dy = r\, dr\, d\theta$, the region is $0 \le r \le <R>$,
        $0 \le \theta \le \frac{\pi}{2}$:

        $$
        \int_0^{\pi/2} \int_0^{<R>} r^2 \cos\theta \sin\theta \cdot r\, dr\, d\theta
        = \Bigl[ \tfrac{r^4}{4} \Bigr]_0^{<R>} \cdot \Bigl[ \tfrac12 \sin^2\theta \Bigr]_0^{\pi/2} = <answer> .
        $$
    """,
)


# --- E3.9 --------------------------------------------------------------------------------------------------------


def _ellipse(g):
    g.a2, g.b2, g.ab = g.a**2, g.b**2, g.a * g.b


def _draw_ellipse(rng):
    a, b = rng.sample([2, 3, 4, 5, 6, 7], 2)
    return {"a": a, "b": b}


E3_9 = Exercise(
    id="E3.9",
    title="A square over an ellipse",
    kind="number",
    section="sec-3-polar",
    objective="transform",
    difficulty=2,
    given={"a": 3, "b": 2},
    draw=_draw_ellipse,
    derive=_ellipse,
    prompt=r"""
        What is $\displaystyle\iint_E x^2\, dx\, dy$ over the ellipse $E$ with $\dfrac{x^2}{<a2>} + \dfrac{y^2}{<b2>}
        \le 1$?
    """,
    answer=lambda g: pi * g.a**3 * g.b / 4,
    mistakes=[
        Mistake(
            "part-of-the-factor",
            lambda g: pi * g.a2 / 4,
            r"You took the factor $r$, as for plain polar coordinates. Here $x$ and $y$ are stretched as well: what is "
            r"the determinant of $x = <a> r \cos\theta$, $y = <b> r \sin\theta$?",
        ),
        Mistake(
            "part-of-the-factor",
            lambda g: g.ab * g.a2 * pi / 3,
            r"You stretched the axes, which gives the factor $<ab>$. The polar coordinates inside the unit disc bring "
            r"a factor of their own.",
        ),
        Mistake(
            "area-factor-forgotten",
            lambda g: g.a2 * pi / 3,
            r"You replaced $dx\, dy$ by $dr\, d\theta$. What is the determinant of $x = <a> r \cos\theta$, $y = <b> r "
            r"\sin\theta$?",
        ),
        Mistake(
            "integrand-not-converted",
            lambda g: g.ab * pi / 4,
            r"The measure is right. The integrand is $x^2$, and $x$ is $<a> r \cos\theta$ here: square all of it.",
        ),
        Mistake(
            "axes-of-the-ellipse-exchanged",
            lambda g: pi * g.a * g.b**3 / 4,
            r"You integrated $y^2$, or exchanged the two axes. How far does the ellipse reach in the $x$ direction?",
        ),
        Mistake(
            "square-taken-for-length",
            lambda g: pi * g.a2**3 * g.b2 / 4,
            r"You took $<a2>$ and $<b2>$ for the half axes. Put $y = 0$: how far does $x$ reach?",
        ),
    ],
    hints=[
        r"Two changes in a row: stretch the ellipse to the unit disc, then use polar coordinates there.",
        r"Put $x = <a> r \cos\theta$, $y = <b> r \sin\theta$. Which limits for $r$ and $\theta$ describe the ellipse?",
        r"The ellipse is $0 \le r \le 1$, $0 \le \theta \le 2\pi$, and $dx\, dy = <ab> r\, dr\, d\theta$. The "
        r"integrand is $<a2:*> r^2 \cos^2\theta$, and $\cos^2\theta$ has the mean $\frac12$ over a turn.",
    ],
    solution=r"""
        Put $x = <a> r \cos\theta$, $y = <b> r \sin\theta$. The ellipse becomes $0 \le r \le 1$, $0 \le \theta \le
        2\pi$. The stretches multiply areas by $<a> \cdot <b>$ and the polar coordinates by $r$, so $dx\, dy = <ab> r\,
        dr\, d\theta$:

        $$
        \int_0^{2\pi} \int_0^1 <a2:*> r^2 \cos^2\theta \cdot <ab> r\, dr\, d\theta
        = <a2> \cdot <ab> \cdot \tfrac14 \cdot \pi = <answer> .
        $$
    """,
)


# --- E3.33 -------------------------------------------------------------------------------------------------------


def _polar_of(g):
    g.r2 = g.x**2 + g.y**2
    g.r = sqrt(g.r2)
    g.cos, g.sin = g.x / g.r, g.y / g.r
    g.unit = (g.cos, g.sin)
    g.forward = Matrix([[g.cos, -g.y], [g.sin, g.x]])


def _draw_right_triangle(rng):
    legs = rng.choice([(3, 4), (6, 8), (5, 12), (8, 15), (9, 12), (12, 16)])
    x, y = rng.sample(legs, 2)
    return {"x": x, "y": rng.choice([y, -y])}


E3_33 = Exercise(
    id="E3.33",
    title="From Cartesian to polar coordinates",
    kind="matrix",
    section="sec-3-inverse",
    objective="scale",
    difficulty=2,
    given={"x": 3, "y": 4},
    draw=_draw_right_triangle,
    derive=_polar_of,
    prompt=r"""
        The map $S$ takes $(x, y)$ to its polar coordinates $(r, \theta)$. What is its Jacobian matrix at $(x, y) =
        (<x>, <y>)$? (Rows are outputs: $r$ first, then $\theta$ in radians. Columns are inputs.)
    """,
    answer=lambda g: g.forward.inv(),
    mistakes=[
        Mistake(
            "forward-for-inverse",
            lambda g: g.forward,
            r"That is the matrix of the map from $(r, \theta)$ to $(x, y)$, taken at the matching point. Here the map "
            r"goes the other way.",
        ),
        Mistake(
            "reciprocal-entry-by-entry",
            lambda g: g.forward.applyfunc(lambda entry: 1 / entry),
            r"You took the reciprocal of each entry of $J_T$. In $\frac{\partial x}{\partial r}$ the angle is held "
            r"still; what is held still in $\frac{\partial r}{\partial x}$?",
        ),
        Mistake(
            "reciprocal-entry-by-entry",
            lambda g: g.forward.T.applyfunc(lambda entry: 1 / entry),
            r"Your entries are reciprocals, like $1 / \frac{\partial x}{\partial r}$ for $\frac{\partial r}{\partial "
            r"x}$. That would be right if nothing else changed. The *matrix* is the inverse, not each entry.",
        ),
        Mistake(
            "orthogonal-taken-for-granted",
            lambda g: Matrix([[g.cos, g.sin], [-g.y, g.x]]),
            r"That is the transpose of $J_T$. For a rotation it would be the inverse; here the second column of $J_T$ "
            r"has the length $r$, not 1.",
        ),
        Mistake(
            "angle-for-length",
            lambda g: Matrix([[g.cos, g.sin], [-g.sin, g.cos]]),
            r"The row of $r$ is right. Far away from the origin a step of length 1 hardly turns the direction: by what "
            r"has the row of $\theta$ to be divided?",
        ),
        Mistake(
            "minus-of-the-inverse-lost",
            lambda g: Matrix([[g.cos, g.sin], [g.y / g.r2, g.x / g.r2]]),
            r"Look at one sign: if $x$ grows and $y$ stays, does the angle of a point above the positive $x$ axis grow "
            r"or fall?",
        ),
    ],
    hints=[
        r"You know the other direction, $x = r \cos\theta$, $y = r \sin\theta$. What do the two Jacobian matrices give "
        r"when they are multiplied?",
        r"$J_S$ is the inverse of $J_T$ at the matching point. Here $r = <r>$, $\cos\theta = <cos>$ and $\sin\theta = "
        r"<sin>$.",
        r"Or directly: the first row is the gradient of $r = \sqrt{x^2 + y^2}$, the unit vector $<unit>$. The second "
        r"row is perpendicular to it and has the length $1 / r$.",
    ],
    solution=r"""
        The map $T$ from $(r, \theta)$ to $(x, y)$ has the Jacobian matrix below. At the matching point $r = <r>$,
        $\cos\theta = <cos>$, $\sin\theta = <sin>$. Doing $T$ and then $S$ changes nothing, so $J_S$ is its inverse:

        $$
        J_T = \begin{pmatrix} \cos\theta & -r \sin\theta \\ \sin\theta & r \cos\theta \end{pmatrix} = <forward>,
        \qquad J_S = J_T^{-1} = <answer> .
        $$

        Its determinant is $\frac{1}{<r>}$, the reciprocal of $\det J_T = r$. Single entries are not reciprocals of each
        other.
    """,
)
