"""Parameters in containers: dicts, lists and tuples of arrays, nested as deep as one likes.

A container is flattened to the list of its arrays in one fixed order (dicts by insertion), and built again with other
arrays in the same places. A list of plain numbers, or of such lists, is an array written out and not a container.
"""

from __future__ import annotations

import math

import numpy as np

from jaclib._validate import real_array
from jaclib.backprop.tracing import Traced

__all__ = ["Joined", "flatten", "is_collection", "is_container", "rebuild", "results_of"]


def is_container(x) -> bool:
    """Whether `x` holds arrays, rather than being one."""
    if type(x) is np.ndarray or type(x) is float or type(x) is Traced:  # the usual cases, at once
        return False
    if isinstance(x, dict) or hasattr(x, "_fields"):
        return True
    return isinstance(x, (list, tuple)) and not all(_is_numbers(item) for item in x)


def _is_numbers(x):
    if isinstance(x, (list, tuple)):
        return all(_is_numbers(item) for item in x)
    return type(x) is not Traced and isinstance(x, (int, float, complex, np.number))


def flatten(container, path=(), divides=is_container):
    """Return ``[(path, leaf), ...]``, where a path is the tuple of keys that leads to the leaf."""
    if not divides(container):
        return [(path, container)]
    items = container.items() if isinstance(container, dict) else enumerate(container)
    return [pair for key, item in items for pair in flatten(item, (*path, key), divides)]


def rebuild(container, leaves, divides=is_container):
    """Return a container of the same make with `leaves`, an iterator, in place of the arrays."""
    if not divides(container):
        return next(leaves)
    if isinstance(container, dict):
        return {key: rebuild(item, leaves, divides) for key, item in container.items()}
    items = [rebuild(item, leaves, divides) for item in container]
    return type(container)(*items) if hasattr(container, "_fields") else type(container)(items)


def is_collection(y) -> bool:
    """Whether `y`, returned by a function, holds its results: there [1.0, 2.0] is two results, not an array."""
    return isinstance(y, (dict, list, tuple))


def results_of(where, y):
    """Return the list of results in what a function returned."""
    results = [leaf for _, leaf in flatten(y, divides=is_collection)]
    if not results:
        raise TypeError(f"{where}: the function returned an empty {type(y).__name__}, expected arrays in it.")
    return results


class Joined:
    """A function whose result may be a container, as one whose result is a vector of all its entries.

    A derivative is then that of a single array, and is taken apart again.

    Attributes
    ----------
    f : callable
        The function. A result that is a single array is passed on as it is.
    """

    def __init__(self, where, f):
        self.where = where
        self.f = f
        self._like = None
        self._known = []

    def __call__(self, *args, **options):
        """Return the entries of the result in one vector."""
        y = self.f(*args, **options)
        if not is_collection(y):
            return y
        results_of(self.where, y)
        self._like, self._known, vectors = y, [], []
        for path, leaf in flatten(y, divides=is_collection):
            if type(leaf) is not Traced:
                leaf = real_array(self.where, f"the function's result{_keys(path)}", leaf)
            self._known.append((path, leaf.shape, leaf.dtype))
            vectors.append(np.reshape(leaf, (-1,)))
        return np.concatenate(vectors)

    def split(self, vector):
        """Return the entries as the function's result had them."""
        if self._like is None:
            return vector
        start, parts = 0, []
        for _, shape, dtype in self._known:
            stop = start + math.prod(shape)
            part = np.reshape(vector[start:stop], shape) if shape else vector[start]
            parts.append(part if part.dtype == dtype else part.astype(dtype))
            start = stop
        return rebuild(self._like, iter(parts), is_collection)

    def join(self, cotangent):
        """Return the entries of a container that is built like the result."""
        if self._like is None:
            return cotangent
        given = flatten(cotangent, divides=is_collection)
        if [path for path, _ in given] != [path for path, *_ in self._known]:
            raise ValueError(
                f"{self.where}: the cotangent is not built like the result. Give it the same keys, in the same order."
            )
        vectors = []
        for (path, leaf), (_, shape, _) in zip(given, self._known, strict=True):
            if type(leaf) is not Traced:
                leaf = real_array(self.where, f"the cotangent{_keys(path)}", leaf)
            if leaf.shape != shape:
                raise ValueError(
                    f"{self.where}: the cotangent{_keys(path)} has shape {leaf.shape}, expected {shape} to match the "
                    "result. A cotangent has one entry per entry of the result."
                )
            vectors.append(np.reshape(leaf, (-1,)))
        return np.concatenate(vectors)


def _keys(path):
    return "".join(f"[{key!r}]" for key in path)
