"""Quick questions of chapter 2, one module for each group of sections."""

from __future__ import annotations

from questions._entry import Question
from questions.chapter2 import chain, cost, implicit, linear, matrix, newton

QUESTIONS: tuple[Question, ...] = tuple(
    question for part in (linear, matrix, chain, cost, newton, implicit) for question in part.QUESTIONS
)
