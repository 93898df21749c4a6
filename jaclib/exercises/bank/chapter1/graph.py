"""The chain rule as a graph: paths, the sweep back, values that are used more than once."""

from __future__ import annotations

from sympy import Matrix, exp, log, symbols

from jaclib.exercises.entry import Exercise, Mistake

x = symbols("x")


# --- E1.4 --------------------------------------------------------------------------------------------------------


def _two_paths(g):
    g.u, g.v = g.x**2, g.a * g.x
    g.df_du, g.df_dv = g.v + 2 * g.u, g.u
    g.du_dx, g.dv_dx = 2 * g.x, g.a
    g.by_u, g.by_v = g.df_du * g.du_dx, g.df_dv * g.dv_dx


E1_4 = Exercise(
    id="E1.4",
    title="Two paths to the output",
    kind="number",
    section="sec-1-graph",
    objective="paths",
    difficulty=1,
    given={"a": 3, "x": 2},
    draw=lambda rng: {"a": rng.choice([2, 4, 5, 7]), "x": rng.choice([-3, -2, 2, 3, 5])},
    derive=_two_paths,
    prompt=r"Let $f = uv + u^2$ with $u = x^2$ and $v = <a>x$. What is $\dfrac{df}{dx}$ at $x = <x>$?",
    answer=lambda g: g.by_u + g.by_v,
    mistakes=[
        Mistake(
            "one-path-only",
            lambda g: g.by_u,
            r"You went through $u$ only. $x$ reaches $f$ along a second path: what does it do to $v$, and $v$ to $f$?",
        ),
        Mistake(
            "one-path-only",
            lambda g: g.by_v,
            r"You went through $v$ only. $x$ reaches $f$ along a second path: what does it do to $u$, and $u$ to $f$?",
        ),
        Mistake(
            "paths-multiplied",
            lambda g: g.by_u * g.by_v,
            "You found both paths, and multiplied them. A small step of $x$ acts along both at once: how do the two "
            "changes of $f$ come together?",
        ),
        Mistake(
            "inner-derivative-forgotten",
            lambda g: g.df_du + g.df_dv,
            r"You added $\partial f/\partial u$ and $\partial f/\partial v$. Each of them has still to be multiplied: "
            r"how fast does $u$ change with $x$, and how fast does $v$?",
        ),
    ],
    hints=[
        "Draw the graph: arrows from $x$ to $u$ and to $v$, and from both to $f$. Along how many paths does $x$ reach "
        "$f$?",
        r"Write the local derivative on each arrow: $\frac{\partial f}{\partial u} = v + 2u$, $\frac{\partial "
        r"f}{\partial v} = u$, $\frac{du}{dx} = 2x$, $\frac{dv}{dx} = <a>$. Multiply along a path.",
        r"At $x = <x>$ we have $u = <u>$ and $v = <v>$. The path through $v$ contributes $<df_dv> \cdot <dv_dx:()> = "
        r"<by_v>$. Find the other, and add.",
    ],
    solution=r"""
        At $x = <x>$ the values are $u = <u>$ and $v = <v>$. There are two paths from $x$ to $f$. Along each, multiply:

        $$
        \begin{aligned}
        \text{through } u: \quad \frac{\partial f}{\partial u} \frac{du}{dx} &= (v + 2u) \cdot 2x = <by_u> , \\
        \text{through } v: \quad \frac{\partial f}{\partial v} \frac{dv}{dx} &= u \cdot <a> = <by_v> .
        \end{aligned}
        $$

        Add over the paths: $\dfrac{df}{dx} = <by_u> <by_v:+> = <answer>$.
    """,
)


# --- E1.8 --------------------------------------------------------------------------------------------------------


def _cube(g):
    g.q = g.x**2
    g.z = g.q * g.x
    g.share = g.x**2


E1_8 = Exercise(
    id="E1.8",
    title="One value, used three times",
    kind="number",
    section="sec-1-reuse",
    objective="paths",
    difficulty=1,
    given={"x": 3},
    draw=lambda rng: {"x": rng.choice([-6, -5, -4, -3, -2, 4, 5, 6, 7, 8, 9, 10])},
    derive=_cube,
    prompt=r"""
        A program calculates $z = x \cdot x \cdot x$ from left to right, in two steps: $q = x \cdot x$, then $z = q
        \cdot x$. Go through them in reverse mode at $x = <x>$, starting with $\bar z = 1$. What is $\bar x$ at the end,
        the gradient of $z$ by $x$?
    """,
    answer=lambda g: 3 * g.share,
    mistakes=[
        Mistake(
            "gradients-overwritten",
            lambda g: g.share,
            r"One share of $\bar x$ alone has this size. $x$ is used three times: when the sweep reaches another use, "
            r"what must it do with the share that it has already?",
        ),
        Mistake(
            "one-path-only",
            lambda g: 2 * g.share,
            r"You have two shares of $\bar x$. In how many places does $x$ enter, counting both steps?",
        ),
        Mistake(
            "paths-multiplied",
            lambda g: g.share**3,
            r"You multiplied the shares of the three uses. They are three paths, side by side.",
        ),
        Mistake(
            "partials-left-out",
            lambda g: 3,
            r"You counted the uses. Each of them also has a local derivative: what is $\partial z / \partial q$, and "
            r"what is $\partial q / \partial x$?",
        ),
        # At x = 3 the value and the gradient are both 27, so there the slip cannot be seen.
        Mistake("value-for-derivative", lambda g: g.z if g.x != 3 else None),
    ],
    hints=[
        "Every use of $x$ is a copy. What is copied on the way forward is added up on the way back. How many uses are "
        "there?",
        r"Start at $z = q \cdot x$. It sends $\bar q = x \cdot \bar z$ to $q$, and a first share $q \cdot \bar z$ to "
        r"$x$. Then go on to $q = x \cdot x$, which uses $x$ twice.",
        r"At $x = <x>$ the step $z = q \cdot x$ gives $\bar q = <x>$ and the first share, $q = <q>$. Each of the two "
        r"uses in $q = x \cdot x$ adds $\bar q \cdot x$. Add up the three shares.",
    ],
    solution=r"""
        Forward: $q = <q>$. Back, from $\bar z = 1$:

        $$
        \begin{aligned}
        z = q \cdot x: \quad & \bar q = x = <x>, \qquad \bar x = q = <q>, \\
        q = x \cdot x: \quad & \bar x = <q> + \bar q \cdot x + \bar q \cdot x = <q> + <share> + <share> = <answer> .
        \end{aligned}
        $$

        Three uses, three shares, and they are added. It agrees with the power rule, $3x^2$. A program that writes
        `bar = share` in place of `bar += share` keeps only the last share.
    """,
)


# --- E1.16 -------------------------------------------------------------------------------------------------------

E1_16 = Exercise(
    id="E1.16",
    title="The slope of a softened relu",
    kind="expression",
    section="sec-1-graph",
    objective="paths",
    difficulty=1,
    variables=("x",),
    prompt=r"The *softplus* function is $f(x) = \ln(1 + e^x)$. What is its derivative, as a formula in $x$?",
    answer=lambda g: exp(x) / (1 + exp(x)),
    mistakes=[
        Mistake(
            "inner-derivative-forgotten",
            lambda g: 1 / (1 + exp(x)),
            r"You have the derivative of the logarithm at $1 + e^x$. What is the derivative of what stands inside?",
        ),
        Mistake(
            "outer-derivative-forgotten",
            lambda g: exp(x),
            r"You have the derivative of what stands inside. What does the logarithm around it do?",
        ),
        Mistake(
            "logarithm-kept",
            lambda g: exp(x) * log(1 + exp(x)),
            "The factor $e^x$ from inside is right. The other factor is the derivative of the logarithm, not the "
            "logarithm.",
        ),
        Mistake(
            "function-of-a-sum-split",
            lambda g: 1,
            r"You took the logarithm of each term, which would make $f(x) = x$. But at $x = 0$ the function is $\ln "
            r"2$.",
        ),
    ],
    hints=[
        r"The function is a chain: $x \to e^x \to 1 + e^x \to \ln(1 + e^x)$. Differentiate link by link.",
        r"With $u = 1 + e^x$, the last link is $\ln u$. Its derivative is $1/u$.",
        r"The derivative of $u$ by $x$ is $e^x$. Multiply it by $1/u$, and write $u$ in terms of $x$.",
    ],
    solution=r"""
        With $u = 1 + e^x$ the chain rule has two factors, $\frac{df}{du} = \frac1u$ and $\frac{du}{dx} = e^x$:

        $$
        f'(x) = \frac{e^x}{1 + e^x} .
        $$

        Divide above and below by $e^x$, and it is $\frac{1}{1 + e^{-x}}$: the slope of softplus is the sigmoid. Far to
        the left it is close to 0, far to the right close to 1, as for relu, but without the kink.
    """,
)


# --- E1.19 -------------------------------------------------------------------------------------------------------


def _shared_box(g):
    g.s = g.x * g.y
    g.p = g.s + g.x
    g.f = g.s * g.p
    g.p_bar = g.s
    g.s_bar = g.p + g.p_bar
    g.over_s = g.s_bar * g.y
    g.x_bar = g.over_s + g.p_bar


E1_19 = Exercise(
    id="E1.19",
    title="A sweep back over a shared box",
    kind="vector",
    section="sec-1-graph",
    objective="paths",
    difficulty=2,
    given={"x": 3, "y": 2},
    draw=lambda rng: {"x": rng.choice([-3, -2, 2, 3, 4, 5]), "y": rng.choice([-4, -3, 2, 3, 4, 5])},
    derive=_shared_box,
    prompt=r"""
        A graph has three steps: $s = xy$, then $p = s + x$, then $f = s \cdot p$. So $s$ feeds two boxes, and so does
        $x$. At $x = <x>$, $y = <y>$, sweep back from $\bar f = 1$ and give three adjoints in the order in which the
        sweep finds them: $(\bar p, \bar s, \bar x)$, where $\bar v = \partial f / \partial v$.
    """,
    answer=lambda g: Matrix([g.p_bar, g.s_bar, g.x_bar]),
    mistakes=[
        Mistake(
            "one-path-only",
            lambda g: Matrix([g.p_bar, g.p, g.p * g.y + g.p_bar]),
            "$s$ feeds $f$, and $s$ feeds $p$ as well. You have sent one of the two shares back to $s$. Which box "
            "still owes it a share?",
        ),
        Mistake(
            "one-path-only",
            lambda g: Matrix([g.p_bar, g.s_bar, g.over_s]),
            r"$\bar p$ and $\bar s$ are right. $x$ goes into $s$, and into one more box.",
        ),
        Mistake(
            "gradients-overwritten",
            lambda g: Matrix([g.p_bar, g.p_bar, g.p_bar * g.y]),
            "The sweep reaches $s$ twice, and $x$ twice. You kept the last share each time. What should become of the "
            "first?",
        ),
        Mistake(
            "factors-exchanged",
            lambda g: Matrix([g.p, g.s + g.p, (g.s + g.p) * g.y + g.p]),
            r"Look at the last step, $f = s \cdot p$. What is its derivative by $p$, with $s$ held still?",
        ),
        Mistake(
            "paths-multiplied",
            lambda g: Matrix([g.p_bar, g.p * g.p_bar, g.p * g.p_bar * g.y + g.p_bar]),
            r"Two shares arrive at $s$: one from $f$, one from $p$. You multiplied them.",
        ),
        Mistake(
            "value-for-derivative",
            lambda g: Matrix([g.p, g.s, g.x]),
            "Those are the values of the boxes, from the way forward. The adjoints are the derivatives of $f$ by them.",
        ),
    ],
    hints=[
        r"Go forward first, and write the values into the boxes: $s$, then $p$. The way back needs them.",
        r"Draw all arrows: $x \to s$, $y \to s$, $s \to p$, $x \to p$, $s \to f$, $p \to f$. A box with two arrows "
        r"going out collects two shares.",
        r"The values are $s = <s>$ and $p = <p>$. From $f = s \cdot p$ comes $\bar p = s$, and a share of $p$ for "
        r"$\bar s$. Then $p = s + x$ passes $\bar p$ on to $s$ and to $x$, unchanged. Last comes $s = xy$.",
    ],
    solution=r"""
        Forward: $s = <s>$, $p = <p>$, $f = <f>$. Back, from $\bar f = 1$, step by step:

        $$
        \begin{aligned}
        f = s \cdot p: \quad & \bar p = s = <p_bar>, \quad \text{and } s \text{ gets the share } p = <p>, \\
        p = s + x: \quad & \bar s = <p> <p_bar:+> = <s_bar>, \quad \text{and } x \text{ gets the share } \bar p =
        <p_bar>, \\
        s = xy: \quad & \bar x = <p_bar> + \bar s \cdot y = <p_bar> <over_s:+> = <x_bar> .
        \end{aligned}
        $$

        The answer is $<answer>$.
    """,
)
