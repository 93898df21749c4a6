"""The cell that installs jaclib on Google Colab: it works there, and does nothing elsewhere."""

import sys
from types import ModuleType

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

import colab_cell
import launch_links

HERE = launch_links.Repository("https://github.com", "someone/course", "main")
ELSEWHERE = launch_links.Repository("https://forge.example.org", "someone/course", "main")
PATH = "book/gallery.ipynb"
INSTALLED = ["install --quiet git+https://github.com/someone/course@main"]


@pytest.fixture
def run(monkeypatch):
    """Run the cell in a shell whose %pip only notes what it is asked for; return the result and the notes."""
    notes = []

    def in_a_shell(repository=None, *, colab=True, jaclib=False, pasted=None):
        shell = InteractiveShell()
        shell.register_magic_function(notes.append, magic_name="pip")
        with monkeypatch.context() as there:
            if colab:
                there.setitem(sys.modules, "google.colab", ModuleType("google.colab"))
            if not jaclib:
                there.setattr("importlib.util.find_spec", lambda name: None)
            there.setattr("builtins.input", lambda prompt: pasted)
            return shell.run_cell(colab_cell.source(repository, PATH)), notes

    return in_a_shell


@pytest.mark.parametrize(
    "pasted",
    [
        f"https://colab.research.google.com/github/someone/course/blob/main/{PATH}#scrollTo=1",
        f"https://github.com/someone/course/blob/main/{PATH}",
    ],
)
@pytest.mark.parametrize("repository", [None, ELSEWHERE])
def test_it_installs_from_the_address_that_the_reader_pastes(run, pasted, repository):
    result, notes = run(repository, pasted=pasted)
    result.raise_error()
    assert notes == INSTALLED


def test_a_known_address_is_not_asked_for(run):
    assert "input(" not in colab_cell.source(HERE, PATH)
    result, notes = run(HERE)
    result.raise_error()
    assert notes == INSTALLED


def test_another_address_is_refused_and_said(run):
    result, notes = run(pasted="https://example.org/blob/")
    assert isinstance(result.error_in_exec, ValueError)
    assert "not the address of a notebook" in str(result.error_in_exec)
    assert notes == []


@pytest.mark.parametrize("where", [{"colab": False}, {"jaclib": True}])
def test_it_does_nothing_where_it_is_not_needed(run, where):
    result, notes = run(**where)
    result.raise_error()
    assert notes == []


def test_it_stands_before_the_other_code():
    new = nbformat.v4
    nb = new.new_notebook(cells=[new.new_markdown_cell("# Title"), new.new_code_cell("import jaclib")])
    colab_cell.insert(nb, HERE, PATH)
    assert [cell.cell_type for cell in nb.cells] == ["markdown", "code", "code"]
    assert nb.cells[1].source == colab_cell.source(HERE, PATH)
    nbformat.validate(nb)
