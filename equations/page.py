"""What the page *Every equation, and how it is checked* shows, in the Markdown of the book."""

from __future__ import annotations

from collections import Counter

from equations import book
from equations.mutants import HARMLESS, mutants
from equations.registry import ENTRIES, KINDS


def summary():
    """Return a table that counts the equations by kind and page."""
    counts = Counter((ENTRIES[equation.label].kind, equation.page) for equation in book.equations())
    rows = []
    for kind in _used():
        row = [counts[kind, name] for name in book.PAGES]
        rows.append([kind, sum(row), *row])
    rows.append(["**all**", *(f"**{sum(column)}**" for column in zip(*(row[1:] for row in rows), strict=True))])
    return _table(["kind", "all", *book.PAGES.values()], ["---", *["---:"] * (len(book.PAGES) + 1)], rows)


def kinds():
    """Return what the kinds mean, as a list."""
    return "\n".join(f"- **{kind}.** {KINDS[kind]}" for kind in _used())


def _used():
    return [kind for kind in KINDS if any(entry.kind == kind for entry in ENTRIES.values())]


def _table(head, rule, rows):
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in [head, rule, *rows])


def reading():
    """Return how many equations are read from the page, and how many typos the tests try."""
    reads = Counter(ENTRIES[equation.label].read for equation in book.equations())
    tried = sum(1 for equation in book.equations() for _ in mutants(equation.latex))
    harmless = sum(count for count, _ in HARMLESS.values())
    parts = [f"**{reads['yes']}** equations are read from the page as a whole, **{reads['partly']}** in part"]
    if reads["no"]:
        parts.append(f"**{reads['no']}** not at all")
    return (
        f"{', '.join(parts)}. The tests make **{tried}** single typos, one at a time. All of them are found but "
        f"{harmless}, which make no wrong equation:\n\n"
        + "\n".join(f"- {{eq}}`{label}`: {why}." for label, why in _harmless())
    )


def _harmless():
    return dict.fromkeys((label, why) for (label, _), (_, why) in HARMLESS.items())


def entries(name):
    """Return (label, formula, description) for every equation of a page of the book, in reading order."""
    return [
        (equation.label, equation.latex, _description(equation.label))
        for equation in book.equations()
        if equation.page == name
    ]


def _description(label):
    entry = ENTRIES[label]
    read = f"partly, without {entry.left_out}" if entry.left_out else entry.read
    facts = [f"{{eq}}`{label}`", f"**{entry.kind}**", entry.extent, f"read from the page: {read}"]
    return f"{' · '.join(fact for fact in facts if fact)}\n\n{entry.how}"
