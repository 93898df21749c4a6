"""Whether entries are separated by commas or by white space: looked up before they are read.

White space separates only where it can mean nothing else: between two numbers, two brackets, or before a sign that
stands
close to its number (``1 -2``), and only where no comma separates.
"""

from __future__ import annotations

from typing import NamedTuple

from jaclib.exercises.reading.tokens import Token

__all__ = ["Layout", "layout_at"]

_ENDS_VALUE = ("number", "name", "close")
_STARTS_VALUE = ("number", "name", "open", "sqrt", "frac")


class Layout(NamedTuple):
    """How the entries of a bracket, or of the whole text, are separated."""

    spaced: bool  # white space separates entries
    lines: bool  # a new line separates rows
    trailing: bool  # a comma stands behind the last entry, as in (3,)


def layout_at(found: list[Token], start: int, several: bool) -> Layout:
    """Look ahead from place `start` to the bracket that closes it, or to the end.

    `several` says that a list is likely, so that ``1 -2`` holds two entries.
    """
    depth, commas, rows, apart, last = 0, 0, 0, False, None
    lines = False
    for place in range(start, len(found)):
        token = found[place]
        if token.kind == "end" or (token.kind == "close" and depth == 0):
            break
        if depth == 0:
            commas += token.kind in (",", "&")
            rows += token.kind == ";"
            if last is not None and token.space and last.kind in _ENDS_VALUE:
                rows_in_brackets = last.text == "]" and token.text == "["
                lines |= token.line and token.kind in (*_STARTS_VALUE, "-", "+") and not rows_in_brackets
                apart = apart or _two_values(last, token, found[place + 1], several)
            last = token
        if token.kind == "open":
            depth += 1
        elif token.kind == "close":
            depth -= 1
            last = token if depth == 0 else last
    spaced = apart and not commas
    return Layout(spaced, (spaced or several) and lines, last is not None and last.kind == ",")


def _two_values(last: Token, token: Token, following: Token, several: bool) -> bool:
    """Whether the white space before `token` can only separate two entries."""
    if last.kind == "number" and token.kind == "number":
        return several
    if last.kind == "close" and token.kind == "open":
        return last.text == "]" and token.text == "["
    return several and token.kind == "-" and not following.space and following.kind in _STARTS_VALUE
