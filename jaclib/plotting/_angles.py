"""Few ticks on an axis, as multiples of π where the axis is an angle."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator


def few_ticks(axis, low: float, high: float) -> None:
    """Few ticks; multiples of π where both ends are."""
    parts = np.array([low, high]) / (np.pi / 12)
    if np.abs(parts - np.round(parts)).max() < 1e-4 and high - low > 0.5:
        span = (high - low) / np.pi
        step = next((step for step in (0.25, 0.5, 1.0) if span / step < 4.1), np.ceil(span / 4))
        axis.set_major_locator(MultipleLocator(step * np.pi))
        axis.set_major_formatter(FuncFormatter(_in_pi))
    else:
        axis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))


def _in_pi(value: float, position=None) -> str:
    quarters = round(4 * value / np.pi)
    if quarters == 0:
        return "0"
    divisor = np.gcd(quarters, 4)
    top, bottom = quarters // divisor, 4 // divisor
    sign, top = ("−" if top < 0 else ""), abs(top)
    return f"{sign}{'' if top == 1 else top}π" + (f"/{bottom}" if bottom > 1 else "")
