"""What the figures of plane maps share: checks of a map and of a rectangle, and two panels of equal scale."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np

from jaclib._validate import real_array, require_callable
from jaclib.plotting.style import COLORS

BLUE, ORANGE, GREEN, GREY, ACCENT = (COLORS[role] for role in ("input", "output", "derivative", "neutral", "accent"))


def shaped(where: str, name: str, value, *shape: int) -> np.ndarray:
    """Return `value` as a float array of the given shape."""
    array = real_array(where, name, value)
    if array.shape != shape:
        raise ValueError(f"{where}: {name} has shape {array.shape}, expected {shape}.")
    return array


def image(where: str, f, points: np.ndarray) -> np.ndarray:
    """Apply `f` to many points of the plane at once, and check that it kept the axes apart."""
    require_callable(where, f)
    values = np.asarray(f(points), dtype=float)
    if values.shape != points.shape:
        raise ValueError(
            f"{where}: f turned an array of shape {points.shape} into shape {values.shape}, "
            "expected the same. Write f with p[0], p[1] and np.stack([...]): it gets all points at once."
        )
    return values


def rectangle(where: str, corner, size) -> tuple[np.ndarray, np.ndarray]:
    """Validate a rectangle given by its lower left corner and its two positive sides."""
    corner, size = shaped(where, "corner", corner, 2), shaped(where, "size", size, 2)
    if not (size > 0).all():
        raise ValueError(f"{where}: size is {size.tolist()}, expected two positive sides. Move the corner instead.")
    return corner, size


def sides(corner: np.ndarray, size: np.ndarray, points: int) -> list[np.ndarray]:
    """Return the four edges of a rectangle, counterclockwise from the bottom, each of shape (2, points)."""
    unit = np.array([[0, 1, 1, 0, 0], [0, 0, 1, 1, 0]])
    stops = corner[:, None] + size[:, None] * unit
    return [np.linspace(stops[:, k], stops[:, k + 1], points, axis=1) for k in range(4)]


def two_panels(titles, labels, height=3.6):
    """Return a figure with a source panel and an image panel of equal scale in both directions."""
    fig, axes = plt.subplots(1, 2, figsize=(6.4, height))
    for ax, title, (xlabel, ylabel) in zip(axes, titles, labels, strict=True):
        ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
        ax.set_aspect("equal", adjustable="datalim")
        ax.grid(False)
        ax.locator_params(nbins=4)
    return fig, axes


UV_TO_XY = (("$u$", "$v$"), ("$x$", "$y$"))
