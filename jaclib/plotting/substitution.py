"""Figures of a change of variables: the region of the new variables, its image, and the local factor between them.

Blue is where the new variables live, orange is the image, green is the factor that the Jacobian determinant gives.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator

from jaclib._validate import require_callable
from jaclib.cubature import CubatureWarning, integrate
from jaclib.plotting._angles import few_ticks
from jaclib.plotting._plane import ACCENT, BLUE, GREEN, GREY, ORANGE, image, shaped
from jaclib.plotting._plane_part import ALONG, EDGE, PlanePart

__all__ = ["area_factor", "length_factor"]

# From nearly white to a shade darker than the colour of derivatives.
FACTORS = LinearSegmentedColormap.from_list("factor", ["#F4F8F6", GREEN, "#00382A"])
GRID_LINES, MESH = 9, 121
# A factor that grows beyond this many times its 90 % quantile is cut off in the scale of colours.
PEAK = 4.0


def area_factor(f, jacobian_determinant, parts: Sequence[PlanePart], labels=("u", "v", "x", "y"), *, counted=False):
    r"""Show a region with its coordinate lines, its image, and \|det J\| as a map of colours, side by side.

    Parameters
    ----------
    f : callable
        A map of the plane that takes arrays of shape (2, ...) and returns the same shape.
    jacobian_determinant : callable
        Its Jacobian determinant: an array of shape (2, ...) to one of shape (...).
    parts : sequence of PlanePart
        The region of the new variables, in one or more parts without common points.
    labels : sequence of four str, optional
        Names of the two new and the two old variables, in mathtext without dollar signs.
    counted : bool, optional
        Whether the map reaches points more than once, so that ∫ \|det J\| is more than the area of the image. A change
        of sign of det J is seen without being told.

    Returns
    -------
    matplotlib.figure.Figure
        Three panels and a colour bar. Where det J changes its sign there is a black line, and the part with det J < 0
        is purple in the first two panels.

    Raises
    ------
    TypeError, ValueError
        If `f` is not callable or does not keep the shape, if there is no part, or an end is not finite.

    Notes
    -----
    The titles give the areas: of the region, and of the image as ∫ \|det J\|, by `jaclib.integrate`. Where the image
    lies on itself, that integral counts it as often as it lies there: the "counted area".

    Examples
    --------
    >>> half_disc = PlanePart(0, (0, 2), 0.0, np.pi)
    >>> fig = area_factor(lambda p: p[0] * np.stack([np.cos(p[1]), np.sin(p[1])]), lambda p: p[0], [half_disc])
    >>> [ax.get_title() for ax in fig.axes[:3]]
    ['area 6.28', 'image area 6.28', '$|\\det\\,J|$']
    >>> plt.close(fig)
    """
    where = "area_factor"
    require_callable(where, jacobian_determinant)
    parts = list(parts)
    if not parts:
        raise ValueError(f"{where}: parts is empty, expected at least one PlanePart.")
    for part in parts:
        shaped(where, "ends", part.ends, 2)
    meshes = [_mesh(where, f, jacobian_determinant, part) for part in parts]
    fig, (source, target, factor) = plt.subplots(1, 3, figsize=(6.8, 2.7), width_ratios=(1.0, 1.1, 1.2))
    edges = np.concatenate([side for part in parts for side, _ in part.sides()], axis=1)
    low, high = np.nanmin(edges, axis=1), np.nanmax(edges, axis=1)
    slack = 2 * EDGE * (high - low)
    low, high = low - slack, high + slack
    folds = _fill(source, target, meshes)
    for part in parts:
        _draw_lines(where, f, part, parts, (source, target), low, high)
    _draw_factor(fig, factor, meshes)
    before, after = (_integral(density, parts) for density in (lambda p: np.ones_like(p[0]), jacobian_determinant))
    source.set_title(f"area {before}")
    target.set_title(f"counted area {after}" if folds or counted else f"image area {after}")
    factor.set_title(r"$|\det\,J|$")
    _finish(source, target, factor, labels, low, high)
    return fig


def _mesh(where: str, f, jacobian_determinant, part: PlanePart):
    """Return points of a part, their images, and det J there, on a mesh."""
    # Just inside: on an edge the factor may be infinite.
    s = np.clip(np.linspace(0.0, 1.0, MESH), EDGE, 1.0 - EDGE)
    points = part.at(*np.meshgrid(s, s, indexing="ij"))
    images = image(where, f, points)
    det = np.broadcast_to(np.asarray(jacobian_determinant(points), dtype=float), points.shape[1:])
    if not (np.isfinite(points).all() and np.isfinite(images).all()):
        raise ValueError(f"{where}: the region or its image is not finite and real everywhere. Restrict the limits.")
    return points, images, det


def _fill(source, target, meshes) -> bool:
    """Paint both sides, with det J < 0 in a colour of its own if both signs occur; return whether they do."""
    dets = np.concatenate([det[np.isfinite(det)] for _, _, det in meshes])
    threshold = 1e-9 * np.abs(dets).max(initial=0.0)
    folds = bool((dets < -threshold).any() and (dets > threshold).any())
    for points, images, det in meshes:
        for sign, colors in ((-1, (ACCENT, ACCENT)), (1, (BLUE, ORANGE))):
            shown = sign * det if folds else float(sign) * np.ones_like(det)
            if not (shown > 0).any():
                continue
            shown = np.clip(np.where(np.isfinite(shown), shown / (threshold or 1.0), 1.0), -1.0, 1.0)
            for ax, where_, color in ((source, points, colors[0]), (target, images, colors[1])):
                # Half-transparent coats: where the image lies twice it is darker.
                ax.contourf(*where_, shown, levels=[0.0, 2.0], colors=[color], alpha=0.25)
        if folds and (det < 0).any() and (det > 0).any():
            for ax, where_ in ((source, points), (target, images)):
                ax.contour(*where_, det, levels=[0.0], colors="black", linewidths=1.8)
    return folds


def _draw_lines(where: str, f, part: PlanePart, parts, axes, low, high) -> None:
    lines = [
        (part.line(coordinate, value), 0.7)
        for coordinate in (0, 1)
        for value in np.linspace(low[coordinate], high[coordinate], GRID_LINES)[1:-1]
    ]
    for side, outside in part.sides():
        # What another part goes on from is no edge of the region.
        inner = np.any([other.contains(outside) for other in parts if other is not part], axis=0)
        lines.append((np.where(inner, np.nan, side), 1.8))
    for line, width in lines:
        if np.isfinite(line).any():
            axes[0].plot(*line, color=BLUE, lw=width)
            axes[1].plot(*_image_of_line(where, f, line), color=ORANGE, lw=width)


def _image_of_line(where: str, f, line: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        points = image(where, f, line)
    if np.isinf(points).any():
        raise ValueError(
            f"{where}: the image runs to infinity where the region ends, expected one that fits into a figure. "
            "Restrict the limits a little."
        )
    return points


def _draw_factor(fig, ax, meshes) -> None:
    sizes = [np.abs(det) for _, _, det in meshes]
    known = np.concatenate([size[np.isfinite(size)] for size in sizes])
    peak, usual = known.max(), PEAK * np.quantile(known, 0.9)
    top = usual if peak > usual > 0 else peak
    # One factor everywhere is a colour from the middle of the scale.
    scale = 1.5 * top if np.ptp(known) <= 1e-9 * peak else top
    for (points, _, det), size in zip(meshes, sizes, strict=True):
        shown = np.where(np.isfinite(size), size, top)
        mesh = ax.pcolormesh(*points, shown, shading="gouraud", cmap=FACTORS, vmin=0.0, vmax=scale, rasterized=True)
        if (det < 0).any() and (det > 0).any():
            ax.contour(*points, det, levels=[0.0], colors="black", linewidths=1.8)
    ticks = MaxNLocator(4, steps=[1, 2, 5, 10])
    bar = fig.colorbar(mesh, ax=ax, extend="max" if top < peak else "neither", ticks=ticks, aspect=14, pad=0.04)
    bar.ax.tick_params(labelsize=10)


def _integral(density, parts) -> str:
    """∫ |density| over the parts with three digits, or a word where that does not converge."""

    def total(s, t):
        return sum(part.width(s) * np.abs(density(part.at(s, t))) for part in parts)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CubatureWarning)
        try:
            run = integrate(total, [(0.0, 1.0), (0.0, 1.0)], rtol=1e-6)
        except ValueError:
            return "not known"
    return f"{run.value:.3g}" if run.error <= 1e-3 * abs(run.value) else "not known"


def _finish(source, target, factor, labels, low, high) -> None:
    for ax in (source, factor):
        ax.set(xlabel=f"${labels[0]}$", xlim=(low[0], high[0]), ylim=(low[1], high[1]))
        few_ticks(ax.xaxis, low[0], high[0])
        few_ticks(ax.yaxis, low[1], high[1])
    source.set_ylabel(f"${labels[1]}$", labelpad=1)
    factor.tick_params(labelleft=False)
    target.set_xlabel(f"${labels[2]}$")
    target.set_ylabel(f"${labels[3]}$", labelpad=1)
    target.set_aspect("equal", adjustable="datalim")
    target.locator_params(nbins=4)
    for ax in (source, factor, target):
        ax.grid(False)
        ax.tick_params(labelsize=10)
        ax.title.set_fontsize(12)


def length_factor(f, derivative, ends, labels=("u", "x")):
    r"""Show equal steps of a new variable, the unequal steps of the old one that they give, and the factor \|dx/du\|.

    Parameters
    ----------
    f, derivative : callable
        The map and its derivative; arrays to arrays of the same shape.
    ends : pair of float
        The range of the new variable.
    labels : pair of str, optional
        Names of the new and the old variable, in mathtext without dollar signs.

    Returns
    -------
    matplotlib.figure.Figure
        Left the graph with eight steps on both axes, right the factor.

    Raises
    ------
    TypeError, ValueError
        If a function is not callable, the range is not two finite numbers in rising order, or the map is not finite
        on it.

    Examples
    --------
    >>> fig = length_factor(lambda u: u**2, lambda u: 2 * u, (0, 2))
    >>> [ax.get_title() for ax in fig.axes]
    ['length 2 becomes 4', '$|dx/du|$']
    >>> plt.close(fig)
    """
    where = "length_factor"
    require_callable(where, f)
    require_callable(where, derivative)
    a, b = shaped(where, "ends", ends, 2)
    if not a < b:
        raise ValueError(f"{where}: ends are {[float(a), float(b)]}, expected the lower one first.")
    u = np.linspace(a, b, ALONG)
    x = np.broadcast_to(np.asarray(f(u), dtype=float), u.shape)
    if not np.isfinite(x).all():
        raise ValueError(
            f"{where}: the map is not finite and real everywhere from {a:g} to {b:g}. Restrict the range a little."
        )
    # The factor may be infinite at an end.
    inner = np.clip(u, a + EDGE * (b - a), b - EDGE * (b - a))
    slope = np.broadcast_to(derivative(inner), inner.shape)
    fig, (graph, factor) = plt.subplots(1, 2, figsize=(6.4, 3.2))
    graph.plot(u, x, color=GREY, lw=1.6)
    floor, wall = x.min() - 0.12 * np.ptp(x), a - 0.1 * (b - a)
    steps = np.linspace(0, ALONG - 1, GRID_LINES).astype(int)
    for k in steps:
        graph.plot([u[k], u[k], wall], [floor, x[k], x[k]], color=GREY, lw=0.6, alpha=0.7)
    for k, (i, j) in enumerate(pairwise(steps)):
        shade = 1.0 if k % 2 else 0.45
        graph.plot(u[[i, j]], [floor, floor], color=BLUE, lw=5, alpha=shade, solid_capstyle="butt")
        graph.plot([wall, wall], x[[i, j]], color=ORANGE, lw=5, alpha=shade, solid_capstyle="butt")
    graph.set(xlim=(wall, b + 0.04 * (b - a)), ylim=(floor, x.max() + 0.06 * np.ptp(x)))
    size = np.abs(slope)
    factor.plot(u, size, color=GREEN)
    factor.fill_between(u, 0.0, size, color=GREEN, alpha=0.2)
    usual = PEAK * np.quantile(size, 0.9)
    factor.set_ylim(0.0, 1.05 * min(size.max(), usual) if usual > 0 else None)
    length = np.abs(np.diff(x)).sum()
    turns = (slope > 0).any() and (slope < 0).any()
    graph.set_title(f"length {b - a:.3g} becomes {length:.3g}" + (", counted" if turns else ""))
    factor.set_title(rf"$|d{labels[1]}/d{labels[0]}|$")
    graph.set(xlabel=f"${labels[0]}$", ylabel=f"${labels[1]}$")
    factor.set(xlabel=f"${labels[0]}$")
    for ax in (graph, factor):
        ax.grid(False)
        ax.locator_params(nbins=5)
    return fig
