"""From an answer to a verdict."""

from __future__ import annotations

import difflib
import dis
import functools
import inspect
import re

from jaclib.exercises.bank import load
from jaclib.exercises.entry import Exercise
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.numbers import Fit
from jaclib.exercises.plain import plain
from jaclib.exercises.reading import Unreadable
from jaclib.exercises.sections import SECTIONS, reference
from jaclib.exercises.task import Task
from jaclib.exercises.verdict import NextStep, Verdict

__all__ = ["bank", "find", "is_unanswered", "judge", "reading_order", "unreadable", "written"]

_PRECISION = {
    Fit.COARSE: "The digits you give are right, but they are too few to tell. Give three significant digits or more, "
    "or an exact form.",
    Fit.CUT: "You have cut the decimal off where it should be rounded. Round the last digit.",
    Fit.NEAR: "Your answer agrees with the right one in its first three digits, and then it differs. Keep exact values "
    "as long as you can, and round only at the end, to digits that you trust.",
}


@functools.cache
def bank() -> dict[str, Exercise]:
    """Return all exercises by id."""
    return load()


def reading_order() -> list[Exercise]:
    """Return all exercises as they stand in the chapters: section by section."""
    sections = list(SECTIONS)
    return sorted(bank().values(), key=lambda exercise: (sections.index(exercise.section), exercise.order))


def find(where: str, id: str) -> Exercise:
    """Return the exercise of an id; ``1.4`` and ``e1.4`` are read as E1.4.

    Raises
    ------
    TypeError
        If the id is no str.
    ValueError
        If there is no such exercise.
    """
    if not isinstance(id, str):
        raise TypeError(f'{where}: the id is {id!r}, expected text such as "E1.4".')
    name = id.strip().upper()
    name = name if name.startswith("E") else f"E{name}"
    if name in bank():
        return bank()[name]
    near = difflib.get_close_matches(name, bank(), n=3)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise ValueError(f"{where}: there is no exercise {id[:40]!r}.{meant} `exercises()` lists all.")


def is_unanswered(answer) -> bool:
    """Whether there is no answer yet: None, three dots, nothing but white space, or a function of three dots."""
    if isinstance(answer, str):
        return answer.strip() in ("", "...", "…")
    return answer is None or answer is Ellipsis or (inspect.isfunction(answer) and _does_nothing(answer))


def _does_nothing(function) -> bool:
    """Whether a function returns None at once, as ``def f(x): ...`` does, with or without a docstring."""
    steps = [(step.opname, step.argval) for step in dis.get_instructions(function)]
    steps = [step for step in steps if step[0] not in ("RESUME", "NOP")]
    return steps in ([("LOAD_CONST", None), ("RETURN_VALUE", None)], [("RETURN_CONST", None)])  # the second: 3.12


def written(answer) -> str:
    """Return what a learner gave, as text, for the journal."""
    if isinstance(answer, str):
        return answer
    if inspect.isfunction(answer):
        try:
            return inspect.getsource(answer)
        except (OSError, TypeError):
            return repr(answer)
    try:
        return repr(answer)
    except Exception:  # whatever a foreign object raises
        return f"<{type(answer).__name__}>"


def judge(task: Task, answer) -> Verdict:
    """Return the verdict on an answer."""
    hint = NextStep("For a nudge: {…}", "hint", task.exercise.id, task.variant)
    try:
        if not is_unanswered(answer):
            answer = task.kind.given(answer, task)
    except Unreadable as error:
        return unreadable(task, error)
    if is_unanswered(answer):  # a file may hold a function of three dots
        again = NextStep(
            f"Answer with {task.kind.asks(task)}. To read the task again: {{…}}",
            "exercise",
            task.exercise.id,
            task.variant,
        )
        return _verdict(task, "unanswered", "Take your time; there are hints.", again)
    try:
        reading = task.kind.read(answer, task)
    except Unreadable as error:
        return unreadable(task, error)
    say = functools.partial(_verdict, task, read_as=reading.shown)
    fit = task.kind.fit(reading.value, task.answer, task)
    if fit is Fit.SAME:
        return say("correct", _praise(task), _onward(task))
    slip = _recognised(task, reading.value, fit)
    if slip is not None:
        named = MISCONCEPTIONS[slip.mistake.misconception]
        step = NextStep(f"Read {reference(named.cure)}, then try again.")
        details = tuple(task.kind.details(reading.value, task))
        return say(
            "incorrect",
            plain(slip.message),
            step,
            slip.message,
            details=details,
            misconception=slip.mistake.misconception,
            named=named.title,
        )
    layout = task.kind.layout(reading.value, task.answer, task)
    if layout is not None:
        return say("layout", layout, NextStep(f"Answer with {task.kind.asks(task)}."))
    if fit in _PRECISION:
        return say("precision", _PRECISION[fit], NextStep(f"Answer with {task.kind.asks(task)}."))
    details = tuple(task.kind.details(reading.value, task))
    return say("incorrect", task.kind.remark(reading.value, task.answer, task), hint, details=details)


def unreadable(task: Task, error: Unreadable) -> Verdict:
    """Return the verdict on an answer that cannot be read."""
    details = (("Answer", error.pointer),) if error.pointer else ()
    step = NextStep(f"Answer with {task.kind.asks(task)}.")
    return _verdict(task, "unreadable", error.message, step, details=details)


def _recognised(task: Task, value, fit: Fit):
    """Return the mistake that leads to this value; a decimal of few digits must point to one of them alone."""
    for least in (Fit.SAME, Fit.CUT):
        found = [slip for slip in task.slips if task.kind.fit(value, slip.wrong, task) >= least]
        if found and (least is Fit.SAME or (len(found) == 1 and fit is Fit.NO)):
            return found[0]
    return None


def _verdict(task: Task, status: str, message: str, step: NextStep, markdown: str | None = None, **more) -> Verdict:
    """Return a verdict; `markdown` is the message of a mistake, any other message is plain text."""
    exercise = task.exercise
    if markdown is None:
        markdown = re.sub(r"([*_`$\\<])", r"\\\1", message)
    return Verdict(exercise.id, exercise.title, task.variant, status, message, step, markdown=markdown, **more)


def _praise(task: Task) -> str:
    """Say what was shown to be understood."""
    return "That is right." if task.exercise.kind != "code" else "Your function passes every case."


def _onward(task: Task) -> NextStep:
    """Point to the next exercise of the chapters, or to another variant of the last one."""
    ids = [exercise.id for exercise in reading_order()]
    later = ids[ids.index(task.exercise.id) + 1 :]
    if later:
        return NextStep("Go on: {…}", "exercise", later[0])
    if task.exercise.draw:
        return NextStep("That was the last exercise. A variant has other numbers: {…}", "exercise", task.exercise.id, 1)
    return NextStep("That was the last exercise.")
