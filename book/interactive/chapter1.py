"""The interactive figures of chapter 1."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np

from jaclib import grad, plotting

_X, _T = np.array([-1.0, 1.0, 3.0]), np.array([1.0, 4.0, 4.0])  # the chapter's three points


def _line_error(v):
    w, b = v
    return np.mean((w * _X + b - _T) ** 2)


def gradient_picture(start: dict) -> plt.Figure:
    """Draw the point, the gradient and the direction u on the contours of the line's error."""
    point, turn = np.array([start["x"], start["y"]]), np.radians(start["angle"])
    slope = grad(_line_error)(point)
    ax = plotting.gradient_on_contours(
        lambda w, b: _line_error((w, b)), point, slope, (-2, 3), (-1.2, 3.6), names=("$w$", "$b$"), scale=1 / 12
    )
    u = np.array([np.cos(turn), np.sin(turn)])
    arrow = {"arrowstyle": "-|>", "color": plotting.COLORS["input"], "lw": 2, "mutation_scale": 16, "shrinkA": 0}
    ax.annotate("", point + 1.1 * u, point, arrowprops=arrow)
    ax.plot([], [], color=plotting.COLORS["input"], label=f"direction $u$, slope along it {slope @ u:.2f}")
    ax.figure.legends[0].remove()
    ax.figure.legend(fontsize=10, ncols=2, loc="outside lower center")
    return ax.figure


def paths_picture(start: dict) -> plt.Figure:
    """Draw the graph of (x + y) x y with the values and the local derivatives at the start."""
    x, y = start["x"], start["y"]
    s, p = x + y, x * y
    by_x, by_y = grad(lambda v: (v[0] + v[1]) * v[0] * v[1])(np.array([x, y]))
    boxes = {
        "x": (0, 1, f"$x={x:g}$", rf"$\bar x={by_x:g}$"),
        "y": (0, 0, f"$y={y:g}$", rf"$\bar y={by_y:g}$"),
        "s": (1, 1, f"$s=x+y={s:g}$", rf"$\bar s={p:g}$"),
        "p": (1, 0, f"$p=xy={p:g}$", rf"$\bar p={s:g}$"),
        "f": (2, 0.5, f"$f=sp={s * p:g}$", r"$\bar f=1$"),
    }
    local = {("x", "s"): 1, ("y", "s"): 1, ("x", "p"): y, ("y", "p"): x, ("s", "f"): p, ("p", "f"): s}
    return plotting.value_graph(boxes, {arrow: f"{value:g}" for arrow, value in local.items()}).figure


ENTRIES = (
    {
        "id": "gradient",
        "title": "The gradient, and the slope in every direction",
        "section": "sec-1-steepest",
        "place": ("after", "the negative gradient points at the minimum"),
        "start": {"f": "line", "x": 0.0, "y": 0.0, "angle": 90.0},
        "tasks": (
            "Turn the blue direction $u$ once around. The thick green bar is the shadow of $\\nabla L$ on $u$; its "
            "length is the slope $\\nabla L \\cdot u$. For which $u$ is the slope largest? For which two is it 0, and "
            "how do they lie to the contour?",
            "Drag the point to the middle of the rings. What happens to the gradient there, and to the slope in every "
            "direction?",
            "Choose $2xy/(x^2 + y^2)$ and move the point to $(0, 0)$, then a little way off. Why does the figure "
            "refuse to draw an arrow at the origin, although both partial derivatives are 0 there?",
        ),
        "alt": (
            "Contour lines of the error of the line over weight w and bias b, with their centre at w = 0.75, b = "
            "2.25. At the origin a green arrow, the gradient (-10, -6), points away from the centre, at a right angle "
            "to the contour; a blue direction u points straight up, and the slope along it is -6."
        ),
        "room": (525, 835),
        "picture": gradient_picture,
    },
    {
        "id": "paths",
        "title": "All paths, and their sum",
        "section": "sec-1-graph",
        "place": ("before", "### One sweep back in place of all paths"),
        "start": {"graph": "two", "from": "x", "x": 2.0, "y": 3.0, "path": 0},
        "tasks": (
            "Point at each path from $x$. Which arrows does it use? Change $x$ and $y$: which numbers on the arrows "
            "stay as they are, and why?",
            "Find $x$ and $y$ where the two paths from $x$ cancel, so that $\\partial f/\\partial x = 0$ although no "
            "arrow on them is 0. Then look at what a small step does to $f$.",
            "Choose the graph with one layer more. How many paths lead from $x$ to $f$ now, and how many with yet "
            "another layer of two boxes?",
        ),
        "alt": (
            "Graph with the boxes x = 2, y = 3, s = x + y = 5, p = xy = 6 and f = sp = 30. The arrows carry the local "
            "derivatives: 1 from x and from y to s, 3 from x to p, 2 from y to p, 6 from s to f, 5 from p to f."
        ),
        "room": (645, 1110),
        "picture": paths_picture,
    },
)
