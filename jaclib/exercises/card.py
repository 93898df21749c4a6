"""A small card in HTML, for notebooks and pages: styled in itself, in light and in dark, and read aloud as text.

The text takes its colour from the page; the edge has a colour that stands out on white and on black, and says
nothing that the headline does not.
"""

from __future__ import annotations

import html

__all__ = ["card", "labelled", "paragraph", "small", "strong", "table"]

_BOX = (
    "border:1px solid #8a94a080;border-left:5px solid {colour};border-radius:4px;padding:.6em .9em;margin:.3em 0;"
    "max-width:46em;color:inherit;background:transparent;font-family:inherit;line-height:1.45"
)
_PRE = (
    "margin:.3em 0;padding:.3em .6em;border:1px solid #8a94a080;border-radius:3px;background:transparent;color:inherit;"
    "white-space:pre;overflow-x:auto;font-size:.92em"
)
_PARAGRAPH = "margin:.35em 0"


def card(headline: str, subject: str, colour: str, lines) -> str:
    """Return a card with a headline, what it is about, and lines made by the functions below."""
    head = f'<p style="{_PARAGRAPH}"><strong>{html.escape(headline)}</strong> · {html.escape(subject)}</p>'
    box = f'<div class="jaclib-card" role="status" style="{_BOX.format(colour=colour)}">'
    return "\n".join([box, head, *lines, "</div>"])


def paragraph(text: str, *, code: str = "") -> str:
    """Return a paragraph; `code` stands in the place of ``{…}``."""
    shown = html.escape(text).replace("\n", "<br>").replace("{…}", f"<code>{html.escape(code)}</code>")
    return f'<p style="{_PARAGRAPH}">{shown}</p>'


def strong(text: str) -> str:
    """Return a paragraph in bold."""
    return f'<p style="{_PARAGRAPH}"><strong>{html.escape(text)}</strong></p>'


def small(text: str) -> str:
    """Return a paragraph in small print."""
    return f'<p style="{_PARAGRAPH};font-size:.9em">{html.escape(text)}</p>'


def labelled(label: str, text: str) -> str:
    """Return text with its spaces kept, under a label; it scrolls where it is too wide."""
    head = f'<p style="margin:.35em 0 0">{html.escape(label)}</p>'
    return f'{head}\n<pre tabindex="0" style="{_PRE}">{html.escape(text)}</pre>'


def table(caption: str, head, rows) -> str:
    """Return a table with a caption; the first cell of each row is its header."""
    cell = "padding:.15em .7em;text-align:left;color:inherit"
    lines = [
        '<div class="jaclib-table" style="overflow-x:auto">',
        '<table style="color:inherit;background:transparent">',
        f'<caption style="text-align:left;color:inherit">{html.escape(caption)}</caption>',
        "<thead><tr>"
        + "".join(f'<th scope="col" style="{cell}">{html.escape(h)}</th>' for h in head)
        + "</tr></thead>",
        "<tbody>",
    ]
    for first, *others in rows:
        lines.append(
            f'<tr><th scope="row" style="{cell}">{html.escape(first)}</th>'
            + "".join(f'<td style="{cell}">{html.escape(other)}</td>' for other in others)
            + "</tr>"
        )
    return "\n".join([*lines, "</tbody></table>", "</div>"])
