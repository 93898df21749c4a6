"""Every displayed equation of the book is checked, and a typo in it would be found."""

import pytest

from equations import ENTRIES, book, check
from equations.checks import text_of
from equations.mutants import HARMLESS, mutants

LABELLED = [equation for equation in book.equations() if equation.label]
READ = [label for label, entry in ENTRIES.items() if entry.read != "no"]


@pytest.mark.parametrize("label", ENTRIES)
def test_equation_holds(label):
    check(label)


def test_every_displayed_equation_has_a_label():
    assert [f"{e.notebook}, cell {e.cell}: {e.latex}" for e in book.equations() if e.label is None] == []


def test_no_label_is_used_twice():
    labels = [equation.label for equation in LABELLED]
    assert sorted(labels) == sorted({*labels})


def test_every_label_has_an_entry_and_every_entry_a_label():
    assert {equation.label for equation in LABELLED} == {*ENTRIES}


@pytest.mark.parametrize("label", READ)
def test_every_typo_is_found(label):
    survivors, tried = {}, 0
    for kind, latex in mutants(text_of(label)):
        tried += 1
        try:
            check(label, latex, proof=False)
        except Exception:
            continue
        survivors.setdefault((label, kind), []).append(latex)
    assert tried
    harmless = {key: count for key, (count, _) in HARMLESS.items() if key[0] == label}
    assert {key: len(found) for key, found in survivors.items()} == harmless, survivors
