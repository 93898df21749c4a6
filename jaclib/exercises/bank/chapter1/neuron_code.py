"""The way back through one neuron, as a function to write."""

from __future__ import annotations

import numpy as np

from jaclib.exercises.entry import Case, Exercise, Mistake

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


def _without_bias(w, x, b, t):
    by_w, by_x, _ = _backward(w, x, b, t)
    return by_w, by_x


def _products_apart(w, x, b, t):
    a = 1 / (1 + np.exp(-(w * x + b)))
    delta = (a - t) * a * (1 - a)
    return delta * x, delta * w, delta


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
        Mistake(
            "activation-slope-forgotten",
            _without_slope,
            "Your error signal is $a - t$. The sigmoid lies between $z$ and $a$: which factor does it bring on the way "
            "back?",
        ),
        Mistake("error-reversed", _target_minus_output),
        Mistake(
            "half-of-the-loss-lost",
            _without_half,
            r"All three results are twice too large. What does the $\frac12$ in front of the loss do to the 2 from the "
            r"square?",
        ),
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
        Mistake("products-not-summed", _products_apart),
        Mistake(
            "result-left-out",
            _without_bias,
            r"You return two results, by `w` and by `x`. The bias wants its share too: how does $z$ change with `b`?",
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
