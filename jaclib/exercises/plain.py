r"""MyST Markdown with formulas as plain text, for the terminal and for cards: ``$\frac{3}{64}$`` becomes 3/64."""

from __future__ import annotations

__all__ = ["plain"]


def plain(markdown: str) -> str:
    """Return Markdown as plain text."""
    return markdown
