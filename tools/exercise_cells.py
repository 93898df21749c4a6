"""Write the exercises of the bank into the chapters, each at the end of the section that it names.

    python tools/exercise_cells.py

In a notebook an exercise is a cell with the task and a cell to answer in, both tagged `exercise`; all such cells are
this tool's, and nothing else is touched. Where a section ends in the middle of a cell, the cell is cut in two. What
an unanswered cell shows follows from the bank, so that no notebook has to be run again.
"""

from __future__ import annotations

import copy
import re
from pathlib import Path

import nbformat

import notebooks
from jaclib.exercises import pages
from jaclib.exercises.checking import bank, judge
from jaclib.exercises.entry import Exercise
from jaclib.exercises.task import Task

TAG = "exercise"
# The page shows no output: before the first answer it only says that there is none.
TASK, ANSWER = (TAG,), (TAG, "remove-output")

_LABEL = re.compile(r"^\(([\w-]+)\)=\s*$")
_HEADING = re.compile(r"^(#+) ")
_FENCE = re.compile(r"^(`{3,}|~{3,}|:{3,})")


def is_exercise(cell) -> bool:
    """Whether a cell belongs to an exercise."""
    return TAG in cell.metadata.get("tags", [])


def exercise_of(cell) -> Exercise | None:
    """Return the exercise that is answered in a cell, if it is one to answer in."""
    if cell.cell_type != "code" or not is_exercise(cell):
        return None
    return bank()[re.search(r'check\("([^"]+)"', cell.source)[1]]


def chapters() -> dict[Path, list[Exercise]]:
    """Return the notebook of each chapter, ``01_….ipynb``, with the exercises that belong there."""
    numbers = {path: notebooks.chapter_number(path) for path in notebooks.all_notebooks()}
    return {path: [e for e in bank().values() if e.chapter == n] for path, n in numbers.items() if n}


def place(nb: nbformat.NotebookNode, exercises: list[Exercise]) -> nbformat.NotebookNode:
    """Return a copy of a notebook with these exercises, and no others, at the ends of their sections.

    Raises
    ------
    ValueError
        If the notebook has no section with the label that an exercise names.
    """
    nb = copy.deepcopy(nb)
    nb.cells = [cell for cell in nb.cells if not is_exercise(cell)]
    for exercise in exercises:
        end = section_end(nb.cells, exercise.section)
        nb.cells[end:end] = _cells_of(exercise)
    return notebooks.normalise(nb)


def _cells_of(exercise: Exercise) -> list:
    """Return the task, and the cell to answer in with what it shows before it is answered."""
    unanswered = judge(Task(exercise), None)
    shown = {"text/plain": repr(unanswered), "text/html": unanswered._repr_html_()}
    return [
        nbformat.v4.new_markdown_cell(pages.task_block(exercise), metadata={"tags": list(TASK)}),
        nbformat.v4.new_code_cell(
            pages.starter(exercise),
            metadata={"tags": list(ANSWER)},
            outputs=[nbformat.v4.new_output("execute_result", shown)],
            execution_count=1,  # the right one comes with the others
        ),
    ]


def section_end(cells: list, label: str) -> int:
    """Return the number of the cell before which a section ends, after cutting a cell there if need be."""
    level = None
    for number, cell in enumerate(cells):
        for line, labels, depth in _headings(cell):
            if level is not None and (labels or depth <= level):
                if not line:
                    return number
                lines = cell.source.splitlines()
                rest = copy.deepcopy(cell)
                cell.source, rest.source = "\n".join(lines[:line]).rstrip(), "\n".join(lines[line:])
                cells.insert(number + 1, rest)
                return number + 1
            if label in labels:
                level = depth
    if level is None:
        raise ValueError(f"no section has the label {label}")
    return len(cells)


def _headings(cell):
    """Yield each heading of a cell: its first line, which may be that of a label, its labels and its level."""
    if cell.cell_type != "markdown":
        return
    labels, fence = [], None
    for number, line in enumerate(cell.source.splitlines()):
        opening = _FENCE.match(line)
        if fence:
            fence = None if line.rstrip() == fence else fence
        elif opening:
            fence = opening[1]
        elif match := _LABEL.match(line):
            labels.append(match[1])
            continue
        elif match := _HEADING.match(line):
            yield number - len(labels), labels, len(match[1])
        labels = []


def main() -> None:
    for path, exercises in chapters().items():
        written = notebooks.write(place(notebooks.read(path), exercises), path)
        print(f"{path.name}: {len(exercises)} exercises, {'written' if written else 'unchanged'}")


if __name__ == "__main__":
    main()
