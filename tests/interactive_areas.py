"""What jaclib says the numbers of chapter 3's interactive figures are; `interactive_numbers.py` explains the form."""

import functools
import itertools
import math

import numpy as np
import sympy as sp

import jaclib

x, y = sp.symbols("x y", real=True)
_r, _theta = sp.symbols("r theta", positive=True)
POLAR = jaclib.Substitution({x: _r * sp.cos(_theta), y: _r * sp.sin(_theta)}, new=(_r, _theta))
_polar_scale = sp.lambdify(POLAR.new, POLAR.scale)


def polar(state):
    def to_plane(p):
        return np.stack([p[0] * np.cos(p[1]), p[0] * np.sin(p[1])])

    r, dr, theta, dtheta = state["r"], state["dr"], math.radians(state["theta"]), math.radians(state["dtheta"])
    corner = np.array([r, theta])
    matrix = jaclib.numeric_jacobian(to_plane, corner)
    det = np.linalg.det(matrix)
    exact = jaclib.integrate(_polar_scale, [(r, r + dr), (theta, theta + dtheta)]).value
    middle = _polar_scale(r + dr / 2, theta) * dr * dtheta
    assert math.isclose(exact, middle, rel_tol=1e-9)  # what the figure says of the middle radius
    return {
        "rectangle": dr * dtheta,
        "det": det,
        "columns": matrix.T,
        "linear": abs(det) * dr * dtheta,
        "exact": exact,
        "middle": r + dr / 2,
        "miss": exact - abs(det) * dr * dtheta,
        "relative": 1 - abs(det) * dr * dtheta / exact,
        "corner": to_plane(corner),
        "sides": (matrix * [dr, dtheta]).T,
    }


_u, _v = sp.symbols("u v", real=True)
FOLDS = {
    "fold": jaclib.Substitution({x: _u**2 + _v / 2, y: _v}, new=(_u, _v)),
    "cube": jaclib.Substitution({x: _u**3, y: _v}, new=(_u, _v)),
    "winding": jaclib.Substitution({x: sp.exp(_u) * sp.cos(_v), y: sp.exp(_u) * sp.sin(_v)}, new=(_u, _v)),
}
_fold_dets = {name: sp.lambdify(change.new, change.det) for name, change in FOLDS.items()}


def fold(state):
    name, u, v, w, h = (state[key] for key in ("map", "u", "v", "w", "h"))
    det = _fold_dets[name]

    def over(function, turned=h):
        cuts = sorted({u, u + w} | ({0.0} if u < 0 < u + w else set()))  # |det J| has a corner at u = 0
        pieces = itertools.pairwise(cuts)
        return sum(jaclib.integrate(function, [piece, (v, v + turned)]).value for piece in pieces)

    signed, counted = over(det), over(lambda *p: abs(det(*p)))
    if name == "winding":
        covered = over(det, min(h, 2 * math.pi))  # once around
    else:
        # At each height the image is one piece, as long as the values of x there differ.
        across = np.append(np.linspace(u, u + w, 1001), [0.0] if u < 0 < u + w else [])
        covered = h * np.ptp(across**2 if name == "fold" else across**3)
    return {
        "signed": signed,
        "counted": counted,
        "covered": covered,
        "up": (counted + signed) / 2,
        "down": (signed - counted) / 2,
        "twice": counted - covered,
        "crosses": name == "fold" and u < 0 < u + w,
    }


_x, _y, _positive = sp.Symbol("x", real=True), sp.Symbol("y", real=True), sp.Symbol("y", positive=True)
_normal = sp.exp(-(_x**2) / 2) / sp.sqrt(2 * sp.pi)
# X, g, Y and where X lives.
PUSHED = {
    "double": (sp.Integer(1), 2 * _x, _y, {_x: (0, 1)}),
    "falling": (_normal, 1 - _x / 2, _y, None),
    "exp": (_normal, sp.exp(_x), _positive, None),
    "square": (_normal, _x**2, _positive, None),
}


@functools.cache
def _pushed(name):
    px, g, new, support = PUSHED[name]
    return (
        sp.lambdify(_x, px),
        sp.lambdify(_x, g),
        sp.lambdify(_x, sp.diff(g, _x)),
        jaclib.pushforward_density(px, {new: g}, new, support=support),
    )


def _area(function, low, high):
    # Towards the lower end in squares: the density of a square grows there like one over a root.
    return jaclib.integrate(lambda t: function(low + t**2) * 2 * t, [(0, math.sqrt(high - low))]).value


def density(state):
    name, x0, x1 = state["map"], state["x"], state["x"] + state["w"]
    px, g, slope, py = _pushed(name)
    values = [g(x0), g(x1), *([g(0)] if name == "square" and x0 < 0 < x1 else [])]
    low, high = min(values), max(values)
    area = _area(lambda y: np.asarray(py(y), float), low, high)
    return {
        "y": g(x0),
        "slope": slope(x0),
        "px": px(x0),
        "py": None if slope(x0) == 0 else float(py(g(x0))),
        "image": [low, high],
        "underX": area,  # the same number, from two sides
        "underY": area,
    }


AREAS = {
    "polar": (
        polar,
        [
            {"r": 0},
            {"r": 0, "theta": 0, "dr": 0.01, "dtheta": 1},
            {"r": 2},  # the other tile of the chapter
            {"r": 2, "theta": 45, "dr": 1, "dtheta": 45},
            {"dr": 0.0625, "dtheta": 3.75},  # halved three times
            {"dr": 0.002, "dtheta": 0.2},
        ],
    ),
    "fold": (
        fold,
        [
            {"u": -1, "w": 2.5},  # the chapter's
            {"u": -0.6, "w": 1.2},  # symmetric: the signed area is 0
            {"u": 0},  # touches the crease
            {"u": -1.2},
            {"u": -1.7, "w": 1.5, "v": 0.6},
            {"map": "cube", "u": -0.6, "w": 1.6},
            {"map": "cube", "u": -1.2, "w": 0.2},
            {"map": "winding", "u": 0, "w": 1, "v": 0, "h": 12.57},  # the chapter's, twice around
            {"map": "winding", "u": -0.5, "w": 1.6, "v": 3, "h": 6.28},
        ],
    ),
    "density": (
        density,
        [
            {"x": 1.5, "w": 0.5},  # the chapter's density of a square at 2.25
            {"x": 0, "w": 0.5},  # y = 0: the density is unbounded
            {"x": -0.5, "w": 0.5},
            {"x": -0.3, "w": 1},  # around 0
            {"x": -2.3, "w": 0.05},
            {"map": "exp", "x": 1.1, "w": 0.6},
            {"map": "exp", "x": -3, "w": 2},
            {"map": "falling", "x": 1, "w": 1},  # down to y = 0
            {"map": "double", "x": 0.01, "w": 0.99},  # at 0 itself the density may be anything
        ],
    ),
}
