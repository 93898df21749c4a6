"""Chapter 2, from the best linear map to the chain rule."""

import numpy as np

import jaclib
from equations import book, values
from equations.helpers import forward_jacobian, four_outputs, rows, softmax, sympy_jacobian
from equations.registry import Choice, Random, register
from equations.values import column

PAIR = Random((2, 1))
THREE = Random((3, 1))


def first_map(x):
    """Return what the map of the first figure gives for a column, by the chapter's code."""
    return book.function(2, "f")(x[:, 0])[:, None]


def bend(a):
    """Return the second derivative of that map: a function of two directions."""
    return lambda v, w: column(v[1, 0] * w[1, 0], -v[0, 0] * w[0, 0] * np.sin(a[0, 0]))


def _error(a, v, J):
    return lambda t: float(np.linalg.norm(first_map(a + t * v) - first_map(a) - t * (J @ v)))


LINEAR = dict(
    given=dict(f=first_map, a=PAIR, v=PAIR),
    where=dict(J=lambda a: forward_jacobian(first_map, a)),
)

# -- the best linear map ---------------------------------------------------------------------------

register(
    "eq-2-linear",
    "numeric",
    "For the map of the first figure, with $J$ from forward mode, the miss is of second order in $v$.",
    vanishing="v",
    order=2,
    **LINEAR,
)
register(
    "eq-2-differentiable",
    "numeric",
    "For the map of the first figure, with $J$ from forward mode: the limit is extrapolated along random directions.",
    **LINEAR,
)
register(
    "eq-2-error",
    "definition",
    "The formula is compared with the errors that the chapter's function `linear_errors` finds.",
    given=dict(f=first_map, t=Choice((1.0, 0.1, 0.01))),
    where=dict(
        a=lambda: book.function(2, "a")[:, None],
        v=lambda: book.function(2, "v")[:, None],
        J=lambda a: forward_jacobian(first_map, a),
        E=lambda J: lambda t: book.function(2, "linear_errors")(J)[round(-np.log10(t))],
    ),
)
register(
    "eq-2-taylor",
    "numeric",
    "For the map of the first figure, whose second derivatives are known: the miss of the first line is of order "
    "3. The bound "
    "is tested with the largest second derivative on the way.",
    given=dict(a=PAIR, v=Random((2, 1), 2, 3), t=Random(low=0.1, high=0.6), f_prime_prime=bend),
    where=dict(
        J=lambda a: forward_jacobian(first_map, a),
        E=_error,
        M=lambda a, v, t: max(np.linalg.norm(bend(a + s * v)(v, v)) for s in np.linspace(0, t, 40)),
    ),
    vanishing="t",
    order=3,
)
register(
    "eq-2-best",
    "identity",
    "Both sides are equal for every $f$, $J$, $A$, $v$ and $t$: SymPy proves it for a map of two numbers. What "
    "the brace says is "
    "{eq}`eq-2-differentiable`.",
    given=dict(
        f=lambda x: values.multiply(x, values.exp(x[0, 0])),
        a=PAIR,
        v=PAIR,
        t=Random(),
        J=Random((2, 2)),
        A=Random((2, 2)),
    ),
    left_out="the words below the brace",
)

# -- the matrix ------------------------------------------------------------------------------------


def _by_hand(x, y, z):
    return book.function(2, "g", after="eq-2-byhand")((x, y, z))


register(
    "eq-2-jacobian",
    "numeric",
    "For a map from three numbers to four: $J$ from forward mode, every entry of the pattern from central "
    "differences. The dots are "
    "read as the entries between.",
    given=dict(x=THREE, m=4, n=3),
    where=dict(f=lambda x: four_outputs(x), J=lambda x: forward_jacobian(four_outputs, x)),
    sizes=dict(i=4, j=3),
)
register(
    "eq-2-byhand",
    "identity",
    "SymPy differentiates the function `g` of the chapter's code, and puts in the point.",
    given=dict(g=lambda x, y, z: _by_hand(x, y, z)[:, None], x=Random(), y=Random(), z=Random()),
    where=dict(J=lambda x, y, z: sympy_jacobian(_by_hand, x, y, z)),
    arguments=dict(J=("x", "y", "z")),
)
register(
    "eq-2-gradient",
    "numeric",
    "For a function of three numbers: the row from forward mode, its entries and the gradient from central "
    "differences.",
    given=dict(x=THREE, n=3),
    where=dict(ell=lambda x: four_outputs(x).sum(), J=lambda x: forward_jacobian(_sum_of_outputs, x)),
    nabla="x",
)


def _sum_of_outputs(x):
    return four_outputs(x).sum(axis=0, keepdims=True)


def _layer(x, W, b):
    return rows(*(np.tanh(W[k] @ x + b[k]) for k in range(len(W))))


LAYER = dict(
    given=dict(x=THREE, W=Random((2, 3), -1, 1), b=Random((2, 1), -1, 1), diag=values.diag),
    where=dict(y=_layer, J=lambda x, W, b: forward_jacobian(lambda x: _layer(x, W, b), x)),
    sizes=dict(i=2, j=3, k=2, l=3),
)
register(
    "eq-2-layer",
    "definition",
    "The formulas are compared with the chapter's function `layer`, whose weights are used; $z$ is the inverse "
    "of tanh of its output.",
    given=dict(x=Random((3, 1), -0.5, 0.5)),
    where=dict(
        W=lambda: book.function(2, "W", after="eq-2-layer"),
        b=lambda: book.function(2, "b", after="eq-2-layer")[:, None],
        y=lambda x: book.function(2, "layer")(x[:, 0])[:, None],
        z=lambda y: np.arctanh(y),
    ),
)
register(
    "eq-2-layerjac",
    "numeric",
    "Central differences for the first line, forward mode for the second.",
    **LAYER,
)
register(
    "eq-2-layerweights",
    "numeric",
    "Central differences by every weight, for all indices.",
    **LAYER,
)
register(
    "eq-2-quadratic",
    "identity",
    "SymPy differentiates the double sum by every $x_k$, with symbols for all entries of a 3 × 3 matrix.",
    given=dict(A=Random((3, 3)), x=THREE),
    sizes=dict(i=3, j=3, k=3),
    nabla="x",
)
register(
    "eq-2-kron",
    "identity",
    "With symbols for all entries of a 2 × 3, a 3 × 2 and a 2 × 4 matrix, rows stacked.",
    given=dict(A=Random((2, 3)), X=Random((3, 2)), B=Random((2, 4)), vec=values.vec),
)

# -- the Jacobians of common steps -----------------------------------------------------------------

register(
    "eq-2-affine",
    "numeric",
    "Forward mode on the affine map.",
    given=dict(x=THREE, W=Random((2, 3)), b=PAIR),
    where=dict(J_affine=lambda x, W, b: forward_jacobian(lambda x: W @ x + b, x)),
)
register(
    "eq-2-elementwise",
    "numeric",
    "Forward mode on the sine of three numbers; its derivatives from central differences. The dots are read as "
    "the entries between.",
    given=dict(x=THREE, n=3, varphi=np.sin, diag=values.diag),
    where=dict(J_varphi=lambda x: forward_jacobian(np.sin, x)),
)
register(
    "eq-2-softmax",
    "definition",
    "The formula is compared with SciPy's `softmax`.",
    given=dict(z=THREE),
    where=dict(p=lambda z: softmax(z)),
    sizes=dict(i=3, k=3),
)
register(
    "eq-2-softmaxjac",
    "numeric",
    "Central differences of SciPy's `softmax`, the second line for all pairs of different indices; forward mode "
    "on the chapter's "
    "`softmax` for the matrix.",
    given=dict(z=THREE, diag=values.diag),
    where=dict(
        p=lambda z: softmax(z),
        J=lambda z: jaclib.jacfwd(book.function(2, "softmax"))(z[:, 0]),
    ),
    sizes=dict(i=3, j=3),
    apart=("i", "j"),
)
register(
    "eq-2-crossentropy",
    "numeric",
    "Central differences of the negative logarithm of the second output of SciPy's `softmax`.",
    given=dict(z=THREE, e_c=np.array([[0.0], [1.0], [0.0]])),
    where=dict(p=lambda z: softmax(z), ell=lambda p: -np.log(p[1, 0])),
)


def _branch(x):
    return rows(np.sin(x[0] * x[1]), x[1] - x[2] ** 2, np.exp(x[2]) * x[0])


register(
    "eq-2-residual",
    "numeric",
    "Forward mode on a branch with three inputs and outputs, and on the block $x + r(x)$.",
    given=dict(x=THREE, I=np.eye(3)),
    where=dict(
        J_r=lambda x: forward_jacobian(_branch, x),
        J_residual=lambda x: forward_jacobian(lambda x: x + _branch(x), x),
    ),
)


def _outer(u):
    return rows(u[0] * u[1], np.sin(u[2]) + u[3] ** 2)


register(
    "eq-2-chain",
    "numeric",
    "For a chain 3 → 4 → 2: forward mode on the whole, central differences for the two factors.",
    given=dict(
        x=THREE,
        g=four_outputs,
        h=_outer,
        J_h_circ_g=lambda x: forward_jacobian(lambda x: _outer(four_outputs(x)), x),
    ),
)
register(
    "eq-2-paths",
    "numeric",
    "For a chain 3 → 4 → 2: central differences of the whole, and of every arrow.",
    given=dict(x=THREE),
    where=dict(u=lambda x: four_outputs(x), y=lambda u: _outer(u)),
    sizes=dict(i=2, j=3, k=4),
)
