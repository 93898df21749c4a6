"""From u = S(x) to x = T(u): solve a mapping that gives the new variables in terms of the old ones."""

from __future__ import annotations

import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._region import real_twin

SOLVE_SECONDS = 10.0


def invert(where: str, mapping: dict[sp.Symbol, sp.Expr], new: tuple[sp.Symbol, ...]) -> dict[sp.Symbol, sp.Expr]:
    """Return {old: expression in new} for a mapping {new: expression in old}.

    Raises
    ------
    ValueError
        If the old variables are not as many as the new ones, or if there is no unique solution.
    """
    symbols = set().union(*(expression.free_symbols for expression in mapping.values()))
    old = tuple(sorted(symbols - set(new), key=str))
    if len(old) != len(new) or symbols & set(new):
        raise ValueError(
            f"{where}: the mapping gives the new variables {new} in terms of {tuple(sorted(symbols, key=str))}, "
            "expected as many old variables as new ones, and no other symbols."
        )
    twins = {symbol: real_twin(symbol) for symbol in (*old, *new)}
    equations = [expression.xreplace(twins) - twins[key] for key, expression in mapping.items()]
    unknowns = [twins[symbol] for symbol in old]
    solutions = attempt(SOLVE_SECONDS, lambda: sp.solve(equations, unknowns, dict=True), []) or []
    complete = [s for s in solutions if set(s) == set(unknowns)]
    back = {twin: symbol for symbol, twin in twins.items()}
    if len(complete) != 1:
        found = [{back[k]: v.xreplace(back) for k, v in s.items()} for s in complete]
        raise ValueError(
            f"{where}: {len(found)} ways found to express {old} by {new}: {found}, expected one. Declare the signs "
            "of the symbols that hold in your region, such as symbols('x y', positive=True), or give old = "
            "expressions in new."
        )
    return {symbol: sp.simplify(complete[0][twins[symbol]]).xreplace(back) for symbol in old}
