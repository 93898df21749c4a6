"""Quick questions on zooming in and on the best linear map."""

from __future__ import annotations

from fractions import Fraction

from sympy import Matrix, symbols

from questions._entry import Question, right, wrong

x, y = symbols("x y")


def _nudge():
    effect = Matrix([Fraction(3, 100), Fraction(-1, 100)])
    times = -2
    return {
        "effect_1": effect[0],
        "effect_2": effect[1],
        "times": times,
        "right_1": times * effect[0],
        "right_2": times * effect[1],
        "no_sign_1": abs(times) * effect[0],
        "no_sign_2": abs(times) * effect[1],
    }


def _straight():
    point, step = {x: 1, y: 1}, 10
    f = Matrix([3 * x - y + 5, x + 2 * y])
    J, v = f.jacobian([x, y]), step * Matrix([Fraction(3, 5), Fraction(4, 5)])
    gap = f.subs({x: 1 + v[0], y: 1 + v[1]}, simultaneous=True) - f.subs(point) - J * v
    return {"step": step, "shift": f.subs({x: 0, y: 0})[0], "error": gap.norm()}


def _halving():
    errors = [Fraction(8, 100) / 2**k for k in range(3)]
    return {"e_0": errors[0], "e_1": errors[1], "e_2": errors[2], "good": errors[0] / 2**2}


QUESTIONS = (
    Question(
        "sec-2-zoom",
        "At 16 times zoom the bent grid looks straight around the black dot. Now you zoom in at another point of the "
        "same sheet. What do you see?",
        (
            wrong(
                "The same straight grid as before, with the same slants and spacings.",
                "A bent sheet is stretched in different ways at different places. Each point has a linear map of its "
                "own, and so a matrix of its own.",
            ),
            right(
                "A straight grid again, but as a rule with other slants and spacings.",
                "A smooth function acts like a linear map near *every* point. Which linear map it is depends on the "
                "point.",
            ),
            wrong(
                "A grid that stays bent, since the linear map was made for the dot.",
                "The linear map of the dot is indeed a poor match elsewhere. But the other point has its own, and "
                "close to it the grid is straight too.",
            ),
        ),
    ),
    Question(
        "sec-2-zoom",
        "A tiny nudge $v$ of the input moves the output by about $(<effect_1:decimal>, <effect_2:decimal>)$. By how "
        "much does the nudge $<times>v$ from the same point move it?",
        (
            right(
                "By about $(<right_1:decimal>, <right_2:decimal>)$",
                "Close to a point the function acts like a linear map: a nudge that is $<times>$ times as large has "
                "$<times>$ times the effect.",
            ),
            wrong(
                "By about $(<no_sign_1:decimal>, <no_sign_2:decimal>)$",
                "The size is right. But the nudge goes the opposite way, and under a linear map the effect then turns "
                "around as well.",
            ),
            wrong(
                "That cannot be said without the four numbers of the matrix.",
                "For another direction you would need them. This nudge is a multiple of $v$, and a linear map takes "
                "multiples to multiples.",
            ),
        ),
        _nudge,
    ),
    Question(
        "sec-2-zoom",
        "You know the Jacobian $J$ at a point, and you want the output to move by a small $d$. Which nudge $v$ of the "
        "input do you try?",
        (
            wrong(
                "$v = Jd$",
                "$J$ takes a nudge of the *input* and says what the output does. Here the effect is known, and the "
                "nudge is wanted.",
            ),
            wrong(
                "The entries of $d$, each divided by its entry on the diagonal of $J$",
                "That would be right if each output reacted to its own input alone. As a rule every output reacts to "
                "every input.",
            ),
            right(
                "The $v$ that solves $Jv = d$",
                "$Jv$ is what the nudge $v$ does to the output, to a good approximation. It should be $d$, and that "
                "is a linear system for $v$.",
            ),
        ),
    ),
    Question(
        "sec-2-linear",
        r"For $f(x, y) = (3x - y + <shift>,\; x + 2y)$ you predict $f(a + v)$ by $f(a) + Jv$, with a step $v$ of "
        r"length $<step>$. How large is the error?",
        (
            right(
                "It is $<error>$, for this step and for every other.",
                "The error comes from bending, and this function does not bend: all its second derivatives are zero.",
            ),
            wrong(
                "It is large: a linear prediction is good for short steps only.",
                "That holds for functions that bend. The bound on the error has the second derivative in it, and here "
                "that is zero.",
            ),
            wrong(
                "It is $<shift>$, since the constant is not part of the linear map.",
                "The constant is not in $J$, but it is in $f(a)$, and so the prediction $f(a) + Jv$ has it too.",
            ),
        ),
        _straight,
    ),
    Question(
        "sec-2-linear",
        "You have derived the Jacobian of a smooth function that bends, and test it. Each time you halve the step, "
        "the error of the prediction is halved: $<e_0:decimal>$, $<e_1:decimal>$, $<e_2:decimal>$. What do you "
        "conclude?",
        (
            wrong(
                "The matrix is right, since the error goes to zero.",
                "With *any* matrix the error goes to zero, because the step does. Only with the right one does it go "
                "to zero faster than the step.",
            ),
            right(
                "The matrix is wrong: the error falls only like the step.",
                "With the right matrix the error falls like $t^2$. Half the step would have given a quarter of the "
                "error, $<good:decimal>$ in the second place.",
            ),
            wrong(
                "The steps are still too long: smaller ones will tell.",
                r"An error that keeps falling like $t$ has a part $t\,(J - A)v$ in it, where $A$ is your matrix. "
                r"Smaller steps show the same line.",
            ),
        ),
        _halving,
    ),
    Question(
        "sec-2-linear",
        "At a point $a$ all partial derivatives of a function exist, and you have written them into a matrix. Nothing "
        "else is known about the function. What follows?",
        (
            wrong(
                "The function is differentiable at $a$, and this matrix is its derivative.",
                "The partial derivatives look along the axes only. The function $q$ of the warning has both of them "
                "at the origin, and along the diagonal the prediction fails.",
            ),
            wrong(
                "The function is continuous at $a$ at least, though it may have an edge there.",
                "Even this does not follow. The function $q$ of the warning jumps: arbitrarily close to the origin it "
                "has values far from $q(0, 0)$, although both partial derivatives exist.",
            ),
            right(
                "If there is a best linear map, it is this one; whether there is one stays open.",
                "A best linear map must have the partial derivatives as its entries. That they are continuous near "
                "$a$ would be enough for it to exist.",
            ),
        ),
    ),
)
