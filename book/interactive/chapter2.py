"""The interactive figures of chapter 2."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np

from jaclib import jacrev, plotting


def _bend(x):
    return np.stack([x[0] + x[1] ** 2 / 2, x[1] + np.sin(x[0])])


def zoom_picture(start: dict) -> plt.Figure:
    """Draw the grid around the point at three zooms, as the chapter does."""
    point = np.array([start["x"], start["y"]])
    return plotting.zoom_into_grid(_bend, jacrev(_bend)(point), point)


def layouts_picture(start: dict) -> plt.Figure:
    """Draw the parallelogram of the columns in both layouts."""
    matrix = np.array([[start["j11"], start["j12"]], [start["j21"], start["j22"]]])
    figure, axes = plt.subplots(1, 2, figsize=(6.4, 3.6))
    titles = ("ours: rows are outputs", "the other: rows are inputs")
    green = plotting.COLORS["derivative"]
    for ax, shown, title in zip(axes, (matrix, matrix.T), titles, strict=True):
        first, second = shown.T
        ax.fill(*np.array([[0, 0], first, first + second, second]).T, color=green, alpha=0.22)
        for number, (tip, style) in enumerate(((first, "-"), (second, "--")), start=1):
            arrow = {"arrowstyle": "-|>", "color": green, "lw": 2.4, "ls": style, "mutation_scale": 18, "shrinkA": 0}
            ax.annotate("", tip, (0, 0), arrowprops={**arrow, "shrinkB": 0})
            ax.annotate(str(number), tip, textcoords="offset points", xytext=(6, 6), color=green, weight="bold")
        ax.annotate(f"{np.linalg.det(matrix):.2f}", (first + second) / 2, ha="center", va="center", weight="bold")
        ax.set(xlim=(-1.7, 1.7), ylim=(-0.9, 2.1), aspect="equal", title=title)
    return figure


ENTRIES = (
    {
        "id": "zoom",
        "title": "Zoom into the best linear map",
        "section": "sec-2-zoom",
        "place": ("after", "So questions about a complicated function turn into questions about a matrix"),
        "start": {"map": "bend", "x": 1.0, "y": -0.5, "zoom": 1.0},
        "tasks": (
            "Zoom in. From which zoom on can you no longer tell the orange grid, the true image, from the dashed "
            "green one? Compare zoom 10 with zoom 100: how much smaller is the largest miss, and how much smaller the "
            "miss per half side?",
            "Choose $(x_1^2 - x_2^2,\\ 2x_1x_2)$ and drag $a$ to the origin. What has become of the green grid? Is it "
            "still the best linear map?",
            "Choose the map with a kink and put $a$ on it, at $a_1 = 0$. Does zooming help? And at $a_1 = 0.05$?",
        ),
        "alt": (
            "A square blue grid around the point (1, -0.5), and its image three times: as it is, 4 times and 16 times "
            "enlarged. The curved orange image comes ever closer to the straight dashed green grid of the linear map."
        ),
        "room": (645, 1115),
        "picture": zoom_picture,
    },
    {
        "id": "layouts",
        "title": "One matrix, two layouts",
        "section": "sec-2-layouts",
        "place": ("before", "### A matrix that is not symmetric"),
        "start": {"j11": 1.0, "j12": -0.5, "j21": 0.5403, "j22": 1.0},
        "tasks": (
            "Drag the tips of the columns on the left. Which two numbers of the matrix belong to each arrow? Where do "
            "you find the same two numbers in the other layout?",
            "Drag the two columns onto one line. What does the signed area say, on the left and on the right? And "
            "when you move one column past the other?",
            "Make the two parallelograms alike without making the matrix a multiple of the identity. What do all such "
            "matrices have in common?",
        ),
        "alt": (
            "Two parallelograms of the same area 1.27. On the left its sides are the columns of J, (1, 0.54) and "
            "(-0.5, 1); on the right the columns of the transposed matrix, (1, -0.5) and (0.54, 1)."
        ),
        "room": (680, 1180),
        "picture": layouts_picture,
    },
)
