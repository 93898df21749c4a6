"""The preimages of y under a map, each with the density that it contributes and where it exists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._monotone import inverse_on, monotone_pieces
from jaclib.substitution._numeric import vectorised
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


def branches_1d(p: sp.Expr, map_: Substitution, region: Region) -> list[Branch]:
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
        branches.append(_branch(p, {x: inverse}, {y: twin}, between(low, y, high), (low, high)))
    return branches


def branches_nd(p: sp.Expr, map_: Substitution, region: Region) -> list[Branch]:
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
    return Branch(preimage, drop_bars(scale).xreplace(back), drop_bars(density).xreplace(back), condition, image)


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


def check_preimages(p: sp.Expr, branches: list[Branch], map_: Substitution, region: Region) -> None:
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


def drop_bars(expression: sp.Expr) -> sp.Expr:
    """Replace Abs(sqrt(z)) by sqrt(z): where a branch exists its roots are real, and then not negative."""
    return expression.replace(
        lambda part: isinstance(part, sp.Abs) and part.args[0].is_Pow and not part.args[0].exp.is_integer,
        lambda part: part.args[0],
    )


def between(low: sp.Expr, y: sp.Symbol, high: sp.Expr):
    return sp.And(low < y if low.is_finite else True, y < high if high.is_finite else True)
