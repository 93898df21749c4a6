"""Every page in a real browser, wide and light, then as on a dark phone: no complaint, nothing refused or cut off."""

import pytest
from built_pages import site_pages
from live_page import complaints
from test_book import LAYOUTS, PAGES

OPENED = [*(f"{page}.html" for page in PAGES), "search.html", "offline.html"]
LISTEN = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", event =>
        violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""

# What is wrong with a page in one layout, by name; its folds are opened, and closed again.
WRONG = """async () => {
    await document.fonts.ready;
    const wrong = {};
    const note = (what, list) => list.length && (wrong[what] = list);
    const across = () => document.documentElement.scrollWidth > innerWidth
        ? [document.documentElement.scrollWidth] : [];
    note("too wide", across());
    const folds = [...document.querySelectorAll("details:not([open])")];
    folds.forEach(fold => (fold.open = true));
    note("too wide unfolded", across());
    note("formulas unseen", [...document.querySelectorAll("article .katex-html")].filter(
        box => box.checkVisibility() && !box.getBoundingClientRect().width).map(({outerHTML}) => outerHTML));
    note("formulas cut off", [...document.querySelectorAll("article .katex-display")].filter(
        box => box.checkVisibility() && box.scrollHeight > box.clientHeight).map(({textContent}) => textContent));
    note("pictures broken", [...document.images].filter(i => i.complete && !i.naturalWidth).map(({src}) => src));
    folds.forEach(fold => (fold.open = false));
    return wrong;
}"""

# What a reader can do on a page, each with the script that does it; the state stays for what follows.
STATES = {
    "folds open": "document.querySelectorAll('details').forEach(details => (details.open = true))",
    "theme switched": "document.querySelector('.theme-switch-button')?.click()",
    "menu open": "document.querySelector('.dropdown-toggle')?.click()",
    "search open": "document.querySelector('.search-button__button')?.click()",
    "a tab chosen": "document.querySelectorAll('.sd-tab-label').forEach(label => label.click())",
    "code copied": "document.querySelectorAll('.copybtn').forEach((button, at) => at < 3 && button.click())",
    "printed": "['beforeprint', 'afterprint'].forEach(name => dispatchEvent(new Event(name)))",
}


@pytest.fixture(scope="module")
def context(browser):
    """A context whose pages note what the policy has refused."""
    with browser.new_context(service_workers="block") as context:
        context.add_init_script(LISTEN)
        yield context


def test_all_pages_are_opened(built_book):
    # The front page leads to the introduction at once; test_book.py follows it.
    assert {*OPENED, "index.html"} == set(site_pages())


@pytest.mark.browser
@pytest.mark.parametrize("name", OPENED)
def test_a_page_opens_and_is_used_without_a_complaint(context, book_url, name):
    page = context.new_page()
    try:
        wrong = complaints(page, book_url)
        page.set_viewport_size(LAYOUTS["wide, light"]["viewport"])
        page.goto(f"{book_url}{name}" + ("?q=Jacobian" if name == "search.html" else ""))
        for layout, options in LAYOUTS.items():
            page.set_viewport_size(options["viewport"])
            page.emulate_media(color_scheme=options["color_scheme"])
            assert page.evaluate(WRONG) == {}, layout
        for state, script in STATES.items():
            page.evaluate(f"() => {{ {script}; return new Promise(requestAnimationFrame); }}")
            assert page.evaluate("violations") == [], state
        page.wait_for_load_state("networkidle")
        assert page.evaluate("violations") == []
        assert wrong == []
    finally:
        page.close()
