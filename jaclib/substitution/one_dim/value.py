"""The value of the new integrals: from antiderivatives, from SymPy's definite integral, or numeric; always checked."""

from __future__ import annotations

import warnings
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

import sympy as sp

from jaclib.cubature import Cubature, CubatureWarning, integrate
from jaclib.substitution._numeric import real_value, vectorised
from jaclib.substitution._quadrature import accept_zero
from jaclib.substitution._region import Region
from jaclib.substitution._results import IntegralValue, is_confirmed, settle
from jaclib.substitution.one_dim.antiderivative import antiderivative, definite_integral, end_values
from jaclib.substitution.one_dim.problem import Problem
from jaclib.substitution.one_dim.solution import NewIntegral

# Of the value: with a larger error it has no digits.
LARGEST_ERROR = 0.1


def evaluate(problem: Problem, parts: list[NewIntegral], seconds: float) -> tuple[list[NewIntegral], IntegralValue]:
    """Return the parts, with antiderivatives if the value was found from them, and the value."""
    shown = sp.Add(*(part.integral for part in parts), evaluate=False)
    numeric = _Numeric(problem, parts)
    if any(part.integral.has(sp.Float) for part in parts):
        why_not = "floats in the problem; write exact numbers such as Rational(1, 2) for an exact value"
        return parts, settle(problem.where, None, numeric, shown, why_not)
    with_antiderivatives = _integrated(parts, seconds / 2)
    if with_antiderivatives is not None:
        complete, total = with_antiderivatives
        if total is sp.oo or is_confirmed(total, numeric):
            return complete, settle(problem.where, total, numeric, shown, "")
    exact = _definite(parts, seconds / 2)
    why_not = f"SymPy found no exact value; its time limit was {seconds:g} s"
    result = settle(problem.where, exact, numeric, shown, why_not)
    _refuse_noise(problem, result)
    return parts, result


def _refuse_noise(problem: Problem, result: IntegralValue) -> None:
    """Raise if the numeric value has no digits."""
    if result.method == "numeric" and result.error > LARGEST_ERROR * abs(result.value) and result.error > 1e-6:
        raise ValueError(
            f"{problem.where}: no exact value was found ({result.reason}), and the numeric one, {result.value:.3g} ± "
            f"{result.error:.1g}, says nothing. The integral may diverge; restrict the limits, or choose another u."
        )


def _integrated(parts: list[NewIntegral], seconds: float) -> tuple[list[NewIntegral], sp.Expr] | None:
    """Give every part its antiderivative, and add up the differences of their end values."""
    complete, total = [], sp.Integer(0)
    for part in parts:
        # Not shared between parts: the sign of u decides between log(u) and log(-u).
        found = antiderivative(part.integrand, part.symbol, part.u_limits, seconds / len(parts))
        ends = None if found is None else end_values(found, part.symbol, part.u_limits)
        if ends is None:
            return None
        complete.append(replace(part, antiderivative=found))
        total += _finite_or_oo(ends[1] - ends[0])
    return complete, total


def _definite(parts: list[NewIntegral], seconds: float) -> sp.Expr | None:
    total = sp.Integer(0)
    for part in parts:
        value = definite_integral(part.integrand, part.symbol, part.u_limits, seconds / len(parts))
        if value is None:
            return None
        total += _finite_or_oo(value)
    return total


def _finite_or_oo(value: sp.Expr) -> sp.Expr:
    """Infinities of two parts do not cancel, whatever their signs: one part without a value is enough."""
    number = real_value(value)
    return sp.oo if value is sp.nan or number in (float("inf"), -float("inf")) else value


class _Numeric:
    """∫ f dx itself, not the substituted integral: an independent check. Cut where f is not smooth.

    Where it does not converge, the substituted integral has a chance: u may have removed a singularity. A call
    returns the value, with its warnings, or raises the error; it is computed once.
    """

    def __init__(self, problem: Problem, parts: list[NewIntegral]):
        self.problem, self.parts = problem, parts

    def __call__(self) -> Cubature:
        value, caught = self._outcome
        if isinstance(caught, Exception):
            raise caught
        for warning in caught:
            warnings.warn(warning.message, stacklevel=2)
        return value

    @cached_property
    def _outcome(self) -> tuple[Cubature | None, list | Exception]:
        x, sign = self.problem.x, -1.0 if self.problem.backwards else 1.0
        ends = [self.problem.ends[0], *self.problem.breaks, self.problem.ends[1]]
        direct, caught = _sum([(self.problem.f, x, pair) for pair in pairwise(ends)])
        if direct is not None:
            direct = replace(direct, value=sign * direct.value)
            if direct.converged:
                return direct, []
        substituted, _ = _sum([(part.integrand, part.symbol, part.u_limits) for part in self.parts])
        return (substituted, []) if substituted is not None and substituted.converged else (direct, caught)


def _sum(integrals) -> tuple[Cubature | None, list | Exception]:
    """Add up numeric integrals, given as (integrand, variable, limits); with their warnings, or the error."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", CubatureWarning)
        try:
            runs = [
                accept_zero(integrate(vectorised(g, [s]), [tuple(map(float, limits))]), g, Region({s: limits}))
                for g, s, limits in integrals
            ]
        except (ValueError, NotImplementedError) as error:
            return None, error
    value, error, evaluations = (sum(getattr(run, name) for run in runs) for name in ("value", "error", "evaluations"))
    return Cubature(value, error, evaluations, all(run.converged for run in runs)), caught
