"""Chapter 2, from the two products to the classifier."""

import numpy as np

import jaclib
from equations import book, values
from equations.helpers import forward_jacobian, four_outputs, softmax, sympy_jacobian
from equations.registry import Choice, Random, register
from equations.values import column, cos, sin

PAIR = Random((2, 1))
THREE = Random((3, 1))
PRODUCT = dict(
    given=dict(x=THREE, v=THREE, u=Random((4, 1)), n=3, m=4),
    where=dict(J=lambda x: np.asarray(jaclib.numeric_jacobian(_flat_map, x[:, 0]))),
)


def _flat_map(x):
    return four_outputs(x[:, None])[:, 0]


# -- products and their cost -----------------------------------------------------------------------

register(
    "eq-2-jvp",
    "numeric",
    "$J$ from central differences; the product from `jaclib.jvp`, which never builds it. The remark in brackets "
    "is the shape of $J$.",
    image=("v", lambda x, v: jaclib.jvp(_flat_map, (x[:, 0],), (v[:, 0],))[1][:, None]),
    rtol=1e-7,
    left_out="the remark in brackets",
    **PRODUCT,
)
register(
    "eq-2-vjp",
    "numeric",
    "$J$ from central differences; the product from `jaclib.vjp`, which never builds it. The remark in brackets "
    "is the shape of $J$.",
    image=("u", lambda x, u: jaclib.vjp(_flat_map, x[:, 0])[1](u[:, 0])[0][:, None]),
    rtol=1e-7,
    left_out="the remark in brackets",
    **PRODUCT,
)
register(
    "eq-2-cost",
    "definition",
    "The sums are compared with the chapter's function `count`, for chains of three to five layers.",
    given=dict(
        s=Choice(({0: 50, 1: 8, 2: 3, 3: 2}, {0: 4, 1: 9, 2: 5, 3: 7, 4: 6}, {0: 2, 1: 3, 2: 7, 3: 5, 4: 11, 5: 13}))
    ),
    where=dict(
        n=lambda s: s[0],
        m=lambda s: s[max(s)],
        L=lambda s: max(s),
        forward=lambda s: book.function(2, "count")([*s.values()])[0],
        reverse=lambda s: book.function(2, "count")([*s.values()])[1],
    ),
    trials=4,
)
register(
    "eq-2-batch",
    "definition",
    "The formula is compared with the chapter's function `batched`, whose weights are used.",
    given=dict(X=Random((4, 3), -1, 1)),
    where=dict(
        W=lambda: book.function(2, "W", after="eq-2-batch"),
        b=lambda: book.function(2, "b", after="eq-2-batch"),
        Y=lambda X: book.function(2, "batched")(X),
    ),
)

# -- Newton, the arm, inverses ---------------------------------------------------------------------


def _F(x):
    return book.function(2, "F", after="eq-2-newtonexample")(x[:, 0])[:, None]


def _solve(matrix, right):
    from scipy.linalg import lstsq

    return lstsq(matrix, right)[0]


register(
    "eq-2-newton",
    "numeric",
    "The points come from the chapter's function `newton_path`, $J$ from central differences, and $s$ from "
    "SciPy's solver.",
    given=dict(k=Choice((1, 2, 3)), F=_F, J=lambda x: jaclib.numeric_jacobian(lambda x: _F(x[:, None])[:, 0], x[:, 0])),
    where=dict(
        x=lambda: book.function(2, "newton_path")(lambda x: _F(x[:, None])[:, 0], np.array([1.0, 2.0]), 4)[:, :, None],
        s=lambda x, k: _solve(forward_jacobian(_F, x[k - 1]), -_F(x[k - 1])),
    ),
    rtol=1e-7,
)
register(
    "eq-2-newtonexample",
    "numeric",
    "The first line is compared with the chapter's function `F`, the second with reverse mode on it.",
    given=dict(x=PAIR, F=_F),
    where=dict(J=lambda x: jaclib.jacrev(lambda x: _F(x[:, None])[:, 0])(x[:, 0])),
)
register(
    "eq-2-arm",
    "definition",
    "The formula is compared with the chapter's function `tip`, whose lengths are used.",
    given=dict(f=lambda theta: book.function(2, "tip")(theta[:, 0])[:, None], theta=PAIR),
    where=dict(ell=lambda: book.function(2, "lengths", after="eq-2-arm")[:, None]),
)
register(
    "eq-2-armdet",
    "identity",
    "SymPy differentiates the position of the tip, which turns the vectors of the two links, and proves the "
    "determinant.",
    given=dict(ell=PAIR, theta=PAIR),
    where=dict(J=lambda ell, theta: sympy_jacobian(lambda s, t: _tip(ell, s, t), theta[0, 0], theta[1, 0])),
)


def _tip(ell, shoulder, elbow):
    """Return the tip: the lower arm is turned by the elbow, and with the upper one by the shoulder."""
    x, y = ell[0, 0] + ell[1, 0] * cos(elbow), ell[1, 0] * sin(elbow)
    return x * cos(shoulder) - y * sin(shoulder), x * sin(shoulder) + y * cos(shoulder)


register(
    "eq-2-inverse",
    "numeric",
    "For $f(a) = e^{a_1} (\\cos a_2, \\sin a_2)$, whose inverse is known: central differences of both.",
    given=dict(
        a=PAIR,
        f=lambda a: column(np.exp(a[0, 0]) * np.cos(a[1, 0]), np.exp(a[0, 0]) * np.sin(a[1, 0])),
        f_inverse=lambda q: column(np.log(np.hypot(q[0, 0], q[1, 0])), np.arctan2(q[1, 0], q[0, 0])),
    ),
)

# -- implicit functions ----------------------------------------------------------------------------

register(
    "eq-2-implicit",
    "definition",
    "The formula is compared with the chapter's functions `equation`, which must be 0 at the $y$ that "
    "`solve_for_y` finds.",
    given=dict(F=lambda x, y: book.function(2, "equation")(x, y), x=Random(low=0.2, high=2)),
    where=dict(y=lambda x: book.function(2, "solve_for_y")(x)),
)
register(
    "eq-2-implicit1",
    "numeric",
    "$y$ comes from the chapter's `solve_for_y`; its derivative and those of `equation` are central differences.",
    given=dict(F=lambda x, y: book.function(2, "equation")(x, y), x=Random(low=0.2, high=2), dx=Random()),
    where=dict(
        y=lambda x: book.function(2, "solve_for_y")(x),
        dy=lambda x, dx: jaclib.numeric_jacobian(book.function(2, "solve_for_y"), x) * dx,
    ),
    rtol=1e-7,
)


def _two_equations(x, y):
    return np.stack([y[0] ** 3 + y[0] * y[1] - x[0] * x[2], y[1] + np.sin(y[0]) * x[1] - x[0]])


def _solution(x):
    from scipy.optimize import fsolve

    return fsolve(lambda y: _two_equations(x[:, 0], y), [1.0, 0.5], xtol=1e-12)[:, None]


register(
    "eq-2-implicitmany",
    "numeric",
    "Two equations in two unknowns with three parameters are solved by SciPy; the derivative of the solution is "
    "a central difference, "
    "$F_x$ and $F_y$ come from forward mode.",
    given=dict(x=Random((3, 1), 0.8, 1.4), dx=THREE),
    where=dict(
        y=lambda x: _solution(x),
        F_x=lambda x, y: jaclib.jacfwd(_two_equations, 0)(x[:, 0], y[:, 0]),
        F_y=lambda x, y: jaclib.jacfwd(_two_equations, 1)(x[:, 0], y[:, 0]),
        dy=lambda x, dx: jaclib.numeric_jacobian(lambda x: _solution(x[:, None])[:, 0], x[:, 0]) @ dx,
    ),
    rtol=1e-6,
)


def _equilibrium(A, U, x):
    from scipy.optimize import fsolve

    start = np.zeros(len(A))
    return fsolve(lambda y: y - np.tanh(A @ y + U @ x[:, 0]), start, xtol=1e-12)[:, None]


register(
    "eq-2-equilibrium",
    "definition",
    "$y$ comes from the chapter's function `equilibrium`, with random matrices as there.",
    given=dict(x=PAIR),
    where=dict(
        A=lambda: book.function(2, "equilibrium").__globals__["A"],
        U=lambda: book.function(2, "equilibrium").__globals__["U"],
        y=lambda x: book.function(2, "equilibrium")(x[:, 0])[:, None],
    ),
)
register(
    "eq-2-equilibriumjac",
    "numeric",
    "$y$ is found by SciPy's root finder; its derivative is a central difference.",
    given=dict(x=PAIR, A=Random((3, 3), -0.4, 0.4), U=Random((3, 2), -1, 1), I=np.eye(3)),
    where=dict(y=lambda A, U, x: _equilibrium(A, U, x), D=lambda y: np.diag(1 - y[:, 0] ** 2)),
    rtol=1e-7,
)

# -- the classifier --------------------------------------------------------------------------------

CLASSIFIER = dict(
    given=dict(x=THREE, W=Random((4, 3), -1, 1), b=Random((4, 1)), softmax=values.softmax, diag=values.diag),
)
register(
    "eq-2-classifier",
    "definition",
    "The formula is compared with SciPy's `softmax` of scores that are summed by `einsum`.",
    where=dict(p=lambda W, b: lambda x: softmax(np.einsum("ij,jk->ik", W, x) + b)),
    **CLASSIFIER,
)
register(
    "eq-2-digitjac",
    "numeric",
    "Forward mode on the chapter's `softmax` of the scores.",
    where=dict(
        p=lambda W, b, x: softmax(W @ x + b),
        J=lambda W, b, x: forward_jacobian(lambda x: book.function(2, "softmax")((W @ x + b)[:, 0])[:, None], x),
    ),
    **CLASSIFIER,
)
