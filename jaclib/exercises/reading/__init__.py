"""Reading what people type or pass as an answer, safely: text is parsed by hand, and never evaluated as Python."""

from __future__ import annotations

from jaclib.exercises.reading.errors import Unreadable
from jaclib.exercises.reading.reader import Reading, read_array, read_set

__all__ = ["Reading", "Unreadable", "read_array", "read_set"]
