"""The shell of the live page, in the Python of the tests: compared with what IPython itself shows."""

import subprocess
import sys

import nbformat
import pytest
from IPython.lib import pretty

from jaclib.page import errors, streams
from jaclib.page.names import reads_and_writes
from jaclib.page.shell import Shell


class Page:
    """A shell with what it has shown."""

    def __init__(self):
        self.outputs = []
        self.shell = Shell(self.outputs.append)

    def run(self, source, cell=1):
        """Run a cell and return its outputs."""
        self.outputs.clear()
        self.ok = self.shell.run(source, cell)
        for output in self.outputs:  # what a notebook could not store, the page could not show
            if output["output_type"] in ("stream", "display_data"):
                nbformat.validate(nbformat.from_dict(output), ref="output", version=4)
        return list(self.outputs)

    def text(self, source, cell=1):
        """Run a cell and return all its text."""
        return "".join(
            output.get("text") or output.get("traceback") or output["data"]["text/plain"]
            for output in self.run(source, cell)
        )


@pytest.fixture
def page():
    return Page()


# ------------------------------------------------------------------------------------------------- what is shown


def test_the_last_expression_is_shown_and_nothing_else(page):
    assert page.run("1 + 1\nx = 5\nx * 2") == [
        {"output_type": "execute_result", "data": {"text/plain": "10"}, "metadata": {}}
    ]
    assert page.run("x * 2;") == []
    assert page.run("None") == []
    assert page.run("") == page.run("# only a comment") == []
    assert page.text("_ + 1") == "11"


@pytest.mark.parametrize(
    "value",
    [
        {f"a long name {n}": list(range(20)) for n in range(6)},
        list(range(2000)),
        {3, 1, 2},
        "text\nof two lines",
        int,
        ValueError("x"),
        (1.5, None, True, {"deep": [{"er": (1,)}] * 9}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_text_of_a_value_is_that_of_ipython(page, value):
    page.shell.namespace["value"] = value
    assert page.text("value") == pretty.pretty(value)


def test_text_and_values_come_in_the_order_of_the_program(page):
    page.shell.namespace["display"] = page.shell.display
    outputs = page.run('print("a")\ndisplay(1)\nprint("b", end="")\n2')
    assert [o.get("text") or o["data"]["text/plain"] for o in outputs] == ["a\n", "1", "b", "2"]


def test_a_form_that_fails_is_told_and_the_others_are_shown(page):
    outputs = page.run("class Card:\n    def _repr_html_(self):\n        return 1 / 0\n\nCard()")
    assert "text/html of this Card failed: ZeroDivisionError" in outputs[0]["text"]
    assert list(outputs[1]["data"]) == ["text/plain"]


def test_html_comes_beside_text(page):
    (output,) = page.run("class Card:\n    def _repr_html_(self):\n        return '<b>x</b>'\n\nCard()")
    assert output["data"]["text/html"] == "<b>x</b>"
    assert "__main__.Card at" in output["data"]["text/plain"]


def test_endless_text_is_cut_and_says_so(page):
    text = page.text("for _ in range(100_000):\n    print('x' * 99)\nprint('the end')")
    assert len(text) < streams.LIMIT + 100
    assert text.endswith(f"… cut here: more than {streams.LIMIT:,} characters\n")


def test_input_says_what_to_do(page):
    assert "Write the value into the code instead" in page.text("input('n')")


# --------------------------------------------------------------------------------------------------------- errors


def test_a_traceback_has_only_the_readers_lines(page):
    page.run("import numpy as np\ndef inverse(a):\n    return np.linalg.inv(a)", cell=2)
    (output,) = page.run("A = np.zeros((2, 2))\n\ninverse(A)", cell=7)
    assert not page.ok
    assert output["ename"] == "LinAlgError"
    assert [(f["cell"], f["line"]) for f in output["frames"]] == [(7, 3), (2, 3)]
    lines = output["traceback"].splitlines()
    assert lines[1:3] == ["  Cell 7, line 3, in <module>", "    inverse(A)"]
    assert "numpy/" not in output["traceback"]
    assert lines[-1] == "numpy.linalg.LinAlgError: Singular matrix"


def test_the_packages_own_message_is_there_in_full(page):
    page.run("import jaclib, numpy as np")
    (output,) = page.run("jaclib.jvp(lambda x: x, (np.ones(3),), (np.ones(2),))")
    assert output["evalue"].startswith("jvp: tangent has shape (2,), expected (3,) to match primal 0.")
    assert output["evalue"] in output["traceback"]


def test_code_that_does_not_compile_points_at_its_line(page):
    (output,) = page.run("x = 1\ny = (2", cell=4)
    assert output["frames"] == [{"cell": 4, "run": 1, "line": 2}]
    assert "Cell 4, line 2" in output["traceback"]


def test_the_causes_of_an_error_are_shown_without_the_libraries(page):
    source = "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('no a') from e"
    text = page.text(source)
    assert "KeyError: 'a'" in text
    assert "direct cause" in text
    assert "shell.py" not in text


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("%timeit 1 + 1", "command of Jupyter"),
        ("import pandas_is_not_here", "only NumPy, SymPy, Matplotlib, jaclib"),
        ("def f(n):\n    return f(n + 1)\nf(0)", "must stop somewhere"),
        ("raise MemoryError", "smaller arrays"),
        ("1 / 0", ""),
    ],
)
def test_a_hint_where_one_helps(page, source, hint):
    *_, output = page.run(source)
    assert hint in output["hint"]
    assert bool(hint) == bool(output["hint"])
    assert len(output["frames"]) < 5


def test_leaving_python_is_an_error_like_any_other(page):
    assert page.run("import sys\nsys.exit(3)")[-1]["ename"] == "SystemExit"
    assert page.text("1 + 1") == "2"


def test_names_of_cells_in_text():
    assert errors.readable(f'File "{errors.cell_file(5, 12)}", line 2') == "Cell 5, line 2"
    assert errors.readable(f'File "{errors.cell_file(None, 12)}", line 2') == "Your code, line 2"


# -------------------------------------------------------------------------------------------------- earlier cells


@pytest.mark.parametrize(
    ("source", "reads", "writes"),
    [
        ("x = 1", "", "x"),
        ("x = x + 1", "x", "x"),
        ("x += 1", "x", "x"),
        ("for h in steps:\n    total = h", "steps", "h total"),
        ("import numpy as np\nnp.ones(n)", "n", "np"),
        ("def f(a):\n    b = a + w\n    return f(b)", "w", "f"),
        ("def f():\n    return w\nw = 3", "", "f w"),
        ("calls = 0\ndef f():\n    global calls, more\n    calls += 1\n    more = 2", "", "calls f more"),
        ("[a * b for a in values]", "b values", ""),
        ("class C:\n    k = 1\n    m = k + g", "g", "C"),
        ("lambda v: v + w", "w", ""),
        ("rng.normal()", "rng", "rng"),
        ("x = (", "", ""),
    ],
)
def test_what_code_reads_and_writes(source, reads, writes):
    builtin = {"print", "__name__", "__qualname__", "__module__", "__firstlineno__", "__static_attributes__"}
    found_reads, found_writes = reads_and_writes(source)
    assert found_reads - builtin == set(reads.split())
    assert found_writes == set(writes.split())


CELLS = {1: "import math\nf = abs", 2: "a = f(-1)", 3: "b = 2", 4: "c = a + b", 5: "f = len", 6: "d = f('xy') + c"}


def test_the_cells_that_a_cell_needs(page):
    assert page.shell.needed(CELLS, 1) == []
    assert page.shell.needed(CELLS, 4) == [1, 2, 3]
    assert page.shell.needed(CELLS, 6) == [1, 2, 3, 4, 5]


def test_cells_that_have_run_are_not_run_again(page):
    for cell in (1, 2, 3):
        page.run(CELLS[cell], cell)
    assert page.shell.needed(CELLS, 4) == []
    assert page.shell.needed(CELLS | {3: "b = 3"}, 4) == [3]  # edited since
    page.run("raise ValueError", cell=2)
    assert page.shell.needed(CELLS, 4) == [2]


def test_a_name_that_a_later_cell_has_taken_is_made_again(page):
    for cell in sorted(CELLS):
        page.run(CELLS[cell], cell)
    assert page.shell.needed(CELLS, 2) == [1]  # f is len by now
    assert page.shell.needed(CELLS, 6) == []


def test_a_cell_run_twice_goes_on_from_itself(page):
    cells = {1: "n = 0", 2: "n = n + 1"}
    for cell in cells:
        page.run(cells[cell], cell)
    assert page.shell.needed(cells, 2) == []


def test_random_numbers_come_in_the_order_of_the_book(page):
    cells = {1: "rng = make()", 2: "rng.normal()", 3: "x = 1", 4: "rng.normal()"}
    assert page.shell.needed(cells, 4) == [1, 2]


# ---------------------------------------------------------------------------------- what of IPython there is, in a
# process of its own: it replaces IPython for all code that follows.

IN_THE_PAGE = """
import json, sys
from jaclib.page import bridge
sys.modules.pop("IPython", None)
shown = []
bridge.start(lambda output: shown.append(json.loads(output)))
for cell, source in enumerate(json.loads(sys.argv[1]), 1):
    bridge.run(source, cell)
print(json.dumps(shown))
"""


def in_the_page(*sources):
    """Return the outputs of cells, run in a process whose IPython is the page's stand-in."""
    import json

    command = [sys.executable, "-c", IN_THE_PAGE, json.dumps(sources)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_formulas_and_figures_are_those_of_a_notebook():
    formula, figure, late = in_the_page(
        "import jaclib, sympy as sp\nrng = jaclib.setup_notebook()\nx = sp.Symbol('x')\nsp.sqrt(x**2 + 1) / 2",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "from IPython.display import Math, display\nplt.figure()\nplt.plot([1, 2]);\n",
    )
    assert formula["data"]["text/latex"] == r"$\displaystyle \frac{\sqrt{x^{2} + 1}}{2}$"
    assert formula["data"]["text/plain"].splitlines()[2].startswith("╲╱  x")
    assert "image/png" not in formula["data"]
    for output in (figure, late):
        assert output["output_type"] == "display_data"
        assert output["data"]["text/plain"] == "<Figure size 640x380 with 1 Axes>"
        assert 600 < output["metadata"]["image/png"]["width"] < 680


def test_a_warning_names_the_line_and_comes_again_in_the_next_run():
    source = "import numpy as np\n1 / np.zeros(1)"
    first, value, second, _ = in_the_page(source, source)
    for cell, output in enumerate((first, second), 1):
        expected = f"Cell {cell}, line 2: RuntimeWarning: divide by zero encountered in divide\n"
        assert output == {"output_type": "stream", "name": "stderr", "text": expected}
    assert value["data"]["text/plain"] == "array([inf])"


def test_calls_cross_as_json():
    import json

    from jaclib.page import bridge

    assert json.loads(bridge.call("math", "sqrt", "[4]")) == {"result": 2.0}
    error = json.loads(bridge.call("math", "sqrt", '["a"]'))["error"]
    assert error["name"] == "TypeError"
    assert "must be real number" in error["message"]
