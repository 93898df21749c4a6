"""The value of an integral together with how it was found."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import sympy as sp

from jaclib.cubature import Cubature, CubatureWarning
from jaclib.substitution._boundary import warn_caller
from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import real_value

SIMPLIFY_SECONDS = 2.0
# Of the value: with a larger error a number has no digits.
LARGEST_ERROR = 0.5


class DivergentIntegral(ValueError):
    """The integral has no finite value."""


class UnconfirmedWarning(UserWarning):
    """An exact value was found that no numeric integral could confirm."""


class Once:
    """A numeric integral that is computed when it is first asked for, and only then."""

    def __init__(self, compute: Callable[[], Cubature]):
        self._compute = compute

    @cached_property
    def _outcome(self) -> tuple[Cubature | None, list, Exception | None]:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", CubatureWarning)
            try:
                return self._compute(), caught, None
            except (ValueError, NotImplementedError) as error:
                return None, caught, error

    def __call__(self) -> Cubature:
        estimate, caught, failure = self._outcome
        if failure is not None:
            raise failure
        for warning in caught:
            warnings.warn(warning.message, stacklevel=2)
        return estimate

    @property
    def converged(self) -> bool:
        """Whether there is a value that reached its tolerance."""
        estimate = self._outcome[0]
        return estimate is not None and estimate.converged

    def agrees(self, exact: sp.Expr) -> bool:
        """Whether an exact value does not contradict the numeric one."""
        number = real_value(exact)
        if number is None:
            return False
        if abs(number) == float("inf"):
            return not self.converged
        return agreement(number, self._outcome[0]) is not False


@dataclass(frozen=True)
class IntegralValue:
    """What `Substitution.integrate` returns.

    Attributes
    ----------
    value : Expr or float
        An exact SymPy expression if ``method == "exact"``, else a float.
    error : float
        0.0 if exact, else an estimate of the absolute error.
    method : {"exact", "numeric"}
    reason : str
        Why the value is not exact, or how the exact value was checked.
    check : Cubature or None
        The numeric integral that an exact value was compared with; None if that did not converge.
    transformed : sympy.Integral, or a sum of them
        The integral in the new variables, not evaluated.
    exact : Expr or None
        What SymPy found, whether it was accepted or not.
    numeric : Cubature or None
        What cubature found, whether it converged or not.
    compared : bool
        Whether ``check=True`` was asked for: then both values are printed.
    """

    value: sp.Expr | float
    error: float
    method: str
    reason: str
    check: Cubature | None
    transformed: sp.Expr
    exact: sp.Expr | None = None
    numeric: Cubature | None = None
    compared: bool = False

    @property
    def difference(self) -> float | None:
        """abs(exact - numeric), or None if one of them is missing."""
        number = None if self.exact is None else real_value(self.exact)
        return None if number is None or self.numeric is None else abs(number - self.numeric.value)

    def __float__(self) -> float:
        return float(self.value)

    def __repr__(self) -> str:
        if self.method == "exact":
            text = f"{self.value} (exact, ≈ {float(self.value):.12g}; {self.reason})"
        else:
            text = f"{self.value:.12g} ± {self.error:.1e} (numeric: {self.reason})"
        return f"{text}\n{self.comparison}" if self.compared else text

    @property
    def comparison(self) -> str:
        """Both values side by side, and whether they agree."""
        if self.numeric is None:
            numeric = "there is none"
        else:
            numeric = f"{self.numeric.value:.12g} ± {self.numeric.error:.1e}"
            numeric += "" if self.numeric.converged else ", not converged"
        if self.exact is None:
            return f"exact: none found; numeric: {numeric}; nothing to compare"
        number = real_value(self.exact)
        exact = f"{self.exact}" if number is None else f"{self.exact} ≈ {number:.12g}"
        verdict = None if number is None else agreement(number, self.numeric)
        words = {True: "they agree", False: "they disagree", None: "no verdict"}[verdict]
        gap = "" if self.difference is None else f"; difference {self.difference:.1e}"
        return f"exact: {exact}; numeric: {numeric}{gap}: {words}"

    def _repr_latex_(self) -> str:
        shown = (
            sp.latex(self.value)
            if self.method == "exact"
            else rf"{self.value:.12g} \pm {sp.latex(sp.Float(self.error, 2))}"
        )
        relation = "=" if self.method == "exact" else r"\approx"
        below = rf" \\ \text{{{self.comparison}}}" if self.compared else ""
        body = rf"{sp.latex(self.transformed)} {relation} {shown}{below}"
        return rf"$\displaystyle \begin{{gathered}}{body}\end{{gathered}}$" if below else rf"$\displaystyle {body}$"


def settle(
    where: str,
    exact: sp.Expr | None,
    numeric: Callable[[], Cubature],
    transformed: sp.Expr,
    why_not_exact: str,
    *,
    check: bool = False,
) -> IntegralValue:
    """Accept an exact value that the numeric one confirms, otherwise fall back to the numeric one.

    SymPy's definite integrals are now and then wrong (branch cuts, discontinuous antiderivatives), so that an
    exact value is never returned against the numeric evidence. With `check` the result prints both.
    """
    found, number = exact, None if exact is None else real_value(exact)
    if exact is not None and number is None and exact.has(sp.oo, -sp.oo):
        number = float("inf")
    if exact is not None and number is None:
        exact, why_not_exact = None, f"SymPy's result {exact} is not a real number"
    caught: list = []
    failure = None
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", CubatureWarning)
            estimate = numeric()
    except (ValueError, NotImplementedError) as error:
        estimate, failure = None, error
    converged = estimate is not None and estimate.converged
    if number in (float("inf"), float("-inf")):
        if not converged:
            raise DivergentIntegral(f"{where}: the integral diverges: SymPy finds {exact}. Restrict the limits.")
        exact, why_not_exact = None, f"SymPy's result {exact} disagrees with the numeric value"
    if exact is not None:
        verdict = agreement(number, estimate)
        if verdict is not False:
            why_not_checked = "the numeric integral did not converge" if failure is None else str(failure)
            said = "confirmed numerically" if verdict else "not confirmed"
            if not verdict:
                warn_caller(
                    f"{where}: SymPy's value {exact} could not be confirmed: {why_not_checked}. If the integral "
                    "diverges, SymPy may have cancelled infinities.",
                    UnconfirmedWarning,
                )
            exact, confirming = _tidy(exact, number), estimate if verdict else None
            return IntegralValue(exact, 0.0, "exact", said, confirming, transformed, exact, estimate, check)
        why_not_exact = f"SymPy's result {exact} disagrees with the numeric value"
    if estimate is None:
        raise ValueError(
            f"{where}: no exact value ({why_not_exact}), and the numeric integral failed: {failure}"
        ) from failure
    if not converged and estimate.error > LARGEST_ERROR * abs(estimate.value) and estimate.error > 1e-6:
        raise ValueError(
            f"{where}: no exact value ({why_not_exact}), and the numeric integral, {estimate.value:.3g} ± "
            f"{estimate.error:.1g}, has no digits. The integral may diverge; restrict the limits, or cut them at a "
            "singularity."
        )
    for warning in caught:
        warn_caller(warning.message)
    return IntegralValue(
        estimate.value, estimate.error, "numeric", why_not_exact, None, transformed, found, estimate, check
    )


def total(values: list[IntegralValue]) -> IntegralValue:
    """Add up integrals over parts of a region: exact if all of them are."""
    if len(values) == 1:
        return values[0]
    shown = sp.Add(*(value.transformed for value in values), evaluate=False)
    exact = None if any(value.exact is None for value in values) else sp.Add(*(value.exact for value in values))
    numeric, check = (sum_of([getattr(value, name) for value in values]) for name in ("numeric", "check"))
    compared = values[0].compared
    not_exact = next((value for value in values if value.method != "exact"), None)
    if not_exact is not None:
        number, error = sum(float(value) for value in values), sum(value.error for value in values)
        return IntegralValue(number, error, "numeric", not_exact.reason, None, shown, exact, numeric, compared)
    exact = _tidy(exact, real_value(exact))
    reason = next((value.reason for value in values if value.check is None), values[0].reason)
    return IntegralValue(exact, 0.0, "exact", reason, check, shown, exact, numeric, compared)


def sum_of(parts: list[Cubature | None]) -> Cubature | None:
    """Add up integrals over parts of a region; None if one is missing."""
    if None in parts:
        return None
    return Cubature(
        sum(part.value for part in parts),
        sum(part.error for part in parts),
        sum(part.evaluations for part in parts),
        all(part.converged for part in parts),
    )


def _tidy(exact: sp.Expr, number: float) -> sp.Expr:
    """Write a constant shortly: a sum of simple terms as it is, anything longer simplified."""
    forms = [sp.expand(exact)]
    if sp.count_ops(exact) > 12:
        forms += attempt(SIMPLIFY_SECONDS, lambda: [sp.simplify(exact)], [])
    # simplify is part of SymPy too: what it returns must have the same value.
    tolerance = 1e-12 * max(1.0, abs(number))
    same = [form for form in forms if (value := real_value(form)) is not None and abs(value - number) <= tolerance]
    return min([*same, exact], key=sp.count_ops)


def agreement(number: float, check: Cubature | None) -> bool | None:
    """Whether the exact number and the numeric check agree; None if the check says too little."""
    if check is None or (check.value == check.error == 0.0 and number != 0.0):
        # All points of the check may have missed a narrow peak.
        return None
    difference = abs(number - check.value)
    if check.converged:
        return difference <= 20.0 * check.error + 1e-9 * max(abs(number), abs(check.value))
    if check.error > 1e-3 * abs(check.value):
        return None
    return difference <= 100.0 * check.error


def is_confirmed(value: sp.Expr, numeric: Callable[[], Cubature]) -> bool:
    """Whether a constant is finite and the numeric integral agrees: an antiderivative may jump between the limits."""
    number = real_value(value)
    if number is None or not abs(number) < float("inf"):
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CubatureWarning)
            return agreement(number, numeric()) is True
    except (ValueError, NotImplementedError):
        return False
