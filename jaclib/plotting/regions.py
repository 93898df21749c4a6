"""Figures of whole regions under a map: which edge goes where, and where the map folds over itself."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import Polygon

from jaclib.plotting._plane import ACCENT, BLUE, ORANGE, UV_TO_XY, image, rectangle, sides, two_panels

__all__ = ["fold", "matched_edges"]

_EDGES = "bottom", "right", "top", "left"
_EDGE_STYLES = "-", "--", "-.", ":"


def matched_edges(f, corner, size, names=None):
    """Show a rectangle of new variables and its image, with matching line styles and numbers on the edges.

    Parameters
    ----------
    f : callable
        A map of the plane that takes arrays of shape (2, ...) and returns the same shape.
    corner, size : array_like, shape (2,)
        The lower left corner of the rectangle, and its sides.
    names : sequence of str, optional
        Labels of the bottom, right, top and left edge; the numbers 1 to 4 if omitted.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels, the source left and the image right.

    Raises
    ------
    TypeError, ValueError
        If `f` is not callable or does not keep the shape, or there are not four names.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig = matched_edges(lambda p: np.stack([p[0] * (1 - p[1]), p[0] * p[1]]), (0, 0), (2, 1))
    >>> [text.get_text() for text in fig.axes[0].texts]
    ['1', '2', '3', '4']
    >>> plt.close(fig)
    """
    where = "matched_edges"
    corner, size = rectangle(where, corner, size)
    names = list("1234") if names is None else list(names)
    if len(names) != 4:
        raise ValueError(f"{where}: got {len(names)} names, expected four, for the {', '.join(_EDGES)} edge.")
    fig, (left, right) = two_panels(("rectangle of new variables", "region in the plane"), UV_TO_XY)
    edges = sides(corner, size, 101)
    images = [image(where, f, edge) for edge in edges]
    left.add_patch(Polygon(np.concatenate(edges, axis=1).T, fc=BLUE, alpha=0.15))
    right.add_patch(Polygon(np.concatenate(images, axis=1).T, fc=ORANGE, alpha=0.2))
    for ax, curves, color in ((left, edges, BLUE), (right, images, ORANGE)):
        extent = np.ptp(np.concatenate(curves, axis=1), axis=1).max()
        for edge, name, style in zip(curves, names, _EDGE_STYLES, strict=True):
            if np.ptp(edge, axis=1).max() < 1e-9 * extent:  # an edge that the map shrinks to a point
                ax.plot(*edge[:, 0], "o", color="black", ms=8, zorder=4)
            ax.plot(*edge, color=color, ls=style, lw=2.8)
            ax.text(*edge[:, 50], name, ha="center", va="center", zorder=5, fontsize=11,
                    bbox={"boxstyle": "circle,pad=0.25", "fc": "white", "ec": color})  # fmt: skip
        ax.margins(0.16)
    return fig


def fold(f, jacobian_determinant, corner, size):
    """Show where a map of a rectangle keeps the orientation and where it turns it, and its folded image.

    Parameters
    ----------
    f : callable
        A map of the plane that takes arrays of shape (2, ...) and returns the same shape.
    jacobian_determinant : callable
        Its Jacobian determinant: an array of shape (2, ...) to one of shape (...).
    corner, size : array_like, shape (2,)
        The lower left corner of the rectangle, and its sides.

    Returns
    -------
    matplotlib.figure.Figure
        The source left, divided by the sign of the determinant; the image right, where the two parts overlap.

    Raises
    ------
    TypeError, ValueError
        If `f` is not callable or does not keep the shape, or an array has the wrong shape.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig = fold(lambda p: np.stack([p[0] ** 2, p[1]]), lambda p: 2 * p[0], (-1, 0), (2.5, 1))
    >>> [text.get_text() for text in fig.axes[0].texts]
    ['det J < 0', 'det J > 0']
    >>> plt.close(fig)
    """
    where = "fold"
    corner, size = rectangle(where, corner, size)
    fig, (left, right) = two_panels(("source", "image"), UV_TO_XY, height=2.9)
    points = corner[:, None, None] + size[:, None, None] * np.stack(np.meshgrid(*[np.linspace(0, 1, 241)] * 2))
    det = np.broadcast_to(jacobian_determinant(points), points.shape[1:])
    images = image(where, f, points)
    reach = 2 * np.abs(det).max()
    for levels, color, name in (((-reach, 0), ACCENT, "det J < 0"), ((0, reach), BLUE, "det J > 0")):
        part = (det > levels[0]) & (det < levels[1])
        if not part.any():
            continue
        # Two coats of half-transparent paint: where the image lies twice, both colours mix.
        left.contourf(*points, det, levels=levels, colors=[color], alpha=0.4)
        right.contourf(*images, det, levels=levels, colors=[color], alpha=0.4)
        left.text(*points[:, part].mean(axis=1), name, ha="center", va="center", fontsize=11, zorder=5)
    lines = left.contour(*points, det, levels=[0], colors="black", linewidths=2.4)
    for segment in lines.allsegs[0]:
        right.plot(*image(where, f, segment.T), color="black", lw=2.4)
    for k in range(0, 241, 40):
        for line in (images[:, :, k], images[:, k, :]):
            right.plot(*line, color=ORANGE, lw=0.8, alpha=0.8)
        for line in (points[:, :, k], points[:, k, :]):
            left.plot(*line, color=BLUE, lw=0.8, alpha=0.5)
    return fig
