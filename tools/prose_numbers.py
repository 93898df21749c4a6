"""The numbers in a chapter's prose, and those that its own code prints or asserts.

A number in a sentence is typed, and so it may be wrong, or become wrong. A test asks that each stands, rounded as it
is, in the code or the output of the same notebook, or is computed in the test itself.
"""

from __future__ import annotations

import re

import prose

# Displayed formulas have checks of their own; code, references and the numbers of pages and theorems are no results.
_LEFT_OUT = [
    re.compile(r"`[^`]*`"),
    re.compile(r"\{[\w:]+\}`[^`]*`"),
    re.compile(r"\\textcolor\{[^}]*\}"),
    re.compile(r"\b(?:p\.|section|chapter|theorems?|ISO) [\d.-]+\d"),
]
# Decimals, and integers of two or more digits; a thin space may group the digits.
_THIN = r"(?:\\,|[\u2009\u202f\xa0])"
_IN_PROSE = re.compile(
    rf"(?<![\w./^{{])(\d+(?:{_THIN}\d{{3}})*\.\d+|\d{{1,3}}(?:{_THIN}\d{{3}})+|\d{{2,}})(?!\.\d|[\w/])"
)
_IN_CODE = re.compile(r"(?<![\w.])\d+\.?\d*(?:e[+-]?\d+)?")


def in_prose(nb) -> list[tuple[str, str]]:
    """Return each number in the prose of a notebook, with the words around it."""
    found = []
    for text in prose.parts(nb):
        for pattern in _LEFT_OUT:
            text = pattern.sub(" ", text)
        for match in _IN_PROSE.finditer(text):
            words = text[max(0, match.start() - 40) : match.end() + 20].replace("\n", " ")
            found.append((re.sub(_THIN, "", match[1]), words))
    return found


def in_code(nb) -> list[float]:
    """Return every number that the code of a notebook contains or prints, without its sign."""
    texts = []
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        texts.append(cell.source.replace("_", ""))
        for output in cell.outputs:
            texts.append(output.get("text", ""))
            texts += [str(value) for kind, value in output.get("data", {}).items() if kind.startswith("text")]
    return [float(number) for text in texts for number in _IN_CODE.findall(text)]


def is_rounded(number: str, value: float) -> bool:
    """Whether a number, as it is written, is a value rounded, or a value in percent."""
    digits = len(number.partition(".")[2])
    return any(f"{abs(x):.{digits}f}" == number for x in (value, 100.0 * value))
