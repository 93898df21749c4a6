"""Sphinx directives for the back matter: code side by side, summary sheets, the plan of the lectures.

What they show has its source elsewhere: in code that is run, in the labelled equations of the chapters, in the bank of
exercises and in the misconceptions. So a page cannot say anything else than its source.
"""

from __future__ import annotations

import numpy as np
from docutils import nodes

import elsewhere
from generated import Generated


class Elsewhere(Generated):
    """Show the code of one task in every library, one tab each, and the numbers that all of them find."""

    required_arguments = 1

    def run(self):
        """Return a tab-set and a block of numbers."""
        self.rebuild_with(elsewhere.__file__, *elsewhere.FOLDER.glob("*.py"))
        task = self.arguments[0]
        tabs = [
            f":::{{tab-item}} {library}\n:sync: {library}\n```python\n{elsewhere.section(library, task)}\n```\n:::"
            for library in elsewhere.LIBRARIES
        ]
        shown = self.parse_text_to_nodes("::::{tab-set}\n:sync-group: library\n\n" + "\n\n".join(tabs) + "\n::::")
        answers = {name: value for name, value in elsewhere.ANSWERS.get(task, {}).items() if name != "by_rules"}
        if answers:
            text = "\n".join(f"{name} = {self._number(value, len(name) + 3)}" for name, value in answers.items())
            shown.append(nodes.literal_block(text, text, language="none", classes=["elsewhere-answer"]))
        return shown

    def _number(self, value, indent):
        if isinstance(value, dict):
            return "".join(f"\n  {name}: {self._number(entry, len(name) + 4)}" for name, entry in value.items())
        with np.printoptions(precision=6, suppress=True):
            return str(np.round(np.asarray(value, dtype=float), 6) + 0.0).replace("\n", "\n" + " " * indent)


class ElsewhereFacts(Generated):
    """List where the libraries differ, as each of them reported it."""

    def run(self):
        """Return a table with one column per library."""
        self.rebuild_with(elsewhere.__file__)
        libraries = list(elsewhere.LIBRARIES)
        rows = [
            [what, *(str(values.get(library, "")) for library in libraries)]
            for what, values in elsewhere.FACTS.values()
            if len(values) > 1
        ]
        table = [["", *libraries], ["---"] * (len(libraries) + 1), *rows]
        return self.parse_text_to_nodes("\n".join(f"| {' | '.join(row)} |" for row in table))


def setup(app):
    app.add_directive("elsewhere", Elsewhere)
    app.add_directive("elsewhere-facts", ElsewhereFacts)
