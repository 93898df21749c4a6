"""Quick questions on slopes: sensitivity, partial derivatives, the gradient."""

from __future__ import annotations

from sympy import Matrix, Rational, diff, symbols

from questions._entry import Question, right, wrong

x, y, w = symbols("x y w")


def _line():
    error = 11 - 10 * w + Rational(11, 3) * w**2
    slope = diff(error, w)
    return {"height": error.subs(w, 0), "at_0": slope.subs(w, 0), "drop": -slope.subs(w, 0), "at_3": slope.subs(w, 3)}


def _miss():
    error = 7 - 3 * w + 2 * w**2
    slope = diff(error, w).subs(w, 0)

    def miss(turn):
        return error.subs(w, turn) - error.subs(w, 0) - slope * turn

    full, half = Rational(1, 5), Rational(1, 10)
    return {
        "full": full,
        "half": half,
        "before": miss(full),
        "right": miss(half),
        "in_step": miss(full) * half / full,
        "shrinks": miss(full) / miss(half),
    }


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


def _shapes():
    return {"n": 64}


def _opposite():
    gradient, u = Matrix([1, 3]), Matrix([3, 4]) / 5
    return {"slope": gradient.dot(u), "back": gradient.dot(-u)}


def _cancel():
    by_x, by_y, dx, dy = 3, -1, Rational(1, 10), Rational(3, 10)
    return {
        "by_x": by_x,
        "by_y": by_y,
        "dx": dx,
        "dy": dy,
        "change": by_x * dx + by_y * dy,
        "without_signs": abs(by_x * dx) + abs(by_y * dy),
        "slopes_added": by_x + by_y,
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
        "sec-1-sensitivity",
        r"The error is a quadratic again. You turn the dial by $<full:decimal>$, and the estimate $L'(w)\,\Delta w$ "
        r"misses the true change by $<before:decimal>$. How large is the miss for half the turn, $<half:decimal>$?",
        (
            wrong(
                "$<in_step:decimal>$",
                "That is the miss shrinking in step with the turn. But the estimate leaves out a term with the "
                "*square* of the turn, so it gets better faster than that.",
            ),
            wrong(
                "$<before:decimal>$",
                "The slope stays the same, but the miss is what the slope leaves out. That part shrinks with the "
                "turn, and faster than the turn itself.",
            ),
            right(
                "$<right:decimal>$",
                r"The estimate leaves out a term with $(\Delta w)^2$. Half the turn makes that term $<shrinks>$ times "
                "smaller.",
            ),
        ),
        _miss,
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
    Question(
        "sec-1-partial",
        r"A line $wx + b$ runs below all the points $(x_i, t_i)$. Which signs do $\partial L/\partial w$ and "
        r"$\partial L/\partial b$ have?",
        (
            wrong(
                "Both are negative, since the line has to go up.",
                r"For $b$ that is so. But in $\partial L/\partial w$ each miss $r_i$ is multiplied by $x_i$. Where "
                r"$x_i < 0$, a larger slope *lowers* the line.",
            ),
            right(
                r"$\partial L/\partial b$ is negative, $\partial L/\partial w$ can have either sign.",
                r"Every miss $r_i = wx_i + b - t_i$ is negative, and $\partial L/\partial b$ adds them up. In "
                r"$\partial L/\partial w$ each is multiplied by $x_i$ first, and $x_i$ may have either sign.",
            ),
            wrong(
                "Both are positive, since the points lie above the line.",
                r"The miss is line minus point, so below the points it is negative. Turn $b$ up and the error "
                r"shrinks: that is a negative derivative. And $\partial L/\partial w$ depends on the $x_i$ too.",
            ),
        ),
    ),
    Question(
        "sec-1-gradient",
        r"A loss depends on a vector of $<n>$ weights. Which shapes do its Jacobian and, in code, its gradient have?",
        (
            right(
                r"Jacobian $1 \times <n>$, gradient `(<n>,)`.",
                "One output, so the Jacobian has one row, with a column for each input. The gradient has the shape of "
                "the variable that it belongs to.",
            ),
            wrong(
                r"Jacobian $<n> \times 1$, gradient `(1, <n>)`.",
                "This has them the wrong way round. Rows of a Jacobian are outputs, and there is one. The gradient "
                "is as long as the vector of weights.",
            ),
            wrong(
                r"Jacobian $<n> \times <n>$, gradient `(<n>,)`.",
                r"The gradient is right. A square Jacobian would need $<n>$ outputs; a loss is a single number, so "
                "there is one row.",
            ),
        ),
        _shapes,
    ),
    Question(
        "sec-1-gradient",
        r"In the direction $u$ the slope of $f$ is $<slope>$. What is the slope in the opposite direction, $-u$?",
        (
            wrong(
                "$<slope>$",
                "It is as steep both ways, but a slope has a sign. Turn round on a road that climbs, and it falls.",
            ),
            wrong(
                "One direction does not tell.",
                r"For most other directions that is so. But $\nabla f \cdot (-u)$ is $\nabla f \cdot u$ with the other "
                "sign, whatever the gradient is.",
            ),
            right(
                "$<back>$",
                r"$\nabla f \cdot (-u) = -(\nabla f \cdot u)$. What climbs one way falls the other way.",
            ),
        ),
        _opposite,
    ),
    Question(
        "sec-1-gradient",
        r"At a point, $\partial f/\partial x = <by_x>$ and $\partial f/\partial y = <by_y>$. You turn $x$ up by "
        r"$<dx:decimal>$ and $y$ up by $<dy:decimal>$. What does the estimate say about $f$?",
        (
            wrong(
                "It grows by about $<without_signs:decimal>$.",
                r"Both changes were counted as upward. But $\partial f/\partial y$ is negative: turning $y$ up takes "
                r"$f$ down.",
            ),
            right(
                "It stays nearly as it is.",
                r"Each input contributes its sensitivity times its own step: $<by_x> \cdot <dx:decimal> + (<by_y>) "
                r"\cdot <dy:decimal> = <change>$. The two changes cancel.",
            ),
            wrong(
                "It grows by about $<slopes_added>$.",
                "Here the sensitivities were added as they are. Each one has to be multiplied by how far its input "
                "moves.",
            ),
        ),
        _cancel,
    ),
)
