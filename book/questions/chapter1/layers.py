"""Quick questions on the Jacobian-gradient product, on layers and batches, and on training."""

from __future__ import annotations

from sympy import Matrix, Rational, exp, log

from questions._entry import Question, right, wrong


def _square():
    J, g = Matrix([[0, 1], [-2, 3]]), Matrix([2, 1])
    return {"J": J, "g": g, "right": J.T * g, "wrong": J * g}


def _one_row():
    J, g = Matrix([[2, 1], [1, 4], [3, -1]]), Matrix([0, 1, 0])
    back = J.T * g
    return {"g": g, "m": J.rows, "n": J.cols, "row": list(g).index(1) + 1, "back": len(back)}


def _scores():
    p, t = Matrix([7, 2, 1]) / 10, Matrix([0, 1, 0])
    names = {}
    for name, vector in {"p": p, "right": p - t, "own": (p - t).multiply_elementwise(t), "turned": t - p}.items():
        names |= {f"{name}_{i}": entry for i, entry in enumerate(vector, start=1)}
    return names


def _twice():
    B = 32
    return {"B": B, "rows": 2 * B}


def _mean_again():
    B = 50
    G = [Rational(1, B)] * B
    return {"B": B, "too_small": sum(G) / (sum(G) / B)}


def _too_sure():
    classes, loss = 10, 8
    chance, probability = f"{float(log(classes)):.1f}", f"{float(exp(-loss)):.0e}"
    return {"classes": classes, "loss": loss, "chance": Rational(chance), "probability": Rational(probability)}


def _held_out():
    train, held_out = 100, 90
    return {"whole": 100, "train": train, "held_out": held_out, "mean": Rational(train + held_out, 2)}


QUESTIONS = (
    Question(
        "sec-1-jgp",
        r"A step has as many outputs as inputs, and the code returns $J g$ in place of $J^\mathsf{T} g$. When do its "
        "values come out right all the same?",
        (
            wrong(
                "Always, since both products have the same shape.",
                r"The same shape, but not the same values. For $J = <J>$ and $g = <g>$ the right product is "
                r"$<right>$, the other one $<wrong>$.",
            ),
            right(
                r"For a step such as $y = \tanh(x)$, entry by entry.",
                r"There $J$ is diagonal, so it is its own transpose. That is how the mistake slips through a test on "
                "such a step.",
            ),
            wrong(
                r"For a step $y = A x$, whatever the square $A$.",
                r"There $J = A$, and $A$ need not equal its transpose. Only for a symmetric $A$ do both products "
                "agree.",
            ),
        ),
        _square,
    ),
    Question(
        "sec-1-jgp",
        r"A step has $<n>$ inputs and $<m>$ outputs. You call its pullback with $g = <g>$. What comes back?",
        (
            wrong(
                r"The whole $J$, of shape $<m> \times <n>$.",
                r"A pullback returns one vector, $J^\mathsf{T} g$. For the whole Jacobian you call it once for each "
                "row.",
            ),
            wrong(
                r"Column $<row>$ of $J$, with $<m>$ entries.",
                r"That would be $J$ times a vector with a single 1: the way forward. The pullback multiplies by "
                r"$J^\mathsf{T}$, and returns one number for each *input*.",
            ),
            right(
                r"Row $<row>$ of $J$, with $<back>$ entries.",
                r"$J^\mathsf{T} g$ with a single 1 at place $<row>$ picks out column $<row>$ of $J^\mathsf{T}$, and "
                r"that is row $<row>$ of $J$.",
            ),
        ),
        _one_row,
    ),
    Question(
        "sec-1-jgp",
        r"A softmax gives the probabilities $(<p_1:decimal>, <p_2:decimal>, <p_3:decimal>)$, and the second class is "
        "the true one. What is the gradient of the cross-entropy by the three scores?",
        (
            right(
                r"$(<right_1:decimal>, <right_2:decimal>, <right_3:decimal>)$",
                "Probability minus target. A step against it pulls the true class up and pushes the others down.",
            ),
            wrong(
                r"$(<own_1:decimal>, <own_2:decimal>, <own_3:decimal>)$",
                "Only the true class's probability stands in the loss. But each score acts on that probability, "
                "because it stands in the sum of the denominator.",
            ),
            wrong(
                r"$(<turned_1:decimal>, <turned_2:decimal>, <turned_3:decimal>)$",
                "That is target minus probability: the way in which the scores should move. The gradient points the "
                "other way, to where the error grows.",
            ),
        ),
        _scores,
    ),
    Question(
        "sec-1-layer",
        r"In $Y = XW + b$, which entries of $Y$ does the single weight $W_{kj}$ touch?",
        (
            wrong(
                r"Only $Y_{kj}$, with the same indices.",
                r"$Y$ has a row for each example, and $k$ counts inputs. The same weight is used for every example of "
                "the batch.",
            ),
            right(
                r"Column $j$, and there every row.",
                r"It is used once for each example, always for output $j$. Its gradient is the sum over these uses, "
                r"$\sum_i X_{ik}\, G_{ij}$.",
            ),
            wrong(
                r"Row $k$, and there every column.",
                r"This takes $k$ for a number of examples. It is the number of an input; the weight leads from there "
                r"to output $j$, in every row.",
            ),
        ),
    ),
    Question(
        "sec-1-layer",
        r"The loss is the *sum* over $<B>$ examples. Now you put every example into the batch a second time. What "
        r"becomes of $\partial L/\partial W$ and of $\partial L/\partial X$?",
        (
            wrong(
                "Both stay: there is nothing new in the batch.",
                "That would suit the weights if the loss were a mean. In a sum every example has its share, and now "
                "each share comes twice.",
            ),
            wrong(
                "Both have the old shape, with entries twice as large.",
                r"For $W$ that is so: all examples share it. But $X$ has a row of its own for each example, so its "
                r"gradient has $<rows>$ rows now.",
            ),
            right(
                r"The first doubles, the second has twice as many rows.",
                r"All examples share $W$, so their shares add up. Each row of $X$ is used once, for its own example, "
                "and keeps the gradient that it had.",
            ),
        ),
        _twice,
    ),
    Question(
        "sec-1-layer",
        r"The loss is the *mean* over a batch of $<B>$ examples, and $G = \partial L/\partial Y$ is right. Somebody "
        "takes `G.mean(axis=0)` as the gradient of the bias. What is that?",
        (
            right(
                r"Too small: by a factor of $<too_small>$.",
                r"The mean of the loss is in $G$ already, as a factor $1/B$ in every row. The bias is used in every "
                "row, so the rows are added.",
            ),
            wrong(
                r"The gradient: a mean for a mean loss.",
                r"The mean was taken once, in the loss, and has left its factor $1/B$ in $G$. Taking it again divides "
                "a second time.",
            ),
            wrong(
                r"Too large: by a factor of $<too_small>$.",
                r"A mean over the rows is smaller than their sum, not larger. And the sum is what belongs here: every "
                "row uses the bias.",
            ),
        ),
        _mean_again,
    ),
    Question(
        "sec-1-train",
        r"A classifier for $<classes>$ classes has not made a single step yet, and its loss is $<loss>$. What should "
        "you look at?",
        (
            wrong(
                "Nothing: it has learned nothing yet.",
                r"To know nothing costs only $\ln <classes> \approx <chance:decimal>$. A loss far above that means: it "
                "is *sure* of wrong answers.",
            ),
            right(
                "The set-up, such as the first weights.",
                r"Pure guessing has the loss $\ln <classes> \approx <chance:decimal>$. A loss of $<loss>$ is what you "
                r"get if each true class has the probability $e^{-<loss>} \approx <probability:decimal>$.",
            ),
            wrong(
                "The learning rate: it is too large.",
                "The learning rate has done nothing so far, neither good nor harm: no step has been made.",
            ),
        ),
        _too_sure,
    ),
    Question(
        "sec-1-train",
        "A network is trained on mini-batches. From one step to the next, the printed loss goes up a little. The "
        "gradient has been checked. What is the most likely reason?",
        (
            wrong(
                "The gradient was added, not subtracted.",
                "Then the loss would go up step after step, over the whole run. Single small rises are to be expected.",
            ),
            wrong(
                "The weights have passed the lowest point.",
                "That may happen with a large learning rate. But first remember what the two losses were measured "
                "on: not on the same pictures.",
            ),
            right(
                "The next mini-batch has other pictures.",
                "Each loss is measured on a mini-batch of its own, and some are harder than others. That is why the "
                "curve is rough even when all goes well.",
            ),
        ),
    ),
    Question(
        "sec-1-train",
        r"Of $<whole>$ training pictures a network reads $<train>$, of $<whole>$ held-out ones $<held_out>$. About how "
        r"many of $<whole>$ new pictures by the same writers will it read?",
        (
            right(
                r"About $<held_out>$.",
                "The held-out pictures played no part in the training, so to the network they are as new as the next "
                "ones.",
            ),
            wrong(
                r"About $<mean>$.",
                "The mean mixes in the training pictures. Their answers were used to turn the weights, so they tell "
                "nothing about new ones.",
            ),
            wrong(
                r"About $<train>$.",
                "The weights were turned until these very pictures came out right. How the network does on others, "
                "only others can tell.",
            ),
        ),
        _held_out,
    ),
)
