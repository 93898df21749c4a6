"""The one error of the reader: what could not be read, and where."""

from __future__ import annotations

_SHOWN = 60  # characters of a long answer that are shown around the place


class Unreadable(ValueError):
    """An answer that cannot be read.

    Parameters
    ----------
    message : str
        What is in the way, and what to write instead.
    text : str or None, optional
        The answer.
    position : int or None, optional
        Where in `text` it is.
    """

    def __init__(self, message: str, text: str | None = None, position: int | None = None):
        super().__init__(message)
        self.message, self.text, self.position = message, text, position

    def at(self, text: str) -> Unreadable:
        """Return the same error with the text that its position refers to."""
        return Unreadable(self.message, text, self.position)

    @property
    def pointer(self) -> str | None:
        """Two lines: the answer, and a caret under the place."""
        if self.text is None or self.position is None:
            return None
        start = max(0, min(self.position - _SHOWN // 2, len(self.text) - _SHOWN))
        line = "".join(c if c.isprintable() else " " for c in self.text[start : start + _SHOWN])
        before, after = "…" * (start > 0), "…" * (start + _SHOWN < len(self.text))
        return f"{before}{line}{after}\n{' ' * (len(before) + self.position - start)}^"
