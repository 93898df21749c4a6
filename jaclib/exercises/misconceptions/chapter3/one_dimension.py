"""Slips with substitution in one dimension, and with integrals over sets."""

from jaclib.exercises.misconceptions._entry import Misconception

MISCONCEPTIONS = {
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
    "old-limits-kept": Misconception(
        "The old limits kept",
        "The limits belong to the variable of integration. When that changes, convert them in the same line "
        "in which you replace $dx$.",
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
    "end-of-a-set-not-checked": Misconception(
        "The end of a set not looked at",
        "At a turning point two preimages meet in one, and at the end of an interval there may be one more or less. "
        "Look at the ends one by one.",
        "sec-3-sets",
    ),
}
