"""Quick questions of chapter 2, one module for each group of sections."""

from __future__ import annotations

from questions._entry import Question
from questions.chapter2 import chain, cost, linear, matrix

QUESTIONS: tuple[Question, ...] = (*linear.QUESTIONS, *matrix.QUESTIONS, *chain.QUESTIONS, *cost.QUESTIONS)
