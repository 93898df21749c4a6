"""The tree that an answer is read into, and how it is shown: "I read (1/2)*pi"."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Binary", "Bracket", "Call", "Chain", "Constant", "Literal", "Name", "Negative", "show"]


@dataclass(frozen=True, slots=True)
class Literal:
    """A number as written; `digits` are its significant digits and `decimal` says that it is no whole number."""

    value: Fraction
    digits: int | None
    decimal: bool
    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Constant:
    """The number pi or e, infinity, nan, the empty set, the real line."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Name:
    """A free variable, or a given value used by name."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus an operand."""

    operand: object
    position: int


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator between two operands: + - * / ^ @ kron union."""

    operator: str
    left: object
    right: object
    position: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of `reading.symbols.FUNCTIONS` with its arguments."""

    function: str
    arguments: tuple
    position: int


@dataclass(frozen=True, slots=True)
class Bracket:
    """Entries in brackets, in rows; `opening` is [, (, {, matrix, or nothing at the top."""

    opening: str
    closing: str
    rows: tuple[tuple, ...]
    position: int

    @property
    def entries(self) -> tuple:
        """The entries of a single row."""
        return self.rows[0] if self.rows else ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Comparisons in a row: 0 <= s <= 1; the name in it is the element of a set."""

    operands: tuple
    operators: tuple[str, ...]
    position: int


_RANK = {"+": 1, "-": 1, "*": 2, "/": 2, "@": 2, "kron": 2, "union": 0, "^": 4}
_SIGN = {"+": " + ", "-": " - ", "*": "*", "/": "/", "@": " @ ", "union": " ∪ ", "^": "^"}


def show(node, rank: int = 0) -> str:
    """Return the tree as plain text with every bracket that could be in doubt."""
    match node:
        case Literal():
            return f"({node.text})" if "/" in node.text and rank else node.text
        case Constant() | Name():
            return node.name
        case Negative():
            inner = "-" + show(node.operand, 3)
            return f"({inner})" if rank > 2 else inner
        case Call("transpose", (argument,)):
            return f"{show(argument, 5)}.T"
        case Call("array" | "matrix" | "same", (argument,)):
            return show(argument, rank)
        case Call("fraction", (above, below)):
            return show(Binary("/", above, below, node.position), rank)
        case Call(("interval" | "interval_open" | "interval_Lopen" | "interval_Ropen") as name, (low, high)):
            left = "[" if name in ("interval", "interval_Ropen") else "("
            right = "]" if name in ("interval", "interval_Lopen") else ")"
            return f"{left}{show(low)}, {show(high)}{right}"
        case Call("points", arguments):
            return "{" + ", ".join(map(show, arguments)) + "}"
        case Call("union", arguments):
            return " ∪ ".join(map(show, arguments))
        case Binary("kron", left, right) | Call("kron", (left, right)):
            return f"kron({show(left)}, {show(right)})"
        case Call():
            return f"{node.function}({', '.join(map(show, node.arguments))})"
        case Binary():
            own = _RANK[node.operator]
            left = show(node.left, own + (node.operator == "^"))
            right = show(node.right, own + (node.operator != "^"))
            whole = f"{left}{_SIGN[node.operator]}{right}"
            # 1/2*pi is right, and (1/2)*pi cannot be misread.
            if node.operator == "/" and isinstance(node.left, Binary) and node.left.operator == "^":
                whole = f"({left})/{right}"
            if node.operator == "*" and isinstance(node.left, Binary) and node.left.operator == "/":
                whole = f"({left})*{right}"
            return f"({whole})" if own < rank else whole
        case Bracket():
            rows = [", ".join(map(show, row)) for row in node.rows]
            opening, closing = ("[", "]") if node.opening == "matrix" else (node.opening or "(", node.closing or ")")
            if len(rows) > 1 or node.opening == "matrix":
                return "[" + ", ".join(f"[{row}]" for row in rows) + "]"
            single = "," if opening == "(" and len(node.entries) == 1 else ""
            return f"{opening}{''.join(rows)}{single}{closing}"
        case Chain():
            parts = [show(node.operands[0])]
            for operator, operand in zip(node.operators, node.operands[1:], strict=True):
                parts += [operator, show(operand)]
            return " ".join(parts)
    raise TypeError(f"show: {type(node).__name__} is no node of an answer.")
