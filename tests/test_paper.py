"""The book on paper: a few pages printed to a PDF, which is read again. `make pdf` prints the whole book."""

import io
import re
import unicodedata

import pypdf
import pytest
from bs4 import BeautifulSoup

import pdf

TITLE, AUTHOR = "The Jacobian: from derivatives to densities", "The authors"
CHAPTER = "book/01_partial_derivatives"
SECTIONS = 3  # of the chapter: a light part of it, which has everything that paper treats differently


def bare(text):
    """Return letters and digits only: where a PDF has its blanks is the reader's guess, and an "ffi" one letter."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))


def without_formulas(tag):
    return [bare(text) for text in tag.find_all(string=True) if not text.find_parent(class_="math")]


@pytest.fixture(scope="module")
def short_book(built_book, tmp_path_factory):
    """The site with a front page, and a chapter of few sections."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("_static", "_images", "katex"):
        (folder / name).symlink_to(built_book / name)
    (folder / "book").mkdir()
    for name in ("book/intro", CHAPTER):
        page = BeautifulSoup((built_book / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        if name == CHAPTER:
            for section in page.select("article > section > section")[SECTIONS:]:
                section.decompose()
        (folder / f"{name}.html").write_text(str(page), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def printed(browser, short_book):
    """The reader of the PDF, and the text of each of its pages."""
    data = pdf.print_book(browser, short_book, ["book/intro", CHAPTER], TITLE, AUTHOR, "2026")
    reader = pypdf.PdfReader(io.BytesIO(data))
    return reader, [page.extract_text() for page in reader.pages]


def running(texts):
    """Return the text of pages as it runs on from one to the next, without their heads and numbers."""
    return bare("".join(re.sub(r"^(.*\n)?\d+\n", "", text, count=1) for text in texts))


@pytest.fixture(scope="module")
def chapter(short_book):
    return BeautifulSoup((short_book / f"{CHAPTER}.html").read_text(encoding="utf-8"), "html.parser").article


def bookmarks(reader, entries=None):
    for entry in reader.outline if entries is None else entries:
        if isinstance(entry, list):
            yield from bookmarks(reader, entry)
        else:
            yield entry.title, reader.get_destination_page_number(entry)


pytestmark = pytest.mark.browser


def test_no_page_is_empty(printed):
    _, texts = printed
    assert 8 < len(texts) < 40
    assert "from derivatives to densities" in texts[0].lower()
    for number, text in enumerate(texts[1:], start=2):
        assert bare(text).count(str(number)) > 0, "each page has its number"
        assert len(bare(text)) > 100, f"page {number} is all but empty"


def test_it_says_what_it_is(printed):
    reader, _ = printed
    assert (reader.metadata.title, reader.metadata.author) == (TITLE, AUTHOR)
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_bookmarks_and_contents_lead_to_the_headings(printed, chapter):
    reader, texts = printed
    found = dict(bookmarks(reader))
    headings = [heading.get_text().removesuffix("#") for heading in chapter.find_all("h2")]
    assert len(headings) == SECTIONS
    for heading in headings:
        assert bare(heading) in bare(texts[found[heading]])
        assert re.search(rf"{re.escape(heading)}\s*{found[heading] + 1}\b", texts[1]), heading
    assert sum(title == "Hints, answers and solutions" for title, _ in bookmarks(reader)) == 1


def test_every_link_leads_somewhere(printed):
    reader, _ = printed
    inside = [
        annotation["/Dest"]
        for page in reader.pages
        for annotation in (entry.get_object() for entry in page.get("/Annots", []))
        if "/Dest" in annotation
    ]
    assert len(inside) > 10
    assert {str(place).lstrip("/") for place in inside} <= {name.lstrip("/") for name in reader.named_destinations}


def test_formulas_have_their_fonts(printed):
    reader, texts = printed
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert any("KaTeX" in font and "Math" in font for font in fonts)
    assert "𝜕" in "".join(texts) or "∂" in "".join(texts)


def test_solutions_stand_at_the_end(printed, chapter):
    reader, texts = printed
    answers = dict(bookmarks(reader))["Hints, answers and solutions"]
    solutions = [fold for fold in chapter.select(".exercise-help details") if "Solution" in fold.summary.get_text()]
    assert solutions
    before, after = running(texts[:answers]), running(texts[answers:])
    for fold in [*chapter.select(".exercise-help details"), *chapter.select(".quick-option")]:
        fold.summary.extract()
        longest = max(without_formulas(fold), key=len)
        assert longest[:60] not in before
        assert longest[:60] in after
    for exercise in chapter.select("div.exercise"):
        assert bare(exercise.find(class_="admonition-title").get_text()) in before


def test_nothing_of_the_screen_is_printed(printed):
    _, texts = printed
    text = "".join(texts)
    for furniture in ("Show code cell", "Hide code cell", "Your answer", "Copy to clipboard", "Download", "Next"):
        assert furniture not in text
