"""What a page costs its reader stays within the figures to reach."""

import re
import types

import pytest
from test_book import CHAPTERS, PAGES

import budgets
import fonts
import theme_assets

HEAVIEST = "book/03_change_of_variables"
HERE = [pytest.param(page, marks=[] if page == HEAVIEST else pytest.mark.live) for page in CHAPTERS]


def test_the_heaviest_chapter_is_measured_each_time(built_book):
    assert max(CHAPTERS, key=lambda page: (built_book / f"{page}.html").stat().st_size) == HEAVIEST


@pytest.mark.browser
@pytest.mark.parametrize("page", HERE)
def test_a_chapter_stays_within_its_budget(browser, built_book, page):
    with budgets.served(built_book) as address:
        cost = budgets.measure(browser, address, built_book, page)
    assert cost.foreign == []
    assert cost.total <= budgets.MOST_BYTES, cost.bytes
    assert cost.shifted == []
    assert cost.bytes["fonts"] == 0, "a font that fonts.FACES does not have inside the style sheet"


@pytest.mark.browser
def test_bytes_are_counted_packed_and_by_kind(browser, tmp_path):
    (tmp_path / "_images").mkdir()
    (tmp_path / "_images" / "own.png").write_bytes(b"x" * 5000)
    (tmp_path / "a.css").write_text("p {}\n" * 10_000)
    (tmp_path / "p.html").write_text(
        '<link rel="stylesheet" href="a.css"><img src="_images/own.png" alt="">'
        '<img src="http://127.0.0.1:9/x.png" alt=""><link rel="icon" href="data:,">'
    )
    with budgets.served(tmp_path) as address:
        cost = budgets.measure(browser, address, tmp_path, "p", slow=False)
    assert cost.bytes["CSS"] < 500
    assert cost.requests == 3
    assert cost.foreign == ["http://127.0.0.1:9/x.png"]
    assert cost.total == cost.bytes["HTML"] + cost.bytes["CSS"]


GROWS = """<link rel=icon href="data:,"><p id=a>first</p><p>second</p><script>
const grow = () => (document.querySelector("#a").style.height = "300px");
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(grow, 100)));
</script>"""


@pytest.mark.browser
def test_a_shift_is_seen(browser, tmp_path):
    (tmp_path / "p.html").write_text(GROWS)
    with budgets.served(tmp_path) as address:
        assert budgets.measure(browser, address, tmp_path, "p").shift > 0


def test_the_table_has_its_place(tmp_path, monkeypatch):
    place = tmp_path / "C.md"
    place.write_text(f"before\n{budgets.BEGIN}\nold\n{budgets.END}\nafter\n")
    monkeypatch.setattr(budgets, "TABLE", place)
    budgets.write("| new |")
    assert place.read_text() == f"before\n{budgets.BEGIN}\n\n| new |\n\n{budgets.END}\nafter\n"
    assert budgets.BEGIN in (budgets.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------ icons and fonts


def test_the_style_has_the_icons_in_use_and_no_others():
    source = (theme_assets.THEME / "styles/pydata-sphinx-theme.css").read_text(encoding="utf-8")
    style = theme_assets.slim(source, "fa-bars fa-solid")
    assert '.fa-navicon:before{content:"\uf0c9";content:"\uf0c9"/""}' in style
    assert ".fa-guitar" in source
    assert ".fa-guitar" not in style
    assert style.count("@font-face") == 1
    assert "url(data:font/woff2" in style
    assert "../vendor" not in style


@pytest.mark.parametrize("page", PAGES)
def test_every_icon_of_a_page_has_a_shape(built_book, page):
    style = (built_book / "_static/styles/theme-course.css").read_text(encoding="utf-8")
    sizes = {"fa-lg", "fa-solid", "fa-brands", "fa-regular"}
    text = (built_book / f"{page}.html").read_text(encoding="utf-8")
    classes = re.findall(r'class="([^"]*\bfa-[^"]*)"', text)
    icons = {name for found in classes for name in found.split() if name.startswith("fa-")}
    assert icons > sizes & icons
    assert [name for name in icons - sizes if f".{name}:before" not in style] == []


def test_a_font_has_the_characters_of_the_classes_that_choose_it():
    page = '<span class="mord mathbb">R</span><span class="mord mathbbx">Q</span><span class="mathbb mtight">N</span>'
    assert fonts.shown([page], "mathbb|amsrm") == {"R", "N"}
    assert "U+4E,U+52;" in fonts.face("AMS-Regular", {"R", "N"})


def test_a_new_character_makes_the_style_of_the_fonts_anew(tmp_path):
    app = types.SimpleNamespace(outdir=tmp_path, builder=types.SimpleNamespace(format="html"))
    page, made = tmp_path / "book" / "page.html", tmp_path / "_static" / fonts.STYLE
    page.parent.mkdir()
    made.parent.mkdir(parents=True)
    page.write_text("x")
    fonts.write_style(app, None)
    first = made.read_text()
    fonts.write_style(app, None)
    assert made.read_text() == first
    page.write_text("xy")
    fonts.write_style(app, None)
    assert made.read_text() != first
