"""The misconceptions that exercises recognise, each named once and shared by all exercises.

The tables stand in one module or folder per chapter, and `shared` has what belongs to none. A key says what went wrong,
in a few words joined by hyphens; it must be new in all of them.
"""

from __future__ import annotations

from jaclib.exercises.misconceptions import chapter1, chapter2, chapter3, shared
from jaclib.exercises.misconceptions._entry import Misconception, merged

__all__ = ["MISCONCEPTIONS", "Misconception"]

MISCONCEPTIONS: dict[str, Misconception] = merged(shared, chapter1, chapter2, chapter3)
