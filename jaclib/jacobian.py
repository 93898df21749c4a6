"""The Jacobian two ways that need no tracing: by differences of values, and by symbols.

J[i, j] = ∂f_i/∂x_j: rows are outputs, columns are inputs. In general the shape is ``out_shape + in_shape``.
"""

from __future__ import annotations

from numbers import Real

import numpy as np

from jaclib._validate import describe, is_finite, real_array, require_callable

__all__ = ["numeric_jacobian", "symbolic_jacobian"]

# method: power of the machine epsilon for the step at which truncation and rounding errors balance, and the stencil as
# {multiple of the step: weight}. The derivative is the weighted sum of the values, divided by the step.
_STENCILS = {
    "central": (1 / 3, {1: 1 / 2, -1: -1 / 2}),
    "forward": (1 / 2, {1: 1.0, 0: -1.0}),
    "richardson": (1 / 5, {1: 8 / 12, -1: -8 / 12, 2: -1 / 12, -2: 1 / 12}),
}
# Inputs at a time: memory stays bounded, and each round costs what some calls of a small `f` do.
_INPUTS = 256
_METHODS = (*_STENCILS, "complex-step")


def numeric_jacobian(f, x, *, method="central", step=None, return_error=False):
    """Approximate the Jacobian of `f` at `x` by finite differences or by a complex step.

    Parameters
    ----------
    f : callable
        Function of one array; returns an array or a number, always of the same shape.
    x : array_like
        Where to differentiate, shape `in_shape`. float32 stays float32, integers become float64.
    method : {"central", "forward", "richardson", "complex-step"}, optional
        ``(f(x + h) - f(x - h)) / 2h``, error of order h²; ``(f(x + h) - f(x)) / h``, error of order h; the central
        differences of h and 2h extrapolated to step 0, error of order h⁴; or ``Im f(x + ih) / h``, exact to
        rounding, for functions made of analytic operations (no ``abs``, ``max``, comparison).
    step : float, optional
        The step h for ``|x_j| ≤ 1``; it grows in proportion to ``|x_j|`` beyond. By default the cube root (central),
        square root (forward) or fifth root (richardson) of the machine epsilon of the dtype of `x`, where truncation
        and rounding errors balance; for the complex step a value so small that its error is lost in rounding.
    return_error : bool, optional
        Whether to return an error estimate as well; only with ``method="richardson"``.

    Returns
    -------
    jacobian : numpy.ndarray
        The Jacobian, of shape ``out_shape + in_shape``; (m, n) for f: ℝⁿ → ℝᵐ.
    error : numpy.ndarray
        With `return_error`: for each entry a bound in practice, the difference that extrapolation made, and rounding.

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
    For n inputs: 2n calls of `f` (central), n + 1 (forward), 4n (richardson), n + 5 (complex step, five of them to
    check that it applies). Sources: Nocedal and Wright (2006), "Numerical Optimization", section 8.1; Abramowitz and
    Stegun (1964), 25.3.6; Martins, Sturdza and Alonso (2003), "The complex-step derivative approximation", section 2.

    Examples
    --------
    >>> import numpy as np
    >>> f = lambda x: np.array([x[0] * x[1], x[1] * x[2] ** 2])
    >>> numeric_jacobian(f, [2.0, 1.0, 3.0]).round(6)
    array([[1., 2., 0.],
           [0., 9., 6.]])
    >>> jacobian, error = numeric_jacobian(np.exp, 1.0, method="richardson", return_error=True)
    >>> bool(abs(jacobian - np.e) <= error < 1e-5)
    True
    """
    where = "numeric_jacobian"
    require_callable(where, f)
    x = real_array(where, "x", x)
    if method not in _METHODS:
        raise ValueError(f"{where}: method is {method!r}, expected one of {', '.join(map(repr, _METHODS))}.")
    if return_error and method != "richardson":
        raise ValueError(
            f"{where}: return_error needs method='richardson', got {method!r}. The others have no second value."
        )
    if step is not None and (
        not isinstance(step, (Real, np.number)) or isinstance(step, (bool, np.bool)) or not 0 < step < np.inf
    ):
        raise ValueError(
            f"{where}: step is {step!r}, expected a positive, finite number. Leave it out for a sound default."
        )
    if method == "complex-step":
        return _complex_step(f, x, step)
    jacobian, error = _by_differences(f, x, method, step)
    return (jacobian, error) if return_error else jacobian


def _by_differences(f, x, method, step):
    """Return the Jacobian by a stencil, and an estimate of its error from the two differences of Richardson's."""
    where = "numeric_jacobian"
    epsilon = float(np.finfo(x.dtype).eps)
    power, stencil = _STENCILS[method]
    if step is None:
        step = 2.0 ** round(np.log2(epsilon**power))  # a power of two: x + h is then rounded little or not at all
    steps = (step * np.maximum(1.0, np.abs(x))).astype(x.dtype).ravel()
    if np.any(x.ravel() + steps == x.ravel()):
        raise ValueError(f"{where}: step {step:.3g} is lost in rounding beside x. Take one above {epsilon:.3g}.")
    # A copy: `f` may give one array out again and again.
    first = np.array(real_array(where, "the function's result", f(x.copy())))
    moved = (x.ravel() + steps) - x.ravel()  # the steps as they really are, after rounding
    jacobian = np.empty((x.size, first.size), np.result_type(first.dtype, x.dtype))
    error = np.empty_like(jacobian) if method == "richardson" else None
    for start in range(0, x.size, _INPUTS):
        some = slice(start, start + _INPUTS)
        values = [_values(f, x, start, multiple * steps[some], first) if multiple else first for multiple in stencil]
        with np.errstate(over="ignore", invalid="ignore"):
            slopes = sum(weight * value for weight, value in zip(stencil.values(), values, strict=True))
        # A value that is not finite leaves no finite sum.
        if not is_finite(slopes) and not all(is_finite(value) for value in values):
            raise ValueError(
                f"{where}: the function's result has an entry that is nan or infinite within a step of x, expected "
                "finite numbers. Take a smaller step, or a point further inside the domain."
            )
        h = moved[some, None]
        jacobian[some] = slopes.reshape(len(h), first.size) / h
        if error is not None:
            values = np.reshape(values, (len(stencil), len(h), first.size))
            coarse = (values[0] - values[1]) / (2 * h)
            error[some] = np.abs(jacobian[some] - coarse) + 2 * epsilon * np.max(np.abs(values), axis=0) / h
    shape = first.shape + x.shape
    return jacobian.T.reshape(shape), None if error is None else error.T.reshape(shape)


def _values(f, x, start, steps, first):
    """Return the values of `f` where each of some inputs, from `start` on, has made its step: one row an input."""
    ndarray, dtype, shape = np.ndarray, np.result_type(first.dtype, x.dtype), first.shape
    # A row for each point: `f` may write into its argument without harm to the others.
    points = np.empty((len(steps), *x.shape), x.dtype)
    points[...] = x
    points.ravel()[start :: x.size + 1] += steps
    found = []
    for point in points:
        y = f(point)
        if type(y) is not ndarray or y.dtype is not dtype or y.shape != shape:
            y = _like_first(y, shape).astype(dtype)
        found.append(y.tobytes())  # the cheapest copy
    return np.ndarray((len(points), *shape), dtype, b"".join(found))


def _like_first(y, shape):
    """Return a value at a point nearby as a real array, if it has the shape of the first value."""
    where = "numeric_jacobian"
    y = np.asarray(y)
    if y.dtype.kind == "c":
        raise TypeError(f"{where}: the function returned a complex result at a point nearby, expected real numbers.")
    if y.shape != shape:
        raise ValueError(
            f"{where}: the function returned shape {shape} and, at a point nearby, {y.shape}. "
            "A Jacobian needs results of one shape."
        )
    return y


def _complex_step(f, x, step):
    """Return the Jacobian by complex steps, after a check that they apply."""
    epsilon = float(np.finfo(x.dtype).eps)
    h = epsilon**1.25 if step is None else float(step)
    complex_type = np.result_type(x.dtype, np.complex64)
    columns = []
    for j in range(x.size):
        point = x.astype(complex_type)
        point.reshape(-1)[j] += 1j * h
        columns.append(_complex_value(f(point)).imag / h)
    if not columns:
        return np.zeros((*np.shape(f(x.copy())), *x.shape))
    jacobian = np.stack(columns, axis=-1)
    _require_analytic(f, x, jacobian)
    return jacobian.reshape(jacobian.shape[:-1] + x.shape)


def _complex_value(y):
    where = "numeric_jacobian"
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


def _require_analytic(f, x, jacobian):
    """Compare one directional derivative with real differences: |z|, for one, has a wrong complex step."""

    def value(point):
        return np.array(real_array("numeric_jacobian", "the function's result", f(point)))

    # A direction without simple ratios, in which contributions of several inputs would cancel.
    direction = np.cos(1.0 + np.arange(x.size)).astype(x.dtype)
    expected = jacobian @ direction
    direction = direction.reshape(x.shape)
    h = float(np.finfo(x.dtype).eps) ** (1 / 3) * max(1.0, float(np.max(np.abs(x))))
    coarse = (value(x + 2 * h * direction) - value(x - 2 * h * direction)) / (4 * h)
    fine = (value(x + h * direction) - value(x - h * direction)) / (2 * h)
    # The differences vouch for themselves: where they disagree with each other, so may the complex step. Each output is
    # judged by its own size, or a large one would hide a small one.
    rounding = 100 * float(np.finfo(x.dtype).eps) * np.abs(value(x.copy())) / h
    allowed = 10 * np.abs(fine - coarse) + 1e-4 * np.abs(fine) + rounding
    if not np.all(np.abs(fine - expected) <= allowed):
        raise ValueError(
            "numeric_jacobian: the complex step disagrees with real differences, so the function is not analytic at "
            "this point (np.abs, np.maximum, comparisons and np.conj are not). Use method='central'."
        )


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
        If a variable is named twice, if an expression has a symbol of the same name but with other assumptions, or
        if there is no component or no variable.

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
    names = {symbol.name: symbol for symbol in symbols if isinstance(symbol, sympy.Symbol)}
    for symbol in set().union(*(sympy.sympify(expr).free_symbols for expr in components)):
        twin = names.get(getattr(symbol, "name", None))
        if isinstance(symbol, sympy.Symbol) and twin not in (None, symbol):
            raise ValueError(
                f"{where}: there are two symbols called {symbol} with different assumptions, one in the expressions "
                "and one among the variables. To SymPy they differ: create the symbol once and use it everywhere."
            )
    return sympy.Matrix([[sympy.diff(expr, symbol) for symbol in symbols] for expr in components])


def _sequence(x, sympy):
    if isinstance(x, (list, tuple)):
        return list(x)
    if isinstance(x, (sympy.MatrixBase, np.ndarray)):
        return list(x.flat() if isinstance(x, sympy.MatrixBase) else x.ravel())
    return [x]
