"""What a learner gets back: as text in a terminal, as a small card in a notebook, as data for a program."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field

from jaclib.exercises.card import card, labelled, paragraph, small, strong
from jaclib.exercises.plain import plain

__all__ = ["STATUSES", "NextStep", "Verdict", "wrapped"]

WIDTH = 88
_COMMAND = re.compile(r"jaclib \w+ E\d+\.\d+(?: …)?(?: --variant \d+)?")  # stays on one line
_GLUE = "\N{NO-BREAK SPACE}"

# Status: sign, headline, colour of the card's edge (at least 3:1 on white and on black), exit code.
STATUSES = {
    "correct": ("✓", "Correct", "#178a5a", 0),
    "incorrect": ("✗", "Not yet", "#d0542b", 1),
    "layout": ("≈", "Right numbers, other layout", "#a97400", 1),
    "precision": ("≈", "Nearly", "#a97400", 1),
    "unreadable": ("?", "Could not be read", "#6f7f92", 2),
    "unanswered": ("○", "Not answered yet", "#6f7f92", 2),
}


@dataclass(frozen=True)
class NextStep:
    """One thing to do now; ``{…}`` in `text` is the call or the command that does it."""

    text: str
    action: str | None = None
    exercise: str | None = None
    variant: int | None = None

    def __str__(self):
        return self.text.replace("{…}", self.call)

    @property
    def call(self) -> str:
        """The action in Python."""
        if self.action is None:
            return ""
        variant = "" if self.variant is None else f", variant={self.variant}"
        return f'{self.action}("{self.exercise}"{", …" * (self.action == "check")}{variant})'

    @property
    def markdown(self) -> str:
        """The step with its call as code."""
        return self.text.replace("{…}", f"`{self.call}`")

    @property
    def command(self) -> str:
        """The whole step with the action on the command line."""
        name = "exercises" if self.action == "exercise" else self.action
        variant = "" if self.variant is None else f" --variant {self.variant}"
        return self.text.replace("{…}", f"jaclib {name} {self.exercise}{' …' * (name == 'check')}{variant}")


@dataclass(frozen=True)
class Verdict:
    """The response to an answer.

    Attributes
    ----------
    exercise : str
        Id of the exercise.
    title : str
        Its title.
    variant : int or None
        The seed of its values, if they are not its own.
    status : str
        correct, incorrect, layout (right numbers in another layout), precision (a decimal with too few digits, or not
        right in all of them), unreadable or unanswered.
    correct : bool or None
        None where there is nothing to judge: an answer that could not be read, or none.
    misconception : str or None
        Key of the mistake, if it was recognised.
    message : str
        What there is to say, as plain text.
    next_step : NextStep
        One thing to do now; ``str(next_step)`` says it.
    read_as : str or None
        How the answer was read.
    details : tuple of (str, str)
        Further lines with their labels: the place that could not be read, the first failing case of a function.
    markdown : str
        The message in MyST Markdown, with formulas.
    note : str or None
        Something beside the matter: that progress could not be saved.
    """

    exercise: str
    title: str
    variant: int | None
    status: str
    message: str
    next_step: NextStep
    misconception: str | None = None
    named: str | None = None
    read_as: str | None = None
    details: tuple[tuple[str, str], ...] = ()
    markdown: str = field(default="", repr=False)
    note: str | None = None

    @property
    def correct(self) -> bool | None:
        """Whether the answer is right; None where there is nothing to judge."""
        return None if self.status in ("unreadable", "unanswered") else self.status == "correct"

    @property
    def exit_code(self) -> int:
        """0 for a correct answer, 1 for any other, 2 where there is nothing to judge."""
        return STATUSES[self.status][3]

    @property
    def headline(self) -> str:
        """The status in words."""
        return STATUSES[self.status][1]

    @property
    def name(self) -> str:
        """The exercise, with its variant."""
        return self.exercise if self.variant is None else f"{self.exercise}, variant {self.variant}"

    def text(self, *, command_line: bool = False) -> str:
        """Return the verdict as text; the next step as a call, or as a command."""
        lines = [f"{STATUSES[self.status][0]} {self.headline} · {self.name} · {plain(self.title)}"]
        if self.read_as is not None:
            lines.append(wrapped(f"Read as {self.read_as}"))
        if self.named is not None:
            lines.append(wrapped(f"{plain(self.named)}."))
        lines.append(wrapped(self.message))
        for label, value in self.details:
            lines.append(_labelled(label, value))
        lines.append(wrapped(f"Next: {self.next_step.command if command_line else self.next_step}"))
        if self.note:
            lines.append(wrapped(f"({self.note})"))
        return "\n".join(lines)

    def __str__(self):
        return self.text()

    __repr__ = __str__

    def _repr_html_(self):
        sign, headline, colour, _ = STATUSES[self.status]
        lines = [strong(f"{plain(self.named)}.")] if self.named else []
        lines.append(paragraph(self.message))
        lines += [labelled(label, value) for label, value in self.details]
        lines += [small(f"Read as {self.read_as}")] if self.read_as is not None else []
        lines.append(paragraph(f"Next: {self.next_step.text}", code=self.next_step.call))
        lines += [small(self.note)] if self.note else []
        return card(f"{sign} {headline}", f"{self.name} · {plain(self.title)}", colour, lines)

    def as_dict(self) -> dict:
        """Return the verdict as data, for JSON."""
        return {
            "id": self.exercise,
            "title": self.title,
            "variant": self.variant,
            "status": self.status,
            "correct": self.correct,
            "misconception": self.misconception,
            "misconception_title": self.named,
            "message": self.message,
            "markdown": self.markdown,
            "read_as": self.read_as,
            "details": dict(self.details),
            "next": self.next_step.command,
            "note": self.note,
        }


def wrapped(text: str) -> str:
    """Wrap paragraphs; lines that are indented stay as they are."""
    out = []
    for line in _COMMAND.sub(lambda match: match[0].replace(" ", _GLUE), text).splitlines():
        own = line.startswith("    ")
        out.append(f"  {line}" if own else textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent="  "))
    return "\n".join(out).replace(_GLUE, " ")


def _labelled(label: str, value: str) -> str:
    first, *rest = value.split("\n")
    margin = " " * 10
    head = f"  {label}:".ljust(12)
    return "\n".join([head + first, *(f"  {margin}{line}" for line in rest)])
