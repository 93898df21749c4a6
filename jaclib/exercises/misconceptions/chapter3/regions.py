"""Slips with regions: limits, spherical coordinates, folds."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "limit-not-moved": Misconception(
        "The region not carried over",
        "The new variables have limits of their own: write the boundary of the region in terms of them.",
        "sec-3-region",
    ),
    "part-of-the-region": Misconception(
        "Only a part of the region counted",
        "The new variables must sweep the whole region, each point once.",
        "sec-3-region",
    ),
    "cancelled-by-symmetry": Misconception(
        "A region so large that everything cancels",
        "Over a region that is symmetric, positive and negative parts of the integrand cancel. Check whether "
        "your limits describe the region that is asked for.",
        "sec-3-region",
    ),
    "corner-for-limit": Misconception(
        "Coordinates of corners taken for limits",
        "The limits of the new variables are the values that they take on the border. Put the corners into "
        "the formulas of the new variables.",
        "sec-3-region",
    ),
    "wrong-side-of-the-border": Misconception(
        "The wrong side of a border",
        "A border has two sides. Try one point that is surely in the region: is it on the side that your "
        "limits describe?",
        "sec-3-region",
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
    "counted-more-than-once": Misconception(
        "Points counted more than once",
        "Where a map reaches a point several times, the integral over the new variables counts it each time. Restrict "
        "the limits to a part on which the map is one-to-one.",
        "sec-3-folds",
    ),
    "signed-for-covered": Misconception(
        "A signed integral taken for the area of the image",
        "Where the determinant is negative the image lies face down, and the signed integral subtracts it. "
        "The area of the image counts every point once.",
        "sec-3-folds",
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
    "fraction-of-the-other-part": Misconception(
        "The share of the other part taken",
        "Two shares of a whole add up to 1. Check with a point that lies close to one axis which of them "
        "should be small.",
        "sec-3-region",
    ),
    "ratio-to-the-limit": Misconception(
        "Numbers of different pieces of the border combined",
        "Each piece of the border gives a limit of its own. Do not mix an equation of one piece with a "
        "number of another.",
        "sec-3-region",
    ),
}
