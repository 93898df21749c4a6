"""Quick questions on what forward and reverse mode cost, and on batches."""

from __future__ import annotations

from questions._entry import Question, right, wrong


def _long(number: int) -> str:
    """Write a large number in groups of three digits."""
    return f"{number:,}".replace(",", r"\,")


def _growth():
    before, after = 10**3, 10**6
    return {"before": before, "after": _long(after), "ratio": after // before}


def _wide():
    return {"inputs": _long(10**6), "outputs": 1000}


def _memory():
    return {"size": 50, "before": 5000, "after": _long(2 * 5000)}


def _double_batch():
    m, n = 3, 7
    full, blocks = (lambda B: B * m * B * n), (lambda B: B * m * n)
    return {"entries": full(16) // full(8), "not_zero": blocks(16) // blocks(8)}


def _rows():
    B, m, n = 100, 3, 8
    return {"B": B, "m": m, "n": n, "X": (B, n), "u": (B, m), "block": (m, n)}


QUESTIONS = (
    Question(
        "sec-2-cost",
        "A network grows from $<before>$ to $<after>$ weights. How many VJPs does the gradient of its loss take "
        "afterwards?",
        (
            wrong(
                "$<ratio>$ times as many as before, since there are more slopes",
                "More slopes come back, but all of them at once. Reverse mode needs one pass for each *output*, and "
                "there is one loss.",
            ),
            right(
                "One, as before, at the price of a few calls of the network",
                "The number of VJPs is the number of outputs. One call of the larger network costs more, and the "
                "gradient goes along with it.",
            ),
            wrong(
                "$<after>$, since each weight has a slope of its own",
                "That is the count for forward mode, which nudges one input at a time. One VJP gives a whole row.",
            ),
        ),
        _growth,
    ),
    Question(
        "sec-2-cost",
        "A function takes $<inputs>$ numbers to $<outputs>$. You want to know how the output moves if the input moves "
        "by one given $v$. What is the cheapest way?",
        (
            right(
                "One JVP with the tangent $v$",
                "$Jv$ is one forward pass, whatever the shape of $J$ is. The rule about wide and tall is for those "
                "who need all of $J$.",
            ),
            wrong(
                "$<outputs>$ VJPs, and then $J$ times $v$",
                "For a wide Jacobian reverse mode is the cheaper way to *all* of $J$. Here one product with it is "
                "enough.",
            ),
            wrong(
                "$<inputs>$ JVPs, one for each entry of $v$",
                "These would give the columns of $J$ one by one. The tangent need not be a unit vector: push $v$ "
                "itself forward.",
            ),
        ),
        _wide,
    ),
    Question(
        "sec-2-cost",
        "The Jacobian of a simulation is $<size>$ by $<size>$, so both modes need equally many passes. The simulation "
        "grows from $<before>$ to $<after>$ time steps. Which mode then needs about twice the memory?",
        (
            wrong(
                "Both modes, since both go through all the steps",
                "Both take twice the *time*. Forward mode hands value and nudge on to the next step, and can forget "
                "the last one.",
            ),
            wrong(
                "Forward mode, since it carries the nudges along",
                "It carries the nudges of the current step only. Those of the steps before are no longer needed.",
            ),
            right(
                "Reverse mode, since it has to remember all the steps",
                "It goes back from the end, and on its way it needs the values of every step. Forward mode forgets as "
                "it goes.",
            ),
        ),
        _memory,
    ),
    Question(
        "sec-2-batches",
        "The size of a batch is doubled. The layer treats each example by itself. What becomes of the full Jacobian, "
        "of shape $(B, m, B, n)$?",
        (
            wrong(
                "$<not_zero>$ times the entries, and $<not_zero>$ times those that are not zero",
                "The batch stands in this shape twice, once for the outputs and once for the inputs. So the number of "
                "entries grows by the factor $<entries>$.",
            ),
            wrong(
                "$<entries>$ times the entries, and $<entries>$ times those that are not zero",
                "The number of entries is right. But only blocks that pair an example with itself can differ from "
                "zero, and there is one for each example.",
            ),
            right(
                "$<entries>$ times the entries, and $<not_zero>$ times those that are not zero",
                "There are $B^2$ blocks, and the $B$ on the diagonal are left. So the share of zeros grows with the "
                "batch.",
            ),
        ),
        _double_batch,
    ),
    Question(
        "sec-2-batches",
        "Layer A divides each example by its own largest entry. Layer B divides all examples by the largest entry of "
        "the whole batch. Which of the two has a block diagonal Jacobian?",
        (
            right(
                "Only layer A",
                "In A no example knows of another. In B the example with the largest entry acts on all of the others.",
            ),
            wrong(
                "Both of them",
                "In B every output is divided by the same number, and this number comes from one of the examples. "
                "Move its entry, and all the outputs move.",
            ),
            wrong(
                "Neither of them",
                "In A a division does tie entries together, but only those of the same example. They are in the same "
                "block.",
            ),
        ),
    ),
    Question(
        "sec-2-batches",
        "A layer treats each example by itself, and gives $<m>$ scores for each of $<B>$ examples. The input has the "
        "shape $<X>$. You pull back ones, of shape $<u>$. What stands in row $i$ of the result?",
        (
            wrong(
                "The sum of the gradients of all the examples",
                "A vector of ones does add up the rows. But rows of different examples sit in different columns, so "
                "they do not meet.",
            ),
            right(
                "The sum of the $<m>$ gradients of example $i$",
                "The rows of one example share their columns, and are added. So with several scores for each example "
                "the single gradients are mixed.",
            ),
            wrong(
                "The $<m>$ gradients of example $i$, side by side",
                "These would be a block of shape $<block>$, and row $i$ has $<n>$ entries. With *one* score for each "
                "example, ones do give the gradient.",
            ),
        ),
        _rows,
    ),
)
