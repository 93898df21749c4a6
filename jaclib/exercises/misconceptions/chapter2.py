"""Slips with the Jacobian matrix: shapes, layouts, products, modes."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "transposed-layout": Misconception(
        "The other layout",
        "Your numbers are right, but they stand in the other layout. Here row $i$ belongs to output $i$ and column "
        "$j$ to "
        "input $j$.",
        "sec-2-layouts",
    ),
    "batch-axis-forgotten": Misconception(
        "A batch axis forgotten",
        "The full Jacobian has the shape of the output followed by the shape of the input, and a batch is part of "
        "both. "
        "The many zeros that this brings are why nobody stores it.",
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
        r"NumPy and "
        "this course go row by row, and the two factors change places.",
        "sec-2-layouts",
    ),
    "transpose-forgotten": Misconception(
        "A transpose forgotten",
        "One factor has to be transposed. Follow one entry of the input to one entry of the output and see which "
        "index of "
        "the factor is summed over.",
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
        r"gives "
        r"$J^\mathsf{T} g$.",
        "sec-2-products",
    ),
}
