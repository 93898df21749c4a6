"""Medians of interleaved runs.

A computer's speed drifts while it works. So the contenders take turns: in every round each is called for a few
milliseconds, in an order that rotates, and the medians over the rounds are compared.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

__all__ = ["Timing", "measure", "settle"]

BLOCK = 2e-3  # seconds of one contender's turn: far above the clock's resolution
FEWEST, MOST = 5, 201  # rounds


@dataclass(frozen=True)
class Timing:
    """The times of one contender, in seconds per call.

    Attributes
    ----------
    median, low, high : float
        Median and quartiles over the rounds.
    rounds, calls : int
        Number of rounds, and of calls in each.
    cores : float
        Processor time over wall-clock time: above 1 where more than one thread was at work.
    """

    median: float
    low: float
    high: float
    rounds: int
    calls: int
    cores: float

    def as_dict(self) -> dict:
        """Return the fields, rounded to what the measurement supports."""
        return {
            name: float(f"{value:.4g}") if isinstance(value, float) else value for name, value in asdict(self).items()
        }


def settle() -> None:
    """Spare the garbage collector the libraries' own objects, which would slow everybody alike."""
    gc.collect()
    gc.freeze()


def measure(calls: dict[str, Callable[[], object]], seconds: float) -> dict[str, Timing]:
    """Time callables side by side.

    Parameters
    ----------
    calls : dict
        Name to a callable without arguments; called once before, so that nothing is compiled in a timed round.
    seconds : float
        About how long to measure all of them together; five rounds are made in any case.

    Returns
    -------
    dict
        Name to `Timing`.
    """
    counts = {name: _calls_per_block(call) for name, call in calls.items()}
    start = time.perf_counter()
    order = list(calls)
    walls: dict[str, list[float]] = {name: [] for name in calls}
    cpus = dict.fromkeys(calls, 0.0)
    for rounds in range(MOST):
        if rounds >= FEWEST and time.perf_counter() - start > seconds:
            break
        shift = rounds % len(order)
        for name in order[shift:] + order[:shift]:
            wall, cpu = _block(calls[name], counts[name])
            walls[name].append(wall / counts[name])
            cpus[name] += cpu
    return {name: _summary(walls[name], counts[name], cpus[name]) for name in calls}


def _calls_per_block(call) -> int:
    call()
    count = 1
    while True:
        wall, _ = _block(call, count)
        if wall >= BLOCK / 2:
            return max(1, round(count * BLOCK / wall))
        count *= 2


def _block(call, count) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(count):
        call()
    return time.perf_counter() - wall, time.process_time() - cpu


def _summary(walls, count, cpu) -> Timing:
    low, median, high = statistics.quantiles(walls, n=4, method="inclusive")
    return Timing(median, low, high, len(walls), count, cpu / (sum(walls) * count))
