"""Put the quick questions of `book/questions` at the ends of the sections of the pages.

They stand on the pages only: an option is a heading that unfolds its feedback, which needs no script and works with a
keyboard, a screen reader, without a network and on paper; a notebook has no such thing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from string import ascii_lowercase

import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "book"))
from questions import QUESTIONS

import exercise_cells
from jaclib.exercises.sections import chapter_of

FILES = sorted((Path(__file__).resolve().parent.parent / "book" / "questions").rglob("*.py"))


def insert(cells: list, chapter: int) -> None:
    """Insert the questions of a chapter's sections, each before the exercises of its section."""
    for section in dict.fromkeys(question.section for question in QUESTIONS):
        if chapter_of(section) != chapter:
            continue
        place = exercise_cells.section_end(cells, section)
        while exercise_cells.is_exercise(cells[place - 1]):
            place -= 1
        cells.insert(place, nbformat.v4.new_markdown_cell(block(section)))


def block(section: str) -> str:
    """Return the questions of a section as MyST Markdown."""
    questions = [question for question in QUESTIONS if question.section == section]
    parts = ["::::::{admonition} Quick questions\n:class: quick-questions"]
    for number, question in enumerate(questions, start=1):
        prompt, options = question.filled()
        parts.append(f"**{number}.** {prompt}")
        for letter, option in zip(ascii_lowercase, options, strict=False):
            verdict = "**Right.** " if option.is_right else "**Not quite.** "
            # The letter is what people say when they talk of an option, and a name where it is a formula and no more.
            title = f"({letter}) {' '.join(option.text.split())}"
            parts.append(
                f":::::{{dropdown}} {title}\n:class-container: quick-option\n{verdict}{option.feedback}\n:::::"
            )
    return "\n\n".join([*parts, "::::::"]) + "\n"
