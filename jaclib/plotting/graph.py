"""Draw a computational graph: layers from left to right, values above and gradients below each node."""

from __future__ import annotations

import numpy as np

from jaclib.plotting.style import COLORS

__all__ = ["draw_graph"]

_SYMBOLS = {
    "add": "+",
    "subtract": "−",
    "multiply": "×",
    "divide": "÷",
    "negative": "−( )",
    "square": "( )²",
    "power": "( )ⁿ",
    "matmul": "@",
    "sqrt": "√",
    "absolute": "| |",
}
_RADIUS = 0.36


def _layers(graph):
    """Return the layer of every node: inputs 0, a result one more than the latest of its arguments."""
    layer = {node.name: 0 for node in graph.inputs}
    for step in graph.steps():
        parents = [a for a, b in graph.edges() if b == step.output]
        layer[step.output] = 1 + max(layer[a] for a in parents)
    # An input that is used late is drawn just before its first use: shorter arrows, fewer crossings.
    for node in graph.inputs:
        uses = [layer[b] for a, b in graph.edges() if a == node.name]
        layer[node.name] = min(uses) - 1 if uses else 0
    return layer


def _positions(graph):
    """Return ``{name: (x, y)}``: layers from left to right, each ordered to keep arrows short (barycentre rule)."""
    layer = _layers(graph)
    members = {}
    for name, k in layer.items():
        members.setdefault(k, []).append(name)
    neighbours = {name: [] for name in layer}
    for a, b in graph.edges():
        neighbours[a].append(b)
        neighbours[b].append(a)
    height = {name: float(i) for names in members.values() for i, name in enumerate(names)}
    for sweep in range(8):
        for k in sorted(members, reverse=sweep % 2 == 1):
            members[k].sort(key=lambda n: np.mean([height[m] for m in neighbours[n]] or [height[n]]))
            centre = (len(members[k]) - 1) / 2
            for i, name in enumerate(members[k]):
                height[name] = i - centre
    return {name: (1.75 * layer[name], -1.45 * height[name]) for name in layer}


def _label(x):
    x = np.asarray(x)
    if x.ndim == 0:
        return f"{float(x):.3g}"
    if x.ndim == 1 and x.size <= 3:
        return "(" + ", ".join(f"{v:.2g}" for v in x) + ")"
    return "×".join(map(str, x.shape))


def draw_graph(graph, ax=None):
    """Draw a `jaclib.backprop.graph.Graph`.

    Parameters
    ----------
    graph : Graph
        From `jaclib.trace`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of fitting size by default.

    Returns
    -------
    matplotlib.axes.Axes
        Blue nodes are inputs, the orange one is the output. Above a node stands its value, below it, in green, the
        derivative of the output by it (for a larger array the shape).

    Examples
    --------
    >>> from jaclib import trace
    >>> ax = draw_graph(trace(lambda w, x: (w * x) ** 2, 3.0, 2.0))
    >>> sorted(text.get_text() for text in ax.texts if text.get_text() in ("w", "x"))
    ['w', 'x']
    """
    import matplotlib.pyplot as plt
    from matplotlib.patches import Circle

    positions = _positions(graph)
    xs, ys = zip(*positions.values(), strict=True)
    width, height = max(xs) - min(xs) + 1.6, max(ys) - min(ys) + 2.0
    if ax is None:
        scale = min(1.0, 9.0 / width)
        _, ax = plt.subplots(figsize=(width * scale, height * scale))
    nodes = {node.name: (node.name, node.value, node.gradient, COLORS["input"]) for node in graph.inputs}
    for step in graph.steps():
        colour = COLORS["output"] if step.output == graph.output.name else COLORS["neutral"]
        nodes[step.output] = (_SYMBOLS.get(step.operation, step.operation), step.value, step.upstream, colour)
    for a, b in dict.fromkeys(graph.edges()):
        _arrow(ax, positions[a], positions[b], double=graph.edges().count((a, b)) > 1)
    for name, (symbol, value, gradient, colour) in nodes.items():
        x, y = positions[name]
        ax.add_patch(Circle((x, y), _RADIUS, facecolor="white", edgecolor=colour, linewidth=2, zorder=3))
        size = 12 if len(symbol) <= 3 else max(6.0, 30 / len(symbol))
        ax.text(x, y, symbol, ha="center", va="center", fontsize=size, color=colour, zorder=4)
        ax.text(x, y + _RADIUS + 0.06, _label(value), ha="center", va="bottom", fontsize=10, color="#2B2F36", zorder=4)
        if gradient is not None:
            ax.text(
                x,
                y - _RADIUS - 0.06,
                _label(gradient),
                ha="center",
                va="top",
                fontsize=10,
                color=COLORS["derivative"],
                zorder=4,
            )
    ax.set_xlim(min(xs) - 0.8, max(xs) + 0.8)
    ax.set_ylim(min(ys) - 1.0, max(ys) + 1.0)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return ax


def _arrow(ax, start, end, double):
    (x0, y0), (x1, y1) = start, end
    length = float(np.hypot(x1 - x0, y1 - y0))
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    # An arrow that passes other layers bends, so that it does not run through their nodes.
    bend = 0.0 if x1 - x0 < 2 else 0.22
    ax.annotate(
        "",
        xy=(x1 - dx * (_RADIUS + 0.04), y1 - dy * (_RADIUS + 0.04)),
        xytext=(x0 + dx * (_RADIUS + 0.02), y0 + dy * (_RADIUS + 0.02)),
        arrowprops={
            "arrowstyle": "-|>",
            "color": COLORS["neutral"],
            "linewidth": 2.6 if double else 1.3,
            "connectionstyle": f"arc3,rad={bend}",
        },
        zorder=2,
    )
