"""Every number in the chapters' prose is printed or asserted by their code, or computed here."""

import math

import nbformat
import numpy as np
import pytest
from scipy import integrate, stats

import exercise_cells
import notebooks
import prose_numbers

# What a question in the text is about.
GIVEN = {"5.5", "1000000"}
# What the chapters work out in the text: number as written -> its computation.
COMPUTED = {
    1: {"29": lambda: 14 * 4 - 9 * 3},
    2: {
        "1.2702": lambda: 1 + 0.5 * math.cos(1),
        "1.12": lambda: math.sqrt(1.25),
        "180": lambda: math.degrees(math.pi),
        "55": lambda: 64 - 9,
    },
    3: {
        "1.28125": lambda: 1 + 0.5 / 2 + 0.25**2 / 2,
        "1.8": lambda: 2.25 / 1.25,
        "1.27": lambda: 4 / math.pi,
        "14.14": lambda: 9 * math.pi / 2,
        "9.42": lambda: 3 * math.pi,
        "85.9": lambda: 4.5 * (math.exp(3) - 1),
        "5.15": lambda: 3 * (math.e - 1),
        "4.5": lambda: 0.5 * 3 * 3,
        "4.93": lambda: integrate.dblquad(lambda r, p: r**3 * 2 * math.pi, 0, math.pi, 0, 1)[0],
        "40.1": lambda: 2 * math.pi * (math.e**2 - 1),
        "0.0432": lambda: stats.chi2(1).pdf(2.25) / 2,
        "1.35": lambda: math.exp(0.3),
        "0.69": lambda: math.log(2),
    },
}


@pytest.mark.parametrize("path", exercise_cells.chapters(), ids=lambda path: path.name)
def test_numbers_in_the_prose_come_from_code(path):
    nb = notebooks.read(path)
    values, computed = np.array(prose_numbers.in_code(nb)), COMPUTED[notebooks.chapter_number(path)]
    found = prose_numbers.in_prose(nb)
    assert len(found) > 40
    unknown = [
        (number, words)
        for number, words in found
        if number not in {*computed, *GIVEN}
        and not any(prose_numbers.is_rounded(number, value) for value in set(values))
    ]
    assert unknown == []
    assert set(computed) <= {number for number, _ in found}, "computed here, but not in the text any more"


@pytest.mark.parametrize(
    ("number", "compute"), [(number, f) for table in COMPUTED.values() for number, f in table.items()]
)
def test_numbers_that_are_worked_out_in_the_text_are_right(number, compute):
    assert prose_numbers.is_rounded(number, compute())


def test_a_wrong_digit_is_noticed():
    text = "The slope is 0.75, about 29 % of $1\\,234.5$, see {cite:t}`book` (p. 412) and\n\n$$x = 99$$\n"
    cells = [
        nbformat.v4.new_markdown_cell(text),
        nbformat.v4.new_code_cell("print(1)", outputs=[nbformat.v4.new_output("stream", text="0.2891 and -0.7521\n")]),
    ]
    nb = nbformat.v4.new_notebook(cells=cells)
    assert [number for number, _ in prose_numbers.in_prose(nb)] == ["0.75", "29", "1234.5"]
    values = prose_numbers.in_code(nb)
    assert [any(prose_numbers.is_rounded(n, v) for v in values) for n in ("0.75", "29", "0.76", "1234.5")] == [
        True,
        True,
        False,
        False,
    ]
