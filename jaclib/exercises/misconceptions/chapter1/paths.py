"""Slips with paths: the chain rule on a graph, reuse, many inputs and outputs."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "one-path-only": Misconception(
        "One path left out",
        "A variable acts on the output along every path of the graph. The derivative is the sum over all of them, so "
        "each path that is left out is missing in the sum.",
        "sec-1-graph",
    ),
    "paths-multiplied": Misconception(
        "Paths multiplied",
        "Along one path the local derivatives are multiplied. Different paths are added: a small step of the variable "
        "acts along all of them at once, and the changes add up.",
        "sec-1-graph",
    ),
    "inner-derivative-forgotten": Misconception(
        "The inner derivative forgotten",
        "The chain rule multiplies the outer derivative by the derivative of what stands inside.",
        "sec-1-graph",
    ),
    "outer-derivative-forgotten": Misconception(
        "The outer derivative forgotten",
        "The chain rule multiplies the derivative of what stands inside by the derivative of the function around it.",
        "sec-1-graph",
    ),
    "logarithm-kept": Misconception(
        "The function kept in place of its derivative",
        "In the chain rule the outer function is replaced by its derivative, taken at what stands inside.",
        "sec-1-graph",
    ),
    "partials-left-out": Misconception(
        "The local derivatives left out",
        "Every arrow of the graph carries a partial derivative. What travels along the arrow is multiplied by it.",
        "sec-1-graph",
    ),
    "factors-exchanged": Misconception(
        "The factors of a product exchanged",
        "In $f = u v$ the derivative by $u$ is $v$, and the derivative by $v$ is $u$: each factor is multiplied by the "
        "other one.",
        "sec-1-graph",
    ),
    "gradients-overwritten": Misconception(
        "A gradient overwritten",
        "A value that is used several times receives a share of the gradient from every use. Each share is added to "
        "those that are there already; none may replace them.",
        "sec-1-reuse",
    ),
    "paths-not-added": Misconception(
        "Paths left side by side",
        "The product along each path is right. One number is asked for per input: add up all the paths that start "
        "there.",
        "sec-1-many",
    ),
    "upstream-left-out": Misconception(
        "The gradient that arrives left out",
        "You added up the local derivatives as they are. Each of them has to be multiplied by the gradient that "
        "arrives at its output.",
        "sec-1-many",
    ),
    "summed-over-wrong-index": Misconception(
        "A sum over the wrong index",
        "The sum runs over what lies between the input and the loss: over the outputs, and over the examples where a "
        "parameter is shared. The input that is asked for stays fixed.",
        "sec-1-many",
    ),
}
