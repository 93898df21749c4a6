"""The error of the linear prediction, as a function to write."""

from __future__ import annotations

import numpy as np

from jaclib.backprop import jacfwd, jvp
from jaclib.exercises.entry import Case, Exercise, Mistake

# --- E2.13 -------------------------------------------------------------------------------------------------------


def _linear_error(f, x, v, t):
    value, change = jvp(f, (x,), (v,))
    return np.linalg.norm(f(x + t * v) - value - t * change)


def _transposed(f, x, v, t):
    return np.linalg.norm(f(x + t * v) - f(x) - t * jacfwd(f)(x).T @ v)


def _whole_tangent(f, x, v, t):
    return np.linalg.norm(f(x + t * v) - f(x) - jacfwd(f)(x) @ v)


def _at_the_end(f, x, v, t):
    return np.linalg.norm(f(x + t * v) - f(x) - t * jacfwd(f)(x + t * v) @ v)


def _squared(f, x, v, t):
    return _linear_error(f, x, v, t) ** 2


def _constant_prediction(f, x, v, t):
    return np.linalg.norm(f(x + t * v) - f(x))


def _gap(f, x, v, t):
    return f(x + t * v) - f(x) - t * jacfwd(f)(x) @ v


def _quotient(f, x, v, t):
    return _linear_error(f, x, v, t) / t


def _unit_direction(f, x, v, t):
    return _linear_error(f, x, v / np.linalg.norm(v), t)


def _shear(p):
    return np.stack([p[0] + 2 * p[1], 3 * p[1]])


def _quadratic(p):
    return np.stack([p[0] ** 2, p[0] * p[1]])


def _waves(p):
    return np.stack([p[0] + np.sin(p[1]), p[1] + np.sin(p[0])])


def _two_products(p):
    return np.stack([p[0] * p[1], p[1] * p[2] ** 2])  # E2.1; on this step E2.2 has the linear change (1, 15)


_PLACE, _DIRECTION = np.array([-2.0, 1.0]), np.array([0.6, 0.8])
_WAVES_ERROR = float(  # at t = 0.5, in closed form
    np.hypot(np.sin(1.4) - np.sin(1) - 0.4 * np.cos(1), np.sin(-1.7) - np.sin(-2) - 0.3 * np.cos(-2))
)


def _order(linear_error):
    """Return the power of t that the errors at two steps show."""
    errors = [linear_error(_waves, _PLACE, _DIRECTION, t) for t in (1e-2, 5e-3)]
    return np.log2(errors[0] / errors[1])


E2_13 = Exercise(
    id="E2.13",
    title="Measure the error of the linear prediction",
    kind="code",
    section="sec-2-linear",
    objective="shapes",
    difficulty=2,
    signature="linear_error(f, x, v, t)",
    prompt=r"""
        Write a function `linear_error(f, x, v, t)` that returns the error of the linear prediction on a step, a number:

        $$
        E(t) = \lVert f(x + tv) - f(x) - t\,Jv \rVert .
        $$

        Here $J$ is the Jacobian of `f` at `x`, `x` and `v` are arrays of the same length, $t > 0$ is a number, and `f`
        is written in NumPy and returns an array. You may use `jaclib`, for instance `jvp(f, (x,), (v,))`, which returns
        the value and $Jv$. For $f(x, y) = (x + \sin y,\; y + \sin x)$ at $(-2, 1)$ with $v = (0.6, 0.8)$ the error must
        fall as $t^2$.
    """,
    answer=_linear_error,
    cases=[
        Case(
            "linear_error(lambda p: np.stack([p[0] + 2 * p[1], 3 * p[1]]), np.array([1.0, 2.0]), np.array([1.0, "
            "-1.0]), 0.5)",
            lambda f: f(_shear, np.array([1.0, 2.0]), np.array([1.0, -1.0]), 0.5),
            expect=0.0,
        ),
        Case(
            "linear_error(lambda p: np.stack([p[0] ** 2, p[0] * p[1]]), np.array([1.0, 2.0]), np.array([0.6, 0.8]), "
            "0.5)",
            lambda f: f(_quadratic, np.array([1.0, 2.0]), np.array([0.6, 0.8]), 0.5),
            expect=0.15,
        ),
        Case(
            "linear_error(lambda p: np.stack([p[0] ** 2, p[0] * p[1]]), np.array([1.0, 2.0]), np.array([3.0, 4.0]), "
            "0.1)",
            lambda f: f(_quadratic, np.array([1.0, 2.0]), np.array([3.0, 4.0]), 0.1),
            expect=0.15,
        ),
        Case(
            "linear_error(f, np.array([-2.0, 1.0]), np.array([0.6, 0.8]), 0.5) with f(x, y) = (x + sin y, y + sin x)",
            lambda f: f(_waves, _PLACE, _DIRECTION, 0.5),
            expect=_WAVES_ERROR,
        ),
        Case(
            "the power of t, from t = 0.01 and t = 0.005, of the error of the same function",
            _order,
            expect=2.0,
            within=0.02,
        ),
        Case(
            "linear_error(lambda p: np.stack([p[0] * p[1], p[1] * p[2] ** 2]), np.array([1.0, 2.0, 3.0]), "
            "np.array([1.0, -1.0, 2.0]), 1.0)",
            lambda f: f(_two_products, np.array([1.0, 2.0, 3.0]), np.array([1.0, -1.0, 2.0]), 1.0),
            expect=float(np.sqrt(65)),
        ),
    ],
    mistakes=[
        Mistake(
            "transpose-in-place-of-jacobian",
            _transposed,
        ),
        Mistake(
            "step-length-forgotten",
            _whole_tangent,
        ),
        Mistake(
            "jacobian-at-the-end-of-the-step",
            _at_the_end,
        ),
        Mistake(
            "length-squared",
            _squared,
        ),
        Mistake(
            "constant-prediction",
            _constant_prediction,
        ),
        Mistake(
            "vector-for-its-length",
            _gap,
        ),
        Mistake(
            "quotient-for-the-error",
            _quotient,
        ),
        Mistake(
            "tangent-made-unit",
            _unit_direction,
            "Your function shortens `v` to length 1. The formula takes `v` as it is: the step is `t * v`.",
        ),
    ],
    hints=[
        "Three vectors: where the function really goes, where it was, and what the linear map adds on the step. The "
        "error is the length of what is left.",
        "`value, change = jvp(f, (x,), (v,))` gives $f(x)$ and $Jv$. The step is $tv$, so the change has to be "
        "multiplied by a number.",
        "Subtract `value` and `t * change` from `f(x + t * v)`. `np.linalg.norm` gives the length of a vector.",
    ],
    solution=r"""
        ```python
        from jaclib import jvp

        def linear_error(f, x, v, t):
            value, change = jvp(f, (x,), (v,))
            return np.linalg.norm(f(x + t * v) - value - t * change)
        ```

        A function that is linear up to a shift has the error 0. For any other smooth function the terms with $t^2$ are
        left: ten times smaller steps have a hundred times smaller errors. With a wrong matrix in the place of $J$ the
        error falls only like $t$. This makes the function a test of any Jacobian.
    """,
)
