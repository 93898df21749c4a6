"""The reader of answers: what people type, what it refuses, and that nothing else than its own error comes out."""

import contextlib
import decimal
import fractions
import math
import random

import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jaclib.exercises.limit import time_limit
from jaclib.exercises.numbers import Fit, Number, fit
from jaclib.exercises.reading import Unreadable, read_array, read_set

F = fractions.Fraction

# What is typed, and what it means: written here by hand, evaluated by mpmath.
NUMBERS = {
    "3/64": F(3, 64),
    "-0.046875": F(-3, 64),
    "8*pi": 8 * mpmath.pi,
    "8π": 8 * mpmath.pi,
    "8 pi": 8 * mpmath.pi,
    "27pi/2": 27 * mpmath.pi / 2,
    "27π/2": 27 * mpmath.pi / 2,
    "ln(2)*3": 3 * mpmath.log(2),
    "3 ln 2": 3 * mpmath.log(2),
    "3ln2": 3 * mpmath.log(2),
    "ln 8": mpmath.log(8),
    "log(2)": mpmath.log(2),
    "(1-e^-4)/2": (1 - mpmath.exp(-4)) / 2,
    "(1 - exp(-4)) / 2": (1 - mpmath.exp(-4)) / 2,
    "2(e^-1 - e^-2)": 2 * (mpmath.exp(-1) - mpmath.exp(-2)),
    "2e^-1-2e^-2": 2 * (mpmath.exp(-1) - mpmath.exp(-2)),
    "(1 − e⁻⁴)/2": (1 - mpmath.exp(-4)) / 2,
    r"\frac{3}{64}": F(3, 64),
    r"-\frac{3}{64}": F(-3, 64),
    r"-\tfrac{27\pi}{2}": -27 * mpmath.pi / 2,
    r"\frac12": F(1, 2),
    r"\frac\pi2": mpmath.pi / 2,
    r"\frac{1-e^{-4}}{2}": (1 - mpmath.exp(-4)) / 2,
    r"$\dfrac{128\pi}{15}$": 128 * mpmath.pi / 15,
    r"3\ln 2": 3 * mpmath.log(2),
    r"3 \ln\left(2\right)": 3 * mpmath.log(2),
    r"\sqrt{2}": mpmath.sqrt(2),
    r"\sqrt[3]{8}": 2,
    r"2 \cdot 3": 6,
    r"\mathrm{e}^{-1}": mpmath.exp(-1),
    "√2": mpmath.sqrt(2),
    "√(2)/2": mpmath.sqrt(2) / 2,
    "1e-3": F(1, 1000),
    "2e3": 2000,
    "2e": 2 * mpmath.e,
    "1_000": 1000,
    ".5": F(1, 2),
    "5.": 5,
    "½": F(1, 2),
    "2²": 4,
    "-2^2": -4,
    "(-2)^2": 4,
    "2^-1": F(1, 2),
    "2**3**2": 512,
    "2^0.5": mpmath.sqrt(2),
    "-3^2/2": F(-9, 2),
    "1/2 pi": mpmath.pi / 2,
    "1 - 2 - 3": -4,
    "8/4/2": 1,
    "--3": 3,
    "+3": 3,
    "2*-3": -6,
    "np.pi": mpmath.pi,
    "math.exp(-1)": mpmath.exp(-1),
    "numpy.sqrt(2)": mpmath.sqrt(2),
    "sp.Rational(3, 64)": F(3, 64),
    "Fraction(3, 64)": F(3, 64),
    "S(3)/64": F(3, 64),
    "np.float64(0.25)": F(1, 4),
    "sin(pi/6)": F(1, 2),
    "atan(1)": mpmath.pi / 4,
    "sigmoid(ln 3)": F(3, 4),
    "abs(-3)": 3,
    "log10(1000)": 3,
    "log(8, 2)": 3,
    "((((7))))": 7,
    "ln 2 / 2": mpmath.log(2) / 2,
    "1/sqrt(2*pi)*exp(-2)": mpmath.exp(-2) / mpmath.sqrt(2 * mpmath.pi),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_read(text):
    array = read_array(text).value
    assert array.shape == ()
    with mpmath.workdps(50):
        value, expected = array.entries[0].real, NUMBERS[text]
        expected = (
            mpmath.mpf(expected.numerator) / expected.denominator if isinstance(expected, F) else +mpmath.mpf(expected)
        )
        assert abs(mpmath.mpf(str(value)) - expected) < mpmath.mpf(10) ** -14 * (1 + abs(expected))


ARRAYS = {
    "[[1,2],[3,4]]": [[1, 2], [3, 4]],
    "1 2; 3 4": [[1, 2], [3, 4]],
    "1, 2; 3, 4": [[1, 2], [3, 4]],
    "[1 2; 3 4]": [[1, 2], [3, 4]],
    "1 2\n3 4": [[1, 2], [3, 4]],
    "1, 2\n3, 4": [[1, 2], [3, 4]],
    "[[1. 2.]\n [3. 4.]]": [[1, 2], [3, 4]],
    "[[ 1 -2]\n [-3  4]]": [[1, -2], [-3, 4]],
    "array([[1., 2.],\n       [3., 4.]])": [[1, 2], [3, 4]],
    "np.array([[1, 2], [3, 4]], dtype=float)": [[1, 2], [3, 4]],
    "Matrix([[1, 2], [3, 4]])": [[1, 2], [3, 4]],
    "Matrix(2, 2, [1, 2, 3, 4])": [[1, 2], [3, 4]],
    "torch.tensor([[1, 2], [3, 4]])": [[1, 2], [3, 4]],
    "((1, 2), (3, 4))": [[1, 2], [3, 4]],
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}": [[1, 2], [3, 4]],
    r"\begin{bmatrix}1&2\\3&4\end{bmatrix}": [[1, 2], [3, 4]],
    r"\left(\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right)": [[1, 2], [3, 4]],
    "(−7, 22)": [-7, 22],
    "-7, 22": [-7, 22],
    "-7 22": [-7, 22],
    "[7 -22]": [7, -22],
    "7 -22": [7, -22],
    "[1 - 2, 3]": [-1, 3],
    "(1-2, 3)": [-1, 3],
    "7 3 -1; 0 -2 1": [[7, 3, -1], [0, -2, 1]],
    "-1/2*(3, 6)": [-1.5, -3],
    "[1, 2] + [3, 4]": [4, 6],
    "[[1, 2], [3, 4]].T": [[1, 3], [2, 4]],
    "[[1, 2], [3, 4]]'": [[1, 3], [2, 4]],
    "[[1, 2], [0, 1]] @ [[1, 0], [3, 1]]": [[7, 2], [3, 1]],
    "outer([1, 2], [3, 4])": [[3, 4], [6, 8]],
    "eye(2)": [[1, 0], [0, 1]],
    "(3,)": [3],
    "1; 2": [[1], [2]],
    "3 ln 2; 4": [[3 * math.log(2)], [4]],
}


@pytest.mark.parametrize("text", ARRAYS)
def test_an_array_is_read(text):
    array = read_array(text, several=True).value
    expected = np.array(ARRAYS[text], dtype=float)
    assert array.shape == expected.shape
    np.testing.assert_allclose([float(x) for x in array.real], expected.ravel(), rtol=1e-14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2xy^3", 2 * 5 * 7**3),
        ("2yx^3", 2 * 7 * 5**3),
        ("xy^2y", 5 * 7**2 * 7),
        ("1/xy^2", 1 / (5 * 7**2)),
        ("(xy)^2", (5 * 7) ** 2),
        ("2^xy", 2 ** (5 * 7)),
    ],
)
def test_a_power_behind_a_product_of_names_belongs_to_the_last(text, expected):
    values = {"x": read_array("5").value, "y": read_array("7").value}
    assert float(read_array(text, values).value.entries[0].real) == pytest.approx(expected, rel=1e-14)


def test_names_stand_for_given_matrices():
    A, B = np.array([[1, 2], [0, 1]]), np.array([[1, 0], [3, 1]])
    names = {"A": read_array(A).value, "B": read_array(B).value}
    expected = np.kron(A, B.T)
    forms = [
        "kron(A, B.T)",
        "np.kron(A, B.T)",
        "A ⊗ Bᵀ",
        r"A \otimes B^{\mathsf{T}}",
        r"A\otimes B^\top",
        "kron(A, B')",
    ]
    for text in [*forms, "kron(A, transpose(B))", "kron(A, B^T)", "kronecker_product(A, B.transpose())"]:
        array = read_array(text, names, several=True).value
        assert [float(x) for x in array.real] == expected.ravel().tolist(), text
    assert [float(x) for x in read_array("A @ B", names).value.real] == (A @ B).ravel().tolist()


OBJECTS = [
    (68, 68),
    (F(3, 64), 3 / 64),
    (0.25, 0.25),
    (decimal.Decimal("0.25"), 0.25),
    (np.float32(0.25), 0.25),
    (np.int64(7), 7),
    (np.array(7.0), 7),
    (sp.pi / 2, math.pi / 2),
    (sp.Rational(3, 64), 3 / 64),
    ([1, 2], [1, 2]),
    ((1, "1/2"), [1, 0.5]),
    (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
    (np.array([F(1, 2), sp.Rational(1, 4)], dtype=object), [0.5, 0.25]),
    (sp.Matrix([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
    (sp.ImmutableMatrix([[sp.pi]]), [[math.pi]]),
    (range(3), [0, 1, 2]),
]


@pytest.mark.parametrize(("raw", "expected"), OBJECTS, ids=lambda value: repr(value)[:30])
def test_an_object_is_read(raw, expected):
    array = read_array(raw).value
    expected = np.array(expected, dtype=float)
    assert array.shape == expected.shape
    np.testing.assert_allclose([float(x) for x in array.real], expected.ravel(), rtol=1e-14)


# What cannot be read: the place of the caret, and a word of the message.
REFUSED = {
    "1/2pi": (3, "two ways"),
    "ln 2/2": (4, "two ways"),
    "sin 2x": (5, "two ways"),
    "1 2": (2, "side by side"),
    "105 000": (4, "side by side"),
    "3 = x": (2, "without an equation"),
    "x = 3": (0, "without"),
    "foo": (0, "no name or function"),
    "2*foo(3)": (2, "no name or function"),
    "i": (0, "Complex"),
    "|3|": (0, r"abs\("),
    "(1, 2": (0, "not closed"),
    "1, 2)": (4, "closes nothing"),
    "[1, 2)": (0, "not closed"),
    "1,,2": (2, "missing"),
    "3 +": (3, "missing"),
    "3 + * 4": (4, "does not fit"),
    "1/0": (1, "zero"),
    "1/(2-2)": (1, "zero"),
    "ln(0)": (0, "not defined"),
    "50%": (2, "means nothing"),
    "[[1, 2], [3]]": (0, "different shapes"),
    "[1, 2] + [1, 2, 3]": (7, "do not fit"),
    "sqrt": (4, "missing"),
    "A.T": (0, "no name"),
    "[1].inv": (3, r"only \.T"),
    r"\begin{cases} 1 \end{cases}": (0, "environments"),
    "sin^2(3)": (3, "power of sin"),
    "(-8)^(1/3)": (4, "negative"),
    "{1, 2}": (0, "set"),
    "[0, 1) ": (0, "not closed"),
    "kron(2)": (0, "takes"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_place(text):
    place, word = REFUSED[text]
    with pytest.raises(Unreadable, match=word) as caught:
        read_array(text)
    assert caught.value.position == place, caught.value.pointer
    line, caret = caught.value.pointer.split("\n")
    assert caret.index("^") == place
    assert line.startswith(text[:20].split("\n")[0])


HOSTILE = [
    "9**9**9**9",
    "9^9^9^9",
    "2^(10^9)",
    "(10^300)^(10^300)",
    "exp(exp(exp(9)))",
    "exp(10^9)",
    "sinh(10^9)",
    "e^(e^(e^e))",
    "1e999999999",
    "1e0000000000000000000000009999999",
    "9" * 3000,
    "9" * 100_000,
    "(" * 3000 + "1" + ")" * 3000,
    "[" * 3000,
    "-" * 3000 + "1",
    "sqrt(" * 500 + "2",
    "√" * 3000 + "2",
    r"\frac" * 700,
    r"\frac{" * 600,
    "2^" * 1500 + "2",
    "^" * 3000,
    "1;" * 1900,
    "kron(" * 30 + "[[1,2],[3,4]]" + ",[[1,2],[3,4]])" * 30,
    "[" + "1," * 1900 + "1]" + "@" + "[" + "1," * 10 + "1]",
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "[].__len__",
    "np.__loader__",
    "np.os.system",
    "eval('1')",
    "exec(1)",
    "lambda: 1",
    "open('/etc/passwd')",
    "print(1)",
    "[x for x in [1]]",
    "a" * 3900,
    "\x00",
    "\ud800",
    "1\u202e2",
    "f'{1}'",
    "Matrix(10**9, 10**9, [1])",
    "Matrix(2, 2, 2, 2)",
    "eye(10^6)",
    "Rational([1,2],[3,4],[5])",
    "100!",
    "cos(10^30)",
    "1/3" + "/3" * 490,
    "(1/7 + 1/11)" + "*(1/7 + 1/11)" * 70,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_is_refused_at_once_and_runs_nothing(text):
    refusals = []
    for read in (read_array, lambda text: read_array(text, several=True), read_set):
        with time_limit(20):  # a thousand times what it takes
            try:
                read(text)
            except Unreadable as error:
                refusals.append(error.message)
    assert all(0 < len(message) < 200 for message in refusals)


def test_hostile_text_that_must_be_refused():
    for text in HOSTILE[:4] + HOSTILE[12:14] + HOSTILE[24:32]:
        with pytest.raises(Unreadable):
            read_array(text)


WORDS = r"""
pi e ln sqrt sin exp( kron( np. .T x A \frac \begin{pmatrix} \end{pmatrix} \left \cdot \pi ** 1e ² ⁻ π − √ ∞ ½ Matrix(
array( Interval( oo nan in ∪ <= 0 1 64 dtype= __ lambda
"""
PIECES = st.sampled_from([*"0123456789.,;:()[]{}+-*/^@&|'\"\\$%!?=<>_ \n\t", *WORDS.split()])


@settings(max_examples=400)
@given(text=st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60)))
@example("\\")
@example("\\begin")
@example("x" * 4001)
@example("1e")
@example("'")
@example(".T")
@example("[;]")
@example("(,)")
@example("{}")
@example("np.")
@example("Interval.")
@example("dtype=")
@example("Fraction(3,√4)")
def test_any_text_is_read_or_refused(text):
    names = {"A": read_array([[1, 2], [3, 4]]).value, "x": read_array(3).value}
    for several in (False, True):
        try:
            reading = read_array(text, names, several=several)
        except Unreadable as error:
            pointer = error.pointer or "\n"
        else:
            assert len(reading.value.entries) == math.prod(reading.value.shape)
            assert isinstance(reading.shown, str)
            pointer = "\n"
        assert pointer.count("\n") == 1
    with contextlib.suppress(Unreadable):
        read_set(text)


class Odd:
    """An object that answers every question with an error."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __len__(self):
        raise RuntimeError("len")


@pytest.mark.parametrize(
    "raw",
    [
        *(None, True, np.True_, 1j, np.array([1j]), print, object(), {1: 2}, [1, [2, 3]], np.zeros(5000), [[]] * 5000),
        *(b"3", Odd(), np.array(["a"]), np.array([np.datetime64("2020-01-01")]), [[[[[[[[[[[1]]]]]]]]]]], iter([1])),
        *(sp.Symbol("x"), sp.I, sp.Integral(sp.Symbol("x"), (sp.Symbol("x"), 0, 1)), np.ma.masked_array([1], [True])),
        *(10**2000, decimal.Decimal("1e999999")),
    ],
    ids=lambda raw: type(raw).__name__,
)
def test_objects_that_are_no_answer_are_refused(raw):
    with pytest.raises(Unreadable) as caught:
        read_array(raw)
    assert len(caught.value.message) > 15


def test_a_list_that_contains_itself_is_refused():
    loop = []
    loop.append(loop)
    with pytest.raises(Unreadable, match="nested"):
        read_array(loop)


def test_a_traced_value_is_refused():
    from jaclib import grad

    with pytest.raises(Unreadable, match="traced"):
        grad(lambda x: read_array(x).value.real[0])(2.0)


# --- decimals ----------------------------------------------------------------------------------------------------

DECIMALS = [
    # truth, typed, verdict
    (F(3, 64), "0.046875", Fit.SAME),
    (F(3, 64), "0.0469", Fit.SAME),
    (F(3, 64), "4.69e-2", Fit.SAME),
    (F(3, 64), "0.04690", Fit.NEAR),  # the last zero is wrong
    (F(3, 64), "0.04688", Fit.SAME),  # a tie, rounded up
    (F(3, 64), "0.04687", Fit.SAME),  # and down
    (F(3, 64), "0.0468", Fit.CUT),
    (F(3, 64), "0.047", Fit.COARSE),
    (F(3, 64), "0.05", Fit.COARSE),
    (F(3, 64), "0.0470", Fit.NO),
    (F(3, 64), "0.0468750", Fit.SAME),
    (F(3, 64), "0.0468750001", Fit.NEAR),
    (F(2, 3), "0.667", Fit.SAME),
    (F(2, 3), "0.666", Fit.CUT),
    (F(2, 3), "0.6667", Fit.SAME),
    (F(2, 3), "0.66666666666666663", Fit.SAME),  # as float64 prints it
    (F(2, 3), "-0.667", Fit.NO),
    (F(8), "8.00", Fit.SAME),
    (F(8), "8", Fit.SAME),
    (F(8), "8.01", Fit.NO),
    (F(9996, 1000), "10.0", Fit.SAME),
    (F(9996, 1000), "9.996", Fit.SAME),
    (F(20106, 100), "201", Fit.SAME),  # a whole number may be a rounded one
    (F(20106, 100), "200", Fit.NO),
    (F(5050000), "5.05e6", Fit.SAME),
    (F(5050000), "5050001", Fit.NEAR),
    (F(0), "0", Fit.SAME),
    (F(0), "0.000", Fit.SAME),
    (F(0), "-0.0", Fit.SAME),
    (F(0), "1e-17", Fit.SAME),
    (F(0), "0.001", Fit.NO),
    (F(1, 10**9), "0", Fit.NO),
    (F(1, 10**13), "1e-13", Fit.SAME),
]


@pytest.mark.parametrize(("truth", "typed", "verdict"), DECIMALS, ids=lambda value: str(value))
def test_decimals_count_as_right_in_all_their_digits(truth, typed, verdict):
    assert fit(read_array(typed).value.entries[0], Number(truth)) is verdict


def test_floats_may_have_the_error_of_a_computation():
    truth = Number(read_array("8*pi").value.entries[0].value)
    assert fit(read_array(8 * math.pi).value.entries[0], truth) is Fit.SAME
    assert fit(read_array(8 * math.pi * (1 + 1e-11)).value.entries[0], truth) is Fit.SAME
    assert fit(read_array(8 * math.pi * (1 + 1e-7)).value.entries[0], truth) is Fit.NEAR
    assert fit(read_array(np.float32(8 * math.pi)).value.entries[0], truth) is Fit.SAME
    assert fit(read_array(1e-12).value.entries[0], Number(F(0))) is Fit.SAME
    assert fit(read_array(1e-5).value.entries[0], Number(F(0))) is Fit.NO


@settings(max_examples=200)
@given(
    truth=st.fractions(min_value=-1000, max_value=1000, max_denominator=5000).filter(lambda x: x != 0),
    digits=st.integers(3, 9),
    off=st.sampled_from([0, 1, -1, 2, -7]),
)
def test_rounding_by_the_decimal_module_is_right_and_its_neighbours_are_not(truth, digits, off):
    with decimal.localcontext(prec=60):
        exact = decimal.Decimal(truth.numerator) / decimal.Decimal(truth.denominator)
    rounded = decimal.Context(prec=digits).create_decimal(exact)
    if len(rounded.as_tuple().digits) < digits:
        rounded = rounded.quantize(decimal.Decimal(1).scaleb(rounded.adjusted() - digits + 1))
    unit = decimal.Decimal(1).scaleb(rounded.adjusted() - digits + 1)
    typed = rounded + off * unit
    verdict = fit(read_array(f"{typed:f}" if rounded.adjusted() > -8 else str(typed)).value.entries[0], Number(truth))
    tie = abs(exact - rounded) * 2 == unit
    if off == 0:
        assert verdict is Fit.SAME
    elif not (tie and abs(off) == 1) and typed.adjusted() == rounded.adjusted():
        assert verdict is not Fit.SAME


# --- sets --------------------------------------------------------------------------------------------------------

SETS = {
    "[0, 1]": sp.Interval(0, 1),
    "(0, 1)": sp.Interval.open(0, 1),
    "[0, 1)": sp.Interval.Ropen(0, 1),
    "{0}": sp.FiniteSet(0),
    "{0, 1}": sp.FiniteSet(0, 1),
    "0 <= s <= 1": sp.Interval(0, 1),
    "0≤g≤1": sp.Interval(0, 1),
    "1 >= s > 0": sp.Interval.Lopen(0, 1),
    "s >= 0": sp.Interval(0, sp.oo),
    "0 < s": sp.Interval.open(0, sp.oo),
    "[0, oo)": sp.Interval(0, sp.oo),
    "[0, ∞]": sp.Interval(0, sp.oo),
    "R": sp.Reals,
    "∅": sp.S.EmptySet,
    "{}": sp.S.EmptySet,
    r"\{0\}": sp.FiniteSet(0),
    r"\left[0, 1\right]": sp.Interval(0, 1),
    r"\{s \mid 0 \le s \le 1\}": sp.Interval(0, 1),
    "{s : 0 <= s <= 1}": sp.Interval(0, 1),
    "s ∈ [0, 1]": sp.Interval(0, 1),
    "s in [0, 1]": sp.Interval(0, 1),
    "[0, 1] ∪ {2}": sp.Union(sp.Interval(0, 1), sp.FiniteSet(2)),
    "[0, 1] ∪ (1, 2]": sp.Interval(0, 2),
    "[0, 1) ∪ {1}": sp.Interval(0, 1),
    "[0, 1) ∪ (1, 2]": sp.Union(sp.Interval.Ropen(0, 1), sp.Interval.Lopen(1, 2)),
    r"[0,1] \cup [1/2, 2]": sp.Interval(0, 2),
    "Interval(0, 1)": sp.Interval(0, 1),
    "Interval.open(0, 1)": sp.Interval.open(0, 1),
    "FiniteSet(0, 1)": sp.FiniteSet(0, 1),
    "Union(Interval(0, 1), {3})": sp.Union(sp.Interval(0, 1), sp.FiniteSet(3)),
    "1/2": sp.FiniteSet(sp.Rational(1, 2)),
}


@pytest.mark.parametrize("text", SETS)
def test_a_set_is_read(text):
    pieces = read_set(text).value.pieces
    ends = [(float(p.low.real), p.low_closed, float(p.high.real), p.high_closed) for p in pieces]
    expected = SETS[text]
    parts = expected.args if isinstance(expected, sp.Union) else [] if expected is sp.S.EmptySet else [expected]
    wanted = []
    for part in parts:
        if isinstance(part, sp.FiniteSet):
            wanted += [(float(x), True, float(x), True) for x in part]
        else:
            wanted.append((float(part.inf), not part.left_open, float(part.sup), not part.right_open))
    assert ends == sorted(wanted)


@pytest.mark.parametrize("raw", [[0, 1], sp.Interval(0, 1), (0.0, 1.0), {0, 1}, frozenset({0}), sp.FiniteSet(0), 0])
def test_a_set_object_is_read(raw):
    assert read_set(raw).value.pieces


@pytest.mark.parametrize("text", ["[1, 0]", "[0, 1, 2]", "0 <= 1", "0 <= s >= 1", "s", "[[0, 1]]", "a <= s <= 1"])
def test_what_is_no_set_is_refused(text):
    with pytest.raises(Unreadable):
        read_set(text)


# --- how an answer is shown --------------------------------------------------------------------------------------


@settings(max_examples=150)
@given(seed=st.integers(0, 10**6))
def test_what_is_shown_reads_back_as_the_same_number(seed):
    from exercise_forms import random_number

    rng = random.Random(seed)
    value = rng.choice(
        [sp.Rational(rng.randint(-50, 50), rng.randint(1, 9)), sp.pi * rng.randint(1, 9), sp.exp(-2) + 1]
    )
    reading = read_array(random_number(value, rng, 4))
    again = read_array(reading.shown)
    assert fit(again.value.entries[0], Number(reading.value.entries[0].value)) is Fit.SAME
