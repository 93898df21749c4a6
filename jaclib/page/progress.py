"""What the reader has done, shared with the page: the page keeps it, and Python has a copy while it runs.

The page hands all events over whenever something has changed since (`take`), and is told at once of what happens in
Python, so that an attempt is kept although the cell that made it never ends. `jaclib.page.journal` makes a journal of
it for `jaclib.exercises`; this module needs nothing of the exercises, so that Python can start without them.
"""

from __future__ import annotations

import json
from collections.abc import Callable

__all__ = ["add", "begin_anew", "connect", "events", "problem", "take"]

_events: list[dict] = []
_problem: str | None = None
_tell: Callable[[dict], None] = print  # until the page is connected


def connect(tell: Callable[[dict], None]) -> None:
    """Set what takes news for the page: ``{"event": {...}}``, or ``{"reset": true}``."""
    global _tell
    _tell = tell


def take(text: str) -> None:
    """Take what the page has: JSON of all ``events``, and of the ``problem``, if it cannot keep them."""
    global _events, _problem
    found = json.loads(text)
    _events, _problem = found["events"], found["problem"]


def events() -> list[dict]:
    """Return all events in the order in which they happened."""
    return list(_events)


def problem() -> str | None:
    """Return why the page cannot keep what is done, or None."""
    return _problem


def add(event: dict) -> None:
    """Add an event, here and in the page."""
    _events.append(event)
    _tell({"event": event})


def begin_anew() -> None:
    """Forget all events, here and in the page, which keeps a copy aside."""
    _events.clear()
    _tell({"reset": True})
