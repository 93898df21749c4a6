"""The command ``jaclib``: exercises in a terminal.

Exit codes of ``jaclib check``: 0 the answer is correct, 1 it is not, 2 the answer or the id cannot be read.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys

__all__ = ["main"]

# Options of the commands, and whether they take a value; anything else that begins with a minus is an answer.
_OPTIONS = {
    "-h": False,
    "--help": False,
    "--json": False,
    "--force": False,
    "--reset": False,
    "--variant": True,
    "--number": True,
    "--export": True,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jaclib",
        description="Exercises of the Jacobian course, which know your mistake. Your progress stays on this machine.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    def command(name: str, help: str, run, *, id: str | None = None):
        sub = commands.add_parser(name, help=help, description=help, allow_abbrev=False)
        sub.add_argument("--json", action="store_true", help="print data for a program")
        if id is not None:
            sub.add_argument("id", nargs=id, help="the exercise, such as E1.4")
            sub.add_argument("--variant", type=int, metavar="N", help="with other numbers, which N decides")
        sub.set_defaults(run=run)
        return sub

    command("exercises", "list the exercises, or show the task of one", _exercises, id="?")
    check = command("check", "check an answer: jaclib check E3.5 8 pi", _check, id=None)
    check.add_argument("id", help="the exercise, such as E1.4")
    check.add_argument("answer", nargs="*", help="your answer; of a code exercise the path of a .py file")
    check.add_argument("--variant", type=int, metavar="N", help="of the exercise with the numbers of this N")
    hint = command("hint", "show the next hint", _hint, id=1)
    hint.add_argument("--number", type=int, metavar="K", help="show this hint")
    solution = command("solution", "show the worked solution, after an attempt of your own", _solution, id=1)
    solution.add_argument("--force", action="store_true", help="without an attempt")
    progress = command("progress", "show what you have done", _progress)
    progress.add_argument("--export", metavar="FILE", help="write everything, every attempt included, to a JSON file")
    progress.add_argument("--reset", action="store_true", help="begin anew; the old file is kept under another name")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    arguments : list of str, optional
        The words behind ``jaclib``; by default those of the command line.

    Examples
    --------
    >>> main(["check", "E1.4", "68"])
    ✓ Correct · E1.4 · Two paths to the output
      Read as 68
      That is right.
      Next: Go on: jaclib exercises E1.16
    0
    """
    options = _parser().parse_args(_in_order(sys.argv[1:] if arguments is None else arguments))
    _encodable(sys.stdout)
    try:
        code = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (ValueError, OSError) as error:
        return _refused(str(error), options)


def _in_order(words: list[str]) -> list[str]:
    """Put options first and everything else behind ``--``, so that an answer may begin with a minus."""
    if not words or words[0].startswith("-"):
        return words
    command, rest = words[0], list(words[1:])
    options, others = [], []
    while rest:
        word = rest.pop(0)
        if word == "--":
            others += rest
            break
        name = word.partition("=")[0]
        if name not in _OPTIONS:
            others.append(word)
            continue
        options.append(word)
        if _OPTIONS[name] and "=" not in word and rest:
            options.append(rest.pop(0))
    return [command, *options, *(["--", *others] if others else [])]


def _encodable(stream) -> None:
    """Let characters that the terminal cannot show be replaced, rather than fail."""
    if hasattr(stream, "reconfigure"):
        with contextlib.suppress(ValueError, OSError):
            stream.reconfigure(errors="replace")


def _refused(message: str, options) -> int:
    """Report what cannot be done."""
    if options.json:
        print(json.dumps({"error": message}))
    else:
        print(message, file=sys.stderr)
    return 2


def _print(options, text: str, data) -> None:
    print(json.dumps(data, indent=1) if options.json else text)


def _exercises(options) -> int:
    from jaclib.exercises import exercise, exercises

    if options.id is None:
        if options.variant is not None:
            raise ValueError(
                "jaclib exercises: --variant needs the id of an exercise: jaclib exercises E1.4 --variant 7"
            )
        listing = exercises()
        _print(
            options, f"{listing}\nThe task of one: jaclib exercises E1.4", listing.as_dict() if options.json else None
        )
    else:
        task = exercise(options.id, variant=options.variant)
        _print(options, str(task), task.as_dict() if options.json else None)
    return 0


def _check(options) -> int:
    from jaclib.exercises import check

    with contextlib.redirect_stdout(sys.stderr):  # what a learner's own file prints
        verdict = check(options.id, " ".join(options.answer), variant=options.variant)
    _print(options, verdict.text(command_line=True), verdict.as_dict())
    return verdict.exit_code


def _hint(options) -> int:
    from jaclib.exercises import hint

    shown = hint(options.id[0], options.number, variant=options.variant)
    _print(options, shown.text_for(command_line=True), shown.as_dict())
    return 0


def _solution(options) -> int:
    from jaclib.exercises import solution

    shown = solution(options.id[0], variant=options.variant, force=options.force)
    _print(options, shown.text_for(command_line=True), shown.as_dict())
    return 0


def _progress(options) -> int:
    from jaclib.exercises import progress

    done = progress()
    if options.export:
        message = f"Written to {done.export(options.export)}"
    elif options.reset:
        message = done.reset()
    else:
        _print(options, f"{done}\nKept in {done.path}", done.as_dict())
        return 0
    _print(options, message, {"message": message})
    return 0
