"""Change of variables: in n dimensions, in one with every step shown, and for probability densities."""

from jaclib.substitution import presets
from jaclib.substitution._folds import Folds, FoldWarning
from jaclib.substitution._results import IntegralValue, UnconfirmedWarning
from jaclib.substitution._solutions import IncompleteSearchWarning
from jaclib.substitution.density import (
    Branch,
    PushforwardDensity,
    UncheckedDensityWarning,
    UndecidedDensityWarning,
    pushforward_density,
)
from jaclib.substitution.mapping import Substitution
from jaclib.substitution.one_dim import NewIntegral, Suggestion, USubstitution, u_substitution
from jaclib.substitution.regions import (
    Ball,
    BoundaryStep,
    Disc,
    Ellipse,
    Ellipsoid,
    FoundLimits,
    LimitsCheck,
    Polygon,
)

__all__ = [
    "Ball",
    "BoundaryStep",
    "Branch",
    "Disc",
    "Ellipse",
    "Ellipsoid",
    "FoldWarning",
    "Folds",
    "FoundLimits",
    "IncompleteSearchWarning",
    "IntegralValue",
    "LimitsCheck",
    "NewIntegral",
    "Polygon",
    "PushforwardDensity",
    "Substitution",
    "Suggestion",
    "USubstitution",
    "UncheckedDensityWarning",
    "UnconfirmedWarning",
    "UndecidedDensityWarning",
    "presets",
    "pushforward_density",
    "u_substitution",
]
