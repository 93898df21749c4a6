"""Name a work of ``book/references.bib`` as the book's pages do, in plain text: "Rudin [1976]"."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from pybtex.database import BibliographyData, parse_file
from pybtex.plugin import find_plugin
from pybtex.richtext import Text

from notebooks import ROOT

BIBLIOGRAPHY = ROOT / "book" / "references.bib"


@functools.cache
def _works() -> BibliographyData:
    return parse_file(str(BIBLIOGRAPHY))


def keys(target: str) -> list[str]:
    """Split what stands in a role, which may name several works."""
    return [key.strip() for key in target.split(",")]


def _people(key: str) -> str:
    entry = _works().entries[key]
    persons = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [_plain(" ".join([*person.prelast_names, *person.last_names])) for person in persons]
    if not names:
        return entry.fields.get("key") or entry.fields["title"]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names)


@functools.cache
def _backend(name: str):
    # Pybtex looks through every installed package for it, each time.
    return find_plugin("pybtex.backends", name)()


def _plain(tex: str) -> str:
    return Text.from_latex(tex).render(_backend("text"))


def in_the_sentence(target: str) -> str:
    """Return "Baur and Strassen [1983]"."""
    return ", ".join(f"{_people(key)} [{_works().entries[key].fields['year']}]" for key in keys(target))


def in_brackets(target: str) -> str:
    """Return "[Baur and Strassen, 1983]"."""
    return "[" + ", ".join(f"{_people(key)}, {_works().entries[key].fields['year']}" for key in keys(target)) + "]"


def listing(cited: Iterable[str]) -> str:
    """Return a section in Markdown that lists the works, ordered by author."""
    style = find_plugin("pybtex.style.formatting", "plain")()
    entries = style.format_entries([_works().entries[key] for key in cited])
    lines = [f"- {' '.join(entry.text.render(_backend('markdown')).split())}" for entry in entries]
    return "\n".join(["## References", "", *lines])
