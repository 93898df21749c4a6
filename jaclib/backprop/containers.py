"""Parameters in containers: dicts, lists and tuples of arrays, nested as deep as one likes.

A container is flattened to the list of its arrays in one fixed order (dicts by insertion), and built again with other
arrays in the same places. A list of plain numbers, or of such lists, is an array written out and not a container.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.tracing import Traced

__all__ = ["flatten", "is_container", "rebuild"]


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


def flatten(container, path=()):
    """Return ``[(path, leaf), ...]``, where a path is the tuple of keys that leads to the leaf."""
    if not is_container(container):
        return [(path, container)]
    items = container.items() if isinstance(container, dict) else enumerate(container)
    return [pair for key, item in items for pair in flatten(item, (*path, key))]


def rebuild(container, leaves):
    """Return a container of the same make with `leaves`, an iterator, in place of the arrays."""
    if not is_container(container):
        return next(leaves)
    if isinstance(container, dict):
        return {key: rebuild(item, leaves) for key, item in container.items()}
    items = [rebuild(item, leaves) for item in container]
    return type(container)(*items) if hasattr(container, "_fields") else type(container)(items)
