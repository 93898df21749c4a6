"""Quick questions on densities, normalizing flows, and Monte Carlo checks."""

from __future__ import annotations

from sympy import Matrix, Rational, diff, sqrt, symbols

from questions._entry import Question, right, wrong

x = symbols("x", real=True)


def _stretched():
    T = 5 - 4 * x
    slope = diff(T, x)
    low, high = sorted([T.subs(x, 0), T.subs(x, 1)])
    scale = abs(slope)
    return {
        "scale": scale,
        "right": 1 / scale,
        "signed": 1 / slope,
        "low": low,
        "high": high,
        "total": scale * (high - low),
    }


def _two_sources():
    density1, density2 = Rational(3, 10), Rational(1, 10)
    slope1, slope2 = Rational(2), Rational(-1, 2)
    share1, share2 = density1 / abs(slope1), density2 / abs(slope2)
    return {
        "density1": density1,
        "density2": density2,
        "slope1": slope1,
        "slope2": slope2,
        "share1": share1,
        "share2": share2,
        "right": share1 + share2,
        "cancelled": density1 / slope1 + density2 / slope2,
        "not_divided": density1 + density2,
    }


def _negative():
    A = Matrix([[1, 2], [3, 4]])
    return {"A": A, "det": A.det(), "scale": abs(A.det())}


def _answer():
    answer, estimate, error = Rational(419, 100), Rational(411, 100), Rational(5, 100)
    return {"answer": answer, "estimate": estimate, "error": error, "distance": (answer - estimate) / error}


def _box():
    area, box = 3, 4

    def error(size):  # times the root of n: a value is the size of the box with probability area / size, or 0
        share = Rational(area, size)
        return size * sqrt(share * (1 - share))

    assert error(2 * box) > error(box)
    return {"area": area, "box": box, "twice": 2 * box, "share": Rational(area, box), "new": Rational(area, 2 * box)}


QUESTIONS = (
    Question(
        "sec-3-densities",
        r"$X$ is uniform on $[0, 1]$, and $Y = 5 - <scale> X$. What is the density of $Y$ on $[<low>, <high>]$?",
        (
            wrong(
                r"$<scale>$",
                r"With this density the total probability would be $<total>$. The map spreads the same paint over more "
                "room, so the layer gets thinner: divide.",
            ),
            wrong(
                r"$<signed>$",
                r"The map turns the interval around, but a density is never negative. Divide by the absolute value of "
                "the derivative.",
            ),
            right(
                r"$<right>$",
                r"The interval has become $<scale>$ times as long, so the layer of paint is $<right>$ as thick. The "
                "total is 1, as it must be.",
            ),
        ),
        _stretched,
    ),
    Question(
        "sec-3-densities",
        r"Two points are sent to the same $y$. At one, $p_X = <density1:decimal>$ and the derivative of the map is "
        r"$<slope1>$. At the other, $p_X = <density2:decimal>$ and the derivative is $<slope2>$. What is $p_Y(y)$?",
        (
            wrong(
                r"$<share1:decimal>$",
                r"That is what the first point brings. The other one sends its paint to the same place, and adds "
                r"$<share2:decimal>$.",
            ),
            right(
                r"$<right:decimal>$",
                r"The points bring $<share1:decimal>$ and $<share2:decimal>$. Where the map shrinks, as at the second "
                "one, the paint becomes thicker.",
            ),
            wrong(
                r"$<cancelled:decimal>$",
                r"The second contribution entered with a minus sign here. Paint cannot cancel paint: divide by the "
                "absolute value of the derivative.",
            ),
            wrong(
                r"$<not_divided:decimal>$",
                r"Both points are counted, but their densities were not divided. Near the first one the map stretches, "
                "near the second it shrinks.",
            ),
        ),
        _two_sources,
    ),
    Question(
        "sec-3-densities",
        r"With $A = <A>$ and $z$ standard normal, you want $\log p(x)$ for $x = A z$. But `np.log(np.linalg.det(A))` "
        "is `nan`. What does that tell you?",
        (
            right(
                r"$\det A$ is negative, and its absolute value is what you need.",
                r"$\det A = <det>$: the map turns the orientation. The density needs only $\log <scale>$, and "
                "`slogdet` returns it apart from the sign.",
            ),
            wrong(
                r"$A$ is not invertible, and so $x$ has no density.",
                r"Then the determinant would be 0. Here it is $<det>$, and the logarithm of a negative number is "
                "what is not defined.",
            ),
            wrong(
                r"$\det A$ is negative, and so the density of $x$ is not defined.",
                r"The determinant is negative, $<det>$. But the density is divided by its absolute value, and that "
                "is as good a number as any.",
            ),
        ),
        _negative,
    ),
    Question(
        "sec-3-flows",
        r"For $x = A z + b$ the log density has $-\log|\det A|$, but the flow has $+\log|\det J_g(x)|$. Why the plus?",
        (
            wrong(
                r"Because the log-likelihood is maximised, and a loss is minimised.",
                r"The loss is minus the whole log-likelihood, both terms of it. The sign of this term belongs to the "
                "density itself, trained or not.",
            ),
            right(
                r"Because $g$ goes from data to base, and $A$ from base to data.",
                r"The two determinants belong to opposite directions, so they are reciprocals of each other. In "
                "logarithms a reciprocal is a change of sign.",
            ),
            wrong(
                r"Because a flow is built such that the logarithm is never negative.",
                r"It may well be negative: where $g$ shrinks, $|\det J_g|$ is below 1. The sign comes from the "
                "direction of the map.",
            ),
        ),
    ),
    Question(
        "sec-3-flows",
        r"Somebody forgets $\log|\det J_g(x)|$ and maximises the average of $\log p_{\text{base}}(g(x))$ alone. What "
        "does the training do?",
        (
            wrong(
                r"It finds the same flow, up to a constant in the log-likelihood.",
                r"The forgotten term is not a constant: it changes with the parameters. It is what keeps a flow from "
                "making everything small.",
            ),
            wrong(
                r"It spreads the data over the base, until they look standard normal.",
                r"Nothing rewards spreading any more. The base density is largest at the origin, and so each point "
                "is best off there.",
            ),
            right(
                r"It presses all data together near the origin of the base.",
                r"There the base density is largest. The term that was forgotten charges for this: where $g$ shrinks, "
                r"$\log|\det J_g|$ is negative.",
            ),
        ),
    ),
    Question(
        "sec-3-flows",
        r"A coupling layer is $y_1 = x_1$, $y_2 = x_2\,e^{s(x_1)} + t(x_1)$. The network for $t$ becomes ten times as "
        r"large, the one for $s$ stays. What happens to the cost of $\log|\det J|$?",
        (
            right(
                r"Nothing: it is $s(x_1)$, whatever $t$ is.",
                r"The derivative of $t$ stands below the diagonal. The matrix is triangular, so the determinant is the "
                r"product of the diagonal, $1 \cdot e^{s(x_1)}$.",
            ),
            wrong(
                r"It grows, since the entry $\ast$ contains $t'(x_1)$.",
                r"The entry does contain it. But in the determinant it is multiplied by the entry on the other side "
                "of the diagonal, and that is 0.",
            ),
            wrong(
                r"It grows, since the layer must be inverted first.",
                r"The determinant does not need the inverse. And even the inverse only evaluates $t(y_1)$ and "
                "subtracts it.",
            ),
        ),
    ),
    Question(
        "sec-3-monte-carlo",
        r"By hand you found $<answer:decimal>$. A Monte Carlo estimate gives $<estimate:decimal>$, with the standard "
        r"error $<error:decimal>$. What do you conclude?",
        (
            wrong(
                r"The answer is wrong: it is off by more than the standard error.",
                r"The standard error is no bound. A distance of one or two of them is what chance does, and here it is "
                r"$<distance:decimal>$.",
            ),
            wrong(
                r"The answer is proved: the estimate is close enough to it.",
                r"A wrong answer that differs by little would have passed too. The check rules out large errors, such "
                "as a wrong factor. It does not prove.",
            ),
            right(
                r"The two agree, as far as this estimate can tell.",
                r"They are $<distance:decimal>$ standard errors apart, and that is no contradiction. More points would "
                "make the check sharper.",
            ),
        ),
        _answer,
    ),
    Question(
        "sec-3-monte-carlo",
        r"You estimate the area of a region, which is $<area>$, with points in a box of area $<box>$. Now you take a "
        r"box of area $<twice>$ around it, and the same number of points. What happens?",
        (
            wrong(
                r"The estimate becomes about twice as large.",
                r"The area of the box is twice as large, but only $<new>$ of the points hit, where it was $<share>$. "
                "The product stays.",
            ),
            right(
                r"The estimate stays about the same, and its error grows.",
                r"Box times share of hits is $<twice> \cdot <new>$ in place of $<box> \cdot <share>$, the same. But "
                "more points are wasted outside.",
            ),
            wrong(
                r"Nothing: the region and the number of points are the same.",
                r"The mean does stay. But fewer points fall into the region, so the estimate scatters more. A tight "
                "box is better.",
            ),
        ),
        _box,
    ),
    Question(
        "sec-3-monte-carlo",
        r"Points are drawn in a disc, equal areas being equally likely. You draw a histogram of their distances "
        r"$r$ from the centre. What does it look like?",
        (
            right(
                r"It rises, in proportion to $r$.",
                r"Between $r$ and $r + dr$ lies a ring of area $2\pi r\,dr$. Twice as far out it has twice the area, "
                "and so it gets twice as many points.",
            ),
            wrong(
                r"It is flat, because no place is preferred.",
                r"No place is preferred, but there are more places farther out. A flat histogram would mean that "
                "the points crowd near the centre.",
            ),
            wrong(
                r"It falls, because all rays meet at the centre.",
                r"The rays meet there, but the points do not lie on fixed rays. Near the centre there is little room, "
                "and so there are few points.",
            ),
        ),
    ),
)
