"""An integrand on a finite box: infinite axes are mapped, and what f returns is checked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jaclib import _validate


class Integrand:
    """f on a finite box: maps infinite axes, calls f, and checks what it returns."""

    def __init__(self, where: str, f: Callable[..., np.ndarray], lower: np.ndarray, upper: np.ndarray):
        self.where, self.f = where, f
        self.dimension = len(lower)
        self.whole = np.isinf(lower) & np.isinf(upper)
        self.evaluations = 0
        self.largest = 0.0
        self._axes = [_AXIS_MAPS[bool(np.isinf(a)), bool(np.isinf(b))](a, b) for a, b in zip(lower, upper, strict=True)]
        self.box = tuple(np.array([axis[0][end] for axis in self._axes]) for end in (0, 1))

    def __call__(self, t: list[np.ndarray]) -> np.ndarray:
        x, factor = [], None
        for (_, mapping), tk in zip(self._axes, t, strict=True):
            xk, derivative = mapping(tk)
            x.append(xk)
            if derivative is not None:
                factor = derivative if factor is None else factor * derivative
        values = self._values(x)
        if factor is None:
            return values
        values = values * factor
        if not _validate.is_finite(values):
            raise ValueError(
                f"{self.where}: f does not decrease towards infinity, or so slowly that the integral overflows; "
                "expected an integrable f. Check the limits."
            )
        return values

    def _values(self, x: list[np.ndarray]) -> np.ndarray:
        first_call = self.evaluations == 0
        # f may write into its arguments: what the checks below need is copied first.
        probe = [xk[[0, len(xk) // 3]] for xk in x] if first_call else None
        originals = [xk.copy() for xk in x] if first_call else x
        values = self._call(x)
        self.evaluations += len(values)
        if not _validate.is_finite(values):
            bad = int(np.flatnonzero(~np.isfinite(values))[0])
            point = ", ".join(f"{float(xk[bad]):.6g}" for xk in originals)
            raise ValueError(
                f"{self.where}: f is {values[bad]} at ({point}), expected finite values. Put a limit at a singularity "
                "(limits are never evaluated), or write f so that it does not overflow."
            )
        if first_call:
            self._check_pointwise(probe, values)
        return values

    def _call(self, x: list[np.ndarray]) -> np.ndarray:
        expected = x[0].shape
        try:
            values = np.asarray(self.f(*x))
        except ValueError as error:
            if "truth value of an array" not in str(error):
                raise
            raise ValueError(
                f"{self.where}: f compares its argument as if it were one number; it is called with arrays of shape "
                f"{expected}. Use np.where(condition, a, b) in place of if."
            ) from error
        if values.shape != expected:
            raise ValueError(
                f"{self.where}: f returned {_validate.describe(values)}, expected shape {expected} like its "
                "arguments. Write f with NumPy functions that act on each point; for a constant, return "
                "np.full_like(x, c)."
            )
        if values.dtype.kind == "c":
            raise TypeError(
                f"{self.where}: f returned complex values, expected real ones. Integrate .real and .imag apart."
            )
        if values.dtype.kind not in "fiub":
            raise TypeError(f"{self.where}: f returned dtype {values.dtype}, expected real numbers.")
        return values.astype(float, copy=False)

    def _check_pointwise(self, probe: list[np.ndarray], values: np.ndarray) -> None:
        again = self._call(probe)
        before = values[[0, len(values) // 3]]
        if (np.abs(again - before) > 1e-6 * np.abs(before) + 1e-9 * np.abs(values).max()).any():
            raise ValueError(
                f"{self.where}: f gives another value at the same point when it is called with fewer points, expected "
                "a function of each point by itself. Avoid sums, sorts and random numbers over the whole argument."
            )


def _finite_axis(a: float, b: float):
    return (a, b), lambda t: (t, None)


# Infinity is put at t = 0, around which floating-point numbers are dense: a slow decay can be followed far out.
def _right_axis(a: float, b: float):
    """Map by x = a + (1 − t)/t, |dx| = dt/t²."""
    return (0.0, 1.0), lambda t: (a + (1.0 - t) / t, 1.0 / (t * t))


def _left_axis(a: float, b: float):
    """Map by x = b − (1 − t)/t."""
    return (0.0, 1.0), lambda t: (b - (1.0 - t) / t, 1.0 / (t * t))


def _whole_axis(a: float, b: float):
    """Map by x = (1 − |t|)/t, where t in (−1, 0) gives the negative x and t in (0, 1) the positive ones."""
    return (-1.0, 1.0), lambda t: ((1.0 - np.abs(t)) / t, 1.0 / (t * t))


_AXIS_MAPS = {
    (False, False): _finite_axis,
    (False, True): _right_axis,
    (True, False): _left_axis,
    (True, True): _whole_axis,
}


def oriented_box(where: str, limits) -> tuple[np.ndarray, np.ndarray, float]:
    """Lower and upper limits of shape (n,), and the sign that ordering them costs (0 for an empty box)."""
    try:
        box = np.asarray(limits)
    except ValueError:
        box = np.empty(0)
    if box.dtype.kind not in "fiub":
        raise TypeError(
            f"{where}: limits are {_validate.describe(limits)}, expected real numbers. Convert them with float()."
        )
    if box.ndim != 2 or box.shape[1] != 2 or len(box) == 0:
        raise ValueError(
            f"{where}: limits have shape {box.shape}, expected (n, 2): one pair (a, b) per argument of f, such as "
            "[(0, 1)] in one dimension."
        )
    box = box.astype(float)
    if np.isnan(box).any():
        raise ValueError(f"{where}: limits {limits!r} contain nan, expected numbers or ±inf.")
    lower, upper = box.min(axis=1), box.max(axis=1)
    if (np.isinf(lower) & (lower == upper)).any():
        raise ValueError(f"{where}: limits {limits!r} have both ends at the same infinity, expected a range.")
    sign = float(np.prod(np.sign(upper - lower)) * (-1.0) ** int((box[:, 0] > box[:, 1]).sum()))
    return lower, upper, sign


def check_tolerances(rtol, atol, max_evaluations) -> None:
    for name, number in (("rtol", rtol), ("atol", atol)):
        if not (np.isscalar(number) and np.isreal(number) and 0.0 <= number < np.inf):
            raise ValueError(f"integrate: {name} is {number!r}, expected a number ≥ 0, such as 1e-10.")
    if rtol == 0.0 and atol == 0.0:
        raise ValueError("integrate: rtol and atol are both 0, expected one of them to be positive.")
    if max_evaluations < 1:
        raise ValueError(f"integrate: max_evaluations is {max_evaluations!r}, expected a positive number.")
