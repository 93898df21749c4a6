"""Fourier transforms: real functions of a real signal, with spectra on the way."""

import numpy as np

from numpy_functions.points import m

FILTER = np.array([1.0 + 2.0j, -0.5 + 0.3j, 0.7 - 1.1j, 0.2 + 0.0j])


def both(z):
    """Return the real and the imaginary part of a spectrum in one vector."""
    return np.concatenate([np.ravel(np.real(z)), np.ravel(np.imag(z))])


# name: (function, shape of its argument)
CASES = {
    "rfft": (lambda x: both(np.fft.rfft(x)), 6),
    "rfft odd": (lambda x: both(np.fft.rfft(x)), 5),
    "rfft longer": (lambda x: both(np.fft.rfft(x, 9)), 6),
    "rfft shorter, forward norm": (lambda x: both(np.fft.rfft(x, n=3, norm="forward")), 6),
    "rfft axis": (lambda x: both(np.fft.rfft(x, axis=0, norm="ortho")), m),
    "rfft of a list": (lambda x: both(np.fft.rfft(np.stack([x[0], x[1], 2.0 * x[0]]))), 2),
    "fft": (lambda x: both(np.fft.fft(x)), 6),
    "fft of a spectrum": (lambda x: both(np.fft.fft(np.fft.fft(x, 5) * (1 - 0.5j), 4)), 6),
    "ifft": (lambda x: both(np.fft.ifft(np.fft.rfft(x))), 5),
    "ifft forward norm": (lambda x: np.fft.ifft(np.fft.fft(x) ** 2, norm="forward").real, 5),
    "irfft": (lambda x: np.fft.irfft(np.fft.rfft(x) * FILTER), 6),
    "irfft odd": (lambda x: np.fft.irfft(np.fft.rfft(x) * FILTER, n=7), 7),
    "irfft longer": (lambda x: np.fft.irfft(np.fft.rfft(x) * FILTER, n=10, norm="ortho"), 6),
    "irfft shorter": (lambda x: np.fft.irfft(np.fft.rfft(x) * FILTER, n=4), 6),
    "irfft of real numbers": (np.fft.irfft, 5),
    "irfft axis": (lambda x: np.fft.irfft(np.fft.rfft(x, axis=0) * 1j, axis=0), m),
    "fft2": (lambda x: both(np.fft.fft2(x)), m),
    "ifft2": (lambda x: both(np.fft.ifft2(np.fft.rfft(x, axis=0), norm="ortho")), m),
    "rfft2": (lambda x: both(np.fft.rfft2(x, s=(4, 2))), m),
    "irfft2": (lambda x: np.fft.irfft2(np.fft.rfft2(x) * 1j, s=(3, 4)), m),
    "fftn": (lambda x: both(np.fft.fftn(x, axes=(0, 1))), (2, 3, 2)),
    "ifftn": (lambda x: both(np.fft.ifftn(x, s=(2, 4), axes=(0, 1))), m),
    "rfftn": (lambda x: both(np.fft.rfftn(x)), (2, 2, 3)),
    "irfftn": (lambda x: np.fft.irfftn(np.fft.fftn(x) * (1 + 1j), s=(2, 4), axes=(0, 2)), (2, 2, 3)),
    # what can be done with a spectrum
    "power spectrum": (lambda x: np.abs(np.fft.rfft(x)) ** 2, 6),
    "power by the conjugate": (lambda x: (np.fft.rfft(x) * np.fft.rfft(x).conj()).real, 6),
    "phase": (lambda x: np.angle(np.fft.rfft(x)[1:3]), 6),
    "convolution": (lambda x: np.fft.irfft(np.fft.rfft(x, 8) * np.fft.rfft([1.0, 2.0, -1.0], 8)), 6),
    "autocorrelation": (lambda x: np.fft.irfft(np.abs(np.fft.rfft(x, 12)) ** 2), 6),
    "spectral derivative": (lambda x: np.fft.irfft(1j * np.arange(4) * np.fft.rfft(x)), 6),
    "low pass by a mask": (lambda x: np.fft.irfft(np.fft.rfft(x) * (np.arange(4) < 2)), 6),
    "low pass by where": (lambda x: np.fft.irfft(np.where(np.arange(4) < 2, np.fft.rfft(x), 0.0)), 6),
    "deconvolution": (lambda x: np.fft.irfft(np.fft.rfft(x) / (np.fft.rfft(np.sin(x)) + FILTER)), 6),
    "arithmetic": (lambda x: both(2 - np.fft.rfft(x) + x[0] - (x[:4] - np.fft.rfft(x) / 3) ** 3), 6),
    "traced numbers times spectrum": (lambda x: both(x[:4] * np.fft.rfft(x) / (x[:4] + 9)), 6),
    "reciprocal": (lambda x: both(-1 / (np.fft.fft(x) + 3 + 1j)), 6),
    "sums and shapes": (lambda x: both(np.sum(np.reshape(np.fft.fft(x), (2, 3)) * FILTER[:3], axis=1)), 6),
    "joined": (lambda x: both(np.concatenate([np.fft.rfft(x), FILTER, np.ones(2)])), 6),
    "learned gain": (lambda x: np.fft.irfft(x[:4] * FILTER + np.sum(x) * 1j), 6),
    "matrix of the transform": (
        lambda x: np.abs(np.exp(-2j * np.pi * np.outer(np.arange(4), np.arange(6)) / 6) @ x),
        6,
    ),
    "characteristic function": (lambda x: np.abs(np.mean(np.exp(1j * np.outer([1.0, 2.0], x)), axis=1)) ** 2, 6),
    "phasors": (lambda x: np.abs(np.exp(1j * x) @ np.exp((0.3 - 1j) * x) - x / (1 + 2j)), 6),
    "methods": (lambda x: (np.exp(1j * x).reshape(2, 3).T - 1j / x[0]).sum(axis=0).imag, 6),
    "shifted": (lambda x: np.abs(np.fft.fftshift(np.fft.fft(x))), 6),
}
