"""axe-core finds nothing on any page, in light and dark, wide and on a phone; and every page is usable by keyboard."""

import pytest
import stand_in_page
from built_pages import HTML, site_pages

import web_tools

# Width and theme. The first is looked at with every rule; another theme or width can only break the rules of LOOKS.
LAYOUTS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
# What the frame around every page can show; looked at on the small pages.
FRAME = {
    "menus open": "document.querySelectorAll('.dropdown-toggle').forEach(button => button.click())",
    "search open": "document.querySelector('.search-button__button')?.click()",
}
UNFOLD = "document.querySelectorAll('details').forEach(details => (details.open = true))"
# Each formula as an empty box of its size, so that all around it stays where it is. What is drawn in it is hidden from
# screen readers and has the colours of the text around, which the notation page checks; axe reads no MathML; and a
# chapter is ten times smaller without.
BOXES = """() => {
    const formulas = [...document.querySelectorAll(".katex")];
    const sizes = formulas.map(one => one.getBoundingClientRect());
    formulas.forEach((one, k) => {
        one.replaceChildren();
        one.style.cssText = `display: inline-block; width: ${sizes[k].width}px; height: ${sizes[k].height}px`;
    });
}"""
# The size of targets is not asked about by default.
AXE = """async ([only, parts]) => {
    const where = parts ? {include: parts} : document;
    const rules = only ? {runOnly: {type: "rule", values: only}} : {rules: {"target-size": {enabled: true}}};
    const {violations} = await axe.run(where, {resultTypes: ["violations"], ...rules});
    return violations.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.target} ${node.html.slice(0, 120)}`));
}"""
SMALL = 200_000  # bytes
ANSWERS = {"E1.4": ("672", "incorrect"), "E1.2": ("68,0", "unreadable"), "E1.8": ("27", "correct")}
ONE_OF_A_KIND = {"book/intro.html", "book/elsewhere.html", "book/exercises.html", "search.html"}


def looked_at(page, parts=None):
    """Return what axe finds on an open page, or on parts of it, in every layout."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate((web_tools.installed() / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = {}
    for width, theme in LAYOUTS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(
            """theme => { document.documentElement.dataset.theme = theme;
                      return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); }""",
            theme,
        )
        if violations := page.evaluate(AXE, [None if (width, theme) == LAYOUTS[0] else LOOKS, parts]):
            found[f"{width}, {theme}"] = violations
    return found


def told(found):
    return "\n".join(f"{layout}: {violation}" for layout, violations in found.items() for violation in violations)


@pytest.fixture
def context(browser):
    # axe is put into the page as a script, which the policy would refuse.
    with browser.new_context(bypass_csp=True, service_workers="block", reduced_motion="reduce") as context:
        context.set_default_timeout(240_000)
        yield context


@pytest.mark.browser
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in ONE_OF_A_KIND else pytest.mark.live, id=name) for name in site_pages()],
)
def test_axe_finds_nothing(context, built_book, book_url, name):
    page = context.new_page()
    if name == "index.html":  # leads on at once
        page.route("**/book/intro.html", lambda route: route.fulfill(status=204))
    page.goto(f"{book_url}{name}", wait_until="domcontentloaded" if name == "index.html" else "load")
    page.evaluate(UNFOLD)
    page.evaluate(BOXES)
    found = looked_at(page)
    if (HTML / name).stat().st_size < SMALL:
        for state, script in FRAME.items():
            page.set_viewport_size({"width": 1280, "height": 900})
            page.evaluate(script)
            found |= {f"{state}, {layout}": violations for layout, violations in looked_at(page).items()}
    assert found == {}, told(found)


def wake_figures(page):
    """Come by each figure, so that it is alive."""
    for figure in page.locator(".interactive-stage").all():
        figure.scroll_into_view_if_needed()
        page.wait_for_selector(f'#{figure.get_attribute("id")}[data-state="live"]')


@pytest.mark.browser
def test_axe_finds_nothing_where_everything_is_open(context, built_book, light_url, tmp_path, monkeypatch):
    """An editor, a named slip, an answer that cannot be read, hints, solutions, and the figures alive."""
    name = "book/01_partial_derivatives.html"
    if 'name="course-runtime"' not in (built_book / name).read_text(encoding="utf-8"):
        pytest.skip("the book was built without its Python runtime")
    monkeypatch.setenv("JACLIB_HOME", str(tmp_path))
    page = stand_in_page.with_stand_in(context).new_page()
    page.goto(f"{light_url}{name}")
    page.wait_for_selector("html[data-exercises=ready]", state="attached")
    page.wait_for_selector("html[data-live=ready]", state="attached")
    wake_figures(page)
    cell = page.locator(".live-cell").nth(2)
    cell.locator(".live-edit").click()
    cell.locator(".cm-content").wait_for()
    for id, (answer, status) in ANSWERS.items():
        form = page.locator(f'[data-exercise="{id}"]')
        form.locator("input").fill(answer)
        form.locator("input").press("Control+Enter")
        form.locator(f'.exercise-card[data-status="{status}"]').wait_for()
        help = page.locator(f'[data-exercise="{id}"] + .exercise-help')
        help.evaluate("help => help.querySelectorAll('details').forEach(details => (details.open = true))")
        assert help.locator("details[open]").count() > 1
    forms = [f'[data-exercise="{id}"]' for id in ANSWERS]
    parts = [f"#{cell.get_attribute('id')}", ".interactive", *forms, *(f"{form} + .exercise-help" for form in forms)]
    found = looked_at(page, parts)
    assert found == {}, told(found)


FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    // What shows the focus: an outline or a shadow, on the element itself or on the label that stands for it.
    const holders = [at.parentElement, at.closest(".cm-editor")?.parentElement, at.closest(".cell_input")];
    const shown = [at, ...(at.labels ?? []), ...holders].filter(Boolean).some(one => {
        const style = getComputedStyle(one);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    });
    const box = at.getBoundingClientRect();
    const inside = ["#pst-skip-link", ".bd-sidebar-primary", ".bd-header-article", "article", ".bd-sidebar-secondary",
        ".prev-next-footer"].find(part => at.closest(part));
    return {what: at.outerHTML.slice(0, 160), shown, seen: box.width > 0 && box.height > 0, inside};
}"""


@pytest.mark.browser
@pytest.mark.parametrize("name", ["book/intro.html", "book/elsewhere.html"])
def test_the_tab_key_reaches_every_part_and_is_seen(browser, book_url, name):
    with browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{book_url}{name}")
        stops = []
        for _ in range(400):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUS)
            if stop is None:  # past the end of the page: nothing has held the focus
                break
            stops.append(stop)
        assert 20 < len(stops) < 400
        assert stops[0]["inside"] == "#pst-skip-link"
        assert [stop["what"] for stop in stops if not (stop["shown"] and stop["seen"])] == []
        parts = {stop["inside"] for stop in stops}
        assert parts >= {".bd-sidebar-primary", ".bd-header-article", "article", ".bd-sidebar-secondary"}


WATCH = """() => {
    window.stops = [];
    window.visited = new Set();
    document.addEventListener("focusin", ({ target }) => {
        visited.add(target);
        stops.push((FOCUS)());
    });
}""".replace("FOCUS", FOCUS)
# Of the buttons of a choice Tab reaches one; the arrow keys move on from there.
PASSED_OVER = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}))
    .filter(one => ![...visited].some(other => other === one || (one.type === "radio" && other.name === one.name)))
    .map(one => one.outerHTML.slice(0, 160))"""


@pytest.mark.browser
def test_a_whole_chapter_is_walked_through_with_the_tab_key(browser, light_url):
    """With cells, figures, fields and editors: nothing is passed over, holds the focus, or takes Tab as text."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{light_url}book/02_jacobian_matrix.html")
        page.wait_for_selector("html[data-exercises=ready]", state="attached")
        page.wait_for_selector("html[data-live=ready]", state="attached")
        wake_figures(page)
        code = "() => [...document.querySelectorAll('.exercise-live textarea')].map(field => field.value)"
        before = page.evaluate(code)
        for form in page.locator('[data-kind="code"]').all():  # its field becomes an editor when the reader comes to it
            form.locator("textarea").focus()
            form.locator(".cm-content").wait_for()
        page.evaluate("document.activeElement.blur()")
        page.evaluate(WATCH)
        around = "stops.filter(stop => stop?.inside === '#pst-skip-link').length > 1"
        for _ in range(60):
            for _ in range(25):
                page.keyboard.press("Tab")
            if page.evaluate(around):
                break
        assert page.evaluate(around), page.evaluate("stops.at(-1)")
        assert page.evaluate(PASSED_OVER) == []
        stops = page.evaluate("stops")
        assert [stop["what"] for stop in stops if not (stop["shown"] and stop["seen"])] == []
        assert sum("cm-content" in stop["what"] for stop in stops) > 3
        assert page.evaluate(code) == before


@pytest.mark.browser
def test_the_search_dialog_opens_and_closes_by_keyboard(browser, book_url):
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{book_url}book/notation.html")
        page.keyboard.press("Control+k")
        field = page.locator("#pst-search-dialog input")
        field.wait_for()
        assert field.evaluate("one => one === document.activeElement")
        page.keyboard.press("Escape")
        field.wait_for(state="hidden")
