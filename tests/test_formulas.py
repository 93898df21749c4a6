"""Formulas typeset at build time: what KaTeX cannot read stops the build, and lines break where they may."""

import io

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from test_book import CHAPTERS

import formulas

CONFIG = """
import sys
sys.path.insert(0, {tools!r})
extensions = ["myst_parser", "math_for_test"]
myst_enable_extensions = ["dollarmath", "amsmath"]
html_math_renderer = "katex"
numfig = True
"""
EXTENSION = "import formulas\ndef setup(app):\n    formulas.setup(app)\n"


@pytest.fixture
def build(tmp_path):
    """Return a function that builds one page of Markdown, and gives its HTML and the warnings."""

    def run(text):
        (tmp_path / "conf.py").write_text(CONFIG.format(tools=str(tmp_path)))
        (tmp_path / "math_for_test.py").write_text(EXTENSION)
        (tmp_path / "index.md").write_text(f"# Title\n\n{text}\n")
        warnings = io.StringIO()
        out = tmp_path / "out"
        app = Sphinx(tmp_path, tmp_path, out, tmp_path / "doctrees", "html", status=None, warning=warnings)
        app.build()
        page = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
        # Sphinx says of each of its own kinds of node that an earlier build in this process has it already.
        said = [line for line in warnings.getvalue().splitlines() if "is already registered" not in line]
        return page.select_one("div.body"), "\n".join(said)

    return run


def test_a_formula_is_html_for_the_eye_and_mathml_for_the_ear():
    made = BeautifulSoup(formulas.typeset(r"\frac{a}{b}"), "html.parser")
    assert made.select_one("math mfrac").get_text() == "ab"
    assert made.select_one(".katex-html")["aria-hidden"] == "true"
    assert made.select_one("annotation").get_text() == r"\frac{a}{b}"


@pytest.mark.parametrize("latex", [r"\frac{a", r"\unknown{x}", r"\text{a $ b}"])
def test_what_cannot_be_read_is_an_error(latex):
    with pytest.raises(ValueError, match="KaTeX parse error"):
        formulas.typeset(latex)


def test_a_formula_follows_one_that_cannot_be_read():
    with pytest.raises(ValueError, match="KaTeX"):
        formulas.typeset(r"\oops")
    assert "katex-html" in formulas.typeset("after")


def test_the_build_names_the_place_of_a_formula_that_cannot_be_read(build):
    _, warnings = build("Good: $x$.\n\nBad: $\\oops$.")
    assert "index.md:5: WARNING: cannot typeset the formula" in warnings
    assert r"\oops" in warnings


def test_equations_keep_number_and_label(build):
    page, warnings = build(
        "$$ a = b $$ (eq-one)\n\n\\begin{align} c &= d \\\\ e &= f \\end{align}\n\nSee {eq}`eq-one`."
    )
    assert warnings == ""
    assert page.select_one("div.math#equation-eq-one > .eqno").get_text().startswith("(1)")
    assert page.select_one("a[href='#equation-eq-one']") is not None
    assert len(page.select("div.math > .katex-display")) == 2
    assert page.select(".katex-tag, .eqn-num") == []  # the numbers are Sphinx's alone


def test_lines_of_a_formula_are_kept_together(build):
    page, warnings = build("$$\na &= b \\\\\nc &= d\n$$")
    assert warnings == ""
    assert len(page.select("math mtr")) == 2


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("So $x$.", "x."),
        ("So ($x$), and", "(x),"),
        ("the $n$-dimensional one", "n-"),
        ("the $n$th one", "nth"),
        ("the length “$x$”!", "“x”!"),
    ],
)
def test_punctuation_stays_with_its_formula(build, text, together):
    page, _ = build(text)
    box = page.select_one("span.formula")
    for hidden in box.select("annotation, .katex-html"):
        hidden.decompose()
    assert box.get_text() == together
    for hidden in page.select("annotation, .katex-html"):
        hidden.decompose()
    assert page.select_one("p").get_text() == text.replace("$", "")


def test_a_formula_among_words_is_left_alone(build):
    assert build("Let $x$ be $y$ and so on")[0].select("span.formula") == []


@pytest.fixture(scope="module")
def chapter(browser, book_url):
    """The chapter with most formulas, on a phone."""
    page = browser.new_page(service_workers="block", viewport={"width": 320, "height": 700})
    page.goto(f"{book_url}{CHAPTERS[2]}.html")
    yield page
    page.close()


@pytest.mark.browser
def test_a_full_stop_is_never_alone_on_a_line(chapter):
    """On a phone of any width, a formula's last piece and its full stop are on one line, and no line is too long."""
    parted = """() => [...document.querySelectorAll("article .formula")].filter(box => {
        if (!box.checkVisibility() || box.lastChild.nodeType !== Node.TEXT_NODE) return false;
        const range = document.createRange();
        range.selectNodeContents(box.lastChild);
        const stop = range.getBoundingClientRect();
        const last = [...box.querySelectorAll(".katex-base")].at(-1).getBoundingClientRect();
        return stop.left < last.right - 2 || stop.top > last.bottom;
    }).map(box => box.textContent)"""
    for width in (320, 390, 430):
        chapter.set_viewport_size({"width": width, "height": 844})
        assert chapter.evaluate(parted) == []


@pytest.mark.browser
def test_a_formula_that_scrolls_is_reached_by_keyboard(chapter):
    page = chapter
    none_scrolls = "!document.querySelector('article .katex-display[data-scrolls]')"
    page.set_viewport_size({"width": 1600, "height": 900})
    page.wait_for_function(none_scrolls)
    page.set_viewport_size({"width": 320, "height": 700})
    wide = """() => [...document.querySelectorAll("article .katex-display")]
        .filter(box => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)
        .map(box => [box.tabIndex, box.getAttribute("role"), box.getAttribute("aria-label")])"""
    page.wait_for_function("document.querySelector('.katex-display[data-scrolls]')")
    found = page.evaluate(wide)
    assert found
    assert {tuple(entry) for entry in found} == {(0, "group", "Formula, scrolls sideways")}
    page.set_viewport_size({"width": 1600, "height": 900})
    page.wait_for_function(none_scrolls)
    assert page.locator(".katex-display[tabindex]").count() == 0
