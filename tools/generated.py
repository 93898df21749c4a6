"""Sphinx directives for what a page states about jaclib and the build finds out: coverage, error messages, exercises.

Nothing of it is committed: the lists come from jaclib's own tables, and the messages are those that were raised. The
build fails where code that must raise does not, or where its correction does.
"""

from __future__ import annotations

import ast
import copy
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import exercise_widgets
from jaclib.backprop.coverage import DIFFERENTIATED, coverage
from jaclib.exercises import pages

ROOT = Path(__file__).resolve().parent.parent
ORDER = (*DIFFERENTIATED, "piecewise constant", "refused", "not applicable")


def run(code: str, names: dict | None = None):
    """Execute code that finds `names` already there; return all names, and the value of its last line (or None)."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    names = copy.copy(names or {})
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        exec(compile(tree, "<page>", "exec"), names)
        return names, None if last is None else eval(compile(ast.Expression(last.value), "<page>", "eval"), names)


def shown(value) -> str:
    """Return a value as a reader wants to see it: six digits, no type."""
    if isinstance(value, tuple):
        return "(" + ", ".join(map(shown, value)) + ("," if len(value) == 1 else "") + ")"
    with np.printoptions(precision=6, suppress=True):
        return f"{value:.6g}" if isinstance(value, float) else str(value)


def message_of(code: str, names: dict) -> str:
    """Execute code that must raise; return the error as Python reports it, with its notes."""
    try:
        run(code, names)
    except Exception as error:
        return "\n".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", [])])
    raise AssertionError(f"this code raises no error:\n{code}")


def split(content: str) -> tuple[str, str]:
    """Return the code that raises and its correction, which stand above and below a line ``---``."""
    wrong, separator, right = content.partition("\n---\n")
    if not separator:
        raise ValueError("expected two pieces of code with a line --- between them")
    return wrong, right


class Generated(SphinxDirective):
    """A directive whose page is written again when the files that it follows from have changed."""

    def rebuild_with(self, *paths):
        """Name those files."""
        for path in [Path(__file__), *paths]:
            self.env.note_dependency(str(path))

    def rebuild_with_jaclib(self):
        """Name the whole package."""
        self.rebuild_with(*(ROOT / "jaclib").rglob("*.py"))


class Coverage(Generated):
    """List NumPy's functions of one status, namespace by namespace; without a status, count them all."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self):
        """Return the counts, or the names."""
        self.rebuild_with_jaclib()
        status = coverage()
        if not self.arguments:
            counts = Counter(status.values())
            mode = {s: f"differentiated: {s}" for s in DIFFERENTIATED}
            rows = [f"| {mode.get(s, s)} | {counts.pop(s)} |" for s in ORDER]
            if counts:
                raise self.error(f"no place in the table for {sorted(counts)}")
            return self._markdown([f"| in NumPy {np.__version__} | functions |", "|---|---:|", *rows])
        names = [name for name, s in status.items() if s == self.arguments[0]]
        if not names:
            raise self.error(f"no function of NumPy has the status {self.arguments[0]!r}")
        return self._markdown([" ".join(f"`{name}`" for name in names)])

    def _markdown(self, lines):
        return self.parse_text_to_nodes("\n".join(lines))


class ExerciseTable(Generated):
    """List the exercises of the chapter with this number."""

    required_arguments = 1

    def run(self):
        """Return the table."""
        self.rebuild_with_jaclib()
        table = self.parse_text_to_nodes(pages.exercise_table(int(self.arguments[0])))
        return [nodes.container("", *table, classes=["exercise-table"])]


class ExerciseObjectives(Generated):
    """List what the chapter with this number enables to do, with the exercises that serve it."""

    required_arguments = 1

    def run(self):
        """Return the list."""
        self.rebuild_with_jaclib()
        return self.parse_text_to_nodes(pages.objective_list(int(self.arguments[0])))


class ExerciseProgress(Generated):
    """Show how far the reader is, where exercises can be answered in the page."""

    def run(self):
        """Return the panel, which its script fills."""
        self.rebuild_with(exercise_widgets.__file__)
        self.rebuild_with_jaclib()
        return [nodes.raw("", exercise_widgets.panel(), format="html")]


class Misconceptions(Generated):
    """Explain the misconceptions that the chapter with this number cures."""

    required_arguments = 1

    def run(self):
        """Return a section for each, which its label leads to."""
        self.rebuild_with_jaclib()
        return [self._section(*entry) for entry in pages.misconception_entries(int(self.arguments[0])).items()]

    def _section(self, label, entry):
        title, text = map(self.parse_text_to_nodes, entry)
        heading = nodes.title("", "", *title[0].children)
        section = nodes.section("", heading, *text, names=[label], classes=["misconception"])
        self.state.document.note_explicit_target(section)
        return section


class Setup(SphinxDirective):
    """Show the lines that every later example of the page starts from, and execute them."""

    has_content = True

    def run(self):
        """Return the code as it is."""
        code = "\n".join(self.content)
        self.env.temp_data["examples_start"] = run(code)[0]
        return [nodes.literal_block(code, code, language="python")]


class Refusal(Generated):
    """Show code that raises, the error that it raised, the correction, and what that gave."""

    has_content = True

    def run(self):
        """Return both pieces of code with what came of them."""
        self.rebuild_with_jaclib()
        names = self.env.temp_data["examples_start"]
        try:
            wrong, right = split("\n".join(self.content))
            message = message_of(wrong, names)
            result = run(right, names)[1]
        except Exception as error:
            raise self.error(f"{type(error).__name__}: {error}") from error
        parts = [
            nodes.literal_block(wrong, wrong, language="python"),
            nodes.literal_block(message, message, language="none", classes=["refusal-message"]),
            nodes.paragraph("", "Instead:"),
            nodes.literal_block(right, right, language="python"),
        ]
        if result is not None:
            text = shown(result)
            parts.append(nodes.literal_block(text, text, language="none", classes=["refusal-result"]))
        return [nodes.container("", *parts, classes=["refusal"])]


def setup(app):
    app.add_directive("numpy-coverage", Coverage)
    app.add_directive("exercise-table", ExerciseTable)
    app.add_directive("exercise-objectives", ExerciseObjectives)
    app.add_directive("exercise-progress", ExerciseProgress)
    app.add_directive("misconceptions", Misconceptions)
    app.add_directive("refusal-setup", Setup)
    app.add_directive("refusal", Refusal)
