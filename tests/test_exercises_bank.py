"""Every exercise of the bank keeps its promises: run one with `-k E1.4`.

The forms of right answers are written by printers that have nothing in common with the reader;
`tools/exercise_quality.py` has them, and prints the counts.
"""

import functools
import random
import re

import numpy as np
import pytest
import sympy as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import exercise_forms as forms
import exercise_quality as quality
from jaclib.exercises.bank import load
from jaclib.exercises.checking import judge
from jaclib.exercises.kinds import KINDS
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.objectives import OBJECTIVES
from jaclib.exercises.plain import plain
from jaclib.exercises.sections import SECTIONS, chapter_of
from jaclib.exercises.task import Task, make_task
from jaclib.exercises.template import names_in
from jaclib.exercises.writing import text
from notebooks import all_notebooks, read

BANK = load()
EXERCISES = [pytest.param(exercise, id=exercise.id) for exercise in BANK.values()]
each_exercise = pytest.mark.parametrize("exercise", EXERCISES)


@functools.cache
def _tasks(id):
    exercise = BANK[id]
    return [Task(exercise)] + [make_task(exercise, variant) for variant in quality.VARIANTS if exercise.draw]


def all_tasks(exercise):
    """Return an exercise at its own values, and twenty variants if it has any."""
    return _tasks(exercise.id)


def variants(exercise):
    """Return the variants alone."""
    return _tasks(exercise.id)[1:]


# --- what an entry says ------------------------------------------------------------------------------------------


def test_sections_are_those_of_the_book():
    book = {}
    for path in all_notebooks():
        prose = "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
        book |= dict(re.findall(r"^\((sec-\d-[\w-]+)\)=\n#+ (.*)$", prose, re.MULTILINE))
    cited = {e.section for e in BANK.values()} | {m.cure for m in MISCONCEPTIONS.values()}
    assert cited - book.keys() == set(), "labels that no chapter has"
    assert {label: SECTIONS[label] for label in cited} == {label: book[label] for label in cited}


def test_the_course_has_no_hole():
    # The exercises that the course was planned with, some in each section that teaches, and mistakes to recognise.
    planned = {f"E{chapter}.{n}" for chapter, last in ((1, 15), (2, 16), (3, 19)) for n in range(1, last + 1)}
    assert planned <= BANK.keys()
    assert len(BANK) >= 60
    assert sum(len(exercise.mistakes) for exercise in BANK.values()) >= 150
    assert {m.misconception for e in BANK.values() for m in e.mistakes} == MISCONCEPTIONS.keys()
    without = {s for s in SECTIONS if s.endswith(("-picture", "-summary", "-reading", "-further"))}
    assert {exercise.section for exercise in BANK.values()} == SECTIONS.keys() - without
    assert {exercise.kind for exercise in BANK.values()} == set(KINDS)


@each_exercise
def test_no_line_of_a_text_becomes_an_item_of_a_list(exercise):
    """A formula that is broken before a minus would: "- 2" at the start of a line."""
    for task in all_tasks(exercise):
        prompt = "" if exercise.kind == "choice" else task.prompt  # its options are a list
        for said in [prompt, task.solution, *task.hints, *(slip.message for slip in task.slips)]:
            prose = re.sub(r"\$\$.*?\$\$|```.*?```", "", said, flags=re.DOTALL)
            assert not re.search(r"^\s*([-+*#>]|\d+[.)])\s", prose, re.MULTILINE), f"{task.name}: {said}"


@each_exercise
def test_it_is_complete(exercise):
    assert re.fullmatch(r"E[1-3]\.[1-9]\d*", exercise.id)
    assert OBJECTIVES[exercise.objective].chapter <= exercise.chapter
    assert exercise.section in SECTIONS
    assert chapter_of(exercise.section) == exercise.chapter
    assert exercise.difficulty in (1, 2, 3)
    assert len(exercise.hints) >= 3
    assert len(exercise.mistakes) >= 3
    for mistake in exercise.mistakes:
        assert mistake.misconception in MISCONCEPTIONS
    if exercise.kind == "choice":
        answered = {Task(exercise).raw_answer} | {mistake.answer(None) for mistake in exercise.mistakes}
        assert answered == set(exercise.options), "an option without a message"


@each_exercise
def test_its_texts_are_filled(exercise):
    for task in all_tasks(exercise):
        texts = [task.prompt, *task.hints, task.solution, *(slip.message for slip in task.slips)]
        for written in texts:
            assert written.strip()
            assert written.count("$") % 2 == 0, f"an odd number of dollars in {written!r}"
            assert not names_in(written), f"unfilled: {written!r}"
            assert "\\" not in plain(written), f"not readable in a terminal: {plain(written)!r}"
        assert len(set(task.hints)) == len(task.hints)
        messages = [slip.message for slip in task.slips]
        assert len(set(messages)) == len(messages), "two mistakes with one message"


@each_exercise
def test_no_message_and_no_hint_gives_the_answer_away(exercise):
    task = Task(exercise)
    if exercise.kind in ("code", "choice", "expression"):
        return
    right = text(task.raw_answer)
    if right in plain(task.prompt) or len(right) < 2:
        return
    for said in [*task.hints, *(slip.message for slip in task.slips)]:
        assert not re.search(rf"(?<![\w.^/])(?<!\w )-?{re.escape(right)}(?![\w^/]|\.\d| \w)", plain(said)), said


@each_exercise
def test_no_two_of_its_values_collide(exercise):
    assert Task(exercise).degenerate is None
    assert len(Task(exercise).slips) >= 3
    for task in variants(exercise):
        assert task.degenerate is None


@each_exercise
def test_its_variants_differ(exercise):
    if exercise.draw:
        assert len({str(task.raw_answer) for task in variants(exercise)}) >= 5
        assert str(make_task(exercise, 7).raw_answer) == str(make_task(exercise, 7).raw_answer)


# --- how it judges -----------------------------------------------------------------------------------------------


@each_exercise
def test_many_forms_of_the_right_answer_are_accepted(exercise):
    task = Task(exercise)
    written = forms.forms_of(task)
    assert len(written) >= 12
    for form in written:
        verdict = judge(task, form)
        assert verdict.correct, f"{form!r}: {verdict}"


@each_exercise
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(rng=st.randoms(use_true_random=False))
def test_random_renderings_are_accepted(exercise, rng):
    task = Task(exercise)
    form = forms.random_form(task, rng)
    verdict = judge(task, form)
    assert verdict.correct, f"{form!r}: {verdict}"


@each_exercise
def test_the_answers_of_variants_are_accepted(exercise):
    for task in variants(exercise):
        rng = random.Random(task.name)
        for form in (task.raw_answer, forms.random_form(task, rng)):
            assert judge(task, form).correct, f"{task.name}: {form!r}"


@each_exercise
def test_each_mistake_is_recognised(exercise):
    for task in all_tasks(exercise):
        for slip, wrong in zip(task.slips, quality.wrong_answers(task), strict=True):
            verdict = judge(task, wrong)
            assert verdict.correct is False
            assert verdict.misconception == slip.mistake.misconception, f"{task.name}: {verdict}"
            assert verdict.message == plain(slip.message), f"{task.name}: {verdict}"
            assert verdict.named == MISCONCEPTIONS[slip.mistake.misconception].title


@each_exercise
def test_each_mistake_is_recognised_as_a_decimal(exercise):
    task = Task(exercise)
    if exercise.kind not in ("number", "vector", "matrix"):
        return
    for slip, wrong in zip(task.slips, quality.wrong_answers(task), strict=True):
        if isinstance(wrong, sp.MatrixBase):
            floats = np.array(wrong.tolist(), dtype=float)
            floats = floats.reshape(-1) if slip.wrong.shape == (floats.size,) else floats
        else:
            floats = np.array(wrong, dtype=float) if isinstance(wrong, tuple) else float(wrong)
        assert judge(task, floats).message == plain(slip.message)


@each_exercise
def test_wrong_answers_are_rejected(exercise):
    task = Task(exercise)
    others = quality.near_misses(task) + quality.random_others(task, random.Random(exercise.id))
    for other in others:
        verdict = judge(task, other)
        assert verdict.correct is False, f"accepted: {other!r}"
        assert len(verdict.message) > 20, "more than wrong alone"


@each_exercise
def test_without_an_answer_it_says_so(exercise):
    for nothing in (None, ..., "", "  ", "..."):
        verdict = judge(Task(exercise), nothing)
        assert verdict.status == "unanswered"
        assert verdict.correct is None


def test_every_misconception_is_used():
    used = {mistake.misconception for exercise in BANK.values() for mistake in exercise.mistakes}
    assert set(MISCONCEPTIONS) - used == set()
