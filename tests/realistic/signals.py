"""Signals: spectra, filters and what is estimated from them."""

import numpy

from realistic.cases import case

RNG = numpy.random.default_rng(404)
SIGNAL = RNG.normal(size=16)
KERNEL = numpy.array([0.5, 1.0, 0.5, -0.2])
FREQUENCIES = numpy.arange(9)


@case("power spectrum against a target", 16)
def power_spectrum(np, x):
    power = np.abs(np.fft.rfft(x * numpy.hanning(16))) ** 2
    return np.sum((np.log(power + 1e-3) + FREQUENCIES) ** 2)


@case("convolution by spectra", 16)
def convolution_by_spectra(np, x):
    return np.fft.irfft(np.fft.rfft(x) * numpy.fft.rfft(KERNEL, 16))


@case("Wiener filter with a learned noise level", ())
def wiener(np, level):
    power = numpy.abs(numpy.fft.rfft(SIGNAL)) ** 2
    gain = power / (power + np.exp(level))
    return np.sum((np.fft.irfft(gain * numpy.fft.rfft(SIGNAL)) - numpy.sin(numpy.arange(16))) ** 2)


@case("spectral derivative in a wave equation", 16)
def wave_energy(np, u):
    slope = np.fft.irfft(1j * FREQUENCIES * (FREQUENCIES < 8) * np.fft.rfft(u))
    return 0.5 * np.sum(slope**2) + np.sum(np.cos(u))


@case("envelope by the analytic signal", 16)
def envelope(np, x):
    once = numpy.concatenate([[1.0], numpy.full(7, 2.0), [1.0], numpy.zeros(7)])
    return np.abs(np.fft.ifft(np.fft.fft(x) * once))


@case("phase correlation of two images", (4, 6))
def phase_correlation(np, image):
    other = numpy.roll(numpy.cos(numpy.arange(24.0)).reshape(4, 6), 1, axis=1)
    cross = np.fft.fft2(image) * numpy.conj(numpy.fft.fft2(other))
    return np.real(np.fft.ifft2(cross / (0.1 + np.abs(cross))))


@case("low-pass image in two dimensions", (4, 6))
def low_pass(np, image):
    keep = (numpy.abs(numpy.fft.fftfreq(4))[:, None] < 0.3) & (numpy.abs(numpy.fft.fftfreq(6)) < 0.3)
    return np.real(np.fft.ifft2(np.fft.fft2(image) * keep))


@case("whitening by the covariance", (7, 3))
def whitening(np, x):
    centred = x - np.mean(x, axis=0)
    values, vectors = np.linalg.eigh(np.dot(centred.T, centred) / 7 + 0.1 * numpy.eye(3))
    return np.dot(vectors * values**-0.5, vectors.T)


@case("running maximum of a walk", 9)
def largest_fall(np, steps):
    walk = np.cumsum(steps)
    return np.max(np.stack([np.max(walk[: i + 1]) - walk[i] for i in range(9)]))


@case("soft dynamic time warping", 5)
def soft_dtw(np, x):
    target = numpy.sin(numpy.arange(4.0))
    best = {(i, j): numpy.inf for i in range(-1, 5) for j in range(-1, 4)}
    best[-1, -1] = 0.0
    for i in range(5):
        for j in range(4):
            before = [best[k] for k in ((i - 1, j), (i, j - 1), (i - 1, j - 1)) if best[k] is not numpy.inf]
            costs = -np.stack(before) if i or j else np.zeros(1)
            top = np.max(costs)
            best[i, j] = (x[i] - target[j]) ** 2 - top - np.log(np.sum(np.exp(costs - top)))
    return best[4, 3]
