"""Figures of area under a map: the image of a rectangle, the shear argument, the polar patch.

A map of the plane takes an array of shape (2, ...) and returns the same shape. Blue is where the new
variables live, orange is the image, green is what the Jacobian matrix predicts.
"""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Polygon

from jaclib.plotting._plane import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    UV_TO_XY,
    image,
    rectangle,
    shaped,
    sides,
    two_panels,
)

__all__ = ["image_area", "polar_patch", "rectangle_and_image", "shear_to_rectangle"]


def image_area(f, corner, size, points=2001) -> float:
    """Measure the signed area inside the image of a rectangle's boundary, without any derivative of `f`.

    The shoelace formula on a fine polygon along the image curve: half the sum of x dy − y dx. It is positive
    where `f` keeps the orientation and negative where it turns it around.

    Parameters
    ----------
    f : callable
        A map of the plane that takes arrays of shape (2, ...) and returns the same shape.
    corner : array_like, shape (2,)
        The lower left corner of the rectangle.
    size : array_like, shape (2,)
        Its two sides.
    points : int, optional
        Points along each edge. The error falls as 1/points².

    Returns
    -------
    float
        The signed area; its absolute value is the area of the image when `f` is one-to-one.

    Raises
    ------
    TypeError, ValueError
        If `f` is not callable or does not keep the shape, or an array has the wrong shape.

    Notes
    -----
    Cost: four evaluations of `f` on arrays of `points` columns. The formula is Green's theorem on a polygon
    (Spivak 1965, *Calculus on Manifolds*, chapter 5).

    Examples
    --------
    >>> shear_and_stretch = lambda p: np.stack([2 * p[0] + p[1], 3 * p[1]])
    >>> round(image_area(shear_and_stretch, (0, 0), (1, 1)), 9)
    6.0
    """
    where = "image_area"
    corner, size = rectangle(where, corner, size)
    x, y = np.concatenate([image(where, f, side)[:, :-1] for side in sides(corner, size, points)], axis=1)
    x, y = x - x[0], y - y[0]  # a far-away image would lose its digits in the difference below
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def rectangle_and_image(f, jacobian, corner, size, window=((0, 0), (1, 1))):
    """Show a rectangle, its curved image and the parallelogram of the Jacobian matrix, with their areas.

    Parameters
    ----------
    f : callable
        A map of the plane that takes arrays of shape (2, ...) and returns the same shape.
    jacobian : array_like, shape (2, 2)
        The Jacobian matrix of `f` at `corner`.
    corner, size : array_like, shape (2,)
        The lower left corner of the rectangle, and its sides.
    window : pair of array_like, optional
        Corner and size of the region whose grid is drawn behind.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels, the source left and the image right; the titles carry the areas and their ratio.

    Raises
    ------
    TypeError, ValueError
        If `f` is not callable or does not keep the shape, or an array has the wrong shape.

    Examples
    --------
    >>> widen = lambda p: np.stack([p[0], p[0] * p[1]])
    >>> fig = rectangle_and_image(widen, [[1, 0], [0, 1]], (1, 0), (0.5, 0.4))
    >>> fig.axes[1].get_title()
    'area 0.25, ratio 1.25'
    >>> plt.close(fig)
    """
    where = "rectangle_and_image"
    jacobian = shaped(where, "jacobian", jacobian, 2, 2)
    corner, size = rectangle(where, corner, size)
    start, span = rectangle(where, *window)
    area = abs(image_area(f, corner, size))
    fig, (left, right) = two_panels(
        (f"area {size.prod():.3g}", f"area {area:.3g}, ratio {area / size.prod():.3g}"), UV_TO_XY
    )
    for k in np.linspace(0, 1, 9):
        for origin, step in (((k, 0), (0, 1)), ((0, k), (1, 0))):
            stop = np.add(origin, step)
            line = start[:, None] + span[:, None] * np.linspace(origin, stop, 61, axis=1)
            left.plot(*line, color=BLUE, lw=0.8, alpha=0.5)
            right.plot(*image(where, f, line), color=ORANGE, lw=0.8, alpha=0.5)
    boundary = np.concatenate(sides(corner, size, 61), axis=1)
    left.add_patch(Polygon(boundary.T, fc=BLUE, alpha=0.45))
    right.add_patch(Polygon(image(where, f, boundary).T, fc=ORANGE, alpha=0.5, label="image"))
    value = image(where, f, corner)[:, None]
    tangent = value + jacobian @ (size[:, None] * np.array([[0, 1, 1, 0], [0, 0, 1, 1]]))
    right.add_patch(
        Polygon(tangent.T, fill=False, ec=GREEN, lw=2.2, label=f"|det J| = {abs(np.linalg.det(jacobian)):.3g}")
    )
    left.plot(*corner, "o", color="black", ms=5)
    right.plot(*value, "o", color="black", ms=5)
    right.legend(loc="upper left", fontsize=10, handlelength=1.2, borderpad=0)
    return fig


def shear_to_rectangle(matrix):
    """Show the image of the unit square under a matrix, and the rectangle that a shear makes of it.

    The shear slides along the first column a until the second column stands upright on a. What leaves on one
    side comes in on the other, so the area stays.

    Parameters
    ----------
    matrix : array_like, shape (2, 2)
        A matrix whose columns are not parallel.

    Returns
    -------
    matplotlib.figure.Figure
        The parallelogram left, the rectangle on the same base right.

    Raises
    ------
    ValueError
        If the matrix has another shape, or its columns are parallel.

    Examples
    --------
    >>> fig = shear_to_rectangle([[2, -1], [1, 1.5]])
    >>> fig.axes[1].get_title()
    '2.24 × 1.79 = 4'
    >>> plt.close(fig)
    """
    matrix = shaped("shear_to_rectangle", "matrix", matrix, 2, 2)
    a, b = matrix.T
    area, base = abs(a[0] * b[1] - a[1] * b[0]), np.hypot(*a)
    if area <= 1e-12 * base * np.hypot(*b):  # rounding leaves parallel columns an area of about 1e-16
        raise ValueError(
            f"shear_to_rectangle: the columns {a.tolist()} and {b.tolist()} are parallel, "
            "expected an image that has an area."
        )
    height = area / base
    slide = (a @ b) / base**2 * a  # the part of b along a, which the shear removes
    fig, (left, right) = two_panels(
        ("the image of the unit square", f"{base:.3g} × {height:.3g} = {base * height:.3g}"),
        (("$x$", "$y$"), ("$x$", "$y$")),
    )
    for ax, top in ((left, b), (right, b - slide)):
        ax.add_patch(Polygon([0 * a, a, a + top, top], fc=ORANGE, alpha=0.35))
        ax.plot(*np.stack([0 * a, a], 1), color=GREEN, lw=3)
        ax.plot(*np.stack([0 * a, top], 1), color=GREEN, lw=3, ls=(0, (3, 1)))
    for point, name in ((a, "$a$"), (b, "$b$")):
        left.annotate(name, 0.5 * point, xytext=(6, -14), textcoords="offset points", color=GREEN, fontsize=13)
    right.plot(*np.stack([b, b - slide], 1), color=GREY, lw=1.4, ls=":")
    right.plot(*np.stack([0 * b, b], 1), color=GREY, lw=1.4, ls=":")
    corners = np.stack([0 * a, a, b, a + b, b - slide, a + b - slide])
    low, high = corners.min(axis=0), corners.max(axis=0)
    for ax in (left, right):  # the same window, so that the two areas can be compared by eye
        ax.set(xlim=(low[0] - 0.3, high[0] + 0.3), ylim=(low[1] - 0.3, high[1] + 0.3))
        ax.set_aspect("equal", adjustable="box")
    return fig


def polar_patch(radii=(1.0, 2.0), angles=(30, 60), spread=0.5):
    """Show two patches of the polar grid, with the same steps dr and dθ at two radii, and their sides.

    Parameters
    ----------
    radii : pair of float, optional
        Inner radii of the patches.
    angles : pair of float, optional
        The angles in degrees between which both patches lie.
    spread : float, optional
        The step dr.

    Returns
    -------
    matplotlib.axes.Axes
        The drawing; the text in each patch is its area.

    Raises
    ------
    ValueError
        If a radius is negative, the step is not positive, or there are not two of each.

    Examples
    --------
    >>> ax = polar_patch(radii=(1, 2))
    >>> [text.get_text() for text in ax.texts][:2]
    ['area 0.327', 'area 0.589']
    >>> plt.close(ax.figure)
    """
    where = "polar_patch"
    radii, angles = shaped(where, "radii", radii, 2), np.radians(shaped(where, "angles", angles, 2))
    if (radii < 0).any() or not spread > 0:
        raise ValueError(f"{where}: radii {radii.tolist()} and step {spread} must not be negative.")
    _, ax = plt.subplots(figsize=(6.4, 4.6))
    outer = 1.16 * (radii.max() + spread)
    turn, step = np.linspace(0, np.pi / 2, 91), angles[1] - angles[0]
    for r in np.arange(spread, outer, spread):
        ax.plot(r * np.cos(turn), r * np.sin(turn), color=ORANGE, lw=0.8, alpha=0.5)
    for angle in np.arange(0, np.pi / 2 + 1e-9, np.pi / 12):
        ax.plot([0, outer * np.cos(angle)], [0, outer * np.sin(angle)], color=ORANGE, lw=0.8, alpha=0.5)
    t, middle = np.linspace(*angles, 31), angles.mean()
    for r in radii:
        r1 = r + spread
        patch = np.concatenate([[r * np.cos(t), r * np.sin(t)], [r1 * np.cos(t[::-1]), r1 * np.sin(t[::-1])]], 1)
        ax.add_patch(Polygon(patch.T, fc=ORANGE, alpha=0.45))
        ax.text(*((r + spread / 2) * np.array([np.cos(middle), np.sin(middle)])),
                f"area {(r1**2 - r**2) / 2 * step:.3g}", ha="center", va="center", fontsize=10)  # fmt: skip
    for r in radii:
        ax.plot(r * np.cos(t), r * np.sin(t), color=GREEN, lw=3)
        side = np.array([[r, r + spread]]) * np.array([[np.cos(angles[0])], [np.sin(angles[0])]])
        ax.plot(*side, color=GREEN, lw=3)
        ax.annotate("$r\\,d\\theta$", r * np.array([np.cos(middle), np.sin(middle)]), xytext=(-20, -16),
                    textcoords="offset points", color=GREEN, fontsize=12)  # fmt: skip
        ax.annotate("$dr$", side.mean(1), xytext=(4, -14), textcoords="offset points", color=GREEN, fontsize=12)
    ax.set(xlabel="$x = r\\,\\cos\\theta$", ylabel="$y = r\\,\\sin\\theta$", title="equal steps, unequal areas")
    ax.set_aspect("equal")
    ax.grid(False)
    return ax
