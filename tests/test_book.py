"""The built book: every page is there with its outputs, and a real browser shows it without a complaint."""

import contextlib
import copy
import functools
import re
from collections import Counter
from urllib.parse import urlparse

import built_pages
import nbformat
import pytest
import yaml
from live_page import complaints

import formulas as typesetting
import jaclib
from notebooks import ROOT


def _files(entry):
    if isinstance(entry, dict):
        yield from (entry[key] for key in ("root", "file") if key in entry)
        for value in entry.values():
            yield from _files(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _files(value)


PAGES = list(_files(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))))
CHAPTERS = [page for page in PAGES if (ROOT / f"{page}.ipynb").exists()]
LAYOUTS = {
    "wide, light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "phone, dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


def parsed(page):
    return built_pages.parsed(f"{page}.html")


def words(text):
    return re.sub(r"\s+", "", text)


# ------------------------------------------------------------------------------------------ without a browser


def test_the_table_of_contents_is_read():
    assert PAGES[0] == "book/intro"
    assert len(PAGES) == len(set(PAGES)) > 3


@pytest.mark.parametrize("page", PAGES)
def test_page_exists_with_its_text(built_book, page):
    article = parsed(page).select_one("article")
    assert article is not None
    assert len(article.select("h1")) == 1
    assert len(article.get_text(strip=True)) > 200


@pytest.mark.parametrize("page", CHAPTERS)
def test_page_has_every_output_of_its_notebook(built_book, page):
    nb = nbformat.read(ROOT / f"{page}.ipynb", as_version=4)
    hidden = {"remove-cell", "remove-output"}
    code = [
        cell for cell in nb.cells if cell.cell_type == "code" and "remove-cell" not in cell.metadata.get("tags", [])
    ]
    shown = parsed(page).select("article div.cell")
    assert len(shown) == len(code)
    for cell, div in zip(code, shown, strict=True):
        if not cell.outputs or hidden & set(cell.metadata.get("tags", [])):
            continue
        output = div.select_one(".cell_output")
        assert output is not None, cell.source
        text = words(output.get_text())
        for item in cell.outputs:
            kinds = item.get("data", {})
            if item.output_type == "stream":
                assert words(item.text) in text, cell.source
            elif any(kind.startswith("image/") for kind in kinds):
                assert output.select("img[src], svg"), cell.source
            elif set(kinds) == {"text/plain"}:
                assert words(kinds["text/plain"]) in text, cell.source
            else:
                assert text or output.select(".katex"), cell.source


@pytest.mark.parametrize("page", PAGES)
def test_page_names_no_other_origin_to_load_from(built_book, page):
    loaded = [
        tag.get(attribute)
        for selector, attribute in [("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src")]
        for tag in parsed(page).select(selector)
    ] + [
        tag.get("href")
        for tag in parsed(page).select('link[rel~="stylesheet"], link[rel~="preload"], link[rel~="icon"]')
    ]
    assert [address for address in loaded if address and urlparse(address).netloc] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_image_has_alt_text(built_book, page):
    images = parsed(page).select("article img")
    assert [image.get("src") for image in images if not (image.get("alt") or "").strip()] == []


def raw_latex(text):
    """Return what looks like LaTeX in a text for readers."""
    return re.findall(r"\$\$|\\\(|\\\[|\\[a-zA-Z]{2,}", text)


@functools.cache
def _faults(formula):
    """Return what is wrong with the HTML of a formula; most of them stand on several pages."""
    drawn = re.findall(r"<span [^>]*katex-html[^>]*>", formula)
    wrong = {
        "not of both parts": not re.match(
            r'<span class="katex"><span class="katex-mathml"><math [^>]*><semantics>', formula
        ),
        "not one of each part": not formula.count("<math ") == len(drawn) == 1,
        "read out twice": not all('aria-hidden="true"' in tag for tag in drawn),
        "says more than a formula": re.search(r'katex-error|\s(id|href|alt|title|aria-label)="', formula),
        "LaTeX": raw_latex(re.sub(r"<annotation.*?</annotation>|<[^>]*>", "", formula, flags=re.DOTALL)),
    }
    return [fault for fault, found in wrong.items() if found]


@pytest.mark.parametrize("page", PAGES)
def test_every_formula_is_typeset_and_has_mathml(built_book, page):
    for formula in parsed(page).select(".math"):
        assert len(formula.select(".katex")) == 1, formula
    formulas = built_pages.formulas(f"{page}.html")
    assert len(parsed(page).select(".katex")) == len(formulas)
    assert [(formula, _faults(formula)) for formula in formulas if _faults(formula)] == []
    copied = copy.copy(parsed(page))
    for tag in copied.select("pre, code, script, dt.sig"):
        tag.decompose()
    assert raw_latex(copied.get_text()) == []
    named = [tag.get(name) or "" for tag in copied.find_all(True) for name in ("alt", "title", "aria-label")]
    assert raw_latex(" ".join(named)) == []


@pytest.mark.parametrize(
    ("of", "into", "fault"),
    [
        ("<semantics>", "", "not of both parts"),
        ('aria-hidden="true"', "", "read out twice"),
        ('"katex-html"', '"katex-drawn"', "not one of each part"),
        ("<mi>x</mi>", '<mi id="x">x</mi>', "says more than a formula"),
        ("<mi>x</mi>", r"<mi>\\alpha</mi>", "LaTeX"),
    ],
)
def test_a_fault_of_a_formula_is_found(of, into, fault):
    formula = typesetting.typeset("x")
    assert _faults(formula) == []
    assert of in formula
    assert fault in _faults(formula.replace(of, into))


def test_the_api_page_documents_every_public_name(built_book):
    documented = {tag.get("id") for tag in parsed("book/api").select("dt[id]")}
    assert {f"jaclib.{name}" for name in jaclib.__all__} <= documented


# ------------------------------------------------------------------------------------------- in the browser


@pytest.fixture(scope="module", params=LAYOUTS.values(), ids=LAYOUTS)
def layout(request, browser):
    context = browser.new_context(**request.param)
    yield context
    context.close()


@contextlib.contextmanager
def _open(layout, address, base, leads_to="**"):
    """Open an address, follow it, wait for its fonts; nothing may go wrong on the page until the block ends."""
    with contextlib.closing(layout.new_page()) as page:
        wrong = complaints(page, base)
        page.goto(address)
        page.wait_for_url(leads_to)
        page.evaluate("document.fonts.ready")
        yield page
        page.wait_for_load_state("networkidle")
        assert wrong == []


@pytest.mark.browser
def test_the_links_of_headings_wait_for_the_pointer(layout, book_url):
    with _open(layout, f"{book_url}book/notation.html", book_url) as page:
        seen = "getComputedStyle(document.querySelector('h2 > a.headerlink')).visibility"
        assert page.evaluate(seen) == "hidden"
        page.locator("h2:has(> a.headerlink)").first.hover()
        assert page.evaluate(seen) == "visible"


@pytest.mark.browser
def test_the_address_of_the_site_leads_to_the_introduction(layout, book_url):
    with _open(layout, book_url, book_url, leads_to="**/book/intro.html") as page:
        assert page.locator("article h1").count() == 1


def _contrast(first, second):
    def luminance(rgb):
        parts = [float(part) / 255 for part in re.findall(r"[\d.]+", rgb)[:3]]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted([luminance(first), luminance(second)])
    return (high + 0.05) / (low + 0.05)


COLOURS = """() => {
    const colour = node => getComputedStyle(node).color;
    const behind = node => {
for (; node; node = node.parentElement) {
    const value = getComputedStyle(node).backgroundColor;
    if (value !== "rgba(0, 0, 0, 0)") return value;
}
    };
    const rows = [...document.querySelectorAll("tr:has([class^=role-])")];
    return rows.map(row => {
const [word, formula] = ["[class^=role-]", ".katex-html [style*=color]"].map(s => row.querySelector(s));
return [colour(word), colour(formula), behind(word)];
    });
}"""


@pytest.mark.browser
def test_role_colours_can_be_read_in_formulas_and_text(layout, book_url):
    """Each role has one colour in formulas and in text, with a contrast of 4.5 (WCAG 2, 1.4.3)."""
    with _open(layout, f"{book_url}book/notation.html", book_url) as page:
        colours = page.evaluate(COLOURS)
    assert len(colours) == 3
    assert len({text for text, _, _ in colours}) == 3
    for text, formula, background in colours:
        assert text == formula
        assert _contrast(text, background) >= 4.5


@pytest.mark.browser
def test_paper_is_light_and_unfolded_but_for_the_solutions(layout, light_url):
    with _open(layout, f"{light_url}{CHAPTERS[0]}.html", light_url) as page:
        state = """() => {
            const folds = [...document.querySelectorAll("details")];
            const secret = folds.filter(fold => fold.matches(".exercise-help details, .quick-option"));
            const closed = some => some.filter(fold => !fold.open).length;
            return [
                document.documentElement.dataset.theme, closed(folds) - closed(secret), secret.length - closed(secret)
            ];
        }"""
        before = page.evaluate(state)
        assert before[1] > 0
        assert before[2] == 0
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(state) == ["light", 0, 0]
        page.emulate_media(media="print")
        shown = "[...document.querySelectorAll('.exercise-help details')].filter(fold => fold.checkVisibility())"
        assert page.evaluate(f"{shown}.length") == 0
        told = "getComputedStyle(document.querySelector('.exercise-help'), '::after').content"
        assert "unfold them on the page" in page.evaluate(told)
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate(state) == before


@pytest.mark.browser
def test_a_folded_cell_says_what_a_press_does(browser, light_url):
    labels = "[...document.querySelectorAll('.cell details.hide > summary')].map(one => one.innerText.trim())"
    with browser.new_context() as context, _open(context, f"{light_url}{CHAPTERS[2]}.html", light_url) as page:
        assert set(page.evaluate(labels)) == {"Show code cell source"}
        page.locator(".cell details.hide > summary").first.click()
        assert page.evaluate(labels)[0] == "Hide code cell source"


HEIGHTS = """[...document.querySelectorAll("article .katex-html")].map(formula =>
    formula.checkVisibility() && formula.getBoundingClientRect().height)"""


@pytest.mark.browser
def test_formulas_need_no_script_and_are_read_out_as_mathml(browser, book_url):
    """Every formula of a page has a size without JavaScript, and its MathML is in the accessibility tree."""
    address = f"{book_url}book/summary_1.html"
    with browser.new_context(java_script_enabled=False) as context, _open(context, address, book_url) as page:
        heights = page.evaluate(HEIGHTS)
        assert len(heights) > 20
        assert min(heights) > 5
        tools = context.new_cdp_session(page)
        tree = tools.send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in tree if not node["ignored"])
    assert roles["MathMLMath"] >= len(heights)
    assert roles["MathMLFraction"] > 20
