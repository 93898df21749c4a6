"""Quick questions of chapter 3."""

from __future__ import annotations

from questions._entry import Question

QUESTIONS: tuple[Question, ...] = ()
