"""Where an expression can change its sign: the zeros of smooth factors, of denominators, and ends of domains.

Too many zero sets do no harm, since every cell between them is tested; a missing one would.
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from jaclib.substitution._effort import attempt

SIMPLIFY_SECONDS = 3.0
# More corners than that in one expression, abs(x) and the like, are not followed.
MAX_CORNERS = 6

# A function with a corner, as the smooth functions that it consists of; they meet where two of them are equal.
_CORNERS = {
    sp.Abs: lambda a: (a, -a),
    sp.Max: lambda *args: args,
    sp.Min: lambda *args: args,
    sp.sign: lambda a: (sp.Integer(1), sp.Integer(-1)),
}
# Where the value of a function ends to be real or finite: expressions in its argument that vanish there.
_ENDS = {
    sp.log: lambda a: (a,),
    sp.asin: lambda a: (a - 1, a + 1),
    sp.acos: lambda a: (a - 1, a + 1),
    sp.acosh: lambda a: (a - 1,),
    sp.atanh: lambda a: (a - 1, a + 1),
    sp.tan: lambda a: (sp.cos(a),),
    sp.sec: lambda a: (sp.cos(a),),
    sp.cot: lambda a: (sp.sin(a),),
    sp.csc: lambda a: (sp.sin(a),),
}


@lru_cache(maxsize=1024)
def zero_sets(expression: sp.Expr) -> tuple[sp.Expr, ...]:
    """Return factors whose zeros contain all places where `expression` changes sign, has a pole, or ends."""
    found: dict[sp.Expr, None] = {}
    for smooth, corners in _smooth_forms(expression):
        for part in (smooth, *corners):
            for piece in (*sp.fraction(sp.together(part)), *_ends(part)):
                found.update(dict.fromkeys(_factors(piece)))
    return tuple(found)


def domain_ends(expression: sp.Expr) -> list[sp.Expr]:
    """Return factors whose zeros contain all places where `expression` ends to be real or finite."""
    return list(dict.fromkeys(factor for end in _ends(expression) for factor in _factors(end)))


def simplified(expression: sp.Expr) -> sp.Expr:
    """Return the simplest form that SymPy finds in time."""
    forms = [expression, attempt(SIMPLIFY_SECONDS, lambda: sp.factor(_without_even_sines(expression)), expression)]
    if not _is_rational_in_waves(expression):
        forms.append(attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(expression), expression))
    return min(forms, key=sp.count_ops)


def _is_rational_in_waves(expression: sp.Expr) -> bool:
    """Whether it is a rational function of the variables and their sines and cosines: these need no simplify."""
    waves = expression.atoms(sp.sin, sp.cos, sp.sinh, sp.cosh)
    return expression.xreplace({wave: sp.Dummy() for wave in waves}).is_rational_function()


def _smooth_forms(expression: sp.Expr) -> list[tuple[sp.Expr, list[sp.Expr]]]:
    """Replace abs, Max, Min and sign by what they are on either side; also where the sides meet."""
    corner = next((part for part in sp.postorder_traversal(expression) if isinstance(part, tuple(_CORNERS))), None)
    if corner is None:
        return [(expression, [])]
    if len(expression.atoms(*_CORNERS)) > MAX_CORNERS:
        return []
    kind = next(kind for kind in _CORNERS if isinstance(corner, kind))
    sides = _CORNERS[kind](*corner.args)
    meet = [corner.args[0]] if len(corner.args) == 1 else [a - b for k, a in enumerate(sides) for b in sides[:k]]
    forms = []
    for side in sides:
        forms += [(smooth, [*meet, *more]) for smooth, more in _smooth_forms(expression.xreplace({corner: side}))]
    return forms


def _ends(expression: sp.Expr) -> list[sp.Expr]:
    """Expressions that vanish where a part of `expression` ends to be real or finite."""
    ends = []
    for part in sp.preorder_traversal(expression):
        if part.is_Pow and not (part.exp.is_integer and part.exp.is_nonnegative):
            ends.append(part.base)
        elif type(part) in _ENDS:
            ends += _ENDS[type(part)](*part.args)
    return ends


def _without_even_sines(expression: sp.Expr) -> sp.Expr:
    """Write sin² as 1 − cos² and sinh² as cosh² − 1, so that what cancels cancels."""

    def square(part: sp.Pow) -> sp.Expr:
        function, half = part.base, part.exp // 2
        argument = function.args[0]
        instead = 1 - sp.cos(argument) ** 2 if isinstance(function, sp.sin) else sp.cosh(argument) ** 2 - 1
        return instead**half * function ** (part.exp % 2)

    def is_square(part) -> bool:
        return part.is_Pow and isinstance(part.base, (sp.sin, sp.sinh)) and part.exp.is_Integer and part.exp >= 2

    return sp.expand(sp.expand(expression).replace(is_square, square))


def _factors(expression: sp.Expr) -> list[sp.Expr]:
    """Return the factors that can vanish, each with one sign and without a constant factor."""
    forms = [attempt(SIMPLIFY_SECONDS, lambda: sp.factor(expression), expression)]
    if expression.has(sp.sin, sp.sinh):
        forms.append(attempt(SIMPLIFY_SECONDS, lambda: sp.factor(_without_even_sines(expression)), expression))
    product = min(forms, key=sp.count_ops)
    factors = []
    for factor in sp.Mul.make_args(product):
        base, exponent = factor.as_base_exp()
        base = factor if exponent.free_symbols else base
        if not base.free_symbols or base.is_nonzero or base.func is sp.exp:
            continue
        _, base = base.as_content_primitive() if base.is_Add else (1, base)
        factors.append(-base if base.could_extract_minus_sign() else base)
    return factors
