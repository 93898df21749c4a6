"""Chapter 3, from folds to Monte Carlo."""

import itertools

import numpy as np

import jaclib
from equations import book
from equations.helpers import over_quarter_disc
from equations.registry import Random, register
from equations.values import column

PAIR = Random((2, 1))
PLUS = Random()

# -- folds and singular points ---------------------------------------------------------------------

register(
    "eq-3-fold",
    "identity",
    "The formula is compared with the chapter's function `F`; SymPy finds its determinant.",
    given=dict(F=lambda u, v: book.function(3, "F", after="eq-3-fold")((u, v))[None, :], u=PLUS, v=PLUS),
)


def _sheets(x, y):
    """Return how many u from -1 to 1.5 satisfy y = u² + x/2."""
    root = np.sqrt(y - x / 2)
    return sum(-1 <= u <= 1.5 for u in (root, -root))


register(
    "eq-3-area-formula",
    "numeric",
    "For the fold $T(u, v) = (v, u^2 + \\frac v2)$ on $[-1, \\frac32] \\times [0, 1]$: quadrature of both sides, "
    "with counted preimages.",
    given=dict(
        f=lambda *p: np.exp(-np.ravel(p)[0]) * np.ravel(p)[1],
        T=lambda u, v: column(v, u**2 + v / 2),
        N=_sheets,
    ),
    regions={
        "D": [[(-1, 0), (0, 1)], [(0, 1.5), (0, 1)]],
        "": [[(0, 1), lambda x: (x / 2, x / 2 + 1)], [(0, 1), lambda x: (x / 2 + 1, x / 2 + 2.25)]],
    },
)


def _over_a_disc(function):
    return over_quarter_disc(lambda x, y: sum(function(a * x, b * y) for a in (-1, 1) for b in (-1, 1)))


register(
    "eq-3-singular",
    "numeric",
    "The integral on the left is computed in $x$ and $y$, over triangles with a corner at the peak, by quadrature.",
    regions={"": _over_a_disc},
)

# -- densities -------------------------------------------------------------------------------------


def _stats():
    from scipy import stats

    return stats


def _normal(x):
    return np.prod(_stats().norm.pdf(x))


def _log_normal(y):
    return np.prod(_stats().lognorm.pdf(y, 1.0))


register(
    "eq-3-density",
    "numeric",
    "Two independent normal numbers and their exponentials: SciPy's normal and log-normal densities.",
    given=dict(x=PAIR, T=np.exp, p_X=_normal, p_Y=_log_normal),
    where=dict(y=lambda x: np.exp(x)),
)
register(
    "eq-3-preimages",
    "numeric",
    "The square of a normal number: SciPy's normal and chi-square densities. The list of the two preimages is given.",
    given=dict(y=PLUS, x=0.0, T=lambda x: x**2, p_X=_normal, p_Y=lambda y: _stats().chi2.pdf(y, 1)),
    left_out="the condition under the sign",
    domains={"x : T ( x ) = y": lambda scope: [{"x": sign * np.sqrt(scope.value("y"))} for sign in (1, -1)]},
)
register(
    "eq-3-affine",
    "numeric",
    "SciPy's density of a normal distribution in three dimensions with mean $b$ and covariance $AA^\\mathsf{T}$.",
    given=dict(x=Random((3, 1)), b=Random((3, 1)), A=Random((3, 3), -1, 1), n=3),
    where=dict(
        z=lambda A, x, b: np.linalg.solve(A, x - b),
        p=lambda A, b: lambda x: _stats().multivariate_normal.pdf(x[:, 0], b[:, 0], A @ A.T),
    ),
)
register(
    "eq-3-flow",
    "numeric",
    "A flow that is known: $g$ takes logarithms, so $p$ is SciPy's log-normal density and the base its normal one.",
    given=dict(x=PAIR, g=np.log, p=_log_normal, p_base=_normal),
)


def _scale(a):
    return np.tanh(1.3 * a)


def _shift(a):
    return np.sin(2 * a) - a


def _couple(x):
    """Return the y from which the inverse of the layer, as the text states it, gives x: found as a root."""
    from scipy.optimize import brentq

    first, second = np.ravel(x)
    return np.array(
        [first, brentq(lambda y: (y - _shift(first)) * np.exp(-_scale(first)) - second, -50, 50, xtol=1e-14)]
    )


register(
    "eq-3-coupling",
    "numeric",
    "$y$ is found as the root of the inverse that the text gives; $J$ from central differences. The entry "
    "$\\ast$ may be any number.",
    given=dict(x=PAIR, s=_scale, t=_shift),
    where=dict(
        y=lambda x: _couple(x)[:, None],
        J=lambda x: jaclib.numeric_jacobian(lambda x: _couple(x), x[:, 0]),
    ),
    rtol=1e-7,
)

# -- Monte Carlo, summary --------------------------------------------------------------------------

GAUSS = np.array([[1 + a / np.sqrt(3), 1.5 + b * 1.5 / np.sqrt(3)] for a in (-1, 1) for b in (-1, 1)])
CHANCE = 0.3


def _spread_of_estimates(B, n):
    """Return the standard deviation of the estimate of an area, from all outcomes of n points."""
    outcomes = list(itertools.product((0, 1), repeat=int(n)))
    chances = [np.prod([CHANCE if hit else 1 - CHANCE for hit in outcome]) for outcome in outcomes]
    estimates = [B * np.mean(outcome) for outcome in outcomes]
    mean = np.dot(chances, estimates)
    return np.sqrt(np.dot(chances, (estimates - mean) ** 2))


def _cubic(*point):
    x, y = np.ravel(point)
    return 1 + 2 * x**3 - x**2 * y**3


_cubic.takes = ("x", "y")
register(
    "eq-3-monte-carlo",
    "numeric",
    "First: the four points are Gauss points, whose plain average integrates a cubic polynomial exactly, so both "
    "sides are equal. Second: "
    "for the area of a set that a point hits with chance 0.3, all outcomes of $n$ points are listed.",
    given=dict(
        f=_cubic,
        p=GAUSS,
        B=6.0,
        n=4,
        sigma=np.sqrt(CHANCE - CHANCE**2),
    ),
    where=dict(standard_error=_spread_of_estimates),
    sizes=dict(i=4),
    regions={"": [[(0, 2), (0, 3)]]},
)


def _exponentials(u, v=None):
    return np.exp(u) if v is None else column(np.exp(u), np.exp(v))


def _plain(*point):
    x, y = np.ravel(point)
    return x * y**2


_exponentials.takes, _plain.takes = ("u", "v"), ("x", "y")
register(
    "eq-3-summary",
    "numeric",
    "For the map that takes the exponential of both numbers: quadrature over $[0, 1]^2$ and $[1, e]^2$, and "
    "SciPy's normal and log-normal "
    "densities.",
    given=dict(
        f=_plain,
        T=_exponentials,
        x=PAIR,
        p_X=_normal,
        p_Y=_log_normal,
    ),
    regions={"T ( D )": [[(1, np.e), (1, np.e)]], "D": [[(0, 1), (0, 1)]]},
)
