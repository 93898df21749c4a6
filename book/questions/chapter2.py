"""Quick questions of chapter 2."""

from __future__ import annotations

from questions._entry import Question

QUESTIONS: tuple[Question, ...] = ()
