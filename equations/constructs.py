"""The grammar of what has a shape of its own: fractions, sums, limits, integrals, matrices."""

from __future__ import annotations

from equations.cursor import Cursor, identifier
from equations.syntax import Node
from equations.tokens import ReadingError, plain

HEADS = {"frac", "sqrt", "sum", "prod", "int", "iint", "lim", "nabla", "partial", "underbrace", "bar"}


class Constructs(Cursor):
    r"""The methods of a reader that follow a command: `read_frac` reads what follows ``\frac``."""

    # -- fractions and derivatives -------------------------------------------------------------------------------

    def read_frac(self):
        """Read a fraction, or a derivative that looks like one."""
        above, below = self.group(), self.group()
        bottom = self.reader(below)
        if (bottom.peek() == "partial" and "/" not in {token.text for token in below}) or bottom.differential_begins():
            bottom.next()
            variable = bottom.factor()
            bottom.expect_end()
            if len(above) == 1:
                return Node("derivative", (self.term(), variable))
            if above[0].text not in ("partial", "d"):
                raise ReadingError(f"expected a derivative: {plain(above)!r} over {plain(below)!r}")
            return Node("derivative", (self.inner(above[1:]), variable))
        top = self.reader(above)
        if self.differentials and top.differential_begins():
            while top.differential_begins():
                self.differentials[-1][1].append(top.differential())
            top.expect_end()
            return Node("div", (Node("number", (1,)), self.inner(below)))
        return Node("div", (self.inner(above), self.inner(below)))

    def read_partial(self):
        """Read a derivative that is written with a slash."""
        numerator = self.factor()
        self.expect("/")
        self.expect("partial")
        return Node("derivative", (numerator, self.factor()))

    def read_nabla(self):
        """Read a gradient."""
        below, _ = self.scripts() if self.peek() == "_" else (None, None)
        return Node("nabla", (below and identifier(below), self.factor()))

    def read_sqrt(self):
        """Read a square root."""
        return Node("sqrt", (self.inner(self.group()),))

    def read_underbrace(self):
        """Read what stands above a brace; what stands below it is a remark."""
        node = self.inner(self.group())
        self.scripts()
        return node

    # -- sums, limits, integrals ---------------------------------------------------------------------------------

    def read_sum(self, kind="sum"):
        """Read a sum over indices, a range, or what the entry gives for the words under the sign."""
        below, above = self.scripts()
        if below is None:
            raise ReadingError(f"a {kind} without anything below it, in {plain(self.tokens)!r}")
        if above is not None:
            if len(below) < 3 or below[1].text != "=":
                raise ReadingError(f"expected k = 1 below a {kind}, got {plain(below)!r}")
            domain = Node("range", (below[0].text, self.inner(below[2:]), self.inner(above)))
        elif all(token.kind == "letter" or token.text == "," for token in below):
            domain = Node("all", tuple(token.text for token in below if token.text != ","))
        else:
            domain = Node("words", (plain(below),))
        self.known = self.known | set(domain.args[:1])
        return Node(kind, (domain, self.term()))

    def read_prod(self):
        """Read a product, which is written like a sum."""
        return self.read_sum("prod")

    def read_lim(self):
        """Read a limit."""
        below, _ = self.scripts()
        if len(below) < 3 or below[1].text != "to":
            raise ReadingError(f"expected h \\to 0 below lim, got {plain(below)!r}")
        self.known = self.known | {below[0].text}
        return Node("limit", (below[0].text, self.inner(below[2:]), self.term()))

    def read_int(self, count=1):
        """Read an integral up to its last differential."""
        below, above = self.scripts()
        region = plain(below) if below and above is None else None
        limits = (self.inner(below), self.inner(above)) if above is not None else None
        self.differentials.append((count, []))
        body = self.term()
        if not self.integral_is_complete():
            raise ReadingError(f"an integral without its differential, in {plain(self.tokens)!r}")
        _, variables = self.differentials.pop()
        return Node("integral", (limits, region, tuple(variables), body))

    def read_iint(self):
        """Read a double integral."""
        return self.read_int(count=2)

    # -- environments --------------------------------------------------------------------------------------------

    def environment(self):
        """Read a matrix or a distinction of cases."""
        kind, rows, depth = self.next().text, [[[]]], 0
        while depth or self.kind() != "end":
            token = self.next()
            depth += (token.kind == "begin" or token.text == "{") - (token.kind == "end" or token.text == "}")
            if depth == 0 and token.text == "row":
                rows.append([[]])
            elif depth == 0 and token.text == "&":
                rows[-1].append([])
            else:
                rows[-1][-1].append(token)
        self.next()
        if kind == "cases":
            return Node("cases", tuple((self.inner(value), self.condition(when)) for value, when in rows))
        if kind != "pmatrix":
            raise ReadingError(f"unknown environment {kind!r}")
        return Node("matrix", tuple(tuple(self.cell(tokens) for tokens in row) for row in rows))

    def cell(self, tokens):
        """Read an entry of a matrix."""
        if not tokens or [token.text for token in tokens] == ["dots"]:
            return Node("dots")
        return self.inner(tokens)

    def condition(self, tokens):
        r"""Read ``i = k`` or ``i \neq k``."""
        if len(tokens) != 3 or tokens[1].text not in ("=", "neq"):
            raise ReadingError(f"cannot read the condition {plain(tokens)!r}")
        return Node("compare", (tokens[1].text, self.inner(tokens[:1]), self.inner(tokens[2:])))
