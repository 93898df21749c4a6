"""From text to tokens, in plain notation, Python, LaTeX and Unicode alike; each keeps its place in the text."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from jaclib.exercises.reading.errors import Unreadable
from jaclib.exercises.reading.symbols import (
    CHARACTERS,
    LATEX_NAMES,
    LATEX_OPERATORS,
    LATEX_SPACE,
    LATEX_WRAPPERS,
    MATRICES,
    NAMES,
    SUPERSCRIPTS,
)

__all__ = ["Token", "tokens"]

MOST_CHARACTERS = 4000
MOST_DIGITS = 60
MOST_EXPONENT = 400

_NUMBER = re.compile(r"(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_ENVIRONMENT = re.compile(r"\{([A-Za-z]+)\*?\}(?:\{[clr|]*\})?")
_WRAPPED = re.compile(r"\s*(?:\{\s*([A-Za-z]+)\s*\}|([A-Za-z]))")
_OPERATORS = ("**", "<=", ">=", "==", "+", "-", "*", "/", "^", "@", "<", ">", ",", ";", "&", "=", ".", "'", "|", ":")
_OPEN = {"(": ")", "[": "]", "{": "}"}


class Token(NamedTuple):
    """A piece of the text.

    `kind` is number, name, open, close, an operator itself, or end; `space` says that white space stands before it, and
    `line` a new line. `value` and `digits` belong to numbers.
    """

    kind: str
    text: str
    position: int
    space: bool = False
    line: bool = False
    value: Fraction | None = None
    digits: int | None = None


def tokens(text: str) -> list[Token]:
    """Split `text` into tokens; the last one is of kind "end".

    Raises
    ------
    Unreadable
        At a character that means nothing here, a number of too many digits, or a text that is too long.
    """
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"The answer has {len(text)} characters; at most {MOST_CHARACTERS} are read.")
    found: list[Token] = []
    latex = "\\" in text
    i, space, line = 0, False, False
    while i < len(text):
        c = text[i]
        if c.isspace() or c in "$~\u200b\ufeff":
            space, line, i = True, line or c == "\n", i + 1
            continue
        if c == "\\":
            new, i, blank = _command(text, i)
        else:
            new, i, blank = (*_plain(text, i, latex), False)
        if new:
            found.append(new[0]._replace(space=space, line=line))
            found += new[1:]
            space = line = False
        space = space or blank
    return [*found, Token("end", "", len(text), space, line)]


def _plain(text: str, i: int, latex: bool) -> tuple[list[Token], int]:
    """Read what stands at place `i`, which is neither white space nor a LaTeX command."""
    c = text[i]
    if match := _NUMBER.match(text, i):
        return [_number(match[0], i)], match.end()
    if match := _NAME.match(text, i):
        return [Token("in" if match[0] == "in" else "name", match[0], i)], match.end()
    if c in SUPERSCRIPTS:
        return _superscript(text, i)
    if c in NAMES:
        return [Token("name", NAMES[c], i)], i + 1
    if c in CHARACTERS:
        return [Token(CHARACTERS[c], c, i)], i + 1
    if c in _OPEN:  # a brace groups in LaTeX, where a set has \{
        return [Token("open", "(" if c == "{" and latex else c, i)], i + 1
    if c in ")]}":
        return [Token("close", ")" if c == "}" and latex else c, i)], i + 1
    for operator in _OPERATORS:
        if text.startswith(operator, i):
            return [Token("^" if operator == "**" else operator, operator, i)], i + len(operator)
    if unicodedata.category(c) == "No" and (value := unicodedata.numeric(c, None)) is not None:  # ½
        return [Token("number", c, i, value=Fraction(value).limit_denominator(10))], i + 1
    raise Unreadable(f"The character {c!r} means nothing in an answer.", text, i)


def _number(written: str, i: int) -> Token:
    """Read a number; one with a point or an exponent is a decimal, which knows its significant digits."""
    mantissa, _, exponent = written.lower().replace("_", "").partition("e")
    power = exponent.lstrip("+-").lstrip("0") or "0"  # looked at before it is computed
    if len(mantissa) > MOST_DIGITS or len(power) > 4 or int(power) > MOST_EXPONENT:
        raise Unreadable(f"The number is too long or too large: at most {MOST_DIGITS} digits are read.", position=i)
    value = Fraction(mantissa.rstrip(".") if mantissa != "." else "0") * Fraction(10) ** int(exponent or 0)
    digits = len(mantissa.replace(".", "").lstrip("0")) or 1
    return Token("number", written, i, value=value, digits=digits)


def _superscript(text: str, i: int) -> tuple[list[Token], int]:
    """Read x² as x^2, e⁻⁴ as e^(-4), Bᵀ as B^T."""
    end = i
    while end < len(text) and text[end] in SUPERSCRIPTS:
        end += 1
    inner = "".join(SUPERSCRIPTS[c] for c in text[i:end])
    if not re.fullmatch(r"[+-]?[0-9]{1,9}|T", inner):
        raise Unreadable("This exponent cannot be read. Write it as ^(…).", text, i)
    sign = [Token(inner[0], inner[0], i)] if inner[0] in "+-" else []
    rest = inner.lstrip("+-")
    last = Token("name", "T", i) if rest == "T" else _number(rest, i)
    return [Token("^", "^", i), Token("open", "(", i), *sign, last, Token("close", ")", i)], end


def _command(text: str, i: int) -> tuple[list[Token], int, bool]:
    r"""Read a LaTeX command such as \frac; also say whether it only made space."""
    match = _COMMAND.match(text, i)
    if match is None:
        raise Unreadable("Nothing follows the backslash.", text, i)
    name, end = match[1], match.end()
    if name in LATEX_SPACE:
        return [], end, True
    if name in LATEX_OPERATORS:
        return [Token(LATEX_OPERATORS[name], match[0], i)], end, False
    if name in ("{", "lbrace"):
        return [Token("open", "{", i)], end, False
    if name in ("}", "rbrace"):
        return [Token("close", "}", i)], end, False
    if name in ("begin", "end"):
        environment = _ENVIRONMENT.match(text, end)
        if environment is None or environment[1] not in MATRICES:
            raise Unreadable(f"Of LaTeX environments, matrices are read: {', '.join(sorted(MATRICES))}.", text, i)
        return [Token("open" if name == "begin" else "close", "matrix", i)], environment.end(), False
    if name in LATEX_WRAPPERS:
        wrapped = _WRAPPED.match(text, end)
        if wrapped is None:
            raise Unreadable(f"{match[0]} is read around a single name.", text, i)
        return [Token("name", wrapped[1] or wrapped[2], i)], wrapped.end(), False
    if name.isalpha():
        return [Token("name", LATEX_NAMES.get(name, name), i)], end, False
    raise Unreadable(f"The command {match[0]!r} means nothing in an answer.", text, i)
