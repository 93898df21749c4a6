"""Who solves which kind of task, and with what: one table.

An entry takes a problem and returns a callable without arguments, which is what is timed. Arguments are converted to a
library's own arrays before, results to NumPy after, so that nobody pays for conversion. Libraries are imported when
first used; where one has several ways, the entry is the fastest documented one for a function written as it is.
"""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import jaclib
from benchmarks.problems import KINDS, Problem

__all__ = ["BY_HAND", "JACLIB", "TABLE", "Contender", "contender", "contenders"]

BY_HAND, JACLIB = "by hand in NumPy", "jaclib"


def _by_hand(problem: Problem):
    return lambda: problem.by_hand(problem.point, *problem.constants)


def _operator(namespace, operator, convert=lambda array: array, finish=lambda result: result):
    """Return an entry for a library that wraps functions: operator(f)(point, *constants)."""

    def entry(problem):
        transformed = operator(functools.partial(problem.function, namespace))
        point = [convert(p) for p in problem.point] if isinstance(problem.point, list) else convert(problem.point)
        constants = [convert(c) for c in problem.constants]
        return lambda: finish(transformed(point, *constants))

    return entry


def _jaclib(name):
    return _operator(np, getattr(jaclib, name))


def _autograd(name):
    def entry(problem):
        import autograd
        import autograd.numpy

        return _operator(autograd.numpy, getattr(autograd, name))(problem)

    return entry


def _jax(name, jitted):
    def entry(problem):
        import jax

        def operator(f):
            derivative = getattr(jax, name)(f)
            return jax.jit(derivative) if jitted else derivative

        return _operator(jax.numpy, operator, jax.numpy.asarray, jax.block_until_ready)(problem)

    return entry


def _torch_backward(with_value):
    def entry(problem):
        import torch

        torch.set_num_threads(1)
        single = not isinstance(problem.point, list)
        leaves = [torch.tensor(p, requires_grad=True) for p in ([problem.point] if single else problem.point)]
        constants = [torch.tensor(c) for c in problem.constants]

        def call():
            value = problem.function(torch, leaves[0] if single else leaves, *constants)
            gradient = torch.autograd.grad(value, leaves)
            return (value.detach(), gradient) if with_value else gradient

        return call

    return entry


def _torch_jacobian(problem):
    import torch

    torch.set_num_threads(1)
    return _operator(torch, torch.func.jacrev, torch.tensor)(problem)


def _of_values(build):
    """Return an entry for methods that call f(x) only: build(f, x, problem)."""

    def entry(problem):
        def f(x):
            return problem.function(np, x, *problem.constants)

        return build(f, problem.point, problem)

    return entry


def _jaclib_numeric(method):
    return _of_values(lambda f, x, _: lambda: jaclib.numeric_jacobian(f, x, method=method))


@_of_values
def _central_by_hand(f, x, _):
    h = np.finfo(float).eps ** (1 / 3)

    def call():
        columns = []
        for j in range(x.size):
            step = np.zeros_like(x)
            step[j] = h
            columns.append((f(x + step) - f(x - step)) / (2 * h))
        return np.stack(columns, axis=1)

    return call


@_of_values
def _numdifftools(f, x, _):
    import numdifftools

    derivative = numdifftools.Jacobian(f)
    return lambda: derivative(x)


@_of_values
def _approx_fprime(f, x, _):
    from scipy.optimize import approx_fprime

    return lambda: approx_fprime(x, f)


def _scipy_jacobian(problem):
    from scipy.differentiate import jacobian

    a, b = problem.constants

    def f(x):  # the same map, for x of shape (n, ...), as SciPy asks
        return np.tanh(np.tensordot(b, np.sin(np.tensordot(a, x, 1)), 1))

    return lambda: jacobian(f, problem.point).df


def _jaclib_integral(problem):
    limits = [tuple(pair) for pair in problem.point.tolist()]
    return lambda: jaclib.integrate(lambda r, t: problem.function(np, None, r, t), limits, rtol=1e-12).value


def _cubature(problem):
    from scipy.integrate import cubature

    lower, upper = problem.point.T
    return lambda: (
        cubature(lambda p: problem.function(np, None, p[:, 0], p[:, 1]), lower, upper, rtol=1e-12, atol=0).estimate
    )


def _dblquad(problem):
    from scipy.integrate import dblquad

    (r0, r1), (t0, t1) = problem.point.tolist()
    return lambda: dblquad(lambda r, t: problem.function(math, None, r, t), t0, t1, r0, r1, epsabs=0, epsrel=1e-12)[0]


# Contender -> kind of task -> how.
TABLE: dict[str, dict[str, Callable]] = {
    BY_HAND: {
        "gradient": _by_hand,
        "value_and_gradient": _by_hand,
        "jacobian": _by_hand,
        "numeric_jacobian": _central_by_hand,
        "integral": _by_hand,
    },
    JACLIB: {
        "gradient": _jaclib("grad"),
        "value_and_gradient": _jaclib("value_and_grad"),
        "jacobian": _jaclib("jacrev"),
        "numeric_jacobian": _jaclib_numeric("richardson"),
        "integral": _jaclib_integral,
    },
    "jaclib, central": {"numeric_jacobian": _jaclib_numeric("central")},
    "jaclib, complex step": {"numeric_jacobian": _jaclib_numeric("complex-step")},
    "jaclib, forward mode": {"jacobian": _jaclib("jacfwd")},
    "autograd": {
        "gradient": _autograd("grad"),
        "value_and_gradient": _autograd("value_and_grad"),
        "jacobian": _autograd("jacobian"),
    },
    "PyTorch": {
        "gradient": _torch_backward(with_value=False),
        "value_and_gradient": _torch_backward(with_value=True),
        "jacobian": _torch_jacobian,
    },
    "JAX": {
        "gradient": _jax("grad", jitted=False),
        "value_and_gradient": _jax("value_and_grad", jitted=False),
        "jacobian": _jax("jacrev", jitted=False),
    },
    "JAX, jitted": {
        "gradient": _jax("grad", jitted=True),
        "value_and_gradient": _jax("value_and_grad", jitted=True),
        "jacobian": _jax("jacrev", jitted=True),
    },
    "numdifftools": {"numeric_jacobian": _numdifftools},
    "SciPy, jacobian": {"numeric_jacobian": _scipy_jacobian},
    "SciPy, approx_fprime": {"numeric_jacobian": _approx_fprime},
    "SciPy, cubature": {"integral": _cubature},
    "SciPy, dblquad": {"integral": _dblquad},
}


@dataclass(frozen=True)
class Contender:
    """A callable that is known to give the right result, with the error of that result.

    Attributes
    ----------
    call : callable
        What is timed, without arguments.
    error : float
        The largest error, relative to the largest entry of the exact result.
    first : float
        Seconds until the first result, compilation included (and the import of the library, if it is the first use).
    """

    call: Callable[[], object]
    error: float
    first: float


def contender(name: str, problem: Problem) -> Contender:
    """Return a contender of the table, once its result is known to be right.

    Raises
    ------
    ArithmeticError
        If the result is further from the exact one than `KINDS` allows.
    """
    start = time.perf_counter()
    call = TABLE[name][problem.kind](problem)
    result = call()
    first = time.perf_counter() - start
    error, allowed = problem.error(result), KINDS[problem.kind]
    if not error <= allowed:
        raise ArithmeticError(f"{name}, {problem.title}: the error is {error:.1e}, expected at most {allowed:.0e}.")
    return Contender(call, error, first)


def contenders(problem: Problem) -> dict[str, Contender]:
    """Return all contenders for a problem, each checked."""
    return {name: contender(name, problem) for name, methods in TABLE.items() if problem.kind in methods}
