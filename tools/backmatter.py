"""Sphinx directives for the back matter: code side by side, summary sheets, the plan of the lectures.

What they show has its source elsewhere: in code that is run, in the labelled equations of the chapters, in the bank of
exercises and in the misconceptions. So a page cannot say anything else than its source.
"""

from __future__ import annotations

import re

import numpy as np
from docutils import nodes

import elsewhere
import exercise_cells
import notebooks
from equations import book
from generated import Generated
from jaclib.exercises import pages
from jaclib.exercises.checking import reading_order
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.sections import SECTIONS, chapter_of

CHAPTERS = {notebooks.chapter_number(path): path for path in exercise_cells.chapters()}


def equations(chapter: int) -> dict[str, str]:
    """Return the displayed equations of a chapter, by label, in LaTeX."""
    page = CHAPTERS[chapter].name
    return {found.label: found.latex for found in book.equations() if found.page == page and found.label}


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


class Elsewhere(Generated):
    """Show the code of one task in every library, one tab each, and the numbers that all of them find."""

    required_arguments = 1

    def run(self):
        """Return a tab-set and a block of numbers."""
        self.rebuild_with(elsewhere.__file__, *elsewhere.FOLDER.glob("*.py"))
        task = self.arguments[0]
        tabs = [
            f":::{{tab-item}} {library}\n:sync: {library}\n```python\n{elsewhere.section(library, task)}\n```\n:::"
            for library in elsewhere.LIBRARIES
        ]
        shown = self.parse_text_to_nodes("::::{tab-set}\n:sync-group: library\n\n" + "\n\n".join(tabs) + "\n::::")
        answers = {name: value for name, value in elsewhere.ANSWERS.get(task, {}).items() if name != "by_rules"}
        if answers:
            text = "\n".join(f"{name} = {self._number(value, len(name) + 3)}" for name, value in answers.items())
            shown.append(nodes.literal_block(text, text, language="none", classes=["elsewhere-answer"]))
        return shown

    def _number(self, value, indent):
        if isinstance(value, dict):
            return "".join(f"\n  {name}: {self._number(entry, len(name) + 4)}" for name, entry in value.items())
        with np.printoptions(precision=6, suppress=True):
            return str(np.round(np.asarray(value, dtype=float), 6) + 0.0).replace("\n", "\n" + " " * indent)


class ElsewhereFacts(Generated):
    """List where the libraries differ, as each of them reported it."""

    def run(self):
        """Return a table with one column per library."""
        self.rebuild_with(elsewhere.__file__)
        libraries = list(elsewhere.LIBRARIES)
        rows = [
            [what, *(str(values.get(library, "")) for library in libraries)]
            for what, values in elsewhere.FACTS.values()
            if len(values) > 1
        ]
        shown = self.parse_text_to_nodes(table(["", *libraries], rows))
        return [nodes.container("", *shown, classes=["elsewhere-facts"])]


class SheetFormulas(Generated):
    """Repeat equations of the chapter with this number; each line has a label, a bar, and what the formula says."""

    required_arguments = 1
    has_content = True

    def run(self):
        """Return a list of formulas, each with its name and a reference to the place that derives it."""
        chapter = int(self.arguments[0])
        self.rebuild_with(CHAPTERS[chapter])
        formulas = []
        for line in self.content:
            label, _, name = (part.strip() for part in line.partition("|"))
            latex = equations(chapter).get(label)
            if latex is None:
                raise self.error(f"chapter {chapter} has no equation {label!r}")
            latex = re.sub(r"\s*[.,]\s*(?=$|\\end\{\w+\}$)", "", latex)  # no full stop: here it ends no sentence
            shown = self.parse_text_to_nodes(f"{name} {{eq}}`{label}`\n\n$$\n{latex}\n$$")
            formulas.append(nodes.container("", *shown, classes=["sheet-formula"]))
        return [nodes.container("", *formulas, classes=["sheet-formulas"])]


class SheetMistakes(Generated):
    """Warn of these misconceptions, in the words of the exercises."""

    has_content = True

    def run(self):
        """Return one paragraph for each."""
        self.rebuild_with_jaclib()
        found = [(key, MISCONCEPTIONS[key]) for key in self.content]
        lines = [f"1. **{{ref}}`{what.title} <misconception-{key}>`.** {what.explanation}" for key, what in found]
        return self.parse_text_to_nodes("\n".join(lines))


def lesson(lines: list[str]) -> tuple[list[list[str]], int]:
    """Return the rows of a lecture's plan and its minutes, from lines of a section, minutes, and what to do."""
    rows, total = [], 0
    for line in lines:
        section, minutes, what = (part.strip() for part in line.split("|", maxsplit=2))
        if section not in SECTIONS:
            raise ValueError(f"expected a section of the book, got {section!r}")
        total += int(minutes)
        here = [exercise for exercise in reading_order() if exercise.section == section]
        give = [
            ", ".join(f"{{ref}}`{e.id} <{pages.label(e)}>`" for e in here if (e.difficulty == 1) is in_class)
            for in_class in (True, False)
        ]
        rows.append([f"{{ref}}`{section}`", minutes, what or "Read it at home.", *give])
    return rows, total


def slips(chapter: int, most: int = 3) -> list[list[str]]:
    """Return for each section of a chapter the slips cured there that most exercises recognise, two at least."""
    known = pages.recognised_in()
    rows = []
    for section in SECTIONS:
        here = [key for key, ids in known.items() if MISCONCEPTIONS[key].cure == section and len(ids) > 1]
        here.sort(key=lambda key: -len(known[key]))
        if here and chapter_of(section) == chapter:
            links = [f"{{ref}}`{MISCONCEPTIONS[k].title} <misconception-{k}>` ({len(known[k])})" for k in here[:most]]
            rows.append([f"{{ref}}`{section}`", "; ".join(links)])
    return rows


class Lesson(Generated):
    """Plan a lecture: each line has a section, its minutes (0: to read at home), and what to do, with bars between."""

    has_content = True

    def run(self):
        """Return the table, with the exercises of each section and the sum of the minutes."""
        self.rebuild_with_jaclib()
        try:
            rows, total = lesson(list(self.content))
        except ValueError as error:
            raise self.error(str(error)) from error
        rows.append(["**together**", f"**{total}**", "", "", ""])
        head = ["section", "min", "in the lecture", "try at once", "at home"]
        return [nodes.container("", *self.parse_text_to_nodes(table(head, rows)), classes=["lesson"])]


class Slips(Generated):
    """List where students slip in the chapter with this number."""

    required_arguments = 1

    def run(self):
        """Return a table of sections and slips."""
        self.rebuild_with_jaclib()
        return self.parse_text_to_nodes(table(["section", "slips"], slips(int(self.arguments[0]))))


def setup(app):
    app.add_directive("lesson", Lesson)
    app.add_directive("slips", Slips)
    app.add_directive("sheet-formulas", SheetFormulas)
    app.add_directive("sheet-mistakes", SheetMistakes)
    app.add_directive("elsewhere", Elsewhere)
    app.add_directive("elsewhere-facts", ElsewhereFacts)
