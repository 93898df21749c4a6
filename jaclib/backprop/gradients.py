"""The transforms of reverse mode, vjp, grad, value_and_grad and jacrev; and hessian, forward over reverse.

Names and the order of arguments follow JAX. The transforms take a function written in plain NumPy and may be nested:
the gradient of a gradient is a second derivative.
"""

from __future__ import annotations

import functools

import numpy as np

from jaclib._validate import is_finite, is_ready, require_callable
from jaclib.backprop.boundary import (
    argnums_of,
    batch_length,
    call,
    output,
    positions_of,
    primal,
    primals_of,
    refuse_array,
    refuse_infinite,
    require_arrays,
)
from jaclib.backprop.containers import Joined, rebuild
from jaclib.backprop.operations import written_out
from jaclib.backprop.pushforwards import jacfwd
from jaclib.backprop.reverse import ReverseTrace
from jaclib.backprop.tracing import Traced, strip

__all__ = ["grad", "hessian", "jacrev", "value_and_grad", "vjp"]

_ONE = np.float64(1)


class Recording:
    """One call of `f` on a tape: which inputs it had, and the place of its result (None: constant).

    Attributes
    ----------
    leaves : list
        The arrays of the arguments at `positions`; they stand first on the tape, in this order.
    value : numpy.ndarray or numpy.floating
        What the function returned.
    """

    __slots__ = ("args", "leaves", "place", "trace", "value", "where")

    def __init__(self, where, f, args, options, positions, keep_all=False):
        self.where = where
        self.trace = trace = ReverseTrace(keep_all)
        self.args = [args[i] for i in positions]
        self.leaves = leaves = []
        inputs = list(args)
        try:
            for i in positions:
                if type(args[i]) is np.ndarray:  # the usual case, without a look for containers
                    value = args[i]
                    if not (is_ready(value) and value.ndim):
                        value = primal(where, f"argument {i}", value)
                    leaves.append(value)
                    inputs[i] = trace.watch(value)
                    continue
                values = primals_of(where, "argument", i, args[i])
                leaves += values
                inputs[i] = rebuild(args[i], map(trace.watch, values))
            try:
                y = call(f, inputs, options)
            finally:
                trace.close()
            y = output(where, y, trace)
        except BaseException:
            trace.guard.release()
            raise
        traced = type(y) is Traced and y.owner is trace
        self.place = y.mark if traced else None
        self.value = y.value if traced else y

    def pull_back(self, g, keep=True, place=None, around_gaps=False):
        """Return the cotangents of the inputs, as a flat list, for the cotangent `g` of the result (or at `place`).

        With ``keep=False`` the tape is used up, and its arrays are freed on the way; None is returned if a cotangent is
        not finite, so that the caller can record once more and keep the tape. It is then read again, around entries
        that are nan.
        """
        backward = self.trace.backward_around_gaps if around_gaps else self.trace.backward
        found = backward(self.place if place is None else place, g, len(self.leaves), keep)
        given = []
        for i, c in enumerate(found):
            if c is None:
                leaf = self.leaves[i]
                extra = g.shape[: g.ndim - self.value.ndim]
                found[i] = np.zeros(extra + leaf.shape, strip(leaf).dtype)[()]
                continue
            if not is_finite(c if type(c) is np.ndarray else strip(c)):
                if around_gaps:
                    refuse_infinite(self.where)
                return self.pull_back(g, keep, place, around_gaps=True) if keep else None
            if type(c) is np.float64 and self.leaves[i].ndim:  # equal entries
                found[i] = written_out(c, self.leaves[i].shape)
                continue
            # A cotangent that was passed on unchanged may be the caller's own, or that of another argument too.
            if type(c) is np.ndarray and (c is g or c.base is not None or id(c) in given):
                found[i] = c.copy()
            given.append(id(c))
        return found

    def pull_back_all(self, keep=False):
        """Return the Jacobians by the inputs, one row for each entry of the result; see `pull_back`."""
        shape, m, dtype = self.value.shape, self.value.size, strip(self.value).dtype
        widest = max([strip(entry[1]).size for entry in self.trace.tape if entry is not None], default=1)
        rows = batch_length(widest)
        if self.place is not None and len(shape) == 1 and 0 < m <= rows and not keep:
            place, g = self.trace.pull_identity(self.place, m, dtype)
            return self.pull_back(g, keep=False, place=place)
        parts = []
        for start in range(0, max(m, 1), rows):
            seeds = np.eye(m, dtype=dtype)[start : start + rows]
            part = self.pull_back(np.reshape(seeds, (len(seeds), *shape)), keep or start + rows < m)
            if part is None:
                return None
            parts.append(part)
        return [np.concatenate(part) if len(part) > 1 else part[0] for part in zip(*parts, strict=True)]

    def arrange(self, cotangents):
        """Give each argument's cotangents the make of that argument."""
        if type(self.args[0]) is np.ndarray and len(self.args) == 1:
            return cotangents
        cotangents = iter(cotangents)
        return [rebuild(arg, cotangents) for arg in self.args]

    def release(self):
        """Let the arrays that the tape guarded be written to again."""
        self.trace.guard.release()


def vjp(f, *primals):
    """Evaluate `f` and return the pullback of cotangents through its Jacobian.

    Parameters
    ----------
    f : callable
        Function of ``len(primals)`` arrays, written in plain NumPy; it returns an array or number, or a dict, list or
        tuple of them.
    *primals : array_like, or dict, list or tuple of array_like
        Where to differentiate.

    Returns
    -------
    y : numpy.ndarray or numpy.floating, or a container of them
        The value ``f(*primals)``.
    pullback : callable
        ``pullback(cotangent)`` takes an array of the shape of `y` (or a container like it) and returns a tuple with one
        entry per primal: Jᵀw, in the shape of that primal. It may be called any number of times.

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
    joined = Joined("vjp", f)
    recording = Recording("vjp", joined, primals, {}, range(len(primals)))
    recording.trace.detach()
    recording.release()

    def pullback(cotangent):
        """Return Jᵀ times the cotangent, one entry per primal."""
        g = primal("vjp", "the cotangent", joined.join(cotangent))
        if g.shape != recording.value.shape:
            raise ValueError(
                f"vjp: cotangent has shape {g.shape}, expected {recording.value.shape} to match the result. "
                "A cotangent has one entry per entry of the result."
            )
        return tuple(recording.arrange(recording.pull_back(g)))

    value = recording.value
    return joined.split(value.copy() if isinstance(value, np.ndarray) else value), pullback


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
    both = _value_and_grad("value_and_grad", f, argnums)

    @functools.wraps(f, assigned=("__name__", "__module__"), updated=())
    def transformed(*args, **options):
        return both(args, options)

    return transformed


def _value_and_grad(where, f, argnums):
    """Return a function of the arguments and options of `f`; the public transforms give it a signature."""
    require_callable(where, f)
    numbers, single = argnums_of(where, argnums)

    def both(args, options, again=False):
        recording = Recording(where, f, args, options, positions_of(where, numbers, args), keep_all=again)
        try:
            value = recording.value
            if value.ndim:
                refuse_array(where, value)
            seed = _ONE if type(value) is np.float64 else strip(value).dtype.type(1)
            cotangents = recording.pull_back(seed, keep=again)
        finally:
            recording.release()
        if cotangents is None:
            return both(args, options, again=True)
        gradients = recording.arrange(cotangents)
        return value, (gradients[0] if single else tuple(gradients))

    return both


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
    return _gradient("grad", f, argnums)


def _gradient(where, f, argnums):
    both = _value_and_grad(where, f, argnums)

    @functools.wraps(f, assigned=("__name__", "__module__"), updated=())
    def gradient(*args, **options):
        return both(args, options)[1]

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
    numbers, single = argnums_of("jacrev", argnums)

    @functools.wraps(f, assigned=("__name__", "__module__"), updated=())
    def jacobian(*args, **options):
        positions = positions_of("jacrev", numbers, args)
        require_arrays("jacrev", args, positions)
        cotangents = None
        for again in (False, True):
            if cotangents is None:
                recording = Recording("jacrev", f, args, options, positions, keep_all=again)
                try:
                    cotangents = recording.pull_back_all(keep=again)
                finally:
                    recording.release()
        shape = recording.value.shape
        jacobians = [np.reshape(c, shape + leaf.shape) for c, leaf in zip(cotangents, recording.leaves, strict=True)]
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
    numbers, single = argnums_of("hessian", argnums)

    def second(*args, **options):
        require_arrays("hessian", args, positions_of("hessian", numbers, args))
        if single:
            return jacfwd(_gradient("hessian", f, argnums), argnums)(*args, **options)
        return tuple(jacfwd(_gradient("hessian", f, i), numbers)(*args, **options) for i in numbers)

    return second
