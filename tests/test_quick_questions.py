"""The quick questions: each section has some, each has one right option, and every option has its own feedback."""

import sys
from collections import Counter

import pytest

from notebooks import ROOT

sys.path.insert(0, str(ROOT / "book"))
from questions import QUESTIONS, Question, right, wrong

import exercise_cells
import notebooks
import quick_questions
from jaclib.exercises.sections import SECTIONS, chapter_of

# Sections that open or close a chapter have nothing to ask about.
WITHOUT = {
    f"sec-{place}"
    for place in ("1-picture", "1-summary", "2-summary", "2-reading", "3-picture", "3-summary", "3-further")
}


def test_every_teaching_section_has_two_or_three_questions():
    counts = Counter(question.section for question in QUESTIONS)
    assert set(counts) == set(SECTIONS) - WITHOUT
    assert {section: count for section, count in counts.items() if not 2 <= count <= 3} == {}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question.section}: {question.prompt[:40]}")
def test_a_question_has_one_right_option_and_feedback_of_its_own_for_each(question):
    prompt, options = question.filled()
    assert 2 <= len(options) <= 5
    assert sum(option.is_right for option in options) == 1
    for part in ("text", "feedback"):
        texts = [getattr(option, part).strip() for option in options]
        assert all(texts)
        assert len(set(texts)) == len(texts), f"two options have the same {part}"
    assert len({option.text.strip("$").replace(" ", "") for option in options}) == len(options)
    assert prompt.rstrip().endswith(("?", ".", "…", ":"))
    for option in options:
        assert "\n" not in option.text.strip(), "an option stands in one line"
        assert len(option.feedback) > 30


def test_the_right_option_does_not_always_stand_at_the_same_place():
    places = Counter([option.is_right for option in question.options].index(True) for question in QUESTIONS)
    assert max(places.values()) < 0.6 * len(QUESTIONS)


def test_the_questions_stand_at_the_end_of_their_section_before_its_exercises():
    for path in exercise_cells.chapters():
        cells = notebooks.read(path).cells
        before = len(cells)
        chapter = notebooks.chapter_number(path)
        quick_questions.insert(cells, chapter)
        sections = list(dict.fromkeys(q.section for q in QUESTIONS if chapter_of(q.section) == chapter))
        places = [k for k, cell in enumerate(cells) if ":class: quick-questions" in cell.source]
        assert len(places) == len(sections)
        assert len(cells) >= before + len(sections)
        for k, section in zip(places, sections, strict=True):
            assert not exercise_cells.is_exercise(cells[k - 1])
            label = next(
                name
                for cell in reversed(cells[:k])
                for name in reversed([s for s in SECTIONS if f"({s})=" in cell.source])
            )
            assert label == section


def test_numbers_are_computed_and_written_into_the_texts():
    options = (right("$<a>$", "It is <a:decimal>."), wrong("$<b>$", "That is twice as much."))
    question = Question("sec-1-partial", "What is it for $<a>$?", options, lambda: {"a": 3, "b": 6})
    prompt, options = question.filled()
    assert prompt == "What is it for $3$?"
    assert [option.text for option in options] == ["$3$", "$6$"]
    assert options[0].feedback == "It is 3."


def test_an_unknown_number_is_refused():
    with pytest.raises(ValueError, match="<b> has no value"):
        Question("sec-1-partial", "What is $<b>$?", (), lambda: {"a": 3}).filled()
