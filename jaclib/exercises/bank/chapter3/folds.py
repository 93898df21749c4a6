"""Orientation, folds, and maps that wind around."""

from __future__ import annotations

from sympy import log, pi

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.17 -------------------------------------------------------------------------------------------------------


def _fold(g):
    g.a2, g.b2 = g.a**2, g.b**2


def _draw_fold(rng):
    a, b = sorted(rng.sample(range(1, 8), 2))
    return {"a": a, "b": b, "h": rng.randint(1, 4)}


E3_17 = Exercise(
    id="E3.17",
    title="The image of a folded rectangle",
    kind="number",
    section="sec-3-folds",
    objective="folds",
    difficulty=2,
    given={"a": 1, "b": 1, "h": 1},
    draw=_draw_fold,
    derive=_fold,
    prompt=r"""
        The map $T(u, v) = (u^2, v)$ is applied to the rectangle $-<a> \le u \le <b>$, $0 \le v \le <h>$. What is the
        area of the image, the set of all points that are reached?
    """,
    answer=lambda g: g.b2 * g.h,
    mistakes=[
        Mistake(
            "counted-more-than-once",
            lambda g: (g.a2 + g.b2) * g.h,
            r"You integrated $|\det J|$ over the whole rectangle. Which points of the image are then counted twice?",
        ),
        Mistake(
            "signed-for-covered",
            lambda g: (g.b2 - g.a2) * g.h,
            r"You integrated $\det J$ with its sign: what lies on one side of the crease is subtracted from the other. "
            r"Is any of the image missing?",
        ),
        Mistake(
            "power-rule-factor",
            lambda g: g.b2 * g.h / 2,
            r"You have half of it. What is the derivative of $u^2$?",
        ),
        Mistake(
            "determinant-at-one-point",
            lambda g: 2 * g.b * (g.a + g.b) * g.h,
            r"You multiplied the area of the rectangle by the determinant at its right side. The area scale is another "
            r"one at each $u$: add up.",
        ),
        Mistake(
            "area-factor-forgotten",
            lambda g: (g.a + g.b) * g.h if g.a != g.b else None,
            r"That is the area of the rectangle, before it is folded and stretched.",
        ),
        Mistake(
            "smaller-part-covered",
            lambda g: g.a2 * g.h if g.a != g.b else None,
            r"That is the image of the part with $u \le 0$. Does the other part reach further?",
        ),
    ],
    hints=[
        r"Draw the image. Which values does $u^2$ take when $u$ runs from $-<a>$ to $<b>$?",
        r"The determinant is $2u$, so the map folds the rectangle along $u = 0$. The left part comes to lie on the "
        r"right one.",
        r"So the right part, $0 \le u \le <b>$, reaches everything already. Integrate $2u$ over it, or read the image "
        r"off: which rectangle is it?",
    ],
    solution=r"""
        The determinant is $2u$. It changes its sign at $u = 0$: there the rectangle is folded. The left part covers $0
        \le x \le <a2>$, the right part $0 \le x \le <b2>$, both with $0 \le y \le <h>$. The right part alone reaches
        every point of the image, and reaches it once:

        $$
        \int_0^{<h>} \int_0^{<b>} 2u\, du\, dv = <b2> \cdot <h> = <answer> .
        $$

        Over the whole rectangle $\iint |\det J|$ counts what is covered twice two times, and $\iint \det J$ subtracts
        it.
    """,
)


# --- E3.25 -------------------------------------------------------------------------------------------------------


def _ring(g):
    g.start, g.end = log(g.inner), log(g.outer)
    g.inner2, g.outer2 = g.inner**2, g.outer**2
    g.turns = g.k / 2


def _draw_ring(rng):
    inner, outer = sorted(rng.sample(range(1, 9), 2))
    return {"inner": inner, "outer": outer, "k": rng.randint(4, 7)}


E3_25 = Exercise(
    id="E3.25",
    title="A map that winds around",
    kind="number",
    section="sec-3-folds",
    objective="folds",
    difficulty=2,
    given={"inner": 1, "outer": 2, "k": 5},
    draw=_draw_ring,
    derive=_ring,
    prompt=r"""
        The map $T(u, v) = (e^u \cos v,\; e^u \sin v)$ is applied to the rectangle $<start> \le u \le <end>$, $0 \le v
        \le <k> \pi$. What is the area of the image, the set of all points that are reached?
    """,
    answer=lambda g: pi * (g.outer2 - g.inner2),
    mistakes=[
        Mistake(
            "counted-more-than-once",
            lambda g: g.k * pi * (g.outer2 - g.inner2) / 2,
            r"You integrated the determinant over the whole rectangle. When $v$ has grown by $2\pi$, where is the "
            r"image point?",
        ),
        Mistake(
            "part-of-the-factor",
            lambda g: 2 * pi * (g.outer - g.inner),
            r"Your factor is $e^u$. Both sides of a small cell are stretched by $e^u$: what does that do to its area?",
        ),
        Mistake(
            "area-factor-forgotten",
            lambda g: g.k * pi * (g.end - g.start),
            r"That is the area of the rectangle of $u$ and $v$. By what does the map multiply small areas?",
        ),
        Mistake(
            "hole-filled",
            lambda g: pi * g.outer2,
            r"That is the area of the whole disc. How far from the origin is the image of the points with $u = "
            r"<start>$?",
        ),
        Mistake(
            "part-of-the-region",
            lambda g: pi * (g.outer2 - g.inner2) / 2,
            r"You have one half of the image. Through which angle does $v$ go?",
        ),
    ],
    hints=[
        r"The image point has the distance $e^u$ from the origin and the angle $v$. Which figure do all of them form?",
        r"The distance runs from $<inner>$ to $<outer>$. The angle runs through more than a full turn, so some points "
        r"are reached again.",
        r"Restrict $v$ to one turn, $0 \le v \le 2\pi$: there every point of the image is reached once. The "
        r"determinant is $e^{2u}$. Or read the area off the figure, a ring.",
    ],
    solution=r"""
        The image point has the polar coordinates $r = e^u$ and $\theta = v$. So $r$ runs from $<inner>$ to $<outer>$,
        and $\theta$ makes $<turns>$ turns: the image is the ring $<inner> \le r \le <outer>$, and parts of it are
        reached more than once. For one turn the map is one-to-one, and its determinant is $e^{2u}$:

        $$
        \int_0^{2\pi} \int_{<start>}^{<end>} e^{2u}\, du\, dv = 2\pi \cdot \tfrac12 (<outer2> - <inner2>) = <answer> .
        $$

        The determinant is positive everywhere. That makes the map one-to-one near each point, not on the whole.
    """,
)
