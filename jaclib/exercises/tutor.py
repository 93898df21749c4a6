"""What learners call: check, hint, solution, progress, exercises, exercise."""

from __future__ import annotations

from dataclasses import replace

from jaclib.exercises.checking import bank, find, judge, written
from jaclib.exercises.journal import own_journal
from jaclib.exercises.listing import Listing
from jaclib.exercises.progress import Progress
from jaclib.exercises.sheets import Hint, Solution
from jaclib.exercises.task import Task, make_task
from jaclib.exercises.verdict import Verdict

__all__ = ["check", "exercise", "exercises", "hint", "progress", "solution"]

JOURNAL = own_journal()


def check(id: str, answer=None, *, variant: int | None = None) -> Verdict:
    """Judge an answer to an exercise, and say what to do next.

    Parameters
    ----------
    id : str
        The exercise: ``"E1.4"``.
    answer : object, optional
        Text such as ``"5/7"``, ``"6 pi"``, ``"1 2; 3 4"`` or LaTeX, which is parsed by hand and never evaluated; a
        number, list, NumPy array, SymPy expression or matrix; in a code exercise the function itself. Without one, or
        with ``...`` (in a code exercise a function of which that is all), the verdict says that it is not answered
        yet.
    variant : int, optional
        The seed of other given values, the same on every machine.

    Returns
    -------
    Verdict
        ``.correct``, ``.misconception``, ``.message`` and ``.next_step``; a card in a notebook, text in a terminal.
        The attempt is added to a file on this machine (`progress`).

    Raises
    ------
    TypeError
        If `id` is no str or `variant` no int.
    ValueError
        If there is no such exercise, or it has no variants.

    Notes
    -----
    An equivalent exact form is right. A decimal is right when it is rounded to three significant digits or more
    and right in all of them.

    Examples
    --------
    >>> from jaclib.exercises import check
    >>> check("E1.4", 68).correct
    True
    >>> verdict = check("E1.4", 672)
    >>> verdict.correct, verdict.misconception, str(verdict.next_step)
    (False, 'paths-multiplied', 'Read “The chain rule as a graph” in chapter 1, then try again.')
    >>> print(check("E1.4", "68,0"))
    ? Could not be read · E1.4 · Two paths to the output
      Write decimals with a point, and no comma between thousands.
      Answer:   68,0
                  ^
      Next: Answer with a number: exact, such as 5/7, 6*pi or (2 - e^-3)/4, or a decimal
      with three or more significant digits.
    """
    task = make_task(find("check", id), variant)
    verdict = judge(task, answer)
    if verdict.status == "unanswered":
        return verdict
    problem = JOURNAL.add(
        "attempt",
        verdict.exercise,
        variant=variant,
        answer=written(answer),
        status=verdict.status,
        misconception=verdict.misconception,
    )
    return replace(verdict, note=problem)


def hint(id: str, number: int | None = None, *, variant: int | None = None) -> Hint:
    """Return the next hint of an exercise, or that of a number from 1.

    Parameters
    ----------
    id : str
        The exercise.
    number : int, optional
        Which hint; by default the first one that you have not seen.
    variant : int, optional
        The seed of its values.

    Returns
    -------
    Hint
        ``.text`` in MyST Markdown, ``.number`` and ``.of``; shown as Markdown in a notebook and as text in a terminal.

    Raises
    ------
    TypeError
        If `number` or `variant` is no int.
    ValueError
        If there is no such exercise, hint or variant.

    Examples
    --------
    >>> from jaclib.exercises import hint
    >>> print(hint("E1.4", 1))
    Hint 1 of 3 · E1.4 · Two paths to the output
      Draw the graph: arrows from x to u and to v, and from both to f. Along how many paths
      does x reach f?
    """
    task = make_task(find("hint", id), variant)
    name = task.exercise.id
    last = len(task.hints)
    if number is None:
        seen = Progress(JOURNAL).of(name).hints
        number = min(max(seen, default=0) + 1, last)
    elif isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"hint: number is {number!r}, expected a whole number from 1 to {last}.")
    elif not 1 <= number <= last:
        raise ValueError(f"hint: {name} has hints 1 to {last}, not {number}.")
    problem = JOURNAL.add("hint", name, variant=variant, number=number)
    return Hint(task, number, problem)


def solution(id: str, *, variant: int | None = None, force: bool = False) -> Solution:
    r"""Return the worked solution of an exercise, after a first attempt of your own.

    Parameters
    ----------
    id : str
        The exercise.
    variant : int, optional
        The seed of its values.
    force : bool, optional
        Show it in any case. Asking a second time does the same.

    Returns
    -------
    Solution
        ``.text`` in MyST Markdown, or an invitation to try first where ``.shown`` is False.

    Raises
    ------
    TypeError
        If `variant` is no int.
    ValueError
        If there is no such exercise or variant.

    Examples
    --------
    >>> from jaclib.exercises import solution
    >>> solution("E1.4", force=True).text.splitlines()[-1]
    'Add over the paths: $\\dfrac{df}{dx} = 56 + 12 = 68$.'
    """
    task = make_task(find("solution", id), variant)
    record = Progress(JOURNAL).of(task.exercise.id)
    shown = bool(force or record.attempts or record.asked)
    problem = JOURNAL.add("solution" if shown else "asked", task.exercise.id, variant=variant)
    return Solution(task, shown, problem)


def progress() -> Progress:
    """Return what you have done so far: a table in a notebook, text in a terminal.

    Returns
    -------
    Progress
        ``.solved`` and ``.tried`` are ids; ``.export(path)`` writes all attempts to a file, ``.reset()`` begins anew
        and keeps the old file under another name. All of it stays on this machine.

    Examples
    --------
    >>> from jaclib.exercises import check, progress
    >>> verdict = check("E3.5", "8 pi")
    >>> "E3.5" in progress().solved
    True
    """
    return Progress(JOURNAL)


def exercises(chapter: int | None = None) -> Listing:
    """Return all exercises, or those of a chapter: a table in a notebook, text in a terminal.

    Parameters
    ----------
    chapter : int, optional
        1, 2 or 3.

    Raises
    ------
    ValueError
        If there is no such chapter.

    Examples
    --------
    >>> from jaclib.exercises import exercises
    >>> {entry.chapter for entry in exercises(3)}
    {3}
    """
    chosen = [e for e in bank().values() if chapter in (None, e.chapter)]
    if not chosen:
        raise ValueError(f"exercises: there is no chapter {chapter!r}; expected 1, 2 or 3.")
    return Listing(chosen, Progress(JOURNAL))


def exercise(id: str, *, variant: int | None = None) -> Task:
    """Return one exercise: its task as Markdown in a notebook, as text in a terminal.

    Parameters
    ----------
    id : str
        The exercise.
    variant : int, optional
        The seed of its values.

    Raises
    ------
    TypeError
        If `id` is no str or `variant` no int.
    ValueError
        If there is no such exercise or variant.

    Examples
    --------
    >>> from jaclib.exercises import exercise
    >>> print(exercise("E1.4"))
    E1.4 · Two paths to the output (number, warm-up)
      Let f = uv + u² with u = x² and v = 3x. What is df/dx at x = 2?
      Answer with a number: exact, such as 5/7, 6*pi or (2 - e^-3)/4, or a decimal with
      three or more significant digits.
    """
    return make_task(find("exercise", id), variant)
