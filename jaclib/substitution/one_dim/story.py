"""The steps of a substitution in one variable, as a learner would write them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import sympy as sp

from jaclib.substitution.one_dim import writing as write
from jaclib.substitution.one_dim.antiderivative import end_values
from jaclib.substitution.one_dim.rewrite import shown_derivative
from jaclib.substitution.one_dim.writing import Formula, Text

if TYPE_CHECKING:
    from jaclib.substitution.one_dim.solution import NewIntegral, USubstitution

# Longer values at the ends are not written out one by one.
LONGEST_ENDS = 10

# A step is one or more lines.
Step = list[Text]


def tell(solution: USubstitution) -> list[Step]:
    """Return the steps from the choice of u to the value."""
    steps = [_choose(solution), _differentiate(solution)]
    parts = solution.integrals
    if not parts:
        both = write.formula(solution.original.limits[0][1])
        return [*steps, [("Both limits are ", both, ": the integral is 0.")]]
    split = _split(solution)
    if split:
        steps.append(split)
    several = len({part.inverse for part in parts}) > 1
    steps += [_limits(part, with_inverse=several) for part in parts]
    total = write.join([_integral(part) for part in parts], " + ")
    steps.append([("New integral: ", *total, ".")])
    if all(part.antiderivative is not None for part in parts):
        steps.append(_antiderivatives(parts))
    steps.append(_value(solution))
    return steps


def _choose(solution: USubstitution) -> Step:
    choice = solution.chosen
    if choice.back is None:
        what: Text = ("Choose ", write.equation(choice.symbol, solution.u))
    else:
        here = write.equation(choice.symbol, solution.u)
        what = ("Substitute ", write.equation(choice.variable, choice.back), ", that is, ", here)
    return [(*what, ": ", *choice.reason_text, ".")] if choice.reason_text else [(*what, ".")]


def _differentiate(solution: USubstitution) -> Step:
    choice, x = solution.chosen, solution.original.variables[0]
    dx, symbol = write.differential(sp.Integer(1), x), choice.symbol
    if choice.back is not None:
        return [("Differentiate: ", dx, " = ", write.differential(_slope(choice.back, symbol), symbol), ".")]
    du = write.differential(sp.Integer(1), symbol)
    slope = _slope(solution.u, x)
    line: Text = ("Differentiate: ", du, " = ", write.differential(slope, x))
    inverses = {part.inverse for part in solution.integrals}
    if inverses == {None}:
        return [(*line, *_solved_for_dx(slope, x, symbol), ".")]
    if len(inverses) == 1:
        (inverse,) = inverses
        there = write.differential(_slope(inverse, symbol), symbol)
        solved: Text = (
            "Solve for ",
            write.formula(x),
            ": ",
            write.equation(x, inverse),
            ", so ",
            dx,
            " = ",
            there,
            ".",
        )
        return [(*line, "."), solved]
    return [(*line, ".")]


def _slope(inverse: sp.Expr, symbol: sp.Symbol) -> sp.Expr:
    return shown_derivative(inverse, symbol)


def _solved_for_dx(du: sp.Expr, x: sp.Symbol, symbol: sp.Symbol) -> Text:
    """With a constant in du: what stands in the integrand is du divided by it."""
    constant, rest = du.as_independent(x, as_Add=False)
    if constant == 1:
        return ()
    return (", so ", write.differential(rest, x), " = ", write.differential(sp.radsimp(1 / constant), symbol))


def _split(solution: USubstitution) -> Step:
    """Why the range is split, or why it need not be."""
    step: Step = []
    parts, x, symbol = solution.integrals, solution.original.variables[0], solution.chosen.symbol
    u = write.formula(symbol)
    jumps = {a.x_limits[1] for a, b in pairwise(parts) if a.u_limits[1] != b.u_limits[0]}
    turns = [point for point in solution.turning_points if point not in jumps]
    if turns:
        step.append((u, " is not one-to-one: it turns at ", *_points(x, turns), "."))
        split = any(part.x_limits[1] in turns for part in parts[:-1])
        if split and len({part.integrand for part in parts}) == 1:
            step.append(
                ("Both sides are improper integrals, which must converge one by one, so split the range there.",)
            )
        elif split:
            step.append(("Each side needs its own formula in ", u, ", so split the range there."))
        else:
            step.append(
                (
                    "The integrand is one formula in ",
                    u,
                    " on both sides, and what ",
                    u,
                    " covers there and back cancels: no split is needed.",
                )
            )
    if jumps:
        where = [point for point in solution.turning_points if point in jumps]
        step.append((u, " jumps at ", *_points(x, where), ", so split the range there."))
    still = [p for p in solution.breaks if solution.du.xreplace({x: p}) == 0]
    infinite = [p for p in solution.breaks if p not in still and not _value_at(solution, p).is_finite]
    corners = [p for p in solution.breaks if p not in still and p not in infinite]
    if still:
        at = _points(x, still)
        step.append(("There is another formula for ", write.formula(x), " on each side of ", *at, ", so split there."))
    for points, what in ((infinite, "is infinite"), (corners, "has a corner or a jump")):
        if points:
            step.append((f"The integrand {what} at ", *_points(x, points), ", so split the range there."))
    return step


def _value_at(solution: USubstitution, point: sp.Expr) -> sp.Expr:
    return solution.original.function.xreplace({solution.original.variables[0]: point})


def _points(x: sp.Symbol, points) -> list[str | Formula]:
    return write.join([write.equation(x, point) for point in points], ", ")


def _limits(part: NewIntegral, *, with_inverse: bool) -> Step:
    x, symbol = part.variable, part.symbol
    pairs: list[str | Formula] = []
    for a, c in zip(part.x_limits, part.u_limits, strict=True):
        pairs += ["; " if pairs else "", _at(x, a), " gives ", _at(symbol, c)]
    line: Text = ("Convert the limits: ", *(p for p in pairs if p), ".")
    if not with_inverse or part.inverse is None:
        return [line]
    slope = write.differential(_slope(part.inverse, symbol), symbol)
    dx = write.differential(sp.Integer(1), x)
    return [line, ("There ", write.equation(x, part.inverse), ", so ", dx, " = ", slope, ".")]


def _at(variable: sp.Symbol, limit: sp.Expr) -> Formula:
    return write.equation(variable, limit, None if limit.is_finite else write.APPROACHES)


def _integral(part: NewIntegral) -> Formula:
    return write.integral(part.integrand, part.symbol, *part.u_limits)


def _names(parts) -> list[str]:
    """One name for each antiderivative, F if there is but one."""
    distinct = list(dict.fromkeys(part.antiderivative for part in parts))
    return ["F" if len(distinct) == 1 else f"F{distinct.index(part.antiderivative) + 1}" for part in parts]


def _antiderivatives(parts) -> Step:
    shown: dict[str, Formula] = {}
    for name, part in zip(_names(parts), parts, strict=True):
        shown[name] = write.applied(name, part.symbol) + write.EQUALS + write.formula(part.antiderivative)
    return [("Antiderivative: " if len(shown) == 1 else "Antiderivatives: ", *write.join(shown.values(), ", "), ".")]


def _value(solution: USubstitution) -> Step:
    parts, result = solution.integrals, solution.result
    if result.method == "numeric":
        digits, error = f"{result.value:.12g}", f"{result.error:.1e}"
        number = Formula(f"{digits} ± {error}", rf"{digits} \pm {sp.latex(sp.Float(result.error, 2))}")
        return [("Value: ", number, f" (numeric: {result.reason}).")]
    value = write.formula(result.value)
    about = Formula(f", ≈ {float(result.value):.12g}", rf",\ \approx {float(result.value):.12g}")
    known = result.value.is_Integer
    after: Text = (value, " (exact", *(() if known else (about,)), f"; {result.reason}).")
    if any(part.antiderivative is None for part in parts):
        return [("Value: ", *after)]
    differences = [
        _difference(*(write.applied(name, limit) for limit in part.u_limits))
        for name, part in zip(_names(parts), parts, strict=True)
    ]
    if len(parts) > 1:
        differences = [write.in_parentheses(one) for one in differences]
        return [("Value: ", *write.join(differences, " + "), " = ", *after)]
    lower, upper = end_values(parts[0].antiderivative, parts[0].symbol, parts[0].u_limits)
    short = sum(sp.count_ops(end) for end in (lower, upper)) <= LONGEST_ENDS
    if not short or 0 in (lower, upper) or upper - lower == result.value:
        return [("Value: ", *differences, " = ", *after)]
    signed = lower.is_Add or lower.could_extract_minus_sign()
    below = write.in_parentheses(write.formula(lower)) if signed else write.formula(lower)
    return [("Value: ", *differences, " = ", _difference(below, write.formula(upper)), " = ", *after)]


def _difference(lower: Formula, upper: Formula) -> Formula:
    return upper + Formula(" - ", " - ") + lower
