"""The summary sheets, the glossary and the instructor's guide say what their sources say."""

import re

import numpy as np
import pytest
import sympy as sp

import backmatter
import book_index
import exercise_cells
import jaclib
import notebooks
from jaclib.exercises.checking import bank
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.sections import SECTIONS, chapter_of
from jaclib.substitution import presets
from notebooks import ROOT

SHEETS = {number: (ROOT / "book" / f"summary_{number}.md").read_text(encoding="utf-8") for number in (1, 2, 3)}
B, n, m = 5, 3, 2  # no two alike, so that a shape in the wrong order shows


def content(page, directive):
    """Return the lines of the first directive of this name, without its argument."""
    return re.search(rf"^```\{{{directive}\}}.*?\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[1].splitlines()


def rows(page):
    """Return the cells of every table row that has code in it."""
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in page.splitlines() if "| `" in line]


# ------------------------------------------------------------------------------------------ summary sheets


@pytest.mark.parametrize("chapter", SHEETS)
def test_every_labelled_equation_of_a_chapter_is_found(chapter):
    source = backmatter.CHAPTERS[chapter].read_text(encoding="utf-8")
    labels = re.findall(r'"\$\$ \((eq-[\w-]+)\)', source)
    found = backmatter.equations(chapter)
    assert list(found) == labels
    assert len(labels) > 25
    assert not any("$$" in latex or "\n\n" in latex for latex in found.values())


@pytest.mark.parametrize("chapter", SHEETS)
def test_a_sheet_names_what_there_is(chapter):
    labels = [line.split("|")[0].strip() for line in content(SHEETS[chapter], "sheet-formulas")]
    assert set(labels) <= set(backmatter.equations(chapter))
    assert len(labels) == len(set(labels)) >= 12
    mistakes = content(SHEETS[chapter], "sheet-mistakes")
    assert len(mistakes) == 3
    assert set(mistakes) <= set(MISCONCEPTIONS)


def names_of_sheet(chapter):
    """Return what the code of a sheet's table may use."""
    X, W, b = np.ones((B, n)), np.ones((n, m)), np.ones(m)
    if chapter == 1:
        return {"X": X, "W": W, "b": b, "G": np.ones((B, m))}

    def batch(X):
        return X @ W

    x, v, u = np.ones(n), np.ones(n), np.ones(m)
    operators = {name: getattr(jaclib, name) for name in jaclib.__all__}
    return operators | {"f": lambda x: x @ W, "loss": np.sum, "batch": batch, "x": x, "v": v, "u": u, "X": X}


@pytest.mark.parametrize("chapter", [1, 2])
def test_the_code_of_a_shape_has_that_shape(chapter):
    table = rows(SHEETS[chapter])
    assert len(table) >= 4
    for _, shape, code, *_ in table:
        letters = re.findall(r"\w", shape)
        value = eval(code.strip("`"), names_of_sheet(chapter))
        assert value.shape == tuple({"B": B, "n": n, "m": m}[letter] for letter in letters), code


def test_the_factors_are_those_of_the_ready_made_substitutions():
    table = rows(SHEETS[3])
    assert len(table) == 3
    for _, factor, code, _ in table:
        written = factor.strip("$").replace("\\rho", "r").replace("\\sin\\varphi", "sin(phi)").replace("^2 ", "**2*")
        scale = eval(code.strip("`"), vars(presets))
        assert sp.simplify(sp.sympify(written, {str(s): s for s in scale.free_symbols}) - scale) == 0


@pytest.mark.browser
@pytest.mark.parametrize("number", SHEETS)
def test_a_sheet_is_one_printed_page(browser, book_url, number):
    page = browser.new_page(viewport={"width": 718, "height": 1047})  # A4 within margins of a centimetre
    page.goto(f"{book_url}book/summary_{number}.html")
    page.evaluate("document.fonts.ready")
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
    pdf = page.pdf(format="A4", margin=margin)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    page.emulate_media(media="print")
    cut_off = (
        "[...document.querySelectorAll('.sheet-formula .katex-display')]"
        ".filter(formula => formula.scrollWidth > formula.clientWidth).length"
    )
    assert page.evaluate(cut_off) == 0
    assert page.locator(".sheet-formula .katex-display").count() >= 12
    page.close()


# ---------------------------------------------------------------------------------------- glossary and index


def glossary():
    """Return the entries of the glossary: the terms of each, and its definition on one line."""
    page = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    block = re.search(r"^```\{glossary\}\n:sorted:\n\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[1]
    entries = []
    for entry in block.strip().split("\n\n"):
        lines = entry.splitlines()
        terms = tuple(line for line in lines if not line.startswith("  "))
        entries.append((terms, " ".join(line.strip() for line in lines[len(terms) :])))
    return entries


def test_the_glossary_explains_each_term_once_in_a_few_sentences():
    entries = glossary()
    terms = [term for terms, _ in entries for term in terms]
    assert len(terms) == len(set(terms)) >= 40
    keys = [terms[0].lower() for terms, _ in entries]
    assert keys == sorted(keys)
    for terms, text in entries:
        assert 1 <= len(re.findall(r"[.:;](?= |$)", text)) <= 5, terms
        assert len(text.split()) < 60, terms


def test_each_term_leads_to_the_section_that_teaches_it():
    for terms, text in glossary():
        assert re.search(r"→ \{ref\}`([\w-]+)`$", text)[1] in SECTIONS, terms


def test_each_term_stands_in_the_index(built_book):
    index = (built_book / "genindex.html").read_text(encoding="utf-8")
    for terms, _ in glossary():
        for term in terms:
            assert f'<a href="book/glossary.html#term-{term.replace(" ", "-").replace(chr(39), "-")}">' in index, term


# ----------------------------------------------------------------------------------------- instructor's guide

GUIDE = (ROOT / "book" / "teaching.md").read_text(encoding="utf-8")
LECTURES = [block.splitlines() for block in re.findall(r"^```\{lesson\}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_lecture_takes_90_minutes_and_has_every_section_in_order(number):
    lines = LECTURES[number - 1]
    _, minutes = backmatter.lesson(lines)
    assert minutes == 90
    planned = [line.split("|")[0].strip() for line in lines]
    closing = ("summary", "reading", "further")
    assert planned == [s for s in SECTIONS if chapter_of(s) == number and not s.endswith(closing)]


def test_every_exercise_is_given_in_exactly_one_place():
    given = [cell for lines in LECTURES for row in backmatter.lesson(lines)[0] for cell in row[3:]]
    ids = re.findall(r"`(E\d\.\d+) ", " ".join(given))
    assert sorted(ids) == sorted(bank())
    at_once = " ".join(row[3] for lines in LECTURES for row in backmatter.lesson(lines)[0])
    assert {id for id in re.findall(r"`(E\d\.\d+) ", at_once)} == {
        e.id for e in bank().values() if e.level == "warm-up"
    }


def test_an_unknown_section_is_refused():
    with pytest.raises(ValueError, match="expected a section of the book, got 'sec-1-nothing'"):
        backmatter.lesson(["sec-1-nothing | 5 | nothing"])


def test_the_slips_of_a_chapter_are_cured_there():
    for number in (1, 2, 3):
        for section, listed in backmatter.slips(number):
            keys = re.findall(r"<misconception-([\w-]+)>", listed)
            assert 1 <= len(keys) <= 3
            for key, count in zip(keys, re.findall(r"\((\d+)\)", listed), strict=True):
                assert section == f"{{ref}}`{MISCONCEPTIONS[key].cure}`"
                recognised = [e for e in bank().values() if key in {mistake.misconception for mistake in e.mistakes}]
                assert len(recognised) == int(count) > 1


def test_hour_plans_name_sections_that_exist():
    assert set(re.findall(r"\{ref\}`(sec-[\w-]+)`", GUIDE)) <= set(SECTIONS)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_is_left_out_saves_the_minutes_that_are_promised(number):
    minutes = {line.split("|")[0].strip(): int(line.split("|")[1]) for line in LECTURES[number - 1]}
    row = re.search(rf"^\| {number} \| (.*) \| (.*) \|$", GUIDE, re.MULTILINE)
    for cell in row.groups():
        assert sum(minutes[section] for section in re.findall(r"`(sec-[\w-]+)`", cell)) >= 15


# -------------------------------------------------------------------------------------------------- index

# Words of an entry that join the others.
JOINING = {"a", "and", "as", "in", "of", "over", "that", "the", "to", "up"}


def section_texts():
    """Return the text and code of each labelled section of the chapters, in lower case."""
    texts = {}
    for path in exercise_cells.chapters():
        whole = "\n".join(cell.source for cell in notebooks.read(path).cells)
        parts = re.split(r"^\((sec-[\w-]+)\)=$", whole, flags=re.MULTILINE)
        texts |= zip(parts[1::2], (part.lower().replace("-", " ") for part in parts[2::2]), strict=True)
    return texts


def test_an_index_entry_leads_to_a_section_that_speaks_of_it():
    texts = section_texts()
    for section, terms in book_index.TERMS.items():
        for term in terms:
            words = set(re.findall(r"[a-z']+", term.lower().replace("-", " "))) - JOINING
            missing = [word for word in words if word.rstrip("s")[:6] not in texts[section]]
            assert not missing, (section, term)


def test_every_section_that_teaches_is_in_the_index():
    teaching = {section for section in SECTIONS if not section.endswith(("summary", "reading", "further"))}
    assert set(book_index.TERMS) == teaching


def test_entries_stand_below_the_heading():
    (path, *_) = exercise_cells.chapters()
    cells = notebooks.read(path).cells
    book_index.insert(cells)
    assert "(sec-1-sensitivity)=\n## Sensitivity\n\n```{index} sensitivity, derivative\n```\n" in "".join(
        c.source for c in cells
    )
