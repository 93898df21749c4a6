"""Slips with the best linear map, the m × n matrix, layouts and special Jacobians."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "change-not-linearised": Misconception(
        "The real change in place of the linear one",
        "The Jacobian predicts the change as if the function went on as it starts. For a step that is not tiny, the "
        "function itself goes somewhere else.",
        "sec-2-linear",
    ),
    "change-added-to-the-input": Misconception(
        "The change of the output added to the input",
        "$Jv$ is a change of the output. It is added to the old output, $f(a)$, and not to the point $a$.",
        "sec-2-linear",
    ),
    "half-of-the-second-derivative": Misconception(
        "The half in Taylor's formula lost",
        r"In Taylor's formula the second derivative comes with $\frac{t^2}{2}$. The second derivative of $x^2$ is 2, "
        r"and the half turns it into 1 again.",
        "sec-2-linear",
    ),
    "mixed-term-counted-once": Misconception(
        "A mixed second derivative counted once",
        "A product $xy$ has two mixed second derivatives, by $x$ and then $y$, and by $y$ and then $x$. Both stand in "
        "the second derivative along a direction.",
        "sec-2-linear",
    ),
    "entries-added-for-the-length": Misconception(
        "Entries added in place of a length",
        "The length of a vector is the root of the sum of the squares of its entries.",
        "sec-2-linear",
    ),
    "linear-part-for-the-error": Misconception(
        "The linear part taken for the error",
        "That is the speed of the output, the length of $Jv$. The error is what is left after the linear part has been "
        "subtracted.",
        "sec-2-linear",
    ),
    "length-squared": Misconception(
        "The root in a length forgotten",
        "The length of a vector is the root of the sum of squares. Without the root an error that falls as $t^2$ seems "
        "to fall as $t^4$.",
        "sec-2-linear",
    ),
    "step-length-forgotten": Misconception(
        "The length of the step forgotten",
        r"The step is $tv$, and the linear map takes it to $t\,Jv$. With $Jv$ alone you predict the step $v$, which is "
        r"another one.",
        "sec-2-linear",
    ),
    "jacobian-at-the-end-of-the-step": Misconception(
        "The Jacobian taken at the end of the step",
        "The linear map belongs to the point from which we start. The error at the end is about as large with the "
        "Jacobian taken there, and so this slip is hard to see.",
        "sec-2-linear",
    ),
    "constant-prediction": Misconception(
        "The linear part left out",
        "The difference of two values is the whole change. The linear part of it is predicted, and has to be "
        "subtracted; without it the error falls only like $t$.",
        "sec-2-linear",
    ),
    "vector-for-its-length": Misconception(
        "A vector in place of its length",
        "An error has an entry for each output. Asked for is one number: the length of this vector.",
        "sec-2-linear",
    ),
    "quotient-for-the-error": Misconception(
        "The quotient in place of the error",
        "You divided by the step. The definition of the derivative does so, to say that the error is small compared "
        "with the step; the error itself is the length alone.",
        "sec-2-linear",
    ),
    "input-before-output": Misconception(
        "Input and output exchanged",
        "The shape of a Jacobian starts with the shape of the output; the shape of the input follows.",
        "sec-2-matrix",
    ),
    "columns-scaled-for-rows": Misconception(
        "Columns scaled in place of rows",
        "A diagonal matrix on the left scales rows, one on the right scales columns. What comes later in the "
        "computation stands further left.",
        "sec-2-matrix",
    ),
    "square-forgotten": Misconception(
        "A square forgotten",
        r"The slope of tanh at $z$ is $1 - (\tanh z)^2$. It is 1 where the output is 0, and it vanishes at both ends, "
        r"where the output is close to 1 or to $-1$.",
        "sec-2-matrix",
    ),
    "gradient-shape-for-jacobian": Misconception(
        "The shape of a gradient in place of the Jacobian's",
        "A gradient belongs to a single number and has the shape of the input. A Jacobian belongs to an array of "
        "outputs and needs their axes too.",
        "sec-2-matrix",
    ),
    "rows-counted-for-entries": Misconception(
        "Rows or blocks counted in place of entries",
        "A Jacobian has a row for each output, each row has an entry for each input, and a block is a whole matrix.",
        "sec-2-matrix",
    ),
    "determinant-for-matrix": Misconception(
        "The determinant in place of the matrix",
        "Some call the matrix “the Jacobian”, others its determinant. The matrix says how each output reacts to each "
        "input; the determinant is one number computed from it.",
        "sec-2-matrix",
    ),
    "transposed-layout": Misconception(
        "The other layout",
        "Your numbers are right, but they stand in the other layout. Here row $i$ belongs to output $i$ and column "
        "$j$ to input $j$.",
        "sec-2-layouts",
    ),
    "column-major-identity": Misconception(
        "The identity for the other order of entries",
        r"Textbooks stack columns: then $\operatorname{vec}(AXB) = (B^\mathsf{T} \otimes A)\operatorname{vec}(X)$. "
        r"NumPy and this course go row by row, and the two factors change places.",
        "sec-2-layouts",
    ),
    "transpose-forgotten": Misconception(
        "A transpose forgotten",
        "One factor has to be transposed. Follow one entry of the input to one entry of the output and see which "
        "index of the factor is summed over.",
        "sec-2-layouts",
    ),
    "symmetry-assumed": Misconception(
        "A rule for symmetric matrices, used for another one",
        r"The gradient of $x^\mathsf{T} A x$ is $2Ax$ only if $A = A^\mathsf{T}$. In general the two places where $x$ "
        r"stands contribute differently: $Ax$ and $A^\mathsf{T} x$.",
        "sec-2-layouts",
    ),
    "matrix-for-the-gradient": Misconception(
        "The matrix given for the gradient",
        "The derivative of a quadratic form is linear in $x$: a matrix times $x$. The matrix alone is the second "
        "derivative.",
        "sec-2-layouts",
    ),
    "transpose-in-place-of-jacobian": Misconception(
        "The transpose used in place of the Jacobian",
        r"You multiplied or solved with $J^\mathsf{T}$. In $Jv$ each output takes a row of $J$; for a square matrix "
        r"the transpose fits as well, and gives other numbers.",
        "sec-2-layouts",
    ),
    "slope-of-another-activation": Misconception(
        "The slope of another activation function",
        "Every activation function has a slope of its own. In terms of the output $y$ it is $1 - y^2$ for tanh and "
        "$y(1 - y)$ for the sigmoid.",
        "sec-2-special",
    ),
    "softmax-denominator-still": Misconception(
        "The denominator of the softmax held still",
        "You differentiated the numerators only. Every logit also stands in the sum below, and that changes all the "
        "probabilities. They must go on adding up to 1, so each column of the Jacobian adds up to 0.",
        "sec-2-special",
    ),
    "softmax-numerator-still": Misconception(
        "The numerator of the softmax held still",
        "You differentiated the denominator only. A logit also stands in the numerator of its own class, which adds "
        "to the diagonal. Each column of the Jacobian must add up to 0.",
        "sec-2-special",
    ),
    "logits-for-probabilities": Misconception(
        "Logits in place of probabilities",
        "The gradient of softmax with cross-entropy has probabilities in it. Logits are what goes into the softmax; "
        "they need not lie between 0 and 1, nor add up to 1.",
        "sec-2-special",
    ),
    "skip-path-lost": Misconception(
        "The skip path lost",
        "A residual block adds its input to what the layers compute. The path past the layers has a Jacobian too: the "
        "identity.",
        "sec-2-special",
    ),
    "ones-for-identity": Misconception(
        "A matrix of ones in place of the identity",
        "The derivative of $x_i$ by $x_j$ is 1 for $i = j$ and 0 otherwise: only the diagonal gets a 1. In NumPy, "
        "`1 + J` adds 1 to every entry; `np.eye(n) + J` is meant.",
        "sec-2-special",
    ),
    "relu-mask-lost": Misconception(
        "The mask of relu lost",
        "You multiplied the layers as if nothing stood between them. Where the input of relu is negative its slope is "
        "0, and nothing passes that neuron.",
        "sec-2-special",
    ),
    "mask-turned-over": Misconception(
        "The mask of relu turned over",
        "relu passes what is positive and blocks what is negative, so its slope is 1 where its input is positive.",
        "sec-2-special",
    ),
    "mask-at-the-wrong-place": Misconception(
        "The mask of relu at the wrong place",
        "relu works between the two layers, so its diagonal matrix stands between their matrices. There it sets to "
        "zero the rows of the first layer whose neurons are off.",
        "sec-2-special",
    ),
    "inner-product-for-outer": Misconception(
        "An inner product in place of an outer one",
        r"$p\,p^\mathsf{T}$ is a matrix, a column times a row: `np.outer(p, p)`. For one-dimensional arrays `p @ p` is "
        r"the inner product, a number, and NumPy subtracts it from every entry without a word.",
        "sec-2-special",
    ),
    "bias-left-out": Misconception(
        "The bias left out",
        "The bias is not in the Jacobian of an affine map. But it shifts the point at which the following function "
        "works.",
        "sec-2-special",
    ),
    "exponential-overflows": Misconception(
        "An exponential that overflows",
        "$e^{1000}$ is larger than any double, and infinity divided by infinity is not a number. Subtract the largest "
        "logit from all of them before the exponentials: it cancels.",
        "sec-2-special",
    ),
}
