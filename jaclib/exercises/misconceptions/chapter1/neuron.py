"""Slips on the way back through one neuron."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
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
        "In $z = wx + b$ the derivative by $w$ is $x$, and the derivative by $x$ is $w$. Say which one moves, and hold "
        "the other still.",
        "sec-1-neuron",
    ),
    "sigmoid-slope-misremembered": Misconception(
        r"The slope of the sigmoid taken for $a^2$",
        r"The slope of the sigmoid is $a (1 - a)$. It is small at both ends, where the curve is flat. At $z = 0$, "
        r"where $a = \frac12$, $a^2$ happens to give the same.",
        "sec-1-neuron",
    ),
    "half-slope": Misconception(
        "One of the two factors of the sigmoid's slope",
        r"The slope of the sigmoid is the product $a (1 - a)$.",
        "sec-1-neuron",
    ),
    "value-for-slope": Misconception(
        "The activation taken for its slope",
        "You multiplied by the activation $a$. On the way back a step contributes its local derivative: for the "
        "sigmoid, the slope $a (1 - a)$.",
        "sec-1-neuron",
    ),
    "slope-already-cancelled": Misconception(
        "A slope that has cancelled already",
        r"For the cross-entropy, $\partial L / \partial a$ has $a (1 - a)$ in its denominator, and the slope of the "
        r"sigmoid cancels it. You have one factor $a (1 - a)$ too many.",
        "sec-1-neuron",
    ),
    "weight-factor-lost": Misconception(
        "The weight lost",
        "What goes back through a connection is multiplied by its weight, just as the signal was on the way forward.",
        "sec-1-neuron",
    ),
    "bias-given-a-factor": Misconception(
        "A factor given to the bias",
        r"In $z = w \cdot x + b$ the bias is added as it is, so $\partial z / \partial b = 1$, and the derivative by "
        r"the bias is the error signal itself.",
        "sec-1-neuron",
    ),
    "products-not-summed": Misconception(
        "The products of the net input not added up",
        r"The net input $w \cdot x + b$ is a single number: the sum of all products of a weight with its input. In "
        r"NumPy `w * x` leaves the products apart; `w @ x` adds them up.",
        "sec-1-neuron",
    ),
    "result-left-out": Misconception(
        "A result left out",
        "Everything that went into the net input has its share of the error: the weights, the input, and the bias.",
        "sec-1-neuron",
    ),
    "target-left-out": Misconception(
        "The target left out",
        "The error signal starts with output minus target. Without the target the neuron is driven to 0, whatever it "
        "should learn.",
        "sec-1-neuron",
    ),
}
