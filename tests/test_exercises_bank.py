"""Every exercise of the bank keeps its promises: run one with `-k E1.4`."""

import re

import pytest

from jaclib.exercises.bank import load
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.objectives import OBJECTIVES
from jaclib.exercises.sections import SECTIONS, chapter_of
from jaclib.exercises.task import Task, make_task
from jaclib.exercises.template import names_in
from notebooks import all_notebooks, read

BANK = load()
VARIANTS = range(20)
EXERCISES = [pytest.param(exercise, id=exercise.id) for exercise in BANK.values()]
each_exercise = pytest.mark.parametrize("exercise", EXERCISES)


def headings():
    """Return the labelled headings of the chapters: label to title."""
    found = {}
    for path in all_notebooks():
        prose = "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
        found |= dict(re.findall(r"^\((sec-\d-[\w-]+)\)=\n#+ (.*)$", prose, re.MULTILINE))
    return found


def test_sections_are_those_of_the_book():
    book = headings()
    cited = {e.section for e in BANK.values()} | {m.cure for m in MISCONCEPTIONS.values()}
    assert cited - book.keys() == set(), "labels that no chapter has"
    assert {label: SECTIONS[label] for label in cited} == {label: book[label] for label in cited}


@each_exercise
def test_it_is_complete(exercise):
    assert re.fullmatch(r"E[1-3]\.[1-9]\d*", exercise.id)
    assert exercise.objective in OBJECTIVES
    assert exercise.section in SECTIONS
    assert chapter_of(exercise.section) == exercise.chapter
    assert exercise.difficulty in (1, 2, 3)
    assert len(exercise.hints) >= 3
    assert len(exercise.mistakes) >= 3
    for mistake in exercise.mistakes:
        assert mistake.misconception in MISCONCEPTIONS


@each_exercise
def test_its_texts_are_filled_and_its_hints_differ(exercise):
    tasks = [Task(exercise)] + [make_task(exercise, v) for v in VARIANTS if exercise.draw]
    for task in tasks:
        texts = [task.prompt, *task.hints, task.solution, *(slip.message for slip in task.slips)]
        for text in texts:
            assert text.strip()
            assert text.count("$") % 2 == 0, f"an odd number of dollars in {text!r}"
            assert not names_in(text), f"unfilled: {text!r}"
        assert len(set(task.hints)) == len(task.hints)


@each_exercise
def test_no_two_of_its_values_collide(exercise):
    assert Task(exercise).degenerate is None
    assert len(Task(exercise).slips) >= 3 or exercise.kind == "shape"
    for variant in VARIANTS if exercise.draw else ():
        assert make_task(exercise, variant).degenerate is None


@each_exercise
def test_its_messages_differ(exercise):
    messages = [slip.message for slip in Task(exercise).slips]
    assert len(set(messages)) == len(messages)
