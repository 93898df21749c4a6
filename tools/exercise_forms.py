"""The right answer of an exercise in many forms, and in random ones."""

from __future__ import annotations

import functools
import random
import tempfile
import warnings
from pathlib import Path

import numpy as np
import sympy as sp

from exercise_number_forms import array_forms, matrix_forms, number_forms, number_objects
from jaclib.exercises.plain import plain
from jaclib.exercises.task import Task


def _set_forms(found) -> list:
    pieces = [_piece(part) for part in (found.args if isinstance(found, sp.Union) else [found])]
    whole = " ∪ ".join(pieces)
    forms = [whole, whole.replace(" ", ""), f" {whole} ", str(found), found, f"${whole}$", whole.replace("∪", r"\cup")]
    if isinstance(found, sp.Interval):
        a, b = map(str, found.args[:2])
        left, right = ("<" if found.left_open else "<="), ("<" if found.right_open else "<=")
        opening, closing = ("(" if found.left_open else "["), (")" if found.right_open else "]")
        unicode_, latex = {"<": "<", "<=": "≤"}, {"<": "<", "<=": r"\le"}
        forms += [
            f"{a} {left} s {right} {b}",
            f"{a}{left}g{right}{b}",
            f"{a} {unicode_[left]} s {unicode_[right]} {b}",
            rf"{a} {latex[left]} s {latex[right]} {b}",
            f"{{s : {a} {left} s {right} {b}}}",
            rf"\{{s \mid {a} {latex[left]} s {latex[right]} {b}\}}",
            f"{b} {left.replace('<', '>')} s {right.replace('<', '>')} {a}" if left == right else whole,
            rf"\left{opening}{a}, {b}\right{closing}",
            f"s ∈ {whole}",
            f"{opening}{float(found.start)}, {float(found.end)}{closing}" if found.measure.is_finite else whole,
            [found.start, found.end] if not (found.left_open or found.right_open) else whole,
        ]
    elif isinstance(found, sp.FiniteSet):
        inner = ", ".join(map(str, found))
        forms += [
            f"{{{inner}}}",
            f"{{ {inner} }}",
            rf"\{{{inner}\}}",
            rf"\left\{{{inner}\right\}}",
            f"FiniteSet({inner})",
        ]
        forms += [f"set([{inner}])", set(found), frozenset(map(float, found)), f"s ∈ {{{inner}}}", f"{{{inner},}}"]
    return forms


def _piece(part) -> str:
    if isinstance(part, sp.FiniteSet):
        return "{" + ", ".join(map(str, part)) + "}"
    opening, closing = ("(" if part.left_open else "["), (")" if part.right_open else "]")
    return f"{opening}{part.start}, {part.end}{closing}"


def _shape_forms(shape) -> list:
    sizes = [str(n) for n in shape]
    inner = ", ".join(sizes)
    forms = [
        f"({inner})",
        f"[{inner}]",
        inner,
        ",".join(sizes),
        f"({','.join(sizes)})",
        " ".join(sizes),
        f"torch.Size([{inner}])",
    ]
    forms += [" x ".join(sizes), "x".join(sizes), " × ".join(sizes), r" \times ".join(sizes), rf"\left({inner}\right)"]
    return [
        *forms,
        tuple(map(int, shape)),
        list(map(int, shape)),
        np.array(sizes, dtype=int),
        np.zeros(tuple(map(int, shape))).shape,
    ]


def _choice_forms(letter: str, text: str) -> list:
    big = letter.upper()
    forms = [
        letter,
        big,
        f" {letter} ",
        f"{letter})",
        f"({letter})",
        f"{big})",
        f"({big})",
        f"{letter}.",
        f"[{letter}]",
    ]
    return [*forms, f"**{letter})**", f"{letter}:", text, text.lower(), plain(text)]


def _expression_forms(value) -> list:
    value = sp.sympify(value)
    latex, code = sp.latex(value, ln_notation=True), sp.pycode(value)
    forms = [value, str(value), code, code.replace("math.", "np."), latex, f"${latex}$", str(value).replace("**", "^")]
    forms += [str(rewrite(value)) for rewrite in (sp.expand, sp.factor, sp.together, sp.simplify)]
    forms += [
        f"2*({value})/2",
        f"({value}) + 1 - 1",
        f"-(-({value}))",
        f"({value})*1.0",
        f" ( {value} ) ",
        f"1/(1/({value}))",
    ]
    return [sp.expand(value), *forms]


class _Callable:
    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments):
        return self.function(*arguments)

    def method(self, *arguments):
        return self.function(*arguments)


def _mapped(result, change):
    if isinstance(result, tuple):
        return tuple(_mapped(part, change) for part in result)
    if isinstance(result, dict):
        return {key: _mapped(part, change) for key, part in result.items()}
    return change(result)


def _code_forms(function, exercise) -> list:
    name, _, rest = exercise.signature.partition("(")
    arguments = rest.rstrip(")")
    scope = {"function": function, "np": np}
    exec(f"def {name}({arguments}):\n    return function({arguments})", scope)
    exec(f"def with_default({arguments}, verbose=False):\n    return function({arguments})", scope)

    def noisy(*values):
        print("computing")
        return function(*values)

    def after_warning(*values):
        warnings.warn("of no importance", stacklevel=2)
        return function(*values)

    path = Path(tempfile.mkdtemp(prefix="jaclib-quality-")) / "answer.py"
    path.write_text(f"from {function.__module__} import {function.__name__} as {name}\n", encoding="utf-8")
    return [
        function,
        lambda *values: function(*values),
        functools.partial(function),
        _Callable(function),
        _Callable(function).method,
        scope[name],
        scope["with_default"],
        noisy,
        after_warning,
        lambda *values: _mapped(function(*values), np.asarray),
        lambda *values: _mapped(function(*values), lambda part: np.asarray(part).tolist()),
        lambda *values: _mapped(function(*values), lambda part: np.asarray(part, dtype=np.longdouble)),
        str(path),
        path,
    ]


def forms_of(task: Task) -> list:
    """Return forms of the right answer, texts and objects."""
    raw, kind = task.raw_answer, task.exercise.kind
    if kind == "number":
        forms = number_forms(raw) + number_objects(raw)
    elif kind in ("vector", "matrix"):
        forms = matrix_forms(raw, kind == "vector")
    elif kind == "set":
        forms = _set_forms(raw)
    elif kind == "shape":
        forms = _shape_forms(raw)
    elif kind == "choice":
        forms = _choice_forms(raw, task.exercise.options[raw])
    elif kind == "expression":
        forms = _expression_forms(raw)
    else:
        forms = _code_forms(raw, task.exercise)
    return [form for i, form in enumerate(forms) if not any(_same(form, other) for other in forms[:i])]


def _same(a, b) -> bool:
    return type(a) is type(b) and (a is b or (isinstance(a, str) and a == b))


def random_number(value, rng: random.Random, depth: int = 3) -> str:
    """Write a number as a random expression that equals it exactly."""
    value = sp.sympify(value)
    if depth and rng.random() < 0.7:
        other = sp.Rational(rng.randint(1, 9), rng.randint(1, 5))
        how = rng.choice("+-*/n()")
        if how == "+":
            return f"{random_number(value - other, rng, depth - 1)} + {_factor(other)}"
        if how == "-":
            return f"{random_number(value + other, rng, depth - 1)} - {_factor(other)}"
        if how == "*":
            return f"({random_number(value / other, rng, depth - 1)})*{_factor(other)}"
        if how == "/":
            return f"({random_number(value * other, rng, depth - 1)})/{_factor(other)}"
        if how == "n":
            return f"-({random_number(-value, rng, depth - 1)})"
        return f"( {random_number(value, rng, depth - 1)} )"
    exact = [str(value), sp.latex(value, ln_notation=True).replace("{", "{ "), sp.pycode(value), f"({value})"]
    text = rng.choice(exact)
    return text if "\\" not in text or not depth else str(value)


def _factor(value) -> str:
    return f"({value})" if value.q != 1 else str(value)


def random_form(task: Task, rng: random.Random):
    """Return a random form of the right answer."""
    raw, kind = task.raw_answer, task.exercise.kind
    spaced = lambda text: text.replace(",", "," + " " * rng.randint(0, 2))  # noqa: E731
    if kind == "number":
        return random_number(raw, rng)
    if kind in ("vector", "matrix"):
        rows = [list(raw)] if kind == "vector" else [list(raw.row(i)) for i in range(raw.rows)]
        entries = [[random_number(entry, rng, 2) for entry in row] for row in rows]
        latex = any("\\" in entry for row in entries for entry in row)
        forms = array_forms(entries, kind == "vector")
        return rng.choice([f for f in forms if not (latex and "{" in f and "\\" not in f)])
    if kind == "expression":
        shift = sp.Rational(rng.randint(1, 9), rng.randint(1, 5))
        return rng.choice(
            [f"({raw}) + {_factor(shift)} - {_factor(shift)}", f"({raw})*{_factor(shift)}/{_factor(shift)}"]
        )
    form = rng.choice(forms_of(task))
    return spaced(form) if isinstance(form, str) and kind in ("shape", "set") else form
