"""Slips with the change of variables: factors, regions, folds, densities."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
    "area-factor-forgotten": Misconception(
        "The area factor forgotten",
        r"A small rectangle in the new coordinates is not as large as its image. Its area is multiplied by $|\det J|$, "
        r"which for polar coordinates is $r$.",
        "sec-3-polar",
    ),
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
    "area-factor-twice": Misconception(
        "The area factor taken twice",
        r"$|\det J|$ enters once, where $dx\, dy$ is replaced.",
        "sec-3-polar",
    ),
}
