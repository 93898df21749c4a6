"""The answers of chapter 3 against sources that know nothing of the bank.

In variants, integrals are computed in the old variables, where no Jacobian determinant is needed, densities are those
of SciPy or small steps of a probability, and determinants come from small steps: no formula of the bank is used.
"""

import itertools

import numpy as np
import pytest
from exercise_sources import Floats, as_floats
from scipy import integrate, stats

import exercise_quality as quality
from jaclib.exercises.bank import load
from jaclib.exercises.bank.chapter3 import polar_code, sampling
from jaclib.exercises.checking import judge
from jaclib.exercises.task import Task, make_task

BANK = load()


# --- the numbers of variants -------------------------------------------------------------------------------------


def line(f, a, b, *turns):
    """Integrate over an interval, which is cut where the integrand has kinks."""
    ends = [a, *sorted(turn for turn in turns if a < turn < b), b]
    return sum(integrate.quad(f, low, high)[0] for low, high in itertools.pairwise(ends))


def plane(f, a, b, low, high):
    """Integrate f(x, y) for x from a to b and y from low(x) to high(x)."""
    return integrate.dblquad(lambda y, x: f(x, y), a, b, low, high, epsabs=1e-9, epsrel=1e-9)[0]


def shoelace(corners):
    x, y = np.asarray(corners, dtype=float).T
    return abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2


def small_steps(T, at, h=1e-5):
    """Return the Jacobian matrix of T by central differences."""
    at = np.asarray(at, dtype=float)
    steps = h * np.eye(len(at))
    return np.stack([(np.asarray(T(at + s)) - np.asarray(T(at - s))) / (2 * h) for s in steps], axis=1)


def rate(probability, y, h=1e-5):
    """Return the density that belongs to a distribution function."""
    return (probability(y + h) - probability(y - h)) / (2 * h)


def disc(f, R):
    return plane(f, -R, R, lambda x: -np.sqrt(R**2 - x**2), lambda x: np.sqrt(R**2 - x**2))


def ellipse(f, a, b):
    def half(x):
        return b * np.sqrt(1 - x**2 / a**2)

    return plane(f, -a, a, lambda x: -half(x), half)


def parallelogram(f, corners):
    """Integrate a quadratic function: on a triangle, the mean of its values at the middles of the sides is exact."""
    total = 0.0
    for triangle in (corners[[0, 1, 2]], corners[[0, 2, 3]]):
        middles = (triangle + np.roll(triangle, -1, axis=0)) / 2
        total += shoelace(triangle) * np.mean([f(*point) for point in middles])
    return total


def tilted(g):
    corners = np.array([(0, 0), (g.p / 2, g.p / 2), ((g.p + g.q) / 2, (g.p - g.q) / 2), (g.q / 2, -g.q / 2)])
    return parallelogram(lambda x, y: (x + y) ** 2, corners)


def between_hyperbolas(g):
    def height(x):
        return min(g.a / x, g.b * x) - max(1 / x, x)

    return line(height, (1 / g.b) ** 0.5, g.a**0.5, 1.0, (g.a / g.b) ** 0.5)


def whole_plane(exponent, side=12.0, steps=400):
    """Add up a bell on a grid; equal steps are exact to rounding for it."""
    x = np.linspace(-side, side, steps + 1)
    return np.sum(np.exp(-exponent(x[:, None], x))) * (2 * side / steps) ** 2


def quadratic_form(g):
    (a, b), (_, c) = g.P
    return whole_plane(lambda x, y: (a * x**2 + 2 * b * x * y + c * y**2) / 2)


def moved_rectangle(g):
    return shoelace(np.array([(0, 0), (g.a, 0), (g.a, g.b), (0, g.b)]) @ g.A.T)


def borders(g):
    """Return the extremes of u and v along the lines of the border, between their corners."""

    def corner(total, slope):
        return np.array([total, total * slope]) / (1 + slope)

    corners = [corner(total, slope) for total, slope in ((g.a, g.m), (g.a, g.n), (g.b, g.n), (g.b, g.m))]
    x, y = np.concatenate([np.linspace(p, q, 50) for p, q in itertools.pairwise([*corners, corners[0]])]).T
    return [np.min(x + y), np.max(x + y), np.min(y / (x + y)), np.max(y / (x + y))]


def tile(g):
    sides = g.h * small_steps(lambda p: [p[0] * p[1], p[0] ** 2 - g.k * p[1] ** 2], [g.u, g.v]).T
    return shoelace([np.zeros(2), sides[0], sides[0] + sides[1], sides[1]])


def folded(g):
    reached = np.linspace(-g.a, g.b, 100_001) ** 2
    return (reached.max() - reached.min()) * g.h


def ring(g):
    angles = np.linspace(0, 2 * np.pi, 100_001)[:-1]
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return shoelace(g.outer * circle) - shoelace(g.inner * circle)


def square_of_uniform(g):
    uniform = stats.uniform(-g.a, g.a + g.b)
    return [rate(lambda y: uniform.cdf(np.sqrt(y)) - uniform.cdf(-np.sqrt(y)), y) for y in (g.p**2, g.q**2)]


def coupling(g):
    J = small_steps(lambda x: [x[0], x[1] * np.exp(x[0] / g.k) + x[0] ** 2], [g.x1, g.x2])
    return np.linalg.det(J)


def flow(g):
    """Build a flow with these log-scales, with shifts and exchanges; go back from z, and measure its Jacobian."""

    def to_base(x):
        for s in g.s:
            x = np.array([x[1] * np.exp(s) + np.sin(x[0]), x[0]])
        return x

    x = g.z
    for s in g.s[::-1]:
        x = np.array([x[1], (x[0] - np.sin(x[1])) * np.exp(-s)])
    np.testing.assert_allclose(to_base(x), g.z)
    return stats.norm.logpdf(g.z).sum() + np.linalg.slogdet(small_steps(to_base, x))[1]


def hit_or_miss(g):
    values = g.B * (np.arange(g.n) < g.hits)
    return [values.mean(), values.std() / np.sqrt(g.n)]


INDEPENDENT = {
    "E3.1": lambda g: line(lambda x: x * np.exp(-g.c * x**2), 0, g.b),
    "E3.2": lambda g: line(lambda x: np.exp(-np.sqrt(x)) / np.sqrt(x), g.a, g.b),
    "E3.3": lambda g: line(lambda x: x**2, -g.a, g.b),
    "E3.4": moved_rectangle,
    "E3.5": lambda g: disc(lambda x, y: x**2 + y**2, g.R),
    "E3.6": lambda g: plane(lambda x, y: x * y, 0, g.R, lambda x: 0.0, lambda x: np.sqrt(g.R**2 - x**2)),
    "E3.7": tilted,
    "E3.8": between_hyperbolas,
    "E3.9": lambda g: ellipse(lambda x, y: x**2, g.a, g.b),
    "E3.10": lambda g: line(lambda z: z**2 * np.pi * (g.R**2 - z**2), -g.R, g.R),
    "E3.11": lambda g: line(lambda x: line(lambda y: np.exp(g.c * y / x), 0, x), 0, g.b),
    "E3.12": lambda g: line(lambda x: np.exp(-(x**2) / g.k), -np.inf, np.inf) ** 2,
    "E3.13": lambda g: stats.lognorm(s=1).pdf(g.y),
    "E3.14": lambda g: stats.chi2(1).pdf(g.y),
    "E3.15": lambda g: stats.multivariate_normal(g.b, g.A @ g.A.T).logpdf(g.x),
    "E3.16": coupling,
    "E3.17": folded,
    "E3.20": lambda g: line(lambda t: abs(2 * t - 2 * g.c), 0, g.T, g.c),
    "E3.21": tile,
    "E3.22": lambda u, v: np.linalg.det(small_steps(lambda p: [p[0] ** 2 - p[1] ** 2, 2 * p[0] * p[1]], [u, v])),
    "E3.24": lambda g: line(lambda r: 2 * np.pi * r**3 * (g.H - g.a * r), 0, g.H / g.a),
    "E3.25": ring,
    "E3.26": square_of_uniform,
    "E3.27": flow,
    "E3.28": hit_or_miss,
    "E3.29": quadratic_form,
    "E3.31": lambda g: (g.e * np.sqrt(g.n) / g.target) ** 2,
    "E3.32": borders,
    "E3.33": lambda g: small_steps(lambda p: [np.hypot(*p), np.arctan2(p[1], p[0])], [g.x, g.y]),
}


def tasks_of(id):
    exercise = BANK[id]
    return [Task(exercise), *(make_task(exercise, variant) for variant in quality.VARIANTS if exercise.draw)]


def test_every_computed_answer_has_an_independent_source():
    computed = {id for id, e in BANK.items() if e.chapter == 3 and e.kind not in ("code", "choice", "set")}
    assert computed == INDEPENDENT.keys()


@pytest.mark.parametrize("id", INDEPENDENT)
def test_the_answers_agree_with_other_sources(id):
    for task in tasks_of(id):
        if task.exercise.kind == "expression":
            for u, v in ((0.5, -1.5), (2.0, 0.3), (-1.0, -2.0)):
                found = float(task.raw_answer.subs({"u": u, "v": v}))
                np.testing.assert_allclose(found, INDEPENDENT[id](u, v), rtol=1e-6)
            continue
        found = as_floats(task.raw_answer, task.exercise.kind)
        np.testing.assert_allclose(found, INDEPENDENT[id](Floats(task)), rtol=1e-6)


def test_values_that_are_reached_twice_are_counted():
    for task in tasks_of("E3.30"):
        g = Floats(task)
        low, high = g.c - g.p, g.c + g.q
        ends = [-(g.c**2), low**2 - 2 * g.c * low, high**2 - 2 * g.c * high]
        for u in (*ends, *(end + shift for end in ends for shift in (-0.01, 0.01))):
            roots = g.c + np.array([-1, 1]) * np.sqrt(max(u + g.c**2, 0.0))
            reached = {round(x, 9) for x in roots if low <= x <= high and u >= -(g.c**2)}
            assert task.raw_answer.contains(u) == (len(reached) == 2), (task.name, u)


def test_a_choice_of_factor_agrees_with_the_area_of_a_unit_square():
    image = shoelace(np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) @ np.array([[1.0, 1.0], [3.0, -1.0]]).T)
    assert image == 4
    assert BANK["E3.23"].options[Task(BANK["E3.23"]).raw_answer] == r"$\frac14\, du\, dv$"


# --- functions to write ------------------------------------------------------------------------------------------


def rejected(n, rng):
    points = np.empty((0, 2))
    while len(points) < n:
        drawn = rng.uniform(-1, 1, (2 * n, 2))
        points = np.concatenate([points, drawn[np.sum(drawn**2, axis=1) <= 1]])
    return points[:n]


def from_four_normals(n, rng):
    """Two of the four coordinates of a point on the sphere in four dimensions are uniform on the disc."""
    z = rng.normal(size=(n, 4))
    return z[:, :2] / np.linalg.norm(z, axis=1, keepdims=True)


@pytest.mark.parametrize("sampler", [rejected, from_four_normals])
def test_other_ways_to_sample_the_disc_are_right(sampler):
    assert judge(Task(BANK["E3.18"]), sampler).correct


def test_one_point_after_another_with_the_radius_uniform_is_recognised():
    def sampler(n, rng):
        pairs = rng.uniform(size=(n, 2))
        return [(r * np.cos(2 * np.pi * w), r * np.sin(2 * np.pi * w)) for r, w in pairs]

    verdict = judge(Task(BANK["E3.18"]), sampler)
    assert verdict.misconception == "radius-drawn-uniformly"
    assert dict(verdict.details)["Got"].startswith("0.5") or dict(verdict.details)["Got"].startswith("0.49")


def test_points_that_are_thrown_away_are_recognised_whatever_is_drawn():
    def sampler(n, rng):
        x, y = rng.uniform(-1, 1, n), rng.uniform(-1, 1, n)
        return np.stack([x, y], axis=1)[x**2 + y**2 < 1]

    verdict = judge(Task(BANK["E3.18"]), sampler)
    assert verdict.misconception == "points-lost"
    assert dict(verdict.details)["Expected"] == "1"


def test_a_row_for_each_coordinate_is_recognised():
    verdict = judge(Task(BANK["E3.18"]), lambda n, rng: tuple(rejected(n, rng).T))
    assert verdict.misconception == "coordinates-in-rows"
    assert verdict.details[1:] == (("Expected", "(2,)"), ("Got", "(5,)"))


def test_the_share_of_the_inner_half_has_room_for_noise():
    standard_error = np.sqrt(0.25 * 0.75 / sampling.MANY)
    assert 5 * standard_error < sampling.NOISE


def test_an_integral_in_the_old_variables_is_right():
    assert judge(Task(BANK["E3.19"]), lambda f, R: disc(f, R) if R else 0.0).correct


def test_the_integrals_that_are_expected_agree_with_scipy():
    assert disc(lambda x, y: np.exp(x + 2 * y), 1.5) == pytest.approx(polar_code._EXPONENTIAL, rel=1e-9)
    assert disc(lambda x, y: np.cos(5 * x), 2.0) == pytest.approx(polar_code._WAVE, abs=1e-9)
    assert disc(lambda x, y: 1 / (1.25 - x), 1.0) == pytest.approx(np.pi, rel=1e-9)


@pytest.mark.parametrize("steps", [100, 400])
def test_a_rule_that_is_too_coarse_does_not_pass(steps):
    def midpoints(f, R):
        r, angle = np.meshgrid((np.arange(steps) + 0.5) * R / steps, (np.arange(steps) + 0.5) * 2 * np.pi / steps)
        return np.mean(f(r * np.cos(angle), r * np.sin(angle)) * r) * 2 * np.pi * R

    assert judge(Task(BANK["E3.19"]), midpoints).correct is False
