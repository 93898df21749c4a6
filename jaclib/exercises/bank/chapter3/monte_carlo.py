"""Monte Carlo: the error of an estimate, and how many points it takes."""

from __future__ import annotations

from sympy import Matrix, Rational, sqrt

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.28 -------------------------------------------------------------------------------------------------------


def _hits(g):
    g.p = g.hits / g.n
    g.spread, g.root = sqrt(g.p * (1 - g.p)), sqrt(g.n)
    g.area = g.B * g.p
    g.error = g.B * g.spread / g.root


def _draw_hits(rng):
    n = rng.choice([400, 900, 1600, 2500, 10000])
    return {
        "B": rng.choice([2, 3, 5, 6, 8, 12]),
        "n": n,
        "hits": n * rng.choice([1, 2, 3]) / Rational(rng.choice([4, 5, 10])),
    }


E3_28 = Exercise(
    id="E3.28",
    title="Counting hits",
    kind="vector",
    section="sec-3-monte-carlo",
    objective="transform",
    difficulty=2,
    given={"B": 8, "n": 10000, "hits": 2500},
    draw=_draw_hits,
    derive=_hits,
    prompt=r"""
        To check the area of a region you draw $n = <n>$ points, uniform in a box of area $<B>$ around it. $<hits>$ of
        them lie in the region. What is the estimate of the area, and what is its standard error? Give both numbers in
        this order. (Take the standard deviation $\sigma$ from the sample: divide by $n$, not by $n - 1$.)
    """,
    answer=lambda g: Matrix([g.area, g.error]),
    mistakes=[
        Mistake(
            "box-left-out",
            lambda g: Matrix([g.p, g.spread / sqrt(g.n)]),
            r"You have the share of hits and its error. Which area belongs to a share of 1?",
        ),
        Mistake(
            "box-left-out",
            lambda g: Matrix([g.area, g.spread / sqrt(g.n)]),
            r"The area is right. It is a share, multiplied by the area of the box: what does that do to the error?",
        ),
        Mistake(
            "spread-for-error-of-the-mean",
            lambda g: Matrix([g.area, g.B * g.spread]),
            r"The area is right. The second number is the spread of single values. How much better is the mean of $n$ "
            r"of them?",
        ),
        Mistake(
            "error-over-n",
            lambda g: Matrix([g.area, g.B * g.spread / g.n]),
            r"The area is right, and your error is much too small. It falls with the root of $n$.",
        ),
        Mistake(
            "variance-for-deviation",
            lambda g: Matrix([g.area, g.B * g.spread**2 / sqrt(g.n)]),
            r"The area is right. For the error you took the variance $p (1 - p)$. What is the standard deviation?",
        ),
        Mistake(
            "counting-error",
            lambda g: Matrix([g.area, g.B * sqrt(g.p / g.n)]),
            r"The area is right. Your error is that of a count without limit; here a point hits or misses: what is the "
            r"standard deviation of a value that is 1 with probability $p$ and 0 otherwise?",
        ),
    ],
    hints=[
        r"The integrand is 1 in the region and 0 outside. What is its mean over the sample?",
        r"The estimate is the area of the box times the mean. The standard error is the area of the box times $\sigma "
        r"/ \sqrt{n}$, with the standard deviation $\sigma$ of the single values.",
        r"The mean is $p = <p>$. A value that is 1 with probability $p$ and 0 otherwise has the standard deviation "
        r"$\sqrt{p (1 - p)}$.",
    ],
    solution=r"""
        The values are 1 for a hit and 0 for a miss. Their mean is $p = <p>$, so the area is about $<B> \cdot <p> =
        <area>$. Their standard deviation is $\sigma = \sqrt{p (1 - p)} = <spread>$. The mean of $n$ values has the
        standard error $\sigma / \sqrt{n}$, and the box multiplies it:

        $$
        <B> \cdot <spread> \cdot \frac{1}{<root>} = <error> \approx <error:decimal> .
        $$

        Together: $<answer>$.
    """,
)


# --- E3.31 -------------------------------------------------------------------------------------------------------


def _points(g):
    g.k = g.e / g.target


def _draw_points(rng):
    target = Rational(rng.choice([2, 3, 4, 5, 8]), 1000)
    return {"n": rng.choice([1000, 2000, 5000, 20000]), "e": target * rng.randint(2, 6), "target": target}


E3_31 = Exercise(
    id="E3.31",
    title="How many points it takes",
    kind="number",
    section="sec-3-monte-carlo",
    objective="transform",
    difficulty=1,
    given={"n": 10000, "e": Rational(1, 50), "target": Rational(1, 200)},
    draw=_draw_points,
    derive=_points,
    prompt=r"""
        A Monte Carlo estimate from $<n>$ points has the standard error $<e:decimal>$. How many points do you need for a
        standard error of $<target:decimal>$?
    """,
    answer=lambda g: g.n * g.k**2,
    mistakes=[
        Mistake(
            "error-over-n",
            lambda g: g.n * g.k,
            r"That would do if the error fell like $1 / n$. What happens to $\sigma / \sqrt{n}$ when $n$ is doubled?",
        ),
        Mistake(
            "root-for-square",
            lambda g: g.n * sqrt(g.k),
            r"The root of $n$ must grow by the factor $<k>$. So by which factor must $n$ itself grow?",
        ),
        Mistake(
            "more-in-place-of-all",
            lambda g: g.n * (g.k**2 - 1),
            r"That is how many points you have to draw in addition. The question is for all of them.",
        ),
        Mistake(
            "slope-upside-down",
            lambda g: g.n / g.k**2,
            r"A smaller error, with fewer points? Check which number is divided by which.",
        ),
    ],
    hints=[
        r"How does the standard error depend on the number of points?",
        r"The standard error is a constant over $\sqrt{n}$. By which factor must it fall here?",
        r"The error must fall by the factor $<k>$, so $\sqrt{n}$ must grow by this factor. What does that mean for "
        r"$n$?",
    ],
    solution=r"""
        The standard error is $|B| \sigma / \sqrt{n}$: it falls like $1 / \sqrt{n}$. To divide it by $<k>$, multiply
        $n$ by the square of $<k>$. That is $<answer>$ points. Each further digit costs a hundred times as many.
    """,
)
