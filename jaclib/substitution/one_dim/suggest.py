"""Find a useful u for an integrand: try what its form calls for, and judge what each leaves to be done."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
import sympy as sp

from jaclib.substitution._numeric import vectorised
from jaclib.substitution._region import Region
from jaclib.substitution._unwrap import unwrap
from jaclib.substitution.one_dim.breaks import plain_form
from jaclib.substitution.one_dim.candidates import Candidate, candidates
from jaclib.substitution.one_dim.rewrite import (
    agrees,
    divides,
    prefers_inverse,
    shown_derivative,
    through_inverse,
    without_inverse,
)
from jaclib.substitution.one_dim.table import Difficulty, Rank, difficulty
from jaclib.substitution.one_dim.writing import Text, formula, plain

# Candidates after this much processor time are not looked at any more.
SECONDS = 8.0
SAMPLES = 256


@dataclass(frozen=True)
class Suggestion:
    """A substitution for an integral in x.

    Attributes
    ----------
    variable : Symbol
        The old variable, x.
    u : Expr
        As an expression in x.
    back : Expr or None
        x in terms of the new symbol, for a substitution of the kind x = 2 sin(t).
    symbol : Symbol
        The new variable.
    integrand : Expr or None
        What it makes of the integrand, dx included; None if that was not worked out.
    reason : str
        Why one would try it; empty if it was given.
    verdict : str
        What is left to do after it.
    """

    variable: sp.Symbol
    u: sp.Expr
    back: sp.Expr | None
    symbol: sp.Symbol
    integrand: sp.Expr | None = None
    reason_text: Text = ()
    difficulty: Difficulty | None = None
    squares: dict[sp.Expr, sp.Expr] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why one would try it."""
        return plain(self.reason_text)

    @property
    def verdict(self) -> str:
        """What is left to do after it."""
        return "" if self.difficulty is None else self.difficulty.label

    @property
    def rule(self) -> str:
        """The substitution, as u = … or x = …."""
        return f"{self.symbol} = {self.u}" if self.back is None else f"{self.variable} = {self.back}"

    def __repr__(self) -> str:
        return (
            self.rule if self.integrand is None else f"{self.rule}: ∫ {self.integrand} d{self.symbol}, {self.verdict}"
        )


@dataclass(frozen=True)
class Survey:
    """The difficulty of an integrand as it is, and the substitutions that make it simpler and that do not."""

    before: Difficulty
    useful: tuple[Suggestion, ...]
    others: tuple[Suggestion, ...]


def suggest(f: sp.Expr, x: sp.Symbol, ends: tuple[sp.Expr, sp.Expr], symbols: tuple[sp.Symbol, sp.Symbol]) -> Survey:
    """Try the substitutions that f calls for; the most useful come first.

    `symbols` are the new variable of u(x) and that of a back-substitution. Formulas are checked at points of the
    range, so that u with a part of the range outside its domain, or with a formula that holds nowhere, is left out.
    """
    symbol, t = symbols
    # With the sign of x known, SymPy can join powers.
    twin = Region({x: ends}).twins[x]
    given = plain_form(f, x, *ends).xreplace({x: twin})
    before = difficulty(given, twin)
    judged = []
    deadline = time.process_time() + SECONDS
    for order, candidate in enumerate(candidates(given, twin, symbols, ends)):
        if time.process_time() > deadline:
            break
        found = _try(candidate, given, twin, x, ends, symbol if candidate.back is None else t)
        if found is not None:
            suggestion, penalties = found
            rank, size = suggestion.difficulty.rank, suggestion.difficulty.size
            judged.append(((rank + penalties[0], penalties[1], size, order), suggestion))
    judged.sort(key=lambda pair: pair[0])
    useful = [suggestion for key, suggestion in judged if _helps(key[0], key[2], before)]
    others = [suggestion for key, suggestion in judged if not _helps(key[0], key[2], before)]
    return Survey(before, tuple(useful), tuple(others))


def _helps(rank: int, size: int, before: Difficulty) -> bool:
    """Whether less is left to do. By parts is by parts, however short."""
    return rank < before.rank or (rank == before.rank != Rank.PARTS and size < before.size)


def _try(candidate: Candidate, f, twin, x, ends, symbol) -> tuple[Suggestion, tuple[int, int]] | None:
    """Rewrite f with a candidate; None if it cannot be used.

    Also 1 if the range must be split for it, and 1 if its inverse is needed and is not linear.
    """
    u = candidate.u
    places = np.sort(Region({twin: ends}).points(SAMPLES)[0])
    try:
        values = vectorised(u, [twin])(places)
        if not np.isfinite(values).any() or np.isnan(values).any():
            return None
        written, inverse = _written(candidate, f, twin, ends, symbol, places, values)
        if written is None or (candidate.back is None and not written.has(symbol)):
            return None
        everywhere = agrees(written, f, u, twin, symbol, ends)
    except NotImplementedError:
        return None
    if not everywhere and (inverse is None or _is_monotone(values)):
        return None
    back = {twin: x}
    suggestion = Suggestion(
        x,
        u.xreplace(back),
        candidate.back,
        symbol,
        written,
        _reason(candidate, f, twin, x, written, symbol, inverse),
        difficulty(written, symbol),
        {old.xreplace(back): new for old, new in candidate.squares.items()},
    )
    simple = inverse is None or not sp.diff(inverse, symbol).has(symbol)
    return suggestion, (int(not everywhere), int(not simple))


def _is_monotone(values: np.ndarray) -> bool:
    steps = np.diff(values)
    return bool((steps >= 0).all() or (steps <= 0).all())


def _written(candidate, f, twin, ends, symbol, places, values) -> tuple[sp.Expr | None, sp.Expr | None]:
    """Return g(u) and, where it was needed, the inverse."""
    low, high = (sp.Float(float(end)) for end in (np.nanmin(values), np.nanmax(values)))
    options = {"ends": (low, high), "squares": candidate.squares, "quick": True}
    if candidate.back is not None:
        return through_inverse(f, candidate.back, twin, symbol, **options), candidate.back
    forward = without_inverse(f, candidate.u, twin, symbol, squares=candidate.squares, quick=True)
    inverse = unwrap(candidate.u, twin, symbol, float(places[len(places) // 2]))
    if forward is not None and not (inverse is not None and prefers_inverse(candidate.u, f, twin)):
        return forward, None
    if inverse is None:
        return None, None
    return through_inverse(f, inverse, twin, symbol, **options), inverse


def _reason(candidate: Candidate, f, twin, x, written, symbol, inverse) -> Text:
    text = candidate.reason or _why(candidate, f, twin, written, symbol, inverse)
    return tuple(part if isinstance(part, str) else formula(part.xreplace({twin: x})) for part in text)


def _why(candidate: Candidate, f, twin, written, symbol, inverse) -> tuple:
    du = shown_derivative(candidate.u, twin)
    if not du.has(twin):
        return (*candidate.role, " is linear in ", twin)
    if inverse is None and divides(candidate.u, f, twin):
        return ("the derivative of ", *candidate.role, ", ", du, ", is a factor of the integrand")
    if inverse is None:
        return (
            "divided by the derivative of ",
            *candidate.role,
            ", ",
            du,
            ", the integrand depends on ",
            symbol,
            " alone",
        )
    gone = next((name for name, is_there in _OBSTACLES if is_there(f) and not is_there(written)), None)
    gain = f"no {gone} is left" if gone else "the integrand is simpler"
    return ("then ", twin, " = ", inverse, f", and {gain}")


_OBSTACLES = (
    ("root", lambda g: any(p.exp.is_Rational and not p.exp.is_Integer for p in g.atoms(sp.Pow))),
    ("logarithm", lambda g: g.has(sp.log)),
    ("exponential function", lambda g: g.has(sp.exp)),
)
