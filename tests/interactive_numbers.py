"""What jaclib says the numbers of each interactive figure are.

``EXPECTED`` has, for each figure, a function of a state that returns what ``compute`` of its module must return (some
keys are enough; None stands for an undefined number), and the states at which the two are compared beside random ones.
"""

import itertools
import math

import numpy as np
from interactive_areas import AREAS

import jaclib

LINE = np.array([[-1.0, 1.0], [1.0, 4.0], [3.0, 4.0]])
MAPS = {
    "line": lambda v: np.mean((v[0] * LINE[:, 0] + v[1] - LINE[:, 1]) ** 2),
    "cubic": lambda v: v[0] ** 3 * v[1] + 2 * v[0] * v[1] ** 2,
    "jumpy": lambda v: 2 * v[0] * v[1] / (v[0] ** 2 + v[1] ** 2),
}


def gradient(state):
    f, point = MAPS[state["f"]], np.array([state["x"], state["y"]])
    turn = math.radians(state["angle"])
    u = np.array([math.cos(turn), math.sin(turn)])
    if state["f"] == "jumpy" and not point.any():
        return {"value": 0.0, "gx": None, "gy": None, "slope": None, "between": None}
    slope = jaclib.grad(f)(point)
    length = np.linalg.norm(slope)
    cosine = slope @ u / length if length else None
    return {
        "value": float(f(point)),
        "gx": slope[0],
        "gy": slope[1],
        "ux": u[0],
        "uy": u[1],
        "length": length,
        "slope": jaclib.jvp(f, (point,), (u,))[1],
        "between": None if cosine is None else math.degrees(math.acos(np.clip(cosine, -1, 1))),
    }


# The same graphs, written as functions of what stands in a row of boxes.
STEPS = {
    "two": {"s": lambda x, y: x + y, "p": lambda x, y: x * y, "f": lambda s, p: s * p},
    "four": {
        "s": lambda x, y: x + y,
        "p": lambda x, y: x * y,
        "q": lambda s, p: s * p,
        "r": lambda s, p: s - p,
        "f": lambda q, r: q * r,
    },
}
ARGUMENTS = {"s": "xy", "p": "xy", "q": "sp", "r": "sp"}
PATHS = {"two": ["sf", "pf"], "four": ["sqf", "srf", "pqf", "prf"]}


def paths(state):
    steps = STEPS[state["graph"]]
    arguments = ARGUMENTS | {"f": "sp" if state["graph"] == "two" else "qr"}

    def run(x, y):
        boxes = {"x": x, "y": y}
        for name, step in steps.items():
            boxes[name] = step(*(boxes[argument] for argument in arguments[name]))
        return boxes

    values = run(state["x"], state["y"])
    partials = {}
    for name, step in steps.items():
        slopes = jaclib.grad(step, argnums=(0, 1))(*(float(values[argument]) for argument in arguments[name]))
        partials |= {f"{argument}>{name}": slope for argument, slope in zip(arguments[name], slopes, strict=True)}
    expected = []
    for nodes in ([state["from"], *path] for path in PATHS[state["graph"]]):
        factors = [partials[f"{a}>{b}"] for a, b in itertools.pairwise(nodes)]
        expected.append({"nodes": nodes, "factors": factors, "product": math.prod(factors)})
    total = jaclib.grad(lambda v: run(v[0], v[1])["f"])(np.array([state["x"], state["y"]], float))
    return {"values": values, "partials": partials, "paths": expected, "sum": total["xy".index(state["from"])]}


PLANE_MAPS = {
    "bend": lambda x: np.stack([x[0] + x[1] ** 2 / 2, x[1] + np.sin(x[0])]),
    "square": lambda x: np.stack([x[0] ** 2 - x[1] ** 2, 2 * x[0] * x[1]]),
    "kink": lambda x: np.stack([np.abs(x[0]) + x[1] / 2, x[1]]),
}


def zoom(state):
    f, point, half = PLANE_MAPS[state["map"]], np.array([state["x"], state["y"]], float), 1 / state["zoom"]
    if state["map"] == "kink" and point[0] == 0:
        return {"value": f(point), "J": None, "half": half, "miss": None, "relative": None}
    matrix = jaclib.jacrev(f)(point)
    steps = half * np.stack(np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9))).reshape(2, -1)
    gaps = f(point[:, None] + steps) - f(point)[:, None] - matrix @ steps
    miss = np.linalg.norm(gaps, axis=0).max()
    return {"value": f(point), "J": matrix, "half": half, "miss": miss, "relative": miss / half}


def layouts(state):
    # The map whose Jacobian it is, so that the entries are derivatives and not only numbers.
    matrix = jaclib.jacrev(
        lambda x: np.stack([state["j11"] * x[0] + state["j12"] * x[1], state["j21"] * x[0] + state["j22"] * x[1]])
    )(np.array([0.3, -0.7]))
    det = np.linalg.det(matrix)
    return {
        "columns": matrix.T,
        "transposed": matrix,
        "det": det,
        "area": abs(det),
        "same": bool(matrix[0, 1] == matrix[1, 0]),
    }


LINKS = (1.2, 0.8)  # of the chapter's arm


def arm(state):
    def tip(theta):
        shoulder, both = theta[0], theta[0] + theta[1]
        first, second = LINKS
        return np.stack(
            [first * np.cos(shoulder) + second * np.cos(both), first * np.sin(shoulder) + second * np.sin(both)]
        )

    theta = np.radians([state["t1"], state["t2"]])
    matrix, point = jaclib.jacrev(tip)(theta), tip(theta)
    across, axes, _ = np.linalg.svd(matrix)
    singular = state["t2"] % 180 == 0
    inward = -point / np.linalg.norm(point)
    return {
        "elbow": [LINKS[0] * math.cos(theta[0]), LINKS[0] * math.sin(theta[0])],
        "tip": point,
        "J": matrix,
        "det": np.linalg.det(matrix),
        "axes": axes,
        "inward": None if singular else np.linalg.norm(np.linalg.solve(matrix, inward)),
        "slow": across[:, 1] * np.sign(across[:, 1] @ point),
    }


EXPECTED = {
    "gradient": (
        gradient,
        [
            {"f": "line", "x": 0.75, "y": 2.25, "angle": 30},  # the lowest point
            {"f": "cubic", "x": 0, "y": 0, "angle": 0},
            {"f": "jumpy", "x": 0, "y": 0, "angle": 45},  # no gradient
            {"f": "jumpy", "x": 0, "y": 0.01, "angle": 360},
            {"f": "cubic", "x": -2.5, "y": 3, "angle": 180},  # a corner
        ],
    ),
    "paths": (
        paths,
        [
            {"x": 0, "y": 0},
            {"x": 1, "y": -2},  # two paths that cancel
            {"graph": "four", "x": 1, "y": -2, "from": "y"},
            {"graph": "four", "x": 4, "y": -4},
            {"graph": "four", "x": 2, "y": 2, "from": "y"},  # r = 0
        ],
    ),
    "zoom": (
        zoom,
        [
            {"zoom": 100},
            {"map": "square", "x": 0, "y": 0},  # J = 0
            {"map": "kink", "x": 0, "y": 1, "zoom": 10},  # no J
            {"map": "kink", "x": 0.05, "y": 0, "zoom": 1},
            {"map": "kink", "x": -2, "y": 2, "zoom": 3},  # linear, no miss
            {"map": "bend", "x": 0, "y": 0},
        ],
    ),
    "layouts": (
        layouts,
        [
            {"j11": 1, "j12": 2, "j21": -0.5, "j22": -1},  # singular
            {"j11": 0, "j12": 0, "j21": 0, "j22": 0},
            {"j11": 0, "j12": 1, "j21": 1, "j22": 0},  # flips the plane
            {"j11": 2, "j12": -2, "j21": 2, "j22": 2},
        ],
    ),
    "arm": (
        arm,
        [
            {"t2": 0},  # singular: stretched
            {"t1": -180, "t2": 180},  # singular: folded
            {"t1": 75, "t2": -180},
            {"t2": 0.1},
            {"t1": -90, "t2": -90},
            {"t1": 140, "t2": 135},  # the ellipse is almost a circle
        ],
    ),
    **AREAS,
}
