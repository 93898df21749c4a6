"""The exercises at their places in the chapters: in the notebooks, answered and not, and on the built pages."""

import ast
import inspect
import re
import textwrap

import built_pages
import nbformat
import numpy as np
import pytest

import exercise_cells
import notebooks
from generated import run
from jaclib.exercises import check, pages
from jaclib.exercises.checking import bank
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.plain import plain
from jaclib.exercises.task import Task
from jaclib.exercises.tutor import JOURNAL
from jaclib.exercises.writing import text

CHAPTERS = {path: notebooks.read(path) for path in exercise_cells.chapters()}
BY_CHAPTER = [pytest.param(path, nb, id=path.name) for path, nb in CHAPTERS.items()]
each_chapter = pytest.mark.parametrize(("path", "nb"), BY_CHAPTER)

# Exercise to its cell; what is not in a chapter fails in the test of the chapters.
CELLS = {
    exercise.id: cell for nb in CHAPTERS.values() for cell in nb.cells if (exercise := exercise_cells.exercise_of(cell))
}
each_cell = pytest.mark.parametrize(("id", "cell"), CELLS.items(), ids=CELLS)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Give each test a journal of its own."""
    monkeypatch.setenv("JACLIB_HOME", str(tmp_path))


# --- in the notebooks --------------------------------------------------------------------------------------------


@each_chapter
def test_a_chapter_has_the_exercises_of_the_bank(path, nb):
    placed = exercise_cells.place(nb, exercise_cells.chapters()[path])
    for cell, wanted in zip(nb.cells, placed.cells, strict=False):
        assert cell == wanted, "run `make exercises`"
    assert placed == nb, "run `make exercises`"


def test_every_exercise_has_a_place():
    assert CELLS.keys() == bank().keys(), "run `make exercises`"


@each_chapter
def test_an_exercise_stands_at_the_end_of_its_section(path, nb):
    section = None
    for cell, following in zip(nb.cells, [*nb.cells[1:], None], strict=True):
        if exercise_cells.is_exercise(cell):
            assert cell.cell_type == "markdown" or exercise_cells.exercise_of(cell).section == section
            if following and not exercise_cells.is_exercise(following):
                assert re.match(r"\(sec-\d|## ", following.source), "the section goes on"
        elif cell.cell_type == "markdown":
            section = [section, *re.findall(r"^\((sec-\d-[\w-]+)\)=$", cell.source, re.MULTILINE)][-1]


@each_chapter
def test_the_table_of_a_chapter_has_its_exercises_as_they_stand_there(path, nb):
    standing = [exercise.id for cell in nb.cells if (exercise := exercise_cells.exercise_of(cell))]
    assert re.findall(r"`(E\d\.\d+) <", pages.exercise_table(notebooks.chapter_number(path))) == standing


def names_in(cell, *, bound):
    """Return the names that code binds, or all that it mentions, at any depth."""
    names = set()
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Name) and not (bound and isinstance(node.ctx, ast.Load)):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name)
    return names


@each_chapter
def test_exercises_and_chapter_keep_out_of_each_others_names(path, nb):
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    tools = {"check", "exercise", "hint", "progress", "solution"}
    assert tools <= names_in(code[0], bound=True), "the first cell imports what the exercises and their messages name"
    for cell in code[1:]:
        assert not names_in(cell, bound=True) & tools, cell.source
    own = {name for cell in code if exercise_cells.is_exercise(cell) for name in names_in(cell, bound=True)}
    for cell in code:
        if not exercise_cells.is_exercise(cell):
            assert not names_in(cell, bound=False) & own, "a reader's function would stand in for the chapter's"


@each_cell
def test_unanswered_it_says_so_and_remembers_nothing(id, cell):
    verdict = run(cell.source, {"check": check})[1]
    assert (verdict.exercise, verdict.status) == (id, "unanswered")
    assert not JOURNAL.path.exists()
    assert [output.data["text/plain"] for output in cell.outputs] == [str(verdict)]
    assert [output.data["text/html"] for output in cell.outputs] == [verdict._repr_html_()]


def answered(cell, exercise):
    """Return the code of a cell with the right answer in it, and the names that it needs."""
    if exercise.kind != "code":
        return cell.source.replace("...", repr(text(Task(exercise).raw_answer))), {}
    stub, _, call = cell.source.partition("\n\n\n")
    assert stub.endswith("    ...")
    reference = textwrap.dedent(inspect.getsource(exercise.answer))
    name = exercise.signature.partition("(")[0]
    return re.sub(r"^def \w+", f"def {name}", reference) + "\n\n" + call, vars(inspect.getmodule(exercise.answer))


@each_cell
def test_with_the_reference_answer_it_is_correct(id, cell):
    code, names = answered(cell, bank()[id])
    assert "..." not in code
    verdict = run(code, {"np": np, **names, "check": check})[1]
    assert verdict.correct, f"{code}\n{verdict}"
    assert verdict.exercise == id


# --- the tool that places them -----------------------------------------------------------------------------------


@pytest.fixture
def chapter():
    v4 = nbformat.v4
    first = "(sec-1-one)=\n## One\n\nText.\n\n```python\n# no heading\n```\n\n### A part of it"
    both = "More.\n\n(sec-1-two)=\n### Two\n\nText of two.\n\n(sec-1-three)=\n## Three\n\n## No label"
    cells = [
        v4.new_markdown_cell("# Title"),
        v4.new_markdown_cell(first),
        v4.new_code_cell("1 + 1"),
        v4.new_markdown_cell(both),
    ]
    return notebooks.normalise(v4.new_notebook(cells=cells))


def exercises(*sections):
    number, vector, code = (bank()[id] for id in ("E1.4", "E1.1", "E1.13"))
    return [
        type(e)(**{**vars(e), "section": section}) for e, section in zip((number, vector, code), sections, strict=False)
    ]


def summary(nb):
    """Return the first word of each cell that is no exercise, and the id of each exercise that is answered."""
    found = []
    for cell in nb.cells:
        exercise = exercise_cells.exercise_of(cell)
        if exercise or not exercise_cells.is_exercise(cell):
            found.append(exercise.id if exercise else cell.source.split()[0])
    return found


def test_exercises_are_placed_at_the_ends_of_sections_and_cells_are_cut_there(chapter):
    placed = exercise_cells.place(chapter, exercises("sec-1-one", "sec-1-two", "sec-1-two"))
    assert summary(placed) == [
        "#",
        "(sec-1-one)=",
        "1",
        "More.",
        "E1.4",
        "(sec-1-two)=",
        "E1.1",
        "E1.13",
        "(sec-1-three)=",
    ]
    prose = "\n\n".join(
        c.source for c in placed.cells if c.cell_type == "markdown" and not exercise_cells.is_exercise(c)
    )
    assert prose == "\n\n".join(c.source for c in chapter.cells if c.cell_type == "markdown"), "nothing else is touched"
    last = exercise_cells.place(chapter, exercises("sec-1-three"))
    assert summary(last)[-2:] == ["E1.4", "##"]


def test_placing_again_changes_nothing(chapter):
    placed = exercise_cells.place(chapter, exercises("sec-1-one", "sec-1-three"))
    assert exercise_cells.place(placed, exercises("sec-1-one", "sec-1-three")) == placed


def test_what_left_the_bank_or_moved_leaves_its_place(chapter):
    placed = exercise_cells.place(chapter, exercises("sec-1-one", "sec-1-one"))
    moved = exercise_cells.place(placed, exercises("sec-1-two"))
    assert summary(moved) == ["#", "(sec-1-one)=", "1", "More.", "(sec-1-two)=", "E1.4", "(sec-1-three)="]


def test_a_section_that_is_not_there_is_an_error(chapter):
    with pytest.raises(ValueError, match="no section has the label sec-1-four"):
        exercise_cells.place(chapter, exercises("sec-1-four"))


# --- on the pages ------------------------------------------------------------------------------------------------


def soup(page):
    return built_pages.parsed(f"book/{page}")


@each_chapter
def test_a_page_has_each_exercise_with_its_help_folded(built_book, path, nb):
    page = soup(f"{path.stem}.html")
    for exercise in exercise_cells.chapters()[path]:
        task = page.find(id=pages.label(exercise))
        title = task.select_one(".admonition-title").get_text()
        assert title.startswith(f"Exercise {exercise.id} · {plain(exercise.title).split()[0]}")
        answer = task.find_next_sibling()
        assert f'check("{exercise.id}", ' in answer.get_text()
        assert answer.select_one(".cell_output") is None
        form = answer.find_next_sibling()
        assert (form["data-exercise"], form["data-kind"]) == (exercise.id, exercise.kind)
        helps = form.find_next_sibling().select("details")
        titles = [f"Hint {i}" for i in range(1, len(exercise.hints) + 1)] + ["Solution"]
        assert [fold.summary.get_text(strip=True) for fold in helps] == titles
        assert not any(fold.has_attr("open") for fold in helps)
    ids = [tag["id"] for tag in page.select("article [id]")]
    assert len(ids) == len(set(ids))


def test_the_lists_name_everything_and_lead_there(built_book):
    exercises, slips = soup("exercises.html"), soup("misconceptions.html")
    for page in (exercises, slips):
        targets = {link["href"] for link in page.select("article a.internal") if "#exercise-" in link["href"]}
        expected = {f"0{e.chapter}_" for e in bank().values()}
        assert {target.partition("#")[0][:3] for target in targets} == expected
        assert {target.partition("#")[2] for target in targets} == {pages.label(e) for e in bank().values()}
    for exercise in bank().values():
        row = exercises.find("a", string=exercise.id).find_parent("tr")
        assert exercise.level in row.get_text()
    used = {mistake.misconception for exercise in bank().values() for mistake in exercise.mistakes}
    for key in used:
        section = slips.find("section", id=f"misconception-{key}")
        assert plain(MISCONCEPTIONS[key].title).split()[0] in section.select_one("h3").get_text()
        assert f"#{MISCONCEPTIONS[key].cure}" in {
            link["href"][link["href"].find("#") :] for link in section.select("a")
        }
