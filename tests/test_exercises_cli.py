"""The command line: what it prints, its exit codes, its JSON."""

import json
import os
import subprocess
import sys

import pytest

from jaclib.cli import main


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("JACLIB_HOME", str(tmp_path / "home"))


CHECKS = [
    (["E1.4", "68"], 0),
    (["E1.4", "67"], 1),
    (["E1.4", "sixty"], 2),
    (["E1.4", "1/2pi"], 2),
    (["E9.9", "1"], 2),
    (["E1.4"], 2),
    (["E1.4", ""], 2),
    (["E3.5", "8 pi"], 0),
    (["E3.5", "8", "pi"], 0),
    (["E3.5", "8*pi"], 0),
    (["E1.5", "-3/64, -3/32"], 0),
    (["E1.5", "-3/64,", "-3/32"], 0),
    (["E1.5", "-3/64", "-3/32"], 0),
    (["E1.5", "--", "-3/64, -3/32"], 0),
    (["E1.5", "--json", "-3/64, -3/32"], 0),
    (["E1.5", "-3/64, -3/32", "--json"], 0),
    (["--json", "E1.5", "--", "-3/64, -3/32"], 0),
    (["E1.4", "-68"], 1),
    (["E1.4", "-e"], 1),
    (["E1.4", "--68"], 0),
    (["E1.4", "-0.5e3"], 1),
    (["E1.4", "(68)"], 0),
    (["E1.10", "7 3 -1; 0 -2 1"], 0),
    (["E1.10", "[[7,3,-1],[0,-2,1]]"], 0),
    (["E1.15", "[0, 1]"], 0),
    (["E1.15", "{0}"], 1),
    (["E1.4", "--variant", "7", "68"], 1),
    (["E1.4", "68", "--variant=7"], 1),
    (["E1.15", "1", "--variant", "7"], 2),
]


@pytest.mark.parametrize(
    ("words", "code"), CHECKS, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_check_and_its_exit_code(words, code, capsys):
    assert main(["check", *words]) == code
    out, err = capsys.readouterr()
    assert out or err
    assert "Traceback" not in err


def test_check_as_json(capsys):
    assert main(["check", "E1.4", "672", "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["id"] == "E1.4"
    assert data["correct"] is False
    assert data["misconception"] == "paths-multiplied"
    assert data["status"] == "incorrect"
    assert data["message"]
    assert data["next"]
    assert main(["check", "E9.9", "1", "--json"]) == 2
    assert "E9.9" in json.loads(capsys.readouterr().out)["error"]
    assert main(["check", "E1.4", "1/2pi", "--json"]) == 2
    data = json.loads(capsys.readouterr().out)
    assert data["correct"] is None
    assert "^" in data["details"]["Answer"]


def test_the_list_as_json(capsys):
    assert main(["exercises", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["counts"]["exercises"] == len(data["exercises"])
    assert data["counts"]["mistake_patterns"] == sum(len(entry["mistakes"]) for entry in data["exercises"])
    first = data["exercises"][0]
    assert {
        "id",
        "title",
        "kind",
        "section",
        "objective",
        "difficulty",
        "prompt",
        "asks",
        "hints",
        "mistakes",
        "variants",
    } <= first.keys()
    assert "answer" not in first
    assert "solution" not in first


def test_one_task(capsys):
    assert main(["exercises", "E1.4", "--variant", "7"]) == 0
    assert "variant 7" in capsys.readouterr().out
    assert main(["exercises", "E1.4", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "E1.4"
    assert main(["exercises", "--variant", "7"]) == 2


def test_hint_and_solution(capsys):
    assert main(["hint", "E3.5"]) == 0
    assert "Hint 1" in capsys.readouterr().out
    assert main(["hint", "E3.5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["number"] == 2
    assert main(["hint", "E3.5", "--number", "1"]) == 0
    assert "Hint 1" in capsys.readouterr().out
    assert main(["hint", "E3.5", "--number", "99"]) == 2
    capsys.readouterr()
    assert main(["solution", "E3.5"]) == 0
    assert "jaclib hint E3.5" in capsys.readouterr().out
    assert main(["solution", "E3.5", "--force", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["shown"] is True


def test_progress(capsys, tmp_path):
    main(["check", "E1.4", "68"])
    capsys.readouterr()
    assert main(["progress"]) == 0
    out = capsys.readouterr().out
    assert "1 of " in out
    assert "progress.jsonl" in out
    assert main(["progress", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["exercises"]["E1.4"]["state"] == "solved"
    assert main(["progress", "--export", str(tmp_path / "out.json")]) == 0
    assert json.loads((tmp_path / "out.json").read_text())["events"]
    assert main(["progress", "--export", str(tmp_path / "out.json")]) == 2
    assert main(["progress", "--reset"]) == 0
    capsys.readouterr()
    main(["progress"])
    assert capsys.readouterr().out.startswith("0 of ")


def test_what_a_learners_file_prints_does_not_disturb_the_json(capsys, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("print('hello')\ndef central(f, x, h):\n    print(x)\n    return (f(x + h) - f(x - h)) / (2 * h)\n")
    assert main(["check", "E1.13", str(path), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["correct"] is True
    assert err.startswith("hello")


def test_a_file_whose_function_is_empty_is_not_an_attempt(capsys, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("def central(f, x, h):\n    ...\n")
    main(["check", "E1.13", str(path), "--json"])
    assert json.loads(capsys.readouterr().out)["status"] == "unanswered"
    main(["progress", "--json"])
    assert json.loads(capsys.readouterr().out)["exercises"]["E1.13"]["attempts"] == 0


@pytest.mark.parametrize("words", [[], ["nonsense"], ["check"], ["hint"], ["hint", "E1.4", "E1.5"]])
def test_wrong_use(words, capsys):
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    assert "usage: jaclib" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["check", "E1.4", "-h"]])
def test_help(words, capsys):
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 0
    assert "usage: jaclib" in capsys.readouterr().out


def run(*words, **options):
    return subprocess.run([sys.executable, "-m", "jaclib", *words], capture_output=True, env=os.environ | options)


def test_as_a_module_in_a_terminal_of_seven_bits():
    done = run("check", "E1.5", "−3/64, −3/32", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode in (0, 2), done.stderr  # 2 where the system's own encoding has no minus sign
    done = run("check", "E1.5", "-3/64, -3/32", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert b"Correct" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs head")
def test_a_closed_pipe_is_no_error():
    command = f"{sys.executable} -m jaclib exercises --json | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, env=os.environ)
    assert done.stderr == b""
    assert done.returncode == 0
