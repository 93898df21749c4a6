"""The built pages as elements, read once for all tests of a process."""

from functools import cache

import light_pages
from bs4 import BeautifulSoup

import finish
from notebooks import ROOT

HTML = ROOT / "_build" / "html"


def site_pages():
    """Return the files of all pages, below the folder of the site."""
    return [path.relative_to(HTML).as_posix() for path in finish.pages(HTML)]


def formulas(name):
    """Return the HTML of the typeset formulas of a page."""
    return light_pages.apart((HTML / name).read_text(encoding="utf-8"))[1]


@cache
def parsed(name):
    """Return a page; each of its formulas is an empty element, since reading their thousands takes a minute in all."""
    return BeautifulSoup(light_pages.apart((HTML / name).read_text(encoding="utf-8"))[0], "html.parser")
