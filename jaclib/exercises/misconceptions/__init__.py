"""The misconceptions that exercises recognise, each named once and shared by all exercises.

The tables stand in one module per chapter, and `shared` has what belongs to none. A key says what went wrong, in
a few words joined by hyphens; it must be new in all of them.
"""

from __future__ import annotations

from jaclib.exercises.misconceptions import chapter1, chapter2, chapter3, shared
from jaclib.exercises.misconceptions._entry import Misconception

__all__ = ["MISCONCEPTIONS", "Misconception"]

MISCONCEPTIONS: dict[str, Misconception] = {}
for _module in (shared, chapter1, chapter2, chapter3):
    _twice = MISCONCEPTIONS.keys() & _module.MISCONCEPTIONS.keys()
    if _twice:
        raise ValueError(
            f"misconceptions: {sorted(_twice)} of {_module.__name__} are there already. Choose other keys."
        )
    MISCONCEPTIONS |= _module.MISCONCEPTIONS
