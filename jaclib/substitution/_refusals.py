"""What a mapping must not be: each check raises an error that says what to do."""

from __future__ import annotations

import sympy as sp
from sympy.core.function import AppliedUndef

from jaclib.substitution._numeric import unreal_point
from jaclib.substitution._region import Region, real_twin

# Functions that are constant between jumps.
_STEPS = (sp.floor, sp.ceiling, sp.frac)


def refuse_mixed_variables(mapping: dict[sp.Symbol, sp.Expr], new: tuple[sp.Symbol, ...]) -> None:
    """Raise if a variable is old and new, or if a new one is missing in the mapping."""
    used = set().union(*(expression.free_symbols for expression in mapping.values()))
    mixed = (set(mapping) & set(new)) | (used & set(mapping))
    if mixed:
        raise ValueError(
            f"Substitution: {sorted(map(str, mixed))} occur as old and as new variables, expected different "
            "symbols. Give the new variable another name."
        )
    unused = [variable for variable in new if variable not in used]
    if unused:
        raise ValueError(
            f"Substitution: the mapping does not depend on {unused}, so det J is identically zero; expected "
            f"expressions in {new}."
        )


def refuse_jumps(mapping: dict[sp.Symbol, sp.Expr], new: tuple[sp.Symbol, ...]) -> None:
    """Raise if SymPy cannot differentiate an expression, or if it jumps."""
    twins = {variable: real_twin(variable) for variable in new}
    for old, expression in mapping.items():
        row = sp.Matrix([expression.xreplace(twins)]).jacobian(list(twins.values()))
        if any(not d.expr.has(AppliedUndef) for d in row.atoms(sp.Derivative)) or expression.has(*_STEPS):
            raise ValueError(
                f"Substitution: {old} = {expression} has no derivative that SymPy knows, expected a differentiable "
                "map. A function with jumps, such as floor, cannot be a change of variables: split the range at "
                "the jumps and use a formula for each part."
            )


def refuse_unreal(where: str, mapping: dict[sp.Symbol, sp.Expr], region: Region) -> None:
    """Raise if the map is not real at one of 256 points of the region."""
    for old, expression in mapping.items():
        try:
            at = _where_unreal(expression, region)
        except NotImplementedError as error:
            raise ValueError(f"{where}: {error}") from None
        if at:
            raise ValueError(
                f"{where}: {old} = {expression} is not real at {at}, which lies inside the limits; expected a real "
                "map. Restrict the limits."
            )


def refuse_unreal_integrand(where: str, integrand: sp.Expr, moved: sp.Expr, region: Region) -> None:
    """Raise if the integrand, `moved` in the new variables, is not real at one of 256 points of the region."""
    try:
        at = _where_unreal(moved, region)
    except NotImplementedError:
        return  # SymPy may integrate what NumPy cannot evaluate
    if at:
        raise ValueError(
            f"{where}: the integrand {integrand} is not real at {at}, which lies inside the limits; expected a real "
            "one. Restrict the limits."
        )


def _where_unreal(expression: sp.Expr, region: Region) -> str:
    point = unreal_point(expression, region.variables, region.points(256))
    return "" if point is None else ", ".join(f"{variable} = {float(value):.4g}" for variable, value in point.items())


def refuse_parameters(where: str, expressions, variables: tuple[sp.Symbol, ...], old: tuple[sp.Symbol, ...]) -> None:
    """Raise if the expressions have symbols other than the variables."""
    unknown = set().union(*(expression.free_symbols for expression in expressions)) - set(variables)
    if unknown:
        raise ValueError(
            f"{where}: {sorted(map(str, unknown))} are neither old variables {old} nor new ones "
            f"{variables}. Put in a value for a parameter: expression.subs(a, 2)."
        )


def refuse_disorder(where: str, region: Region) -> None:
    """Raise if a lower limit exceeds its upper one somewhere."""
    backwards = region.disordered()
    if backwards is not None:
        raise ValueError(
            f"{where}: the limits of {backwards} are in the wrong order, or not real, for some values of the "
            "other variables; expected lower ≤ upper throughout."
        )
