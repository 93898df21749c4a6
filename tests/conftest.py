"""Hypothesis settings, and the built book with a browser that opens it."""

import os
from pathlib import Path

import light_pages
import pytest
from hypothesis import settings

import chromium
import serving
from notebooks import ROOT

HTML = ROOT / "_build" / "html"

# No test depends on timing, and a failure that CI finds is found again at home.
settings.register_profile("course", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("course")


def pytest_collection_modifyitems(items):
    """Begin with the modules that open a browser, which are long: the short ones keep every core busy to the end."""
    opening = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in opening)


@pytest.fixture(scope="session")
def built_book() -> Path:
    """Folder of the built HTML."""
    if not (HTML / "index.html").exists():
        pytest.fail("The book is not built. Run `make book` first (`make test` does).", pytrace=False)
    return HTML


BELOW = "course/"  # as a project's pages are served; nothing may depend on the root


@pytest.fixture(scope="session")
def book_url(built_book):
    """Address of a local server that serves the built book."""
    with serving.served(built_book, below=BELOW) as address:
        yield address


@pytest.fixture(scope="session")
def light_url(built_book):
    """Address of the same book without its formulas, whose chapters open in a third of the time."""
    with serving.served(built_book, light_pages.Light, BELOW) as address:
        yield address


# By module: while Playwright runs it holds the thread's event loop, which executing a notebook needs.
@pytest.fixture(scope="module")
def browser():
    """Headless Chromium; without one the test is skipped, or fails where CI is set."""
    path = chromium.path()
    if path is None:
        message = f"No Chromium is installed, so the built book is not opened in a browser. {chromium.MISSING}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield browser
        browser.close()
