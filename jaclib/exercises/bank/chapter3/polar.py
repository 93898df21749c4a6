"""Chapter 3: change of variables, folds, densities."""

from __future__ import annotations

from sympy import Rational, pi

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.5 --------------------------------------------------------------------------------------------------------

E3_5 = Exercise(
    id="E3.5",
    title="Distance squared over a disc",
    kind="number",
    section="sec-3-polar",
    objective="transform",
    difficulty=1,
    given={"R": 2},
    draw=lambda rng: {"R": rng.choice([3, 5, 6, 7, Rational(1, 2), Rational(5, 2)])},
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
