"""One neuron: net input, sigmoid, loss, and the way back to weights, bias and input."""

from __future__ import annotations

import numpy as np
from sympy import Matrix, exp, log

from jaclib.exercises.entry import Case, Exercise, Mistake


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
        Mistake("activation-slope-forgotten", lambda g: g.error * g.x),
        Mistake("error-reversed", lambda g: -g.delta * g.x),
        Mistake("half-of-the-loss-lost", lambda g: 2 * g.delta * g.x),
        Mistake("activation-slope-at-output", lambda g: g.error * g.slope_at_output * g.x),
        Mistake("sigmoid-slope-misremembered", lambda g: g.error * g.a**2 * g.x),
        Mistake("input-factor-lost", lambda g: Matrix([g.delta, g.delta])),
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
        Mistake("activation-slope-forgotten", lambda g: g.error * g.w),
        Mistake("error-reversed", lambda g: -g.delta * g.w),
        Mistake("half-of-the-loss-lost", lambda g: 2 * g.delta * g.w),
        Mistake("activation-slope-at-output", lambda g: g.error * g.slope_at_output * g.w),
        Mistake("sigmoid-slope-misremembered", lambda g: g.error * g.a**2 * g.w),
        Mistake("weight-factor-lost", lambda g: Matrix([g.delta, g.delta])),
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
        Mistake("slope-already-cancelled", lambda g: g.delta * g.x),
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
        Mistake("activation-slope-at-output", lambda g: g.by_output * g.slope_at_output * g.x),
        Mistake("input-factor-lost", lambda g: Matrix([g.error, g.error])),
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


# --- E1.14 -------------------------------------------------------------------------------------------------------


def _forward(w, x, b):
    return 1 / (1 + np.exp(-(w @ x + b)))


def _backward(w, x, b, t):
    a = _forward(w, x, b)
    delta = (a - t) * a * (1 - a)
    return delta * x, delta * w, delta


def _without_slope(w, x, b, t):
    delta = _forward(w, x, b) - t
    return delta * x, delta * w, delta


def _target_minus_output(w, x, b, t):
    by_w, by_x, by_b = _backward(w, x, b, t)
    return -by_w, -by_x, -by_b


def _without_half(w, x, b, t):
    by_w, by_x, by_b = _backward(w, x, b, t)
    return 2 * by_w, 2 * by_x, 2 * by_b


def _slope_at_output(w, x, b, t):
    a = _forward(w, x, b)
    again = 1 / (1 + np.exp(-a))
    delta = (a - t) * again * (1 - again)
    return delta * x, delta * w, delta


def _weights_and_input_exchanged(w, x, b, t):
    by_w, by_x, by_b = _backward(w, x, b, t)
    return by_x, by_w, by_b


def _without_input(w, x, b, t):
    _, by_x, by_b = _backward(w, x, b, t)
    return by_b * np.ones_like(x), by_x, by_b


def _bias_times_itself(w, x, b, t):
    by_w, by_x, by_b = _backward(w, x, b, t)
    return by_w, by_x, by_b * b


def _without_target(w, x, b, t):
    return _backward(w, x, b, 0.0)


def _arguments_after(backward):
    """Return the arrays that were passed, after the call."""
    w, x = np.array([2.0, -1.0]), np.array([1.0, 2.0])
    backward(w, x, np.log(3), 1.0)
    return [w, x]


_BY_HAND = np.array([-3 / 64, -3 / 32]), np.array([-3 / 32, 3 / 64]), -3 / 64  # E1.5 and E1.6


E1_14 = Exercise(
    id="E1.14",
    title="Write the way back through a neuron",
    kind="code",
    section="sec-1-neuron",
    objective="neuron",
    difficulty=2,
    signature="backward(w, x, b, t)",
    prompt=r"""
        Write a function `backward(w, x, b, t)` for a neuron with $z = w \cdot x + b$, $a = \sigma(z) = 1/(1 + e^{-z})$
        and the loss $L = \frac12 (a - t)^2$. Here `w` and `x` are arrays of the same length, `b` and `t` are numbers.
        It returns three things, in this order: $\partial L / \partial w$, $\partial L / \partial x$ and $\partial L /
        \partial b$.
    """,
    answer=_backward,
    cases=[
        Case(
            "backward(np.array([2.0, -1.0]), np.array([1.0, 2.0]), np.log(3), 1.0)",
            lambda f: f(np.array([2.0, -1.0]), np.array([1.0, 2.0]), np.log(3), 1.0),
            expect=_BY_HAND,
        ),
        Case(
            "backward(np.array([0.5]), np.array([3.0]), np.log(3) - 1.5, 0.0)",
            lambda f: f(np.array([0.5]), np.array([3.0]), np.log(3) - 1.5, 0.0),
            expect=(np.array([27 / 64]), np.array([9 / 128]), 9 / 64),
        ),
        Case(
            "backward(np.array([0.2, -0.4, 0.7, 1.0]), np.array([1.5, 0.3, -2.0, 0.8]), -0.6, 0.25)",
            lambda f: f(np.array([0.2, -0.4, 0.7, 1.0]), np.array([1.5, 0.3, -2.0, 0.8]), -0.6, 0.25),
        ),
        Case(
            "backward(np.zeros(3), np.ones(3), 0.0, 1.0)",
            lambda f: f(np.zeros(3), np.ones(3), 0.0, 1.0),
            expect=(np.full(3, -1 / 8), np.zeros(3), -1 / 8),
        ),
        Case(
            "[w, x] after backward(w, x, np.log(3), 1.0), which were [2.0, -1.0] and [1.0, 2.0]",
            _arguments_after,
            expect=(np.array([2.0, -1.0]), np.array([1.0, 2.0])),
        ),
    ],
    mistakes=[
        Mistake("activation-slope-forgotten", _without_slope),
        Mistake("error-reversed", _target_minus_output),
        Mistake("half-of-the-loss-lost", _without_half),
        Mistake("activation-slope-at-output", _slope_at_output),
        Mistake(
            "by-the-other-argument",
            _weights_and_input_exchanged,
            r"Your first two results stand in each other's place, or each has the other's factor. In $z = w \cdot x + "
            r"b$, by what is a weight multiplied? The derivative by `w` comes first.",
        ),
        Mistake("input-factor-lost", _without_input),
        Mistake("bias-given-a-factor", _bias_times_itself),
        Mistake(
            "target-left-out",
            _without_target,
            r"Your results do not depend on `t`. What is the derivative of $\frac12 (a - t)^2$ by $a$?",
        ),
    ],
    hints=[
        r"Go forward first, and keep `a`: the way back needs it. In NumPy, $w \cdot x$ is `w @ x`.",
        r"One number is shared by all three results: the error signal $\delta = \partial L / \partial z$. It is the "
        r"product of $\partial L / \partial a$ and $\sigma'(z)$.",
        r"$\delta = (a - t)\, a (1 - a)$. What is the derivative of $z$ by `w`, by `x` and by `b`? Multiply each by "
        r"$\delta$ and return the three in this order.",
    ],
    solution=r"""
        ```python
        def backward(w, x, b, t):
            a = 1 / (1 + np.exp(-(w @ x + b)))
            delta = (a - t) * a * (1 - a)
            return delta * x, delta * w, delta
        ```

        The error signal $\delta = \partial L / \partial z$ is computed once. Then $z = w \cdot x + b$ shares it out: by
        `w` the factor is `x`, by `x` it is `w`, by `b` it is 1. Each result has the shape of what it belongs to.
    """,
)
