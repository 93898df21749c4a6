"""Functions that learners write: run on hidden cases, and compared with wrong functions that are known."""

from __future__ import annotations

import inspect
import linecache
import runpy
import traceback
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np

from jaclib.exercises import feedback
from jaclib.exercises.kinds.base import Kind
from jaclib.exercises.kinds.outcomes import Raised, alike, as_array, describe, errors_alike, numeric
from jaclib.exercises.limit import TooSlow, time_limit
from jaclib.exercises.numbers import Fit
from jaclib.exercises.reading import Reading, Unreadable

__all__ = ["OR_FILE", "Code", "Outcomes", "function_from"]

SECONDS = 10.0  # for all cases of an exercise together
OR_FILE = ", or the path of a .py file that defines it"  # on the command line and in a notebook


class Outcomes(NamedTuple):
    """What a function returned, or raised, in each case."""

    results: tuple
    name: str


class Code(Kind):
    """A function, or the path of a Python file that defines it."""

    def asks(self, task) -> str:
        """Name the function."""
        return f"the function {task.exercise.signature}{OR_FILE}"

    def given(self, raw, task):
        """Return a learner's function, from its file where a path is given."""
        return _load(Path(raw), _name(task)) if isinstance(raw, str | Path) else raw

    def read(self, raw, task) -> Reading:
        """Run a learner's function on the hidden cases."""
        name = _name(task)
        shown = f"the function {getattr(raw, '__name__', name)}"
        if not callable(raw):
            raise Unreadable(
                f"A function is expected, not {type(raw).__name__}. Pass {name} itself, without calling it; "
                "on the command line, the path of a .py file that defines it."
            )
        _check_arguments(raw, task.exercise.signature)
        return Reading(_run(raw, task), shown)

    def truth(self, raw, task) -> Outcomes:
        """Run a function of the bank."""
        return _run(raw, task)

    def expected(self, task) -> list:
        """Return what each case should give."""
        given = (case.expect for case in task.exercise.cases)
        return [r if e is None else e for e, r in zip(given, task.answer.results, strict=True)]

    def passed(self, value: Outcomes, task) -> list[bool]:
        """Return which cases a function passes."""
        cases = zip(value.results, self.expected(task), task.exercise.cases, strict=True)
        return [alike(got, expect, _within(case)) for got, expect, case in cases]

    def fit(self, value: Outcomes, truth: Outcomes, task) -> Fit:
        """Compare with what is expected, or look whether a function is off as a known wrong one is."""
        if truth is task.answer:
            return Fit.SAME if all(self.passed(value, task)) else Fit.NO
        cases = zip(value.results, truth.results, self.expected(task), task.exercise.cases, strict=True)
        same = all(errors_alike(got, wrong, expect, case.within) for got, wrong, expect, case in cases)
        return Fit.SAME if same else Fit.NO

    def close(self, a: Outcomes, b: Outcomes, task) -> bool:
        """Whether the cases do not tell two functions apart."""
        if b is task.answer:
            return all(self.passed(a, task))
        cases = zip(a.results, b.results, self.expected(task), task.exercise.cases, strict=True)
        return all(errors_alike(x, y, expect, case.within) for x, y, expect, case in cases)

    def first_failure(self, value: Outcomes, task) -> int:
        """Return the number of the first case that fails."""
        return self.passed(value, task).index(False)

    def details(self, value: Outcomes, task) -> list[tuple[str, str]]:
        """Return the first failing case: the call, what is expected, what came."""
        i = self.first_failure(value, task)
        expect, got = self.expected(task)[i], value.results[i]
        return [("Call", task.exercise.cases[i].shown), ("Expected", describe(expect)), ("Got", describe(got))]

    def remark(self, value: Outcomes, truth: Outcomes, task) -> str:
        """Say what is wrong in the first failing case."""
        i = self.first_failure(value, task)
        expect, got = self.expected(task)[i], value.results[i]
        return f"{_passed_so_far(i)} {_compare(got, expect)}"


def _name(task) -> str:
    return task.exercise.signature.partition("(")[0]


def _within(case):
    return lambda size: case.within * np.maximum(1, np.abs(size))


def _passed_so_far(count: int) -> str:
    if not count:
        return "The first case fails."
    return f"The first {'case passes' if count == 1 else f'{count} cases pass'}, and the next one fails."


def _compare(got, expect) -> str:
    """Say how a result differs from the expected one."""
    if isinstance(got, Raised):
        if got.slow:
            return "The time was up before your function returned. Look for a loop that does not end, or does too much."
        return (
            "Your function raises an error there. Call it with these arguments and read the last line of the message."
        )
    if got is None:
        return "Your function returns None. Is the return statement missing?"
    if isinstance(expect, tuple | dict):
        return "Compare the parts of the result one by one, and their order."
    array = numeric(got)
    if array is None:
        return f"A number or an array is expected; your function returns {type(got).__name__}."
    wanted = numeric(expect)
    if wanted is not None and array.shape != wanted.shape:
        return f"The result has shape {array.shape}; {wanted.shape} is expected."
    a, b = as_array(got), as_array(expect)
    return feedback.remark(a, b) if a is not None and b is not None else "Compare the two values."


def _check_arguments(function, signature: str) -> None:
    """Refuse a function that cannot be called as it must be."""
    wanted = [part.strip() for part in signature.partition("(")[2].rstrip(")").split(",") if part.strip()]
    try:
        inspect.signature(function).bind(*wanted)
    except TypeError:
        raise Unreadable(f"Your function cannot be called as {signature}: it takes other arguments.") from None
    except ValueError:  # some functions written in C say nothing of their arguments
        return


def _run(function, task) -> Outcomes:
    """Call a function in every case; what it raises is a result too."""
    filename = getattr(getattr(function, "__code__", None), "co_filename", None)
    results = []
    out_of_time = Raised("TooSlow", "", slow=True)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            with time_limit(SECONDS, filename):
                for case in task.exercise.cases:
                    results.append(_call(case, function, filename))
        except TooSlow:
            pass
    missing = len(task.exercise.cases) - len(results)
    return Outcomes((*results, *[out_of_time] * missing), getattr(function, "__name__", "function"))


def _call(case, function, filename):
    try:
        return case.call(function)
    except (Exception, SystemExit) as error:
        steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename == filename]
        return Raised(type(error).__name__, str(error)[:200], steps[-1].lineno if steps else None)


def _load(path: Path, name: str):
    """Return the function of that name from a Python file."""
    if path.suffix != ".py" or not path.is_file():
        raise Unreadable(f"{str(path)[:200]!r} is no Python file. Give the path of a .py file that defines {name}.")
    return _defined(name, lambda: runpy.run_path(str(path)), str(path), path.name)


def function_from(text: str, name: str, filename: str, names: dict):
    """Return the function of that name from the text of a program, which finds `names` there already.

    Raises
    ------
    Unreadable
        If the program cannot be run, or defines no such function.
    """

    def run():
        contents = dict(names)
        # So that the lines of an error can be shown; the text is a learner's own program, run where it was typed.
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
        exec(compile(text, filename, "exec"), contents)
        return contents

    return _defined(name, run, filename, "Your code")


def _defined(name: str, run, filename: str, label: str):
    """Return what a program defines under a name; say what is in the way in the learner's terms."""
    try:
        with time_limit(SECONDS, filename):
            contents = run()
    except TooSlow:
        raise Unreadable(f"{label} did not finish in {SECONDS:.0f} seconds.") from None
    except (Exception, SystemExit) as error:
        steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename == filename]
        line = getattr(error, "lineno", None) or (steps[-1].lineno if steps else None)
        where = f" in line {line}" if line else ""
        what = error.msg if isinstance(error, SyntaxError) else str(error)  # whose text names the file again
        raise Unreadable(f"{label} cannot be run: {type(error).__name__}{where}: {what[:200]}") from None
    if name not in contents:
        raise Unreadable(f"{label} defines no function {name}.")
    return contents[name]
