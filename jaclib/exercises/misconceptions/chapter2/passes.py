"""Slips with the chain rule, JVPs and VJPs, what they cost, and batches."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
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
    "axes-of-two-arrays-mixed": Misconception(
        "The axes of output and input mixed",
        "The axes of the output stay together, in their order, and so do those of the input behind them. Two axes of "
        "the same length are still two different axes.",
        "sec-2-batches",
    ),
}
