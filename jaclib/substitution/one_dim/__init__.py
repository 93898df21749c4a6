r"""Substitution in one variable: ∫ₐᵇ g(u(x)) u′(x) dx = ∫ g(u) du from u(a) to u(b), with signed limits.

`u_substitution` in `working` is the front door. A call reads the `problem`, lets `suggest` find a u among the
`candidates` if none is given, writes f dx as g(u) du on each piece (`parts`, with `rewrite` and `breaks`), takes the
`value` from an `antiderivative` (`table`), and returns the `solution`, which tells its `story`.
"""

from jaclib.substitution.one_dim.solution import NewIntegral, USubstitution
from jaclib.substitution.one_dim.suggest import Suggestion
from jaclib.substitution.one_dim.working import u_substitution

__all__ = ["NewIntegral", "Suggestion", "USubstitution", "u_substitution"]
