"""Chapter 3, from signed limits to the Gaussian integral."""

from functools import cache

import numpy as np
import sympy as sp

from equations import book
from equations.helpers import over_quarter_disc, sympy_jacobian
from equations.registry import Choice, Random, register
from equations.values import column, cos, sin

ANY = Random(low=-1.5, high=1.5)
PLUS = Random()
HALF = sp.Rational(1, 2)


def shoelace(polygon):
    """Return the area of a polygon with the corners in the columns of a 2 × N array."""
    x, y = polygon
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)


# -- one dimension ---------------------------------------------------------------------------------

register(
    "eq-3-substitution",
    "identity",
    "SymPy integrates $f(u) = u^3 - u$ with $g(x) = x^2 - x$, which rises and falls, for every $a$ and $b$.",
    given=dict(f=lambda u: u**3 - u, F=lambda u: u**4 / 4 - u**2 / 2, g=lambda x: x**2 - x, a=ANY, b=PLUS),
)
register(
    "eq-3-sets",
    "exact",
    "SymPy integrates $f(u) = u^2$ with the falling map $g(x) = 1 - x^2$ on $S = [\\frac12, 2]$, so $g(S) = [-3, "
    "\\frac34]$.",
    given=dict(f=lambda u: u**2, g=lambda x: 1 - x**2),
    regions={"g ( S )": [[(-3, HALF + HALF / 2)]], "S": [[(HALF, 2)]]},
)


def _visits(u):
    """Return how often sin x passes u for x from 0 to 3π."""
    base = np.arcsin(u)
    return sum(0 <= x <= 3 * np.pi for k in (0, 2, 4) for x in (base + k * np.pi, (k + 1) * np.pi - base))


register(
    "eq-3-count",
    "numeric",
    "The pendulum, $g(x) = \\sin x$ from 0 to $3\\pi$, and $f(u) = u^2 + u + 1$: quadrature of both sides, "
    "visits counted by arcsin.",
    given=dict(f=lambda u: u**2 + u + 1, g=lambda x: sin(x), N=_visits),
    regions={
        "S": [[(k * np.pi / 2, (k + 1) * np.pi / 2)] for k in range(6)],
        "": [[(-1, 0)], [(0, 1)]],
    },
)

# -- linear and curved maps ------------------------------------------------------------------------

register(
    "eq-3-parallelogram",
    "numeric",
    "The area is side times side times the sine of the angle between them, for random vectors of both orientations.",
    given=dict(a=Random((2, 1), -1, 1), b=Random((2, 1), -1, 1)),
    where=dict(
        A=lambda a, b: np.hstack([a, b]),
        area_of_the_parallelogram=lambda a, b: (
            np.linalg.norm(a) * np.linalg.norm(b) * abs(np.sin(np.arctan2(*a[::-1, 0]) - np.arctan2(*b[::-1, 0])))
        ),
    ),
    trials=6,
)
register(
    "eq-3-linear",
    "numeric",
    "$S$ is a polygon with seven corners; both areas come from the shoelace formula, for random matrices of both "
    "orientations.",
    given=dict(
        A=Random((2, 2), -1, 1),
        area=shoelace,
        S=np.array([[0, 2, 3, 2.5, 1, 0.5, -1], [0, -1, 0.5, 2, 2.5, 1, 1.0]]),
    ),
    trials=6,
)


def bent(p):
    """Return what the chapter's map T gives for a column, or for the columns of an array."""
    return book.function(3, "T")(p)


register(
    "eq-3-jacobian",
    "identity",
    "SymPy's Jacobian of the chapter's map `T`, and its derivatives, one by one.",
    given=dict(u=ANY, v=ANY),
    where=dict(
        x=lambda u, v: bent((u, v))[0],
        y=lambda u, v: bent((u, v))[1],
        J_T=lambda u, v: sympy_jacobian(lambda u, v: bent((u, v)), u, v),
    ),
)
register(
    "eq-3-taylor",
    "numeric",
    "For the chapter's map `T`: $R$ from its second derivatives, which are constant, and the smallest $K$ that "
    "serves for all $s$.",
    given=dict(
        T=bent,
        p=Random((2, 1)),
        h=Random(low=0.75, high=0.95),
        s=Choice((np.array([[1.0], [1.0]]), np.array([[0.3], [0.8]]), np.array([[0.9], [0.2]]))),
        K=np.sqrt(0.5),
    ),
    where=dict(R=lambda h, s: h**2 * column(-(s[1, 0] ** 2) / 2, s[0, 0] * s[1, 0] / 2)),
    trials=6,
)


def _square(p, h, points=2000):
    """Return the border of the square cell with the lower left corner p."""
    way = np.arange(points) / points
    ones = np.ones(points)
    return p + h * np.vstack([[*way, *ones, *way[::-1], *(0 * ones)], [*(0 * ones), *way, *ones, *way[::-1]]])


register(
    "eq-3-cell",
    "numeric",
    "For the chapter's map `T`: the area of the bent cell comes from the shoelace formula on its border. For "
    "this map the smallest "
    "$C$ is known, so the bound is sharp.",
    given=dict(T=bent, p=Random((2, 1)), h=Random(low=0.1, high=0.9), area=shoelace),
    where=dict(cell=_square, C=lambda p, h: 0.25 + p[1, 0] / 2 + h / 6 + 1e-5),
)
register(
    "eq-3-total-error",
    "numeric",
    "For a polygon $D$ and random $C$ and $h$; the limit is of order 1 in $h$.",
    given=dict(area=shoelace, D=np.array([[0, 2, 3, 1], [0, 0, 2, 3.0]]), C=PLUS, h=PLUS),
    vanishing="h",
    order=1,
)


def cubic(*point):
    """Return x y² + x of two numbers, or of a column."""
    x, y = point if len(point) == 2 else np.ravel(point[0])
    return x * y**2 + x


register(
    "eq-3-change",
    "exact",
    "SymPy integrates $xy^2 + x$ over the trapezoid $0 \\le x \\le 2$, $0 \\le y \\le 1 + \\frac x2$, and over "
    "the unit square that "
    "$T(u, v) = (2u, (1 + u)\\,v)$ sends to it.",
    given=dict(f=cubic, T=lambda u, v: column(2 * u, (1 + u) * v)),
    regions={"T ( D )": [[(0, 2), lambda x: (0, 1 + x / 2)]], "D": [[(0, 1), (0, 1)]]},
)

# -- polar coordinates and other maps --------------------------------------------------------------


def polar(r, theta):
    """Return the vector (r, 0), turned by an angle."""
    return r * cos(theta), r * sin(theta)


def determinant(function, *point):
    """Return the determinant of SymPy's Jacobian."""
    return sp.Matrix(sympy_jacobian(function, *point)).det()


register(
    "eq-3-polar",
    "identity",
    "SymPy proves the first line. In the second, $dx\\,dy$ means the determinant that SymPy finds for the polar "
    "map, and $dr\\,d\\theta$ "
    "counts as 1.",
    given=dict(r=PLUS, theta=PLUS, drdtheta=1),
    where=dict(dxdy=lambda r, theta: determinant(polar, r, theta)),
)
register("eq-3-half-disc", "exact", "SymPy integrates, and evaluates every step.")
register(
    "eq-3-triangle",
    "identity",
    "$x$ and $y$ come from the chapter's function `triangle`; SymPy proves all four formulas.",
    given=dict(u=PLUS, v=PLUS),
    where=dict(
        x=lambda u, v: book.function(3, "triangle")((u, v))[0],
        y=lambda u, v: book.function(3, "triangle")((u, v))[1],
    ),
)
register(
    "eq-3-inverse",
    "numeric",
    "For the chapter's functions `S` and `S_inverse`: central differences of both, at matching points.",
    given=dict(
        S=lambda x, y: book.function(3, "S")(np.array([x, y])),
        T=lambda u, v: book.function(3, "S_inverse")(np.array([u, v])),
        u=PLUS,
        v=PLUS,
        I=np.eye(2),
    ),
    where=dict(x=lambda T, u, v: T(u, v)[0], y=lambda T, u, v: T(u, v)[1]),
)


def _between_hyperbolas():
    """Return the region 1 ≤ x² - y² ≤ 4, 1 ≤ xy ≤ 2 in pieces, cut where the border changes."""
    corners = [(1 + 5**0.5) / 2, (1 + 17**0.5) / 2, 2 + 5**0.5, 2 + 8**0.5]
    a, b, c, d = np.sqrt(corners)
    return [
        [(a, b), lambda x: (1 / x, np.sqrt(x**2 - 1))],
        [(b, c), lambda x: (1 / x, 2 / x)],
        [(c, d), lambda x: (np.sqrt(x**2 - 4), 2 / x)],
    ]


register(
    "eq-3-hyperbolas",
    "numeric",
    "$J_S$ comes from central differences of the chapter's `S`. The double integral on the left is computed "
    "between the hyperbolas, in "
    "$x$ and $y$, by quadrature.",
    given=dict(S=lambda x, y: book.function(3, "S")(np.array([x, y])), u=PLUS, v=PLUS),
    where=dict(
        x=lambda u, v: book.function(3, "S_inverse")(np.array([u, v]))[0],
        y=lambda u, v: book.function(3, "S_inverse")(np.array([u, v]))[1],
    ),
    regions={"": _between_hyperbolas()},
)


def spherical(rho, varphi, theta):
    """Return the vector (0, 0, ρ), tilted by φ and then turned by θ."""
    tilt = np.array([[cos(varphi), 0, sin(varphi)], [0, 1, 0], [-sin(varphi), 0, cos(varphi)]], dtype=object)
    turn = np.array([[cos(theta), -sin(theta), 0], [sin(theta), cos(theta), 0], [0, 0, 1]], dtype=object)
    return turn @ tilt @ np.array([0, 0, rho], dtype=object)


register(
    "eq-3-spherical",
    "identity",
    "A vertical vector is tilted by φ and turned by θ, as matrices do it. $dx\\,dy\\,dz$ means the determinant "
    "that SymPy finds for this "
    "map, and $d\\rho\\,d\\varphi\\,d\\theta$ counts as 1.",
    given=dict(rho=PLUS, varphi=PLUS, theta=PLUS, drhodvarphidtheta=1),
    where=dict(
        x=lambda rho, varphi, theta: spherical(rho, varphi, theta)[0],
        y=lambda rho, varphi, theta: spherical(rho, varphi, theta)[1],
        z=lambda rho, varphi, theta: spherical(rho, varphi, theta)[2],
        dxdydz=lambda rho, varphi, theta: determinant(spherical, rho, varphi, theta),
    ),
)

# -- the Gaussian integral -------------------------------------------------------------------------


@cache
def _bell_area():
    x = sp.Symbol("x", real=True)
    return sp.integrate(sp.exp(-(x**2)), (x, -sp.oo, sp.oo))


register(
    "eq-3-gaussian",
    "exact",
    "SymPy knows $I$ from the error function, and integrates over the plane in both coordinates.",
    where=dict(I=_bell_area),
    regions={"": [[(-sp.oo, sp.oo), (-sp.oo, sp.oo)]]},
)
register(
    "eq-3-squeeze",
    "numeric",
    "Quadrature of the integral, for three $R$; the bounds are compared with integrals over discs of radius $R$ "
    "and $\\sqrt2 R$.",
    given=dict(R=Choice((0.5, 1.2, 1.5))),
    sides={(0, 0): lambda R: _bell_over_disc(R), (0, 2): lambda R: _bell_over_disc(np.sqrt(2) * R)},
    trials=6,
)


def _bell_over_disc(radius):
    return 4 * over_quarter_disc(lambda x, y: np.exp(-(x**2) - y**2), radius)


def _over_the_plane(function):
    """Integrate over the plane by the trapezoidal rule, exact to rounding for a function that fades like a bell."""
    nodes = np.linspace(-8, 8, 33)
    return (nodes[1] - nodes[0]) ** 2 * sum(function(column(x, y)) for x in nodes for y in nodes)


register(
    "eq-3-gaussian-n",
    "numeric",
    "For $n = 2$ and a covariance matrix that is not diagonal: the trapezoidal rule in the plane.",
    given=dict(Sigma=np.array([[1.3, 0.4], [0.4, 0.7]]), n=2),
    regions={"R ^ n": _over_the_plane},
)
