"""A bound on the time that SymPy may take: some integrals would otherwise never return."""

from __future__ import annotations

import signal
import sys
import threading
import time
from contextlib import contextmanager

# SymPy makes about a million calls a second.
CALLS_PER_READING = 256


class OutOfTime(BaseException):
    """Raised inside SymPy when its time is up. Not an `Exception`, so that no handler in SymPy swallows it."""


def time_limit(seconds: float):
    """Return a context that raises `OutOfTime` in its body once that has used `seconds` of processor time.

    Processor time, because a busy machine must not turn an exact result into a numeric one.
    """
    main_thread = threading.current_thread() is threading.main_thread()
    return _by_signal(seconds) if main_thread and hasattr(signal, "setitimer") else _by_trace(seconds)


def _in_sympy(frame) -> bool:
    """Whether SymPy's own code runs: in a finaliser or a callback of the garbage collector an exception is lost."""
    return frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] in ("sympy", "mpmath")


@contextmanager
def _by_signal(seconds: float):
    """Let the system's timer interrupt: costs nothing, but exists only in the main thread on Linux and macOS."""

    def stop(number, frame):
        if _in_sympy(frame):
            raise OutOfTime

    previous = signal.signal(signal.SIGVTALRM, stop)
    try:
        # It fires again, in case SymPy has called something else at the first time.
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.01)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.signal(signal.SIGVTALRM, previous)


@contextmanager
def _by_trace(seconds: float):
    """Read the clock in Python calls: works everywhere, also in a browser, but makes SymPy half as fast."""
    deadline = time.process_time() + seconds
    calls = 0

    def watch(frame, event, argument):
        nonlocal calls
        calls += 1
        if calls % CALLS_PER_READING == 0 and time.process_time() > deadline and _in_sympy(frame):
            raise OutOfTime
        return None  # no tracing inside the frame: calls alone are enough

    previous = sys.gettrace()
    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(previous)


def attempt(seconds: float, compute, default=None):
    """Return ``compute()``, or `default` if SymPy gives up, fails, or takes longer than `seconds`."""
    # SymPy raises many kinds of exception when it meets what it cannot do (NotImplementedError, TypeError,
    # PolynomialError, RecursionError, …): to the caller they all mean that there is no exact answer.
    try:
        with time_limit(seconds):
            return compute()
    except (OutOfTime, Exception):
        return default
