"""The prose of a notebook: its Markdown without the exercises, displayed formulas and blocks of code."""

from __future__ import annotations

import re

import exercise_cells

_NO_PROSE = [
    re.compile(r"\$\$.+?\$\$( *\([\w-]+\))?", re.DOTALL),
    re.compile(r"^(`{3,}).*?^\1`*$", re.DOTALL | re.MULTILINE),
]


def parts(nb) -> list[str]:
    """Return the prose of each Markdown cell; inline formulas, roles and markup are left in it."""
    cells = [cell for cell in nb.cells if cell.cell_type == "markdown" and not exercise_cells.is_exercise(cell)]
    texts = [cell.source for cell in cells]
    for pattern in _NO_PROSE:
        texts = [pattern.sub(" ", text) for text in texts]
    return texts
