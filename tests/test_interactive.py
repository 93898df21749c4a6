"""The interactive figures: moved by mouse, keys and numbers in a browser, and their numbers compared with jaclib."""

import json
import sys

import numpy as np
import pytest
from interactive_numbers import EXPECTED

import notebooks
from notebooks import ROOT

sys.path.insert(0, str(ROOT / "book"))
from interactive import FIGURES

import exercise_cells
import interactive_figures
from jaclib.exercises.sections import chapter_of

BY_ID = {figure.id: figure for figure in FIGURES}
PAGES = {exercise_cells.notebooks.chapter_number(path): path.stem for path in exercise_cells.chapters()}


def page_of(figure):
    return f"book/{PAGES[chapter_of(figure.section)]}.html"


def test_every_figure_has_an_expectation():
    assert set(EXPECTED) == set(BY_ID)
    assert len(BY_ID) == len(FIGURES)


@pytest.mark.parametrize("figure", FIGURES, ids=BY_ID)
def test_the_entry_names_its_place_and_says_what_to_try(figure):
    (path,) = (path for path in exercise_cells.chapters() if path.stem in page_of(figure))
    nb = notebooks.read(path)
    code = [cell.source for cell in nb.cells if cell.cell_type == "code"]
    wanted = sum(chapter_of(f.section) == chapter_of(figure.section) for f in FIGURES)
    interactive_figures.insert(nb.cells, chapter_of(figure.section), lambda name: (640, 480))
    assert sum(":class: interactive\n" in cell.source for cell in nb.cells) == wanted
    assert [cell.source for cell in nb.cells if cell.cell_type == "code"] == code
    at = next(k for k, cell in enumerate(nb.cells) if f"figure-{figure.id}" in cell.source)
    start = next(k for k, cell in enumerate(nb.cells) if f"({figure.section})=" in cell.source)
    assert start <= at <= exercise_cells.section_end(nb.cells, figure.section)
    assert 2 <= len(figure.tasks) <= 3
    assert len(figure.alt) > 60


# ------------------------------------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(scope="module")
def chapters(context, light_url):
    """Return the page of a chapter, opened once, with a list of all that went wrong on it."""
    pages = {}

    def opened(name):
        if name not in pages:
            page, wrong = context.new_page(), []
            page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            own = (light_url, "data:", "blob:")
            page.on("request", lambda r: None if r.url.startswith(own) else wrong.append(f"foreign: {r.url}"))
            page.goto(f"{light_url}{name}")
            pages[name] = page, wrong
        return pages[name]

    return opened


@pytest.fixture(scope="module", params=FIGURES, ids=BY_ID)
def live(request, chapters):
    page, wrong = chapters(page_of(request.param))
    page.bring_to_front()
    stage = page.locator(f"#stage-{request.param.id}")
    stage.scroll_into_view_if_needed()
    page.wait_for_selector(f'#stage-{request.param.id}[data-state="live"]')
    yield request.param, page, stage
    assert wrong == []


STATE = "stage => stage.figure.kit.state"
FIELDS = """stage => Object.fromEntries(Object.entries(stage.figure.kit.figure.fields).map(([name, field]) =>
    [name, field.choices ? Object.keys(field.choices) : field.options ?? null]))"""
LIMITS = "(stage, [name, state]) => stage.figure.kit.limits(name, state)"
# Nothing in JSON stands for NaN but null.
COMPUTE = "(stage, states) => JSON.stringify(states.map((state) => stage.figure.compute(state)))"


# One state for each row of draws from 0 to 1. A field's limits may follow from the fields before it.
DRAWN = """(stage, [start, draws]) => draws.map((row) => {
    const { kit } = stage.figure, fields = Object.entries(kit.figure.fields), state = { ...start };
    const wait = [];
    fields.forEach(([name, field], at) => {
        const choices = field.choices ? Object.keys(field.choices) : field.options;
        if (choices) state[name] = choices[Math.floor(row[at] * choices.length)];
        else wait.push([name, row[at]]);
    });
    for (const [name, draw] of wait) {
        const [low, high] = kit.limits(name, state);
        state[name] = Math.round(100 * (low + draw * (high - low))) / 100;
    }
    return state;
})"""


def random_states(stage, figure, count=20):
    draws = np.random.default_rng(7).uniform(size=(count, len(figure.start)))
    return stage.evaluate(DRAWN, [figure.start, draws.tolist()])


def agree(got, expected, where):
    if isinstance(expected, dict):
        for key, value in expected.items():
            agree(got[key], value, f"{where}.{key}")
    elif isinstance(expected, list) and not all(isinstance(value, int | float) for value in expected):
        assert len(got) == len(expected), where
        for k, value in enumerate(expected):
            agree(got[k], value, f"{where}[{k}]")
    elif expected is None or isinstance(expected, str | bool):
        assert got == expected, where
    else:
        np.testing.assert_allclose(np.array(got, float), np.array(expected, float), 1e-9, 1e-7, err_msg=where)


@pytest.mark.browser
def test_the_numbers_are_those_of_jaclib(live):
    figure, _, stage = live
    expected, states = EXPECTED[figure.id]
    states = [figure.start, *(figure.start | state for state in states), *random_states(stage, figure)]
    for state, got in zip(states, json.loads(stage.evaluate(COMPUTE, states)), strict=True):
        agree(got, expected(state), f"{figure.id} at {state}")


@pytest.mark.browser
def test_it_starts_as_its_entry_says_and_within_its_limits(live):
    figure, _, stage = live
    assert stage.evaluate(STATE) == figure.start
    for name, choices in stage.evaluate(FIELDS).items():
        if choices:
            assert figure.start[name] in choices
        else:
            low, high = stage.evaluate(LIMITS, [name, figure.start])
            assert low <= figure.start[name] <= high


def reset(stage):
    stage.get_by_role("button", name="Reset").click()


def reading(stage):
    return stage.locator(".interactive-readout").inner_text()


@pytest.mark.browser
def test_every_handle_follows_the_mouse_and_the_arrow_keys(live):
    figure, page, stage = live
    handles = stage.locator(".figure-handle")
    for k in range(handles.count()):
        reset(stage)
        handle, before, text = handles.nth(k), stage.evaluate(STATE), reading(stage)
        names = handle.get_attribute("data-handle").split()
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 20, y - 12, steps=3)
        page.mouse.up()
        dragged = stage.evaluate(STATE)
        assert {name for name in before if before[name] != dragged[name]} == set(names), handle.get_attribute(
            "aria-label"
        )
        assert reading(stage) != text

        reset(stage)
        assert stage.evaluate(STATE) == figure.start
        handle.focus()
        for name, key in zip(names, ["ArrowRight", "ArrowUp"], strict=False):
            step = stage.evaluate("(stage, name) => stage.figure.kit.figure.fields[name].step", name)
            high = stage.evaluate(LIMITS, [name, stage.evaluate(STATE)])[1]
            start = stage.evaluate(STATE)[name]
            forth, back = (key, {"ArrowRight": "ArrowLeft", "ArrowUp": "ArrowDown"}[key])
            if start + step > high:
                forth, back, step = back, forth, -step
            page.keyboard.press(forth)
            assert stage.evaluate(STATE)[name] == pytest.approx(start + step)
            page.keyboard.press(f"Shift+{back}")
            assert stage.evaluate(STATE)[name] == pytest.approx(start + 0.9 * step)
            assert handle.get_attribute("aria-valuetext") != ""
    reset(stage)


@pytest.mark.browser
def test_every_number_can_be_typed_and_bad_input_is_told(live):
    figure, _, stage = live
    reset(stage)
    inputs = stage.locator('input[type="number"]')
    assert inputs.count() > 0
    for k in range(inputs.count()):
        field, name = inputs.nth(k), inputs.nth(k).get_attribute("data-field")
        low, high = stage.evaluate(LIMITS, [name, stage.evaluate(STATE)])
        good = round(low + 0.4375 * (high - low), 1)
        field.fill(str(good))
        assert stage.evaluate(STATE)[name] == good
        for bad in ["", str(high + 1), str(low - 1)]:
            field.fill(bad)
            assert stage.evaluate(STATE)[name] == good
            assert field.get_attribute("aria-invalid") == "true"
            told = stage.locator(".interactive-problem")
            assert "must be a number from" in told.inner_text()
        field.blur()
        assert field.input_value() == str(good).removesuffix(".0")
        assert stage.locator(".interactive-problem").inner_text() == ""
    reset(stage)
    assert stage.evaluate(STATE) == figure.start


@pytest.mark.browser
def test_a_change_is_said_once_the_figure_rests(live):
    _, page, stage = live
    spoken = stage.locator("[aria-live=polite]")
    field = stage.locator('input[type="number"]').first
    field.press("ArrowUp")
    page.wait_for_function("element => element.textContent.length > 8", arg=spoken.element_handle())
    assert "<" not in spoken.text_content()
    reset(stage)


@pytest.mark.browser
def test_every_control_has_a_name(live):
    _, _, stage = live
    for control in stage.locator("input, select, [role=slider]").all():
        assert (control.get_attribute("aria-label") or "").strip()
    for choice in stage.locator("select").all():
        for value in choice.evaluate("list => [...list.options].map((option) => option.value)"):
            choice.select_option(value)
            assert stage.evaluate(STATE)[choice.get_attribute("data-field")] == value
    reset(stage)


@pytest.mark.browser
def test_every_slider_follows_the_mouse_and_the_arrow_keys(live):
    figure, page, stage = live
    for slider in stage.locator("input[type=range]").all():
        reset(stage)
        name = slider.get_attribute("data-field")
        before, text = stage.evaluate(STATE), reading(stage)
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2)
        moved = stage.evaluate(STATE)
        assert [key for key in before if before[key] != moved[key]] == [name]
        assert reading(stage) != text
        page.keyboard.press("ArrowRight")
        assert stage.evaluate(STATE)[name] > moved[name]
    reset(stage)
    assert stage.evaluate(STATE) == figure.start


HEIGHTS = "[...document.querySelectorAll('.interactive-stage')].map((stage) => stage.offsetHeight)"
MEASURED = f"""(stage, states) => states.map((state) => {{
    stage.figure.kit.set(state);
    return [{HEIGHTS}, document.documentElement.scrollWidth];
}})"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", sorted({page_of(figure) for figure in FIGURES}))
def test_nothing_moves_when_the_figures_come_alive_and_while_they_are_used(browser, light_url, width, name):
    # A service worker would fetch its pages for each of these fresh profiles anew.
    context = browser.new_context(viewport={"width": width, "height": 900}, service_workers="block")
    page = context.new_page()
    page.goto(f"{light_url}{name}")
    assert page.locator('[data-state="live"]').count() == 0
    before = page.evaluate(HEIGHTS)
    for figure in (figure for figure in FIGURES if page_of(figure) == name):
        stage = page.locator(f"#stage-{figure.id}")
        stage.scroll_into_view_if_needed()
        page.wait_for_selector(f'#stage-{figure.id}[data-state="live"]')
        states = [figure.start | state for state in EXPECTED[figure.id][1]] + random_states(stage, figure, 8)
        for state, (heights, across) in zip(states, stage.evaluate(MEASURED, states), strict=True):
            assert heights == before, state
            assert across <= width, state
    context.close()


@pytest.mark.browser
def test_nothing_of_a_figure_is_loaded_before_it_is_near(context, light_url):
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{light_url}{page_of(FIGURES[0])}")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "jsxgraph" in url or "kit.js" in url] == []
    page.close()


@pytest.mark.browser
def test_without_javascript_there_is_the_picture(browser, light_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for figure in FIGURES:
        if page.url != f"{light_url}{page_of(figure)}":
            page.goto(f"{light_url}{page_of(figure)}")
        picture = page.locator(f"#stage-{figure.id} > img")
        assert picture.is_visible()
        assert picture.get_attribute("alt") == figure.alt
    context.close()


@pytest.mark.browser
def test_on_paper_there_is_the_picture(live):
    _, page, stage = live
    picture = stage.locator("> img")
    assert not picture.is_visible()
    page.emulate_media(media="print")
    assert picture.is_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    assert not stage.locator(".interactive-live").is_visible()
    page.emulate_media(media="screen")


@pytest.mark.browser
def test_a_figure_that_cannot_be_loaded_says_so_and_can_be_tried_again(browser, light_url):
    page = browser.new_page(service_workers="block")  # it would answer for the file that is taken away
    page.route("**/jsxgraphcore.mjs", lambda route: route.abort())
    page.goto(f"{light_url}{page_of(FIGURES[0])}")
    stage = page.locator(f"#stage-{FIGURES[0].id}")
    stage.scroll_into_view_if_needed()
    page.wait_for_selector(f'#stage-{FIGURES[0].id}[data-state="failed"]')
    assert "could not be started" in stage.inner_text()
    assert stage.locator("> img").is_visible()
    page.unroute("**/jsxgraphcore.mjs")
    stage.get_by_role("button", name="Try again").click()
    page.wait_for_selector(f'#stage-{FIGURES[0].id}[data-state="live"]')
    page.close()
