"""The few names of IPython that the course, SymPy, Matplotlib and readers ask for, where IPython is not installed."""

from __future__ import annotations

import builtins
import sys
from types import ModuleType, SimpleNamespace

from jaclib.page import display

VERSION = (9, 18, 1)  # whose ways the page follows


def _module(name: str, **content) -> ModuleType:
    module = ModuleType(name, "Stand-in of the live page; IPython itself is not installed here.")
    module.__dict__.update(content)
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], own, module)
    return module


def install(shell) -> None:
    """Make ``import IPython`` and ``get_ipython()`` give what of it there is in the page.

    Parameters
    ----------
    shell : jaclib.page.shell.Shell
        What ``get_ipython()`` returns and ``display`` shows its values in.
    """

    def get_ipython():
        return shell

    show = shell.display
    version = ".".join(map(str, VERSION))
    # A package needs a path, or an import of a part that is missing is not told as such.
    _module("IPython", __path__=[], __version__=version, version_info=VERSION, get_ipython=get_ipython)
    classes = {name: getattr(display, name) for name in ("HTML", "Latex", "Markdown", "Math", "SVG")}
    _module("IPython.display", display=show, clear_output=shell.clear_output, **classes)
    _module("IPython.lib", __path__=[])
    sys.modules["IPython.lib.pretty"] = sys.modules["IPython.lib"].pretty = display.pretty
    # SymPy asks whether the shell is one of a terminal, where formulas would not be typeset.
    _module("IPython.terminal", __path__=[])
    _module("IPython.terminal.interactiveshell", TerminalInteractiveShell=type("TerminalInteractiveShell", (), {}))
    builtins.get_ipython = get_ipython
    builtins.display = show
    shell.events = SimpleNamespace(register=lambda event, function: None)  # Matplotlib offers to redraw after a cell
