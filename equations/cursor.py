"""Tokens that are read from left to right."""

from __future__ import annotations

import re

from equations.tokens import ReadingError, plain


def identifier(tokens):
    r"""Return a subscript as a part of a name: ``f^{-1}`` is f_inverse, ``h \circ g`` is h_circ_g."""
    words = "_".join(token.text for token in tokens if token.text not in "{}")
    return re.sub(r"\W+", "_", words.replace("^_-_1", "inverse"))


class Cursor:
    """A list of tokens that is read from left to right."""

    def __init__(self, tokens):
        self.tokens, self.at = list(tokens), 0

    def peek(self, ahead=0):
        """Return the text of a coming token, or an empty one at the end."""
        at = self.at + ahead
        return self.tokens[at].text if at < len(self.tokens) else ""

    def kind(self, ahead=0):
        """Return the kind of a coming token, or an empty one at the end."""
        at = self.at + ahead
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def next(self):
        """Return the coming token and move on."""
        if self.at == len(self.tokens):
            raise ReadingError("the formula ends too early")
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, text):
        """Move past this text."""
        if self.peek() != text:
            raise ReadingError(f"expected {text!r}, got {self.peek()!r} in {plain(self.tokens)!r}")
        self.at += 1

    def expect_end(self):
        """Complain about what was not read."""
        if self.at < len(self.tokens):
            raise ReadingError(f"cannot read {plain(self.tokens[self.at :])!r} in {plain(self.tokens)!r}")

    def group(self):
        """Return the tokens of a group in braces, or the next token alone."""
        first = self.next()
        if first.text != "{":
            return [first]
        tokens, depth = [], 1
        while True:
            token = self.next()
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return tokens
            tokens.append(token)

    def scripts(self):
        """Return the tokens of a subscript and of a superscript, in either order; None where there is none."""
        found = {"_": None, "^": None}
        while self.peek() in found and found[self.peek()] is None:
            place = self.next().text
            found[place] = self.group()
        return found["_"], found["^"]
