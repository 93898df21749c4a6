r"""The density of Y = T(X): p_Y(y) = Σ p_X(x) / |det J_T(x)| over all x with T(x) = y.

Probability is kept, so where T stretches, the density falls: one divides by |det J_T|. Every preimage
contributes its share.
"""

from __future__ import annotations

import numbers
import time

import numpy as np
import sympy as sp

from jaclib import _validate
from jaclib.substitution._boundary import read_expression, read_limits, read_mapping, refuse_namesakes
from jaclib.substitution._declared import check_declared_signs
from jaclib.substitution._map import DifferentiableMap
from jaclib.substitution._numeric import unreal_point
from jaclib.substitution._region import Region
from jaclib.substitution.density.branches import branch, check_roots, roots_1d, roots_nd
from jaclib.substitution.density.check import WHERE, arrivals, check_density, density_function, lost
from jaclib.substitution.density.formula import combine
from jaclib.substitution.density.found import NotInvertible
from jaclib.substitution.density.line import LineMap
from jaclib.substitution.density.logarithm import log_function
from jaclib.substitution.density.result import ExactDensity, NumericDensity, PushforwardDensity
from jaclib.substitution.density.space import SpaceMap


def pushforward_density(density, mapping, new, *, support=None, time_limit: float = 10.0) -> PushforwardDensity:
    r"""Return the density of Y = T(X) for a random X with a given density.

    Where SymPy can invert T, the result is a formula. Where it cannot, as for y = x + sin(x)/2, the result is
    numeric: a function that finds all preimages of each y that it is given.

    Parameters
    ----------
    density : Expr or callable
        p_X, in the variables of X. It must integrate to one. A function is called with one array per variable
        of X, in the order of their names, and returns an array; the result is then numeric.
    mapping : dict
        T: each variable of Y as an expression in those of X, ``{y: exp(x)}``; as many as X has.
    new : Symbol or sequence of Symbol
        The variables of Y, in order: the keys of `mapping`.
    support : dict or sequence, optional
        Ranges of X outside of which p_X is zero, ``{x: (0, 1)}``. By default what the symbols declare: (0, ∞)
        for a positive symbol, (−∞, ∞) for a plain one.
    time_limit : float, optional
        Seconds for SymPy's search for the inverse, about; with 0 the result is numeric at once.

    Returns
    -------
    PushforwardDensity
        Callable on numbers and arrays, with ``.log_density``, ``.variables``, ``.method`` ("exact" or
        "numeric"); if exact with ``.expr`` and ``.branches``, if numeric with ``.reason``.

    Raises
    ------
    TypeError
        If an argument is not a SymPy expression, or `mapping` not a dictionary.
    ValueError
        If the density is negative or does not integrate to one over the support, if T is not real there or
        constant on a part of it, if det J is identically zero, or if the preimages cannot be listed: a
        preimage left out would make the density too small.

    Warns
    -----
    UncheckedDensityWarning
        If a density in four or more variables is not a product of simpler ones and its integral could not be
        found with an error below 1e-2.

    See Also
    --------
    jaclib.log_abs_det_jacobian : For maps written in NumPy, in any dimension, where x is known.

    Notes
    -----
    *Exact.* In one variable the support is cut where T turns and each monotone piece is inverted. In several,
    SymPy solves for all preimages at once. Points of the support are mapped to Y and must be found again
    among the preimages.

    *Numeric.* Intervals that enclose T and its derivatives prove which parts of the support have no preimage
    of y, and which have one at most. In one variable this gives the monotone pieces, and bisection the
    preimage on each. In several, boxes are halved or shrunk (Krawczyk's operator) until each holds one
    preimage or none. The integral of p_Y equals that of p_X if every x is found again, once, among the
    preimages of T(x): that is checked at up to 512 points.

    T must be an expression: of a function in NumPy one can only sample values, and no sample proves that a
    preimage was not missed.

    Cost: exact, seconds for SymPy, then a formula; numeric, below 1 s once, then about 10 µs per point in one
    variable, 0.1 to 1 ms in two, more where T folds often. From four variables on a numeric search may be out of reach.

    References
    ----------
    P. Billingsley, Probability and Measure (3rd ed., 1995), section 20; R. E. Moore, R. B. Kearfott,
    M. J. Cloud, Introduction to Interval Analysis (2009), chapter 8.

    Examples
    --------
    >>> import sympy as sp
    >>> x = sp.Symbol("x")
    >>> y = sp.Symbol("y")
    >>> normal = sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi)
    >>> square = pushforward_density(normal, {y: x**2}, y)
    >>> len(square.branches), round(square(4), 7), square(-1)
    (2, 0.0269955, 0.0)
    >>> square.expr.subs(y, 4)
    sqrt(2)*exp(-2)/(4*sqrt(pi))

    No formula, but numbers all the same, and their logarithm where they underflow:

    >>> wave = pushforward_density(normal, {y: x + sp.sin(x) / 2}, y)
    >>> wave.method, round(wave(1), 6), round(wave.log_density(60), 3)
    ('numeric', 0.227545, -1817.021)
    """
    outputs, p, region = _read(density, mapping, new, support)
    _check_time_limit(time_limit)
    map_ = DifferentiableMap(outputs, _ordered(outputs))  # raises if det J is identically zero
    _refuse_unreal(outputs, region)
    check_declared_signs(WHERE, outputs, region)
    points = check_density(p, region)
    if not isinstance(p, sp.Expr):
        reason = "p_X is a function, not an expression"
    elif time_limit <= 0:
        reason = "SymPy was given no time"
    else:
        try:
            return _exact(p, map_, region, points, time_limit)
        except (ValueError, NotImplementedError) as error:
            reason = _as_reason(error)
    try:
        return _numeric(p, map_, region, points, reason)
    except NotInvertible as error:
        raise ValueError(
            f"{WHERE}: no formula, because {reason}; and no numbers, because {error}. A preimage left out would make "
            "the density too small. Give a smaller support, or coordinates in which T is simpler."
        ) from None


def _read(density, mapping, new, support):
    """Return T as {y: expression in x}, p_X, and the region that it lives on."""
    if callable(mapping):
        raise TypeError(
            f"{WHERE}: mapping is {_validate.describe(mapping)}, expected a dictionary of SymPy expressions, {{y: "
            "exp(x)}. Of a function it cannot be proved that no preimage was missed; where you know x itself, use "
            "jaclib.log_abs_det_jacobian."
        )
    expressions, variables = read_mapping(WHERE, mapping, new)
    is_function = callable(density) and not isinstance(density, sp.Basic)
    p = density if is_function else read_expression(WHERE, "density", density)
    old = _old_variables(expressions, variables, p)
    refuse_namesakes(WHERE, old + variables, [*expressions.values(), *([] if is_function else [p])])
    region = Region(read_limits(WHERE, _declared_support(old) if support is None else support, old))
    return {key: expressions[key] for key in variables}, p, region


def _check_time_limit(time_limit) -> None:
    if isinstance(time_limit, bool) or not isinstance(time_limit, numbers.Real):
        raise TypeError(f"{WHERE}: time_limit is {_validate.describe(time_limit)}, expected a number of seconds.")
    if not time_limit >= 0:
        raise ValueError(f"{WHERE}: time_limit is {time_limit}, expected 0 or more seconds.")


def _ordered(outputs: dict[sp.Symbol, sp.Expr]) -> tuple[sp.Symbol, ...]:
    return tuple(sorted(set().union(*(expression.free_symbols for expression in outputs.values())), key=str))


def _old_variables(expressions, variables, p) -> tuple[sp.Symbol, ...]:
    used = set().union(*(expression.free_symbols for expression in expressions.values()))
    if set(expressions) != set(variables) or used & set(variables):
        raise ValueError(
            f"{WHERE}: mapping {expressions} with new variables {variables}, expected the new variables as keys, in "
            f"terms of the old ones: pushforward_density(p, {{y: exp(x)}}, y) for Y = exp(X)."
        )
    unknown = p.free_symbols - used if isinstance(p, sp.Expr) else set()
    if unknown:
        raise ValueError(
            f"{WHERE}: the density contains {sorted(map(str, unknown))}, expected only the variables of X that "
            f"occur in the mapping: {sorted(map(str, used))}. Put in a value for a parameter: expression.subs(a, 2)."
        )
    if len(used) != len(variables):
        raise ValueError(
            f"{WHERE}: {len(variables)} variables {variables} in terms of {len(used)}, {sorted(map(str, used))}; "
            "expected as many. Add coordinates to make the map square, and integrate them out afterwards."
        )
    return tuple(sorted(used, key=str))


def _declared_support(old: tuple[sp.Symbol, ...]) -> dict:
    lower = {v: sp.Integer(0) if v.is_extended_nonnegative else -sp.oo for v in old}
    upper = {v: sp.Integer(0) if v.is_extended_nonpositive else sp.oo for v in old}
    return {v: (lower[v], upper[v]) for v in old}


def _refuse_unreal(outputs: dict[sp.Symbol, sp.Expr], region: Region) -> None:
    points = region.points(256)
    for variable, expression in outputs.items():
        point = unreal_point(expression, region.variables, points)
        if point is not None:
            at = ", ".join(f"{v} = {float(value):.4g}" for v, value in point.items())
            raise ValueError(
                f"{WHERE}: {variable} = {expression} is not real at {at}, which lies inside the support; expected a "
                "real map. Give the support, or declare the signs of the symbols."
            )


def _exact(p: sp.Expr, map_: DifferentiableMap, region: Region, points: np.ndarray, time_limit: float) -> ExactDensity:
    deadline = time.process_time() + time_limit
    roots = (roots_1d if len(map_.new) == 1 else roots_nd)(map_, region, deadline)
    check_roots(roots, map_, region, points)
    branches = [branch(p, root, map_.old) for root in roots]
    return ExactDensity(combine(branches, map_.old), map_.old, branches)


def _as_reason(error: Exception) -> str:
    """Return what an error says, without the name of the function and the advice."""
    text = str(error).removeprefix(f"{WHERE}: ")
    return text.split(". ")[0].split("; ")[0].rstrip(".")


def _numeric(p, map_: DifferentiableMap, region: Region, points: np.ndarray, reason: str) -> NumericDensity:
    outputs = list(map_.mapping.values())
    columns = [map_.new.index(variable) for variable in region.variables]
    jacobian, formula = map_.jacobian[:, columns], p if isinstance(p, sp.Expr) else None
    if len(outputs) == 1:
        search = LineMap(outputs[0], (map_.det, jacobian[0, 0]), formula, region)
    else:
        search = SpaceMap(outputs, jacobian, map_.det, formula, region)
    values = density_function(p, region)
    log_values = _log_of(values) if formula is None else log_function(formula, region.variables)
    _check_arrival(search, points)
    return NumericDensity(map_.old, search, values, log_values, reason)


def _log_of(values):
    def log(*arrays):
        with np.errstate(divide="ignore"):
            return np.log(values(*arrays))

    return log


def _check_arrival(search: LineMap | SpaceMap, points: np.ndarray) -> None:
    """Raise unless each point of X is found again, once, from its image: then p_Y integrates to the same as p_X."""
    points, images = arrivals(search.map, points)
    gone = np.count_nonzero(lost(search.preimages(images), points))
    if gone:
        raise NotInvertible(f"of {len(points)} points of the support, {gone} are not found again from their images")
