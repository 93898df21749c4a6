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


def arm_picture(start: dict) -> plt.Figure:
    """Draw the arm as it starts, and with the elbow ever straighter, down to the singular pose."""
    figure, axes = plt.subplots(1, 3, figsize=(6.4, 2.9), sharey=True)
    for ax, elbow in zip(axes, (start["t2"], 30, 0), strict=True):
        plotting.robot_arm([1.2, 0.8], np.radians([start["t1"], elbow]), ax)
        ax.set(xlim=(-0.9, 2.7), ylim=(-0.5, 2.5), title=f"$\\theta_2$ = {elbow:g}°, {ax.get_title()}", ylabel="")
        ax.title.set_fontsize(11)
    axes[0].set_ylabel("$y_2$")
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
    {
        "id": "arm",
        "title": "A robot arm, and the pose that loses a direction",
        "section": "sec-2-singular",
        "place": ("after", "The tip is the same and the determinant has changed its sign."),
        "start": {"t1": 30.0, "t2": 90.0},
        "tasks": (
            "Drag the tip straight outward until the arm is stretched, and pull on. Which direction has the tip lost, "
            "and what has become of the ellipse, of the columns of $J$, of $\\det J$? Can it still move straight "
            "inward at that instant?",
            "Type 90, 30, 10, 1 and 0.1 for $\\theta_2$. What do you multiply the motor speed for moving inward by to "
            "get the same number, nearly, each time? Turn the shoulder: which numbers do not change?",
            "Mirror the elbow: the tip stays, the sign of $\\det J$ changes. Now go from one pose to the other by "
            "hand, with the slider of $\\theta_2$. Is there a way around $\\det J = 0$?",
        ),
        "alt": (
            "Three poses of a robot arm with two links, the shoulder at 30 degrees, and at the tip the green ellipse "
            "of velocities. With the elbow at 90 degrees det J is 0.96 and the ellipse is round; at 30 degrees det J "
            "is 0.48 and it is thin; at 0 degrees, the stretched arm, det J is 0 and it is a line across the arm."
        ),
        "room": (780, 830),
        "picture": arm_picture,
    },
)
