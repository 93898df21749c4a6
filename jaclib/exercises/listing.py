"""A list of exercises, with what was done in each."""

from __future__ import annotations

from collections.abc import Sequence

from jaclib.exercises.card import table
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.objectives import OBJECTIVES
from jaclib.exercises.plain import plain
from jaclib.exercises.sections import SECTIONS
from jaclib.exercises.task import Task

__all__ = ["Listing"]


class Listing(Sequence):
    """Exercises in order; a table in a notebook, text in a terminal.

    Parameters
    ----------
    entries : list of Exercise
        The exercises.
    progress : Progress
        What was done in them.
    """

    def __init__(self, entries, progress):
        self._entries, self._progress = list(entries), progress

    def __len__(self):
        return len(self._entries)

    def __getitem__(self, index):
        return self._entries[index]

    def __str__(self):
        lines = []
        for entry in self._entries:
            state = {"solved": "✓", "tried": "·"}.get(self._progress.of(entry.id).state, " ")
            lines.append(f"{state} {entry.id:<6} {plain(entry.title):<48} {entry.kind:<11} {entry.level}")
        return "\n".join([*lines, f"{len(self)} exercises; ✓ solved, · tried"])

    __repr__ = __str__

    def _repr_html_(self):
        head = ("Exercise", "Title", "Answer", "Level", "Section", "State")
        rows = [
            (e.id, plain(e.title), e.kind, e.level, SECTIONS[e.section], self._progress.of(e.id).state)
            for e in self._entries
        ]
        return table(f"{len(self)} exercises", head, rows)

    def as_dict(self) -> dict:
        """Return it as data, for JSON: each exercise with its task and the slips it recognises, without answers."""
        return {
            "version": 1,
            "counts": {
                "exercises": len(self),
                "mistake_patterns": sum(len(e.mistakes) for e in self._entries),
                "misconceptions": len({m.misconception for e in self._entries for m in e.mistakes}),
                "with_variants": sum(e.draw is not None for e in self._entries),
            },
            "exercises": [self._entry(entry) for entry in self._entries],
        }

    def _entry(self, entry) -> dict:
        return Task(entry).as_dict() | {
            "chapter": entry.chapter,
            "objective_text": OBJECTIVES[entry.objective].text,
            "variants": entry.draw is not None,
            "mistakes": [
                {"misconception": m.misconception, "title": MISCONCEPTIONS[m.misconception].title}
                for m in entry.mistakes
            ],
            "state": self._progress.of(entry.id).state,
        }
