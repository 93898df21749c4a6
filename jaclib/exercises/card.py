"""A small card in HTML, for notebooks and pages: styled in itself, in light and in dark, and read aloud as text.

The text takes its colour from the page; the edge has a colour that stands out on white and on black, and says
nothing that the headline does not.
"""

from __future__ import annotations

import html

__all__ = ["card", "table"]

_BOX = (
    "border:1px solid #8a94a080;border-left:5px solid {colour};border-radius:4px;padding:.6em .9em;margin:.3em 0;"
    "max-width:46em;color:inherit;background:transparent;font-family:inherit;line-height:1.45"
)
_PRE = (
    "margin:.3em 0;padding:.3em .6em;border:1px solid #8a94a080;border-radius:3px;background:transparent;color:inherit;"
    "white-space:pre;overflow-x:auto;font-size:.92em"
)
_PARAGRAPH = "margin:.35em 0"


def card(headline: str, subject: str, colour: str, parts) -> str:
    """Return a card; `parts` are (p, small or pre; text; label or "strong" or None)."""
    lines = [
        f'<div class="jaclib-card" role="status" style="{_BOX.format(colour=colour)}">',
        f'<p style="{_PARAGRAPH}"><strong>{html.escape(headline)}</strong> · {html.escape(subject)}</p>',
    ]
    for kind, text, label in parts:
        shown = html.escape(text)
        if kind == "pre":
            lines.append(f'<p style="margin:.35em 0 0">{html.escape(label)}</p>')
            lines.append(f'<pre tabindex="0" style="{_PRE}">{shown}</pre>')
        elif kind == "small":
            lines.append(f'<p style="{_PARAGRAPH};font-size:.9em">{shown}</p>')
        else:
            shown = shown.replace("\n", "<br>")
            lines.append(f'<p style="{_PARAGRAPH}">{f"<strong>{shown}</strong>" if label == "strong" else shown}</p>')
    return "\n".join([*lines, "</div>"])


def table(caption: str, head, rows) -> str:
    """Return a table with a caption; the first cell of each row is its header."""
    cell = "padding:.15em .7em;text-align:left;color:inherit"
    lines = [
        '<table class="jaclib-table" style="color:inherit;background:transparent">',
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
    return "\n".join([*lines, "</tbody></table>"])
