"""The transforms of forward mode, jvp and jacfwd. Names and the order of arguments follow JAX."""

from __future__ import annotations

import functools

import numpy as np

from jaclib._validate import describe, is_finite, require_callable
from jaclib.backprop.boundary import (
    argnums_of,
    batch_length,
    call,
    output,
    positions_of,
    primal,
    primals_of,
    refuse_infinite,
    require_arrays,
)
from jaclib.backprop.containers import flatten, is_collection, rebuild, results_of
from jaclib.backprop.forward import Diagonal, ForwardTrace, dense
from jaclib.backprop.tracing import Traced, strip

__all__ = ["jacfwd", "jvp"]


def push_forward(where, f, args, options, moves, lead, containers=False):
    """Call `f` with tangents on some arguments; return its value and its tangent.

    `moves` maps the position of an argument to (its primal leaves, their tangents), flat lists. With `containers`, the
    function may return one. Where a tangent comes out as nan, the pass is made again, around entries that are nan.
    """
    for around_gaps in (False, True):
        trace = ForwardTrace(lead, around_gaps)
        y, both = _pass(where, f, args, options, moves, trace, containers)
        if not trace.undefined and all(is_finite(strip(tangent)) for _, tangent in both):
            break
    else:
        refuse_infinite(where)
    if not containers:
        return both[0]
    return tuple(rebuild(y, iter(part), is_collection) for part in zip(*both, strict=True))


def _pass(where, f, args, options, moves, trace, containers):
    """Call `f` once; return what it returned, and pairs of values and tangents."""
    inputs = list(args)
    for i, (values, tangents) in moves.items():
        stand_ins = (trace.watch(v, t) for v, t in zip(values, tangents, strict=True))
        inputs[i] = rebuild(args[i], stand_ins)
    try:
        y = call(f, inputs, options)
        results = [output(where, result, trace) for result in (results_of(where, y) if containers else [y])]
    finally:
        trace.close()
    front = dense(next(iter(moves.values()))[1][0]).shape[: trace.lead]
    both = []
    for result in results:
        if type(result) is Traced and result.owner is trace:
            both.append((result.value, dense(result.mark)))
        else:
            both.append((result, np.zeros(front + np.shape(strip(result)), strip(result).dtype)[()]))
    return y, both


def jvp(f, primals, tangents):
    """Evaluate `f` and push tangents forward through its Jacobian.

    Parameters
    ----------
    f : callable
        Function of ``len(primals)`` arrays, written in plain NumPy; it returns an array or number, or a dict, list or
        tuple of them.
    primals : tuple of array_like
        Where to differentiate; an entry may be a dict, list or tuple of arrays.
    tangents : tuple of array_like
        In which direction: one entry per primal, of the same shape (and make).

    Returns
    -------
    y : numpy.ndarray or numpy.floating, or a container of them
        The value ``f(*primals)``.
    dy : numpy.ndarray or numpy.floating, or a container of them
        The directional derivative Jv, of the shape (and make) of `y`.

    Raises
    ------
    TypeError
        If `f` is not callable, `primals` and `tangents` are not tuples, or an entry is complex or not numeric.
    ValueError
        If shapes differ, or an input, the value or the derivative is not finite.

    Notes
    -----
    One call of `f` with about twice its arithmetic; nothing is stored. Griewank and Walther (2008), section 3.1.

    Examples
    --------
    >>> import numpy as np
    >>> y, dy = jvp(lambda x: np.stack([x[0] * x[1], x[1] ** 2]), (np.array([2.0, 3.0]),), (np.array([1.0, 0.0]),))
    >>> y, dy
    (array([6., 9.]), array([3., 0.]))

    The product of a Hessian with a vector, at a small multiple of the cost of a gradient:

    >>> from jaclib import grad
    >>> loss = lambda p: np.sum((p["w"] * 3 + p["b"]) ** 2)
    >>> _, product = jvp(grad(loss), ({"w": 2.0, "b": 1.0},), ({"w": 1.0, "b": 0.0},))
    >>> {name: float(entry) for name, entry in product.items()}
    {'w': 18.0, 'b': 6.0}
    """
    require_callable("jvp", f)
    for name, value in (("primals", primals), ("tangents", tangents)):
        if not isinstance(value, (tuple, list)):
            raise TypeError(
                f"jvp: {name} must be a tuple with one entry per argument, got {describe(value)}. Write ({name[:-1]},)."
            )
    if len(primals) != len(tangents) or not primals:
        raise ValueError(
            f"jvp: got {len(primals)} primal(s) and {len(tangents)} tangent(s), expected the same number, at least one."
        )
    moves = {}
    for i, (point, direction) in enumerate(zip(primals, tangents, strict=True)):
        values = primals_of("jvp", "primal", i, point)
        directions = primals_of("jvp", "tangent", i, direction)
        if [path for path, _ in flatten(point)] != [path for path, _ in flatten(direction)]:
            raise ValueError(
                f"jvp: tangent {i} is not built like primal {i}. Give it the same keys, in the same order."
            )
        for v, t in zip(values, directions, strict=True):
            if v.shape != t.shape:
                raise ValueError(
                    f"jvp: tangent has shape {t.shape}, expected {v.shape} to match primal {i}. "
                    "A tangent has one entry per entry of its primal."
                )
        moves[i] = (values, directions)
    return push_forward("jvp", f, primals, {}, moves, lead=0, containers=True)


def _unit_tangents(x, start, stop):
    """Return one tangent for each of these entries of `x`, along that entry."""
    dtype = strip(x).dtype
    if start == 0 and stop >= x.size:
        return Diagonal(np.ones(x.shape, dtype))
    seeds = np.eye(x.size, dtype=dtype)[start:stop]
    return np.reshape(seeds, (len(seeds), *x.shape))


def jacfwd(f, argnums=0):
    """Return the Jacobian of `f` by forward mode: one column per input, all columns pushed forward together.

    Parameters
    ----------
    f : callable
        Function that returns an array (or a number), written in plain NumPy.
    argnums : int or tuple of int, optional
        Which positional argument(s) to differentiate by; each one array.

    Returns
    -------
    callable
        Takes the arguments of `f`; returns the Jacobian, of shape ``out_shape + in_shape``; (m, n) for f: ℝⁿ → ℝᵐ.
        For a tuple `argnums` a tuple of Jacobians.

    Raises
    ------
    TypeError
        If `f` is not callable, an argument is a container, complex or not numeric.
    ValueError
        If an argument, the value or the Jacobian is not finite, or `argnums` is out of range.

    See Also
    --------
    jacrev : Cheaper when there are fewer outputs than inputs.

    Notes
    -----
    One pass with n tangents: the cost grows with the number of inputs n. Griewank and Walther (2008), section 3.1.

    Examples
    --------
    >>> import numpy as np
    >>> jacfwd(lambda t: np.stack([3 * t, np.exp(t)]))(0.0)
    array([3., 1.])
    """
    require_callable("jacfwd", f)
    numbers, single = argnums_of("jacfwd", argnums)

    @functools.wraps(f, assigned=("__name__", "__module__"), updated=())
    def jacobian(*args, **options):
        positions = positions_of("jacfwd", numbers, args)
        require_arrays("jacfwd", args, positions)
        jacobians = []
        for i in positions:
            x = primal("jacfwd", f"argument {i}", args[i])
            columns = batch_length(x.size)
            parts = []
            for start in range(0, max(x.size, 1), columns):
                moves = {i: ([x], [_unit_tangents(x, start, start + columns)])}
                inputs = list(args)
                inputs[i] = x
                y, t = push_forward("jacfwd", f, inputs, options, moves, lead=1)
                parts.append(t)
            t = np.concatenate(parts) if len(parts) > 1 else parts[0]
            jacobians.append(np.reshape(np.moveaxis(t, 0, -1), np.shape(strip(y)) + x.shape))
        return jacobians[0] if single else tuple(jacobians)

    return jacobian
