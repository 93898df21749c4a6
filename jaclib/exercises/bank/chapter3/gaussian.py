"""The Gaussian integral, in the plane and with a matrix in the exponent."""

from __future__ import annotations

from sympy import Integer, pi, sqrt

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.12 -------------------------------------------------------------------------------------------------------


def _bell(g):
    g.half = g.k / 2


E3_12 = Exercise(
    id="E3.12",
    title="A bell over the plane",
    kind="number",
    section="sec-3-gaussian",
    objective="transform",
    difficulty=2,
    given={"k": 2},
    draw=lambda rng: {"k": rng.randint(3, 40)},
    derive=_bell,
    prompt=r"What is $\displaystyle\iint e^{-(x^2 + y^2)/<k>}\, dx\, dy$ over the whole plane?",
    answer=lambda g: g.k * pi,
    mistakes=[
        Mistake(
            "area-factor-forgotten",
            lambda g: pi * sqrt(g.k * pi),
            r"You integrated $e^{-r^2/<k>}$ over $r$ and $\theta$ as it is. What replaces $dx\, dy$? With it, the "
            r"integral over $r$ even becomes easy.",
        ),
        Mistake(
            "one-dimension-for-two",
            lambda g: sqrt(g.k * pi),
            r"That is the integral over a line. The integral over the plane is the product of two of them.",
        ),
        Mistake(
            "part-of-the-region",
            lambda g: g.k * pi / 4,
            r"That is the integral over one quadrant. How far does $\theta$ go for the whole plane?",
        ),
        Mistake(
            "differential-factor-lost",
            lambda g: 2 * g.k * pi,
            r"With $s = r^2$ you have $ds = 2r\, dr$. Where did the 2 go?",
        ),
        Mistake(
            "scale-in-the-exponent-lost",
            lambda g: pi,
            r"That is the integral of $e^{-(x^2 + y^2)}$. Here the exponent is divided by $<k>$, which makes the bell "
            r"wider.",
        ),
        Mistake(
            "normalising-constant-assumed",
            lambda g: Integer(1),
            r"A probability density has the integral 1. Is there a constant in front of this one?",
        ),
    ],
    hints=[
        r"The integrand depends on the distance from the origin alone. Which coordinates know the distance?",
        r"In polar coordinates the integrand is $e^{-r^2/<k>}$, and $dx\, dy = r\, dr\, d\theta$. The factor $r$ is "
        r"just what a substitution needs.",
        r"The integral over $\theta$ gives a full turn. For the other one put $s = r^2 / <k>$: what is $r\, dr$ in "
        r"terms of $ds$?",
    ],
    solution=r"""
        In polar coordinates, with $0 \le r$ and $0 \le \theta \le 2\pi$,

        $$
        \int_0^{2\pi} \int_0^\infty e^{-r^2/<k>}\, r\, dr\, d\theta
        = 2\pi \Bigl[ -<half:*> e^{-r^2/<k>} \Bigr]_0^\infty = 2\pi \cdot <half> = <answer> .
        $$

        The factor $r$, which comes from the change of variables, is what makes the antiderivative elementary. (The
        plane is not bounded: take discs of radius $R$ and let $R$ grow.)
    """,
)


# --- E3.29 -------------------------------------------------------------------------------------------------------


def _form(g):
    g.a, g.b, _, g.c = g.P
    g.two_b = 2 * g.b
    g.det = g.a * g.c - g.b**2
    g.root = sqrt(g.det)


def _draw_form(rng):
    while True:
        a, b, c = rng.randint(1, 6), rng.choice([-2, -1, 1, 2]), rng.randint(1, 6)
        if a * c - 4 * b * b > 1:
            return {"P": [[a, b], [b, c]]}


E3_29 = Exercise(
    id="E3.29",
    title="A matrix in the exponent",
    kind="number",
    section="sec-3-gaussian",
    objective="scale",
    difficulty=3,
    given={"P": [[2, 1], [1, 5]]},
    draw=_draw_form,
    derive=_form,
    prompt=r"""
        What is

        $$
        \iint e^{-\frac12 (<a:*> x^2 <two_b:+*> xy <c:+*> y^2)}\, dx\, dy
        $$

        over the whole plane? The bracket is $p^\mathsf{T} P p$ with $p = (x, y)$ and $P = <P>$.
    """,
    answer=lambda g: 2 * pi / g.root,
    mistakes=[
        Mistake(
            "factor-upside-down",
            lambda g: 2 * pi * g.root,
            r"In the book's formula the *inverse* of the matrix $\Sigma$ stands in the exponent. Which matrix stands "
            r"here? The larger the exponent, the narrower the bell.",
        ),
        Mistake(
            "area-factor-forgotten",
            lambda g: 2 * pi,
            r"That is the integral for $P = I$. The linear map that brings you there has a determinant.",
        ),
        Mistake(
            "root-of-the-determinant-lost",
            lambda g: 2 * pi / g.det,
            r"You divided by $\det P$. If $P = L L^\mathsf{T}$, what is $\det L$? Try $P = \begin{pmatrix} 4 & 0 \\ 0 "
            r"& 1 \end{pmatrix}$.",
        ),
        Mistake(
            "one-dimension-for-two",
            lambda g: sqrt(2 * pi) / g.root,
            r"The constant is that of a line. How many integrals $\int e^{-z^2/2}\, dz$ are multiplied here?",
        ),
        Mistake(
            "off-diagonal-left-out",
            lambda g: 2 * pi / sqrt(g.a * g.c),
            r"You left out the term with $xy$. It turns the ellipses of the bell, and changes their area.",
        ),
        Mistake(
            "cross-term-not-halved",
            lambda g: 2 * pi / sqrt(g.a * g.c - 4 * g.b**2),
            r"Multiply $p^\mathsf{T} P p$ out: the entry beside the diagonal occurs twice. How large is each of them?",
        ),
        Mistake(
            "scale-in-the-exponent-lost",
            lambda g: pi / g.root,
            r"That is the integral without the $\frac12$ in the exponent.",
        ),
    ],
    hints=[
        r"For $P = I$ the integral is $2\pi$. Look for a linear change of variables that turns the bracket into a sum "
        r"of two squares.",
        r"Write $P = L L^\mathsf{T}$ and $z = L^\mathsf{T} p$. Then $p^\mathsf{T} P p = z^\mathsf{T} z$. By which "
        r"factor does the step from $p$ to $z$ multiply areas?",
        r"$|\det L| = \sqrt{\det P}$, and $dz_1\, dz_2 = \sqrt{\det P}\, dx\, dy$. Which of the two sides do you want? "
        r"Here $\det P = <det>$.",
    ],
    solution=r"""
        Write $P = L L^\mathsf{T}$ and substitute $z = L^\mathsf{T} p$. Then the bracket is $z_1^2 + z_2^2$, and $dz_1\,
        dz_2 = |\det L|\, dx\, dy$ with $|\det L| = \sqrt{\det P}$. So the factor divides:

        $$
        \iint e^{-\frac12 p^\mathsf{T} P p}\, dx\, dy = \frac{1}{\sqrt{\det P}} \iint e^{-\frac12 (z_1^2 + z_2^2)}\,
        dz_1\, dz_2 = \frac{2\pi}{\sqrt{<det>}} = <answer> .
        $$

        This agrees with the formula of the book for $\Sigma = P^{-1}$.
    """,
)
