"""One progress for the page and its Python, without a browser: what crosses, and what the exercises make of it."""

import json
import os
import subprocess
import sys

import pytest

from jaclib.exercises import check, hint, pages, solution, tutor
from jaclib.exercises import progress as done
from jaclib.exercises.checking import bank
from jaclib.page import progress
from jaclib.page.journal import PageJournal

KEY = pages.content_key(bank()["E1.4"])  # as `data-key` of the widget has it
SOLVED = {"time": "2026-01-01T10:00:00.123+00:00", "event": "attempt", "exercise": "E1.5", "answer": "2", "key": "k"}
SOLVED |= {"status": "correct"}


@pytest.fixture(autouse=True)
def told(monkeypatch):
    """What the page is told; each test begins with nothing done."""
    news = []
    monkeypatch.setattr(tutor, "JOURNAL", PageJournal())
    monkeypatch.setattr(progress, "_tell", news.append)
    give()
    yield news
    give()


def give(*events, problem=None):
    progress.take(json.dumps({"events": events, "problem": problem}))


def test_an_attempt_in_a_cell_is_told_as_a_widget_records_it(told):
    check("E1.4", 672)
    check("E1.7", "x", variant=2)
    (first,), (second,) = [[news["event"]] for news in told]
    assert first.pop("time").endswith("+00:00")
    assert first == {
        "event": "attempt", "exercise": "E1.4", "key": KEY, "answer": "672", "status": "incorrect",
        "misconception": "paths-multiplied",
    }  # fmt: skip
    assert second["variant"] == 2
    assert second["key"] == pages.content_key(bank()["E1.7"])
    assert done().of("E1.4").misconceptions == ("paths-multiplied",)  # before the page has said anything


def test_hints_and_solutions_count_on_from_the_widgets(told):
    give({"event": "hint", "exercise": "E1.4", "number": 1}, {"event": "asked", "exercise": "E1.4"})
    assert hint("E1.4").number == 2
    assert solution("E1.4").shown
    assert [(news["event"]["event"], news["event"].get("number")) for news in told] == [("hint", 2), ("solution", None)]


def test_the_widgets_count_in_python_and_the_page_is_right(told):
    check("E1.4", 68)
    give(SOLVED)  # another tab has begun anew, say
    assert done().solved == done().tried == ["E1.5"]


def test_reset_is_told_and_says_where_the_copy_is(told):
    give(SOLVED)
    assert "Restore on the page Exercises" in done().reset()
    assert told == [{"reset": True}]
    assert done().tried == []
    assert done().reset() == "There was nothing to reset."


def test_a_file_that_is_included_is_told_once(told, tmp_path):
    give(SOLVED)
    file = tmp_path / "export.json"
    new = SOLVED | {"exercise": "E1.6"}
    file.write_text(json.dumps({"version": 1, "events": [SOLVED, new]}))
    assert done().include(file) == "1 of 2 entries were new and are added."
    assert told == [{"event": new}]


def test_export_holds_what_the_page_has(tmp_path):
    give(SOLVED)
    assert json.loads(done().export(tmp_path / "x.json").read_text())["events"] == [SOLVED]


def test_where_the_browser_keeps_nothing_each_verdict_says_so():
    give(problem="This browser keeps nothing for this site.")
    assert check("E1.4", 68).note == "This browser keeps nothing for this site."


def test_the_pages_python_has_no_journal_of_its_own(tmp_path):
    code = """
import json
from jaclib.page import bridge
told, shown = [], []
bridge.start(shown.append, told.append)
import sys
assert not {"sympy", "matplotlib", "jaclib.exercises"} & set(sys.modules)
bridge.take(json.dumps({"events": [%s], "problem": None}))
bridge.run("from jaclib.exercises import check, progress\\nv = check('E1.4', 68)\\nprint(progress().solved)", 1)
print([json.loads(one)["event"]["exercise"] for one in told], shown)
"""
    run = subprocess.run(
        [sys.executable, "-c", code % json.dumps(SOLVED)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"JACLIB_HOME": str(tmp_path / "home")},
    )
    assert run.stdout.startswith("['E1.4']")
    assert "E1.4" in (printed := run.stdout.partition("] [")[2])
    assert "E1.5" in printed
    assert not (tmp_path / "home").exists()
