"""The computational graph of one call: every operation, its value, its local Jacobian, and the gradient that passes."""

from __future__ import annotations

import html
import inspect
from dataclasses import dataclass

import numpy as np

from jaclib._validate import require_callable
from jaclib.backprop.containers import flatten
from jaclib.backprop.gradients import Recording
from jaclib.backprop.tracing import Traced

__all__ = ["Graph", "Node", "Step", "trace"]


@dataclass(frozen=True)
class Node:
    """A value in the graph.

    Attributes
    ----------
    name : str
        The argument's own name for an input, ``v1``, ``v2``, ... for results, a number for a constant.
    value : numpy.ndarray or numpy.floating
        The value.
    gradient : numpy.ndarray, numpy.floating or None
        The derivative of the output by this value, of the value's shape; None without a scalar output.
    """

    name: str
    value: object
    gradient: object = None


@dataclass(frozen=True)
class Step:
    """One operation of the graph.

    Attributes
    ----------
    operation : str
        Name of the operation, such as ``multiply``.
    inputs : tuple of str
        Names of its arguments; constants by their value or shape.
    output : str
        Name of its result.
    value : numpy.ndarray or numpy.floating
        The result, computed forward.
    local_shapes : dict
        Name of a differentiated argument -> shape of the local Jacobian, ``out_shape + in_shape``.
    upstream : numpy.ndarray, numpy.floating or None
        The gradient that arrives: the derivative of the output by this result.
    products : dict
        Name of a differentiated argument -> upstream times the local Jacobian, the step's share in that argument's
        gradient.
    """

    operation: str
    inputs: tuple
    output: str
    value: object
    local_shapes: dict
    upstream: object
    products: dict

    def __str__(self):
        text = f"{self.output} = {self.operation}({', '.join(self.inputs)}) = {_short(self.value)}"
        if self.upstream is None:
            return text
        shares = ", ".join(f"to {name}: {_short(p)}" for name, p in self.products.items())
        return f"{text}   upstream {_short(self.upstream)}   {shares}"


class Graph:
    """The computational graph of one call; made by `trace`.

    Attributes
    ----------
    inputs : list of Node
        The arguments.
    output : Node
        The result.
    """

    def __init__(self, inputs, steps, output, edges):
        self.inputs = inputs
        self.output = output
        self._steps = steps
        self._edges = edges

    def steps(self):
        r"""Return the operations in the order in which they ran, as a list of `Step`.

        Examples
        --------
        >>> graph = trace(lambda w, x: (w * x) ** 2, 3.0, 2.0)
        >>> print(*graph.steps(), sep="\n")
        v1 = multiply(w, x) = 6   upstream 12   to w: 24, to x: 36
        v2 = square(v1) = 36   upstream 1   to v1: 12
        """
        return list(self._steps)

    def edges(self):
        """Return the arrows of the graph, as ``(from, to)`` pairs of names."""
        return list(self._edges)

    def draw(self, ax=None):
        """Draw the graph: inputs on the left, the output on the right, values and gradients on the nodes.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; a new figure of fitting size by default.

        Returns
        -------
        matplotlib.axes.Axes
            The axes with the drawing.
        """
        from jaclib.plotting.graph import draw_graph

        return draw_graph(self, ax)

    def __str__(self):
        lines = [f"{node.name} = {_short(node.value)}" for node in self.inputs]
        return "\n".join([*lines, *map(str, self._steps)])

    def __repr__(self):
        return f"<Graph: {len(self.inputs)} inputs, {len(self._steps)} operations>"

    def _repr_html_(self):
        head = "".join(
            f"<th>{t}</th>"
            for t in ("result", "operation", "value", "local Jacobian", "upstream gradient", "passed on")
        )
        rows = "".join(
            "<tr>"
            + "".join(
                f"<td>{html.escape(cell)}</td>"
                for cell in (
                    s.output,
                    f"{s.operation}({', '.join(s.inputs)})",
                    _short(s.value),
                    ", ".join(f"by {name}: {shape}" for name, shape in s.local_shapes.items()),
                    "" if s.upstream is None else _short(s.upstream),
                    ", ".join(f"to {name}: {_short(p)}" for name, p in s.products.items()),
                )
            )
            + "</tr>"
            for s in self._steps
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def trace(f, *args):
    """Record the computational graph of one call of `f`.

    Parameters
    ----------
    f : callable
        Function of arrays, written in plain NumPy; it returns one array or number.
    *args : array_like, or dict, list or tuple of array_like
        The arguments of the call; all of them become inputs of the graph.

    Returns
    -------
    Graph
        ``.steps()`` lists the operations with values, upstream gradients and products; ``.draw(ax=None)`` shows them.
        Gradients are there when the result is a single number.

    Raises
    ------
    TypeError
        If `f` is not callable, an argument is complex or not numeric, or `f` uses a function without a derivative
        rule.
    ValueError
        If an argument or the result is not finite.

    Notes
    -----
    One call of `f` and one pass back. Goodfellow, Bengio and Courville (2016), "Deep Learning", section 6.5.

    Examples
    --------
    >>> import numpy as np
    >>> print(trace(lambda x: np.sin(x) * x, 2.0))
    x = 2
    v1 = sin(x) = 0.9093   upstream 2   to x: -0.8323
    v2 = multiply(v1, x) = 1.819   upstream 1   to v1: 2, to x: 0.9093
    """
    require_callable("trace", f)
    recording = Recording("trace", f, args, {}, range(len(args)), keep_all=True)
    recording.release()
    names = _input_names(f, args)
    tape = recording.trace.tape
    result_names = iter(f"v{i}" for i in range(1, len(tape) + 1))
    names += [next(result_names) for _ in tape[len(names) :]]
    values = list(recording.leaves) + [entry[1] for entry in tape[len(recording.leaves) :]]
    gradients, products = _gradients(recording, tape, names)
    steps, edges = [], []
    for place, entry in enumerate(tape):
        if entry is None:
            continue
        operation, result, arguments, _, parents = entry
        traced = {argnum: names[parent] for argnum, parent in parents}
        steps.append(
            Step(
                operation=operation.name,
                inputs=tuple(traced.get(i) or _short(x) for i, x in enumerate(arguments)),
                output=names[place],
                value=result,
                local_shapes={names[parent]: result.shape + arguments[argnum].shape for argnum, parent in parents},
                upstream=gradients[place],
                products=products[place],
            )
        )
        edges += [(names[parent], names[place]) for _, parent in parents]
    nodes = [Node(n, v, g) for n, v, g in zip(names, values, gradients, strict=True)]
    output = nodes[recording.place] if recording.place is not None else Node("y", recording.value)
    return Graph(nodes[: len(recording.leaves)], steps, output, edges)


def _input_names(f, args):
    """Name the inputs as the function's own signature does."""
    try:
        parameters = list(inspect.signature(f).parameters.values())
    except (TypeError, ValueError):
        parameters = []
    names = []
    for i, arg in enumerate(args):
        own = i < len(parameters) and parameters[i].kind in (
            inspect.Parameter.POSITIONAL_ONLY,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
        )
        stem = parameters[i].name if own else f"x{i}"
        names += [stem + "".join(f"[{key!r}]" for key in path) for path, _ in flatten(arg)]
    return names


def _gradients(recording, tape, names):
    """Pull the gradient back as reverse mode does, but keep what passes at every place."""
    gradients = [None] * len(tape)
    products = [{} for _ in tape]
    if recording.place is None or recording.value.shape:
        return gradients, products
    gradients[recording.place] = np.ones((), recording.value.dtype)[()]
    for place in range(recording.place, -1, -1):
        g, entry = gradients[place], tape[place]
        if g is None or entry is None:
            continue
        operation, result, arguments, options, parents = entry
        for argnum, parent in parents:
            share = operation.vjp(argnum, g, result, arguments, options)
            before = gradients[parent]
            gradients[parent] = share if before is None else before + share
            earlier = products[place].get(names[parent])
            products[place][names[parent]] = share if earlier is None else earlier + share
    return gradients, products


def _short(x):
    """Write a value in a few characters: a number, a short vector, or the shape."""
    if type(x) is Traced:
        return repr(x)
    array = np.asarray(x)
    if array.ndim == 0:
        return f"{float(array):.4g}"
    if array.size <= 4:
        return np.array2string(array, precision=4, separator=", ", suppress_small=True).replace("\n", "")
    return f"array{array.shape}"
