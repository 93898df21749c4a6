"""Figures of densities under a map: a histogram against its formula, and a flow against samples."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np

from jaclib._validate import real_array, require_callable
from jaclib.plotting._plane import BLUE, GREEN, GREY, ORANGE

__all__ = ["density_check", "flow_density"]

_LINE_STYLES = (GREEN, "-"), (BLUE, "--"), (GREY, ":")


def density_check(samples, densities, limits, bins=60, ax=None):
    """Draw the histogram of samples and, over it, the densities that claim to describe them.

    Parameters
    ----------
    samples : array_like
        Samples of a scalar random variable.
    densities : dict of str to callable
        Label and density of each curve, at most three; the first is drawn as a full green line.
    limits : pair of float
        The range of the histogram. Its bars are scaled by all samples, also those outside the range.
    bins : int, optional
        Number of bars.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if omitted.

    Returns
    -------
    matplotlib.axes.Axes
        The drawing.

    Raises
    ------
    TypeError, ValueError
        If the samples are not finite numbers, a density is not callable, or there are more than three.

    Examples
    --------
    >>> ax = density_check([0.1, 0.4, 0.6], {"uniform": lambda y: 1 + 0 * y}, (0, 1), bins=2)
    >>> [round(float(bar.get_height()), 3) for bar in ax.patches]
    [1.333, 0.667]
    >>> plt.close(ax.figure)
    """
    where = "density_check"
    samples = real_array(where, "samples", samples).ravel()
    if len(densities) > len(_LINE_STYLES):
        raise ValueError(f"{where}: got {len(densities)} densities, expected at most {len(_LINE_STYLES)}.")
    if ax is None:
        _, ax = plt.subplots()
    edges = np.linspace(*limits, bins + 1)
    heights = np.histogram(samples, edges)[0] / (samples.size * np.diff(edges))
    ax.bar(edges[:-1], heights, np.diff(edges), align="edge", color=ORANGE, alpha=0.4, label="samples")
    # Densities may be infinite at an end of the range, so the curves start and stop half a bar inside.
    y = np.linspace(edges[0] + (edges[1] - edges[0]) / 2, edges[-1], 400)
    for (label, density), (color, style) in zip(densities.items(), _LINE_STYLES, strict=False):
        require_callable(where, density)
        ax.plot(y, density(y), color=color, ls=style, label=label)
    ax.set(xlabel="$y$", ylabel="density", xlim=tuple(limits), ylim=(0, 1.1 * heights.max()))
    ax.legend()
    return ax


def flow_density(log_density, generate, points, ax=None, radii=(1.0, 2.0)):
    """Draw the density of a flow in the plane, samples that it should describe, and the images of circles.

    Parameters
    ----------
    log_density : callable
        Log density of the flow at points of shape (n, 2), of shape (n,).
    generate : callable
        The map from the base space to the data, (n, 2) to (n, 2).
    points : array_like, shape (n, 2)
        The samples.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if omitted.
    radii : sequence of float, optional
        Radii of circles in the base space, whose images are drawn in blue.

    Returns
    -------
    matplotlib.axes.Axes
        The drawing: density in shades of grey, samples as orange dots.

    Raises
    ------
    TypeError, ValueError
        If a map is not callable, or the points are not finite numbers of shape (n, 2).

    Examples
    --------
    >>> gauss = lambda p: -0.5 * (p**2).sum(axis=1) - np.log(2 * np.pi)
    >>> ax = flow_density(gauss, lambda z: z, [[0, 1], [1, -1]])
    >>> len(ax.lines)
    3
    >>> plt.close(ax.figure)
    """
    where = "flow_density"
    require_callable(where, log_density)
    require_callable(where, generate)
    points = real_array(where, "points", points)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"{where}: points have shape {points.shape}, expected (n, 2).")
    if ax is None:
        _, ax = plt.subplots(figsize=(4.6, 4.6))
    low, high = points.min(axis=0), points.max(axis=0)
    axes = [np.linspace(a - 0.12 * (b - a), b + 0.12 * (b - a), 161) for a, b in zip(low, high, strict=True)]
    grid = np.stack(np.meshgrid(*axes), axis=-1)
    density = np.exp(log_density(grid.reshape(-1, 2))).reshape(grid.shape[:2])
    ax.contourf(*axes, density, levels=12, cmap="Greys", alpha=0.75)
    ax.plot(*points.T, "o", color=ORANGE, ms=2.6, alpha=0.8, mec="none")
    turn = np.linspace(0, 2 * np.pi, 401)
    for r in radii:
        ax.plot(*generate(r * np.stack([np.cos(turn), np.sin(turn)], axis=1)).T, color=BLUE, lw=1.8)
    ax.set(xlim=axes[0][[0, -1]], ylim=axes[1][[0, -1]])
    ax.grid(False)
    return ax
