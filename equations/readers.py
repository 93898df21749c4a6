"""The grammar of an expression: sums of terms of factors, as the book writes them."""

from __future__ import annotations

import re

from equations.constructs import HEADS, Constructs
from equations.cursor import identifier
from equations.syntax import Node
from equations.tokens import ReadingError, plain

FUNCTIONS = {"sin", "cos", "tanh", "ln", "log", "det"}
GREEK = {"delta", "ell", "eta", "rho", "sigma", "theta", "varepsilon", "varphi", "Delta", "Sigma"}
CONSTANTS = {"pi", "infty", "ast"}
BINARY = {"cdot": "dot", "otimes": "kron", "/": "div"}


class Reader(Constructs):
    """Reads one expression."""

    def __init__(self, tokens, known, functions):
        super().__init__(tokens)
        self.known, self.functions = known, functions
        self.bars = 0  # open "|", which closes like it opens
        self.differentials = []  # of every open integral: how many are to come, and those that came

    def reader(self, tokens):
        """Return a reader of other tokens, to which the same names are known."""
        return Reader(tokens, self.known, self.functions)

    def inner(self, tokens):
        """Read tokens that stand for themselves."""
        reader = self.reader(tokens)
        node = reader.expression()
        reader.expect_end()
        return node

    # -- sums, products ------------------------------------------------------------------------------------------

    def expression(self):
        """Read terms with plus and minus between them."""
        terms = []
        while True:
            sign = self.next().text if self.peek() in ("+", "-") else "+"
            if self.peek() == "dots":
                self.next()
                return Node("add", (*terms, Node("rest")))
            term = self.term()
            terms.append(Node("neg", (term,)) if sign == "-" else term)
            if self.peek() not in ("+", "-"):
                return terms[0] if len(terms) == 1 else Node("add", tuple(terms))

    def term(self):
        """Read factors, up to a sign, a bracket that closes, or the last differential of an integral."""
        left = None
        while not (self.differentials and self.integral_is_complete()):
            operation = "mul"
            if left is not None and self.peek() in BINARY:
                operation = BINARY[self.next().text]
            elif not self._factor_begins():
                break
            if self.differential_begins() and self.differentials:
                self.differentials[-1][1].append(self.differential())
                continue
            factor = self.factor()
            if factor is not None:
                left = factor if left is None else Node(operation, (left, factor))
        if left is None:
            if self.differentials and self.integral_is_complete():
                return Node("number", (1,))
            raise ReadingError(f"expected a factor at {plain(self.tokens[self.at :])!r} in {plain(self.tokens)!r}")
        return left

    def integral_is_complete(self):
        """Return whether all differentials of the innermost integral have come."""
        count, found = self.differentials[-1]
        return len(found) == count

    def differential_begins(self):
        """Return whether a d and a name come."""
        return self.peek() == "d" and (self.kind(1) == "letter" or self.peek(1) in GREEK)

    def differential(self):
        """Read ``dx`` and return the name x."""
        self.expect("d")
        return self.next().text

    def _factor_begins(self):
        kind, text = self.kind(), self.peek()
        if text in ("(", "[", "{", "abs(", "norm("):
            return True
        if kind == "command":
            return text in FUNCTIONS | GREEK | CONSTANTS | HEADS
        if text == "|":
            return not self.bars
        return kind in ("letter", "digit", "text", "operator", "begin")

    # -- factors -------------------------------------------------------------------------------------------------

    def factor(self):
        """Read one factor with what follows it directly: arguments, powers, transposition."""
        node = self.base()
        while node is not None:
            if self.peek() == "(" and self._is_function(node):
                node = Node("call", (node, tuple(self.arguments("(", ")"))))
            elif self.peek() == "[" and node.kind == "call":
                node = Node("call", (node, tuple(self.arguments("[", "]"))))
            elif self.peek() == "^":
                self.next()
                node = self.power(node, self.group())
            else:
                break
        return node

    def _is_function(self, node):
        if node.kind == "derivative":
            return node.args[0] is not None and self._is_function(node.args[0])
        if node.kind == "prime":
            return True
        return node.kind == "jacobian" or (node.kind == "name" and node.args[0] in self.functions)

    def power(self, node, tokens):
        """Return a node with a superscript."""
        text = plain(tokens)
        if text == "T":
            return Node("transpose", (node,))
        return Node("power", (node, self.inner(tokens)))

    def arguments(self, opening, closing):
        """Read expressions in brackets, with commas between them."""
        self.expect(opening)
        bars, self.bars = self.bars, 0
        items = [self.item()]
        while self.peek() == ",":
            self.next()
            items.append(self.item())
        self.bars = bars
        self.expect(closing)
        return items

    def item(self):
        """Read an expression, or dots that stand for those between."""
        if self.peek() == "dots":
            self.next()
            return Node("dots")
        return self.expression()

    def base(self):
        """Read a factor without what follows it."""
        kind, text = self.kind(), self.peek()
        if kind == "digit":
            return self.number()
        if text == "(":
            items = self.arguments("(", ")")
            return items[0] if len(items) == 1 else Node("tuple", tuple(items))
        if text == "[":
            inside = self.arguments("[", "]")[0]
            below, above = self.scripts()
            return inside if below is None else Node("between", (inside, self.inner(below), self.inner(above)))
        if text == "{":
            return self.inner(self.group())
        if text in ("|", "abs(", "norm("):
            return self.absolute()
        if kind == "begin":
            return self.environment()
        if self.differential_begins():
            names = []
            while self.differential_begins():
                names.append("d" + self.differential())
            return self.known_name("".join(names))
        if kind == "command" and text in HEADS | FUNCTIONS:
            self.next()
            return self.builtin(text) if text in FUNCTIONS else getattr(self, "read_" + text)()
        if kind == "command" and text in CONSTANTS:
            return Node("constant", (self.next().text,))
        return self.name()

    def number(self):
        """Read digits, with a decimal point if digits follow it."""
        digits = self.next().text
        while self.kind() == "digit" or (self.peek() == "." and self.kind(1) == "digit"):
            digits += self.next().text
        return Node("number", (float(digits) if "." in digits else int(digits),))

    def absolute(self):
        """Read an absolute value or a norm."""
        opening = self.next().text
        bars, self.bars = self.bars, int(opening == "|")
        node = self.expression()
        self.bars = bars
        self.expect({"|": "|", "abs(": ")abs", "norm(": ")norm"}[opening])
        return Node("norm" if opening == "norm(" else "absolute", (node,))

    def builtin(self, name):
        """Read the argument of a function, which stands in brackets or is the next few simple factors."""
        exponent = None
        if self.peek() == "^":
            self.next()
            exponent = self.inner(self.group())
        if self.peek() == "(":
            argument = self.arguments("(", ")")[0]
        else:
            argument = self.factor()
            while name != "det" and (
                (self.kind() in ("digit", "letter") and not self.differential_begins())
                or self.peek() in GREEK | CONSTANTS
            ):
                argument = Node("mul", (argument, self.factor()))
        node = Node("function", (name, argument))
        return node if exponent is None else Node("power", (node, exponent))

    # -- names ---------------------------------------------------------------------------------------------------

    def known_name(self, name):
        """Return the node of a name that must be known."""
        if name not in self.known:
            raise ReadingError(f"the entry does not say what {name} means, in {plain(self.tokens)!r}")
        return Node("name", (name,))

    def name(self):
        """Read a letter, a Greek letter or words, with accents, primes and indices."""
        token = self.next()
        if token.kind in ("text", "operator"):
            name = re.sub(r"\W+", "_", token.text)
            if token.kind == "text" and name in self.functions and self.peek() != "(":
                return Node("call", (self.known_name(name), (self.factor(),)))
            return self.known_name(name)
        if token.kind not in ("letter", "command") or (token.kind == "command" and token.text not in GREEK):
            raise ReadingError(f"cannot read {token.text!r} in {plain(self.tokens)!r}")
        name = token.text
        if name == "Delta" and "Delta_" + self.peek() in self.known:
            name += "_" + self.next().text
        if name == "D" and self.peek() == "_" and "D" not in self.known:
            self.next()
            return Node("directional", (self.inner(self.group()), self.factor()))
        return self.marked(name)

    def read_bar(self):
        """Read a name with a bar."""
        return self.marked("bar_" + identifier(self.group()))

    def marked(self, name):
        """Read what belongs to a name: subscripts, primes, a star."""
        indices = None
        if self.peek() == "_":
            self.next()
            tokens = self.group()
            full = f"{name}_{identifier(tokens)}"
            if full in self.known:
                name = full
            elif name == "J" and identifier(tokens) in self.functions:
                return Node("jacobian", (identifier(tokens),))
            else:
                indices = self.indices(tokens)
        primes = 0
        while self.peek() == "'":
            self.next()
            primes += 1
        if name + "_prime" * primes in self.known:
            name, primes = name + "_prime" * primes, 0
        if self.peek() == "^" and self.peek(1) == "*":
            self.at += 2
            name += "_star"
        if name == "e" and name not in self.known and indices is None:
            return Node("constant", ("e",))
        node = self.known_name(name)
        if indices is not None:
            node = Node("index", (node, indices))
        return Node("prime", (node, primes)) if primes else node

    def indices(self, tokens):
        """Return the indices of a subscript: ``ij`` are two, ``k - 1`` is one."""
        if any(token.kind == "symbol" and token.text in "+-" for token in tokens):
            return (self.inner(tokens),)
        return tuple(self.inner([token]) for token in tokens)
