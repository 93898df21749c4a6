"""How an answer was read, in LaTeX: the reader, which reads LaTeX too, must find the same in it again."""

import random

import pytest

import exercise_forms as forms
from jaclib.exercises.checking import bank
from jaclib.exercises.numbers import Fit
from jaclib.exercises.reading import Unreadable, read_array
from jaclib.exercises.reading.reader import read_tree
from jaclib.exercises.reading.typeset import typeset
from jaclib.exercises.task import Task, make_task

READ = [e for e in bank().values() if e.kind not in ("choice", "code")]

SHOWN = {
    "1/2*pi": r"\frac{1}{2} \cdot \pi",
    "(1+x)^2": r"\left(1 + x\right)^{2}",
    "-x^2": "-x^{2}",
    "(-x)^2": r"\left(-x\right)^{2}",
    "(x^2)^3": r"\left(x^{2}\right)^{3}",
    "(1/2)^3": r"\left(\frac{1}{2}\right)^{3}",
    "2 - (3 - x)": r"2 - \left(3 - x\right)",
    "2*-x": r"2 \cdot \left(-x\right)",
    "1e-5": r"1 \cdot 10^{-5}",
    "½": r"\frac{1}{2}",
    "sqrt(x)/abs(x)": r"\frac{\sqrt{x}}{\left|x\right|}",
    "log(x, 2)": r"\log_{2}\left(x\right)",
    "ln 2": r"\ln\left(2\right)",
    "e^(2x)": r"e^{2 \cdot x}",
    "sigmoid(x)": r"\sigma\left(x\right)",
    "root": None,
}


@pytest.mark.parametrize("text", SHOWN)
def test_what_was_read_is_shown(text):
    if SHOWN[text] is None:
        with pytest.raises(Unreadable):
            read_tree(text, names=("x",))
    else:
        assert typeset(read_tree(text, names=("x",))[0]) == SHOWN[text]


@pytest.mark.parametrize(
    "text", ["[[1, 2], [3, 4]]", "1 2; 3 4", "1 2\n3 4", "[1 2; 3 4]", "np.array([[1, 2], [3, 4]])"]
)
def test_every_notation_of_a_matrix_is_shown_as_one(text):
    assert typeset(read_array(text, several=True).tree) == r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"


@pytest.mark.parametrize("text", ["3 -2", "(3, -2)", "3, -2"])
def test_a_list_is_shown_as_a_list(text):
    assert typeset(read_array(text, several=True).tree) == r"\left(3,\ -2\right)"


@pytest.mark.parametrize("exercise", READ, ids=lambda e: e.id)
def test_the_reader_finds_the_same_again(exercise):
    rng = random.Random(exercise.id)
    tasks = [Task(exercise), *([make_task(exercise, 3)] if exercise.draw else [])]
    for task in tasks:
        texts = [form for form in forms.forms_of(task) if isinstance(form, str)]
        texts += [form for _ in range(20) if isinstance(form := forms.random_form(task, rng), str)]
        read = 0
        for text in texts:
            reading = task.kind.read(text, task)
            if reading.tree is None:
                continue
            again = task.kind.read(typeset(reading.tree), task)
            assert task.kind.fit(again.value, reading.value, task) is Fit.SAME, (text, typeset(reading.tree))
            read += 1
        assert read > 5
