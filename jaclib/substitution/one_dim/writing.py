"""Sentences with formulas in them, written once and rendered as plain text or as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import sympy as sp
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

# A longer line would leave a notebook's column.
LATEX_LINE = 90
SHOWN_DIGITS = 8


@dataclass(frozen=True)
class Formula:
    """One formula, in both forms."""

    plain: str
    latex: str

    def __add__(self, other: Formula) -> Formula:
        return Formula(self.plain + other.plain, self.latex + other.latex)


# A sentence: words and formulas.
Text = tuple[str | Formula, ...]


def plain(text: Iterable[str | Formula]) -> str:
    """Return the sentence as text."""
    return "".join(part if isinstance(part, str) else part.plain for part in text)


def latex(text: Iterable[str | Formula]) -> str:
    """Return the sentence as LaTeX for math mode."""
    return "".join(rf"\text{{{part}}}" if isinstance(part, str) else f"{{{part.latex}}}" for part in text)


def wrapped(text: Text) -> list[Text]:
    """Break a long sentence at its commas and colons: formulas in LaTeX do not wrap."""
    clauses: list[list[str | Formula]] = [[]]
    for part in text:
        # The text stays with its comma: ", so " is ", " and "so ".
        for piece in re.split(r"(?<=[,;:] )", part) if isinstance(part, str) else [part]:
            clauses[-1].append(piece)
            if isinstance(piece, str) and piece.endswith((", ", "; ", ": ")):
                clauses.append([])
    lines: list[Text] = [()]
    for clause in clauses:
        if lines[-1] and len(plain((*lines[-1], *clause))) > LATEX_LINE:
            lines.append(())
        lines[-1] += tuple(clause)
    return lines


class _Printer(StrPrinter):
    """SymPy's text, with 1/cos(t)**2 for cos(t)**(-2)."""

    def _print_Pow(self, expr, rational=False):
        if expr.exp.is_Rational and expr.exp.is_negative and expr.exp not in (-1, -sp.S.Half):
            return "1/" + self.parenthesize(sp.Pow(expr.base, -expr.exp), PRECEDENCE["Mul"])
        return super()._print_Pow(expr, rational=rational)


def _text(expression: sp.Expr) -> str:
    # As str does it: the order that a notebook sets is for its own display.
    return _Printer({"order": None}).doprint(expression)


def _latex(expression: sp.Expr) -> str:
    return sp.latex(expression, inv_trig_style="full")


def formula(expression: sp.Expr) -> Formula:
    """Return an expression; a number that was found by computation is shown to a few digits."""
    long = {number: sp.Float(number, SHOWN_DIGITS) for number in expression.atoms(sp.Float) if number._prec > 53}
    shown = expression.xreplace(long)
    return Formula(_text(shown), _latex(shown))


def in_parentheses(one: Formula) -> Formula:
    """Put parentheses around a formula."""
    return Formula(f"({one.plain})", rf"{{\left({one.latex}\right)}}")


def factor(expression: sp.Expr) -> Formula:
    """Return an expression so that it can be followed by another factor: a sum is put in parentheses."""
    return in_parentheses(formula(expression)) if expression.is_Add else formula(expression)


def equation(left: sp.Expr, right: sp.Expr, sign: Formula | None = None) -> Formula:
    """Return left = right, or another sign between them."""
    return formula(left) + (sign or EQUALS) + formula(right)


EQUALS = Formula(" = ", " = ")
APPROACHES = Formula(" → ", r" \to ")


def differential(coefficient: sp.Expr, symbol: sp.Symbol) -> Formula:
    """Return coefficient · d(symbol), with 1 and −1 left out, and 1/h written as a fraction."""
    d = Formula(f"d{symbol}", rf"\mathrm{{d}}{_latex(symbol)}")
    if coefficient == 1:
        return d
    if coefficient == -1:
        return Formula("-", "-") + d
    top, bottom = sp.fraction(coefficient)
    if top in (1, -1) and bottom != 1 and not bottom.has(sp.exp):
        sign = "-" if top == -1 else ""
        below = f"({_text(bottom)})" if bottom.is_Add or bottom.is_Mul else _text(bottom)
        return Formula(f"{sign}{d.plain}/{below}", rf"{sign}\frac{{{d.latex}}}{{{_latex(bottom)}}}")
    return factor(coefficient) + Formula(" ", r"\,") + d


def integral(integrand: sp.Expr, symbol: sp.Symbol, lower: sp.Expr, upper: sp.Expr) -> Formula:
    """Return the integral, not evaluated."""
    body = factor(integrand) + Formula(f" d{symbol}", rf"\,\mathrm{{d}}{_latex(symbol)}")
    bounds = rf"\int_{{{_latex(lower)}}}^{{{_latex(upper)}}} "
    return Formula(f"∫ from {lower} to {upper} of ", bounds) + body


def applied(name: str, argument: sp.Expr) -> Formula:
    """Return name(argument)."""
    shown = Formula(name, name if len(name) == 1 else f"{name[0]}_{{{name[1:]}}}")
    return shown + in_parentheses(formula(argument))


def join(formulas: Iterable[Formula], between: str) -> list[str | Formula]:
    """Put words between formulas."""
    parts: list[str | Formula] = []
    for one in formulas:
        parts += [between, one] if parts else [one]
    return parts
