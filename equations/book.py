"""Find the displayed equations of the book, and the functions that its code cells define."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import numpy as np

import jaclib

BOOK = Path(__file__).resolve().parent.parent / "book"
PAGES = {
    "01_partial_derivatives.ipynb": "ch.\N{NO-BREAK SPACE}1",
    "02_jacobian_matrix.ipynb": "ch.\N{NO-BREAK SPACE}2",
    "03_change_of_variables.ipynb": "ch.\N{NO-BREAK SPACE}3",
    "gallery.ipynb": "gallery",
    "notation.md": "notation",
}
DISPLAYED = re.compile(r"\$\$(?P<latex>.*?)\$\$[ \t]*(?:\((?P<label>[^)\s]+)\))?", re.DOTALL)
OTHER_DISPLAYS = re.compile(r"^`{3,}\{math\}|^\\begin\{(?:equation|align|gather|multline|eqnarray)\*?\}", re.MULTILINE)


@dataclass(frozen=True)
class Equation:
    """One displayed equation; `label` is None where it has none."""

    page: str
    cell: int
    label: str | None
    latex: str


@cache
def read(page):
    """Return the notebook with this file name, or a Markdown page as one of a single cell.

    It is not validated: that would take longer than checking a chapter.
    """
    text = (BOOK / page).read_text(encoding="utf-8")
    if page.endswith(".md"):
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
    nb = nbformat.from_dict(json.loads(text))
    for cell in nb.cells:
        cell.source = "".join(cell.source)
    return nb


def displayed(nb, page):
    """Return the displayed equations of a page, without those of exercise cells, which have tests of their own."""
    found = []
    for position, cell in enumerate(nb.cells):
        if cell.cell_type == "markdown" and "exercise" not in cell.metadata.get("tags", []):
            for match in DISPLAYED.finditer(cell.source):
                found.append(Equation(page, position, match["label"], match["latex"].strip()))
            for match in OTHER_DISPLAYS.finditer(DISPLAYED.sub("", cell.source)):
                found.append(Equation(page, position, None, match[0]))
    return found


@cache
def equations():
    """Return all displayed equations, in reading order."""
    return [equation for page in PAGES for equation in displayed(read(page), page)]


@cache
def function(chapter, name, after=""):
    """Return a function (or an array) of the book as its own code cells define it.

    Of several definitions of the name, the first one counts that follows the label `after`. What the definition uses is
    taken from the cells before it.
    """
    cells = read(list(PAGES)[chapter - 1]).cells
    start = next((at for at, cell in enumerate(cells) if f"({after})" in cell.source), 0) if after else 0
    definitions = [(at, node) for at, cell in enumerate(cells) for node in _definitions(cell)]
    for at, node in definitions:
        if at >= start and _defined(node) == name:
            return _run(node, [other for place, other in definitions if place <= at])[name]
    raise LookupError(f"chapter {chapter} defines no {name} after {after or 'its start'}")


def _definitions(cell):
    if cell.cell_type != "code" or "exercise" in cell.metadata.get("tags", []):
        return []
    return [node for node in ast.parse(cell.source).body if _defined(node)]


def _defined(node):
    if isinstance(node, ast.FunctionDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return None


def _run(node, definitions):
    """Execute a definition, after those of the names that it uses."""
    names = {
        "np": np,
        "jaclib": jaclib,
        "rng": np.random.default_rng(1),
        **{name: getattr(jaclib, name) for name in jaclib.__all__},
    }
    inside = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    used = {part.id for part in inside if isinstance(part.ctx, ast.Load)}
    local = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    if isinstance(node, ast.FunctionDef):
        local |= {part.id for part in inside if isinstance(part.ctx, ast.Store)}
    for name in used - local - {"rng"}:
        earlier = [other for other in definitions if _defined(other) == name and other is not node]
        if earlier:
            names.update(_run(earlier[-1], definitions[: definitions.index(earlier[-1])]))
    exec(compile(ast.Module([node], []), "<book>", "exec"), names)
    return names
