"""Tables of what the reader knows: signs, names and LaTeX commands."""

from __future__ import annotations

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi psi omega"
)
# Characters that mean an operator or a name.
CHARACTERS = {
    **dict.fromkeys("−–—‒‐﹣－", "-"),
    **dict.fromkeys("×·⋅∙∗", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    "＋": "+",
    "≤": "<=",
    "≥": ">=",
    "∪": "union",
    "∈": "in",
    "⊗": "kron",
    "√": "sqrt",
    "′": "'",
    "’": "'",
}
NAMES = {
    "π": "pi",
    "∞": "oo",
    "ℯ": "e",
    "∅": "emptyset",
    "ℝ": "R",
    **dict(zip("αβγδεζηθικλμνξρστυφχψω", _GREEK.split(), strict=True)),
}
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀ", "0123456789+-T", strict=True))

CONSTANTS = {
    **dict.fromkeys(("pi", "PI", "Pi"), "pi"),
    **dict.fromkeys(("e", "E", "euler"), "e"),
    **dict.fromkeys(("oo", "inf", "Inf", "infty", "infinity", "Infinity"), "oo"),
    **dict.fromkeys(("nan", "NaN", "NAN"), "nan"),
    **dict.fromkeys(("emptyset", "EmptySet", "varnothing"), "emptyset"),
    **dict.fromkeys(("R", "Reals"), "R"),
}
# Prefixes that are passed over: np.pi is pi.
MODULES = frozenset({"np", "numpy", "math", "sympy", "sp", "sym", "jnp", "jax", "torch", "S", "fractions"})

# Functions of one number; the key is what people write, the value our name for it.
FUNCTIONS = {
    **dict.fromkeys(("ln", "log"), "ln"),
    **dict.fromkeys(("lg", "log10"), "log10"),
    "log2": "log2",
    "exp": "exp",
    "sqrt": "sqrt",
    "cbrt": "cbrt",
    **dict.fromkeys(("abs", "Abs", "fabs", "absolute"), "abs"),
    **dict.fromkeys(("sin", "cos", "tan", "sinh", "cosh", "tanh")),
    **dict.fromkeys(("asin", "arcsin"), "asin"),
    **dict.fromkeys(("acos", "arccos"), "acos"),
    **dict.fromkeys(("atan", "arctan"), "atan"),
    **dict.fromkeys(("sigmoid", "sigma", "expit"), "sigmoid"),
    "erf": "erf",
    # of one or two numbers
    **dict.fromkeys(("Rational", "Fraction"), "fraction"),
    **dict.fromkeys(("float", "int", "Integer", "Float", "float64", "int64", "S", "N"), "same"),
    # of arrays
    **dict.fromkeys(("array", "asarray", "tensor", "vector", "list", "tuple"), "array"),
    **dict.fromkeys(("Matrix", "ImmutableMatrix", "MutableDenseMatrix", "ImmutableDenseMatrix"), "matrix"),
    **dict.fromkeys(("kron", "kronecker_product", "KroneckerProduct"), "kron"),
    **dict.fromkeys(("transpose", "Transpose"), "transpose"),
    **dict.fromkeys(("matmul", "dot"), "matmul"),
    "outer": "outer",
    **dict.fromkeys(("eye", "identity"), "eye"),
    # of sets
    "Interval": "interval",
    **dict.fromkeys(("FiniteSet", "set"), "points"),
    "Union": "union",
    "Size": "array",  # torch.Size([3, 2])
}
FUNCTIONS = {written: name or written for written, name in FUNCTIONS.items()}
# Read without brackets too: ln 2, sin x.
PREFIX = frozenset(
    {"ln", "log10", "log2", "exp", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan"}
)

# LaTeX: commands that are nothing, an operator, or a wrapper around a name.
LATEX_SPACE = frozenset(
    {"left", "right", "displaystyle", "textstyle", "quad", "qquad", "bigl", "bigr", "Bigl", "Bigr", "big", "Big",
     ",", ";", ":", "!", " ", "(", ")", "[", "]", "limits"}
)  # fmt: skip
LATEX_OPERATORS = {
    **dict.fromkeys(("cdot", "times", "ast"), "*"),
    "div": "/",
    **dict.fromkeys(("le", "leq", "leqslant"), "<="),
    **dict.fromkeys(("ge", "geq", "geqslant"), ">="),
    "lt": "<",
    "gt": ">",
    "cup": "union",
    "in": "in",
    "otimes": "kron",
    "sqrt": "sqrt",
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), "frac"),
    "mid": "|",
    "\\": ";",
}
LATEX_WRAPPERS = frozenset(
    {"mathrm", "mathsf", "mathbf", "mathbb", "operatorname", "text", "mathit", "textrm", "boldsymbol"}
)
LATEX_NAMES = {"top": "T", "intercal": "T", "infty": "oo"}
MATRICES = frozenset({"matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "smallmatrix", "array"})
