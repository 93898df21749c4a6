"""Slips with partial derivatives, the chain rule and backpropagation."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "partials-swapped": Misconception(
        "The partial derivatives swapped",
        "The entries of a gradient stand in the order of the variables: the derivative by the first variable comes "
        "first.",
        "sec-1-gradient",
    ),
    "one-path-only": Misconception(
        "One path left out",
        "A variable acts on the output along every path of the graph. The derivative is the sum over all of them, so "
        "each path that is left out is missing in the sum.",
        "sec-1-graph",
    ),
    "paths-multiplied": Misconception(
        "Paths multiplied",
        "Along one path the local derivatives are multiplied. Different paths are added: a small step of the variable "
        "acts along all of them at once, and the changes add up.",
        "sec-1-graph",
    ),
    "inner-derivative-forgotten": Misconception(
        "The inner derivative forgotten",
        "The chain rule multiplies the outer derivative by the derivative of what stands inside.",
        "sec-1-graph",
    ),
    "outer-derivative-forgotten": Misconception(
        "The outer derivative forgotten",
        "The chain rule multiplies the derivative of what stands inside by the derivative of the function around it.",
        "sec-1-graph",
    ),
    "logarithm-kept": Misconception(
        "The function kept in place of its derivative",
        "In the chain rule the outer function is replaced by its derivative, taken at what stands inside.",
        "sec-1-graph",
    ),
    "activation-slope-forgotten": Misconception(
        "The slope of the activation forgotten",
        r"On the way back the error passes through the squashing function and is multiplied by its slope $\sigma'(z)$.",
        "sec-1-neuron",
    ),
    "activation-slope-at-output": Misconception(
        "The slope of the activation taken at the wrong place",
        r"$\sigma'$ is evaluated where $\sigma$ was: at the net input $z$. In terms of the output it is $a(1 - a)$, "
        r"which is not $\sigma'(a)$.",
        "sec-1-neuron",
    ),
    "error-reversed": Misconception(
        "The error taken the wrong way round",
        r"The derivative of $\frac12 (a - t)^2$ by $a$ is $a - t$: output minus target.",
        "sec-1-neuron",
    ),
    "half-of-the-loss-lost": Misconception(
        "The ½ of the loss lost",
        r"The square brings down a factor 2, and the $\frac12$ in front of the loss cancels it.",
        "sec-1-neuron",
    ),
    "input-factor-lost": Misconception(
        "The input lost",
        "A weight's derivative is the error signal times what came in through that weight.",
        "sec-1-neuron",
    ),
    "by-the-other-argument": Misconception(
        "Differentiated by the other argument",
        "In $z = wx + b$ the derivative by $w$ is $x$, and the derivative by $x$ is $w$. Say which one moves, and hold "
        "the other still.",
        "sec-1-neuron",
    ),
    "product-in-wrong-order": Misconception(
        "The matrices multiplied the other way round",
        "A matrix product changes when its factors change places. Write the shapes beside the factors: the inner two "
        "must agree, and the outer two are the shape of the result.",
        "sec-1-layer",
    ),
    "one-sided-difference": Misconception(
        "A one-sided difference",
        r"$\frac{f(x + h) - f(x)}{h}$ has an error proportional to $h$. Steps to both sides cancel that part of the "
        r"error.",
        "sec-1-check",
    ),
    "step-counted-once": Misconception(
        "Divided by the wrong step",
        r"From $x - h$ to $x + h$ the distance is $2h$, and a slope is the rise over the distance.",
        "sec-1-check",
    ),
    "convention-for-a-set": Misconception(
        "One convention taken for all subgradients",
        "At a kink there is no derivative. A library picks one number there, and a central difference gives another; "
        "the subgradients are all the slopes of lines that touch the graph there and stay below it everywhere.",
        "sec-1-kinks",
    ),
    "batch-averaged": Misconception(
        "A mean over the batch in place of a sum",
        "A parameter acts in every example of a batch, so the gradients of the examples are added. A mean appears only "
        "where the loss itself is one.",
        "sec-1-layer",
    ),
    "one-sided-slopes-only": Misconception(
        "Only the slopes of the two sides",
        "The slopes of the two sides are subgradients, and so is every slope between them.",
        "sec-1-kinks",
    ),
    "ends-left-out": Misconception(
        "The ends of the interval left out",
        "A line that touches the graph along a whole side still stays on or below it, so its slope belongs to the set.",
        "sec-1-kinks",
    ),
    "sign-of-the-change": Misconception(
        "The sign of a change lost",
        "A positive derivative lets the value grow when the input grows, a negative one lets it fall.",
        "sec-1-sensitivity",
    ),
    "change-for-the-value": Misconception(
        "The change given for the value",
        "A derivative times a step is a change. The new value is the old one with the change added.",
        "sec-1-sensitivity",
    ),
    "slope-for-the-change": Misconception(
        "The slope taken for the change",
        "A derivative is a change per unit of the input. Multiply it by how far the input moves.",
        "sec-1-sensitivity",
    ),
    "position-for-the-step": Misconception(
        "The position taken for the step",
        "A derivative is multiplied by a change of the input, not by the input.",
        "sec-1-sensitivity",
    ),
    "constant-kept": Misconception(
        "A constant term that did not go away",
        "A term without the variable that moves does not change, so its derivative is 0.",
        "sec-1-partial",
    ),
    "constant-lost": Misconception(
        "A constant factor lost",
        "A constant factor stays in the derivative; only a constant term goes away.",
        "sec-1-partial",
    ),
    "other-variable-moved": Misconception(
        "Differentiated by the other variable",
        r"$\partial f / \partial x$ moves $x$, and $\partial f / \partial y$ moves $y$. Everything that comes from the "
        r"chain rule is differentiated by the same variable.",
        "sec-1-partial",
    ),
    "both-variables-moved": Misconception(
        "Both variables moved",
        "In a partial derivative one variable moves and all others hold still, as if they were numbers.",
        "sec-1-partial",
    ),
    "direction-not-normalised": Misconception(
        "A direction that is not of length 1",
        "A slope is a change per unit of distance. Divide a vector by its length before it serves as a direction, or "
        "the slope depends on how long somebody drew the arrow.",
        "sec-1-gradient",
    ),
    "direction-ignored": Misconception(
        "The direction ignored",
        "Each partial derivative counts by as much as its variable moves: the slope is the inner product of the "
        "gradient with the direction.",
        "sec-1-gradient",
    ),
    "steepest-for-any-direction": Misconception(
        "The steepest slope taken for any slope",
        "The length of the gradient is the slope in one direction only, that of the gradient. In every other direction "
        "the slope is smaller.",
        "sec-1-steepest",
    ),
    "gradient-along-the-contour": Misconception(
        "The gradient laid along the contour",
        "Along a contour line the value does not change, so the slope there is 0. The gradient stands at a right angle "
        "to it.",
        "sec-1-steepest",
    ),
    "distance-for-slope": Misconception(
        "The distance of contour lines taken for the slope",
        "Where contour lines are close together it is steep. The slope is the change from line to line, divided by "
        "their distance.",
        "sec-1-steepest",
    ),
    "downhill-for-gradient": Misconception(
        "The way down taken for the gradient",
        "The gradient points up: in its direction the function grows fastest. The way down is its opposite.",
        "sec-1-steepest",
    ),
    "step-uphill": Misconception(
        "A step up in place of a step down",
        "The gradient points to where the function grows. To make it smaller, step against the gradient: subtract.",
        "sec-1-descent",
    ),
    "learning-rate-forgotten": Misconception(
        "The learning rate forgotten",
        r"The gradient says how steep it is, not how far to go. The step is the gradient times the learning rate "
        r"$\eta$.",
        "sec-1-descent",
    ),
    "step-for-the-point": Misconception(
        "The step taken for the new point",
        "A step is a difference between two points. The new point is the old one with the step added.",
        "sec-1-descent",
    ),
    "step-made-of-unit-length": Misconception(
        "The gradient shortened to length 1",
        r"You divided the gradient by its length. A directional derivative wants a vector of length 1; gradient "
        r"descent does not: each variable moves by $\eta$ times its own partial derivative, so on steep ground the "
        r"steps are longer.",
        "sec-1-descent",
    ),
    "updated-one-by-one": Misconception(
        "One variable updated before the other",
        "The gradient belongs to one point. If the first variable moves before the second derivative is taken, the two "
        "entries belong to two different points.",
        "sec-1-descent",
    ),
    "partials-left-out": Misconception(
        "The local derivatives left out",
        "Every arrow of the graph carries a partial derivative. What travels along the arrow is multiplied by it.",
        "sec-1-graph",
    ),
    "factors-exchanged": Misconception(
        "The factors of a product exchanged",
        "In $f = u v$ the derivative by $u$ is $v$, and the derivative by $v$ is $u$: each factor is multiplied by the "
        "other one.",
        "sec-1-graph",
    ),
    "sigmoid-slope-misremembered": Misconception(
        r"The slope of the sigmoid taken for $a^2$",
        r"The slope of the sigmoid is $a (1 - a)$. It is small at both ends, where the curve is flat. At $z = 0$, "
        r"where $a = \frac12$, $a^2$ happens to give the same.",
        "sec-1-neuron",
    ),
    "half-slope": Misconception(
        "One of the two factors of the sigmoid's slope",
        r"The slope of the sigmoid is the product $a (1 - a)$.",
        "sec-1-neuron",
    ),
    "value-for-slope": Misconception(
        "The activation taken for its slope",
        "You multiplied by the activation $a$. On the way back a step contributes its local derivative: for the "
        "sigmoid, the slope $a (1 - a)$.",
        "sec-1-neuron",
    ),
    "slope-already-cancelled": Misconception(
        "A slope that has cancelled already",
        r"For the cross-entropy, $\partial L / \partial a$ has $a (1 - a)$ in its denominator, and the slope of the "
        r"sigmoid cancels it. You have one factor $a (1 - a)$ too many.",
        "sec-1-neuron",
    ),
    "weight-factor-lost": Misconception(
        "The weight lost",
        "What goes back through a connection is multiplied by its weight, just as the signal was on the way forward.",
        "sec-1-neuron",
    ),
    "bias-given-a-factor": Misconception(
        "A factor given to the bias",
        r"In $z = w \cdot x + b$ the bias is added as it is, so $\partial z / \partial b = 1$, and the derivative by "
        r"the bias is the error signal itself.",
        "sec-1-neuron",
    ),
    "products-not-summed": Misconception(
        "The products of the net input not added up",
        r"The net input $w \cdot x + b$ is a single number: the sum of all products of a weight with its input. In "
        r"NumPy `w * x` leaves the products apart; `w @ x` adds them up.",
        "sec-1-neuron",
    ),
    "result-left-out": Misconception(
        "A result left out",
        "Everything that went into the net input has its share of the error: the weights, the input, and the bias.",
        "sec-1-neuron",
    ),
    "target-left-out": Misconception(
        "The target left out",
        "The error signal starts with output minus target. Without the target the neuron is driven to 0, whatever it "
        "should learn.",
        "sec-1-neuron",
    ),
    "gradients-overwritten": Misconception(
        "A gradient overwritten",
        "A value that is used several times receives a share of the gradient from every use. Each share is added to "
        "those that are there already; none may replace them.",
        "sec-1-reuse",
    ),
    "paths-not-added": Misconception(
        "Paths left side by side",
        "The product along each path is right. One number is asked for per input: add up all the paths that start "
        "there.",
        "sec-1-many",
    ),
    "upstream-left-out": Misconception(
        "The gradient that arrives left out",
        "You added up the local derivatives as they are. Each of them has to be multiplied by the gradient that "
        "arrives at its output.",
        "sec-1-many",
    ),
    "summed-over-wrong-index": Misconception(
        "A sum over the wrong index",
        "The sum runs over what lies between the input and the loss: over the outputs, and over the examples where a "
        "parameter is shared. The input that is asked for stays fixed.",
        "sec-1-many",
    ),
    "summed-over-everything": Misconception(
        "Everything added up",
        "A gradient has the shape of what it belongs to. Only what acts through the same entry is added.",
        "sec-1-layer",
    ),
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
    "jacobian-for-gradient": Misconception(
        "A Jacobian in place of a gradient",
        "Backpropagation multiplies the gradient that arrives by the transposed Jacobian. The product is stored, the "
        "Jacobian is never built.",
        "sec-1-jgp",
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
    "error-rate-for-loss": Misconception(
        "The error rate taken for the loss",
        "The error rate counts wrong answers. The loss measures how much probability the true class got, on a scale of "
        "logarithms.",
        "sec-1-train",
    ),
    "terms-balanced-for-smallest": Misconception(
        "Where two terms are equal, their sum is not the smallest",
        "You made the two terms equal, which comes close. The sum is smallest where its derivative is zero: where one "
        "term falls as fast as the other one rises.",
        "sec-1-check",
    ),
    "rounding-alone": Misconception(
        "The smaller the step, the better",
        "A difference of nearly equal values keeps their rounding errors, and the division by a tiny step makes them "
        "large. Below the best step the error grows again.",
        "sec-1-check",
    ),
    "root-of-wrong-order": Misconception(
        "The root of the wrong order",
        "The best step of a central difference is a cube root, since the truncation error grows like $h^2$ and the "
        "rounding error like $1/h$. For a one-sided difference it is a square root.",
        "sec-1-check",
    ),
    "quotient-without-brackets": Misconception(
        "A quotient without brackets",
        "In code, `a / 2 * h` divides by 2 and then multiplies by `h`, and `a - b / c` divides `b` alone. Put brackets "
        "around a numerator that is a sum, and around a denominator that is a product.",
        "sec-1-check",
    ),
    "difference-reversed": Misconception(
        "A difference taken the wrong way round",
        "A slope is the value on the right minus the value on the left, over the distance. In the other order its sign "
        "is wrong.",
        "sec-1-check",
    ),
    "shape-taken-for-proof": Misconception(
        "A right shape taken for a right gradient",
        "Most mistakes in a gradient leave its shape as it is. Check values, not shapes.",
        "sec-1-check",
    ),
    "checked-at-a-special-point": Misconception(
        "Checked where different mistakes agree",
        r"With zero weights every net input is 0, where the sigmoid is $\frac12$, and $a (1 - a)$ and $a^2$ are the "
        r"same. Check where nothing is special: at random points.",
        "sec-1-check",
    ),
    "falling-loss-for-proof": Misconception(
        "A falling loss taken for a right gradient",
        "A wrong gradient often points downhill too. The loss falls, only more slowly, or to a worse place.",
        "sec-1-check",
    ),
    "kink-overlooked": Misconception(
        "A kink between the two points overlooked",
        "If a kink lies between the two points of a difference, the quotient mixes the slopes of both sides. It is the "
        "derivative of neither.",
        "sec-1-kinks",
    ),
    "one-side-of-the-kink-only": Misconception(
        "The condition used on one side only",
        "A subgradient's line must stay on or below the graph everywhere, to the left of the kink and to the right of "
        "it.",
        "sec-1-kinks",
    ),
    "other-function-at-the-kink": Misconception(
        "The set of another function",
        "At a corner that opens upwards the subgradients fill the interval between the slopes of the two sides. Find "
        "these two slopes for the function at hand.",
        "sec-1-kinks",
    ),
}
