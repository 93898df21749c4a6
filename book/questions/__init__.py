"""The quick questions at the ends of sections: to find out at once whether a section has arrived.

Each is multiple choice, and every option has its feedback: a reader who opens a wrong one learns what was wrong with
it. Numbers in them are computed by `values`, never typed: write ``<name>``, as in the bank of exercises
(`jaclib.exercises.template`), and ``<name:decimal>`` for six digits.

To add one, add a `Question` to the file of its chapter. The first option need not be the right one; tests look that
there is exactly one, that no two options read the same, and that every teaching section has two or three questions.
"""

from __future__ import annotations

from questions import chapter1, chapter2, chapter3
from questions._entry import Option, Question, right, wrong

__all__ = ["QUESTIONS", "Option", "Question", "right", "wrong"]

QUESTIONS: tuple[Question, ...] = (*chapter1.QUESTIONS, *chapter2.QUESTIONS, *chapter3.QUESTIONS)
