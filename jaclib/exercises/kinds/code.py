"""Functions that learners write."""

from __future__ import annotations

from jaclib.exercises.numbers import Fit
from jaclib.exercises.reading import Reading, Unreadable

__all__ = ["Code"]


class Code:
    """A function, run on hidden cases."""

    def asks(self, task) -> str:
        """Name the function."""
        return f"a function {task.exercise.signature}"

    def read(self, raw, task) -> Reading:
        """Take the function."""
        if not callable(raw):
            raise Unreadable("Pass the function itself.")
        return Reading(raw, getattr(raw, "__name__", "function"))

    def truth(self, raw, task):
        """Return the function."""
        return raw

    def fit(self, value, truth, task) -> Fit:
        """Compare on the cases."""
        return Fit.SAME if value is truth else Fit.NO

    def close(self, a, b, task) -> bool:
        """Whether two functions are one."""
        return a is b

    def layout(self, value, truth, task) -> str | None:
        """There is no layout of a function."""
        return None

    def remark(self, value, truth, task) -> str:
        """Say something."""
        return ""
