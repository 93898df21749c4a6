"""Implicit functions: one equation, and two."""

from __future__ import annotations

from sympy import Matrix, diag

from jaclib.exercises.entry import Exercise, Mistake

# --- E2.12 -------------------------------------------------------------------------------------------------------


def _curve(g):
    g.c = g.x**3 + g.y**3
    g.by_x, g.by_y = 3 * g.x**2, 3 * g.y**2


def _draw_on_curve(rng):
    x, y = rng.sample([1, 2, 3, 4, 5, 6, 7], 2)
    return {"x": x * rng.choice([-1, 1]), "y": y * rng.choice([-1, 1])}


E2_12 = Exercise(
    id="E2.12",
    title="The slope of a curve given by an equation",
    kind="number",
    section="sec-2-implicit",
    objective="solve",
    difficulty=1,
    given={"x": 1, "y": 2},
    draw=_draw_on_curve,
    derive=_curve,
    prompt=r"""
        Near the point $(<x>, <y>)$ the equation $x^3 + y^3 = <c>$ makes $y$ a function of $x$. What is $dy/dx$ there?
    """,
    answer=lambda g: -g.by_x / g.by_y,
    mistakes=[
        Mistake("implicit-minus-lost", lambda g: g.by_x / g.by_y),
        Mistake("slope-upside-down", lambda g: -g.by_y / g.by_x, "You have $dx/dy$: which variable do you solve for?"),
        Mistake(
            "implicit-minus-lost",
            lambda g: g.by_y / g.by_x,
            "Two things: which derivative belongs below? And if the first term grows, what must the second one do, so "
            "that the sum stays?",
        ),
        Mistake(
            "inner-derivative-forgotten",
            lambda g: g.by_x + g.by_y,
            r"You added the two partial derivatives, as if $x$ and $y$ moved equally fast. When $x$ moves by $dx$, $y$ "
            r"moves by some $dy$: give the second derivative this factor, and let the sum be zero.",
        ),
        Mistake(
            "other-variable-held-still",
            lambda g: g.by_x,
        ),
        Mistake(
            "power-rule-factor",
            lambda g: -g.x / g.y,
            "The derivative of $x^3$ is not $3x$. Which power is left?",
        ),
    ],
    hints=[
        r"If $x$ moves a little, $y$ must move too, so that $x^3 + y^3$ stays as it is. First decide: which sign must "
        r"the answer have?",
        r"Nudge $x$ by $dx$ and $y$ by $dy$. The change of the left side, $3x^2\, dx + 3y^2\, dy$, must be zero.",
        r"At this point the two derivatives are $3x^2 = <by_x>$ and $3y^2 = <by_y>$. Solve $<by_x>\, dx + <by_y>\, dy "
        r"= 0$ for $dy/dx$.",
    ],
    solution=r"""
        Along the curve $x^3 + y^3$ does not change, so $3x^2\, dx + 3y^2\, dy = 0$. With the numbers of the point this
        is $<by_x>\, dx + <by_y>\, dy = 0$, and

        $$
        \frac{dy}{dx} = -\frac{<by_x>}{<by_y>} = <answer> .
        $$

        The sign is plausible: where $x^3$ grows, $y^3$ has to shrink.
    """,
)


# --- E2.28 -------------------------------------------------------------------------------------------------------


def _two_equations(g):
    g.c = g.x**2 + g.y**2 + g.z**2
    g.d = g.x + g.k * g.y - g.z
    g.F_x = Matrix([2 * g.x, 1])
    g.F_yz = Matrix([[2 * g.y, 2 * g.z], [g.k, -1]])
    g.minus_F_x = -g.F_x


def _draw_two_equations(rng):
    """Draw a point where both equations together can be solved for y and z."""
    while True:
        x, y, z = (rng.choice([-3, -2, -1, 1, 2, 3, 4]) for _ in range(3))
        k = rng.choice([1, 2, 3])
        if y + k * z != 0 and len({abs(x), abs(y), abs(z)}) > 1:
            return {"x": x, "y": y, "z": z, "k": k}


E2_28 = Exercise(
    id="E2.28",
    title="Two equations for two unknowns",
    kind="vector",
    section="sec-2-implicit",
    objective="solve",
    difficulty=3,
    given={"x": 1, "y": 2, "z": 2, "k": 1},
    draw=_draw_two_equations,
    derive=_two_equations,
    prompt=r"""
        Near the point $(<x>, <y>, <z>)$ the two equations

        $$
        x^2 + y^2 + z^2 = <c>, \qquad x <k:+*> y - z = <d>
        $$

        make $y$ and $z$ functions of $x$. What are $(dy/dx,\; dz/dx)$ there?
    """,
    answer=lambda g: g.F_yz.solve(g.minus_F_x),
    mistakes=[
        Mistake(
            "implicit-minus-lost",
            lambda g: g.F_yz.solve(g.F_x),
        ),
        Mistake("transpose-in-place-of-jacobian", lambda g: g.F_yz.T.solve(g.minus_F_x)),
        Mistake(
            "equations-solved-one-by-one",
            lambda g: diag(g.F_yz[0, 0], g.F_yz[1, 1]).solve(g.minus_F_x),
            "You solved the first equation for $y$ with $z$ held still, and the second for $z$ with $y$ held still. "
            "But when $x$ moves, $y$ and $z$ move at the same time.",
        ),
        Mistake(
            "inverse-misremembered",
            lambda g: g.F_yz.adjugate() * g.minus_F_x if abs(g.F_yz.det()) != 1 else None,
            "You exchanged the entries and changed the signs as the inverse of a 2 × 2 matrix wants it. What is still "
            "to be divided? Put your two numbers into the equations and see.",
        ),
        Mistake(
            "multiplied-not-solved",
            lambda g: g.F_yz * g.minus_F_x,
            "You multiplied by the matrix of the derivatives by $y$ and $z$. It says what $dy$ and $dz$ do to the two "
            "equations; here they are the unknowns.",
        ),
        Mistake(
            "other-variable-held-still",
            lambda g: g.F_x,
            "These are the derivatives by $x$ with $y$ and $z$ held still. So the equations would be violated: what "
            "must $y$ and $z$ do about it?",
        ),
        Mistake(
            "power-rule-factor",
            lambda g: Matrix([[g.y, g.z], [g.k, -1]]).solve(g.minus_F_x) if g.y + g.k * g.z != 0 else None,
            "Look at the derivatives of the squares by $y$ and by $z$. Did each of them get its factor?",
        ),
    ],
    hints=[
        r"Nudge $x$ by $dx$, $y$ by $dy$, and $z$ by $dz$. Neither of the two left sides may change. That gives two "
        r"linear equations.",
        r"The first is $2x\, dx + 2y\, dy + 2z\, dz = 0$. Write the second in the same way, put in the numbers of the "
        r"point, and divide by $dx$.",
        r"With $y' = dy/dx$ and $z' = dz/dx$ the system is $<F_yz> \begin{pmatrix} y' \\ z' \end{pmatrix} = "
        r"<minus_F_x:column>$. Solve it.",
    ],
    solution=r"""
        Neither left side may change, so $2x\, dx + 2y\, dy + 2z\, dz = 0$ and $dx <k:+*>\, dy - dz = 0$. With the
        numbers of the point, and after a division by $dx$:

        $$
        <F_yz> \begin{pmatrix} dy/dx \\ dz/dx \end{pmatrix} = <minus_F_x:column> , \qquad\text{so}\qquad
        \begin{pmatrix} dy/dx \\ dz/dx \end{pmatrix} = <answer:column> .
        $$

        The matrix is the Jacobian by the unknowns. Where its determinant is zero, the equations do not make $y$ and $z$
        functions of $x$.
    """,
)
