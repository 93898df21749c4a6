"""The three figures of the book's page "How fast is it?"."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from benchmarks.libraries import BY_HAND, JACLIB
from benchmarks.report import FOLDER, figures_of
from benchmarks.tasks import FORWARD
from jaclib.plotting import COLORS, use_style

__all__ = ["draw_all"]

# jaclib stands out in green, the colour of derivatives; the others differ by their markers and are named in place.
MARKERS = {BY_HAND: "", "autograd": "s", "PyTorch": "^", "JAX": "v", "JAX, jitted": "D", "JAX, jitted, lax.scan": "P"}


def draw_all(results: dict) -> None:
    """Write the figures as SVG, the same bytes for the same results."""
    use_style()
    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "jaclib"
    for name, draw in {"size": _size, "shape": _shape, "depth": _depth}.items():
        figure = draw(results[name])
        figure.savefig(FOLDER / f"{name}.svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)


def _style(name):
    if name == JACLIB:
        return {"color": COLORS["derivative"], "marker": "o", "zorder": 3}
    line = "--" if name == BY_HAND else "-"
    return {"color": COLORS["neutral"], "marker": MARKERS[name], "lw": 1.3, "ls": line, "markersize": 5}


def _name_lines(ax, ends: dict[str, tuple[float, float]]) -> None:
    """Write each line's name to the right of its end; names of lines that end at the same place are kept apart."""
    low, high = np.log10(ax.get_ylim())
    gap = (high - low) * 0.065
    heights = {}
    for name, (x, y) in sorted(ends.items(), key=lambda item: item[1][1]):
        height = heights[x] = max(np.log10(y), heights.get(x, -np.inf) + gap)
        ax.annotate(
            name,
            (x, 10**height),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            fontsize=11,
            color=_style(name)["color"],
            fontweight="semibold" if name == JACLIB else "normal",
            annotation_clip=False,
        )


def _size(size):
    figure, ax = plt.subplots(figsize=(6.4, 4.0))
    forward = np.array(size["times"][FORWARD])
    ends = {}
    for name, times in size["times"].items():
        if name != FORWARD:
            ratios = np.array(times) / forward
            ax.loglog(size["inputs"], ratios, **_style(name))
            ends[name] = size["inputs"][-1], ratios[-1]
    ax.axhline(1, color=COLORS["output"], lw=1.3)
    ax.annotate("one call of f", (size["inputs"][0], 1), xytext=(0, -5), textcoords="offset points", va="top",
                fontsize=11, color=COLORS["output"])  # fmt: skip
    ax.set(xlabel="number of inputs n", ylabel="gradient ÷ call of f")
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    _name_lines(ax, ends)
    return figure


def _shape(shape):
    figure, ax = plt.subplots(figsize=(6.0, 4.6))
    ratios = np.array(shape["times"]["forward"]) / np.array(shape["times"]["reverse"])
    colours = LinearSegmentedColormap.from_list("modes", [COLORS["input"], "white", COLORS["output"]])
    ax.imshow(np.log2(ratios), cmap=colours, vmin=-5, vmax=5, origin="lower")
    for (i, j), value in np.ndenumerate(ratios):
        dark = abs(np.log2(value)) > 4
        ax.text(j, i, figures_of(value), ha="center", va="center", color="white" if dark else "#2B2F36", fontsize=12)
    ticks = range(len(shape["sides"]))
    ax.set(xticks=ticks, yticks=ticks, xticklabels=shape["sides"], yticklabels=shape["sides"])
    ax.set(xlabel="number of inputs n", ylabel="number of outputs m", title="time of forward ÷ time of reverse mode")
    ax.grid(False)
    for k in ticks:
        ax.add_patch(Rectangle((k - 0.5, k - 0.5), 1, 1, fill=False, edgecolor=COLORS["neutral"], lw=1.5))
    return figure


def _depth(depth):
    figure, ax = plt.subplots(figsize=(6.4, 4.0))
    ends = {}
    for name, outcome in depth["libraries"].items():
        points = outcome["points"]
        if points:
            depths = [point["depth"] for point in points]
            firsts = [point["first"] for point in points]
            ax.loglog(depths, firsts, **_style(name))
            ends[name] = depths[-1], firsts[-1]
    ax.set(xlabel="operations in the chain", ylabel="seconds to the first gradient")
    _name_lines(ax, ends)
    return figure
