"""Densities of transformed random variables."""

from __future__ import annotations

from sympy import Matrix, Rational, erf, exp, log, pi, sqrt

from jaclib.exercises.entry import Exercise, Mistake


def _phi(x):
    """Return the standard normal density."""
    return exp(-(x**2) / 2) / sqrt(2 * pi)


# --- E3.13 -------------------------------------------------------------------------------------------------------


def _log_normal(g):
    g.x = log(g.y)
    g.source = _phi(g.x)


E3_13 = Exercise(
    id="E3.13",
    title="The exponential of a normal variable",
    kind="number",
    section="sec-3-densities",
    objective="densities",
    difficulty=1,
    given={"y": 2},
    draw=lambda rng: {"y": rng.choice([3, 4, 5, 6, 7, *(Rational(n, 4) for n in (1, 2, 3, 5, 6, 7, 9, 10, 11))])},
    derive=_log_normal,
    prompt=r"The random variable $X$ is standard normal, and $Y = e^X$. What is the density of $Y$ at $y = <y>$?",
    answer=lambda g: g.source / g.y,
    mistakes=[
        Mistake(
            "density-not-divided",
            lambda g: g.source,
            r"That is the density of $X$ at $\ln <y:()>$. Near this place the map stretches intervals: what happens to "
            r"the probability per unit of length?",
        ),
        Mistake(
            "density-multiplied",
            lambda g: g.source * g.y,
            r"You multiplied by the derivative of $e^x$. Where a map stretches, is the paint thicker or thinner?",
        ),
        Mistake(
            "old-point-not-found",
            lambda g: _phi(g.y) / g.y,
            r"You put $<y>$ into the density of $X$. Which $x$ is sent to $y = <y>$?",
        ),
        Mistake(
            "derivative-at-the-image",
            lambda g: g.source / exp(g.y),
            r"You took the derivative of $e^x$ at $x = <y>$. It belongs to the old point, the one that is sent to "
            r"$<y>$.",
        ),
        Mistake(
            "probability-for-density",
            lambda g: (1 + erf(g.x / sqrt(2))) / 2,
            r"That is the probability of $Y \le <y>$. How fast does it grow at $<y>$?",
        ),
        Mistake(
            "normalising-constant-left-out",
            lambda g: exp(-(g.x**2) / 2) / g.y,
            r"The density of the standard normal distribution has a constant in front.",
        ),
    ],
    hints=[
        r"Think of paint: the probability near $x$ goes to the place $e^x$, and there it lies on a longer or shorter "
        r"piece.",
        r"Find the point $x$ with $e^x = <y>$. What is the density of $X$ there, and what is the derivative of $e^x$ "
        r"there?",
        r"The old point is $x = \ln <y:()>$, and the derivative there is $<y>$. Divide $\phi(x) = e^{-x^2/2} / "
        r"\sqrt{2\pi}$ by it.",
    ],
    solution=r"""
        The point that is sent to $<y>$ is $x = \ln <y:()>$. The derivative of $e^x$ there is $e^x = <y>$: a short
        interval becomes $<y>$ times as long. The probability on it stays, so the density is divided:

        $$
        p_Y(<y>) = \frac{\phi(\ln <y:()>)}{<y>} \approx <answer:decimal> ,
        \qquad \phi(x) = \frac{e^{-x^2/2}}{\sqrt{2\pi}} .
        $$
    """,
)


# --- E3.14 -------------------------------------------------------------------------------------------------------


def _square(g):
    g.x = sqrt(g.y)
    g.two_x = 2 * g.x
    g.source = _phi(g.x)


E3_14 = Exercise(
    id="E3.14",
    title="The square of a normal variable",
    kind="number",
    section="sec-3-densities",
    objective="densities",
    difficulty=2,
    given={"y": 4},
    draw=lambda rng: {"y": rng.choice([2, 3, 5, 6, 7, *(Rational(n * n, 16) for n in (1, 2, 3, 5, 6, 7, 9, 10))])},
    derive=_square,
    prompt=r"The random variable $X$ is standard normal, and $Y = X^2$. What is the density of $Y$ at $y = <y>$?",
    answer=lambda g: g.source / g.x,
    mistakes=[
        Mistake(
            "preimage-left-out",
            lambda g: g.source / g.two_x,
            r"You took the positive root only. Which other value of $X$ gives $Y = <y>$?",
        ),
        Mistake(
            "density-not-divided",
            lambda g: 2 * g.source,
            r"You added the densities at both roots. By what has each of them to be divided?",
        ),
        Mistake(
            "density-multiplied",
            lambda g: 2 * g.source * g.two_x,
            r"You multiplied by the derivative of $x^2$. Where a map stretches, is the paint thicker or thinner?",
        ),
        Mistake(
            "old-point-not-found",
            lambda g: _phi(g.y) / g.x,
            r"You put $<y>$ into the density of $X$. Which $x$ are sent to $y = <y>$?",
        ),
        Mistake(
            "contributions-cancelled",
            lambda g: 0 * g.x,
            r"At the negative root the derivative is negative. Can a contribution to a density be negative?",
        ),
        Mistake(
            "normalising-constant-left-out",
            lambda g: exp(-g.y / 2) / g.x,
            r"The density of the standard normal distribution has a constant in front.",
        ),
        Mistake(
            "probability-for-density",
            lambda g: erf(g.x / sqrt(2)),
            r"That is the probability of $Y \le <y>$. How fast does it grow at $<y>$?",
        ),
    ],
    hints=[
        r"The map $x^2$ is not one-to-one. Which points are sent to $<y>$?",
        r"Each preimage $x$ contributes $\phi(x) / |2x|$, where $\phi(x) = e^{-x^2/2} / \sqrt{2\pi}$. Add them up.",
        r"The preimages are $<x>$ and $-<x>$. The density $\phi$ is the same at both, and so is the absolute value of "
        r"the derivative, $<two_x>$.",
    ],
    solution=r"""
        Two points are sent to $<y>$: $x = <x>$ and $x = -<x>$. At both the derivative $2x$ has the absolute value
        $<two_x>$, and at both the density of $X$ is $\phi(<x>)$. Their contributions add up:

        $$
        p_Y(<y>) = \frac{\phi(<x>)}{<two_x>} + \frac{\phi(-<x>)}{<two_x>} = \frac{\phi(<x>)}{<x>} \approx
        <answer:decimal> .
        $$
    """,
)


# --- E3.26 -------------------------------------------------------------------------------------------------------


def _uniform(g):
    g.width = g.a + g.b
    g.height = 1 / g.width
    g.y1, g.y2 = g.p**2, g.q**2
    g.one, g.two = g.height / (2 * g.p), g.height / (2 * g.q)


def _draw_uniform(rng):
    a, b = sorted(rng.sample([1, 2, 3, 4, 5], 2))
    return {
        "a": a,
        "b": b,
        "p": a - Rational(1, rng.choice([3, 4, 5])),
        "q": a + Rational(b - a, rng.choice([2, 3, 4])),
    }


E3_26 = Exercise(
    id="E3.26",
    title="The square of a uniform variable",
    kind="vector",
    section="sec-3-densities",
    objective="densities",
    difficulty=3,
    given={"a": 1, "b": 2, "p": Rational(2, 3), "q": Rational(3, 2)},
    draw=_draw_uniform,
    derive=_uniform,
    prompt=r"""
        The random variable $X$ is uniform on the interval from $-<a>$ to $<b>$, and $Y = X^2$. What is the density of
        $Y$ at $y = <y1>$, and what is it at $y = <y2>$? Give both numbers in this order.
    """,
    answer=lambda g: Matrix([2 * g.one, g.two]),
    mistakes=[
        Mistake(
            "preimage-left-out",
            lambda g: Matrix([g.one, g.two]),
            r"The second number is right. In the first one you took the positive root only: is the negative root a "
            r"possible value of $X$ there?",
        ),
        Mistake(
            "preimage-outside",
            lambda g: Matrix([2 * g.one, 2 * g.two]),
            r"The first number is right. In the second one you counted both roots: are both of them possible values of "
            r"$X$?",
        ),
        Mistake(
            "density-not-divided",
            lambda g: Matrix([2 * g.height, g.height]),
            r"You counted the preimages rightly. The map $x^2$ also stretches: by what is the density divided?",
        ),
        Mistake(
            "density-multiplied",
            lambda g: Matrix([4 * g.height * g.p, 2 * g.height * g.q]),
            r"You multiplied by the derivative of $x^2$. Where a map stretches, is the paint thicker or thinner?",
        ),
        Mistake(
            "contributions-cancelled",
            lambda g: Matrix([0, g.two]),
            r"In the first number two contributions have cancelled. The derivative is negative at the negative root; "
            r"can a contribution to a density be?",
        ),
        Mistake(
            "normalising-constant-left-out",
            lambda g: Matrix([1 / g.p, 1 / (2 * g.q)]),
            r"How high is the density of $X$? Its total probability, height times width, must be 1.",
        ),
    ],
    hints=[
        r"For each of the two values, list all $x$ between $-<a>$ and $<b>$ whose square it is.",
        r"The density of $X$ is $<height>$ on its interval and 0 elsewhere. Each preimage contributes it, divided by "
        r"$|2x|$.",
        r"The value $<y1>$ has the preimages $<p>$ and $-<p>$. The value $<y2>$ has the roots $<q>$ and $-<q>$, but "
        r"only one of them lies in the interval.",
    ],
    solution=r"""
        The density of $X$ is $<height>$ on an interval of length $<width>$. The preimages of $<y1>$ are $<p>$ and
        $-<p>$, both in the interval; each contributes $<height>$ divided by $2 \cdot <p>$, which is $<one>$. The roots
        of $<y2>$ are $<q>$ and $-<q>$, and $-<q>$ lies outside; so there is one contribution, $<height>$ divided by $2
        \cdot <q>$. Together: $<answer>$. The density of $Y$ jumps at $y = <a>^2$, where the second preimage is lost.
    """,
)
