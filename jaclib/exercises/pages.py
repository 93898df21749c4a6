"""The exercises as they stand in the book, in MyST Markdown; needs nothing of Sphinx.

Labels: ``exercise-e1-4`` of an exercise, ``misconception-sign-lost`` of a misconception.
"""

from __future__ import annotations

import hashlib
import json

from jaclib.exercises.checking import bank, reading_order
from jaclib.exercises.entry import Exercise
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.objectives import OBJECTIVES
from jaclib.exercises.sections import SECTIONS, chapter_of
from jaclib.exercises.task import Task
from jaclib.exercises.writing import text

__all__ = [
    "content_key",
    "exercise_table",
    "help_block",
    "label",
    "misconception_entries",
    "objective_list",
    "recognised_in",
    "starter",
    "stub",
    "task_block",
]


def label(exercise: Exercise) -> str:
    """Return the label of an exercise in the book."""
    return "exercise-" + exercise.id.lower().replace(".", "-")


def content_key(exercise: Exercise) -> str:
    """Return a short digest of what is asked and what is right: with another one, an old verdict is of the past."""
    task = Task(exercise)
    if exercise.kind == "code":
        right = [case.shown for case in exercise.cases]
    elif exercise.kind in ("choice", "shape"):
        right = str(task.raw_answer)
    else:
        right = text(task.raw_answer)
    asked = [exercise.kind, task.prompt, exercise.signature, right]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:10]


def task_block(exercise: Exercise) -> str:
    """Return the task as it stands in a chapter: an ``exercise`` directive (sphinx-exercise)."""
    return (
        f":::{{exercise}} {exercise.id} · {exercise.title}\n:label: {label(exercise)}\n:nonumber:\n\n"
        f"{Task(exercise).prompt}\n\n*{exercise.level.capitalize()} · {exercise.kind}*\n:::"
    )


def starter(exercise: Exercise) -> str:
    """Return the code below the task, in which the learner replaces the three dots."""
    if not exercise.signature:
        return f'check("{exercise.id}", ...)'
    name = exercise.signature.partition("(")[0]
    return f'{stub(exercise)}\n\n\ncheck("{exercise.id}", {name})'


def stub(exercise: Exercise) -> str:
    """Return the function of a code exercise, before there is anything in it."""
    return f"def {exercise.signature}:\n    # your code\n    ..."


def help_block(exercise: Exercise) -> str:
    """Return the hints in their order and the solution, each folded (dropdowns of sphinx-design)."""
    task = Task(exercise)
    texts = {f"Hint {i}": hint for i, hint in enumerate(task.hints, start=1)} | {"Solution": task.solution}
    folded = "\n\n".join(f":::{{dropdown}} {title}\n{text}\n:::" for title, text in texts.items())
    return f"::::{{container}} exercise-help\n{folded}\n::::"


def _link(exercise: Exercise) -> str:
    return f"{{ref}}`{exercise.id} <{label(exercise)}>`"


def exercise_table(chapter: int) -> str:
    """Return the table of a chapter's exercises, in the order in which they stand there."""
    rows = [
        f"| {_link(e)} | {e.title} | {e.kind}{', variants' * (e.draw is not None)} | {e.level} | {{ref}}`{e.section}` |"
        for e in reading_order()
        if e.chapter == chapter
    ]
    return "\n".join(["| exercise | task | answer | level | section |", "|---|---|---|---|---|", *rows])


def objective_list(chapter: int) -> str:
    """Return what a chapter enables to do, each with the exercises that serve it."""
    lines = []
    for key, objective in OBJECTIVES.items():
        serving = [e for e in bank().values() if e.objective == key]
        if objective.chapter == chapter and serving:
            lines.append(f"- {objective.text}: {', '.join(_link(e) for e in serving)}")
    return "\n".join(lines)


def recognised_in() -> dict[str, dict[str, Exercise]]:
    """Return, for each misconception that exercises recognise, these exercises by their ids."""
    known: dict[str, dict[str, Exercise]] = {}
    for exercise in bank().values():
        for mistake in exercise.mistakes:
            known.setdefault(mistake.misconception, {})[exercise.id] = exercise
    return known


def misconception_entries(chapter: int) -> dict[str, tuple[str, str]]:
    """Return the misconceptions that a chapter cures, by label: the title, and the text with cure and exercises."""
    known = recognised_in()
    sections, entries = list(SECTIONS), {}
    for key, what in sorted(MISCONCEPTIONS.items(), key=lambda item: sections.index(item[1].cure)):
        if key in known and chapter_of(what.cure) == chapter:
            where = ", ".join(_link(e) for e in known[key].values())
            text = f"{what.explanation}\n\nRead {{ref}}`{what.cure}`. Recognised in {where}."
            entries[f"misconception-{key}"] = (what.title, text)
    return entries
