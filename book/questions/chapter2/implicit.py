"""Quick questions on implicit functions and on the Jacobian of a classifier."""

from __future__ import annotations

from fractions import Fraction

from sympy import Matrix, diag, diff, sqrt, symbols

from questions._entry import Question, right, wrong

x, y = symbols("x y")


def _circle():
    F, radius, leg = x**2 + y**2, 5, 3
    other = sqrt(radius**2 - leg**2)
    return {
        "level": radius**2,
        "bottom": (0, -radius),
        "side": (radius, 0),
        "corner": (leg, other),
        "by_x_bottom": diff(F, x).subs(x, 0),
        "by_y_bottom": diff(F, y).subs(y, -radius),
        "by_y_side": diff(F, y).subs(y, 0),
        "by_y_corner": diff(F, y).subs(y, other),
        "leg": leg,
        "radius": radius,
    }


def _equilibrium():
    n, m, repetitions = 200, 50, 100
    return {"n": n, "m": m, "repetitions": repetitions, "all": repetitions * m, "square": (m, m), "by_x": (m, n)}


def _few_classes():
    p = Matrix([Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)])
    rank = (diag(*p) - p * p.T).rank()
    return {"classes": len(p), "pixels": 100, "right": rank}


def _saturated():
    p = Fraction(999, 1000)
    return {"p": p, "slope": p * (1 - p)}


def _overshoot():
    p, slope, length = Fraction(3, 10), Fraction(9, 10), 1
    return {"p": p, "slope": slope, "length": length, "predicted": p + slope * length}


QUESTIONS = (
    Question(
        "sec-2-implicit",
        r"At a point of the curve $F(x, y) = 0$ both $\partial F/\partial x$ and $\partial F/\partial y$ are "
        r"positive. You follow the curve to a slightly larger $x$. What does $y$ do?",
        (
            wrong(
                "It grows, since both derivatives are positive.",
                "If both $x$ and $y$ grew, $F$ would grow as well, and would no longer be zero. This is what the "
                "minus sign is for.",
            ),
            wrong(
                "It depends on which of the derivatives is larger.",
                "Their ratio says *how fast* $y$ moves. Which way it moves is decided by the signs.",
            ),
            right(
                "It falls, since $F$ has to remain zero.",
                r"What a larger $x$ adds to $F$, a smaller $y$ has to take away: $dy/dx = -\frac{\partial F/\partial "
                r"x}{\partial F/\partial y}$ is negative.",
            ),
        ),
    ),
    Question(
        "sec-2-implicit",
        "Near which of these points of the circle $x^2 + y^2 = <level>$ does the equation *not* make $y$ a function "
        "of $x$?",
        (
            right(
                "Near $<side>$",
                r"There $\partial F/\partial y = 2y = <by_y_side>$, and the tangent is vertical. Just left of it each "
                r"$x$ has two values of $y$, just right of it none.",
            ),
            wrong(
                "Near $<bottom>$",
                r"Here $\partial F/\partial x = <by_x_bottom>$, so the tangent is horizontal, and $y$ is a function "
                r"of $x$ with slope 0. The condition is about $\partial F/\partial y = <by_y_bottom>$.",
            ),
            wrong(
                "Near $<corner>$",
                r"For $x = <leg>$ there are two values of $y$ on the circle, but only one of them is near this point. "
                r"And $\partial F/\partial y = <by_y_corner>$ is not zero.",
            ),
        ),
        _circle,
    ),
    Question(
        "sec-2-implicit",
        r"A layer takes $x$ with $<n>$ entries to the $y$ with $<m>$ entries that solves $y = \tanh(Ay + Ux)$. You "
        r"find $y$ by $<repetitions>$ repetitions. How large is the linear system for $dy/dx$?",
        (
            wrong(
                "$<n>$ equations, one for each entry of $x$",
                "The entries of $x$ are the columns on the right-hand side, of shape $<by_x>$. What has to be "
                "inverted is $F_y$, and that belongs to $y$.",
            ),
            right(
                "$<m>$ equations, one for each entry of $y$",
                "The matrix is $F_y = I - DA$, of shape $<square>$. It is taken at the solution, and it does not "
                "matter how that was found.",
            ),
            wrong(
                "$<all>$ equations, one for each entry in each repetition",
                "Through the repetitions one can differentiate as well, but one need not. The equation holds at the "
                "solution, and that alone gives $dy/dx$.",
            ),
        ),
        _equilibrium,
    ),
    Question(
        "sec-2-digits",
        "A classifier gives an image the probability $<p:decimal>$ for one class, and its Jacobian there is almost "
        "zero. Somebody says: so the ink does not matter for this decision. What do you answer?",
        (
            wrong(
                "Yes: where the derivative is almost zero, there is no influence.",
                "A derivative speaks of tiny changes. If all the ink is taken away, the decision may well be another "
                "one.",
            ),
            wrong(
                "No: a Jacobian that is almost zero must be a mistake.",
                "It is what a sure classifier has. The entries in the Jacobian of its softmax are of the size $p(1 - "
                "p) = <slope:decimal>$ or smaller.",
            ),
            right(
                "No: it is only tiny changes that have so little effect.",
                "Softmax is saturated, with $p(1 - p) = <slope:decimal>$. A large change of the ink can lead out of "
                "the flat part.",
            ),
        ),
        _saturated,
    ),
    Question(
        "sec-2-digits",
        "A classifier takes $<pixels>$ pixels to the probabilities of $<classes>$ classes. How large can the rank of "
        "its Jacobian be?",
        (
            right(
                "$<right>$ at most",
                "The rows add up to zero, so each row is fixed by the others. One of the $<classes>$ rows brings "
                "nothing new.",
            ),
            wrong(
                "$<classes>$ at most",
                "There are $<classes>$ rows, but they are not independent. What one class gains, the others lose.",
            ),
            wrong(
                "$<pixels>$ at most",
                "The rank is never larger than the number of rows, and there is one row for each class.",
            ),
        ),
        _few_classes,
    ),
    Question(
        "sec-2-digits",
        "The probability of a class is $<p:decimal>$. Along a certain direction it grows at the rate "
        "$<slope:decimal>$, so for a step of length $<length>$ the linear map predicts $<predicted:decimal>$. What "
        "went wrong?",
        (
            wrong(
                "The Jacobian: a right one never predicts more than 1.",
                "A linear map does not know where probabilities end. Every slope that is not zero leads out of the "
                "range from 0 to 1, if one goes far enough.",
            ),
            right(
                "The step: it is too long for a linear prediction.",
                "The Jacobian may be right. Its prediction is good for short steps, and the error grows like $t^2$.",
            ),
            wrong(
                "Nothing: cut off at 1, the prediction is right.",
                "Cut off, it would say that the classifier is quite sure. What softmax really gives at that place "
                "only the function itself can tell.",
            ),
        ),
        _overshoot,
    ),
)
