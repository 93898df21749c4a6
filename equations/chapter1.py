"""Chapter 1, from sensitivity to the error signal of a neuron."""

import numpy as np

import jaclib
from equations import book
from equations.registry import Random, register
from equations.scope import Alias, parameters
from equations.values import exp, scalar, sin, tanh

ANY = Random(low=-1.5, high=1.5)
PLUS = Random()
COLUMN = Random(shape=(3, 1))
CURVE = dict(f=lambda x: scalar(x[:1]) ** 2 * scalar(x[1:2]) + exp(scalar(x[1:2])) * scalar(x[2:]))


def sigma(z):
    """Return the logistic function, written with the hyperbolic tangent."""
    return (1 + tanh(z / 2)) / 2


def line_loss(w, b):
    """Return the error of the straight line, by the chapter's code."""
    return book.function(1, "line_loss")(w, b)


# -- sensitivity and partial derivatives -----------------------------------------------------------

register(
    "eq-1-derivative",
    "identity",
    "SymPy differentiates $w^2 e^w$ by its rules, and finds the limit of the quotient; the results are equal for "
    "every $w$.",
    given=dict(L=lambda w: w**2 * exp(w), w=ANY),
)
register(
    "eq-1-small-change",
    "numeric",
    "For $L(w) = w^2 e^w$ the miss is measured for steps that become smaller: it is of second order.",
    given=dict(L=lambda w: w**2 * exp(w), w=PLUS, Delta_w=PLUS),
    where=dict(Delta_L=lambda L, w, Delta_w: L(w + Delta_w) - L(w)),
    vanishing="Delta_w",
    order=2,
)
register(
    "eq-1-line-slice",
    "definition",
    "The formula is compared at random $w$ with the function `line_loss` of the chapter, whose $b$ is 0.",
    given=dict(L=lambda w: line_loss(w, 0.0), w=ANY),
)
register(
    "eq-1-partial",
    "identity",
    "For $f = x^3 y + e^x y^2$, SymPy's derivative and SymPy's limit of the quotient are equal for every $x$ and $y$.",
    given=dict(f=lambda x, y: x**3 * y + exp(x) * y**2, x=ANY, y=ANY),
)
register(
    "eq-1-example",
    "definition",
    "The formula is compared at random points with the function `f` of the chapter.",
    given=dict(f=lambda x, y: book.function(1, "f")((x, y)), x=ANY, y=ANY),
)
register(
    "eq-1-example-partials",
    "identity",
    "SymPy differentiates the function `f` of the chapter's code.",
    given=dict(f=lambda x, y: book.function(1, "f")((x, y)), x=ANY, y=ANY),
)
register(
    "eq-1-line-partials",
    "numeric",
    "Central differences of the chapter's `line_loss`, at random $w$ and $b$.",
    given=dict(w=ANY, b=ANY, i=1),
    where=dict(
        x=lambda: book.function(1, "x_data")[:, None],
        t=lambda: book.function(1, "t_data")[:, None],
        r=lambda w, x, b, t: w * x + b - t,
        L=line_loss,
    ),
    sizes=dict(i=3),
)

# -- gradient, descent -----------------------------------------------------------------------------

register(
    "eq-1-gradient",
    "numeric",
    "For a function of three inputs the left side must be what reverse mode finds; the entries on the right "
    "are central differences, one by one.",
    given=dict(x=COLUMN, n=3, f=lambda x: np.sum(x[0] ** 2 * x[1] + np.exp(x[1]) * x[2])),
    sides={(0, 0): lambda f, x: jaclib.grad(f)(x)},
)
register(
    "eq-1-linear",
    "numeric",
    "For a function of three inputs the miss is of second order in Δ; both forms of the estimate are equal.",
    given=dict(x=COLUMN, Delta=COLUMN, **CURVE),
    sizes=dict(j=3),
    vanishing="Delta",
    order=2,
)
register(
    "eq-1-directional",
    "identity",
    "For a function of three inputs, SymPy finds the limit, the derivative along the line, and the gradient.",
    given=dict(x=COLUMN, u=Random((3, 1), -1, 1), **CURVE),
)
register(
    "eq-1-descent",
    "numeric",
    "For a function of three inputs the miss is of second order in the learning rate.",
    given=dict(x=COLUMN, eta=PLUS, **CURVE),
    vanishing="eta",
    order=2,
)
register(
    "eq-1-update",
    "numeric",
    "A consequence: on $L = \\sum_j (w_j - c_j)^2$ one step with $\\eta = \\frac12$ ends at the minimum $c$, "
    "from any start.",
    given=dict(w=COLUMN, c=COLUMN, eta=0.5),
    where=dict(L=lambda w, c: np.sum((w - c) ** 2)),
    after=dict(w=lambda c: c),
    sizes=dict(j=3),
)

# -- the chain rule --------------------------------------------------------------------------------

register(
    "eq-1-chain",
    "identity",
    "SymPy differentiates $y = e^u/(1 + u^2)$ with $u = x^2 + \\sin x$ as a whole, and in two steps.",
    given=dict(x=PLUS),
    where=dict(u=lambda x: x**2 + sin(x), y=lambda u: exp(u) / (1 + u**2)),
)
register(
    "eq-1-graph-example",
    "definition",
    "The formula is compared at random points with the function `two_routes` of the chapter.",
    given=dict(f=lambda x, y: book.function(1, "two_routes")((x, y)), x=ANY, y=ANY),
)
register(
    "eq-1-two-paths",
    "identity",
    "On a graph of the same form, with $s = x^2 + y$, SymPy differentiates every arrow, and the output as a whole.",
    given=dict(x=ANY, y=ANY),
    where=dict(s=lambda x, y: x**2 + y, p=lambda x, y: x * y, f=lambda s, p: s * p),
)


def _arrow(scope, u, v):
    """Return what ∂v/∂u means on an arrow: the other arguments of the step hold still."""
    still = {name: scope.value(name) for name in parameters(scope.where[v]) if name != u}
    return {"u": Alias(u), "v": Alias(v), **still}


register(
    "eq-1-paths",
    "identity",
    "On a graph with four boxes and three paths, SymPy differentiates every arrow, and the output as a whole. "
    "The list of "
    "the paths is given.",
    given=dict(x=ANY, u=Alias("x"), v=Alias("s"), path=None),
    left_out="the words under the signs",
    where=dict(s=lambda x: sin(x), p=lambda x, s: x * s**2, f=lambda s, p: s**3 * p),
    domains={
        "paths from x to f": [
            {"path": [("x", "s"), ("s", "f")]},
            {"path": [("x", "p"), ("p", "f")]},
            {"path": [("x", "s"), ("s", "p"), ("p", "f")]},
        ],
        "substack arrows u to v newline on the path": lambda scope: [
            _arrow(scope, u, v) for u, v in scope.given["path"]
        ],
    },
)


def _after_boxes(s, p, q):
    return np.sin(s) * p + np.exp(q) * s


register(
    "eq-1-adjoint",
    "numeric",
    "A quantity $v$ feeds three others. Their adjoints and its own come from reverse mode, the arrows from "
    "central differences.",
    given=dict(v=PLUS, y=PLUS, c=Alias("s"), bar_c=None),
    left_out="the words under the sign",
    where=dict(
        s=lambda v, y: v + y,
        p=lambda v, y: v * y,
        q=lambda v: np.sin(v),
        bar_v=lambda v, y: jaclib.grad(lambda v: _after_boxes(v + y, v * y, np.sin(v)))(v),
    ),
    domains={
        "c with v to c": lambda scope: [
            {"c": Alias(name), "bar_c": bar}
            for name, bar in zip(
                "spq", jaclib.grad(_after_boxes, (0, 1, 2))(*(scope.value(n) for n in "spq")), strict=True
            )
        ]
    },
)

# -- one neuron ------------------------------------------------------------------------------------


def _neuron_error(w, x, b, t):
    return book.function(1, "neuron_error")((w, b), x, t)


def _signal(w, x, b, t):
    return jaclib.grad(lambda b: _neuron_error(w, x, b, t))(b)


NEURON = dict(w=ANY, x=ANY, b=ANY, t=ANY)

register(
    "eq-1-neuron",
    "definition",
    "The three formulas are compared at random points with the chapter's functions `sigmoid` and `neuron_error`, "
    "and σ with "
    "its form with tanh.",
    given=dict(sigma=sigma, **NEURON),
    where=dict(
        z=lambda w, x, b: np.polyval([w, b], x),
        a=lambda z: book.function(1, "sigmoid")(z),
        L=_neuron_error,
    ),
)
register(
    "eq-1-sigmoid",
    "identity",
    "SymPy proves both lines for σ written as $\\frac12(1 + \\tanh \\frac z2)$.",
    given=dict(sigma=sigma, z=ANY),
)
register(
    "eq-1-neuron-chain",
    "numeric",
    "Central differences of the whole calculation, and of its two steps.",
    given=NEURON,
    where=dict(z=lambda w, x, b: w * x + b, L=lambda z, t: (sigma(z) - t) ** 2 / 2),
)
register(
    "eq-1-neuron-gradients",
    "numeric",
    "δ comes from reverse mode on the chapter's `neuron_error`, the other derivatives from central differences.",
    given=dict(sigma=sigma, **NEURON),
    where=dict(z=lambda w, x, b: w * x + b, a=lambda z: sigma(z), L=lambda a, t: (a - t) ** 2 / 2, delta=_signal),
)
register(
    "eq-1-neuron-many",
    "numeric",
    "For a neuron with three inputs: δ from reverse mode, the gradients from central differences.",
    given=dict(w=COLUMN, x=COLUMN, b=ANY, t=ANY),
    where=dict(
        L=lambda w, x, b, t: (sigma(np.sum(w * x) + b) - t) ** 2 / 2,
        delta=lambda w, x, b, t: _signal(1.0, 0.0, np.sum(w * x) + b, t),
    ),
    sizes=dict(i=3),
)

LIKELIHOOD = dict(L=lambda a, t: -np.log(a**t * (1 - a) ** (1 - t)))

register(
    "eq-1-bce",
    "numeric",
    "$L$ is the negative logarithm of the likelihood $a^t (1 - a)^{1 - t}$; its derivative comes from central "
    "differences.",
    given=dict(a=Random(low=0.2, high=0.8), t=Random(low=0.1, high=0.9)),
    where=LIKELIHOOD,
)
register(
    "eq-1-bce-delta",
    "numeric",
    "The same likelihood with $a = σ(z)$: reverse mode on the left, central differences in the middle.",
    given=dict(z=ANY, t=Random(low=0.1, high=0.9)),
    where=dict(
        a=lambda z: sigma(z),
        delta=lambda z, t: jaclib.grad(lambda z: LIKELIHOOD["L"](1 / (1 + np.exp(-z)), t))(z),
        **LIKELIHOOD,
    ),
)


def _both_branches(first, second):
    return np.sin(first) * np.exp(second) + first * second**2


register(
    "eq-1-copy",
    "numeric",
    "A function uses $x$ at two places: its whole derivative, and those by each place, come from reverse mode.",
    given=dict(x=PLUS),
    where=dict(
        bar_x=lambda x: jaclib.grad(lambda x: _both_branches(x, x))(x),
        bar_x_prime=lambda x: jaclib.grad(_both_branches, 0)(x, x),
        bar_x_prime_prime=lambda x: jaclib.grad(_both_branches, 1)(x, x),
    ),
)
