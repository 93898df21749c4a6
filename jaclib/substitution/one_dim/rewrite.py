"""Write f dx as g(u) du: without x if the derivative of u is a factor of f, else through x = x(u)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

import numpy as np
import sympy as sp

from jaclib.substitution._effort import attempt
from jaclib.substitution._numeric import vectorised
from jaclib.substitution._region import Region, real_twin
from jaclib.substitution.one_dim.breaks import plain_form

FORM_SECONDS = 1.0
SIMPLIFY_SECONDS = 3.0
# Longer formulas are left as they are: simplify would take its whole time and find nothing.
LONGEST = 60


# SymPy remembers results by symbol: with a new dummy for each call it would begin anew each time.
@lru_cache
def _real(x: sp.Symbol) -> sp.Symbol:
    return x if x.is_real else real_twin(x)


@lru_cache
def _region(symbol: sp.Symbol, ends: tuple[sp.Expr, sp.Expr]) -> Region:
    return Region({symbol: ends})


@lru_cache
def _values(expression: sp.Expr, symbol: sp.Symbol) -> Callable:
    return vectorised(expression, [symbol])


def derivative(u: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Return u′, with |x| differentiated for a real x."""
    twin = _real(x)
    return sp.diff(u.xreplace({x: twin}), twin).xreplace({twin: x})


def shown_derivative(u: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Return u′ as a learner writes it: the derivative of tan is 1/cos²."""
    return sp.factor_terms(shorten(derivative(u, x)))


def divides(u: sp.Expr, f: sp.Expr, x: sp.Symbol) -> bool:
    """Whether u′ is, up to a constant, literally among the factors of f."""
    available = sp.factor_terms(_by_two(f)).as_powers_dict()
    for base, exponent in sp.factor_terms(_by_two(shown_derivative(u, x))).as_powers_dict().items():
        ratio = available.get(base, sp.Integer(0)) / exponent
        if base.free_symbols and not (ratio.is_number and ratio >= 1):
            return False
    return True


def prefers_inverse(u: sp.Expr, f: sp.Expr, x: sp.Symbol) -> bool:
    """Whether a learner would solve u for x: for a root or the reciprocal of x, if u′ is no factor of f."""
    core, _ = _core(u, x, sp.Dummy())
    return core.is_Pow and core.base == x and not (core.exp.is_Integer and core.exp > 0) and not divides(u, f, x)


def without_inverse(
    f: sp.Expr,
    u: sp.Expr,
    x: sp.Symbol,
    symbol: sp.Symbol,
    *,
    squares: dict[sp.Expr, sp.Expr] | None = None,
    quick: bool = False,
) -> sp.Expr | None:
    """Return f/u′ with u(x) replaced by the new symbol, if no x is left; None otherwise.

    `squares` gives parts of f with what they are in the new symbol, where SymPy may not see it. `quick` leaves out
    the forms that take SymPy long.
    """
    twin = _real(x)
    inner = u.xreplace({x: twin})
    known = {old.xreplace({x: twin}): new for old, new in (squares or {}).items()}
    quotient = f.xreplace({x: twin}).subs(known) / sp.diff(inner, twin)
    if quotient.is_zero:
        return sp.Integer(0)
    if not quotient.is_finite and quotient.has(sp.zoo, sp.nan):
        return None
    core, target = _core(inner, twin, symbol)
    if core == twin:
        # A learner solves u = 1 − x for x: that is the other way.
        core, target = inner, symbol
    for form in _FORMS if not quick else _FORMS[:-1]:
        written = attempt(FORM_SECONDS, lambda form=form: form(quotient).subs(inner, symbol).subs(core, target))
        for candidate in () if written is None else (written, *_by_pythagoras(written, core, target)):
            if twin not in candidate.free_symbols:
                return tidy(candidate, symbol, quick=quick)
    return None


def _core(u: sp.Expr, x: sp.Symbol, symbol: sp.Symbol) -> tuple[sp.Expr, sp.Expr]:
    """Take constants off u: for u = 1 + x² this is x², which equals u − 1."""
    core, target = u, symbol
    while core.is_Add or core.is_Mul:
        constant, rest = core.as_independent(x, as_Add=core.is_Add)
        if constant == (0 if core.is_Add else 1):
            break
        core, target = rest, (target - constant if core.is_Add else target / constant)
    return core, target


_FORMS = (
    lambda q: q,
    lambda q: sp.powsimp(sp.expand(q)),
    lambda q: sp.cancel(sp.expand_trig(q)) if q.has(sp.sin, sp.cos, sp.tan) else sp.cancel(q),
    lambda q: sp.cancel(q.rewrite(sp.exp)) if q.has(sp.sinh, sp.cosh, sp.tanh) else sp.expand_log(q),
    sp.simplify,
)

# An even power of the companion can be written with the function alone.
_COMPANIONS = {sp.sin: sp.cos, sp.cos: sp.sin, sp.sinh: sp.cosh, sp.cosh: sp.sinh}


def _by_pythagoras(written: sp.Expr, core: sp.Expr, target: sp.Expr) -> Iterable[sp.Expr]:
    """For u = sin, cos, tan, or one of their squares: replace even powers of the companion."""
    power = 2 if core.is_Pow and core.exp == 2 else 1
    function = core.base if power == 2 else core
    value = target if power == 1 else sp.sqrt(target)
    if function.func in _BY_TWO:
        written = _by_two(written, function.args[0])
    if function.func in (sp.tan, sp.tanh):
        (t,) = function.args
        sine, cosine = (sp.sin, sp.cos) if function.func is sp.tan else (sp.sinh, sp.cosh)
        sign = 1 if function.func is sp.tan else -1
        quotient = {sine(t): value * cosine(t), sp.tan(t): value, sp.sec(t): 1 / sp.cos(t)}
        cancelled = attempt(FORM_SECONDS, lambda: sp.cancel(written.subs(quotient)))
        if cancelled is not None:
            yield _even_powers(cancelled, cosine(t), 1 / (1 + sign * value**2))
        return
    if function.func not in _COMPANIONS:
        return
    (t,) = function.args
    companion = _COMPANIONS[function.func]
    joined = attempt(FORM_SECONDS, lambda: sp.cancel(sp.together(written)), written)
    yield _even_powers(joined, companion(t), _SQUARES[companion](t)).subs(function, value)


# Every circular and hyperbolic function in terms of two.
_BY_TWO = {
    sp.sin: sp.sin,
    sp.cos: sp.cos,
    sp.tan: lambda a: sp.sin(a) / sp.cos(a),
    sp.cot: lambda a: sp.cos(a) / sp.sin(a),
    sp.sec: lambda a: 1 / sp.cos(a),
    sp.csc: lambda a: 1 / sp.sin(a),
    sp.sinh: sp.sinh,
    sp.cosh: sp.cosh,
    sp.tanh: lambda a: sp.sinh(a) / sp.cosh(a),
    sp.coth: lambda a: sp.cosh(a) / sp.sinh(a),
    sp.sech: lambda a: 1 / sp.cosh(a),
    sp.csch: lambda a: 1 / sp.sinh(a),
}
LARGEST_MULTIPLE = 12


def _by_two(expression: sp.Expr, t: sp.Expr | None = None) -> sp.Expr:
    """Write sin(nt), tan(nt) and their like with sin(t) and cos(t), or with sinh(t) and cosh(t).

    Without t it is the smallest argument there is.
    """
    angle = sp.Dummy(real=True)
    if t is None:
        arguments = {part.args[0] for part in expression.atoms(sp.Function) if part.func in _BY_TWO}
        if not arguments:
            return expression
        t = min(arguments, key=lambda a: (abs(a.as_coeff_Mul()[0]), sp.default_sort_key(a)))

    def expand(function: sp.Expr) -> sp.Expr:
        multiple = sp.cancel(function.args[0] / t)
        if not (multiple.is_Integer and 0 < multiple <= LARGEST_MULTIPLE):
            return function
        return (
            _BY_TWO[function.func](sp.Mul(multiple, angle))
            .replace(lambda part: part.func in _BY_TWO, sp.expand_trig)
            .xreplace({angle: t})
        )

    return expression.replace(lambda part: part.func in _BY_TWO, expand)


def _even_powers(expression: sp.Expr, base: sp.Expr, square: sp.Expr) -> sp.Expr:
    return expression.replace(
        lambda part: part.is_Pow and part.base == base and part.exp.is_Integer and part.exp % 2 == 0,
        lambda part: square ** (part.exp / 2),
    )


def through_inverse(
    f: sp.Expr,
    inverse: sp.Expr,
    x: sp.Symbol,
    symbol: sp.Symbol,
    *,
    ends: tuple[sp.Expr, sp.Expr],
    squares: dict[sp.Expr, sp.Expr] | None = None,
    quick: bool = False,
) -> sp.Expr:
    """Return f(x(u)) x′(u), simplified with the sign that u has between the ends of its range.

    `squares` gives expressions in x, with what they become, that SymPy may not see: 4 − x² → 4 cos(t)².
    """
    region = _region(symbol, ends)
    twin = region.twins[symbol]
    inside = inverse.xreplace({symbol: twin})
    moved = f.subs({old: new.xreplace({symbol: twin}) for old, new in (squares or {}).items()})
    product = moved.xreplace({x: inside}) * sp.diff(inside, twin)
    plain = plain_form(shorten(product), twin, *ends)
    return tidy(region.from_twins(plain), symbol, ends, quick=quick)


# The square of a function in terms of another one.
_SQUARES = {
    sp.sin: lambda t: 1 - sp.cos(t) ** 2,
    sp.cos: lambda t: 1 - sp.sin(t) ** 2,
    sp.tan: lambda t: 1 / sp.cos(t) ** 2 - 1,
    sp.sinh: lambda t: sp.cosh(t) ** 2 - 1,
    sp.cosh: lambda t: 1 + sp.sinh(t) ** 2,
    sp.tanh: lambda t: 1 - 1 / sp.cosh(t) ** 2,
}


def shorten(expression: sp.Expr) -> sp.Expr:
    """Merge 1 − sin² into cos², and its like, in every sum where that saves a term."""
    for function, square in _SQUARES.items():
        for t in {part.args[0] for part in expression.atoms(function)}:
            base = function(t)
            expression = expression.replace(
                lambda part, base=base: part.is_Add and part.has(base), partial(_merge, base=base, square=square(t))
            )
    return expression


def _merge(part: sp.Expr, base: sp.Expr, square: sp.Expr) -> sp.Expr:
    replaced = sp.expand(_even_powers(sp.expand(part), base, square))
    return replaced if len(sp.Add.make_args(replaced)) < len(part.args) else part


def tidy(formula: sp.Expr, symbol: sp.Symbol, ends=None, *, quick: bool = False) -> sp.Expr:
    """Return the shortest of a few forms of g(u)."""
    region = _region(symbol, ends if ends is not None else (-sp.oo, sp.oo))
    twin = region.twins[symbol]
    given = formula.xreplace({symbol: twin})
    tries = [lambda: sp.powsimp(given)]
    if given.is_rational_function(twin) or given.has(sp.exp):
        tries.append(lambda: sp.factor_terms(sp.cancel(given)))
    if not quick and sp.count_ops(given) <= LONGEST:
        tries.append(lambda: sp.simplify(given))
    tries.append(lambda: sp.together(given))
    forms = [given]
    for form in tries:
        found = attempt(SIMPLIFY_SECONDS, form)
        if found is not None and not found.has(sp.nan, sp.zoo):
            forms.append(found if ends is None else plain_form(found, twin, *ends))
    return region.from_twins(min(forms, key=_length))


def _length(formula: sp.Expr) -> tuple[int, int]:
    fractions = sum(not number.is_Integer for number in formula.atoms(sp.Rational))
    return int(sp.count_ops(formula)), fractions


def agrees(formula: sp.Expr, f: sp.Expr, u: sp.Expr, x: sp.Symbol, symbol: sp.Symbol, ends) -> bool:
    """Whether g(u(x)) u′(x) = f(x) at points between the ends."""
    points = _region(x, ends).points(64)[0]
    old, values = _values(f, x)(points), _values(u, x)(points)
    new = _values(formula, symbol)(values) * _values(derivative(u, x), x)(points)
    usable = np.isfinite(old)
    scale = np.abs(old[usable]).max(initial=0.0)
    # Near a zero of u′ digits cancel: most points must agree closely, none may be far off.
    error = np.abs(new - old)[usable] / (np.abs(old[usable]) + 1e-6 * scale + 1e-300)
    return bool(usable.any() and np.isfinite(error).all() and np.median(error) < 1e-9 and error.max() < 1e-3)
