"""One of several options."""

from __future__ import annotations

from jaclib.exercises.kinds.base import Kind
from jaclib.exercises.numbers import Fit
from jaclib.exercises.plain import plain
from jaclib.exercises.reading import Reading, Unreadable

__all__ = ["Choices"]


class Choices(Kind):
    """The letter of an option, or its text."""

    def asks(self, task) -> str:
        """Name the letters."""
        return f"one of the letters {', '.join(task.exercise.options)}"

    def read(self, raw, task) -> Reading:
        """Read a letter in any dress: b, B, b), (b); or an option's text."""
        options = task.exercise.options
        if not isinstance(raw, str):
            raise Unreadable(f"Answer with {self.asks(task)}, as text.")
        letter = raw.strip().strip("()[].: *").lower()
        for key, text in options.items():
            if letter == key or _folded(raw) in (_folded(text), _folded(plain(text))):
                return Reading(key, key)
        raise Unreadable(f"“{' '.join(raw.split())[:40]}” is none of the options.")

    def truth(self, raw, task) -> str:
        """Return the letter."""
        if raw not in task.exercise.options:
            raise ValueError(f"{task.exercise.id}: {raw!r} is none of its options.")
        return raw

    def fit(self, value: str, truth: str, task) -> Fit:
        """Compare letters."""
        return Fit.SAME if value == truth else Fit.NO

    def close(self, a: str, b: str, task) -> bool:
        """Compare letters."""
        return a == b

    def remark(self, value: str, truth: str, task) -> str:
        """Say how to rule options out; an exercise has a mistake for each."""
        return "Take the options one by one, and look for a reason against each."


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
