"""Functions of one variable: the lists of Kahaner (1971) and QUADPACK (1983, chapter 4), and what they lack.

D. Kahaner, in J. Rice (ed.), Mathematical Software (1971) 229-259; R. Piessens, E. de Doncker-Kapenga, C. Überhuber
and D. Kahaner, QUADPACK (1983).
"""

from __future__ import annotations

import mpmath as mp
import numpy as np

from benchmarks.integrands.row import rows

__all__ = ["ONE_VARIABLE"]

INF = np.inf
UNIT = [(0.0, 1.0)]


def sech(x):
    """Return 1/cosh x, 0 where cosh overflows."""
    with np.errstate(over="ignore"):
        return 1 / np.cosh(x)


def _tanh_powers(scale, shift, coefficients):
    """Return the integral over (0, 1) of a power of sech(scale·x − shift), a polynomial in tanh."""

    def antiderivative(x):
        t = mp.tanh(scale * x - shift)
        return sum(c * t ** (2 * k + 1) for k, c in enumerate(coefficients)) / scale

    return antiderivative(1) - antiderivative(0)


def _quartic():
    """∫ dx / (x⁴ + x² + 0.9) over (−1, 1), by partial fractions over its complex roots."""
    roots = mp.polyroots([1, 0, 1, 0, mp.mpf("0.9")], maxsteps=200, extraprec=200)
    return mp.re(sum((mp.log(1 - z) - mp.log(-1 - z)) / (4 * z**3 + 2 * z) for z in roots))


def takagi(x):
    """Return Takagi's function, continuous and nowhere differentiable."""
    total = np.zeros_like(x)
    for k in range(50):
        scaled = 2.0**k * x
        total += np.abs(scaled - np.round(scaled)) / 2.0**k
    return total


KAHANER = [
    ("exp x", "smooth", np.exp, UNIT, lambda: mp.e - 1),
    ("step at 0.3", "jump", lambda x: np.where(x < 0.3, 0.0, 1.0), UNIT, lambda: mp.mpf("0.7")),
    ("√x", "singular", np.sqrt, UNIT, lambda: mp.mpf(2) / 3),
    (
        "0.92 cosh x − cos x",
        "smooth",
        lambda x: 0.92 * np.cosh(x) - np.cos(x),
        [(-1.0, 1.0)],
        lambda: 2 * (mp.mpf("0.92") * mp.sinh(1) - mp.sin(1)),
    ),
    ("1/(x⁴ + x² + 0.9)", "smooth", lambda x: 1 / (x**4 + x**2 + 0.9), [(-1.0, 1.0)], _quartic),
    ("x√x", "singular", lambda x: x * np.sqrt(x), UNIT, lambda: mp.mpf("0.4")),
    ("1/√x", "singular", lambda x: 1 / np.sqrt(x), UNIT, lambda: 2),
    (
        "1/(1 + x⁴)",
        "smooth",
        lambda x: 1 / (1 + x**4),
        UNIT,
        lambda: mp.sqrt(2) / 8 * (mp.log((2 + mp.sqrt(2)) / (2 - mp.sqrt(2))) + mp.pi),
    ),
    (
        "2/(2 + sin 10πx)",
        "oscillating",
        lambda x: 2 / (2 + np.sin(10 * np.pi * x)),
        UNIT,
        lambda: 2 / mp.sqrt(3),
    ),
    ("1/(1 + x)", "smooth", lambda x: 1 / (1 + x), UNIT, lambda: mp.log(2)),
    ("1/(1 + exp x)", "smooth", lambda x: 1 / (1 + np.exp(x)), UNIT, lambda: mp.log(2 * mp.e / (1 + mp.e))),
    (
        "x/(exp x − 1)",
        "smooth",
        lambda x: x / np.expm1(x),
        UNIT,
        lambda: mp.pi**2 / 6 + mp.log(1 - 1 / mp.e) - mp.polylog(2, 1 / mp.e),
    ),
    (
        "sin 100πx / πx",
        "oscillating",
        lambda x: np.sin(100 * np.pi * x) / (np.pi * x),
        [(0.1, 1.0)],
        lambda: (mp.si(100 * mp.pi) - mp.si(10 * mp.pi)) / mp.pi,
    ),
    (
        "√50 exp(−50πx²)",
        "peak",
        lambda x: np.sqrt(50) * np.exp(-50 * np.pi * x**2),
        [(0.0, 10.0)],
        lambda: mp.erf(10 * mp.sqrt(50 * mp.pi)) / 2,
    ),
    ("25 exp(−25x)", "peak", lambda x: 25 * np.exp(-25 * x), [(0.0, 10.0)], lambda: 1 - mp.exp(-250)),
    (
        "50/π(2500x² + 1)",
        "peak",
        lambda x: 50 / (np.pi * (2500 * x**2 + 1)),
        [(0.0, 10.0)],
        lambda: mp.atan(500) / mp.pi,
    ),
    (
        "50 (sin 50πx / 50πx)²",
        "oscillating",
        lambda x: 50 * np.sinc(50 * x) ** 2,
        [(0.01, 1.0)],
        lambda: (mp.si(100 * mp.pi) - mp.si(mp.pi) + mp.sin(mp.pi / 2) ** 2 / (mp.pi / 2)) / mp.pi,
    ),
    (
        "cos(cos x + 3 sin x + 2 cos 2x + 3 sin 2x + 3 cos 3x)",
        "oscillating",
        lambda x: np.cos(np.cos(x) + 3 * np.sin(x) + 2 * np.cos(2 * x) + 3 * np.sin(2 * x) + 3 * np.cos(3 * x)),
        [(0.0, np.pi)],
        # No closed form; Kahaner's table, and mpmath by another rule.
        lambda: mp.quad(
            lambda x: mp.cos(mp.cos(x) + 3 * mp.sin(x) + 2 * mp.cos(2 * x) + 3 * mp.sin(2 * x) + 3 * mp.cos(3 * x)),
            mp.linspace(0, mp.pi, 9),
        ),
    ),
    ("ln x", "singular", np.log, UNIT, lambda: -1),
    (
        "1/(x² + 1.005)",
        "smooth",
        lambda x: 1 / (x**2 + 1.005),
        [(-1.0, 1.0)],
        lambda: 2 / mp.sqrt(mp.mpf("1.005")) * mp.atan(1 / mp.sqrt(mp.mpf("1.005"))),
    ),
    (
        "three peaks of sech",
        "peak",
        lambda x: sech(10 * x - 2) ** 2 + sech(100 * x - 40) ** 4 + sech(1000 * x - 600) ** 6,
        UNIT,
        lambda: (
            _tanh_powers(10, 2, [1])
            + _tanh_powers(100, 40, [1, -mp.mpf(1) / 3])
            + _tanh_powers(1000, 600, [1, -mp.mpf(2) / 3, mp.mpf(1) / 5])
        ),
    ),
]


def _quadpack():
    """Yield the families of QUADPACK's chapter 4, each at some values of its parameter α."""
    for a in (-0.9, -0.5, 0.0, 2.6):
        yield (
            f"x^{a} ln(1/x)",
            "singular",
            lambda x, a=a: -(x**a) * np.log(x),
            UNIT,
            lambda a=a: 1 / (1 + mp.mpf(a)) ** 2,
        )
    for a in (0, 5, 12):
        w = 4.0**-a
        yield (
            f"Lorentz peak of width 4^-{a} at π/4",
            "peak",
            lambda x, w=w: w / ((x - np.pi / 4) ** 2 + w * w),
            UNIT,
            # The centre is the double next to π/4, not π/4.
            lambda w=w: mp.atan((1 - mp.mpf(np.pi / 4)) / w) + mp.atan(mp.mpf(np.pi / 4) / w),
        )
    for a in (3, 8):
        yield (
            f"cos({2**a} sin x)",
            "oscillating",
            lambda x, a=a: np.cos(2**a * np.sin(x)),
            [(0.0, np.pi)],
            lambda a=a: mp.pi * mp.besselj(0, 2**a),
        )
    for place, a in ((1 / 3, -0.8), (1 / 3, -0.5), (1 / 3, 1.0), (np.pi / 4, -0.3), (np.pi / 4, 0.5), (np.pi / 4, 1.5)):
        yield (
            f"|x − {place:.4f}|^{a}",
            "singular" if a < 0 else "kink",
            lambda x, p=place, a=a: np.abs(x - p) ** a,
            UNIT,
            lambda p=place, a=a: (mp.mpf(p) ** (a + 1) + (1 - mp.mpf(p)) ** (a + 1)) / (mp.mpf(a) + 1),
        )
    for a in (1, 6):
        yield (
            f"1/√(1 − x²)(1 + x + 2^-{a})",
            "singular",
            lambda x, a=a: 1 / (np.sqrt(1 - x * x) * (1 + x + 2.0**-a)),
            [(-1.0, 1.0)],
            lambda a=a: mp.pi / mp.sqrt((1 + mp.mpf(2) ** -a) ** 2 - 1),
        )
    for a in (0.2, 0.7, 1.3):
        yield (
            f"sin(x)^{a - 1:.1f}",
            "singular",
            lambda x, a=a: np.sin(x) ** (a - 1),
            [(0.0, np.pi / 2)],
            lambda a=a: mp.mpf(2) ** (mp.mpf(a) - 2) * mp.gamma(mp.mpf(a) / 2) ** 2 / mp.gamma(a),
        )
    for a in (0.5, 1.7, 4.0):
        yield (
            f"ln(1/x)^{a - 1:.1f}",
            "singular",
            lambda x, a=a: np.log(1 / x) ** (a - 1),
            UNIT,
            lambda a=a: mp.gamma(a),
        )
    yield (
        "cos(16x)/√(x(1 − x))",
        "singular",
        lambda x: np.cos(16 * x) / np.sqrt(x * (1 - x)),
        UNIT,
        lambda: mp.pi * mp.cos(8) * mp.besselj(0, 8),
    )
    for a in (0, 5):
        yield (
            f"x² exp(−2^-{a} x)",
            "infinite",
            lambda x, a=a: x * x * np.exp(-(2.0**-a) * x),
            [(0.0, INF)],
            lambda a=a: mp.mpf(2) ** (1 + 3 * a),
        )
    for a in (0.3, 1.7):
        yield (
            f"x^{a - 1:.1f}/(1 + 10x)²",
            "infinite",
            lambda x, a=a: x ** (a - 1) / (1 + 10 * x) ** 2,
            [(0.0, INF)],
            lambda a=a: (1 - mp.mpf(a)) * mp.pi / (mp.mpf(10) ** a * mp.sin(mp.pi * a)),
        )


FURTHER = [
    ("cos 200x", "oscillating", lambda x: np.cos(200 * x), UNIT, lambda: mp.sin(200) / 200),
    (
        "sin x² on (0, 30)",
        "oscillating",
        lambda x: np.sin(x * x),
        [(0.0, 30.0)],
        lambda: mp.sqrt(mp.pi / 2) * mp.fresnels(30 * mp.sqrt(2 / mp.pi)),
    ),
    ("cos(50 ln x)", "oscillating", lambda x: np.cos(50 * np.log(x)), UNIT, lambda: mp.mpf(1) / 2501),
    ("sin(1/x)", "oscillating", lambda x: np.sin(1 / x), UNIT, lambda: mp.sin(1) - mp.ci(1)),
    ("x^1000", "peak", lambda x: x**1000.0, UNIT, lambda: mp.mpf(1) / 1001),
    (
        "peak of width 1e-3 on exp(−x)",
        "peak",
        lambda x: np.exp(-x) + np.exp(-(((x - 0.637) / 1e-3) ** 2)),
        UNIT,
        lambda: 1 - mp.exp(-1) + mp.sqrt(mp.pi) / 1000,
    ),
    (
        "two peaks side by side",
        "peak",
        lambda x: np.exp(-(((x - 0.3) / 1e-2) ** 2)) + 3 * np.exp(-(((x - 0.31) / 2e-3) ** 2)),
        UNIT,
        lambda: mp.sqrt(mp.pi) * mp.mpf("0.016"),
    ),
    ("Takagi's function", "kink", takagi, UNIT, lambda: mp.mpf(1) / 2),
    ("|sin 20x|", "kink", lambda x: np.abs(np.sin(20 * x)), [(0.0, np.pi)], lambda: 2),
    (
        "max(exp(−20x), exp(20x − 20))",
        "kink",
        lambda x: np.maximum(np.exp(-20 * x), np.exp(20 * x - 20)),
        UNIT,
        lambda: (1 - mp.exp(-10)) / 10,
    ),
    ("⌊10x⌋", "jump", lambda x: np.floor(10 * x), UNIT, lambda: mp.mpf("4.5")),
    (
        "fractional part of 170.827x",
        "jump",
        lambda x: (170.827 * x) % 1,
        UNIT,
        lambda: (85 + mp.mpf(170.827 - 170) ** 2 / 2) / mp.mpf(170.827),
    ),
    ("fractional part of 1/x", "jump", lambda x: (1 / x) % 1, UNIT, lambda: 1 - mp.euler),
    (
        "sign of sin 333.1πx",
        "jump",
        lambda x: np.sign(np.sin(333.1 * np.pi * x)),
        UNIT,
        lambda: (
            # The last half-wave is cut off; the 333 whole ones leave one of their own.
            (1 - (mp.mpf(333.1) - 333)) / mp.mpf(333.1)
        ),
    ),
    (
        "exp(x) up to 0.7, then −1",
        "jump",
        lambda x: np.where(x < 0.7, np.exp(x), -1.0),
        UNIT,
        lambda: mp.exp(mp.mpf(0.7)) - 1 - (1 - mp.mpf(0.7)),
    ),
    ("x^-0.95", "singular", lambda x: x**-0.95, UNIT, lambda: 1 / (1 - mp.mpf(0.95))),
    ("1/(x ln² x) on (0, 1/2)", "singular", lambda x: 1 / (x * np.log(x) ** 2), [(0.0, 0.5)], lambda: 1 / mp.log(2)),
    ("ln x ln(1 − x)", "singular", lambda x: np.log(x) * np.log1p(-x), UNIT, lambda: 2 - mp.pi**2 / 6),
    ("normal density", "infinite", lambda x: np.exp(-x * x / 2), [(-INF, INF)], lambda: mp.sqrt(2 * mp.pi)),
    (
        "normal density at 1000",
        "infinite",
        lambda x: np.exp(-((x - 1000) ** 2) / 2),
        [(-INF, INF)],
        lambda: mp.sqrt(2 * mp.pi),
    ),
    (
        "exp(−x²) cos 8x",
        "infinite",
        lambda x: np.exp(-x * x) * np.cos(8 * x),
        [(-INF, INF)],
        lambda: mp.sqrt(mp.pi) * mp.exp(-16),
    ),
    ("Cauchy density", "infinite", lambda x: 1 / (1 + x * x), [(-INF, INF)], lambda: mp.pi),
    ("x^-1.1 from 1", "infinite", lambda x: x**-1.1, [(1.0, INF)], lambda: 1 / (mp.mpf(1.1) - 1)),
    ("1/(x ln² x) from 2", "infinite", lambda x: 1 / (x * np.log(x) ** 2), [(2.0, INF)], lambda: 1 / mp.log(2)),
    ("exp x up to 1", "infinite", np.exp, [(-INF, 1.0)], lambda: mp.e),
    ("exp(−x)/√x", "infinite", lambda x: np.exp(-x) / np.sqrt(x), [(0.0, INF)], lambda: mp.sqrt(mp.pi)),
    ("(sin x / x)²", "infinite", lambda x: np.sinc(x / np.pi) ** 2, [(-INF, INF)], lambda: mp.pi),
    ("exp(−|x|) |x|", "infinite", lambda x: np.exp(-np.abs(x)) * np.abs(x), [(-INF, INF)], lambda: 2),
    ("exp(−x) cos 10x", "infinite", lambda x: np.exp(-x) * np.cos(10 * x), [(0.0, INF)], lambda: mp.mpf(1) / 101),
    ("step function exp(−⌊x⌋)", "infinite", lambda x: np.exp(-np.floor(x)), [(0.0, INF)], lambda: 1 / (1 - mp.exp(-1))),
]

ONE_VARIABLE = rows([*KAHANER, *_quadpack(), *FURTHER])
