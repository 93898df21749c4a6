"""Quick questions on the area scale: linear maps, curved maps, polar coordinates."""

from __future__ import annotations

from sympy import Matrix, Rational, diff, eye, integrate, pi, sqrt, symbols

from questions._entry import Question, right, wrong

u, r, theta = symbols("u r theta", nonnegative=True)


def _shear():
    a, b = Matrix([3, 1]), Matrix([2, 4])
    k = 2
    sheared = Matrix.hstack(a, b + k * a)
    return {"k": k, "det": Matrix.hstack(a, b).det(), "area": abs(sheared.det()), "grown": (1 + k) * sheared.det()}


def _mirror():
    A = Matrix([[1, 2], [2, 1]])
    det = A.det()
    return {"det": det, "area": abs(det) * pi, "negative": det * pi, "shrunk": pi / abs(det), "one": pi}


def _doubling():
    A = 2 * eye(3)
    return {"A": A, "scale": A[0, 0], "n": A.rows, "det": A.det(), "trace": A.trace()}


def _halving():
    step = Rational(1, 2)
    cells, per_cell = 1 / step**2, step**3
    return {"cells": cells, "per_cell": per_cell, "total": cells * per_cell}


def _stretch():
    scale = diff(u**2, u)
    low, high = 1, 3
    size = high - low
    return {
        "low": low,
        "high": high,
        "at_low": scale.subs(u, low),
        "at_high": scale.subs(u, high),
        "area": integrate(scale, (u, low, high)),
        "with_low": scale.subs(u, low) * size,
        "with_high": scale.subs(u, high) * size,
        "x_low": low**2,
        "x_high": high**2,
    }


def _disc():
    R = 3
    return {
        "R": R,
        "got": integrate(1, (r, 0, R), (theta, 0, 2 * pi)),
        "area": integrate(r, (r, 0, R), (theta, 0, 2 * pi)),
        "half_turn": integrate(1, (r, 0, R), (theta, 0, pi)),
    }


def _half_ring():
    inner2, outer2 = 4, 9
    return {"inner2": inner2, "outer2": outer2, "inner": sqrt(inner2), "outer": sqrt(outer2)}


QUESTIONS = (
    Question(
        "sec-3-linear",
        r"A matrix has the columns $a$ and $b$, and its determinant is $<det>$. Now $b$ is replaced by $b + <k> a$. "
        "What is the area of the new parallelogram?",
        (
            wrong(
                r"$<grown>$",
                r"The side $b + <k> a$ may be longer, but it is not farther from the line through $a$. Base and height "
                "are what they were.",
            ),
            right(
                r"$<area>$",
                r"Adding a multiple of $a$ to $b$ only slides the slices along themselves. Their lengths stay, so the "
                "area stays, and so does the determinant.",
            ),
            wrong(
                r"That depends on the angle between $a$ and $b$",
                r"Length and angle of the second side do change, but together such that the height over $a$ stays. "
                r"The area is the same for every $a$ and $b$ with this determinant.",
            ),
        ),
        _shear,
    ),
    Question(
        "sec-3-linear",
        r"A matrix with two rows and two columns has the determinant $<det>$. What does it do to the disc of radius 1?",
        (
            right(
                r"The image has the area $<area>$, and loops run the other way round.",
                r"The absolute value is the area scale, and the area was $<one>$. The sign says that the orientation "
                "is turned, as in a mirror.",
            ),
            wrong(
                r"The image has the area $<negative>$, because the scale is negative.",
                r"An area is never negative. The scale is $|\det A|$; the sign says only that the orientation is "
                "turned.",
            ),
            wrong(
                r"The image has the area $<shrunk>$, because a negative scale shrinks.",
                r"A scale shrinks if its absolute value is below 1, and here it is not. The sign says nothing about "
                "size, only that the orientation is turned.",
            ),
        ),
        _mirror,
    ),
    Question(
        "sec-3-linear",
        r"In space, a map multiplies every vector by $<scale>$. By which factor does it multiply volumes?",
        (
            wrong(
                r"By $<scale>$",
                r"That is the factor for lengths. A volume is a product of $<n>$ lengths, and each of them is "
                "multiplied.",
            ),
            wrong(
                r"By $<trace>$",
                r"Here the diagonal of the matrix was added up. The determinant of a diagonal matrix is the product of "
                "the diagonal.",
            ),
            right(
                r"By $<det>$",
                r"The matrix is $<A>$. Each of the $<n>$ sides of a box becomes $<scale>$ times as long, and the "
                "determinant is the product of the three factors.",
            ),
        ),
        _doubling,
    ),
    Question(
        "sec-3-curved",
        r"In one cell of side $h$, the error of $|\det J|\,h^2$ is at most $C h^3$. You halve $h$. What happens to the "
        r"bound for the error over the whole of $D$?",
        (
            right(
                r"It halves.",
                r"There are $<cells>$ times as many cells, each with $<per_cell>$ of the error, and $<cells> \cdot "
                r"<per_cell> = <total>$. That is why the total error tends to 0.",
            ),
            wrong(
                r"It falls to $<per_cell>$, as it does for one cell.",
                r"One cell has an error of $<per_cell>$ of the old size. But halving $h$ gives $<cells>$ times as many "
                "cells, and their errors add up.",
            ),
            wrong(
                r"It stays: more cells make up for smaller errors.",
                r"This would be so if the error of a cell were of the size of the cell, $h^2$. But it is of the size "
                r"$h^3$, so that $<cells>$ times as many cells do not make up for it.",
            ),
        ),
        _halving,
    ),
    Question(
        "sec-3-curved",
        r"The map $T(u, v) = (u^2, v)$ has $\det J_T = 2u$. What is the area of the image of the rectangle "
        r"$<low> \le u \le <high>$, $0 \le v \le 1$?",
        (
            wrong(
                r"$<with_low>$",
                r"This takes the scale $<at_low>$ of the left edge everywhere. For a curved map the scale differs from "
                r"place to place: at the right edge it is $<at_high>$.",
            ),
            wrong(
                r"$<with_high>$",
                r"This takes the scale $<at_high>$ of the right edge everywhere. But further left the sheet is "
                r"stretched less: at the left edge the scale is only $<at_low>$.",
            ),
            right(
                r"$<area>$",
                r"The area is the integral of the scale: $\int_{<low>}^{<high>} 2u\,du = <area>$. Indeed $x$ runs from "
                r"$<x_low>$ to $<x_high>$, and $y$ from $0$ to $1$.",
            ),
        ),
        _stretch,
    ),
    Question(
        "sec-3-curved",
        r"Where does the derivation of the formula need that $T$ is one-to-one?",
        (
            wrong(
                r"When the area of one cell is compared with its parallelogram.",
                r"That step looks at one small cell, and Taylor's formula is enough for it. What other cells do plays "
                "no part there.",
            ),
            right(
                r"When the bent tiles are put together to the region $T(D)$.",
                r"The tiles must not overlap. If they did, the sum over the cells would count a place twice that "
                r"$\iint_{T(D)}$ counts once.",
            ),
            wrong(
                r"When the absolute value of the determinant is taken.",
                r"A one-to-one map can turn the orientation, for example a mirror. The absolute value is there because "
                "an area has no sign.",
            ),
        ),
    ),
    Question(
        "sec-3-polar",
        r"To find the area of a disc of radius $<R>$, somebody computes $\int_0^{2\pi}\!\int_0^{<R>} dr\,d\theta = "
        r"<got>$. Is that right?",
        (
            wrong(
                r"No: the angle runs too far, $\theta$ should end at $\pi$.",
                r"The radius is never negative, so a whole turn is needed to reach the whole disc. With half a turn "
                r"you would get $<half_turn>$, even farther from the area.",
            ),
            wrong(
                r"Yes: the limits describe the whole disc and no more.",
                r"The limits are right, but they are only one of three steps. The area is $<area>$: a tile with the "
                r"sides $dr$ and $r\,d\theta$ has the area $r\,dr\,d\theta$.",
            ),
            right(
                r"No: the integrand must be $r$ in place of $1$.",
                r"A tile far out is wider than one near the centre, so $dx\,dy = r\,dr\,d\theta$. With this factor the "
                r"integral is $<area>$, the area of the disc.",
            ),
        ),
        _disc,
    ),
    Question(
        "sec-3-polar",
        r"The region is $<inner2> \le x^2 + y^2 \le <outer2>$, $y \ge 0$. What are its limits in polar coordinates?",
        (
            right(
                r"$<inner> \le r \le <outer>$ and $0 \le \theta \le \pi$",
                r"$x^2 + y^2 = r^2$, so $r$ runs between the roots. And $y = r \sin\theta$ is not negative for half a "
                r"turn, from $0$ to $\pi$. The half ring has become a rectangle.",
            ),
            wrong(
                r"$<inner2> \le r \le <outer2>$ and $0 \le \theta \le \pi$",
                r"The angle is right. But $x^2 + y^2$ is $r^2$, not $r$: take the roots of both limits.",
            ),
            wrong(
                r"$<inner> \le r \le <outer>$ and $-\tfrac{\pi}{2} \le \theta \le \tfrac{\pi}{2}$",
                r"The radius is right. But these angles are the half with $x \ge 0$, because $\theta$ is measured from "
                r"the positive $x$ axis.",
            ),
        ),
        _half_ring,
    ),
    Question(
        "sec-3-polar",
        r"What stands in front of $dr\,d\theta$ when $\iint x\,dx\,dy$ is written in polar coordinates?",
        (
            wrong(
                r"$r\cos\theta$",
                r"That is $x$ in the new variables. The third step is missing: $dx\,dy$ brings a factor $r$.",
            ),
            right(
                r"$r^2\cos\theta$",
                r"One $r$ comes from $x = r\cos\theta$, the other from $dx\,dy = r\,dr\,d\theta$.",
            ),
            wrong(
                r"$r\,x$",
                r"The factor is there, but $x$ is an old variable. In the new integral it must be written as "
                r"$r\cos\theta$.",
            ),
        ),
    ),
)
