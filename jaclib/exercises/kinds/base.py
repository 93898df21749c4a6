"""What a kind of answer can do."""

from __future__ import annotations

from typing import Protocol

from jaclib.exercises.numbers import Fit
from jaclib.exercises.reading import Reading

__all__ = ["Kind"]


class Kind(Protocol):
    """A kind of answer; values are what `read` and `truth` return. Kinds inherit `given`, `details` and `layout`."""

    def asks(self, task) -> str:
        """Return in words what is to be given, with an example."""

    def given(self, raw, task):
        """Return the answer itself, where `raw` names where it is; raise `Unreadable`."""
        return raw

    def read(self, raw, task) -> Reading:
        """Read a learner's answer; raise `Unreadable`."""

    def truth(self, raw, task):
        """Return the value of what the bank computed: an answer, or the wrong answer of a mistake."""

    def fit(self, value, truth, task) -> Fit:
        """Return how well a value fits another."""

    def close(self, a, b, task) -> bool:
        """Whether two values of the bank are too close to be told apart."""

    def layout(self, value, truth, task) -> str | None:
        """Return what to say if a value is right in another layout or shape, else None."""
        return None

    def remark(self, value, truth, task) -> str:
        """Return something true and useful about a wrong value, for which no mistake is known."""

    def details(self, value, task) -> list[tuple[str, str]]:
        """Return further lines for a wrong answer, with their labels: the first failing case of a function."""
        return []
