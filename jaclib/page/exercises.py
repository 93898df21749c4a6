"""The exercises in the page of the book: JSON in, JSON out, and nothing of its own to say.

Verdicts, hints and solutions are those of `jaclib.exercises`. This module only turns them into data that the page makes
elements of (`jaclib.page.markup`), and the calls in them, ``hint("E1.4")``, into links and actions of the page. What
was done is kept by the page, so nothing is written down here.
"""

from __future__ import annotations

import contextlib
import functools
import io

import numpy as np

import jaclib
from jaclib.exercises.checking import bank, find, is_unanswered, judge, unreadable
from jaclib.exercises.kinds.code import OR_FILE, function_from
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.pages import label
from jaclib.exercises.plain import plain
from jaclib.exercises.reading import Unreadable
from jaclib.exercises.reading.typeset import typeset
from jaclib.exercises.sections import CHAPTERS, chapter_of, reference
from jaclib.exercises.task import Task, make_task
from jaclib.exercises.verdict import STATUSES, NextStep, Verdict
from jaclib.page.markup import blocks

__all__ = ["asks", "check", "prepare", "preview", "task"]

MOST_PRINTED = 4000  # characters of what a learner's function prints


@functools.lru_cache(maxsize=64)
def _task(id: str, variant: int | None) -> Task:
    return make_task(find("check", id), variant)


def prepare(id: str, variant: int | None = None) -> None:
    """Work out the answer and the slips of an exercise, so that its first check is as fast as any other."""
    made = _task(id, variant)
    _ = made.answer, made.slips


def task(id: str, variant: int | None = None) -> dict:
    """Return a task at other values: what is asked, the hints, the solution."""
    made = _task(id, variant)
    return {
        "name": made.name,
        "prompt": blocks(made.prompt),
        "asks": asks(made),
        "hints": [blocks(hint) for hint in made.hints],
        "solution": blocks(made.solution),
    }


def asks(made: Task) -> str:
    """Return what is to be given; a page has no files."""
    return made.kind.asks(made).replace(OR_FILE, "")


def preview(id: str, text: str, variant: int | None = None) -> dict:
    """Return how an answer is read, in LaTeX, or what is in the way and where; nothing on whether it is right."""
    made = _task(id, variant)
    try:
        reading = made.kind.read(text, made)
    except Unreadable as error:
        return {"message": error.message, "position": error.position}
    return {"latex": typeset(reading.tree), "shown": reading.shown}


def check(id: str, answer: str, variant: int | None = None) -> dict:
    """Return the verdict on an answer, in a code exercise on the text of a program that defines the function."""
    made = _task(id, variant)
    printed = _Printed()
    with contextlib.redirect_stdout(printed):
        verdict, position = _judge(made, answer)
    sign, headline, _, _ = STATUSES[verdict.status]
    more = {
        "sign": sign,
        "headline": headline,
        "name": verdict.name,
        "blocks": blocks(verdict.markdown),
        "details": [list(line) for line in verdict.details],
        "position": position,
        "slip": _slip(verdict),
        "next": _next(verdict),
        "printed": printed.text,
    }
    return verdict.as_dict() | more


def _judge(made: Task, answer: str) -> tuple[Verdict, int | None]:
    """Return the verdict, and the place in the answer that could not be read."""
    try:
        if made.exercise.kind == "code" and not is_unanswered(answer):
            name = made.exercise.signature.partition("(")[0]
            answer = function_from(answer, name, f"<{made.exercise.id}>", _names())
        verdict = judge(made, answer)
    except Unreadable as error:
        return unreadable(made, error), None
    position = None
    if verdict.status == "unreadable" and isinstance(answer, str):
        position = preview(made.exercise.id, answer, made.variant).get("position")
    return verdict, position


@functools.cache
def _names() -> dict:
    """Return what a learner's function finds as in a chapter: NumPy, jaclib and its public functions."""
    public = {name: value for name in jaclib.__all__ if (value := vars(jaclib).get(name))}
    return {"np": np, "jaclib": jaclib, "__name__": "__exercise__", **public}


class _Printed(io.TextIOBase):
    """Keeps the beginning of what is printed: an endless loop that prints does not fill the memory."""

    def __init__(self):
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text[: MOST_PRINTED - len(self.text)]
        return len(text)


def _slip(verdict: Verdict) -> dict | None:
    """Return the name of a slip that was recognised, and where it is explained."""
    if verdict.misconception is None:
        return None
    return {"title": blocks(verdict.named), "href": f"misconceptions.html#misconception-{verdict.misconception}"}


def _next(verdict: Verdict) -> list:
    """Return the next step in parts: text, links, and what the page itself can do."""
    step = verdict.next_step
    text, part = step.text.replace(OR_FILE, ""), _action(step)
    if verdict.misconception is not None:
        cure = MISCONCEPTIONS[verdict.misconception].cure
        part = {"text": reference(cure), "href": f"{CHAPTERS[chapter_of(cure)]}.html#{cure}"}
        text = text.replace(part["text"], "{…}")
    before, mark, after = text.partition("{…}")
    return [piece for piece in (before, part if mark else None, after) if piece]


def _action(step: NextStep) -> dict | None:
    """Return what the call of a step is in the page: a hint to open, other values to ask for, an exercise to go to."""
    if step.action is None:
        return None
    exercise = bank()[step.exercise]
    if step.action == "hint":
        return {"action": "hint"}
    if step.variant is not None:
        return {"action": "variant"}
    href = f"{CHAPTERS[exercise.chapter]}.html#{label(exercise)}"
    return {"text": f"{exercise.id} · {plain(exercise.title)}", "href": href}
