"""The texts of exercises as data that a page can show: MyST Markdown becomes lists, of which the page makes elements.

A block is ``["p", inline]``, ``["ul", [inline, …]]``, ``["math", latex]`` or ``["code", text]``; in a line stands
text, or ``["strong", inline]``, ``["em", inline]``, ``["code", text]``, ``["math", latex]``. There is no HTML, so
nothing that a learner typed can become any.
"""

from __future__ import annotations

import re

__all__ = ["blocks", "inline"]

_OWN = re.compile(r"^```\w*\n(?P<code>.*?)^```$|^\$\$(?P<math>.*?)\$\$$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<ticks>`+)(?P<code>.+?)(?P=ticks)(?!`)|\$(?P<math>[^$]+)\$"
    r"|\*\*(?P<strong>.+?)\*\*|\*(?P<em>[^*\s](?:[^*]*[^*\s])?)\*",
    re.DOTALL,
)


def blocks(markdown: str) -> list:
    """Return the blocks of a text.

    Examples
    --------
    >>> blocks("What is $x^2$ at **2**?")
    [['p', ['What is ', ['math', 'x^2'], ' at ', ['strong', ['2']], '?']]]
    """
    found, last = [], 0
    for match in _OWN.finditer(markdown):
        found += _paragraphs(markdown[last : match.start()])
        last = match.end()
        found.append([match.lastgroup, match[match.lastgroup].strip("\n" if match.lastgroup == "code" else None)])
    return found + _paragraphs(markdown[last:])


def _paragraphs(text: str) -> list:
    """Return the paragraphs and the lists of a text between formulas and code."""
    found = []
    for chunk in filter(None, re.split(r"\n\s*\n", text.strip())):
        if chunk.startswith("- "):
            found.append(["ul", [inline(item) for item in re.split(r"(?:\A|\n)- ", chunk)[1:]]])
        else:
            found.append(["p", inline(chunk)])
    return found


def inline(text: str) -> list:
    """Return what stands in a line."""
    parts, last = [], 0
    for match in _INLINE.finditer(text):
        _add(parts, text[last : match.start()])
        last = match.end()
        kind = match.lastgroup if match.lastgroup != "ticks" else "code"
        inner = match[kind]
        if kind == "escaped":
            _add(parts, inner)
        else:
            parts.append([kind, inline(inner) if kind in ("strong", "em") else inner])
    _add(parts, text[last:])
    return parts


def _add(parts: list, text: str) -> None:
    """Add text, with a new line as a space, to the text before it."""
    text = re.sub(r"\s*\n\s*", " ", text)
    if not text:
        return
    if parts and isinstance(parts[-1], str):
        parts[-1] += text
    else:
        parts.append(text)
