"""Slips with partial derivatives, the chain rule and backpropagation."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "partials-swapped": Misconception(
        "The partial derivatives swapped",
        "The entries of a gradient stand in the order of the variables: the derivative by the first variable comes "
        "first.",
        "sec-1-gradient",
    ),
    "one-path-only": Misconception(
        "One path left out",
        "A variable acts on the output along every path of the graph. The derivative is the sum over all of them, so "
        "each "
        "path that is left out is missing in the sum.",
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
    "activation-slope-forgotten": Misconception(
        "The slope of the activation forgotten",
        r"On the way back the error passes through the squashing function and is multiplied by its slope $\sigma'(z)$.",
        "sec-1-neuron",
    ),
    "activation-slope-at-output": Misconception(
        "The slope of the activation taken at the wrong place",
        r"$\sigma'$ is evaluated where $\sigma$ was: at the net input $z$. In terms of the output it is $a(1 - a)$, "
        r"which is not $\sigma'(a)$.",
        "sec-1-neuron",
    ),
    "error-reversed": Misconception(
        "The error taken the wrong way round",
        r"The derivative of $\frac12 (a - t)^2$ by $a$ is $a - t$: output minus target.",
        "sec-1-neuron",
    ),
    "half-of-the-loss-lost": Misconception(
        "The ½ of the loss lost",
        r"The square brings down a factor 2, and the $\frac12$ in front of the loss cancels it.",
        "sec-1-neuron",
    ),
    "input-factor-lost": Misconception(
        "The input lost",
        "A weight's derivative is the error signal times what came in through that weight.",
        "sec-1-neuron",
    ),
    "by-the-other-argument": Misconception(
        "Differentiated by the other argument",
        r"In $z = wx + b$ the derivative by $w$ is $x$, and the derivative by $x$ is $w$. Say which one moves, and "
        r"hold "
        "the other still.",
        "sec-1-neuron",
    ),
    "product-in-wrong-order": Misconception(
        "The matrices multiplied the other way round",
        "A matrix product changes when its factors change places. Write the shapes beside the factors: the inner two "
        "must "
        "agree, and the outer two are the shape of the result.",
        "sec-1-layer",
    ),
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
    "convention-for-a-set": Misconception(
        "One convention taken for all subgradients",
        "At a kink there is no derivative. A library picks one number there, and a central difference gives another; "
        "the subgradients are all the slopes of lines that touch the graph there and stay below it everywhere.",
        "sec-1-kinks",
    ),
    "batch-averaged": Misconception(
        "A mean over the batch in place of a sum",
        "A parameter acts in every example of a batch, so the gradients of the examples are added. A mean appears "
        "only where the "
        "loss itself is one.",
        "sec-1-layer",
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
}
