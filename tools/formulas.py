"""Sphinx math renderer: formulas are typeset when the book is built, so a page shows them without a script.

KaTeX writes each formula twice: as HTML for the eye, hidden from screen readers, and as MathML for them. A formula
that it cannot read is a warning at its place in the source, and so stops the build.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections import deque
from concurrent.futures import Future
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

import vendor

logger = logging.getLogger(__name__)

SCRIPT = Path(__file__).with_suffix(".mjs")


class _Node:
    """Node with KaTeX: formulas go in without waiting, and are typeset while Sphinx reads the next pages."""

    def __init__(self):
        self.process = subprocess.Popen(
            [*vendor.command("node"), str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        self.waiting: deque[Future] = deque()
        self.made: dict[tuple[str, bool], Future] = {}
        threading.Thread(target=self._read, daemon=True).start()

    def ask(self, latex: str, display: bool) -> Future:
        """Return what will be the answer for this formula."""
        if (latex, display) not in self.made:
            self.made[latex, display] = answer = Future()
            self.waiting.append(answer)
            self.process.stdin.write(json.dumps({"latex": latex, "display": display}) + "\n")
            self.process.stdin.flush()
        return self.made[latex, display]

    def _read(self):
        for line in self.process.stdout:
            self.waiting.popleft().set_result(json.loads(line))
        while self.waiting:
            error = RuntimeError(f"{SCRIPT.name} ended with status {self.process.wait()}; its message stands above.")
            self.waiting.popleft().set_exception(error)


@cache
def _node(process_id: int) -> _Node:
    """Return node, started once in each process of the build."""
    return _Node()


def typeset(latex: str, display: bool = False) -> str:
    """Return a formula as HTML with MathML in it.

    Raises
    ------
    ValueError
        KaTeX cannot read the formula; its message says where.
    """
    answer = _node(os.getpid()).ask(latex, display).result()
    if "error" in answer:
        raise ValueError(answer["error"])
    return answer["html"]


def _latex(node: nodes.Element) -> tuple[str, bool]:
    """Return the LaTeX of a node, and whether it is displayed."""
    if isinstance(node, nodes.math):
        return node.astext(), False
    return _NUMBERING.sub(r"\\\1{\2*}", node.astext()) if node["nowrap"] else _lines(node.astext()), True


def typeset_early(app, doctree) -> None:
    """Send the formulas of a page that was read to node; they are needed when the pages are written."""
    for node in doctree.findall(lambda node: isinstance(node, (nodes.math, nodes.math_block))):
        _node(os.getpid()).ask(*_latex(node))


def _typeset_node(node: nodes.Element) -> str:
    latex, display = _latex(node)
    try:
        return typeset(latex, display)
    except ValueError as error:
        logger.warning("cannot typeset the formula %r: %s", latex, error, location=node, type="math")
        return ""


def _lines(latex: str) -> str:
    """Join formulas with empty lines between them into one, as `sphinx.ext.mathjax` does."""
    parts = [part for part in latex.split("\n\n") if part.strip()]
    parts = [rf"\begin{{split}}{part}\end{{split}}" if r"\\" in part else part for part in parts]
    return parts[0] if len(parts) == 1 else r"\begin{aligned}" + r"\\".join(parts) + r"\end{aligned}"


# The numbers of equations are Sphinx's, not those that these environments would count.
_NUMBERING = re.compile(r"\\(begin|end)\{(align|alignat|equation|gather|CD)\}")


def visit_math(self, node: nodes.math) -> None:
    """Write a formula of a sentence."""
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    self.body.append(_typeset_node(node) + "</span>")
    raise nodes.SkipNode


def visit_math_block(self, node: nodes.math_block) -> None:
    """Write a displayed formula, and its number as Sphinx does."""
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append(_typeset_node(node) + "</div>\n")
    raise nodes.SkipNode


# What may not be parted from a formula at the end of a line: "(" before it; the full stop, "-" of "n-dimensional" or
# "th" of "nth" after it.
_BEFORE, _AFTER = re.compile(r"[(\[“‘\"']+$"), re.compile(r"[^\s\w]+|\w{1,2}\b[^\s\w]*")


class KeepPunctuation(SphinxPostTransform):
    """Put an inline formula and the punctuation that touches it into one box, which no line break parts."""

    default_priority = 800

    def run(self):
        """Wrap the formulas of the page."""
        for node in list(self.document.findall(nodes.math)):
            parent, place = node.parent, node.parent.index(node)
            before, after = (parent[i] if 0 <= i < len(parent) else None for i in (place - 1, place + 1))
            opening = isinstance(before, nodes.Text) and _BEFORE.search(before.astext())
            closing = isinstance(after, nodes.Text) and _AFTER.match(after.astext())
            if not (opening or closing):
                continue
            box = nodes.inline("", "", classes=["formula"])
            parent[place] = box
            if closing:
                parent[place + 1] = nodes.Text(after.astext()[closing.end() :])
            if opening:
                parent[place - 1] = nodes.Text(before.astext()[: opening.start()])
                box += nodes.Text(opening[0])
            box += node
            if closing:
                box += nodes.Text(closing[0])


def setup(app):
    app.add_html_math_renderer("katex", (visit_math, None), (visit_math_block, None))
    app.add_post_transform(KeepPunctuation)
    app.connect("doctree-read", typeset_early)
