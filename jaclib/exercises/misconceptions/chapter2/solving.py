"""Slips with Newton's method, singular points, implicit functions and the Jacobian of a classifier."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "newton-step-reversed": Misconception(
        "A step of Newton's method in the wrong direction",
        "The linear prediction $F + Js$ is to be zero, so $Js = -F$. Without the minus the step leads to where the "
        "prediction is twice as large.",
        "sec-2-newton",
    ),
    "multiplied-not-solved": Misconception(
        "Multiplied by the Jacobian where a system has to be solved",
        "$Js$ says what a step $s$ does. Here the effect is known and the step is wanted: solve the linear system.",
        "sec-2-newton",
    ),
    "equations-solved-one-by-one": Misconception(
        "Each equation solved alone",
        "You divided by the diagonal of the Jacobian, as if each equation had a variable of its own. Every variable "
        "acts on every equation, so the equations have to be solved together.",
        "sec-2-newton",
    ),
    "right-hand-side-lost": Misconception(
        "The right-hand side of the equations lost",
        "Newton's method looks for a zero. Bring each equation into the form $F = 0$ first: what stands on the right "
        "is subtracted.",
        "sec-2-newton",
    ),
    "jacobian-not-renewed": Misconception(
        "The Jacobian of the start kept for all steps",
        "The linear map belongs to one point. After a step both $F$ and its Jacobian have to be taken at the new "
        "point, or the digits no longer double.",
        "sec-2-newton",
    ),
    "number-of-steps": Misconception(
        "Another number of steps",
        "A loop over `range(steps)` runs `steps` times: not at all for 0, once for 1.",
        "sec-2-newton",
    ),
    "input-changed-in-place": Misconception(
        "An array of the caller changed in place",
        "`x += s` writes into the array that was passed, and `x = x + s` makes a new one. The caller still needs the "
        "old one.",
        "sec-2-newton",
    ),
    "angle-from-the-horizontal": Misconception(
        "The angle of the elbow measured from the horizontal",
        "The elbow's angle is measured from the first link. From the horizontal, the second link has the sum of both "
        "angles.",
        "sec-2-singular",
    ),
    "sign-of-the-cosine": Misconception(
        "The sign in the derivative of the cosine",
        r"The derivative of $\cos$ is $-\sin$: from angle 0 the cosine falls.",
        "sec-2-singular",
    ),
    "inverse-not-taken": Misconception(
        "The Jacobian of the function in place of its inverse",
        "The function and its inverse undo each other, and so do their Jacobians: one is the inverse matrix of the "
        "other.",
        "sec-2-singular",
    ),
    "inverted-entry-by-entry": Misconception(
        "A matrix inverted entry by entry",
        "The inverse of a matrix is not made of the reciprocals of its entries. Multiplied by the matrix it must give "
        "the identity.",
        "sec-2-singular",
    ),
    "inverse-misremembered": Misconception(
        "The formula for the inverse of a 2 × 2 matrix",
        "Exchange the entries on the diagonal, change the signs of the other two, and divide by the determinant. A "
        "product with the matrix itself shows whether it is right.",
        "sec-2-singular",
    ),
    "one-root-only": Misconception(
        "One solution left out",
        "An equation such as $x^2 = 9$ has two solutions, one on either side of zero.",
        "sec-2-singular",
    ),
    "square-left-standing": Misconception(
        "A square left standing",
        "You stopped at the value of $x^2$. Asked for is $x$.",
        "sec-2-singular",
    ),
    "zero-entry-for-singular": Misconception(
        "A zero in the matrix taken for a zero determinant",
        "An entry that is zero does not make a matrix singular. It is singular where its columns lie on one line, "
        "which the determinant shows.",
        "sec-2-singular",
    ),
    "implicit-minus-lost": Misconception(
        "The minus of the implicit derivative lost",
        "What one variable adds to the equation, the other must take away, so that it goes on holding. Hence the "
        "minus in front of the quotient, or of the inverse matrix.",
        "sec-2-implicit",
    ),
    "other-variable-held-still": Misconception(
        "The dependent variable held still",
        "When $x$ moves alone, the equation no longer holds. The other variables have to move with it, and their "
        "speed is what is asked for.",
        "sec-2-implicit",
    ),
    "probabilities-not-balanced": Misconception(
        "The balance of the probabilities forgotten",
        "All the probabilities together are 1, before a nudge and after it. So the changes of all the classes together "
        "are 0.",
        "sec-2-digits",
    ),
    "changes-made-to-add-up-to-one": Misconception(
        "Changes that add up to 1",
        "Probabilities add up to 1. Their changes add up to 0: what one class gains, the others lose.",
        "sec-2-digits",
    ),
}
