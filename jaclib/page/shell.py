"""Run code cells one after the other in one namespace, and show what they show as a notebook would."""

from __future__ import annotations

import ast
import builtins
import contextlib
import linecache
import sys
import warnings
from collections.abc import Callable, Mapping
from types import ModuleType

from jaclib.page import errors
from jaclib.page.display import DisplayFormatter
from jaclib.page.names import reads_and_writes
from jaclib.page.streams import Stream


class Shell:
    r"""The Python of a page.

    Parameters
    ----------
    emit : callable
        Takes each output as a notebook stores it (``output_type`` and so on), in the order of the program.

    Attributes
    ----------
    namespace : dict
        The global names of the cells.
    display_formatter : DisplayFormatter
        How values are shown; what SymPy's ``init_printing`` changes.

    Examples
    --------
    >>> shown = []
    >>> shell = Shell(shown.append)
    >>> shell.run("x = 2\nx + 3", cell=1)
    True
    >>> shown[0]["data"]
    {'text/plain': '5'}
    """

    colors = "neutral"  # SymPy asks for it

    def __init__(self, emit: Callable[[dict], None]):
        self._emit = emit
        self.module = ModuleType("__main__")
        self.namespace = self.module.__dict__
        self.display_formatter = DisplayFormatter()
        self._streams: list[Stream] = []
        self._runs = 0
        self._writer: dict[str, int] = {}  # name -> the cell that wrote it last
        self._done: dict[int, str] = {}  # cell -> the code of its last run, if that went well

    # ------------------------------------------------------------------------------------------------ running

    def run(self, source: str, cell: int | None = None) -> bool:
        """Run code; return whether it ran to its end.

        Parameters
        ----------
        source : str
            Code. The value of a last line that is an expression is shown, unless a semicolon follows.
        cell : int, optional
            Number of the cell on the page, for tracebacks and for `needed`.
        """
        self._runs += 1
        file = errors.cell_file(cell, self._runs)
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        self.namespace.pop("__warningregistry__", None)  # a warning is shown in each run, not only in the first
        self._done.pop(cell, None)
        error = None
        with self._connected():
            for step in (lambda: self._execute(source, file), self._flush_figures):
                try:
                    step()
                except BaseException as raised:
                    error = error or errors.describe(raised, source)
        if error:
            self._emit(error)
        if cell is not None:
            self._writer.update(dict.fromkeys(reads_and_writes(source)[1], cell))
            if not error:
                self._done[cell] = source
        return not error

    def _execute(self, source: str, file: str) -> None:
        tree = ast.parse(source, file)
        last = tree.body[-1:] if tree.body and isinstance(tree.body[-1], ast.Expr) else []
        quiet = source.rstrip().endswith(";")
        if last and not quiet:
            del tree.body[-1]
        exec(compile(tree, file, "exec", dont_inherit=True), self.namespace)
        if last and not quiet:
            exec(compile(ast.Interactive(last), file, "single", dont_inherit=True), self.namespace)

    @contextlib.contextmanager
    def _connected(self):
        """Send what is printed, displayed and warned of to the page."""
        before = sys.displayhook, warnings.formatwarning, builtins.input
        self._streams = [Stream("stdout", self._emit), Stream("stderr", self._emit)]
        sys.displayhook, warnings.formatwarning, builtins.input = self._show_result, _warning, _no_input
        try:
            with contextlib.redirect_stdout(self._streams[0]), contextlib.redirect_stderr(self._streams[1]):
                yield
        finally:
            sys.displayhook, warnings.formatwarning, builtins.input = before
            self._hand_on()

    def _hand_on(self) -> None:
        for stream in self._streams:
            stream.flush()

    def _flush_figures(self) -> None:
        """Show the figures that the cell has left open, as a notebook does at the end of a cell."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None and pyplot.get_fignums():
            pyplot.show()

    # ------------------------------------------------------------------------------------------------ showing

    def _show_result(self, value) -> None:
        if value is not None:
            self._show(value, "execute_result")
            self.namespace["_"] = value

    def _show(self, value, output_type: str) -> None:
        data, metadata = self.display_formatter.format(value)
        self._hand_on()
        if data:
            self._emit({"output_type": output_type, "data": data, "metadata": metadata})

    def display(self, *values) -> None:
        """Show values one below the other, each in the best form that it has."""
        for value in values:
            self._show(value, "display_data")

    def clear_output(self, wait: bool = False) -> None:
        """Remove what the cell has shown so far; with ``wait``, when the next output comes."""
        self._hand_on()
        self._emit({"output_type": "clear_output", "wait": bool(wait)})

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: Matplotlib asks for an event loop, and a page has its own."""

    # -------------------------------------------------------------------------------------------- earlier cells

    def needed(self, sources: Mapping[int, str], cell: int) -> list[int]:
        """Return the earlier cells that have to run before a cell, in order.

        Parameters
        ----------
        sources : mapping
            The code of each cell of the page as it stands there now.
        cell : int
            Which is to run.

        Returns
        -------
        list of int
            For each name that the cell needs, the nearest cell above that defines it, unless that name is still as
            that cell (or this one) has left it; and so on for each of those.
        """
        plan: set[int] = set()
        while (missing := self._missing(sources, cell, plan)) - plan:
            plan |= missing
        return sorted(plan)

    def _missing(self, sources: Mapping[int, str], cell: int, plan: set[int]) -> set[int]:
        """Go through the plan as if it ran, and return the cells without which something would be missing."""
        writer, missing = dict(self._writer), set()
        for number in [*sorted(plan), cell]:
            reads, writes = reads_and_writes(sources[number])
            for name in reads:
                above = [n for n in sources if n < number and name in reads_and_writes(sources[n])[1]]
                last = writer.get(name)
                fresh = last in plan or (last in self._done and self._done[last] == sources.get(last))
                if above and not (last in (max(above), number) and fresh):
                    missing.add(max(above))
            writer.update(dict.fromkeys(writes, number))
        return missing


def _warning(message, category, filename, lineno, line=None) -> str:
    if errors.CELL_FILE.fullmatch(filename):
        where = f"Cell {errors.CELL_FILE.fullmatch(filename)['cell']}, line {lineno}: "
    else:
        where = ""
    return f"{where}{category.__name__}: {message}\n"


def _no_input(prompt=""):
    raise RuntimeError("input() cannot ask in the page. Write the value into the code instead.")
