"""Check a gradient against differences of values: the test to run before trusting a derivative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jaclib._validate import real_array
from jaclib.backprop.containers import flatten, rebuild
from jaclib.backprop.gradients import grad

__all__ = ["GradientCheck", "check_gradient"]

_TOLERANCE = 1e-6
# What the fourth-order stencil may itself be off by, relative to the largest entry.
_TRUNCATION = 1e-9


@dataclass(frozen=True)
class GradientCheck:
    """What `check_gradient` found; true in an ``if`` when the two gradients agree.

    Attributes
    ----------
    ok : bool
        Whether every entry agrees to the tolerance.
    max_error : float
        The largest relative difference between entries of the two gradients, beyond the noise of the differences.
    worst : tuple
        The index of that entry: ``x[worst]`` for an array, preceded by the keys that lead to the array in a
        container.
    reverse, numeric : array, or container of arrays
        The gradient by reverse mode and by central differences.
    """

    ok: bool
    max_error: float
    worst: tuple
    reverse: object
    numeric: object

    def __bool__(self):
        return self.ok

    def __str__(self):
        if self.ok:
            return f"gradient check passed: largest relative difference {self.max_error:.1e}"
        index = ", ".join(map(repr, self.worst))
        return (
            f"gradient check FAILED: relative difference {self.max_error:.1e} at entry [{index}]. "
            "Either a rule is wrong, or the function has a kink or a jump there."
        )


def check_gradient(f, x):
    """Compare the reverse-mode gradient of `f` at `x` with central differences of fourth order.

    Parameters
    ----------
    f : callable
        Function that returns a single number, written in plain NumPy.
    x : array_like, or dict, list or tuple of array_like
        Where to compare.

    Returns
    -------
    GradientCheck
        With ``.ok``, ``.max_error`` and ``.worst``. The gradients agree if no entry differs by more than 1e-6 of
        itself (1e-2 in float32), once the rounding and truncation errors of the differences are allowed for.

    Raises
    ------
    TypeError, ValueError
        As `grad` raises them; also ValueError if a value near `x` is not finite.

    Notes
    -----
    One gradient and 4n calls of `f` for n entries: try it on a small case. The stencil is
    ``(8 (f(x+h) - f(x-h)) - (f(x+2h) - f(x-2h))) / 12h``; Abramowitz and Stegun (1964), 25.3.6.

    Examples
    --------
    >>> import numpy as np
    >>> print(check_gradient(lambda x: np.sum(np.sin(x) ** 2), np.array([0.3, 1.2])).ok)
    True
    >>> check_gradient(lambda x: np.abs(x[0]) + x[1], np.array([0.0, 1.0])).ok
    True
    >>> check_gradient(lambda x: np.maximum(x[0], 3 * x[0]) + x[1] ** 2, np.array([1e-9, 1.0])).worst
    (0,)
    """
    where = "check_gradient"
    reverse = grad(f)(x)
    leaves = [real_array(where, "x", leaf) for _, leaf in flatten(x)]
    paths = [path for path, _ in flatten(x)]
    slopes = [np.asarray(leaf) for _, leaf in flatten(reverse)] if len(paths) > 1 or paths[0] else [np.asarray(reverse)]
    single = any(leaf.dtype.itemsize < 8 for leaf in leaves)
    epsilon = float(np.finfo(np.float32 if single else np.float64).eps)

    def value(k, j, move):
        moved = [leaf.copy() for leaf in leaves]
        moved[k].reshape(-1)[j] += move
        y = f(rebuild(x, iter([m if m.ndim else m[()] for m in moved])))
        return float(real_array(where, "the function's result", y))

    numeric, noise = [], []
    for k, leaf in enumerate(leaves):
        slope, floor = np.empty(leaf.size), np.empty(leaf.size)
        for j, entry in enumerate(leaf.ravel()):
            h = epsilon**0.2 * max(1.0, abs(float(entry)))
            v = [value(k, j, i * h) for i in (-2, -1, 1, 2)]
            slope[j] = (8 * (v[2] - v[1]) - (v[3] - v[0])) / (12 * h)
            floor[j] = 20 * epsilon * max(map(abs, v)) / h
        numeric.append(slope.reshape(leaf.shape))
        noise.append(floor.reshape(leaf.shape))
    size = max((float(np.max(np.abs(a), initial=0.0)) for a in (*numeric, *slopes)), default=0.0)
    errors = []
    for a, b, floor in zip(slopes, numeric, noise, strict=True):
        beyond_noise = np.maximum(np.abs(a - b) - floor - _TRUNCATION * size, 0.0)
        entry_size = np.maximum(np.abs(a), np.abs(b))
        errors.append(np.divide(beyond_noise, entry_size, out=np.zeros_like(entry_size), where=entry_size > 0))
    largest = [float(np.max(e, initial=0.0)) for e in errors]
    k = int(np.argmax(largest))
    index = np.unravel_index(int(np.argmax(errors[k])), errors[k].shape) if errors[k].ndim else ()
    max_error = largest[k]
    return GradientCheck(
        ok=max_error <= (1e-2 if single else _TOLERANCE),
        max_error=max_error,
        worst=(*paths[k], *(int(i) for i in index)),
        reverse=reverse,
        numeric=rebuild(x, iter([n if n.ndim else n[()] for n in numeric])),
    )
