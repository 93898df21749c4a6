"""Sphinx directives for the page that lists every equation of the book with its check."""

from __future__ import annotations

from docutils import nodes

from equations import book, page
from generated import ROOT, Generated


class EquationSummary(Generated):
    """Count the equations by kind of check, and say what is read."""

    def run(self):
        """Return a table and the typos that are tried."""
        _rebuild(self)
        table = nodes.container("", *self.parse_text_to_nodes(page.summary()), classes=["equation-summary"])
        return [table, *self.parse_text_to_nodes(f"{page.kinds()}\n\n{page.reading()}")]


class EquationList(Generated):
    """List the equations of a page of the book: formula, place, kind, and how it is checked."""

    required_arguments = 1

    def run(self):
        """Return one container for each equation."""
        _rebuild(self)
        return [self._entry(*entry) for entry in page.entries(self.arguments[0])]

    def _entry(self, label, latex, description):
        formula = nodes.math_block("", latex, nowrap=False, number=None, label=None)
        formula["docname"] = self.env.docname
        text = self.parse_text_to_nodes(description)
        return nodes.container("", formula, *text, classes=["equation-entry"], ids=[f"check-{label}"])


def _rebuild(directive):
    directive.rebuild_with(__file__, *(book.BOOK / name for name in book.PAGES), *(ROOT / "equations").glob("*.py"))


def setup(app):
    app.add_directive("equation-summary", EquationSummary)
    app.add_directive("equation-list", EquationList)
