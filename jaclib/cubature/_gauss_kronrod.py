"""Gauss-Kronrod rules on [−1, 1], computed rather than tabulated."""

from __future__ import annotations

from functools import cache

import numpy as np


@cache
def gauss_kronrod(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nodes of the (2n + 1)-point Kronrod rule, its weights, and those of the n-point Gauss rule (0 at new nodes).

    The Kronrod nodes are the eigenvalues of the Jacobi-Kronrod matrix (D. Laurie, Math. Comp. 66 (1997)
    1133-1145).
    """
    a, b = _jacobi_kronrod(n)
    nodes, vectors = np.linalg.eigh(np.diag(a) + np.diag(np.sqrt(b[1:]), 1) + np.diag(np.sqrt(b[1:]), -1))
    weights = 2.0 * vectors[0] ** 2
    nodes, weights = 0.5 * (nodes - nodes[::-1]), 0.5 * (weights + weights[::-1])  # symmetric to the last bit
    gauss = np.zeros_like(weights)
    gauss[1::2] = np.polynomial.legendre.leggauss(n)[1]
    return nodes, weights, gauss


def _jacobi_kronrod(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Recurrence coefficients of the Jacobi-Kronrod matrix of order 2n + 1 for the Legendre weight (Laurie 1997)."""
    size = 2 * n + 1
    a, b = np.zeros(size), np.zeros(size)
    known = -(-3 * n // 2) + 1
    k = np.arange(1, known)
    b[0], b[1:known] = 2.0, k * k / (4.0 * k * k - 1.0)
    s, t = np.zeros(n // 2 + 2), np.zeros(n // 2 + 2)
    t[1] = b[n + 1]
    for m in range(n - 1):
        j = np.arange((m + 1) // 2, -1, -1)
        s[j + 1] = np.cumsum((a[j + n + 1] - a[m - j]) * t[j + 1] + b[j + n + 1] * s[j] - b[m - j] * s[j + 1])
        s, t = t, s
    j = np.arange(n // 2, -1, -1)
    s[j + 1] = s[j]
    for m in range(n - 1, 2 * n - 2):
        j = np.arange(m + 1 - n, (m - 1) // 2 + 1)
        i = n - 1 - (m - j)
        s[i + 1] = np.cumsum(-(a[j + n + 1] - a[m - j]) * t[i + 1] - b[j + n + 1] * s[i + 1] + b[m - j] * s[i + 2])
        i, half = i[-1], (m + 1) // 2
        if m % 2 == 0:
            a[half + n + 1] = a[half] + (s[i + 1] - b[half + n + 1] * s[i + 2]) / t[i + 2]
        else:
            b[half + n + 1] = s[i + 1] / s[i + 2]
        s, t = t, s
    a[2 * n] = a[n - 1] - b[2 * n] * s[1] / t[1]
    return a, b
