"""The bridge between the page and the exercises: whatever `check` says in Python, the page gets, and nothing else."""

import json

import pytest
from exercise_sources import typed

from jaclib.exercises import check as python_check
from jaclib.exercises.checking import bank
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.pages import label
from jaclib.exercises.plain import plain
from jaclib.exercises.sections import CHAPTERS, SECTIONS
from jaclib.exercises.task import Task, make_task
from jaclib.exercises.verdict import STATUSES
from jaclib.page import exercises as page
from notebooks import all_notebooks, chapter_number

EVERY = [pytest.param(exercise, id=exercise.id) for exercise in bank().values()]
each_exercise = pytest.mark.parametrize("exercise", EVERY)
UNREADABLE = {"code": "def f(:\n", "choice": "z"}


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Give each test a journal of its own."""
    monkeypatch.setenv("JACLIB_HOME", str(tmp_path))


def in_python(exercise, answer, variant=None):
    """Return the verdict that `check` gives."""
    if exercise.kind == "code":
        scope = {}
        exec(answer, scope)
        answer = scope[exercise.signature.partition("(")[0]]
    return python_check(exercise.id, answer, variant=variant)


def assert_same(got: dict, verdict) -> None:
    assert json.loads(json.dumps(got)) == got, "the worker hands it over as JSON"
    expected = verdict.as_dict()
    for field in expected.keys() - {"next", "details", "read_as"}:
        assert got[field] == expected[field], field
    assert (got["sign"], got["headline"]) == STATUSES[verdict.status][:2]
    assert [tuple(line) for line in got["details"]] == list(verdict.details)
    assert as_text(got["blocks"]) == " ".join(verdict.message.split())
    if verdict.misconception:
        assert got["slip"]["href"].endswith(f"#misconception-{verdict.misconception}")
        assert as_text([["p", got["slip"]["title"][0][1]]]) == plain(verdict.named)


def as_text(blocks) -> str:
    """Return blocks as `plain` would."""

    def line(parts):
        return "".join(
            p
            if isinstance(p, str)
            else f"${p[1]}$"
            if p[0] == "math"
            else f"`{p[1]}`"
            if p[0] == "code"
            else line(p[1])
            for p in parts
        )

    out = []
    for kind, what in blocks:
        out.append(line(what) if kind == "p" else f"$${what}$$" if kind == "math" else str(what))
    return " ".join(plain("\n\n".join(out)).split())


@each_exercise
def test_a_right_answer_gets_the_verdict_of_python(exercise):
    for variant in (None, 4) if exercise.draw else (None,):
        task = Task(exercise) if variant is None else make_task(exercise, variant)
        answer = typed(task.raw_answer, exercise)
        got = page.check(exercise.id, answer, variant)
        assert got["status"] == "correct"
        assert_same(got, in_python(exercise, answer, variant))


@each_exercise
def test_every_mistake_is_named_as_in_python(exercise):
    for slip in Task(exercise).slips:
        raw = slip.mistake.answer
        answer = typed(raw if exercise.kind == "code" else raw(Task(exercise).given), exercise)
        got = page.check(exercise.id, answer)
        assert got["misconception"] == slip.mistake.misconception
        assert_same(got, in_python(exercise, answer))
        cure = MISCONCEPTIONS[got["misconception"]].cure
        before, link, after = got["next"]
        assert (before, after) == ("Read ", ", then try again.")
        assert link == {
            "text": f"“{SECTIONS[cure]}” in chapter {cure[4]}",
            "href": f"{CHAPTERS[int(cure[4])]}.html#{cure}",
        }


@each_exercise
def test_what_cannot_be_read_is_told_as_in_python(exercise):
    answer = UNREADABLE.get(exercise.kind, "3 +* 4")
    got = page.check(exercise.id, answer)
    assert (got["status"], got["correct"]) == ("unreadable", None)
    if exercise.kind != "code":
        verdict = python_check(exercise.id, answer)
        assert_same(got, verdict)
        assert "".join(got["next"]) == str(verdict.next_step)
    if exercise.kind not in UNREADABLE:
        assert got["position"] == 3
        assert page.preview(exercise.id, answer) == {"message": got["message"], "position": 3}


@each_exercise
def test_nothing_is_judged_before_there_is_an_answer(exercise):
    for empty in ("", "  ", "..."):
        assert page.check(exercise.id, empty)["status"] == ("unanswered")
    if exercise.signature:
        assert (
            page.check(exercise.id, f"def {exercise.signature}:\n    # your code\n    ...\n")["status"] == "unanswered"
        )


@each_exercise
def test_a_preview_shows_how_an_answer_is_read_and_not_whether_it_is_right(exercise):
    if exercise.kind in ("choice", "code"):
        return
    for raw in (Task(exercise).raw_answer, Task(exercise).slips[0].mistake.answer(Task(exercise).given)):
        assert page.preview(exercise.id, typed(raw, exercise)).keys() == {"latex", "shown"}


@each_exercise
def test_a_variant_has_its_own_task(exercise):
    if exercise.draw is None:
        with pytest.raises(ValueError, match="has no variants"):
            page.task(exercise.id, 1)
        return
    wanted = make_task(exercise, 1)
    got = page.task(exercise.id, 1)
    assert json.loads(json.dumps(got)) == got
    assert as_text(got["prompt"]) == " ".join(plain(wanted.prompt).split())
    assert len(got["hints"]) == len(wanted.hints)
    assert as_text(got["solution"]) == " ".join(plain(wanted.solution).split())


def test_after_a_right_answer_the_next_exercise_is_linked():
    got = page.check("E1.4", "68")
    before, link = got["next"]
    assert before == "Go on: "
    following = bank()[link["text"].partition(" ")[0]]
    assert link["href"] == f"{CHAPTERS[following.chapter]}.html#{label(following)}"


def test_an_answer_without_a_known_slip_leads_to_a_hint():
    assert page.check("E1.4", "5")["next"] == ["For a nudge: ", {"action": "hint"}]


def test_the_pages_are_those_of_the_chapters():
    assert {n: path.stem for path in all_notebooks() if (n := chapter_number(path))} == CHAPTERS


# --- code that a learner types -----------------------------------------------------------------------------------


def central(body):
    return page.check("E1.13", f"def central(f, x, h):\n    {body}\n")


def test_a_function_finds_numpy_and_jaclib_as_in_a_chapter():
    assert central("return (f(np.add(x, h)) - f(x - h)) / (2 * h) + 0 * float(jvp(np.sin, (0.0,), (1.0,))[0])")[
        "correct"
    ]


def test_names_of_one_check_are_gone_in_the_next():
    assert page.check("E1.13", "leak = 1\ndef central(f, x, h):\n    return (f(x + h) - f(x - h)) / (2 * h)")["correct"]
    assert "NameError" in dict(central("return leak")["details"])["Got"]


def test_what_a_function_prints_is_handed_over_and_bounded(capsys):
    assert central("print('h is', h); return 0")["printed"].startswith("h is 0.5\n")
    got = central("print('x' * 10**6); return 0")
    assert len(got["printed"]) == page.MOST_PRINTED
    assert capsys.readouterr().out == ""


def test_a_syntax_error_is_told_with_its_line():
    got = page.check("E1.13", "def central(f, x, h):\n    return (f(x")
    assert got["message"] == "Your code cannot be run: SyntaxError in line 2: '(' was never closed"
    assert "file" not in "".join(got["next"])


def test_an_endless_loop_ends(monkeypatch):
    monkeypatch.setattr("jaclib.exercises.kinds.code.SECONDS", 0.2)
    assert dict(central("while True: pass")["details"])["Got"] == "no result in the time allowed"
    assert "did not finish" in page.check("E1.13", "while True: pass")["message"]
