"""Quick questions on the m × n matrix, on layouts, and on the pieces of a network."""

from __future__ import annotations

from fractions import Fraction

from sympy import Matrix, diag, diff, symbols

from questions._entry import Question, right, wrong

y = symbols("y")


def _mixer():
    outputs, inputs, column = 2, 5, 4
    J = Matrix(outputs, inputs, lambda i, j: i + j)
    return {"inputs": inputs, "m": len(J[:, column - 1]), "n": len(J[0, :]), "column": column}


def _vanishing():
    return {"slope": diff(y**2, y).subs(y, 0), "far": diff(y**2, y).subs(y, 3), "at": 3}


def _area():
    J, small = Matrix([[3, 1], [-1, 2]]), Fraction(1, 100)
    return {
        "J": J,
        "small": small,
        "det": J.det(),
        "right": J.det() * small,
        "squared": J.det() ** 2 * small,
        "sign": (J[0, 0] * J[1, 1] + J[0, 1] * J[1, 0]) * small,
        "ad": J[0, 0] * J[1, 1],
        "bc": J[0, 1] * J[1, 0],
    }


def _other_layout():
    inputs, outputs = 5, 2
    J = Matrix(outputs, inputs, lambda i, j: i + j)
    return {"theirs": J.T.shape, "ours": J.shape, "inputs": inputs, "outputs": outputs}


def _weights():
    neurons, inputs = 4, 6
    return {
        "neurons": neurons,
        "inputs": inputs,
        "shape": (neurons, inputs),
        "turned": (inputs, neurons),
        "row": (1, neurons * inputs),
    }


def _softmax():
    p, rise = Matrix([Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)]), Fraction(2, 100)
    column = (diag(*p) - p * p.T)[:, 0]
    moved = column * rise / column[0]
    return {
        "rise": rise,
        "others": -(moved[1] + moved[2]),
        "fall_2": -moved[1],
        "fall_3": -moved[2],
        "p": p,
        "total": 1 + rise - 2 * rise,
    }


def _sure():
    truth, wrong_class, even = Matrix([1, 0, 0]), Matrix([0, 1, 0]), Matrix([1, 1, 1]) / 3
    return {"sure_and_wrong": wrong_class - truth, "even": even - truth, "p": wrong_class}


QUESTIONS = (
    Question(
        "sec-2-matrix",
        "A function takes the positions of $<inputs>$ sliders to the loudness in the left and in the right ear. What "
        "stands in column $<column>$ of its Jacobian?",
        (
            wrong(
                "$<n>$ numbers: how the loudness in one ear reacts to each slider",
                "That is a row. A row belongs to one output, and has an entry for each input.",
            ),
            right(
                "$<m>$ numbers: how the loudness in each ear reacts to slider $<column>$",
                "A column belongs to one input. It says where the whole output goes when only this input moves.",
            ),
            wrong(
                "One number: how the loudness as a whole reacts to slider $<column>$",
                "The two ears are two outputs, and they may react in opposite ways. The Jacobian keeps them apart.",
            ),
        ),
        _mixer,
    ),
    Question(
        "sec-2-matrix",
        "You evaluate a Jacobian at one point, and find a $0$ in row 1 and column 2. What does this tell you?",
        (
            wrong(
                "Output 1 does not depend on input 2, here and elsewhere.",
                "It would be so if the entry were zero at *every* point. With input 2 called $y$, the output $y^2$ "
                "has the slope $<slope>$ at $y = 0$, and the slope $<far>$ at $y = <at>$.",
            ),
            wrong(
                "At this point output 2 does not react to a small nudge of input 1.",
                "Here row and column are exchanged. Rows are outputs, columns are inputs.",
            ),
            right(
                "At this point output 1 does not react, to first order, to input 2.",
                "An entry is a rate at one point. Elsewhere it may be different, and a longer step may show an effect.",
            ),
        ),
        _vanishing,
    ),
    Question(
        "sec-2-matrix",
        "A map of the plane has the Jacobian $<J>$ at a point. What is, nearly, the area of the image of a tiny "
        "square of area $<small:decimal>$ there?",
        (
            right(
                "$<right:decimal>$",
                "The determinant is $<det>$. It is the factor from the area of the small square to the area of its "
                "image.",
            ),
            wrong(
                "$<sign:decimal>$",
                "The determinant is the difference of the two products: $<ad> - (<bc>) = <det>$. Here the second one "
                "was added.",
            ),
            wrong(
                "$<squared:decimal>$",
                "Here the determinant, $<det>$, was squared, as one squares a scale of lengths. It is a scale of "
                "areas already.",
            ),
        ),
        _area,
    ),
    Question(
        "sec-2-layouts",
        r"A book says that the derivative of $Ax$ by $x$ is $A^\mathsf{T}$. For some function $f$ it prints a "
        r"derivative of shape $<theirs>$. What do you know about $f$?",
        (
            wrong(
                "It has $<outputs>$ inputs and $<inputs>$ outputs.",
                "That is how *this* course would read the shape. The book uses the other layout: its rows follow the "
                "inputs.",
            ),
            wrong(
                "The shape alone does not tell which of the two are the inputs.",
                "The shape alone would not, but what the book says about $Ax$ gives its layout away.",
            ),
            right(
                "It has $<inputs>$ inputs and $<outputs>$ outputs.",
                r"A book with $A^\mathsf{T}$ uses denominator layout, in which rows follow $x$. In our layout the "
                r"Jacobian is the transpose, of shape $<ours>$.",
            ),
        ),
        _other_layout,
    ),
    Question(
        "sec-2-layouts",
        r"Somebody has programmed $2Ax$ as the gradient of $x^\mathsf{T}Ax$, for all square matrices $A$. Which test "
        r"finds the slip?",
        (
            right(
                "Comparing its numbers with differences, for a random $A$",
                r"For an $A$ that is not symmetric the gradient $(A + A^\mathsf{T})\,x$ has other numbers than $2Ax$, "
                r"and a random one is practically never symmetric.",
            ),
            wrong(
                "Comparing its shape with the shape of $x$, for a random $A$",
                "Both $2Ax$ and the gradient have the shape of $x$. A right shape does not prove a right gradient.",
            ),
            wrong(
                "Comparing its numbers with differences, for $A = I$",
                "For the identity $2Ax$ is right, because $I$ is symmetric. This test passes and finds nothing.",
            ),
        ),
    ),
    Question(
        "sec-2-layouts",
        r"A layer has a weight matrix $W$ of shape $<shape>$, and the loss $\ell$ is one number. Which shape has the "
        r"gradient of $\ell$ by $W$ in this course?",
        (
            wrong(
                "$<turned>$, since a gradient is the transpose of a derivative",
                "Some books write it that way round. Then it could not be subtracted from $W$. Here a gradient has "
                "the shape of its parameter.",
            ),
            right(
                "$<shape>$, since a gradient has the shape of its parameter",
                "A gradient is a step for its parameter: gradient descent subtracts a multiple of it from $W$, entry "
                "by entry.",
            ),
            wrong(
                "$<row>$, since a loss has one output and so one row",
                "That is the Jacobian in our layout, after $W$ has been flattened. The gradient keeps the shape of "
                "$W$.",
            ),
        ),
        _weights,
    ),
    Question(
        "sec-2-special",
        "A classifier has three classes. One logit is raised a little, and the probability of its class rises by "
        "$<rise:decimal>$. What do the other two probabilities do?",
        (
            wrong(
                "They stay as they are, since their own logits have not moved.",
                "So it would be for an elementwise function. Softmax divides by a sum that all classes share, and "
                "this sum has grown.",
            ),
            wrong(
                "Each of them falls by $<rise:decimal>$, since all must pay for it.",
                "Both do pay. But then the three would add up to $<total:decimal>$, and probabilities go on adding up "
                "to 1.",
            ),
            right(
                "Together they fall by $<others:decimal>$, the larger one by more.",
                r"The column of the Jacobian adds up to 0. The entries $-p_i\,p_j$ share the loss in proportion: from "
                r"$p = <p>$ they fall by $<fall_2:decimal>$ and $<fall_3:decimal>$.",
            ),
        ),
        _softmax,
    ),
    Question(
        "sec-2-special",
        "The loss is cross-entropy after softmax. When is its gradient by the logits nearly zero?",
        (
            right(
                "When the classifier is sure of the true class",
                "The gradient is $p - e_c$. It vanishes where $p$ has its 1 at the place of the true class.",
            ),
            wrong(
                "When the classifier is sure of any one class",
                "Sure and wrong is the worst case. With $p = <p>$ and the first class true, the gradient is "
                "$<sure_and_wrong>$: the entries cannot get larger.",
            ),
            wrong(
                "When all the classes are equally probable",
                "Then the classifier does not know, and the gradient tells it what to learn. With three classes and "
                "the first one true it is $<even>$.",
            ),
        ),
        _sure,
    ),
    Question(
        "sec-2-special",
        "At the start of training the weights in the branch $r$ of a residual block are tiny, so $J_r$ is almost "
        "zero. What is the Jacobian of the block, nearly?",
        (
            wrong(
                "The zero matrix: the block lets no nudge through.",
                "That holds for the branch alone. The block adds its input to what the branch computes, and there the "
                "nudge passes.",
            ),
            right(
                "The identity: the block passes each nudge on as it is.",
                "The Jacobian is $I + J_r$, and $I$ is what remains. So even a deep stack of such blocks passes "
                "nudges on.",
            ),
            wrong(
                "A matrix of ones: each entry gets a 1 from the input.",
                "The derivative of $x_i$ by $x_j$ is 1 for $i = j$ and 0 otherwise. So only the diagonal gets a 1.",
            ),
        ),
    ),
)
