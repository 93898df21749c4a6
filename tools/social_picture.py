"""Draw the picture that messages and social networks show beside a link to the course."""

from __future__ import annotations

from pathlib import Path

import numpy as np

FILE = "social.png"
SIZE = (1200, 630)  # px, the shape that all of them show whole
ALT = "A square grid, bent by a map; a green parallelogram, spanned by the columns of the Jacobian, fits it at a point."
_DOTS = 100  # px in an inch of the figure


def bend(x):
    """Return a point, or an array (2, ...) of them, as a smooth map bends the plane."""
    return np.stack([x[0] + 0.16 * np.sin(1.7 * x[1]), x[1] + 0.2 * np.sin(1.5 * x[0]) + 0.06 * x[0] * x[1]])


def draw(path: Path, title: str) -> None:
    """Write the picture, with the title of the course."""
    from matplotlib.figure import Figure

    from jaclib import jacrev
    from jaclib.plotting import COLORS, use_style

    use_style()
    fig = Figure(figsize=(SIZE[0] / _DOTS, SIZE[1] / _DOTS), dpi=_DOTS, facecolor="white", layout="none")
    name, _, what = title.partition(":")
    fig.text(0.055, 0.66, name, fontsize=44, weight="bold", va="center")
    fig.text(0.057, 0.53, what.strip() or "An executable course", fontsize=21, va="center")
    fig.text(0.057, 0.17, "Read, run and answer, all in the page.", fontsize=17, color="#555555", va="center")
    ax = fig.add_axes((0.5, 0.0, 0.5, 1.0))
    ax.set_axis_off()
    ax.set_aspect("equal")
    along = np.linspace(-2, 2, 101)
    for level in np.linspace(-2, 2, 17):
        for line in (np.stack([along, np.full(101, level)]), np.stack([np.full(101, level), along])):
            ax.plot(*bend(line), color=COLORS["output"], linewidth=1.1, alpha=0.75)
    point, side = np.array([-0.25, -0.25]), 1.0
    columns = side * jacrev(bend)(point)
    corner = bend(point)
    around = np.stack([corner, corner + columns[:, 0], corner + columns.sum(axis=1), corner + columns[:, 1]])
    ax.fill(*around.T, facecolor=COLORS["derivative"], edgecolor=COLORS["derivative"], alpha=0.25, linewidth=0)
    for column in columns.T:
        ax.annotate(
            "", corner + column, corner, arrowprops={"arrowstyle": "-|>", "color": COLORS["derivative"], "linewidth": 4}
        )
    ax.plot(*corner, "o", color="black", markersize=9)
    fig.savefig(path, dpi=_DOTS, metadata={"Software": None})
