"""Slips with the change of variables: factors, regions, folds, densities."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    # --- one dimension, and sets -------------------------------------------------------------------------------------
    "limit-not-moved": Misconception(
        "The region not carried over",
        "The new variables have limits of their own: write the boundary of the region in terms of them.",
        "sec-3-region",
    ),
    "limits-converted-backwards": Misconception(
        "The limits converted in the wrong direction",
        "The old limits are values of the old variable. Put them into the formula that gives the new variable, not "
        "into its inverse.",
        "sec-3-one-dimension",
    ),
    "differential-factor-lost": Misconception(
        "The factor of the differential lost",
        r"The differential changes together with the integrand and the limits: $du = g'(x)\, dx$. A constant in $g'$ "
        r"must be made up for.",
        "sec-3-one-dimension",
    ),
    "differential-factor-upside-down": Misconception(
        "The factor of the differential on the wrong side",
        r"From $du = g'(x)\, dx$ it follows that $dx = du / g'(x)$. Where $dx$ is replaced, the derivative divides.",
        "sec-3-one-dimension",
    ),
    "sign-of-the-antiderivative": Misconception(
        "A sign lost on the way",
        "A positive function, integrated from a smaller to a larger limit, has a positive integral. If yours is "
        "negative, look at the antiderivative, and at which limit is subtracted.",
        "sec-3-one-dimension",
    ),
    "lower-limit-left-out": Misconception(
        "The lower limit left out",
        "An integral is a difference: the antiderivative at the upper limit minus the antiderivative at the lower one. "
        "At 0 it need not be 0.",
        "sec-3-one-dimension",
    ),
    "map-not-one-to-one": Misconception(
        "A map that turns around, taken for one-to-one",
        "To solve $u = g(x)$ for $x$ you need a stretch on which $g$ takes no value twice. Split at the turning "
        "points.",
        "sec-3-one-dimension",
    ),
    "net-for-path": Misconception(
        "The net change taken for the whole way",
        r"In $\int g'(t)\, dt$ the ways back and forth cancel. The length of the way is $\int |g'(t)|\, dt$.",
        "sec-3-sets",
    ),
    "covered-for-path": Misconception(
        "The places visited taken for the whole way",
        "A place that is passed several times counts once in the set of places, and each time in the way.",
        "sec-3-sets",
    ),
    "image-for-what-is-reached-twice": Misconception(
        "All values taken for those that are reached several times",
        "A value is in the image as soon as one point leads to it. Count the points for each value.",
        "sec-3-sets",
    ),
    "reached-once-for-twice": Misconception(
        "Values that are reached once",
        "Count for one of your values how many points lead to it: draw a horizontal line at its height.",
        "sec-3-sets",
    ),
    "source-for-image": Misconception(
        "Points taken for values",
        "A map goes from points $x$ to values $u$. Ask on which side of the map the answer lives.",
        "sec-3-sets",
    ),
    "crease-counted-twice": Misconception(
        "The end of a set not looked at",
        "At a turning point two preimages meet in one, and at the end of an interval there may be one more or less. "
        "Look at the ends one by one.",
        "sec-3-sets",
    ),
    "part-of-the-region": Misconception(
        "Only a part of the region counted",
        "The new variables must sweep the whole region, each point once.",
        "sec-3-region",
    ),
    "counted-more-than-once": Misconception(
        "Points counted more than once",
        "Where a map reaches a point several times, the integral over the new variables counts it each time. Restrict "
        "the limits to a part on which the map is one-to-one.",
        "sec-3-folds",
    ),
    "area-factor-forgotten": Misconception(
        "The area factor forgotten",
        r"A small rectangle in the new coordinates is not as large as its image. Its area is multiplied by $|\det J|$, "
        r"which for polar coordinates is $r$.",
        "sec-3-polar",
    ),
    "area-factor-twice": Misconception(
        "The area factor taken twice",
        r"$|\det J|$ enters once, where $dx\, dy$ is replaced.",
        "sec-3-polar",
    ),
    "orientation-counted": Misconception(
        "The sign of the determinant kept",
        "The absolute value of the determinant is the area scale. Its sign says whether the map keeps or "
        "turns the orientation, and an integral over a set has no orientation.",
        "sec-3-linear",
    ),
    "source-area-left-out": Misconception(
        "The area at the start left out",
        "The determinant is a scale: the ratio of the new area to the old one. To get the new area, multiply "
        "it by the old one.",
        "sec-3-linear",
    ),
    "determinant-sum-for-difference": Misconception(
        "The products of a determinant added",
        "The determinant of a matrix with rows $(p, q)$ and $(r, s)$ is $ps - qr$. If one entry is negative, "
        "the minus stays all the same.",
        "sec-3-linear",
    ),
    "off-diagonal-left-out": Misconception(
        "Only the diagonal of a matrix used",
        "The product of the diagonal entries is the determinant only if the entries on one side of the diagonal are 0.",
        "sec-3-linear",
    ),
    "factor-upside-down": Misconception(
        "The factor on the wrong side",
        r"The determinant of the map from $(u, v)$ to $(x, y)$ multiplies $du\, dv$ to give $dx\, dy$. For "
        r"the map in the other direction it is the reciprocal. Keep the two directions apart.",
        "sec-3-inverse",
    ),
    "length-for-area": Misconception(
        "A length taken for an area",
        "An area is a product of two lengths. When both are scaled, both factors enter.",
        "sec-3-curved",
    ),
    "coordinates-exchanged": Misconception(
        "The coordinates of a point exchanged",
        "The value of a determinant belongs to a point. Put its first coordinate where the first variable stands.",
        "sec-3-curved",
    ),
    "integrand-not-converted": Misconception(
        "The integrand not carried over",
        "All three change together: the limits, the area element and the integrand. Wherever an old variable "
        "stands, put its whole formula in the new ones.",
        "sec-3-polar",
    ),
    "cancelled-by-symmetry": Misconception(
        "A region so large that everything cancels",
        "Over a region that is symmetric, positive and negative parts of the integrand cancel. Check whether "
        "your limits describe the region that is asked for.",
        "sec-3-region",
    ),
    "area-for-integral": Misconception(
        "The area taken for the integral",
        "The integral of 1 is the area of the region. Any other integrand weighs the points.",
        "sec-3-polar",
    ),
    "part-of-the-factor": Misconception(
        "Only a part of the area factor",
        "If a change of variables is made of several steps, each has its own factor, and the factors are "
        "multiplied. Take the determinant of the whole map, and all of it.",
        "sec-3-curved",
    ),
    "axes-of-the-ellipse-exchanged": Misconception(
        "The axes of an ellipse exchanged",
        "The number below $x^2$ belongs to the $x$ direction, the number below $y^2$ to the $y$ direction.",
        "sec-3-polar",
    ),
    "square-taken-for-length": Misconception(
        "A square taken for a length",
        "In the equation of a circle or an ellipse the lengths stand squared. Take their roots before you use them.",
        "sec-3-polar",
    ),
    "one-dimension-for-two": Misconception(
        "One dimension in place of two",
        "An integral over the plane is an integral of integrals. For a product of a function of $x$ and a "
        "function of $y$ it is the product of both integrals.",
        "sec-3-gaussian",
    ),
    "scale-in-the-exponent-lost": Misconception(
        "The scale in the exponent lost",
        "A factor in the exponent makes a bell wider or narrower, and its integral larger or smaller. "
        "Substitute so that it disappears, and keep what the differential brings.",
        "sec-3-gaussian",
    ),
    "normalising-constant-assumed": Misconception(
        "A constant in front that is not there",
        "Only with the right constant in front the integral of a bell curve is 1. That constant is one over "
        "the integral which is asked for.",
        "sec-3-gaussian",
    ),
    "root-of-the-determinant-lost": Misconception(
        "The root of the determinant forgotten",
        "In the exponent the variables stand squared, so the matrix there scales areas only by the root of "
        "its determinant.",
        "sec-3-gaussian",
    ),
    "cross-term-not-halved": Misconception(
        "The mixed term not shared out",
        r"In $p^\mathsf{T} P p$ the two entries beside the diagonal both give a term in $xy$. Each of them is "
        r"half of its coefficient.",
        "sec-3-gaussian",
    ),
    "corner-for-limit": Misconception(
        "Coordinates of corners taken for limits",
        "The limits of the new variables are the values that they take on the border. Put the corners into "
        "the formulas of the new variables.",
        "sec-3-region",
    ),
    "factor-in-the-old-variables": Misconception(
        "A factor in the wrong variable",
        "In the new integral everything must be written in the new variables, the factor too. Translate it "
        "piece by piece.",
        "sec-3-inverse",
    ),
    "inverse-thought-necessary": Misconception(
        "The inverse solved for without need",
        "The determinant of the inverse map is the reciprocal of the determinant, at matching points. You "
        "can use it before you know the inverse.",
        "sec-3-inverse",
    ),
    "area-factor-for-volume": Misconception(
        "The factor of the plane used in space",
        r"In space a small cell has three sides. In spherical coordinates two of them grow with the distance, "
        r"so the factor is $\rho^2 \sin\varphi$.",
        "sec-3-three-dimensions",
    ),
    "polar-angle-too-far": Misconception(
        "The angle from the pole taken too far",
        r"From the north pole to the south pole $\varphi$ goes from $0$ to $\pi$. Beyond it every point is "
        r"reached a second time, with a negative determinant.",
        "sec-3-three-dimensions",
    ),
    "limits-not-linked": Misconception(
        "Limits that should depend on each other",
        "If the region is no box in the new variables, the limits of the inner integral depend on the outer variable.",
        "sec-3-three-dimensions",
    ),
    "wrong-side-of-the-border": Misconception(
        "The wrong side of a border",
        "A border has two sides. Try one point that is surely in the region: is it on the side that your "
        "limits describe?",
        "sec-3-region",
    ),
    "signed-for-covered": Misconception(
        "A signed integral taken for the area of the image",
        "Where the determinant is negative the image lies face down, and the signed integral subtracts it. "
        "The area of the image counts every point once.",
        "sec-3-folds",
    ),
    "determinant-at-one-point": Misconception(
        "The determinant at one point used everywhere",
        "For a curved map the area scale differs from place to place. Multiplying by one value is right for "
        "a linear map only.",
        "sec-3-curved",
    ),
    "smaller-part-covered": Misconception(
        "The smaller part of a fold taken for the whole",
        "When two parts of an image overlap, the image is their union.",
        "sec-3-folds",
    ),
    "hole-filled": Misconception(
        "A hole filled",
        "A limit that is not 0 leaves something out. Look at which point of the image belongs to the lower limit.",
        "sec-3-folds",
    ),
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
        "Your points all have the distance 1 from the origin: they lie on the circle. A disc has an inside.",
        "sec-3-monte-carlo",
    ),
    "points-lost": Misconception(
        "Points thrown away and not replaced",
        "If points outside a region are discarded, others must be drawn in their place until there are enough.",
        "sec-3-monte-carlo",
    ),
    "polar-coordinates-returned": Misconception(
        "Polar coordinates returned",
        r"You return $r$ and $\theta$. They describe the points, but $x$ and $y$ are asked for: take them "
        r"through the map.",
        "sec-3-polar",
    ),
    "coordinates-in-rows": Misconception(
        "Points in columns in place of rows",
        "Your result has a row of all $x$ and a row of all $y$. Each row should be a point: stack along the "
        "other axis, or transpose.",
        "sec-3-monte-carlo",
    ),
    "generator-ignored": Misconception(
        "The generator that was passed is not used",
        "Two calls with the same seed must give the same points, or nobody can repeat an experiment. Draw "
        "from the `rng` that is passed, and make no generator of your own.",
        "sec-3-monte-carlo",
    ),
}
