"""The exercises as pages of the book, in MyST Markdown; needs nothing of Sphinx.

Labels: ``exercise-e1-4`` of an exercise, ``misconception-sign-lost`` of a misconception.
"""

from __future__ import annotations

from jaclib.exercises.checking import bank
from jaclib.exercises.entry import Exercise
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.objectives import OBJECTIVES
from jaclib.exercises.sections import chapter_of
from jaclib.exercises.task import Task

__all__ = ["block", "exercises_page", "label", "misconceptions_page"]

_CHAPTERS = {1: "Partial derivatives", 2: "The Jacobian matrix", 3: "Change of variables"}


def label(exercise: Exercise) -> str:
    """Return the label of an exercise in the book."""
    return "exercise-" + exercise.id.lower().replace(".", "-")


def block(id: str) -> str:
    """Return one exercise as it stands in a chapter: the task, and its hints and its solution folded.

    Parameters
    ----------
    id : str
        The exercise.

    Returns
    -------
    str
        MyST Markdown with an ``exercise`` directive (sphinx-exercise) around dropdowns (sphinx-design).
    """
    exercise = bank()[id]
    task = Task(exercise)
    stub = f"def {exercise.signature}:\n    ..." if exercise.signature else None
    name = exercise.signature.partition("(")[0] if exercise.signature else "..."
    parts = [
        f"::::::{{exercise}} {exercise.id} · {exercise.title}\n:label: {label(exercise)}\n:nonumber:",
        task.prompt,
        "```python\n" + "\n\n\n".join(filter(None, [stub, f'check("{id}", {name})'])) + "\n```",
        *(_dropdown(f"Hint {i}", hint) for i, hint in enumerate(task.hints, start=1)),
        _dropdown("Solution", task.solution),
        "::::::",
    ]
    return "\n\n".join(parts) + "\n"


def _dropdown(title: str, text: str) -> str:
    return f":::::{{dropdown}} {title}\n{text}\n:::::"


def exercises_page() -> str:
    """Return the page that lists all exercises, by chapter."""
    lines = [
        "# Exercises",
        "",
        f"{len(bank())} exercises, each of which knows the usual slips. Answer in a notebook, "
        '`from jaclib.exercises import check` and `check("E1.4", 68)`, or in a terminal, `jaclib check E1.4 68`. '
        '`hint("E1.4")` gives a hint, `solution("E1.4")` the worked solution, and `progress()` shows what you did. '
        'With `variant=7`, as in `check("E1.4", 68, variant=7)`, the numbers are others.',
        "",
        "[](misconceptions.md) explains each slip that is recognised.",
    ]
    for chapter, title in _CHAPTERS.items():
        entries = [exercise for exercise in bank().values() if exercise.chapter == chapter]
        if not entries:
            continue
        lines += ["", f"## Chapter {chapter}: {title}", "", "| exercise | task | answer | level | section | you can |"]
        lines += ["|---|---|---|---|---|---|"]
        lines += [
            f"| {e.id} | {e.title} | {e.kind}{', variants' * (e.draw is not None)} | {e.level} "
            f"| {{ref}}`{e.section}` | {OBJECTIVES[e.objective].text} |"
            for e in entries
        ]
    return "\n".join(lines) + "\n"


def misconceptions_page() -> str:
    """Return the page that explains each misconception, with its cure and the exercises that know it."""
    known: dict[str, list[str]] = {}
    for exercise in bank().values():
        for mistake in exercise.mistakes:
            ids = known.setdefault(mistake.misconception, [])
            if exercise.id not in ids:
                ids.append(exercise.id)
    lines = [
        "# Misconceptions",
        "",
        f"{len(known)} slips that the exercises recognise. Each stands at the chapter that puts it right.",
    ]
    for chapter, title in _CHAPTERS.items():
        keys = [key for key, what in MISCONCEPTIONS.items() if key in known and chapter_of(what.cure) == chapter]
        lines += ["", f"## Chapter {chapter}: {title}"] if keys else []
        for key in keys:
            what = MISCONCEPTIONS[key]
            where = ", ".join(known[key])
            lines += ["", f"(misconception-{key})=", f"### {what.title}", "", what.explanation, ""]
            lines += [f"Read {{ref}}`{what.cure}`. Recognised in {where}."]
    return "\n".join(lines) + "\n"
