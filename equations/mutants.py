"""Single typos of an equation, each of which its check must find."""

from __future__ import annotations

from itertools import pairwise

from equations.cursor import Cursor
from equations.reading import statement_tokens

SIGNS = {"+": "-", "-": "+"}
FUNCTIONS = {"sin": "cos", "cos": "sin", "tanh": "sin", "ln": "sin", "log": "sin"}
RELATIONS = {"le": "ge", "ge": "le"}


# Typos that make no wrong equation: how many of each kind, and why.
HARMLESS = {
    ("eq-1-softmax-partials", "indices"): (1, "δ is symmetric"),
    ("eq-1-softmax-gradient", "indices"): (1, "δ is symmetric"),
    ("eq-2-differentiable", "name"): (1, "the numerator tends to 0 whatever constant divides it"),
    ("eq-2-layerweights", "name"): (1, "in this branch the two indices are equal"),
    ("eq-2-quadratic", "indices"): (1, "the double sum of the transposed matrix is the same"),
    ("eq-3-hyperbolas", "name"): (1, "the integrand is constant, so the name of a variable does not matter"),
    ("eq-3-gaussian", "name"): (2, "only the two ends of the bracket count, and they stay"),
    ("eq-3-gaussian", "digit"): (1, "only the two ends of the bracket count, and they stay"),
    ("eq-3-coupling", "name"): (4, "$y_1$ and $x_1$ are equal"),
    ("eq-g-tan", "function"): (1, "sin² and cos² have the same integral between these limits"),
}


def mutants(latex):
    """Yield (kind, text) for every single typo in what is read of an equation.

    Kinds: a sign, a digit (so exponents and coefficients), one name for another of the equation (so indices), two
    indices or two matrices exchanged, a transposition left out, a fraction upside down, another function, a turned
    inequality.
    """
    for tokens in statement_tokens(latex):
        yield from _of_statement(latex, tokens)


def _of_statement(latex, tokens):
    tokens = _read_tokens(tokens)
    letters = sorted({token.text for token, before in _with_previous(tokens) if _is_name(token, before)})
    following = [*tokens[1:], None]
    for (token, before), after in zip(_with_previous(tokens), following, strict=True):

        def put(text, token=token):
            return latex[: token.start] + text + latex[token.end :]

        if token.kind == "symbol" and token.text in SIGNS and not (after is not None and after.text == "dots"):
            yield "sign", put(SIGNS[token.text])
        elif token.kind == "digit":
            yield "digit", put(str((int(token.text) + 1) % 10))
        elif token.kind == "command" and token.text in FUNCTIONS:
            yield "function", put("\\" + FUNCTIONS[token.text] + " ")
        elif token.kind == "command" and token.text in RELATIONS:
            yield "inequality", put("\\" + RELATIONS[token.text] + " ")
        elif token.kind == "command" and token.text == "T":
            start = latex.rindex("^", 0, token.start)
            yield "transposition", latex[:start] + latex[token.end :]
        elif token.kind == "command" and token.text == "frac":
            turned = _turned(latex, tokens, tokens.index(token))
            if turned is not None:
                yield "fraction", turned
        elif _is_name(token, before) and len(letters) > 1:
            other = letters[(letters.index(token.text) + 1) % len(letters)]
            yield "name", put(other)
    yield from _exchanged(latex, tokens)
    for first, second in pairwise(tokens):
        if first.kind == second.kind == "letter" and (first.text + second.text).isupper() and first.text != second.text:
            between = latex[first.end : second.start]
            yield "order", latex[: first.start] + second.text + between + first.text + latex[second.end :]


def _read_tokens(tokens):
    """Leave out what stands below a brace, which is a remark."""
    cursor, kept = Cursor(tokens), []
    while cursor.at < len(tokens):
        token = cursor.next()
        kept.append(token)
        if token.text == "underbrace":
            start = cursor.at
            cursor.group()
            kept += _read_tokens(tokens[start : cursor.at])
            cursor.expect("_")
            cursor.group()
    return kept


def _with_previous(tokens):
    return zip(tokens, [None, *tokens[:-1]], strict=True)


def _is_name(token, before):
    return token.kind == "letter" and token.text != "d" and not (before is not None and before.text == "begin")


def _exchanged(latex, tokens):
    """Exchange two indices of one subscript."""
    for first, second, third, fourth in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        in_braces = (first.text, fourth.text) == ("{", "}") and latex[: first.start].rstrip().endswith("_")
        if in_braces and second.kind == third.kind == "letter" and second.text != third.text:
            yield "indices", latex[: second.start] + third.text + second.text + latex[third.end :]


def _turned(latex, tokens, at):
    """Exchange numerator and denominator, unless they are those of a derivative."""
    parts, position = [], at + 1
    for _ in range(2):
        depth, start = 0, position
        while True:
            depth += (tokens[position].text == "{") - (tokens[position].text == "}")
            position += 1
            if depth == 0:
                break
        parts.append(tokens[start:position])
    above, below = parts
    if any(token.text in ("partial", "d") for token in (above + below)[:2] + below[:2]):
        return None
    texts = [latex[part[0].start : part[-1].end] for part in parts]
    between = latex[above[-1].end : below[0].start]
    wrapped = [text if text.startswith("{") else "{" + text + "}" for text in texts]
    return latex[: above[0].start] + wrapped[1] + between + wrapped[0] + latex[below[-1].end :]
