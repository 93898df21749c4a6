"""Substitutions that the form of an integrand calls for, in the order in which a textbook would try them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from math import lcm

import numpy as np
import sympy as sp

from jaclib.substitution._numeric import vectorised
from jaclib.substitution._region import Region
from jaclib.substitution.one_dim.table import linear_part

MOST = 24

# Words and expressions.
Reason = tuple[str | sp.Basic, ...]


@dataclass(frozen=True)
class Candidate:
    """A substitution to try.

    `role` says what u is in the integrand ("the exponent"); `reason` overrides the reason that is made of it.
    For a back-substitution `back` is x in the new symbol, and `squares` holds what becomes a square by it.
    """

    u: sp.Expr
    role: Reason
    reason: Reason = ()
    back: sp.Expr | None = None
    squares: dict[sp.Expr, sp.Expr] = field(default_factory=dict)


def candidates(f: sp.Expr, x: sp.Symbol, symbols: tuple[sp.Symbol, sp.Symbol], ends) -> list[Candidate]:
    """Return distinct substitutions for f; the symbols are those of u(x) and of back-substitutions."""
    s, t = symbols
    found: dict[tuple, Candidate] = {}
    for one in _all(f, x, s, t, ends):
        if one.u.has(x) and one.u != x:
            found.setdefault((one.u, one.back), one)
    return list(found.values())[:MOST]


def _all(f, x, s, t, ends) -> Iterator[Candidate]:
    parts = [p for p in sp.preorder_traversal(f) if isinstance(p, sp.Expr) and p.has(x)]
    yield from _exponents(parts, x, s)
    yield from _under_roots(parts, x)
    yield from _bases(parts, x)
    yield from _arguments(parts, x)
    yield from _functions(parts, x)
    yield from _powers_of_x(f, parts, x)
    yield from _circular(parts, x, s)
    yield from _exponential(parts, x)
    yield from _roots(parts, x)
    yield from _shifted(parts, x, s)
    yield from _back(parts, x, t, ends)


def _exponents(parts, x, s) -> Iterator[Candidate]:
    for part in parts:
        if part.is_Pow and part.func is not sp.exp and part.exp.has(x):
            # aᵇ = e^(b ln a)
            u = part.exp * sp.log(part.base)
            yield Candidate(u, ("the exponent",), (part, " is ", sp.exp(u, evaluate=False)), squares={part: sp.exp(s)})
        elif part.func is sp.exp and part.args[0] != x:
            yield Candidate(part.args[0], ("the exponent",))
            if part.args[0].could_extract_minus_sign():
                yield Candidate(-part.args[0], (-part.args[0],))


def _under_roots(parts, x) -> Iterator[Candidate]:
    for part in parts:
        if _is_root(part) and part.base != x:
            yield Candidate(part.base, ("the expression under the root",))


def _is_root(part) -> bool:
    return part.is_Pow and part.exp.is_Rational and not part.exp.is_Integer and part.func is not sp.exp


def _bases(parts, x) -> Iterator[Candidate]:
    for part in parts:
        if part.is_Pow and part.exp.is_Integer and not part.base.is_Symbol and part.func is not sp.exp:
            name = "the denominator" if part.exp == -1 else "the expression in the power"
            yield Candidate(part.base, (part.base if part.base.is_Function else name,))
    # The reciprocal of a sum can hide in it: e^x/(1 + e^x).
    for part in parts:
        if part.is_Pow and part.exp.is_negative and part.base.is_Mul:
            for factor in part.base.args:
                if factor.has(x) and not factor.is_Symbol:
                    yield Candidate(factor, ("a factor of the denominator",))


def _arguments(parts, x) -> Iterator[Candidate]:
    for part in parts:
        if isinstance(part, sp.Function) and part.func is not sp.exp and len(part.args) == 1 and part.args[0] != x:
            yield Candidate(part.args[0], (_place(part),))


def _place(function: sp.Expr) -> str:
    return "the expression between bars" if function.func is sp.Abs else f"the argument of {function.func.__name__}"


_CIRCULAR = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc)
_HYPERBOLIC = (sp.sinh, sp.cosh, sp.tanh, sp.coth, sp.sech, sp.csch)
_INVERSE_FUNCTIONS = (sp.log, sp.atan, sp.asin, sp.acos, sp.asinh, sp.acosh, sp.atanh, sp.erf)


def _functions(parts, x) -> Iterator[Candidate]:
    for part in parts:
        if isinstance(part, _INVERSE_FUNCTIONS):
            yield Candidate(part, ((part),))


def _powers_of_x(f, parts, x) -> Iterator[Candidate]:
    exponents = {p.exp for p in parts if p.is_Pow and p.base == x and p.exp.is_Rational}
    if any(p == x for p in parts):
        exponents.add(sp.Integer(1))
    denominators = [int(e.q) for e in exponents]
    if denominators and max(denominators) > 1:
        root = reduce(lcm, denominators)
        yield Candidate(x ** sp.Rational(1, root), ((x ** sp.Rational(1, root)),))
    if any(e.is_negative for e in exponents):
        yield Candidate(1 / x, ((1 / x),))
    # x·f depends on xᵏ alone if k divides all exponents: then f dx = h(xᵏ) dx/x.
    inner = {p.exp for p in sp.preorder_traversal(x * f) if p.is_Pow and p.base == x and p.exp.is_Integer}
    bare = (x * f).xreplace({p: sp.Dummy() for p in (x * f).atoms(sp.Pow) if p.base == x}).has(x)
    k = 1 if bare or not inner else int(reduce(sp.igcd, [abs(e) for e in inner]))
    if k > 1:
        yield Candidate(x**k, ((x**k),))


def _circular(parts, x, s) -> Iterator[Candidate]:
    """Try sin, cos, tan, tan of the half angle, and the hyperbolic functions, of the common argument."""
    circular = {p for p in parts if isinstance(p, _CIRCULAR) and linear_part(p.args[0], x)}
    argument = _common_argument([p.args[0] for p in circular])
    if argument is not None:
        sine, cosine = sp.sin(argument), sp.cos(argument)
        for u in (cosine, sine, sp.tan(argument)):
            yield Candidate(u, (u,))
        if len({p.args[0] for p in circular}) > 1 or len({p.func for p in circular}) > 1:
            for u in (sine**2, cosine**2):
                yield Candidate(u, (u,))
        half = sp.tan(argument / 2)
        reason = (sine, " becomes ", 2 * s / (1 + s**2), ", and ", cosine, " becomes ", (1 - s**2) / (1 + s**2))
        yield Candidate(half, (half,), reason)
    hyperbolic = {p for p in parts if isinstance(p, _HYPERBOLIC) and linear_part(p.args[0], x)}
    argument = _common_argument([p.args[0] for p in hyperbolic])
    if argument is not None:
        for u in (sp.cosh(argument), sp.sinh(argument), sp.tanh(argument), sp.exp(argument)):
            yield Candidate(u, (u,))


def _common_argument(arguments) -> sp.Expr | None:
    """Return the largest linear argument of which all are whole multiples, or None."""
    if not arguments:
        return None
    arguments = sorted(arguments, key=sp.default_sort_key)
    ratios = [sp.cancel(a / arguments[0]) for a in arguments]
    if not all(r.is_Rational and r != 0 for r in ratios):
        return None
    top = reduce(sp.igcd, [abs(r.p) for r in ratios])
    bottom = reduce(lcm, [int(r.q) for r in ratios])
    return arguments[0] * sp.Rational(top, bottom)


def _exponential(parts, x) -> Iterator[Candidate]:
    exponents = [p.args[0] for p in parts if p.func is sp.exp]
    linear = [e for e in exponents if linear_part(e, x)]
    slopes = [linear_part(e, x)[0] for e in linear]
    common = _common_argument(slopes)
    if common is not None:
        positive = sp.exp(sp.Abs(common) * x)
        yield Candidate(positive, ((positive),))


def _roots(parts, x) -> Iterator[Candidate]:
    for part in parts:
        if _is_root(part) and part.base != x:
            root = part.base ** sp.Rational(1, part.exp.q)
            yield Candidate(root, ((root),))


def _shifted(parts, x, s) -> Iterator[Candidate]:
    """Completing the square in a quadratic, and the scale of a Gaussian."""
    for part in parts:
        if not (part.is_Pow or part.func is sp.exp):
            continue
        inner = part.args[0]
        if not inner.is_polynomial(x) or sp.degree(inner, x) != 2:
            continue
        a, b, _ = sp.Poly(inner, x).all_coeffs()
        if part.func is sp.exp and a.is_negative:
            u, square = sp.sqrt(-a) * (x + b / (2 * a)), -(s**2)
        elif b != 0 and part.func is not sp.exp:
            u, square = x + b / (2 * a), a * s**2
        else:
            continue
        becomes = square + sp.expand(inner - square.xreplace({s: u}))
        yield Candidate(u, (u,), (inner, " becomes ", becomes), squares={inner: becomes})


def _back(parts, x, t, ends) -> Iterator[Candidate]:
    """Try x = h + k sin t and its like, where a quadratic under a root or in a power becomes one square."""
    for part in parts:
        if not part.is_Pow or part.func is sp.exp or not part.base.is_polynomial(x) or sp.degree(part.base, x) != 2:
            continue
        a, b, c = sp.Poly(part.base, x).all_coeffs()
        centre, rest = -b / (2 * a), sp.cancel(c - b**2 / (4 * a))
        root = _is_root(part)
        for outer_sign, ratio_sign, needs_root, forward, square, backward in _BACK:
            if not (_has_sign(a, outer_sign) and _has_sign(rest / a, ratio_sign) and (root or not needs_root)):
                continue
            k = sp.sqrt(sp.Abs(rest / a))
            if ratio_sign < 0 < outer_sign:
                low, high = _range((x - centre) / k, x, ends)
                if low < 1 - 1e-9 and high > -1 + 1e-9:
                    continue
                k = k if low > 0 else -k
            shape = _Shape(forward(t), square(t), backward((x - centre) / k))
            yield _back_candidate(part.base, centre, k, sp.Abs(a) * k**2, shape, root)
    yield from _between_roots(parts, x, t)


def _between_roots(parts, x, t) -> Iterator[Candidate]:
    """Try x = p + (q − p) sin(t)², which makes squares under two roots √(x − p) and √(q − x)."""
    radicands = {p.base: linear_part(p.base, x) for p in parts if _is_root(p) and linear_part(p.base, x)}
    rising = [base for base, (slope, _) in radicands.items() if slope.is_positive]
    falling = [base for base, (slope, _) in radicands.items() if slope.is_negative]
    if len(rising) != 1 or len(falling) != 1:
        return
    (m, c), (n, d) = radicands[rising[0]], radicands[falling[0]]
    low, high = -c / m, -d / n
    span = high - low
    if span.is_positive:
        squares = {rising[0]: m * span * sp.sin(t) ** 2, falling[0]: -n * span * sp.cos(t) ** 2}
        back = low + span * sp.sin(t) ** 2
        pairs = [part for old, new in squares.items() for part in (old, " becomes ", new, ", ")]
        reason = (*pairs, "and both roots disappear")
        yield Candidate(sp.asin(sp.sqrt((x - low) / span)), (x,), reason, back, squares)


def _has_sign(value: sp.Expr, sign: int) -> bool:
    return bool(value.is_positive if sign > 0 else value.is_negative)


def _secant(t):
    return 1 / sp.cos(t)


# Sign of x², sign of (constant / coefficient of x²), only for roots, x/k, root of what it becomes, the inverse.
_BACK = (
    (-1, -1, False, sp.sin, sp.cos, sp.asin),
    (1, 1, False, sp.tan, _secant, sp.atan),
    (1, 1, True, sp.sinh, sp.cosh, sp.asinh),
    (1, -1, True, _secant, sp.tan, lambda s: sp.acos(1 / s)),
    (1, -1, True, sp.cosh, sp.sinh, sp.acosh),
)


@dataclass(frozen=True)
class _Shape:
    """x/k in the new symbol; the function whose square the quadratic becomes; the new symbol in x."""

    forward: sp.Expr
    root: sp.Expr
    backward: sp.Expr


def _back_candidate(quadratic, centre, k, size, shape: _Shape, root: bool) -> Candidate:
    becomes = size * shape.root**2
    reason = (quadratic, " becomes ", becomes)
    if root:
        # On the principal branch all these functions are positive.
        positive = sp.Ge(shape.root, 0, evaluate=False)
        reason += (", and here ", positive, ", so its root is ", sp.sqrt(size) * shape.root)
    else:
        reason += (", a single power",)
    return Candidate(shape.backward, (quadratic,), reason, centre + k * shape.forward, {quadratic: becomes})


def _range(expression: sp.Expr, x: sp.Symbol, ends) -> tuple[float, float]:
    values = vectorised(expression, [x])(*Region({x: ends}).points(128))
    return float(np.nanmin(values)), float(np.nanmax(values))
