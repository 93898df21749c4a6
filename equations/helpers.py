"""What the entries of several chapters compute with."""

import numpy as np
import sympy as sp

import jaclib


def forward_jacobian(function, x):
    """Return the Jacobian of a function of a column by jaclib's forward mode."""
    return jaclib.jacfwd(lambda flat: function(flat[:, None])[:, 0])(np.asarray(x, dtype=float)[:, 0])


def sympy_jacobian(function, *point):
    """Return the Jacobian of a function of numbers by SymPy's own rules, at a point."""
    symbols = sp.symbols(f"t:{len(point)}", real=True)
    matrix = sp.Matrix(list(np.ravel(np.array(function(*symbols), dtype=object)))).jacobian(symbols)
    return np.array(matrix.subs(dict(zip(symbols, point, strict=True)), simultaneous=True), dtype=object)


def rows(*entries):
    """Return a column of outputs, as NumPy operations that jaclib can trace."""
    return np.stack([np.sum(entry) for entry in entries])[:, None]


def four_outputs(x):
    """Return four outputs of a column of three inputs."""
    return rows(x[0] * x[1], np.sin(x[2]) + x[0], x[1] ** 2 * x[2], np.exp(x[0]) - x[1])


def softmax(z):
    """Return SciPy's softmax."""
    from scipy.special import softmax as scipy_softmax

    return scipy_softmax(z)


def over_quarter_disc(function, radius=2):
    """Integrate over the quarter x, y ≥ 0 of a disc, in x and y.

    It is cut into two triangles with a curved side, which lines through the centre sweep out: there may be a peak.
    """
    nodes, weights = np.polynomial.legendre.leggauss(20)
    nodes, weights = (nodes + 1) / 2, weights / 2
    total = 0.0
    for slope, slope_weight in zip(nodes, weights, strict=True):
        reach = radius / np.sqrt(1 + slope**2)
        for part, part_weight in zip(nodes, weights, strict=True):
            x = reach * part  # y = slope · x, so dy = x d(slope)
            both = function(x, slope * x) + function(slope * x, x)
            total += slope_weight * part_weight * reach * x * both
    return total
