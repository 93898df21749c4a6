"""Quick questions of chapter 1."""

from __future__ import annotations

from sympy import Rational, diff, symbols

from questions._entry import Question, right, wrong

x, y, w = symbols("x y w")


def _line():
    error = 11 - 10 * w + Rational(11, 3) * w**2
    slope = diff(error, w)
    return {"height": error.subs(w, 0), "at_0": slope.subs(w, 0), "drop": -slope.subs(w, 0), "at_3": slope.subs(w, 3)}


def _partials():
    f = x**2 * y + 3 * y
    at = {x: 2, y: 5}
    return {
        "right": diff(f, y).subs(at),
        "by_x": diff(f, x).subs(at),
        "sum": (diff(f, x) + diff(f, y)).subs(at),
        "x": 2,
        "y": 5,
    }


QUESTIONS = (
    Question(
        "sec-1-sensitivity",
        r"The error is $L(w) = 11 - 10w + \tfrac{11}{3} w^2$. You stand at $w = 0$ and turn $w$ up a little. "
        "What happens to the error?",
        (
            wrong(
                r"It goes up, because it is $<height>$ there.",
                r"The height says where you stand, not which way the ground slopes. "
                r"The slope at $0$ is $L'(0) = <at_0>$.",
            ),
            right(
                r"It goes down, about $<drop>$ times as fast as $w$ goes up.",
                r"The derivative at $0$ is $<at_0>$. A negative derivative means: up with the input, down with the "
                "output.",
            ),
            wrong(
                r"It goes down at first and then by the same amount with every further step.",
                r"At first it does go down. But the slope changes on the way: at $w = 3$ it is $<at_3>$, so there the "
                "error goes up.",
            ),
        ),
        _line,
    ),
    Question(
        "sec-1-partial",
        r"For $f(x, y) = x^2 y + 3y$, what is $\partial f/\partial y$ at $(<x>, <y>)$?",
        (
            wrong(
                r"$<by_x>$",
                r"That is $\partial f/\partial x = 2xy$. The letter below the bar says which variable moves.",
            ),
            wrong(
                r"$<sum>$",
                r"Here both partial derivatives were added. A partial derivative moves one variable and holds the "
                "others still.",
            ),
            right(
                r"$<right>$", r"With $x$ held still, $x^2 y + 3y$ is a number times $y$, and that number is $x^2 + 3$."
            ),
        ),
        _partials,
    ),
)
