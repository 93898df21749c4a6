"""What jaclib says the numbers of each interactive figure are.

``EXPECTED`` has, for each figure, a function of a state that returns what ``compute`` of its module must return (some
keys are enough; None stands for an undefined number), and the states at which the two are compared beside random ones.
"""

import math

import numpy as np

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


# What the numbers of a figure must be, and the states beside random ones at which they are compared.
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
}
