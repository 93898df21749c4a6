"""One call at the top of every notebook that makes its output the same on every machine.

Seeds, print options and figure defaults are set in one place, so that strict nbval comparison needs no
sanitiser and a reader's figures look like the book's.
"""

from __future__ import annotations

import numpy as np

__all__ = ["setup_notebook"]


def setup_notebook(seed: int = 0) -> np.random.Generator:
    """Set print options, figure style and symbolic printing; return a seeded random generator.

    Parameters
    ----------
    seed : int, optional
        Seed of the returned generator.

    Returns
    -------
    numpy.random.Generator
        Use it for every random number in the notebook: ``rng = setup_notebook()``.

    Examples
    --------
    >>> rng = setup_notebook()
    >>> int(rng.integers(100))
    85
    """
    import sympy

    from jaclib import plotting

    np.set_printoptions(precision=6, suppress=True, linewidth=88, floatmode="maxprec", legacy=False)
    sympy.init_printing(use_latex="mathjax", order="lex")
    plotting.use_style()
    return np.random.default_rng(seed)
