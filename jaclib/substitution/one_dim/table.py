"""The integrals that a learner knows from a table, and how far an integrand is from them.

The same rules give the antiderivative and the verdict "this is now easy", so that a substitution is called
useful exactly where the next step can be shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import sympy as sp

from jaclib.substitution._effort import attempt

FORM_SECONDS = 0.5
# Beyond it, partial fractions are no longer work that a learner would do.
LARGEST_DEGREE = 8


class Rank(IntEnum):
    """What is left to do for an integrand, the least work first."""

    TABLE = 0
    LINEAR = 1
    IDENTITY = 2
    PARTS = 3
    FRACTIONS = 4
    SPECIAL = 5
    SCALED = 6
    FURTHER = 7
    UNKNOWN = 8


LABELS = {
    Rank.TABLE: "in the table of basic integrals",
    Rank.LINEAR: "in the table of basic integrals, with a linear function in place of the variable",
    Rank.IDENTITY: "basic after an identity such as cos(t)**2 = (1 + cos(2*t))/2",
    Rank.PARTS: "to be integrated by parts",
    Rank.FRACTIONS: "a rational function, to be split into partial fractions",
    Rank.SPECIAL: "not elementary, but a known function (erf, gamma, Si, Ei)",
    Rank.SCALED: "not elementary, but a known function (erf, gamma, Si, Ei)",
    Rank.FURTHER: "not basic: it needs another substitution",
    Rank.UNKNOWN: "of no known kind",
}


@dataclass(frozen=True, order=True)
class Difficulty:
    """How hard an integrand is: first by what is left to do, then by the length of the formula."""

    rank: Rank
    size: int

    @property
    def label(self) -> str:
        """What is left to do, in words."""
        return LABELS[self.rank]


def difficulty(integrand: sp.Expr, s: sp.Symbol) -> Difficulty:
    """Judge an integrand in the variable s by its best form: as given, expanded, or in partial fractions."""
    best = None
    for form in _forms(integrand, s):
        rank = max((_rule(term, s)[0] for term in sp.Add.make_args(form)), default=Rank.TABLE)
        found = Difficulty(rank, int(sp.count_ops(form)))
        best = found if best is None else min(best, found)
    return best


def table_antiderivative(integrand: sp.Expr, s: sp.Symbol) -> sp.Expr | None:
    """Integrate term by term from the table; None if a term is not in it."""
    for form in _forms(integrand, s):
        total = sp.Integer(0)
        for term in sp.Add.make_args(form):
            _, rule = _rule(term, s)
            if rule is None:
                break
            total += rule()
        else:
            return total
    return None


def _forms(integrand: sp.Expr, s: sp.Symbol):
    yield integrand
    expanded = attempt(FORM_SECONDS, lambda: sp.powsimp(sp.expand(integrand)), integrand)
    if expanded != integrand:
        yield expanded
    if integrand.is_rational_function(s) and not integrand.is_polynomial(s):
        top, bottom = sp.fraction(sp.together(integrand))
        if max(sp.degree(top, s), sp.degree(bottom, s)) <= LARGEST_DEGREE:
            parts = attempt(FORM_SECONDS, lambda: sp.apart(integrand, s), integrand)
            if parts not in (integrand, expanded):
                yield parts


def linear_part(expression: sp.Basic, s: sp.Symbol) -> tuple[sp.Expr, sp.Expr] | None:
    """Return (k, m) if the expression is k·s + m with k ≠ 0."""
    if not isinstance(expression, sp.Expr):  # a case of a Piecewise
        return None
    if expression == s:
        return sp.Integer(1), sp.Integer(0)
    if not expression.is_polynomial(s):
        return None
    coefficients = sp.Poly(expression, s).all_coeffs()
    return tuple(coefficients) if len(coefficients) == 2 else None


_Rule = tuple[Rank, Callable[[], sp.Expr] | None]
_MORE: tuple[Rank, None] = (Rank.UNKNOWN, None)


def _rule(term: sp.Expr, s: sp.Symbol) -> _Rule:
    """Return the rank of one term, and a function that gives its antiderivative if it is in the table."""
    constant, rest = term.as_independent(s, as_Add=False)
    if rest == 1:
        return Rank.TABLE, lambda: constant * s
    for match in (_power, _function, _quadratic, _trigonometric, _rational, _parts, _special, _further):
        found = match(rest, s)
        if found is not None:
            rank, rule = found
            return rank, None if rule is None else (lambda rule=rule: constant * rule())
    return _MORE


def _at(argument: sp.Expr, s: sp.Symbol) -> Rank:
    return Rank.TABLE if argument == s else Rank.LINEAR


def _power(term: sp.Expr, s: sp.Symbol) -> _Rule | None:
    base, exponent = term.as_base_exp()
    linear = linear_part(base, s)
    if linear is None or exponent.free_symbols or term.func is sp.exp:
        return None
    k = linear[0]
    if exponent == -1:
        return _at(base, s), lambda: sp.log(base) / k
    return _at(base, s), lambda: base ** (exponent + 1) / ((exponent + 1) * k)


# f(t) raised to a power, and its antiderivative.
_FUNCTIONS: dict[tuple[type, int], tuple[Rank, Callable[[sp.Expr], sp.Expr]]] = {
    (sp.exp, 1): (Rank.TABLE, sp.exp),
    (sp.sin, 1): (Rank.TABLE, lambda t: -sp.cos(t)),
    (sp.cos, 1): (Rank.TABLE, sp.sin),
    (sp.sinh, 1): (Rank.TABLE, sp.cosh),
    (sp.cosh, 1): (Rank.TABLE, sp.sinh),
    (sp.cos, -2): (Rank.TABLE, sp.tan),
    (sp.sec, 2): (Rank.TABLE, sp.tan),
    (sp.sin, -2): (Rank.TABLE, lambda t: -sp.cot(t)),
    (sp.csc, 2): (Rank.TABLE, lambda t: -sp.cot(t)),
    (sp.cosh, -2): (Rank.TABLE, sp.tanh),
    (sp.sech, 2): (Rank.TABLE, sp.tanh),
    (sp.sinh, -2): (Rank.TABLE, lambda t: -sp.coth(t)),
    (sp.tan, 2): (Rank.IDENTITY, lambda t: sp.tan(t) - t),
    (sp.cot, 2): (Rank.IDENTITY, lambda t: -sp.cot(t) - t),
    (sp.tanh, 2): (Rank.IDENTITY, lambda t: t - sp.tanh(t)),
    (sp.sinh, 2): (Rank.IDENTITY, lambda t: sp.sinh(2 * t) / 4 - t / 2),
    (sp.cosh, 2): (Rank.IDENTITY, lambda t: sp.sinh(2 * t) / 4 + t / 2),
    (sp.log, 1): (Rank.PARTS, lambda t: t * sp.log(t) - t),
    (sp.atan, 1): (Rank.PARTS, lambda t: t * sp.atan(t) - sp.log(1 + t**2) / 2),
    (sp.asin, 1): (Rank.PARTS, lambda t: t * sp.asin(t) + sp.sqrt(1 - t**2)),
    (sp.acos, 1): (Rank.PARTS, lambda t: t * sp.acos(t) - sp.sqrt(1 - t**2)),
}


def _function(term: sp.Expr, s: sp.Symbol) -> _Rule | None:
    base, exponent = (term, sp.Integer(1)) if term.func is sp.exp else term.as_base_exp()
    entry = _FUNCTIONS.get((base.func, int(exponent))) if exponent.is_Integer else None
    if entry is None:
        return None
    (t,) = base.args[:1]
    linear = linear_part(t, s)
    if linear is None:
        return None
    rank, antiderivative = entry
    return max(rank, _at(t, s)), lambda: antiderivative(t) / linear[0]


def _quadratic(term: sp.Expr, s: sp.Symbol) -> _Rule | None:
    """1/(t² + c) with c > 0, and 1/√(±t² + c), where t = s + h after completing the square."""
    base, exponent = term.as_base_exp()
    if exponent not in (-1, -sp.S.Half) or not base.is_polynomial(s) or sp.degree(base, s) != 2:
        return None
    a, b, c = sp.Poly(base, s).all_coeffs()
    h, rest = b / (2 * a), c - b**2 / (4 * a)
    rank = Rank.TABLE if h == 0 and abs(a) == 1 else Rank.LINEAR
    t, ratio = s + h, rest / a
    if exponent == -1:
        if ratio.is_positive:
            return rank, lambda: sp.atan(t / sp.sqrt(ratio)) / (a * sp.sqrt(ratio))
        return (Rank.FRACTIONS, None)
    if a.is_positive and ratio.is_positive:
        return rank, lambda: sp.asinh(t / sp.sqrt(ratio)) / sp.sqrt(a)
    if a.is_positive and ratio.is_negative:
        return rank, lambda: sp.log(sp.Abs(t + sp.sqrt(t**2 + ratio))) / sp.sqrt(a)
    if a.is_negative and ratio.is_negative:
        return rank, lambda: sp.asin(t / sp.sqrt(-ratio)) / sp.sqrt(-a)
    return None


def _trigonometric(term: sp.Expr, s: sp.Symbol) -> _Rule | None:
    """sin(t)^m cos(t)^n: a sum of sines and cosines of multiples of t."""
    powers = term.as_powers_dict()
    arguments = {base.args[0] for base in powers if base.func in (sp.sin, sp.cos)}
    if len(arguments) != 1 or any(base.func not in (sp.sin, sp.cos) for base in powers):
        return None
    t = arguments.pop()
    linear = linear_part(t, s)
    if linear is None or any(not (e.is_Integer and e > 0) for e in powers.values()) or sum(powers.values()) > 24:
        return None
    m, n = int(powers.get(sp.sin(t), 0)), int(powers.get(sp.cos(t), 0))
    # An odd power calls for u = sin or u = cos, which is shorter.
    return (Rank.FURTHER if m % 2 or n % 2 else Rank.IDENTITY), lambda: _wave_sum(m, n, t) / linear[0]


def _wave_sum(m: int, n: int, t: sp.Expr) -> sp.Expr:
    """Return the antiderivative of sin(t)^m cos(t)^n, from the powers of z = e^(it)."""
    z = sp.Dummy("z")
    # (z² − 1)^m (z² + 1)^n has the coefficients of all multiples between −(m + n) and m + n, in steps of 2.
    coefficients = sp.Poly((z - 1) ** m * (z + 1) ** n, z).all_coeffs()
    scale = sp.Rational((-1) ** (m // 2), 2 ** (m + n))
    total = sp.Integer(0)
    for k, coefficient in zip(range(m + n, -1, -2), coefficients, strict=False):
        if k == 0:
            total += scale * coefficient * t
        else:
            wave = -sp.cos(k * t) if m % 2 else sp.sin(k * t)
            total += 2 * scale * coefficient * wave / k
    return total


def _rational(term: sp.Expr, s: sp.Symbol) -> _Rule | None:
    if not term.is_rational_function(s):
        return None
    top, bottom = sp.fraction(term)
    log_form = sp.cancel(top / sp.diff(bottom, s))
    if not log_form.has(s):
        return Rank.LINEAR, lambda: log_form * sp.log(bottom)
    return Rank.FRACTIONS, None


_BY_PARTS = (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh)
_INVERSES = (sp.log, sp.atan, sp.asin, sp.acos, sp.asinh)


def _parts(term: sp.Expr, s: sp.Symbol) -> _Rule | None:
    """Products that integration by parts finishes: sⁿ e^(ks), sⁿ ln s, e^(ks) sin(ms), …."""
    power, kinds = sp.Integer(0), []
    for factor in sp.Mul.make_args(term):
        base, exponent = (factor, sp.Integer(1)) if factor.func is sp.exp else factor.as_base_exp()
        if base == s:
            power = exponent
        elif base.func in (*_BY_PARTS, *_INVERSES) and linear_part(base.args[0], s) and exponent.is_Integer:
            kinds += [(base.func, int(exponent))]
        else:
            return None
    whole = power.is_Integer and power >= 0
    if len(kinds) == 1:
        (kind, exponent), *_ = kinds
        if kind in _BY_PARTS and whole and exponent == 1:
            return Rank.PARTS, None
        if kind is sp.log and exponent > 0 and power != -1 and power.is_number:
            return Rank.PARTS, None
        if kind in _INVERSES and whole and exponent == 1:
            return Rank.PARTS, None
    if len(kinds) == 2 and power == 0 and {e for _, e in kinds} == {1}:
        functions = {kind for kind, _ in kinds}
        if sp.exp in functions and functions & {sp.sin, sp.cos}:
            return Rank.PARTS, None
    return None


def _special(term: sp.Expr, s: sp.Symbol) -> _Rule | None:
    """Integrands whose antiderivative is a named function that is not elementary."""
    rest, power = sp.Integer(1), sp.Integer(0)
    for factor in sp.Mul.make_args(term):
        base, exponent = (factor, sp.Integer(1)) if factor.func is sp.exp else factor.as_base_exp()
        if base == s and exponent.is_number:
            power = exponent
        else:
            rest *= factor
    argument = rest.args[0] if rest.func in (sp.exp, sp.sin, sp.cos) else None
    if argument is not None and argument.is_polynomial(s):
        leading, *lower = sp.Poly(argument, s).all_coeffs()
        plain = leading in (1, -1) and not any(lower)
        if len(lower) == 1:  # sᵖ e^(−s), sin(s)/s, e^s/s
            return (Rank.SPECIAL if plain else Rank.SCALED), None
        if len(lower) == 2 and power.is_Integer and power >= 0:  # s²ⁿ e^(−s²), sin(s²)
            return (Rank.SPECIAL if plain and power == 0 else Rank.SCALED), None
    if rest == 1 / sp.log(s) and power == 0:
        return Rank.SPECIAL, None
    return None


def _further(term: sp.Expr, s: sp.Symbol) -> _Rule | None:
    """Roots of polynomials, and rational functions of sin, cos or exp of one linear argument."""
    functions = {f for f in term.atoms(sp.Function) if f.has(s)}
    roots = {p for p in term.atoms(sp.Pow) if p.has(s) and p.exp.is_Rational and not p.exp.is_Integer}
    if not functions and all(p.base.is_polynomial(s) and sp.degree(p.base, s) <= 2 for p in roots):
        return Rank.FURTHER, None
    simple = all(linear_part(f.args[0], s) is not None for f in functions)
    if functions and not roots and simple and len({f.args[0] for f in functions}) == 1:
        stand_ins = {f: sp.Dummy() for f in functions}
        if term.xreplace(stand_ins).is_rational_function(*stand_ins.values()):
            return Rank.FURTHER, None
    return None
