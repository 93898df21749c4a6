"""The journal of `jaclib.exercises` in the page: what a cell does counts in the widgets, and the other way round."""

from __future__ import annotations

import json
from pathlib import Path

from jaclib.exercises.journal import Journal, Read
from jaclib.page import progress

__all__ = ["JOURNAL", "PageJournal"]


class PageJournal(Journal):
    """Events that the page keeps, in the reader's browser."""

    @property
    def path(self) -> Path:
        """No file: a name for the place."""
        return Path("this browser")

    def add(self, event: str, exercise: str, **details) -> str | None:
        """Add an event; return why the page cannot keep it, or None.

        The event names the content of the exercise, as those of the widgets do: see `pages.content_key`.
        """
        from jaclib.exercises.checking import bank
        from jaclib.exercises.pages import content_key

        return super().add(event, exercise, key=content_key(bank()[exercise]), **details) or progress.problem()

    def _append(self, line: str) -> None:
        progress.add(json.loads(line))

    def read(self) -> Read:
        """Return all events."""
        return Read(progress.events(), 0)

    def reset(self) -> str | None:
        """Begin anew; return where what was there is kept (None if there was nothing)."""
        if not progress.events():
            return None
        progress.begin_anew()
        return "this browser: Restore on the page Exercises brings it back."


JOURNAL = PageJournal()
