"""Integrals over sets: the way made, the places visited, and what is reached how often."""

from __future__ import annotations

from sympy import Interval

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.20 -------------------------------------------------------------------------------------------------------


def _there_and_back(g):
    g.back, g.forth = g.c**2, (g.T - g.c) ** 2
    g.turn = -g.back
    g.last = g.T**2 - 2 * g.c * g.T
    g.two_c = 2 * g.c


def _draw_cart(rng):
    c = rng.randint(1, 6)
    return {"c": c, "T": c + rng.choice([k for k in range(1, 8) if k != c])}


E3_20 = Exercise(
    id="E3.20",
    title="How far a cart has rolled",
    kind="number",
    section="sec-3-sets",
    objective="folds",
    difficulty=1,
    given={"c": 2, "T": 5},
    draw=_draw_cart,
    derive=_there_and_back,
    prompt=r"""
        A cart rolls on a straight track. At time $t$ it is at the place $g(t) = t^2 - <two_c> t$. How long is the way
        that it has rolled between $t = 0$ and $t = <T>$, back and forth together?
    """,
    answer=lambda g: g.back + g.forth,
    mistakes=[
        Mistake(
            "net-for-path",
            lambda g: g.last,
            r"That is where the cart is at the end, seen from its start. When does it turn around?",
        ),
        Mistake(
            "covered-for-path",
            lambda g: max(g.back, g.forth),
            r"That is the length of the piece of track that the cart has visited. Some places it passed more than "
            r"once.",
        ),
        Mistake(
            "counted-more-than-once",
            lambda g: 2 * max(g.back, g.forth),
            r"You counted every place twice. Which places did the cart pass a single time?",
        ),
        Mistake(
            "part-of-the-region",
            lambda g: min(g.back, g.forth),
            r"You have one of the two parts of the way. Where does the cart turn around, and what comes before and "
            r"after?",
        ),
    ],
    hints=[
        r"Three questions can be asked: how far from the start the cart ends up, how much of the track it visited, how "
        r"much way it made. Which of them is asked here?",
        r"The way is $\int |g'(t)|\, dt$. Where does $g'(t) = 2t - <two_c>$ change its sign?",
        r"The cart turns at $t = <c>$, at the place $<turn>$, and ends at the place $<last>$. Add the lengths of the "
        r"two parts.",
    ],
    solution=r"""
        The speed $g'(t) = 2t - <two_c>$ is negative until $t = <c>$ and positive afterwards. So the cart rolls from $0$
        back to $g(<c>) = <turn>$, and then forth to $g(<T>) = <last>$. The two parts have the lengths $<back>$ and
        $<forth>$, and

        $$
        \int_0^{<T>} |g'(t)|\, dt = <back> + <forth> = <answer> .
        $$

        Without the absolute value the two parts would cancel in part, and the integral would say where the cart ends.
    """,
)


# --- E3.30 -------------------------------------------------------------------------------------------------------


def _parabola(g):
    g.low, g.high = g.c - g.p, g.c + g.q
    g.bottom = -(g.c**2)
    g.at_low, g.at_high = g.bottom + g.p**2, g.bottom + g.q**2
    g.two_c = 2 * g.c


def _draw_parabola(rng):
    q, p = sorted(rng.sample([1, 2, 3, 4, 5], 2))
    return {"c": rng.randint(1, 6), "p": p, "q": q}


E3_30 = Exercise(
    id="E3.30",
    title="What is reached twice",
    kind="set",
    section="sec-3-sets",
    objective="folds",
    difficulty=2,
    given={"c": 1, "p": 2, "q": 1},
    draw=_draw_parabola,
    derive=_parabola,
    prompt=r"""
        Let $g(x) = x^2 - <two_c>x$ for $<low> \le x \le <high>$, and let $N(u)$ be the number of points $x$ in this
        interval with $g(x) = u$. For which $u$ is $N(u) = 2$?
    """,
    answer=lambda g: Interval.Lopen(g.bottom, g.at_high),
    mistakes=[
        Mistake(
            "image-for-what-is-reached-twice",
            lambda g: Interval(g.bottom, g.at_low),
            r"These are all the values of $g$. Some of them are reached from one point only: look at the values near "
            r"$g(<low>)$.",
        ),
        Mistake(
            "end-of-a-set-not-checked",
            lambda g: Interval(g.bottom, g.at_high),
            r"One end needs another look: how many points $x$ have the smallest value of $g$?",
        ),
        Mistake(
            "reached-once-for-twice",
            lambda g: Interval.Lopen(g.at_high, g.at_low),
            r"These are the values that are reached once. Where does the graph meet a horizontal line in two points?",
        ),
        Mistake(
            "source-for-image",
            lambda g: Interval(g.c - g.q, g.high),
            r"That is a set of points $x$, and the question is for values $u = g(x)$. Take your $x$ through $g$.",
        ),
        Mistake(
            "end-of-a-set-not-checked",
            lambda g: Interval.open(g.bottom, g.at_high),
            r"The upper end needs another look: it is the value at $x = <high>$. Is there a second point with this "
            r"value?",
        ),
    ],
    hints=[
        r"Draw the graph, and move a horizontal line upwards. At which heights does it meet the graph twice?",
        r"The parabola turns at $x = <c>$. Left of it $g$ falls, right of it $g$ rises. So a value is reached at most "
        r"once on each side.",
        r"The left side has the values from $<bottom>$ to $<at_low>$, the right side those from $<bottom>$ to "
        r"$<at_high>$. Which values are in both, and which of them comes from the same point?",
    ],
    solution=r"""
        The parabola turns at $x = <c>$, where its value is $<bottom>$. On the left side it takes the values from
        $<at_low>$ down to $<bottom>$, on the right side those from $<bottom>$ up to $<at_high>$. Both sides reach the
        values from $<bottom>$ to $<at_high>$. The value $<bottom>$ itself comes from the turning point alone, which is
        one point. The value $<at_high>$ is reached on the left side, and at the end $x = <high>$ of the right side. So
        $N(u) = 2$ for $<bottom> < u \le <at_high>$: the set is $<answer>$.
    """,
)
