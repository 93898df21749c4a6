"""The robot arm, singular points, and the Jacobian of an inverse."""

from __future__ import annotations

from sympy import FiniteSet, Matrix, cos, pi, sin, sqrt

from jaclib.exercises.entry import Exercise, Mistake

# --- E2.11 -------------------------------------------------------------------------------------------------------


def _arm(g):
    g.t_1, g.t_2 = g.theta
    g.t_12 = g.t_1 + g.t_2
    g.first = g.l_1 * Matrix([-sin(g.t_1), cos(g.t_1)])
    g.second = g.l_2 * Matrix([-sin(g.t_12), cos(g.t_12)])
    g.J = (g.first + g.second).row_join(g.second)
    g.tip = g.l_1 * Matrix([cos(g.t_1), sin(g.t_1)]) + g.l_2 * Matrix([cos(g.t_12), sin(g.t_12)])


def _positions(g):
    """Return the matrix with the two sums of positions where their derivatives belong."""
    second = g.l_2 * Matrix([cos(g.t_12), sin(g.t_12)])
    return g.tip.row_join(second)


def _draw_arm(rng):
    l_1, l_2 = rng.sample([1, 2, 3, 4, 5], 2)
    return {"l_1": l_1, "l_2": l_2, "theta": [rng.randint(0, 4) * pi / 6, rng.choice([1, 2, 3, 4]) * pi / 6]}


E2_11 = Exercise(
    id="E2.11",
    title="The Jacobian of a robot arm",
    kind="matrix",
    section="sec-2-singular",
    objective="solve",
    difficulty=2,
    given={"l_1": 2, "l_2": 1, "theta": [0, pi / 2]},
    draw=_draw_arm,
    derive=_arm,
    prompt=r"""
        A robot arm in the plane has links of lengths $\ell_1 = <l_1>$ and $\ell_2 = <l_2>$. The angle $\theta_1$ at the
        shoulder is measured from the horizontal, the angle $\theta_2$ at the elbow from the first link, so the tip is
        at

        $$
        \begin{aligned}
        x &= \ell_1 \cos\theta_1 + \ell_2 \cos(\theta_1 + \theta_2) , \\
        y &= \ell_1 \sin\theta_1 + \ell_2 \sin(\theta_1 + \theta_2) .
        \end{aligned}
        $$

        What is the Jacobian of the tip $(x, y)$ by $(\theta_1, \theta_2)$ at $\theta = <theta>$?
    """,
    answer=lambda g: g.J,
    mistakes=[
        Mistake(
            "one-path-only",
            lambda g: g.first.row_join(g.second),
            r"In your first column the second link is missing. $\theta_1$ stands in two places: when the shoulder "
            r"turns, which links move?",
        ),
        Mistake(
            "angle-from-the-horizontal",
            lambda g: g.first.row_join(g.l_2 * Matrix([-sin(g.t_2), cos(g.t_2)])) if g.t_1 != 0 else None,
        ),
        Mistake(
            "sign-of-the-cosine",
            lambda g: Matrix([-g.J.row(0), g.J.row(1)]),
        ),
        Mistake(
            "logarithm-kept",
            _positions,
            "You kept sine and cosine as they are. In a Jacobian each is replaced by its derivative.",
        ),
        Mistake(
            "value-for-derivative",
            lambda g: tuple(g.tip),
            "That is where the tip is. The Jacobian says how it moves when the motors turn: one column for each motor.",
        ),
        Mistake(
            "partials-swapped",
            lambda g: g.second.row_join(g.first + g.second),
            "Your two columns stand in each other's place. The first column belongs to the shoulder.",
        ),
        Mistake(
            "constant-lost",
            lambda g: (g.first / g.l_1 + g.second / g.l_2).row_join(g.second / g.l_2),
            "You have lost the lengths of the links. They are constant factors, and stay.",
        ),
        Mistake(
            "determinant-for-matrix",
            lambda g: g.J.det(),
            "That is the Jacobian determinant, a single number. Asked for is the matrix.",
        ),
    ],
    hints=[
        "Think of what each motor does alone. The second column is the velocity of the tip when only the elbow turns "
        "at speed 1, the first when only the shoulder does.",
        r"The derivative of $\cos$ is $-\sin$, of $\sin$ it is $\cos$. $\theta_1$ stands in both terms of each line, "
        r"$\theta_2$ only in the second.",
        r"Here $\theta_1 = <t_1>$ and $\theta_1 + \theta_2 = <t_12>$. The second link alone gives $\ell_2 "
        r"(-\sin(\theta_1 + \theta_2),\; \cos(\theta_1 + \theta_2)) = <second>$, which is the second column. Add the "
        r"first link's part for the first column.",
    ],
    solution=r"""
        A link at the angle $\varphi$ from the horizontal contributes its length times $(-\sin\varphi,\; \cos\varphi)$.
        Here $\theta_1 = <t_1>$ and $\theta_1 + \theta_2 = <t_12>$, which gives $<first>$ for the first link and
        $<second>$ for the second. The elbow moves the second link only. The shoulder moves both, so its column is the
        sum:

        $$
        J = <answer> .
        $$
    """,
)


# --- E2.26 -------------------------------------------------------------------------------------------------------


def _at(x, y):
    return Matrix([[2 * x, -1], [y, x]])


def _inverse(g):
    g.image = Matrix([g.x**2 - g.y, g.x * g.y])
    g.J = _at(g.x, g.y)
    g.det = g.J.det()
    g.adjugate = g.J.adjugate()


def _draw_inverse(rng):
    """Draw a point at which the Jacobian can be inverted, and whose image is another point of that kind."""
    while True:
        x, y = rng.choice([-3, -2, -1, 1, 2, 3]), rng.choice([-4, -3, -2, -1, 1, 2, 3, 4])
        if 2 * x**2 + y not in (0, 1, -1) and 2 * (x**2 - y) ** 2 + x * y != 0:
            return {"x": x, "y": y}


E2_26 = Exercise(
    id="E2.26",
    title="The Jacobian of the inverse",
    kind="matrix",
    section="sec-2-singular",
    objective="solve",
    difficulty=3,
    given={"x": 2, "y": 1},
    draw=_draw_inverse,
    derive=_inverse,
    prompt=r"""
        The map $f(x, y) = (x^2 - y,\; xy)$ takes the point $(<x>, <y>)$ to $<image>$. Near this point it can be
        inverted. What is the Jacobian of the inverse $f^{-1}$ at $<image>$?
    """,
    answer=lambda g: g.adjugate / g.det,
    mistakes=[
        Mistake(
            "inverse-not-taken",
            lambda g: g.J,
        ),
        Mistake(
            "outer-jacobian-at-the-input",
            lambda g: _at(*g.image).inv(),
            r"You took the Jacobian of $f$ at $<image>$. The function $f$ starts from another point: which one does "
            r"$f^{-1}$ lead back to?",
        ),
        Mistake(
            "determinant-for-matrix",
            lambda g: 1 / g.det,
            "That is the determinant of the Jacobian of the inverse, a single number. Asked for is the matrix.",
        ),
        Mistake("inverted-entry-by-entry", lambda g: g.J.applyfunc(lambda entry: 1 / entry)),
        Mistake(
            "inverse-misremembered",
            lambda g: g.adjugate,
            "The entries stand in the right places. What does the formula for the inverse of a 2 × 2 matrix divide "
            "them by? Multiply your matrix by the Jacobian of $f$ and see what comes out.",
        ),
        Mistake(
            "inverse-misremembered",
            lambda g: Matrix([[g.J[1, 1], g.J[0, 1]], [g.J[1, 0], g.J[0, 0]]]) / g.det,
            "You exchanged the two entries on the diagonal and divided. Something happens to the other two entries as "
            "well. Multiply your matrix by the Jacobian of $f$ and see what comes out.",
        ),
        Mistake(
            "inverse-misremembered",
            lambda g: g.adjugate * g.det,
            "You multiplied by the determinant. Test it with a map that doubles all lengths: what must the inverse do "
            "to lengths?",
        ),
    ],
    hints=[
        "You need no formula for the inverse function. Going there and back changes nothing, so the product of the two "
        "Jacobians is the identity.",
        r"So take the Jacobian of $f$ at $(<x>, <y>)$, the point that $f^{-1}$ leads back to, and invert this matrix.",
        r"The Jacobian of $f$ there is $<J>$, with determinant $<det>$. For the inverse of a 2 × 2 matrix exchange the "
        r"diagonal, change the signs of the other two entries, and divide by the determinant.",
    ],
    solution=r"""
        By the inverse function theorem the Jacobian of the inverse, taken at $f(a)$, is the inverse of the Jacobian of
        $f$, taken at $a$. Here

        $$
        J = \begin{pmatrix} 2x & -1 \\ y & x \end{pmatrix} = <J>, \qquad \det J = <det> ,
        $$

        which is not zero. So the Jacobian of the inverse is

        $$
        J^{-1} = \frac{1}{<det>} <adjugate> = <answer> .
        $$
    """,
)


# --- E2.27 -------------------------------------------------------------------------------------------------------


def _folds(g):
    g.c = 3 * g.k**2
    g.square = g.k**2


E2_27 = Exercise(
    id="E2.27",
    title="Where a map is singular",
    kind="set",
    section="sec-2-singular",
    objective="solve",
    difficulty=2,
    given={"k": 2},
    draw=lambda rng: {"k": rng.randint(2, 15)},
    derive=_folds,
    prompt=r"""
        For which $x$ is the Jacobian of $f(x, y) = (x^3 + y,\; <c> x + y)$ singular?
    """,
    answer=lambda g: FiniteSet(-g.k, g.k),
    mistakes=[
        Mistake(
            "one-root-only",
            lambda g: FiniteSet(g.k),
        ),
        Mistake(
            "one-root-only",
            lambda g: FiniteSet(-g.k),
            "This number belongs to the answer. A square is the same for two numbers: which is the other one?",
        ),
        Mistake(
            "power-rule-factor",
            lambda g: FiniteSet(-sqrt(g.c), sqrt(g.c)),
            "Look at the derivative of $x^3$: a factor is missing.",
        ),
        Mistake(
            "value-for-derivative",
            lambda g: FiniteSet(-sqrt(g.c), 0, sqrt(g.c)),
            "You looked for points where the two outputs are equal. Singular is said of the Jacobian: where do its two "
            "columns lie on one line?",
        ),
        Mistake(
            "square-left-standing",
            lambda g: FiniteSet(g.square),
        ),
        Mistake(
            "zero-entry-for-singular",
            lambda g: FiniteSet(0),
        ),
    ],
    hints=[
        "Singular means that the matrix cannot be inverted: its columns lie on one line. Which number tells?",
        r"The Jacobian is $\begin{pmatrix} 3x^2 & 1 \\ <c> & 1 \end{pmatrix}$. When is its determinant zero?",
        r"The determinant is $3x^2 - <c>$. It does not depend on $y$. Solve $x^2 = <square>$, and do not lose a "
        r"solution.",
    ],
    solution=r"""
        The Jacobian and its determinant are

        $$
        J = \begin{pmatrix} 3x^2 & 1 \\ <c> & 1 \end{pmatrix}, \qquad \det J = 3x^2 - <c> .
        $$

        The determinant is zero where $x^2 = <square>$, that is for $x = -<k>$ and for $x = <k>$. On these two lines
        the two
        columns of $J$ lie on one line, and the best linear map takes the whole plane to that line. The answer is
        $<answer>$.
    """,
)
