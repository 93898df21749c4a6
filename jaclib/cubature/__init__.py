r"""Adaptive cubature over a box: ∫…∫ f dx₁…dxₙ for a vectorised f, with an error estimate.

Each cell of a partition of the box gets an embedded rule, that is, two formulas on the same points: the
better one gives the value, their difference the error. The cells whose error is too large are halved, all at
once, each across the axis that contributes most. Both formulas are linear in the values of f, so that one
pass costs one call of f and one matrix product, however many cells there are. Infinite ranges are mapped to
finite ones, which is itself a change of variables: dx = |x′(t)| dt.

Why not SciPy's `cubature`: jaclib runs in the page, where SciPy would be the largest download of all. And of the
integrals with known values in `benchmarks/integrands`, SciPy calls some done although they are wrong, this one none:
the page "How fast is it?" has the numbers.
"""

from jaclib.cubature._adaptive import Cubature, CubatureWarning, integrate
from jaclib.cubature._monte_carlo import MonteCarloEstimate, MonteCarloWarning, monte_carlo

__all__ = ["Cubature", "CubatureWarning", "MonteCarloEstimate", "MonteCarloWarning", "integrate", "monte_carlo"]
