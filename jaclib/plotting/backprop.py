"""Partial derivatives drawn: slices of a surface, gradients on contours, graphs with values and partials.

Each function draws one idea and returns the Matplotlib axes or figure. None computes a derivative: what is
drawn is passed in, so that a figure can be checked against the numbers of the text.
"""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np

from jaclib.plotting.style import COLORS

__all__ = [
    "gradient_on_contours",
    "slices",
    "slope_by_direction",
    "value_graph",
]

_WHITE_BOX = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}


def _surface(f, x_range, y_range, points=81):
    """Evaluate the scalar ``f(x, y)`` on a grid, entry by entry: `f` need not be vectorised."""
    x, y = np.linspace(*x_range, points), np.linspace(*y_range, points)
    return x, y, np.array([[f(a, b) for a in x] for b in y], dtype=float)


def _contours(ax, f, x_range, y_range, names):
    x, y, values = _surface(f, x_range, y_range)
    # Levels equally spaced in the square root keep the rings around a minimum apart.
    low, high = values.min(), values.max()
    levels = low + (high - low) * np.linspace(0, 1, 13)[1:-1] ** 2
    ax.contour(x, y, values, levels=levels, colors=COLORS["output"], linewidths=0.9, alpha=0.7)
    ax.set(xlabel=names[0], ylabel=names[1], xlim=x_range, ylim=y_range)


def slices(f, point, partials, x_range, y_range, names=("$x$", "$y$"), value="$f$"):
    """Draw a function of two variables as a map with two straight walks, and the height along each walk.

    Parameters
    ----------
    f : callable
        ``f(x, y)`` returns a number.
    point : tuple of float
        Where the two walks cross.
    partials : tuple of float
        The two partial derivatives at `point`: the slopes of the tangents that are drawn.
    x_range, y_range : tuple of float
        The part of the plane to show.
    names : tuple of str, optional
        Axis labels.
    value : str, optional
        Label of the height.

    Returns
    -------
    matplotlib.figure.Figure
        The map on the left, the two profiles on the right.

    Examples
    --------
    >>> figure = slices(lambda x, y: x**2 + x * y, (1, 2), (4, 1), (0, 2), (1, 3))
    >>> len(figure.axes)
    2
    """
    figure, (map_, profile) = plt.subplots(1, 2, figsize=(6.4, 3.6))
    _contours(map_, f, x_range, y_range, names)
    walks = [(names[0], COLORS["input"], x_range, "-"), (names[1], COLORS["accent"], y_range, "--")]
    for axis, (name, color, limits, style) in enumerate(walks):
        along = np.linspace(*limits, 161)
        fixed = [np.full_like(along, point[0]), np.full_like(along, point[1])]
        fixed[axis] = along
        map_.plot(*fixed, color=color, linestyle=style)
        heights = [f(a, b) for a, b in zip(*fixed, strict=True)]
        offset = along - point[axis]
        profile.plot(offset, heights, color=color, linestyle=style, label=f"only {name} moves")
        reach = 0.22 * (limits[1] - limits[0])
        touch = np.array([-reach, reach])
        profile.plot(touch, f(*point) + partials[axis] * touch, color=COLORS["derivative"], linewidth=3.5, zorder=2)
    map_.plot(*point, "o", color="black", markersize=6, zorder=5)
    profile.plot(0, f(*point), "o", color="black", markersize=6, zorder=5)
    map_.set_title("Two walks on the map")
    profile.set_title("Height along each walk")
    profile.set(xlabel="distance from the point", ylabel=value)
    profile.plot([], [], color=COLORS["derivative"], linewidth=3.5, label="slope at the point")
    figure.legend(*profile.get_legend_handles_labels(), fontsize=10, ncols=3, loc="outside lower center")
    return figure


def gradient_on_contours(
    f, point, gradient, x_range, y_range, *, names=("$x$", "$y$"), path=None, minimum=None, scale=None
):
    """Draw the gradient of a function of two variables as an arrow on its contour lines.

    The axes have equal scales, so that the right angle between the gradient and the contour is seen.

    Parameters
    ----------
    f : callable
        ``f(x, y)`` returns a number.
    point : tuple of float
        Foot of the arrow.
    gradient : array_like, shape (2,)
        The gradient at `point`.
    x_range, y_range : tuple of float
        The part of the plane to show.
    names : tuple of str, optional
        Axis labels.
    path : array_like, shape (k, 2), optional
        Points to join, for example those of gradient descent.
    minimum : tuple of float, optional
        A point to mark with a star.
    scale : float, optional
        Length of the arrow per unit of the gradient; by default a quarter of the narrower side in all.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = gradient_on_contours(lambda x, y: x**2 + 4 * y**2, (2, 1), (4, 8), (-3, 3), (-2, 2))
    >>> ax.get_aspect()
    1.0
    """
    gradient = np.asarray(gradient, dtype=float)
    _, ax = plt.subplots(figsize=(6.4, 4.4))
    _contours(ax, f, x_range, y_range, names)
    ax.contour(*_surface(f, x_range, y_range), levels=[f(*point)], colors=COLORS["output"], linewidths=2.4)
    length = np.hypot(*gradient)
    if scale is None:
        scale = 0.25 * min(x_range[1] - x_range[0], y_range[1] - y_range[0]) / length
    along = np.array([-gradient[1], gradient[0]]) * scale
    ends = np.array([point - along, point + along])
    ax.plot(*ends.T, color=COLORS["neutral"], linestyle="--", linewidth=1.6, label="no slope along this line")
    ax.annotate(
        "", point + scale * gradient, point,
        arrowprops={"arrowstyle": "-|>", "color": COLORS["derivative"], "lw": 2.8, "mutation_scale": 20,
                    "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip
    ax.plot([], [], color=COLORS["derivative"], linewidth=2.8, label="gradient: steepest way up")
    if path is not None:
        ax.plot(*np.asarray(path).T, ".-", color=COLORS["input"], linewidth=1.4, markersize=7, label="descent")
    if minimum is not None:
        ax.plot(*minimum, "*", color="black", markersize=13, linestyle="none", label="lowest point")
    ax.plot(*point, "o", color="black", markersize=6, zorder=5)
    ax.set_aspect("equal")
    ax.figure.legend(fontsize=10, ncols=2, loc="outside lower center")
    return ax


def slope_by_direction(gradient):
    """Draw the slope in every direction of the plane, as a function of the direction's angle.

    Parameters
    ----------
    gradient : array_like, shape (2,)
        The gradient at the point.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = slope_by_direction((3, 4))
    >>> float(ax.lines[0].get_ydata().max().round(3))
    5.0
    """
    gradient = np.asarray(gradient, dtype=float)
    top = np.degrees(np.arctan2(gradient[1], gradient[0]))
    angle = np.linspace(-180, 180, 3601)
    slope = np.hypot(*gradient) * np.cos(np.radians(angle - top))
    _, ax = plt.subplots(figsize=(6.4, 3.2))
    ax.plot(angle, slope, color=COLORS["derivative"])
    ax.axhline(0, color=COLORS["neutral"], linewidth=1)
    for place, height, text in [
        (0, gradient[0], r"$\partial f/\partial x$"),
        (90, gradient[1], r"$\partial f/\partial y$"),
    ]:
        ax.plot(place, height, "o", color=COLORS["input"], markersize=8)
        ax.annotate(text, (place, height), (9, 4), textcoords="offset points", color=COLORS["input"], fontsize=13)
    ax.plot(top, np.hypot(*gradient), "o", color="black", markersize=8)
    ax.annotate(
        "steepest: along the gradient",
        (top, np.hypot(*gradient)),
        (0, 10),
        textcoords="offset points",
        ha="center",
    )
    ax.set(
        xlabel="direction, degrees from the x axis",
        ylabel="slope",
        xticks=range(-180, 181, 45),
        xlim=(-180, 180),
    )
    ax.margins(y=0.22)
    return ax


def value_graph(nodes, edges, *, figsize=(5.2, 2.6)):
    """Draw a computational graph with the value of every node and the partial derivative of every edge.

    Parameters
    ----------
    nodes : dict
        ``name: (column, row, text)`` or ``name: (column, row, text, adjoint)``: where the node stands, what
        its box says, and what is written below it in the colour of derivatives. Nodes without an edge into
        them are drawn as inputs, nodes without an edge out of them as outputs.
    edges : dict
        ``(from, to): text`` with the partial derivative of `to` with respect to `from`.
    figsize : tuple of float, optional
        Width and height in inches.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = value_graph({"x": (0, 0, "$x=3$"), "y": (1, 0, "$y=9$")}, {("x", "y"): "6"})
    >>> [text.get_text() for text in ax.texts if text.get_text()]
    ['$x=3$', '$y=9$', '6']
    """
    _, ax = plt.subplots(figsize=figsize)
    heads, tails = {end for _, end in edges}, {start for start, _ in edges}
    place = {name: np.array(node[:2], dtype=float) for name, node in nodes.items()}
    columns, rows = np.array(list(place.values())).T
    ax.set(xlim=(columns.min() - 0.3, columns.max() + 0.35), ylim=(rows.min() - 0.6, rows.max() + 0.45))
    ax.axis("off")
    boxes = {}
    for name, (_, _, text, *adjoint) in nodes.items():
        color = COLORS["input"] if name not in heads else COLORS["output"] if name not in tails else COLORS["neutral"]
        box = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": color, "linewidth": 2}
        written = ax.text(*place[name], text, ha="center", va="center", bbox=box, fontsize=12, color=color, zorder=3)
        boxes[name] = written.get_bbox_patch()
        if adjoint:
            ax.annotate(
                adjoint[0], place[name], (0, -19), textcoords="offset points", ha="center", va="top",
                color=COLORS["derivative"], fontsize=12,
            )  # fmt: skip
    # A box knows its size only once it has been laid out, and the arrows are to end at its border.
    ax.figure.draw_without_rendering()
    for (start, end), text in edges.items():
        ax.annotate(
            "", place[end], place[start],
            arrowprops={"arrowstyle": "-|>", "color": COLORS["neutral"], "lw": 1.6, "mutation_scale": 16,
                        "patchA": boxes[start], "patchB": boxes[end], "shrinkA": 2, "shrinkB": 2},
        )  # fmt: skip
        # A little before the middle, labels keep clear of the point where two edges cross.
        spot = place[start] + 0.4 * (place[end] - place[start])
        ax.text(*spot, text, color=COLORS["derivative"], ha="center", va="center", bbox=_WHITE_BOX, fontsize=12)
    return ax
