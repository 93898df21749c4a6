"""The exercises in the page: fields, verdicts, hints, what is kept, and pages on which nothing is live.

Python answers from outside the browser (`stand_in_page`); the real one is in `test_live_every_exercise.py`.
"""

import json
import re

import pytest
import stand_in_page
from bs4 import BeautifulSoup
from exercise_sources import typed

from jaclib.exercises import check, progress
from jaclib.exercises.checking import bank
from jaclib.exercises.plain import plain
from jaclib.exercises.reading import read_array
from jaclib.exercises.reading.typeset import typeset
from jaclib.exercises.sheets import Solution
from jaclib.exercises.task import Task, make_task

pytestmark = pytest.mark.browser
CHAPTER = "book/01_partial_derivatives.html"
LIST = "book/exercises.html"


@pytest.fixture(scope="module")
def shared(browser, built_book, light_url):
    """Chapter 1, for tests of which each has exercises of its own."""
    context = new_context(browser, built_book)
    yield opened(context, light_url + CHAPTER)
    context.close()


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Give each test a journal of its own."""
    monkeypatch.setenv("JACLIB_HOME", str(tmp_path))


def new_context(browser, built_book):
    """Return a fresh browser profile whose pages call the Python of the tests."""
    if 'name="course-runtime"' not in (built_book / CHAPTER).read_text(encoding="utf-8"):
        pytest.skip("the book was built without its Python runtime")
    # The service worker, which fetches its own pages at the first visit, has a test of its own.
    options = {"reduced_motion": "reduce", "service_workers": "block"}
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    context.set_default_timeout(60_000)
    return stand_in_page.with_stand_in(context)


@pytest.fixture
def context(browser, built_book):
    """A fresh profile for one test."""
    context = new_context(browser, built_book)
    yield context
    context.close()


@pytest.fixture
def page(context, light_url):
    """Chapter 1, with its exercises ready."""
    return opened(context, light_url + CHAPTER)


def opened(context, address):
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-exercises=ready]", state="attached")
    return page


def form(page, id):
    return page.locator(f'[data-exercise="{id}"]')


def give(page, id, answer):
    """Type an answer and check it; return the card."""
    field = form(page, id).locator("input, textarea").first
    field.fill(answer)
    field.press("Control+Enter")
    card = form(page, id).locator(".exercise-card:not([data-stale])")
    card.wait_for()
    return card


def events(page, id=None):
    """Return what is kept, of one exercise or of all."""
    found = page.evaluate(
        "Object.keys(localStorage).filter(k => k.includes('/event/')).sort().map(k => JSON.parse(localStorage[k]))"
    )
    return [event for event in found if id in (None, event["exercise"])]


def words(locator) -> str:
    """Return the text of an element for a reader: of a formula, its MathML without the LaTeX."""
    html = BeautifulSoup(locator.evaluate("node => node.outerHTML"), "html.parser")
    for hidden in html.select("annotation, .katex-html"):
        hidden.decompose()
    return " ".join(html.get_text().split())


# --- verdicts ----------------------------------------------------------------------------------------------------


def test_a_right_answer_is_praised_and_leads_on(shared):
    card = give(shared, "E1.8", "27")
    assert card.get_attribute("data-status") == "correct"
    assert "Correct" in card.inner_text()
    assert check("E1.8", "27").message in card.inner_text()
    link = card.locator(".exercise-next a")
    target = link.get_attribute("href").partition("#")[2]
    assert shared.locator(f"#{target} .admonition-title").inner_text().startswith(f"Exercise {link.inner_text()[:5]}")
    assert form(shared, "E1.8").locator(".exercise-mark").inner_text() == "✓ Solved"


def test_a_slip_is_named_and_leads_to_what_cures_it(shared, built_book):
    card = give(shared, "E1.4", "672")
    verdict = check("E1.4", "672")
    assert card.get_attribute("data-status") == "incorrect"
    assert words(card).startswith(f"✗ Not yet: {plain(verdict.named)}")
    assert verdict.message.split(", ")[0] in words(card)
    for link in card.locator("a").all():
        name, _, anchor = link.get_attribute("href").partition("#")
        assert f'id="{anchor}"' in (built_book / "book" / name).read_text(encoding="utf-8")
    assert card.locator(".exercise-next").inner_text() == str(verdict.next_step)
    assert form(shared, "E1.4").locator(".exercise-mark").inner_text() == "○ Tried"


def test_what_cannot_be_read_is_shown_where_it_stands(shared):
    card = give(shared, "E1.2", "68,0")
    assert card.get_attribute("data-status") == "unreadable"
    assert card.locator("pre").inner_text() == "68,0\n  ^"
    field = form(shared, "E1.2").locator("input")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.evaluate("f => [document.activeElement === f, f.selectionStart]") == [True, 2]
    field.press_sequentially(".")
    assert field.input_value() == "68.0", "what is typed now takes the place of what could not be read"
    assert field.get_attribute("aria-invalid") is None
    assert form(shared, "E1.2").locator(".exercise-card[data-stale]").count() == 1


def test_an_empty_field_asks_python_nothing(shared):
    form(shared, "E1.3").locator("[data-do=check]").click()
    assert "no answer" in form(shared, "E1.3").locator(".exercise-news").inner_text()
    assert shared.evaluate("document.activeElement.id") == "answer-e1-3"
    assert events(shared, "E1.3") == []


def test_a_choice_is_made_in_the_task_by_keyboard(shared):
    right = bank()["E1.18"].answer(None)
    first = shared.locator('input[name="choice-E1.18"]').first
    first.focus()
    shared.keyboard.press("Space")
    while shared.evaluate("document.activeElement.value") != right:
        shared.keyboard.press("ArrowDown")
    shared.keyboard.press("Enter")
    card = form(shared, "E1.18").locator(".exercise-card")
    card.wait_for()
    assert card.get_attribute("data-status") == "correct"
    group = shared.locator("#exercise-e1-18 [role=radiogroup]")
    assert group.get_by_role("radio").count() == len(bank()["E1.18"].options)
    assert group.get_by_role("radio", name=re.compile(rf"^{right}\)")).is_checked()


def test_a_matrix_may_be_typed_in_rows(shared):
    field = form(shared, "E1.10").locator("textarea")
    field.press_sequentially("7 3 -1")
    field.press("Enter")
    field.press_sequentially("0 -2 1")
    assert events(shared, "E1.10") == [], "Enter begins a row"
    field.press("Control+Enter")
    card = form(shared, "E1.10").locator(".exercise-card")
    card.wait_for()
    assert card.get_attribute("data-status") == "correct"


def test_a_function_is_written_and_judged(shared):
    id = "E1.13"
    field = form(shared, id).locator("textarea")
    assert field.input_value() == "def central(f, x, h):\n    # your code\n    ..."
    shared.evaluate(
        """([id, text]) => { const field = document.querySelector(`[data-exercise="${id}"] textarea`);
        field.value = text; field.dispatchEvent(new Event("input")); }""",
        [id, "def central(f, x, h):\n    print(h)\n    return (f(x + h) - f(x)) / h\n"],
    )
    form(shared, id).locator("[data-do=check]").click()
    card = form(shared, id).locator(".exercise-card")
    card.wait_for()
    shown = dict(
        zip(card.locator(".exercise-label").all_inner_texts(), card.locator("pre").all_inner_texts(), strict=True)
    )
    assert (shown["Call"], shown["Expected"], shown["Got"]) == ("central(lambda x: x**2, 3.0, 0.5)", "6", "6.5")
    assert shown["Printed"].startswith("0.5")
    assert shared.evaluate("document.activeElement.dataset.do") == "check"


def test_a_function_may_be_written_in_the_editor(shared):
    form(shared, "E1.14").locator("textarea").focus()
    editor = form(shared, "E1.14").locator(".cm-content")
    editor.wait_for()
    assert editor.evaluate("node => node === document.activeElement"), "the cursor stays where it was"
    shared.keyboard.press("Control+a")
    shared.keyboard.insert_text(typed(bank()["E1.14"].answer, bank()["E1.14"]))
    shared.keyboard.press("Control+Enter")
    card = form(shared, "E1.14").locator(".exercise-card")
    card.wait_for()
    assert card.get_attribute("data-status") == "correct"
    assert events(shared, "E1.14")[0]["answer"] == typed(bank()["E1.14"].answer, bank()["E1.14"])


def test_typed_html_stays_text(shared):
    shared.on("dialog", lambda dialog: pytest.fail("a script ran"))
    typed_in = "<img src=x onerror=alert(1)>"
    card = give(shared, "E1.22", typed_in)
    assert typed_in in card.locator("pre").inner_text()
    assert form(shared, "E1.22").locator("img").count() == 0


# --- how an answer is read ---------------------------------------------------------------------------------------


def test_how_an_answer_is_read_is_shown_while_it_is_typed(shared):
    id = "E1.20"
    give(shared, id, "1")  # Python is there now
    field, preview = form(shared, id).locator("input"), form(shared, id).locator(".exercise-preview")
    field.fill("(1+2)/3 pi^2")
    preview.locator("annotation", has_text="pi").wait_for(state="attached")
    assert preview.locator("annotation").text_content() == rf"\displaystyle {typeset(read_array('(1+2)/3 pi^2').tree)}"
    field.fill("(1+2")
    preview.filter(has_text="Not readable yet: This bracket ( is not closed.").wait_for()
    assert len(events(shared, id)) == 1, "a preview is no attempt"


# --- hints and solution ------------------------------------------------------------------------------------------


def folds(page, id):
    return form(page, id).locator("xpath=following-sibling::*[1]").locator("details")


def test_hints_open_one_at_a_time(shared):
    hints, news = folds(shared, "E1.5"), form(shared, "E1.5").locator(".exercise-news")
    count = len(bank()["E1.5"].hints)
    hints.nth(1).locator("summary").click()
    assert not hints.nth(1).evaluate("fold => fold.open")
    assert "hint 1 comes first" in news.inner_text()
    for i in range(count):
        assert hints.nth(i).locator("summary").get_attribute("aria-disabled") is None
        hints.nth(i).locator("summary").click()
        assert hints.nth(i).evaluate("fold => fold.open")
        assert news.inner_text() == f"Hint {i + 1} of {count} is open."
    seen = [(event["event"], event["number"]) for event in events(shared, "E1.5")]
    assert seen == [("hint", i + 1) for i in range(count)]


def test_a_verdict_offers_the_next_hint(shared):
    card = give(shared, "E1.23", "5")
    card.get_by_role("button", name="Hint 1 of 3").click()
    assert folds(shared, "E1.23").nth(0).evaluate("fold => fold.open && fold.contains(document.activeElement)")


def test_the_solution_comes_after_an_attempt_or_when_asked_twice(shared):
    solution, news = folds(shared, "E1.6").last, form(shared, "E1.6").locator(".exercise-news")
    solution.locator("summary").click()
    assert not solution.evaluate("fold => fold.open")
    assert news.inner_text() == Solution(Task(bank()["E1.6"]), shown=False).text
    solution.locator("summary").click()
    assert solution.evaluate("fold => fold.open")
    assert [event["event"] for event in events(shared, "E1.6")] == ["asked", "solution"]
    give(shared, "E1.7", "(0, 0)")
    folds(shared, "E1.7").last.locator("summary").click()
    assert folds(shared, "E1.7").last.evaluate("fold => fold.open")
    assert [event["event"] for event in events(shared, "E1.7")] == ["attempt", "solution"]


# --- other values ------------------------------------------------------------------------------------------------


def test_new_values_give_the_same_task_with_other_numbers(shared):
    id = "E1.24"
    task = make_task(bank()[id], 1)
    form(shared, id).locator("input").fill("7/2")
    form(shared, id).get_by_role("button", name="New values").click()
    variant = shared.locator("#exercise-e1-24 .exercise-variant")
    variant.wait_for()
    assert shared.evaluate("document.activeElement.className") == "exercise-variant"
    variant.locator("annotation").first.wait_for(state="attached")
    asked = [a.text_content() for a in variant.locator("annotation").all()]
    assert asked == re.findall(r"\$(.+?)\$", task.prompt)
    assert form(shared, id).locator("input").input_value() == ""
    card = give(shared, id, typed(task.raw_answer, task.exercise))
    assert card.get_attribute("data-status") == "correct"
    assert events(shared, id)[-1]["variant"] == 1
    first = folds(shared, id).nth(0)
    first.locator("summary").click()
    shown = [a.text_content() for a in first.locator("annotation").all()]
    assert shown == re.findall(r"\$(.+?)\$", task.hints[0])
    shared.get_by_role("button", name="Back to the first values").click()
    assert form(shared, id).locator("input").input_value() == "7/2"
    assert variant.count() == 0
    assert shared.locator("#exercise-e1-24 section > p").first.is_visible()


# --- what is kept ------------------------------------------------------------------------------------------------


def test_drafts_survive_a_reload_and_closing(context, page, light_url):
    form(page, "E1.4").locator("input").fill("6 * 8 + 2")
    page.locator('input[name="choice-E1.18"][value="d"]').check()
    page.reload()
    page.wait_for_selector("html[data-exercises=ready]", state="attached")
    assert form(page, "E1.4").locator("input").input_value() == "6 * 8 + 2"
    page.close()
    again = opened(context, light_url + CHAPTER)
    assert form(again, "E1.4").locator("input").input_value() == "6 * 8 + 2"
    assert again.locator('input[name="choice-E1.18"][value="d"]').is_checked()


def test_two_tabs_lose_nothing_of_each_other(context, page, light_url):
    other = opened(context, light_url + CHAPTER)
    for tab, id in ((page, "E1.4"), (other, "E1.1"), (page, "E1.2"), (other, "E1.4")):
        give(tab, id, "1")
    # What one tab has stored, another has a moment later.
    page.wait_for_function("Object.keys(localStorage).filter(key => key.includes('/event/')).length > 3")
    assert sorted(e["exercise"] for e in events(page)) == ["E1.1", "E1.2", "E1.4", "E1.4"]
    mark = form(page, "E1.1").locator(".exercise-mark")
    mark.filter(has_text="Tried").wait_for()


def test_a_changed_exercise_shows_no_old_verdict_and_loses_none(context, page, light_url):
    give(page, "E1.4", "68")
    page.evaluate(
        """() => { for (const k of Object.keys(localStorage)) if (k.includes('/event/'))
        localStorage[k] = localStorage[k].replace(/"key":"\\w+"/, '"key":"0123456789"'); }"""
    )
    page.reload()
    page.wait_for_selector("html[data-exercises=ready]", state="attached")
    assert form(page, "E1.4").locator(".exercise-mark").inner_text() == "Solved in an earlier version"
    assert [e["status"] for e in events(page)] == ["correct"]


def row(listing, id):
    return listing.locator(".exercise-table tr").filter(has=listing.get_by_role("link", name=id, exact=True))


def test_progress_is_counted_exported_reset_restored_and_imported(context, page, light_url, tmp_path):
    give(page, "E1.4", "68")
    give(page, "E1.1", "(22, -7)")
    form(page, "E1.2").locator("input").fill("a draft")
    listing = opened(context, light_url + LIST)
    count = listing.locator('[data-chapter="1"] .exercise-count')
    total = sum(e.chapter == 1 for e in bank().values())
    assert count.inner_text() == f"1 of {total} solved, 1 tried"
    assert "✓, solved" in row(listing, "E1.4").locator("td").first.text_content()
    assert "○, tried" in row(listing, "E1.1").locator("td").first.text_content()

    with listing.expect_download() as download:
        listing.get_by_role("button", name="Export").click()
    file = tmp_path / "exported.json"
    download.value.save_as(file)
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert [e["answer"] for e in kept["events"]] == ["68", "(22, -7)"]
    assert kept["drafts"]["E1.2"] == "a draft"
    assert progress().include(file) == "2 of 2 entries were new and are added."
    assert progress().solved == ["E1.4"]
    assert progress().include(file) == "0 of 2 entries were new and are added."

    listing.get_by_role("button", name="Reset").click()
    listing.get_by_role("button", name="Keep everything").click()
    assert len(events(listing)) == 2
    listing.get_by_role("button", name="Reset").click()
    listing.locator(".exercise-ask").get_by_role("button", name="Reset").click()
    assert count.inner_text() == f"0 of {total} solved"
    assert events(listing) == []
    assert row(listing, "E1.4").locator("td").first.text_content().strip() == "E1.4"

    listing.get_by_role("button", name="Restore what was reset").click()
    assert len(events(listing)) == 2
    assert not listing.get_by_role("button", name="Restore what was reset").is_visible()

    listing.locator("input[type=file]").set_input_files(file)
    news = listing.locator(".exercise-progress .exercise-news")
    news.filter(has_text="2 entries were here already").wait_for()
    assert len(events(listing)) == 2


def test_a_file_of_python_is_imported_and_a_bad_one_is_told(context, page, light_url, tmp_path):
    check("E1.4", "68")
    exported = progress().export(tmp_path / "python.json")
    listing = opened(context, light_url + LIST)
    news = listing.locator(".exercise-progress .exercise-news")
    for content, said in (
        (exported.read_text(), "1 new entry added."),
        ("not json", "it is no JSON"),
        ("[1, 2]", "it has no list of events"),
        ('{"events": [{"event": "attempt", "exercise": "E1.1"}, 7]}', "1 new entry added; 1 entry could not be read"),
    ):
        (tmp_path / "file.json").write_text(content)
        listing.locator("input[type=file]").set_input_files(tmp_path / "file.json")
        news.filter(has_text=said).wait_for()
    assert "✓, solved" in row(listing, "E1.4").locator("td").first.text_content()


def test_an_import_overwrites_no_draft(context, page, light_url, tmp_path):
    form(page, "E1.4").locator("input").fill("mine")
    (tmp_path / "file.json").write_text('{"events": [], "drafts": {"E1.4": "theirs", "E1.1": "new"}}')
    listing = opened(context, light_url + LIST)
    listing.locator("input[type=file]").set_input_files(tmp_path / "file.json")
    said = listing.locator(".exercise-news", has_text="1 draft added; 1 draft differs from yours, which stayed.")
    said.wait_for()
    page.reload()
    page.wait_for_selector("html[data-exercises=ready]", state="attached")
    assert form(page, "E1.4").locator("input").input_value() == "mine"
    assert form(page, "E1.1").locator("input").input_value() == "new"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})",
         "This browser keeps nothing"),
        ("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }", "no room left"),
    ],
    ids=["blocked", "full"],
)  # fmt: skip
def test_without_storage_all_works_and_it_is_said_once(context, light_url, broken, said):
    context.add_init_script(broken)
    page = opened(context, light_url + CHAPTER)
    assert give(page, "E1.4", "68").get_attribute("data-status") == "correct"
    assert form(page, "E1.4").locator(".exercise-mark").inner_text() == "✓ Solved"
    assert said in form(page, "E1.4").inner_text()
    give(page, "E1.1", "(0, 0)")
    assert page.locator(".exercise-live", has_text=said).count() == 1


# --- Python that starts, is stopped, fails -----------------------------------------------------------------------


def test_python_starts_when_it_is_asked_for_and_says_how_much(context, page):
    page.evaluate("() => { globalThis.startPython = () => new Promise((go) => (globalThis.go = go)); }")
    field = form(page, "E1.4").locator("input")
    field.fill("68")
    assert form(page, "E1.4").locator(".exercise-preview").inner_text() == "Python starts with the first check."
    field.press("Enter")
    form(page, "E1.4").locator(".exercise-loading", has_text="1.5 of 6.0 MB").wait_for()
    assert "Python is starting" in form(page, "E1.4").locator(".exercise-news").inner_text()
    field.press("Enter")  # a second time changes nothing
    page.evaluate("go()")
    form(page, "E1.4").locator(".exercise-card").wait_for()
    assert form(page, "E1.4").locator(".exercise-loading").count() == 0
    assert len(events(page)) == 1


def test_a_check_can_be_stopped_and_the_answer_stays(page):
    give_up = form(page, "E1.13").locator("[data-do=stop]")
    page.evaluate("() => { globalThis.pythonCall = () => new Promise(() => {}); }")
    form(page, "E1.13").locator("[data-do=check]").click()
    give_up.click()
    news = form(page, "E1.13").locator(".exercise-news", has_text="Your answer is kept")
    news.wait_for()
    assert form(page, "E1.13").locator("[data-do=check]").inner_text() == "Check"
    assert not give_up.is_visible()
    assert "def central" in form(page, "E1.13").locator("textarea").input_value()


def test_nothing_of_python_loads_before_it_is_asked_for(browser, light_url, context):
    own = browser.new_context()
    requests = []
    own.on("request", lambda request: requests.append(request.url))
    page = opened(own, light_url + CHAPTER)
    form(page, "E1.4").locator("input").press_sequentially("6*8")
    folds(page, "E1.4").nth(0).locator("summary").click()
    page.wait_for_load_state("networkidle")
    own.close()
    assert not [url for url in requests if "/pyodide/" in url or "katex.min.js" in url or "worker.js" in url]


# --- the form of the page ----------------------------------------------------------------------------------------


def test_on_a_phone_nothing_is_cut_off_and_targets_are_large_enough(context, light_url):
    page = opened(context, light_url + CHAPTER)
    page.set_viewport_size({"width": 390, "height": 844})
    give(page, "E1.4", "68,0")
    give(page, "E1.1", "(22, -7)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll(".exercise-live :is(input, textarea, button)")]
        .filter((node) => node.offsetParent && !node.hidden)
        .filter((node) => node.offsetHeight < 24 || node.offsetWidth < 24).map((node) => node.outerHTML)"""
    )
    assert small == []


def test_an_exercise_is_done_by_keyboard_and_its_verdict_is_announced(shared):
    form(shared, "E1.25").locator("input").focus()
    shared.keyboard.type("5")
    shared.keyboard.press("Enter")
    form(shared, "E1.25").locator(".exercise-card").wait_for()
    assert shared.evaluate("document.activeElement.id") == "answer-e1-25", "where the answer is mended"
    assert form(shared, "E1.25").locator("[role=status]:has(.exercise-card)").count() == 1
    assert form(shared, "E1.25").get_by_label("Your answer").count() == 1
    reached = []
    for _ in range(4):
        shared.keyboard.press("Tab")
        reached.append(shared.evaluate("document.activeElement.textContent.trim()"))
    assert reached == ["Check", "New values", "Hint 1 of 3", "Hint 1"]


@pytest.mark.parametrize("arrive", ["click", "Tab"])
def test_tab_indents_in_a_field_that_was_clicked_and_goes_on_from_one_come_by(page, arrive):
    live = form(page, "E1.13")
    field = live.locator("textarea")
    before = field.input_value()
    if arrive == "click":
        field.click()
    else:
        field.focus()
    live.locator(".cm-focused").wait_for()
    page.keyboard.press("Tab")
    inside = page.evaluate("document.activeElement.classList.contains('cm-content')")
    assert (inside, field.input_value() != before) == ((True, True) if arrive == "click" else (False, False))


def test_without_a_runtime_the_cells_stay(context, light_url):
    def drop(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r'<meta name="course-runtime"[^>]*>', "", answer.text()))

    context.route("**/*.html", drop)
    page = context.new_page()
    page.goto(light_url + CHAPTER)
    page.wait_for_selector("html.no-live", state="attached")
    assert page.locator(".cell.tag_exercise").first.is_visible()
    assert not page.locator(".exercise-live").first.is_visible()
    folds(page, "E1.4").nth(1).locator("summary").click()
    assert folds(page, "E1.4").nth(1).evaluate("fold => fold.open")


def test_without_scripts_and_from_a_file_and_on_paper_the_cells_stay(browser, built_book, light_url, page):
    def cells_stay(of):
        assert of.locator(".cell.tag_exercise").first.is_visible()
        assert not of.locator(".exercise-live").first.is_visible()

    for address, options in (
        (light_url + CHAPTER, {"java_script_enabled": False}),
        ((built_book / CHAPTER).as_uri(), {}),
    ):
        own = browser.new_context(**options)
        plain_page = own.new_page()
        plain_page.goto(address)
        cells_stay(plain_page)
        own.close()
    page.emulate_media(media="print")
    cells_stay(page)
