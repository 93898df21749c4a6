r"""The density of Y = T(X): p_Y(y) = Σ p_X(x) / |det J_T(x)| over all x with T(x) = y.

Probability is kept, so where T stretches, the density falls: one divides by |det J_T|. Every preimage
contributes its share.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import sympy as sp

from jaclib.cubature import Cubature, CubatureWarning, integrate
from jaclib.substitution._boundary import read_expression, read_limits, read_mapping, refuse_namesakes
from jaclib.substitution._branches import (
    SIMPLIFY_SECONDS,
    WHERE,
    Branch,
    between,
    branches_1d,
    branches_nd,
    check_preimages,
    drop_bars,
)
from jaclib.substitution._declared import check_declared_signs
from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import real_value, vectorised
from jaclib.substitution._region import Region, real_twin
from jaclib.substitution.mapping import Substitution


class UncheckedDensityWarning(UserWarning):
    """Whether a density in four or more variables integrates to one could not be found out."""


@dataclass(frozen=True)
class PushforwardDensity:
    """The density p_Y. Call it with numbers or arrays, or use ``.expr`` in SymPy.

    Attributes
    ----------
    expr : Expr
        p_Y in the new variables, 0 outside the image.
    variables : tuple of Symbol
        The variables of Y.
    branches : tuple of Branch
        One per preimage.
    """

    expr: sp.Expr
    variables: tuple[sp.Symbol, ...]
    branches: tuple[Branch, ...]

    @cached_property
    def _function(self):
        parts = [vectorised(part.density, self.variables) for part in self.branches]
        masks = [sp.lambdify(self.variables, part.condition, modules="numpy") for part in self.branches]
        return parts, masks

    def __call__(self, *values):
        """Evaluate p_Y at numbers (returns a float) or arrays of one shape, one argument per variable."""
        if len(values) != len(self.variables):
            raise ValueError(
                f"PushforwardDensity: {len(values)} arguments, expected {len(self.variables)}: one for each of "
                f"{self.variables}."
            )
        arrays = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in values))
        total = np.zeros(arrays[0].shape)
        with np.errstate(all="ignore"):
            for density, mask in zip(*self._function, strict=True):
                inside = np.broadcast_to(np.asarray(mask(*arrays), dtype=bool), total.shape)
                total = total + np.where(inside, density(*arrays), 0.0)
        return float(total) if total.ndim == 0 else total

    def _sympy_(self) -> sp.Expr:
        return self.expr

    def __repr__(self) -> str:
        return f"PushforwardDensity({self.expr}, {self.variables})"

    def _repr_latex_(self) -> str:
        names = ", ".join(sp.latex(variable) for variable in self.variables)
        return rf"$\displaystyle p({names}) = {sp.latex(self.expr)}$"


def pushforward_density(density, mapping, new, *, support=None) -> PushforwardDensity:
    r"""Return the density of Y = T(X) for a random X with a given density.

    Parameters
    ----------
    density : Expr
        p_X, in the variables of X. It must integrate to one.
    mapping : dict
        T: each variable of Y as an expression in those of X, ``{y: exp(x)}``; as many as X has.
    new : Symbol or sequence of Symbol
        The variables of Y, in order: the keys of `mapping`.
    support : dict or sequence, optional
        Ranges of X outside of which p_X is zero, ``{x: (0, 1)}``. By default what the symbols declare: (0, ∞)
        for a positive symbol, (−∞, ∞) for a plain one.

    Returns
    -------
    PushforwardDensity
        With ``.expr``, ``.variables``, ``.branches``; callable on numbers and arrays.

    Raises
    ------
    TypeError
        If an argument is not a SymPy expression, or `mapping` not a dictionary.
    ValueError
        If the density is negative or does not integrate to one over the support, if det J is identically
        zero, or if the preimages cannot be found: a preimage left out would make the density too small.

    Warns
    -----
    UncheckedDensityWarning
        If a density in four or more variables is not a product of simpler ones and its integral could not be
        found with an error below 1e-3.

    Notes
    -----
    In one variable the support is cut where T turns and each monotone piece is inverted. In several, SymPy
    solves for all preimages at once. In both cases points of the support are mapped to Y and must be found
    again among the preimages.

    References
    ----------
    P. Billingsley, Probability and Measure (3rd ed., 1995), section 20.

    Examples
    --------
    >>> import sympy as sp
    >>> x = sp.Symbol("x")
    >>> y = sp.Symbol("y")
    >>> normal = sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi)
    >>> square = pushforward_density(normal, {y: x**2}, y)
    >>> len(square.branches), round(square(4), 7), square(-1)
    (2, 0.0269955, 0.0)
    >>> square.expr.subs(y, 4)
    sqrt(2)*exp(-2)/(4*sqrt(pi))
    """
    expressions, variables = read_mapping(WHERE, mapping, new)
    p = read_expression(WHERE, "density", density)
    old = _old_variables(expressions, variables, p)
    refuse_namesakes(WHERE, old + variables, [p, *expressions.values()])
    outputs = {key: expressions[key] for key in variables}
    map_ = Substitution(outputs, old)  # raises if det J is identically zero
    region = Region(read_limits(WHERE, _declared_support(old) if support is None else support, old))
    check_declared_signs(WHERE, outputs, region)
    _check_density(p, region)
    branches = branches_1d(p, map_, region) if len(old) == 1 else branches_nd(p, map_, region)
    check_preimages(p, branches, map_, region)
    return PushforwardDensity(_combine(branches, variables), variables, tuple(branches))


def _old_variables(expressions, variables, p) -> tuple[sp.Symbol, ...]:
    used = set().union(*(expression.free_symbols for expression in expressions.values()))
    if set(expressions) != set(variables) or used & set(variables):
        raise ValueError(
            f"{WHERE}: mapping {expressions} with new variables {variables}, expected the new variables as keys, in "
            f"terms of the old ones: pushforward_density(p, {{y: exp(x)}}, y) for Y = exp(X)."
        )
    unknown = p.free_symbols - used
    if unknown:
        raise ValueError(
            f"{WHERE}: the density contains {sorted(map(str, unknown))}, expected only the variables of X that "
            f"occur in the mapping: {sorted(map(str, used))}. Put in a value for a parameter: expression.subs(a, 2)."
        )
    if len(used) != len(variables):
        raise ValueError(
            f"{WHERE}: {len(variables)} variables {variables} in terms of {len(used)}, {sorted(map(str, used))}; "
            "expected as many. Add coordinates to make the map square, and integrate them out afterwards."
        )
    return tuple(sorted(used, key=str))


def _declared_support(old: tuple[sp.Symbol, ...]) -> dict:
    lower = {v: sp.Integer(0) if v.is_extended_nonnegative else -sp.oo for v in old}
    upper = {v: sp.Integer(0) if v.is_extended_nonpositive else sp.oo for v in old}
    return {v: (lower[v], upper[v]) for v in old}


def _check_density(p: sp.Expr, region: Region) -> None:
    function = vectorised(p, region.variables)
    values = function(*region.points(2048))
    if np.isnan(values).any() or (values < 0).any():
        raise ValueError(f"{WHERE}: the density {p} is negative or not real inside the support {region.limits}.")
    total, error = 1.0, 0.0
    for factor, limits in _independent_parts(p, region):
        part = _total(factor, Region(limits))
        total, error = total * part.value, error * abs(part.value) + abs(total) * part.error
    sure = error <= 1e-3 * max(1.0, abs(total))
    # An integral of 0 means that all points missed the density.
    if len(region.variables) > 3 and not (sure and total):
        warnings.warn(
            f"{WHERE}: whether the density {p} integrates to 1 was not checked: the integral over its "
            f"{len(region.variables)} variables is {total:.3g} ± {error:.1g}. Check it yourself; the result has the "
            "same factor.",
            UncheckedDensityWarning,
            stacklevel=3,
        )
    elif not sure or abs(total - 1.0) > max(1e-5, 2.0 * error):
        found = f"to {total:.6g}" if sure else "to no finite value that could be found"
        raise ValueError(
            f"{WHERE}: the density integrates {found} over {region.limits}, expected 1. Divide by this number, or "
            f"give the support: support={{x: (0, 1)}}."
        )


def _independent_parts(p: sp.Expr, region: Region) -> list[tuple[sp.Expr, dict]]:
    """Write p as a product of factors without common variables, each with its limits, as far as possible."""
    if not region.is_box:
        return [(p, region.limits)]
    groups = [({variable}, sp.Integer(1)) for variable in region.variables]
    twinned = region.to_twins(p)
    for factor in sp.Mul.make_args(sp.expand(sp.factor_terms(twinned), deep=True, mul=True, power_exp=True)):
        factor = region.from_twins(factor)
        touched = [g for g in groups if g[0] & factor.free_symbols] or groups[:1]
        merged = (set().union(*(g[0] for g in touched)), sp.Mul(factor, *(g[1] for g in touched)))
        groups = [g for g in groups if g not in touched] + [merged]
    if len(groups) == 1:
        return [(p, region.limits)]
    # Powers are joined again: exp(-a**2) * exp(2*a*b) may be 0 * inf.
    joined = [(names, sp.powsimp(factor)) for names, factor in groups]
    return [(factor, {v: region.limits[v] for v in region.variables if v in names}) for names, factor in joined]


def _total(p: sp.Expr, region: Region) -> Cubature:
    function = vectorised(p, region.variables)

    def f(*parameters):
        arrays, weight = region.from_parameters(parameters)
        return function(*arrays) * weight

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CubatureWarning)
        return integrate(f, region.parameter_limits, rtol=1e-7, max_evaluations=1_000_000)


def _combine(branches: list[Branch], variables: tuple[sp.Symbol, ...]) -> sp.Expr:
    """Sum the branches into one Piecewise where they are intervals, else into one per condition."""
    twins = {variable: real_twin(variable) for variable in variables}
    back = {twin: variable for variable, twin in twins.items()}
    terms, otherwise = [], []
    for condition, densities in _cells(branches, variables).items():
        total = sp.Add(*densities).xreplace(twins)
        total = attempt(SIMPLIFY_SECONDS, lambda total=total: sp.simplify(total), total)
        terms.append((drop_bars(total).xreplace(back), condition))
    if any(condition == sp.true for _, condition in terms):
        otherwise = [sp.Add(*(value for value, condition in terms if condition == sp.true))]
        terms = [(value, condition) for value, condition in terms if condition != sp.true]
    if len(variables) == 1:
        return sp.Piecewise(*terms, (otherwise[0] if otherwise else 0, True))
    return sp.Add(*otherwise, *(sp.Piecewise(term, (0, True)) for term in terms))


def _cells(branches: list[Branch], variables: tuple[sp.Symbol, ...]) -> dict:
    """{condition: densities there}; in one variable the conditions are intervals that do not overlap."""
    if len(variables) > 1:
        groups: dict = {}
        for branch in branches:
            groups.setdefault(branch.condition, []).append(branch.density)
        return groups
    (y,) = variables
    ends = sorted({end for branch in branches for end in branch.image}, key=real_value)
    cells = {}
    for low, high in pairwise(ends):
        densities = [b.density for b in branches if _covers(b.image, low, high)]
        if densities:
            cells[between(low, y, high)] = densities
    return cells


def _covers(image: tuple[sp.Expr, sp.Expr], low: sp.Expr, high: sp.Expr) -> bool:
    return real_value(image[0]) <= real_value(low) and real_value(high) <= real_value(image[1])
