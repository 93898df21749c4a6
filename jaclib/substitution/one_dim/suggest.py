"""Find a useful u for an integrand: try what its form calls for, and judge what each leaves to be done."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cached_property

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
    # With the sign of x known, SymPy can join powers.
    twin = Region({x: ends}).twins[x]
    given = plain_form(f, x, *ends).xreplace({x: twin})
    before = difficulty(given, twin)
    judged = []
    deadline = time.process_time() + SECONDS
    for order, candidate in enumerate(candidates(given, twin, symbols, ends)):
        if time.process_time() > deadline:
            break
        trial = _try(candidate, given, twin, ends, symbols[candidate.back is not None])
        if trial is not None:
            judged.append((trial.key(order), trial.suggestion(x)))
    judged.sort(key=lambda pair: pair[0])
    useful = [suggestion for key, suggestion in judged if _helps(key[0], key[2], before)]
    others = [suggestion for key, suggestion in judged if not _helps(key[0], key[2], before)]
    return Survey(before, tuple(useful), tuple(others))


def _helps(rank: int, size: int, before: Difficulty) -> bool:
    """Whether less is left to do. By parts is by parts, however short."""
    return rank < before.rank or (rank == before.rank != Rank.PARTS and size < before.size)


def _try(candidate: Candidate, f: sp.Expr, x: sp.Symbol, ends, symbol: sp.Symbol) -> _Trial | None:
    """Rewrite f with a candidate; None if it cannot be used."""
    places = np.sort(Region({x: ends}).points(SAMPLES)[0])
    try:
        values = vectorised(candidate.u, [x])(places)
        if not np.isfinite(values).any() or np.isnan(values).any():
            return None
        written, inverse = _written(candidate, f, x, symbol, places, values)
        if written is None or (candidate.back is None and not written.has(symbol)):
            return None
        everywhere = agrees(written, f, candidate.u, x, symbol, ends)
    except NotImplementedError:
        return None
    rises = values[1:] >= values[:-1]
    if not everywhere and (inverse is None or rises.all() or not rises.any()):
        return None
    return _Trial(candidate, f, x, symbol, written, inverse, everywhere)


def _written(candidate, f, x, symbol, places, values) -> tuple[sp.Expr | None, sp.Expr | None]:
    """Return g(u) and, where it was needed, the inverse."""
    u, squares = candidate.u, candidate.squares
    options = {"ends": (sp.Float(values.min()), sp.Float(values.max())), "squares": squares, "quick": True}
    if candidate.back is not None:
        return through_inverse(f, candidate.back, x, symbol, **options), candidate.back
    forward = without_inverse(f, u, x, symbol, squares=squares, quick=True)
    inverse = unwrap(u, x, symbol, float(places[len(places) // 2]))
    if forward is not None and not (inverse is not None and prefers_inverse(u, f, x)):
        return forward, None
    return (None, None) if inverse is None else (through_inverse(f, inverse, x, symbol, **options), inverse)


_OBSTACLES = (
    ("root", lambda g: any(p.exp.is_Rational and not p.exp.is_Integer for p in g.atoms(sp.Pow))),
    ("logarithm", lambda g: g.has(sp.log)),
    ("exponential function", lambda g: g.has(sp.exp)),
)


@dataclass(frozen=True)
class _Trial:
    """A candidate with what it makes of f: `written` in the new symbol, through `inverse` if that was needed."""

    candidate: Candidate
    f: sp.Expr
    x: sp.Symbol
    symbol: sp.Symbol
    written: sp.Expr
    inverse: sp.Expr | None
    everywhere: bool

    @cached_property
    def left(self) -> Difficulty:
        """What is left to do."""
        return difficulty(self.written, self.symbol)

    def key(self, order: int) -> tuple[int, int, int, int]:
        """Return what the trials are sorted by: the least work first."""
        must_split = not self.everywhere
        must_solve = self.inverse is not None and sp.diff(self.inverse, self.symbol).has(self.symbol)
        return self.left.rank + must_split, int(must_solve), self.left.size, order

    def suggestion(self, x: sp.Symbol) -> Suggestion:
        """Return it for the caller, whose variable is x."""
        candidate, back = self.candidate, {self.x: x}
        words = candidate.reason or self._reason()
        reason = tuple(part if isinstance(part, str) else formula(part.xreplace(back)) for part in words)
        squares = {old.xreplace(back): new for old, new in candidate.squares.items()}
        u = candidate.u.xreplace(back)
        return Suggestion(x, u, candidate.back, self.symbol, self.written, reason, self.left, squares)

    def _reason(self) -> tuple:
        u, role = self.candidate.u, self.candidate.role
        du = shown_derivative(u, self.x)
        if not du.has(self.x):
            return (*role, " is linear in ", self.x)
        if self.inverse is None and divides(u, self.f, self.x):
            return ("the derivative of ", *role, ", ", du, ", is a factor of the integrand")
        if self.inverse is None:
            depends = ", the integrand depends on "
            return ("divided by the derivative of ", *role, ", ", du, depends, self.symbol, " alone")
        gone = next((name for name, has in _OBSTACLES if has(self.f) and not has(self.written)), None)
        gain = f"no {gone} is left" if gone else "the integrand is simpler"
        if not self.everywhere:
            return (f"then {gain}, with a formula for each side of its turning points",)
        return ("then ", self.x, " = ", self.inverse, f", and {gain}")
