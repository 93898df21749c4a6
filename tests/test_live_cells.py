"""The code cells of the pages, in a browser: run, edited, stopped, and what is told where something fails."""

import re

import pytest
from live_page import live_book, live_page  # noqa: F401

pytestmark = pytest.mark.browser

CHAPTER = "book/01_partial_derivatives.html"
SETUP, DIGITS, LINE, TABLE, MATRIX, FUNCTION = 1, 2, 4, 6, 8, 9  # cells of that chapter
RAISES = "import jaclib\nimport numpy as np\n\njaclib.jvp(np.sin, (np.ones(2),), (np.ones(3),))"


@pytest.fixture(scope="module")
def chapter(browser, light_url, live_book):  # noqa: F811
    """The first chapter with its Python running, which most tests share."""
    with live_page(browser, light_url + CHAPTER) as page:
        yield page
        assert not page.errors


# ------------------------------------------------------------------------------------------- before anything is run


def test_nothing_of_python_is_loaded_before_it_is_asked_for(browser, light_url, live_book):  # noqa: F811
    with live_page(browser, light_url + CHAPTER) as live:
        live.page.wait_for_load_state("networkidle")
        assert not live.asked_for("/pyodide/")
        assert not live.asked_for("/codemirror/")
        assert all(url.startswith(light_url) for url in live.requests)
        bars = live.page.locator(".live-bar")
        assert bars.count() == live.page.locator("div.cell:not(.tag_exercise)").count()
        assert bars.first.locator("button:visible").all_inner_texts() == ["Run", "Edit"]


# ------------------------------------------------------------------------------------------------------ running


def test_a_cell_runs_after_the_cells_that_it_needs(chapter):
    before = chapter.shown(TABLE)
    assert chapter.run(TABLE) == before
    assert re.fullmatch(r"Done in \d+(\.\d)? s, after cells 1 and 4", chapter.status(TABLE))
    assert chapter.cell(SETUP).get_attribute("data-live") == "done"
    assert chapter.cell(DIGITS).get_attribute("data-live") is None  # no other cell needs it
    assert "Cell 6: done" in chapter.page.locator(".live-news").inner_text()


def test_a_figure_takes_the_place_of_the_books(chapter):
    measure = """root => { const image = root.querySelector('.cell_output img');
                 return [image.alt, image.clientWidth, image.clientHeight, image.src.slice(0, 5)]; }"""
    *book, kind = chapter.cell(DIGITS).evaluate(measure)
    assert kind == "http:"
    chapter.run(DIGITS)
    *live, kind = chapter.cell(DIGITS).evaluate(measure)
    assert kind == "data:"
    assert live[0] == book[0]
    assert live[1:] == pytest.approx(book[1:], abs=8)


def test_a_formula_is_typeset(chapter):
    ((kind, latex),) = chapter.run(MATRIX)
    assert kind == "text_latex"
    assert "x^{3} + 4 x y" in latex
    assert chapter.cell(MATRIX).locator(".cell_output .katex-html").count() == 1


def test_what_the_chapter_shows_with_html_and_markdown(chapter):
    chapter.write(LINE, "from IPython.display import HTML, Markdown, display\ndisplay(Markdown('**bold** $x^2$'))\n"
                  "display(HTML('<table><tr><td>one</td></tr></table>'))")  # fmt: skip
    chapter.run(LINE)
    output = chapter.cell(LINE).locator(".cell_output")
    output.locator("strong").wait_for()
    assert output.locator("strong").inner_text() == "bold"
    assert output.locator("td").inner_text() == "one"
    chapter.press(LINE, "reset")


# ------------------------------------------------------------------------------------------------------ editing


def test_the_editor_takes_the_place_of_the_code(chapter):
    box = chapter.cell(FUNCTION).locator(".cell_input")
    before = box.bounding_box()["height"]
    chapter.press(FUNCTION, "edit")
    chapter.cell(FUNCTION).locator(".cm-content").wait_for()
    assert box.bounding_box()["height"] == pytest.approx(before, abs=2)
    colors = """root => [...root.querySelectorAll('.highlight .k')].map(node => getComputedStyle(node).color)"""
    assert len(set(chapter.cell(FUNCTION).evaluate(colors))) == 1  # of "def", as the book and as the editor show it
    assert chapter.code(FUNCTION).startswith("def f(v):")
    chapter.press(FUNCTION, "run")
    chapter.wait(FUNCTION, "done")


def test_shift_enter_runs_what_was_typed_and_reset_brings_the_book_back(chapter):
    book = chapter.shown(TABLE)
    chapter.write(TABLE, "print('from the reader')")
    chapter.page.keyboard.press("Shift+Enter")
    chapter.wait(TABLE, "done")
    assert chapter.shown(TABLE) == [["stream", "from the reader\n"]]
    chapter.press(TABLE, "reset")
    assert chapter.shown(TABLE) == book
    assert chapter.code(TABLE).startswith('print("    h')
    chapter.press(TABLE, "undo")
    assert chapter.code(TABLE) == "print('from the reader')"
    assert chapter.shown(TABLE) == [["stream", "from the reader\n"]]
    chapter.press(TABLE, "reset")


def test_an_error_marks_its_line_and_leads_there(chapter):
    chapter.write(TABLE, RAISES)
    ((kind, text),) = chapter.run(TABLE)
    assert kind == "traceback"
    assert "ValueError: jvp: tangent has shape (3,), expected (2,) to match primal 0." in text
    assert "site-packages" not in text
    assert chapter.status(TABLE) == "ValueError in line 4"
    assert chapter.cell(TABLE).locator(".live-error-line").inner_text().startswith("jaclib.jvp(np.sin")
    chapter.cell(TABLE).get_by_role("button", name="Cell 6, line 4").click()
    assert chapter.page.evaluate("document.activeElement.classList.contains('cm-content')")
    chapter.press(TABLE, "reset")


def test_the_keyboard_alone_runs_edits_and_leaves(chapter):
    keyboard = chapter.page.keyboard
    chapter.cell(TABLE).locator(".live-run").focus()
    keyboard.press("Tab")
    keyboard.press("Enter")  # Edit
    chapter.cell(TABLE).locator(".cm-focused").wait_for()
    keyboard.press("Control+Home")
    keyboard.press("Tab")
    assert chapter.code(TABLE).startswith("    print(")
    # Off to another window and back: the browser tells the field, which keeps its place in the page.
    chapter.page.evaluate("['blur', 'focus'].forEach(what => document.activeElement.dispatchEvent(new Event(what)))")
    keyboard.press("Shift+Tab")
    assert chapter.code(TABLE).startswith("print(")
    keyboard.press("Escape")
    keyboard.press("Tab")
    assert chapter.page.evaluate("document.activeElement.className") == "live-run"
    keyboard.press("Enter")
    chapter.wait(TABLE, "done")
    assert chapter.page.evaluate("document.activeElement.closest('.live-cell').id") == f"cell-{TABLE}"


# ------------------------------------------------------------------------------------------- stopping and failing


def test_stop_ends_an_endless_loop_and_says_what_is_lost(chapter):
    chapter.write(TABLE, "while True:\n    x = 1")
    chapter.page.keyboard.press("Shift+Enter")
    chapter.wait(TABLE, "running")
    # Nothing is waited for but the page itself: the worker is ended, whatever it does.
    state = chapter.page.evaluate(
        """number => { const cell = document.querySelector(`#cell-${number}`); cell.querySelector('.live-stop').click();
           return new Promise(resolve => setTimeout(() => resolve(cell.dataset.live))); }""",
        TABLE,
    )
    assert state == "stopped"
    assert chapter.status(TABLE) == "Stopped. Python's variables are gone."
    assert chapter.cell(TABLE).locator(".live-above").is_visible()
    chapter.press(TABLE, "reset")
    chapter.press(TABLE, "above")
    chapter.wait(TABLE, "done")
    assert chapter.cell(DIGITS).get_attribute("data-live") == "done"


def test_cells_wait_their_turn_and_a_waiting_one_can_be_taken_back(chapter):
    states = chapter.page.evaluate(
        """numbers => {  // pressed in one go, so that nothing has run before the last of them
          const press = (number, name) => document.querySelector(`#cell-${number} .live-${name}`).click();
          numbers.forEach(number => press(number, 'run'));
          const waiting = numbers.map(number => document.querySelector(`#cell-${number}`).dataset.live);
          press(numbers[1], 'stop');
          return waiting;
        }""",
        [TABLE, MATRIX, FUNCTION],
    )
    assert states == ["waiting"] * 3
    assert chapter.status(MATRIX) == "Not run"
    chapter.wait(FUNCTION, "done")
    assert chapter.cell(TABLE).get_attribute("data-live") == "done"
    assert chapter.cell(MATRIX).get_attribute("data-live") == "idle"


def test_a_worker_that_the_browser_closes_is_told(chapter):
    """As browsers do for want of memory, without a word to the page."""
    chapter.write(TABLE, "from js import close\n\nclose()")
    chapter.page.keyboard.press("Shift+Enter")
    notice = chapter.page.locator(".live-notice.live-failed")
    notice.wait_for()
    assert "The browser has closed Python" in notice.inner_text()
    assert notice.get_by_role("button", name="Retry").is_visible()
    chapter.press(TABLE, "reset")


def test_a_download_that_fails_is_told_and_tried_again(browser, light_url, live_book):  # noqa: F811
    with live_page(browser, light_url + CHAPTER) as live:
        live.page.route("**/pyodide/**", lambda route: route.abort())
        live.press(SETUP, "run")
        notice = live.page.locator(".live-notice.live-failed")
        notice.wait_for()
        assert "Python could not be loaded. Is this device online?" in notice.inner_text()
        live.page.unroute("**/pyodide/**")
        live.page.route("**/*.wasm", lambda route: route.fulfill(status=404))
        notice.get_by_role("button", name="Retry").click()
        notice.wait_for()
        assert live.cell(SETUP).get_attribute("data-live") == "failed"


def test_a_file_that_was_tampered_with_is_refused(browser, light_url, live_book):  # noqa: F811
    with live_page(browser, light_url + CHAPTER) as live:
        live.page.context.route("**/*.parcel", lambda route: route.fulfill(body=b"PK"))
        live.press(SETUP, "run")
        notice = live.page.locator(".live-notice.live-failed")
        notice.wait_for()
        assert "is not the one that this site expects, so it was not used" in notice.inner_text()


def test_a_package_on_its_way_is_told_and_python_outlives_its_failure(browser, light_url, live_book):  # noqa: F811
    held = []
    with live_page(browser, light_url + CHAPTER) as live:
        live.page.context.route("**/sympy-*.parcel", lambda route: held.append(route))
        live.write(SETUP, "import numpy as np\nrng = np.random.default_rng(0)\nstarted = 1")
        live.run(SETUP)
        live.write(TABLE, "import sympy\nstarted + sympy.Integer(1)")
        live.press(TABLE, "run")
        live.cell(TABLE).get_by_text(re.compile(r"Loading SymPy and Matplotlib: .* of .* MB")).wait_for()
        held.pop().abort()
        notice = live.page.locator(".live-notice.live-failed")
        notice.wait_for()
        assert "could not be loaded. Is this device online?" in notice.inner_text()
        live.page.context.unroute("**/sympy-*.parcel")
        notice.get_by_role("button", name="Retry").click()
        assert live.wait(TABLE, "done", "failed") == "done"  # with what the first cell has left
        assert "2" in live.shown(TABLE)[-1][1]
        assert len(live.asked_for("pyodide.asm.wasm")) == 1


# ------------------------------------------------------------------------------------------------------- drafts


def test_a_draft_survives_a_reload_and_ends_with_reset(browser, light_url, live_book):  # noqa: F811
    with live_page(browser, light_url + CHAPTER) as live:
        live.write(TABLE, "print('kept')")
        live.open(light_url + CHAPTER)
        assert live.code(TABLE) == "print('kept')"
        assert live.cell(TABLE).locator("pre").first.inner_text().strip() == "print('kept')"
        assert not live.asked_for("/pyodide/")
        live.press(TABLE, "reset")
        live.open(light_url + CHAPTER)
        assert live.code(TABLE).startswith('print("    h')
        assert not live.errors


def test_without_storage_all_of_it_works_until_the_page_is_closed(browser, light_url, live_book):  # noqa: F811
    with live_page(browser, light_url + CHAPTER) as live:
        live.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})"
        )
        live.open(light_url + CHAPTER)
        live.write(TABLE, "print('typed')")
        assert live.code(TABLE) == "print('typed')"
        live.press(TABLE, "reset")
        assert live.code(TABLE).startswith('print("    h')
