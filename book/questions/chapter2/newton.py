"""Quick questions on Newton's method and on singular points."""

from __future__ import annotations

from fractions import Fraction

from sympy import Matrix, cos, exp, periodicity, simplify, sin, symbols

from questions._entry import Question, right, wrong

x, y = symbols("x y")


def _slow():
    errors = [Fraction(1, 10**k) for k in range(1, 5)]
    return {**{f"e_{k}": error for k, error in enumerate(errors, start=1)}, "next": errors[1] ** 2}


def _collapsed():
    J = Matrix([[2, 1], [4, 2]])
    lost = 2 * J.nullspace()[0]
    return {"J": J, "first": J[:, 0], "second": J[:, 1], "lost": lost, "zero": J * lost}


def _half_axes():
    long, short = 4, Fraction(1, 10)
    return {"long": long, "short": short, "det": long * short, "right": 1 / short, "by_det": 1 / (long * short)}


def _spiral():
    f = Matrix([exp(x) * cos(y), exp(x) * sin(y)])
    return {"f": f, "det": simplify(f.jacobian([x, y]).det()), "period": periodicity(cos(y), y)}


QUESTIONS = (
    Question(
        "sec-2-newton",
        r"A Newton loop for two smooth equations has the errors $<e_1:decimal>$, $<e_2:decimal>$, $<e_3:decimal>$, "
        r"$<e_4:decimal>$. At the solution $\det J$ is far from 0. What do you make of it?",
        (
            wrong(
                "All is well: each step gains a digit.",
                "That is progress, but not Newton's. Close to a solution the number of digits doubles: after "
                "$<e_2:decimal>$ should come about $<next:decimal>$.",
            ),
            right(
                "The Jacobian in the program is probably wrong.",
                "With the right one, each error would be about the square of the one before. A loop that gains a "
                "fixed factor each time works with a wrong linear map.",
            ),
            wrong(
                "The start was too far away from the solution.",
                "Then the first steps would be poor. These are close to the solution already, and there Newton's "
                "method should be at its fastest.",
            ),
        ),
        _slow,
    ),
    Question(
        "sec-2-newton",
        "The equations happen to be linear: $F(x) = Ax - b$, with an invertible $A$. You start far from the solution. "
        "How many steps does Newton's method take?",
        (
            right(
                "One, from every start",
                "The linear prediction of $F$ has no error here. So where the prediction is zero, $F$ itself is zero.",
            ),
            wrong(
                "About five, as the digits double each time",
                "Digits double because the error of the prediction goes with the square of the step. For a linear $F$ "
                "this error is zero.",
            ),
            wrong(
                "That is open: it works only near a solution",
                "Far away a linear prediction can be poor, because the function bends on the way. This one does not "
                "bend.",
            ),
        ),
    ),
    Question(
        "sec-2-newton",
        r"At the present guess $\det J = 0$, and $F$ is not zero. What happens in the next step of Newton's method?",
        (
            wrong(
                "The step is zero, so the method stays where it is.",
                "A step $s = 0$ would need $Js = 0$. But $Js$ should be $-F$, which is not zero.",
            ),
            wrong(
                "The method has arrived, since the determinant is zero.",
                "The solution is where $F$ is zero. The determinant of $J$ says whether a step can be computed.",
            ),
            right(
                "There is no step that fits, or there are very many.",
                r"The system $Js = -F$ has no solution then, or infinitely many. It has exactly one where $\det J "
                r"\neq 0$.",
            ),
        ),
    ),
    Question(
        "sec-2-singular",
        "In a certain pose an arm has the Jacobian $<J>$. In which directions can the tip move at this instant?",
        (
            wrong(
                "Along $<first>$ and along $<second>$, and so anywhere",
                "These two columns lie on one line. However the motors run, the tip stays on it.",
            ),
            right(
                "Along the line through $<second>$, and no other",
                "The velocity of the tip is a sum of multiples of the columns, and both columns lie on this line.",
            ),
            wrong(
                "Along the line through $<lost>$, and no other",
                "With these speeds the *motors* run and the tip stands still: $J$ takes $<lost>$ to $<zero>$. It is a "
                "direction of the input that is lost.",
            ),
        ),
        _collapsed,
    ),
    Question(
        "sec-2-singular",
        r"The velocity ellipse of an arm has the half axes $<long>$ and $<short:decimal>$. The tip should move with "
        r"speed 1 along the short axis. How large must the speed of the motors, $\lVert\dot\theta\rVert$, be?",
        (
            wrong(
                "$<short:decimal>$",
                "That is how fast the *tip* moves along the short axis when the motors run with speed 1. Here the "
                "speed of the tip is given, and one has to divide.",
            ),
            wrong(
                "$<by_det:decimal>$",
                "That is one over the determinant, $<det:decimal>$. The determinant is the scale of areas, the "
                "product of both half axes. Along one axis only its own length counts.",
            ),
            right(
                "$<right:decimal>$",
                "Motors with speed 1 give the tip the speed $<short:decimal>$ in this direction, the half axis. For "
                "speed 1 they must run $<right:decimal>$ times as fast.",
            ),
        ),
        _half_axes,
    ),
    Question(
        "sec-2-singular",
        "The map $f(x, y) = <f>$ has the determinant $<det>$, which is zero nowhere. Is $f$ one-to-one on the whole "
        "plane?",
        (
            right(
                "No: $y$ and $y + <period>$ lead to the same place.",
                "The inverse function theorem promises an inverse *near* each point. Far apart, two points may still "
                "have the same image.",
            ),
            wrong(
                "Yes, since the determinant is zero nowhere.",
                "That promises only that no two points *close* to each other have the same image. Cosine and sine do "
                "not change when $y$ grows by $<period>$.",
            ),
            wrong(
                "No, and so it has no inverse near any point.",
                "It is not one-to-one on the whole plane. But the determinant is not zero, and so near each point "
                "there is an inverse.",
            ),
        ),
        _spiral,
    ),
)
