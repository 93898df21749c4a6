"""The learner's journal: one local file to which each attempt is added as a line, and from which nothing is removed.

Lines of JSON survive a crash, a second process and damage: a torn line is passed over and stays where it is, and
the lines before and after it are read.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

__all__ = ["ELSEWHERE", "Journal", "Read", "home", "is_event", "own_journal"]

ELSEWHERE = "JACLIB_JOURNAL"  # environment variable: a module whose JOURNAL is used instead of the file

_LOCK_TRIES, _LOCK_PAUSE = 40, 0.05  # two seconds, then without: appending is nearly safe by itself
_LONGEST = 100_000  # characters of one answer


def home() -> Path:
    """Return the folder of jaclib's files: ``JACLIB_HOME`` if it is set, else where the system keeps users' data."""
    if chosen := os.environ.get("JACLIB_HOME"):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "jaclib"


class Read(NamedTuple):
    """The events of a journal, and how many lines could not be read."""

    events: list[dict]
    unreadable: int


class Journal:
    """Events in the order in which they happened, in one file and, where that cannot be written, in memory.

    Parameters
    ----------
    path : Path, optional
        The file; by default ``progress.jsonl`` in `home`, looked up anew each time.
    """

    def __init__(self, path: Path | None = None):
        self._path = path
        self._unsaved: list[dict] = []

    @property
    def path(self) -> Path:
        """The file."""
        return self._path or home() / "progress.jsonl"

    def add(self, event: str, exercise: str, **details) -> str | None:
        """Add an event with the present time; return why it could not be saved, or None."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        record = {"time": now, "event": event, "exercise": exercise}
        record |= {name: value for name, value in details.items() if value is not None}
        if len(record.get("answer", "")) > _LONGEST:
            record["answer"] = record["answer"][:_LONGEST]
        try:
            self._append(json.dumps(record, ensure_ascii=True))
        except OSError as error:
            self._unsaved.append(record)
            return f"Your progress could not be saved ({error.strerror or error}); it is kept until you leave Python."
        return None

    def _append(self, line: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            with open(self.path, "a+b", buffering=0) as file, _locked(file):
                if not _is_at(file, self.path):
                    continue  # moved aside by a reset while we waited
                end = file.seek(0, os.SEEK_END)
                torn = end > 0 and _byte(file, end - 1) != b"\n"  # a crash has left half a line
                file.write(b"\n" * torn + line.encode() + b"\n")
                os.fsync(file.fileno())
                return

    def read(self) -> Read:
        """Return all events; lines that cannot be read are counted and left where they are."""
        try:
            content = self.path.read_bytes()
        except OSError:
            content = b""
        events, unreadable = [], 0
        for line in content.split(b"\n"):
            if not line.strip():
                continue
            try:
                event = json.loads(line)
                valid = is_event(event)
            except (ValueError, RecursionError):  # ValueError: no JSON, or no UTF-8
                valid = False
            if valid:
                events.append(event)
            else:
                unreadable += 1
        return Read([*events, *self._unsaved], unreadable)

    def include(self, events: list[dict]) -> int:
        """Add those of these events that are not here yet, as they are; return how many that were.

        Raises
        ------
        OSError
            If the file cannot be written.
        """
        known = {_identity(event) for event in self.read().events}
        added = 0
        for event in events:
            if _identity(event) not in known:
                known.add(_identity(event))
                self._append(json.dumps(event, ensure_ascii=True))
                added += 1
        return added

    def reset(self) -> Path | None:
        """Begin anew; the file is kept under another name, which is returned (None if there was none).

        Raises
        ------
        OSError
            If the file cannot be moved.
        """
        self._unsaved.clear()
        if not self.path.exists():
            return None
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        aside = self.path.with_name(f"progress-{stamp}.jsonl")
        count = 1
        while aside.exists():
            count += 1
            aside = self.path.with_name(f"progress-{stamp}-{count}.jsonl")
        with open(self.path, "a+b", buffering=0) as file, _locked(file):
            if sys.platform != "win32":
                os.replace(self.path, aside)
        if sys.platform == "win32":  # which does not rename an open file
            os.replace(self.path, aside)
        return aside


def own_journal() -> Journal:
    """Return the journal of this Python: the file, or, in the page, the one that the page keeps."""
    module = os.environ.get(ELSEWHERE)
    return import_module(module).JOURNAL if module else Journal()


def is_event(event) -> bool:
    """Whether something read from a file is an event."""
    return isinstance(event, dict) and all(isinstance(event.get(key), str) for key in ("event", "exercise"))


def _identity(event: dict) -> str:
    return json.dumps(event, sort_keys=True)


def _byte(file, place: int) -> bytes:
    file.seek(place)
    return file.read(1)


def _is_at(file, path: Path) -> bool:
    """Whether the open file is still the one at this path."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))
    except FileNotFoundError:
        return False


@contextmanager
def _locked(file):
    """Hold the file for this process alone, where the system offers that."""
    lock, unlock = _LOCKS
    held = False
    for _ in range(_LOCK_TRIES):
        try:
            lock(file)
            held = True
            break
        except BlockingIOError:
            time.sleep(_LOCK_PAUSE)
        except OSError:  # a file system without locks
            break
    try:
        yield
    finally:
        if held:
            unlock(file)


def _locks():
    """Return how a file is locked and unlocked on this system."""
    try:
        import fcntl
    except ImportError:
        pass
    else:
        return (
            lambda file: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB),
            lambda file: fcntl.flock(file, fcntl.LOCK_UN),
        )
    try:
        import msvcrt
    except ImportError:  # a browser: there is one process
        return lambda file: None, lambda file: None

    def windows(mode, blocked):
        def apply(file):
            file.seek(1 << 30)  # a byte far behind the end, as Windows lets nobody read a locked one
            try:
                msvcrt.locking(file.fileno(), mode, 1)
            except OSError as error:
                raise blocked(*error.args) from None

        return apply

    return windows(msvcrt.LK_NBLCK, BlockingIOError), windows(msvcrt.LK_UNLCK, OSError)


_LOCKS = _locks()
