"""What an exercise is made of. How to write one: `jaclib.exercises.bank`.

Nothing here computes: an `Exercise` says what is asked and how its numbers follow from its given values;
`jaclib.exercises.task.Task` fills it with numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Case", "Exercise", "Mistake"]

LEVELS = {1: "warm-up", 2: "standard", 3: "demanding"}


@dataclass(frozen=True)
class Mistake:
    """A slip that the exercise recognises, and the wrong answer that it leads to.

    Attributes
    ----------
    misconception : str
        Key of `jaclib.exercises.misconceptions.MISCONCEPTIONS`.
    answer : callable
        ``answer(g)`` computes the wrong answer from the given values, as the slip would. It may return None where
        the slip makes no sense for the values of a variant. In a code exercise this is the wrong function itself.
    message : str or None, optional
        What to say to this learner, as a template; by default what the misconception says to all. It helps to find
        the slip and does not contain the right answer.
    """

    misconception: str
    answer: Callable
    message: str | None = None


@dataclass(frozen=True)
class Case:
    """One hidden call of a learner's function.

    Attributes
    ----------
    shown : str
        The call as it is shown to the learner when it fails: ``"central(exp, 1.0, 1e-5)"``.
    call : callable
        ``call(f)`` calls the learner's function and returns what is compared: its value, or a number made of it. It
        builds its arguments anew each time, so that a function that changes them spoils nothing.
    expect : optional
        The right result: a number, an array, or a tuple, list or dict of them. By default ``call(reference)``.
    within : float, optional
        Largest error allowed in an entry x, relative to max(1, abs(x)).
    """

    shown: str
    call: Callable
    expect: Any = None
    within: float = 1e-9


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise; `jaclib.exercises.bank` explains each field with an example.

    Attributes
    ----------
    id : str
        "E", the chapter, a point, a number: ``"E1.4"``.
    title : str
        A few words, without the answer.
    kind : str
        Key of `jaclib.exercises.kinds.KINDS`: number, expression, vector, matrix, shape, set, choice or code.
    section : str
        Label of the section in the book that teaches it, as in `jaclib.exercises.sections.SECTIONS`.
    objective : str
        Key of `jaclib.exercises.objectives.OBJECTIVES`.
    difficulty : int
        1 warm-up, 2 standard, 3 demanding.
    prompt : str
        The task, as a template in MyST Markdown.
    answer : callable
        ``answer(g)`` computes the right answer. In a code exercise this is the reference function itself.
    hints : sequence of str
        At least three templates, from a nudge to nearly there; each is worth something on its own.
    solution : str
        The full worked solution, a template; it ends with the answer.
    mistakes : sequence of Mistake
        The slips it recognises, at least three where three exist.
    given : mapping, optional
        Names and exact values: int, `fractions.Fraction`, SymPy, a list (vector), a list of lists (matrix), a str.
    draw : callable, optional
        ``draw(rng)`` returns other given values, from a `random.Random`; it makes the seeded variants.
    derive : callable, optional
        ``derive(g)`` adds what templates, answer and mistakes share, as attributes of ``g``.
    variables : sequence of str, optional
        Of an expression: the names of its free variables.
    names : sequence of str, optional
        Given values that a learner may use by name in the answer, such as ``("A", "B")`` in ``kron(A, B.T)``.
    options : mapping, optional
        Of a choice: letter to text, a template.
    signature : str, optional
        Of code: the function to write, ``"central(f, x, h)"``.
    cases : sequence of Case, optional
        Of code: the hidden calls, the simplest first.
    """

    id: str
    title: str
    kind: str
    section: str
    objective: str
    difficulty: int
    prompt: str
    answer: Callable
    hints: Sequence[str]
    solution: str
    mistakes: Sequence[Mistake]
    given: Mapping[str, Any] = field(default_factory=dict)
    draw: Callable | None = None
    derive: Callable | None = None
    variables: Sequence[str] = ()
    names: Sequence[str] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    signature: str | None = None
    cases: Sequence[Case] = ()

    @property
    def chapter(self) -> int:
        """Number of the chapter, from the id."""
        return int(self.id[1:].partition(".")[0])

    @property
    def order(self) -> tuple[int, int]:
        """Chapter and number, to sort by: E1.10 comes after E1.9."""
        chapter, _, number = self.id[1:].partition(".")
        return int(chapter), int(number)

    @property
    def level(self) -> str:
        """The difficulty in words."""
        return LEVELS[self.difficulty]
