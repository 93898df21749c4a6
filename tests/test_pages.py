"""The examples that the Markdown pages and the README show print what they say."""

import doctest
import re

import pytest

from notebooks import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "book").glob("*.md"))]
EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples(page):
    """Return the interactive examples of a page as one doctest source; names carry over from block to block."""
    blocks = EXAMPLE.findall(page.read_text(encoding="utf-8"))
    return "\n".join(block for block in blocks if block.startswith(">>>"))


@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=lambda page: page.name)
def test_examples_print_what_they_say(page):
    test = doctest.DocTestParser().get_doctest(examples(page), {}, page.name, str(page), 0)
    report = []
    results = doctest.DocTestRunner().run(test, out=report.append)
    assert results.attempted > 0
    assert results.failed == 0, "".join(report)


def test_the_first_pages_have_examples():
    assert examples(ROOT / "README.md")
    assert examples(ROOT / "book" / "intro.md")
