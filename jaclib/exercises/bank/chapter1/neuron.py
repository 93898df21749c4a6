"""One neuron: net input, sigmoid, loss, and the way back to weights, bias and input."""

from __future__ import annotations

from sympy import Matrix, exp, log

from jaclib.exercises.entry import Exercise, Mistake


def _sigmoid(z):
    return 1 / (1 + exp(-z))


def _neuron(g):
    g.z = g.w.dot(g.x) + g.b
    g.a = _sigmoid(g.z)
    g.slope = g.a * (1 - g.a)
    g.slope_at_output = _sigmoid(g.a) * (1 - _sigmoid(g.a))
    g.error = g.a - g.t
    g.delta = g.error * g.slope


def _draw_neuron(rng):
    """Draw a neuron with net input ln 3, ln 2 or ln 4: away from 0, where different slips give the same number."""
    w = [rng.choice([-2, -1, 1, 2, 3]), rng.choice([-2, -1, 1, 2, 3])]
    x = [rng.choice([-1, 1, 2, 3]), rng.choice([-1, 1, 2, 3])]
    net = log(rng.choice([2, 3, 4]))
    return {"w": w, "x": x, "b": net - w[0] * x[0] - w[1] * x[1], "t": rng.choice([0, 1])}


_GIVEN = {"w": [2, -1], "x": [1, 2], "b": log(3), "t": 1}
_FORWARD = (
    r"A neuron has weights $w = <w>$, input $x = <x>$ and bias $b = <b>$. It computes $z = w \cdot x + b$ and $a = "
    r"\sigma(z)$, where $\sigma(z) = 1/(1 + e^{-z})$. The target is $t = <t>$"
)

_AT_OUTPUT = (
    r"You put the output $a$ into $\sigma'$. Which number went into the sigmoid on the way forward? There its slope is "
    r"wanted."
)

# What goes wrong on the way from the squared error to the net input: the wrong error signal, and what to say.
_WRONG_SIGNALS = [
    (
        "activation-slope-forgotten",
        lambda g: g.error,
        "You went from the loss straight to the net input. The sigmoid lies between them: which factor does it bring "
        "on the way back?",
    ),
    (
        "error-reversed",
        lambda g: -g.delta,
        r"Only the signs are wrong. If $a$ grows a little, does $L = \frac12 (a - t)^2$ grow or shrink here? That is "
        r"the sign of $\partial L / \partial a$.",
    ),
    (
        "half-of-the-loss-lost",
        lambda g: 2 * g.delta,
        r"All entries are twice too large. What does the $\frac12$ in front of the loss do to the 2 from the square?",
    ),
    ("activation-slope-at-output", lambda g: g.error * g.slope_at_output, _AT_OUTPUT),
    (
        "sigmoid-slope-misremembered",
        lambda g: g.error * g.a**2,
        "You took $a^2$ for the slope of the sigmoid. Where $a$ is close to 1 the curve is flat: can its slope be "
        "close to 1 there? Differentiate $1/(1 + e^{-z})$ once more.",
    ),
]


def _wrong_signals(last):
    """Return these mistakes for a way back whose last factor is `last(g)`."""
    return [
        Mistake(key, lambda g, signal=signal: signal(g) * last(g), message) for key, signal, message in _WRONG_SIGNALS
    ]


# --- E1.5 --------------------------------------------------------------------------------------------------------

E1_5 = Exercise(
    id="E1.5",
    title="Back through one neuron, to the weights",
    kind="vector",
    section="sec-1-neuron",
    objective="neuron",
    difficulty=2,
    given=_GIVEN,
    draw=_draw_neuron,
    derive=_neuron,
    prompt=_FORWARD + r" and the loss is $L = \frac12 (a - t)^2$. What is $\partial L / \partial w$?",
    answer=lambda g: g.delta * g.x,
    mistakes=[
        *_wrong_signals(lambda g: g.x),
        Mistake(
            "input-factor-lost",
            lambda g: Matrix([g.delta, g.delta]),
            r"Both entries are the error signal itself, $\partial L / \partial z$. How does $z$ change when the first "
            r"weight grows, and how when the second does?",
        ),
        Mistake(
            "by-the-other-argument",
            lambda g: g.delta * g.w,
            r"You multiplied the error signal by the weights, which gives $\partial L / \partial x$. Here the weights "
            r"move and the input stands still: what is $\partial z / \partial w_1$?",
        ),
    ],
    hints=[
        r"Go forward first: find $z$, then $a$. The numbers are made so that $a$ is a simple fraction.",
        "Go back in three steps: from $L$ to $a$, from $a$ to $z$, from $z$ to $w$. Which local derivative belongs to "
        "each?",
        r"$z = <z>$, $a = <a>$, so $\frac{\partial L}{\partial a} = a - t = <error>$. The slope of the sigmoid is "
        r"$\sigma'(z) = a(1 - a)$.",
        r"The error signal is $\delta = \frac{\partial L}{\partial z} = <delta>$. What came in through each weight?",
    ],
    solution=r"""
        Forward: $z = w \cdot x + b = <z>$ and $a = \sigma(z) = <a>$.

        Back: $\partial L/\partial a = a - t = <error>$, and the slope of the sigmoid is $\sigma'(z) = a(1 - a) =
        <slope>$. The error signal is their product,

        $$
        \delta = \frac{\partial L}{\partial z} = (a - t)\, a (1 - a) = <delta> .
        $$

        Since $z = w \cdot x + b$, each weight is multiplied by its input: $\partial L / \partial w = \delta\, x =
        <answer>$.
    """,
)


# --- E1.6 --------------------------------------------------------------------------------------------------------

E1_6 = Exercise(
    id="E1.6",
    title="Back through one neuron, to the input",
    kind="vector",
    section="sec-1-neuron",
    objective="neuron",
    difficulty=2,
    given=_GIVEN,
    draw=_draw_neuron,
    derive=_neuron,
    prompt=_FORWARD
    + r" and the loss is $L = \frac12 (a - t)^2$. The input comes from an earlier layer, so the error has to travel "
    r"on. What is $\partial L / \partial x$?",
    answer=lambda g: g.delta * g.w,
    mistakes=[
        Mistake(
            "by-the-other-argument",
            lambda g: g.delta * g.x,
            r"That is $\partial L / \partial w$. Here the input moves and the weights stand still: what is $\partial z "
            r"/ \partial x_1$?",
        ),
        *_wrong_signals(lambda g: g.w),
        Mistake(
            "weight-factor-lost",
            lambda g: Matrix([g.delta, g.delta]),
            r"Both entries are the error signal itself, $\partial L / \partial z$. How does $z$ change when the first "
            r"input grows, and how when the second does?",
        ),
    ],
    hints=[
        r"The way back to the input is the way back to the weights, but for the last step. What changes there?",
        r"First the error signal $\delta = \partial L / \partial z = (a - t)\, a (1 - a)$. Then ask: if $x_1$ grows a "
        r"little, how much does $z$ grow?",
        r"The error signal is $\delta = <delta>$, from $z = <z>$ and $a = <a>$. In $z = w_1 x_1 + w_2 x_2 + b$, each "
        r"input is multiplied by its weight.",
    ],
    solution=r"""
        Forward: $z = w \cdot x + b = <z>$ and $a = \sigma(z) = <a>$.

        Back to the net input: $a - t = <error>$ and $\sigma'(z) = a(1 - a) = <slope>$, so the error signal is $\delta =
        \partial L / \partial z = <delta>$.

        In $z = w_1 x_1 + w_2 x_2 + b$ the input $x_i$ has the factor $w_i$. So each input gets the error signal times
        its weight:

        $$
        \frac{\partial L}{\partial x} = \delta\, w = <answer> .
        $$
    """,
)


# --- E1.7 --------------------------------------------------------------------------------------------------------


def _with_cross_entropy(g):
    _neuron(g)
    g.by_output = g.error / g.slope


E1_7 = Exercise(
    id="E1.7",
    title="The same neuron with cross-entropy",
    kind="vector",
    section="sec-1-neuron",
    objective="neuron",
    difficulty=2,
    given=_GIVEN,
    draw=_draw_neuron,
    derive=_with_cross_entropy,
    prompt=_FORWARD + r" and the loss is the binary cross-entropy $L = -\left[ t \ln a + (1 - t) \ln (1 - a) \right]$. "
    r"What is $\partial L / \partial w$?",
    answer=lambda g: g.error * g.x,
    mistakes=[
        Mistake(
            "slope-already-cancelled",
            lambda g: g.delta * g.x,
            r"This would be right for the squared error. For the cross-entropy $\partial L / \partial a$ is not $a - "
            r"t$: differentiate the logarithms, and see what becomes of the factor $a (1 - a)$.",
        ),
        Mistake(
            "activation-slope-forgotten",
            lambda g: g.by_output * g.x,
            r"You have $\partial L / \partial a$, and then the input. Between them lies the sigmoid: from $a$ back to "
            r"$z$ there is one more factor.",
        ),
        Mistake(
            "error-reversed",
            lambda g: -g.error * g.x,
            "Only the sign is wrong. If the output is below the target, should the weight of a positive input go up or "
            "down, and so, is its derivative negative or positive?",
        ),
        Mistake("activation-slope-at-output", lambda g: g.by_output * g.slope_at_output * g.x, _AT_OUTPUT),
        Mistake(
            "input-factor-lost",
            lambda g: Matrix([g.error, g.error]),
            "Both entries are the error signal itself. How does $z$ change when the first weight grows, and how when "
            "the second does?",
        ),
        Mistake(
            "by-the-other-argument",
            lambda g: g.error * g.w,
            r"You multiplied the error signal by the weights, which gives $\partial L / \partial x$. Here the weights "
            r"move: what is $\partial z / \partial w_1$?",
        ),
    ],
    hints=[
        r"The way back has the same three steps as for the squared error. Only the first one is new: $\partial L / "
        r"\partial a$.",
        r"$\frac{\partial L}{\partial a} = \frac{a - t}{a (1 - a)}$, and the slope of the sigmoid is $a (1 - a)$. "
        r"Multiply the two, and look what happens.",
        r"The error signal is $\delta = a - t$, with $a = \sigma(<z>) = <a>$. Each weight gets $\delta$ times its "
        r"input.",
    ],
    solution=r"""
        Forward: $z = w \cdot x + b = <z>$ and $a = \sigma(z) = <a>$.

        Back: the derivative of the loss by the output is

        $$
        \frac{\partial L}{\partial a} = -\frac{t}{a} + \frac{1 - t}{1 - a} = \frac{a - t}{a (1 - a)} = <by_output> .
        $$

        The slope of the sigmoid is $a (1 - a) = <slope>$. In the product the slope cancels: $\delta = \partial L /
        \partial z = a - t = <error>$. So $\partial L / \partial w = \delta\, x = <answer>$.
    """,
)
