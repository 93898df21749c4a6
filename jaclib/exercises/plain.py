r"""MyST Markdown with formulas as plain text, for the terminal and for cards: ``$\frac{3}{64}$`` becomes 3/64."""

from __future__ import annotations

import re

__all__ = ["plain"]

# LaTeX commands and what they look like, in pairs.
_PAIRS = """
alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ
sigma σ tau τ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Sigma Σ Phi Φ Psi Ψ Omega Ω
partial ∂ nabla ∇ infty ∞ int ∫ iint ∬ iiint ∭ sum ∑ prod ∏ cdot · times × otimes ⊗ odot ⊙ circ ∘ pm ± le ≤ leq ≤ ge ≥
geq ≥ ne ≠ neq ≠ approx ≈ sim ~ to → mapsto ↦ mid | in ∈ cup ∪ cap ∩ subset ⊂ emptyset ∅ ldots … dots … cdots … vdots ⋮
lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ langle ⟨ rangle ⟩ ell ℓ top ᵀ Rightarrow ⇒ implies ⇒ propto ∝ ll ≪ gg ≫
det det ln ln log log exp exp sin sin cos cos tan tan tanh tanh max max min min arctan arctan sinh sinh cosh cosh
"""
_SYMBOLS = dict(zip(_PAIRS.split()[::2], _PAIRS.split()[1::2], strict=True))
_IGNORED = "left right displaystyle textstyle limits big Big bigl bigr Bigl Bigr bigg biggl biggr nolimits , !"
_WRAPPERS = "mathrm mathsf mathbf mathit mathcal text textrm operatorname boldsymbol"
_ACCENTS = {"bar": "\N{COMBINING MACRON}", "hat": "\N{COMBINING CIRCUMFLEX ACCENT}"}  # x̄ is not x
_NOTHING, _INNER = frozenset(_IGNORED.split()), frozenset(_WRAPPERS.split())
_SPACE = frozenset(["quad", "qquad", ";", ":", " ", "\n"])
_RAISED = dict(zip("0123456789+-−()nxT*′ᵀ", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿˣᵀ*′ᵀ", strict=True))
_LOWERED = dict(zip("0123456789+-()ijklmnx", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ᵢⱼₖₗₘₙₓ", strict=True))

_MATH = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
_CODE = re.compile(r"^```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_TIDY = (
    (re.compile(r"(?<=max|min|exp|log|sin|cos|tan) (?=[(²³⁴])"), ""),
    (re.compile(r"(?:(?<=^)|(?<=[=(\[,·] )|(?<=[(\[]))- (?=[\w(√])"), "-"),
    (re.compile(r" (?=[.,;]$)"), ""),
)
_PIECE = re.compile(r"\\([A-Za-z]+|.)|([{}^_&])|([^\\{}^_&]+)", re.DOTALL)


def plain(markdown: str) -> str:
    r"""Return Markdown with formulas as plain text.

    Examples
    --------
    >>> plain(r"What is $\dfrac{df}{dx}$ of $\frac12 x^2$ at **this** point, $x = \sqrt{2}$?")
    'What is df/dx of 1/2 x² at this point, x = √2?'
    >>> plain(r"The adjoint $\bar x$ is not $x$.")
    'The adjoint x̄ is not x.'
    >>> plain("Two lines of\none paragraph.\n\n- a list\n- of two")
    'Two lines of one paragraph.\n\n- a list\n- of two'
    """
    code: list[str] = []

    def keep(match):
        code.append("\n".join("    " + line for line in match[1].splitlines()))
        return f"\0{len(code) - 1}\0"

    text = "\n\n".join(map(_paragraph, _CODE.sub(keep, markdown).split("\n\n")))
    text = _MATH.sub(lambda m: _display(m[1]) if m[1] is not None else _formula(m[2]), text)
    text = re.sub(r"\*\*(.+?)\*\*|\*([^*\s][^*]*?)\*", lambda m: m[1] or m[2], text)
    text = re.sub(r"\{[a-z]+\}`([^`<]*?)(?:\s*<[^`]*>)?`", r"\1", text)  # {doc}`chapter 2 <02_jacobian_matrix>`
    return re.sub(r"\0(\d+)\0", lambda m: code[int(m[1])], text)


def _paragraph(text: str) -> str:
    """Return a paragraph in one line, and a list with a line for each item; leave displayed formulas and code."""
    return text if "$$" in text or "\0" in text else re.sub(r"(?<=\S)\n(?!- )", " ", text)


def _display(formula: str) -> str:
    """Return a displayed formula, indented, with one line for each of its own."""
    formula = re.sub(r"\\(begin|end)\{aligned\}", "", formula)
    lines = [_formula(part) for part in _rows(formula)]
    return "\n".join("    " + line for line in lines if line)


def _rows(formula: str) -> list[str]:
    r"""Split at \\ outside of matrices."""
    parts, depth, last = [], 0, 0
    for match in re.finditer(r"\\begin|\\end|\\\\(\[[^\]]*\])?", formula):
        if match[0] in (r"\begin", r"\end"):
            depth += 1 if match[0] == r"\begin" else -1
        elif depth == 0:
            parts.append(formula[last : match.start()])
            last = match.end()
    return [*parts, formula[last:]]


def _formula(latex: str) -> str:
    latex = re.sub(r"\\(partial|nabla|lvert|lVert)\s+", r"\\\1{}", latex)  # ∂f and |x|, not ∂ f and | x |
    latex = re.sub(r"\s+(?=\\r[vV]ert)", "", latex)
    text = " ".join(_Reader(latex).until_end().split())
    for pattern, better in _TIDY:
        text = pattern.sub(better, text)
    return text


class _Reader:
    """Reads LaTeX from left to right; each method returns plain text."""

    def __init__(self, latex: str):
        self.pieces = [match.groups() for match in _PIECE.finditer(latex)]
        self.place = 0

    def until_end(self, closing: str | None = None) -> str:
        out = []
        while self.place < len(self.pieces):
            command, mark, _ = self.pieces[self.place]
            if (mark == closing and closing) or command == "end":
                self.place += 1
                if command == "end":
                    self.group()
                break
            out.append(self.piece())
        return "".join(out)

    def group(self) -> str:
        """Read an argument: in braces, or a single character or command."""
        while self.place < len(self.pieces) and (self.pieces[self.place][2] or "x").isspace():
            self.place += 1
        if self.place == len(self.pieces):
            return ""
        _, mark, text = self.pieces[self.place]
        if mark == "{":
            self.place += 1
            return self.until_end("}")
        if text is not None:
            text = text.lstrip()
            self.pieces[self.place] = (None, None, text[1:])
            self.place += not text[1:]
            return text[0]
        return self.piece()

    def piece(self) -> str:
        command, mark, text = self.pieces[self.place]
        self.place += 1
        if text is not None:
            return text.replace("'", "′")
        if mark == "{":
            return self.until_end("}")
        if mark == "^":
            return _shifted(self.group(), _RAISED, "^")
        if mark == "_":
            return _shifted(self.group(), _LOWERED, "_")
        if mark is not None:
            return " " if mark == "&" else ""
        return self.command(command)

    def command(self, name: str) -> str:
        if name in ("frac", "dfrac", "tfrac"):
            above, below = self.group(), self.group()
            return f"{_bracketed(above, ' +−-')}/{_bracketed(below, ' +−-*/·')}"
        if name == "sqrt":
            inner = self.group()
            return f"√{inner}" if len(inner) == 1 or inner.isdigit() else f"√({inner})"
        if name == "begin":
            return self.environment(self.group())
        if name == "textcolor":
            self.group()
            return self.group()
        if name == "mathbb":
            return {"R": "ℝ"}.get(inner := self.group(), inner)
        if name in _INNER:
            inner = self.group()
            return "ᵀ" if inner == "T" and name == "mathsf" else inner
        if name in _ACCENTS:
            return self.group() + _ACCENTS[name]
        if name in _SYMBOLS:
            word = _SYMBOLS[name]
            return f"{word} " if word.isascii() and word.isalpha() else word
        if name in _SPACE:
            return "  " if name == "qquad" else " "
        if name in _NOTHING:
            return ""
        return {"\\": " ", "{": "{", "}": "}", "|": "‖"}.get(name, name)

    def environment(self, name: str) -> str:
        """Read a matrix as rows in brackets, anything else as what it holds."""
        start = self.place
        depth = 1
        while self.place < len(self.pieces) and depth:
            command = self.pieces[self.place][0]
            depth += (command == "begin") - (command == "end")
            self.place += 1
        inner = self.pieces[start : self.place - 1]
        self.group()
        rows: list[list[list]] = [[[]]]
        for piece in inner:
            if piece[0] == "\\":
                rows.append([[]])
            elif piece[1] == "&":
                rows[-1].append([])
            else:
                rows[-1][-1].append(piece)
        cells = [[_read(cell).strip() for cell in row] for row in rows]
        cells = [row for row in cells if any(row)]
        if name == "cases":
            return "{ " + "; ".join(" ".join(row) for row in cells) + " }"
        if "matrix" not in name:
            return "; ".join(" ".join(row) for row in cells)
        if all(len(row) == 1 for row in cells):
            return "(" + ", ".join(row[0] for row in cells) + ")"
        return "[" + ", ".join("[" + ", ".join(row) + "]" for row in cells) + "]"


def _read(pieces: list) -> str:
    reader = _Reader("")
    reader.pieces = list(pieces)
    return " ".join(reader.until_end().split())


def _shifted(text: str, letters: dict[str, str], sign: str) -> str:
    """Return raised or lowered characters where they all exist, else ^(…)."""
    text = text.strip()
    if text and all(c in letters for c in text):
        return "".join(letters[c] for c in text)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"


def _bracketed(text: str, inside: str) -> str:
    text = text.strip()
    whole = text.startswith("(") and text.endswith(")") and text.count("(") == 1
    lead = text[1:] if text[:1] in "-−" else text
    return f"({text})" if not whole and any(c in inside for c in lead) else text
