"""From u = S(x) to x = T(u): solve formulas for their variables, and find out whether the solution is the only one."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from jaclib.substitution._boundary import read_variables
from jaclib.substitution._effort import attempt
from jaclib.substitution._monotone import inverse_on, monotone_pieces
from jaclib.substitution._numeric import has_values, real_value
from jaclib.substitution._region import Region, real_twin

SOLVE_SECONDS = 5.0
SIMPLIFY_SECONDS = 5.0
# A formula of more operations is of no use: nothing can be integrated with it, or read from it.
LONGEST = 25
# Points from which a solution must lead back.
TRIALS = 24

Formulas = Mapping[sp.Symbol, sp.Expr]


def read_old(where: str, inverse: Formulas, new: tuple[sp.Symbol, ...]) -> tuple[sp.Symbol, ...]:
    """Return the old variables of a mapping {new: expression in old}, sorted by name."""
    symbols = set().union(*(expression.free_symbols for expression in inverse.values()))
    old = tuple(sorted(symbols - set(new), key=str))
    if len(old) != len(new) or symbols & set(new):
        raise ValueError(
            f"{where}: the mapping gives the new variables {new} in terms of {tuple(sorted(symbols, key=str))}, "
            "expected as many old variables as new ones, and no other symbols."
        )
    return read_variables(where, "mapping", old)


def formulas_of_old(inverse: Formulas, region: Region) -> tuple[Formulas | None, str]:
    """Solve {new: expression in old} for the old variables: the formulas and "", or None and the reason.

    `region` is what the old variables run over. If SymPy finds several solutions, the one is taken that leads back
    from all of this region.
    """
    candidates = _solutions(inverse, region)
    if len(candidates) > 1:
        candidates = [c for c in candidates if where_it_fails(c, inverse, region) is None] or candidates
    old, new = region.variables, tuple(inverse)
    if len(candidates) == 1:
        length = max(sp.count_ops(e) for e in candidates[0].values())
        # simplify makes a long formula shorter, but not ten times.
        tidy = _tidy(candidates[0], new) if length <= 10 * LONGEST else candidates[0]
        if all(sp.count_ops(e) <= LONGEST and has_values(e) for e in tidy.values()):
            return tidy, ""
        return None, f"SymPy's solution, with {length} operations, is of no use."
    if not candidates:
        return None, f"SymPy finds no solution. If you know one, give {old} as expressions in {new}."
    return None, (
        f"{len(candidates)} ways found to express {old} by {new}: {candidates}, expected one. Declare the signs "
        "of the symbols that hold in your region, such as symbols('x y', positive=True), or give old = "
        "expressions in new."
    )


def inverse_formulas(where: str, formulas: Formulas, region: Region) -> Formulas:
    """Solve {old: expression in new} for the new variables, which run over the region.

    Raises
    ------
    ValueError
        If SymPy finds no solution, or none that leads back from all of the region.
    """
    candidates = _solutions(formulas, region)
    failures = [where_it_fails(candidate, formulas, region) for candidate in candidates]
    if None not in failures and len(region.variables) == 1:
        candidates += _monotone_inverse(where, formulas, region)
        failures += [None] * (len(candidates) - len(failures))
    if None in failures:
        return _tidy(candidates[failures.index(None)], tuple(formulas))
    if not candidates:
        raise ValueError(
            f"{where}: SymPy cannot solve {dict(formulas)} for {region.variables}, so that there is no formula for "
            "the inverse. If you know one, write Substitution({u: expression in x}, new=u)."
        )
    candidate, (point, returned) = min(zip(candidates, failures, strict=True), key=lambda pair: pair[1][1] is None)
    shown = ", ".join(f"{v} = {float(value):.4g}" for v, value in point.items())
    to = "no real point" if returned is None else ", ".join(f"{v} = {x:.4g}" for v, x in returned.items())
    limits = ", ".join(f"{v} in {region.limits[v]}" for v in region.variables)
    raise ValueError(
        f"{where}: no formula that SymPy finds inverts the map for all {limits}. From the image of ({shown}) the "
        f"solution {candidate} leads to ({to}). A map has an inverse where it is one-to-one: say where that is by "
        "Substitution(mapping, new, ranges={u: (0, oo), ...})."
    )


def where_it_fails(inverse: Formulas, formulas: Formulas, region: Region) -> tuple[dict, dict | None] | None:
    """Return a point p of the region and inverse(formulas(p)) if that is not p (None if not real); None if all is well.

    The numbers are exact, so that SymPy takes as many digits as it needs where the map is nearly constant.
    """
    used = set().union(*(expression.free_symbols for expression in formulas.values()))
    parameters = {s: sp.Rational(-7 if s.is_negative else 7, 5 + k) for k, s in enumerate(used - set(region.variables))}
    for row in zip(*region.points(TRIALS), strict=True):
        exact = [sp.Rational(float(value)).limit_denominator(10**6) for value in row]
        point = dict(zip(region.variables, exact, strict=True))
        image = {key: e.subs({**point, **parameters}, simultaneous=True) for key, e in formulas.items()}
        if any(real_value(value) is None for value in image.values()):
            continue
        returned = {v: real_value(e.subs({**image, **parameters}, simultaneous=True)) for v, e in inverse.items()}
        if None in returned.values():
            return point, None
        if any(abs(returned[v] - float(p)) > 1e-8 * (1.0 + abs(float(p))) for v, p in point.items()):
            return point, returned
    return None


def _solutions(formulas: Formulas, region: Region) -> list[dict[sp.Symbol, sp.Expr]]:
    """Return what SymPy finds for key = formula, as {variable of the region: expression in the keys}."""
    keys = {key: real_twin(key) for key in formulas}
    back = {twin: key for key, twin in keys.items()}
    equations = [region.to_twins(expression) - keys[key] for key, expression in formulas.items()]
    twins = list(region.twins.values())
    found = attempt(SOLVE_SECONDS, lambda: sp.solve(equations, twins, dict=True), []) or []
    complete = [solution for solution in found if set(solution) == set(twins)]
    return [{v: s[twin].xreplace(back) for v, twin in region.twins.items()} for s in complete]


def _tidy(solution: Formulas, keys: tuple[sp.Symbol, ...]) -> dict[sp.Symbol, sp.Expr]:
    twins = {key: real_twin(key) for key in keys}
    back = {twin: key for key, twin in twins.items()}
    return {
        unknown: attempt(SIMPLIFY_SECONDS, lambda e=e: sp.simplify(e.xreplace(twins)), e.xreplace(twins)).xreplace(back)
        for unknown, e in solution.items()
    }


def _monotone_inverse(where: str, formulas: Formulas, region: Region) -> list[dict[sp.Symbol, sp.Expr]]:
    ((key, expression),) = formulas.items()
    (unknown,) = region.variables
    limits = region.limits[unknown]
    pieces = attempt(SOLVE_SECONDS, lambda: monotone_pieces(where, expression, unknown, *limits), ())
    found = inverse_on(pieces[0], expression, unknown, key) if len(pieces) == 1 else None
    return [] if found is None else [{unknown: found}]
