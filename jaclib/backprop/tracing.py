"""A traced array: the stand-in that a function receives while it is being differentiated.

It carries a value and belongs to a trace, forward or reverse. Every NumPy call on it comes here through NumPy's own
protocols (``__array_ufunc__``, ``__array_function__``) and is handed to the trace, which computes the value and keeps
what the derivative needs. Where a call would turn the traced array into plain numbers, and so cut the derivative
short without a word, it raises instead.

A value may itself be traced by an enclosing trace: that is how ``grad(grad(f))`` works. A later trace has a higher
level, and an operation belongs to the highest level among its arguments; all others are constants to it
(Siskind and Pearlmutter, 2005, "Perturbation confusion and referential transparency").
"""

from __future__ import annotations

import itertools

import numpy as np

_levels = itertools.count(1)
# Constants of these types need no check and cannot be written to.
NUMBER_TYPES = (float, int, bool, np.float64)


class Trace:
    """What forward and reverse traces share: a level, and whether the traced call is still running."""

    __slots__ = ("level", "open")

    def __init__(self):
        self.level = next(_levels)
        self.open = True

    def process(self, operation, args, options):
        """Carry out one operation on arguments of which at least one belongs to this trace."""
        raise NotImplementedError

    def require_open(self):
        """Raise if the traced call has ended: its values mean nothing outside it."""
        if not self.open:
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
    __hash__ = None

    def __init__(self, value, trace, mark):
        self.value = value
        self.owner = trace
        self.mark = mark

    # -- NumPy's protocols ------------------------------------------------------------------------------------

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        return dispatch_ufunc(ufunc, method, inputs, out, options)

    def __array_function__(self, func, types, args, options):
        return dispatch_function(func, args, options)

    def __array__(self, dtype=None, copy=None):
        raise TypeError(
            "jaclib: a traced array cannot become a plain NumPy array, the derivative would be lost. "
            "Three usual causes and their cures: np.array([a, b]) with traced entries: write np.stack([a, b]); "
            "out[i] = a into a plain array: collect the entries in a list and np.stack it; "
            "np.asarray(x) on the argument: leave it out, x is an array already."
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

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of a traced number (an array without axes).")
        return self.shape[0]

    def __iter__(self):
        if not self.shape:
            raise TypeError("Iteration over a traced number (an array without axes).")
        return (self[i] for i in range(self.shape[0]))

    def __repr__(self):
        return f"Traced({strip(self)!r})"

    def __format__(self, spec):
        # Text never flows back into a number, so printing while debugging is safe.
        return format(strip(self), spec)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(
            f"jaclib: a traced array has no attribute {name!r}. If NumPy has a function np.{name}, call that; "
            "otherwise compute it outside the differentiated function."
        )

    def __getitem__(self, index):
        return GETITEM(self, index)

    def __pow__(self, exponent):
        # The same short cuts as ndarray.__pow__: np.power is ten times slower for them.
        if type(exponent) in (int, float):
            shortcut = _POWER_SHORTCUTS.get(exponent)
            if shortcut is not None:
                return dispatch_ufunc(shortcut, "__call__", (self,))
        return dispatch_ufunc(np.power, "__call__", (self, exponent))


_POWER_SHORTCUTS = {2: np.square, 1: np.positive, 0.5: np.sqrt, -1: np.reciprocal}

# The indexing operation: `structure.py` puts it here, since it is built from operations that need this module.
GETITEM = None
# ufunc -> its Operation; NumPy function -> the adapter with NumPy's own signature. Filled by the modules with rules.
UFUNC_OPERATIONS: dict = {}
ADAPTERS: dict = {}
# Functions whose result does not change under a small change of the arguments, or does not depend on the entries.
PIECEWISE_CONSTANT: set = set()
# (ufunc, method) -> NumPy function that says the same: np.add.reduce is np.sum.
UFUNC_METHODS: dict = {}


def strip(x):
    """Return the plain value under all traces."""
    while type(x) is Traced:
        x = x.value
    return x


def strip_all(x):
    """Return `x` with every traced array in it, also inside lists, tuples and dicts, made plain."""
    if type(x) is Traced:
        return strip(x)
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


def real_constant(operation, argnum, x):
    """Return a constant argument as a real array, or refuse it."""
    array = x if isinstance(x, np.ndarray) else np.asarray(x)
    kind = array.dtype.kind
    if kind == "c":
        raise TypeError(
            f"jaclib: argument {argnum} of {operation.name} is complex; jaclib differentiates real functions. "
            "Keep real and imaginary parts apart."
        )
    if kind not in "fiub":
        raise TypeError(
            f"jaclib: argument {argnum} of {operation.name} has dtype {array.dtype}, expected real numbers. "
            "Convert it to a float array before the call."
        )
    if kind in "iu" and operation.partials is not None:
        # In integers a partial derivative may be wrong or an error (2 ** -1); floats cost one copy.
        return array.astype(np.float64) if array.ndim else float(array)
    return array


def scaled(direction, partial, result, args):
    """Multiply a tangent or cotangent by an elementwise partial derivative."""
    if partial.__class__ is int:  # 1 or -1
        return direction if partial == 1 else -direction
    return direction * partial(result, *args)


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
    accumulate : callable, optional
        ``accumulate(total, g, result, *args, **options)`` adds the pulled-back `g` into the array `total`, for an
        operation that reads a few entries only (indexing in a loop would cost n per step otherwise).
    """

    __slots__ = ("accumulate", "compute", "forgets_arguments", "jvps", "name", "partials", "vjps")

    def __init__(self, compute, name, partials=None, vjps=None, jvps=None, accumulate=None):
        self.accumulate = accumulate
        self.compute = compute
        self.name = name
        self.partials = partials
        self.vjps = vjps
        self.jvps = jvps
        # Sums and differences need no argument for their derivative, so the tape need not guard them.
        self.forgets_arguments = partials is not None and all(type(p) is int for p in partials)

    def __call__(self, *args, **options):
        """Carry the operation out, on a trace if an argument is traced."""
        trace = top_trace(args)
        if trace is None:
            return self.compute(*args, **options)
        return trace.process(self, args, options)

    def vjp(self, argnum, g, result, args, options):
        """Pull the cotangent `g` of the result back to argument `argnum`."""
        if callable(self.vjps):
            return self.vjps(argnum, g, result, *args, **options)
        return self.vjps[argnum](g, result, *args, **options)

    def jvp(self, argnum, t, result, args, options):
        """Push the tangent `t` of argument `argnum` forward to the result."""
        if callable(self.jvps):
            return self.jvps(argnum, t, result, *args, **options)
        return self.jvps[argnum](t, result, *args, **options)


def top_trace(args):
    """Return the trace of the highest level among `args`, or None; refuse one whose call has ended."""
    top = None
    for x in args:
        if type(x) is Traced and (top is None or x.owner.level > top.level):
            top = x.owner
    if top is not None and not top.open:
        top.require_open()
    return top


def dispatch_ufunc(ufunc, method, inputs, out=None, options=None):
    """Handle a call of a NumPy ufunc in which a traced array takes part."""
    if out is not None:
        raise TypeError(
            f"jaclib: np.{ufunc.__name__} with out= (or an in-place operation such as y += x on a plain array y) "
            "would lose the derivative. Let it return a new array: y = y + x."
        )
    if method == "__call__" and not options:
        operation = UFUNC_OPERATIONS.get(ufunc)
        if operation is not None:
            return top_trace(inputs).process(operation, inputs, {})
        if ufunc in PIECEWISE_CONSTANT:
            return ufunc(*map(strip, inputs))
        if ufunc in ADAPTERS:
            return ADAPTERS[ufunc](*inputs)
    elif method != "__call__" and (ufunc, method) in UFUNC_METHODS:
        return UFUNC_METHODS[ufunc, method](*inputs, **(options or {}))
    call = f"np.{ufunc.__name__}" + ("" if method == "__call__" else f".{method}")
    if options and method == "__call__" and (ufunc in UFUNC_OPERATIONS or ufunc in PIECEWISE_CONSTANT):
        raise TypeError(
            f"jaclib: {call} on a traced array does not take {', '.join(options)}=. "
            "Call it without, and select entries with np.where or indexing."
        )
    raise _no_rule(call)


def dispatch_function(func, args, options):
    """Handle a call of any other NumPy function in which a traced array takes part."""
    adapter = ADAPTERS.get(func)
    name = _numpy_name(func)
    if adapter is not None:
        try:
            bound = adapter.signature.bind(*args, **options)
        except TypeError as error:
            raise TypeError(f"jaclib: {name} on a traced array: {error}. Options beyond these have no rule.") from None
        return adapter(*bound.args, **bound.kwargs)
    if func in PIECEWISE_CONSTANT:
        return func(*strip_all(args), **strip_all(options))
    raise _no_rule(name)


def _numpy_name(func):
    module = getattr(func, "__module__", "numpy") or "numpy"
    return f"{module.replace('numpy', 'np', 1)}.{func.__name__}"


def _no_rule(name):
    return TypeError(
        f"jaclib: {name} has no derivative rule. Write it with functions that have one (see the list in the "
        "API reference), or compute it outside the differentiated function."
    )


# -- operators: each is the ufunc of the same name ------------------------------------------------------------

_BINARY = {
    "add": (np.add, "+"),
    "sub": (np.subtract, "-"),
    "mul": (np.multiply, "*"),
    "truediv": (np.divide, "/"),
    "pow": (np.power, "**"),
    "mod": (np.remainder, "%"),
    "floordiv": (np.floor_divide, "//"),
    "matmul": (np.matmul, "@"),
}
_UNARY = {"neg": np.negative, "pos": np.positive, "abs": np.absolute}
_COMPARISONS = {
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
    "eq": np.equal,
    "ne": np.not_equal,
}


def _install_operators():
    def binary(ufunc, reflected):
        def operator(self, other):
            if type(other) in _FOREIGN:
                return NotImplemented
            return dispatch_ufunc(ufunc, "__call__", (other, self) if reflected else (self, other))

        return operator

    def in_place(symbol):
        def operator(self, other):
            self._refuse_in_place(symbol)
            return NotImplemented  # Python then falls back to x = x + y

        return operator

    def unary(ufunc):
        return lambda self: dispatch_ufunc(ufunc, "__call__", (self,))

    def comparison(ufunc):
        return lambda self, other: ufunc(strip(self), strip(other))

    for name, (ufunc, symbol) in _BINARY.items():
        if name != "pow":
            setattr(Traced, f"__{name}__", binary(ufunc, reflected=False))
        setattr(Traced, f"__r{name}__", binary(ufunc, reflected=True))
        setattr(Traced, f"__i{name}__", in_place(symbol))
    for name, ufunc in _UNARY.items():
        setattr(Traced, f"__{name}__", unary(ufunc))
    for name, ufunc in _COMPARISONS.items():
        setattr(Traced, f"__{name}__", comparison(ufunc))


# Types that NumPy itself would not add to an array of numbers.
_FOREIGN = {str, bytes, dict, set, type(None)}
_install_operators()


def _install_methods():
    # ndarray method -> NumPy function of the same name and the same arguments after the array.
    for func in (
        *(np.sum, np.mean, np.prod, np.max, np.min, np.var, np.std, np.cumsum, np.cumprod, np.clip, np.round),
        *(np.ravel, np.squeeze, np.swapaxes, np.take, np.repeat, np.diagonal, np.trace, np.dot),
        *(np.argmax, np.argmin, np.argsort, np.nonzero, np.searchsorted, np.all, np.any),
    ):
        setattr(Traced, func.__name__, _method(func))

    def reshape(self, *shape, order="C"):
        return np.reshape(self, shape[0] if len(shape) == 1 else shape, order=order)

    def transpose(self, *axes):
        return np.transpose(self, None if not axes or axes == (None,) else (axes[0] if len(axes) == 1 else axes))

    Traced.reshape = reshape
    Traced.transpose = transpose
    Traced.flatten = lambda self, order="C": np.ravel(self, order=order)
    Traced.copy = lambda self, order="C": np.copy(self)
    Traced.astype = lambda self, dtype, **options: ADAPTERS["astype"](self, dtype)


def _method(func):
    def method(self, *args, **options):
        return func(self, *args, **options)

    method.__name__ = func.__name__
    method.__doc__ = f"Same as ``np.{func.__name__}(x, ...)``."
    return method


_install_methods()
