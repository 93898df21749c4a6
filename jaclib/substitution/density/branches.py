"""The preimages of y under a map, each with the density that it contributes and where it exists."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._monotone import inverse_on, monotone_pieces
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._preimages import NumericMap
from jaclib.substitution._region import Region, real_twin
from jaclib.substitution.density.check import WHERE, arrivals, lost
from jaclib.substitution.density.found import Found

SIMPLIFY_SECONDS = 5.0
# How far T may take a preimage from its y, relative to 1 + |y|.
ACCURACY = 1e-9


@dataclass(frozen=True)
class Root:
    """One solution x of T(x) = y.

    Attributes
    ----------
    preimage : dict
        Each variable of X as an expression in the variables of Y.
    condition : Boolean
        Where in the space of Y this solution is real and in the support.
    image : tuple of two Expr, or None
        In one variable, the ends of the interval that `condition` describes.
    """

    preimage: dict[sp.Symbol, sp.Expr]
    condition: sp.logic.boolalg.Boolean
    image: tuple[sp.Expr, sp.Expr] | None

    def exists(self, variables: Sequence[sp.Symbol]) -> Callable[..., np.ndarray]:
        """Return a function of arrays that tells where `condition` holds."""
        if self.condition in (sp.true, sp.false):
            return lambda *arrays: np.full(np.shape(arrays[0]), self.condition == sp.true)
        holds = vectorised(sp.Piecewise((1, self.condition), (0, True), evaluate=False), variables)
        return lambda *arrays: holds(*arrays) == 1.0


@dataclass(frozen=True)
class Branch(Root):
    r"""One preimage of y, and what it contributes.

    Attributes
    ----------
    preimage : dict
        Each variable of X as an expression in the variables of Y.
    condition : Boolean
        Where in the space of Y this preimage exists.
    image : tuple of two Expr, or None
        In one variable, the ends of the interval that `condition` describes.
    scale : Expr
        \\|det J\\| of the inverse branch: the local factor volume of x / volume of y.
    density : Expr
        p_X at the preimage times `scale`.
    """

    scale: sp.Expr
    density: sp.Expr


def roots_1d(map_: DifferentiableMap, region: Region, deadline: float) -> list[Root]:
    """One root per piece on which T is monotone.

    Raises
    ------
    ValueError
        If SymPy does not find the pieces, or the inverse on one of them, before processor time reaches the deadline.
    """
    (y,), (x,), (u,) = map_.old, map_.new, map_.mapping.values()
    lower, upper = region.limits[x]
    roots = []
    for piece in monotone_pieces(WHERE, u, x, lower, upper):
        inverse = inverse_on(piece, u, x, y) if time.process_time() < deadline else None
        if inverse is None:
            raise ValueError(f"{WHERE}: SymPy cannot solve {y} = {u} for {x} between {piece.lower} and {piece.upper}")
        low, high = piece.u_range
        roots.append(Root({x: inverse}, between(low, y, high), (low, high)))
    return roots


def roots_nd(map_: DifferentiableMap, region: Region, deadline: float) -> list[Root]:
    """One root per solution x of T(x) = y that SymPy finds; a `ValueError` if it finds none in time."""
    unknowns = [region.twins[variable] for variable in map_.new]
    twins = {variable: real_twin(variable) for variable in map_.old}
    back = {twin: variable for variable, twin in twins.items()}
    equations = [region.to_twins(expression) - twins[key] for key, expression in map_.mapping.items()]

    def solve():
        roots = []
        for solution in sp.solve(equations, unknowns, dict=True):
            if set(solution) == set(unknowns):
                preimage = {v: solution[region.twins[v]].xreplace(back) for v in map_.new}
                roots.append(Root(preimage, _exists(preimage, region), None))
        return roots

    roots = attempt(deadline - time.process_time(), solve)
    if not roots:
        raise ValueError(f"{WHERE}: SymPy cannot solve {map_.mapping} for {map_.new}")
    return roots


def _exists(preimage: dict[sp.Symbol, sp.Expr], region: Region) -> sp.logic.boolalg.Boolean:
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


def check_roots(roots: list[Root], map_: DifferentiableMap, region: Region, points: np.ndarray) -> None:
    """Map points of the support to Y: each must be found again, once, and every preimage must map back.

    Raises
    ------
    ValueError
        If a point is lost, or a preimage is wrong or has lost its digits.
    """
    numbers = NumericMap(list(map_.mapping.values()), region)
    points, images = arrivals(numbers, points)
    found = Found.nothing(len(points), len(region.variables))
    owner, preimages = [found.owner], [found.points]
    for root in roots:
        rows = np.flatnonzero(root.exists(map_.old)(*images.T))
        inverse = [vectorised(root.preimage[variable], map_.old) for variable in region.variables]
        owner.append(rows)
        preimages.append(np.stack([component(*images[rows].T) for component in inverse], axis=-1))
        gaps = np.abs(numbers.values(preimages[-1]) - images[rows])
        if not (gaps <= ACCURACY * (1.0 + np.abs(images[rows]))).all():
            raise ValueError(f"{WHERE}: SymPy's solution {root.preimage} of {map_.mapping} is wrong for some points")
    found = replace(found, owner=np.concatenate(owner), points=np.concatenate(preimages))
    missing = lost(found, points).mean() if len(points) else 0.0
    if missing:
        raise ValueError(
            f"{WHERE}: SymPy finds {len(roots)} preimages of {map_.mapping}, but {missing:.1%} of the sampled points "
            "are not among them, or more than once"
        )


def branch(p: sp.Expr, root: Root, variables: tuple[sp.Symbol, ...]) -> Branch:
    """Add to a root what it contributes to the density, simplified as far as SymPy gets in some seconds."""
    # In one variable, the sign of y is known from the range of the piece.
    twins = {y: Region({y: root.image}).twins[y] if root.image else real_twin(y) for y in variables}
    back = {twin: variable for variable, twin in twins.items()}
    inverse = sp.Matrix([expression.xreplace(twins) for expression in root.preimage.values()])
    det = inverse.jacobian(list(twins.values())).det(method="berkowitz")
    scale = attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(sp.Abs(sp.factor(sp.simplify(det)))), sp.Abs(det))
    moved = p.subs(root.preimage, simultaneous=True).xreplace(twins) * scale
    density = attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(moved), moved)
    scale, density = (drop_bars(expression).xreplace(back) for expression in (scale, density))
    return Branch(root.preimage, root.condition, root.image, scale, density)


def drop_bars(expression: sp.Expr) -> sp.Expr:
    """Replace Abs(sqrt(z)) by sqrt(z): where a branch exists its roots are real, and then not negative."""
    return expression.replace(
        lambda part: isinstance(part, sp.Abs) and part.args[0].is_Pow and not part.args[0].exp.is_integer,
        lambda part: part.args[0],
    )


def between(low: sp.Expr, y: sp.Symbol, high: sp.Expr) -> sp.logic.boolalg.Boolean:
    """Return low < y < high, without the ends that are infinite."""
    return sp.And(low < y if low.is_finite else True, y < high if high.is_finite else True)
