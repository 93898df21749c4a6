"""Points that are uniform on the disc, as a function to write."""

from __future__ import annotations

import numpy as np

from jaclib.exercises.entry import Case, Exercise, Mistake

# --- E3.18 -------------------------------------------------------------------------------------------------------


def _in_the_plane(r, angle):
    return np.stack([r * np.cos(angle), r * np.sin(angle)], axis=1)


def _sample_disc(n, rng):
    return _in_the_plane(np.sqrt(rng.uniform(size=n)), rng.uniform(0, 2 * np.pi, n))


def _radius_uniform(n, rng):
    return _in_the_plane(rng.uniform(size=n), rng.uniform(0, 2 * np.pi, n))


def _square_for_root(n, rng):
    return _in_the_plane(rng.uniform(size=n) ** 2, rng.uniform(0, 2 * np.pi, n))


def _half_turn(n, rng):
    return _in_the_plane(np.sqrt(rng.uniform(size=n)), rng.uniform(0, np.pi, n))


def _on_the_circle(n, rng):
    return _in_the_plane(np.ones(n), rng.uniform(0, 2 * np.pi, n))


def _in_the_square(n, rng):
    return rng.uniform(-1, 1, (n, 2))


def _too_few(n, rng):
    points = rng.uniform(-1, 1, (n, 2))
    return points[np.hypot(*points.T) <= 1]


def _polar(n, rng):
    return np.stack([np.sqrt(rng.uniform(size=n)), rng.uniform(0, 2 * np.pi, n)], axis=1)


def _coordinates_in_rows(n, rng):
    return _sample_disc(n, rng).T


def _own_generator(n, rng):
    return _sample_disc(n, np.random.default_rng())


def _own_seed(n, rng):
    return _sample_disc(n, np.random.default_rng(0))


# Where the shape is wrong nothing can be measured: the result is nan.
MANY = 20_000
NOISE = 0.016  # more than five standard errors of a share among so many; a sampler with a loop is in time


def _measured(measure):
    """Return a call that draws many points and measures them."""

    def call(sample_disc):
        points = np.asarray(sample_disc(MANY, np.random.default_rng(7)))
        return measure(points) if points.shape == (MANY, 2) else np.nan

    return call


def _distances(points):
    return np.hypot(points[:, 0], points[:, 1])


def _quadrants(points):
    right, upper = points[:, 0] > 0, points[:, 1] > 0
    return np.array([np.mean((right == a) & (upper == b)) for a, b in ((1, 1), (0, 1), (0, 0), (1, 0))])


def _share_that_differs(sample_disc, first, second):
    a, b = np.asarray(sample_disc(100, first)), np.asarray(sample_disc(100, second))
    return np.mean(np.any(a != b, axis=1)) if a.shape == b.shape == (100, 2) else np.nan


def _with_one_generator(sample_disc):
    rng = np.random.default_rng(3)
    return _share_that_differs(sample_disc, rng, rng)


E3_18 = Exercise(
    id="E3.18",
    title="Write a sampler for the disc",
    kind="code",
    section="sec-3-monte-carlo",
    objective="densities",
    difficulty=2,
    signature="sample_disc(n, rng)",
    prompt=r"""
        Write a function `sample_disc(n, rng)` that draws `n` points, uniform on the disc of radius 1 about the origin.
        It returns an array of shape `(n, 2)` with a point in each row. All randomness comes from `rng`, a
        `np.random.Generator`. Uniform means: equal areas are equally likely. So $P(r < \frac12) = \frac14$.
    """,
    answer=_sample_disc,
    cases=[
        Case(
            "the shape of a row, sample_disc(5, np.random.default_rng(7))[0].shape",
            lambda f: np.asarray(f(5, np.random.default_rng(7)))[0].shape,
            expect=(2,),
        ),
        Case(
            "len(sample_disc(2000, np.random.default_rng(7))) / 2000",
            lambda f: len(f(2000, np.random.default_rng(7))) / 2000,
            expect=1.0,
            within=0.05,  # of those that are lost a share is known by chance only; the next cases want every point
        ),
        Case(
            "the share of 20000 points with r < 1/2",
            _measured(lambda points: np.mean(_distances(points) < 0.5)),
            expect=0.25,
            within=NOISE,
        ),
        Case(
            "the shares of 20000 points in the four quadrants",
            _measured(_quadrants),
            expect=np.full(4, 0.25),
            within=NOISE,
        ),
        Case(
            "the largest distance from the origin among 20000 points",
            _measured(lambda points: np.max(_distances(points))),
            expect=1.0,
            within=1e-3,
        ),
        Case(
            "the share of points that differ when two generators with the same seed are used",
            lambda f: _share_that_differs(f, np.random.default_rng(3), np.random.default_rng(3)),
            expect=0.0,
        ),
        Case(
            "the share of points that differ when one generator is used twice",
            _with_one_generator,
            expect=1.0,
        ),
        Case(
            "sample_disc(1, np.random.default_rng(7)).ndim",
            lambda f: np.asarray(f(1, np.random.default_rng(7))).ndim,
            expect=2,
        ),
    ],
    mistakes=[
        Mistake("radius-drawn-uniformly", _radius_uniform),
        Mistake(
            "square-for-root",
            _square_for_root,
            r"Your points crowd near the origin even more than with $r$ uniform. Solve $P(\text{distance} < r) = r^2 = "
            r"w$ for $r$.",
        ),
        Mistake(
            "part-of-the-region",
            _half_turn,
            r"Your points fill the upper half only. How far does $\theta$ go for the whole disc?",
        ),
        Mistake("border-for-region", _on_the_circle),
        Mistake(
            "limit-not-moved",
            _in_the_square,
            r"Your points fill the square around the disc. What becomes of those in its corners?",
        ),
        Mistake(
            "points-lost",
            _too_few,
            r"You threw away the points outside the disc, which is right, and did not replace them. How many points "
            r"are asked for?",
        ),
        Mistake("polar-coordinates-returned", _polar),
        Mistake("coordinates-in-rows", _coordinates_in_rows),
        Mistake("generator-ignored", _own_generator),
        Mistake(
            "generator-ignored",
            _own_seed,
            r"Two calls give the same points. Draw from the `rng` that is passed, and make no generator of your own.",
        ),
    ],
    hints=[
        r"Draw $\theta$ uniformly from $0$ to $2\pi$. For the distance $r$ ask: which share of the area lies within "
        r"$r$?",
        r"The share of the area within the distance $r$ is $r^2$. So $r^2$ is uniform between 0 and 1. The density of "
        r"$r$ itself is $2r$: the factor of polar coordinates again.",
        r"Draw `w = rng.uniform(size=n)`, solve $r^2 = w$ for $r$, and put $x = r \cos\theta$ and $y = r \sin\theta$ "
        r"side by side with `np.stack(..., axis=1)`.",
    ],
    solution=r"""
        ```python
        def sample_disc(n, rng):
            r = np.sqrt(rng.uniform(size=n))
            angle = rng.uniform(0, 2 * np.pi, n)
            return np.stack([r * np.cos(angle), r * np.sin(angle)], axis=1)
        ```

        The share of the area within the distance $r$ is $r^2$, so $r^2$ must be uniform, and $r$ is the root of a
        uniform number. In other words: the density in the plane is constant, and the density of $r$ is proportional to
        the factor $r$ of $dx\, dy = r\, dr\, d\theta$. Another way that works: draw from the square around the disc,
        and draw again for each point outside, until there are `n`.
    """,
)
