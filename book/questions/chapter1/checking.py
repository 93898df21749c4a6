"""Quick questions on checking gradients, and on kinks."""

from __future__ import annotations

from sympy import Max, Rational, diff, log, symbols

from questions._entry import Question, right, wrong

x, h = symbols("x h")


def _steps():
    return {"tiny": -13, "good": -5}


def _quadratic():
    f = 3 * x**2 + x
    forward = ((f.subs(x, x + h) - f) / h).expand() - diff(f, x)
    return {"third": diff(f, x, 3), "forward": forward}


def _relative():
    by_hand, measured = Rational(32, 10), Rational(16, 10)
    step = Rational(1, 10**5)
    epsilon = Rational(1, 10**16)
    return {
        "by_hand": by_hand,
        "measured": measured,
        "power": -7,
        "limit": -6,
        "step": round(log(step, 10)),
        "noise": round(log(epsilon / step, 10)),
        "ratio": by_hand / measured,
        "times": (by_hand - measured) * Rational(1, 10**7) / (epsilon / step),
    }


def _smooth_place():
    at, real = 2, symbols("x", real=True)
    slope = diff(abs(real), real)
    return {"at": at, "slope": slope.subs(real, at), "left": slope.subs(real, -1), "right": slope.subs(real, 1)}


def _near():
    at, step = Rational(4), Rational(10)  # in millionths
    difference = (Max(at + step, 0) - Max(at - step, 0)) / (2 * step)
    return {"at": at, "step": step, "difference": difference, "slope": 1}


QUESTIONS = (
    Question(
        "sec-1-check",
        r"With $h = 10^{<tiny>}$ a central difference is far worse than with $h = 10^{<good>}$. Why?",
        (
            wrong(
                r"A computer cannot hold so small an $h$.",
                r"It can, with all its digits. The trouble begins when two nearly equal values of $f$ are "
                "subtracted.",
            ),
            right(
                r"Rounding errors are divided by $h$.",
                r"Every value of $f$ carries a rounding error. The difference keeps it, and the division by a tiny "
                "$h$ makes it large.",
            ),
            wrong(
                r"The terms left out grow as $h$ shrinks.",
                r"They shrink with it, like $h^2$. They are what counts on the *right* of the valley, where $h$ is "
                "large.",
            ),
        ),
        _steps,
    ),
    Question(
        "sec-1-check",
        r"Which truncation error does a central difference have for $f(x) = 3x^2 + x$?",
        (
            right(
                r"None at all, for any step $h$.",
                r"What it leaves out begins with $\frac{h^2}{6} f'''(x)$, and $f''' = <third>$ here. A quadratic "
                "shows only rounding errors.",
            ),
            wrong(
                r"One in proportion to $h$.",
                r"That is the forward quotient, with the error $\frac{h}{2} f''(x) = <forward>$. Looking to both sides "
                "cancels this term.",
            ),
            wrong(
                r"One in proportion to $h^2$.",
                r"For most functions, yes. But the factor of $h^2$ is $\frac{1}{6} f'''(x)$. What is the third "
                "derivative of a quadratic?",
            ),
        ),
        _quadratic,
    ),
    Question(
        "sec-1-check",
        r"An entry of a gradient is $<by_hand:decimal> \cdot 10^{<power>}$ by hand, and $<measured:decimal> \cdot "
        r"10^{<power>}$ by central differences with $h = 10^{<step>}$ in double precision. The loss is smooth and of "
        "ordinary size, about 1. Do they agree?",
        (
            wrong(
                r"Yes, they differ by less than $10^{<limit>}$.",
                r"Beside numbers of this size a difference of $10^{<limit>}$ would be huge. Judge the *relative* "
                r"error: one is $<ratio>$ times the other.",
            ),
            wrong(
                "Yes, rounding explains such a difference.",
                r"Rounding contributes about $\varepsilon \lvert f \rvert / h \approx 10^{<noise>}$. The difference is "
                r"about $<times>$ times as large.",
            ),
            right(
                r"No, one is $<ratio>$ times the other.",
                r"Both are small, but a factor of $<ratio>$ between them is a mistake. Rounding at this step is far "
                "smaller.",
            ),
        ),
        _relative,
    ),
    Question(
        "sec-1-kinks",
        r"At $x = 0$ one library gives relu the derivative $0$, another one $\frac12$. Which is right?",
        (
            wrong(
                r"$\frac12$, as the central difference confirms.",
                "The central difference takes the mean of the two slopes, whatever they are. Here it confirms a "
                "convention, not a derivative.",
            ),
            wrong(
                r"$0$, as relu itself is $0$ there.",
                "The height says nothing about the slope. On the right of 0 the slope is 1, however close you go.",
            ),
            right(
                "Neither is right, and neither is wrong.",
                "There is no derivative at the corner. Each library picks a number from the set of subgradients, and "
                "both of these belong to it.",
            ),
        ),
    ),
    Question(
        "sec-1-kinks",
        r"Which numbers are subgradients of $f(x) = \lvert x \rvert$ at $x = <at>$?",
        (
            wrong(
                r"All from $<left>$ to $<right>$.",
                r"That is the set at the corner, $x = 0$. At $x = <at>$ a flatter line through the point lies above "
                "the graph on its left.",
            ),
            right(
                r"Only the number $<slope>$.",
                r"At $x = <at>$ there is no corner. Where $f$ has a derivative, that is its only subgradient.",
            ),
            wrong(
                r"None, as there is no corner.",
                r"A corner is where there are *many*. Here the line of slope $<slope>$ through the point stays on or "
                "below the graph everywhere, so there is one.",
            ),
        ),
        _smooth_place,
    ),
    Question(
        "sec-1-kinks",
        r"You check relu at $x = <at> \cdot 10^{-6}$ with $h = <step> \cdot 10^{-6}$. The gradient says $<slope>$, the "
        r"central difference $<difference:decimal>$. What should you do?",
        (
            right(
                "Check at a place farther from 0.",
                r"The corner lies between $x - h$ and $x + h$, so the difference mixes two slopes. The gradient is "
                "right, the check is wrong.",
            ),
            wrong(
                r"Correct the gradient to $<difference:decimal>$.",
                r"For $x > 0$ the slope of relu is $<slope>$, without any doubt. The number $<difference:decimal>$ is "
                "the slope of neither side.",
            ),
            wrong(
                "Loosen the tolerance of the check.",
                "Then it would pass here, and pass real mistakes elsewhere. The tolerance is not at fault; the place "
                "is.",
            ),
        ),
        _near,
    ),
)
