r"""Substitution in one variable: ∫ₐᵇ g(u(x)) u′(x) dx = ∫ g(u) du from u(a) to u(b), with signed limits.

The limits carry the sign of u′, so no absolute value occurs. Where u turns, the integrand may need another
formula in u on each side; then the range is split there.
"""

from __future__ import annotations

from itertools import pairwise

import sympy as sp

from jaclib.substitution._monotone import Piece, monotone_pieces
from jaclib.substitution._numeric import real_value
from jaclib.substitution._results import DivergentIntegral, IntegralValue
from jaclib.substitution.one_dim.parts import cut, new_integrals
from jaclib.substitution.one_dim.problem import Problem, read_problem, read_substitution
from jaclib.substitution.one_dim.rewrite import derivative
from jaclib.substitution.one_dim.solution import USubstitution
from jaclib.substitution.one_dim.suggest import Suggestion, Survey, suggest
from jaclib.substitution.one_dim.table import Rank, table_antiderivative
from jaclib.substitution.one_dim.value import evaluate

WHERE = "u_substitution"
# So many of the suggestions are worked out, until one gives an exact value.
MOST_TRIES = 3


def u_substitution(integrand, limits, u=None, *, time_limit: float = 10.0) -> USubstitution:
    r"""Work out ∫ₐᵇ f(x) dx with u = u(x), and show every step.

    Parameters
    ----------
    integrand : Expr
        f, an expression in x alone.
    limits : tuple
        ``(x, a, b)``. Signed: a > b is allowed, and so are ``±sympy.oo``.
    u : Expr, Eq or None
        An expression in x; or ``Eq(w, x**2)``, to name the new variable; or ``Eq(x, 2*sin(t))``, to replace x
        itself, on the principal branch. Without it a useful substitution is looked for.
    time_limit : float
        Seconds for SymPy to evaluate the new integrals.

    Returns
    -------
    USubstitution
        With ``.value``, ``.error``, ``.method``, ``.u``, ``.du``, ``.turning_points``, ``.breaks``,
        ``.integrals``, ``.steps``, ``.chosen``, ``.suggestions``. It prints as its steps, in a notebook as
        formulas.

    Raises
    ------
    TypeError
        If `limits` is not a triple or an argument is not a SymPy expression.
    ValueError
        If u is constant or not real on the range, if the integrand is not real there or cannot be written in
        u, if there are other symbols than x, if the integral diverges, or, without u, if no substitution makes
        the integrand simpler; then the message says what does.

    Warns
    -----
    UnconfirmedWarning
        If the value is SymPy's and the numeric integral did not converge.

    Notes
    -----
    The new integrand is compared with the old one at points of the range, and the value with the numeric
    integral of f itself, so that a wrong branch of an inverse cannot pass.

    A substitution is found by trying what the form of f calls for: exponents, expressions under roots,
    denominators, arguments, powers of x, circular and hyperbolic functions, completed squares, and x = a sin(t),
    a tan(t), a sinh(t), a cosh(t), a/cos(t). The one that leaves the least to be done is taken: first by what is
    left (a basic integral, an identity, integration by parts, partial fractions, …), then whether u′ is a factor of
    f, then by the length of the new integrand. The choice does not depend on chance; it takes about a second.

    References
    ----------
    M. Spivak, Calculus (4th ed., 2008), chapter 19. The order of the trials is that of textbooks; for a
    program that integrates so, see J. Slagle, J. ACM 10 (1963) 507-520.

    Examples
    --------
    >>> import sympy as sp
    >>> x = sp.Symbol("x")
    >>> u_substitution(x * sp.exp(-x**2), (x, 0, 2))
    ∫ from 0 to 2 of x*exp(-x**2) dx
    1. Choose u = -x**2: the derivative of the exponent, -2*x, is a factor of the integrand.
    2. Differentiate: du = -2*x dx, so x dx = -du/2.
    3. Convert the limits: x = 0 gives u = 0; x = 2 gives u = -4.
    4. New integral: ∫ from 0 to -4 of -exp(u)/2 du.
    5. Antiderivative: F(u) = -exp(u)/2.
    6. Value: F(-4) - F(0) = 1/2 - exp(-4)/2 (exact, ≈ 0.490842180556; confirmed numerically).

    Here u is given, and is not one-to-one:

    >>> split = u_substitution(x**2, (x, -1, 2), x**2)
    >>> split.value, [part.integral for part in split.integrals]
    (3, [Integral(-sqrt(u)/2, (u, 1, 0)), Integral(sqrt(u)/2, (u, 0, 4))])
    """
    problem = read_problem(WHERE, integrand, limits)
    if u is not None:
        return _work_out(problem, read_substitution(problem, u), time_limit)
    if problem.is_point:
        # The value is 0 whatever u is.
        return _work_out(problem, read_substitution(problem, problem.x), time_limit)
    survey = suggest(problem.f, problem.x, problem.ends, problem.symbols)
    if not survey.useful:
        raise ValueError(_nothing_helps(problem, survey))
    return _best(problem, survey, time_limit)


def _best(problem: Problem, survey: Survey, time_limit: float) -> USubstitution:
    """Work out the best suggestion that can be: an exact value comes before a numeric one."""
    numeric, failure = None, None
    for choice in survey.useful[:MOST_TRIES]:
        try:
            found = _work_out(problem, choice, time_limit, survey.useful)
        except DivergentIntegral:
            raise
        except ValueError as error:
            failure = failure or error
            continue
        if found.method == "exact":
            return found
        numeric = numeric or found
    if numeric is None:
        raise failure
    return numeric


def _work_out(problem: Problem, choice: Suggestion, time_limit: float, useful=()) -> USubstitution:
    x, u = problem.x, choice.u
    du = derivative(u, x)
    if problem.is_point:
        zero = IntegralValue(sp.Integer(0), 0.0, "exact", "both limits are equal", None, problem.original)
        return USubstitution(problem.original, u, du, (), (), (), zero, choice, tuple(useful))
    pieces = monotone_pieces(WHERE, u, x, *problem.ends, approximate=True)
    turning = tuple(second.lower for first, second in pairwise(pieces) if _turns(first, second))
    parts = new_integrals(problem, choice, cut(WHERE, pieces, u, x, problem.breaks))
    breaks = tuple(part.x_limits[0] for part in parts[1:] if part.x_limits[0] not in turning)
    if problem.backwards:
        parts = [part.reversed() for part in parts[::-1]]
    parts, result = evaluate(problem, parts, time_limit)
    return USubstitution(problem.original, u, du, turning, breaks, tuple(parts), result, choice, tuple(useful))


def _turns(first: Piece, second: Piece) -> bool:
    """Whether u turns or jumps between two pieces; it may also just stand still, as x³ does at 0."""
    ends = (first.u_lower, first.u_upper, second.u_lower, second.u_upper)
    a, b, c, d = (real_value(end) for end in ends)
    return first.u_upper != second.u_lower or (b - a) * (d - c) < 0


_ADVICE = {
    Rank.TABLE: "Integrate it directly",
    Rank.LINEAR: "Integrate it directly",
    Rank.IDENTITY: "Use the identity first",
    Rank.PARTS: "Integrate by parts: sympy.integrals.manualintegrate.integral_steps shows how",
    Rank.FRACTIONS: "Split it with sympy.apart, then integrate term by term",
    Rank.SPECIAL: "sympy.integrate may know the value, and jaclib.integrate gives the number",
    Rank.SCALED: "sympy.integrate may know the value, and jaclib.integrate gives the number",
}
_GENERAL_ADVICE = "Give u yourself, try sympy.integrate, or take the number from jaclib.integrate"


def _nothing_helps(problem: Problem, survey: Survey) -> str:
    rank = survey.before.rank
    advice = _ADVICE.get(rank, _GENERAL_ADVICE)
    known = table_antiderivative(problem.f, problem.x)
    if known is not None and rank <= Rank.IDENTITY:
        advice += f": an antiderivative is {known}"
    tried = ", ".join(one.rule for one in survey.others[:4])
    return f"{WHERE}: found no substitution that makes {problem.f} simpler; it is {survey.before.label}. {advice}." + (
        f" Tried: {tried}." if tried else ""
    )
