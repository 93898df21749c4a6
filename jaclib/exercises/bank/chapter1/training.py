"""Training: the loss before any learning."""

from __future__ import annotations

from sympy import log

from jaclib.exercises.entry import Exercise, Mistake

# --- E1.22 -------------------------------------------------------------------------------------------------------

E1_22 = Exercise(
    id="E1.22",
    title="The loss before any learning",
    kind="number",
    section="sec-1-train",
    objective="train",
    difficulty=1,
    given={"K": 26},
    draw=lambda rng: {"K": rng.choice([3, 5, 6, 7, 12, 15, 20, 36, 50, 62, 100, 1000])},
    prompt=r"""
        A classifier is to tell $<K>$ classes apart. Before training it knows nothing, and gives each class the same
        probability. What is its cross-entropy loss for one example, with the natural logarithm? (The target is 1 for
        the true class and 0 for all others.)
    """,
    answer=lambda g: log(g.K),
    mistakes=[
        Mistake(
            "minus-of-the-loss-lost",
            lambda g: -log(g.K),
            "A loss of this kind is never negative. What is the sign of the logarithm of a probability, and what does "
            "the definition put in front of it?",
        ),
        Mistake("probability-for-target", lambda g: log(g.K) / g.K),
        Mistake(
            "probability-for-target",
            lambda g: g.K * log(g.K),
            r"You added $-\ln p_i$ over all classes. Each term is multiplied by its target $t_i$: for how many classes "
            r"is that not zero?",
        ),
        Mistake("other-base-of-the-logarithm", lambda g: log(g.K) / log(2)),
        Mistake(
            "other-base-of-the-logarithm",
            lambda g: log(g.K) / log(10),
            r"You took the logarithm to base 10. The natural logarithm has base $e$; in NumPy it is `np.log`.",
        ),
        Mistake(
            "wrong-class-looked-at",
            lambda g: -log(1 - 1 / g.K),
            "You took the probability of all the other classes together. The loss looks at the probability of the true "
            "class.",
        ),
        Mistake(
            "error-rate-for-loss",
            lambda g: 1 - 1 / g.K,
            r"That is how often a guess is wrong. The loss is a logarithm of the probability that the true class got.",
        ),
    ],
    hints=[
        r"The probabilities have the sum 1, and all $<K>$ of them are equal. How large is each?",
        r"In $L = -\sum_i t_i \ln p_i$ the targets are 0 but for the true class. Which term is left?",
        r"What is left is $-\ln p$ with $p = 1/<K>$. The logarithm of one over a number is minus the logarithm of the "
        r"number.",
    ],
    solution=r"""
        Each class gets the probability $p = 1/<K>$. In $L = -\sum_i t_i \ln p_i$ only the term of the true class is not
        zero:

        $$
        L = -\ln\left(\frac{1}{<K>}\right) = <answer> \approx <answer:decimal> .
        $$

        Look for this number when a training starts. A first loss far above it is a sign of a mistake in the set-up.
    """,
)
