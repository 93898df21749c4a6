"""Quick questions on the steepest way up and the step down."""

from __future__ import annotations

from sympy import Matrix, Rational, cos, diff, pi, sin, symbols

from questions._entry import Question, right, wrong

w = symbols("w")


def _wave():
    top, degrees = 10, 60
    angle = pi * degrees / 180
    return {
        "top": top,
        "degrees": degrees,
        "cosine": cos(angle),
        "right": top * cos(angle),
        "straight": top * (1 - Rational(degrees, 90)),
        "sine": top * sin(angle),
    }


def _level():
    gradient = Matrix([2, 1])
    level, swapped = Matrix([1, -2]), Matrix([1, 2])
    return {
        "gradient": gradient,
        "level": level,
        "swapped": swapped,
        "down": -gradient,
        "at_level": gradient.dot(level),
        "at_swapped": gradient.dot(swapped),
        "steepest_down": -gradient.norm(),
    }


def _overshoot():
    rate, error = Rational(3, 2), w**2
    points = [1]
    for _ in range(3):
        points.append(points[-1] - rate * diff(error, w).subs(w, points[-1]))
    return dict(zip("abcd", [error.subs(w, point) for point in points], strict=True))


def _own_step():
    rate, by_1, by_2 = Rational(1, 10), 10, Rational(-1, 5)
    return {"rate": rate, "by_1": by_1, "by_2": by_2, "step": -rate * by_2}


def _fall():
    rate, gradient = Rational(1, 100), Matrix([3, 4])
    return {
        "rate": rate,
        "gradient": gradient,
        "length": gradient.norm(),
        "right": rate * gradient.dot(gradient),
        "slope_once": rate * gradient.norm(),
        "entries_added": rate * sum(gradient),
    }


QUESTIONS = (
    Question(
        "sec-1-steepest",
        r"Straight along the gradient the slope is $<top>$. How large is it in a direction $<degrees>^\circ$ off?",
        (
            right(
                "$<right>$",
                r"The slope is $\lVert \nabla f \rVert \cos\theta$, and $\cos <degrees>^\circ = <cosine>$.",
            ),
            wrong(
                "$<straight>$",
                r"This lets the slope fall evenly from $<top>$ at $0^\circ$ to $0$ at $90^\circ$. It falls like a "
                "cosine: slowly at first, faster later.",
            ),
            wrong(
                "$<sine>$",
                r"That is $<top>$ times the *sine*. The sine is largest at a right angle to the gradient, and there "
                r"you walk along the contour, where the slope is $0$.",
            ),
        ),
        _wave,
    ),
    Question(
        "sec-1-steepest",
        r"At a point $\nabla f = <gradient>$. Along which vector does $f$ neither rise nor fall at first?",
        (
            wrong(
                "$<down>$",
                r"That is straight against the gradient: the steepest way down, with slope $<steepest_down>$.",
            ),
            wrong(
                "$<swapped>$",
                r"The entries have changed places, but the inner product with the gradient is $<at_swapped>$, "
                r"so $f$ rises. A right angle needs one sign turned as well.",
            ),
            right(
                "$<level>$",
                r"Its inner product with the gradient is $<at_level>$. At a right angle to the gradient you walk along "
                "the contour.",
            ),
        ),
        _level,
    ),
    Question(
        "sec-1-steepest",
        "The contours of an error are long, narrow ellipses. You walk straight on in the direction of the negative "
        "gradient at your starting point. Will you come to the lowest point?",
        (
            wrong(
                "Yes, the negative gradient points at it.",
                "It points down the steepest way from where you stand. It knows nothing of the lowest point, which "
                "may be far away.",
            ),
            right(
                "From most starting points, no.",
                "You set off at a right angle to the contour, and on a long ellipse that is seldom the way to the "
                "centre. On circles it always is.",
            ),
            wrong(
                "No, you walk round on a contour.",
                "Along a contour the slope is 0. The negative gradient stands at a right angle to it, and leads down.",
            ),
        ),
    ),
    Question(
        "sec-1-descent",
        r"Gradient descent runs with a right gradient, and the errors are $<a>$, $<b>$, $<c>$, $<d>$. What will help?",
        (
            wrong(
                "A plus in place of the minus.",
                "A plus steps uphill. Against the gradient the error does fall at first; here each step goes on too "
                "far, past the bottom and up the other side.",
            ),
            wrong(
                "More steps at the same rate.",
                "Each step lands higher than the one before, where the gradient is larger still. So the next step is "
                "even longer.",
            ),
            right(
                "A smaller learning rate.",
                "A step against the gradient lowers the error only while the step is small. Here each one oversteps "
                "the valley.",
            ),
        ),
        _overshoot,
    ),
    Question(
        "sec-1-descent",
        r"At the learning rate $\eta = <rate:decimal>$, with $\partial L/\partial w_1 = <by_1>$ and "
        r"$\partial L/\partial w_2 = <by_2:decimal>$: how does $w_2$ move?",
        (
            right(
                "Up by $<step:decimal>$.",
                r"Each weight moves by $-\eta$ times its own partial derivative. What $w_1$ does, plays no part.",
            ),
            wrong(
                "Down by $<step:decimal>$.",
                r"The size is right. But we *subtract* $\eta$ times a negative derivative. A negative derivative says "
                "that more of $w_2$ means less error.",
            ),
            wrong(
                "Up by $<rate:decimal>$.",
                r"The learning rate is not the length of the step. It is multiplied by the derivative: a weight that "
                "hardly matters hardly moves.",
            ),
        ),
        _own_step,
    ),
    Question(
        "sec-1-descent",
        r"The gradient is $<gradient>$, of length $<length>$, and $\eta = <rate:decimal>$. About how much does the "
        "error fall in one step?",
        (
            wrong(
                "$<slope_once:decimal>$",
                r"That is how far you *go*: $\eta$ times the length of the gradient. The fall is this way times the "
                r"slope, and the slope is the length of the gradient once more.",
            ),
            right(
                "$<right:decimal>$",
                r"The fall is about $\eta\,\lVert \nabla f \rVert^2$. The gradient counts twice: for the slope, and "
                "for how far you go.",
            ),
            wrong(
                "$<entries_added:decimal>$",
                r"Here the entries were added. Each weight moves by $\eta$ times its entry, and lowers the error by "
                "that entry times the move. So the *squares* add up.",
            ),
        ),
        _fall,
    ),
)
