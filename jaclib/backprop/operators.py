"""The public transforms: jvp, vjp, grad, value_and_grad, jacfwd, jacrev and hessian.

Each is a thin wrapper over one forward or one reverse trace. Names and the order of arguments follow JAX. All of
them take a function written in plain NumPy, and may be nested: the gradient of a gradient is a second derivative.
"""

from __future__ import annotations

import functools

import numpy as np

from jaclib._validate import describe, is_finite, real_array, require_callable
from jaclib.backprop.containers import flatten, is_container, rebuild
from jaclib.backprop.forward import ForwardTrace
from jaclib.backprop.reverse import ReverseTrace
from jaclib.backprop.tracing import Traced, strip

__all__ = ["grad", "hessian", "jacfwd", "jacrev", "jvp", "value_and_grad", "vjp"]

# Rows (or columns) of a Jacobian that travel together: so many that one batch of them holds about this many numbers.
_BATCH_ENTRIES = 2**22


# -- the boundary ---------------------------------------------------------------------------------------------


def _primal(where, name, value):
    """Return an argument as a real, finite array or number, or as it is when an enclosing trace differentiates it."""
    if type(value) is Traced:
        return value
    array = real_array(where, name, value)
    # A number behaves as NumPy's scalars do: x += 1 then rebinds, and never writes into the caller's memory.
    return array if array.ndim else array[()]


def _primals(where, name, container):
    """Return the arrays of an argument, validated, with a name for each."""
    leaves = flatten(container)
    if not leaves:
        raise TypeError(f"{where}: {name} has no arrays in it, got {describe(container)}. Pass at least one array.")
    return [_primal(where, name + "".join(f"[{key!r}]" for key in path), leaf) for path, leaf in leaves]


def _output(where, y):
    """Check what the function returned: one real, finite array, traced or plain."""
    if type(y) is not Traced:
        if y is None:
            raise TypeError(f"{where}: the function returned None. It has to return its value.")
        if isinstance(y, (list, tuple, dict)):
            raise TypeError(
                f"{where}: the function returned a {type(y).__name__}, expected one array. "
                "Join the components with np.stack (or np.concatenate) before returning them."
            )
        y = real_array(where, "the function's result", y)
        y = y if y.ndim else y[()]
    elif not is_finite(strip(y)):
        raise ValueError(
            f"{where}: the function's result has an entry that is nan or infinite, expected finite numbers. "
            "Check that the point lies inside the function's domain."
        )
    return y


def _finite(where, derivative):
    if not is_finite(np.asarray(strip(derivative))):
        raise ValueError(
            f"{where}: the derivative has an entry that is nan or infinite. The function is not differentiable at this "
            "point, or an intermediate result over- or underflows (np.where does not hide log(0) or sqrt(0) in the "
            "branch not taken: move the bad argument away inside it)."
        )
    return derivative


def _scalar(where, y):
    if y.ndim:
        raise TypeError(
            f"{where}: the function returned an array of shape {y.shape}, expected a single number. "
            "Reduce it (np.sum, np.mean), or ask for all its derivatives with jacrev or jacfwd."
        )


def _argnums(where, argnums):
    """Return `argnums` as a tuple of integers, and whether it was a single one."""
    single = not isinstance(argnums, (tuple, list))
    numbers = (argnums,) if single else tuple(argnums)
    if not numbers or not all(isinstance(i, (int, np.integer)) and not isinstance(i, bool) for i in numbers):
        raise TypeError(f"{where}: argnums must be an int or a tuple of ints, got {argnums!r}.")
    return numbers, single


def _positions(where, numbers, args):
    for i in numbers:
        if not -len(args) <= i < len(args):
            raise ValueError(
                f"{where}: argnums has {i}, but the function was called with {len(args)} positional argument(s). "
                "Pass the arguments to differentiate by position."
            )
    positions = [i % len(args) for i in numbers]
    if len(set(positions)) < len(positions):
        raise ValueError(f"{where}: argnums names an argument twice, got {numbers}.")
    return positions


def _call(f, args, options):
    """Call the function; where NumPy's own message hides what went wrong, add a note that says it."""
    try:
        return f(*args, **options)
    except ValueError as error:
        if "read-only" in str(error):
            error.add_note(
                "jaclib: the function writes into an array that it has used with a traced value. The derivative needs "
                "what it held, so write into a copy (x = x.copy()) or make a new array."
            )
        elif error.__cause__ is not None and "jaclib: " in str(error.__cause__):
            error.add_note(
                "jaclib: the function writes a traced value into a plain array (out[i] = a), which would lose the "
                "derivative. Collect the entries in a list and join them with np.stack."
            )
        raise


# -- reverse mode ---------------------------------------------------------------------------------------------


class Recording:
    """One call of `f` on a tape: which inputs it had, and the place of its result (None: constant)."""

    def __init__(self, where, f, args, options, positions):
        self.where = where
        self.trace = ReverseTrace()
        self.args = [args[i] for i in positions]
        self.leaves = []
        self.inputs = []
        call = list(args)
        try:
            for i in positions:
                values = _primals(where, f"argument {i}", args[i])
                stand_ins = [self.trace.watch(value) for value in values]
                self.leaves += values
                self.inputs += [s.mark for s in stand_ins]
                call[i] = rebuild(args[i], iter(stand_ins))
            try:
                y = _call(f, call, options)
            finally:
                self.trace.close()
            y = _output(where, y)
        except BaseException:
            self.trace.unlock()
            raise
        traced = type(y) is Traced and y.owner is self.trace
        self.place = y.mark if traced else None
        self.value = y.value if traced else y

    def pull_back(self, g):
        """Return the cotangents of the inputs, as a flat list, for the cotangent `g` of the result."""
        extra = g.shape[: g.ndim - self.value.ndim]
        # What is not finite is said below, in words; NumPy's warnings on the way there would only repeat it.
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            found = self.trace.backward({} if self.place is None else {self.place: g}, self.inputs)
        out = []
        for leaf, c in zip(self.leaves, found, strict=True):
            if c is None:
                c = np.zeros(extra + leaf.shape, strip(leaf).dtype)[()]
            out.append(_finite(self.where, c))
        return out

    def arrange(self, cotangents):
        """Give each argument's cotangents the make of that argument."""
        cotangents = iter(cotangents)
        return [rebuild(arg, cotangents) for arg in self.args]

    def release(self):
        """Let the arrays that the tape guarded be written to again."""
        self.trace.unlock()


def vjp(f, *primals):
    """Evaluate `f` and return the pullback of cotangents through its Jacobian.

    Parameters
    ----------
    f : callable
        Function of ``len(primals)`` arrays, written in plain NumPy; it returns one array or number.
    *primals : array_like, or dict, list or tuple of array_like
        Where to differentiate.

    Returns
    -------
    y : numpy.ndarray or numpy.floating
        The value ``f(*primals)``.
    pullback : callable
        ``pullback(cotangent)`` takes an array of the shape of `y` and returns a tuple with one entry per primal:
        Jᵀw, in the shape of that primal. It may be called any number of times.

    Raises
    ------
    TypeError
        If `f` is not callable, a primal is complex or not numeric, or `f` uses a function without a derivative rule.
    ValueError
        If a primal, the value or a derivative is not finite, or the cotangent has the wrong shape.

    Notes
    -----
    One call of `f` and, per pullback, one pass back over its operations; the tape holds every intermediate array.
    Griewank and Walther (2008), "Evaluating Derivatives", section 3.2.

    Examples
    --------
    >>> import numpy as np
    >>> y, pullback = vjp(lambda x: np.stack([x[0] * x[1], x[1] ** 2]), np.array([2.0, 3.0]))
    >>> y
    array([6., 9.])
    >>> pullback(np.array([1.0, 10.0]))
    (array([ 3., 62.]),)
    """
    require_callable("vjp", f)
    if not primals:
        raise TypeError("vjp: no primal given. Call vjp(f, x) with the point at which to differentiate.")
    recording = Recording("vjp", f, primals, {}, range(len(primals)))
    recording.trace.detach()
    recording.release()

    def pullback(cotangent):
        """Return Jᵀ times the cotangent, one entry per primal."""
        g = _primal("vjp", "the cotangent", cotangent)
        if g.shape != recording.value.shape:
            raise ValueError(
                f"vjp: cotangent has shape {g.shape}, expected {recording.value.shape} to match the result. "
                "A cotangent has one entry per entry of the result."
            )
        return tuple(recording.arrange(recording.pull_back(g)))

    value = recording.value
    return (value.copy() if isinstance(value, np.ndarray) else value), pullback


def value_and_grad(f, argnums=0):
    """Return a function that gives the value of the scalar function `f` and its gradient in one pass.

    Parameters
    ----------
    f : callable
        Function that returns a single number, written in plain NumPy.
    argnums : int or tuple of int, optional
        Which positional argument(s) to differentiate by.

    Returns
    -------
    callable
        Takes the arguments of `f`; returns ``(value, gradient)``. The gradient has the shape of its argument (a
        dict, list or tuple of arrays for such an argument); for a tuple `argnums` it is a tuple.

    Raises
    ------
    TypeError
        If `f` is not callable or does not return a single number, or an argument is complex or not numeric.
    ValueError
        If an argument, the value or the gradient is not finite, or `argnums` is out of range.

    Notes
    -----
    One call of `f` and one pass back, whatever the number of entries. Griewank and Walther (2008), section 3.3.

    Examples
    --------
    >>> import numpy as np
    >>> value, gradient = value_and_grad(lambda x: np.sum(x**2))(np.array([1.0, 2.0, 3.0]))
    >>> float(value), gradient
    (14.0, array([2., 4., 6.]))
    """
    return _value_and_grad("value_and_grad", f, argnums)


def _value_and_grad(where, f, argnums):
    require_callable(where, f)
    numbers, single = _argnums(where, argnums)

    @functools.wraps(f, assigned=("__name__", "__module__"), updated=())
    def transformed(*args, **options):
        recording = Recording(where, f, args, options, _positions(where, numbers, args))
        try:
            _scalar(where, recording.value)
            seed = strip(recording.value).dtype.type(1)
            gradients = recording.arrange(recording.pull_back(seed))
        finally:
            recording.release()
        return recording.value, (gradients[0] if single else tuple(gradients))

    return transformed


def grad(f, argnums=0):
    """Return the gradient of the scalar function `f`, by reverse mode.

    Parameters
    ----------
    f : callable
        Function that returns a single number, written in plain NumPy.
    argnums : int or tuple of int, optional
        Which positional argument(s) to differentiate by.

    Returns
    -------
    callable
        Takes the arguments of `f`; returns the gradient, of the shape of its argument (a dict, list or tuple of
        arrays for such an argument); for a tuple `argnums` a tuple of gradients.

    Raises
    ------
    TypeError
        If `f` is not callable or does not return a single number, or an argument is complex or not numeric.
    ValueError
        If an argument, the value or the gradient is not finite, or `argnums` is out of range.

    See Also
    --------
    value_and_grad : The value as well, at no further cost.
    jacrev, jacfwd : Functions with many outputs.

    Notes
    -----
    One call of `f` and one pass back, whatever the number of entries. At kinks the gradient is the mean of the
    one-sided derivatives: 0 for ``abs`` at 0, ½ for ``maximum(x, 0)`` at 0, equal shares at ties of ``max``.
    Griewank and Walther (2008), "Evaluating Derivatives", section 3.3.

    Examples
    --------
    >>> import numpy as np
    >>> grad(lambda p: p[0] ** 2 * p[1] + 3 * p[0] * p[1] ** 3)(np.array([1.0, 2.0]))
    array([28., 37.])
    >>> gradient = grad(lambda p, x: np.sum((p["w"] * x + p["b"]) ** 2))({"w": 2.0, "b": 1.0}, np.array([0.0, 1.0]))
    >>> {name: float(value) for name, value in gradient.items()}
    {'w': 6.0, 'b': 8.0}
    """
    transformed = _value_and_grad("grad", f, argnums)

    @functools.wraps(f, assigned=("__name__", "__module__"), updated=())
    def gradient(*args, **options):
        return transformed(*args, **options)[1]

    return gradient


def jacrev(f, argnums=0):
    """Return the Jacobian of `f` by reverse mode: one row per output, all rows pulled back together.

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
    jacfwd : Cheaper when there are fewer inputs than outputs.

    Notes
    -----
    One call of `f` and one pass back with m cotangents: the cost grows with the number of outputs m.
    Griewank and Walther (2008), "Evaluating Derivatives", section 3.2.

    Examples
    --------
    >>> import numpy as np
    >>> jacrev(lambda x: np.stack([x[0] * x[1], x[1] * x[2] ** 2]))(np.array([2.0, 1.0, 3.0]))
    array([[1., 2., 0.],
           [0., 9., 6.]])
    """
    require_callable("jacrev", f)
    numbers, single = _argnums("jacrev", argnums)

    @functools.wraps(f, assigned=("__name__", "__module__"), updated=())
    def jacobian(*args, **options):
        positions = _positions("jacrev", numbers, args)
        _arrays_only("jacrev", args, positions)
        recording = Recording("jacrev", f, args, options, positions)
        try:
            shape, m = recording.value.shape, recording.value.size
            widest = max([strip(e[1]).size for e in recording.trace.tape if e is not None], default=1)
            rows = max(1, _BATCH_ENTRIES // max(widest, 1))
            parts = []
            for start in range(0, max(m, 1), rows):
                seeds = np.eye(m, dtype=strip(recording.value).dtype)[start : start + rows]
                parts.append(recording.pull_back(np.reshape(seeds, (len(seeds), *shape))))
        finally:
            recording.release()
        columns = [np.concatenate(part) if len(part) > 1 else part[0] for part in zip(*parts, strict=True)]
        jacobians = [np.reshape(c, shape + leaf.shape) for c, leaf in zip(columns, recording.leaves, strict=True)]
        return jacobians[0] if single else tuple(jacobians)

    return jacobian


def _arrays_only(where, args, positions):
    for i in positions:
        if is_container(args[i]):
            raise TypeError(
                f"{where}: argument {i} is a {type(args[i]).__name__}, expected one array. "
                "Pass its arrays as separate arguments and name them in argnums."
            )


# -- forward mode ---------------------------------------------------------------------------------------------


def _push_forward(where, f, args, options, moves, lead):
    """Call `f` with tangents on some arguments; return its value and its tangent.

    `moves` maps the position of an argument to (its primal leaves, their tangents), flat lists.
    """
    trace = ForwardTrace(lead)
    call = list(args)
    for i, (values, tangents) in moves.items():
        stand_ins = (trace.watch(v, t) for v, t in zip(values, tangents, strict=True))
        call[i] = rebuild(args[i], stand_ins)
    try:
        y = _output(where, _call(f, call, options))
    finally:
        trace.open = False
    if type(y) is Traced and y.owner is trace:
        return y.value, _finite(where, y.mark)
    some = next(iter(moves.values()))[1][0]
    return y, np.zeros(some.shape[:lead] + np.shape(strip(y)), strip(y).dtype)[()]


def jvp(f, primals, tangents):
    """Evaluate `f` and push tangents forward through its Jacobian.

    Parameters
    ----------
    f : callable
        Function of ``len(primals)`` arrays, written in plain NumPy; it returns one array or number.
    primals : tuple of array_like
        Where to differentiate; an entry may be a dict, list or tuple of arrays.
    tangents : tuple of array_like
        In which direction: one entry per primal, of the same shape (and make).

    Returns
    -------
    y : numpy.ndarray or numpy.floating
        The value ``f(*primals)``.
    dy : numpy.ndarray or numpy.floating
        The directional derivative Jv, of the shape of `y`.

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
    for i, (primal, tangent) in enumerate(zip(primals, tangents, strict=True)):
        values = _primals("jvp", f"primal {i}", primal)
        directions = _primals("jvp", f"tangent {i}", tangent)
        if [path for path, _ in flatten(primal)] != [path for path, _ in flatten(tangent)]:
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
    return _push_forward("jvp", f, primals, {}, moves, lead=0)


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
    numbers, single = _argnums("jacfwd", argnums)

    @functools.wraps(f, assigned=("__name__", "__module__"), updated=())
    def jacobian(*args, **options):
        positions = _positions("jacfwd", numbers, args)
        _arrays_only("jacfwd", args, positions)
        jacobians = []
        for i in positions:
            x = _primal("jacfwd", f"argument {i}", args[i])
            columns = max(1, _BATCH_ENTRIES // max(x.size, 1))
            parts = []
            for start in range(0, max(x.size, 1), columns):
                seeds = np.eye(x.size, dtype=strip(x).dtype)[start : start + columns]
                moves = {i: ([x], [np.reshape(seeds, (len(seeds), *x.shape))])}
                call = list(args)
                call[i] = x
                y, t = _push_forward("jacfwd", f, call, options, moves, lead=1)
                parts.append(t)
            t = np.concatenate(parts) if len(parts) > 1 else parts[0]
            jacobians.append(np.reshape(np.moveaxis(t, 0, -1), np.shape(strip(y)) + x.shape))
        return jacobians[0] if single else tuple(jacobians)

    return jacobian


def hessian(f, argnums=0):
    """Return the Hessian of the scalar function `f`: the forward-mode Jacobian of its reverse-mode gradient.

    Parameters
    ----------
    f : callable
        Function that returns a single number, written in plain NumPy.
    argnums : int or tuple of int, optional
        Which positional argument(s) to differentiate by, twice; each one array.

    Returns
    -------
    callable
        Takes the arguments of `f`; returns the Hessian, of shape ``in_shape + in_shape``. For a tuple `argnums`, a
        tuple of tuples: entry [i][j] is differentiated by argument i, then by argument j.

    Raises
    ------
    TypeError
        If `f` is not callable or does not return a single number, or an argument is complex or not numeric.
    ValueError
        If an argument, the value or a derivative is not finite, or `argnums` is out of range.

    Notes
    -----
    One gradient with n tangents. For a Hessian-vector product alone use ``jvp(grad(f), (x,), (v,))[1]``, whose cost
    is a small multiple of a gradient's (Pearlmutter, 1994, "Fast exact multiplication by the Hessian").

    Examples
    --------
    >>> import numpy as np
    >>> hessian(lambda x: x[0] ** 2 * x[1])(np.array([3.0, 5.0]))
    array([[10.,  6.],
           [ 6.,  0.]])
    """
    require_callable("hessian", f)
    numbers, single = _argnums("hessian", argnums)
    if single:
        return jacfwd(_value_and_grad_only("hessian", f, argnums), argnums)

    def second(*args, **options):
        return tuple(jacfwd(_value_and_grad_only("hessian", f, i), numbers)(*args, **options) for i in numbers)

    return second


def _value_and_grad_only(where, f, argnums):
    transformed = _value_and_grad(where, f, argnums)
    return lambda *args, **options: transformed(*args, **options)[1]
