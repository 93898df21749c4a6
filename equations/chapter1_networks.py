"""Chapter 1, from steps with many outputs to gradient checking."""

import numpy as np

import jaclib
from equations import book
from equations.chapter1 import sigma
from equations.helpers import forward_jacobian, four_outputs, rows, softmax
from equations.registry import Choice, Random, register

PAIR = Random((2, 1))
THREE = Random((3, 1))


def _error(y):
    return np.sum(np.sin(y) * y[::-1] ** 2)


MAP = dict(y=lambda x: four_outputs(x), L=lambda y: _error(y), J=lambda x: forward_jacobian(four_outputs, x))

# -- many inputs, many outputs ---------------------------------------------------------------------

register(
    "eq-1-all-paths",
    "numeric",
    "For a map from three numbers to four and an error of them: central differences of the whole, and of every step.",
    given=dict(x=THREE, m=4),
    where=MAP,
    sizes=dict(j=3, i=4),
)
register(
    "eq-1-jacobian",
    "numeric",
    "$J$ comes from forward mode, every entry of the pattern from central differences. The dots are read as the "
    "entries between.",
    given=dict(x=THREE, m=4, n=3),
    where=MAP,
    sizes=dict(i=4, j=3),
)
register(
    "eq-1-many-example",
    "definition",
    "The formulas are compared at random points with the functions `step` and `error` of the chapter.",
    given=dict(x=PAIR),
    where=dict(
        y=lambda x: book.function(1, "step")(x[:, 0])[:, None],
        L=lambda y: book.function(1, "error")(y[:, 0]),
    ),
)


def _network(shift, z, w):
    """Return the error of two neurons that feed three, with a shift of every net input."""
    middle = np.tanh((z[:2] + shift[:2]) / 2) / 2 + 0.5
    last = w[2:, :2] @ middle + shift[2:]
    return np.sum(np.sin(last) * last[::-1])


FEEDS = np.zeros((5, 5))
FEEDS[2:, :2] = [[0.4, -1.2], [0.9, 0.3], [-0.6, 1.1]]

register(
    "eq-1-delta-recursion",
    "numeric",
    "Two neurons feed three others; all five error signals come from reverse mode on the whole network.",
    given=dict(sigma=sigma, z=Random((5, 1), -1, 1), w=FEEDS),
    where=dict(delta=lambda z, w: jaclib.grad(_network)(np.zeros((5, 1)), z, w)),
    sizes=dict(k=2, j=5),
)

# -- the Jacobian-gradient product -----------------------------------------------------------------

register(
    "eq-1-jgp",
    "numeric",
    "For a map from three numbers to four: $J$ from forward mode, the gradients and $\\partial y/\\partial x$ "
    "from central differences.",
    given=dict(x=THREE),
    where=MAP,
)
register(
    "eq-1-jgp-weights",
    "numeric",
    "For a map from three weights to four net inputs: both sides from central differences.",
    given=dict(w=THREE),
    where=dict(z=lambda w: four_outputs(w), error=lambda z: _error(z)),
)
register(
    "eq-1-chain-of-pullbacks",
    "numeric",
    "For a chain 3 → 4 → 2 → 1: both Jacobians from forward mode, the gradients from central differences.",
    given=dict(x=THREE),
    where=dict(
        h=lambda x: four_outputs(x),
        y=lambda h: _fold(h),
        L=lambda y: _error(y),
        J_h=lambda x: forward_jacobian(four_outputs, x),
        J_y=lambda h: forward_jacobian(_fold, h),
    ),
)


def _fold(h):
    return rows(h[0] * h[1], np.sin(h[2]) + h[3] ** 2)


# -- softmax ---------------------------------------------------------------------------------------


def _neg_log_likelihood(p, t):
    return -np.log(np.prod(p**t))


TARGETS = np.array([[0.2], [0.5], [0.3]])

register(
    "eq-1-softmax",
    "numeric",
    "The formula is compared with SciPy's `softmax`.",
    given=dict(s=THREE),
    where=dict(p=lambda s: softmax(s)),
    sizes=dict(i=3, j=3),
)
register(
    "eq-1-softmax-partials",
    "numeric",
    "Central differences of SciPy's `softmax`, for all nine pairs of $i$ and $k$.",
    given=dict(s=THREE, delta=np.eye(3)),
    where=dict(p=lambda s: softmax(s)),
    sizes=dict(i=3, k=3),
)
register(
    "eq-1-cross-entropy",
    "numeric",
    "$L$ is the negative logarithm of the likelihood $\\prod_i p_i^{t_i}$; its derivatives come from central "
    "differences.",
    given=dict(p=Random((3, 1), 0.1, 0.9), t=Random((3, 1), 0.1, 0.9)),
    where=dict(L=_neg_log_likelihood),
    sizes=dict(i=3),
)
register(
    "eq-1-softmax-gradient",
    "numeric",
    "Central differences of the likelihood of SciPy's `softmax`, with targets whose sum is 1.",
    given=dict(s=THREE, t=TARGETS, delta=np.eye(3)),
    where=dict(p=lambda s: softmax(s), L=_neg_log_likelihood),
    sizes=dict(i=3, k=3),
)

# -- a layer and its batch -------------------------------------------------------------------------

LAYER = dict(
    given=dict(X=Random((4, 3)), W=Random((3, 2)), b=Random((2,)), n=3),
    where=dict(
        Y=lambda X, W, b: np.einsum("ik,kj->ij", X, W) + b,
        L=lambda Y: _batch_error(Y),
        G=lambda Y: jaclib.grad(_batch_error)(Y),
    ),
    sizes=dict(i=4, k=3, j=2),
)


def _batch_error(Y):
    return np.sum(np.sin(Y) * Y[::-1])


register(
    "eq-1-layer",
    "definition",
    "Both forms are compared with NumPy's `einsum`, for a batch of four rows.",
    **LAYER,
)
DERIVED = "Central differences of an error of a batch of four on the left; $G$ comes from reverse mode. All indices."
register("eq-1-layer-w", "numeric", DERIVED, **LAYER)
register(
    "eq-1-layer-b",
    "numeric",
    DERIVED,
    **{**LAYER, "given": {**LAYER["given"], "the_sum_of_the_rows_of": lambda G: np.ones(len(G)) @ G}},
)
register("eq-1-layer-x", "numeric", DERIVED, **LAYER)

# -- gradient checking, kinks ----------------------------------------------------------------------


def _measured_error(x, h, eps):
    """Return the largest error of a central difference of eˣ x, when both values are rounded by a factor 1 ± eps."""
    up, down = (x + h) * np.exp(x + h), (x - h) * np.exp(x - h)
    signs = [(up * (1 + a * eps) - down * (1 + b * eps)) / (2 * h) for a in (-1, 1) for b in (-1, 1)]
    return max(abs(quotient - (x + 1) * np.exp(x)) for quotient in signs)


def _best_step(varepsilon, f, f_prime_prime_prime):
    from scipy.optimize import brentq

    def slope(h):  # of the two terms, by central differences
        step = 1e-4 * h
        terms = [varepsilon * f / (h + s) + (h + s) ** 2 * f_prime_prime_prime / 6 for s in (-step, step)]
        return terms[1] - terms[0]

    return brentq(slope, 1e-3, 10, xtol=1e-12)


register(
    "eq-1-differences",
    "numeric",
    "For $f = x e^x$, whose derivatives are known, the miss of the two formulas is of order 2 and 4 in $h$.",
    given=dict(
        f=lambda x: x * np.exp(x),
        f_prime=lambda x: (x + 1) * np.exp(x),
        f_prime_prime=lambda x: (x + 2) * np.exp(x),
        f_prime_prime_prime=lambda x: (x + 3) * np.exp(x),
        x=Random(),
        h=0.8,
    ),
    vanishing="h",
    order={0: 2, 1: 4},
)
register(
    "eq-1-best-step",
    "numeric",
    "For $f = x e^x$ the largest error of a central difference with rounded values is found; with $ε$ in "
    "proportion to $h^3$, "
    "the miss is of order 4. The best step is found as a root of the slope.",
    given=dict(x=Random(), h=0.8),
    where=dict(
        varepsilon=lambda h: 0.1 * h**3,
        f=lambda x: x * np.exp(x),
        f_prime_prime_prime=lambda x: (x + 3) * np.exp(x),
        error=lambda x, varepsilon: lambda h: _measured_error(x, h, varepsilon),
        h_star=_best_step,
    ),
    vanishing="h",
    order=4,
    rtol=1e-6,
)
register(
    "eq-1-subgradient",
    "numeric",
    "For a convex function with a kink at $x$, slopes 1 and 3, at random $y$ on both sides; with the outermost "
    "slopes it is sharp.",
    given=dict(
        f=lambda y: np.maximum(8 + 3 * (y - 4), 8 + (y - 4)),
        x=4.0,
        g=Choice((1.0, 3.0, 1.7)),
        y=Random(low=2, high=6),
    ),
    trials=30,
)
