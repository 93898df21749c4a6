"""Maps made of maps: one after another, the inverse, and the same with other names."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp
from sympy.combinatorics import Permutation

from jaclib import _validate
from jaclib.substitution._boundary import declared, read_variables
from jaclib.substitution._effort import attempt
from jaclib.substitution._inverse import inverse_formulas
from jaclib.substitution._map import SIMPLIFY_SECONDS, DifferentiableMap
from jaclib.substitution._region import Region


class ComposableMap(DifferentiableMap):
    """A map that can be put after another one, turned around, and given other names."""

    def __matmul__(self, other):
        r"""Return self after other, as for matrices: ``(a @ b)`` sends u to a(b(u)).

        The old variables of `other` must be the new ones of `self`. The determinant is the product det_a(b(u)) ·
        det_b(u) (chain rule).

        Raises
        ------
        ValueError
            If the variables do not match, with those to rename; or if the maps have no formulas in one direction.

        Examples
        --------
        An ellipse: first polar coordinates, then a stretching.

        >>> import sympy as sp
        >>> from jaclib.substitution import presets
        >>> x, y, u, v = sp.symbols("x y u v")
        >>> stretched = presets.affine([[3, 0], [0, 2]]) @ presets.polar(old=(u, v))
        >>> stretched.mapping, stretched.scale
        ({x: 3*r*cos(theta), y: 2*r*sin(theta)}, 6*r)
        """
        return composition(self, other) if isinstance(other, ComposableMap) else NotImplemented

    def inverse(self):
        r"""Return the substitution with old and new variables exchanged; its determinant is 1/det J.

        Raises
        ------
        ValueError
            If SymPy cannot solve for the new variables, or if no solution leads back from everywhere in `ranges`,
            because the map is not one-to-one there.

        Notes
        -----
        A solution is tried at 24 points of `ranges`, in exact numbers.

        Examples
        --------
        >>> import sympy as sp
        >>> from jaclib import Substitution
        >>> x, u = sp.symbols("x u")
        >>> square = Substitution({x: u**2}, u, ranges={u: (0, sp.oo)})
        >>> square.inverse()
        Substitution({u: sqrt(x)}, new=(x,))
        """
        return inverse_of("Substitution.inverse", self)

    def rename(self, names: Mapping[sp.Symbol, sp.Symbol]):
        """Return the same substitution with other symbols, ``{variable: symbol}``, for instance to compose it.

        Raises
        ------
        ValueError
            If a name is no variable, or two variables would have one name.

        Examples
        --------
        >>> import sympy as sp
        >>> from jaclib.substitution import presets
        >>> rho = sp.Symbol("rho", nonnegative=True)
        >>> polar = presets.polar()
        >>> polar.rename({polar.new[0]: rho}).mapping
        {x: rho*cos(theta), y: rho*sin(theta)}
        """
        return renamed("Substitution.rename", self, names)


def composition(a: DifferentiableMap, b: DifferentiableMap) -> DifferentiableMap:
    """Return a after b, with det_a(T_b(u)) · det_b(u) as its determinant."""
    _refuse_mismatch(a, b)
    # The rows of b's matrix must be in the order of a's columns, whatever order b was written in.
    sign = Permutation([a.new.index(variable) for variable in b.old]).signature()
    if a.formulas is not None and b.formulas is not None:
        inner = b.formulas
        formulas = {key: _put(e, inner) for key, e in a.formulas.items()}
        inverse = None
        if a.inverse_formulas is not None and b.inverse_formulas is not None:
            inverse = {key: _put(e, a.inverse_formulas) for key, e in b.inverse_formulas.items()}
        det, kept = sign * _put(a.det, inner) * b.det, {key: _put(e, inner) for key, e in a.kept.items()}
        kept = {**kept, **b.kept, **{v: e for v, e in inner.items() if _has_sign(v)}}
        why_none = ""
    elif a.inverse_formulas is not None and b.inverse_formulas is not None:
        formulas, kept = None, {}
        inverse = {key: _put(e, a.inverse_formulas) for key, e in b.inverse_formulas.items()}
        parts = [m.det if m.formulas is None else _put(m.det, m.inverse_formulas) for m in (a, b)]
        det, why_none = sign * parts[0] * _put(parts[1], a.inverse_formulas), a.why_none or b.why_none
    else:
        lacking, other = (a, b) if a.formulas is None else (b, a)
        raise ValueError(
            f"Substitution: a @ b needs both maps in one direction, but {lacking!r} has no formula for {lacking.old}, "
            f"and {other!r} none for {other.new}. Compose with {other.new} as expressions in {other.old}."
        )
    twins = {**a.twins, **b.twins}
    back = {twin: symbol for symbol, twin in twins.items()}
    raw = det.xreplace(twins)
    det = attempt(SIMPLIFY_SECONDS, lambda: sp.factor(sp.simplify(raw)), raw).xreplace(back)
    return type(a).from_parts(
        a.old, b.new, formulas, inverse, ranges=b.given_ranges, det=det, kept=kept, why_none=why_none
    )


def inverse_of(where: str, a: DifferentiableMap) -> DifferentiableMap:
    """Return the map from the old variables to the new ones."""
    inverse = a.inverse_formulas
    if inverse is None:
        found = inverse_formulas(where, a.mapping, Region(a.ranges))
        inverse = {variable: found[variable] for variable in a.new}
    kept = {key: _put(e, inverse) for key, e in a.kept.items()}
    result = type(a).from_parts(
        a.new, a.old, inverse, a.formulas, ranges=a.image_ranges, image_ranges=a.given_ranges, kept=kept
    )
    if a.formulas is not None:
        # 1/det of the given map may be shorter than what the formulas of the inverse lead to.
        result.det = min(result.det, result.simplified(_put(1 / a.det, inverse)), key=sp.count_ops)
    return result


def renamed(where: str, a: DifferentiableMap, names: Mapping[sp.Symbol, sp.Symbol]) -> DifferentiableMap:
    """Return the same map with other symbols for some of its variables."""
    if not isinstance(names, Mapping):
        raise TypeError(f"{where}: names are {_validate.describe(names)}, expected a dictionary such as {{x: s}}.")
    unknown = [key for key in names if key not in a.old + a.new]
    if unknown:
        raise ValueError(f"{where}: {unknown} are no variables of {a!r}, expected some of {a.old + a.new}.")
    old, new = (
        read_variables(where, "names", tuple(names.get(v, v) for v in variables)) for variables in (a.old, a.new)
    )

    def swap(mapping):
        return mapping and {names.get(key, key): e.subs(dict(names), simultaneous=True) for key, e in mapping.items()}

    ranges = a.given_ranges and {
        names.get(v, v): tuple(bound.subs(dict(names), simultaneous=True) for bound in bounds)
        for v, bounds in a.given_ranges.items()
    }
    return type(a).from_parts(
        old, new, swap(a.formulas), swap(a.inverse_formulas), ranges=ranges, why_none=a.why_none, kept=swap(a.kept)
    )


def _put(expression: sp.Expr, formulas: Mapping[sp.Symbol, sp.Expr]) -> sp.Expr:
    return expression.subs(formulas, simultaneous=True)


def _has_sign(symbol: sp.Symbol) -> bool:
    return bool(symbol.is_extended_nonnegative or symbol.is_extended_nonpositive)


def _refuse_mismatch(a: DifferentiableMap, b: DifferentiableMap) -> None:
    if set(b.old) != set(a.new):
        names = {variable.name: variable for variable in a.new}
        namesakes = [(names[v.name], v) for v in b.old if v.name in names and names[v.name] != v]
        missing = [v for v in a.new if v not in b.old]
        surplus = [v for v in b.old if v not in a.new]
        if namesakes:
            hint = "; ".join(f"{p} is declared with {declared(p)} there and {declared(q)} here" for p, q in namesakes)
        elif len(missing) == len(surplus):
            pairs = ", ".join(f"{q}: {p}" for p, q in zip(missing, surplus, strict=True))
            hint = f"if these are the same variables, rename them: a @ b.rename({{{pairs}}})"
        else:
            hint = f"a has {len(a.new)} variables and b {len(b.old)}"
        raise ValueError(
            f"Substitution: a @ b applies b first, so the old variables of b must be the new ones of a: got {b.old}, "
            f"expected {a.new}; {hint}."
        )
    shared = [v for v in b.new if v in a.old]
    if shared:
        pairs = ", ".join(f"{v}: {v}_new" for v in shared)
        raise ValueError(
            f"Substitution: a @ b has {shared} as old variables of a and as new ones of b, expected different symbols. "
            f"Rename those of b: a @ b.rename({{{pairs}}}), with symbols of your own."
        )
