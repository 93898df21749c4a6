"""Slips with slopes: sensitivities, partial derivatives, gradients, steps down."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "sign-of-the-change": Misconception(
        "The sign of a change lost",
        "A positive derivative lets the value grow when the input grows, a negative one lets it fall.",
        "sec-1-sensitivity",
    ),
    "change-for-the-value": Misconception(
        "The change given for the value",
        "A derivative times a step is a change. The new value is the old one with the change added.",
        "sec-1-sensitivity",
    ),
    "slope-for-the-change": Misconception(
        "The slope taken for the change",
        "A derivative is a change per unit of the input. Multiply it by how far the input moves.",
        "sec-1-sensitivity",
    ),
    "position-for-the-step": Misconception(
        "The position taken for the step",
        "A derivative is multiplied by a change of the input, not by the input.",
        "sec-1-sensitivity",
    ),
    "constant-kept": Misconception(
        "A constant term that did not go away",
        "A term without the variable that moves does not change, so its derivative is 0.",
        "sec-1-partial",
    ),
    "constant-lost": Misconception(
        "A constant factor lost",
        "A constant factor stays in the derivative; only a constant term goes away.",
        "sec-1-partial",
    ),
    "other-variable-moved": Misconception(
        "Differentiated by the other variable",
        r"$\partial f / \partial x$ moves $x$, and $\partial f / \partial y$ moves $y$. Everything that comes from the "
        r"chain rule is differentiated by the same variable.",
        "sec-1-partial",
    ),
    "both-variables-moved": Misconception(
        "Both variables moved",
        "In a partial derivative one variable moves and all others hold still, as if they were numbers.",
        "sec-1-partial",
    ),
    "partials-swapped": Misconception(
        "The partial derivatives swapped",
        "The entries of a gradient stand in the order of the variables: the derivative by the first variable comes "
        "first.",
        "sec-1-gradient",
    ),
    "direction-not-normalised": Misconception(
        "A direction that is not of length 1",
        "A slope is a change per unit of distance. Divide a vector by its length before it serves as a direction, or "
        "the slope depends on how long somebody drew the arrow.",
        "sec-1-gradient",
    ),
    "direction-ignored": Misconception(
        "The direction ignored",
        "Each partial derivative counts by as much as its variable moves: the slope is the inner product of the "
        "gradient with the direction.",
        "sec-1-gradient",
    ),
    "steepest-for-any-direction": Misconception(
        "The steepest slope taken for any slope",
        "The length of the gradient is the slope in one direction only, that of the gradient. In every other direction "
        "the slope is smaller.",
        "sec-1-steepest",
    ),
    "gradient-along-the-contour": Misconception(
        "The gradient laid along the contour",
        "Along a contour line the value does not change, so the slope there is 0. The gradient stands at a right angle "
        "to it.",
        "sec-1-steepest",
    ),
    "distance-for-slope": Misconception(
        "The distance of contour lines taken for the slope",
        "Where contour lines are close together it is steep. The slope is the change from line to line, divided by "
        "their distance.",
        "sec-1-steepest",
    ),
    "downhill-for-gradient": Misconception(
        "The way down taken for the gradient",
        "The gradient points up: in its direction the function grows fastest. The way down is its opposite.",
        "sec-1-steepest",
    ),
    "step-uphill": Misconception(
        "A step up in place of a step down",
        "The gradient points to where the function grows. To make it smaller, step against the gradient: subtract.",
        "sec-1-descent",
    ),
    "learning-rate-forgotten": Misconception(
        "The learning rate forgotten",
        r"The gradient says how steep it is, not how far to go. The step is the gradient times the learning rate "
        r"$\eta$.",
        "sec-1-descent",
    ),
    "step-for-the-point": Misconception(
        "The step taken for the new point",
        "A step is a difference between two points. The new point is the old one with the step added.",
        "sec-1-descent",
    ),
    "step-made-of-unit-length": Misconception(
        "The gradient shortened to length 1",
        r"You divided the gradient by its length. A directional derivative wants a vector of length 1; gradient "
        r"descent does not: each variable moves by $\eta$ times its own partial derivative, so on steep ground the "
        r"steps are longer.",
        "sec-1-descent",
    ),
    "updated-one-by-one": Misconception(
        "One variable updated before the other",
        "The gradient belongs to one point. If the first variable moves before the second derivative is taken, the two "
        "entries belong to two different points.",
        "sec-1-descent",
    ),
}
