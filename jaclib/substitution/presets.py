r"""Changes of variables that everybody uses, ready-made.

Each function returns a `Substitution` with the formulas of its inverse and, as ``.ranges``, the full natural range
of its new variables, on which it is one-to-one up to a set of measure zero. ``polar().ranges`` are the limits of an
integral over the whole plane.

========================  ==============================================================  =======================
preset                    formulas                                                        det J
========================  ==============================================================  =======================
``affine(A, b)``          x = A u + b, in n dimensions                                    det A
``polar()``               x = r cos θ, y = r sin θ                                        r
``elliptic(a, b)``        x = a r cos θ, y = b r sin θ                                    a b r
``cylindrical()``         x = r cos θ, y = r sin θ, z = ζ                                 r
``spherical()``           x = r sin φ cos θ, y = r sin φ sin θ, z = r cos φ               r² sin φ
``parabolic()``           x = (u² − v²)/2, y = u v                                        u² + v²
``log()``                 x = eᵘ, that is, u = ln x                                       eᵘ
``logistic()``            x = 1/(1 + e⁻ᵘ), that is, u = ln(x/(1 − x))                     x (1 − x)
========================  ==============================================================  =======================

Old variables are plain symbols x, y, z, new ones as in the table, where r is declared nonnegative. Unpack them,
``x, y = p.old; r, theta = p.new``, or give your own: ``polar(new=(rho, t))``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import sympy as sp

from jaclib import _validate
from jaclib.substitution._boundary import read_expression, read_variables
from jaclib.substitution.mapping import Substitution

__all__ = ["affine", "cylindrical", "elliptic", "log", "logistic", "parabolic", "polar", "spherical"]

_RADIUS = sp.Symbol("r", nonnegative=True)
_X, _Y, _Z, _U, _V, _W = sp.symbols("x y z u v w")
_THETA, _PHI, _ZETA = sp.symbols("theta phi zeta")
_LINE, _HALF_LINE, _TURN = (-sp.oo, sp.oo), (0, sp.oo), (0, 2 * sp.pi)


def affine(matrix, offset=None, *, old=None, new=None) -> Substitution:
    r"""Return x = A u + b in n dimensions, with det J = det A.

    Parameters
    ----------
    matrix : array_like or Matrix, shape (n, n)
        A: numbers, or expressions in parameters. With floats, integrals are numeric.
    offset : array_like, shape (n,), optional
        b, zero by default.
    old, new : sequence of n Symbol, optional
        By default x, y, z and u, v, w; in more than three dimensions x1, ..., xn and u1, ..., un.

    Returns
    -------
    Substitution

    Raises
    ------
    TypeError
        If an entry is not a real number or expression, or a variable not a symbol.
    ValueError
        If the matrix is not square or its determinant is zero, or if a number of entries is wrong.

    References
    ----------
    J. Munkres, Analysis on Manifolds (1991), section 20.

    Examples
    --------
    The image of [0, 2] × [0, 1] is a parallelogram of area 2 · \|−5\|:

    >>> from jaclib.substitution import presets
    >>> parallelogram = presets.affine([[1, 2], [3, 1]], [0, 4])
    >>> u, v = parallelogram.new
    >>> parallelogram.det, parallelogram.integrate(1, {u: (0, 2), v: (0, 1)}).value
    (-5, 10)
    """
    where = "presets.affine"
    rows = _rows(where, matrix)
    n = len(rows)
    A = sp.Matrix(n, n, [read_expression(where, "matrix", entry) for row in rows for entry in row])
    entries = [0] * n if offset is None else list(np.asarray(offset, dtype=object).ravel())
    if len(entries) != n:
        raise ValueError(f"{where}: offset has {len(entries)} entries, expected {n} to match the matrix.")
    b = sp.Matrix([read_expression(where, "offset", entry) for entry in entries])
    if n <= 3:
        defaults = (_X, _Y, _Z)[:n], (_U, _V, _W)[:n]
    else:
        defaults = sp.symbols(f"x1:{n + 1}"), sp.symbols(f"u1:{n + 1}")
    old, new = _symbols(where, "old", old, defaults[0]), _symbols(where, "new", new, defaults[1])
    if A.det() == 0:
        raise ValueError(
            f"{where}: the matrix {A.tolist()} has determinant 0, expected an invertible one: its image is flat."
        )
    forward, back = A * sp.Matrix(new) + b, A.inv() * (sp.Matrix(old) - b)
    return _built(old, new, forward, back, [_LINE] * n)


def polar(*, old=None, new=None) -> Substitution:
    r"""Return polar coordinates of the plane, x = r cos θ, y = r sin θ, with det J = r.

    The ranges are r in [0, ∞) and θ in [0, 2π].

    Parameters
    ----------
    old, new : sequence of 2 Symbol, optional
        By default x, y and r, theta, where r is declared nonnegative.

    Returns
    -------
    Substitution

    Examples
    --------
    The whole plane:

    >>> import sympy as sp
    >>> from jaclib.substitution import presets
    >>> polar = presets.polar()
    >>> x, y = polar.old
    >>> polar.integrate(sp.exp(-(x**2 + y**2) / 2), polar.ranges).value
    2*pi

    A disc: take the radius from 0 to 2 and leave the angle as it is.

    >>> r, theta = polar.new
    >>> polar.integrate(x**2 + y**2, {**polar.ranges, r: (0, 2)}).value
    8*pi
    """
    return _rays("presets.polar", 1, 1, old, new)


def elliptic(a, b, *, old=None, new=None) -> Substitution:
    r"""Return polar coordinates stretched to an ellipse, x = a r cos θ, y = b r sin θ, with det J = a b r.

    The ellipse with the semi-axes a and b is r ≤ 1. The ranges are r in [0, ∞) and θ in [0, 2π].

    Parameters
    ----------
    a, b : number or Expr
        The semi-axes, positive; symbols must be declared positive.
    old, new : sequence of 2 Symbol, optional
        By default x, y and r, theta, where r is declared nonnegative.

    Returns
    -------
    Substitution

    Raises
    ------
    ValueError
        If a semi-axis is not known to be positive.

    Examples
    --------
    >>> from jaclib.substitution import presets
    >>> ellipse = presets.elliptic(3, 2)
    >>> x, y = ellipse.old
    >>> r, theta = ellipse.new
    >>> ellipse.integrate(x**2, {**ellipse.ranges, r: (0, 1)}).value
    27*pi/2
    """
    where = "presets.elliptic"
    axes = [read_expression(where, name, value) for name, value in (("a", a), ("b", b))]
    for name, value in zip("ab", axes, strict=True):
        if not value.is_positive:
            raise ValueError(
                f"{where}: {name} is {value}, expected a positive semi-axis. Declare a symbol: "
                f"sympy.Symbol({str(value)!r}, positive=True)."
            )
    return _rays(where, *axes, old, new)


def cylindrical(*, old=None, new=None) -> Substitution:
    r"""Return cylindrical coordinates of space, x = r cos θ, y = r sin θ, z = ζ, with det J = r.

    The ranges are r in [0, ∞), θ in [0, 2π], ζ in (−∞, ∞). The height has a name of its own, ζ, because old and new
    variables must differ.

    Parameters
    ----------
    old, new : sequence of 3 Symbol, optional
        By default x, y, z and r, theta, zeta, where r is declared nonnegative.

    Returns
    -------
    Substitution

    Examples
    --------
    A cone of height and radius 1:

    >>> from jaclib.substitution import presets
    >>> cylindrical = presets.cylindrical()
    >>> r, theta, zeta = cylindrical.new
    >>> cylindrical.integrate(1, {**cylindrical.ranges, zeta: (0, 1), r: (0, zeta)}).value
    pi/3
    """
    where = "presets.cylindrical"
    old = x, y, z = _symbols(where, "old", old, (_X, _Y, _Z))
    new = r, theta, zeta = _symbols(where, "new", new, (_RADIUS, _THETA, _ZETA))
    forward = r * sp.cos(theta), r * sp.sin(theta), zeta
    back = sp.sqrt(x**2 + y**2), _angle(x, y), z
    return _built(old, new, forward, back, (_HALF_LINE, _TURN, _LINE))


def spherical(*, old=None, new=None) -> Substitution:
    r"""Return spherical coordinates, x = r sin φ cos θ, y = r sin φ sin θ, z = r cos φ, with det J = r² sin φ.

    The convention is that of most calculus books: φ in [0, π] is the polar angle, measured from the positive z axis;
    θ in [0, 2π] is the azimuth, measured in the xy plane from the positive x axis. Physicists (ISO 80000-2) exchange
    the two letters. The range of r is [0, ∞).

    Parameters
    ----------
    old, new : sequence of 3 Symbol, optional
        By default x, y, z and r, phi, theta, where r is declared nonnegative. The polar angle is the second.

    Returns
    -------
    Substitution

    Examples
    --------
    >>> from jaclib.substitution import presets
    >>> spherical = presets.spherical()
    >>> x, y, z = spherical.old
    >>> r, phi, theta = spherical.new
    >>> spherical.scale
    r**2*sin(phi)
    >>> spherical.integrate(z**2, {**spherical.ranges, r: (0, 2)}).value
    128*pi/15
    """
    where = "presets.spherical"
    old = x, y, z = _symbols(where, "old", old, (_X, _Y, _Z))
    new = r, phi, theta = _symbols(where, "new", new, (_RADIUS, _PHI, _THETA))
    distance = sp.sqrt(x**2 + y**2 + z**2)
    forward = r * sp.sin(phi) * sp.cos(theta), r * sp.sin(phi) * sp.sin(theta), r * sp.cos(phi)
    back = distance, sp.acos(z / distance), _angle(x, y)
    note = f"{phi} is the polar angle from the positive {z} axis, {theta} the azimuth"
    return _built(old, new, forward, back, (_HALF_LINE, (0, sp.pi), _TURN), note)


def parabolic(*, old=None, new=None) -> Substitution:
    r"""Return parabolic coordinates of the plane, x = (u² − v²)/2, y = u v, with det J = u² + v².

    Lines of constant u and of constant v are parabolas with their focus at the origin. The ranges are u in (−∞, ∞) and
    v in [0, ∞): (u, v) and (−u, −v) have the same image.

    Parameters
    ----------
    old, new : sequence of 2 Symbol, optional
        By default x, y and u, v, where v is declared nonnegative.

    Returns
    -------
    Substitution

    References
    ----------
    P. Morse, H. Feshbach, Methods of Theoretical Physics (1953), section 5.1.

    Examples
    --------
    The region between the parabolas y² = 1 − 2x and y² = 1 + 2x is u² ≤ 1, v ≤ 1:

    >>> from jaclib.substitution import presets
    >>> parabolic = presets.parabolic()
    >>> u, v = parabolic.new
    >>> parabolic.integrate(1, {u: (-1, 1), v: (0, 1)}).value
    4/3
    """
    where = "presets.parabolic"
    old = x, y = _symbols(where, "old", old, (_X, _Y))
    new = u, v = _symbols(where, "new", new, (_U, sp.Symbol("v", nonnegative=True)))
    opening = sp.sqrt(sp.sqrt(x**2 + y**2) - x)
    return _built(old, new, ((u**2 - v**2) / 2, u * v), (y / opening, opening), (_LINE, _HALF_LINE))


def log(*, old=None, new=None) -> Substitution:
    r"""Return x = eᵘ, that is, u = ln x, which takes the whole line to x > 0; det J = eᵘ.

    Parameters
    ----------
    old, new : Symbol or sequence of Symbol, optional
        By default x and u. With several, the map acts on each coordinate.

    Returns
    -------
    Substitution

    Examples
    --------
    >>> import sympy as sp
    >>> from jaclib.substitution import presets
    >>> log = presets.log()
    >>> (x,), (u,) = log.old, log.new
    >>> log.integrate(sp.log(x) ** 2 / x, {u: (0, 1)}).value
    1/3
    """
    return _each("presets.log", sp.exp, sp.log, _HALF_LINE, old, new)


def logistic(*, old=None, new=None) -> Substitution:
    r"""Return x = 1/(1 + e⁻ᵘ), that is, u = ln(x/(1 − x)), which takes the whole line to 0 < x < 1; det J = x (1 − x).

    Parameters
    ----------
    old, new : Symbol or sequence of Symbol, optional
        By default x and u. With several, the map acts on each coordinate.

    Returns
    -------
    Substitution

    Examples
    --------
    >>> from jaclib.substitution import presets
    >>> logistic = presets.logistic()
    >>> (x,) = logistic.old
    >>> logistic.integrate(x, logistic.ranges).value
    1/2
    """
    return _each("presets.logistic", lambda u: 1 / (1 + sp.exp(-u)), lambda x: sp.log(x / (1 - x)), (0, 1), old, new)


def _rays(where: str, a, b, old, new) -> Substitution:
    old = x, y = _symbols(where, "old", old, (_X, _Y))
    new = r, theta = _symbols(where, "new", new, (_RADIUS, _THETA))
    forward = a * r * sp.cos(theta), b * r * sp.sin(theta)
    back = sp.sqrt((x / a) ** 2 + (y / b) ** 2), _angle(x / a, y / b)
    return _built(old, new, forward, back, (_HALF_LINE, _TURN))


def _each(where: str, function, inverse, image, old, new) -> Substitution:
    count = max((len(_tuple(symbols)) for symbols in (old, new) if symbols is not None), default=1)
    defaults = (_X, _Y, _Z)[:count], (_U, _V, _W)[:count]
    old, new = _symbols(where, "old", old, defaults[0]), _symbols(where, "new", new, defaults[1])
    forward, back = [function(u) for u in new], [inverse(x) for x in old]
    return _built(old, new, forward, back, [_LINE] * count, image=[image] * count)


def _angle(x: sp.Expr, y: sp.Expr) -> sp.Expr:
    """Return the angle of (x, y) in (0, 2π]; atan2 alone gives (−π, π]."""
    return sp.atan2(-y, -x) + sp.pi


def _built(old, new, forward, back, ranges, note: str = "", image=None) -> Substitution:
    formulas, inverse = dict(zip(old, forward, strict=True)), dict(zip(new, back, strict=True))
    ranges, image_ranges = dict(zip(new, ranges, strict=True)), image and dict(zip(old, image, strict=True))
    return Substitution.from_parts(old, new, formulas, inverse, ranges=ranges, image_ranges=image_ranges, note=note)


def _tuple(symbols) -> tuple:
    return (symbols,) if isinstance(symbols, sp.Symbol) else tuple(symbols)


def _symbols(where: str, name: str, given, defaults: Sequence[sp.Symbol]) -> tuple[sp.Symbol, ...]:
    symbols = tuple(defaults) if given is None else read_variables(where, name, given)
    if len(symbols) != len(defaults):
        raise ValueError(f"{where}: {name} is {symbols}, expected {len(defaults)} symbols, as {tuple(defaults)}.")
    return symbols


def _rows(where: str, matrix) -> list[list]:
    if isinstance(matrix, sp.MatrixBase):
        rows = matrix.tolist()
    else:
        try:
            rows = [list(row) for row in matrix]
        except TypeError:
            rows = []
    if not rows or any(len(row) != len(rows) for row in rows):
        raise ValueError(
            f"{where}: matrix is {_validate.describe(matrix)}, expected a square one, such as [[1, 2], [3, 1]]."
        )
    return rows
