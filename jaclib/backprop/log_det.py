"""log|det J| of a map written in NumPy: by how much it changes volumes, and so log densities, at given points."""

from __future__ import annotations

import numpy as np

from jaclib._validate import real_array, require_callable
from jaclib.backprop.pushforwards import jacfwd, jvp

__all__ = ["log_abs_det_jacobian"]

WHERE = "log_abs_det_jacobian"


def log_abs_det_jacobian(f, x):
    r"""Evaluate a map ℝⁿ → ℝⁿ and the logarithm of \|det J\|, at one point or at many.

    For X with density p_X and Y = f(X), f one-to-one: log p_Y(f(x)) = log p_X(x) − log\|det J(x)\|.

    Parameters
    ----------
    f : callable
        Written in plain NumPy. It takes an array of the shape of `x` and returns one of the same shape; given many
        points, it acts on each row by itself.
    x : array_like, shape (n,) or (N, n)
        The point, or one point per row.

    Returns
    -------
    y : numpy.ndarray, shape of `x`
        The values of f.
    log_abs_det : numpy.floating, or numpy.ndarray of shape (N,)
        log\|det J\| at each point; −inf where J is singular.

    Raises
    ------
    TypeError
        If `f` is not callable, or uses a function without a derivative rule.
    ValueError
        If `x` has another number of axes or is not finite, if the result has another shape, or if a row of the result
        depends on other rows.

    Notes
    -----
    n tangents, and the determinants by LU decomposition: of order N n³. A map that is built of layers with triangular
    Jacobian matrices knows its log-determinant for less. `numpy.linalg.slogdet` never forms the determinant itself,
    which over- or underflows in high dimensions.
    Papamakarios et al. (2021), "Normalizing flows for probabilistic modeling and inference", section 2.1.

    Examples
    --------
    >>> import numpy as np
    >>> y, log_abs_det = log_abs_det_jacobian(np.exp, np.array([1.0, 2.0]))
    >>> round(float(log_abs_det), 12)
    3.0

    Polar coordinates at three points; the factor is r:

    >>> polar = lambda p: p[:, :1] * np.stack([np.cos(p[:, 1]), np.sin(p[:, 1])], axis=1)
    >>> y, log_abs_det = log_abs_det_jacobian(polar, np.array([[1.0, 0.3], [2.0, 4.0], [0.5, 1.0]]))
    >>> np.exp(log_abs_det).round(12)
    array([1. , 2. , 0.5])
    """
    require_callable(WHERE, f)
    x = real_array(WHERE, "x", x)
    if x.ndim not in (1, 2) or x.shape[-1] == 0:
        raise ValueError(f"{WHERE}: x has shape {x.shape}, expected (n,) for one point or (N, n) for N points in rows.")
    y = real_array(WHERE, "the function's result", f(x.copy()))
    if y.shape != x.shape:
        raise ValueError(
            f"{WHERE}: the function returned shape {y.shape}, expected {x.shape} as its argument. Only a square "
            "Jacobian matrix has a determinant."
        )
    if x.ndim == 1:
        jacobians = jacfwd(f)(x)
    else:
        _require_rows(f, x, y)
        units = (np.broadcast_to(unit, x.shape).copy() for unit in np.eye(x.shape[1]))
        jacobians = np.stack([jvp(f, (x,), (unit,))[1] for unit in units], axis=-1)
    return y, np.linalg.slogdet(jacobians)[1]


def _require_rows(f, x, y):
    """Raise unless a row of the result is a matter of that row alone: the batch has one Jacobian per row only then."""
    if len(x) < 2:
        return
    part = real_array(WHERE, "the function's result", f(x[::2].copy()))
    if part.shape != x[::2].shape or not np.allclose(part, y[::2], rtol=1e-9, atol=1e-12 * float(np.abs(y).max())):
        raise ValueError(
            f"{WHERE}: the function gives other values for the same point when it is called with fewer points, "
            "expected a function of each row by itself. Leave out sums and means over the rows."
        )
