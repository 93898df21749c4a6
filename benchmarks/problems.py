"""The tasks, each stated once: the function, its point, and its exact derivative by hand.

A function takes the namespace ``xp`` of a library (``numpy``, ``autograd.numpy``, ``jax.numpy``, ``torch``) and then
its arguments, so that every library differentiates the same lines at the same point. The derivative by hand is a
contender like the others; in extended precision it is also the exact value that all results are compared with.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = ["KINDS", "PROBLEMS", "Problem", "chain", "dense", "disc", "layers", "network", "rosenbrock", "steps"]

# What is asked for -> the largest error, relative to the largest entry, that counts as an answer.
KINDS = {
    "gradient": 1e-12,
    "value_and_gradient": 1e-12,
    "jacobian": 1e-12,
    "numeric_jacobian": 1e-6,
    "integral": 1e-12,
}


@dataclass(frozen=True)
class Problem:
    """One task.

    Attributes
    ----------
    title, formula, text : str
        What the page says of it.
    kind : str
        What is asked for, a key of `KINDS`.
    function : callable
        ``function(xp, point, *constants)``.
    point : numpy.ndarray, or list of numpy.ndarray
        Where to differentiate; for an integral the limits.
    constants : tuple of numpy.ndarray
        Further arguments, which are not differentiated by.
    by_hand : callable
        ``by_hand(point, *constants)`` in plain NumPy: what is asked for, in the precision of the arguments.
    exact_value : float, optional
        The exact result, where it is not the derivative by hand in extended precision.
    """

    title: str
    formula: str
    text: str
    kind: str
    function: Callable
    point: object
    constants: tuple = ()
    by_hand: Callable | None = None
    exact_value: float | None = None

    def forward(self) -> Callable[[], object]:
        """Return the plain NumPy call of the function, the unit of all ratios."""
        return lambda: self.function(np, self.point, *self.constants)

    @functools.cached_property
    def exact(self) -> list[np.ndarray]:
        """What is asked for, as a list of arrays, computed in extended precision where the machine has it."""
        if self.exact_value is not None:
            return [np.asarray(self.exact_value)]
        extended = [np.asarray(c, np.longdouble) for c in self.constants]
        if isinstance(self.point, list):
            point = [np.asarray(p, np.longdouble) for p in self.point]
        else:
            point = np.asarray(self.point, np.longdouble)
        return flat(self.by_hand(point, *extended))

    def error(self, result) -> float:
        """Return the largest error of a result, relative to the largest entry of each array."""
        arrays = flat(result)
        shapes = [a.shape for a in arrays], [e.shape for e in self.exact]
        if shapes[0] != shapes[1]:
            raise ValueError(f"{self.title}: the result has shapes {shapes[0]}, expected {shapes[1]}.")
        return max(float(np.max(abs(a - e)) / np.max(abs(e))) for a, e in zip(arrays, self.exact, strict=True))


def flat(result) -> list[np.ndarray]:
    """Return the arrays of nested tuples and lists, as one list of NumPy arrays."""
    if isinstance(result, (tuple, list)):
        return [array for part in result for array in flat(part)]
    return [np.asarray(result)]


def rosenbrock(n: int = 1000) -> Problem:
    """Return the gradient of Rosenbrock's valley in n variables: cheap operations on slices."""

    def function(xp, x):
        head, tail = x[:-1], x[1:]
        return xp.sum(100.0 * (tail - head**2) ** 2 + (1.0 - head) ** 2)

    def by_hand(x):
        head = x[:-1]
        valley = x[1:] - head**2
        gradient = np.zeros_like(x)
        gradient[:-1] = -400.0 * head * valley - 2.0 * (1.0 - head)
        gradient[1:] += 200.0 * valley
        return gradient

    return Problem(
        f"Gradient, Rosenbrock, n = {n}",
        r"f(x) = \sum_{i=1}^{n-1} 100\,(x_{i+1} - x_i^2)^2 + (1 - x_i)^2",
        "Cheap operations on small slices: what counts is the cost of recording each.",
        "gradient",
        function,
        np.random.default_rng(0).uniform(-1.5, 1.5, n),
        by_hand=by_hand,
    )


def network(sizes: tuple[int, int, int] = (784, 256, 10), batch: int = 128) -> Problem:
    """Return value and gradient of a classifier's loss in all of its weights: two large matrix products."""
    n, width, classes = sizes
    rng = np.random.default_rng(1)

    def function(xp, weights, images, labels):
        w1, b1, w2, b2 = weights
        scores = xp.tanh(images @ w1 + b1) @ w2 + b2
        return xp.mean(xp.log(xp.sum(xp.exp(scores), 1)) - xp.sum(scores * labels, 1))

    def by_hand(weights, images, labels):
        w1, b1, w2, b2 = weights
        hidden = np.tanh(images @ w1 + b1)
        scores = hidden @ w2 + b2
        powers = np.exp(scores)
        total = powers.sum(1)
        value = np.mean(np.log(total) - (scores * labels).sum(1))
        d_scores = (powers / total[:, None] - labels) / len(images)
        d_hidden = (d_scores @ w2.T) * (1.0 - hidden * hidden)
        return value, [images.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_scores, d_scores.sum(0)]

    weights = [
        rng.normal(size=(n, width)) / np.sqrt(n),
        rng.normal(size=width) / 10,
        rng.normal(size=(width, classes)) / np.sqrt(width),
        rng.normal(size=classes) / 10,
    ]
    images, labels = rng.uniform(size=(batch, n)), np.eye(classes)[rng.integers(classes, size=batch)]
    return Problem(
        f"Value and gradient, {n}-{width}-{classes} network, batch {batch}",
        r"L(W_1, b_1, W_2, b_2) = \text{mean cross-entropy of } \tanh(X W_1 + b_1) W_2 + b_2",
        "Large matrix products: nearly all of the time is spent inside them, whoever calls them.",
        "value_and_gradient",
        function,
        weights,
        (images, labels),
        by_hand,
    )


def dense(n: int = 100, m: int = 100, width: int = 100, kind: str = "jacobian") -> Problem:
    """Return the Jacobian of tanh(B sin(A x)), from n inputs to m outputs."""
    rng = np.random.default_rng(2)

    def function(xp, x, a, b):
        return xp.tanh(b @ xp.sin(a @ x))

    def by_hand(x, a, b):
        inner = a @ x
        return (1.0 - np.tanh(b @ np.sin(inner)) ** 2)[:, None] * ((b * np.cos(inner)) @ a)

    name, text = {
        "jacobian": ("Dense Jacobian", f"All {m} × {n} entries, not one gradient: the rows go through together."),
        "numeric_jacobian": (
            "Numeric Jacobian",
            'The same map, by values of f alone. jaclib extrapolates central differences (`method="richardson"`); its '
            "other methods are named, and by hand it is a loop of central differences.",
        ),
    }[kind]
    return Problem(
        f"{name}, {n} → {m}",
        r"f(x) = \tanh(B \sin(A x))",
        text,
        kind,
        function,
        rng.normal(size=n),
        (rng.normal(size=(width, n)) / np.sqrt(n), rng.normal(size=(m, width)) / np.sqrt(width)),
        by_hand,
    )


def layers(n: int, m: int, width: int = 64, count: int = 8) -> Problem:
    """Return the Jacobian of a map from n inputs through layers of one width to m outputs."""
    rng = np.random.default_rng(3)

    def function(xp, x, a, w, b):
        h = a @ x
        for _ in range(count):
            h = xp.tanh(w @ h)
        return b @ h

    def by_hand(x, a, w, b):
        h, jacobian = a @ x, a
        for _ in range(count):
            h = np.tanh(w @ h)
            jacobian = (1.0 - h * h)[:, None] * (w @ jacobian)
        return b @ jacobian

    matrices = [rng.normal(size=(rows, columns)) / np.sqrt(columns) for rows, columns in ((width, n), (width, width))]
    return Problem(
        f"Jacobian through {count} layers, {n} → {m}",
        r"f(x) = B\, h_{%d}, \quad h_{k+1} = \tanh(W h_k), \quad h_0 = A x" % count,  # noqa: UP031
        "The layers cost the same for each tangent and for each cotangent: what differs is how many there are.",
        "jacobian",
        function,
        rng.normal(size=n),
        (*matrices, rng.normal(size=(m, width)) / np.sqrt(width)),
        by_hand,
    )


def steps(count: int = 200) -> Problem:
    """Return the gradient through a loop of scalar steps: nothing but overhead."""

    def function(xp, x):
        rate, offset = x[0], x[1]
        s = 0.0
        for _ in range(count):
            s = s + xp.sin(rate * s + offset)
        return s

    def by_hand(x):
        rate, offset = x[0], x[1]
        s, by_rate, by_offset = 0.0 * rate, 0.0 * rate, 0.0 * rate
        for _ in range(count):
            angle = rate * s + offset
            slope = np.cos(angle)
            by_rate = by_rate + slope * (s + rate * by_rate)
            by_offset = by_offset + slope * (1.0 + rate * by_offset)
            s = s + np.sin(angle)
        return np.stack([by_rate, by_offset])

    return Problem(
        f"Gradient through {count} scalar steps",
        r"s \leftarrow s + \sin(x_0 s + x_1)",
        "A Python loop over single numbers: nothing but overhead, the worst case for a library that works on arrays.",
        "gradient",
        function,
        np.array([0.5, 0.3]),
        by_hand=by_hand,
    )


def disc() -> Problem:
    """Return the integral of exp(2x + y) over the unit disc, in polar coordinates."""
    import mpmath

    def function(xp, limits, r, t):
        return xp.exp(2.0 * r * xp.cos(t) + r * xp.sin(t)) * r

    def by_hand(limits):
        nodes, weights = np.polynomial.legendre.leggauss(32)
        (r0, r1), (t0, t1) = limits
        r = (r0 + r1 + (r1 - r0) * nodes[:, None]) / 2
        t = (t0 + t1 + (t1 - t0) * nodes) / 2
        return weights @ function(np, limits, r, t) @ weights * (r1 - r0) * (t1 - t0) / 4

    with mpmath.workdps(30):
        k = mpmath.sqrt(5)
        exact = float(2 * mpmath.pi * mpmath.besseli(1, k) / k)
    return Problem(
        "Integral over a disc, to 1e-12",
        r"\iint_{x^2 + y^2 \le 1} e^{2x + y} \, \mathrm{d}x\, \mathrm{d}y"
        r" = \int_0^{2\pi}\!\! \int_0^1 e^{2 r \cos t + r \sin t} \, r \, \mathrm{d}r\, \mathrm{d}t"
        r" = \frac{2 \pi I_1(\sqrt 5)}{\sqrt 5}",
        "In polar coordinates, adaptively, to a relative error of 1e-12; by hand it is Gauss's rule of 32 × 32 points, "
        "without an error estimate.",
        "integral",
        function,
        np.array([[0.0, 1.0], [0.0, 2 * np.pi]]),
        by_hand=by_hand,
        exact_value=exact,
    )


def chain(depth: int) -> Problem:
    """Return the derivative of sin(sin(… sin(x))): one operation per step, as deep as one likes."""

    def function(xp, x):
        for _ in range(depth):
            x = xp.sin(x)
        return x

    def by_hand(x):
        slope = np.ones_like(x)
        for _ in range(depth):
            slope = slope * np.cos(x)
            x = np.sin(x)
        return slope

    return Problem(
        f"Chain of {depth} operations",
        r"f(x) = \sin(\sin(\dots \sin(x)))",
        "One operation after the other.",
        "gradient",
        function,
        np.array(1.0),
        by_hand=by_hand,
    )


# The key of each row of the page's table -> its task.
PROBLEMS: dict[str, Callable[[], Problem]] = {
    "rosenbrock": rosenbrock,
    "network": network,
    "dense": dense,
    "steps": steps,
    "numeric": functools.partial(dense, kind="numeric_jacobian"),
    "disc": disc,
}
