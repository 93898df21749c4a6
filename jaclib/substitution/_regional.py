"""A map and regions of its old variables: the limits of the new ones, and a figure of both."""

from __future__ import annotations

from jaclib.substitution._covering import CoveringMap
from jaclib.substitution.regions import FoundLimits, draw, find_limits


class RegionalMap(CoveringMap):
    """A map that takes regions of the old variables for limits."""

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
        >>> from jaclib import Substitution
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
        >>> from jaclib import Substitution
        >>> x, y, r, t = sp.symbols("x y r t")
        >>> fig = Substitution({x: r * sp.cos(t), y: r * sp.sin(t)}, (r, t)).plot([x**2 + y**2 <= 4, y >= 0])
        >>> [ax.get_title() for ax in fig.axes[:2]]
        ['area 6.28', 'image area 6.28']
        >>> plt.close(fig)
        """
        return draw("Substitution.plot", self, limits)
