r"""Change of variables in n dimensions: ∫_{T(U)} f(x) dx = ∫_U f(T(u)) |det J_T(u)| du.

`Substitution` holds the map T from the new variables u to the old ones x. It derives J, its determinant and
the factor |det J|, rewrites integrands, integrates, and finds out where T is not one-to-one.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from jaclib.substitution._boundary import read_expression, refuse_namesakes
from jaclib.substitution._determinant import absolute_on
from jaclib.substitution._implicit import implicit_transform
from jaclib.substitution._integration import COUNTS, refuse_false_signs, rewrite
from jaclib.substitution._region import Region
from jaclib.substitution._regional import RegionalMap
from jaclib.substitution._results import IntegralValue
from jaclib.substitution.regions import integral_over_pieces, read_pieces


class Substitution(RegionalMap):
    r"""The change of variables x = T(u), with the Jacobian matrix J[i, j] = ∂xᵢ/∂uⱼ.

    Parameters
    ----------
    mapping : dict
        The n old variables as expressions in the n new ones: ``{x: r*cos(t), y: r*sin(t)}``. Or the new ones
        as expressions in the old ones, ``{u: x*y, v: y/x}`` with ``new=(u, v)``: then SymPy solves for the
        old ones; see the notes for what happens if it cannot.
    new : Symbol or sequence of Symbol
        The new variables, in the order of the columns of J.
    ranges : dict or sequence, optional
        What the new variables run over, as limits for `integrate`: ``{r: (0, oo), t: (0, 2*pi)}``. Bars of
        \|det J\| are dropped where these prove the sign, and `inverse` takes the solution that holds there.
        By default what the symbols declare.

    Attributes
    ----------
    old, new : tuple of Symbol
    mapping, ranges : dict
        Old variables as expressions in the new ones; the ranges of the new ones.
    jacobian : Matrix
        J[i, j] = ∂(old i)/∂(new j), of shape (n, n).
    det, scale : Expr
        det J, simplified, and \|det J\|.

    Raises
    ------
    TypeError
        If `mapping` is not a dictionary of symbols to real expressions.
    ValueError
        If the numbers of variables differ, if det J is identically zero, if two symbols share a name but not
        their assumptions, or if a variable is declared discrete (``integer=True``, ``rational=True``).

    Notes
    -----
    All variables are real. Apart from that, only what the symbols declare is assumed: for a plain symbol r
    the factor of polar coordinates is \|r\|, for a positive one it is r. SymPy simplifies by what the old
    symbols declare as well (``Abs(x)`` is x for a positive x), so where limits are given, the map must keep
    those signs.

    A mapping new = S(old) that SymPy cannot solve, or not in one way, still has det J = 1/det S′, in the old
    variables. `transform` and `integrate` write the integrand times \|det J\| in the new variables, if it depends
    on them alone; otherwise the numeric integral solves for the old variables at each of its points. What needs
    formulas for the old variables raises a `ValueError` that says why there are none.

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

    def transform(self, integrand, limits=None) -> sp.Expr:
        r"""Return the integrand in the new variables times \|det J\|.

        Parameters
        ----------
        integrand : Expr
            In the old variables; new variables may occur too.
        limits : dict, sequence, or region, optional
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
        where = "Substitution.transform"
        integrand = self._read_integrand(where, integrand)
        if limits is None and (self.given_ranges is None or self.formulas is None):
            return (
                implicit_transform(where, self, integrand, None) if self.formulas is None else rewrite(self, integrand)
            )
        rewritten = [
            self._transformed_on(where, integrand, region)
            for region in read_pieces(where, self, self.ranges if limits is None else limits)
        ]
        # What holds on one part only, such as |u| = u, is not the integrand on all of them.
        return rewritten[0] if len(set(rewritten)) == 1 else rewrite(self, integrand)

    def _transformed_on(self, where: str, integrand: sp.Expr, region: Region | None) -> sp.Expr:
        if self.formulas is None:
            return implicit_transform(where, self, integrand, region)
        if region is None:
            return rewrite(self, integrand)
        refuse_false_signs(where, self, region)
        return rewrite(self, integrand, region.twins, absolute_on(self.det, region))

    def _read_integrand(self, where: str, integrand) -> sp.Expr:
        expression = read_expression(where, "integrand", integrand)
        refuse_namesakes(where, self.old + self.new, [expression])
        return expression

    def integrate(
        self,
        integrand,
        limits,
        *,
        count: str | None = None,
        check: bool = False,
        rtol: float = 1e-10,
        time_limit: float = 10.0,
    ) -> IntegralValue:
        r"""Integrate over the image of the limits: ∫ f(T(u)) \|det J\| du.

        The value is exact if SymPy finds one in time and the numeric integral of this package agrees;
        otherwise it is the numeric one, with an error estimate and the reason.

        Parameters
        ----------
        integrand : Expr
            f, in the old variables; new ones may occur too.
        limits : dict, sequence, or region
            A range for each new variable, ``{r: (0, 2), t: (0, 2*pi)}`` or ``[(r, 0, 2), (t, 0, 2*pi)]``.
            Limits may depend on other new variables and may be ``±sympy.oo``. Lower limits come first: the
            factor is \|det J\|. Or a region of the old variables, ``[x**2 + y**2 <= 4, x >= 0]`` or
            ``Polygon([(0, 0), (1, 1), (2, 0)])``, or what `find_limits` returned for one.
        count : {"multiplicity", "image"}, optional
            How to count a point that the map reaches N times: N times, ∫ f(x) N(x) dx (area formula), or once, as a
            point of the image. Without it N times, with a warning if the map is found not to be one-to-one.
        check : bool
            Print the exact and the numeric value side by side, with their difference. The exact value is compared
            with the numeric one in any case.
        rtol : float
            Relative tolerance of the numeric integral.
        time_limit : float
            Seconds for SymPy's search for an exact value.

        Returns
        -------
        IntegralValue
            With ``.value``, ``.error``, ``.method`` ("exact" or "numeric"), ``.reason``, ``.transformed``, and
            ``.exact``, ``.numeric``, ``.difference``.

        Raises
        ------
        ValueError
            If limits are missing, unknown, not real, or in the wrong order; if symbols other than the
            variables are left; if an old or new variable is declared with a sign that it does not keep inside
            the limits; if the integral diverges, or the integrand is not real inside the limits.

        Warns
        -----
        FoldWarning
            If the map is not one-to-one on the limits, and `count` does not say what that means.
        UnconfirmedWarning
            If the value is SymPy's and the numeric integral did not converge.
        CubatureWarning
            If the value is numeric and did not reach `rtol`.

        Notes
        -----
        Each point once: where symmetries of the map, or its monotone pieces, give parts on which it is one-to-one,
        the value is as exact as otherwise. Elsewhere the points that are reached several times are sampled, which
        gives three or four digits, with an error estimate at 99.9 %.

        Cost: a few hundred milliseconds, mostly for SymPy and for the search for second preimages.

        References
        ----------
        H. Federer, Geometric Measure Theory (1969), section 3.2.3 (area formula).

        Examples
        --------
        >>> import sympy as sp
        >>> x, y, u, v = sp.symbols("x y u v")
        >>> turned = Substitution({x: (u + v) / 2, y: (u - v) / 2}, (u, v))
        >>> turned.integrate((x + y) ** 2, {u: (0, 2), v: (0, 2)})
        8/3 (exact, ≈ 2.66666666667; confirmed numerically)
        >>> turned.integrate((x + y) ** 2, [0 <= x + y, x + y <= 2, 0 <= x - y, x - y <= 2]).value
        8/3

        A map that covers its image, a square of area 1, twice:

        >>> folded = Substitution({x: u**2, y: v}, (u, v))
        >>> [folded.integrate(1, {u: (-1, 1), v: (0, 1)}, count=c).value for c in ("multiplicity", "image")]
        [2, 1]
        """
        where = "Substitution.integrate"
        integrand = self._read_integrand(where, integrand)
        if count not in COUNTS:
            raise ValueError(
                f'{where}: count is {count!r}, expected "multiplicity", which counts a point as often as it is '
                'reached, or "image", which counts it once.'
            )
        pieces = read_pieces(where, self, limits)
        if (
            count == "image"
            and len(pieces) > 1
            and isinstance(limits, (list, tuple))
            and isinstance(limits[0], Mapping)
        ):
            raise ValueError(
                f'{where}: count="image" with {len(pieces)} parts, expected one, because the images of the parts may '
                "overlap. Give ranges that cover all of them, or a region of the old variables."
            )
        options = {"count": count, "check": check, "rtol": rtol, "time_limit": time_limit}
        return integral_over_pieces(where, self, integrand, pieces, **options)
