r"""Read the book's LaTeX: from tokens to statements, by recursive descent.

The reader is told which names there are and which of them are functions: LaTeX does not say whether ``w(x + h)`` is
a product or a call. A name is an identifier: ``\theta_1`` is ``theta_1``, ``\bar x'`` is ``bar_x_prime``,
``p_{\text{base}}`` is ``p_base``, ``\Delta w`` is ``Delta_w``, ``dx\,dy`` is ``dxdy``.
"""

from __future__ import annotations

from itertools import pairwise

from equations.readers import Reader
from equations.syntax import Statement
from equations.tokens import ReadingError, plain, tokenize

RELATIONS = {
    "=": "=",
    "approx": "approx",
    "le": "le",
    "ge": "ge",
    "leftarrow": "becomes",
    "longmapsto": "maps to",
    "longrightarrow": "tends to",
}
WORDS = {"so", "smallest at", "at"}
BREAKS = {"newline", ",", "quad", "qquad", "Longleftrightarrow", "Longrightarrow"}
OPENING = {"(", "[", "{", "abs(", "norm("}
CLOSING = {")", "]", "}", ")abs", ")norm"}


def read(latex, known, functions):
    """Return the statements of an equation.

    Parameters
    ----------
    latex : str
        What stands between the dollar signs.
    known, functions : set of str
        The identifiers that mean something, and those of them that are called.

    Raises
    ------
    ReadingError
        Where the LaTeX is not understood, or a name is not known.
    """
    tokens = tokenize(latex)
    pairs = pairwise(tokens)
    known = known | {second.text for first, second in pairs if (first.kind, first.text) == ("letter", "d")}
    return [
        Statement(tuple(_read_side(side, known, functions) for side in sides), tuple(relations))
        for sides, relations in map(_split_sides, statement_tokens(latex))
    ]


def statement_tokens(latex):
    """Return the tokens of every statement of an equation; a remark such as "(n numbers to m)" is none."""
    found = []
    for tokens in _split_statements(tokenize(latex)):
        if any(token.text in RELATIONS for token in tokens):
            found.append(tokens)
        elif not any(token.kind == "text" for token in tokens):
            raise ReadingError(f"no relation in {plain(tokens)!r}")
    return found


def _read_side(tokens, known, functions):
    reader = Reader(tokens, known, functions)
    node = reader.expression()
    reader.expect_end()
    return node


def _with_depth(tokens):
    """Yield each token with how many brackets and environments are open around it."""
    depth = 0
    for token in tokens:
        closes = token.text in CLOSING or token.kind == "end"
        depth -= closes
        yield token, depth
        depth += token.text in OPENING or token.kind == "begin"


def _split_statements(tokens):
    found, current = [], []
    for token, depth in _with_depth(tokens):
        ends = token.text in BREAKS or (token.kind == "text" and token.text in WORDS)
        if depth == 0 and ends:
            found.append((current, token))
            current = []
        else:
            current.append(token)
    found.append((current, None))
    return _joined([(_without_full_stop(part), stop) for part, stop in found])


def _without_full_stop(tokens):
    return tokens[:-1] if tokens and tokens[-1].text == "." else tokens


def _joined(parts):
    """Join a line that begins with a relation or an operator to the line before it; drop empty parts."""
    statements, stop_before = [], None
    for tokens, stop in parts:
        if not tokens:
            stop_before = stop_before or stop
            continue
        continues = tokens[0].text in RELATIONS and statements
        if continues:
            if stop_before is None or stop_before.text != "newline":
                raise ReadingError(f"a relation without a left side: {plain(tokens)!r}")
            statements[-1] += tokens
        else:
            statements.append(list(tokens))
        stop_before = stop
    return statements


def _split_sides(tokens):
    sides, relations = [[]], []
    for token, depth in _with_depth(tokens):
        if depth == 0 and token.kind in ("symbol", "command") and token.text in RELATIONS:
            relations.append(RELATIONS[token.text])
            sides.append([])
        else:
            sides[-1].append(token)
    return sides, relations
