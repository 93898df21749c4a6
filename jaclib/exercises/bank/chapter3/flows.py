"""Gaussians under affine maps, and normalizing flows."""

from __future__ import annotations

from sympy import Rational, exp, log, nan, pi

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.15 -------------------------------------------------------------------------------------------------------


def _log_density_at(g, z):
    """Return what the formula gives with another point in the place of z."""
    return -z.dot(z) / 2 - log(2 * pi) - g.log_det


def _affine(g):
    g.det = g.A.det()
    g.shifted = g.x - g.b
    g.z = g.A.inv() * g.shifted
    g.square = g.z.dot(g.z)
    g.log_det = log(abs(g.det))
    g.base = -g.square / 2 - log(2 * pi)


def _draw_affine(rng):
    while True:
        A = [[rng.randint(-3, 3), rng.randint(-2, 3)], [rng.randint(-2, 3), rng.randint(-3, 3)]]
        if abs(A[0][0] * A[1][1] - A[0][1] * A[1][0]) > 1:
            break
    z, b = [rng.choice([-2, -1, 1, 2]) for _ in range(2)], [rng.choice([-3, -2, -1, 1, 2, 3]) for _ in range(2)]
    return {"A": A, "b": b, "x": [row[0] * z[0] + row[1] * z[1] + shift for row, shift in zip(A, b, strict=True)]}


E3_15 = Exercise(
    id="E3.15",
    title="An affine map of a Gaussian",
    kind="number",
    section="sec-3-densities",
    objective="densities",
    difficulty=2,
    given={"A": [[2, 0], [1, -3]], "b": [1, 2], "x": [3, 0]},
    draw=_draw_affine,
    derive=_affine,
    prompt=r"""
        Let $z$ be standard normal in the plane, and $x = Az + b$ with

        $$
        A = <A>, \qquad b = <b> .
        $$

        What is the log density of $x$ (natural logarithm) at the point $<x>$?
    """,
    answer=lambda g: g.base - g.log_det,
    mistakes=[
        Mistake(
            "log-det-sign",
            lambda g: g.base + g.log_det,
            r"The determinant enters with the wrong sign. Where areas grow, does the density grow or fall?",
        ),
        Mistake(
            "log-det-left-out",
            lambda g: g.base,
            r"That is the log density of $z$ at the old point. The map changes areas: which term takes that into "
            r"account?",
        ),
        Mistake(
            "log-of-negative-determinant",
            lambda g: nan if g.det < 0 else None,
            r"The determinant of $A$ is negative, and you took its logarithm. Which of its sides counts here: the sign "
            r"or the size?",
        ),
        Mistake(
            "normalising-constant-left-out",
            lambda g: -g.square / 2 - g.log_det,
            r"The standard normal density has a constant in front. What is it in the plane, and what is its logarithm?",
        ),
        Mistake(
            "one-dimension-for-two",
            lambda g: -g.square / 2 - log(2 * pi) / 2 - g.log_det,
            r"Your constant, $-\frac12 \ln 2\pi$, is that of a line. There are two coordinates.",
        ),
        Mistake(
            "half-of-the-exponent-lost",
            lambda g: -g.square - log(2 * pi) - g.log_det,
            r"The exponent of the standard normal density is $-\frac12 |z|^2$. Where did the $\frac12$ go?",
        ),
        Mistake(
            "shift-forgotten",
            lambda g: _log_density_at(g, g.A.inv() * g.x),
            r"You solved $Az = x$. The shift $b$ comes in between.",
        ),
        Mistake(
            "map-in-the-wrong-direction",
            lambda g: _log_density_at(g, g.A * g.shifted),
            r"You applied $A$ to $x - b$. The map goes from $z$ to $x$; here you come from $x$.",
        ),
        Mistake(
            "old-point-not-found",
            lambda g: _log_density_at(g, g.x),
            r"You put $x$ itself into the normal density. It is $z$ that is standard normal: which $z$ is sent to $x$?",
        ),
    ],
    hints=[
        r"Find the $z$ that is sent to the point. Then ask what its density becomes under the map.",
        r"Solve $Az = x - b$ for $z$. The log density of $z$ is $-\frac12 |z|^2 - \ln 2\pi$ in the plane.",
        r"Here $x - b = <shifted>$ and $z = <z>$. The determinant of $A$ is $<det>$; subtract the logarithm of its "
        r"absolute value.",
    ],
    solution=r"""
        The point $<x>$ comes from $z$ with $Az = x - b = <shifted>$, so $z = <z>$ and $|z|^2 = <square>$. The map
        multiplies areas by $|\det A| = |<det>|$, so it divides the density by this, and in the logarithm that is a
        difference:

        $$
        \ln p(x) = -\tfrac12 |z|^2 - \ln 2\pi - \ln |\det A| = -\tfrac12 \cdot <square> - \ln 2\pi - <log_det>
        \approx <answer:decimal> .
        $$
    """,
)


# --- E3.16 -------------------------------------------------------------------------------------------------------


def _coupling(g):
    g.s = g.x1 / g.k
    g.scale = exp(g.s)
    g.beside = g.x2 * g.scale / g.k + 2 * g.x1


def _draw_coupling(rng):
    k = rng.choice([2, 3, 4])
    return {"k": k, "x1": rng.choice([n for n in (-4, -3, -2, -1, 1, 2, 3, 4, 5) if n != k]), "x2": rng.randint(2, 6)}


E3_16 = Exercise(
    id="E3.16",
    title="The determinant of a coupling layer",
    kind="number",
    section="sec-3-flows",
    objective="densities",
    difficulty=1,
    given={"k": 2, "x1": 2, "x2": 5},
    draw=_draw_coupling,
    derive=_coupling,
    prompt=r"""
        A coupling layer maps $x = (x_1, x_2)$ to

        $$
        y_1 = x_1, \qquad y_2 = x_2\, e^{x_1 / <k>} + x_1^2 .
        $$

        What is the determinant of its Jacobian matrix at $x = (<x1>, <x2>)$?
    """,
    answer=lambda g: g.scale,
    mistakes=[
        Mistake(
            "log-for-determinant",
            lambda g: g.s,
            r"That is the logarithm of the determinant, which a flow adds to its log density. Here the determinant "
            r"itself is asked for.",
        ),
        Mistake(
            "trace-for-determinant",
            lambda g: 1 + g.scale,
            r"You added the entries of the diagonal. What does a triangular matrix want you to do with them?",
        ),
        Mistake(
            "wrong-entry-for-determinant",
            lambda g: g.beside,
            r"That is $\partial y_2 / \partial x_1$, an entry beside the diagonal. Write the whole matrix down: what "
            r"is its upper right entry?",
        ),
        Mistake(
            "determinant-sum-for-difference",
            lambda g: g.scale - g.beside,
            r"You subtracted $\partial y_2 / \partial x_1$. In the determinant it is multiplied by $\partial y_1 / "
            r"\partial x_2$: how large is that?",
        ),
        Mistake(
            "factor-upside-down",
            lambda g: 1 / g.scale,
            r"That is the determinant of the way back, from $y$ to $x$.",
        ),
        Mistake(
            "value-for-derivative",
            lambda g: g.x2 * g.scale + g.x1**2,
            r"That is the value of $y_2$. The determinant is made of derivatives.",
        ),
    ],
    hints=[
        r"The first coordinate is only passed on. What does that say about the first row of the Jacobian matrix?",
        r"The first row is $(1, 0)$. So the matrix is triangular, and the entry $\partial y_2 / \partial x_1$ has no "
        r"part in the determinant.",
        r"The determinant is $1 \cdot \partial y_2 / \partial x_2$. Differentiate $x_2\, e^{x_1 / <k>} + x_1^2$ by "
        r"$x_2$ and put in $x_1 = <x1>$.",
    ],
    solution=r"""
        The Jacobian matrix is

        $$
        J = \begin{pmatrix} 1 & 0 \\ c & e^{x_1 / <k>} \end{pmatrix}, \qquad c = \frac{\partial y_2}{\partial x_1} .
        $$

        We need not know $c$: the matrix is triangular, so its determinant is the product of the diagonal. That is
        $e^{x_1 / <k>}$, which is $<answer>$ at $x_1 = <x1>$.
    """,
)


# --- E3.27 -------------------------------------------------------------------------------------------------------


def _flow(g):
    g.s1, g.s2, g.s3 = g.s
    g.total = sum(g.s)
    g.square = g.z.dot(g.z)
    g.base = -g.square / 2 - log(2 * pi)


def _draw_flow(rng):
    quarters = [Rational(n, 4) for n in (-5, -3, -2, -1, 1, 2, 3, 5, 6)]
    return {"z": [rng.choice([-2, -1, 1, 2]), rng.choice([-2, -1, 1, 2])], "s": rng.sample(quarters, 3)}


E3_27 = Exercise(
    id="E3.27",
    title="The log-likelihood of a flow",
    kind="number",
    section="sec-3-flows",
    objective="densities",
    difficulty=2,
    given={"z": [1, -2], "s": [Rational(1, 2), Rational(-1, 4), Rational(3, 4)]},
    draw=_draw_flow,
    derive=_flow,
    prompt=r"""
        A flow takes a data point $x$ in the plane to the base through three coupling layers. It arrives at $z = <z>$.
        On the way the layers multiply one coordinate by $e^s$, with the log-scales $s = <s1>$, then $<s2>$, then
        $<s3>$. The base is standard normal in the plane. What is $\ln p(x)$?
    """,
    answer=lambda g: g.base + g.total,
    mistakes=[
        Mistake(
            "log-det-sign",
            lambda g: g.base - g.total,
            r"You subtracted the log-determinant. Here the map leads from the data to the base, which is the inverse "
            r"direction: where it spreads points out, the data lie close together.",
        ),
        Mistake(
            "log-det-left-out",
            lambda g: g.base,
            r"That is the log density of the base at $z$. The layers change areas: which term takes that into account?",
        ),
        Mistake(
            "log-scales-multiplied",
            lambda g: g.base + g.s1 * g.s2 * g.s3,
            r"The determinants of layers in a row are multiplied. What becomes of their logarithms?",
        ),
        Mistake(
            "determinant-for-log",
            lambda g: g.base + exp(g.total),
            r"You added the determinant itself. In a log density its logarithm is wanted.",
        ),
        Mistake(
            "normalising-constant-left-out",
            lambda g: -g.square / 2 + g.total,
            r"The standard normal density has a constant in front. What is it in the plane, and what is its logarithm?",
        ),
        Mistake(
            "one-dimension-for-two",
            lambda g: -g.square / 2 - log(2 * pi) / 2 + g.total,
            r"Your constant, $-\frac12 \ln 2\pi$, is that of a line. There are two coordinates.",
        ),
        Mistake(
            "half-of-the-exponent-lost",
            lambda g: -g.square - log(2 * pi) + g.total,
            r"The exponent of the standard normal density is $-\frac12 |z|^2$. Where did the $\frac12$ go?",
        ),
        Mistake(
            "last-layer-only",
            lambda g: g.base + g.s3,
            r"You took the last layer only. Each of the three changes areas.",
        ),
    ],
    hints=[
        r"Two terms make up the log density of a flow: one from the base, one from the change of areas.",
        r"$\ln p(x) = \ln p_{\text{base}}(z) + \ln |\det J|$, where $J$ is the Jacobian matrix of the map from the "
        r"data to the base. What is its determinant, when layers follow each other?",
        r"The logarithms of the layers' determinants are their log-scales, and they add up. The base gives $-\frac12 "
        r"|z|^2 - \ln 2\pi$, with $|z|^2 = <square>$.",
    ],
    solution=r"""
        Each layer has a triangular Jacobian matrix with the determinant $e^s$. Layers in a row multiply their
        determinants, so the logarithms add up: $\ln |\det J| = <s1> <s2:+> <s3:+> = <total>$. The map leads from the
        data to the base, so this is added to the log density of the base:

        $$
        \ln p(x) = -\tfrac12 |z|^2 - \ln 2\pi + \ln |\det J| = -\tfrac12 \cdot <square> - \ln 2\pi <total:+> \approx
        <answer:decimal> .
        $$
    """,
)
