"""Hints and solutions: Markdown in a notebook, text in a terminal."""

from __future__ import annotations

from dataclasses import dataclass

from jaclib.exercises.plain import plain
from jaclib.exercises.task import Task
from jaclib.exercises.verdict import NextStep, wrapped

__all__ = ["Hint", "Solution"]


class _Sheet:
    """A heading, a text in MyST Markdown, and perhaps a line on what to do next."""

    _own: tuple[str, ...] = ()  # what it has besides, for JSON

    @property
    def heading(self) -> str:
        """What it is."""
        raise NotImplementedError

    @property
    def next_step(self) -> NextStep | None:
        """What to do next, if there is anything to say."""
        return None

    def text_for(self, *, command_line: bool = False) -> str:
        """Return it as plain text; the next step as a call, or as a command."""
        lines = [self.heading, wrapped(plain(self.text))]
        step = self.next_step
        if step is not None:
            lines.append(wrapped(f"Next: {step.command if command_line else step}"))
        if self.note:
            lines.append(wrapped(f"({self.note})"))
        return "\n".join(lines)

    def as_dict(self) -> dict:
        """Return it as data, for JSON."""
        step = self.next_step
        data = {"id": self.task.exercise.id, "title": self.task.exercise.title, "variant": self.task.variant}
        own = {name: getattr(self, name) for name in self._own}
        more = {"markdown": self.text, "text": plain(self.text), "next": step and step.command, "note": self.note}
        return data | own | more

    def __str__(self):
        return self.text_for()

    __repr__ = __str__

    def _repr_markdown_(self):
        parts = [f"**{self.heading}**", self.text]
        if self.next_step is not None:
            parts.append(f"Next: {self.next_step.markdown}")
        if self.note:
            parts.append(f"({self.note})")
        return "\n\n".join(parts)


@dataclass(frozen=True, repr=False)
class Hint(_Sheet):
    """One hint of the ladder.

    Attributes
    ----------
    task : Task
        What it belongs to.
    number : int
        Which hint, from 1.
    note : str or None
        Something beside the matter: that progress could not be saved.
    """

    task: Task
    number: int
    note: str | None = None
    _own = ("number", "of")

    @property
    def of(self) -> int:
        """How many hints there are."""
        return len(self.task.hints)

    @property
    def text(self) -> str:
        """The hint in MyST Markdown."""
        return self.task.hints[self.number - 1]

    @property
    def heading(self) -> str:
        """Which hint of which exercise."""
        return f"Hint {self.number} of {self.of} · {self.task.name} · {self.task.exercise.title}"

    @property
    def next_step(self) -> NextStep | None:
        """After the last hint there is the solution."""
        if self.number < self.of:
            return None
        return NextStep(
            "That was the last hint. The worked solution: {…}", "solution", self.task.exercise.id, self.task.variant
        )


@dataclass(frozen=True, repr=False)
class Solution(_Sheet):
    """The worked solution, or an invitation to try first.

    Attributes
    ----------
    task : Task
        What it belongs to.
    shown : bool
        Whether `text` is the solution.
    note : str or None
        Something beside the matter: that progress could not be saved.
    """

    task: Task
    shown: bool
    note: str | None = None
    _own = ("shown",)

    @property
    def text(self) -> str:
        """The solution in MyST Markdown, or the invitation."""
        if self.shown:
            return self.task.solution
        return (
            "You have not tried this one yet. One attempt, even a wrong one, makes the solution worth twice "
            "as much: the answer is checked for the usual slips. To read it anyway, ask once more."
        )

    @property
    def heading(self) -> str:
        """Which exercise it solves."""
        what = "Solution" if self.shown else "Try first"
        return f"{what} · {self.task.name} · {self.task.exercise.title}"

    @property
    def next_step(self) -> NextStep | None:
        """Before an attempt there is a hint."""
        if self.shown:
            return None
        return NextStep("For a nudge: {…}", "hint", self.task.exercise.id, self.task.variant)
