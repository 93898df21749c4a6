"""Slips with Jacobian-gradient products, softmax, layers and batches, and training."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "jacobian-not-transposed": Misconception(
        "Multiplied by the Jacobian, not by its transpose",
        r"$J$ takes a small step of the input forward to the output. A gradient travels the other way, and the sum "
        r"over the outputs is a product with $J^\mathsf{T}$. For a square matrix both products have the same shape.",
        "sec-1-jgp",
    ),
    "softmax-diagonal-only": Misconception(
        "Only the diagonal of the softmax's Jacobian",
        "Each score acts on every probability, because it stands in the sum of the denominator. The paths through the "
        "other probabilities count too.",
        "sec-1-jgp",
    ),
    "softmax-sign-of-the-sum": Misconception(
        "The sign of the denominator's share",
        "When one score grows, the sum in the denominator grows, and all the probabilities are pushed down. That share "
        "comes with a minus.",
        "sec-1-jgp",
    ),
    "plain-mean-for-weighted": Misconception(
        "A plain mean in place of a weighted one",
        "You subtracted the plain mean of the incoming gradient. In the sum over the paths each entry is multiplied by "
        "its probability.",
        "sec-1-jgp",
    ),
    "cross-entropy-shortcut": Misconception(
        "A shortcut outside its place",
        "Probability minus target is the gradient of softmax and cross-entropy together. Another loss sends back "
        "another gradient, and it has to go through the softmax.",
        "sec-1-jgp",
    ),
    "jacobian-for-gradient": Misconception(
        "A Jacobian in place of a gradient",
        "Backpropagation multiplies the gradient that arrives by the transposed Jacobian. The product is stored, the "
        "Jacobian is never built.",
        "sec-1-jgp",
    ),
    "minus-of-the-loss-lost": Misconception(
        "The minus of the cross-entropy lost",
        "The logarithm of a probability is negative or zero. The minus in front makes the loss positive, and 0 when "
        "the classifier is right and sure.",
        "sec-1-jgp",
    ),
    "probability-for-target": Misconception(
        "The target left out of the cross-entropy",
        r"In $L = -\sum_i t_i \ln p_i$ each logarithm is multiplied by its target, 1 for the true class and 0 for the "
        r"others: not by a probability, and not by 1.",
        "sec-1-jgp",
    ),
    "wrong-class-looked-at": Misconception(
        "The wrong class looked at",
        "The cross-entropy takes the logarithm of the probability that the true class got.",
        "sec-1-jgp",
    ),
    "product-in-wrong-order": Misconception(
        "The matrices multiplied the other way round",
        "A matrix product changes when its factors change places. Write the shapes beside the factors: the inner two "
        "must agree, and the outer two are the shape of the result.",
        "sec-1-layer",
    ),
    "batch-averaged": Misconception(
        "A mean over the batch in place of a sum",
        "A parameter acts in every example of a batch, so the gradients of the examples are added. A mean appears only "
        "where the loss itself is one.",
        "sec-1-layer",
    ),
    "summed-over-everything": Misconception(
        "Everything added up",
        "A gradient has the shape of what it belongs to. Only what acts through the same entry is added.",
        "sec-1-layer",
    ),
    "reshaped-for-transposed": Misconception(
        "Reshaped in place of transposed",
        "Reshaping keeps the order in which the numbers are read, row by row, and cuts it at other places. Transposing "
        "turns rows into columns. Both give the same shape, and different matrices.",
        "sec-1-layer",
    ),
    "batch-axis-kept": Misconception(
        "The batch kept in the gradient of a parameter",
        "Every example has its share in the gradient, and the shares are added up. The examples leave no axis of their "
        "own: the gradient has the shape of the parameter.",
        "sec-1-layer",
    ),
    "upstream-for-gradient": Misconception(
        "The gradient that arrives taken for the result",
        "The gradient by the output of a step is where the way back begins. It has still to be taken through the step.",
        "sec-1-layer",
    ),
    "bias-for-weights": Misconception(
        "Bias and weights mixed up",
        "A bias has one number for each output. Weights have one for each pair of an input and an output.",
        "sec-1-layer",
    ),
    "error-rate-for-loss": Misconception(
        "The error rate taken for the loss",
        "The error rate counts wrong answers. The loss measures how much probability the true class got, on a scale of "
        "logarithms.",
        "sec-1-train",
    ),
}
