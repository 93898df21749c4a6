"""Slips with the factor: determinants, polar coordinates, the inverse map, Gaussians."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
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
    "length-for-area": Misconception(
        "A length taken for an area",
        "An area is a product of two lengths. When both are scaled, both factors enter.",
        "sec-3-curved",
    ),
    "coordinates-exchanged": Misconception(
        "Coordinates in the wrong order",
        "Each number belongs to one variable. Put the first coordinate where the first variable stands, and keep the "
        "order in answers too.",
        "sec-3-curved",
    ),
    "part-of-the-factor": Misconception(
        "Only a part of the area factor",
        "If a change of variables is made of several steps, each has its own factor, and the factors are "
        "multiplied. Take the determinant of the whole map, and all of it.",
        "sec-3-curved",
    ),
    "determinant-at-one-point": Misconception(
        "The determinant at one point used everywhere",
        "For a curved map the area scale differs from place to place. Multiplying by one value is right for "
        "a linear map only.",
        "sec-3-curved",
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
    "integrand-not-converted": Misconception(
        "The integrand not carried over",
        "All three change together: the limits, the area element and the integrand. Wherever an old variable "
        "stands, put its whole formula in the new ones.",
        "sec-3-polar",
    ),
    "area-for-integral": Misconception(
        "The area taken for the integral",
        "The integral of 1 is the area of the region. Any other integrand weighs the points.",
        "sec-3-polar",
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
    "polar-coordinates-returned": Misconception(
        "Polar coordinates returned",
        r"The numbers $r$ and $\theta$ describe a point, but $x$ and $y$ are asked for: take them through the map.",
        "sec-3-polar",
    ),
    "factor-upside-down": Misconception(
        "The factor on the wrong side",
        r"The determinant of the map from $(u, v)$ to $(x, y)$ multiplies $du\, dv$ to give $dx\, dy$. For "
        r"the map in the other direction it is the reciprocal. Keep the two directions apart.",
        "sec-3-inverse",
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
    "forward-for-inverse": Misconception(
        "The map itself taken for its inverse",
        "Write down what goes in and what comes out. The Jacobian matrix has a row for each output of the "
        "map that is asked for.",
        "sec-3-inverse",
    ),
    "reciprocal-entry-by-entry": Misconception(
        "Reciprocals entry by entry",
        "The Jacobian matrix of the inverse map is the inverse matrix. A single partial derivative is not "
        "the reciprocal of the one with numerator and denominator exchanged: different variables are held "
        "still.",
        "sec-3-inverse",
    ),
    "orthogonal-taken-for-granted": Misconception(
        "A transpose taken for an inverse",
        "The transpose is the inverse only if the columns are perpendicular and of length 1, as for a rotation.",
        "sec-3-inverse",
    ),
    "minus-of-the-inverse-lost": Misconception(
        "The minus of an inverse matrix lost",
        "The inverse of the matrix with rows $(p, q)$ and $(r, s)$ has the rows $(s, -q)$ and $(-r, p)$, "
        "divided by the determinant.",
        "sec-3-inverse",
    ),
    "angle-for-length": Misconception(
        "An angle taken for a length",
        "A step of length $ds$ across the line of sight turns a point at the distance $r$ by the angle $ds / "
        "r$. An angle and a length differ by the factor $r$.",
        "sec-3-polar",
    ),
}
