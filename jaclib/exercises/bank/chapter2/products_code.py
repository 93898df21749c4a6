"""A Jacobian put together from vector-Jacobian products, as a function to write."""

from __future__ import annotations

import numpy as np

from jaclib.backprop import vjp
from jaclib.exercises.entry import Case, Exercise, Mistake

# --- E2.14 -------------------------------------------------------------------------------------------------------


def _jacobian_from_vjps(f, x):
    y, pullback = vjp(f, x)
    rows = [pullback(unit)[0] for unit in np.eye(y.size)]
    return np.stack(rows)


def _one_pullback_of_ones(f, x):
    y, pullback = vjp(f, x)
    return pullback(np.ones(y.size))[0]


def _first_row_alone(f, x):
    return _jacobian_from_vjps(f, x)[0]


def _rows_as_columns(f, x):
    return _jacobian_from_vjps(f, x).T


def _unit_vectors_of_the_input(f, x):
    _, pullback = vjp(f, x)
    return np.stack([pullback(unit)[0] for unit in np.eye(x.size)])


def _tuples_kept(f, x):
    y, pullback = vjp(f, x)
    return np.stack([pullback(unit) for unit in np.eye(y.size)])


def _end_to_end(f, x):
    return np.concatenate(_jacobian_from_vjps(f, x))


def _plane(p):
    return np.stack([p[0] * p[1], p[0] + 3 * p[1]])


def _two_products(p):
    return np.stack([p[0] * p[1], p[1] * p[2] ** 2])  # E2.1


def _curve(t):
    return np.stack([np.cos(t[0]), np.sin(t[0]), 2 * t[0]])


_MIX = np.array([[1.0, 0.0, 2.0, -1.0], [0.0, 1.0, -1.0, 1.0], [3.0, 1.0, 0.0, 0.0]])


def _waves(x):
    return np.sin(_MIX @ x) * x[0]


E2_14 = Exercise(
    id="E2.14",
    title="A Jacobian from one VJP per row",
    kind="code",
    section="sec-2-products",
    objective="products",
    difficulty=2,
    signature="jacobian_from_vjps(f, x)",
    prompt=r"""
        Write a function `jacobian_from_vjps(f, x)` that returns the Jacobian of `f` at `x`, an array of shape $(m, n)$,
        from one vector-Jacobian product per row. Here `x` is an array of shape $(n,)$, and `f` is written in NumPy and
        returns an array of shape $(m,)$. Use `jaclib.vjp`: `y, pullback = vjp(f, x)` gives the value and the pullback,
        and `pullback(u)` returns a tuple with one entry for each argument of `f`.
    """,
    answer=_jacobian_from_vjps,
    cases=[
        Case(
            "jacobian_from_vjps(lambda p: np.stack([p[0] * p[1], p[0] + 3 * p[1]]), np.array([2.0, 5.0]))",
            lambda f: f(_plane, np.array([2.0, 5.0])),
            expect=np.array([[5.0, 2.0], [1.0, 3.0]]),
        ),
        Case(
            "jacobian_from_vjps(lambda p: np.stack([p[0] * p[1], p[1] * p[2] ** 2]), np.array([1.0, 2.0, 3.0]))",
            lambda f: f(_two_products, np.array([1.0, 2.0, 3.0])),
            expect=np.array([[2.0, 1.0, 0.0], [0.0, 9.0, 12.0]]),
        ),
        Case(
            "jacobian_from_vjps(lambda t: np.stack([np.cos(t[0]), np.sin(t[0]), 2 * t[0]]), np.array([0.0]))",
            lambda f: f(_curve, np.array([0.0])),
            expect=np.array([[0.0], [1.0], [2.0]]),
        ),
        Case(
            "jacobian_from_vjps(lambda w: np.stack([w @ w]), np.array([1.0, -2.0, 3.0, 0.5]))",
            lambda f: f(lambda w: np.stack([w @ w]), np.array([1.0, -2.0, 3.0, 0.5])),
            expect=np.array([[2.0, -4.0, 6.0, 1.0]]),
        ),
        Case(
            "jacobian_from_vjps(lambda x: np.sin(K @ x) * x[0], np.array([0.5, 1.0, -0.5, 2.0])) with the 3 × 4 matrix "
            "K of the chapter",
            lambda f: f(_waves, np.array([0.5, 1.0, -0.5, 2.0])),
        ),
    ],
    mistakes=[
        Mistake(
            "vjp-taken-for-jacobian",
            _one_pullback_of_ones,
            "You pull back a vector of ones, once. That gives the sum of all the rows. Which vector picks out a single "
            "row?",
        ),
        Mistake(
            "vjp-taken-for-jacobian",
            _first_row_alone,
            "You return the first row alone. How many outputs are there, and so how many rows?",
        ),
        Mistake(
            "transposed-layout",
            _rows_as_columns,
            "Your numbers are right, but what belongs to one output stands in a column. A VJP gives a row: along which "
            "axis must the rows be stacked? (Columns come from JVPs.)",
        ),
        Mistake(
            "modes-exchanged",
            _unit_vectors_of_the_input,
            "It works while there are as many outputs as inputs, and fails otherwise. A cotangent has one number for "
            "each output, so how long must your unit vectors be?",
        ),
        Mistake(
            "tuple-not-unpacked",
            _tuples_kept,
            "There is an axis too many. `pullback(u)` returns a tuple, with one entry for each argument of `f`. Here "
            "it has one entry: take it out.",
        ),
        Mistake(
            "shapes-multiplied-out",
            _end_to_end,
            "All the numbers are there, in one long vector. You joined the rows end to end; `np.stack` lays them below "
            "one another.",
        ),
    ],
    hints=[
        r"A VJP computes $J^\mathsf{T} u$. For which $u$ is that the first row of $J$? Try $m = 2$ with letters.",
        "A cotangent with a single 1 at place $i$ gives row $i$. The rows of the identity matrix `np.eye(m)` are just "
        "these vectors, and `y.size` is $m$.",
        "Call `vjp` once, then the pullback for each row of `np.eye(y.size)`; take the first entry of the tuple each "
        "time. `np.stack` makes a matrix of a list of rows.",
    ],
    solution=r"""
        ```python
        from jaclib import vjp

        def jacobian_from_vjps(f, x):
            y, pullback = vjp(f, x)
            rows = [pullback(unit)[0] for unit in np.eye(y.size)]
            return np.stack(rows)
        ```

        The function `f` runs once; `pullback` goes back once for each output. With the unit vector $e_i$ it returns
        $J^\mathsf{T} e_i$, which is row $i$ of $J$. Stacked, the rows make the matrix: $m$ passes, however many inputs
        there are. `jaclib.jacrev` does the same.
    """,
)
