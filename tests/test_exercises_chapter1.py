"""The answers of chapter 1 against sources that know nothing of the bank.

In variants, numbers come from small steps or from a plain computation with the given values in floating point: no
formula of the bank is used.
"""

import itertools

import numpy as np
import pytest
from exercise_sources import Floats, as_floats

import exercise_quality as quality
from jaclib.exercises.bank import load
from jaclib.exercises.checking import judge
from jaclib.exercises.task import Task, make_task

BANK = load()


@pytest.mark.parametrize("text", ["2xy^3 + ye^xy", "2 x y^3 + y e^{xy}", "y(2xy^2 + exp(xy))", "y*e**(y*x) + 2y^3 x"])
def test_a_formula_may_be_written_without_signs_of_multiplication(text):
    assert judge(Task(BANK["E1.29"]), text).correct


# --- the numbers of variants -------------------------------------------------------------------------------------


def slopes(f, at, h=1e-6):
    """Return the derivatives of a function of an array by each entry, by small steps."""
    at = np.asarray(at, dtype=float)
    result = np.empty(at.shape)
    for place in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[place] = h
        result[place] = (f(at + step) - f(at - step)) / (2 * h)
    return result


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def two_terms(g):
    return lambda v: v[0] ** 2 * v[1] + g.c * v[0] * v[1] ** 3


def square_loss(w, x, g):
    return (sigmoid(w @ x + g.b) - g.t) ** 2 / 2


def cross_entropy(w, x, g):
    return -np.log(sigmoid(w @ x + g.b) if g.t else 1 - sigmoid(w @ x + g.b))


def layer(g, X=None, W=None, b=0.0):
    """Return the sum of G times Y, whose gradients by X, W and b are those of any loss that sends back G."""
    return np.sum(g.G * ((g.X if X is None else X) @ (g.W if W is None else W) + b))


def softmax(s):
    return np.exp(s) / np.sum(np.exp(s))


def along(g):
    unit = g.d / np.linalg.norm(g.d)
    f = two_terms(g)
    return slopes(lambda s: f(np.array([g.x, g.y]) + s * unit), 0.0)


def shared_box(g):
    """Return the slopes of f by the boxes p, s and x, each moved by hand while what feeds it stays."""

    def value(x, more_s=0.0, more_p=0.0):
        s = x * g.y + more_s
        return s * (s + x + more_p)

    return [
        slopes(lambda e: value(g.x, more_p=e), 0.0),
        slopes(lambda e: value(g.x, more_s=e), 0.0),
        slopes(value, g.x),
    ]


def stepped_down(g):
    gradient = slopes(lambda v: v[0] ** 2 + v[0] * v[1] + g.c * v[1] ** 2, [g.x, g.y])
    return np.array([g.x, g.y]) - g.eta * gradient


def hidden_signal(g):
    """Let each following neuron have a loss with the given slope; then the sum of the losses is a loss."""
    return slopes(lambda z: np.sum(g.d * g.w * sigmoid(z)), np.log(g.k))


def signal_ratio(g):
    z = np.log(g.k)
    entropy = slopes(lambda z: -np.log(1 - sigmoid(z)), z)
    return entropy / slopes(lambda z: sigmoid(z) ** 2 / 2, z)


def best_of_many_steps(g):
    steps = np.logspace(-9, 0, 200_001)
    return steps[np.argmin(10.0**-g.k * g.F / steps + steps**2 / 6 * g.T)]


def across_the_kink(g):
    x, h = g.a * 1e-6, g.c * 1e-6
    return (max(x + h, 0) - max(x - h, 0)) / (2 * h)


Y = 0.7  # the second variable of formulas

INDEPENDENT = {
    "E1.1": lambda g: slopes(two_terms(g), [g.x, g.y]),
    "E1.2": along,
    "E1.3": lambda g: slopes(lambda v: np.log(np.sum(np.exp(v))), [g.x, g.y]),
    "E1.4": lambda g: slopes(lambda x: x**2 * (g.a * x) + (x**2) ** 2, g.x),
    "E1.5": lambda g: slopes(lambda w: square_loss(w, g.x, g), g.w),
    "E1.6": lambda g: slopes(lambda x: square_loss(g.w, x, g), g.x),
    "E1.7": lambda g: slopes(lambda w: cross_entropy(w, g.x, g), g.w),
    "E1.8": lambda g: slopes(lambda x: x * x * x, g.x),
    "E1.9": lambda g: slopes(lambda x: g.g @ (g.J @ x), np.ones(g.J.shape[1])),
    "E1.10": lambda g: slopes(lambda W: layer(g, W=W), g.W),
    "E1.11": lambda g: slopes(lambda b: layer(g, b=b), np.zeros(3)),
    "E1.12": lambda g: slopes(lambda X: layer(g, X=X), g.X),
    "E1.16": lambda g, x: slopes(lambda x: np.log(1 + np.exp(x)), x),
    "E1.17": stepped_down,
    "E1.19": shared_box,
    "E1.20": hidden_signal,
    "E1.21": lambda g: slopes(lambda s: g.g @ softmax(s), np.log(g.e)),
    "E1.22": lambda g: -np.log(softmax(np.zeros(int(g.K)))[0]),
    "E1.23": best_of_many_steps,
    "E1.24": across_the_kink,
    "E1.25": signal_ratio,
    "E1.28": lambda g: g.L + g.slope * ((g.w + g.step) - g.w),
    "E1.29": lambda g, x: slopes(lambda x: x**2 * Y**3 + np.exp(x * Y) + 5 * Y, x),
    "E1.27": lambda g: (np.zeros((int(g.B), int(g.n))).T @ np.zeros((int(g.B), int(g.m)))).shape,
}


def test_every_computed_answer_has_an_independent_source():
    computed = {id for id, e in BANK.items() if e.chapter == 1 and e.kind not in ("code", "choice", "set")}
    assert computed == INDEPENDENT.keys()


@pytest.mark.parametrize("id", INDEPENDENT)
def test_the_answers_agree_with_small_steps(id):
    exercise = BANK[id]
    tasks = [Task(exercise), *(make_task(exercise, v) for v in quality.VARIANTS if exercise.draw)]
    for task in tasks:
        if exercise.kind == "expression":
            for x in (-1.5, 0.3, 2.0):
                value = float(task.raw_answer.subs({"x": x, "y": Y}))
                np.testing.assert_allclose(value, INDEPENDENT[id](None, x), rtol=1e-6)
            continue
        # In E1.23 the grid of steps is the limit: neighbours are 0.01 % apart.
        rtol = 1e-4 if id == "E1.23" else 1e-6
        found = as_floats(task.raw_answer, exercise.kind)
        np.testing.assert_allclose(found, INDEPENDENT[id](Floats(task)), rtol=rtol, atol=1e-7 * (id != "E1.23"))


def test_no_variant_of_a_layer_has_an_empty_row():
    for id, variant in itertools.product(["E1.9", "E1.10", "E1.11", "E1.12"], quality.VARIANTS):
        task = make_task(BANK[id], variant)
        for name in task.exercise.given:
            matrix = np.array(getattr(task.given, name).tolist(), dtype=float)
            assert np.all(np.any(matrix, axis=0))
            assert np.all(np.any(matrix, axis=1))
