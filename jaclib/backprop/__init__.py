"""Differentiate plain NumPy code, forward and reverse.

A function is called with traced arrays in place of its arguments (`tracing`). Every NumPy operation on them looks up
its rule (`dispatch`): `partials` for elementwise functions; `structure`, `picking`, `contractions`, `decompositions`
and `eigen` for all others; `functions` for what is put together from those. `forward` carries tangents along,
`reverse` records a tape and pulls cotangents back; `gradients` and `pushforwards` wrap them for use.
"""

from jaclib.backprop import dispatch, functions, partials, structure  # noqa: F401  (they fill the tables)
from jaclib.backprop.checking import GradientCheck, check_gradient
from jaclib.backprop.custom import custom_jvp, custom_vjp
from jaclib.backprop.gradients import grad, hessian, jacrev, value_and_grad, vjp
from jaclib.backprop.graph import Graph, trace
from jaclib.backprop.log_det import log_abs_det_jacobian
from jaclib.backprop.pushforwards import jacfwd, jvp

__all__ = [
    "GradientCheck",
    "Graph",
    "check_gradient",
    "custom_jvp",
    "custom_vjp",
    "grad",
    "hessian",
    "jacfwd",
    "jacrev",
    "jvp",
    "log_abs_det_jacobian",
    "trace",
    "value_and_grad",
    "vjp",
]
