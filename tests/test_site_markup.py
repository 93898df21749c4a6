"""Every built page is valid HTML, by the rules of the standard as html-validate knows them."""

import json
import subprocess

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


def test_every_page_is_valid(built_book, tmp_path):
    files = finish.pages(HTML)
    assert report(tmp_path, files) == {}


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("no-dup-id", '<p id="a">x</p><p id="a">y</p>'),
        ("element-permitted-content", "<summary><p>x</p></summary>"),
        ("close-order", "<b><i>x</b></i>"),
        ("wcag/h37", '<img src="x.png">'),
        ("no-implicit-button-type", "<button>x</button>"),
    ],
)
def test_a_fault_is_found(tmp_path, rule, body):
    page = tmp_path / "page.html"
    page.write_text(f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>{body}</body></html>')
    assert rule in str(report(tmp_path, [page]))


@pytest.mark.parametrize("page", ["book/03_change_of_variables.html", "book/elsewhere.html"])
def test_a_page_has_the_scripts_that_something_on_it_needs(built_book, page):
    text = (built_book / page).read_text(encoding="utf-8")
    for script, part in finish.NEEDED_FOR.items():
        assert (f"/{script}" in text) == (part in text)
