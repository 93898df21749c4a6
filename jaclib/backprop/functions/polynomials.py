"""Polynomials by their coefficients, highest power first; and least-squares fits of them."""

from __future__ import annotations

import numpy as np

from jaclib.backprop.functions.adapters import adapter, as_array


@adapter(np.polyval)
def _polyval(p, x):
    x = as_array(x)
    y = 0.0 * x
    for coefficient in p:
        y = y * x + coefficient
    return y


@adapter(np.polyder)
def _polyder(p, m=1):
    p = as_array(p)
    for _ in range(m):
        p = p[:-1] * np.arange(p.size - 1, 0, -1)
    return p


@adapter(np.polyint)
def _polyint(p, m=1, k=None):
    p, m = as_array(p), int(m)
    constants = np.zeros(m) if k is None else np.atleast_1d(as_array(k)) * np.ones(m)
    for i in range(m):
        p = np.append(p / np.arange(p.size, 0, -1), constants[i])
    return p


def _same_length(a1, a2):
    a1, a2 = np.atleast_1d(as_array(a1)), np.atleast_1d(as_array(a2))
    n = max(len(a1), len(a2))
    return [np.concatenate([np.zeros(n - len(a)), a]) if len(a) < n else a for a in (a1, a2)]


@adapter(np.polyadd)
def _polyadd(a1, a2):
    a1, a2 = _same_length(a1, a2)
    return a1 + a2


@adapter(np.polysub)
def _polysub(a1, a2):
    a1, a2 = _same_length(a1, a2)
    return a1 - a2


@adapter(np.vander)
def _vander(x, N=None, increasing=False):
    x = as_array(x)
    powers = range(x.size if N is None else N)
    columns = [x**power for power in (powers if increasing else powers[::-1])]
    return np.stack(columns, axis=1) if columns else np.zeros((x.size, 0))


@adapter(np.polyfit)
def _polyfit(x, y, deg, *, w=None):
    y = as_array(y)
    powers = np.vander(as_array(x), deg + 1)
    if w is not None:
        powers = powers * np.reshape(w, (-1, 1))
        y = y * np.reshape(w, (-1,) + (1,) * (y.ndim - 1))
    size = np.sqrt(np.sum(np.square(powers), axis=0))
    return np.linalg.lstsq(powers / size, y)[0] / np.reshape(size, (-1,) + (1,) * (y.ndim - 1))
