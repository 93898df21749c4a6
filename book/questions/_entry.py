"""What a quick question consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jaclib.exercises.given import Given, exact
from jaclib.exercises.template import fill


@dataclass(frozen=True)
class Option:
    """One option, and what a reader is told who chooses it; see `right` and `wrong`."""

    text: str
    feedback: str
    is_right: bool


def right(text: str, feedback: str) -> Option:
    """Return the right option; the feedback says why it is right."""
    return Option(text, feedback, True)


def wrong(text: str, feedback: str) -> Option:
    """Return an option behind which a slip hides; the feedback names it, and leads on."""
    return Option(text, feedback, False)


@dataclass(frozen=True)
class Question:
    """One quick question.

    Attributes
    ----------
    section : str
        The label of the section that it stands in.
    prompt : str
        Markdown with math.
    options : tuple of Option
        Two to five, one of them right, in the order in which they are shown.
    values : callable, optional
        Returns a dict of the numbers in the texts, exact ones (int, Fraction, SymPy); it is what computes them.
    """

    section: str
    prompt: str
    options: tuple[Option, ...]
    values: Callable[[], dict] | None = None

    def filled(self) -> tuple[str, list[Option]]:
        """Return the prompt and the options with the values written into them."""
        values = Given(**{name: exact(value) for name, value in (self.values() if self.values else {}).items()})
        options = [Option(fill(o.text, values), fill(o.feedback, values), o.is_right) for o in self.options]
        return fill(self.prompt, values), options
