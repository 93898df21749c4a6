"""The plain copies of the chapters: what they say is what the book's pages say, and code and outputs are the same."""

import functools
import html
import json
import re

import nbformat
import pytest

import citations
import launch_links
import notebook_pages
import notebooks
import plain_notebook

NOTEBOOKS = [pytest.param(path, id=path.stem) for path in notebooks.all_notebooks()]


def _prose(nb) -> str:
    return "\n\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")


@pytest.fixture(scope="module")
def pages(built_book):
    """Return a function that reads a notebook's page; as text, because reading its formulas as HTML takes seconds."""

    @functools.cache
    def page(path):
        return (built_book / "book" / f"{path.stem}.html").read_text(encoding="utf-8")

    return page


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_no_myst_is_left(path):
    text = _prose(plain_notebook.read(path))
    for markup in (":::", "}`", ")=\n", "$$ (", ".md)", ":label:", ":class:"):
        assert markup not in text


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_code_and_outputs_are_the_notebooks_own(path):
    ours = [cell for cell in plain_notebook.read(path).cells if cell.cell_type == "code"]
    assert ours == [cell for cell in notebooks.read(path).cells if cell.cell_type == "code"]
    assert any(cell.outputs for cell in ours)


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_equations_have_the_numbers_of_the_page(path, pages):
    tags = re.findall(r"\\tag\{(.*?)\}", _prose(plain_notebook.read(path)))
    ours = [f"({tag})" for tag in tags]
    shown = re.findall(r'<span class="eqno">(\([\d.]+\))', pages(path))
    assert ours == shown


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_works_are_cited_as_on_the_page(path, pages):
    targets = re.findall(r"\{cite(:t|:p|)\}`(.*?)`", _prose(notebooks.read(path)))
    ours = {(citations.in_the_sentence if kind == ":t" else citations.in_brackets)(target) for kind, target in targets}
    text = " ".join(html.unescape(re.sub("<[^>]*>", "", pages(path))).split())
    assert [name for name in ours if name not in text] == []
    listed = _prose(plain_notebook.read(path)).partition("## References")[2]
    assert listed.count("\n- ") == len({key for _, target in targets for key in citations.keys(target)})


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_links_within_the_notebook_lead_to_a_heading(path):
    text = _prose(plain_notebook.read(path))
    headings = {title.strip().replace(" ", "-") for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}
    anchors = re.findall(r"\]\(#([^)]*)\)", text)
    assert set(anchors) <= headings


def test_unknown_markup_is_refused():
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("see {abbr}`NN`")])
    with pytest.raises(ValueError, match="knows no role"):
        plain_notebook.convert(nb, None)


# --- the links below the title -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_download_gives_the_notebook_with_its_outputs(path, built_book, pages):
    line = pages(path).partition('<ul class="notebook-links"')[2].partition("</ul>")[0]
    assert f'<a href="../notebooks/{path.name}" download>' in line
    given = nbformat.read(built_book / "notebooks" / path.name, as_version=4)
    assert given.metadata.kernelspec.name == "python3"
    code = [cell for cell in given.cells if cell.cell_type == "code"]
    assert "google.colab" in code[0].source
    assert [cell.outputs for cell in code[1:]] == [
        cell.outputs for cell in notebooks.read(path).cells if cell.cell_type == "code"
    ]
    # What the page shows besides, quick questions and the answers of exercises, is not in it.
    assert "quick-question" not in json.dumps(given)


STAND_IN = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "someone/course",
    "GITHUB_REF_NAME": "spring/2027",
    "JACLIB_JUPYTERHUB": "https://hub.example.edu/",
    "JACLIB_COLAB_BRANCH": "notebooks",
}


def test_links_elsewhere_come_from_the_environment():
    assert launch_links.links("book/gallery.ipynb", STAND_IN) == {
        "Colab": "https://colab.research.google.com/github/someone/course/blob/notebooks/gallery.ipynb",
        "Binder": "https://mybinder.org/v2/gh/someone/course/spring%2F2027?urlpath=lab%2Ftree%2Fbook%2Fgallery.ipynb",
        "JupyterHub": "https://hub.example.edu/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fsomeone%2F"
        "course&branch=spring%2F2027&urlpath=lab%2Ftree%2Fcourse%2Fbook%2Fgallery.ipynb",
    }


def test_colab_is_not_offered_a_notebook_that_cannot_install_jaclib():
    known = {name: value for name, value in STAND_IN.items() if name != "JACLIB_COLAB_BRANCH"}
    assert set(launch_links.links("book/gallery.ipynb", known)) == {"Binder", "JupyterHub"}


def test_another_forge_has_binder_but_no_colab():
    own = {"GITHUB_SERVER_URL": "https://forge.example.org", "GITHUB_REPOSITORY": "a/b", "GITHUB_REF_NAME": "main"}
    own["JACLIB_COLAB_BRANCH"] = "notebooks"
    assert launch_links.links("book/x.ipynb", own) == {
        "Binder": "https://mybinder.org/v2/git/https%3A%2F%2Fforge.example.org%2Fa%2Fb/main?urlpath=lab%2Ftree%2Fbook%2Fx.ipynb"
    }


@pytest.mark.parametrize("missing", ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY"])
def test_without_a_repository_there_is_no_link(missing):
    known = {name: value for name, value in STAND_IN.items() if name != missing}
    assert launch_links.links("book/gallery.ipynb", known) == {}


def test_a_proposed_change_links_to_the_branch_that_is_published():
    assert launch_links.repository(STAND_IN | {"GITHUB_REF_NAME": "7/merge"}).branch == "main"


def test_the_page_shows_what_the_environment_names(monkeypatch):
    app = type("App", (), {"course_lite": False})()
    for name, value in STAND_IN.items():
        monkeypatch.setenv(name, value)
    assert [re.sub("<.*?>", "", item) for item in notebook_pages._links(app, "book/gallery", "../")] == [
        "Download .ipynb",
        "Colab",
        "Binder",
        "JupyterHub",
    ]
    for name in STAND_IN:
        monkeypatch.delenv(name)
    assert [re.sub("<.*?>", "", item) for item in notebook_pages._links(app, "book/gallery", "../")] == [
        "Download .ipynb"
    ]
