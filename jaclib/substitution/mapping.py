r"""Change of variables in n dimensions: ∫_{T(U)} f(x) dx = ∫_U f(T(u)) |det J_T(u)| du.

`Substitution` holds the map T from the new variables u to the old ones x. It derives J, its determinant and
the factor |det J|, rewrites integrands, integrates, and finds out where T is not one-to-one.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import cached_property

import numpy as np
import sympy as sp
from sympy.core.function import AppliedUndef

from jaclib.cubature import Cubature, integrate
from jaclib.substitution._boundary import (
    read_expression,
    read_limits,
    read_mapping,
    read_variables,
    refuse_namesakes,
)
from jaclib.substitution._declared import check_declared_signs
from jaclib.substitution._effort import attempt
from jaclib.substitution._exact import exact_integral
from jaclib.substitution._folds import Folds, FoldWarning, find_folds
from jaclib.substitution._inverse import invert
from jaclib.substitution._numeric import unreal_point, vectorised
from jaclib.substitution._preimages import NumericMap, find_all
from jaclib.substitution._region import Region, real_twin
from jaclib.substitution._results import IntegralValue, settle
from jaclib.substitution._signs import factors
from jaclib.substitution._solutions import exact_solutions, merge_solutions, read_point, sort_solutions

SIMPLIFY_SECONDS = 5.0
# Functions that are constant between jumps.
_STEPS = (sp.floor, sp.ceiling, sp.frac)


class Substitution:
    r"""The change of variables x = T(u), with the Jacobian matrix J[i, j] = ∂xᵢ/∂uⱼ.

    Parameters
    ----------
    mapping : dict
        The n old variables as expressions in the n new ones: ``{x: r*cos(t), y: r*sin(t)}``. Or the new ones
        as expressions in the old ones, ``{u: x*y, v: y/x}`` with ``new=(u, v)``: then SymPy solves for the
        old ones.
    new : Symbol or sequence of Symbol
        The new variables, in the order of the columns of J.

    Attributes
    ----------
    old, new : tuple of Symbol
    mapping : dict
        Old variables as expressions in the new ones.

    Raises
    ------
    TypeError
        If `mapping` is not a dictionary of symbols to real expressions.
    ValueError
        If the numbers of variables differ, if det J is identically zero, if two symbols share a name but not
        their assumptions, if a variable is declared discrete (``integer=True``, ``rational=True``), or if an
        inverse mapping has no unique solution.

    Notes
    -----
    All variables are real. Apart from that, only what the symbols declare is assumed: for a plain symbol r
    the factor of polar coordinates is \|r\|, for a positive one it is r. SymPy simplifies by what the old
    symbols declare as well (``Abs(x)`` is x for a positive x), so where limits are given, the map must keep
    those signs.

    References
    ----------
    J. Munkres, Analysis on Manifolds (1991), section 17.

    Examples
    --------
    >>> import sympy as sp
    >>> x, y, t = sp.symbols("x y t")
    >>> r = sp.Symbol("r", nonnegative=True)
    >>> polar = Substitution({x: r * sp.cos(t), y: r * sp.sin(t)}, (r, t))
    >>> polar.jacobian
    Matrix([
    [cos(t), -r*sin(t)],
    [sin(t),  r*cos(t)]])
    >>> polar.det, polar.scale
    (r, r)
    >>> polar.integrate(x**2 + y**2, {r: (0, 2), t: (0, 2 * sp.pi)}).value
    8*pi
    """

    def __init__(self, mapping: Mapping[sp.Symbol, sp.Expr], new):
        expressions, self.new = read_mapping("Substitution", mapping, new)
        if set(expressions) == set(self.new):
            expressions = invert("Substitution", expressions, self.new)
        self.mapping: dict[sp.Symbol, sp.Expr] = expressions
        self.old: tuple[sp.Symbol, ...] = read_variables("Substitution", "mapping", tuple(expressions))
        self._refuse_mixed_variables()
        self._refuse_jumps()
        if _is_zero(self.det, self._twins):
            raise ValueError(
                f"Substitution: det J is identically zero for {self!r}, expected independent new variables. The map "
                "flattens every region to one of volume zero, so it cannot be a change of variables."
            )

    def _refuse_mixed_variables(self) -> None:
        used = set().union(*(expression.free_symbols for expression in self.mapping.values()))
        mixed = (set(self.old) & set(self.new)) | (used & set(self.old))
        if mixed:
            raise ValueError(
                f"Substitution: {sorted(map(str, mixed))} occur as old and as new variables, expected different "
                "symbols. Give the new variable another name."
            )
        unused = [variable for variable in self.new if variable not in used]
        if unused:
            raise ValueError(
                f"Substitution: the mapping does not depend on {unused}, so det J is identically zero; expected "
                f"expressions in {self.new}."
            )

    def _refuse_jumps(self) -> None:
        for old, expression in self.mapping.items():
            row = sp.Matrix([self._real(expression)]).jacobian([self._twins[variable] for variable in self.new])
            if any(not d.expr.has(AppliedUndef) for d in row.atoms(sp.Derivative)) or expression.has(*_STEPS):
                raise ValueError(
                    f"Substitution: {old} = {expression} has no derivative that SymPy knows, expected a differentiable "
                    "map. A function with jumps, such as floor, cannot be a change of variables: split the range at "
                    "the jumps and use a formula for each part."
                )

    @cached_property
    def _twins(self) -> dict[sp.Symbol, sp.Dummy]:
        # Derivatives and simplification happen on symbols known to be real: that alone makes Abs(r)**2 equal
        # r**2.
        symbols = set(self.new).union(*(expression.free_symbols for expression in self.mapping.values()))
        return {symbol: real_twin(symbol) for symbol in symbols}

    def _real(self, expression):
        return expression.xreplace(self._twins)

    def _plain(self, expression):
        return expression.xreplace({twin: symbol for symbol, twin in self._twins.items()})

    @cached_property
    def jacobian(self) -> sp.Matrix:
        """The matrix J[i, j] = ∂(old i)/∂(new j), of shape (n, n)."""
        outputs = sp.Matrix([self._real(expression) for expression in self.mapping.values()])
        matrix = outputs.jacobian([self._twins[variable] for variable in self.new])
        return self._plain(matrix)

    @cached_property
    def det(self) -> sp.Expr:
        """The determinant of J, simplified; its sign tells whether T keeps orientation."""
        matrix = self._real(self.jacobian)
        raw = matrix.det(method="berkowitz")
        return self._plain(attempt(SIMPLIFY_SECONDS, lambda: sp.factor(sp.simplify(raw)), raw))

    @cached_property
    def scale(self) -> sp.Expr:
        """The factor |det J|, without the bars only where the declared assumptions prove the sign."""
        return self._plain(_absolute(self._real(self.det)))

    def transform(self, integrand, limits=None) -> sp.Expr:
        r"""Return the integrand in the new variables times \|det J\|.

        Parameters
        ----------
        integrand : Expr
            In the old variables; new variables may occur too.
        limits : dict or sequence, optional
            As for `integrate`. Bars of \|det J\| are dropped where the limits prove the sign.

        Examples
        --------
        >>> import sympy as sp
        >>> x, y, r, t = sp.symbols("x y r t")
        >>> polar = Substitution({x: r * sp.cos(t), y: r * sp.sin(t)}, (r, t))
        >>> polar.transform(x**2 + y**2)
        r**2*Abs(r)
        >>> polar.transform(x**2 + y**2, {r: (0, 2), t: (0, 2 * sp.pi)})
        r**3
        """
        integrand = self._read_integrand("Substitution.transform", integrand)
        if limits is None:
            return self._rewrite(integrand, self._twins, self.scale)
        region = Region(read_limits("Substitution.transform", limits, self.new))
        self._refuse_false_signs("Substitution.transform", region)
        return self._rewrite(integrand, {**self._twins, **region.twins}, self._scale_on(region))

    def _read_integrand(self, where: str, integrand) -> sp.Expr:
        expression = read_expression(where, "integrand", integrand)
        refuse_namesakes(where, self.old + self.new, [expression])
        return expression

    def _rewrite(self, integrand: sp.Expr, twins: dict[sp.Symbol, sp.Dummy], scale: sp.Expr) -> sp.Expr:
        back = {twin: symbol for symbol, twin in twins.items()}
        moved = integrand.subs(self.mapping, simultaneous=True).xreplace(twins)
        product = moved * scale.xreplace(twins)
        return attempt(SIMPLIFY_SECONDS, lambda: sp.simplify(product), product).xreplace(back)

    def _scale_on(self, region: Region, sampled: bool = False) -> sp.Expr:
        """|det J| on the region, without bars where the sign is proved, or if `sampled` was seen at many points."""
        result = sp.Integer(1)
        for factor in factors(self.det, region):
            known = factor.sign and (factor.proved or sampled)
            result *= factor.sign * factor.expression if known else sp.Abs(region.to_twins(factor.expression))
        return region.from_twins(result)

    def integrate(self, integrand, limits, *, rtol: float = 1e-10, time_limit: float = 10.0) -> IntegralValue:
        r"""Integrate over the image of the limits: ∫ f(T(u)) \|det J\| du.

        The value is exact if SymPy finds one in time and the numeric integral of this package agrees;
        otherwise it is the numeric one, with an error estimate and the reason.

        Parameters
        ----------
        integrand : Expr
            f, in the old variables; new ones may occur too.
        limits : dict or sequence
            A range for each new variable, ``{r: (0, 2), t: (0, 2*pi)}`` or ``[(r, 0, 2), (t, 0, 2*pi)]``.
            Limits may depend on other new variables and may be ``±sympy.oo``. Lower limits come first: the
            factor is \|det J\|.
        rtol : float
            Relative tolerance of the numeric integral.
        time_limit : float
            Seconds for SymPy's search for an exact value.

        Returns
        -------
        IntegralValue
            With ``.value``, ``.error``, ``.method`` ("exact" or "numeric"), ``.reason``, ``.check``,
            ``.transformed``.

        Raises
        ------
        ValueError
            If limits are missing, unknown, not real, or in the wrong order; if symbols other than the
            variables are left; if an old or new variable is declared with a sign that it does not keep inside
            the limits; if the integral diverges, or the integrand is not real inside the limits.

        Warns
        -----
        FoldWarning
            If the map is not one-to-one on the limits. The value then counts each point as often as it is
            reached, that is, ∫ f(x) N(x) dx with N(x) the number of preimages (area formula).
        UnconfirmedWarning
            If the value is SymPy's and the numeric integral did not converge.
        CubatureWarning
            If the value is numeric and did not reach `rtol`.

        Notes
        -----
        Cost: a few hundred milliseconds, mostly for SymPy and for the search for second preimages.

        Examples
        --------
        >>> import sympy as sp
        >>> x, y, u, v = sp.symbols("x y u v")
        >>> turned = Substitution({x: (u + v) / 2, y: (u - v) / 2}, (u, v))
        >>> turned.integrate((x + y) ** 2, {u: (0, 2), v: (0, 2)})
        8/3 (exact, ≈ 2.66666666667; confirmed numerically)
        """
        where = "Substitution.integrate"
        integrand = self._read_integrand(where, integrand)
        region = Region(read_limits(where, limits, self.new))
        moved = integrand.subs(self.mapping, simultaneous=True)
        self._refuse_parameters(where, moved)
        backwards = region.disordered()
        if backwards is not None:
            raise ValueError(
                f"{where}: the limits of {backwards} are in the wrong order, or not real, for some values of the "
                "other variables; expected lower ≤ upper throughout."
            )
        self._refuse_unreal(where, region)
        self._refuse_false_signs(where, region)
        if not region.is_empty:
            folds = find_folds(self.det, [self.mapping[variable] for variable in self.old], region)
            if folds:
                warnings.warn(
                    f"{where}: {folds.reason}. The value counts every point as often as the map reaches it; "
                    "restrict the limits to a part where the map is one-to-one to count it once.",
                    FoldWarning,
                    stacklevel=2,
                )
        # A sampled sign suffices here, because the numeric integral takes the true |det J|.
        scale = self._scale_on(region, sampled=True)
        transformed = self._rewrite(integrand, {**self._twins, **region.twins}, scale)
        exact, why_not = exact_integral(transformed, region, time_limit)
        shown = sp.Integral(transformed, *((v, *region.limits[v]) for v in region.variables[::-1]))
        # The numeric value starts from the integrand as given and |det J| as derived, not from SymPy's
        # rewriting.
        return settle(where, exact, lambda: _numeric_integral(moved, self.det, region, rtol), shown, why_not)

    def _refuse_parameters(self, where: str, moved: sp.Expr) -> None:
        unknown = (moved.free_symbols | self.det.free_symbols) - set(self.new)
        if unknown:
            raise ValueError(
                f"{where}: {sorted(map(str, unknown))} are neither old variables {self.old} nor new ones "
                f"{self.new}. Put in a value for a parameter: expression.subs(a, 2)."
            )

    def _refuse_unreal(self, where: str, region: Region) -> None:
        points = region.points(256)
        for old, expression in self.mapping.items():
            point = unreal_point(expression, region.variables, points)
            if point is not None:
                at = ", ".join(f"{variable} = {float(value):.4g}" for variable, value in point.items())
                raise ValueError(
                    f"{where}: {old} = {expression} is not real at {at}, which lies inside the limits; expected a real "
                    "map. Restrict the limits."
                )

    def _refuse_false_signs(self, where: str, region: Region) -> None:
        if not region.is_empty:
            check_declared_signs(where, {**self.mapping, **{v: v for v in self.new}}, region)

    def folds(self, limits) -> Folds:
        """Examine where the map is not one-to-one on the limits.

        Parameters
        ----------
        limits : dict or sequence
            As for `integrate`.

        Returns
        -------
        Folds
            With ``.sign_changes``, ``.zeros``, ``.witness``, ``.reason``, ``.one_to_one``; true if there is a
            fold.

        Notes
        -----
        Zeros of a factor of det J in one variable are exact. Changes of sign are looked for at 4 096 points,
        second preimages by Newton's method for some 60 points, from as many starts each, a part of them near the
        ends of the ranges; a small overlap elsewhere can escape.

        Examples
        --------
        >>> import sympy as sp
        >>> x, y, u, v = sp.symbols("x y u v")
        >>> folded = Substitution({x: u**2, y: v}, (u, v)).folds({u: (-1, 1), v: (0, 1)})
        >>> folded.sign_changes, folded.one_to_one
        ((Eq(u, 0),), False)
        """
        region = Region(read_limits("Substitution.folds", limits, self.new))
        self._refuse_parameters("Substitution.folds", self.det)
        self._refuse_unreal("Substitution.folds", region)
        return find_folds(self.det, [self.mapping[variable] for variable in self.old], region)

    def preimages(self, point, limits=None, *, time_limit: float = 10.0) -> list[dict[sp.Symbol, sp.Expr | float]]:
        """Find the new variables that the map sends to a point of the old ones.

        Parameters
        ----------
        point : number, sequence of n numbers, or dict
            Values of the old variables, in the order of `mapping`.
        limits : dict or sequence, optional
            As for `integrate`: search this region by Newton's method from 512 starts as well. Without limits,
            the solutions are those that SymPy finds, of which there may be infinitely many more for a
            periodic map.
        time_limit : float
            Seconds for SymPy.

        Returns
        -------
        list of dict
            One dictionary per preimage, {new variable: value}; exact where SymPy found it, floats elsewhere.
            Empty if the point is not reached.

        Raises
        ------
        ValueError
            If the point has the wrong length or is not finite, or if SymPy cannot solve and no limits are
            given.

        Examples
        --------
        >>> import sympy as sp
        >>> x, y, u, v = sp.symbols("x y u v")
        >>> Substitution({x: u**2, y: v}, (u, v)).preimages((4, 1))
        [{u: -2, v: 1}, {u: 2, v: 1}]
        """
        where = "Substitution.preimages"
        target = read_point(where, self.old, point)
        outputs = list(self.mapping.values())
        unknowns = {variable: self._twins[variable] for variable in self.new}
        if limits is not None:
            region = Region(read_limits(where, limits, self.new))
            self._refuse_parameters(where, self.det)
            self._refuse_unreal(where, region)
        exact = exact_solutions([self._real(output) for output in outputs], unknowns, target, time_limit)
        if limits is not None:
            found = find_all(NumericMap(outputs, region), np.array(target, dtype=float), 512)
            return merge_solutions(exact or [], found, region, self.new)
        if exact is None:
            raise ValueError(
                f"{where}: SymPy found no way to solve {self!r} = {tuple(target)} within {time_limit:g} s. Give "
                "limits: then the region is searched numerically."
            )
        return sort_solutions(exact, self.new)

    def __repr__(self) -> str:
        inside = ", ".join(f"{old}: {expression}" for old, expression in self.mapping.items())
        return f"Substitution({{{inside}}}, new={self.new})"

    def _repr_latex_(self) -> str:
        lines = [f"{sp.latex(old)} &= {sp.latex(expression)}" for old, expression in self.mapping.items()]
        lines.append(rf"\left|\det J\right| &= {sp.latex(self.scale)}")
        return r"$\displaystyle \begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}$"


def _absolute(expression: sp.Expr) -> sp.Expr:
    """|expression|, factor by factor, so that only factors of unknown sign keep their bars."""
    return sp.Mul(*(sp.Abs(factor) for factor in sp.Mul.make_args(sp.factor(expression))))


def _is_zero(det: sp.Expr, twins: dict[sp.Symbol, sp.Dummy]) -> bool:
    """Whether det vanishes identically: as an expression, or at each of 16 generic points where it is real."""
    if det == 0:
        return True
    real = det.xreplace(twins)
    if real.is_zero is False or not real.free_symbols:
        return bool(real.is_zero)
    symbols = sorted(real.free_symbols, key=str)
    generator = np.random.default_rng(0)
    draws = generator.uniform(0.3, 2.3, (16, len(symbols)))
    values = []
    for row in draws:
        point = {
            s: sp.Rational(float(value)) * (-1 if s.is_negative else 1) for s, value in zip(symbols, row, strict=True)
        }
        # 30 digits: cancellation to zero cannot be taken for a small determinant.
        values.append(abs(sp.N(real.xreplace(point), 30, maxn=200)))
    finite = [value for value in values if value.is_number and value.is_finite]
    return bool(finite) and all(value < 1e-20 for value in finite)


def _numeric_integral(moved: sp.Expr, det: sp.Expr, region: Region, rtol: float) -> Cubature:
    """∫ moved · |det| over the region, by cubature in the region's parameters."""
    if region.is_empty:
        return Cubature(0.0, 0.0, 0, True)
    # Powers are joined, so that exp(-exp(u)) * exp(u) does not become 0 * inf.
    density = vectorised(sp.powsimp(moved * sp.Abs(det)), region.variables)

    def f(*parameters):
        values, weight = region.from_parameters(parameters)
        return density(*values) * weight

    return integrate(f, region.parameter_limits, rtol=rtol)
