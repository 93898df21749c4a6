"""The chain rule as a matrix product: the order of the factors, and the place of each."""

from __future__ import annotations

import numpy as np
from sympy import Matrix, matrix_multiply_elementwise

from jaclib.exercises.entry import Case, Exercise, Mistake

# --- E2.4 --------------------------------------------------------------------------------------------------------


def _outer(u, v):
    return Matrix([[v, u], [1, -1]])


def _composition(g):
    g.u, g.v = g.x + g.y**2, g.x * g.y
    g.J_g = Matrix([[1, 2 * g.y], [g.y, g.x]])
    g.J_h = _outer(g.u, g.v)
    g.J_h_at_x = _outer(g.x, g.y)


E2_4 = Exercise(
    id="E2.4",
    title="The Jacobian of a composition",
    kind="matrix",
    section="sec-2-chain",
    objective="chain",
    difficulty=2,
    given={"x": 1, "y": 2},
    draw=lambda rng: {"x": rng.choice([-3, -2, -1, 1, 2, 3]), "y": rng.choice([-3, -2, -1, 1, 2, 3])},
    derive=_composition,
    prompt=r"""
        Let $g(x, y) = (x + y^2,\; xy)$ and $h(u, v) = (uv,\; u - v)$. What is the Jacobian of $h \circ g$, that is of
        $h(g(x, y))$, at $(x, y) = (<x>, <y>)$?
    """,
    answer=lambda g: g.J_h * g.J_g,
    mistakes=[
        Mistake(
            "product-in-wrong-order",
            lambda g: g.J_g * g.J_h,
            "You have the right two matrices, multiplied the other way round. Which function acts first, and on which "
            "side of the product does it stand?",
        ),
        Mistake(
            "outer-jacobian-at-the-input",
            lambda g: g.J_h_at_x * g.J_g,
        ),
        Mistake(
            "outer-jacobian-at-the-input",
            lambda g: g.J_g * g.J_h_at_x,
            "Two things: the function that acts first belongs on the right; and at which point does $h$ do its work?",
        ),
        Mistake("multiplied-entry-by-entry", lambda g: matrix_multiply_elementwise(g.J_h, g.J_g)),
        Mistake("jacobians-added", lambda g: g.J_h + g.J_g),
        Mistake(
            "inner-derivative-forgotten",
            lambda g: g.J_h,
            "That is the Jacobian of $h$ alone, and at the right place. It says how the output reacts to $u$ and $v$. "
            "How do these react to $x$ and $y$?",
        ),
        Mistake(
            "outer-derivative-forgotten",
            lambda g: g.J_g,
            "That is the Jacobian of $g$ alone. It says how $u$ and $v$ react. What does $h$ make of that?",
        ),
        Mistake(
            "factors-exchanged",
            lambda g: Matrix([[g.u, g.v], [1, -1]]) * g.J_g,
            "Look at the first row of the Jacobian of $h$. By what is $u$ multiplied in $uv$?",
        ),
    ],
    hints=[
        r"Three steps: where does $g$ take the point, the Jacobian of each function, the product. Start with $g(<x>, "
        r"<y>)$.",
        r"The inner value is $(u, v) = (<u>, <v>)$. The Jacobian of $h$ is taken there, the one of $g$ at $(<x>, "
        r"<y>)$.",
        r"You need $<J_h>$ and $<J_g>$, in one order or the other. The function that acts first stands on the right, "
        r"next to the vector that it acts on.",
    ],
    solution=r"""
        The inner value is $g(<x>, <y>) = (<u>, <v>)$, so $h$ works at $u = <u>$, $v = <v>$. The Jacobians are

        $$
        J_g = \begin{pmatrix} 1 & 2y \\ y & x \end{pmatrix} = <J_g>, \qquad
        J_h = \begin{pmatrix} v & u \\ 1 & -1 \end{pmatrix} = <J_h> .
        $$

        The function that acts first stands on the right:

        $$
        J_{h \circ g} = J_h J_g = <J_h> <J_g> = <answer> .
        $$
    """,
)


# --- E2.22 -------------------------------------------------------------------------------------------------------


def _chain_jacobian(steps, x):
    product = np.eye(len(x))
    for f, jacobian in steps:
        product = jacobian(x) @ product
        x = f(x)
    return product


def _order_reversed(steps, x):
    product = np.eye(len(x))
    for f, jacobian in steps:
        product = product @ jacobian(x)
        x = f(x)
    return product


def _all_at_the_input(steps, x):
    product = np.eye(len(x))
    for _, jacobian in steps:
        product = jacobian(x) @ product
    return product


def _one_step_late(steps, x):
    product = np.eye(len(x))
    for f, jacobian in steps:
        x = f(x)
        product = jacobian(x) @ product
    return product


def _entry_by_entry(steps, x):
    product = 1.0
    for f, jacobian in steps:
        product = jacobian(x) * product
        x = f(x)
    return product


def _last_alone(steps, x):
    product = np.eye(len(x))
    for f, jacobian in steps:
        product = jacobian(x)
        x = f(x)
    return product


def _added_up(steps, x):
    product = np.eye(len(x))
    for f, jacobian in steps:
        product = product + jacobian(x)
        x = f(x)
    return product


def _transposed(steps, x):
    return _chain_jacobian(steps, x).T


_LINEAR = [
    (lambda x: np.array([x[0] + 2 * x[1], x[1]]), lambda x: np.array([[1.0, 2.0], [0.0, 1.0]])),
    (lambda x: np.array([x[0], 3 * x[0] + x[1]]), lambda x: np.array([[1.0, 0.0], [3.0, 1.0]])),
]
_CURVED = [  # E2.4
    (lambda p: np.array([p[0] + p[1] ** 2, p[0] * p[1]]), lambda p: np.array([[1.0, 2 * p[1]], [p[1], p[0]]])),
    (lambda q: np.array([q[0] * q[1], q[0] - q[1]]), lambda q: np.array([[q[1], q[0]], [1.0, -1.0]])),
]
_SHAPES = [  # the worked example of the chapter, and a loss
    (
        lambda p: np.array([p[0] * p[1], p[0] + p[1], p[1] ** 2]),
        lambda p: np.array([[p[1], p[0]], [1.0, 1.0], [0.0, 2 * p[1]]]),
    ),
    (
        lambda q: np.array([q[0] + q[1] * q[2], q[0] * q[2]]),
        lambda q: np.array([[1.0, q[2], q[1]], [q[2], 0.0, q[0]]]),
    ),
    (lambda r: np.array([r[0] ** 2 + r[1]]), lambda r: np.array([[2 * r[0], 1.0]])),
]


E2_22 = Exercise(
    id="E2.22",
    title="The Jacobian of a chain of functions",
    kind="code",
    section="sec-2-chain",
    objective="chain",
    difficulty=2,
    signature="chain_jacobian(steps, x)",
    prompt=r"""
        Write a function `chain_jacobian(steps, x)` that returns the Jacobian of a chain of functions at the vector `x`.
        `steps` is a list of pairs `(f, J)`, in the order in which the functions act: `f(p)` is the value of a function
        at `p`, an array, and `J(p)` is its Jacobian at `p`, a matrix. For an empty list nothing happens to `x`; return
        the Jacobian of that.
    """,
    answer=_chain_jacobian,
    cases=[
        Case(
            "chain_jacobian([(f1, J1), (f2, J2)], np.array([1.0, 1.0])) with the linear maps f1(x, y) = (x + 2y, y) "
            "and f2(x, y) = (x, 3x + y)",
            lambda f: f(_LINEAR, np.array([1.0, 1.0])),
            expect=np.array([[1.0, 2.0], [3.0, 7.0]]),
        ),
        Case(
            "chain_jacobian([(g, Jg), (h, Jh)], np.array([1.0, 2.0])) with g(x, y) = (x + y², xy) and h(u, v) = (uv, "
            "u - v)",
            lambda f: f(_CURVED, np.array([1.0, 2.0])),
            expect=np.array([[12.0, 13.0], [-1.0, 3.0]]),
        ),
        Case(
            "chain_jacobian([(g, Jg), (h, Jh)], np.array([-1.0, 2.0])) with g(x, y) = (xy, x + y, y²) and h(u, v, w) = "
            "(u + vw, uw)",
            lambda f: f(_SHAPES[:2], np.array([-1.0, 2.0])),
            expect=np.array([[6.0, 7.0], [8.0, -12.0]]),
        ),
        Case(
            "chain_jacobian([(g, Jg), (h, Jh), (k, Jk)], np.array([-1.0, 2.0])) with g and h as before, k(r, s) = r² "
            "+ s",
            lambda f: f(_SHAPES, np.array([-1.0, 2.0])),
            expect=np.array([[32.0, 16.0]]),
        ),
        Case(
            "chain_jacobian([(g, Jg), (g, Jg), (g, Jg)], np.array([0.5, -1.0])) with g(x, y) = (x + y², xy)",
            lambda f: f(_CURVED[:1] * 3, np.array([0.5, -1.0])),
        ),
        Case(
            "chain_jacobian([], np.array([1.0, 2.0, 3.0]))",
            lambda f: f([], np.array([1.0, 2.0, 3.0])),
            expect=np.eye(3),
        ),
    ],
    mistakes=[
        Mistake(
            "product-in-wrong-order",
            _order_reversed,
            "Your matrices are multiplied the other way round: where the shapes differ, the product does not even "
            "exist. On which side of the product does the Jacobian of a later function belong?",
        ),
        Mistake(
            "outer-jacobian-at-the-input",
            _all_at_the_input,
            "All your Jacobians are taken at `x`. The second function does not work there: which point does it "
            "receive?",
        ),
        Mistake(
            "outer-jacobian-at-the-input",
            _one_step_late,
            "Each Jacobian is taken one step too late. `J(p)` belongs to the point that goes into its function, not to "
            "what comes out: look at the order of the two lines in your loop.",
        ),
        Mistake(
            "multiplied-entry-by-entry",
            _entry_by_entry,
            "In NumPy `*` multiplies entry by entry. Which sign is the matrix product?",
        ),
        Mistake(
            "inner-derivative-forgotten",
            _last_alone,
            "You return the Jacobian of the last function alone. What happened to the nudge before it arrived there?",
        ),
        Mistake(
            "jacobians-added",
            _added_up,
        ),
        Mistake("transposed-layout", _transposed),
    ],
    hints=[
        "Follow a nudge through the chain: each function multiplies it by its Jacobian, at the point where it works.",
        "Two things change from step to step: the point, and the product so far. Before the first step nothing has "
        "happened. Which matrix changes nothing?",
        "Start with `np.eye(len(x))`. For each pair, multiply `J` at the present point by the product so far, from the "
        "left; only then move the point on with `f`.",
    ],
    solution=r"""
        ```python
        def chain_jacobian(steps, x):
            product = np.eye(len(x))
            for f, J in steps:
                product = J(x) @ product
                x = f(x)
            return product
        ```

        The product so far takes a nudge of the input to the place where the next function starts. Its Jacobian there
        comes on the left. The order of the two lines in the loop matters: `J` is taken at the point that goes into `f`.
        This is forward mode for a chain.
    """,
)
