"""All preimages of a map of the plane or of space: a search by intervals that cannot overlook one.

A box that may contain a preimage of y is left out if the enclosure of T on it leaves out y. If the enclosure of J
is regular, the box has at most one preimage and is shrunk around it (Krawczyk's operator). Else it is halved. What
is left where rounding decides lies on a fold, and y on its image.

Source: R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval Analysis (2009), chapter 8.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import sympy as sp

from jaclib.substitution._preimages import NumericMap
from jaclib.substitution._region import Region
from jaclib.substitution.density.boxes import Boxes, examine, halve
from jaclib.substitution.density.found import Found, NotInvertible, refuse_flat
from jaclib.substitution.density.intervals import MAX, NoBounds, enclose, interval, log_bound
from jaclib.substitution.density.line import NEGLIGIBLE

# Boxes that the support is cut into before any y is known: first where log p is above the first level.
FIRST_BOXES, LEVELS = 1024, (-40.0, NEGLIGIBLE)
# Values of y that are looked at together, and boxes for all of them: with more, half of the values wait.
TOGETHER, MOST_BOXES = 4_096, 200_000
# With more boxes than that for one y, those of no probability are left out; then y is given up: its density is nan.
MANY_BOXES, MAX_BOXES = 256, 5_000
# Infinity, for the width of a box to be finite.
FARTHEST = MAX / 4.0
# Two preimages of one orientation so close to each other are one, found from two neighbouring boxes.
SAME = 1e-9
# How far T may take a preimage from its y, relative to 1 + |y|.
ACCURACY = 1e-8


class SpaceMap:
    """T on a region of n variables, and the preimages of given values.

    Parameters
    ----------
    outputs : sequence of n Expr
        T, in the variables of `region`.
    jacobian : Matrix
        Row i has the derivatives of output i by the variables of `region`, in their order.
    det : Expr
        Its determinant, up to the sign.
    density : Expr or None
        p_X: far out, where it is negligible, there may be infinitely many preimages. None if it has no formula.
    region : Region

    Raises
    ------
    NotInvertible
        If T, or J, has a function without bounds.
    ValueError
        If det J is zero on a part of the region.
    """

    def __init__(
        self,
        outputs: Sequence[sp.Expr],
        jacobian: sp.Matrix,
        det: sp.Expr,
        density: sp.Expr | None,
        region: Region,
    ):
        self.outputs, self.entries = list(outputs), list(jacobian)
        self.region, self.n = region, len(region.variables)
        self.map = NumericMap(outputs, region)
        used = set().union(*(entry.free_symbols for entry in self.entries))
        self.curved = np.array([variable in used for variable in region.variables])
        try:
            lower, upper = self._support()
            self.scale = np.minimum(1.0, upper - lower)
            self.density = density
            self.core, self.tails = self._cut(lower[None], upper[None])
            self._refuse_flat(det)
        except NoBounds as error:
            raise NotInvertible(str(error)) from None

    def preimages(self, y: np.ndarray, *, tails: bool = False) -> Found:
        """Find every x in the region with T(x) = y, for y of shape (N, n).

        Without `tails`, parts of the region where the density is negligible are left out.
        """
        first = self.tails if tails else self.core
        parts = [self._search(y[k : k + TOGETHER], first) for k in range(0, len(y), TOGETHER)]
        found = Found.join([Found.nothing(0, self.n), *parts])
        return found.those(self.region.contains(list(found.points.T)))

    def _examine(self, lower: np.ndarray, upper: np.ndarray) -> Boxes:
        return examine(self.outputs, self.entries, self.region.variables, lower, upper)

    # ---------------------------------------------------------------------------------- before y is known

    def _support(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the corners of a box around the region."""
        box: dict = {}
        for variable, limits in self.region.limits.items():
            lower, upper = enclose(limits, box or {variable: interval([0.0], [0.0])})
            box[variable] = interval(np.clip(lower.low, -FARTHEST, FARTHEST), np.clip(upper.high, -FARTHEST, FARTHEST))
        return np.array([b.low[0] for b in box.values()]), np.array([b.high[0] for b in box.values()])

    def _cut(self, lower: np.ndarray, upper: np.ndarray) -> tuple[Boxes, Boxes]:
        """Cut a box where T is not one-to-one, as long as that is worth it; set boxes without probability aside."""
        faint_lower, faint_upper = [lower[:0]], [upper[:0]]
        for most, level in enumerate(LEVELS, start=1):
            while True:
                weight = self._log_density(lower, upper)
                faint = weight < NEGLIGIBLE
                faint_lower.append(lower[faint])
                faint_upper.append(upper[faint])
                lower, upper, weight = lower[~faint], upper[~faint], weight[~faint]
                boxes = self._examine(lower, upper)
                axis, narrow = boxes.axis_to_halve(self.scale, self.curved)
                split = ~boxes.regular & ~narrow & (weight > level)
                if not split.any() or len(lower) + np.count_nonzero(split) > most * FIRST_BOXES:
                    break
                parts = halve(lower[split], upper[split], axis[split])
                lower, upper = np.concatenate([lower[~split], parts[0]]), np.concatenate([upper[~split], parts[1]])
        return boxes, self._examine(np.concatenate(faint_lower), np.concatenate(faint_upper))

    def _refuse_flat(self, det: sp.Expr) -> None:
        (bounds,) = enclose([det], self._box(self.core.lower, self.core.upper))
        flat = (bounds.low == 0.0) & (bounds.high == 0.0) & (self.core.lower < self.core.upper).all(axis=1)
        if flat.any():
            corners = [", ".join(f"{x:.4g}" for x in c[flat][0]) for c in (self.core.lower, self.core.upper)]
            refuse_flat(f"det J is zero between ({corners[0]}) and ({corners[1]})")

    def _box(self, lower: np.ndarray, upper: np.ndarray) -> dict:
        return {v: interval(lower[:, k], upper[:, k]) for k, v in enumerate(self.region.variables)}

    def _log_density(self, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
        """Return an upper bound of log p_X on boxes; ∞ where there is none."""
        if self.density is None:
            return np.full(len(lower), np.inf)
        try:
            return log_bound(self.density, self._box(lower, upper))
        except NoBounds:
            self.density = None
            return self._log_density(lower, upper)

    # ----------------------------------------------------------------------------------- with y at hand

    def _search(self, y: np.ndarray, first: Boxes) -> Found:
        possible = np.ones((len(y), len(first.lower)), bool)
        for k in range(self.n):
            possible &= (y[:, k, None] >= first.image_lower[:, k]) & (y[:, k, None] <= first.image_upper[:, k])
        owner, row = np.nonzero(possible)
        boxes, undecided = first[row], np.zeros(len(y), bool)
        found = [(owner[:0], boxes.centre[:0], undecided[:0])]
        while owner.size:
            if owner.size > MOST_BOXES and len(y) > 1:
                half = len(y) // 2
                return Found.join([self._search(y[:half], first), self._search(y[half:], first)])
            target = y[owner]
            keep = ((target >= boxes.image_lower) & (target <= boxes.image_upper)).all(axis=1) & ~undecided[owner]
            boxes, owner, target = boxes[keep], owner[keep], target[keep]
            narrow = boxes.axis_to_halve(self.scale, self.curved)[1]
            boxes, possible, done, smaller = boxes.shrink(target)
            axis = boxes.axis_to_halve(self.scale, self.curved)[0]
            open_ = possible & ~done & ~smaller
            # No more room to halve: a solution; on a fold; on a kink, where there is no J; or across a pole, where
            # there is no probability.
            stuck = open_ & narrow
            done, fold = done | (stuck & boxes.regular), stuck & boxes.smooth & ~boxes.regular
            undecided[owner[stuck & boxes.sound & ~boxes.smooth]] = True
            found += [(owner[rows], boxes.centre[rows], fold[rows]) for rows in (done, fold)]
            whole, split = possible & smaller & ~done, open_ & ~narrow
            halves = halve(boxes.lower[split], boxes.upper[split], axis[split])
            owner = np.concatenate([owner[whole], np.tile(owner[split], 2)])
            lower = np.concatenate([boxes.lower[whole], halves[0]])
            upper = np.concatenate([boxes.upper[whole], halves[1]])
            owner, lower, upper = self._limit(owner, lower, upper, undecided)
            boxes = self._examine(lower, upper)
        owner, points, on_fold = (np.concatenate(column) for column in zip(*found, strict=True))
        points[~on_fold], gaps = self._polish(points[~on_fold], y[owner[~on_fold]])
        undecided[owner[~on_fold][gaps > ACCURACY]] = True
        return Found(owner, points, on_fold, undecided).those(~self._repeats(owner, points))

    def _limit(self, owner, lower, upper, undecided):
        """Where one y has very many boxes, drop those without probability; give up those with still more."""
        many = np.bincount(owner, minlength=len(undecided))[owner] > MANY_BOXES
        if not many.any():
            return owner, lower, upper
        keep = np.ones(len(owner), bool)
        keep[many] = self._log_density(lower[many], upper[many]) > NEGLIGIBLE
        owner, lower, upper = owner[keep], lower[keep], upper[keep]
        undecided |= np.bincount(owner, minlength=len(undecided)) > MAX_BOXES
        keep = ~undecided[owner]
        return owner[keep], lower[keep], upper[keep]

    def _polish(self, points: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Take the last digits by a step of Newton's method, where it helps; also return how far T is off then."""
        with np.errstate(all="ignore"):
            residual = self.map.values(points) - y
            step = np.einsum("kij,kj->ki", np.linalg.pinv(self.map.jacobians(points)), residual)
            again = self.map.values(points - step) - y
            helps = np.abs(again).max(axis=1) < np.abs(residual).max(axis=1)
        points, residual = (np.where(helps[:, None], *pair) for pair in ((points - step, points), (again, residual)))
        return points, (np.abs(residual) / (1.0 + np.abs(y))).max(axis=1)

    def _repeats(self, owner: np.ndarray, points: np.ndarray) -> np.ndarray:
        """Mark preimages that were found twice, from boxes on both sides of a face."""
        order = np.lexsort((points[:, 0], owner))
        owner, points = owner[order], points[order]
        with np.errstate(all="ignore"):
            turned = np.linalg.det(self.map.jacobians(points)) < 0.0
        tolerance = SAME * np.maximum(self.scale, np.abs(points))
        repeated = np.zeros(len(owner), bool)
        for shift in range(1, int(np.bincount(owner).max(initial=1))):
            pair = (owner[shift:] == owner[:-shift]) & (turned[shift:] == turned[:-shift])
            close = (np.abs(points[shift:] - points[:-shift]) <= tolerance[shift:]).all(axis=1)
            repeated[shift:] |= pair & close & ~repeated[:-shift]
        result = np.empty(len(owner), bool)
        result[order] = repeated
        return result
