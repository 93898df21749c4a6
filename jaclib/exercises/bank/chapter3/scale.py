"""Linear and curved maps: the determinant as the area scale."""

from __future__ import annotations

from sympy import Rational, sqrt, symbols

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.4 --------------------------------------------------------------------------------------------------------


def _linear(g):
    g.p, g.q, g.r, g.s = g.A
    g.source = g.a * g.b
    g.det = g.p * g.s - g.q * g.r
    g.size = abs(g.det)


def _draw_linear(rng):
    while True:
        A = [[rng.randint(-3, 4), rng.randint(-3, 4)], [rng.randint(-3, 4), rng.randint(-3, 4)]]
        if abs(A[0][0] * A[1][1] - A[0][1] * A[1][0]) > 1:
            return {"A": A, "a": rng.randint(2, 4), "b": rng.randint(1, 3)}


E3_4 = Exercise(
    id="E3.4",
    title="What a matrix does to a rectangle",
    kind="number",
    section="sec-3-linear",
    objective="scale",
    difficulty=1,
    given={"A": [[1, 2], [3, 1]], "a": 2, "b": 1},
    draw=_draw_linear,
    derive=_linear,
    prompt=r"""
        The matrix $A = <A>$ maps the rectangle $0 \le x \le <a>$, $0 \le y \le <b>$ to a parallelogram. What is the
        area of the parallelogram?
    """,
    answer=lambda g: g.size * g.source,
    mistakes=[
        Mistake(
            "orientation-counted",
            lambda g: g.det * g.source if g.det < 0 else None,
            r"The size is right. Can an area be negative? What does the sign of the determinant say?",
        ),
        Mistake(
            "source-area-left-out",
            lambda g: g.size if g.source != 1 else None,
            r"That is the image of the unit square. How many unit squares fit into the rectangle?",
        ),
        Mistake(
            "area-factor-forgotten",
            lambda g: g.source,
            r"That is the area of the rectangle, before the matrix acts. By what is every area multiplied?",
        ),
        Mistake(
            "determinant-sum-for-difference",
            lambda g: abs(g.p * g.s + g.q * g.r) * g.source,
            r"Check your determinant on the identity matrix with its rows exchanged: it is $-1$. Does your formula "
            r"give that?",
        ),
        Mistake(
            "factor-upside-down",
            lambda g: g.source / g.size,
            r"You divided by the determinant. That is the way back, from the parallelogram to the rectangle.",
        ),
        Mistake(
            "off-diagonal-left-out",
            lambda g: abs(g.p * g.s) * g.source if abs(g.p * g.s) != 1 else None,
            r"You used the diagonal entries only. A shear moves the sides too: what do the other two entries do?",
        ),
    ],
    hints=[
        r"Every small square of the rectangle becomes a copy of one small parallelogram. So all areas are multiplied "
        r"by one number.",
        r"That number is $|\det A|$. How large is the rectangle that you start with?",
        r"For a matrix with rows $(p, q)$ and $(r, s)$ the determinant is $ps - qr$: here $<p:()> \cdot <s:()> - "
        r"<q:()> \cdot <r:()>$. Take its absolute value, and multiply by the area of the rectangle.",
    ],
    solution=r"""
        A linear map multiplies every area by the absolute value of its determinant. The rectangle has the area $<a>
        \cdot <b> = <source>$, and

        $$
        \det A = <p:()> \cdot <s:()> - <q:()> \cdot <r:()> = <det> .
        $$

        So the parallelogram has the area

        $$
        |\det A| \cdot <source> = <size> \cdot <source> = <answer> .
        $$

        The sign of the determinant says whether the map keeps the orientation. It has no part in the area.
    """,
)


# --- E3.21 -------------------------------------------------------------------------------------------------------


def _tile(g):
    g.J = [g.v, g.u, 2 * g.u, -2 * g.k * g.v]
    g.J11, g.J12, g.J21, g.J22 = g.J
    g.det = g.J11 * g.J22 - g.J12 * g.J21
    g.size = abs(g.det)
    g.two_k = 2 * g.k


def _draw_tile(rng):
    u, v = rng.sample([1, 2, 3, 4], 2)
    return {"k": rng.randint(2, 4), "u": u, "v": v, "h": Rational(1, rng.choice([10, 20, 50, 100]))}


E3_21 = Exercise(
    id="E3.21",
    title="One small tile of a bent grid",
    kind="number",
    section="sec-3-curved",
    objective="scale",
    difficulty=2,
    given={"k": 3, "u": 2, "v": 1, "h": Rational(1, 10)},
    draw=_draw_tile,
    derive=_tile,
    prompt=r"""
        The map $T(u, v) = (uv,\; u^2 - <k> v^2)$ bends a grid of square cells of side $h = <h>$. Take the cell with its
        lower left corner at $(u, v) = (<u>, <v>)$. Its image is nearly a parallelogram: the one that the Jacobian
        matrix at this corner makes of the cell. What is the area of this parallelogram?
    """,
    answer=lambda g: g.size * g.h**2,
    mistakes=[
        Mistake(
            "orientation-counted",
            lambda g: g.det * g.h**2,
            r"The size is right. The map turns the cell over, and that makes the determinant negative. And the area?",
        ),
        Mistake(
            "source-area-left-out",
            lambda g: g.size,
            r"That is the area scale at the corner. How large is the cell before it is scaled?",
        ),
        Mistake(
            "length-for-area",
            lambda g: g.size * g.h,
            r"You multiplied by the side of the cell. Both sides of the cell are short: what is its area?",
        ),
        Mistake(
            "determinant-sum-for-difference",
            lambda g: abs(g.J11 * g.J22 + g.J12 * g.J21) * g.h**2,
            r"You added the two products of the determinant. Which of them is subtracted?",
        ),
        Mistake(
            "off-diagonal-left-out",
            lambda g: abs(g.J11 * g.J22) * g.h**2,
            r"You used the diagonal of the Jacobian matrix only. Both outputs depend on both inputs.",
        ),
        Mistake(
            "area-factor-forgotten",
            lambda g: g.h**2,
            r"That is the area of the cell before the map acts. By what does the Jacobian matrix multiply it?",
        ),
        Mistake(
            "coordinates-exchanged",
            lambda g: abs(2 * g.k * g.u**2 + 2 * g.v**2) * g.h**2,
            r"You put the values of $u$ and $v$ in each other's place. The corner is $u = <u>$, $v = <v>$.",
        ),
    ],
    hints=[
        r"Near the corner the map is almost linear. Its Jacobian matrix there makes a parallelogram of the cell.",
        r"Differentiate: the first row of the Jacobian matrix is $(v, u)$, for the output $uv$. What is the second "
        r"row, for $u^2 - <k> v^2$?",
        r"At the corner the matrix has the rows $(<J11>, <J12>)$ and $(<J21>, <J22>)$. Take the absolute value of its "
        r"determinant, and multiply by the area of the cell, $h^2$.",
    ],
    solution=r"""
        The Jacobian matrix has a row for each output. At the corner $(<u>, <v>)$ it is

        $$
        J = \begin{pmatrix} v & u \\ 2u & -<two_k> v \end{pmatrix} =
        \begin{pmatrix} <J11> & <J12> \\ <J21> & <J22> \end{pmatrix},
        \qquad \det J = <J11> \cdot (<J22>) - <J12> \cdot <J21> = <det> .
        $$

        The cell has the area $h^2$. So the parallelogram has the area $|\det J|\, h^2 = <size> \cdot (<h>)^2 =
        <answer>$. The image itself differs from it by something of the size of $h^3$.
    """,
)


# --- E3.22 -------------------------------------------------------------------------------------------------------

_U, _V = symbols("u v")


E3_22 = Exercise(
    id="E3.22",
    title="The area scale of parabolic coordinates",
    kind="expression",
    section="sec-3-curved",
    objective="scale",
    difficulty=1,
    variables=("u", "v"),
    prompt=r"""
        Parabolic coordinates are $x = u^2 - v^2$, $y = 2uv$. By which factor does the map from $(u, v)$ to $(x, y)$
        multiply small areas? Give a formula in $u$ and $v$.
    """,
    answer=lambda g: 4 * (_U**2 + _V**2),
    mistakes=[
        Mistake(
            "determinant-sum-for-difference",
            lambda g: 4 * (_U**2 - _V**2),
            r"Write the four entries of the Jacobian matrix down. One of them is negative, and the determinant "
            r"subtracts the product in which it stands.",
        ),
        Mistake(
            "off-diagonal-left-out",
            lambda g: 4 * _U**2,
            r"You used the diagonal entries, $\partial x / \partial u$ and $\partial y / \partial v$. The other two "
            r"contribute as well.",
        ),
        Mistake(
            "factor-upside-down",
            lambda g: 1 / (4 * (_U**2 + _V**2)),
            r"That is the factor of the way back, from $(x, y)$ to $(u, v)$.",
        ),
        Mistake(
            "length-for-area",
            lambda g: 2 * sqrt(_U**2 + _V**2),
            r"By this factor lengths are multiplied. A cell has two sides, and both grow.",
        ),
        Mistake(
            "power-rule-factor",
            lambda g: 2 * (_U**2 + _V**2),
            r"A factor 2 is missing: in the derivatives of $u^2$ and $v^2$, or in those of $2uv$. Write all four down "
            r"again.",
        ),
    ],
    hints=[
        r"Small areas are multiplied by $|\det J|$, where $J$ holds the derivatives of $x$ and $y$ by $u$ and $v$.",
        r"The first row is $\left(\frac{\partial x}{\partial u}, \frac{\partial x}{\partial v}\right) = (2u, -2v)$. "
        r"What is the second row, for $y = 2uv$?",
        r"With rows $(p, q)$ and $(r, s)$ the determinant is $ps - qr$. Mind that $q = -2v$ is negative. Is the result "
        r"ever negative?",
    ],
    solution=r"""
        The Jacobian matrix and its determinant are

        $$
        J = \begin{pmatrix} 2u & -2v \\ 2v & 2u \end{pmatrix}, \qquad
        \det J = 2u \cdot 2u - (-2v) \cdot 2v = 4u^2 + 4v^2 .
        $$

        It is never negative, so the absolute value changes nothing: $|\det J| = 4 (u^2 + v^2)$. The columns $(2u, 2v)$
        and $(-2v, 2u)$ are perpendicular and of the same length, so a small square stays nearly a square.
    """,
)
