"""Slips with the Jacobian matrix: shapes, layouts, products, modes."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "transposed-layout": Misconception(
        "The other layout",
        "Your numbers are right, but they stand in the other layout. Here row $i$ belongs to output $i$ and column "
        "$j$ to input $j$.",
        "sec-2-layouts",
    ),
    "batch-axis-forgotten": Misconception(
        "A batch axis forgotten",
        "The full Jacobian has the shape of the output followed by the shape of the input, and a batch is part of "
        "both. The many zeros that this brings are why nobody stores it.",
        "sec-2-batches",
    ),
    "shapes-multiplied-out": Misconception(
        "Arrays flattened into vectors",
        "Flattening the output and the input gives a matrix with the same entries. The full Jacobian keeps their axes "
        "apart.",
        "sec-2-batches",
    ),
    "input-before-output": Misconception(
        "Input and output exchanged",
        "The shape of a Jacobian starts with the shape of the output; the shape of the input follows.",
        "sec-2-matrix",
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
    "vjp-taken-for-jacobian": Misconception(
        "One product taken for the whole Jacobian",
        r"A backward pass computes one product $J^\mathsf{T} g$. The matrix itself takes one pass for each of its "
        r"rows.",
        "sec-2-products",
    ),
    "modes-exchanged": Misconception(
        "Forward and reverse mode exchanged",
        r"Forward mode takes a direction in the input and gives $J v$. Reverse mode takes weights of the outputs and "
        r"gives $J^\mathsf{T} g$.",
        "sec-2-products",
    ),
    "columns-scaled-for-rows": Misconception(
        "Columns scaled in place of rows",
        "A diagonal matrix on the left scales rows, one on the right scales columns. What comes later in the "
        "computation stands further left.",
        "sec-2-matrix",
    ),
    "slope-of-another-activation": Misconception(
        "The slope of another activation function",
        "Every activation function has a slope of its own. In terms of the output $y$ it is $1 - y^2$ for tanh and "
        "$y(1 - y)$ for the sigmoid.",
        "sec-2-special",
    ),
    "square-forgotten": Misconception(
        "A square forgotten",
        r"The slope of tanh is $1 - \tanh^2$. It is 1 where the output is 0, and it vanishes at both ends, where the "
        r"output is close to 1 or to $-1$.",
        "sec-2-matrix",
    ),
    "gradient-shape-for-jacobian": Misconception(
        "The shape of a gradient in place of the Jacobian's",
        "A gradient belongs to a single number and has the shape of the input. A Jacobian belongs to an array of "
        "outputs and needs their axes too.",
        "sec-2-matrix",
    ),
    "products-left-apart": Misconception(
        "The products of a row not added up",
        "An entry of a matrix-vector product is a sum: a row times the vector, entry by entry, and then added up.",
        "sec-2-products",
    ),
    "value-added-to-the-change": Misconception(
        "The value added to the change",
        "A Jacobian turns a change of the input into a change of the output. Only a prediction of the new value adds "
        "the old one.",
        "sec-2-products",
    ),
    "change-not-linearised": Misconception(
        "The real change in place of the linear one",
        "The Jacobian predicts the change as if the function went on as it starts. For a step that is not tiny, the "
        "function itself goes somewhere else.",
        "sec-2-linear",
    ),
    "tangent-made-unit": Misconception(
        "A tangent shortened to length 1",
        "You divided by the length of the vector. $Jv$ is linear in $v$: a nudge that is twice as long has twice the "
        "effect, so its length must stay.",
        "sec-2-products",
    ),
    "tangent-taken-for-point": Misconception(
        "The tangent taken for the point",
        "There are two vectors of the same length: the point, where the derivatives are taken, and the tangent, which "
        "they are multiplied by.",
        "sec-2-products",
    ),
    "tuple-not-unpacked": Misconception(
        "A tuple with one entry, not unpacked",
        "A pullback returns one cotangent for each argument of the function, as a tuple, also when there is only one. "
        "Unpack it: `(row,) = pullback(u)`.",
        "sec-2-products",
    ),
    "outer-jacobian-at-the-input": Misconception(
        "A Jacobian taken at the wrong place",
        "Each function of a chain has its Jacobian taken where that function works: at the point that goes into it. "
        "For the outer function that is the inner value, not the input of the whole chain.",
        "sec-2-chain",
    ),
    "multiplied-entry-by-entry": Misconception(
        "Matrices multiplied entry by entry",
        "In the product of two Jacobians each entry is a sum over all the paths between one input and one output: row "
        "times column.",
        "sec-2-chain",
    ),
    "jacobians-added": Misconception(
        "Jacobians added that follow one another",
        "Functions that act one after another multiply their Jacobians. Sums belong to functions whose values are "
        "added.",
        "sec-2-chain",
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
    "one-pass-for-all": Misconception(
        "One pass taken for the whole Jacobian",
        "You counted each layer once: that is one pass, a single product with a vector. The whole Jacobian carries a "
        "matrix along, with a column for each input or a row for each output.",
        "sec-2-cost",
    ),
    "product-with-the-identity-counted": Misconception(
        "A product with the identity counted",
        "You counted a product for each layer. The first matrix is there from the start, so a chain of three layers "
        "has only two products.",
        "sec-2-cost",
    ),
    "inner-size-forgotten": Misconception(
        "The inner size of a product forgotten",
        "You counted the entries of the products. Each entry is itself a sum of several products, as many as the "
        "inner size says.",
        "sec-2-cost",
    ),
    "second-product-left-out": Misconception(
        "A product of the chain left out",
        "A chain of three matrices takes two products, and the result of the first one goes into the second.",
        "sec-2-cost",
    ),
    "reverse-always-faster": Misconception(
        "Reverse mode taken for the faster one, always",
        "Reverse mode needs one pass for each output, forward mode one for each input. For a wide Jacobian reverse "
        "mode is cheaper, for a tall one forward mode.",
        "sec-2-cost",
    ),
    "examples-taken-for-connected": Misconception(
        "Examples taken for connected",
        "A layer that treats each example by itself has no path from one example to another. All blocks of the "
        "Jacobian that pair two different examples are zero.",
        "sec-2-batches",
    ),
    "examples-taken-for-separate": Misconception(
        "Examples taken for separate",
        "As soon as a network uses a mean of the batch, each example acts on all the others. What holds for one "
        "example at a time then fails, without any error.",
        "sec-2-batches",
    ),
    "zeros-counted": Misconception(
        "The zeros counted",
        "You counted the entries that pair two different examples. These are the ones that must be zero.",
        "sec-2-batches",
    ),
    "blocks-counted-for-entries": Misconception(
        "Blocks counted in place of entries",
        "You counted blocks, one for each example. Each block is a whole matrix.",
        "sec-2-batches",
    ),
    "rows-counted-for-entries": Misconception(
        "Rows counted in place of entries",
        "A Jacobian has a row for each output, and each row has an entry for each input.",
        "sec-2-matrix",
    ),
    "newton-step-reversed": Misconception(
        "A step of Newton's method in the wrong direction",
        "The linear prediction $F + Js$ is to be zero, so $Js = -F$. Without the minus the step leads to where the "
        "prediction is twice as large.",
        "sec-2-newton",
    ),
    "multiplied-not-solved": Misconception(
        "Multiplied by the Jacobian where a system has to be solved",
        "$Js$ says what a step $s$ does. Here the effect is known and the step is wanted: solve the linear system.",
        "sec-2-newton",
    ),
    "equations-solved-one-by-one": Misconception(
        "Each equation solved alone",
        "You divided by the diagonal of the Jacobian, as if each equation had a variable of its own. Every variable "
        "acts on every equation, so the equations have to be solved together.",
        "sec-2-newton",
    ),
    "right-hand-side-lost": Misconception(
        "The right-hand side of the equations lost",
        "Newton's method looks for a zero. Bring each equation into the form $F = 0$ first: what stands on the right "
        "is subtracted.",
        "sec-2-newton",
    ),
    "jacobian-not-renewed": Misconception(
        "The Jacobian of the start kept for all steps",
        "The linear map belongs to one point. After a step both $F$ and its Jacobian have to be taken at the new "
        "point, or the digits no longer double.",
        "sec-2-newton",
    ),
    "number-of-steps": Misconception(
        "Another number of steps",
        "A loop over `range(steps)` runs `steps` times: not at all for 0, once for 1.",
        "sec-2-newton",
    ),
    "input-changed-in-place": Misconception(
        "An array of the caller changed in place",
        "`x += s` writes into the array that was passed, and `x = x + s` makes a new one. The caller still needs the "
        "old one.",
        "sec-2-newton",
    ),
    "angle-from-the-horizontal": Misconception(
        "The angle of the elbow measured from the horizontal",
        "The elbow's angle is measured from the first link. From the horizontal, the second link has the sum of both "
        "angles.",
        "sec-2-singular",
    ),
    "sign-of-the-cosine": Misconception(
        "The sign in the derivative of the cosine",
        r"The derivative of $\cos$ is $-\sin$: from angle 0 the cosine falls.",
        "sec-2-singular",
    ),
    "determinant-for-matrix": Misconception(
        "The determinant in place of the matrix",
        "Some call the matrix “the Jacobian”, others its determinant. The matrix says how each output reacts to each "
        "input; the determinant is one number computed from it.",
        "sec-2-matrix",
    ),
    "inverse-not-taken": Misconception(
        "The Jacobian of the function in place of its inverse",
        "The function and its inverse undo each other, and so do their Jacobians: one is the inverse matrix of the "
        "other.",
        "sec-2-singular",
    ),
    "inverted-entry-by-entry": Misconception(
        "A matrix inverted entry by entry",
        "The inverse of a matrix is not made of the reciprocals of its entries. Multiplied by the matrix it must give "
        "the identity.",
        "sec-2-singular",
    ),
    "inverse-misremembered": Misconception(
        "The formula for the inverse of a 2 × 2 matrix",
        "Exchange the entries on the diagonal, change the signs of the other two, and divide by the determinant. A "
        "product with the matrix itself shows whether it is right.",
        "sec-2-singular",
    ),
    "one-root-only": Misconception(
        "One solution left out",
        "An equation such as $x^2 = 9$ has two solutions, one on either side of zero.",
        "sec-2-singular",
    ),
    "square-left-standing": Misconception(
        "A square left standing",
        "You stopped at the value of $x^2$. Asked for is $x$.",
        "sec-2-singular",
    ),
    "zero-entry-for-singular": Misconception(
        "A zero in the matrix taken for a zero determinant",
        "An entry that is zero does not make a matrix singular. It is singular where its columns lie on one line, "
        "which the determinant shows.",
        "sec-2-singular",
    ),
    "implicit-minus-lost": Misconception(
        "The minus of the implicit derivative lost",
        "What one variable adds to the equation, the other must take away, so that it goes on holding. That is the "
        "minus in $dy/dx = -F_x / F_y$.",
        "sec-2-implicit",
    ),
    "other-variable-held-still": Misconception(
        "The dependent variable held still",
        "When $x$ moves alone, the equation no longer holds. The other variables have to move with it, and their "
        "speed is what is asked for.",
        "sec-2-implicit",
    ),
    "probabilities-not-balanced": Misconception(
        "The balance of the probabilities forgotten",
        "All the probabilities together are 1, before a nudge and after it. So the changes of all the classes together "
        "are 0.",
        "sec-2-digits",
    ),
    "changes-made-to-add-up-to-one": Misconception(
        "Changes that add up to 1",
        "Probabilities add up to 1. Their changes add up to 0: what one class gains, the others lose.",
        "sec-2-digits",
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
