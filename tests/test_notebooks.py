"""The notebooks keep the book's rules, and the rules catch what they are for.

That the outputs are right is nbval's part: pytest collects the notebooks themselves and compares every output.
"""

import copy
import re
import subprocess
import sys

import nbformat
import pytest

import notebooks

CHAPTERS = notebooks.all_notebooks()


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.name)
def test_chapter_keeps_the_rules(path):
    assert notebooks.problems(notebooks.read(path), path.name) == []


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Return a small notebook that keeps every rule, as `make notebooks` leaves it."""
    v4 = nbformat.v4
    figure = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nplt.show()"
    nb = v4.new_notebook(
        cells=[
            v4.new_markdown_cell("# A chapter\n\n```python\n# not a heading\n```"),
            v4.new_code_cell("print('one')\nprint('two')\n1 / 8"),
            v4.new_markdown_cell("## A section"),
            v4.new_code_cell(figure, metadata={"mystnb": {"image": {"alt": "A line rising from 1 to 2."}}}),
            v4.new_code_cell("print('one')\nprint('two')\n1 / 8"),
        ]
    )
    path = tmp_path_factory.mktemp("notebook") / "chapter.ipynb"
    nbformat.write(nb, path)
    notebooks.write(notebooks.execute([path], say=lambda line: None)[path], path)
    return path


def test_a_clean_notebook_has_no_problem(executed):
    assert notebooks.problems(notebooks.read(executed), "chapter.ipynb") == []


def test_executing_twice_gives_the_same_bytes(executed):
    before = executed.read_bytes()
    nb = notebooks.execute([executed], say=lambda line: None)[executed]
    assert notebooks.write(nb, executed) is False
    assert executed.read_bytes() == before


def strip(nb):
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def strip_outputs_only(nb):
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = []


def write_to_stderr(nb):
    nb.cells[1].outputs.append(nbformat.v4.new_output("stream", name="stderr", text="DeprecationWarning: old\n"))


def forget_alt_text(nb):
    del nb.cells[3].metadata["mystnb"]


def run_out_of_order(nb):
    nb.cells[1].execution_count, nb.cells[3].execution_count = 2, 1


def add_second_title(nb):
    nb.cells[2].source = "# Another title"


def skip_by_tag(nb):
    nb.cells[1].metadata["tags"] = ["nbval-skip"]


def skip_by_comment(nb):
    nb.cells[1].source = "# NBVAL_IGNORE_OUTPUT\nprint('one')"


def end_in_an_error(nb):
    nb.cells[1].outputs.append(nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[]))


def print_an_address(nb):
    nb.cells[1].outputs[0].text = "<function f at 0x7f3a5c1d2e50>\n"


def install_packages(nb):
    nb.cells[1].source = "%pip install something"


def image_without_alt(nb):
    nb.cells[2].source = "## A section\n\n![](figure.png)"


def keep_editor_metadata(nb):
    nb.cells[1].metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (strip, "is stripped of its outputs"),
        (strip_outputs_only, "is stripped of its outputs"),
        (write_to_stderr, "writes to stderr: DeprecationWarning: old"),
        (forget_alt_text, "shows a figure without alt text"),
        (run_out_of_order, "execution counts [2, 1, 3], expected 1..3"),
        (add_second_title, "has 2 level-1 headings"),
        (skip_by_tag, "escapes strict comparison by 'nbval-skip'"),
        (skip_by_comment, "escapes strict comparison by 'NBVAL_IGNORE_OUTPUT'"),
        (end_in_an_error, "ends in an error: ValueError: no"),
        (print_an_address, "prints a memory address"),
        (install_packages, "installs packages"),
        (image_without_alt, "has an image without alt text"),
        (keep_editor_metadata, "is not normalised"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_broken_rule_is_named(executed, damage, message):
    nb = copy.deepcopy(notebooks.read(executed))
    damage(nb)
    found = notebooks.problems(nb, "chapter.ipynb")
    assert any(message in problem for problem in found), found


def test_normalising_removes_what_the_machine_left(executed):
    nb = notebooks.read(executed)
    clean = copy.deepcopy(nb)
    nb.metadata["language_info"]["version"] = "3.11.7"
    nb.metadata["widgets"] = {}
    for position, cell in enumerate(nb.cells):
        cell.id = f"random-{position}"
        cell.metadata["execution"] = {"shell.execute_reply": "2026-01-01T00:00:00Z"}
        if cell.cell_type == "code":
            cell.execution_count += 40
    first = nb.cells[1].outputs[0]
    pieces = [nbformat.v4.new_output("stream", name="stdout", text=text) for text in ("one\n", "two\n")]
    assert first.text == "one\ntwo\n"
    nb.cells[1].outputs[0:1] = pieces
    assert notebooks.normalise(nb) == clean


def test_a_changed_printed_number_turns_nbval_red(executed, tmp_path):
    nb = notebooks.read(executed)
    nbformat.write(nb, tmp_path / "same.ipynb")
    nb.cells[1].outputs[0].text = nb.cells[1].outputs[0].text.replace("two", "2")
    nbformat.write(nb, tmp_path / "changed.ipynb")
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-rA"]
    run = subprocess.run([*command, "same.ipynb", "changed.ipynb"], cwd=tmp_path, capture_output=True, text=True)
    ends = set(re.findall(r"^(PASSED|FAILED|ERROR) (\w+\.ipynb)::", run.stdout, re.MULTILINE))
    assert ends >= {("PASSED", "same.ipynb"), ("FAILED", "changed.ipynb")}, run.stdout
    assert not ends & {("FAILED", "same.ipynb"), ("ERROR", "same.ipynb"), ("ERROR", "changed.ipynb")}, run.stdout


def test_the_whole_suite_compares_notebooks_strictly(pytestconfig):
    """The options stand in pyproject.toml, so that plain `pytest` compares too."""
    assert pytestconfig.option.nbval
    assert pytestconfig.option.nbval_current_env
    assert not pytestconfig.option.nbval_sanitize_with
    assert "book" in pytestconfig.getini("testpaths")
