"""Quick questions on values that are used again, and on many inputs and outputs."""

from __future__ import annotations

from sympy import Rational, diff, symbols

from questions._entry import Question, right, wrong

x = symbols("x")


def _shares():
    shares = (2, -5, 4)
    names = dict(zip(("first", "second", "third"), shares, strict=True))
    return names | {"sum": sum(shares), "mean": Rational(sum(shares), len(shares))}


def _sum():
    u, v, bar = 1, 2, 6
    return {
        "u": u,
        "v": v,
        "bar": bar,
        "half": Rational(bar, 2),
        "by_u": Rational(bar * u, u + v),
        "by_v": Rational(bar * v, u + v),
    }


def _overwritten():
    """Sweep back over y = x x and y = (x + 1) x, once adding up, once keeping the last share only."""
    at = 2
    q, other = symbols("q other")
    square_share = diff(other * x, x).subs(other, x)
    product = q * x
    last_share = diff(product, q) * diff(x + 1, x)  # the sum is the last step on the way back
    return {
        "x": at,
        "square": diff(x * x, x).subs(x, at),
        "square_left": square_share.subs(x, at),
        "true": diff((x + 1) * x, x).subs(x, at),
        "left": last_share.subs(x, at),
    }


def _digits():
    n, m = 64, 10
    return {"n": n, "m": m, "pairs": n * m, "i": 3}


QUESTIONS = (
    Question(
        "sec-1-reuse",
        r"A value $x$ is used three times. On the way back the shares $<first>$, $<second>$ and $<third>$ arrive, in "
        r"this order. What is $\bar x$?",
        (
            right(
                "$<sum>$",
                "If $x$ moves, all three copies move with it, and the result moves by the sum of what each one causes.",
            ),
            wrong(
                "$<third>$",
                "Here each share has overwritten the one before. Every use counts, so each share is *added* to what "
                "is there.",
            ),
            wrong(
                "$<mean>$",
                "That is the mean. But the copies do not share one movement of $x$ between them: each makes the full "
                "movement.",
            ),
        ),
        _shares,
    ),
    Question(
        "sec-1-reuse",
        r"On the way forward $s = u + v$ with $u = <u>$ and $v = <v>$. On the way back $\bar s = <bar>$ arrives. What "
        r"are $\bar u$ and $\bar v$?",
        (
            wrong(
                "$<half>$ and $<half>$",
                r"An adjoint is a rate, not a load to be shared out. If $u$ alone moves, $s$ moves by just as much, "
                "and that has its full effect.",
            ),
            wrong(
                "$<by_u>$ and $<by_v>$",
                "How large the terms are plays no part. The question is how much $s$ moves when one of them moves: "
                "just as much, for either.",
            ),
            right(
                "$<bar>$ and $<bar>$",
                "Both partials of a sum are 1. What is added on the way forward is copied on the way back.",
            ),
        ),
        _sum,
    ),
    Question(
        "sec-1-reuse",
        "A sweep back *sets* each adjoint where it should add to it. For which calculation does it find the right "
        "derivative all the same?",
        (
            wrong(
                r"$y = x \cdot x$, as both shares are equal.",
                r"Equal or not, one of the two is lost. At $x = <x>$ the sweep finds $<square_left>$ in place of "
                r"$<square>$.",
            ),
            right(
                r"$y = \tanh(e^x)$, as nothing is used twice.",
                "On a single path no box gets a second share, so there is nothing to overwrite. That is why a test on "
                "a plain chain does not find this mistake.",
            ),
            wrong(
                r"$y = (x + 1) \cdot x$, as the two uses differ.",
                r"The two uses are in different steps, but both give a share to the same $x$. At $x = <x>$ the last "
                r"one leaves $<left>$ in place of $<true>$.",
            ),
        ),
        _overwritten,
    ),
    Question(
        "sec-1-many",
        r"A step takes $<n>$ pixels to $<m>$ probabilities. What stands in row $<i>$ of its Jacobian?",
        (
            wrong(
                "How pixel $<i>$ acts on all $<m>$ probabilities.",
                r"That is column $<i>$. Rows are outputs, columns are inputs.",
            ),
            right(
                "How all $<n>$ pixels act on probability $<i>$.",
                r"Row $<i>$ belongs to output number $<i>$, and has one entry $\partial y_{<i>}/\partial x_j$ for each "
                "input.",
            ),
            wrong(
                "How all $<n>$ pixels act on the error.",
                "The Jacobian belongs to this step alone. The error comes later; its gradient is what you get when the "
                "paths through *all* rows are added up.",
            ),
        ),
        _digits,
    ),
    Question(
        "sec-1-many",
        r"The error depends on the $<m>$ probabilities, and they depend on $<n>$ pixels. How many terms does the sum "
        "for the derivative of the error by *one* pixel have?",
        (
            wrong(
                "$<n>$, one for each pixel.",
                "The pixel is fixed: it is the one that moves, and the others hold still. The sum runs over what lies "
                "between the pixel and the error.",
            ),
            wrong(
                "$<pairs>$, one for each pair.",
                r"All $<pairs>$ entries of the Jacobian are needed for all $<n>$ derivatives together. Those that "
                "belong to one pixel stand in one column.",
            ),
            right(
                "$<m>$, one for each probability.",
                "From one pixel there is one route to the error through each output. The terms are products along "
                "these routes.",
            ),
        ),
        _digits,
    ),
    Question(
        "sec-1-many",
        r"A neuron $k$ in the middle feeds five others, and at the start all five weights $w_{jk}$ are $0$. What is "
        r"its error signal $\delta_k$?",
        (
            right(
                "It is $0$, whatever the five error signals are.",
                r"$\delta_k = \sigma'(z_k) \sum_j w_{jk}\,\delta_j$. With weights of 0, nothing that this neuron does "
                "reaches the error yet.",
            ),
            wrong(
                r"It is $\sigma'(z_k)$, the slope that is left over.",
                r"The slope is a factor, not a term. It multiplies the sum of what comes back, and that sum is 0.",
            ),
            wrong(
                "It is large, as the neuron has everything to learn.",
                "An error signal does not measure how much there is to learn. It measures how the error moves when "
                r"$z_k$ moves, and here it does not.",
            ),
        ),
    ),
)
