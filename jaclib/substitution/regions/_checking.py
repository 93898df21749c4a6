"""Whether limits describe a region: by points in both directions, and by a measure that knows nothing of them."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from itertools import product

import numpy as np
import sympy as sp

from jaclib.cubature import CubatureWarning, integrate
from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._preimages import NumericMap, newton
from jaclib.substitution._region import Region
from jaclib.substitution._signs import factors
from jaclib.substitution.regions._domain import range_text
from jaclib.substitution.regions._search import find_points, hull
from jaclib.substitution.regions._source import Source

TARGETS = 512
# Points of the new region whose images are near a target are where Newton's method starts.
SOURCES, SPARSE, STARTS, MORE_STARTS = 8192, 2, 8, 256
# Sampling: so many independently shifted lattices of so many points.
SHIFTS, LATTICE = 16, 32768
STANDARD_ERRORS = 6.0
# How far outside a point still counts as on the boundary, relative to its size.
ROUNDING = 1e-9
INSIDE = 1e-9
# Where a map goes at the very ends of a range, as against the rest of it, if the region has no end.
FAR = 30.0


class WrongLimits(ValueError):
    """The limits do not describe the region: something in the search for them went wrong."""


@dataclass(frozen=True)
class LimitsCheck:
    r"""How limits were compared with the region that they were found for.

    Attributes
    ----------
    measured : {"length", "area", "volume", "share"}
        What was compared; for a region without end the share of a logistic distribution that lies in it.
    by_limits : float
        ∫ \|det J\| over the limits.
    by_sampling : float
        From the inequalities alone, by points in the old variables.
    standard_error : float
        Of `by_sampling`.
    points : tuple of two int
        How many points of the limits were seen to lie in the region, and how many points of the region to have
        exactly one preimage in the limits.
    """

    measured: str
    by_limits: float
    by_sampling: float
    standard_error: float
    points: tuple[int, int]

    def __str__(self) -> str:
        return (
            f"{self.points[0]} points inside the limits lie in the region, {self.points[1]} points of the region have "
            f"one preimage inside the limits; {self.measured} by the limits {self.by_limits:.6g}, by sampling the "
            f"inequalities {self.by_sampling:.6g} ± {self.standard_error:.1g}"
        )


def check_limits(
    where: str, map_: DifferentiableMap, source: Source, pieces: list[Region], domain: Region, known: np.ndarray
) -> LimitsCheck:
    """Compare limits with the region; `known` are points of it, shape (k, n), in the order of the old variables.

    Raises
    ------
    ValueError
        If they disagree.
    """
    checked = _Checked(where, map_, source, pieces)
    forward = checked.images_lie_in_the_region()
    points = _points_of_the_region(source, known, checked.images)
    backward = checked.points_are_reached_once(points, domain)
    measured, by_limits, slack, by_sampling, standard_error = checked.measures(points)
    lattice_step = 2.0 / (SHIFTS * LATTICE)
    tolerance = STANDARD_ERRORS * standard_error + slack + lattice_step * max(by_limits, by_sampling)
    if not abs(by_limits - by_sampling) <= tolerance:
        raise WrongLimits(
            f"{where}: the limits {[piece.limits for piece in pieces]} that were found do not describe the region: "
            f"their {measured} is {by_limits:.6g}, but sampling the inequalities gives {by_sampling:.6g} ± "
            f"{standard_error:.1g}. Give limits of your own in the new variables {map_.new}."
        )
    return LimitsCheck(measured, by_limits, by_sampling, standard_error, (forward, backward))


def _points_of_the_region(source: Source, known: np.ndarray, images: np.ndarray) -> np.ndarray:
    def inside(points):
        return source.contains(points, -INSIDE)

    ranges = source.box or [(-np.inf, np.inf)] * len(source.old)
    return find_points(inside, ranges, np.concatenate([known, images]))


class _Checked:
    """The limits as numbers: points in them, their images, and the map with its derivatives."""

    def __init__(self, where: str, map_: DifferentiableMap, source: Source, pieces: list[Region]):
        self.where, self.map, self.source, self.pieces = where, map_, source, pieces
        self.numeric = NumericMap([map_.mapping[v] for v in map_.old], Region(dict.fromkeys(map_.new, (-sp.oo, sp.oo))))
        share = SOURCES // len(pieces) + 1
        self.points = [self._in_order(piece, piece.points(share)) for piece in pieces]
        self.images = np.concatenate([self.numeric.values(points) for points in self.points])
        self.centre = np.median(self.images, axis=0)
        self.typical = np.quantile(np.abs(self.images - self.centre), 0.9, axis=0) + 1e-12

    def _in_order(self, piece: Region, values: list[np.ndarray]) -> np.ndarray:
        """Columns in the order of the new variables."""
        return np.stack([values[piece.variables.index(v)] for v in self.map.new], axis=-1)

    def _named(self, variables, point: np.ndarray) -> str:
        return ", ".join(f"{v} = {value:.6g}" for v, value in zip(variables, point, strict=True))

    def images_lie_in_the_region(self) -> int:
        inside = self.source.contains(list(self.images.T), ROUNDING)
        if not inside.all():
            point = np.concatenate(self.points)[np.argmin(inside)]
            raise WrongLimits(
                f"{self.where}: the limits {[piece.limits for piece in self.pieces]} that were found are wrong: the "
                f"point {self._named(self.map.new, point)} inside them goes to "
                f"{self._named(self.map.old, self.images[np.argmin(inside)])}, outside the region. Give limits of "
                f"your own in the new variables {self.map.new}."
            )
        return len(inside)

    def points_are_reached_once(self, points: np.ndarray, domain: Region) -> int:
        generator = np.random.default_rng(0)
        # Far out in a region without end there are no images near a target to start from.
        points = points[(np.abs(points - self.centre) <= FAR * self.typical).all(axis=1)]
        targets = points[generator.permutation(len(points))[:TARGETS]]
        found, inside = self._preimages(targets)
        first, second = self._two_different(found, inside)
        for k in np.flatnonzero(~inside.any(axis=1)):
            more = self._all_preimages(targets[k], domain)[None]
            inside_too = self._inside(more)
            if not inside_too.any():
                self._refuse_missing(targets[k], domain)
            first[[k]], second[[k]] = self._two_different(more, inside_too)
        twice = ~np.isnan(second).any(axis=1)
        if twice.any():
            k = int(np.argmax(twice))
            pair = np.stack([first[k], second[k]])
            raise ValueError(
                f"{self.where}: the map reaches the point {self._named(self.map.old, targets[k])} of the region more "
                f"than once: from {self._named(self.map.new, pair[0])} and from {self._named(self.map.new, pair[1])}. "
                f"Say which part is meant with within=, such as within={{{self._branch(pair, domain)}}}."
            )
        return len(targets)

    def _branch(self, found: np.ndarray, domain: Region) -> str:
        """Say how to keep to the first of two preimages: by where det J vanishes, or else half way between them."""
        zeros = [zero for factor in factors(self.map.det, domain) for zero in factor.zeros]
        apart = np.argsort(-np.abs(found[0] - found[1]))
        for k in apart:
            variable, (a, b) = self.map.new[k], sorted(found[:, k])
            cuts = [zero.rhs for zero in zeros if zero.lhs == variable]
            if any(a <= cut <= b for cut in cuts):
                break
        else:
            k, variable = apart[0], self.map.new[apart[0]]
            cuts = [sp.Float(float(found[:, k].mean()), 2)]
        lower, upper = domain.limits[variable]
        below = [cut for cut in cuts if cut <= found[0][k]]
        above = [cut for cut in cuts if cut > found[0][k]]
        return f"{variable}: ({max([lower, *below])}, {min([upper, *above])})"

    def _all_preimages(self, target: np.ndarray, domain: Region) -> np.ndarray:
        """Solutions of T(u) = target that many starts lead to, inside the limits or not."""
        starts = np.concatenate([
            np.stack(domain.points(MORE_STARTS), axis=-1), *(points[:MORE_STARTS] for points in self.points)
        ])  # fmt: skip
        return newton(self.numeric, starts, np.broadcast_to(target, starts.shape))

    def _refuse_missing(self, target: np.ndarray, domain: Region) -> None:
        at = self._named(self.map.old, target)
        found = self._all_preimages(target, domain)
        found = found[~np.isnan(found).any(axis=1)]
        inside = found[domain.contains(list(found.T), margin=-1e-9)] if len(found) else found
        ranges = ", ".join(range_text(v, *ends) for v, ends in domain.limits.items())
        if len(inside):
            raise WrongLimits(
                f"{self.where}: the limits {[piece.limits for piece in self.pieces]} that were found are wrong: they "
                f"leave out {self._named(self.map.new, inside[0])}, which goes to the point {at} of the region. Give "
                f"limits of your own in the new variables {self.map.new}."
            )
        reached = f" (it is from {self._named(self.map.new, found[0])})" if len(found) else ""
        raise ValueError(
            f"{self.where}: the point {at} of the region is not reached by {self.map!r} with {ranges}{reached}. Give a "
            "smaller region, a map that covers it, or other ranges with within=."
        )

    def _preimages(self, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Solutions of T(u) = target that the nearest images lead to, (targets, STARTS, n), and which are inside."""
        some = slice(None, None, SPARSE)
        points, images = np.concatenate(self.points)[some], self.images[some] / self.typical
        distances = sum((targets[:, [k]] / self.typical[k] - images[None, :, k]) ** 2 for k in range(targets.shape[1]))
        nearest = np.argpartition(distances, STARTS, axis=1)[:, :STARTS]
        found = newton(self.numeric, points[nearest.ravel()], np.repeat(targets, STARTS, axis=0))
        found = found.reshape(len(targets), STARTS, -1)
        return found, self._inside(found)

    def _inside(self, found: np.ndarray) -> np.ndarray:
        """Which of the points, shape (..., n), lie inside the limits."""
        inside = np.zeros(found.shape[:-1], bool)
        for piece in self.pieces:
            inside |= piece.contains([found[..., self.map.new.index(v)] for v in piece.variables], margin=-1e-7)
        return inside

    @staticmethod
    def _two_different(found: np.ndarray, inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each row of solutions, shape (rows, k, n), one that is inside and another one that is; nan if none is."""
        rows = np.arange(len(found))
        first = found[rows, inside.argmax(axis=1)]
        first[~inside.any(axis=1)] = np.nan
        gap = np.abs(found - first[:, None]).max(axis=2)
        other = inside & (gap > 1e-5 * (1.0 + np.abs(first).max(axis=1, keepdims=True)))
        second = found[rows, other.argmax(axis=1)]
        second[~other.any(axis=1)] = np.nan
        return first, second

    def measures(self, points: np.ndarray):
        """Measure the region by the limits and by sampling, each with its error."""
        if self.source.box is None and self._has_no_end():
            centre, spread = self.centre, self.typical / 2.0
            by_limits, error = self._by_limits(lambda x: _logistic_density(x, centre, spread))
            share, standard_error = self._shares(lambda unit: centre + spread * np.log(unit / (1.0 - unit)))
            return "share", by_limits, error, share, standard_error
        low, high = hull(np.concatenate([points, self.images]), 0.05)
        if self.source.box is not None:
            box = np.array(self.source.box)
            low, high = np.maximum(low, box[:, 0]), np.minimum(high, box[:, 1])
        by_limits, error = self._by_limits(lambda x: 1.0)
        share, standard_error = self._shares(lambda unit: low + (high - low) * unit)
        size = math.prod(high - low)
        name = {1: "length", 2: "area"}.get(len(low), "volume")
        return name, by_limits, error, size * share, size * standard_error

    def _has_no_end(self) -> bool:
        """Whether the images run far away from the rest where the limits end."""
        for piece in self.pieces:
            for k, end in product(range(len(piece.variables)), (0.0, 1.0)):
                unit = piece.unit_points(256)
                unit[:, k] = end
                far = self.numeric.values(self._in_order(piece, piece.at(unit)))
                far = far[np.isfinite(far).all(axis=1)]
                if (np.abs(far - self.centre) > FAR * self.typical).any():
                    return True
        return False

    def _by_limits(self, weight) -> tuple[float, float]:
        total = error = 0.0
        for piece in self.pieces:
            det = vectorised(self.map.det, piece.variables)
            outputs = [vectorised(self.map.mapping[v], piece.variables) for v in self.map.old]

            def density(*parameters, piece=piece, det=det, outputs=outputs):
                values, factor = piece.from_parameters(parameters)
                return np.abs(det(*values)) * factor * weight([output(*values) for output in outputs])

            with warnings.catch_warnings():
                warnings.simplefilter("ignore", CubatureWarning)
                run = integrate(density, piece.parameter_limits, rtol=1e-7)
            total += run.value
            error += run.error
        return total, error

    def _shares(self, place) -> tuple[float, float]:
        """Return the share of placed points that lies in the region, with its standard error from shifted lattices."""
        generator = np.random.default_rng(1)
        lattice = self.pieces[0].unit_points(LATTICE)
        shares = []
        for _ in range(SHIFTS):
            unit = (lattice + generator.random(lattice.shape[1])) % 1.0
            unit = np.clip(unit, 1e-12, 1.0 - 1e-12)
            shares.append(self.source.contains(list(place(unit).T), 0.0).mean())
        return float(np.mean(shares)), float(np.std(shares, ddof=1) / math.sqrt(SHIFTS))


def _logistic_density(x: list[np.ndarray], centre: np.ndarray, spread: np.ndarray) -> np.ndarray:
    density = 1.0
    for values, c, s in zip(x, centre, spread, strict=True):
        with np.errstate(over="ignore"):
            density = density * np.minimum(np.cosh((values - c) / (2.0 * s)) ** -2.0 / (4.0 * s), 1e300)
    return density
