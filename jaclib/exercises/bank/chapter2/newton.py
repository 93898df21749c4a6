"""Newton's method for systems: a step by hand, and the loop as a function to write."""

from __future__ import annotations

import numpy as np
from sympy import Matrix

from jaclib.exercises.entry import Case, Exercise, Mistake

# --- E2.10 -------------------------------------------------------------------------------------------------------


def _newton_step(g):
    g.start = Matrix([g.x, g.y])
    g.left = Matrix([g.x**2 + g.y**2, g.x * g.y])
    g.F = g.left - Matrix([g.c, g.d])
    g.J = Matrix([[2 * g.x, 2 * g.y], [g.y, g.x]])
    g.minus_F = -g.F
    g.step = g.J.solve(g.minus_F)
    g.F_1, g.F_2 = g.F
    g.minus_c, g.minus_d = -g.c, -g.d


def _draw_start(rng):
    """Draw a start at which the Jacobian of (x² + y², xy) can be inverted: |x| and |y| differ."""
    x, y = rng.sample([1, 2, 3, 4], 2)
    return {
        "x": x * rng.choice([-1, 1]),
        "y": y * rng.choice([-1, 1]),
        "c": rng.choice([4, 5, 6, 8, 9, 10, 12]),
        "d": rng.choice([-3, -2, -1, 1, 2, 3]),
    }


E2_10 = Exercise(
    id="E2.10",
    title="A step of Newton's method",
    kind="vector",
    section="sec-2-newton",
    objective="solve",
    difficulty=2,
    given={"x": 2, "y": 1, "c": 4, "d": 1},
    draw=_draw_start,
    derive=_newton_step,
    prompt=r"""
        We look for a solution of the two equations $x^2 + y^2 = <c>$ and $xy = <d>$. Newton's method starts from
        $(<x>, <y>)$. At which point is it after the first step?
    """,
    answer=lambda g: g.start + g.step,
    mistakes=[
        Mistake("transpose-in-place-of-jacobian", lambda g: g.start + g.J.T.solve(g.minus_F)),
        Mistake("newton-step-reversed", lambda g: g.start - g.step),
        Mistake(
            "step-for-the-point",
            lambda g: g.step,
        ),
        Mistake("multiplied-not-solved", lambda g: g.start - g.J * g.F),
        Mistake(
            "equations-solved-one-by-one",
            lambda g: g.start - Matrix([g.F_1 / (2 * g.x), g.F_2 / g.x]),
        ),
        Mistake(
            "inverse-misremembered",
            lambda g: g.start + g.J.adjugate() * g.minus_F,
            "You multiplied by the right matrix, but nothing was divided by the determinant. Put your step into $J s$ "
            "and see what comes out.",
        ),
        Mistake("right-hand-side-lost", lambda g: g.start - g.J.solve(g.left)),
        Mistake(
            "power-rule-factor",
            lambda g: g.start + Matrix([[g.x, g.y], [g.y, g.x]]).solve(g.minus_F),
            r"Look at the first row of your Jacobian. What is the derivative of $x^2$?",
        ),
    ],
    hints=[
        r"Bring everything to one side: $F(x, y) = (x^2 + y^2 - c,\; xy - d)$ with the two numbers of the task. "
        r"Newton's method replaces $F$ by its linear prediction, and solves that.",
        r"Solve $J s = -F$ for the step $s$. At the start $F = <F>$; what are the four entries of $J$?",
        r"The system is $<J> s = <minus_F:column>$. Solve it, and add $s$ to the start $(<x>, <y>)$.",
    ],
    solution=r"""
        Write $F(x, y) = (x^2 + y^2 <minus_c:+>,\; xy <minus_d:+>)$. At the start

        $$
        F = <F:column>, \qquad J = \begin{pmatrix} 2x & 2y \\ y & x \end{pmatrix} = <J> .
        $$

        The step solves $J s = -F$, which gives $s = <step>$. The new point is $<start> + <step> = <answer>$.
    """,
)


# --- E2.25 -------------------------------------------------------------------------------------------------------


def _newton(F, J, x, steps):
    for _ in range(steps):
        x = x + np.linalg.solve(J(x), -F(x))
    return x


def _transposed(F, J, x, steps):
    for _ in range(steps):
        x = x + np.linalg.solve(J(x).T, -F(x))
    return x


def _away(F, J, x, steps):
    for _ in range(steps):
        x = x + np.linalg.solve(J(x), F(x))
    return x


def _first_jacobian(F, J, x, steps):
    matrix = J(x)
    for _ in range(steps):
        x = x - np.linalg.solve(matrix, F(x))
    return x


def _last_step(F, J, x, steps):
    step = np.zeros(len(x))
    for _ in range(steps):
        step = np.linalg.solve(J(x), -F(x))
        x = x + step
    return step


def _multiplied(F, J, x, steps):
    for _ in range(steps):
        x = x - J(x) @ F(x)
    return x


def _diagonal(F, J, x, steps):
    for _ in range(steps):
        x = x - F(x) / np.diag(J(x))
    return x


def _single_step(F, J, x, steps):
    return _newton(F, J, x, 1)


def _one_step_less(F, J, x, steps):
    return _newton(F, J, x, steps - 1)


def _in_place(F, J, x, steps):
    for _ in range(steps):
        x += np.linalg.solve(J(x), -F(x))
    return x


_A, _B = np.array([[2.0, 1.0], [0.0, 4.0]]), np.array([5.0, 12.0])


def _straight(x):
    return _A @ x - _B


def _crossing(p):
    return np.array([p[0] ** 2 + p[1] ** 2 - 4, p[0] * p[1] - 1])


def _crossing_jacobian(p):
    return np.array([[2 * p[0], 2 * p[1]], [p[1], p[0]]])


def _start_after(newton):
    """Return the start that was passed, after the call."""
    start = np.array([2.0, 1.0])
    newton(_crossing, _crossing_jacobian, start, 2)
    return start


_SOLUTION = np.array([np.sqrt(6) + np.sqrt(2), np.sqrt(6) - np.sqrt(2)]) / 2  # (x + y)² = 6 and (x - y)² = 2

E2_25 = Exercise(
    id="E2.25",
    title="Write Newton's method",
    kind="code",
    section="sec-2-newton",
    objective="solve",
    difficulty=2,
    signature="newton(F, J, x, steps)",
    prompt=r"""
        Write a function `newton(F, J, x, steps)` that takes a number of steps of Newton's method for the system $F(x) =
        0$ and returns the point that it has reached. `F(x)` is an array with as many entries as `x`, and `J(x)` is the
        Jacobian of `F` at `x`. The array that is passed as `x` must stay as it was.
    """,
    answer=_newton,
    cases=[
        Case(
            "newton(lambda x: A @ x - b, lambda x: A, np.zeros(2), 1) with A = [[2, 1], [0, 4]] and b = [5, 12]",
            lambda f: f(_straight, lambda x: _A, np.zeros(2), 1),
            expect=np.array([1.0, 3.0]),
        ),
        Case(
            "newton(F, J, np.array([2.0, 1.0]), 1) with F(x, y) = (x² + y² - 4, xy - 1)",
            lambda f: f(_crossing, _crossing_jacobian, np.array([2.0, 1.0]), 1),
            expect=np.array([2.0, 0.5]),
        ),
        Case(
            "newton(F, J, np.array([2.0, 1.0]), 6) with F(x, y) = (x² + y² - 4, xy - 1)",
            lambda f: f(_crossing, _crossing_jacobian, np.array([2.0, 1.0]), 6),
            expect=_SOLUTION,
        ),
        Case(
            "newton(lambda x: x**2 - 2, lambda x: np.diag(2 * x), np.array([1.0]), 2)",
            lambda f: f(lambda x: x**2 - 2, lambda x: np.diag(2 * x), np.array([1.0]), 2),
            expect=np.array([17 / 12]),
        ),
        Case(
            "newton(F, J, np.array([2.0, 1.0]), 0) with F(x, y) = (x² + y² - 4, xy - 1)",
            lambda f: f(_crossing, _crossing_jacobian, np.array([2.0, 1.0]), 0),
            expect=np.array([2.0, 1.0]),
        ),
        Case(
            "x after newton(F, J, x, 2), which was np.array([2.0, 1.0])",
            _start_after,
            expect=np.array([2.0, 1.0]),
        ),
    ],
    mistakes=[
        Mistake(
            "transpose-in-place-of-jacobian",
            _transposed,
            r"You solve with the transposed matrix. The first equation of the linear system belongs to the first entry "
            r"of $F$: from where in the Jacobian does it take its coefficients?",
        ),
        Mistake("newton-step-reversed", _away),
        Mistake("jacobian-not-renewed", _first_jacobian),
        Mistake(
            "step-for-the-point",
            _last_step,
        ),
        Mistake("multiplied-not-solved", _multiplied),
        Mistake("equations-solved-one-by-one", _diagonal),
        Mistake(
            "number-of-steps",
            _single_step,
            "Your function takes one step, whatever `steps` says.",
        ),
        Mistake(
            "number-of-steps",
            _one_step_less,
            "Your function takes one step too few. How often does your loop run for `steps = 1`?",
        ),
        Mistake("input-changed-in-place", _in_place),
    ],
    hints=[
        r"What happens in one step? The linear prediction $F(x) + J s$ is to be zero. Which linear system is that?",
        r"`np.linalg.solve(A, b)` solves $A s = b$. Which matrix and which right-hand side belong there, and at which "
        r"point are they taken?",
        r"In each step solve $J(x)\, s = -F(x)$ anew at the present point, and put `x = x + s`, which makes a new "
        r"array; `x += s` would change the one that was passed.",
    ],
    solution=r"""
        ```python
        def newton(F, J, x, steps):
            for _ in range(steps):
                x = x + np.linalg.solve(J(x), -F(x))
            return x
        ```

        A linear system is solved in one step: there the prediction is exact. For $x^2 + y^2 = 4$ and $xy = 1$ the first
        step leads to $(2, \frac12)$, and after six the digits of a double are full. `x = x + …` makes a new array, so
        the start that was passed stays as it was; `x += …` would write into it.
    """,
)
