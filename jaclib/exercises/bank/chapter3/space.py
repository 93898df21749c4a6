"""Three dimensions: spherical and cylindrical coordinates."""

from __future__ import annotations

from sympy import Integer, Rational, pi

from jaclib.exercises.entry import Exercise, Mistake

# --- E3.10 -------------------------------------------------------------------------------------------------------


def _ball(g):
    g.radial = g.R**5 / 5


E3_10 = Exercise(
    id="E3.10",
    title="Height squared over a ball",
    kind="number",
    section="sec-3-three-dimensions",
    objective="transform",
    difficulty=2,
    given={"R": 2},
    draw=lambda rng: {"R": rng.choice([1, 3, 4, 5, 6, 7, 8, 9, *(Rational(n, 2) for n in (1, 3, 5, 7))])},
    derive=_ball,
    prompt=r"""
        What is $\displaystyle\iiint z^2\, dx\, dy\, dz$ over the ball of radius $<R>$ about the origin? (Spherical
        coordinates as in this course: $\varphi$ is the angle down from the positive $z$ axis.)
    """,
    answer=lambda g: 4 * pi * g.radial / 3,
    mistakes=[
        Mistake(
            "part-of-the-factor",
            lambda g: pi**2 * g.radial,
            r"Your factor is $\rho^2$ alone. A step in $\theta$ moves a point near the pole by less than a point at "
            r"the equator: what is missing?",
        ),
        Mistake(
            "part-of-the-factor",
            lambda g: 4 * pi * g.R**3 / 9,
            r"Count the powers of $\rho$. Two come from $z^2$; how many come from the volume of a small cell?",
        ),
        Mistake(
            "area-factor-for-volume",
            lambda g: pi * g.R**4 / 3,
            r"Your factor has one $\rho$ only, as in the plane. A small cell has three sides: which two of them grow "
            r"with $\rho$?",
        ),
        Mistake(
            "area-factor-forgotten",
            lambda g: pi**2 * g.R**3 / 3,
            r"You replaced $dx\, dy\, dz$ by $d\rho\, d\varphi\, d\theta$. What are the three sides of a small cell?",
        ),
        Mistake(
            "polar-angle-too-far",
            lambda g: Integer(0),
            r"The integrand is positive, so the integral cannot be 0. From the north pole down to the south pole: how "
            r"far does $\varphi$ go?",
        ),
        Mistake(
            "part-of-the-region",
            lambda g: 2 * pi * g.radial / 3,
            r"That is half of it. Which part of the ball do your angles sweep?",
        ),
        Mistake(
            "integrand-not-converted",
            lambda g: 4 * pi * g.radial,
            r"You integrated $\rho^2$. The integrand is $z^2$, and $z = \rho \cos\varphi$.",
        ),
    ],
    hints=[
        r"A ball asks for spherical coordinates. What is $z$ in them, and which factor comes with them?",
        r"$z = \rho \cos\varphi$ and $dx\, dy\, dz = \rho^2 \sin\varphi\, d\rho\, d\varphi\, d\theta$. For the whole "
        r"ball $0 \le \varphi \le \pi$ and $0 \le \theta \le 2\pi$.",
        r"The integral is a product of three: $\int_0^{<R>} \rho^4\, d\rho$, then $\int_0^\pi \cos^2\varphi "
        r"\sin\varphi\, d\varphi$ (put $s = \cos\varphi$), then $\int_0^{2\pi} d\theta$.",
    ],
    solution=r"""
        In spherical coordinates $z^2 = \rho^2 \cos^2\varphi$, and the volume element is $\rho^2 \sin\varphi\, d\rho\,
        d\varphi\, d\theta$:

        $$
        \int_0^{2\pi} \int_0^\pi \int_0^{<R>} \rho^4 \cos^2\varphi \sin\varphi\, d\rho\, d\varphi\, d\theta
        = \Bigl[ \tfrac{\rho^5}{5} \Bigr]_0^{<R>} \cdot \Bigl[ -\tfrac13 \cos^3\varphi \Bigr]_0^\pi \cdot 2\pi
        = <radial> \cdot \tfrac23 \cdot 2\pi = <answer> .
        $$

        As a check: by symmetry $x^2$ and $y^2$ give the same, and the three together are the integral of $\rho^2$.
    """,
)


# --- E3.24 -------------------------------------------------------------------------------------------------------


def _cone(g):
    g.R = g.H / g.a
    g.a4 = g.a**4
    g.radius = "z" if g.a == 1 else rf"\tfrac{{z}}{{{g.a}}}"
    g.share = pi / (2 * g.a4)


E3_24 = Exercise(
    id="E3.24",
    title="The moment of a cone",
    kind="number",
    section="sec-3-three-dimensions",
    objective="transform",
    difficulty=2,
    given={"a": 1, "H": 3},
    draw=lambda rng: {"a": rng.choice([1, 2, 3]), "H": rng.randint(2, 10)},
    derive=_cone,
    prompt=r"""
        A solid cone stands on its tip: it consists of the points with $<a:*>\sqrt{x^2 + y^2} \le z \le <H>$. What is
        $\displaystyle\iiint (x^2 + y^2)\, dx\, dy\, dz$ over it?
    """,
    answer=lambda g: pi * g.H**5 / (10 * g.a4),
    mistakes=[
        Mistake(
            "area-factor-forgotten",
            lambda g: pi * g.H**4 / (6 * g.a**3),
            r"You integrated $r^2$ over $r$, $\theta$ and $z$. Which factor do cylindrical coordinates bring?",
        ),
        Mistake(
            "area-factor-twice",
            lambda g: pi * g.H**6 / (15 * g.a**5),
            r"Count the powers of $r$: two come from the integrand, one from the volume element.",
        ),
        Mistake(
            "limits-not-linked",
            lambda g: pi * g.R**4 * g.H / 2,
            r"You let $r$ and $z$ run independently: that is a cylinder. At the height $z$, how far from the axis does "
            r"the cone reach?",
        ),
        Mistake(
            "wrong-side-of-the-border",
            lambda g: 2 * pi * g.a * g.R**5 / 5,
            r"You have what lies below the cone's surface, inside the cylinder around it. For a given $r$, does $z$ "
            r"run from $0$ to the surface or from the surface up?",
        ),
        Mistake(
            "area-for-integral",
            lambda g: pi * g.R**2 * g.H / 3,
            r"That is the volume of the cone, the integral of 1. The integrand here is $x^2 + y^2$.",
        ),
        Mistake(
            "part-of-the-region",
            lambda g: pi * g.H**5 / (20 * g.a4),
            r"You have half of it. How far does $\theta$ go?",
        ),
    ],
    hints=[
        r"The solid looks the same from all sides around the $z$ axis, and the integrand is the squared distance from "
        r"this axis.",
        r"In cylindrical coordinates the integrand is $r^2$, the volume element $r\, dr\, d\theta\, dz$, and the "
        r"surface is $z = <a:*> r$. At the height $z$ the slice is a disc: of which radius?",
        r"Over a disc of radius $s$ the integral of $r^2 \cdot r\, dr\, d\theta$ is $\frac{\pi}{2} s^4$. Put in the "
        r"radius at the height $z$, and integrate over $z$ from $0$ to $<H>$.",
    ],
    solution=r"""
        In cylindrical coordinates the cone is $0 \le z \le <H>$, $0 \le r \le s$ with $s = <radius>$: the radius of the
        slice depends on the height. Over one slice,

        $$
        \int_0^{2\pi} \int_0^{s} r^2 \cdot r\, dr\, d\theta = \tfrac{\pi}{2}\, s^4 .
        $$

        Now add up the slices: the integral is $\frac{\pi}{2} \int_0^{<H>} s^4\, dz = <share> \int_0^{<H>} z^4\, dz =
        <answer>$.
    """,
)
