"""The answers of chapter 2 against sources that know nothing of the bank.

In variants, numbers come from a stencil, or from a plain computation with the given values in floating point: no
formula of the bank is used.
"""

import numpy as np
import pytest
import scipy.optimize
from exercise_sources import Floats, as_floats
from oracles import assert_close, stencil_jacobian

import exercise_quality as quality
from jaclib import jacrev
from jaclib.exercises.bank import load
from jaclib.exercises.checking import judge
from jaclib.exercises.task import Task, make_task

BANK = load()
CHAPTER = {id: exercise for id, exercise in BANK.items() if exercise.chapter == 2}


def test_the_other_layout_is_told_apart_from_a_wrong_answer():
    verdict = judge(Task(BANK["E2.1"]), "[[2, 0], [1, 9], [0, 12]]")
    assert verdict.status == "layout"
    assert "numbers are right" in verdict.message


# --- the numbers of variants -------------------------------------------------------------------------------------


def two_products(p):
    return np.array([p[0] * p[1], p[1] * p[2] ** 2])


def at(g):
    return np.array([g.x, g.y, g.z])


def composed(p):
    u, v = p[0] + p[1] ** 2, p[0] * p[1]
    return np.array([u * v, u - v])


def softmax(z):
    return np.exp(z) / np.sum(np.exp(z))


def multiplications(*shapes):
    """Count the multiplications of a product, from left to right; its shape comes with it."""
    total, (rows, inner) = 0, shapes[0]
    for height, width in shapes[1:]:
        assert height == inner
        total, inner = total + rows * inner * width, width
    return total


def both_modes(g):
    """Count (J3 J2) J1 from the left; J3 (J2 J1) costs as much as its transpose, from the left."""
    shapes = [(int(b), int(a)) for a, b in zip(g.s[:-1], g.s[1:], strict=True)]
    return multiplications(*shapes[::-1]), multiplications(*[shape[::-1] for shape in shapes])


def newton_step(g):
    def F(p):
        return np.array([p @ p - g.c, p[0] * p[1] - g.d])

    start = np.array([g.x, g.y])
    return start + np.linalg.inv(stencil_jacobian(F, start)) @ -F(start)


def tip(g):
    """Return the tip of the arm as a function of its angles, by turning complex numbers."""

    def place(angles):
        elbow = g.l_1 * np.exp(1j * angles[0])
        end = elbow + g.l_2 * np.exp(1j * angles[0]) * np.exp(1j * angles[1])
        return np.array([end.real, end.imag])

    return place


def row_major(g):
    """Return the matrix of X to AXB, column by column from unit matrices."""
    return np.stack([(g.A @ unit.reshape(2, 2) @ g.B).ravel() for unit in np.eye(4)], axis=1)


def left_over(g):
    def f(p):
        return np.array([g.k * p[0] ** 2 + p[1], g.k * p[0] * p[1]])

    a = np.array([g.x, g.y])
    return np.linalg.norm(f(a + g.v) - f(a) - stencil_jacobian(f, a) @ g.v)


def tanh_layer(g):
    x = np.array([0.3, -0.7])
    b = np.arctanh(g.y) - g.W @ x
    return stencil_jacobian(lambda x: np.tanh(g.W @ x + b), x)


def solved(F, start):
    found = scipy.optimize.root(F, start, tol=1e-14)
    assert np.allclose(F(found.x), 0, atol=1e-9)
    return found.x


def inverse_by_solving(g):
    def f(p):
        return np.array([p[0] ** 2 - p[1], p[0] * p[1]])

    start = np.array([g.x, g.y])
    return stencil_jacobian(lambda q: solved(lambda p: f(p) - q, start), f(start), h=1e-3)


def dependent_by_solving(g):
    first, second = g.x**2 + g.y**2 + g.z**2, g.x + g.k * g.y - g.z

    def y_and_z(x):
        def F(p):
            return np.array([x[0] ** 2 + p @ p - first, x[0] + g.k * p[0] - p[1] - second])

        return solved(F, np.array([g.y, g.z]))

    return stencil_jacobian(y_and_z, [g.x], h=1e-3)[:, 0]


def axes(*shapes):
    """Return the shape of the full Jacobian of a product of two arrays of these shapes, by the first of them."""
    left, right = (np.ones([int(n) for n in shape]) for shape in shapes)
    return jacrev(lambda X: X @ right)(left).shape


INDEPENDENT = {
    "E2.1": lambda g: stencil_jacobian(two_products, at(g)),
    "E2.2": lambda g: stencil_jacobian(lambda t: two_products(at(g) + t * g.v), 0.0),
    "E2.3": lambda g: stencil_jacobian(lambda p: g.u @ two_products(p), at(g)),
    "E2.4": lambda g: stencil_jacobian(composed, [g.x, g.y]),
    "E2.5": lambda g: stencil_jacobian(softmax, np.log(g.e)),
    "E2.6": lambda g: stencil_jacobian(lambda z: -np.log(softmax(z)[int(g.place) - 1]), np.log(g.e)),
    "E2.7": lambda g: stencil_jacobian(lambda x: x @ g.A @ x, g.x),
    "E2.8": lambda g: stencil_jacobian(lambda x: x + g.W2 @ np.maximum(g.W1 @ x, 0), g.x),
    "E2.9": both_modes,
    "E2.10": newton_step,
    "E2.11": lambda g: stencil_jacobian(tip(g), g.theta),
    "E2.12": lambda g: stencil_jacobian(lambda x: np.cbrt(g.x**3 + g.y**3 - x**3), g.x, h=1e-4),
    "E2.15": lambda g: axes((g.B, g.n), (g.n, g.m)),
    "E2.16": row_major,
    "E2.18": lambda g: [g.b[i] + sum(g.J[i, j] * g.v[j] for j in (0, 1)) for i in (0, 1)],
    "E2.19": left_over,
    "E2.20": tanh_layer,
    "E2.21": lambda g: axes((g.m, g.n), (g.n,)),
    "E2.24": lambda g: np.count_nonzero(np.kron(np.eye(int(g.B)), np.ones((int(g.m), int(g.n))))),
    "E2.26": inverse_by_solving,
    "E2.28": dependent_by_solving,
    "E2.30": lambda g: np.linalg.solve(np.eye(4), 0 - g.r - g.s),
}


def test_every_computed_answer_has_an_independent_source():
    computed = {id for id, exercise in CHAPTER.items() if exercise.kind not in ("code", "choice", "set")}
    assert computed == INDEPENDENT.keys()


@pytest.mark.parametrize("id", INDEPENDENT)
def test_the_answers_agree_with_another_source(id):
    exercise = BANK[id]
    for task in [Task(exercise), *(make_task(exercise, v) for v in quality.VARIANTS if exercise.draw)]:
        found = as_floats(task.raw_answer, exercise.kind)
        # What is solved for numerically is right to about ten digits, and the stencil divides by its step.
        tolerance = 1e-6 if id in ("E2.26", "E2.28") else 1e-8
        assert_close(INDEPENDENT[id](Floats(task)), found, rtol=tolerance, atol=tolerance)


def test_the_map_is_singular_at_the_answer_and_nowhere_else():
    exercise = BANK["E2.27"]
    for task in [Task(exercise), *(make_task(exercise, v) for v in quality.VARIANTS)]:
        c = 3 * float(task.given.k) ** 2

        def det(x, c=c):
            return np.linalg.det(stencil_jacobian(lambda p: np.array([p[0] ** 3 + p[1], c * p[0] + p[1]]), [x, 0.4]))

        roots = sorted(float(x) for x in task.raw_answer)
        assert np.allclose([det(x) / c for x in roots], 0, atol=1e-8)  # the size of the matrix is c
        between = [roots[0] - 1, (roots[0] + roots[1]) / 2, roots[1] + 1]
        assert [np.sign(det(x)) for x in between] == [1, -1, 1]  # a parabola: two roots, and no others


# --- code: cases that are compared with the reference alone ------------------------------------------------------


def test_every_reference_agrees_with_a_stencil():
    K = np.array([[1.0, 0.0, 2.0, -1.0], [0.0, 1.0, -1.0, 1.0], [3.0, 1.0, 0.0, 0.0]])
    x = np.array([0.5, 1.0, -0.5, 2.0])
    rows = BANK["E2.14"].answer(lambda x: np.sin(K @ x) * x[0], x)
    assert_close(rows, stencil_jacobian(lambda x: np.sin(K @ x) * x[0], x))

    W, b = np.array([[1.0, -2.0, 0.5, 0.0], [0.3, 1.0, -1.0, 2.0], [-1.0, 0.4, 0.7, -0.6]]), np.array([0.5, -1.0, 0.2])
    classifier = BANK["E2.29"].answer(W, b, x)
    assert_close(classifier, stencil_jacobian(lambda x: softmax(W @ x + b), x))

    def g(p):
        return np.array([p[0] + p[1] ** 2, p[0] * p[1]])

    def jacobian(p):
        return np.array([[1.0, 2 * p[1]], [p[1], p[0]]])

    start = np.array([0.5, -1.0])
    chain = BANK["E2.22"].answer([(g, jacobian)] * 3, start)
    assert_close(chain, stencil_jacobian(lambda p: g(g(g(p))), start))


def test_the_linear_error_of_the_plan_falls_with_the_square_of_the_step():
    def f(p):
        return np.stack([p[0] + np.sin(p[1]), p[1] + np.sin(p[0])])

    error = BANK["E2.13"].answer
    steps = 10.0 ** -np.arange(1, 4)
    errors = [error(f, np.array([-2.0, 1.0]), np.array([0.6, 0.8]), t) for t in steps]
    assert_close(np.log10(errors[:-1]) - np.log10(errors[1:]), [2, 2], atol=0.02)


def test_every_section_of_the_chapter_that_teaches_has_an_exercise():
    taught = "zoom linear matrix layouts special chain products cost batches newton singular implicit digits"
    assert {exercise.section for exercise in CHAPTER.values()} == {f"sec-2-{name}" for name in taught.split()}
