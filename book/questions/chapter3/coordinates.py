"""Quick questions on regions, the inverse shortcut, and coordinates in space."""

from __future__ import annotations

from sympy import Matrix, Rational, integrate, pi, sin, solve, symbols

from questions._entry import Question, right, wrong

u, v = symbols("u v")
x, y = symbols("x y")
rho, phi, theta = symbols("rho phi theta", nonnegative=True)


def _edge():
    old = solve([x + y - u, y - x - v], [x, y])
    (on_left,) = solve(old[x], v)  # the piece x = 0
    (on_bottom,) = solve(old[y], v)  # the piece y = 0
    return {"edge": 2, "on_left": on_left, "on_bottom": on_bottom}


def _bent_edge():
    def corners(image):
        return tuple(tuple(image.subs({u: a, v: b})) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1)))

    bent, straight = Matrix([u, v + u**2]), Matrix([u, v + u])
    first, second, third, fourth = corners(bent)
    assert corners(straight) == (first, second, third, fourth)
    over = ((u, 0, 1), (v, 0, 1))
    return {
        "first": first,
        "second": second,
        "third": third,
        "fourth": fourth,
        "det": bent.jacobian([u, v]).det(),
        "of_y": integrate(bent[1], *over),
        "of_y_straight": integrate(straight[1], *over),
    }


def _patch():
    det, area = Rational(4), Rational(1, 100)
    return {"det": det, "area": area, "right": area / det, "multiplied": area * det}


def _matching():
    new = Matrix([x * y, y])
    det = new.jacobian([x, y]).det()
    at = {x: 3, y: 2}
    u_there, v_there = new.subs(at)
    return {
        "det": det,
        "x": at[x],
        "y": at[y],
        "u": u_there,
        "v": v_there,
        "there": det.subs(at),
        "back": 1 / det.subs(at),
        "with_u": 1 / det.subs(y, u_there),
    }


def _area():
    low, high, bottom, top = 1, 3, 1, 2
    area = integrate(1 / v, (u, low, high), (v, bottom, top))
    assert area == integrate(high / y - low / y, (y, bottom, top))
    frozen = integrate(1 / y, (u, low, high), (v, bottom, top))
    upside_down = integrate(v, (u, low, high), (v, bottom, top))
    return {
        "low": low,
        "high": high,
        "bottom": bottom,
        "top": top,
        "area": area,
        "frozen": frozen,
        "upside_down": upside_down,
    }


def _cells():
    ratio = sin(pi / 6) / sin(pi / 2)
    return {"ratio": ratio, "squared": ratio**2}


def _half_ball():
    return {"R": 2, "beyond": integrate(sin(phi), (phi, 0, 2 * pi))}


def _share():
    half = Rational(1, 2)

    def volume(R):
        return integrate(rho**2 * sin(phi), (rho, 0, R), (phi, 0, pi), (theta, 0, 2 * pi))

    return {"right": volume(half) / volume(1), "plane": half**2, "line": half, "n": 3}


QUESTIONS = (
    Question(
        "sec-3-region",
        r"The triangle with $x \ge 0$, $y \ge 0$ and $x + y \le <edge>$ is to be described with $u = x + y$ and "
        r"$v = y - x$. What becomes of its edge $x = 0$?",
        (
            wrong(
                r"$u = 0$",
                r"The letter $u$ does not take the place of $x$. On this edge $u = x + y = y$, and that runs from $0$ "
                r"to $<edge>$.",
            ),
            wrong(
                r"$v = <on_bottom>$",
                r"That is the edge $y = 0$: there $u = x$ and $v = -x$. For $x = 0$, put $0$ for $x$ in both formulas.",
            ),
            right(
                r"$v = <on_left>$",
                r"On this edge both $u$ and $v$ are equal to $y$. So $v = <on_left>$, a slanted line in the new "
                "variables.",
            ),
        ),
        _edge,
    ),
    Question(
        "sec-3-region",
        r"A region in the first quadrant lies between $y = x^2$, $y = 2x^2$, $xy = 1$ and $xy = 3$. With which "
        "new variables does it become a rectangle?",
        (
            right(
                r"$u = \dfrac{y}{x^2}$ and $v = xy$",
                r"The border consists of level curves of these two functions: $u = 1$, $u = 2$, $v = 1$, $v = 3$.",
            ),
            wrong(
                r"$u = x^2$ and $v = xy$",
                r"$v$ is a good choice. But $u = x^2$ is constant on vertical lines, and no edge is one. The first two "
                r"edges say that $y/x^2$ is constant.",
            ),
            wrong(
                r"$u = r$ and $v = \theta$",
                r"Polar coordinates are for borders made of circles and rays. Here no edge is one: ask which functions "
                "are constant on the four edges.",
            ),
        ),
    ),
    Question(
        "sec-3-region",
        r"$T(u, v) = (u,\; v + u^2)$ sends the corners of the square $0 \le u, v \le 1$ to $<first>$, $<second>$, "
        r"$<third>$ and $<fourth>$. Is the image the parallelogram with these corners?",
        (
            wrong(
                r"Yes: when the corners are right, the region is right.",
                r"Corners determine a region only if its edges are straight. The edge $v = 0$ becomes $y = x^2$, which "
                "is curved. Follow every edge.",
            ),
            right(
                r"No: the lower edge becomes a piece of a parabola.",
                r"On $v = 0$ the image is $(u, u^2)$. It runs between the same two corners as a straight edge would, "
                "but not along it.",
            ),
            wrong(
                r"Yes: $\det J_T = <det>$, so both regions have the same area.",
                r"The areas are the same, but the regions are not. The integral of $y$ is $<of_y>$ over the image, and "
                r"it would be $<of_y_straight>$ over the parallelogram.",
            ),
        ),
        _bent_edge,
    ),
    Question(
        "sec-3-inverse",
        r"$S$ takes $(x, y)$ to $(u, v)$, and near some point $\det J_S$ is $<det>$. There, a small patch in the "
        r"$(u, v)$ plane has the area $<area:decimal>$. How large is the matching patch in the $(x, y)$ plane?",
        (
            wrong(
                r"$<multiplied:decimal>$",
                r"It is $S$ that makes patches $<det>$ times as large, on the way from $(x, y)$ to $(u, v)$. Here you "
                "go back, and on the way back they shrink.",
            ),
            wrong(
                r"$<area:decimal>$",
                r"The points match, but areas differ. On the way from $(x, y)$ to $(u, v)$ every small patch becomes "
                r"$<det>$ times as large.",
            ),
            right(
                r"$<right:decimal>$",
                r"$du\,dv = |\det J_S|\,dx\,dy$, so $dx\,dy$ is $du\,dv$ divided by $<det>$.",
            ),
        ),
        _patch,
    ),
    Question(
        "sec-3-inverse",
        r"For $u = xy$, $v = y$ the determinant is $\det J_S = <det>$. The point $(x, y) = (<x>, <y>)$ matches "
        r"$(u, v) = (<u>, <v>)$. What is $\det J_T$ at $(<u>, <v>)$, for the inverse $T$ of $S$?",
        (
            right(
                r"$<back>$",
                r"At the matching point $\det J_S = <there>$, and $\det J_T$ is its reciprocal. No formula for $T$ was "
                "needed.",
            ),
            wrong(
                r"$<there>$",
                r"That is $\det J_S$ at the matching point. The matrices of $S$ and $T$ multiply to the identity, so "
                "their determinants multiply to 1.",
            ),
            wrong(
                r"$<with_u>$",
                r"Here $y$ was taken to be $<u>$. The formula $\det J_S = y$ belongs to the matching point "
                r"$(x, y) = (<x>, <y>)$, and there $y = <y>$.",
            ),
        ),
        _matching,
    ),
    Question(
        "sec-3-inverse",
        r"For the area of a region with $<low> \le xy \le <high>$ and $<bottom> \le y \le <top>$, somebody takes "
        r"$u = xy$, $v = y$ and writes $\int_{<bottom>}^{<top>}\!\int_{<low>}^{<high>} \frac1y\,du\,dv = <frozen>$. "
        "What has to be changed?",
        (
            wrong(
                r"Nothing: the area depends on where you stand.",
                r"The area of a region is a number. $y$ is not a constant here: it is $v$, and it changes while $v$ "
                "runs.",
            ),
            right(
                r"The factor: it must be written in $u$ and $v$.",
                r"With $y = v$ the integrand is $\frac1v$, and the area is $<area>$. In the new integral every "
                "old variable must be translated, also in the factor.",
            ),
            wrong(
                r"The factor: it must be $y$ in place of $\frac1y$.",
                r"$\det J_S = y$ gives $du\,dv = y\,dx\,dy$, so for $dx\,dy$ you put $\frac1y\,du\,dv$, as "
                r"was done. With $y$, which is $v$, you would get $<upside_down>$.",
            ),
        ),
        _area,
    ),
    Question(
        "sec-3-three-dimensions",
        r"Two small cells have the same $\rho$, $d\rho$, $d\varphi$ and $d\theta$. One lies at the equator, "
        r"$\varphi = 90°$, the other at $\varphi = 30°$. How large is the second, compared with the first?",
        (
            wrong(
                r"Equally large",
                r"Two sides are equal in both, $d\rho$ and $\rho\,d\varphi$. The third goes around the axis, and at "
                r"$\varphi = 30°$ the axis is nearer.",
            ),
            right(
                r"$<ratio>$ of it",
                r"The side around the axis is $\rho\sin\varphi\,d\theta$, and $\sin 30° = <ratio>$. The other two "
                "sides are the same.",
            ),
            wrong(
                r"$<squared>$ of it",
                r"Only one side is shorter, the one around the axis. Steps along a meridian, $\rho\,d\varphi$, have "
                "the same length everywhere on the sphere.",
            ),
        ),
        _cells,
    ),
    Question(
        "sec-3-three-dimensions",
        r"Which limits, in the convention of this course, describe the upper half of the ball of radius $<R>$, "
        r"the points with $z \ge 0$?",
        (
            wrong(
                r"$0 \le \rho \le <R>$, $0 \le \varphi \le \pi$, $0 \le \theta \le \pi$",
                r"This is half a ball, namely the half with $y \ge 0$: from pole to pole, but only half a turn around.",
            ),
            wrong(
                r"$0 \le \rho \le <R>$, $0 \le \varphi \le 2\pi$, $0 \le \theta \le \tfrac{\pi}{2}$",
                r"In a text that exchanges the two letters this would be right. Here $\varphi$ is the angle from the "
                r"pole: beyond $\pi$, $\sin\varphi$ is negative, and the integral of the factor would be $<beyond>$.",
            ),
            right(
                r"$0 \le \rho \le <R>$, $0 \le \varphi \le \tfrac{\pi}{2}$, $0 \le \theta \le 2\pi$",
                r"$\varphi$ is the angle down from the north pole. It stops at the equator, and $\theta$ makes a whole "
                "turn.",
            ),
        ),
        _half_ball,
    ),
    Question(
        "sec-3-three-dimensions",
        r"What share of the volume of a ball lies nearer to its centre than half the radius?",
        (
            right(
                r"$<right>$",
                r"The factor $\rho^2$ integrates to something proportional to $\rho^<n>$: all $<n>$ directions are "
                "halved.",
            ),
            wrong(
                r"$<plane>$",
                r"That is the answer for a disc, where the factor is $r$. Space has one more direction, and the factor "
                r"is $\rho^2 \sin\varphi$.",
            ),
            wrong(
                r"$<line>$",
                r"This would be so if every shell of the same thickness had the same volume. But a shell at the "
                r"distance $\rho$ has a volume proportional to $\rho^2$.",
            ),
        ),
        _share,
    ),
)
