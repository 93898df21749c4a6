"""Cut the book's LaTeX into tokens: colours, spaces and sizes go, what carries meaning stays."""

from __future__ import annotations

import re
from dataclasses import dataclass

PIECE = re.compile(
    r""
    r"\\\\(?:\[[^\]]*\])?|\\(?:text|operatorname|mathsf|mathbb|begin|end)\{[^}]*\}|\\textcolor\{[^}]*\}|\\[A-Za-z]+|\\.|\s+|[^\s]"
)
DROPPED = {r"\,", r"\;", r"\!", r"\:", "\\ ", r"\left", r"\right", r"\displaystyle"}
SIZES = re.compile(r"\\[bB]ig{1,2}([lr])?$")
LAYOUTS = ("aligned", "gathered")
DELIMITERS = {"|": None, "lVert": "norm(", "rVert": ")norm", "lvert": "abs(", "rvert": ")abs"}
SAME = {r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\cdots": r"\dots", r"\vdots": r"\dots"}


class ReadingError(ValueError):
    """The LaTeX is not of the kind that the book writes, or uses a name that the entry does not explain."""


@dataclass(frozen=True)
class Token:
    """A piece of LaTeX with its place in the source.

    `kind` is one of symbol, letter, digit, command, text, operator, begin, end.
    """

    kind: str
    text: str
    start: int
    end: int


def tokenize(latex):
    r"""Return the tokens of an equation; ``\\`` is "newline" between lines, "row" within a matrix."""
    tokens, environments, size = [], [], ""
    braces, coloured = [], False  # for each open brace whether it only holds what is coloured
    for match in PIECE.finditer(latex):
        piece = match[0]
        if piece.isspace() or piece in DROPPED:
            continue
        if SIZES.match(piece):
            size = SIZES.match(piece)[1] or ""
            continue
        if piece.startswith(r"\textcolor"):
            coloured = True
            continue
        if piece == "{":
            braces.append(coloured)
            coloured = False
        if piece in ("{", "}") and (braces[-1] if piece == "{" else braces.pop()):
            continue
        kind, text = _classify(SAME.get(piece, piece), environments)
        if text in DELIMITERS:
            text = _delimiter(text, size)
        size = ""
        if kind is not None:
            tokens.append(Token(kind, text, *match.span()))
    return tokens


def _delimiter(text, size):
    return DELIMITERS[text] or {"l": "abs(", "r": ")abs", "": "|"}[size]


def _classify(piece, environments):
    """Return kind and text of a piece, or None as kind where it only places what follows."""
    if piece.startswith((r"\begin", r"\end")):
        command, name = piece[1:-1].split("{")
        if command == "begin":
            environments.append(name)
        else:
            environments.pop()
        return (None, "") if name in LAYOUTS else (command, name)
    if piece.startswith(r"\\"):
        return "symbol", "newline" if not environments or environments[-1] in LAYOUTS else "row"
    if piece == "&":
        return ("symbol", "&") if environments and environments[-1] not in LAYOUTS else (None, "")
    named = re.match(r"\\(text|operatorname|mathsf|mathbb)\{(.*)\}$", piece)
    if named:
        return {"text": "text", "operatorname": "operator"}.get(named[1], "command"), named[2].strip()
    if piece.startswith("\\"):
        return "command", piece[1:]
    return ("letter" if piece.isalpha() else "digit" if piece.isdigit() else "symbol"), piece


def plain(tokens):
    """Return tokens as one readable text, by which an entry names what is not read as a formula."""
    return " ".join(token.text for token in tokens if token.text not in "{}")
