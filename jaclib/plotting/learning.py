"""Learning and checking drawn: digits, losses, the error of difference quotients, kinks.

What is drawn is passed in; each function returns the Matplotlib axes or figure.
"""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np

from jaclib.plotting.style import COLORS

__all__ = ["digit_grid", "kink", "loss_curve", "step_size_error"]


def step_size_error(steps, errors, guides=None):
    """Draw the error of difference quotients against their step size, both on logarithmic scales.

    Parameters
    ----------
    steps : array_like, shape (k,)
        Step sizes, positive.
    errors : dict
        ``label: array of shape (k,)``. A zero error cannot be shown on a logarithmic scale and is left out.
    guides : dict, optional
        ``label: array of shape (k,)`` with predicted errors, drawn as thin dashed lines.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = step_size_error([1e-2, 1e-1], {"central": [1e-5, 1e-3]})
    >>> ax.get_xscale(), ax.get_yscale()
    ('log', 'log')
    """
    _, ax = plt.subplots(figsize=(6.4, 4.2))
    marks = [(COLORS["output"], "o"), (COLORS["derivative"], "s"), (COLORS["input"], "^")]
    shown = []
    for (label, error), (color, mark) in zip(errors.items(), marks, strict=False):
        error = np.where(np.asarray(error) > 0, error, np.nan)
        shown.append(error)
        ax.loglog(steps, error, mark, color=color, markersize=4.5, linestyle="-", linewidth=0.9, label=label)
    for label, error in (guides or {}).items():
        ax.loglog(steps, error, color=COLORS["neutral"], linestyle="--", linewidth=1.3, label=label)
    low, high = np.nanmin(shown), np.nanmax(shown)
    ax.set(xlabel="step size $h$", ylabel="error of the derivative", ylim=(low / 10, high * 10))
    ax.legend(fontsize=10, loc="lower left")
    return ax


def kink(f, at, slopes, x_range, *, label="$f(x)$"):
    """Draw a convex function with a kink and the fan of lines that touch it there from below.

    Parameters
    ----------
    f : callable
        A convex function of one number.
    at : float
        Where the kink is.
    slopes : array_like, shape (k,)
        Slopes of the lines to draw; each must be a subgradient, between the left and the right derivative.
    x_range : tuple of float
        The part of the line to show.
    label : str, optional
        Name of the function in the legend.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = kink(abs, 0, [-0.5, 0.5], (-1, 1))
    >>> len(ax.lines)
    4
    """
    _, ax = plt.subplots(figsize=(6.4, 3.2))
    x = np.linspace(*x_range, 401)
    for k, slope in enumerate(slopes):
        line = f(at) + slope * (x - at)
        ax.plot(
            x,
            line,
            color=COLORS["derivative"],
            linewidth=1.3,
            label="lines that stay below" if k == 0 else None,
        )
    ax.plot(x, [f(a) for a in x], color=COLORS["output"], linewidth=3, label=label)
    ax.plot(at, f(at), "o", color="black", markersize=7, zorder=5)
    ax.set(xlabel="$x$")
    ax.legend(fontsize=10)
    return ax


def loss_curve(losses, *, window=1, chance=None, labels=("mini-batch", "running mean")):
    """Draw the loss of every training step, with a running mean over it.

    Parameters
    ----------
    losses : array_like, shape (k,)
        Loss of each step, positive; the vertical scale is logarithmic.
    window : int, optional
        Steps in the running mean, for example one epoch; 1 leaves the mean out.
    chance : float, optional
        Loss of a guess with equal probabilities, drawn as a horizontal line.
    labels : tuple of str, optional
        Legend entries of the loss and of its mean.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = loss_curve([2.0, 1.0, 0.5, 0.25], window=2)
    >>> ax.lines[1].get_ydata().tolist()
    [1.5, 0.75, 0.375]
    """
    losses = np.asarray(losses, dtype=float)
    step = np.arange(1, len(losses) + 1)
    _, ax = plt.subplots(figsize=(6.4, 3.4))
    ax.semilogy(step, losses, color=COLORS["output"], alpha=0.35, linewidth=1, label=labels[0])
    if window > 1:
        mean = np.convolve(losses, np.full(window, 1 / window), mode="valid")
        ax.semilogy(step[window - 1 :], mean, color=COLORS["output"], label=labels[1])
    if chance is not None:
        ax.axhline(chance, color=COLORS["neutral"], linestyle="--", linewidth=1.4, label="pure guessing")
    ax.set(xlabel="step", ylabel="loss")
    ax.legend(fontsize=10)
    return ax


def digit_grid(images, titles=None, *, columns=8, colors=None, limits=(0.0, 1.0)):
    """Show images of 8 × 8 pixels side by side, ink dark on white.

    Parameters
    ----------
    images : array_like, shape (k, 64)
        One image per row, 0 for no ink and 1 for full ink.
    titles : sequence of str, optional
        What is written above each image.
    columns : int, optional
        Images per row of the figure.
    colors : sequence, optional
        Colour of each title.
    limits : tuple of float, optional
        The values shown as white and as black.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> figure = digit_grid(np.zeros((3, 64)), ["a", "b", "c"], columns=2)
    >>> [ax.get_title() for ax in figure.axes]
    ['a', 'b', 'c', '']
    """
    images = np.asarray(images, dtype=float)
    rows = -(-len(images) // columns)
    height = 6.4 / columns + (0.45 if titles is not None else 0.05)
    figure, axes = plt.subplots(rows, columns, figsize=(6.4, rows * height), squeeze=False)
    for ax in axes.flat:
        ax.axis("off")
    for k, (ax, image) in enumerate(zip(axes.flat, images, strict=False)):
        ax.imshow(image.reshape(8, 8), cmap="gray_r", vmin=limits[0], vmax=limits[1])
        ax.axis("on")
        ax.grid(False)
        ax.set(xticks=[], yticks=[])
        ax.spines[["top", "right"]].set_visible(True)
        if titles is not None:
            ax.set_title(
                titles[k],
                fontsize=11,
                fontweight="normal",
                color=colors[k] if colors is not None else "black",
            )
    return figure
