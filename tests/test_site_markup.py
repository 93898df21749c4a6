"""Every built page is valid HTML, by the rules of the standard as html-validate knows them."""

import itertools
import json
import re
import subprocess

import light_pages
import pytest

import finish
import vendor
import web_tools
from notebooks import ROOT

HTML = ROOT / "_build" / "html"

# Rules of its preset "recommended" that are about how HTML is written, not what it means: rule, why it is not ours.
STYLE = {
    "attribute-boolean-style": 'Sphinx writes defer="defer", docutils checked="checked", which mean the same',
    "attribute-empty-style": 'the theme writes download="", which means the same',
    "no-trailing-whitespace": "left by the theme's templates",
    "void-style": "<br/> and <br> are both HTML",
    "no-inline-style": "formulas and figures state their measures; the policy allows style attributes",
    "long-title": "a length that search engines cut, not an error; the title names page and course",
    "prefer-tbody": "a browser puts the rows of the index into a body itself",
    "no-redundant-role": "Sphinx's search finds the text of a page, for its summaries, by main's role",
    "prefer-native-element": "captions in the sidebar are headings by their role; the theme styles the paragraph",
}

RULES = dict.fromkeys(STYLE, "off") | {
    "valid-id": ["error", {"relaxed": True}],  # as the standard has it: a dot is allowed
}


def report(folder, files):
    """Return what html-validate says of files, by name."""
    config = folder / "config.json"
    rules = {"root": True, "extends": ["html-validate:recommended"], "rules": RULES}
    config.write_text(json.dumps(rules))
    written = folder / "report.json"
    script = web_tools.installed() / "html-validate" / "bin" / "html-validate.mjs"
    command = [*vendor.command("node"), script, "--config", config, "--formatter", f"json={written}", *files]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert written.exists(), run.stderr
    return {
        entry["filePath"]: [f"{m['line']}: {m['ruleId']}: {m['message']} ({m['selector']})" for m in entry["messages"]]
        for entry in json.loads(written.read_text(encoding="utf-8"))
        if entry["messages"]
    }


def of_each_kind(formulas):
    """Return formulas that have every element of all of them, next to all that stand next to it, whatever its sizes."""
    seen, kept = set(), []
    for formula in formulas:
        parts = re.findall(r"<[^>]*>|&[^;<]*;?", re.sub(r'(?<= d=")[^"]*|[0-9.]+', "", formula))
        if new := set(itertools.pairwise(parts)) - seen:
            seen |= new
            kept.append(formula)
    return kept


def page_of(body):
    return f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>{body}</body></html>'


def test_every_page_is_valid(built_book, tmp_path):
    """The formulas of all pages, in which a few kinds of elements come back ten thousand times, are one more page."""
    files, formulas = [], {}
    for page in finish.pages(HTML):
        text, found = light_pages.apart(page.read_text(encoding="utf-8"))
        formulas |= dict.fromkeys(found)
        files.append(tmp_path / page.relative_to(HTML))
        files[-1].parent.mkdir(parents=True, exist_ok=True)
        files[-1].write_text(text, encoding="utf-8")
    assert not [formula for formula in formulas if " id=" in formula], "twice on a page it would be an error"
    kept = of_each_kind(formulas)
    assert len(kept) > 100
    files.append(tmp_path / "formulas.html")
    files[-1].write_text(page_of("\n".join(f"<p>{formula}</p>" for formula in kept)), encoding="utf-8")
    assert report(tmp_path, files) == {}


FAULTS = {
    "no-dup-id": '<p id="a">x</p><p id="a">y</p>',
    "element-permitted-content": "<summary><p>x</p></summary>",
    "close-order": "<b><i>x</b></i>",
    "wcag/h37": '<img src="x.png">',
    "no-implicit-button-type": "<button>x</button>",
    "attr-quotes": "<p><span class=\"katex\"><span style='x'>x</span></span></p>",  # of a formula
}


def test_faults_are_found(tmp_path):
    pages = {rule: tmp_path / f"{number}.html" for number, rule in enumerate(FAULTS)}
    for rule, page in pages.items():
        page.write_text(page_of(FAULTS[rule]))
    found = report(tmp_path, pages.values())
    for rule, page in pages.items():
        assert rule in str(found[str(page)])


@pytest.mark.parametrize("page", ["book/03_change_of_variables.html", "book/elsewhere.html"])
def test_a_page_has_the_scripts_that_something_on_it_needs(built_book, page):
    text = (built_book / page).read_text(encoding="utf-8")
    for script, part in finish.NEEDED_FOR.items():
        assert (f"/{script}" in text) == (part in text)
