"""Complex arrays on the way from real arguments to real results, kept as two real arrays.

jaclib differentiates real functions of real arrays. Programs that transform a signal pass through complex numbers: a
Fourier transform, or the product with a complex constant, of a traced array is a pair, real and imaginary part, each a
traced array with its own derivative. Arithmetic, exp, what is linear, and what leads back to real numbers (``.real``,
``.imag``, ``abs``, ``np.angle``, ``np.fft.irfft``) are said in terms of the two parts. All else is refused by name.
"""

from __future__ import annotations

import functools

import numpy as np

from jaclib.backprop.dispatch import FOREIGN, STAND_INS, dispatch_function
from jaclib.backprop.operations import ADAPTERS, COMPLEX_UFUNCS
from jaclib.backprop.tracing import Traced, contains_traced, strip


def parts(z):
    """Return the real and the imaginary part of a number or array; None for an imaginary part of zero."""
    if type(z) is TracedComplex:
        return z.real, z.imag
    if type(z) is Traced:
        return z, None
    if not isinstance(z, (int, float, complex)):  # Python's numbers take the precision of what they meet
        z = np.asarray(z)
    return (z.real, z.imag) if np.iscomplexobj(z) else (z, None)


def _part(x, which):
    """Return one part (0: real, 1: imaginary) of the first argument of a linear function; it may be a list."""
    if isinstance(x, (list, tuple)):
        return [_part(item, which) for item in x]
    found = parts(x)[which]
    return np.zeros(np.shape(x)) if found is None else found


class TracedComplex(np.lib.mixins.NDArrayOperatorsMixin):
    """A complex array of which the real and the imaginary part are traced.

    Attributes
    ----------
    real, imag : Traced or numpy.ndarray
        The two parts, of one shape.
    """

    __slots__ = ("imag", "real")
    __array_priority__ = 1001.0
    __hash__ = None

    def __init__(self, real, imag):
        self.real = real
        self.imag = imag

    @property
    def __class__(self):
        # As for a traced array: code that asks for the type takes the branch of what it stands for.
        kind = type(strip(self.real))
        return np.ndarray if kind is np.ndarray else self.dtype.type

    shape = property(lambda self: np.shape(self.real), doc="Shape of the array.")
    ndim = property(lambda self: np.ndim(self.real), doc="Number of axes.")
    size = property(lambda self: np.size(self.real), doc="Number of entries.")
    dtype = property(lambda self: np.result_type(self.real, 1j), doc="Data type of the entries: complex.")

    def conj(self):
        """Return the complex conjugate."""
        return TracedComplex(self.real, -self.imag)

    conjugate = conj

    def __len__(self):
        return len(self.real)

    def __getitem__(self, index):
        return TracedComplex(self.real[index], self.imag[index])

    def __setitem__(self, index, value):
        self._refuse("writing into a complex array", "Multiply it by a mask, or use np.concatenate.")

    def __repr__(self):
        return f"TracedComplex({self.real!r}, {self.imag!r})"

    def __array__(self, dtype=None, copy=None):
        self._refuse("a complex result that is being differentiated", "Return real numbers: np.abs(z), z.real, z.imag.")

    def __bool__(self):
        self._refuse("bool() of a complex array", "Compare np.abs(z) instead.")

    def reshape(self, *shape):
        """Return the array in another shape."""
        return np.reshape(self, shape[0] if len(shape) == 1 else shape)

    T = property(lambda self: np.transpose(self), doc="The array with its axes in reverse order.")

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        function = getattr(np, name, None)
        if function in _PART_BY_PART:
            return functools.partial(function, self)
        self._refuse(f"the attribute {name!r} of a complex array")

    def _refuse(self, what, cure="Write it with the real arrays z.real and z.imag."):
        raise TypeError(f"jaclib: {what} is not covered, since jaclib differentiates real functions. {cure}")

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        rule = _UFUNCS.get(ufunc)
        if rule is None or method != "__call__" or options:
            self._refuse(f"np.{ufunc.__name__} of a complex array")
        return rule(*inputs)

    def __array_function__(self, func, types, args, options):
        if func in _FUNCTIONS:
            return _FUNCTIONS[func](*args, **options)
        if func in _OF_SHAPE:
            return func(np.broadcast_to(np.zeros((), self.dtype), self.shape), *args[1:], **options)
        if func in _PART_BY_PART and not contains_traced(args[1:]) and not contains_traced(options):
            return TracedComplex(*(func(_part(args[0], which), *args[1:], **options) for which in (0, 1)))
        if func in _FOURIER and func in ADAPTERS:
            return dispatch_function(func, args, options)
        return self._refuse(f"np.{func.__name__} of a complex array")


FOREIGN.add(TracedComplex)
STAND_INS.add(TracedComplex)


def _sum(a, b):
    return b if a is None else a if b is None else a + b


def _add(x, y):
    (a, b), (c, d) = parts(x), parts(y)
    return TracedComplex(a + c, _sum(b, d))


def _negative(z):
    return TracedComplex(-z.real, -z.imag)


def _subtract(x, y):
    (a, b), (c, d) = parts(x), parts(y)
    return TracedComplex(a - c, _sum(b, None if d is None else -d))


def _product(times):
    def product(x, y):
        (a, b), (c, d) = parts(x), parts(y)
        if b is None or d is None:
            return TracedComplex(times(a, c), times(a, d) if b is None else times(b, c))
        return TracedComplex(times(a, c) - times(b, d), times(a, d) + times(b, c))

    return product


_multiply = _product(np.multiply)


def _divide(x, y):
    c, d = parts(y)
    if d is None:
        return _multiply(x, 1 / c)
    return _multiply(_multiply(x, TracedComplex(c, -d)), 1 / (c * c + d * d))


def _power(z, n):
    if type(n) is not int or not 1 <= n <= 16:
        raise TypeError(f"jaclib: a complex array to the power {n!r} is not covered; whole numbers from 1 to 16 are.")
    return z if n == 1 else _multiply(z, _power(z, n - 1))


def _exp(z):
    size = np.exp(z.real)
    return TracedComplex(size * np.cos(z.imag), size * np.sin(z.imag))


def _angle(z, deg=False):
    angle = np.arctan2(z.imag, z.real)
    return np.degrees(angle) if deg else angle


def _where(condition, x, y):
    return TracedComplex(*(np.where(condition, _part(x, which), _part(y, which)) for which in (0, 1)))


_UFUNCS = {
    np.add: _add,
    np.subtract: _subtract,
    np.multiply: _multiply,
    np.divide: _divide,
    np.negative: _negative,
    np.positive: lambda z: z,
    np.conjugate: TracedComplex.conj,
    # As any length, it has a corner at 0, where hypot has no derivative.
    np.absolute: lambda z: np.hypot(z.real, z.imag),
    np.square: lambda z: _multiply(z, z),
    np.power: _power,
    np.exp: _exp,
    np.matmul: _product(np.matmul),
}
COMPLEX_UFUNCS.update({ufunc: _UFUNCS[ufunc] for ufunc in (np.add, np.subtract, np.multiply, np.divide, np.matmul)})
_FUNCTIONS = {np.real: lambda z: z.real, np.imag: lambda z: z.imag, np.angle: _angle, np.where: _where}
_FOURIER = frozenset(function for function in vars(np.fft).values() if callable(function))
# What depends on the shape alone.
_OF_SHAPE = {np.shape, np.ndim, np.size, np.zeros_like, np.ones_like, np.iscomplexobj, np.isrealobj, np.result_type}
# Linear functions that treat an entry alike, whatever it is: applied to the two parts one after the other.
_PART_BY_PART = {
    *(np.sum, np.mean, np.cumsum, np.diff, np.trace, np.concatenate, np.stack, np.hstack, np.vstack),
    *(np.reshape, np.ravel, np.squeeze, np.expand_dims, np.transpose, np.swapaxes, np.moveaxis, np.broadcast_to),
    *(np.roll, np.flip, np.take, np.repeat, np.tile, np.pad, np.delete, np.copy, np.fft.fftshift, np.fft.ifftshift),
}
