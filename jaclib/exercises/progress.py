"""What a learner has done so far, from the journal."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from jaclib.exercises.card import table
from jaclib.exercises.checking import bank
from jaclib.exercises.journal import Journal, is_event
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.plain import plain

__all__ = ["Progress", "Record"]


class Record(NamedTuple):
    """What was done in one exercise, its variants included."""

    attempts: int
    solved: bool
    hints: frozenset[int]
    asked: bool
    solution: bool
    misconceptions: tuple[str, ...]

    @property
    def state(self) -> str:
        """One word."""
        return "solved" if self.solved else "tried" if self.attempts else "open"


class Progress:
    """What was done, as it stands in the journal now.

    Parameters
    ----------
    journal : Journal
        Where it is written down.
    """

    def __init__(self, journal: Journal):
        self._journal = journal
        self._read = journal.read()

    @property
    def path(self) -> Path:
        """The file that holds it, on this machine."""
        return self._journal.path

    def of(self, id: str) -> Record:
        """Return what was done in one exercise."""
        events = [event for event in self._read.events if event["exercise"] == id]
        attempts = [event for event in events if event["event"] == "attempt"]
        judged = [event for event in attempts if event.get("status") != "unreadable"]
        kinds = {event["event"] for event in events}
        return Record(
            attempts=len(judged),
            solved=any(event.get("status") == "correct" for event in attempts),
            hints=frozenset(
                event["number"] for event in events if event["event"] == "hint" and isinstance(event.get("number"), int)
            ),
            asked="asked" in kinds,
            solution="solution" in kinds,
            misconceptions=tuple(
                key for event in attempts if (key := str(event.get("misconception"))) in MISCONCEPTIONS
            ),
        )

    @property
    def solved(self) -> list[str]:
        """Ids of the exercises that were answered correctly."""
        return [id for id in bank() if self.of(id).solved]

    @property
    def tried(self) -> list[str]:
        """Ids of the exercises with an attempt."""
        return [id for id in bank() if self.of(id).attempts]

    def as_dict(self) -> dict:
        """Return it as data, for JSON: a summary of each exercise, and every event."""
        summary = {}
        for id in bank():
            record = self.of(id)
            summary[id] = {
                "state": record.state,
                "attempts": record.attempts,
                "hints": sorted(record.hints),
                "solution_seen": record.solution,
                "misconceptions": list(record.misconceptions),
            }
        return {
            "version": 1,
            "exercises": summary,
            "events": self._read.events,
            "unreadable_lines": self._read.unreadable,
        }

    def export(self, path) -> Path:
        """Write everything, every attempt included, to a JSON file.

        Raises
        ------
        FileExistsError
            If there is a file already.
        OSError
            If it cannot be written.
        """
        target = Path(path).expanduser()
        if target.exists():
            raise FileExistsError(f"progress: {target} exists already. Choose another name, so that nothing is lost.")
        partial = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            partial.write_text(json.dumps(self.as_dict(), indent=1), encoding="utf-8")
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)
        return target

    def include(self, path) -> str:
        """Add what an exported file holds, of this machine or of the page, to what is here; nothing here is changed.

        Returns
        -------
        str
            What was done.

        Raises
        ------
        OSError
            If the file cannot be read, or the journal not be written.
        ValueError
            If it is no exported file.
        """
        try:
            events = json.loads(Path(path).expanduser().read_text(encoding="utf-8-sig"))["events"]
            valid = [event for event in events if is_event(event)]
        except (ValueError, KeyError, TypeError):
            raise ValueError(
                f"progress: {path} holds no exported progress. Choose a file that an export wrote."
            ) from None
        added = self._journal.include(valid)
        self._read = self._journal.read()
        left = len(events) - len(valid)
        damage = f" {left} could not be read and {'were' if left > 1 else 'was'} left out." if left else ""
        return f"{added} of {len(events)} entries were new and are added.{damage}"

    def reset(self) -> str:
        """Begin anew; the old file is kept, and the returned text says where.

        Raises
        ------
        OSError
            If the file cannot be moved.
        """
        aside = self._journal.reset()
        self._read = self._journal.read()
        return "There was nothing to reset." if aside is None else f"Begun anew. What was there is kept in {aside}"

    def _rows(self) -> list[tuple[str, ...]]:
        rows = []
        for id, exercise in bank().items():
            record = self.of(id)
            if record.attempts or record.hints or record.solution:
                slips = "; ".join(dict.fromkeys(MISCONCEPTIONS[key].title for key in record.misconceptions))
                counts = (str(record.attempts), str(len(record.hints)), "seen" if record.solution else "")
                rows.append((id, plain(exercise.title), record.state, *counts, slips))
        return rows

    def _caption(self) -> str:
        return f"{len(self.solved)} of {len(bank())} exercises solved, {len(self.tried)} tried"

    def _damage(self) -> str:
        n = self._read.unreadable
        if not n:
            return ""
        return f"{n} line{'s' * (n > 1)} of {self.path} cannot be read; the rest counts, and nothing was removed."

    def __str__(self):
        lines = [self._caption()]
        for id, title, state, attempts, hints, solution, slips in self._rows():
            more = [f"{attempts} attempt{'s' * (attempts != '1')}"]
            more += [f"{hints} hint{'s' * (hints != '1')}"] if hints != "0" else []
            more += ["solution seen"] if solution else []
            lines.append(f"  {id:<6} {state:<7} {title} ({', '.join(more)})" + (f": {slips}" if slips else ""))
        return "\n".join([*lines, *filter(None, [self._damage()])])

    __repr__ = __str__

    def _repr_html_(self):
        head = ("Exercise", "Title", "State", "Attempts", "Hints", "Solution", "Slips recognised")
        return table(f"{self._caption()}. {self._damage()}".strip(), head, self._rows())
