"""The density of Y = T(X): by a formula where SymPy inverts T, else by a search that finds every preimage.

`pushforward` reads what the caller gives and decides; `branches` and `formula` work in SymPy. `line` and `space` find
preimages in numbers, on the `intervals` that prove that none is missing. `check` tells whether p_X is a density and
whether all of it arrives; `result` is what the caller gets.
"""

from jaclib.substitution.density.branches import Branch
from jaclib.substitution.density.check import UncheckedDensityWarning
from jaclib.substitution.density.pushforward import pushforward_density
from jaclib.substitution.density.result import PushforwardDensity, UndecidedDensityWarning

__all__ = ["Branch", "PushforwardDensity", "UncheckedDensityWarning", "UndecidedDensityWarning", "pushforward_density"]
