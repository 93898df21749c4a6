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
        r"The derivative of $x^n$ is $n x^{n-1}$: the exponent goes down by one, and the old exponent stays as a "
        r"factor.",
        "sec-1-partial",
    ),
}
