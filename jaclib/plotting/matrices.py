"""Figures of Jacobians as matrices: the shapes in a chain, the zeros of a batch, a row per class as an image.

Each function takes the numbers that it shows and returns the axes or the figure.
"""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from jaclib._validate import real_array
from jaclib.plotting.style import COLORS

__all__ = ["chain_of_shapes", "jacobian_sparsity", "saliency_images"]

_BLUE, _ORANGE, _GREEN, _GREY = (COLORS[role] for role in ("input", "output", "derivative", "neutral"))

# Zero is white; blue and orange stay apart for every common kind of colour vision.
_DIVERGING = LinearSegmentedColormap.from_list("jaclib", ["#023E63", _BLUE, "#FFFFFF", _ORANGE, "#7A3500"])


def chain_of_shapes(sizes, ax=None):
    """Draw a chain of layers with the size of each vector, and below it the product of their Jacobians.

    The rectangles are to scale: as many units high and wide as the matrix has rows and columns.

    Parameters
    ----------
    sizes : sequence of int, at least two
        Length of the input, of each intermediate vector, and of the output.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there are fewer than two sizes or one is not a positive whole number.

    Examples
    --------
    >>> ax = chain_of_shapes([6, 4, 3])
    >>> [text.get_text() for text in ax.texts if "×" in text.get_text()]
    ['3 × 6', '3 × 4', '4 × 6']
    >>> plt.close(ax.figure)
    """
    sizes = [int(size) if size == int(size) else size for size in sizes]
    if len(sizes) < 2 or any(not isinstance(size, int) or size < 1 for size in sizes):
        raise ValueError(f"chain_of_shapes: sizes are {sizes}, expected at least two positive whole numbers.")
    count = len(sizes) - 1
    # Left to right as the product is written: the whole, then the last layer first.
    factors = [(sizes[-1], sizes[0], "$J$")]
    factors += [(sizes[k], sizes[k - 1], f"$J_{k}$") for k in range(count, 0, -1)]
    gap = 0.09
    total = sum(columns for _, columns, _ in factors)
    unit = min((1.15 - gap * count) / total, 0.5 / max(rows for rows, _, _ in factors))
    tallest = unit * max(rows for rows, _, _ in factors)
    top = tallest / 2 + 0.27

    if ax is None:
        ax = plt.figure(figsize=(6.4, 6.4 / 1.25 * (tallest + 0.5))).add_subplot()
    centred = {"ha": "center", "va": "center"}
    colors = [_BLUE, *[_GREY] * (count - 1), _ORANGE]
    names = ["x", *[f"h_{k}" for k in range(1, count)], "y"]
    for k, (size, color, name) in enumerate(zip(sizes, colors, names, strict=True)):
        at = k / count
        ax.text(at, top, rf"$\mathbf{{{name}}}$", color=color, fontsize=17, **centred)
        ax.text(at, top - 0.075, f"{size} number{'s' * (size > 1)}", color=color, fontsize=11, **centred)
        if k:
            arrow = {"arrowstyle": "-|>", "color": _GREY, "lw": 1.6}
            ax.annotate("", xy=(at - 0.2 / count, top), xytext=(at - 0.8 / count, top), arrowprops=arrow)
            ax.text(at - 0.5 / count, top + 0.05, f"$f_{k}$", color=_GREY, fontsize=14, **centred)

    left = 0.5 - (unit * total + gap * count) / 2
    for k, (rows, columns, name) in enumerate(factors):
        width, height = unit * columns, unit * rows
        ax.add_patch(Rectangle((left, -height / 2), width, height, fc=_GREEN, alpha=0.3, ec=_GREEN, lw=1.6))
        at = left + width / 2
        ax.text(at, height / 2 + 0.04, name, color=_GREEN, fontsize=14, **centred)
        ax.text(at, -height / 2 - 0.04, f"{rows} × {columns}", fontsize=11, **centred)
        left += width + gap
        if k < count:
            ax.text(left - gap / 2, 0, "=" if k == 0 else "·", fontsize=16, **centred)
    ax.set(xlim=(-0.12, 1.12), ylim=(-tallest / 2 - 0.08, top + 0.09))
    ax.set_aspect("equal")
    ax.set_axis_off()
    return ax


def jacobian_sparsity(jacobian, ax=None):
    """Draw which entries of a batch Jacobian are not zero, with a line between the examples.

    Parameters
    ----------
    jacobian : array_like, shape (B, m, B, n)
        The full Jacobian of a batched function: output example and entry first, input example and entry last.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        The title gives the share of entries that are not zero.

    Raises
    ------
    ValueError
        If the array has not four axes, or the two batch axes differ in length.

    Examples
    --------
    >>> J = np.einsum("bc,mn->bmcn", np.eye(3), np.ones((2, 4)))
    >>> ax = jacobian_sparsity(J)
    >>> ax.get_title()
    '33 % not zero'
    >>> plt.close(ax.figure)
    """
    jacobian = real_array("jacobian_sparsity", "jacobian", jacobian)
    if jacobian.ndim != 4 or jacobian.shape[0] != jacobian.shape[2]:
        raise ValueError(
            f"jacobian_sparsity: jacobian has shape {jacobian.shape}, expected (B, m, B, n), B twice. "
            "Pass the result of jacrev on a batch as it is, without reshaping."
        )
    batch, m, _, n = jacobian.shape
    filled = jacobian.reshape(batch * m, batch * n) != 0
    ax = ax or plt.figure(figsize=(4.5, 4.5)).add_subplot()
    shades = LinearSegmentedColormap.from_list("filled", ["#FFFFFF", _GREEN])
    ax.imshow(filled, cmap=shades, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    for k in range(1, batch):
        ax.axhline(k * m - 0.5, color=_GREY, lw=1)
        ax.axvline(k * n - 0.5, color=_GREY, lw=1)
    ax.set_xticks(n * np.arange(batch) + (n - 1) / 2, [str(k) for k in range(1, batch + 1)])
    ax.set_yticks(m * np.arange(batch) + (m - 1) / 2, [str(k) for k in range(1, batch + 1)])
    ax.tick_params(length=0)
    ax.grid(False)
    for side in ("top", "right"):
        ax.spines[side].set_visible(True)
    ax.set(xlabel="input of example", ylabel="output of example", title=f"{100 * filled.mean():.0f} % not zero")
    return ax


def saliency_images(jacobian, image=None, titles=None, columns=4):
    """Show each row of a Jacobian as an image, all on one colour scale that has white at zero.

    Parameters
    ----------
    jacobian : array_like, shape (m, n)
        Row c holds the derivatives of output c by the n pixels; n must be a square number.
    image : array_like, shape (n,), optional
        The input at which the Jacobian was taken, shown first in grey.
    titles : sequence of str, length m, optional
        One title per row; the row's number by default.
    columns : int, optional
        Number of images side by side.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the shapes do not fit together, or n is not a square number.

    References
    ----------
    K. Simonyan, A. Vedaldi and A. Zisserman (2014), "Deep Inside Convolutional Networks", section 3.

    Examples
    --------
    >>> fig = saliency_images(np.eye(3, 4), titles=["a", "b", "c"])
    >>> [ax.get_title() for ax in fig.axes[:3]]
    ['a', 'b', 'c']
    >>> plt.close(fig)
    """
    where = "saliency_images"
    jacobian = real_array(where, "jacobian", jacobian)
    side = round(jacobian.shape[-1] ** 0.5) if jacobian.ndim == 2 else 0
    if jacobian.ndim != 2 or side**2 != jacobian.shape[1]:
        raise ValueError(
            f"{where}: jacobian has shape {jacobian.shape}, expected (m, n) with a square number n of pixels."
        )
    titles = [str(c) for c in range(len(jacobian))] if titles is None else list(titles)
    if len(titles) != len(jacobian):
        raise ValueError(f"{where}: got {len(titles)} titles, expected {len(jacobian)}, one per row of the Jacobian.")
    first = [] if image is None else [real_array(where, "image", image)]
    if first and first[0].shape != jacobian.shape[1:]:
        raise ValueError(f"{where}: image has shape {first[0].shape}, expected {jacobian.shape[1:]}.")
    limit = np.abs(jacobian).max() or 1.0
    rows = -(-(len(jacobian) + len(first)) // columns)
    fig, axes = plt.subplots(rows, columns, figsize=(6.4, 1.85 * rows + 0.7), squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    scale = {"cmap": _DIVERGING, "vmin": -limit, "vmax": limit}
    pictures = [(picture, "the image", {"cmap": "gray_r"}) for picture in first]
    pictures += [(row, title, scale) for row, title in zip(jacobian, titles, strict=True)]
    for (picture, title, look), ax in zip(pictures, axes.flat, strict=False):
        shown = ax.imshow(picture.reshape(side, side), interpolation="nearest", **look)
        ax.add_patch(Rectangle((-0.5, -0.5), side, side, fill=False, ec=_GREY, lw=0.8))
        ax.set_title(title)
    bar = fig.colorbar(shown, ax=axes, orientation="horizontal", aspect=40, shrink=0.9, pad=0.02)
    bar.set_label("change of the output per unit of ink")
    return fig
