"""From tokens to a tree, by recursive descent with a bound on depth. Where people read a text in two ways, it asks."""

from __future__ import annotations

from fractions import Fraction

from jaclib.exercises.reading.errors import Unreadable
from jaclib.exercises.reading.layout import Layout, layout_at
from jaclib.exercises.reading.tokens import Token, tokens
from jaclib.exercises.reading.tree import Binary, Bracket, Call, Chain, Literal, Negative
from jaclib.exercises.reading.words import Words

__all__ = ["parse"]

MOST_TOKENS = 1000
_COMPARISONS = ("<=", ">=", "<", ">")
_CLOSING = {"(": ")", "[": "]", "{": "}", "matrix": "matrix"}


def parse(text: str, *, names=(), several: bool = False, intervals: bool = False):
    """Read `text` into a tree.

    Parameters
    ----------
    text : str
        The answer.
    names : collection of str, optional
        The names that may stand in it.
    several : bool, optional
        Whether more than one number is expected, so that ``1 -2`` is two of them.
    intervals : bool, optional
        Whether a bracket may close with one of another kind: ``[0, 1)``.

    Raises
    ------
    Unreadable
        With the place, where the text cannot be read or can be read in two ways.
    """
    try:
        found = tokens(text)
        if len(found) > MOST_TOKENS:
            raise Unreadable(f"The answer has more than {MOST_TOKENS} parts.")
        return _Parser(found, names, several, intervals).whole()
    except Unreadable as error:
        raise error.at(text) from None


class _Parser(Words):
    """Each method reads one construct at the current token and moves on behind it."""

    def whole(self):
        if self.token.kind == "end":
            raise Unreadable("There is nothing to read here.", position=0)
        layout = layout_at(self.tokens, 0, self.several)
        rows = self.rows(layout)
        if self.token.kind != "end":
            if self.token.kind == "close":
                raise Unreadable(f"This {_name(self.token)} closes nothing.", position=self.token.position)
            if self.token.kind in ("=", "=="):
                raise Unreadable("Write the answer alone, without an equation.", position=self.token.position)
            raise Unreadable(f"{self.token.text!r} does not fit here.", position=self.token.position)
        if len(rows) == 1 and len(rows[0]) == 1 and not layout.trailing:
            return rows[0][0]
        return Bracket("", "", rows, 0)

    # --- entries and rows --------------------------------------------------------------------------------------

    def rows(self, layout: Layout) -> tuple[tuple, ...]:
        """Read entries up to a closing bracket or the end."""
        outer, self.spaced, self.lines = (self.spaced, self.lines), layout.spaced, layout.lines
        rows, row = [], []
        while self.token.kind not in ("end", "close") and not self.keyword():
            row.append(self.entry())
            token = self.token
            if token.kind in (",", "&"):
                self.take()
            elif token.kind == ";" or (layout.lines and token.line and token.kind not in ("end", "close")):
                if token.kind == ";":
                    self.take()
                rows.append(tuple(row))
                row = []
            elif token.kind not in ("end", "close") and not layout.spaced:
                break
        self.spaced, self.lines = outer
        return (*rows, tuple(row)) if row or not rows else tuple(rows)

    def entry(self):
        """Read one entry: an expression, or comparisons in a row."""
        if self.token.kind in (",", ";", "&"):
            raise Unreadable("An entry is missing here.", position=self.token.position)
        first = self.sum()
        if self.intervals and self.token.kind in ("in", ":", "|"):  # s ∈ [0, 1], {s : 0 <= s <= 1}
            self.take()
            return self.entry()
        if self.token.kind not in _COMPARISONS:
            return first
        operands, operators, position = [first], [], self.token.position
        while self.token.kind in _COMPARISONS:
            operators.append(self.take().kind)
            operands.append(self.sum())
        return Chain(tuple(operands), tuple(operators), position)

    # --- sums and products -------------------------------------------------------------------------------------

    def sum(self):
        left = self.product()
        while self.token.kind in ("+", "-", "union") and not self.ends_entry():
            operator = self.take()
            left = Binary(operator.kind, left, self.product(), operator.position)
        return left

    def ends_entry(self) -> bool:
        """Whether white space before the current token separates two entries: as in ``1 -2``, not in ``1 - 2``."""
        if self.lines and self.token.line:
            return True
        if not (self.spaced and self.token.space):
            return False
        return self.token.kind not in ("+", "-") or not self.tokens[self.place + 1].space

    def product(self):
        left = self.signed()
        divided = None  # the last division without spaces, as in 1/2
        while True:
            token = self.token
            if token.kind in ("*", "/", "@", "kron"):
                self.take()
                right = self.signed()
                left = Binary(token.kind, left, right, token.position)
                divided = token if token.kind == "/" else None
            elif token.kind in ("number", "name", "open", "sqrt", "frac") and not self.ends_entry():
                self.juxtaposed(token, divided)
                left = Binary("*", left, self.power(), token.position)
            else:
                return left

    def juxtaposed(self, token: Token, divided: Token | None) -> None:
        """Refuse factors side by side where they could mean two things."""
        if token.kind == "number":
            raise Unreadable("Two numbers side by side: is a comma or an operator missing?", position=token.position)
        if token.kind == "name" and token.text == "x" and "x" not in self.names:
            raise Unreadable("Is this x a variable or a product? Write * for a product.", position=token.position)
        if divided is not None and not token.space:
            raise Unreadable(
                f"This can be read in two ways: is {token.text} above or below the fraction bar? "
                "Write (1/2)*pi or 1/(2*pi).",
                position=token.position,
            )

    def signed(self):
        if self.token.kind not in ("+", "-"):
            return self.power()
        token = self.take()
        self.deeper(token)
        operand = self.signed()
        self.depth -= 1
        return Negative(operand, token.position) if token.kind == "-" else operand

    def power(self):
        return self.raised(self.atom())

    def raised(self, base):
        """Read what stands behind a factor: a power, a transpose."""
        while True:
            token = self.token
            if token.kind == "." or token.kind == "'":
                base = self.postfix(base)
            elif token.kind == "^" and self.tokens[self.place + 1].text in ("T", "(", "{") and self.transposes():
                base = Call("transpose", (base,), token.position)
            elif token.kind == "^":
                self.take()
                self.deeper(token)
                exponent = self.exponent()
                self.depth -= 1
                return Binary("^", base, exponent, token.position)
            else:
                return base

    def exponent(self):
        """Read what stands behind ^: signed, and itself a power; braces group here."""
        if self.token.kind == "open" and self.token.text == "{":
            opening = self.take()
            inner = self.sum()
            self.close(opening)
            return inner
        return self.signed()

    def transposes(self) -> bool:
        """Move behind ^T, ^{T} or ^(T) if one stands here and T is no name of a value."""
        if "T" in self.names:
            return False
        ahead = [token.text for token in self.tokens[self.place + 1 : self.place + 4]]
        if ahead[0] == "T":
            self.place += 2
        elif len(ahead) == 3 and ahead[1] == "T" and ahead[2] in ")}":
            self.place += 4
        else:
            return False
        return True

    def postfix(self, base):
        """Read .T, .transpose() or ' behind a value."""
        token = self.take()
        if token.kind == "'":
            return Call("transpose", (base,), token.position)
        name = self.take()
        if name.text == "T":
            return Call("transpose", (base,), token.position)
        if name.text == "transpose" and [t.text for t in self.tokens[self.place : self.place + 2]] == ["(", ")"]:
            self.place += 2
            return Call("transpose", (base,), token.position)
        raise Unreadable("Behind a point, only .T is read.", position=token.position)

    # --- atoms -------------------------------------------------------------------------------------------------

    def atom(self):
        token = self.take()
        match token.kind:
            case "number":
                decimal = any(c in token.text for c in ".eE")
                return Literal(token.value, token.digits, decimal, token.text, token.position)
            case "name":
                return self.named(token)
            case "open":
                return self.bracket(token)
            case "sqrt":
                return self.root(token)
            case "frac":
                above = self.braced()
                return Binary("/", above, self.braced(), token.position)
            case "end":
                raise Unreadable("Something is missing at the end.", position=token.position)
            case "close":
                raise Unreadable(f"Something is missing before this {_name(token)}.", position=token.position)
            case "|":
                raise Unreadable("Bars are not read. Write abs(…).", position=token.position)
            case "=" | "==":
                raise Unreadable("Write the answer alone, without an equation.", position=token.position)
        raise Unreadable(f"{token.text!r} does not fit here.", position=token.position)

    def bracket(self, opening: Token):
        """Read what stands in brackets; round ones around a single expression only group."""
        self.deeper(opening)
        whole = self.several and self.place == 1
        layout = layout_at(self.tokens, self.place, opening.text != "(" or whole)
        rows = self.rows(layout)
        closing = self.close(opening)
        self.depth -= 1
        single = len(rows) == 1 and len(rows[0]) == 1 and not layout.trailing
        if opening.text == "(" and single and not isinstance(rows[0][0], Chain):
            return rows[0][0]
        return Bracket(opening.text, closing.text, rows, opening.position)

    def close(self, opening: Token) -> Token:
        """Take the bracket that closes `opening`."""
        token = self.token
        mixed = self.intervals and opening.text in "([" and token.text in (")", "]")
        if token.kind != "close" or (token.text != _CLOSING[opening.text] and not mixed):
            if token.kind in ("end", "close"):
                raise Unreadable(f"This {_name(opening)} is not closed.", position=opening.position)
            raise Unreadable(f"{token.text!r} does not fit here.", position=token.position)
        return self.take()

    def braced(self):
        r"""Read an argument of \frac: in braces, or a single digit or name."""
        token = self.token
        if token.kind == "number" and token.text.isdigit() and len(token.text) > 1:  # \frac12 is 1/2
            rest = token.text[1:]
            self.tokens[self.place] = token._replace(
                text=rest, value=Fraction(int(rest)), digits=len(rest), position=token.position + 1
            )
            return Literal(Fraction(int(token.text[0])), 1, False, token.text[0], token.position)
        self.deeper(token)
        argument = self.atom()
        self.depth -= 1
        return argument

    def root(self, token: Token):
        r"""Read √2, \sqrt{2} or \sqrt[3]{8}."""
        if self.token.text == "[":
            opening = self.take()
            degree = self.sum()
            self.close(opening)
            return Call("root", (self.braced(), degree), token.position)
        return Call("sqrt", (self.braced(),), token.position)


def _name(token: Token) -> str:
    return "matrix" if token.text == "matrix" else f"bracket {token.text}"
