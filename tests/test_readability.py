"""The chapters stay readable: a grade of at most 10, by a formula that is tested on sentences counted by hand."""

import nbformat
import pytest

import exercise_cells
import notebooks
import readability


@pytest.mark.parametrize("path", exercise_cells.chapters(), ids=lambda path: path.name)
def test_a_chapter_asks_for_ten_years_of_school_at_most(path):
    text = readability.plain_text(notebooks.read(path))
    assert readability.grade(text) <= 10.0
    assert len(readability.sentences(text)) > 200


@pytest.mark.parametrize(
    ("text", "words", "syllables", "sentences"),
    [
        ("The cat sat on the mat.", 6, 6, 1),
        ("The derivative is a limit. It says how sensitive the output is!", 12, 19, 2),
        ("Jacobian matrices (of any shape) multiply; nobody's derivative escapes. Why?", 10, 24, 2),
    ],
)
def test_the_grade_is_that_of_the_formula(text, words, syllables, sentences):
    found = readability.sentences(text)
    assert (sum(map(len, found)), len(found)) == (words, sentences)
    assert sum(readability.syllables(word) for part in found for word in part) == syllables
    assert readability.grade(text) == pytest.approx(0.39 * words / sentences + 11.8 * syllables / words - 15.59)


def test_formulas_count_as_a_word_and_all_that_is_no_prose_is_left_out():
    source = """(sec-1-picture)=
## A heading of many long words

At $x = 3$ the slope is 0.75, see {eq}`eq-1-partial` and {ref}`the picture <sec-1-picture>`.

$$\\frac{\\partial f}{\\partial x} = 2$$ (eq-1-partial)

:::{admonition} Watch out
:class: warning
- One item
- `code()` runs
:::

| a | table |
|---|---|

```{image} figure.png
:alt: What it shows.
```
"""
    cell = nbformat.v4.new_markdown_cell(source)
    exercise = nbformat.v4.new_markdown_cell("An exercise.", metadata={"tags": ["exercise"]})
    nb = nbformat.v4.new_notebook(cells=[cell, exercise])
    words = [word for part in readability.sentences(readability.plain_text(nb)) for word in part]
    assert words == "At x the slope is x see eq- x -partial and the picture One item x runs".replace("-", "").split()
