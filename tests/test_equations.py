"""Every displayed equation of the book is checked, and a typo in it would be found."""

import nbformat
import numpy as np
import pytest

from equations import ENTRIES, book, check, meaning, page
from equations.checks import WrongEquation, text_of
from equations.mutants import HARMLESS, mutants
from equations.reading import read
from equations.registry import register
from equations.scope import Scope
from equations.tokens import ReadingError

LABELLED = [equation for equation in book.equations() if equation.label]
READ = [label for label, entry in ENTRIES.items() if entry.read != "no"]


@pytest.mark.parametrize("label", ENTRIES)
def test_equation_holds(label):
    check(label)


def test_every_displayed_equation_has_a_label():
    assert [f"{e.page}, cell {e.cell}: {e.latex}" for e in book.equations() if e.label is None] == []


def test_no_page_with_an_equation_is_left_out():
    for path in sorted([*book.BOOK.glob("*.ipynb"), *book.BOOK.glob("*.md")]):
        assert path.name in book.PAGES or book.displayed(book.read(path.name), path.name) == [], path.name


def test_no_label_is_used_twice():
    labels = [equation.label for equation in LABELLED]
    assert sorted(labels) == sorted({*labels})


def test_every_label_has_an_entry_and_every_entry_a_label():
    assert {equation.label for equation in LABELLED} == {*ENTRIES}


@pytest.mark.parametrize("label", READ)
def test_every_typo_is_found(label):
    survivors, tried = {}, 0
    for kind, latex in mutants(text_of(label)):
        tried += 1
        try:
            check(label, latex, proof=False)
        except Exception:
            continue
        survivors.setdefault((label, kind), []).append(latex)
    assert tried
    harmless = {key: count for key, (count, _) in HARMLESS.items() if key[0] == label}
    assert {key: len(found) for key, found in survivors.items()} == harmless, survivors


def notebook_with(text):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("$$\nx = 1\n$$ (eq-1-x)", "eq-1-x"),
        ("$$\nx = 1\n$$", None),
        ("$$ x = 1 $$\n\n(eq-1-x)=", None),
        ("```{math}\nx = 1\n```", None),
        ("\\begin{align}\nx = 1\n\\end{align}", None),
    ],
)
def test_a_displayed_equation_is_seen_with_its_label_or_without(text, label):
    assert [equation.label for equation in book.displayed(notebook_with(text), "x.ipynb")] == [label]


def test_equations_of_exercises_are_left_to_the_exercises():
    nb = notebook_with("$$\nx = 1\n$$")
    nb.cells[0].metadata["tags"] = ["exercise"]
    assert book.displayed(nb, "x.ipynb") == []


def test_a_definition_is_taken_from_the_cell_that_follows_a_label():
    """Chapter 2 calls two functions g: one of three numbers in the text on matrices, one of two in that on chains."""
    by_hand = book.function(2, "g", after="eq-2-byhand")
    in_chain = book.function(2, "g", after="eq-2-chain")
    assert by_hand((2.0, -1.0, 3.0)).tolist() == [6.0, 5.0]
    assert in_chain([2.0, -1.0]).tolist() == [-2.0, 1.0, 1.0]


A = np.array([[1.0, 2.0, -1.0], [0.5, -3.0, 4.0]])
V = np.array([[2.0], [-1.0], [3.0]])
MEANING = dict(A=A, v=V, x=0.7, y=-1.3, n=3, f=lambda x: x**3, w=2.0)


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        (r"2 x^2 y", 2 * 0.49 * -1.3),
        (r"-x^2", -0.49),
        (r"w(x + 1)", 3.4),  # a product
        (r"f(x + 1)", 1.7**3),  # a call
        (r"f'(x)", 3 * 0.49),
        (r"f''(x)", 6 * 0.7),
        (r"\frac1x y", -1.3 / 0.7),
        (r"\frac{d}{dx} x^3", 3 * 0.49),
        (r"\textcolor{#00845F}{\frac{\partial f}{\partial x}}", 3 * 0.49),
        (r"\sin^2 x \cos x", np.sin(0.7) ** 2 * np.cos(0.7)),
        (r"\sin 2 x + 1", np.sin(1.4) + 1),
        (r"\log|y|", np.log(1.3)),
        (r"|y|\,|x - 1|", 1.3 * 0.3),
        (r"\bigl|\,|y| - 2\bigr|", 0.7),
        (r"A_{12}", 2.0),
        (r"\sum_{k=1}^{n} A_{2k} v_k", 16.0),
        (r"A v", [[-3.0], [16.0]]),
        (r"v^\mathsf{T} A^\mathsf{T}", [[-3.0, 16.0]]),
        (r"v \cdot v", 14.0),
        (r"\lVert A v \rVert", np.sqrt(265)),
        (r"\det \begin{pmatrix} 1 & 2 \\ 3 & x \end{pmatrix}", 0.7 - 6),
        (r"\int_0^1 t^2 \, dt", 1 / 3),
        (r"\int_0^1\!\int_0^2 s t^2 \, dt\,ds", 4 / 3),
        (r"\int_{-\infty}^{\infty} \frac{dt}{1 + t^2}", np.pi),
        (r"\Bigl[\tfrac{t^2}{2}\Bigr]_1^3", 4.0),
        (r"\lim_{h \to 0} \frac{\sin h}{h}", 1.0),
        (r"\prod_{k=1}^{n} v_k", -6.0),
    ],
)
def test_the_reader_means_what_the_book_means(latex, value):
    scope = Scope(MEANING)
    known, functions = scope.names()
    statement = read(f"{latex} = t", known | {"t"}, functions)[0]
    np.testing.assert_allclose(meaning.value(statement.sides[0], scope), value, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"q = 1", "does not say what q means"),
        (r"x + 1", "no relation"),
        (r"x = \mystery", "expected a factor at 'mystery'"),
        (r"x = (y", "expected '\\)'"),
        (r"x = y +", "expected a factor"),
        (r"x = \int_0^1 t^2", "without its differential"),
        (r"x = \sum x", "without anything below it"),
    ],
)
def test_what_cannot_be_read_is_named(latex, message):
    known, functions = Scope(MEANING).names()
    with pytest.raises(ReadingError, match=message):
        read(latex, known | {"t"}, functions)


def test_dots_stand_only_between_the_ends_of_one_sequence():
    label = "eq-2-elementwise"
    wrong = text_of(label).replace("(x_n)", "(z_n)").replace("z_n", "x_1")
    with pytest.raises(ReadingError, match="not the first and the last"):
        check(label, wrong)


def test_what_holds_in_numbers_but_not_for_all_values_is_not_proved():
    """A factor that differs from 3 by 1e-10 passes in floats, and fails as an identity."""
    label = "eq-1-example-partials"
    wrong = text_of(label).replace("3x", r"\frac{29999999999}{10000000000} x")
    check(label, wrong, proof=False)
    with pytest.raises(WrongEquation):
        check(label, wrong)


def test_an_entry_needs_a_known_kind_and_a_label_of_its_own():
    with pytest.raises(ValueError, match="kind 'guess'"):
        register("eq-9-new", "guess", "By looking at it.")
    with pytest.raises(ValueError, match="two entries for eq-1-partial"):
        register("eq-1-partial", "numeric", "Again.")


def test_the_page_lists_every_equation_and_counts_them():
    listed = [label for name in book.PAGES for label, _, _ in page.entries(name)]
    assert listed == [equation.label for equation in LABELLED]
    assert page.summary().splitlines()[-1].startswith(f"| **all** | **{len(LABELLED)}** |")
