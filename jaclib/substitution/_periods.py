"""The period of a map in one of its variables."""

from __future__ import annotations

import sympy as sp
from sympy.calculus.util import lcim, periodicity

from jaclib.substitution._effort import attempt
from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._numeric import real_value

PERIOD_SECONDS = 2.0


def period(map_: DifferentiableMap, variable: sp.Symbol) -> sp.Expr | None:
    """Return the smallest p > 0 that SymPy finds with T(..., u + p, ...) = T(..., u, ...), or None."""
    plain = sp.Dummy(variable.name, real=True)
    periods = []
    for expression in map_.mapping.values():
        twinned = map_.to_twins(expression).xreplace({map_.twins[variable]: plain})
        found = attempt(PERIOD_SECONDS, lambda e=twinned: periodicity(e, plain))
        if found is None:
            return None
        periods.append(found)
    common = attempt(PERIOD_SECONDS, lambda: lcim([p for p in periods if p != 0]))
    return common if common is not None and (real_value(common) or 0) > 0 else None
