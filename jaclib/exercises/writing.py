"""Values as LaTeX, for the book and notebooks, and as text that the answer reader understands."""

from __future__ import annotations

import sympy
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

__all__ = ["FORMATS", "latex", "text"]


class _Latex(LatexPrinter):
    """LaTeX as a teacher writes it: ln 3 without brackets, small fractions as fractions, vectors in a line."""

    def _print_log(self, expr, exp=None):
        (argument,) = expr.args
        plain = argument.is_Symbol or (argument.is_Integer and argument >= 0)
        inner = self._print(argument)
        result = rf"\ln {inner}" if plain else rf"\ln\left({inner}\right)"
        return result if exp is None else rf"\left({result}\right)^{{{exp}}}"

    def _print_MatrixBase(self, matrix):
        if 1 in matrix.shape:
            entries = ", ".join(self._print(entry) for entry in matrix)
            return rf"\left({entries}\right)" if "frac" in entries else f"({entries})"
        rows = r" \\ ".join(" & ".join(self._print(entry) for entry in matrix.row(i)) for i in range(matrix.rows))
        return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


class _Text(StrPrinter):
    """Text as a learner types it."""

    def _print_MatrixBase(self, matrix):
        if matrix.cols == 1:
            return "(" + ", ".join(self._print(entry) for entry in matrix) + ")"
        return str(matrix.tolist())

    def _print_log(self, expr):
        return f"ln({self._print(expr.args[0])})"

    def _print_exp(self, expr):
        return f"e^({self._print(expr.args[0])})"

    def _print_Exp1(self, expr):
        return "e"

    def _print_Pow(self, expr, rational=False):
        return super()._print_Pow(expr, rational).replace("**", "^")


_LATEX = _Latex({"ln_notation": True, "fold_short_frac": False})
_TEXT = _Text()


def latex(value) -> str:
    """Write a value as LaTeX; a str stays as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "(" + ", ".join(map(latex, value)) + ")"
    return _LATEX.doprint(sympy.sympify(value))


def text(value) -> str:
    """Write a value as plain text that can be typed as an answer."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "(" + ", ".join(map(text, value)) + ")"
    return _TEXT.doprint(sympy.sympify(value))


def _signed(value) -> str:
    """Write "+ 3" or "- 3": a term in a sum."""
    return f"- {latex(-value)}" if value.could_extract_minus_sign() else f"+ {latex(value)}"


def _factor(value) -> str:
    """Write nothing for 1 and "-" for -1: a coefficient."""
    return {1: "", -1: "-"}.get(value, latex(value))


def _signed_factor(value) -> str:
    """Write "+ 3", "+" or "-": the coefficient of a term in a sum."""
    return ("-" if value.could_extract_minus_sign() else "+") + (f" {latex(abs(value))}" if abs(value) != 1 else "")


def _bracketed(value) -> str:
    """Write brackets around what is negative or a sum: a factor in a product."""
    return f"({latex(value)})" if value.could_extract_minus_sign() or value.is_Add else latex(value)


def _decimal(value) -> str:
    """Write six significant digits."""
    return f"{float(value):.6g}"


def _entries(value) -> str:
    """Write the entries of a vector as a column."""
    return r"\begin{pmatrix} " + r" \\ ".join(latex(entry) for entry in value) + r" \end{pmatrix}"


# How `<name:format>` in a template is written.
FORMATS = {
    "": latex,
    "text": text,
    "+": _signed,
    "*": _factor,
    "+*": _signed_factor,
    "()": _bracketed,
    "decimal": _decimal,
    "column": _entries,
}
