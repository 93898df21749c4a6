"""A bound on the time that SymPy may take: some integrals would otherwise never return."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager


class OutOfTime(BaseException):
    """Raised inside SymPy when its time is up. Not an `Exception`, so that no handler in SymPy swallows it."""


@contextmanager
def time_limit(seconds: float):
    """Raise `OutOfTime` in the body once `seconds` have passed.

    The clock is read at every Python call through `sys.settrace`, because that works on every system, in any
    thread and in a browser, where neither signals nor threads exist. It slows SymPy by about a factor of two.
    """
    deadline = time.monotonic() + seconds

    def watch(frame, event, argument):
        if time.monotonic() > deadline:
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
