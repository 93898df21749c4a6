"""axe-core finds nothing on any page, in light and dark, wide and on a phone; and every page is usable by keyboard."""

import pytest
from built_pages import HTML, site_pages

import web_tools

LAYOUTS = {
    f"{width}, {scheme}": {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for scheme in ("light", "dark")
    for width in (1280, 390)
}
# What is looked at on each page, one after the other, with the script that brings it about.
STATES = {
    "everything unfolded": "document.querySelectorAll('details').forEach(details => (details.open = true))",
    "downloads open": "document.querySelector('.dropdown-toggle')?.click()",
    "search open": "document.querySelector('.search-button__button')?.click()",
}
# A formula's drawing is hidden from screen readers and has the colours of the text around it, which the notation page
# checks; its thousand boxes would take most of the time.
AXE = """async () => {
    const options = {resultTypes: ["violations"], performanceTimer: false};
    const {violations} = await axe.run({exclude: [".katex-html"]}, options);
    return violations.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.target} ${node.html.slice(0, 120)}`));
}"""
SMALL = 200_000  # bytes; the states are those of the frame around every page, and are looked at on the small ones


@pytest.fixture(scope="module", params=LAYOUTS.values(), ids=LAYOUTS)
def layout(request, browser):
    context = browser.new_context(
        **request.param, bypass_csp=True, service_workers="block", reduced_motion="reduce"
    )  # axe is put into the page as a script, which the policy would refuse
    yield context
    context.close()


@pytest.mark.browser
@pytest.mark.live
def test_axe_finds_nothing(layout, built_book, book_url):
    axe = (web_tools.installed() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = {}
    for name in site_pages():
        page = layout.new_page()
        page.set_default_timeout(120_000)
        page.route("**/book/intro.html", lambda route: route.abort()) if name == "index.html" else None
        page.goto(f"{book_url}{name}", wait_until="domcontentloaded" if name == "index.html" else "load")
        page.evaluate(axe)
        states = list(STATES.items())
        for state, script in states if (HTML / name).stat().st_size < SMALL else states[:1]:
            page.evaluate(f"() => {{ {script}; return new Promise(requestAnimationFrame); }}")
            if violations := page.evaluate(AXE):
                found[f"{name}, {state}"] = violations
        page.close()
    assert found == {}


FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    // What shows the focus: an outline or a shadow, on the element itself or on the label that stands for it.
    const shown = [at, ...(at.labels ?? []), at.parentElement].some(one => {
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
