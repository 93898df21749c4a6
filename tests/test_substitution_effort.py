"""The bound on SymPy's time: it holds in both of its forms, and leaves nothing behind."""

import signal
import sys

import pytest
import sympy as sp

from jaclib.substitution import _effort

FORMS = [_effort._by_trace] + ([_effort._by_signal] if hasattr(signal, "setitimer") else [])


def spin():
    x = sp.Symbol("x")
    while True:
        sp.expand((x + 1) ** 30)


@pytest.mark.parametrize("limit", FORMS)
def test_an_endless_computation_is_stopped(limit):
    with pytest.raises(_effort.OutOfTime), limit(0.1):
        spin()


@pytest.mark.parametrize("limit", FORMS)
def test_a_short_computation_passes_and_nothing_is_left_behind(limit):
    before = sys.gettrace(), signal.getsignal(getattr(signal, "SIGVTALRM", signal.SIGINT))
    with limit(60):
        result = sum(range(10))
    assert result == 45
    assert (sys.gettrace(), signal.getsignal(getattr(signal, "SIGVTALRM", signal.SIGINT))) == before


def test_attempt_returns_the_default_when_time_is_up_or_sympy_fails():
    assert _effort.attempt(0.05, spin, "default") == "default"
    assert _effort.attempt(60, lambda: 1 / 0, "default") == "default"
    assert _effort.attempt(60, lambda: 3) == 3


def test_an_interrupt_of_the_user_is_not_swallowed():
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _effort.attempt(60, interrupt)


def test_another_thread_gets_a_limit_too():
    import threading

    found = []
    thread = threading.Thread(target=lambda: found.append(_effort.attempt(0.05, spin, "default")))
    thread.start()
    thread.join()
    assert found == ["default"]
