"""The gallery and the notation."""

from equations.chapter3 import spherical
from equations.helpers import forward_jacobian, four_outputs, over_quarter_disc, sympy_jacobian
from equations.registry import Random, register

register("eq-g-tan", "exact", "SymPy integrates each of the three forms.")
register(
    "eq-g-polar",
    "numeric",
    "The integral on the left is computed over the quarter disc in $x$ and $y$, by quadrature.",
    regions={"": over_quarter_disc},
)
register(
    "eq-g-sphere",
    "numeric",
    "A vertical vector is tilted by φ and turned by θ, as matrices do it; SymPy finds the determinant.",
    given=dict(rho=Random(), varphi=Random(), theta=Random()),
    where=dict(J=lambda rho, varphi, theta: sympy_jacobian(spherical, rho, varphi, theta)),
)
register(
    "notation-jacobian",
    "numeric",
    "For a map from three numbers to four: $J_f$ and $J$ from forward mode, all derivatives from central differences.",
    given=dict(x=Random((3, 1)), f=four_outputs, J_f=lambda x: forward_jacobian(four_outputs, x)),
    where=dict(J=lambda x: forward_jacobian(four_outputs, x)),
    sizes=dict(i=4, j=3),
)
