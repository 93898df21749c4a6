"""A traced array: the stand-in that a function receives while it is being differentiated.

It carries a value and belongs to a trace, forward or reverse. Every NumPy call and operator on it is handed to the
trace (`dispatch`), which computes the value and keeps what the derivative needs. Where something would turn the
traced array into plain numbers, and so cut the derivative short without a word, it raises instead.

A value may itself be traced by an enclosing trace: that is how ``grad(grad(f))`` works. A later trace has a higher
level, and an operation belongs to the highest level among its arguments; all others are constants to it
(Siskind and Pearlmutter, 2005, "Perturbation confusion and referential transparency").
"""

from __future__ import annotations

import itertools

import numpy as np

_levels = itertools.count(1)


# Constants of these types need no check and cannot be written to.
NUMBER_TYPES = frozenset({float, int, bool, np.float64})


class Trace:
    """What forward and reverse traces share: a level, and whether the traced call is still running."""

    __slots__ = ("level", "open")

    def __init__(self):
        self.level = next(_levels)
        self.open = True

    def process(self, operation, args, options):
        """Carry out one operation on arguments of which at least one belongs to this trace."""
        values = list(args)
        parents = []
        for argnum, x in enumerate(args):
            kind = type(x)
            if kind is Traced:
                if x.owner is self:
                    parents.append((argnum, x.mark))
                    values[argnum] = x.value
            elif kind not in NUMBER_TYPES:
                values[argnum] = self.constant(operation, argnum, x)
        return self.record(operation, values, parents, options)

    def record(self, operation, values, parents, options, result=None):
        """Carry out one operation on `values`, of which those of `parents`, pairs (argnum, mark), are traced here.

        Where the caller has computed the result already, it comes along.
        """
        raise NotImplementedError

    def constant(self, operation, argnum, x):
        """Return what stands for a constant argument."""
        raise NotImplementedError

    def close(self):
        """End the traced call: from now on its values must not be used."""
        self.open = False

    def refuse_leak(self):
        """Raise: the traced call has ended, and its values mean nothing outside it."""
        raise RuntimeError(
            "jaclib: a traced value was used after the differentiated function had returned. "
            "It was probably stored in a global, an attribute or a list; return it from the function instead."
        )


class Traced:
    """An array that is being differentiated; it behaves like the NumPy array it stands for.

    Attributes
    ----------
    value : numpy.ndarray, numpy.floating or Traced
        The number or array itself; traced in turn by an enclosing trace when derivatives are nested.
    owner : Trace
        The trace that it belongs to.
    mark : int or array
        In reverse mode its place on the tape, in forward mode its tangent.
    """

    __slots__ = ("mark", "owner", "value")
    # Above every ndarray subclass, so that `array * traced` comes here.
    __array_priority__ = 1000.0

    def __init__(self, value, trace, mark):
        self.value = value
        self.owner = trace
        self.mark = mark

    @property
    def __class__(self):
        # isinstance(x, np.ndarray), or float for a number, is answered as for what it stands for: code that branches on
        # it would else take its other branch without a word. jaclib itself asks for type(x).
        return type(strip(self))

    def __array__(self, dtype=None, copy=None):
        raise TypeError(
            "jaclib: a traced array cannot become a plain NumPy array, the derivative would be lost. "
            "Usual causes and their cures: np.array([a, b]) with traced entries: write np.stack([a, b]); "
            "out[i] = a into a plain array: collect the entries in a list and np.stack it; "
            "a.dot(x) with a plain array a: write a @ x; "
            "np.asarray(x) on the argument: leave it out, x is an array already; "
            "x as an index into a plain array: compute the index from plain numbers."
        )

    # -- what would cut the derivative short ------------------------------------------------------------------

    def _refuse(self, what, cure):
        raise TypeError(f"jaclib: {what} on a traced array would lose the derivative. {cure}")

    def __float__(self):
        self._refuse(
            "float() (or a function of Python's math module)",
            "Use the NumPy function, np.sin for math.sin, and keep the array.",
        )

    def __int__(self):
        self._refuse(
            "int()",
            "A whole number has no useful derivative; use np.floor or np.rint if a constant is meant.",
        )

    def __index__(self):
        self._refuse(
            "use as an index or a count",
            "Compute the index from plain numbers, outside the differentiated argument.",
        )

    def __complex__(self):
        self._refuse("complex()", "jaclib differentiates real functions; keep real and imaginary parts apart.")

    def __bool__(self):
        self._refuse("bool()", "Compare it instead, as in `if x > 0`: a comparison gives a plain boolean.")

    def __hash__(self):
        self._refuse(
            "hash() (as the key of a dict, in a set, or as the argument of a cached function)",
            "Use a position or a name as the key, and call the function that is cached without its cache.",
        )

    def __copy__(self):
        return self  # it cannot be written into, so it need not be copied

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        self._refuse("pickling", "Send plain arrays to another process, and differentiate there.")

    def __setitem__(self, index, value):
        self._refuse(
            "writing into entries (x[i] = ...)",
            "Build a new array: np.where(mask, new, x), np.concatenate or np.stack.",
        )

    def item(self, *args):
        """Refuse: a plain Python number would lose the derivative."""
        self._refuse(".item()", "Index instead: x[i] is a traced number.")

    def tolist(self):
        """Refuse: plain Python numbers would lose the derivative."""
        self._refuse(".tolist()", "Use list(x): its entries stay traced.")

    def sort(self, *args, **options):
        """Refuse: it sorts in place."""
        self._refuse(".sort() (in place)", "Use np.sort(x), which returns a new array.")

    def fill(self, value):
        """Refuse: it writes in place."""
        self._refuse(".fill() (in place)", "Use np.full_like(x, value).")

    def _refuse_in_place(self, symbol):
        # For a number, x += 1 rebinds the name, in NumPy as here. For an array NumPy would change the memory that
        # other names see too, and a tape cannot follow that.
        if np.ndim(strip(self)) > 0:
            self._refuse(f"the in-place operation x {symbol}= y", f"Write x = x {symbol} y.")

    # -- what does not depend on the entries ------------------------------------------------------------------

    @property
    def shape(self):
        """Shape of the array."""
        return self.value.shape

    @property
    def ndim(self):
        """Number of axes."""
        return self.value.ndim

    @property
    def size(self):
        """Number of entries."""
        return self.value.size

    @property
    def dtype(self):
        """Data type of the entries."""
        return self.value.dtype

    @property
    def T(self):
        """The array with its axes in reverse order."""
        return np.transpose(self)

    @property
    def mT(self):
        """The array with its last two axes exchanged."""
        return np.swapaxes(self, -1, -2)

    @property
    def itemsize(self):
        """Bytes of one entry."""
        return strip(self).itemsize

    @property
    def nbytes(self):
        """Bytes of all entries."""
        return strip(self).nbytes

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of a traced number (an array without axes).")
        return self.shape[0]

    def __iter__(self):
        if not self.shape:
            raise TypeError("Iteration over a traced number (an array without axes).")
        return (self[i] for i in range(self.shape[0]))

    # Text shows the value and is no number: float(f"{x}") raises, where it would lose the derivative.

    def __repr__(self):
        return f"Traced({strip(self)!r})"

    def __str__(self):
        return f"Traced({strip(self)})"

    def __format__(self, spec):
        return f"Traced({format(strip(self), spec)})"


def strip(x):
    """Return the plain value under all traces."""
    while type(x) is Traced:
        x = x.value
    return x


def strip_all(x):
    """Return `x` with every traced array in it, also inside lists, tuples and dicts, made plain and read-only."""
    if type(x) is Traced:
        value = strip(x)
        if isinstance(value, np.ndarray):
            # A function may take the array as its `out` argument: it must not write into what is being traced.
            value = value.view()
            value.flags.writeable = False
        return value
    if type(x) in (list, tuple):
        return type(x)(strip_all(item) for item in x)
    if type(x) is dict:
        return {key: strip_all(item) for key, item in x.items()}
    return x


def contains_traced(x) -> bool:
    """Whether `x`, or an entry of the list, tuple or dict `x`, is traced."""
    if type(x) is Traced:
        return True
    if type(x) in (list, tuple):
        return any(contains_traced(item) for item in x)
    if type(x) is dict:
        return any(contains_traced(item) for item in x.values())
    return False


def top_trace(args):
    """Return the trace of the highest level among `args`, or None."""
    top = None
    for x in args:
        if type(x) is Traced and (top is None or x.owner.level > top.level):
            top = x.owner
    return top
