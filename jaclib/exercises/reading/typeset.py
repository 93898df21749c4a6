r"""How an answer was read, in LaTeX: ``1/2 pi`` was taken for \frac{1}{2} \cdot \pi, and the learner sees it."""

from __future__ import annotations

from fractions import Fraction

from jaclib.exercises.reading.symbols import CONSTANTS, NAMES
from jaclib.exercises.reading.tree import Binary, Bracket, Call, Chain, Constant, Literal, Name, Negative

__all__ = ["typeset"]

_CONSTANTS = {"pi": r"\pi", "oo": r"\infty", "nan": r"\mathrm{nan}", "emptyset": r"\varnothing", "R": r"\mathbb{R}"}
_GREEK = frozenset(NAMES.values()) - CONSTANTS.keys()
_RANK = {"union": 0, "+": 1, "-": 1, "*": 2, "@": 2, "kron": 2, "/": 5, "^": 4}
_ATOM = 5
_SIGN = {"+": "+", "-": "-", "*": r"\cdot", "@": r"\,", "kron": r"\otimes", "union": r"\cup"}
_COMPARED = {"<=": r"\le", ">=": r"\ge", "<": "<", ">": ">"}
# Functions that LaTeX has a command for; any other is written upright.
_COMMANDS = {"asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan"}
_COMMANDS |= {name: rf"\{name}" for name in ("ln", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh")}
_COMMANDS |= {"log2": r"\log_2", "log10": r"\log_{10}"}
_BRACKETS = {
    "(": r"\left(", "[": r"\left[", "{": r"\left\{", ")": r"\right)", "]": r"\right]", "}": r"\right\}",
}  # fmt: skip
_INTERVALS = {"interval": "[]", "interval_open": "()", "interval_Lopen": "(]", "interval_Ropen": "[)"}


def typeset(node) -> str:
    r"""Return the tree of an answer in LaTeX.

    Examples
    --------
    >>> from jaclib.exercises.reading.reader import read_tree
    >>> print(typeset(read_tree("(1/2)*pi")[0]))
    \frac{1}{2} \cdot \pi
    """
    return _write(node, 0)


def _write(node, rank: int) -> str:
    """Return a node as an operand of something that binds with `rank`; in brackets where it binds less."""
    text, own = _unit(node)
    return rf"\left({text}\right)" if own < rank else text


def _unit(node) -> tuple[str, int]:
    """Return a node in LaTeX, and how tightly it binds."""
    match node:
        case Literal():
            return _number(node)
        case Constant(name):
            return _CONSTANTS.get(name, name), _ATOM
        case Name(name):
            return _name(name), _ATOM
        case Negative(operand):
            return f"-{_write(operand, 2)}", 1
        case Binary("/", above, below) | Call("fraction", (above, below)):
            return rf"\frac{{{_write(above, 0)}}}{{{_write(below, 0)}}}", _ATOM - 1
        case Binary("^", base, exponent):
            return f"{_write(base, _ATOM)}^{{{_write(exponent, 0)}}}", _RANK["^"]
        case Call("kron", (left, right)):
            return _unit(Binary("kron", left, right, node.position))
        case Binary(operator, left, right):
            own = _RANK[operator]
            # A sum may lead with a sign; what stands behind an operator may not.
            return f"{_write(left, own)} {_SIGN[operator]} {_write(right, own + 1)}", own
        case Call():
            return _call(node)
        case Bracket():
            return _bracket(node), _ATOM
        case Chain(operands, operators):
            parts = [_write(operands[0], 0)]
            for operator, operand in zip(operators, operands[1:], strict=True):
                parts += [_COMPARED[operator], _write(operand, 0)]
            return " ".join(parts), 0
    raise TypeError(f"typeset: {type(node).__name__} is no node of an answer.")


def _number(node: Literal) -> tuple[str, int]:
    text = node.text.replace("_", "")
    mantissa, _, power = text.lower().partition("e")
    if power:
        return rf"{mantissa} \cdot 10^{{{int(power)}}}", 2
    if not text.replace(".", "").isascii() or "/" in text:  # ½
        value = Fraction(node.value)
        return rf"\frac{{{value.numerator}}}{{{value.denominator}}}", _ATOM - 1
    return text, _ATOM


def _name(name: str) -> str:
    if name in _GREEK:
        return rf"\{name}"
    first, _, index = name.partition("_")
    if index:
        return f"{_name(first)}_{{{index}}}"
    letters = name.rstrip("0123456789")
    if len(letters) == 1 and letters != name:  # x1
        return f"{letters}_{{{name[1:]}}}"
    return name if len(name) == 1 else rf"\mathrm{{{name}}}"


def _call(node: Call) -> tuple[str, int]:
    arguments = node.arguments
    match node.function, arguments:
        case "transpose", (argument,):
            return rf"{_write(argument, _ATOM)}^\mathsf{{T}}", _RANK["^"]
        case "array" | "matrix" | "same" | "fraction", (argument,):
            return _unit(argument)
        case "sqrt" | "cbrt" | "root", (argument, *degree):
            index = "3" if node.function == "cbrt" else _write(degree[0], 0) if degree else ""
            return rf"\sqrt{f'[{index}]' if index else ''}{{{_write(argument, 0)}}}", _ATOM
        case "abs", (argument,):
            return rf"\left|{_write(argument, 0)}\right|", _ATOM
        case "sigmoid", (argument,):
            return rf"\sigma\left({_write(argument, 0)}\right)", _ATOM
        case "ln", (argument, base):
            return rf"\log_{{{_write(base, 0)}}}\left({_write(argument, 0)}\right)", _ATOM
        case "union", _:
            return r" \cup ".join(_write(argument, 1) for argument in arguments), 0
        case name, (low, high) if name in _INTERVALS:
            opening, closing = _INTERVALS[name]
            return f"{_BRACKETS[opening]}{_write(low, 0)},\\ {_write(high, 0)}{_BRACKETS[closing]}", _ATOM
        case "points", (Bracket() as inner,):  # set([1, 2])
            return _row("{", inner.entries, "}"), _ATOM
        case "points", _:
            return _row("{", arguments, "}"), _ATOM
        case "matmul", (left, right):
            return _unit(Binary("@", left, right, node.position))
    command = _COMMANDS.get(node.function, rf"\operatorname{{{node.function}}}")
    return command + _row("(", arguments, ")"), _ATOM


def _row(opening: str, entries, closing: str) -> str:
    return _BRACKETS[opening] + r",\ ".join(_write(entry, 0) for entry in entries) + _BRACKETS[closing]


def _bracket(node: Bracket) -> str:
    """Return a list as it stands, and rows, or a list of lists, as a matrix."""
    rows = node.rows
    nested = all(isinstance(e, Bracket) and len(e.rows) == 1 and e.opening in ("[", "(") for e in node.entries)
    if len(rows) == 1 and node.entries and nested:
        rows = tuple(entry.entries for entry in node.entries)
        if len({len(row) for row in rows}) > 1:
            return _row("[", node.entries, "]")
    elif len(rows) == 1 and node.opening != "matrix":
        return _row(node.opening or "(", node.entries, node.closing or ")")
    lines = r" \\ ".join(" & ".join(_write(entry, 0) for entry in row) for row in rows)
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"
