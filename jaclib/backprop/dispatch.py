"""From a NumPy call or a Python operator on a traced array to the operation that has the rule.

NumPy hands every call in which a traced array takes part to the two protocols below (NEP 13 and NEP 18). What is
neither a rule nor known to be piecewise constant is refused by name: nothing is differentiated by accident, or
silently not.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.operations import (
    ADAPTERS,
    COMPLEX_UFUNCS,
    PIECEWISE_CONSTANT,
    UFUNC_METHODS,
    UFUNC_OPERATIONS,
    ComplexConstantError,
)
from jaclib.backprop.tracing import Traced, strip, strip_all, top_trace

NO_OPTIONS: dict = {}
_POWER_SHORTCUTS = {2: np.square, 1: np.positive, 0.5: np.sqrt, -1: np.reciprocal}


def dispatch_ufunc(ufunc, method, inputs, out=None, options=None):
    """Handle a call of a NumPy ufunc in which a traced array takes part."""
    if out is not None:
        raise TypeError(
            f"jaclib: np.{ufunc.__name__} with out= (or an in-place operation such as y += x on a plain array y) "
            "would lose the derivative. Let it return a new array: y = y + x."
        )
    if method == "__call__" and not options:
        operation = UFUNC_OPERATIONS.get(ufunc)
        try:
            if operation is not None:
                return top_trace(inputs).process(operation, inputs, NO_OPTIONS)
            if ufunc in PIECEWISE_CONSTANT:
                return ufunc(*map(strip, inputs))
            if ufunc in ADAPTERS:
                return dispatch_function(ufunc, inputs, {})
        except ComplexConstantError:
            if ufunc not in COMPLEX_UFUNCS:
                raise
            return COMPLEX_UFUNCS[ufunc](*inputs)
    elif method != "__call__" and (ufunc, method) in UFUNC_METHODS:
        return UFUNC_METHODS[ufunc, method](*inputs, **(options or {}))
    if method == "at":
        raise TypeError(
            f"jaclib: np.{ufunc.__name__}.at with a traced array writes in place, and would lose the derivative. "
            "np.bincount(places, weights, minlength=n) adds up at places, x[places] picks from them."
        )
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
    if adapter is not None:
        if options and not options.keys() <= adapter.options:
            refused = ", ".join(f"{key}=" for key in options if key not in adapter.options)
            raise TypeError(
                f"jaclib: {_numpy_name(func)} on a traced array does not take {refused}. "
                "Say the same with another call, or compute it outside the differentiated function."
            )
        if len(args) > adapter.most:
            raise TypeError(
                f"jaclib: {_numpy_name(func)} on a traced array takes at most {adapter.most} positional argument(s), "
                f"got {len(args)}. The further ones have no rule."
            )
        return adapter(*args, **options)
    if func in PIECEWISE_CONSTANT:
        return func(*strip_all(args), **strip_all(options))
    raise _no_rule(_numpy_name(func))


def _numpy_name(func):
    module = getattr(func, "__module__", "numpy") or "numpy"
    return f"{module.replace('numpy', 'np', 1)}.{func.__name__}"


def _no_rule(name):
    return TypeError(
        f"jaclib: {name} has no derivative rule. Write it with functions that have one (the book's page on NumPy "
        "coverage lists them), or compute it outside the differentiated function."
    )


# -- Traced learns to take part in NumPy calls and in Python's operators --------------------------------------


def _array_ufunc(self, ufunc, method, *inputs, out=None, **options):
    if len(inputs) == 1 and method == "__call__" and out is None and not options:
        # The usual case, first: one argument, no options.
        operation = UFUNC_OPERATIONS.get(ufunc)
        if operation is not None:
            return self.owner.record(operation, (self.value,), ((0, self.mark),), NO_OPTIONS)
    if any(type(x) in STAND_INS for x in inputs):
        return NotImplemented
    return dispatch_ufunc(ufunc, method, inputs, out, options)


def _array_function(self, func, types, args, options):
    if len(args) == 1 and not options:
        # The usual case, first: one argument, no options.
        adapter = ADAPTERS.get(func)
        if adapter is not None:
            return adapter(args[0])
    return dispatch_function(func, args, options)


def _power(self, exponent):
    # The same short cuts as ndarray.__pow__: np.power is ten times slower for them.
    kind = type(exponent)
    if kind is int or kind is float:
        shortcut = _POWER_SHORTCUTS.get(exponent)
        if shortcut is not None:
            return self.owner.record(UFUNC_OPERATIONS[shortcut], (self.value,), ((0, self.mark),), NO_OPTIONS)
    return dispatch_ufunc(np.power, "__call__", (self, exponent))


Traced.__array_ufunc__ = _array_ufunc
Traced.__array_function__ = _array_function
Traced.__pow__ = _power

# Each operator is the ufunc of the same name.
_BINARY = {
    "add": (np.add, "+"),
    "sub": (np.subtract, "-"),
    "mul": (np.multiply, "*"),
    "truediv": (np.divide, "/"),
    "pow": (np.power, "**"),
    "mod": (np.remainder, "%"),
}
# These have no rule of their own: dispatch knows more.
_BINARY_ELSE = {"floordiv": (np.floor_divide, "//"), "matmul": (np.matmul, "@")}
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
    # The two operators below look the operation up in each call, so that a rule may be replaced. A Python int becomes
    # a float: NumPy would convert it in each operation, and more slowly.
    def binary(ufunc):
        def operator(self, other):
            kind = type(other)
            owner = self.owner
            if kind is Traced:
                if other.owner is owner:
                    parents = (0, self.mark), (1, other.mark)
                    return owner.record(UFUNC_OPERATIONS[ufunc], (self.value, other.value), parents, NO_OPTIONS)
            elif kind is float or kind is int:
                values = self.value, float(other)
                return owner.record(UFUNC_OPERATIONS[ufunc], values, ((0, self.mark),), NO_OPTIONS)
            elif kind in FOREIGN:
                return NotImplemented
            return dispatch_ufunc(ufunc, "__call__", (self, other))

        return operator

    def reflected(ufunc):
        def operator(self, other):
            kind = type(other)
            if kind is float or kind is int:
                values = float(other), self.value
                return self.owner.record(UFUNC_OPERATIONS[ufunc], values, ((1, self.mark),), NO_OPTIONS)
            if kind in FOREIGN:
                return NotImplemented
            return dispatch_ufunc(ufunc, "__call__", (other, self))

        return operator

    def without_rule(ufunc, order):
        def operator(*pair):
            return NotImplemented if type(pair[1]) in FOREIGN else dispatch_ufunc(ufunc, "__call__", pair[order])

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
            setattr(Traced, f"__{name}__", binary(ufunc))
        setattr(Traced, f"__r{name}__", reflected(ufunc))
        setattr(Traced, f"__i{name}__", in_place(symbol))
    for name, (ufunc, symbol) in _BINARY_ELSE.items():
        setattr(Traced, f"__{name}__", without_rule(ufunc, slice(None)))
        setattr(Traced, f"__r{name}__", without_rule(ufunc, slice(None, None, -1)))
        setattr(Traced, f"__i{name}__", in_place(symbol))
    for name, ufunc in _UNARY.items():
        setattr(Traced, f"__{name}__", unary(ufunc))
    for name, ufunc in _COMPARISONS.items():
        setattr(Traced, f"__{name}__", comparison(ufunc))
    Traced.__contains__ = lambda self, value: bool(np.any(strip(self) == strip(value)))
    Traced.__divmod__ = lambda self, other: np.divmod(self, other)
    Traced.__rdivmod__ = lambda self, other: np.divmod(other, self)
    # Piecewise constant, so plain numbers come out: round(x), math.floor(x), math.ceil(x), math.trunc(x).
    for name in ("round", "floor", "ceil", "trunc"):
        setattr(Traced, f"__{name}__", _of_plain(f"__{name}__"))


def _of_plain(name):
    return lambda self, *args: getattr(strip(self), name)(*args)


# Types that NumPy itself would not add to an array of numbers.
FOREIGN = {str, bytes, dict, set, type(None)}
# Stand-ins of other kinds: what is done to them and a traced array is their affair.
STAND_INS: set = set()
_install_operators()


def _install_methods():
    # ndarray method -> NumPy function of the same name and the same arguments after the array.
    for func in (
        *(np.sum, np.mean, np.prod, np.max, np.min, np.var, np.std, np.cumsum, np.cumprod, np.clip, np.round),
        *(np.ravel, np.squeeze, np.swapaxes, np.take, np.repeat, np.diagonal, np.trace, np.dot),
        *(np.argmax, np.argmin, np.argsort, np.nonzero, np.searchsorted, np.all, np.any, np.conjugate),
    ):
        setattr(Traced, func.__name__, _method(func))

    def reshape(self, *shape, order="C"):
        return np.reshape(self, shape[0] if len(shape) == 1 else shape, order=order)

    def transpose(self, *axes):
        return np.transpose(self, None if not axes or axes == (None,) else (axes[0] if len(axes) == 1 else axes))

    Traced.reshape = reshape
    Traced.transpose = transpose
    Traced.conj = Traced.conjugate
    Traced.real = property(np.real, doc="The array itself.")
    Traced.imag = property(np.imag, doc="Zeros.")
    Traced.flat = property(np.ravel, doc="The entries in one axis.")
    Traced.compress = lambda self, condition, axis=None: np.compress(condition, self, axis)
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


def _install_refusals():
    # A __getattr__ for names that are missing would slow every access to names that are there, several times per
    # operation; so what an array or a number has beyond these gets a property that says what to do.
    def refusal(name):
        def refuse(self):
            cure = f"Call np.{name}(x)" if callable(getattr(np, name, None)) else "Use a function of NumPy"
            # Not an AttributeError: hasattr and getattr with a default would swallow it, and the code go another way.
            raise TypeError(
                f"jaclib: a traced array has no attribute {name!r}. {cure}, "
                "or compute it outside the differentiated function."
            )

        return property(refuse)

    for name in {*dir(np.ndarray), *dir(np.float64)}:
        if not name.startswith("_") and not hasattr(Traced, name):
            setattr(Traced, name, refusal(name))


_install_refusals()
