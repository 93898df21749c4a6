"""Given values and answers of exercises: in floating point, for sources that know nothing of the bank, and as typed."""

import numpy as np

from jaclib.exercises.writing import text


class Floats:
    """The given values of a task as floats and arrays."""

    def __init__(self, task):
        for name in task.exercise.given:
            value = getattr(task.given, name)
            array = np.array(value.tolist(), dtype=float) if hasattr(value, "tolist") else float(value)
            setattr(self, name, array[:, 0] if isinstance(array, np.ndarray) and array.shape[1] == 1 else array)


def as_floats(raw, kind):
    """Return an answer of the bank as an array of floats."""
    array = np.array(getattr(raw, "tolist", lambda: raw)(), dtype=float)
    return array[:, 0] if kind == "vector" else array


def typed(raw, exercise) -> str:
    """Return an answer of the bank as a learner types it; a function as a program that defines it."""
    if exercise.kind == "code":
        name = exercise.signature.partition("(")[0]
        return f"from {raw.__module__} import {raw.__name__} as {name}\n"
    return raw if exercise.kind == "choice" else str(tuple(raw)) if exercise.kind == "shape" else text(raw)
