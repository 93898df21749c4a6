"""Quick questions of chapter 3, one module for each part of the chapter."""

from __future__ import annotations

from questions._entry import Question
from questions.chapter3 import areas, coordinates, densities, line, whole

QUESTIONS: tuple[Question, ...] = (
    *line.QUESTIONS,
    *areas.QUESTIONS,
    *coordinates.QUESTIONS,
    *whole.QUESTIONS,
    *densities.QUESTIONS,
)
