"""An exception as a reader sees it: their own lines, without those of the libraries, and the message in full."""

from __future__ import annotations

import re
import traceback

# Names that the shell gives to the code that it runs: a cell of the page in its nth run, or code of no cell.
CELL_FILE = re.compile(r"<cell (?P<cell>\d+) run (?P<run>\d+)>")
_SHOWN = re.compile(rf'File "(?:{CELL_FILE.pattern}|<code run \d+>)"')

_HINTS = {
    "MemoryError": "The page has no memory left for this. Use smaller arrays, or press Stop, which empties it.",
    "ModuleNotFoundError": "In the page only NumPy, SymPy, Matplotlib, jaclib and Python's own modules are installed.",
    "RecursionError": "A function that calls itself must stop somewhere.",
}
_COMMAND = re.compile(r"^\s*[%!]", re.MULTILINE)


def cell_file(cell: int | None, run: int) -> str:
    """Return the file name under which the code of a cell is compiled."""
    return f"<code run {run}>" if cell is None else f"<cell {cell} run {run}>"


def readable(text: str) -> str:
    """Write the file names of cells as a reader knows them: ``Cell 5, line 2``."""
    return _SHOWN.sub(lambda found: f"Cell {found['cell']}" if found["cell"] else "Your code", text)


def _only_the_readers(described: traceback.TracebackException) -> None:
    """Drop the frames inside libraries, also of the exceptions that led to this one."""
    seen, waiting = set(), [described]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.stack[:] = [frame for frame in one.stack if _is_the_readers(frame.filename)]
        waiting += [one.__cause__, one.__context__, *(one.exceptions or [])]


def _is_the_readers(filename: str) -> bool:
    return filename.startswith(("<cell ", "<code run "))


def describe(error: BaseException, source: str) -> dict:
    """Return an output of type ``error``.

    Parameters
    ----------
    error : BaseException
        What the code raised.
    source : str
        The code.

    Returns
    -------
    dict
        ``ename``, ``evalue``, ``traceback`` (one text), ``frames`` (``cell``, ``run``, ``line`` of each of the
        reader's lines, outermost first) and ``hint`` (a sentence, or empty).
    """
    described = traceback.TracebackException.from_exception(error, compact=True)
    _only_the_readers(described)
    places = [(frame.filename, frame.lineno) for frame in described.stack]
    if isinstance(error, SyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    frames = [
        {"cell": int(found["cell"]), "run": int(found["run"]), "line": line}
        for filename, line in dict.fromkeys(places)  # each once, also after a thousand calls
        if (found := CELL_FILE.fullmatch(filename))
    ]
    name = type(error).__name__
    hint = _HINTS.get(name, "")
    if isinstance(error, SyntaxError) and _COMMAND.search(source):
        hint = "A line that begins with % or ! is a command of Jupyter; the page runs plain Python."
    return {
        "output_type": "error",
        "ename": name,
        "evalue": str(error),
        "traceback": readable("".join(described.format())).rstrip("\n"),
        "frames": frames,
        "hint": hint,
    }
