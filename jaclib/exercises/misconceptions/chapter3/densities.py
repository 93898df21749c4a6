"""Slips with densities, flows and samples."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "density-not-divided": Misconception(
        "The density not divided",
        r"A map that stretches spreads the same probability over more room. The density is divided by $|\det "
        r"J|$, in one dimension by the absolute value of the derivative.",
        "sec-3-densities",
    ),
    "density-multiplied": Misconception(
        "Multiplied where the density is divided",
        "Probability stays, area grows: so the density falls where the map stretches. A check is the total "
        "probability, which must be 1.",
        "sec-3-densities",
    ),
    "old-point-not-found": Misconception(
        "The new point put into the old density",
        "The old density belongs to old points. First find the point, or the points, that the map sends to "
        "the new one.",
        "sec-3-densities",
    ),
    "derivative-at-the-image": Misconception(
        "The derivative taken at the image",
        "The map stretches at the old point. The derivative is taken there, not at the value to which it is sent.",
        "sec-3-densities",
    ),
    "probability-for-density": Misconception(
        "A probability taken for a density",
        "The distribution function says how much probability lies below a value. The density is its derivative.",
        "sec-3-densities",
    ),
    "normalising-constant-left-out": Misconception(
        "The constant of a density left out",
        "The total probability is 1. The constant in front of a density takes care of that, and it does not drop out.",
        "sec-3-densities",
    ),
    "preimage-left-out": Misconception(
        "A preimage left out",
        "All points that a map sends to the same value bring their probability there. Their contributions are added.",
        "sec-3-densities",
    ),
    "preimage-outside": Misconception(
        "A preimage that does not occur",
        "A root of the equation counts only if the variable can take its value: outside its range the old "
        "density is 0.",
        "sec-3-densities",
    ),
    "contributions-cancelled": Misconception(
        "Contributions of preimages cancelled",
        "The derivative enters with its absolute value. Probabilities add up, and they never cancel.",
        "sec-3-densities",
    ),
    "log-det-sign": Misconception(
        "The log-determinant with the wrong sign",
        "In the direction in which the samples are mapped, the log-determinant is subtracted. With the map "
        "back, from the new point to the old one, it is added.",
        "sec-3-densities",
    ),
    "log-det-left-out": Misconception(
        "The log-determinant left out",
        "The density of the base at the old point is only one part. The change of areas is the other one.",
        "sec-3-densities",
    ),
    "log-of-negative-determinant": Misconception(
        "The logarithm of a negative determinant",
        "A map that turns the orientation has a negative determinant. The density knows only its absolute "
        "value; `slogdet` returns sign and logarithm apart.",
        "sec-3-densities",
    ),
    "half-of-the-exponent-lost": Misconception(
        "The ½ of the exponent lost",
        r"The standard normal density is $e^{-|z|^2/2}$ with a constant in front. Its logarithm has $-\frac12 "
        r"|z|^2$.",
        "sec-3-densities",
    ),
    "shift-forgotten": Misconception(
        "The shift forgotten",
        "A shift does not change areas, but it does change which point is sent where. Undo it first, then the matrix.",
        "sec-3-densities",
    ),
    "map-in-the-wrong-direction": Misconception(
        "The map applied in the wrong direction",
        "The map leads from the old variable to the new one. To find the old point of a new one, solve the equation.",
        "sec-3-densities",
    ),
    "log-for-determinant": Misconception(
        "The logarithm given for the determinant",
        r"A flow works with $\ln |\det J|$, because logarithms of a product add up. The determinant itself is "
        r"$e$ to this power.",
        "sec-3-flows",
    ),
    "determinant-for-log": Misconception(
        "The determinant added in place of its logarithm",
        "In a log density everything stands as a logarithm: a factor of the density becomes a term of the sum.",
        "sec-3-flows",
    ),
    "trace-for-determinant": Misconception(
        "The diagonal added up",
        "The determinant of a triangular matrix is the product of its diagonal. The sum of the diagonal is "
        "the trace, another number.",
        "sec-3-flows",
    ),
    "wrong-entry-for-determinant": Misconception(
        "An entry beside the diagonal taken for the determinant",
        "If a matrix is triangular, the entry on the other side of the diagonal is multiplied by 0. It can "
        "be as complicated as it likes.",
        "sec-3-flows",
    ),
    "log-scales-multiplied": Misconception(
        "Log-scales multiplied",
        "Determinants of maps in a row are multiplied. Their logarithms are added.",
        "sec-3-flows",
    ),
    "last-layer-only": Misconception(
        "One layer taken for the whole flow",
        "Every layer of a flow changes areas, and each of them has its share in the determinant.",
        "sec-3-flows",
    ),
    "box-left-out": Misconception(
        "The area of the box left out",
        "The mean of the integrand is per unit of area. The integral is the mean times the area of the box, "
        "and the error is scaled with it.",
        "sec-3-monte-carlo",
    ),
    "spread-for-error-of-the-mean": Misconception(
        "The spread of single values taken for the error of the mean",
        r"The values themselves scatter by $\sigma$, however many there are. Their mean scatters by $\sigma / "
        r"\sqrt{n}$.",
        "sec-3-monte-carlo",
    ),
    "error-over-n": Misconception(
        "An error that falls too fast",
        r"The error of a mean falls like $1 / \sqrt{n}$. Four times as many points halve it.",
        "sec-3-monte-carlo",
    ),
    "variance-for-deviation": Misconception(
        "The variance taken for the standard deviation",
        "The standard deviation is the root of the variance. It has the unit of the values, and so has the "
        "standard error.",
        "sec-3-monte-carlo",
    ),
    "counting-error": Misconception(
        "The variance of hits and misses misjudged",
        "A value that is 1 with probability $p$ and 0 otherwise has the variance $p (1 - p)$, since its "
        "square has the mean $p$ and its mean has the square $p^2$.",
        "sec-3-monte-carlo",
    ),
    "root-for-square": Misconception(
        "A root in place of a square",
        r"If $\sqrt{n}$ must grow by a factor, then $n$ must grow by its square.",
        "sec-3-monte-carlo",
    ),
    "more-in-place-of-all": Misconception(
        "What is added taken for the whole",
        "Read the question again: does it ask for the total, or for the difference?",
        "sec-3-monte-carlo",
    ),
    "radius-drawn-uniformly": Misconception(
        "The radius drawn uniformly",
        "With $r$ uniform the inner half of the radius gets half of the points, but it has only a quarter of "
        "the area. The density of $r$ must be proportional to the factor $r$.",
        "sec-3-monte-carlo",
    ),
    "square-for-root": Misconception(
        "A square where a root belongs",
        "If $r^2 = w$ is uniform, then $r$ is the root of $w$. Squaring goes the other way.",
        "sec-3-monte-carlo",
    ),
    "border-for-region": Misconception(
        "Points on the border only",
        "Points that all have the distance 1 from the origin lie on the circle. A disc has an inside.",
        "sec-3-monte-carlo",
    ),
    "points-lost": Misconception(
        "Points thrown away and not replaced",
        "If points outside a region are discarded, others must be drawn in their place until there are enough.",
        "sec-3-monte-carlo",
    ),
    "coordinates-in-rows": Misconception(
        "Points in columns in place of rows",
        "A row of all $x$ and a row of all $y$ is the transpose of what is wanted: each row should be a point. Stack "
        "along the other axis, or transpose.",
        "sec-3-monte-carlo",
    ),
    "generator-ignored": Misconception(
        "The generator that was passed is not used",
        "Two calls with the same seed must give the same points, or nobody can repeat an experiment. Draw "
        "from the `rng` that is passed, and make no generator of your own.",
        "sec-3-monte-carlo",
    ),
}
