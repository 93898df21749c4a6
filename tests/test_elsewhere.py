"""The code of the page "The same in JAX, PyTorch and SymPy" gives the numbers that the page shows.

What is not installed here (JAX and PyTorch) runs in the environment of the benchmarks: `make elsewhere`.
"""

import re

import numpy as np
import pytest

import elsewhere
from notebooks import ROOT

PAGE = (ROOT / "book" / "elsewhere.md").read_text(encoding="utf-8")


def test_the_libraries_of_this_environment_are_checked_here():
    assert {"jaclib", "SymPy", "autograd"} <= set(elsewhere.installed())


@pytest.mark.parametrize("library", elsewhere.installed())
def test_every_number_is_right(library):
    assert elsewhere.check(library) == []


@pytest.mark.parametrize("library", elsewhere.LIBRARIES)
def test_every_task_has_code_that_compiles(library):
    for task in ("setup", *elsewhere.ANSWERS):
        compile(elsewhere.section(library, task), f"{library}, {task}", "exec")


def test_the_page_shows_every_task_once():
    assert re.findall(r"^```\{elsewhere\} (\w+)$", PAGE, re.MULTILINE) == ["setup", *elsewhere.ANSWERS]


def test_the_number_in_the_warning_is_the_one_that_pytorch_reported():
    assert elsewhere.FACTS["added up"][1]["PyTorch"] == 12
    assert "`w.grad` is 12\nwhere the gradient is 6" in PAGE


@pytest.mark.parametrize(
    ("got", "expected", "equal"),
    [
        (np.array([[1.0], [2.0]]), [1.0, 2.0], True),  # a column of SymPy
        (np.array([[1.0, 2.0], [3.0, 4.0]]), [[1.0, 3.0], [2.0, 4.0]], False),
        (np.array([1.0, 2.0, 3.0, 4.0]), [[1.0, 2.0], [3.0, 4.0]], False),
        (np.array([1.0]), [1.0, 1.0], False),
        (np.array([1.0 + 1e-9]), [1.0], False),
        ({"W": np.array([1.0])}, {"W": [1.0], "b": [0.0]}, False),
    ],
)
def test_what_counts_as_the_same_number(got, expected, equal):
    assert elsewhere.agree(got, expected) is equal


def test_a_wrong_answer_is_reported(monkeypatch):
    monkeypatch.setitem(elsewhere.ANSWERS, "stop", {"stopped": 32.0})
    monkeypatch.setitem(elsewhere.FACTS, "abs", ("slope", {"jaclib": 1}))
    wrong = elsewhere.check("jaclib")
    assert len(wrong) == 2
    assert "stop: stopped is -16.0, expected 32.0" in wrong[0]


@pytest.mark.browser
def test_the_tabs_work_without_scripts_and_print_unfolded(browser, book_url):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{book_url}book/elsewhere.html")
        tabs = page.locator(".sd-tab-set").nth(1)
        panels = tabs.locator("> .sd-tab-content")
        assert [panel.is_visible() for panel in panels.all()] == [True, False, False, False, False]
        tabs.locator("> label", has_text="JAX").click()
        assert [panel.is_visible() for panel in panels.all()] == [False, True, False, False, False]
        assert "jax.grad(f)" in panels.nth(1).inner_text()
        page.emulate_media(media="print")
        assert all(panel.is_visible() for panel in panels.all())
