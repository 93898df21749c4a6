"""A differentiable operation and its rules, and the tables in which dispatch looks operations up."""

from __future__ import annotations

import dis
import inspect

import numpy as np

from jaclib._validate import require_plain
from jaclib.backprop.tracing import Traced, top_trace

# ufunc -> its Operation; NumPy function -> the adapter with NumPy's own signature. Filled by the modules with rules.
UFUNC_OPERATIONS: dict = {}
ADAPTERS: dict = {}
# Functions whose result does not change under a small change of the arguments, or does not depend on the entries.
PIECEWISE_CONSTANT: set = set()
# ufunc -> what it does where a complex constant takes part.
COMPLEX_UFUNCS: dict = {}
# (ufunc, method) -> NumPy function that says the same: np.add.reduce is np.sum.
UFUNC_METHODS: dict = {}


def _read_by(partials):
    """Return what partial derivatives read: "result", and the numbers of arguments."""
    found = set()
    for partial in partials:
        if not callable(partial):
            continue
        result, *args = inspect.signature(partial).parameters
        names = {result: "result", **{name: number for number, name in enumerate(args)}}
        for step in dis.get_instructions(partial):
            # The names of instructions that read a variable differ between Pythons; all have this in common.
            if "LOAD_FAST" in step.opname:
                loaded = step.argval if isinstance(step.argval, tuple) else (step.argval,)
                found.update(names[name] for name in loaded if name in names)
        found.update(names[name] for name in partial.__code__.co_cellvars if name in names)
    return found


class Operation:
    """One differentiable operation: how to compute it, and one rule per argument and mode.

    Parameters
    ----------
    compute : callable
        ``compute(*args, **options)``, in plain NumPy; the values it gets may be traced by an enclosing trace.
    name : str
        Shown in graphs and error messages.
    partials : tuple, optional
        For an elementwise operation: the partial derivative by each argument, a number or a function
        ``partial(result, *args)``. Both modes follow from it.
    vjps, jvps : tuple or callable, optional
        For all others: one rule per argument, ``vjp(g, result, *args, **options)`` and
        ``jvp(t, result, *args, **options)``. For any number of like arguments, one function that takes the number
        of the argument first. Cotangents and tangents may have extra axes in front, one entry per direction, so a
        rule counts axes from the end.
    reads : set, optional
        What the rules in `vjps` read of the entries, beyond shapes: ``"result"`` and numbers of arguments; by default
        all. For `partials` it is found out. The tape does not keep large arrays that no rule reads.
    vjp_of_diagonal : callable, optional
        ``vjp_of_diagonal(argnum, d, *args)``: the rule for the cotangents diag(d), where that is much cheaper than for
        any others; returns None where it does not apply.
    jvp_of_diagonal : callable, optional
        ``jvp_of_diagonal(argnum, d, *args, **options)``: the same for the tangents diag(d), d in the shape of the
        argument; the result has one row per direction.
    jvp_together : callable, optional
        ``jvp_together(tangents, *args, **options)``: all arguments at once, with None for those that do not move, where
        one after the other would cost much more (joining many arrays).
    accumulate : callable, optional
        ``accumulate(total, g, result, *args, **options)`` adds the pulled-back `g` into the array `total`, for an
        operation that reads a few entries only (indexing in a loop would cost n per step otherwise).
    repeats : bool, optional
        Whether the cotangent of a single number is that of every entry of the argument, as for a sum.
    """

    __slots__ = (
        *(
            "accumulate",
            "compute",
            "derivative",
            "jvp_of_diagonal",
            "jvp_together",
            "jvps",
            "name",
            "partials",
            "reads",
            "repeats",
        ),
        *("vjp_of_diagonal", "vjps"),
    )

    def __init__(
        self,
        compute,
        name,
        partials=None,
        vjps=None,
        jvps=None,
        reads=None,
        vjp_of_diagonal=None,
        jvp_of_diagonal=None,
        jvp_together=None,
        accumulate=None,
        repeats=False,
    ):
        self.vjp_of_diagonal = vjp_of_diagonal
        self.jvp_of_diagonal = jvp_of_diagonal
        self.jvp_together = jvp_together
        self.accumulate = accumulate
        self.repeats = repeats
        self.compute = compute
        self.name = name
        self.partials = partials
        self.vjps = vjps
        self.jvps = jvps
        self.reads = _read_by(partials) if partials is not None else reads
        # The partial derivative of a function of one argument, where it is a function: reverse mode's shortest way.
        self.derivative = partials[0] if partials is not None and len(partials) == 1 and callable(partials[0]) else None

    def __call__(self, *args, **options):
        """Carry the operation out, on a trace if an argument is traced."""
        trace = top_trace(args)
        if trace is None:
            return self.compute(*args, **options)
        return trace.process(self, args, options)

    def vjp(self, argnum, g, result, args, options):
        """Pull the cotangent `g` of the result back to argument `argnum`."""
        if self.partials is not None:
            c = scaled(g, self.partials[argnum], result, args)
            return unbroadcast(c, args[argnum].shape, result.ndim)
        if callable(self.vjps):
            return self.vjps(argnum, g, result, *args, **options)
        return self.vjps[argnum](g, result, *args, **options)

    def jvp(self, argnum, t, result, args, options):
        """Push the tangent `t` of argument `argnum` forward to the result."""
        if callable(self.jvps):
            return self.jvps(argnum, t, result, *args, **options)
        return self.jvps[argnum](t, result, *args, **options)


def scaled(direction, partial, result, args):
    """Multiply a tangent or cotangent by an elementwise partial derivative."""
    if partial.__class__ is int:  # 1 or -1
        return direction if partial == 1 else -direction
    return direction * partial(result, *args)


def unbroadcast(c, shape, ndim):
    """Sum `c`, whose last `ndim` axes are those of a result, down to an argument's `shape` that was broadcast to it."""
    lead = c.ndim - ndim
    extra = ndim - len(shape)
    axes = tuple(range(lead, lead + extra)) + tuple(
        lead + extra + i for i, n in enumerate(shape) if n == 1 and c.shape[lead + extra + i] != 1
    )
    if axes:
        c = np.sum(c, axis=axes)
    target = c.shape[:lead] + shape
    return c if c.shape == target else np.reshape(c, target)


def written_out(c, shape):
    """Return a tangent or cotangent in the full shape of what it belongs to, where it came as one number or a part."""
    if c.shape == shape:
        return c
    if type(c) is Traced:
        return np.broadcast_to(c, shape)
    out = np.empty(shape, c.dtype)  # a third of the time of np.broadcast_to
    out[...] = c
    return out


class ComplexConstantError(TypeError):
    """A constant argument is complex; arithmetic goes on with pairs of real arrays."""


def real_constant(operation, argnum, x):
    """Return a constant argument as a real array, or refuse it."""
    if type(x) is not np.ndarray:
        require_plain(f"jaclib: argument {argnum} of {operation.name}", x)
    array = x if isinstance(x, np.ndarray) else np.asarray(x)
    kind = array.dtype.kind
    if kind == "c":
        raise ComplexConstantError(
            f"jaclib: argument {argnum} of {operation.name} is complex; jaclib differentiates real functions. "
            "Keep real and imaginary parts apart."
        )
    if kind not in "fiub":
        raise TypeError(
            f"jaclib: argument {argnum} of {operation.name} has dtype {array.dtype}, expected real numbers. "
            "Convert it to a float array before the call."
        )
    if kind in "iub" and operation.partials is not None and operation.partials[argnum] is not None:
        # In integers and booleans a partial derivative may be wrong or an error (2 ** -1); floats cost one copy.
        return array.astype(np.float64) if array.ndim else float(array)
    return array
