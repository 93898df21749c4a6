"""The words in an answer: constants, names of the exercise, and functions with their arguments."""

from __future__ import annotations

from fractions import Fraction

from jaclib.exercises.reading.errors import Unreadable
from jaclib.exercises.reading.layout import layout_at
from jaclib.exercises.reading.symbols import CONSTANTS, FUNCTIONS, MODULES, PREFIX
from jaclib.exercises.reading.tokens import Token
from jaclib.exercises.reading.tree import Binary, Call, Constant, Name

__all__ = ["Words"]

MOST_DEPTH = 40


class Words:
    """The part of the parser that reads words, with the state that all parts share.

    `rows`, `close`, `power` and `raised` are those of the whole parser.
    """

    def __init__(self, found: list[Token], names, several: bool, intervals: bool):
        self.tokens, self.place, self.depth = found, 0, 0
        self.names, self.several, self.intervals = names, several, intervals
        self.spaced = False  # white space separates entries
        self.lines = False  # a new line separates rows

    @property
    def token(self) -> Token:
        """The current token."""
        return self.tokens[self.place]

    def take(self) -> Token:
        """Return the current token and move on; the end stays."""
        token = self.token
        self.place += token.kind != "end"
        return token

    def deeper(self, token: Token) -> None:
        """Count one more level of nesting."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Unreadable(f"The answer is nested more than {MOST_DEPTH} deep.", position=token.position)

    def named(self, token: Token):
        """Read a constant, a name of the exercise, or a function with its argument."""
        word = token.text
        if self.token.kind == "." and word in MODULES and word not in self.names:
            self.take()
            if self.token.kind != "name":
                raise Unreadable("A name is missing behind this point.", position=token.position)
            return self.named(self.take())
        if word in self.names:
            return Name(word, token.position)
        if word in CONSTANTS:
            return Constant(CONSTANTS[word], token.position)
        if word == "Interval" and self.token.kind == ".":  # SymPy's Interval.open, Lopen, Ropen
            self.take()
            how = self.take().text
            if how not in ("open", "Lopen", "Ropen"):
                raise Unreadable("Behind Interval, .open, .Lopen and .Ropen are read.", position=token.position)
            return self.call(f"interval_{how}", token)
        if word in FUNCTIONS:
            return self.call(FUNCTIONS[word], token)
        return self.split(token)

    def call(self, function: str, token: Token):
        """Read the argument of a function: in brackets, or one factor behind ln, sin and the like."""
        if self.token.kind == "open" and self.token.text in ("(", "{"):
            self.deeper(token)
            opening = self.take()
            rows = self.rows(layout_at(self.tokens, self.place, False))
            self.close(opening)
            self.depth -= 1
            if len(rows) > 1:
                raise Unreadable("Arguments of a function are separated by commas.", position=opening.position)
            return Call(function, rows[0], token.position)
        if function not in PREFIX:
            raise Unreadable(
                f"Write the argument of {token.text} in brackets: {token.text}(…).", position=token.position
            )
        if self.token.kind == "^":
            raise Unreadable(f"Write ({token.text}(…))^2 for a power of {token.text}.", position=self.token.position)
        self.deeper(token)
        argument = self.power()
        self.depth -= 1
        after = self.token
        if after.kind in ("name", "open", "number", "/") and not after.space:
            raise Unreadable(
                f"This can be read in two ways: where does the argument of {token.text} end? "
                f"Put it in brackets: {token.text}(…).",
                position=after.position,
            )
        return Call(function, (argument,), token.position)

    def keyword(self) -> bool:
        """Pass over dtype=float in np.array(…, dtype=float)."""
        if self.token.text != "dtype" or self.tokens[self.place + 1].kind != "=":
            return False
        while self.token.kind not in ("end", "close", ","):
            self.take()
        return True

    def split(self, token: Token):
        """Read ln2 as ln 2, and xy as a product of two names; refuse any other unknown name."""
        word = token.text
        stem = word.rstrip("0123456789")
        rest = word[len(stem) :]
        if rest and FUNCTIONS.get(stem) in PREFIX:
            behind = token.position + len(stem)
            number = Token("number", rest, behind, value=Fraction(int(rest)), digits=len(rest))
            self.tokens.insert(self.place, number)
            return self.call(FUNCTIONS[stem], token._replace(text=stem))
        if len(word) > 1 and not rest and all(letter in self.names or letter == "e" for letter in word):
            factors = [
                Name(letter, token.position + i) if letter in self.names else Constant("e", token.position + i)
                for i, letter in enumerate(word)
            ]
            factors[-1] = self.raised(factors[-1])  # xy^3 is x*y^3, and AB^T is A*B^T
            result = factors[0]
            for factor in factors[1:]:
                result = Binary("*", result, factor, factor.position)
            return result
        if word in ("i", "j", "I"):
            raise Unreadable("Complex numbers are not read: the answer is real.", position=token.position)
        if self.token.kind == "=":
            raise Unreadable(f"Write the answer alone, without “{word[:30]} =”.", position=token.position)
        few = self.names and not self.intervals
        known = f" Names that can be used here: {', '.join(self.names)}." if few else ""
        shown = word if len(word) <= 30 else f"{word[:29]}…"
        raise Unreadable(f"{shown!r} is no name or function that can be read here.{known}", position=token.position)
