"""Chapter 1: partial derivatives, the chain rule, backpropagation, checking gradients."""

from __future__ import annotations

import numpy as np
from sympy import Matrix, diff, exp, log, symbols
from sympy.sets import FiniteSet, Interval

from jaclib.exercises.entry import Case, Exercise, Mistake
from jaclib.exercises.given import exact

x, y = symbols("x y")


# --- E1.1 --------------------------------------------------------------------------------------------------------


def _two_variables(g):
    g.f = x**2 * y + g.c * x * y**3
    g.f_x, g.f_y = diff(g.f, x), diff(g.f, y)
    at = {x: g.x, y: g.y}
    g.partial_x, g.partial_y = g.f_x.subs(at), g.f_y.subs(at)


E1_1 = Exercise(
    id="E1.1",
    title="A gradient at a point",
    kind="vector",
    section="sec-1-gradient",
    objective="gradient",
    difficulty=1,
    given={"c": 3, "x": 2, "y": -1},
    draw=lambda rng: {"c": rng.randint(2, 5), "x": rng.choice([1, 2, 3]), "y": rng.choice([-2, -1, 1, 2])},
    derive=_two_variables,
    prompt=r"What is the gradient of $f(x, y) = <f>$ at the point $(<x>, <y>)$?",
    answer=lambda g: Matrix([g.partial_x, g.partial_y]),
    mistakes=[
        Mistake("partials-swapped", lambda g: Matrix([g.partial_y, g.partial_x])),
        Mistake(
            "term-dropped",
            lambda g: Matrix([2 * g.x * g.y, g.partial_y]),
            r"Look at $\partial f / \partial x$ again. Both terms of $f$ contain $x$, and you have differentiated one "
            r"of them.",
        ),
        Mistake(
            "power-rule-factor",
            lambda g: Matrix([g.partial_x, g.x**2 + g.c * g.x * g.y**2]),
            r"Look at $\partial f / \partial y$ again. In $<c>xy^3$ the exponent comes down as a factor.",
        ),
    ],
    hints=[
        r"For $\partial f / \partial x$, treat $y$ as a fixed number, such as 7. Then $f$ is a polynomial in $x$ "
        r"alone.",
        r"$\partial f / \partial x = <f_x>$. Do the same for $y$, with $x$ held fixed; in $xy^3$ the exponent is 3.",
        r"$\partial f / \partial y = <f_y>$. Put in $x = <x>$, $y = <y>$, and write $\partial f / \partial x$ first.",
    ],
    solution=r"""
        Hold $y$ fixed and differentiate by $x$; then hold $x$ fixed and differentiate by $y$:

        $$
        \frac{\partial f}{\partial x} = <f_x>, \qquad \frac{\partial f}{\partial y} = <f_y> .
        $$

        At $(<x>, <y>)$ the first is $<partial_x>$ and the second is $<partial_y>$. The gradient is $<answer>$.
    """,
)


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
        Mistake("paths-multiplied", lambda g: g.by_u * g.by_v),
        Mistake(
            "inner-derivative-forgotten",
            lambda g: g.df_du + g.df_dv,
            r"You added $\partial f/\partial u$ and $\partial f/\partial v$. Each still wants to be multiplied by "
            r"what $x$ "
            r"does to $u$, and to $v$.",
        ),
    ],
    hints=[
        r"Draw the graph: arrows from $x$ to $u$ and to $v$, and from both to $f$. Along how many paths does $x$ "
        r"reach $f$?",
        r"Write the local derivative on each arrow: $\frac{\partial f}{\partial u} = v + 2u$, "
        r"$\frac{\partial f}{\partial v} = u$, $\frac{du}{dx} = 2x$, $\frac{dv}{dx} = <a>$. Multiply along a path.",
        r"At $x = <x>$ we have $u = <u>$ and $v = <v>$. The path through $v$ contributes "
        r"$<df_dv> \cdot <dv_dx:()> = <by_v>$. Find the other, and add.",
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


# --- E1.5 --------------------------------------------------------------------------------------------------------


def _sigmoid(z):
    return 1 / (1 + exp(-z))


def _neuron(g):
    g.z = g.w.dot(g.x) + g.b
    g.a = _sigmoid(g.z)
    g.slope = g.a * (1 - g.a)
    g.error = g.a - g.t
    g.delta = g.error * g.slope


def _draw_neuron(rng):
    """Draw a neuron with net input ln 3, ln 2 or ln 4: away from 0, where different slips give the same number."""
    w = [rng.choice([-2, -1, 1, 2, 3]), rng.choice([-2, -1, 1, 2, 3])]
    x = [rng.choice([-1, 1, 2, 3]), rng.choice([-1, 1, 2, 3])]
    net = log(rng.choice([2, 3, 4]))
    return {"w": w, "x": x, "b": net - w[0] * x[0] - w[1] * x[1], "t": rng.choice([0, 1])}


E1_5 = Exercise(
    id="E1.5",
    title="Back through one neuron, to the weights",
    kind="vector",
    section="sec-1-neuron",
    objective="neuron",
    difficulty=2,
    given={"w": [2, -1], "x": [1, 2], "b": log(3), "t": 1},
    draw=_draw_neuron,
    derive=_neuron,
    prompt=r"""
        A neuron has weights $w = <w>$, input $x = <x>$ and bias $b = <b>$. It computes $z = w \cdot x + b$ and $a =
        \sigma(z)$, where $\sigma(z) = 1/(1 + e^{-z})$. The target is $t = <t>$ and the loss is $L = \frac12 (a - t)^2$.
        What is $\partial L / \partial w$?
    """,
    answer=lambda g: g.delta * g.x,
    mistakes=[
        Mistake("activation-slope-forgotten", lambda g: g.error * g.x),
        Mistake("error-reversed", lambda g: -g.delta * g.x),
        Mistake("half-of-the-loss-lost", lambda g: 2 * g.delta * g.x),
        Mistake("activation-slope-at-output", lambda g: g.error * _sigmoid(g.a) * (1 - _sigmoid(g.a)) * g.x),
        Mistake("input-factor-lost", lambda g: Matrix([g.delta, g.delta])),
        Mistake("by-the-other-argument", lambda g: g.delta * g.w),
    ],
    hints=[
        r"Go forward first: find $z$, then $a$. The numbers are made so that $a$ is a simple fraction.",
        r"Go back in three steps: from $L$ to $a$, from $a$ to $z$, from $z$ to $w$. Which local derivative belongs "
        r"to each?",
        r"$z = <z>$, $a = <a>$, so $\frac{\partial L}{\partial a} = a - t = <error>$. The slope of the sigmoid is "
        r"$\sigma'(z) = a(1 - a)$.",
        r"The error signal is $\delta = \frac{\partial L}{\partial z} = <delta>$. What came in through each weight?",
    ],
    solution=r"""
        Forward: $z = w \cdot x + b = <z>$ and $a = \sigma(z) = <a>$.

        Back: $\partial L/\partial a = a - t = <error>$, and the slope of the sigmoid is $\sigma'(z) = a(1 - a) =
        <slope>$. The error signal is their product,

        $$
        \delta = \frac{\partial L}{\partial z} = (a - t)\, a (1 - a) = <delta> .
        $$

        Since $z = w \cdot x + b$, each weight is multiplied by its input: $\partial L / \partial w = \delta\, x =
        <answer>$.
    """,
)


# --- E1.10 -------------------------------------------------------------------------------------------------------


def _draw_layer(rng):
    def entries(rows, cols):
        return [[rng.randint(-2, 3) for _ in range(cols)] for _ in range(rows)]

    return {"X": entries(3, 2), "W": entries(2, 3), "G": entries(3, 3)}


E1_10 = Exercise(
    id="E1.10",
    title="The gradient of a layer's weights",
    kind="matrix",
    section="sec-1-layer",
    objective="jgp",
    difficulty=2,
    given={
        "X": [[1, 2], [3, -1], [0, 1]],
        "W": [[1, 0, 2], [-1, 1, 0]],
        "G": [[1, 0, -1], [2, 1, 0], [0, -1, 3]],
    },
    draw=_draw_layer,
    prompt=r"""
        A layer computes $Y = XW + b$ for a batch of three examples, one in each row of $X$:

        $$
        X = <X>, \qquad W = <W> .
        $$

        Going back, the gradient that arrives is

        $$
        G = \frac{\partial L}{\partial Y} = <G> .
        $$

        What is $\partial L / \partial W$? (It has the shape of $W$.)
    """,
    answer=lambda g: g.X.T * g.G,
    mistakes=[
        Mistake(
            "product-in-wrong-order",
            lambda g: g.G.T * g.X,
            r"You computed $G^\mathsf{T} X$. Compare its shape with the shape of $W$: which way round do the factors "
            r"belong?",
        ),
        Mistake(
            "by-the-other-argument",
            lambda g: g.G * g.W.T,
            r"You computed $G W^\mathsf{T}$. That is the gradient by $X$; here $W$ moves and $X$ is held still.",
        ),
        Mistake(
            "batch-averaged",
            lambda g: g.X.T * g.G / 3,
            r"You have divided by the size of the batch. The weights act in every example, so their gradients are "
            r"added; a mean "
            r"in the loss would already be part of $G$.",
        ),
    ],
    hints=[
        r"$W$ has shape $2 \times 3$, and so has its gradient. Which product of $X$ and $G$ has this shape?",
        r"The entry $W_{ij}$ takes input $i$ to output $j$, in every example $n$. So its derivative is "
        r"$\sum_n X_{ni} G_{nj}$: a sum over the rows.",
        r"That sum is the product $X^\mathsf{T} G$. Its first row belongs to the first column of $X$.",
    ],
    solution=r"""
        In example $n$, $Y_{nj} = \sum_i X_{ni} W_{ij} + b_j$, so $\partial Y_{nj} / \partial W_{ij} = X_{ni}$. The
        weight $W_{ij}$ is used in every example, and gradients add up:

        $$
        \frac{\partial L}{\partial W_{ij}} = \sum_n X_{ni} G_{nj}, \qquad\text{that is}\qquad
        \frac{\partial L}{\partial W} = X^\mathsf{T} G = <answer> .
        $$
    """,
)


# --- E1.13 -------------------------------------------------------------------------------------------------------


def _central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def _forward(f, x, h):
    return (f(x + h) - f(x)) / h


def _backward_difference(f, x, h):
    return (f(x) - f(x - h)) / h


def _divided_by_h(f, x, h):
    return (f(x + h) - f(x - h)) / h


def _wave(x):
    return np.exp(x) * np.sin(x)


_WAVE_SLOPE = float(np.exp(1.0) * (np.sin(1.0) + np.cos(1.0)))


def _order(central):
    """Return the order that the errors at two step sizes show."""
    errors = [abs(central(_wave, 1.0, h) - _WAVE_SLOPE) for h in (1e-2, 5e-3)]
    return np.log2(errors[0] / errors[1])


E1_13 = Exercise(
    id="E1.13",
    title="Write a central difference",
    kind="code",
    section="sec-1-check",
    objective="check",
    difficulty=1,
    signature="central(f, x, h)",
    prompt=r"""
        Write a function `central(f, x, h)` that returns the central difference quotient of `f` at `x` with step `h`.
        For $e^x \sin x$ at $x = 1$ and $h = 10^{-5}$ its error must be below $10^{-9}$, and when $h$ is halved the
        error must fall to a quarter.
    """,
    answer=_central,
    cases=[
        Case("central(lambda x: x**2, 3.0, 0.5)", lambda f: f(lambda x: x**2, 3.0, 0.5), expect=6.0),
        Case("central(lambda x: x**3, 0.0, 0.5)", lambda f: f(lambda x: x**3, 0.0, 0.5), expect=0.25),
        Case("central(lambda x: exp(x) * sin(x), 1.0, 1e-5)", lambda f: f(_wave, 1.0, 1e-5), expect=_WAVE_SLOPE),
        Case("the order of the error, from h = 0.01 and h = 0.005", _order, expect=2.0, within=0.05),
        Case("central(sin, np.array([0.0, 1.0]), 1e-5)", lambda f: f(np.sin, np.array([0.0, 1.0]), 1e-5)),
    ],
    mistakes=[
        Mistake(
            "one-sided-difference", _forward, "Your function steps to the right only. Use a point on either side of x."
        ),
        Mistake(
            "one-sided-difference",
            _backward_difference,
            "Your function steps to the left only. Use a point on either side of x.",
        ),
        Mistake("step-counted-once", _divided_by_h),
    ],
    hints=[
        r"A slope is a difference of values over a distance. Which two points lie equally far from $x$, left and "
        r"right?",
        r"The points are $x + h$ and $x - h$. How far apart are they?",
        r"Take $f(x + h) - f(x - h)$ and divide by that distance; mind the brackets around the denominator.",
    ],
    solution=r"""
        ```python
        def central(f, x, h):
            return (f(x + h) - f(x - h)) / (2 * h)
        ```

        In the Taylor series of $f(x + h) - f(x - h)$ all even powers of $h$ cancel, and with them the error term of
        first order. What is left is $\frac{h^2}{6} f^{(3)}(x)$ and smaller: halve $h$, and the error falls to a
        quarter.
    """,
)


# --- E1.15 -------------------------------------------------------------------------------------------------------

E1_15 = Exercise(
    id="E1.15",
    title="All slopes at a kink",
    kind="set",
    section="sec-1-kinks",
    objective="check",
    difficulty=2,
    prompt=r"""
        What is the set of all subgradients of $\operatorname{relu}(x) = \max(0, x)$ at $x = 0$? (A subgradient is the
        slope $s$ of a line through the point with $\operatorname{relu}(x) \ge s\,x$ for all $x$.)
    """,
    answer=lambda g: Interval(0, 1),
    mistakes=[
        Mistake(
            "convention-for-a-set",
            lambda g: FiniteSet(exact(1) / 2),
            "That is what a central difference gives: the mean of the slopes on the two sides. Which other lines stay "
            "below?",
        ),
        Mistake(
            "convention-for-a-set",
            lambda g: FiniteSet(0),
            "That is what most libraries return at the kink. It is one subgradient. Which other lines stay below the "
            "graph?",
        ),
        Mistake(
            "one-sided-slopes-only",
            lambda g: FiniteSet(0, 1),
            "You have the slopes of the two sides. Try a line between them: does it stay below the graph?",
        ),
        Mistake(
            "ends-left-out",
            lambda g: Interval.open(0, 1),
            "Try the two lines at the ends: does the line with the slope of one side stay below the graph, or not?",
        ),
    ],
    hints=[
        r"Draw the graph, and a ruler through the origin. Turn the ruler: for which slopes does it stay on or below "
        r"the graph?",
        r"For $x > 0$ the condition says $x \ge s x$. What does that say about $s$?",
        r"For $x < 0$ the condition says $0 \ge s x$, with $x$ negative. Both conditions together give the set; mind "
        r"its ends.",
    ],
    solution=r"""
        For $x > 0$ the condition $x \ge s x$ means $s \le 1$. For $x < 0$ the condition $0 \ge s x$ means $s \ge 0$. At
        $x = 0$ it always holds. So the subgradients are all $s$ with $0 \le s \le 1$, the closed interval $[0, 1]$. Its
        ends are the slopes of the two sides.
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
            r"The factor $e^x$ from inside is right. The other factor is the derivative of the logarithm, not the "
            r"logarithm.",
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
