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

from jaclib.cubature import CubatureWarning, integrate
from jaclib.substitution._boundary import read_expression, read_limits, read_mapping, refuse_namesakes
from jaclib.substitution._effort import attempt
from jaclib.substitution._monotone import inverse_on, monotone_pieces
from jaclib.substitution._numeric import real_value, vectorised
from jaclib.substitution._region import Region, real_twin
from jaclib.substitution.mapping import Substitution

WHERE = "pushforward_density"
SIMPLIFY_SECONDS = 5.0
SOLVE_SECONDS = 10.0


@dataclass(frozen=True)
class Branch:
    r"""One preimage of y, and what it contributes.

    Attributes
    ----------
    preimage : dict
        Each variable of X as an expression in the variables of Y.
    scale : Expr
        \\|det J\\| of the inverse branch: the local factor volume of x / volume of y.
    density : Expr
        p_X at the preimage times `scale`.
    condition : Boolean
        Where in the space of Y this preimage exists.
    image : tuple of two Expr, or None
        In one variable, the ends of the interval that `condition` describes.
    """

    preimage: dict[sp.Symbol, sp.Expr]
    scale: sp.Expr
    density: sp.Expr
    condition: sp.logic.boolalg.Boolean
    image: tuple[sp.Expr, sp.Expr] | None


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
    _check_density(p, region)
    branches = _branches_1d(p, map_, region) if len(old) == 1 else _branches_nd(p, map_, region)
    _check_preimages(p, branches, map_, region)
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
    if len(region.variables) > 3:
        return  # beyond three dimensions the check would cost more than the answer

    def f(*parameters):
        arrays, weight = region.from_parameters(parameters)
        return function(*arrays) * weight

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CubatureWarning)
        total = integrate(f, region.parameter_limits, rtol=1e-7, max_evaluations=1_000_000)
    if total.error > 1e-3 or abs(total.value - 1.0) > max(1e-5, 2.0 * total.error):
        found = "to no finite value that could be found" if total.error > 1e-3 else f"to {total.value:.6g}"
        raise ValueError(
            f"{WHERE}: the density integrates {found} over {region.limits}, expected 1. Divide by this number, or "
            f"give the support: support={{x: (0, 1)}}."
        )


def _branches_1d(p: sp.Expr, map_: Substitution, region: Region) -> list[Branch]:
    """One branch per piece on which T is monotone."""
    (y,), (x,), (u,) = map_.old, map_.new, map_.mapping.values()
    lower, upper = region.limits[x]
    branches = []
    for piece in monotone_pieces(WHERE, u, x, lower, upper):
        inverse = inverse_on(piece, u, x, y)
        if inverse is None:
            raise ValueError(
                f"{WHERE}: SymPy cannot solve {y} = {u} for {x} between {piece.lower} and {piece.upper}, so the "
                "density has no formula there."
            )
        low, high = piece.u_range
        twin = Region({y: (low, high)}).twins[y]
        branches.append(_branch(p, {x: inverse}, {y: twin}, _between(low, y, high), (low, high)))
    return branches


def _branches_nd(p: sp.Expr, map_: Substitution, region: Region) -> list[Branch]:
    """One branch per solution x of T(x) = y that SymPy finds."""
    unknowns = [region.twins[variable] for variable in map_.new]
    twins = {variable: real_twin(variable) for variable in map_.old}
    equations = [region.to_twins(expression) - twins[key] for key, expression in map_.mapping.items()]
    solutions = attempt(SOLVE_SECONDS, lambda: sp.solve(equations, unknowns, dict=True), []) or []
    back = {twin: variable for variable, twin in twins.items()}
    branches = []
    for solution in solutions:
        if set(solution) != set(unknowns):
            continue
        preimage = {v: solution[region.twins[v]].xreplace(back) for v in map_.new}
        branches.append(_branch(p, preimage, twins, _exists(preimage, region), None))
    return branches


def _branch(p: sp.Expr, preimage: dict, twins: dict, condition, image) -> Branch:
    back = {twin: variable for variable, twin in twins.items()}
    inverse = sp.Matrix([expression.xreplace(twins) for expression in preimage.values()])
    det = inverse.jacobian(list(twins.values())).det(method="berkowitz")
    scale = attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(sp.Abs(sp.factor(sp.simplify(det)))), sp.Abs(det))
    moved = p.subs(preimage, simultaneous=True).xreplace(twins) * scale
    density = attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(moved), moved)
    return Branch(preimage, _drop_bars(scale).xreplace(back), _drop_bars(density).xreplace(back), condition, image)


def _exists(preimage: dict[sp.Symbol, sp.Expr], region: Region):
    """Where a solution is real and inside the support."""
    conditions = []
    for variable, expression in preimage.items():
        lower, upper = (bound.subs(preimage, simultaneous=True) for bound in region.limits[variable])
        conditions += [expression > lower if lower != -sp.oo else True, expression < upper if upper != sp.oo else True]
        for power in expression.atoms(sp.Pow):
            if not power.exp.is_integer and power.base.free_symbols:
                conditions.append(power.base > 0)
        conditions += [logarithm.args[0] > 0 for logarithm in expression.atoms(sp.log)]
        for arc in expression.atoms(sp.asin, sp.acos):
            conditions += [arc.args[0] > -1, arc.args[0] < 1]
    return sp.And(*conditions)


def _check_preimages(p: sp.Expr, branches: list[Branch], map_: Substitution, region: Region) -> None:
    """Map points of the support to Y: each must be among the preimages of its image, and these must map back."""
    points = np.stack(region.points(512))
    # Far out in a tail T may lose all digits (tanh rounds to 1): what has no probability is left out.
    weights = vectorised(p, region.variables)(*points)
    points = points[:, weights > 1e-8 * weights.max()]
    order = [region.variables.index(variable) for variable in map_.new]
    points = points[order]
    images = [vectorised(expression, map_.new)(*points) for expression in map_.mapping.values()]
    found = np.zeros(points.shape[1], bool)
    for branch in branches:
        exists = np.broadcast_to(sp.lambdify(map_.old, branch.condition, modules="numpy")(*images), found.shape)
        preimages = np.stack([vectorised(branch.preimage[v], map_.old)(*images) for v in map_.new])
        returned = [vectorised(expression, map_.new)(*preimages) for expression in map_.mapping.values()]
        for image, again in zip(images, returned, strict=True):
            if not np.allclose(again[exists], image[exists], rtol=1e-6, atol=1e-8):
                raise ValueError(
                    f"{WHERE}: SymPy's solution {branch.preimage} of {map_.mapping} is wrong for some points."
                )
        found |= exists & (np.abs(preimages - points) <= 1e-5 * (1.0 + np.abs(points))).all(axis=0)
    if found.mean() < 0.98:
        raise ValueError(
            f"{WHERE}: SymPy finds {len(branches)} preimages of {map_.mapping}, but {1 - found.mean():.0%} of the "
            "sampled points are not among them, so the density would be too small. Give the symbols their signs, "
            "or a smaller support."
        )


def _drop_bars(expression: sp.Expr) -> sp.Expr:
    """Replace Abs(sqrt(z)) by sqrt(z): where a branch exists its roots are real, and then not negative."""
    return expression.replace(
        lambda part: isinstance(part, sp.Abs) and part.args[0].is_Pow and not part.args[0].exp.is_integer,
        lambda part: part.args[0],
    )


def _combine(branches: list[Branch], variables: tuple[sp.Symbol, ...]) -> sp.Expr:
    """Sum the branches into one Piecewise where they are intervals, else into one per condition."""
    twins = {variable: real_twin(variable) for variable in variables}
    back = {twin: variable for variable, twin in twins.items()}
    terms, otherwise = [], []
    for condition, densities in _cells(branches, variables).items():
        total = sp.Add(*densities).xreplace(twins)
        total = attempt(SIMPLIFY_SECONDS, lambda total=total: sp.simplify(total), total)
        terms.append((_drop_bars(total).xreplace(back), condition))
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
            cells[_between(low, y, high)] = densities
    return cells


def _covers(image: tuple[sp.Expr, sp.Expr], low: sp.Expr, high: sp.Expr) -> bool:
    return real_value(image[0]) <= real_value(low) and real_value(high) <= real_value(image[1])


def _between(low: sp.Expr, y: sp.Symbol, high: sp.Expr):
    return sp.And(low < y if low.is_finite else True, y < high if high.is_finite else True)
