"""What is said of an answer: the right one in other layouts, known slips, and what no slip explains."""

import functools
import math
import re

import numpy as np
import pytest
import sympy as sp

from jaclib.exercises.checking import judge
from jaclib.exercises.entry import Case, Exercise, Mistake
from jaclib.exercises.given import exact
from jaclib.exercises.kinds import code as code_kind
from jaclib.exercises.limit import TooSlow, time_limit
from jaclib.exercises.task import Task, make_task


def name(value):
    """Name a parameter of a test, the same in every process."""
    return value[:40] if isinstance(value, str) else type(value).__name__


def task(kind, answer, mistakes=(), **more):
    """Return a small exercise of a kind, with this answer."""
    given = more.pop("given", {})
    exercise = Exercise(
        id="E1.4",
        title="A test",
        kind=kind,
        section="sec-1-graph",
        objective="paths",
        difficulty=1,
        prompt="What is it?",
        answer=answer if kind == "code" else lambda g: answer,
        hints=["One.", "Two.", "Three."],
        solution="It is so.",
        mistakes=[Mistake(key, wrong if kind == "code" else (lambda g, w=wrong: w)) for key, wrong in mistakes],
        given=given,
        **more,
    )
    return Task(exercise)


NUMBER = task("number", sp.Integer(68), [("one-path-only", sp.Integer(56))])
VECTOR = task("vector", sp.Matrix([1, -2, 4]))
MATRIX = task("matrix", sp.Matrix([[2, 1, 0], [0, 9, 12]]))
SQUARE = task("matrix", sp.Matrix([[1, 2], [3, 5]]))
ROW = task("matrix", sp.Matrix([[3, 4]]))

REMARKS = [
    # exercise, answer, status, words of the message
    (NUMBER, 68, "correct", "right"),
    (NUMBER, 56, "incorrect", "every path|along every path"),
    (NUMBER, 56.0, "incorrect", "along every path"),
    (NUMBER, "56.0", "incorrect", "along every path"),
    (NUMBER, -68, "incorrect", "sign is not"),
    (NUMBER, 136, "incorrect", "factor of 2"),
    (NUMBER, -34, "incorrect", "factor of ½ and the sign"),
    (NUMBER, 68 * math.pi, "incorrect", "factor of π"),
    (NUMBER, "68/pi", "incorrect", "factor of 1/π"),
    (NUMBER, "136 pi", "incorrect", "factor of 2π"),
    (NUMBER, "1/68", "incorrect", "reciprocal"),
    (NUMBER, 67, "incorrect", "close"),
    (NUMBER, 30, "incorrect", "right order, but too small"),
    (NUMBER, 300, "incorrect", "right order, but too large"),
    (NUMBER, 6800, "incorrect", "ten times too large"),
    (NUMBER, -3, "incorrect", "sign or the size"),
    (NUMBER, 0, "incorrect", "not zero"),
    (NUMBER, "nan", "incorrect", "not a real number"),
    (NUMBER, "ln(-3)", "incorrect", "not a real number"),
    (NUMBER, "oo", "incorrect", "infinite"),
    (NUMBER, [68], "layout", "single number"),
    (NUMBER, [[68]], "layout", "single number"),
    (NUMBER, [68, 1], "incorrect", "single number"),
    (NUMBER, 68.0001, "precision", "first three digits"),
    (NUMBER, "69,5", "unreadable", "point"),
    (NUMBER, "105,000", "unreadable", "point"),
    (VECTOR, [1, -2, 4], "correct", "right"),
    (VECTOR, [[1], [-2], [4]], "layout", r"shape \(3, 1\)"),
    (VECTOR, np.array([[1, -2, 4]]), "layout", r"shape \(1, 3\)"),
    (VECTOR, sp.Matrix([1, -2, 4]), "correct", "right"),
    (VECTOR, sp.Matrix([[1, -2, 4]]), "layout", r"shape \(1, 3\)"),
    (VECTOR, r"\begin{pmatrix} 1 \\ -2 \\ 4 \end{pmatrix}", "correct", "right"),
    (VECTOR, "1; -2; 4", "correct", "right"),
    (VECTOR, [-1, 2, -4], "incorrect", "all signs"),
    (VECTOR, [1, 2, 4], "incorrect", "Check the sign in place 2"),
    (VECTOR, [-1, -2, -4], "incorrect", "Check the sign in places 1 and 3"),
    (VECTOR, [2, -4, 8], "incorrect", "factor of 2"),
    (VECTOR, [1.7, -3.4, 6.8], "incorrect", "common factor"),
    (VECTOR, [1, -0.5, 0.25], "incorrect", "reciprocal"),
    (VECTOR, [4, 1, -2], "incorrect", "order"),
    (VECTOR, [1, -2, 5], "incorrect", "2 of 3 entries are right.*place 3"),
    (VECTOR, [1, 7, 7], "incorrect", "1 of 3 entries is right.*places 2 and 3"),
    (VECTOR, [7, 7, 7], "incorrect", "No entry"),
    (VECTOR, [1, -2], "incorrect", "3 numbers are asked for; your answer has 2"),
    (VECTOR, "1, -2, 4, 0", "incorrect", "has 4.*point"),
    (VECTOR, ["1", "-2", "4.00"], "correct", "right"),
    (VECTOR, 7, "incorrect", "3 numbers"),
    (MATRIX, [[2, 0], [1, 9], [0, 12]], "layout", r"other layout, shape \(3, 2\)"),
    (MATRIX, [2, 1, 0, 0, 9, 12], "layout", r"shape \(6,\)"),
    (MATRIX, [[2, 1, 0], [0, 9, -12]], "incorrect", "row 2, column 3"),
    (MATRIX, [[2, 1, 0], [0, 9, 1]], "incorrect", "5 of 6.*row 2, column 3"),
    (MATRIX, [[0, 0, 0], [0, 0, 0]], "incorrect", "2 of 6"),
    (MATRIX, np.zeros((4, 4)), "incorrect", r"shape \(2, 3\) is asked for; yours has shape \(4, 4\)"),
    (SQUARE, [[1, 3], [2, 5]], "layout", "exchanged"),
    (SQUARE, [[5, 2], [3, 1]], "incorrect", "order"),
    (ROW, [3, 4], "layout", r"shape \(2,\)"),
    (ROW, [[3], [4]], "layout", r"\(2, 1\)"),
    (ROW, [[3, 4]], "correct", "right"),
]


@pytest.mark.parametrize(("given", "answer", "status", "words"), REMARKS, ids=name)
def test_something_true_is_said(given, answer, status, words):
    verdict = judge(given, answer)
    assert verdict.status == status, str(verdict)
    assert re.search(words, verdict.message, re.DOTALL), str(verdict)
    assert str(verdict.next_step)
    if status not in ("correct", "unreadable"):
        assert verdict.correct is False
        assert "68" not in verdict.message


def test_a_decimal_of_two_digits_points_to_a_slip_only_if_it_points_to_one():
    third, half = sp.Rational(1, 3), sp.Rational(1, 2)
    given = task("number", sp.Rational(9, 10), [("one-path-only", third), ("paths-multiplied", half)])
    assert judge(given, "0.33").misconception == "one-path-only"
    assert judge(given, "0.5").misconception == "paths-multiplied"
    assert judge(given, "0.9").correct
    assert judge(given, "0.7").misconception is None


def test_stars_and_other_signs_of_a_message_stay():
    verdict = judge(NUMBER, "1/2pi")
    assert "(1/2)*pi or 1/(2*pi)" in verdict.message
    assert r"(1/2)\*pi" in verdict.markdown
    assert "(1/2)*pi or 1/(2*pi)" in verdict._repr_html_()
    assert judge(EXPRESSION, "2*x*y*x").read_as == "2*x*y*x"


def test_nan_can_be_a_known_slip():
    given = task("number", sp.Rational(-9, 2), [("one-path-only", sp.nan), ("paths-multiplied", sp.log(-6))])
    assert judge(given, "nan").misconception == "one-path-only"
    assert judge(given, float("nan")).misconception == "one-path-only"
    assert given.degenerate is not None, "two slips that are both nan collide"


EXPRESSION = task("expression", sp.Symbol("x") ** 2 * sp.Symbol("y"), variables=("x", "y"))
ROOT = task("expression", sp.sqrt(sp.Symbol("x")), variables=("x",))
EXPRESSIONS = [
    (EXPRESSION, "x^2 y", "correct", "right"),
    (EXPRESSION, "xxy", "correct", "right"),
    (EXPRESSION, "x*x*y", "correct", "right"),
    (EXPRESSION, "x²y + 1 − 1", "correct", "right"),
    (EXPRESSION, "exp(2*ln(abs(x)))*y", "correct", "right"),
    (EXPRESSION, "exp(2 ln(x)) y", "incorrect", "no value"),
    (EXPRESSION, sp.Symbol("y") * sp.Symbol("x") ** 2, "correct", "right"),
    (EXPRESSION, "-x^2*y", "incorrect", "sign of your formula"),
    (EXPRESSION, "2x^2 y", "incorrect", "factor of 2"),
    (EXPRESSION, "1/(x^2 y)", "incorrect", "reciprocal"),
    (EXPRESSION, "x^2 y + 1", "incorrect", "by a constant"),
    (EXPRESSION, "abs(x)^2 * abs(y)", "incorrect", "some points"),
    (EXPRESSION, "x y", "incorrect", "small step|simple numbers"),
    (EXPRESSION, "1.0*x^2*y", "correct", "right"),
    (EXPRESSION, "1.001*x^2*y", "incorrect", ""),
    (EXPRESSION, "z", "unreadable", "x, y"),
    (EXPRESSION, "[x, y]", "incorrect", "shape"),
    (EXPRESSION, lambda x, y: x, "unreadable", "formula"),
    (EXPRESSION, 3, "incorrect", ""),
    (ROOT, "x^(1/2)", "correct", "right"),
    (ROOT, r"\sqrt{x}", "correct", "right"),
]


@pytest.mark.parametrize(("given", "answer", "status", "words"), EXPRESSIONS, ids=name)
def test_formulas_are_compared_at_many_points(given, answer, status, words):
    verdict = judge(given, answer)
    assert verdict.status == status, str(verdict)
    assert re.search(words, verdict.message)


SHAPE = task("shape", (3, 2, 3, 2))
SHAPES = [
    ((3, 2, 3, 2), "correct"),
    ("3 x 2 x 3 x 2", "correct"),
    (r"3 \times 2 \times 3 \times 2", "correct"),
    ("[3,2,3,2]", "correct"),
    ("(2, 3, 2, 3)", "incorrect"),
    ("36", "incorrect"),
    ("(3, 2, 3)", "incorrect"),
    ("(3, 2, 3, 2.5)", "unreadable"),
    ("(3, 2, 3, -2)", "unreadable"),
    ("[[3, 2], [3, 2]]", "unreadable"),
]


@pytest.mark.parametrize(("answer", "status"), SHAPES)
def test_shapes(answer, status):
    assert judge(SHAPE, answer).status == status


def test_one_number_is_the_shape_of_a_vector():
    given = task("shape", (5,))
    for answer in ("5", "(5,)", 5, (5,), [5]):
        assert judge(given, answer).correct


CHOICE = task("choice", "b", options={"a": "The matrix $J$", "b": r"The vector $J^\mathsf{T} g$"})


CHOSEN = {
    "b": "correct",
    " (B) ": "correct",
    "the vector Jᵀ g": "correct",
    "a": "incorrect",
    "c": "unreadable",
    2: "unreadable",
}


@pytest.mark.parametrize(("answer", "status"), CHOSEN.items())
def test_choices(answer, status):
    assert judge(CHOICE, answer).status == status


SET = task("set", sp.Union(sp.Interval.Ropen(0, 1), sp.FiniteSet(3)))
SETS = [
    ("[0, 1) ∪ {3}", "correct", "right"),
    ("{3} ∪ [0, 1/2] ∪ (1/2, 1)", "correct", "right"),
    ("[0, 1] ∪ {3}", "incorrect", "ends are right"),
    ("{3}", "incorrect", "more in it"),
    ("0.25", "incorrect", "more in it"),
    ("{7}", "incorrect", "condition"),
    ("∅", "incorrect", "empty"),
    ("[5, 6]", "incorrect", "either side"),
    ("[1, 0]", "unreadable", "smaller one first"),
]


@pytest.mark.parametrize(("answer", "status", "words"), SETS)
def test_sets(answer, status, words):
    verdict = judge(SET, answer)
    assert verdict.status == status
    assert words in verdict.message


# --- functions ---------------------------------------------------------------------------------------------------


def square(x, y):
    return {"sum": x + y, "parts": (x**2, np.array([y, y]))}


def forgets_the_square(x, y):
    return {"sum": x + y, "parts": (x, np.array([y, y]))}


CASES = (
    Case("f(1.0, 2.0)", lambda f: f(1.0, 2.0)),
    Case("f(3.0, 2.0)", lambda f: f(3.0, 2.0)),
    Case("f(3.0, np.ones(2))['sum']", lambda f: f(3.0, np.ones(2))["sum"], expect=np.array([4.0, 4.0])),
)
CODE = task("code", square, [("power-rule-factor", forgets_the_square)], signature="f(x, y)", cases=CASES)


def test_a_right_function_passes_every_case():
    verdict = judge(CODE, square)
    assert verdict.correct
    assert "every case" in verdict.message


def test_a_known_wrong_function_is_recognised_in_another_form():
    verdict = judge(CODE, lambda x, y: {"parts": [x + 0.0, [y, y]], "sum": y + x})
    assert verdict.misconception == "power-rule-factor"
    assert dict(verdict.details) == {
        "Call": "f(3.0, 2.0)",
        "Expected": "{'sum': 5, 'parts': (9, array([2., 2.]))}",
        "Got": "{'parts': [3, [2, 2]], 'sum': 5}",
    }


def raises(x, y):
    return x / 0


def gives_nothing(x, y):
    square(x, y)


def endless(x, y):
    while True:
        pass


def swallows(x, y):
    while True:
        try:
            while True:
                pass
        except Exception:
            pass


def exits(x, y):
    raise SystemExit(3)


def deep(x, y):
    return deep(x, y)


WRONG = [
    (raises, "raises an error", "ZeroDivisionError: float division by zero, in line"),
    (gives_nothing, "return statement", "None"),
    (exits, "raises an error", "SystemExit: 3"),
    (deep, "raises an error", "RecursionError"),
    (lambda x, y: "text", "Compare", "'text'"),
    (lambda x, y: {"sum": x + y}, "Compare", "{'sum': 3}"),
]


@pytest.mark.parametrize(("function", "words", "got"), WRONG)
def test_the_first_failing_case_is_shown(function, words, got):
    verdict = judge(CODE, function)
    assert verdict.correct is False
    assert verdict.misconception is None
    assert words in verdict.message
    assert dict(verdict.details)["Got"].startswith(got)
    assert dict(verdict.details)["Expected"].startswith("{'sum': 3")


def test_numbers_of_a_function_get_the_remarks_of_numbers():
    given = task("code", lambda x: np.array([x, 2 * x]), signature="f(x)", cases=[Case("f(3)", lambda f: f(3))])
    assert "factor of 2" in judge(given, lambda x: [2 * x, 4 * x]).message
    assert "all signs" in judge(given, lambda x: [-x, -2 * x]).message
    assert "shape (1, 2)" in judge(given, lambda x: [[x, 2 * x]]).message
    assert "returns str" in judge(given, lambda x: "3").message
    assert "returns None" in judge(given, lambda x: [].append(x)).message


@pytest.mark.parametrize("function", [endless, swallows])
def test_a_function_that_does_not_end_is_stopped(function, monkeypatch):
    monkeypatch.setattr(code_kind, "SECONDS", 0.3)
    verdict = judge(CODE, function)
    assert verdict.correct is False
    assert "time was up" in verdict.message


@pytest.mark.parametrize("answer", [3, "f", "nothing.py", square(1, 2), None.__class__])
def test_what_is_no_function_to_be_called_so_cannot_be_read(answer):
    assert judge(CODE, answer).status in ("unreadable", "incorrect")


@pytest.mark.parametrize("function", [lambda x: x, lambda x, y, z: x, lambda *, x, y: x])
def test_a_function_with_other_arguments_cannot_be_read(function):
    verdict = judge(CODE, function)
    assert verdict.status == "unreadable"
    assert "f(x, y)" in verdict.message


@pytest.mark.parametrize(
    "function", [functools.partial(lambda z, x, y: square(x, y), 0), lambda x, y, z=1: square(x, y)]
)
def test_a_function_that_can_be_called_so_is_read(function):
    assert judge(CODE, function).correct


FILES = {
    "def f(x, y):\n    return {'sum': x + y, 'parts': (x ** 2, [y, y])}\n": ("correct", "every case"),
    "def f(x, y):\n    return {'sum': x + y, 'parts': (x, [y, y])}\n": ("incorrect", ""),
    "def g(x, y):\n    return x\n": ("unreadable", "defines no function f"),
    "def f(x, y)\n    return x\n": ("unreadable", "SyntaxError in line 1"),
    "x = 1\ny = x / 0\n": ("unreadable", "ZeroDivisionError in line 2"),
    "raise SystemExit\n": ("unreadable", "SystemExit"),
    "f = 3\n": ("unreadable", "function is expected"),
}


@pytest.mark.parametrize("source", FILES)
def test_a_file_is_read(source, tmp_path):
    path = tmp_path / "answer.py"
    path.write_text(source, encoding="utf-8")
    status, words = FILES[source]
    for answer in (path, str(path)):
        verdict = judge(CODE, answer)
        assert verdict.status == status, str(verdict)
        assert words in verdict.message


def test_a_file_that_does_not_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(code_kind, "SECONDS", 0.3)
    path = tmp_path / "answer.py"
    path.write_text("while True:\n    pass\n", encoding="utf-8")
    assert "did not finish" in judge(CODE, path).message


def test_a_file_that_does_not_end_is_stopped_without_a_timer_of_the_system(tmp_path, monkeypatch):
    from jaclib.exercises import limit

    monkeypatch.delattr(limit.signal, "setitimer")  # as in a browser, and on Windows
    monkeypatch.setattr(code_kind, "SECONDS", 0.3)
    assert "time was up" in judge(CODE, endless).message
    assert judge(CODE, square).correct
    path = tmp_path / "answer.py"
    path.write_text("while True:\n    pass\n", encoding="utf-8")
    assert "did not finish" in judge(CODE, path).message


def test_the_limit_leaves_nothing_behind():
    import signal
    import sys

    handler, trace = signal.getsignal(signal.SIGALRM), sys.gettrace()
    with pytest.raises(TooSlow), time_limit(0.05):
        endless(1, 2)
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    signal.setitimer(signal.ITIMER_REAL, 1000)
    with time_limit(5):
        pass
    assert signal.setitimer(signal.ITIMER_REAL, 0)[0] > 900
    assert sys.gettrace() is trace


def test_a_limit_that_strikes_while_it_ends_leaves_nothing_behind(monkeypatch):
    """With a timer that fires all the time, the limit is hit again and again on its way out."""
    import signal

    real = signal.setitimer
    monkeypatch.setattr(signal, "setitimer", lambda which, delay, again=0: real(which, delay, again and 5e-4))
    for _ in range(200):
        with pytest.raises(TooSlow), time_limit(1e-4):
            endless(1, 2)
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
        assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


# --- entries -----------------------------------------------------------------------------------------------------


def test_values_are_exact():
    assert exact(3) / 64 == sp.Rational(3, 64)
    assert exact([[1, 2], [3, 4]]).shape == (2, 2)
    assert exact([1, 2]).shape == (2, 1)
    with pytest.raises(TypeError, match="float"):
        exact(0.1)
    with pytest.raises(TypeError, match="float"):
        exact([1, 0.5])


def test_degenerate_draws_are_not_served():
    exercise = Exercise(
        id="E1.4",
        title="A test",
        kind="number",
        section="sec-1-graph",
        objective="paths",
        difficulty=1,
        prompt="$<a>$",
        hints=["1", "2", "3"],
        solution="$<answer>$",
        given={"a": 3},
        draw=lambda rng: {"a": rng.randint(0, 3)},
        answer=lambda g: g.a**2,
        mistakes=[Mistake("one-path-only", lambda g: 2 * g.a), Mistake("paths-multiplied", lambda g: g.a)],
    )
    drawn = {make_task(exercise, seed).given.a for seed in range(40)}
    assert drawn == {3}, "at 0, 1 and 2 two of the values agree"
    assert Task(exercise, {"a": 2}).degenerate == "one-path-only leads to the right answer"
    assert Task(exercise, {"a": 0}).degenerate is not None


@pytest.mark.parametrize(
    ("variant", "error"), [("7", TypeError), (1.0, TypeError), (True, TypeError), (-1, ValueError)]
)
def test_a_variant_is_a_whole_number(variant, error):
    from jaclib.exercises.bank import load

    with pytest.raises(error, match="variant"):
        make_task(load()["E1.4"], variant)
