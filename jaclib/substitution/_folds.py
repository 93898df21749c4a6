"""Whether a map is one-to-one on a region: where det J changes sign or vanishes, and two points with one image.

A continuous one-to-one map of a connected region keeps its orientation, so that a change of sign of det J
proves a fold. The converse fails: (eᵘ cos v, eᵘ sin v) has det J > 0 everywhere and winds around the origin.
Therefore a second preimage of sampled points is searched for as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sympy as sp

from jaclib.substitution._preimages import NumericMap, second_preimage
from jaclib.substitution._region import Region
from jaclib.substitution._signs import factors


class FoldWarning(UserWarning):
    """The map is not one-to-one on the limits: ∫ f(T(u)) |det J| du counts some points more than once."""


@dataclass(frozen=True)
class Folds:
    """What `Substitution.folds` returns; true in a condition if the map is not one-to-one.

    Attributes
    ----------
    sign_changes : tuple of Eq
        Where det J changes sign: the map folds along these sets.
    zeros : tuple of Eq
        Where det J vanishes without a change of sign, or at the end of a range, as far as that was found.
    witness : tuple of two dict, or None
        Two different points inside the limits with the same image.
    reason : str
        One sentence.
    """

    sign_changes: tuple[sp.Eq, ...]
    zeros: tuple[sp.Eq, ...]
    witness: tuple[dict[sp.Symbol, float], dict[sp.Symbol, float]] | None
    reason: str

    @property
    def one_to_one(self) -> bool:
        """False if a fold or two points with one image were found; True is a search without a find, not a proof."""
        return not (self.sign_changes or self.witness)

    def __bool__(self) -> bool:
        return not self.one_to_one


def find_folds(det: sp.Expr, outputs, region: Region) -> Folds:
    """Examine the map with these output expressions and this determinant on the region."""
    parts = factors(det, region)
    changes = tuple(_locus(part.expression, part.zeros, region) for part in parts if part.sign == 0)
    sign_changes = tuple(equation for locus in changes for equation in locus)
    zeros = tuple(zero for part in parts for zero in part.zeros if zero not in sign_changes)
    pair = second_preimage(NumericMap(outputs, region))
    witness = None if pair is None else tuple(named_point(point, region) for point in pair)
    return Folds(sign_changes, zeros, witness, _reason(sign_changes, zeros, witness))


def _locus(factor: sp.Expr, zeros: tuple[sp.Eq, ...], region: Region) -> tuple[sp.Eq, ...]:
    inside = tuple(zero for zero in zeros if zero.rhs not in region.limits[zero.lhs])
    plain = -factor if factor.could_extract_minus_sign() else factor
    return inside or (sp.Eq(plain, 0, evaluate=False),)


def named_point(point: np.ndarray, region: Region) -> dict[sp.Symbol, float]:
    return {variable: float(value) for variable, value in zip(region.variables, point, strict=True)}


def _reason(sign_changes, zeros, witness) -> str:
    if sign_changes:
        where = ", ".join(f"{equation.lhs} = {equation.rhs}" for equation in sign_changes)
        sentence = f"det J changes sign where {where}, so the map folds there"
    elif witness:
        sentence = "det J keeps its sign, yet the map reaches some points more than once"
    else:
        at = ", ".join(f"{equation.lhs} = {equation.rhs}" for equation in zeros)
        return "no fold and no second preimage found" + (
            f"; det J vanishes where {at}, a set of measure zero" if at else ""
        )
    if witness:
        first, second = (", ".join(f"{v} = {value:.4g}" for v, value in point.items()) for point in witness)
        sentence += f": ({first}) and ({second}) have the same image"
    return sentence
