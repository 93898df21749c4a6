"""A limit on the time that a learner's function may take, in a notebook, in a terminal and in a browser."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from contextlib import contextmanager

__all__ = ["TooSlow", "time_limit"]


class TooSlow(BaseException):
    """Raised in code whose time is up. Not an `Exception`, so that an ``except Exception`` does not swallow it."""


def time_limit(seconds: float, filename: str | None = None):
    """Return a context that raises `TooSlow` in its body when that has run for `seconds`.

    Parameters
    ----------
    seconds : float
        Time on the clock: a function that waits for something is stopped too.
    filename : str or None, optional
        The file of the code that is watched, where there is no timer that interrupts: its lines are counted.
    """
    main_thread = threading.current_thread() is threading.main_thread()
    return _by_signal(seconds) if main_thread and hasattr(signal, "setitimer") else _by_trace(seconds, filename)


@contextmanager
def _by_signal(seconds: float):
    """Let the system's timer interrupt: in the main thread on Linux and macOS."""

    def stop(number, frame):
        # Never in the lines that end the limit: raised there, it would leave the timer running without its handler.
        if not _is_ending(frame):
            raise TooSlow

    previous = signal.signal(signal.SIGALRM, stop)
    others = signal.getitimer(signal.ITIMER_REAL)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)  # again, in case the code swallowed the first
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, previous)
        if others[0]:  # somebody else's timer goes on
            signal.setitimer(signal.ITIMER_REAL, *others)


def _is_ending(frame) -> bool:
    """Whether the limit itself runs, or the ``with`` statement is about to call it."""
    if frame is not None and frame.f_code.co_filename == contextlib.__file__:
        return True
    while frame is not None:
        if frame.f_code.co_filename == __file__:
            return True
        frame = frame.f_back
    return False


@contextmanager
def _by_trace(seconds: float, filename: str | None):
    """Look at the clock in calls, and in each line of the watched file: works everywhere, also in a browser."""
    deadline = time.monotonic() + seconds

    def watch(frame, event, argument):
        if time.monotonic() > deadline:
            raise TooSlow
        return watch if frame.f_code.co_filename == filename else None

    previous = sys.gettrace()
    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(previous)
