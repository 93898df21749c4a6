"""The Jacobian two ways that need no tracing: by differences of values, and by symbols.

J[i, j] = ∂f_i/∂x_j: rows are outputs, columns are inputs. In general the shape is ``out_shape + in_shape``.
"""

from __future__ import annotations

from numbers import Real

import numpy as np

from jaclib._validate import describe, real_array, require_callable

__all__ = ["numeric_jacobian", "symbolic_jacobian"]

# The step, as a power of the machine epsilon, at which truncation and rounding errors balance; for the complex step,
# which subtracts nothing, any step small enough to make the truncation error vanish.
_STEP_POWERS = {"central": 1 / 3, "forward": 1 / 2, "complex-step": 5 / 4}


def numeric_jacobian(f, x, *, method="central", step=None):
    """Approximate the Jacobian of `f` at `x` by finite differences or by a complex step.

    Parameters
    ----------
    f : callable
        Function of one array; returns an array or a number, always of the same shape.
    x : array_like
        Where to differentiate, shape `in_shape`. float32 stays float32, integers become float64.
    method : {"central", "forward", "complex-step"}, optional
        ``(f(x + h) - f(x - h)) / 2h``, error of order h²; ``(f(x + h) - f(x)) / h``, error of order h; or
        ``Im f(x + ih) / h``, exact to rounding, for functions made of analytic operations (no ``abs``, ``max``,
        comparison).
    step : float, optional
        The step h for ``|x_j| ≤ 1``; it grows in proportion to ``|x_j|`` beyond. By default the cube root (central)
        or square root (forward) of the machine epsilon of the dtype of `x`, where truncation and rounding errors
        balance; for the complex step a value so small that its error is lost in rounding.

    Returns
    -------
    numpy.ndarray
        The Jacobian, of shape ``out_shape + in_shape``; (m, n) for f: ℝⁿ → ℝᵐ.

    Raises
    ------
    TypeError
        If `f` is not callable, `x` or the result is complex or not numeric, or `f` drops the imaginary part of a
        complex step.
    ValueError
        If `x` or a result is not finite, `step` is not a positive number, the results differ in shape, `method` is
        unknown, or the complex step disagrees with real differences (then `f` is not analytic).

    Notes
    -----
    For n inputs: 2n calls of `f` (central), n + 1 (forward), n + 5 (complex step, five of them to check that it
    applies). Sources: Nocedal and Wright (2006), "Numerical Optimization", section 8.1; Martins, Sturdza and Alonso
    (2003), "The complex-step derivative approximation", section 2.

    Examples
    --------
    >>> import numpy as np
    >>> f = lambda x: np.array([x[0] * x[1], x[1] * x[2] ** 2])
    >>> numeric_jacobian(f, [2.0, 1.0, 3.0]).round(6)
    array([[1., 2., 0.],
           [0., 9., 6.]])
    """
    where = "numeric_jacobian"
    require_callable(where, f)
    x = real_array(where, "x", x)
    if method not in _STEP_POWERS:
        raise ValueError(f"{where}: method is {method!r}, expected one of {', '.join(map(repr, _STEP_POWERS))}.")
    epsilon = float(np.finfo(x.dtype).eps)
    if step is None:
        step = epsilon ** _STEP_POWERS[method]
    elif not isinstance(step, (Real, np.number)) or isinstance(step, bool) or not 0 < step < np.inf:
        raise ValueError(
            f"{where}: step is {step!r}, expected a positive, finite number. Leave it out for a sound default."
        )
    steps = step * np.maximum(1.0, np.abs(x)).astype(x.dtype)
    if method != "complex-step" and np.any(x + steps == x):
        raise ValueError(f"{where}: step {step:.3g} is lost in rounding beside x. Take one above {epsilon:.3g}.")
    columns = _COLUMNS[method](_checked(f, where), x, steps.ravel())
    jacobian = np.stack(columns, axis=-1) if columns else np.zeros((*np.shape(f(x.copy())), 0))
    return jacobian.reshape(jacobian.shape[:-1] + x.shape)


def _checked(f, where):
    """Wrap `f` so that every value is real, finite and of one shape."""
    shape = None

    def value(x):
        nonlocal shape
        y = real_array(where, "the function's result", f(x.copy()))  # a copy: `f` may write into its argument
        if shape is None:
            shape = y.shape
        elif y.shape != shape:
            raise ValueError(
                f"{where}: the function returned shape {y.shape} and, at another point, {shape}. "
                "A Jacobian needs results of one shape."
            )
        return y

    value.complex = lambda z: _complex_value(where, f(z))
    return value


def _complex_value(where, y):
    y = np.asarray(y)
    if y.dtype.kind != "c":
        raise TypeError(
            f"{where}: the function returned {describe(y)} at a complex point, expected complex numbers. It drops the "
            "imaginary part (as np.abs, np.real or float() do), so a complex step misses it; use method='central'."
        )
    if not np.isfinite(y).all():
        raise ValueError(
            f"{where}: the function's result has an entry that is nan or infinite, expected finite numbers."
        )
    return y


def _moved(x, j, h):
    """Return `x` with entry j moved by h, and the step really made after rounding."""
    point = x.copy()
    flat = point.reshape(-1)
    before = flat[j].copy()
    flat[j] += h
    return point, flat[j] - before


def _central(f, x, steps):
    columns = []
    for j, h in enumerate(steps):
        (ahead, up), (behind, down) = _moved(x, j, h), _moved(x, j, -h)
        columns.append((f(ahead) - f(behind)) / (up - down))
    return columns


def _forward(f, x, steps):
    start = f(x)
    columns = []
    for j, h in enumerate(steps):
        ahead, up = _moved(x, j, h)
        columns.append((f(ahead) - start) / up)
    return columns


def _complex_step(f, x, steps):
    columns = []
    complex_type = np.result_type(x.dtype, np.complex64)
    for j, h in enumerate(steps):
        point = x.astype(complex_type)
        point.reshape(-1)[j] += 1j * h
        columns.append(f.complex(point).imag / h)
    if columns:
        _require_analytic(f, x, columns)
    return columns


def _require_analytic(f, x, columns):
    """Compare one directional derivative with real differences: |z|, for one, has a wrong complex step."""
    direction = np.where(np.arange(x.size) % 2, -0.75, 1.0).reshape(x.shape).astype(x.dtype)
    expected = sum(c * d for c, d in zip(columns, direction.ravel(), strict=True))
    h = float(np.finfo(x.dtype).eps) ** (1 / 3) * max(1.0, float(np.max(np.abs(x))))
    coarse = (f(x + 2 * h * direction) - f(x - 2 * h * direction)) / (4 * h)
    fine = (f(x + h * direction) - f(x - h * direction)) / (2 * h)
    # The differences vouch for themselves: where they disagree with each other, so may the complex step.
    size = max(float(np.max(np.abs(fine))), float(np.max(np.abs(f(x)))), 1e-300)
    allowed = 10 * float(np.max(np.abs(fine - coarse))) + 1e-3 * size
    if not float(np.max(np.abs(fine - expected))) <= allowed:
        raise ValueError(
            "numeric_jacobian: the complex step disagrees with real differences, so the function is not analytic at "
            "this point (np.abs, np.maximum, comparisons and np.conj are not). Use method='central'."
        )


_COLUMNS = {"central": _central, "forward": _forward, "complex-step": _complex_step}


def symbolic_jacobian(exprs, variables):
    """Return the exact Jacobian matrix of SymPy expressions.

    Parameters
    ----------
    exprs : sympy.Expr, or sequence of sympy.Expr, or sympy.Matrix
        The m components of f; one expression counts as m = 1.
    variables : sympy.Symbol, or sequence of sympy.Symbol
        The n variables, in the order of the columns.

    Returns
    -------
    sympy.Matrix
        The Jacobian, m × n; 1 × n for a single expression (the gradient is its transpose).

    Raises
    ------
    TypeError
        If a component is not a SymPy expression or number, or a variable is not a symbol.
    ValueError
        If a variable is named twice, or there is no component or no variable.

    Notes
    -----
    m n symbolic derivatives. Magnus and Neudecker (2019), "Matrix Differential Calculus", section 5.7, for the
    definition.

    Examples
    --------
    >>> from sympy.abc import x, y, z
    >>> symbolic_jacobian([x * y, y * z**2], [x, y, z])
    Matrix([
    [y,    x,     0],
    [0, z**2, 2*y*z]])
    """
    import sympy

    where = "symbolic_jacobian"
    components = _sequence(exprs, sympy)
    symbols = _sequence(variables, sympy)
    if not components or not symbols:
        raise ValueError(
            f"{where}: got {len(components)} expression(s) and {len(symbols)} variable(s), expected at least one each."
        )
    for expr in components:
        if not isinstance(expr, (sympy.Expr, Real, np.number)):
            raise TypeError(
                f"{where}: a component is {describe(expr)}, expected a SymPy expression, such as sympy.sin(x)."
            )
    for symbol in symbols:
        if not isinstance(symbol, (sympy.Symbol, sympy.Indexed)):
            raise TypeError(
                f"{where}: a variable is {describe(symbol)}, expected a symbol. Make it with sympy.symbols."
            )
    if len(set(symbols)) < len(symbols):
        raise ValueError(
            f"{where}: a variable is named twice in {symbols}. Name each once, in the order of the columns."
        )
    return sympy.Matrix([[sympy.diff(expr, symbol) for symbol in symbols] for expr in components])


def _sequence(x, sympy):
    if isinstance(x, (list, tuple)):
        return list(x)
    if isinstance(x, (sympy.MatrixBase, np.ndarray)):
        return list(x.flat() if isinstance(x, sympy.MatrixBase) else x.ravel())
    return [x]
