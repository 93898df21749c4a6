"""All preimages of a map of the line: its monotone pieces, proved by intervals, and bisection on each.

A cell of the support is settled where the enclosure of u′ leaves out zero. All others are halved, down to where
u′ vanishes or u is not continuous. Cells are halved in the order of the floating-point numbers, so that 64
halvings separate any two of them, whatever their size, up to the ends of an infinite range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sympy as sp

from jaclib.substitution._preimages import NumericMap
from jaclib.substitution._region import Region
from jaclib.substitution.density.found import Found, NotInvertible, refuse_flat
from jaclib.substitution.density.intervals import MAX, NoBounds, enclose, interval, log_bound

# Cells that are looked at together; with more, u turns too often.
MAX_CELLS = 20_000
# In a tail where the density is negligible, pieces that are not found within so many cells are left out.
TAIL_CELLS = 64
# log p below it: such a density adds nothing to a sum of floating-point numbers.
NEGLIGIBLE = -690.0
# Where u is continuous, a turn is bracketed so closely, in units of the range, and then found from the sign of u′.
BRACKET = 1e-8
# An end of the range is known to that many units in the last place.
END = 32
# Where u′ changes by more than that part from one floating-point number to the next, as next to a pole, x is not known
# well enough.
BLUR = 1e-3
_SIGN_BIT = np.iinfo(np.int64).min


def to_ordinal(x) -> np.ndarray:
    """Return the place of floating-point numbers in their order."""
    bits = np.array(x, dtype=float, ndmin=1).view(np.int64)
    return np.where(bits < 0, _SIGN_BIT - bits, bits).reshape(np.shape(x))


def from_ordinal(k: np.ndarray) -> np.ndarray:
    """Invert `to_ordinal`."""
    bits = np.array(k, ndmin=1)
    return np.where(bits < 0, _SIGN_BIT - bits, bits).view(np.float64).reshape(np.shape(k))


def middle(low, high) -> np.ndarray:
    """Return the number half-way between two in the order of the floating-point numbers."""
    a, b = to_ordinal(low), to_ordinal(high)
    return from_ordinal((a >> 1) + (b >> 1) + (a & b & 1))


@dataclass(frozen=True)
class LinePiece:
    """An interval on which u rises or falls, with the values of u at its ends."""

    lower: float
    upper: float
    at_lower: float
    at_upper: float


class LineMap:
    """u on a range of x: its pieces, and the preimages of given values.

    Parameters
    ----------
    u : Expr
        In the variable of `region`.
    slopes : sequence of Expr
        u′ in one or more forms; a sign that one of them proves is known.
    density : Expr or None
        p_X: far out, where it is negligible, u may turn infinitely often. None if it has no formula.
    region : Region
        With one variable.

    Raises
    ------
    NotInvertible
        If u turns too often, or has a function without bounds.
    ValueError
        If u is constant on a part of the range.
    """

    def __init__(self, u: sp.Expr, slopes: Sequence[sp.Expr], density: sp.Expr | None, region: Region):
        (self.variable,) = region.variables
        self.u, self.slopes = u, [sp.Mul.make_args(slope) for slope in slopes]
        self.map = NumericMap([u], region)
        self.limits = region.limits[self.variable]
        ends = (float(end) for end in self.limits)
        self.lower, self.upper = (float(np.clip(end, -MAX, MAX)) for end in ends)
        self.pieces = self._find_pieces(density)

    def preimages(self, y: np.ndarray, *, tails: bool = False) -> Found:
        """Find every x in the range with u(x) = y, for y of shape (N, 1).

        With `tails`, find those that were left out because the density is negligible: there are none, because the
        pieces reach into the tails as far as they are proved.
        """
        owner, points, undecided = [np.empty(0, int)], [np.empty(0)], np.zeros(len(y), bool)
        for piece in () if tails else self.pieces:
            low, high = sorted((piece.at_lower, piece.at_upper))
            rows = np.flatnonzero((y[:, 0] > low) & (y[:, 0] < high))
            below, above = self._bracket(piece, y[rows, 0])
            with np.errstate(all="ignore"):
                slopes = [self._slopes(x) for x in (below, above)]
                gaps = [np.abs(self._values(x) - y[rows, 0]) for x in (below, above)]
                blur = np.abs(slopes[0] - slopes[1]) / np.minimum(*np.abs(slopes))
            undecided[rows[~(blur < BLUR)]] = True
            owner.append(rows)
            points.append(np.where(gaps[0] < gaps[1], below, above))
        owner, points = np.concatenate(owner), np.concatenate(points)
        return Found(owner, points[:, None], np.zeros(len(owner), bool), undecided)

    def _values(self, x: np.ndarray) -> np.ndarray:
        return self.map.functions[0](x)

    def _slopes(self, x: np.ndarray) -> np.ndarray:
        return self.map.derivatives[0][0](x)

    def _bracket(self, piece: LinePiece, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return neighbouring floating-point numbers of a piece between which u is y."""
        rises = piece.at_lower < piece.at_upper
        low, high = np.full(len(y), piece.lower), np.full(len(y), piece.upper)
        for _ in range(64):
            x = middle(low, high)
            left = (self._values(x) < y) == rises
            low, high = np.where(left, x, low), np.where(left, high, x)
        return low, high

    # ------------------------------------------------------------------------------- the monotone pieces

    def _find_pieces(self, density: sp.Expr | None) -> tuple[LinePiece, ...]:
        lower, upper = self._carrier(density)
        cells = self._cells(lower, upper, MAX_CELLS)
        if cells is None:
            raise NotInvertible(
                f"{self.u} turns too often for {self.variable} between {' and '.join(map(str, self.limits))}"
            )
        before = self._cells(self.lower, lower, TAIL_CELLS) if self.lower < lower else None
        after = self._cells(upper, self.upper, TAIL_CELLS) if upper < self.upper else None
        parts = [part for part in (before, cells, after) if part is not None]
        low, high, sign, continuous = (np.concatenate(column) for column in zip(*parts, strict=True))
        return tuple(self._piece(*run) for run in self._runs(low, high, sign, continuous))

    def _carrier(self, density: sp.Expr | None) -> tuple[float, float]:
        """Return a range outside of which the density is proved to be negligible."""
        ends = [self.lower, self.upper]
        for k, end in enumerate(ends):
            if density is None or abs(end) < MAX:
                continue
            near, far = float(np.clip(0.0, self.lower, self.upper)), end
            for _ in range(64):
                x = float(middle(near, far))
                near, far = (near, x) if self._negligible(density, x, end) else (x, far)
            ends[k] = far
        return ends[0], ends[1]

    def _negligible(self, density: sp.Expr, x: float, end: float) -> bool:
        first, last = to_ordinal(sorted((x, end))).tolist()
        edges = from_ordinal(np.array([first + (last - first) * k // 256 for k in range(257)]))
        try:
            return bool((log_bound(density, {self.variable: interval(edges[:-1], edges[1:])}) < NEGLIGIBLE).all())
        except NoBounds:
            return False

    def _cells(self, lower: float, upper: float, most: int):
        """Cut a range into cells with the sign of u′, 0 where that is not proved; None if it takes too many.

        Returns (low, high, sign, continuous) in order.
        """
        low, high = np.array([lower]), np.array([upper])
        scale = min(1.0, upper - lower)
        settled = []
        while low.size:
            sign, continuous = self._slope_signs(low, high)
            cut = middle(low, high)
            with np.errstate(over="ignore"):
                narrow = high - low <= BRACKET * np.maximum(scale, np.maximum(np.abs(low), np.abs(high)))
            done = (sign != 0) | (continuous & narrow) | (cut == low) | (cut == high)
            settled.append((low[done], high[done], sign[done], continuous[done]))
            low, cut, high = low[~done], cut[~done], high[~done]
            low, high = np.concatenate([low, cut]), np.concatenate([cut, high])
            if low.size > most:
                return None
        columns = [np.concatenate(column) for column in zip(*settled, strict=True)]
        order = np.argsort(columns[0], kind="stable")
        return tuple(column[order] for column in columns)

    def _slope_signs(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the sign of u′ on each cell, 0 where it is not proved, and whether u is continuous there."""
        box = {self.variable: interval(low, high)}
        try:
            (u,) = enclose([self.u], box)
            slopes = [enclose(factors, box) for factors in self.slopes]
        except NoBounds as error:
            raise NotInvertible(str(error)) from None
        sign, continuous = np.zeros(low.shape), u.sound
        for factors in slopes:
            product = continuous.astype(float)
            for factor in factors:
                self._refuse_constant(low, high, (factor.low == 0.0) & (factor.high == 0.0))
                product = product * np.where(factor.sound, factor.sign, 0.0)
            sign = np.where(sign == 0.0, product, sign)
        # The range is open: at its very ends u may be infinite.
        at_end = [np.abs(to_ordinal(low) - to_ordinal(end)) < END for end in (self.lower, self.upper)]
        return sign, continuous | at_end[0] | at_end[1]

    def _refuse_constant(self, low: np.ndarray, high: np.ndarray, flat: np.ndarray) -> None:
        wide = np.flatnonzero(flat & (high / 2.0 - low / 2.0 > BRACKET))
        if wide.size:
            refuse_flat(f"{self.u} is constant between {low[wide[0]]:.4g} and {high[wide[0]]:.4g}")

    def _runs(self, low, high, sign, continuous):
        """Join cells to ranges on which u is monotone; yields (lower, upper, sign)."""
        start = None  # of the run, with its sign
        for k in range(len(low)):
            if sign[k] != 0:
                if start is not None and start[1] not in (0.0, sign[k]):
                    turn = self._turn(start[2], low[k])
                    yield start[0], turn, start[1]
                    start = (turn, sign[k], high[k])
                start = (low[k] if start is None else start[0], sign[k], high[k])
            elif continuous[k]:
                start = (low[k], 0.0, low[k]) if start is None else start
            elif start is not None:
                yield start[0], low[k], start[1]
                start = None
        if start is not None:
            yield start[0], high[-1], start[1]

    def _turn(self, low: float, high: float) -> float:
        """Find the place in a narrow range where u′ changes its sign."""
        if low == high:
            return low
        x = from_ordinal(np.linspace(*to_ordinal([low, high]), 64).astype(np.int64))
        x[0], x[-1] = low, high
        slopes = np.sign(self._slopes(x))
        slopes = slopes[(slopes != 0) & ~np.isnan(slopes)]
        if np.count_nonzero(np.diff(slopes)) > 1:
            raise NotInvertible(f"{self.u} turns more than once between {low!r} and {high!r}")
        first = np.sign(self._slopes(np.array([low]))[0])
        for _ in range(64):
            x = float(middle(low, high))
            low, high = (x, high) if np.sign(self._slopes(np.array([x]))[0]) == first else (low, x)
        return high

    def _piece(self, lower: float, upper: float, sign: float) -> LinePiece:
        """Measure a piece; where u overflows to nan at an end, the piece ends before."""
        inside = float(middle(lower, upper))
        ends = []
        for end in (lower, upper):
            good, bad = inside, end
            if not np.isnan(self._values(np.array([end]))[0]):
                ends.append(end)
                continue
            for _ in range(64):
                x = float(middle(good, bad))
                good, bad = (good, x) if np.isnan(self._values(np.array([x]))[0]) else (x, bad)
            ends.append(good)
        values = self._values(np.array(ends))
        if sign and (values[1] > values[0]) != (sign > 0):
            raise NotInvertible(f"{self.u} loses too many digits between {lower:.6g} and {upper:.6g}")
        return LinePiece(ends[0], ends[1], float(values[0]), float(values[1]))
