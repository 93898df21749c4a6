"""Every exercise of the bank in the page's own Python, in one session: the same verdicts as here, soon enough."""

import json
import statistics

import pytest
from exercise_sources import typed
from live_page import live_book, live_page  # noqa: F401

from jaclib.exercises.checking import bank
from jaclib.exercises.task import Task
from jaclib.page import exercises as page_side

pytestmark = [pytest.mark.browser, pytest.mark.live]

CHECK = """async (asked) => {
  const { runtime } = await import(new URL("../_static/live/runtime.js", location.href));
  const found = [];
  for (const [id, answer] of asked) {
    const start = performance.now();
    const verdict = await runtime.call("jaclib.page.exercises", "check", id, answer, null);
    found.push([verdict, performance.now() - start]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def live(browser, book_url, live_book):  # noqa: F811
    with live_page(browser, f"{book_url}book/01_partial_derivatives.html") as opened:
        yield opened


def test_every_exercise_gets_the_verdicts_of_python(live, capsys):
    asked = []
    for exercise in bank().values():
        task = Task(exercise)
        raw = exercise.mistakes[0].answer if exercise.kind == "code" else task.slips[0].mistake.answer(task.given)
        asked += [[exercise.id, typed(task.raw_answer, exercise)], [exercise.id, typed(raw, exercise)]]
    found = live.page.evaluate(CHECK, asked)
    differing = {}
    for (id, answer), (verdict, _) in zip(asked, found, strict=True):
        expected = json.loads(json.dumps(page_side.check(id, answer)))
        if verdict != expected:
            differing[id, answer] = {k: (verdict[k], expected[k]) for k in expected if verdict[k] != expected[k]}
    assert not differing
    assert {verdict["status"] for verdict, _ in found[::2]} == {"correct"}
    assert all(verdict["misconception"] for verdict, _ in found[1::2])
    warm = live.page.evaluate(CHECK, asked)
    times = [time for (id, _), (_, time) in zip(asked, warm, strict=True) if bank()[id].kind != "code"]
    median, most = statistics.median(times), sorted(times)[-len(times) // 10]
    with capsys.disabled():
        print(f"\n  check, warm: median {median:.0f} ms, nine in ten within {most:.0f} ms")


def test_an_endless_function_runs_out_of_time_and_the_next_check_works(live):
    endless = "def central(f, x, h):\n    while True:\n        x += 1\n"
    (verdict, _), (after, _) = live.page.evaluate(CHECK, [["E1.13", endless], ["E1.4", "68"]])
    assert dict(verdict["details"])["Got"] == "no result in the time allowed"
    assert after["status"] == "correct"


def test_stop_ends_what_the_time_limit_cannot_and_python_comes_back(live):
    form = live.page.locator('[data-exercise="E1.13"]')
    form.locator("textarea").evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input')); }",
        "def central(f, x, h):\n    return sum(range(10**15))\n",
    )
    form.locator("[data-do=check]").click()
    form.locator("[data-do=stop]").click()
    form.locator(".exercise-news", has_text="Your answer is kept").wait_for()
    answer = live.page.locator('[data-exercise="E1.4"] input')
    answer.fill("68")
    answer.press("Enter")
    live.page.locator('[data-exercise="E1.4"] .exercise-card[data-status=correct]').wait_for()
    assert not live.errors
