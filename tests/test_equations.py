"""Every displayed equation of the book is checked, and a typo in it would be found."""

import pytest

from equations import ENTRIES, book, check
from equations.checks import text_of
from equations.mutants import mutants

LABELLED = [equation for equation in book.equations() if equation.label]
READ = [label for label, entry in ENTRIES.items() if entry.read != "no"]

# Typos that make no wrong equation: how many of each kind, and why.
HARMLESS = {
    ("eq-1-softmax-partials", "indices"): (1, "δ is symmetric"),
    ("eq-1-softmax-gradient", "indices"): (1, "δ is symmetric"),
    ("eq-2-differentiable", "name"): (1, "the numerator tends to 0 whatever constant it is divided by"),
    ("eq-2-layerweights", "name"): (1, "this branch has i = k"),
    ("eq-2-quadratic", "indices"): (1, "the double sum of the transposed matrix is the same"),
    ("eq-3-hyperbolas", "name"): (1, "the integrand is constant, so the name of a variable does not matter"),
    ("eq-3-gaussian", "name"): (2, "only the two ends of the bracket count, and they are the same"),
    ("eq-3-gaussian", "digit"): (1, "only the two ends of the bracket count, and they are the same"),
    ("eq-3-coupling", "name"): (4, "y₁ = x₁"),
    ("eq-g-tan", "function"): (1, "sin² and cos² have the same integral between these limits"),
}


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
    for kind, latex in mutants(text_of(label), ENTRIES[label].statements):
        tried += 1
        try:
            check(label, latex, proof=False)
        except Exception:
            continue
        survivors.setdefault((label, kind), []).append(latex)
    assert tried
    harmless = {key: count for key, (count, _) in HARMLESS.items() if key[0] == label}
    assert {key: len(found) for key, found in survivors.items()} == harmless, survivors
