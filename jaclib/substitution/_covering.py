"""How often a map reaches a point: its folds on a region, and the preimages of a point."""

from __future__ import annotations

import sympy as sp

from jaclib.substitution._boundary import read_limits
from jaclib.substitution._compose import ComposableMap
from jaclib.substitution._folds import Folds, find_folds
from jaclib.substitution._refusals import refuse_disorder, refuse_parameters, refuse_unreal
from jaclib.substitution._region import Region
from jaclib.substitution._solutions import exact_solutions, merge_solutions, preimages_in, read_point


class CoveringMap(ComposableMap):
    """A map of regions, which may cover a part of its image more than once."""

    def folds(self, limits) -> Folds:
        """Examine where the map is not one-to-one on the limits.

        Parameters
        ----------
        limits : dict or sequence
            As for `integrate`.

        Returns
        -------
        Folds
            With ``.sign_changes``, ``.zeros``, ``.witness``, ``.reason``, ``.one_to_one``; true if there is a
            fold.

        Notes
        -----
        Zeros of a factor of det J in one variable are exact. Changes of sign are looked for at 4 096 points,
        second preimages by Newton's method for some 60 points, from as many starts each, a part of them near the
        ends of the ranges; a small overlap elsewhere can escape.

        Examples
        --------
        >>> import sympy as sp
        >>> from jaclib import Substitution
        >>> x, y, u, v = sp.symbols("x y u v")
        >>> folded = Substitution({x: u**2, y: v}, (u, v)).folds({u: (-1, 1), v: (0, 1)})
        >>> folded.sign_changes, folded.one_to_one
        ((Eq(u, 0),), False)
        """
        where = "Substitution.folds"
        region = Region(read_limits(where, limits, self.new))
        refuse_parameters(where, self.mapping.values(), self.new, self.old)
        refuse_disorder(where, region)
        refuse_unreal(where, self.mapping, region)
        return find_folds(self.det, [self.mapping[variable] for variable in self.old], region)

    def preimages(self, point, limits=None, *, time_limit: float = 10.0) -> list[dict[sp.Symbol, sp.Expr | float]]:
        """Find the new variables that the map sends to a point of the old ones.

        Parameters
        ----------
        point : number, sequence of n numbers, or dict
            Values of the old variables, in the order of `mapping`.
        limits : dict or sequence, optional
            As for `integrate`; without them `ranges` is searched. Infinite ranges are searched up to 10¹².
        time_limit : float
            Seconds for SymPy, which looks for exact values.

        Returns
        -------
        list of dict
            One dictionary per preimage, {new variable: value}; exact where SymPy found it, floats elsewhere.
            Empty if the point is not reached. A preimage on the edge of the limits counts.

        Raises
        ------
        ValueError
            If the point has the wrong length or is not finite; if a whole curve is mapped to it, as the line
            r = 0 is by polar coordinates; or if there are too many preimages to be listed, as of a periodic map, and
            no limits are given.

        Warns
        -----
        IncompleteSearchWarning
            If the search of the limits could not be finished.

        Notes
        -----
        The region is cut into boxes. Interval arithmetic proves that most of them hold no preimage, and that in
        the others the map is one-to-one, so that Newton's method finds the only one: in its end none can have
        been missed. Where det J = 0 a preimage has half of the digits.

        References
        ----------
        A. Neumaier, Interval Methods for Systems of Equations (1990), sections 5.1-5.6.

        Examples
        --------
        >>> import sympy as sp
        >>> from jaclib import Substitution
        >>> x, y, u, v = sp.symbols("x y u v")
        >>> Substitution({x: u**2, y: v}, (u, v)).preimages((4, 1))
        [{u: -2, v: 1}, {u: 2, v: 1}]
        """
        where = "Substitution.preimages"
        target = read_point(where, self.old, point)
        region = Region(read_limits(where, self.ranges if limits is None else limits, self.new))
        known = self.inverse_formulas if self.formulas is None else self.formulas
        refuse_parameters(where, known.values(), self.new + self.old, self.old)
        if self.formulas is None:
            at = dict(zip(self.old, target, strict=True))
            image = {v: self.inverse_formulas[v].subs(at, simultaneous=True) for v in self.new}
            return [image] if region.holds([image[v] for v in region.variables]) else []
        if limits is not None:
            refuse_unreal(where, self.mapping, region)
        outputs = [self.mapping[variable] for variable in self.old]
        found = preimages_in(where, outputs, target, region, finish=limits is None)
        unknowns = {variable: self.twins[variable] for variable in self.new}
        exact = exact_solutions([self.to_twins(output) for output in outputs], unknowns, target, time_limit)
        return merge_solutions(exact, found, region, self.new)
