"""Fourier transforms of real signals, and back.

The two sums behind all of them, Σₙ xₙ cos(2πkn/N) and Σₙ xₙ sin(2πkn/N), are products with symmetric real matrices:
each is its own transpose, and that is the whole rule.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.complex_arrays import TracedComplex, parts
from jaclib.backprop.functions.adapters import adapter, as_array, axis_of
from jaclib.backprop.operations import Operation
from jaclib.backprop.tracing import Traced


def _wave(name, part, parity):
    """Return the operation x -> the sums of x with cosines (or sines), along the last axis.

    With `period` N, for k = 0 ... `count` - 1; an x that is shorter than N is continued by zeros.
    """

    def compute(x, period, count):
        if type(x) is Traced:
            return wave(x, period=period, count=count)
        half = part(np.fft.rfft(x, period))
        if count <= half.shape[-1]:
            return half[..., :count]
        # The cosines of k and N - k are the same, the sines opposite.
        return np.concatenate([half, parity * half[..., (period - 1) // 2 : 0 : -1]], axis=-1)[..., :count]

    wave = Operation(
        compute,
        name,
        vjps=(lambda g, z, x, period, count: wave(g, period=period, count=x.shape[-1]),),
        reads=set(),
        jvps=(lambda t, z, x, period, count: wave(t, period=period, count=count),),
    )
    return wave


cosines = _wave("cosine transform", lambda z: z.real.copy(), 1)
sines = _wave("sine transform", lambda z: -z.imag, -1)


def _scale(norm, inverse, n):
    """Return the factor in front of the sum."""
    if norm not in (None, "backward", "ortho", "forward"):
        raise ValueError(f"np.fft: norm is {norm!r}, expected None, 'backward', 'ortho' or 'forward'.")
    if norm == "ortho":
        return n**-0.5
    return 1 / n if inverse == (norm != "forward") else 1.0


def _signal(z):
    return z if type(z) is TracedComplex else as_array(z)


def _moved(x, source, destination):
    return x if source == destination else np.moveaxis(x, source, destination)


def _rows(z, n, axis):
    """Return the two parts, cut to `n` entries along the axis, which is put last."""
    if n < 1:
        raise ValueError(f"np.fft: the number of points is {n}, expected at least 1.")
    rows = [x if x is None else _moved(x, axis, -1) for x in parts(z)]
    return [x if x is None or x.shape[-1] <= n else x[..., :n] for x in rows]


def _transform(z, n, axis, norm, inverse=False, half=False):
    """Return Σ z exp(∓ 2πi kn/N) along an axis, for all k or for the first half."""
    z = _signal(z)
    axis = axis_of(axis, z.ndim)
    n = z.shape[axis] if n is None else n
    re, im = _rows(z, n, axis)
    size = {"period": n, "count": n // 2 + 1 if half else n}
    sign, factor = (1.0 if inverse else -1.0), _scale(norm, inverse, n)
    real, imag = cosines(re, **size), sign * sines(re, **size)
    if im is not None:
        real, imag = real - sign * sines(im, **size), imag + cosines(im, **size)
    return TracedComplex(*(_moved(x if factor == 1 else factor * x, -1, axis) for x in (real, imag)))


@adapter(np.fft.fft)
def _fft(a, n=None, axis=-1, norm=None):
    return _transform(a, n, axis, norm)


@adapter(np.fft.ifft)
def _ifft(a, n=None, axis=-1, norm=None):
    return _transform(a, n, axis, norm, inverse=True)


@adapter(np.fft.rfft)
def _rfft(a, n=None, axis=-1, norm=None):
    if type(a) is TracedComplex:
        raise TypeError("np.fft.rfft: the argument is complex, expected a real signal. Use np.fft.fft.")
    return _transform(a, n, axis, norm, half=True)


@adapter(np.fft.irfft)
def _irfft(a, n=None, axis=-1, norm=None):
    a = _signal(a)
    axis = axis_of(axis, a.ndim)
    n = 2 * (a.shape[axis] - 1) if n is None else n
    re, im = _rows(a, n // 2 + 1 if n > 0 else n, axis)
    # Each frequency stands for two, but for the first, and the last of an even number of points.
    weights = np.full(n // 2 + 1, 2.0)
    weights[0] = 1.0
    if n % 2 == 0:
        weights[-1] = 1.0
    weights = (weights[: re.shape[-1]] * _scale(norm, True, n)).astype(re.dtype)
    y = cosines(weights * re, period=n, count=n)
    if im is not None:
        y = y - sines(weights * im, period=n, count=n)
    return _moved(y, -1, axis)


# -- several axes: one after the other ------------------------------------------------------------------------


def _sizes(a, s, axes):
    """Return the axes, and how many points there are along each (None: as many as there are entries)."""
    if axes is None:
        axes = range(-a.ndim if s is None else -len(s), 0)
    axes = [axis_of(axis, a.ndim) for axis in axes]
    return axes, [None] * len(axes) if s is None else list(s)


def _several(last, inverse, axes):
    def transform(a, s=None, axes=axes, norm=None):
        a = _signal(a)
        axes, s = _sizes(a, s, axes)
        if not axes and last in (_fft, _ifft):
            return a
        *others, final = zip(axes, s, strict=True)
        if last is not _irfft:
            a = last(a, final[1], final[0], norm)
        for axis, n in others[::-1]:
            a = _transform(a, n, axis, norm, inverse)
        return last(a, final[1], final[0], norm) if last is _irfft else a

    return transform


# NumPy function -> the transform along the last axis, whether it goes back, and along which axes if not told.
_SEVERAL = {
    np.fft.fftn: (_fft, False, None),
    np.fft.ifftn: (_ifft, True, None),
    np.fft.rfftn: (_rfft, False, None),
    np.fft.irfftn: (_irfft, True, None),
    np.fft.fft2: (_fft, False, (-2, -1)),
    np.fft.ifft2: (_ifft, True, (-2, -1)),
    np.fft.rfft2: (_rfft, False, (-2, -1)),
    np.fft.irfft2: (_irfft, True, (-2, -1)),
}
for _function, _how in _SEVERAL.items():
    adapter(_function)(_several(*_how))
