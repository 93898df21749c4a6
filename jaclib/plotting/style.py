"""One colour per role and one figure style, used by every figure of the course.

Blue is an input, orange an output, green a derivative, wherever they appear. The three come from the palette of
Okabe and Ito (2008, "Color Universal Design"), which readers with the common colour-vision deficiencies tell apart.
"""

from __future__ import annotations

import matplotlib as mpl

__all__ = ["COLORS", "use_style"]

COLORS = {
    "input": "#0072B2",  # blue: arguments, source regions, weights that we may change
    "output": "#D55E00",  # vermilion: values, image regions, losses
    "derivative": "#00845F",  # bluish green, a shade darker than Okabe-Ito's for contrast on white
    "neutral": "#5F6670",  # axes, construction lines, text that accompanies
    "accent": "#CC79A7",  # reddish purple: the one thing in a figure to look at besides these
}

_STYLE = {
    "figure.figsize": (6.4, 3.8),
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E3E6EA",
    "grid.linewidth": 0.8,
    "axes.edgecolor": COLORS["neutral"],
    "axes.labelcolor": "#2B2F36",
    "xtick.color": COLORS["neutral"],
    "ytick.color": COLORS["neutral"],
    "axes.titlesize": 13,
    "axes.titleweight": "semibold",
    "axes.labelsize": 13,
    "font.size": 12,
    "legend.frameon": False,
    "lines.linewidth": 2.2,
    "image.cmap": "cividis",
    "axes.prop_cycle": mpl.cycler(color=[COLORS["input"], COLORS["output"], COLORS["derivative"], COLORS["accent"]]),
    "mathtext.fontset": "cm",
}


def use_style() -> None:
    """Make the course's figure style the default of this session (high-resolution PNG inside a notebook).

    Examples
    --------
    >>> use_style()
    >>> import matplotlib
    >>> matplotlib.rcParams["axes.spines.top"]
    False
    """
    mpl.rcParams.update(_STYLE)
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is not None and hasattr(shell, "kernel"):
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("retina")
