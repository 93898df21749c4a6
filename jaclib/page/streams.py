"""What a cell prints, in pieces of a sensible size."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

PIECE = 8192  # characters
PAUSE = 0.1  # seconds after which a piece is handed on even if it is small
LIMIT = 400_000  # characters; more would only make the page slow


class Stream(io.TextIOBase):
    """A text stream that hands what is written to a function, piece by piece.

    Parameters
    ----------
    name : str
        ``"stdout"`` or ``"stderr"``.
    emit : callable
        Takes an output as a notebook stores it.
    """

    encoding = "utf-8"  # by which SymPy sees that it may use more than ASCII

    def __init__(self, name: str, emit: Callable[[dict], None]):
        self.name = name
        self._emit = emit
        self._pieces: list[str] = []
        self._waiting = self._written = 0
        self._handed_on = time.monotonic()

    def writable(self) -> bool:
        """Return True: it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Take text; beyond the limit it is dropped, and a line says so once."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        room = LIMIT - self._written
        self._written += len(text)
        if room >= 0:
            kept = text if len(text) <= room else f"{text[:room]}\n… cut here: more than {LIMIT:,} characters\n"
            self._pieces.append(kept)
            self._waiting += len(kept)
            if self._waiting >= PIECE or time.monotonic() - self._handed_on > PAUSE:
                self.flush()
            if len(text) > room:
                self._written = LIMIT + 1
        return len(text)

    def flush(self) -> None:
        """Hand on what is waiting."""
        self._handed_on = time.monotonic()
        if self._pieces:
            text, self._pieces, self._waiting = "".join(self._pieces), [], 0
            self._emit({"output_type": "stream", "name": self.name, "text": text})
