"""Slips of every chapter."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "term-dropped": Misconception(
        "A term forgotten",
        "A sum is differentiated term by term, and every term that contains the variable contributes.",
        "sec-1-partial",
    ),
    "power-rule-factor": Misconception(
        "The factor of the power rule lost",
        "The derivative of $x^n$ is $n x^{n-1}$: the exponent goes down by one, and the old exponent stays as a "
        "factor.",
        "sec-1-partial",
    ),
    "sign-of-a-power": Misconception(
        "The sign of a power",
        "An even power of a negative number is positive, an odd one is negative.",
        "sec-1-partial",
    ),
    "function-of-a-sum-split": Misconception(
        "A function of a sum taken apart",
        r"A function of a sum is not the sum of the function's values: $\ln(u + v)$ is not $\ln u + \ln v$. The "
        r"derivative of the outer function is taken at the whole sum.",
        "sec-1-graph",
    ),
    "value-for-derivative": Misconception(
        "The value given for the derivative",
        "The value says how large a quantity is. The derivative says how fast it changes when the input moves.",
        "sec-1-sensitivity",
    ),
    "slope-upside-down": Misconception(
        "A ratio upside down",
        "Check which quantity is divided by which: make one of them large in your mind, and see whether the ratio "
        "should grow.",
        "sec-1-sensitivity",
    ),
    "other-base-of-the-logarithm": Misconception(
        "A logarithm to another base",
        r"The natural logarithm has base $e$. Base 2 counts bits; the two differ by the factor $\ln 2$.",
        "sec-1-jgp",
    ),
}
