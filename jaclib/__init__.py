"""Jacobians, backpropagation and change of variables on plain NumPy and SymPy code."""

from importlib import import_module

from jaclib.backprop import (
    check_gradient,
    custom_jvp,
    custom_vjp,
    grad,
    hessian,
    jacfwd,
    jacrev,
    jvp,
    log_abs_det_jacobian,
    trace,
    value_and_grad,
    vjp,
)
from jaclib.cubature import integrate, monte_carlo
from jaclib.digits import load_digits
from jaclib.jacobian import numeric_jacobian, symbolic_jacobian
from jaclib.notebook import setup_notebook

__all__ = [
    "Substitution",
    "check_gradient",
    "custom_jvp",
    "custom_vjp",
    "grad",
    "hessian",
    "integrate",
    "jacfwd",
    "jacrev",
    "jvp",
    "load_digits",
    "log_abs_det_jacobian",
    "monte_carlo",
    "numeric_jacobian",
    "pushforward_density",
    "setup_notebook",
    "symbolic_jacobian",
    "trace",
    "u_substitution",
    "value_and_grad",
    "vjp",
]
__version__ = "0.1.0"

# SymPy and Matplotlib take longer to import than all the rest: they come when one of these is first asked for.
_SYMBOLIC = dict.fromkeys(("Substitution", "pushforward_density", "u_substitution"), "jaclib.substitution")
_MODULES = ("exercises", "plotting")


def __getattr__(name: str):
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name in _SYMBOLIC:
        return getattr(import_module(_SYMBOLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES, *_SYMBOLIC})
