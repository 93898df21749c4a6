"""Quick questions on substitution in one dimension, and on integrals over sets."""

from __future__ import annotations

from itertools import pairwise

from sympy import Integer, Interval, Piecewise, Rational, Union, diff, integrate, pi, sin, symbols

from questions._entry import Question, right, wrong

x, u = symbols("x u")


def _limits():
    g = 7 - 2 * x
    start, end = 0, 3
    factor = 1 / diff(g, x)
    return {
        "start": start,
        "end": end,
        "g_start": g.subs(x, start),
        "g_end": g.subs(x, end),
        "down": -diff(g, x),
        "factor": -factor,
        "with_old": factor * integrate(u**4, (u, start, end)),
    }


def _arch():
    return {"area": integrate(sin(x), (x, 0, pi)), "turn": pi / 2}


def _turning():
    g, start, end = x**2, -1, 2
    return {
        "start": start,
        "end": end,
        "from": g.subs(x, start),
        "to": g.subs(x, end),
        "lowest": g.subs(x, 0),
    }


def _set():
    g, start, end = 5 - 2 * x, 1, 4
    low, high = g.subs(x, end), g.subs(x, start)
    factor = diff(g, x)
    return {
        "start": start,
        "end": end,
        "low": low,
        "high": high,
        "slope": factor,
        "scale": abs(factor),
        "length": high - low,
        "negative": integrate(factor, (x, start, end)),
    }


def _lift():
    stops = [Integer(stop) for stop in (0, 5, 2, 3)]
    trips = [Interval(min(trip), max(trip)) for trip in pairwise(stops)]
    visits = sum(Piecewise((1, trip.as_relational(u)), (0, True)) for trip in trips)
    path = integrate(visits, (u, min(stops), max(stops)))
    assert path == sum(trip.measure for trip in trips)
    return {
        "up": stops[1],
        "down": stops[2],
        "end": stops[3],
        "net": stops[-1] - stops[0],
        "path": path,
        "covered": Union(*trips).measure,
        "low_visits": visits.subs(u, 1),
        "middle_visits": visits.subs(u, Rational(5, 2)),
        "high_visits": visits.subs(u, 4),
    }


QUESTIONS = (
    Question(
        "sec-3-one-dimension",
        r"In $\int_{<start>}^{<end>} (7 - <down> x)^4\,dx$ you put $u = 7 - <down> x$. Which integral is it now?",
        (
            wrong(
                r"$-<factor> \int_{<start>}^{<end>} u^4\,du$",
                r"$<start>$ and $<end>$ are values of $x$, but now $u$ runs. This would be negative, about "
                r"<with_old:decimal>, although the integrand is not.",
            ),
            wrong(
                r"$-<down> \int_{<g_start>}^{<g_end>} u^4\,du$",
                r"The limits are right. But $du = -<down>\,dx$, so $dx = -<factor>\,du$: where $dx$ is replaced, the "
                "derivative divides.",
            ),
            right(
                r"$-<factor> \int_{<g_start>}^{<g_end>} u^4\,du$",
                r"The start $x = <start>$ becomes $u = <g_start>$, the end $x = <end>$ becomes $u = <g_end>$, and "
                r"$dx = -<factor>\,du$. The minus sign and the limits that run backwards cancel.",
            ),
        ),
        _limits,
    ),
    Question(
        "sec-3-one-dimension",
        r"In $\int_0^{\pi} \sin x\,dx$ you put $u = \sin x$. Both limits become $0$. So is the integral $0$?",
        (
            wrong(
                r"Yes: an integral from $0$ to $0$ is $0$, whatever stands in it.",
                r"Between $0$ and $\pi$ the sine is positive, and the integral is $<area>$. To replace $dx$ you had to "
                "solve for $x$, and on the whole range that cannot be done with one formula.",
            ),
            right(
                r"No: $\sin x$ rises and then falls, so split at $<turn>$ first.",
                r"To write $dx$ with $u$ alone, you solve $u = \sin x$ for $x$. That needs a stretch on which no value "
                r"is taken twice. Each half then gives its share of the $<area>$.",
            ),
            wrong(
                r"No: the limits should have stayed $0$ and $\pi$.",
                r"Limits belong to the variable of integration, so converting them was right. The trouble is another "
                r"one: the sine goes up to $1$ and then back down through the same values.",
            ),
        ),
        _arch,
    ),
    Question(
        "sec-3-one-dimension",
        r"In $\int_{<start>}^{<end>} 2x \cos(x^2)\,dx$ you put $u = x^2$. At $x = 0$ this $u$ turns around. "
        "What does the integral become?",
        (
            right(
                r"$\int_{<from>}^{<to>} \cos u\,du$, in one piece",
                r"The integrand has the form $f(g(x))\,g'(x)$ already. Read in this direction the formula needs no "
                "inverse of $g$, only the values of $g$ at the two ends.",
            ),
            wrong(
                r"$\int_{<lowest>}^{<to>} \cos u\,du$, since $u$ takes all these values",
                r"The new limits are the images of the two ends, not the smallest and the largest value. The way from "
                r"$<from>$ down to $<lowest>$ and the way back up to $<from>$ cancel.",
            ),
            wrong(
                r"It cannot be done in one piece, because $x^2$ is not one-to-one",
                r"Splitting is needed when you solve $u = g(x)$ for $x$. Here $2x\,dx$ is $du$ as it stands, and "
                "nothing has to be solved.",
            ),
        ),
        _turning,
    ),
    Question(
        "sec-3-sets",
        r"The function $g(x) = 5 - <scale> x$ sends the set $[<start>, <end>]$ to the set $[<low>, <high>]$. "
        r"Which integral equals $\int_{<low>}^{<high>} f(u)\,du$?",
        (
            right(
                r"$\int_{<start>}^{<end>} f(5 - <scale> x) \cdot <scale>\,dx$",
                r"Over sets: the smaller number first, and the factor is $|g'| = <scale>$. For $f = 1$ both sides are "
                r"the length $<length>$.",
            ),
            wrong(
                r"$\int_{<start>}^{<end>} f(5 - <scale> x) \cdot (<slope>)\,dx$",
                r"The limits are those of a set, but the factor is the signed one. Try $f = 1$: this gives "
                r"$<negative>$, and a length is not negative.",
            ),
            wrong(
                r"$\int_{<end>}^{<start>} f(5 - <scale> x) \cdot <scale>\,dx$",
                r"With the limits in reversed order the sign is in the limits, and the factor must be $g' = <slope>$. "
                "Here the two systems are mixed, and the result has the wrong sign.",
            ),
        ),
        _set,
    ),
    Question(
        "sec-3-sets",
        r"A lift starts at height $0$, goes up to $<up>$, down to $<down>$, and up again to $<end>$. At time $t$ it is "
        r"at the height $g(t)$. What is $\int g'(t)\,dt$ over the whole ride?",
        (
            wrong(
                r"$<path>$",
                r"That is the length of the way, $\int |g'(t)|\,dt$. Without the absolute value the ways up and down "
                "cancel.",
            ),
            wrong(
                r"$<covered>$",
                r"That is the length of the set of heights, from $0$ to $<up>$. It does not know where the ride ends.",
            ),
            right(
                r"$<net>$",
                r"The signed integral is the net change: the last height minus the first.",
            ),
        ),
        _lift,
    ),
    Question(
        "sec-3-sets",
        r"For the same ride ($0$ up to $<up>$, down to $<down>$, up to $<end>$), let $N(u)$ be the number of times at "
        r"which the lift is at the height $u$. What is $\int N(u)\,du$?",
        (
            wrong(
                r"$<covered>$",
                r"That would be right if each height were passed once. Heights between $<down>$ and $<end>$ are passed "
                r"$<middle_visits>$ times, and each time counts.",
            ),
            right(
                r"$<path>$",
                r"$N$ is $<low_visits>$ below $<down>$, then $<middle_visits>$ up to $<end>$, then $<high_visits>$ up "
                r"to $<up>$. Each visit counts, so this is the length of the way, $\int |g'(t)|\,dt$.",
            ),
            wrong(
                r"$<net>$",
                r"That is the net change, where down is subtracted. A number of visits is never negative, so nothing "
                "can cancel here.",
            ),
        ),
        _lift,
    ),
)
