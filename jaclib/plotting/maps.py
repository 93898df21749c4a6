"""Figures of a map and the linear map that its Jacobian predicts: zooming in, the parallelogram, a robot arm.

Each function takes the numbers that it shows and returns the axes or the figure, so that two lines on a slide
are enough. Blue is the space of inputs, orange the space of outputs, green whatever the Jacobian predicts.
"""

from __future__ import annotations

from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.ticker import LogLocator

from jaclib.plotting._plane import ACCENT, BLUE, GREEN, GREY, ORANGE, image, shaped

__all__ = ["linearization_error", "parallelogram", "robot_arm", "zoom_into_grid"]

_SMOOTH = np.linspace(-1, 1, 61)  # points along one curve of a drawn grid


def _grid(center: np.ndarray, half_width: float, lines: int = 9):
    """Yield the lines of a square grid, each an array of shape (2, points)."""
    for offset in np.linspace(-1, 1, lines):
        for line in (np.stack([_SMOOTH, 0 * _SMOOTH + offset]), np.stack([0 * _SMOOTH + offset, _SMOOTH])):
            yield center[:, None] + half_width * line


def _arrow(ax, start, step, color):
    """Draw one vector; both ends at full length, so that arrows can be compared with areas."""
    style = {"arrowstyle": "-|>,head_width=0.28,head_length=0.55", "color": color, "lw": 2.2}
    ax.annotate("", xy=start + step, xytext=start, arrowprops={**style, "shrinkA": 0, "shrinkB": 0}, zorder=6)


def zoom_into_grid(f, jacobian, point, half_widths=(1.0, 0.25, 0.0625)):
    """Show the image of a square grid at growing magnification, with the grid that the Jacobian predicts.

    Parameters
    ----------
    f : callable
        A map of the plane that takes arrays of shape (2, ...) and returns the same shape.
    jacobian : array_like, shape (2, 2)
        The matrix of the linear map to compare with, usually the Jacobian of `f` at `point`.
    point : array_like, shape (2,)
        The centre of the grid.
    half_widths : sequence of 3 floats, optional
        Half the side of the square grid in each of the three zoom steps.

    Returns
    -------
    matplotlib.figure.Figure
        Four panels: the input grid with the zoom windows, then one image per zoom step.

    Raises
    ------
    TypeError, ValueError
        If `f` is not callable or does not keep the shape, or an array has the wrong shape.

    Examples
    --------
    >>> fig = zoom_into_grid(lambda x: np.stack([x[0] + x[1]**2, x[1]]), [[1, 2], [0, 1]], [0, 1])
    >>> [ax.get_title() for ax in fig.axes]
    ['the input grid', 'its image', 'zoom 4 ×', 'zoom 16 ×']
    >>> plt.close(fig)
    """
    where = "zoom_into_grid"
    point = shaped(where, "point", point, 2)
    jacobian = shaped(where, "jacobian", jacobian, 2, 2)
    half_widths = shaped(where, "half_widths", half_widths, 3)
    value = image(where, f, point)
    fig, axes = plt.subplots(2, 2, figsize=(6.4, 6.6))
    first, *images = axes.flat
    for line in _grid(point, half_widths[0]):
        first.plot(*line, color=BLUE, lw=1.1)
    for half_width in half_widths[1:]:
        first.add_patch(
            Rectangle(point - half_width, 2 * half_width, 2 * half_width, fill=False, ec="black", lw=1.6, zorder=5)
        )
    first.set(title="the input grid", xlabel="$x_1$", ylabel="$x_2$")
    for ax, half_width in zip(images, half_widths, strict=True):
        for line in _grid(point, half_width):
            ax.plot(*image(where, f, line), color=ORANGE, lw=1.3)
            straight = value[:, None] + jacobian @ (line - point[:, None])
            ax.plot(*straight, color=GREEN, lw=1.1, ls=(0, (3, 2)))
        magnification = half_widths[0] / half_width
        title = "its image" if magnification == 1 else f"zoom {magnification:.3g} ×"
        ax.set(title=title, xlabel="$y_1$", ylabel="$y_2$")
    for ax, center in zip(axes.flat, (point, value, value, value), strict=True):
        ax.plot(*center, "o", color="black", ms=5, zorder=7)
        ax.set_aspect("equal", adjustable="datalim")
        ax.grid(False)
        ax.locator_params(nbins=4)
    return fig


def parallelogram(f, jacobian, point, side=0.5):
    """Show a small square, its curved image under `f`, and the parallelogram spanned by J's columns.

    Parameters
    ----------
    f : callable
        A map of the plane that takes arrays of shape (2, ...) and returns the same shape.
    jacobian : array_like, shape (2, 2)
        The Jacobian of `f` at `point`.
    point : array_like, shape (2,)
        The lower left corner of the square.
    side : float, optional
        Side of the square.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels, inputs left and outputs right; the green polygon is the parallelogram.

    Raises
    ------
    TypeError, ValueError
        If `f` is not callable or does not keep the shape, or an array has the wrong shape.

    Examples
    --------
    >>> fig = parallelogram(lambda x: np.stack([x[0] + x[1]**2, x[1]]), [[1, 2], [0, 1]], [0, 1], side=0.5)
    >>> fig.axes[1].patches[-1].get_xy()[:4].tolist()
    [[1.0, 1.0], [1.5, 1.0], [2.5, 1.5], [2.0, 1.5]]
    >>> plt.close(fig)
    """
    where = "parallelogram"
    point = shaped(where, "point", point, 2)
    jacobian = shaped(where, "jacobian", jacobian, 2, 2)
    corners = side * np.array([[0, 1, 1, 0], [0, 0, 1, 1]])
    value, center = image(where, f, point), point + side / 2
    fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.5))
    for line in _grid(center, 1.5 * side, lines=7):
        left.plot(*line, color=BLUE, lw=0.8, alpha=0.5)
        right.plot(*image(where, f, line), color=ORANGE, lw=0.8, alpha=0.5)
    edge = (_SMOOTH + 1) / 2
    ends = np.roll(corners, -1, axis=1)
    around = np.concatenate(
        [np.outer(a, 1 - edge) + np.outer(b, edge) for a, b in zip(corners.T, ends.T, strict=True)], 1
    )
    left.add_patch(Polygon((point[:, None] + corners).T, fc=BLUE, alpha=0.35))
    right.add_patch(Polygon(image(where, f, point[:, None] + around).T, fc=ORANGE, alpha=0.4))
    right.add_patch(Polygon((value[:, None] + jacobian @ corners).T, fill=False, ec=GREEN, lw=2.2, zorder=5))
    for j, unit in enumerate(np.eye(2)):
        _arrow(left, point, side * unit, BLUE)
        _arrow(right, value, side * jacobian[:, j], GREEN)
    left.set(title="a small square", xlabel="$x_1$", ylabel="$x_2$")
    right.set(title="its image and J's columns", xlabel="$y_1$", ylabel="$y_2$")
    for ax, start in ((left, point), (right, value)):
        ax.plot(*start, "o", color="black", ms=6, zorder=7)
        ax.set_aspect("equal", adjustable="datalim")
        ax.grid(False)
        ax.locator_params(nbins=4)
    return fig


def linearization_error(steps, errors, ax=None):
    """Draw linearisation errors against the step on two logarithmic axes, each curve with its slope.

    Parameters
    ----------
    steps : array_like, shape (k,)
        The step lengths t, all positive.
    errors : dict of str to array_like, shape (k,)
        One curve per label; all positive. The first is drawn green, as the derivative.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If a curve has another length than `steps`, or an entry is not positive (it has no logarithm).

    Examples
    --------
    >>> t = 10.0 ** -np.arange(1, 5)
    >>> ax = linearization_error(t, {"J": 0.3 * t**2, "wrong matrix": 0.5 * t})
    >>> ax.get_xscale(), len(ax.texts)
    ('log', 2)
    >>> plt.close(ax.figure)
    """
    where = "linearization_error"
    steps = shaped(where, "steps", steps, np.size(steps))
    curves = {label: shaped(where, f"errors[{label!r}]", error, *steps.shape) for label, error in errors.items()}
    if not all((values > 0).all() for values in (steps, *curves.values())):
        raise ValueError(f"{where}: a step or an error is zero or negative, expected positive numbers for a log scale.")
    ax = ax or plt.figure().add_subplot()
    looks = cycle([(GREEN, "o"), (ACCENT, "s"), (GREY, "d")])
    for (label, error), (color, marker) in zip(curves.items(), looks, strict=False):
        ax.loglog(steps, error, marker=marker, color=color, ms=6, label=label)
        slope = np.polyfit(np.log(steps), np.log(error), 1)[0]
        middle = np.argsort(steps)[len(steps) // 2]
        ax.annotate(
            f"slope {slope:.1f}",
            (steps[middle], error[middle]),
            textcoords="offset points",
            xytext=(10, -16),
            color=color,
            fontsize=12,
        )
    ax.xaxis.set_major_locator(LogLocator())
    ax.set(xlabel="step $t$", ylabel="error of the linear prediction")
    ax.legend(fontsize=11)
    return ax


def robot_arm(lengths, angles, ax=None, *, velocity_scale=0.35):
    """Draw a planar arm with two joints and the ellipse of tip velocities that joint speeds of norm 1 give.

    The first angle is measured from the horizontal, the second from the first link. The tip's Jacobian maps
    the unit circle of joint speeds to the ellipse; its semi-axes are the singular values of the Jacobian.

    Parameters
    ----------
    lengths : array_like, shape (2,)
        Lengths of the two links, positive.
    angles : array_like, shape (2,)
        Joint angles in radians.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    velocity_scale : float, optional
        Length drawn for a tip speed of 1.

    Returns
    -------
    matplotlib.axes.Axes
        The title gives the determinant of the tip's Jacobian.

    Raises
    ------
    ValueError
        If an array has the wrong shape or a length is not positive.

    References
    ----------
    T. Yoshikawa (1985), "Manipulability of Robotic Mechanisms", *The International Journal of Robotics
    Research* 4(2), 3-9.

    Examples
    --------
    >>> ax = robot_arm([1.0, 1.0], [0.0, np.pi / 2])
    >>> ax.get_title()
    'det J = 1.00'
    >>> plt.close(ax.figure)
    """
    where = "robot_arm"
    lengths = shaped(where, "lengths", lengths, 2)
    angles = shaped(where, "angles", angles, 2)
    if not (lengths > 0).all():
        raise ValueError(f"{where}: lengths are {lengths.tolist()}, expected positive numbers.")
    directions = np.cumsum(angles)
    links = lengths * np.stack([np.cos(directions), np.sin(directions)])  # column k: link k as a vector
    joints = np.concatenate([np.zeros((2, 1)), np.cumsum(links, axis=1)], axis=1)
    tip = joints[:, 2]
    # Turning joint k sweeps the tip at a right angle to the line from that joint to the tip.
    to_tip = tip[:, None] - joints[:, :2]
    jacobian = np.stack([-to_tip[1], to_tip[0]])
    ax = ax or plt.figure(figsize=(4.5, 4.5)).add_subplot()
    ax.plot(*joints, color=BLUE, lw=5, solid_capstyle="round", solid_joinstyle="round")
    for joint in joints[:, :2].T:
        ax.add_patch(Circle(joint, 0.07 * lengths.max(), fc="white", ec=BLUE, lw=2.2, zorder=4))
    turn = np.linspace(0, 2 * np.pi, 181)
    ellipse = tip[:, None] + velocity_scale * jacobian @ np.stack([np.cos(turn), np.sin(turn)])
    ax.fill(*ellipse, fc=GREEN, alpha=0.25)
    ax.plot(*ellipse, color=GREEN)
    ax.plot(*tip, "o", color=ORANGE, ms=9, zorder=6)
    # Arm and ellipse fit into this window in every pose, so that two poses are drawn to the same scale.
    middle = (joints.min(axis=1) + joints.max(axis=1)) / 2
    reach = lengths.sum() / 2 + velocity_scale * np.hypot(lengths.sum(), lengths[1])
    low, high = middle - reach, middle + reach
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), xlabel="$y_1$", ylabel="$y_2$")
    ax.set_aspect("equal")
    # The chapter derives det J = l1 l2 sin(second angle); adding 0 turns a rounded -0.0 into 0.0.
    ax.set_title(f"det J = {round(lengths.prod() * np.sin(angles[1]), 2) + 0.0:.2f}")
    ax.locator_params(nbins=4)
    return ax
