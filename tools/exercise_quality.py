"""Measure the bank of exercises: how many right answers are rejected, and how many wrong ones accepted.

    python tools/exercise_quality.py          print the report
    python tools/exercise_quality.py E1.4     of one exercise, with every form that was tried

The right answer is written in many forms by printers that have nothing in common with the reader (SymPy's, NumPy's,
Python's, and templates of this file). Wrong answers are the mistakes, near misses by one percent, and random others.
"""

from __future__ import annotations

import functools
import random
import sys
import tempfile
import warnings
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
import sympy as sp

from jaclib.exercises.bank import load
from jaclib.exercises.checking import judge
from jaclib.exercises.plain import plain
from jaclib.exercises.task import Task, make_task

VARIANTS = range(20)
ENOUGH_FORMS = 12


# --- one number in many forms ------------------------------------------------------------------------------------


def rounded(value, digits: int) -> str:
    """Round to significant digits by SymPy's arithmetic, and write them out in full."""
    if value == 0:
        return "0"
    exponent = sp.floor(sp.log(abs(value), 10).evalf(30))
    place = digits - 1 - int(exponent)
    scaled = sp.Integer(sp.floor((abs(value) * sp.Integer(10) ** place).evalf(60) + sp.Rational(1, 2)))
    if scaled >= 10**digits:  # 9.996 to three digits is 10.0
        scaled, place = scaled // 10, place - 1
    text = str(scaled)
    if place > 0:
        text = text.rjust(place + 1, "0")
        text = f"{text[:-place]}.{text[-place:]}"
    else:
        text += "0" * -place
    return "-" * bool(value < 0) + text


def number_forms(value) -> list[str]:
    """Return texts that all mean one number; the exact ones come first."""
    value = sp.sympify(value)
    code, latex = sp.pycode(value), sp.latex(value, ln_notation=True)
    forms = [
        str(value),
        f" {value} ",
        f"({value})",
        code,
        code.replace("math.", "np."),
        latex,
        f"${latex}$",
        str(value).replace("pi", "π").replace("-", "−"),
        f"2*({value})/2",
        f"({value}) + 1 - 1",
        f"-(-({value}))",
        f"1/2*({value}) + ({value})/2",
    ]
    if value.is_Rational and not value.is_Integer:
        sign = "-" * bool(value < 0)
        p, q = abs(value.p), value.q
        forms += [
            rf"{sign}\frac{{{p}}}{{{q}}}",
            rf"{sign}\dfrac{{{p}}}{{{q}}}",
            f"{sign}{3 * p}/{3 * q}",
            f"{sign}{p} / {q}",
        ]
        forms += [f"Rational({value.p}, {q})", f"Fraction({value.p}, {q})"]
    forms += (
        [rounded(value, digits) for digits in (3, 4, 6, 12)] if not value.is_Integer else [f"{value}.0", f"{value}."]
    )
    if value.is_Integer:
        forms += [f"{2 * value}/2", f"{value} * 1", f"sqrt({value**2})" if value >= 0 else f"-sqrt({value**2})"]
    mantissa, exponent = f"{float(value):.6e}".split("e")
    if not value.is_Integer or abs(value) < 10**6:
        forms.append(f"{mantissa}e{int(exponent)}")
    return list(dict.fromkeys(forms))


def number_objects(value) -> list:
    """Return Python objects that all mean one number."""
    value = sp.sympify(value)
    objects = [value, float(value), np.float64(float(value)), np.array(float(value)), np.float32(float(value))]
    if value.is_Rational:
        objects.append(Fraction(int(value.p), int(value.q)))
    if value.is_Integer:
        objects += [int(value), np.int64(int(value))]
    return objects


# --- arrays ------------------------------------------------------------------------------------------------------


def _joined(rows, entry, row, between, whole) -> str:
    return whole.format(between.join(row.format(entry.join(r)) for r in rows))


def array_forms(entries: list[list[str]], vector: bool) -> list[str]:
    """Return texts that mean a matrix of these entries, or a vector if it has one row."""
    styles = [
        (", ", "[{}]", ", ", "[{}]"),
        (",", "[{}]", ",", "[{}]"),
        (", ", "({})", ", ", "({})"),
        (", ", "[{}]", ", ", "np.array([{}])"),
        (", ", "[{}]", ",\n       ", "array([{}])"),
        (" & ", "{}", r" \\ ", r"\begin{{pmatrix}} {} \end{{pmatrix}}"),
        ("&", "{}", r"\\", r"\begin{{bmatrix}}{}\end{{bmatrix}}"),
        (", ", "{}", "; ", "[{}]"),
        (", ", "{}", "; ", "{}"),
    ]
    if not vector:
        return [_joined(entries, *style) for style in styles] + [
            _joined(entries, ", ", "[{}]", ", ", "Matrix([{}])"),
            _joined(entries, ", ", "[{}]", ", ", "np.array([{}], dtype=float)"),
            _joined(entries, ", ", "{}", "\n", "{}"),
            _joined(entries, "&", "{}", r"\\", r"$\left(\begin{{matrix}}{}\end{{matrix}}\right)$"),
        ]
    (row,) = entries
    column = [[entry] for entry in row]
    return [
        _joined(entries, ", ", "({})", "", "{}"),
        _joined(entries, ",", "({})", "", "{}"),
        _joined(entries, ", ", "[{}]", "", "{}"),
        _joined(entries, ", ", "{}", "", "{}"),
        _joined(entries, ", ", "[{}]", "", "np.array({})"),
        _joined(entries, ", ", "[{}]", "", "Matrix({})"),
        _joined(entries, ", ", r"\left({}\right)", "", "{}"),
        _joined(column, "", "{}", r" \\ ", r"\begin{{pmatrix}} {} \end{{pmatrix}}"),
        _joined(column, "", "{}", "; ", "{}"),
        _joined(column, "", "[{}]", ", ", "Matrix([{}])"),
        _joined(entries, ", ", "[{}]", "", "np.array({}, dtype=float)"),
        _joined(entries, ", ", "  ( {} ) ", "", "{}"),
    ]


def _matrix_forms(matrix, vector: bool) -> list:
    rows = [list(matrix)] if vector else [list(matrix.row(i)) for i in range(matrix.rows)]
    forms: list = array_forms([[str(entry) for entry in row] for row in rows], vector)
    every = {entry: number_forms(entry) for row in rows for entry in row}
    for i in range(max(map(len, every.values()))):
        entries = [[every[entry][i % len(every[entry])] for entry in row] for row in rows]
        forms.append(_joined(entries, ", ", "[{}]", ", ", "{}" if vector else "[{}]"))
    floats = np.array([[float(entry) for entry in row] for row in rows])
    floats = floats[0] if vector else floats
    exact = [list(map(str, row)) for row in rows]
    forms += [
        floats,
        floats.tolist(),
        np.array2string(floats, precision=12),
        repr(floats),
        sp.Matrix(matrix),
        exact[0] if vector else exact,
        rows[0] if vector else rows,
        tuple(rows[0]) if vector else tuple(map(tuple, rows)),
    ]
    if all(abs(sp.Integer(e)) < 10**6 if e.is_Integer else True for row in rows for e in row):
        short = [[rounded(entry, 4) if not entry.is_Integer else str(entry) for entry in row] for row in rows]
        forms.append(_joined(short, " ", "{}", "; ", "[{}]" if len(rows) > 1 or len(rows[0]) > 1 else "[[{}]]"))
    return forms


# --- every kind --------------------------------------------------------------------------------------------------


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
        forms = _matrix_forms(raw, kind == "vector")
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


# --- random forms ------------------------------------------------------------------------------------------------


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


# --- wrong answers -----------------------------------------------------------------------------------------------


def near_misses(task: Task) -> list:
    """Return answers that are off by one percent in one entry, or in all."""
    raw, kind = task.raw_answer, task.exercise.kind
    if kind == "number":
        return [_off(raw, sign, 1) for sign in (1, -1)] + [rounded(_off(raw, sign, 1), 6) for sign in (1, -1)]
    if kind in ("vector", "matrix"):
        scale = max(abs(entry) for entry in raw)
        missed = [raw * sp.Rational(101, 100), raw * sp.Rational(99, 100)]
        for i in range(len(raw)):
            for sign in (1, -1):
                entries = list(raw)
                entries[i] = _off(entries[i], sign, scale)
                missed.append(sp.Matrix(*raw.shape, entries))
        return [
            *missed,
            *(np.array(m.tolist(), dtype=float).reshape(-1 if kind == "vector" else raw.shape) for m in missed),
        ]
    if kind == "expression":
        return [raw * sp.Rational(101, 100), raw + sp.Rational(1, 100), f"({raw})*0.99"]
    if kind == "set":
        ends = sorted({end for part in (raw.args if isinstance(raw, sp.Union) else [raw]) for end in part.boundary})
        return [raw.subs(end, end + sp.Rational(1, 100)) for end in ends if end.is_finite]
    if kind == "shape":
        return [tuple(n + (i == j) for j, n in enumerate(raw)) for i in range(len(raw))]
    if kind == "code":
        return [_scaled(raw)]
    return [letter for letter in task.exercise.options if letter != raw]


def _off(value, sign: int, scale):
    return value * sp.Rational(100 + sign, 100) if value != 0 else sign * scale * sp.Rational(1, 100)


def _scaled(function):
    def scaled(*arguments):
        return _larger(function(*arguments))

    return scaled


def _larger(result):
    if isinstance(result, tuple | list):
        return type(result)(map(_larger, result))
    if isinstance(result, dict):
        return {key: _larger(value) for key, value in result.items()}
    return np.asarray(result) * 1.01 + 0.01


def random_others(task: Task, rng: random.Random, count: int = 30) -> list:
    """Return random answers of the right form that are not the right one."""
    raw, kind = task.raw_answer, task.exercise.kind

    def number():
        return sp.Rational(rng.randint(-40, 40), rng.randint(1, 9)) * rng.choice([1, 1, sp.pi, sp.exp(-1), sp.log(2)])

    if kind == "number":
        drawn = [number() for _ in range(count)]
        return [value for value in drawn if abs(float(value - raw)) > 0.006 * abs(float(raw))]
    if kind in ("vector", "matrix"):
        drawn = [sp.Matrix(*raw.shape, [number() for _ in raw]) for _ in range(count)]
        return [value for value in drawn if value != raw]
    if kind == "shape":
        drawn = [tuple(rng.randint(1, 9) for _ in range(rng.randint(1, 5))) for _ in range(count)]
        return [value for value in drawn if value != tuple(map(int, raw))]
    if kind == "set":
        drawn = [sp.Interval(a, a + rng.randint(1, 3), rng.random() < 0.5, rng.random() < 0.5) for a in range(-5, 5)]
        return [value for value in drawn if value != raw]
    if kind == "expression":
        names = sp.symbols(task.exercise.variables)
        drawn = [
            sum(rng.randint(-3, 3) * n ** rng.randint(0, 3) for n in names) + rng.randint(1, 3) for _ in range(count)
        ]
        here = dict.fromkeys(names, sp.Rational(7, 5))
        return [value for value in drawn if abs(float((value - raw).subs(here))) > 1e-3]
    return []


# --- the report --------------------------------------------------------------------------------------------------


@dataclass
class Report:
    """What was tried, and what went wrong."""

    exercises: int = 0
    misconceptions: set = field(default_factory=set)
    patterns: int = 0
    forms: int = 0
    wrong: int = 0
    variants: int = 0
    false_rejects: list = field(default_factory=list)
    false_accepts: list = field(default_factory=list)
    unrecognised: list = field(default_factory=list)

    def add(self, exercise) -> None:
        """Try everything with one exercise."""
        self.exercises += 1
        self.patterns += len(exercise.mistakes)
        self.misconceptions |= {mistake.misconception for mistake in exercise.mistakes}
        variants = [make_task(exercise, variant) for variant in VARIANTS if exercise.draw]
        self.variants += len(variants)
        rng = random.Random(exercise.id)
        for task in [Task(exercise), *variants]:
            right = forms_of(task) if task.variant is None else [task.raw_answer]
            right += [random_form(task, rng) for _ in range(5 if task.variant is None else 1)]
            self.forms += len(right)
            self.false_rejects += [(task.name, form) for form in right if not judge(task, form).correct]
            others = near_misses(task) + random_others(task, rng)
            others = others if task.variant is None else rng.sample(others, min(3, len(others)))
            self.wrong += len(others) + len(task.slips)
            self.false_accepts += [(task.name, other) for other in others if judge(task, other).correct]
            for slip, raw in zip(task.slips, wrong_answers(task), strict=True):
                verdict = judge(task, raw)
                if verdict.correct:
                    self.false_accepts.append((task.name, raw))
                elif verdict.markdown != slip.message:
                    self.unrecognised.append((task.name, slip.mistake.misconception, verdict.message))

    def __str__(self):
        return "\n".join(
            [
                f"exercises                   {self.exercises}",
                f"variants tried              {self.variants}",
                f"misconceptions              {len(self.misconceptions)}",
                f"mistake patterns            {self.patterns}",
                f"forms of right answers      {self.forms}",
                f"false rejects               {len(self.false_rejects)}",
                f"wrong answers               {self.wrong}",
                f"false accepts               {len(self.false_accepts)}",
                f"mistakes not recognised     {len(self.unrecognised)}",
                *(f"  {problem}" for problem in [*self.false_rejects, *self.false_accepts, *self.unrecognised]),
            ]
        )


def wrong_answers(task: Task) -> list:
    """Return the wrong answer of each slip of a task, in order."""
    if task.exercise.kind == "code":
        return [slip.mistake.answer for slip in task.slips]
    return [slip.mistake.answer(task.given) for slip in task.slips]


def main(ids: list[str]) -> int:
    """Print the report on the named exercises, or on all."""
    report = Report()
    for exercise in load().values():
        if not ids or exercise.id in ids:
            report.add(exercise)
            for form in forms_of(Task(exercise)) if ids else ():
                print(repr(form))
    print(report)
    return bool(report.false_rejects or report.false_accepts or report.unrecognised)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
