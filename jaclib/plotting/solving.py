"""Figures of equations solved with a Jacobian: the steps of Newton's method, and a curve with its tangents."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np

from jaclib._validate import real_array, require_callable
from jaclib.plotting._plane import ACCENT, BLUE, GREEN, GREY, ORANGE, image, shaped

__all__ = ["level_curve", "newton_steps"]

_SAMPLES = 401  # points per side of the window, for curves that are found by contouring


def _window(where: str, window) -> np.ndarray:
    window = shaped(where, "window", window, 2, 2)
    if not (window[:, 0] < window[:, 1]).all():
        raise ValueError(
            f"{where}: window is {window.tolist()}, expected ((left, right), (bottom, top)), both increasing."
        )
    return window


def _mesh(window: np.ndarray) -> np.ndarray:
    return np.stack(np.meshgrid(*[np.linspace(low, high, _SAMPLES) for low, high in window]))


def _points(where: str, points, least: int) -> np.ndarray:
    points = real_array(where, "points", points)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < least:
        raise ValueError(f"{where}: points has shape {points.shape}, expected (k, 2) with k at least {least}.")
    return points


def newton_steps(f, jacobian, points, window, labels=("$F_1 = 0$", "$F_2 = 0$")):
    """Show two equations in the plane, the steps of Newton's method, and the two lines that give the first step.

    Parameters
    ----------
    f : callable
        The two functions whose common zero is sought; takes arrays of shape (2, ...), returns the same shape.
    jacobian : array_like, shape (2, 2)
        The Jacobian of `f` at the first point.
    points : array_like, shape (k, 2)
        The start and the points that follow, at least two.
    window : array_like, shape (2, 2)
        ``((left, right), (bottom, top))``.
    labels : sequence of two str, optional
        Names of the two curves in the legend.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError, ValueError
        If `f` is not callable or does not keep the shape, or an array has the wrong shape.

    Examples
    --------
    >>> f = lambda x: np.stack([x[0] * x[1] - 1, x[0] - x[1]])
    >>> ax = newton_steps(f, [[1, 2], [1, -1]], [[2, 1], [4 / 3, 4 / 3]], [[0, 3], [0, 3]])
    >>> ax.get_legend_handles_labels()[1]
    ['$F_1 = 0$', '$F_2 = 0$', 'linear predictions']
    >>> plt.close(ax.figure)
    """
    where = "newton_steps"
    window = _window(where, window)
    jacobian = shaped(where, "jacobian", jacobian, 2, 2)
    points = _points(where, points, least=2)
    mesh = _mesh(window)
    values = image(where, f, mesh)
    start = points[0]
    predicted = image(where, f, start)[:, None, None] + np.einsum("ij,jkl->ikl", jacobian, mesh - start[:, None, None])
    ax = plt.figure(figsize=(5.4, 5.0)).add_subplot()
    for k, (color, label) in enumerate(zip((ORANGE, ACCENT), labels, strict=True)):
        ax.contour(*mesh, values[k], levels=[0], colors=[color], linewidths=2.2)
        ax.contour(*mesh, predicted[k], levels=[0], colors=[GREEN], linewidths=1.6, linestyles="--")
        ax.plot([], [], color=color, label=label)
    ax.plot([], [], color=GREEN, lw=1.6, ls="--", label="linear predictions")
    ax.plot(*points.T, "o-", color=BLUE, ms=7, lw=1.4, zorder=5)
    for k, point in enumerate(points):
        ax.annotate(str(k), point, xytext=(7, 5), textcoords="offset points", color=BLUE, fontsize=12)
    ax.set(xlim=window[0], ylim=window[1], xlabel="$x_1$", ylabel="$x_2$")
    ax.set_aspect("equal")
    ax.legend(loc="upper right")
    return ax


def level_curve(f, gradients, points, window, reach=1.3):
    """Show the curve f(x, y) = 0 and its tangents, at right angles to the gradients.

    Parameters
    ----------
    f : callable
        Function of two arrays x and y of the same shape, working entry by entry.
    gradients : array_like, shape (k, 2)
        The partial derivatives (∂f/∂x, ∂f/∂y) at each point; none may be zero.
    points : array_like, shape (k, 2)
        Points of the curve at which to draw the tangent.
    window : array_like, shape (2, 2)
        ``((left, right), (bottom, top))``.
    reach : float, optional
        Half the length of a tangent.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError, ValueError
        If `f` is not callable, the shapes do not fit together, or a gradient is zero and gives no direction.

    Examples
    --------
    >>> circle = lambda x, y: x**2 + y**2 - 25
    >>> ax = level_curve(circle, [[6, 8]], [[3, 4]], [[-6, 6], [-6, 6]], reach=5)
    >>> ax.lines[0].get_xydata().round(6).tolist()
    [[7.0, 1.0], [-1.0, 7.0]]
    >>> plt.close(ax.figure)
    """
    where = "level_curve"
    require_callable(where, f)
    window = _window(where, window)
    points = _points(where, points, least=1)
    gradients = shaped(where, "gradients", gradients, *points.shape)
    lengths = np.linalg.norm(gradients, axis=1, keepdims=True)
    if not lengths.all():
        raise ValueError(f"{where}: a gradient is zero, expected a direction. The curve has no tangent there.")
    ax = plt.figure(figsize=(6.4, 4.6)).add_subplot()
    x, y = _mesh(window)
    ax.contour(x, y, f(x, y), levels=[0], colors=[ORANGE], linewidths=2.4)
    along = reach * np.stack([gradients[:, 1], -gradients[:, 0]], axis=1) / lengths
    for point, step in zip(points, along, strict=True):
        ax.plot(*np.stack([point + step, point - step], axis=1), color=GREEN, zorder=4)
        ax.plot(*point, "o", color="black", ms=7, zorder=5)
        name = "({:g}, {:g})".format(*point).replace("-", "−")
        ax.annotate(name, point, xytext=(9, 7), textcoords="offset points", color=GREY, fontsize=12)
    ax.set(xlim=window[0], ylim=window[1], xlabel="$x$", ylabel="$y$")
    ax.set_aspect("equal")
    return ax
