"""Templates, plain text, and the Markdown of the book's pages."""

import re

import pytest
import sympy as sp

from jaclib.exercises import pages
from jaclib.exercises.checking import bank
from jaclib.exercises.given import Given, exact
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.plain import plain
from jaclib.exercises.reading import read_array
from jaclib.exercises.template import fill
from jaclib.exercises.writing import latex, text

x, y = sp.symbols("x y")

TEMPLATES = {
    "$<a>$": "$3$",
    "$x <a:+> y$": "$x + 3 y$",
    "$x <b:+> y$": "$x - 2 y$",
    "$<one:*>x$": "$x$",
    "$<minus:*>x$": "$-x$",
    "$<a:*>x$": "$3x$",
    "$y <one:+*>x$": "$y +x$",
    "$y <minus:+*>x$": "$y -x$",
    "$y <a:+*>x$": "$y + 3x$",
    "$2 \\cdot <b:()>$": "$2 \\cdot (-2)$",
    "$2 \\cdot <a:()>$": "$2 \\cdot 3$",
    "`<half:text>`": "`1/2`",
    "<third:decimal>": "0.333333",
    "$<v>$": "$(1, -2)$",
    "$<v:column>$": r"$\begin{pmatrix} 1 \\ -2 \end{pmatrix}$",
    "$<A>$": r"$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$",
    "$<ln>$": r"$\ln 3$",
    "$<f>$": "$x y - 3$",
    "$a < b$ and $c > d$": "$a < b$ and $c > d$",
    "<word>": "as it is",
    "<shape>": "(3, 2)",
}
VALUES = Given(
    a=exact(3),
    b=exact(-2),
    one=exact(1),
    minus=exact(-1),
    half=exact(1) / 2,
    third=exact(1) / 3,
    v=exact([1, -2]),
    A=exact([[1, 2], [3, 4]]),
    ln=sp.log(3),
    f=x * y - 3,
    word="as it is",
    shape=(3, 2),
)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_is_filled(template):
    assert fill(template, VALUES) == TEMPLATES[template]


def test_a_template_with_an_unknown_name_or_format_is_refused():
    with pytest.raises(ValueError, match="<nothing> has no value"):
        fill("<nothing>", VALUES)
    with pytest.raises(ValueError, match="unknown format"):
        fill("<a:strange>", VALUES)


@pytest.mark.parametrize(
    "value",
    [sp.Rational(-3, 64), 8 * sp.pi, (1 - sp.exp(-4)) / 2, 3 * sp.log(2), sp.sqrt(2) / 3, sp.Matrix([1, sp.pi]),
     sp.Matrix([[1, 2], [3, sp.Rational(1, 2)]]), sp.exp(1), sp.log(sp.Rational(3, 2))],
)  # fmt: skip
def test_text_of_a_value_can_be_typed_as_an_answer(value):
    for written in (text(value), latex(value)):
        read = read_array(written, several=isinstance(value, sp.MatrixBase)).value
        wanted = list(value) if isinstance(value, sp.MatrixBase) else [value]
        assert [float(entry) for entry in read.real] == pytest.approx([float(entry) for entry in wanted], rel=1e-14)


PLAIN = {
    r"$\frac{3}{64}$": "3/64",
    r"$-\frac{3}{64}$": "-3/64",
    r"$\dfrac{\partial L}{\partial w}$": "∂L/∂w",
    r"$\frac{a + b}{2}$": "(a + b)/2",
    r"$\frac{1}{1 + e^{-z}}$": "1/(1 + e^(-z))",
    r"$x^2 y^{10}$": "x² y¹⁰",
    r"$J^\mathsf{T} g$": "Jᵀ g",
    r"$\sum_{i} W_{ij}$": "∑ᵢ Wᵢⱼ",
    r"$\iint_D f\, dx\, dy$": "∬_D f dx dy",
    r"$\sqrt{2} + \sqrt{x + 1}$": "√2 + √(x + 1)",
    r"$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$": "[[1, 2], [3, 4]]",
    r"$\begin{pmatrix} 1 \\ 2 \end{pmatrix}$": "(1, 2)",
    r"$0 \le r \le 2\pi$": "0 ≤ r ≤ 2π",
    r"$\lvert \det J \rvert$": "|det J|",
    r"$X \mapsto AXB$": "X ↦ AXB",
    r"$\sigma'(z)$": "σ′(z)",
    r"$\operatorname{relu}(x)$": "relu(x)",
    "**bold** and *slanted*": "bold and slanted",
    "costs $5$": "costs 5",
    "`code_with_underscore * 2 * 3`": "`code_with_underscore * 2 * 3`",
    "{doc}`chapter 2 <02_jacobian_matrix>`": "chapter 2",
    "a\n\n$$\nx = 1 .\n$$\n\nb": "a\n\n    x = 1 .\n\nb",
}


@pytest.mark.parametrize("markdown", PLAIN)
def test_formulas_become_plain_text(markdown):
    written = plain(markdown)
    assert written.replace(" .", ".") == PLAIN[markdown].replace(" .", ".")


def test_code_stays_code():
    assert plain("Write\n\n```python\nx = a * b * c  # $\n```\n") == "Write\n\n    x = a * b * c  # $\n"


def fences(markdown):
    """Return the fences of Markdown, each with its length; they must nest."""
    open_ = []
    for line in markdown.splitlines():
        match = re.match(r"^(:{3,}|`{3,})(.*)$", line)
        if not match:
            continue
        fence, rest = match[1], match[2].strip()
        if open_ and fence == open_[-1] and not rest:
            open_.pop()
        else:
            assert rest, f"a fence closes nothing: {line!r}"
            assert not open_ or fence[0] != open_[-1][0] or len(fence) < len(open_[-1])
            open_.append(fence)
    return open_


@pytest.mark.parametrize("id", list(bank()))
def test_the_blocks_of_an_exercise_hold_all_of_it(id):
    exercise = bank()[id]
    task, below = pages.task_block(exercise), pages.help_block(exercise)
    assert fences(task) == fences(below) == []
    assert f":label: {pages.label(exercise)}" in task
    assert below.count("{dropdown} Hint") == len(exercise.hints)
    assert below.count("{dropdown} Solution") == 1
    assert f'check("{id}", ' in pages.starter(exercise)


def test_the_lists_name_everything():
    tables = [pages.exercise_table(chapter) for chapter in (1, 2, 3)]
    objectives = [pages.objective_list(chapter) for chapter in (1, 2, 3)]
    slips = {label: entry for chapter in (1, 2, 3) for label, entry in pages.misconception_entries(chapter).items()}
    used = {mistake.misconception for exercise in bank().values() for mistake in exercise.mistakes}
    for exercise in bank().values():
        named = f"{{ref}}`{exercise.id} <{pages.label(exercise)}>`"
        assert f"| {named} | {exercise.title} |" in tables[exercise.chapter - 1]
        assert "|" not in exercise.title, "a bar would end the cell of the table"
        assert sum(named in listed for listed in objectives) == 1
        assert any(named in text for _, text in slips.values())
    assert slips.keys() == {f"misconception-{key}" for key in used}
    for key in used:
        title, text = slips[f"misconception-{key}"]
        assert title == MISCONCEPTIONS[key].title
        assert text.startswith(MISCONCEPTIONS[key].explanation)
