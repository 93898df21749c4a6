"""The best linear map: what it predicts, and how large its error is."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from sympy import Abs, Matrix, sqrt

from jaclib.backprop import jacfwd, jvp
from jaclib.exercises.bank.chapter1.layer import draw_matrix
from jaclib.exercises.entry import Case, Exercise, Mistake

# --- E2.18 -------------------------------------------------------------------------------------------------------


def _prediction(g):
    g.near = g.a + g.v
    g.change = g.J * g.v
    g.v_1, g.v_2 = g.v


def _draw_prediction(rng):
    def whole():
        return [rng.choice([-3, -2, -1, 1, 2, 3, 4]) for _ in range(2)]

    tenths = [Fraction(rng.choice([-3, -2, -1, 1, 2, 3]), 10) for _ in range(2)]
    return {"a": whole(), "b": whole(), "J": draw_matrix(rng, 2, 2), "v": tenths}


E2_18 = Exercise(
    id="E2.18",
    title="What the linear map predicts",
    kind="vector",
    section="sec-2-zoom",
    objective="shapes",
    difficulty=1,
    given={"a": [1, 2], "b": [3, -1], "J": [[2, -1], [1, 3]], "v": [Fraction(1, 10), Fraction(-1, 5)]},
    draw=_draw_prediction,
    derive=_prediction,
    prompt=r"""
        A function $f$ of the plane takes the point $a = <a>$ to $f(a) = <b>$. Its Jacobian at $a$ is

        $$
        J = <J> .
        $$

        Where does the best linear map at $a$ predict that $f$ takes the nearby point $<near>$?
    """,
    answer=lambda g: g.b + g.change,
    mistakes=[
        Mistake(
            "change-for-the-value",
            lambda g: g.change,
            "That is the change of the output. It is counted from where $f$ takes the point $a$.",
        ),
        Mistake(
            "position-for-the-step",
            lambda g: g.b + g.J * g.near,
            "You multiplied the Jacobian by the nearby point itself. It is multiplied by the step from $a$ to there.",
        ),
        Mistake(
            "position-for-the-step",
            lambda g: g.J * g.near,
            "You applied the matrix to the nearby point, as if $f$ were that matrix everywhere. It only says how the "
            "output changes on the step from $a$.",
        ),
        Mistake("transpose-in-place-of-jacobian", lambda g: g.b + g.J.T * g.v),
        Mistake(
            "sign-of-the-change",
            lambda g: g.b - g.change,
            "You went the other way. The step leads from $a$ to the nearby point: which of the two is subtracted?",
        ),
        Mistake("change-added-to-the-input", lambda g: g.a + g.change),
    ],
    hints=[
        r"Close to $a$ the function acts like a matrix on *steps*. Which step leads from $a$ to $<near>$?",
        r"The step is $v = <v>$. The Jacobian turns it into the change of the output, $Jv$: each entry is a row of $J$ "
        r"times $v$.",
        r"The prediction is $f(a) + Jv$, with $f(a) = <b>$ and $v = <v>$. Compute $Jv$, then add.",
    ],
    solution=r"""
        The step from $a$ to the nearby point is $v = <near> - <a> = <v>$. The Jacobian predicts the change of the
        output:

        $$
        J v = <J> <v:column> = <change:column> .
        $$

        The prediction is $f(a) + Jv = <b> + <change> = <answer>$. The true value differs from it by something of the
        size $\lVert v \rVert^2$.
    """,
)


# --- E2.19 -------------------------------------------------------------------------------------------------------


def _error_factor(g):
    g.v_1, g.v_2 = g.v
    g.gap = g.k * g.v_1 * g.v
    g.slope = Matrix([2 * g.k * g.x * g.v_1 + g.v_2, g.k * (g.y * g.v_1 + g.x * g.v_2)])


def _length(v):
    return sqrt(v.dot(v))


def _draw_error_factor(rng):
    a, b, c = rng.choice([(3, 4, 5), (4, 3, 5), (5, 12, 13), (12, 5, 13), (8, 15, 17), (15, 8, 17)])
    v = [Fraction(a, c) * rng.choice([-1, 1]), Fraction(b, c) * rng.choice([-1, 1])]
    return {"k": rng.randint(1, 5), "x": rng.randint(1, 4), "y": rng.randint(1, 4), "v": v}


E2_19 = Exercise(
    id="E2.19",
    title="How large the error of the linear map is",
    kind="number",
    section="sec-2-linear",
    objective="shapes",
    difficulty=3,
    given={"k": 1, "x": 1, "y": 2, "v": [Fraction(3, 5), Fraction(4, 5)]},
    draw=_draw_error_factor,
    derive=_error_factor,
    prompt=r"""
        Let $f(x, y) = (<k:*> x^2 + y,\; <k:*> xy)$. From the point $a = (<x>, <y>)$ we walk by a step $t$ in the
        direction $v = <v>$, which has length 1. The linear prediction then has the error

        $$
        E(t) = \lVert f(a + tv) - f(a) - t\,Jv \rVert .
        $$

        For this function it is exactly $E(t) = c\,t^2$. What is $c$?
    """,
    answer=lambda g: _length(g.gap),
    mistakes=[
        Mistake(
            "half-of-the-second-derivative",
            lambda g: 2 * _length(g.gap),
        ),
        Mistake(
            "half-of-the-second-derivative",
            lambda g: _length(g.gap) / 2,
            "You halved once too often. Write out what $f(a + tv)$ has with $t^2$: no half has to be added by hand.",
        ),
        Mistake(
            "mixed-term-counted-once",
            lambda g: _length(Matrix([g.gap[0], g.gap[1] / 2])),
        ),
        Mistake(
            "entries-added-for-the-length",
            lambda g: Abs(g.gap[0]) + Abs(g.gap[1]),
        ),
        Mistake(
            "linear-part-for-the-error",
            lambda g: _length(g.slope),
        ),
        Mistake(
            "length-squared",
            lambda g: g.gap.dot(g.gap),
        ),
    ],
    hints=[
        r"Put $x = <x> + t v_1$ and $y = <y> + t v_2$ into $f$ and multiply out. Which terms does the linear "
        r"prediction contain, and which are left over?",
        r"What is left over are the terms with $t^2$: in the first output $<k:*> (t v_1)^2$, in the second $<k:*> (t "
        r"v_1)(t v_2)$.",
        r"So $c$ is the length of the vector $<k:*> (v_1^2,\; v_1 v_2)$ at $v = <v>$. Square its two entries, add, and "
        r"take the root.",
    ],
    solution=r"""
        Multiply out $f(a + tv)$. The constant terms are $f(a)$, the terms with $t$ are $t\,Jv$, and what is left has
        $t^2$:

        $$
        f(a + tv) - f(a) - t\,Jv = <k:*> t^2 \begin{pmatrix} v_1^2 \\ v_1 v_2 \end{pmatrix} = t^2 <gap:column> .
        $$

        So $c$ is the length of $<gap>$, which is $<answer>$. The point does not occur: for a function without powers
        above the second the error is the same everywhere. It agrees with half the length of the second derivative along
        $v$.
    """,
)


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
