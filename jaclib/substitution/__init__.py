"""Change of variables: in n dimensions, in one with every step shown, and for probability densities."""

from jaclib.substitution._folds import Folds, FoldWarning
from jaclib.substitution._results import IntegralValue, UnconfirmedWarning
from jaclib.substitution.density import Branch, PushforwardDensity, UncheckedDensityWarning, pushforward_density
from jaclib.substitution.mapping import Substitution
from jaclib.substitution.one_dim import NewIntegral, Suggestion, USubstitution, u_substitution

__all__ = [
    "Branch",
    "FoldWarning",
    "Folds",
    "IntegralValue",
    "NewIntegral",
    "PushforwardDensity",
    "Substitution",
    "Suggestion",
    "USubstitution",
    "UncheckedDensityWarning",
    "UnconfirmedWarning",
    "pushforward_density",
    "u_substitution",
]
