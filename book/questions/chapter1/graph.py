"""Quick questions on the chain rule as a graph, and on one neuron."""

from __future__ import annotations

from sympy import Rational

from questions._entry import Question, right, wrong


def _adjoint():
    value, bar = 5, -3
    return {"value": value, "bar": bar, "factor": abs(bar), "target": value + bar}


def _sweeps():
    return {"n": 1000}


def _turns():
    a, target, came_in = Rational(1, 5), 1, -2
    delta = (a - target) * a * (1 - a)
    return {"a": a, "target": target, "x": came_in, "delta": delta, "by_w": delta * came_in}


def _factor_too_many():
    a, target = Rational(99, 100), 0
    return {
        "a": a,
        "target": target,
        "delta": a - target,
        "faulty": (a - target) * a * (1 - a),
        "factor": a * (1 - a),
        "factor_middle": Rational(1, 2) * (1 - Rational(1, 2)),
    }


QUESTIONS = (
    Question(
        "sec-1-graph",
        r"In a graph $x$ feeds the box $s$ and other boxes too. At this point the arrow from $s$ to the result $f$ "
        r"carries a $0$, and $s$ feeds nothing else. What follows for $\partial f/\partial x$?",
        (
            wrong(
                "It is $0$, because one of the factors is $0$.",
                "A factor belongs to one path. The paths around $s$ have factors of their own, and they are added.",
            ),
            right(
                "The paths through $s$ drop out of it, the others stay.",
                "Along a path the arrows multiply, so each path over this arrow gives 0. Between paths they add, so "
                "the others count as before.",
            ),
            wrong(
                "The paths through $s$ lose this arrow, and keep the rest.",
                "That would be so if the arrows of a path were added. They multiply, so one 0 wipes out its whole "
                "path.",
            ),
        ),
    ),
    Question(
        "sec-1-graph",
        r"After a sweep back, a box with the value $v = <value>$ has the adjoint $\bar v = <bar>$. What does the "
        "adjoint say?",
        (
            wrong(
                "The box contributes $<bar>$ to the result $f$.",
                r"A contribution is a value. The adjoint is a rate, $\partial f/\partial v$: it speaks of what happens "
                "when $v$ *changes*.",
            ),
            wrong(
                "The box should have the value $<target>$ instead.",
                r"An adjoint names no value to go to. It says how fast the result moves with $v$, and which way.",
            ),
            right(
                "If $v$ goes up a little, $f$ goes down $<factor>$ times as much.",
                r"$\bar v$ is $\partial f/\partial v$, the sensitivity of the final result to this box.",
            ),
        ),
        _adjoint,
    ),
    Question(
        "sec-1-graph",
        r"A graph has $<n>$ inputs and one result. How many sweeps back give the derivatives by all the inputs?",
        (
            right(
                "One.",
                "The sweep passes each arrow once, and on its way finds the adjoint of every box. The inputs are "
                "boxes like all the others.",
            ),
            wrong(
                "$<n>$, one for each input.",
                "So it is with small steps, where each input has to be moved in turn. A sweep starts at the one result "
                "and reaches all the inputs.",
            ),
            wrong(
                "One for each path to the result.",
                "The sum runs over all paths, but the sweep walks none of them singly: what comes together in a box is "
                "added up there, and goes on as one number.",
            ),
        ),
        _sweeps,
    ),
    Question(
        "sec-1-neuron",
        r"A neuron reads a picture, and its input $x_3$ is $0$ there: bare paper. How does a step of gradient descent "
        "on this picture move $w_3$?",
        (
            wrong(
                r"As much as the bias, because $\delta$ is the same.",
                r"The error signal is the same. But the bias came in with the factor 1, and this weight with the "
                r"factor $x_3$.",
            ),
            wrong(
                "Towards $0$, because the input was of no use.",
                r"Gradient descent asks only how the error changes with $w_3$. Here it does not change at all.",
            ),
            right(
                "Not at all, however large the error may be.",
                r"$\partial L/\partial w_3 = \delta\,x_3$, and $x_3 = 0$. A weight through which nothing came in has "
                "no share in the error.",
            ),
        ),
    ),
    Question(
        "sec-1-neuron",
        r"A neuron says $a = <a:decimal>$ and should say $<target>$. Its input is $x = <x>$. Which way does gradient "
        "descent turn its weight and its bias?",
        (
            wrong(
                "Both up, as the output is too low.",
                r"The net input has to go up, that is right. But $w$ enters as $wx$ with a negative $x$: a larger $w$ "
                "makes it smaller.",
            ),
            right(
                "The bias up, and the weight down.",
                r"With the squared error, $dL/db = \delta = \sigma'(z)\,(a - t) = <delta:decimal>$ and "
                r"$dL/dw = \delta\,x = <by_w:decimal>$. Each one moves against its own derivative.",
            ),
            wrong(
                "The bias down, and the weight up.",
                r"These are the signs of the two derivatives, $<delta:decimal>$ and $<by_w:decimal>$. A step down goes "
                "*against* them.",
            ),
        ),
        _turns,
    ),
    Question(
        "sec-1-neuron",
        r"With the cross-entropy, somebody writes $\delta = (a - t)\,a\,(1 - a)$. What comes of it?",
        (
            wrong(
                r"The right signal, since the chain rule asks for $\sigma'(z)$.",
                r"The chain rule did ask for it, and got it: it cancelled the denominator of $dL/da$. What is left is "
                r"$\delta = a - t$.",
            ),
            wrong(
                "The right signal, but for a constant factor.",
                r"The extra factor $a\,(1 - a)$ is not constant: $<factor_middle:decimal>$ where $a = \frac12$, and "
                r"$<factor:decimal>$ where $a = <a:decimal>$.",
            ),
            right(
                "Hardly any signal where the neuron is sure and wrong.",
                r"At $a = <a:decimal>$ with target $<target>$ the signal should be $<delta:decimal>$. With the extra "
                r"slope it is $<faulty:decimal>$, and the advantage of the cross-entropy is gone.",
            ),
        ),
        _factor_too_many,
    ),
)
