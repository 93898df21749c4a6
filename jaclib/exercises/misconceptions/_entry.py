"""What there is to say about a misconception."""

from __future__ import annotations

from typing import NamedTuple


class Misconception(NamedTuple):
    """A wrong idea that leads to wrong answers in more than one exercise.

    Attributes
    ----------
    title : str
        The slip in a few words: "One path left out".
    explanation : str
        Two or three sentences in MyST Markdown, for any exercise: what the slip is, and why it is one.
    cure : str
        Label of the section in the book that puts it right.
    """

    title: str
    explanation: str
    cure: str


def merged(*modules) -> dict[str, Misconception]:
    """Return the tables of several modules as one.

    Raises
    ------
    ValueError
        If a key stands in two of them.
    """
    table: dict[str, Misconception] = {}
    for module in modules:
        twice = table.keys() & module.MISCONCEPTIONS.keys()
        if twice:
            raise ValueError(
                f"misconceptions: {sorted(twice)} of {module.__name__} are there already. Choose other keys."
            )
        table |= module.MISCONCEPTIONS
    return table
