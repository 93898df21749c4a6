"""Nothing on a page moves when the scripts of its cells and exercises arrive."""

import pytest
from live_page import PATIENCE, live_book  # noqa: F401

pytestmark = pytest.mark.browser

PLACES = """() => [...document.querySelectorAll(
    ".bd-article :is(h2, h3, div.cell, .exercise, .exercise-live, .exercise-help)"
)].map(node => {
    const { top, height } = node.getBoundingClientRect();
    return [`${node.tagName}.${node.className.split(" ")[0]}`, Math.round(top + scrollY), Math.round(height)];
})"""

# What a page of each kind says once its scripts have done their work.
READY = {
    "book/01_partial_derivatives.html": ["[data-live=ready]", "[data-exercises=ready]"],
    "book/gallery.html": ["[data-live=ready]"],
    "book/exercises.html": ["[data-exercises=ready]"],
}


@pytest.mark.parametrize("address", READY)
def test_nothing_moves_when_the_scripts_arrive(browser, book_url, live_book, address):  # noqa: F811
    def places(scripts):
        with browser.new_context(service_workers="block", viewport={"width": 1280, "height": 900}) as context:
            context.set_default_timeout(PATIENCE)
            if not scripts:
                context.route("**/live/live.js*", lambda route: route.abort())
                context.route("**/live/exercises.js*", lambda route: route.abort())
            page = context.new_page()
            page.goto(book_url + address)
            if scripts:
                page.wait_for_selector("html" + "".join(READY[address]), state="attached")
            page.evaluate("document.fonts.ready")
            found = {}
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 900})
                found[width] = page.evaluate(PLACES)
            return found

    assert places(scripts=True) == places(scripts=False)
