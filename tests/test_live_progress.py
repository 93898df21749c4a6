"""One progress for the cells of a page and its exercises, in a browser with the page's own Python."""

import json

import pytest
from live_page import live_book, live_page  # noqa: F401

pytestmark = pytest.mark.browser

CHAPTER = "book/01_partial_derivatives.html"
FIRST, SECOND = 1, 2  # cells of that chapter
PREFIX = "jacobian-course/event/"
KEPT = f"""() => Object.keys(localStorage).filter((key) => key.startsWith("{PREFIX}")).sort()
  .map((key) => JSON.parse(localStorage.getItem(key)))"""
IMPORT = "from jaclib.exercises import check, hint, progress\n"


@pytest.fixture(scope="module")
def chapter(browser, light_url, live_book):  # noqa: F811
    """The first chapter with its Python running."""
    with live_page(browser, light_url + CHAPTER) as page:
        yield page
        assert not page.errors


def widget(live, id):
    return live.page.locator(f'.exercise-live[data-exercise="{id}"]')


def mark(live, id, state):
    selector = f'.exercise-live[data-exercise="{id}"] .exercise-mark[data-state="{state}"]'
    live.page.wait_for_selector(selector, state="attached")


def test_cells_and_widgets_count_each_others_attempts(chapter):
    chapter.write(FIRST, f'{IMPORT}check("E1.4", 672)\nhint("E1.4").number')
    assert chapter.run(FIRST)[-1][1].strip() == "1"
    mark(chapter, "E1.4", "tried")
    (attempt, asked) = chapter.page.evaluate(KEPT)
    own = widget(chapter, "E1.4")
    assert (attempt["answer"], attempt["misconception"]) == ("672", "paths-multiplied")
    assert attempt["key"] == asked["key"] == own.get_attribute("data-key")

    own.locator("input").first.fill("68")
    own.locator("[data-do=check]").click()
    mark(chapter, "E1.4", "solved")
    chapter.write(SECOND, f'{IMPORT}print(progress().solved, progress().of("E1.4").attempts, hint("E1.4").number)')
    assert chapter.run(SECOND)[-1][1].strip() == "['E1.4'] 2 2"
    assert [event["event"] for event in chapter.page.evaluate(KEPT)] == ["attempt", "hint", "attempt", "hint"]


def test_an_attempt_in_a_cell_that_is_stopped_is_kept_and_known_to_the_next_python(chapter):
    chapter.write(FIRST, f'{IMPORT}check("E1.5", "no number")\nprint("checked", flush=True)\nwhile True:\n    pass')
    chapter.press(FIRST, "run")
    chapter.cell(FIRST).get_by_text("checked", exact=True).wait_for()
    chapter.press(FIRST, "stop")
    chapter.wait(FIRST, "stopped")
    assert any(event["exercise"] == "E1.5" for event in chapter.page.evaluate(KEPT))
    chapter.write(SECOND, f'{IMPORT}print(progress().solved, len(progress().as_dict()["events"]))')
    assert chapter.run(SECOND)[-1][1].strip() == "['E1.4'] 5"


def test_a_reset_in_a_cell_keeps_a_copy_and_the_drafts(chapter):
    chapter.write(SECOND, f"{IMPORT}print(progress().reset())\nprint(progress().solved)")
    shown = chapter.run(SECOND)[-1][1]
    assert "Restore on the page Exercises brings it back." in shown
    assert shown.strip().endswith("[]")
    mark(chapter, "E1.4", "")
    assert widget(chapter, "E1.4").locator("input").first.input_value() == "68"
    (backup,) = chapter.page.evaluate(
        'Object.keys(localStorage).filter((key) => key.includes("/backup/")).map((key) => localStorage.getItem(key))'
    )
    assert len(json.loads(backup)["events"]) == 5


def test_without_storage_the_cells_and_the_widgets_still_agree(browser, light_url, live_book):  # noqa: F811
    with live_page(browser, light_url + CHAPTER) as live:
        closed = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed'); }})"
        live.page.add_init_script(closed)
        live.open(light_url + CHAPTER)
        live.write(FIRST, f'{IMPORT}verdict = check("E1.4", 68)\nprint(verdict.note)')
        assert "This browser keeps nothing for this site" in live.run(FIRST)[-1][1]
        mark(live, "E1.4", "solved")
