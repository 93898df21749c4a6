"""An exercise with its numbers filled in: what a learner is asked."""

from __future__ import annotations

import random
from functools import cached_property
from typing import NamedTuple

from jaclib.exercises.entry import Exercise, Mistake
from jaclib.exercises.given import Given, exact
from jaclib.exercises.kinds import KINDS
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.plain import plain
from jaclib.exercises.template import fill
from jaclib.exercises.verdict import wrapped

__all__ = ["Slip", "Task", "make_task"]

_DRAWS = 500  # a draw that is refused is drawn again


class Slip(NamedTuple):
    """A mistake with its wrong answer computed for the values of a task."""

    mistake: Mistake
    wrong: object
    message: str


class Task:
    """An exercise at its default values, or at those of a seeded variant.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    given : mapping, optional
        Given values in place of the exercise's own.
    variant : int, optional
        The seed that gave them, to be shown.
    """

    def __init__(self, exercise: Exercise, given=None, variant: int | None = None):
        self.exercise, self.variant = exercise, variant
        self.kind = KINDS[exercise.kind]
        values = exercise.given if given is None else given
        if values.keys() != exercise.given.keys():
            raise ValueError(
                f"{exercise.id}: draw gives {sorted(values)}, expected the names of given, {sorted(exercise.given)}."
            )
        self.given = Given(**{name: exact(value) for name, value in values.items()})
        if exercise.derive is not None:
            exercise.derive(self.given)

    @property
    def name(self) -> str:
        """The id, with the variant if there is one."""
        return self.exercise.id if self.variant is None else f"{self.exercise.id}, variant {self.variant}"

    @cached_property
    def raw_answer(self):
        """The right answer as the exercise computes it."""
        return self.exercise.answer if self.exercise.kind == "code" else self.exercise.answer(self.given)

    @cached_property
    def answer(self):
        """The right answer as a value of its kind, ready to be compared."""
        return self.kind.truth(self.raw_answer, self)

    @cached_property
    def slips(self) -> list[Slip]:
        """The mistakes that make sense for these values, with their wrong answers."""
        slips = []
        for mistake in self.exercise.mistakes:
            raw = mistake.answer if self.exercise.kind == "code" else mistake.answer(self.given)
            if raw is not None:
                message = mistake.message or MISCONCEPTIONS[mistake.misconception].explanation
                slips.append(Slip(mistake, self.kind.truth(raw, self), self.fill(message)))
        return slips

    @cached_property
    def degenerate(self) -> str | None:
        """Why these values must not be served, or None: two slips, or a slip and the answer, have one value."""
        kept = []
        for slip in self.slips:
            if self.kind.close(slip.wrong, self.answer, self):
                return f"{slip.mistake.misconception} leads to the right answer"
            for other in kept:
                if self.kind.close(slip.wrong, other.wrong, self):
                    return f"{slip.mistake.misconception} and {other.mistake.misconception} lead to the same answer"
            kept.append(slip)
        return None

    def fill(self, template: str) -> str:
        """Return a template with this task's values."""
        if self.exercise.kind in ("code", "choice"):  # their answer is no value to be written into a sentence
            return fill(template, self.given)
        return fill(template, Given(**vars(self.given), answer=self.raw_answer))

    def __str__(self):
        head = f"{self.name} · {plain(self.exercise.title)} ({self.exercise.kind}, {self.exercise.level})"
        return "\n".join([head, wrapped(plain(self.prompt)), wrapped(f"Answer with {self.kind.asks(self)}.")])

    __repr__ = __str__

    def _repr_markdown_(self):
        head = f"**{self.name} · {self.exercise.title}** ({self.exercise.level})"
        return f"{head}\n\n{self.prompt}\n\nAnswer with {self.kind.asks(self)}."

    def as_dict(self) -> dict:
        """Return the task as data, for JSON, without the answer."""
        return {
            "id": self.exercise.id,
            "title": self.exercise.title,
            "variant": self.variant,
            "kind": self.exercise.kind,
            "difficulty": self.exercise.difficulty,
            "section": self.exercise.section,
            "objective": self.exercise.objective,
            "prompt": self.prompt,
            "text": plain(self.prompt),
            "asks": self.kind.asks(self),
            "hints": len(self.exercise.hints),
        }

    @property
    def prompt(self) -> str:
        """What is asked, in MyST Markdown, with the options of a choice."""
        options = "\n".join(f"- **{letter})** {text}" for letter, text in self.exercise.options.items())
        return fill(self.exercise.prompt, self.given) + (f"\n\n{fill(options, self.given)}" if options else "")

    @property
    def hints(self) -> list[str]:
        """The ladder of hints, in MyST Markdown."""
        return [fill(hint, self.given) for hint in self.exercise.hints]

    @property
    def solution(self) -> str:
        """The worked solution, in MyST Markdown."""
        return self.fill(self.exercise.solution)


def make_task(exercise: Exercise, variant: int | None = None) -> Task:
    """Return the task of an exercise; `variant` seeds other values, the same ones on every machine.

    Values at which two mistakes, or a mistake and the answer, agree are drawn again.

    Raises
    ------
    TypeError
        If `variant` is not an int.
    ValueError
        If `variant` is negative, or the exercise has no variants.
    """
    if variant is None:
        return Task(exercise)
    if isinstance(variant, bool) or not isinstance(variant, int):
        raise TypeError(f"variant is {variant!r}, expected a whole number. The same number gives the same values.")
    if variant < 0:
        raise ValueError(f"variant is {variant}, expected 0 or more.")
    if exercise.draw is None:
        raise ValueError(f"{exercise.id} has no variants: its answer does not depend on given numbers.")
    rng = random.Random(f"{exercise.id}/{variant}")
    for _ in range(_DRAWS):
        task = Task(exercise, exercise.draw(rng), variant)
        if task.degenerate is None:
            return task
    raise RuntimeError(f"{exercise.id}: {_DRAWS} draws, all degenerate ({task.degenerate}). Draw from more values.")
