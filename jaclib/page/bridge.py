"""What the worker of the page calls. Everything crosses as JSON, so that nothing of Python has to be kept alive."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module

from jaclib.page import progress

_shell = None


def start(emit: Callable[[str], None], tell: Callable[[str], None] = lambda news: None) -> None:
    """Make the shell of the page; `emit` takes each output as JSON, `tell` what happens in the exercises."""
    from jaclib.page import stand_in
    from jaclib.page.shell import Shell

    global _shell
    _shell = Shell(lambda output: emit(json.dumps(output)))
    sys.modules["__main__"] = _shell.module
    stand_in.install(_shell)
    os.environ["MPLBACKEND"] = "module://jaclib.page.backend"  # Matplotlib itself may still be on its way
    os.environ["JACLIB_JOURNAL"] = "jaclib.page.journal"  # read when something of the exercises is first imported
    progress.connect(lambda news: tell(json.dumps(news)))
    _shell.display_formatter.formatters["image/png"].for_type_by_name("matplotlib.figure", "Figure", _png)


def _png(figure):
    from jaclib.page import backend  # which imports pyplot

    return backend.png(figure)


def shell():
    """Return the shell of the page."""
    return _shell


def run(source: str, cell: int | None) -> bool:
    """Run a cell; see `jaclib.page.shell.Shell.run`."""
    return _shell.run(source, cell)


def take(journal: str) -> None:
    """Take what the page has written down of the reader's progress; see `jaclib.page.progress.take`."""
    progress.take(journal)


def needed(sources: dict[str, str], cell: int) -> list[int]:
    """Return the earlier cells to run first; the keys of JSON are texts."""
    return _shell.needed({int(number): source for number, source in sources.items()}, cell)


def call(module: str, function: str, arguments: str) -> str:
    """Call a function with arguments given as a JSON list.

    Returns
    -------
    str
        JSON of ``{"result": ...}``, or of ``{"error": {"name": ..., "message": ..., "traceback": ...}}``.
    """
    try:
        return json.dumps({"result": getattr(import_module(module), function)(*json.loads(arguments))})
    except Exception as error:
        described = {"name": type(error).__name__, "message": str(error), "traceback": traceback.format_exc()}
        return json.dumps({"error": described})
