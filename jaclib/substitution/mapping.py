r"""Change of variables in n dimensions: ∫_{T(U)} f(x) dx = ∫_U f(T(u)) |det J_T(u)| du.

`Substitution` holds the map T from the new variables u to the old ones x. It derives J, its determinant and
the factor |det J|, rewrites integrands, integrates, and finds out where T is not one-to-one.
"""

from __future__ import annotations

import sympy as sp

from jaclib.substitution._boundary import read_expression, refuse_namesakes
from jaclib.substitution._covering import CoveringMap
from jaclib.substitution._determinant import absolute_on
from jaclib.substitution._implicit import implicit_transform
from jaclib.substitution._integration import refuse_false_signs, rewrite
from jaclib.substitution._region import Region
from jaclib.substitution._results import IntegralValue
from jaclib.substitution.regions import FoundLimits, draw, find_limits, integral_over_pieces, read_pieces


class Substitution(CoveringMap):
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

    def integrate(self, integrand, limits, *, rtol: float = 1e-10, time_limit: float = 10.0) -> IntegralValue:
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
        >>> turned.integrate((x + y) ** 2, [0 <= x + y, x + y <= 2, 0 <= x - y, x - y <= 2]).value
        8/3
        """
        where = "Substitution.integrate"
        integrand = self._read_integrand(where, integrand)
        pieces = read_pieces(where, self, limits)
        return integral_over_pieces(where, self, integrand, pieces, rtol=rtol, time_limit=time_limit)

    def find_limits(self, region, *, within=None, time_limit: float = 20.0) -> FoundLimits:
        r"""Find limits of the new variables for a region of the old ones, and say how.

        Parameters
        ----------
        region : list of inequalities, dict, or shape
            Inequalities in the old variables, all of which hold: ``[x**2 + y**2 <= 4, x >= 0]``; they may be
            joined by ``And`` and ``Or`` and contain ``Abs``, ``Max`` and ``Min``. Or ranges, ``{x: (0, 1), y: (0,
            x)}``. Or a shape: `Polygon`, `Disc`, `Ellipse`, `Ball`, `Ellipsoid` of `jaclib.substitution`, or SymPy's
            polygon, circle or ellipse. A list may have all of these: it stands for what they have in common.
        within : dict, optional
            Ranges that new variables have to keep to, ``{t: (-pi, pi)}``. By default one period of an angle, r ≥ 0
            for a length: as much as reaches every point once.
        time_limit : float
            Seconds of processor time after which no further order of integration is tried.

        Returns
        -------
        FoundLimits
            With ``.limits``, ``.pieces``, ``.steps``, ``.boundaries``, ``.notes``, ``.check``; it prints as its
            steps, and `integrate` takes it for limits.

        Raises
        ------
        TypeError
            If the region is given in another form.
        ValueError
            If no formula for a limit is found, with the boundary that has none; if the map does not reach the whole
            region, or a part of it more than once; if the region is empty, or has other symbols than the old
            variables; if it goes on beyond the sign that an old variable is declared with.

        Notes
        -----
        Each boundary is written in the new variables and solved for the innermost one; where two of the formulas
        cross or end, the range of the next variable is cut (cylindrical decomposition). All orders of up to three
        variables are tried, and the simplest limits returned that stand a comparison with the region: 8 192 points
        inside the limits must go into the region, 512 points of the region must have one preimage inside the limits,
        and the area by the limits must be that which sampling the inequalities gives, up to six of its standard
        errors (about 0.1 %). A part of the region that is smaller than that could be missed.

        Cost: about a second, up to ten in three variables.

        References
        ----------
        G. E. Collins, Quantifier elimination for real closed fields by cylindrical algebraic decomposition (1975).

        Examples
        --------
        >>> import sympy as sp
        >>> x, y, r, t = sp.symbols("x y r t")
        >>> polar = Substitution({x: r * sp.cos(t), y: r * sp.sin(t)}, (r, t))
        >>> found = polar.find_limits([(x - 1) ** 2 + y**2 <= 1, y >= 0])
        >>> found.limits
        {t: (0, pi/2), r: (0, 2*cos(t))}
        >>> print(found.boundaries[1])
        y >= 0 becomes r*sin(t) >= 0, that is 0 <= t <= pi.
        >>> polar.integrate(y, found).value
        2/3
        """
        return find_limits("Substitution.find_limits", self, region, within=within, time_limit=time_limit)

    def plot(self, limits):
        r"""Draw the region of the new variables, its image, and the local factor \|det J\| between them.

        Parameters
        ----------
        limits : dict, sequence, or region
            As for `integrate`, with finite ends.

        Returns
        -------
        matplotlib.figure.Figure
            In two variables three panels: the region with its coordinate lines, the image with the images of these
            lines, and \|det J\| as a map of colours; a black line shows where det J changes its sign. In one variable
            the graph with equal steps of the new variable, and \|dx/du\|.

        Raises
        ------
        ValueError
            If there are three or more variables (the message names a slice that can be drawn), if a range or the image
            is infinite, or as in `find_limits`.

        Examples
        --------
        >>> import matplotlib.pyplot as plt
        >>> import sympy as sp
        >>> x, y, r, t = sp.symbols("x y r t")
        >>> fig = Substitution({x: r * sp.cos(t), y: r * sp.sin(t)}, (r, t)).plot([x**2 + y**2 <= 4, y >= 0])
        >>> [ax.get_title() for ax in fig.axes[:2]]
        ['area 6.28', 'image area 6.28']
        >>> plt.close(fig)
        """
        return draw("Substitution.plot", self, limits)
