"""Slips with difference quotients, gradient checks and kinks."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "one-sided-difference": Misconception(
        "A one-sided difference",
        r"$\frac{f(x + h) - f(x)}{h}$ has an error proportional to $h$. Steps to both sides cancel that part of the "
        r"error.",
        "sec-1-check",
    ),
    "step-counted-once": Misconception(
        "Divided by the wrong step",
        r"From $x - h$ to $x + h$ the distance is $2h$, and a slope is the rise over the distance.",
        "sec-1-check",
    ),
    "terms-balanced-for-smallest": Misconception(
        "Where two terms are equal, their sum is not the smallest",
        "You made the two terms equal, which comes close. The sum is smallest where its derivative is zero: where one "
        "term falls as fast as the other one rises.",
        "sec-1-check",
    ),
    "rounding-alone": Misconception(
        "The smaller the step, the better",
        "A difference of nearly equal values keeps their rounding errors, and the division by a tiny step makes them "
        "large. Below the best step the error grows again.",
        "sec-1-check",
    ),
    "root-of-wrong-order": Misconception(
        "The root of the wrong order",
        "The best step of a central difference is a cube root, since the truncation error grows like $h^2$ and the "
        "rounding error like $1/h$. For a one-sided difference it is a square root.",
        "sec-1-check",
    ),
    "quotient-without-brackets": Misconception(
        "A quotient without brackets",
        "In code, `a / 2 * h` divides by 2 and then multiplies by `h`, and `a - b / c` divides `b` alone. Put brackets "
        "around a numerator that is a sum, and around a denominator that is a product.",
        "sec-1-check",
    ),
    "difference-reversed": Misconception(
        "A difference taken the wrong way round",
        "A slope is the value on the right minus the value on the left, over the distance. In the other order its sign "
        "is wrong.",
        "sec-1-check",
    ),
    "shape-taken-for-proof": Misconception(
        "A right shape taken for a right gradient",
        "Most mistakes in a gradient leave its shape as it is. Check values, not shapes.",
        "sec-1-check",
    ),
    "checked-at-a-special-point": Misconception(
        "Checked where different mistakes agree",
        r"With zero weights every net input is 0, where the sigmoid is $\frac12$, and $a (1 - a)$ and $a^2$ are the "
        r"same. Check where nothing is special: at random points.",
        "sec-1-check",
    ),
    "falling-loss-for-proof": Misconception(
        "A falling loss taken for a right gradient",
        "A wrong gradient often points downhill too. The loss falls, only more slowly, or to a worse place.",
        "sec-1-check",
    ),
    "convention-for-a-set": Misconception(
        "One convention taken for all subgradients",
        "At a kink there is no derivative. A library picks one number there, and a central difference gives another; "
        "the subgradients are all the slopes of lines that touch the graph there and stay below it everywhere.",
        "sec-1-kinks",
    ),
    "one-sided-slopes-only": Misconception(
        "Only the slopes of the two sides",
        "The slopes of the two sides are subgradients, and so is every slope between them.",
        "sec-1-kinks",
    ),
    "ends-left-out": Misconception(
        "The ends of the interval left out",
        "A line that touches the graph along a whole side still stays on or below it, so its slope belongs to the set.",
        "sec-1-kinks",
    ),
    "kink-overlooked": Misconception(
        "A kink between the two points overlooked",
        "If a kink lies between the two points of a difference, the quotient mixes the slopes of both sides. It is the "
        "derivative of neither.",
        "sec-1-kinks",
    ),
    "one-side-of-the-kink-only": Misconception(
        "The condition used on one side only",
        "A subgradient's line must stay on or below the graph everywhere, to the left of the kink and to the right of "
        "it.",
        "sec-1-kinks",
    ),
    "other-function-at-the-kink": Misconception(
        "The set of another function",
        "At a corner that opens upwards the subgradients fill the interval between the slopes of the two sides. Find "
        "these two slopes for the function at hand.",
        "sec-1-kinks",
    ),
}
