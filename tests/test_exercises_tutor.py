"""What learners call, and the journal that remembers it."""

import inspect
import json
import os
import stat
import subprocess
import sys

import numpy as np
import pytest

from jaclib.exercises import check, exercise, exercises, hint, progress, solution
from jaclib.exercises.journal import Journal, home
from jaclib.exercises.tutor import JOURNAL


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Give each test a journal of its own."""
    monkeypatch.setenv("JACLIB_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(JOURNAL, "_unsaved", [])
    return tmp_path / "home"


def lines():
    return JOURNAL.path.read_text(encoding="utf-8").splitlines()


# --- check, hint, solution ---------------------------------------------------------------------------------------


def test_check_answers_and_remembers():
    assert check("E1.4", 68).correct is True
    wrong = check("E1.4", "672")
    assert (wrong.correct, wrong.misconception) == (False, "paths-multiplied")
    record = progress().of("E1.4")
    assert (record.attempts, record.solved, record.misconceptions) == (2, True, ("paths-multiplied",))
    answers = [json.loads(line)["answer"] for line in lines()]
    assert answers == ["68", "672"]


def test_after_an_exercise_comes_the_next_of_the_chapter():
    section = [e for e in exercises(1) if e.section == "sec-1-gradient"]
    assert [e.id for e in section[:2]] == ["E1.1", "E1.2"]
    assert check("E1.1", exercise("E1.1").raw_answer).next_step.exercise == "E1.2"
    assert check(section[-1].id, exercise(section[-1].id).raw_answer).next_step.exercise == "E1.18", "steepest way up"


@pytest.mark.parametrize("id", ["E1.4", "e1.4", " 1.4 ", "E1.4 "])
def test_an_id_is_read_kindly(id):
    assert check(id, 68).exercise == "E1.4"


UNKNOWN = [
    ("E9.9", ValueError, "no exercise 'E9.9'"),
    ("E1.44", ValueError, "Did you mean E1.4"),
    (1.4, TypeError, "text such as"),
    ("", ValueError, "no exercise"),
    ("E1.4" * 100, ValueError, "no exercise"),
]


@pytest.mark.parametrize(("id", "error", "words"), UNKNOWN)
def test_an_unknown_id_is_an_error(id, error, words):
    for call in (lambda: check(id, 1), lambda: hint(id), lambda: solution(id), lambda: exercise(id)):
        with pytest.raises(error, match=words):
            call()
    assert not JOURNAL.path.exists()


def test_without_an_answer_nothing_is_remembered():
    for verdict in (check("E1.4"), check("E1.4", ...), check("E1.4", " ")):
        assert verdict.status == "unanswered"
        assert verdict.correct is None
        assert not verdict.correct
    assert not JOURNAL.path.exists()


def test_a_function_that_was_not_written_yet_is_no_answer():
    def stub(f, x, h):
        # your code
        ...

    def documented(f, x, h):
        """Return the central difference."""

    for function in (stub, documented):
        assert check("E1.13", function).status == "unanswered"
    assert not JOURNAL.path.exists()

    def forgot_to_return(f, x, h):
        (f(x + h) - f(x - h)) / (2 * h)

    assert check("E1.13", forgot_to_return).correct is False
    assert check("E1.13", lambda f, x, h: 0.0).correct is False


def test_what_cannot_be_read_is_never_called_wrong_and_is_kept():
    verdict = check("E1.4", "sixty-eight")
    assert verdict.status == "unreadable"
    assert verdict.correct is None
    assert "sixty" in str(verdict)
    assert json.loads(lines()[0])["answer"] == "sixty-eight"
    assert progress().of("E1.4").attempts == 0


def test_variants_have_other_answers():
    first, again = exercise("E1.4", variant=7), exercise("E1.4", variant=7)
    assert first.prompt == again.prompt != exercise("E1.4").prompt
    assert check("E1.4", first.raw_answer, variant=7).correct
    assert check("E1.4", first.raw_answer).correct is False
    with pytest.raises(ValueError, match="no variants"):
        check("E1.15", 1, variant=7)


def test_a_variant_is_the_same_in_another_process():
    code = (
        "from jaclib.exercises import exercise; print([str(exercise('E1.10', variant=v).raw_answer) for v in range(4)])"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert there.stdout.strip() == str([str(exercise("E1.10", variant=v).raw_answer) for v in range(4)])


def test_hints_come_one_after_another():
    shown = [hint("E1.4").number for _ in range(5)]
    last = hint("E1.4").of
    assert shown == [min(i, last) for i in range(1, 6)]
    assert hint("E1.4", 2).number == 2
    assert "solution" in str(hint("E1.4", last))
    assert progress().of("E1.4").hints == frozenset(range(1, last + 1))
    for number, error in ((0, ValueError), (99, ValueError), ("2", TypeError), (True, TypeError)):
        with pytest.raises(error, match="hint"):
            hint("E1.4", number)


def test_the_solution_comes_after_an_attempt_or_when_asked_twice():
    first = solution("E1.4")
    assert not first.shown
    assert "68" not in str(first)
    assert solution("E1.4").shown
    assert solution("E1.1", force=True).shown
    check("E1.5", "nonsense(")
    assert not solution("E1.5").shown
    check("E1.5", "(1, 1)")
    assert solution("E1.5").shown
    assert "3}{64" in solution("E1.5").text


def test_listing():
    listing = exercises()
    assert len(listing) == len(list(listing)) >= 10
    assert len(exercises(1)) < len(listing)
    check("E1.4", 68)
    check("E1.5", (1, 1))
    text = str(exercises())
    assert "✓ E1.4" in text
    assert "· E1.5" in text
    with pytest.raises(ValueError, match="chapter"):
        exercises(7)


# --- how it looks ------------------------------------------------------------------------------------------------


def test_a_card_says_its_status_in_words_and_escapes_what_was_typed():
    card = check("E1.4", "<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in card
    assert "Could not be read" in card
    for answer, headline in ((68, "Correct"), (67, "Not yet"), ([68], "other layout"), (None, "Not answered yet")):
        card = check("E1.4", answer)._repr_html_()
        assert headline in card
        assert 'role="status"' in card
        assert card.count("<div") == card.count("</div>")
    assert "<code>hint(&quot;E1.4&quot;)</code>" in check("E1.4", 67)._repr_html_()
    assert "Read “The chain rule as a graph” in chapter 1" in check("E1.4", 672)._repr_html_()


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_edge_of_a_card_stands_out_on_light_and_on_dark():
    from jaclib.exercises.verdict import STATUSES

    for _, _, colour, _ in STATUSES.values():
        for paper in ("#ffffff", "#111111", "#14181e"):
            bright, dark = sorted((luminance(colour), luminance(paper)), reverse=True)
            assert (bright + 0.05) / (dark + 0.05) >= 3, (colour, paper)


def test_everything_has_text_and_a_rich_form():
    check("E1.4", 67)
    for shown in (check("E1.4", 67), progress(), exercises()):
        assert shown._repr_html_().startswith("<")
        assert str(shown) == repr(shown)
    assert '`hint("E1.1")`' in solution("E1.1")._repr_markdown_()
    for shown in (hint("E1.4"), solution("E1.4"), exercise("E1.4")):
        assert "$" in shown._repr_markdown_()
        assert "$" not in str(shown)


def test_text_fits_a_terminal_and_a_command_stays_on_one_line():
    for answer in (68, 67, 672, "1/2pi", np.ones((3, 3))):
        for line in check("E1.4", answer).text(command_line=True).splitlines():
            assert len(line) <= 88
    assert 'check("E1.4"' not in check("E1.4", 67).text(command_line=True)
    assert "jaclib hint E1.4" in check("E1.4", 67).text(command_line=True)


# --- the journal -------------------------------------------------------------------------------------------------


def test_the_folder_is_where_the_system_keeps_such_files(monkeypatch, tmp_path):
    assert home() == tmp_path / "home"
    monkeypatch.delenv("JACLIB_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setattr(sys, "platform", "linux")
    assert home() == tmp_path / "xdg" / "jaclib"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert home() == tmp_path / "local" / "jaclib"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert home().parts[-2:] == ("Application Support", "jaclib")


def test_a_torn_line_is_passed_over_and_stays(own_home):
    check("E1.4", 68)
    whole = JOURNAL.path.read_bytes()
    JOURNAL.path.write_bytes(whole + whole[: len(whole) // 2])  # as a crash in the middle of writing leaves it
    check("E1.5", "(1, 1)")
    assert progress().solved == ["E1.4"]
    assert progress().tried == ["E1.4", "E1.5"]
    assert "1 line of" in str(progress())
    assert JOURNAL.path.read_bytes().startswith(whole + whole[: len(whole) // 2])


DAMAGE = [
    b"\x00" * 500,
    b"\xff\xfe\xfa",
    b"[" * 100_000,
    b"null\n3\n[]\n{}\n",
    b"\n\n\n",
    b'{"event": 3, "exercise": "E1.4"}\n',
    b'{"event": "attempt", "exercise": "E1.4", "status": ["x"], "misconception": {}}\n',
    b'{"event": "hint", "exercise": "E1.4", "number": "x"}',
]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: repr(damage[:20]))
def test_damage_costs_only_what_it_damaged(damage, own_home):
    check("E1.4", 68)
    with JOURNAL.path.open("ab") as file:
        file.write(damage)
    check("E1.5", "(1, 1)")
    assert progress().solved == ["E1.4"]
    assert "E1.5" in progress().tried
    assert damage in JOURNAL.path.read_bytes(), "nothing is removed"
    assert str(progress())
    assert progress()._repr_html_()
    assert hint("E1.4").number == 1


WRITER = """
import runpy, sys
journal = runpy.run_path(sys.argv[1])["Journal"]()
for i in range(60):
    assert journal.add("attempt", "E1.4", answer=f"{sys.argv[2]}-{i}" + "x" * 3000, status="incorrect") is None
"""


def test_processes_write_at_once(own_home):
    command = [sys.executable, "-c", WRITER, inspect.getfile(Journal)]
    writers = [subprocess.Popen([*command, name], env=os.environ) for name in "abc"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    read = Journal().read()
    assert read.unreadable == 0
    written = {event["answer"].rstrip("x") for event in read.events}
    assert written == {f"{name}-{i}" for name in "abc" for i in range(60)}


def refuse(path, monkeypatch):
    """Make a folder read-only, also for root."""

    def deny(*arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Journal, "_append", deny)


def test_a_disk_that_cannot_be_written_is_said_and_does_not_stop(monkeypatch):
    refuse(JOURNAL.path, monkeypatch)
    verdict = check("E1.4", 68)
    assert verdict.correct
    assert "could not be saved (Permission denied)" in verdict.note
    assert "could not be saved" in str(verdict)
    assert "could not be saved" in verdict._repr_html_()
    assert progress().solved == ["E1.4"], "it is kept in memory"
    assert [hint("E1.5").number for _ in range(2)] == [1, 2]
    assert not solution("E1.1").shown
    assert solution("E1.1").shown


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such permissions")
def test_a_real_read_only_folder(own_home):
    own_home.mkdir()
    own_home.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        verdict = check("E1.4", 68)
        assert verdict.correct
        assert (verdict.note is None) == (os.geteuid() == 0), "root may write anywhere"
    finally:
        own_home.chmod(stat.S_IRWXU)


def test_a_file_in_place_of_the_folder(own_home):
    own_home.write_text("not a folder", encoding="utf-8")
    assert "could not be saved" in check("E1.4", 68).note
    assert own_home.read_text(encoding="utf-8") == "not a folder"


def test_reset_begins_anew_and_keeps_what_was(own_home):
    assert "nothing" in progress().reset()
    check("E1.4", 68)
    before = JOURNAL.path.read_bytes()
    message = progress().reset()
    assert progress().solved == []
    kept = [path for path in own_home.iterdir() if path.read_bytes() == before]
    assert len(kept) == 1
    assert kept[0].name in message
    check("E1.4", 68)
    progress().reset()
    assert len(list(own_home.iterdir())) == 2


def test_export_writes_everything_and_overwrites_nothing(tmp_path):
    check("E1.4", "672")
    target = progress().export(tmp_path / "mine.json")
    data = json.loads(target.read_text(encoding="utf-8"))
    assert data["exercises"]["E1.4"]["misconceptions"] == ["paths-multiplied"]
    assert [event["answer"] for event in data["events"]] == ["672"]
    with pytest.raises(FileExistsError, match="exists"):
        progress().export(target)
    with pytest.raises(OSError):
        progress().export(tmp_path / "no" / "such" / "folder.json")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "mine.json"]


def test_what_was_typed_is_kept_word_for_word():
    typed = ["  3/64 ", "ünïcode π −", "a\nb", "x" * 50_000, '"quotes"', "\x00", "\ud800"]
    for answer in typed:
        check("E1.4", answer)
    assert [event["answer"] for event in JOURNAL.read().events] == typed


def test_the_source_of_a_function_is_kept():
    def central(f, x, h):
        return 12345 * x

    check("E1.13", central)
    assert "12345" in JOURNAL.read().events[0]["answer"]


# --- loading -----------------------------------------------------------------------------------------------------


def test_importing_jaclib_loads_neither_sympy_nor_matplotlib_nor_exercises():
    late = ("sympy", "matplotlib", "jaclib.exercises", "jaclib.plotting")
    code = f"import sys, jaclib; print(sorted(m for m in sys.modules if m in {late}));"
    code += "assert {*jaclib.__all__, 'exercises', 'plotting'} <= set(dir(jaclib)); jaclib.plotting.COLORS;"
    code += "print(jaclib.exercises.check('E1.4', 68).correct)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert run.stdout.split() == ["[]", "True"]


def test_checking_uses_no_network_and_no_other_process():
    code = """
import sys
def deny(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "urllib.")):
        raise RuntimeError(event)
import jaclib.exercises as e
sys.addaudithook(deny)
e.check("E1.4", 68); e.hint("E1.4"); e.solution("E1.4"); str(e.progress()); str(e.exercises())
print("quiet")
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert run.stdout.strip() == "quiet"


def test_without_locks_of_the_system_the_journal_still_works(monkeypatch, own_home):
    from jaclib.exercises import journal

    monkeypatch.setitem(sys.modules, "fcntl", None)  # as in a browser
    monkeypatch.setitem(sys.modules, "msvcrt", None)
    monkeypatch.setattr(journal, "_LOCKS", journal._locks())
    check("E1.4", 68)
    assert progress().solved == ["E1.4"]
    progress().reset()
    assert progress().solved == []


# --- what was exported, here or on the page ----------------------------------------------------------------------


def test_an_exported_file_is_included_once(tmp_path, monkeypatch):
    check("E1.4", 68)
    exported = progress().export(tmp_path / "mine.json")
    monkeypatch.setenv("JACLIB_HOME", str(tmp_path / "elsewhere"))
    check("E1.5", (0, 0))
    assert progress().include(exported) == "1 of 1 entries were new and are added."
    assert (progress().solved, progress().tried) == (["E1.4"], ["E1.4", "E1.5"])
    assert progress().include(str(exported)) == "0 of 1 entries were new and are added."
    assert progress().of("E1.4").attempts == 1


def test_entries_that_are_none_are_left_out_and_counted(tmp_path):
    entry = {"event": "attempt", "exercise": "E1.4", "status": "correct", "key": "0a1b2c3d4e"}
    (tmp_path / "page.json").write_text(json.dumps({"version": 1, "events": [entry, 7, {"event": "hint"}]}))
    said = progress().include(tmp_path / "page.json")
    assert said == "1 of 3 entries were new and are added. 2 could not be read and were left out."
    assert progress().solved == ["E1.4"]


@pytest.mark.parametrize("content", ["no json", "[]", "{}", '{"events": 3}', "\udcff"])
def test_a_file_without_progress_is_refused(tmp_path, content):
    (tmp_path / "bad.json").write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(ValueError, match="holds no exported progress"):
        progress().include(tmp_path / "bad.json")
    assert progress().tried == []
