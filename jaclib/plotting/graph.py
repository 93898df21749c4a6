"""Draw a computational graph in layers: every operation stands after all that it depends on.

The layout is Sugiyama's (Sugiyama, Tagawa and Toda, 1981): layers by the longest path, an order within the layers
that keeps arrows short, and a way for every long arrow around the nodes of the layers that it passes. A shallow
graph runs from left to right, a deep one from top to bottom, so that it stays readable on a page and on a phone.
"""

from __future__ import annotations

import itertools

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
    "power": "^",
    "matmul": "@",
    "sqrt": "√",
    "absolute": "| |",
    "index": "[ ]",
}
_INFIX = {"+", "−", "×", "÷", "@", "^"}
_DEEPEST_ACROSS = 7  # more layers than this run from top to bottom
_INCH = 0.62  # inches to one unit of the drawing
_RADIUS = 0.36
# Units between layers, and room for a node and for a passing arrow within a layer.
_SPACING = {"across": (1.7, 1.45, 0.55), "down": (1.15, 2.1, 0.5)}


def _layers(graph):
    """Return the layer of every node: a result comes one after the latest of its arguments."""
    layer = {node.name: 0 for node in graph.inputs}
    for step in graph.steps():
        layer[step.output] = 1 + max(layer[a] for a, b in graph.edges() if b == step.output)
    # An input that is used late is drawn just before its first use: shorter arrows, fewer crossings.
    for node in graph.inputs:
        uses = [layer[b] for a, b in graph.edges() if a == node.name]
        layer[node.name] = min(uses) - 1 if uses else 0
    return layer


def _routes(graph, layer):
    """Return for every arrow the nodes on its way: a stop in each layer that it passes."""
    routes = {}
    for a, b in dict.fromkeys(graph.edges()):
        stops = [(a, b, k) for k in range(layer[a] + 1, layer[b])]
        routes[a, b] = [a, *stops, b]
    return routes


def _positions(graph, layer, routes, node_room, pass_room):
    """Return the place of every node and stop within its layer."""
    members = {}
    for name, k in layer.items():
        members.setdefault(k, []).append(name)
    neighbours = {name: [] for name in layer}
    for route in routes.values():
        for stop in route[1:-1]:
            members[stop[2]].append(stop)
            neighbours[stop] = []
        for before, after in itertools.pairwise(route):
            neighbours[before].append(after)
            neighbours[after].append(before)
    room = {n: node_room if n in layer else pass_room for names in members.values() for n in names}
    place = {n: float(i) for names in members.values() for i, n in enumerate(names)}
    for sweep in range(120):
        for k in sorted(members, reverse=sweep % 2 == 1):
            wanted = {n: float(np.mean([place[m] for m in neighbours[n]] or [place[n]])) for n in members[k]}
            if sweep < 16:  # the order settles first, then places are refined
                members[k].sort(key=wanted.get)
            _spread(members[k], wanted, room, place, [len(neighbours[n]) or 1 for n in members[k]])
    return place


def _spread(names, wanted, room, place, pulls):
    """Place the nodes of one layer near where they want to be, in order and with room between them.

    The layer as a whole goes where the arrows, pulling like springs, hold it in balance.
    """
    spots = []
    for i, name in enumerate(names):
        least = spots[-1] + (room[names[i - 1]] + room[name]) / 2 if i else -np.inf
        spots.append(max(wanted[name], least))
    shift = np.average([wanted[n] - s for n, s in zip(names, spots, strict=True)], weights=pulls)
    for name, spot in zip(names, spots, strict=True):
        place[name] = spot + shift


def _symbol(step, names):
    """Return what stands in a node: the operation, with the constants among its arguments, as in ``1 ÷``."""
    symbol = _SYMBOLS.get(step.operation, step.operation)
    if len(step.inputs) == 2 and symbol in _INFIX:
        left, right = ("" if a in names else a for a in step.inputs)
        return f"{left} {symbol} {right}".strip()
    return symbol


def _label(x):
    x = np.asarray(x)
    if x.ndim == 0:
        return f"{float(x):.3g}".replace("-", "−")
    if x.ndim == 1 and x.size <= 3:
        return "(" + ", ".join(f"{v:.2g}" for v in x).replace("-", "−") + ")"
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
        Blue nodes are inputs, the orange one is the output; a thick arrow stands for a value used twice by one
        operation. At each node stands its value, and in green the derivative of the output by it (for a larger array
        the shape).

    Examples
    --------
    >>> from jaclib import trace
    >>> ax = draw_graph(trace(lambda w, x: (w * x) ** 2, 3.0, 2.0))
    >>> sorted(text.get_text() for text in ax.texts if text.get_text() in ("w", "x"))
    ['w', 'x']
    """
    import matplotlib.pyplot as plt

    layer = _layers(graph)
    routes = _routes(graph, layer)
    depth = max(layer.values())
    way = "across" if depth <= _DEEPEST_ACROSS else "down"
    step_length, node_room, pass_room = _SPACING[way]
    place = _positions(graph, layer, routes, node_room, pass_room)

    def point(name):
        along = step_length * (layer[name] if name in layer else name[2])
        return (along, -place[name]) if way == "across" else (place[name], -along)

    points = {name: point(name) for route in routes.values() for name in route}
    points |= {name: point(name) for name in layer}
    xs, ys = zip(*points.values(), strict=True)
    left, right, bottom, top = min(xs) - 0.8, max(xs) + (0.8 if way == "across" else 1.5), min(ys) - 0.9, max(ys) + 0.9
    if ax is None:
        scale = min(_INCH, 6.4 / (right - left)) if way == "across" else _INCH
        _, ax = plt.subplots(figsize=((right - left) * scale, (top - bottom) * scale))
    symbols = {step.output: _symbol(step, layer) for step in graph.steps()}
    for (a, b), route in routes.items():
        rim = _half_width(symbols[b]) if way == "across" else _RADIUS
        _arrow(ax, [points[name] for name in route], way, rim, double=graph.edges().count((a, b)) > 1)
    for node in graph.inputs:
        _node(ax, points[node.name], node.name, node.value, node.gradient, COLORS["input"], way)
    for step in graph.steps():
        colour = COLORS["output"] if step.output == graph.output.name else COLORS["neutral"]
        _node(ax, points[step.output], symbols[step.output], step.value, step.upstream, colour, way)
    ax.set_xlim(left, right)
    ax.set_ylim(bottom, top)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return ax


def _half_width(symbol):
    return max(_RADIUS, 0.09 * len(symbol) + 0.14)


def _node(ax, point, symbol, value, gradient, colour, way):
    from matplotlib.patches import FancyBboxPatch

    x, y = point
    half = _half_width(symbol)
    outline = FancyBboxPatch(
        (x - half + _RADIUS, y),
        2 * (half - _RADIUS),
        0,
        boxstyle=f"round,pad={_RADIUS}",
        facecolor="white",
        edgecolor=colour,
        linewidth=2,
        zorder=3,
    )
    outline.set_gid("node")
    ax.add_patch(outline)
    ax.text(x, y, symbol, ha="center", va="center_baseline", fontsize=11, color=colour, zorder=4)
    near = (
        [(x, y + _RADIUS + 0.05, "center", "bottom"), (x, y - _RADIUS - 0.05, "center", "top")]
        if way == "across"
        else [(x + half + 0.1, y + 0.02, "left", "bottom"), (x + half + 0.1, y - 0.04, "left", "top")]
    )
    texts = [(_label(value), "#2B2F36")]
    if gradient is not None:
        texts.append((_label(gradient), COLORS["derivative"]))
    for (tx, ty, ha, va), (text, text_colour) in zip(near, texts, strict=False):
        # On white, so that an arrow that passes below does not run through the digits.
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85}
        ax.text(tx, ty, text, ha=ha, va=va, fontsize=10, color=text_colour, zorder=4, bbox=box)


def _arrow(ax, points, way, rim, double):
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    along = np.array([1.0, 0.0]) if way == "across" else np.array([0.0, -1.0])
    points = [np.array(p) for p in points]
    vertices, codes = [points[0]], [Path.MOVETO]
    for start, end in itertools.pairwise(points):
        bend = along * abs((end - start) @ along) / 2  # leaves and enters each layer in the direction of flow
        vertices += [start + bend, end - bend, end]
        codes += [Path.CURVE4] * 3
    # End at the rim of the last node, coming from the last control point.
    approach = vertices[-1] - vertices[-2]
    vertices[-1] = vertices[-1] - approach / np.linalg.norm(approach) * (rim + 0.06)
    ax.add_patch(
        FancyArrowPatch(
            path=Path(vertices, codes),
            arrowstyle="-|>",
            mutation_scale=12,
            color=COLORS["neutral"],
            linewidth=2.6 if double else 1.2,
            zorder=2,
        )
    )
