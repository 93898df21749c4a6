"""The interactive figures of the chapters: one entry each, in the order of the pages.

An entry says where the figure stands, what it starts with, what to try with it, and which picture stands in its place
on paper and without JavaScript. The picture is drawn at build time from the same start values. What the figure does is
in the module ``book/_static/figures/<id>.js``; ``kit.js`` there says how to write one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interactive import chapter1, chapter2, chapter3

__all__ = ["FIGURES", "Interactive"]


@dataclass(frozen=True)
class Interactive:
    """An interactive figure.

    Parameters
    ----------
    id : str
        Its module is ``<id>.js``, and ``figure-<id>`` its anchor on the page.
    title : str
        Plain words.
    section : str
        Label of the section that it belongs to.
    place : tuple of str
        ``("after", words)``: below the one cell of the chapter that has these words; or ``("before", line)``: above
        that line of a cell of text.
    start : dict
        The first state: a number or a choice for every field of the module.
    tasks : tuple of str
        What to try, in Markdown.
    alt : str
        What the picture shows.
    room : tuple of int
        Height in px that is kept for the live figure, on a wide page and on a phone. A test compares.
    picture : callable
        ``picture(start)`` returns the Matplotlib figure.
    """

    id: str
    title: str
    section: str
    place: tuple[str, str]
    start: dict
    tasks: tuple[str, ...]
    alt: str
    room: tuple[int, int]
    picture: Callable


FIGURES = tuple(Interactive(**entry) for chapter in (chapter1, chapter2, chapter3) for entry in chapter.ENTRIES)
