"""Quick questions of chapter 1, one module for each group of sections."""

from __future__ import annotations

from questions._entry import Question
from questions.chapter1 import checking, descent, graph, layers, reuse, slopes

QUESTIONS: tuple[Question, ...] = (
    *slopes.QUESTIONS,
    *descent.QUESTIONS,
    *graph.QUESTIONS,
    *reuse.QUESTIONS,
    *layers.QUESTIONS,
    *checking.QUESTIONS,
)
