"""The look of the course: one colour per role, one figure style, and the figures that the chapters share."""

from jaclib.plotting.style import COLORS, use_style

__all__ = ["COLORS", "use_style"]
