"""Put the index entries of `book/index_terms.py` below the headings of their sections, on the pages only."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "book"))
from index_terms import TERMS

FILE = Path(__file__).resolve().parent.parent / "book" / "index_terms.py"
_HEADING = re.compile(r"^\((sec-[\w-]+)\)=\n#+ .+\n", re.MULTILINE)


def insert(cells: list) -> None:
    """Insert the entries of each section that starts in one of the cells."""
    for cell in cells:
        if cell.cell_type == "markdown":
            # A heading that ends its cell ends without a line break.
            cell.source = _HEADING.sub(lambda heading: heading[0] + block(heading[1]), cell.source + "\n")


def block(section: str) -> str:
    """Return the entries of a section as a MyST directive, or nothing."""
    terms = ", ".join(TERMS.get(section, []))
    return f"\n```{{index}} {terms}\n```\n\n" if terms else ""
