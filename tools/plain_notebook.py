"""Write a chapter's notebook in plain Markdown, so that it reads well wherever notebooks open.

The committed notebooks use MyST, which the book understands: boxes as ``:::{admonition}``, references as ``{eq}`` and
``{cite:p}``, labels on equations. Outside the book that markup stays raw, or is slow to show: the extension for
JupyterLab reads the whole notebook again for each of its cells. In the copies made here boxes are HTML with Jupyter's
own classes, equations carry the numbers that they have in the book, references name what they point to, and the cited
works are listed at the end. Code, outputs and the order of the cells stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import nbformat

import citations
import notebooks

# class of an admonition -> class of its box in Jupyter
BOXES = {"": "info", "tip": "success", "important": "info", "warning": "warning"}

_FENCE = re.compile(r"^:::\{(?P<kind>[\w:]+)\}[ ]*(?P<title>[^\n]*)\n(?P<body>.*?)^:::[ ]*$", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"\A:(\w+):[ ]*([^\n]*)\n")
_EQUATION = re.compile(r"\$\$(?P<formula>(?:(?!\$\$).)+)\$\$(?:[ ]*\((?P<label>[\w-]+)\))?", re.DOTALL)
_TARGET = re.compile(r"^\((?P<label>[\w-]+)\)=\n+(?:#+ (?P<title>.*))?", re.MULTILINE)
_ROLE = re.compile(r"\{(?P<kind>[\w:]+)\}`(?:(?P<text>[^`<]+?)\s*<(?P<named>[^`>]+)>|(?P<plain>[^`]+))`")
_PAGE = re.compile(r"\[([^\]]+)\]\((\w+)\.md\)")


class Numbers:
    """What the labels of one notebook stand for: numbers of equations and theorems, titles of sections."""

    def __init__(self, sources: Iterable[str], chapter: int | None):
        self.equations: dict[str, str] = {}
        self.theorems: dict[str, str] = {}
        self.sections: dict[str, str] = {}
        for source in sources:
            for match in _EQUATION.finditer(source):
                if match["label"]:
                    self._count(self.equations, match["label"], chapter)
            for match in _FENCE.finditer(source):
                if match["kind"] == "prf:theorem":
                    self._count(self.theorems, _options(match["body"])[0]["label"], chapter)
            for match in _TARGET.finditer(source):
                if match["title"]:
                    self.sections[match["label"]] = match["title"].strip()

    @staticmethod
    def _count(table: dict[str, str], label: str, chapter: int | None) -> None:
        number = str(len(table) + 1)
        table[label] = f"{chapter}.{number}" if chapter else number


def _options(body: str) -> tuple[dict[str, str], str]:
    """Split the ``:name: value`` lines off the top of a directive."""
    options = {}
    while match := _OPTION.match(body):
        options[match[1]] = match[2].strip()
        body = body[match.end() :]
    return options, body.strip("\n")


def _section(label: str, text: str | None, numbers: Numbers) -> str:
    title = numbers.sections[label]
    # JupyterLab's anchor of a heading is its text, with hyphens for blanks.
    return f"[{text or title}](#{title.replace(' ', '-')})"


# role -> what it becomes, given its target, the text that was given with it, and the numbers of the notebook
ROLES = {
    "eq": lambda target, text, numbers: f"({numbers.equations[target]})",
    "ref": _section,
    "prf:ref": lambda target, text, numbers: numbers.theorems[target],
    "doc": lambda target, text, numbers: f"[{text}]({target}.ipynb)",
    "cite": lambda target, text, numbers: citations.in_brackets(target),
    "cite:p": lambda target, text, numbers: citations.in_brackets(target),
    "cite:t": lambda target, text, numbers: citations.in_the_sentence(target),
}


def _role(match: re.Match, numbers: Numbers) -> str:
    if match["kind"] not in ROLES:
        raise ValueError(f"tools/plain_notebook.py knows no role {{{match['kind']}}}; add it to ROLES")
    return ROLES[match["kind"]](match["named"] or match["plain"], match["text"], numbers)


def _equation(match: re.Match, numbers: Numbers) -> str:
    if not match["label"]:
        return match[0]
    return f"$${match['formula'].rstrip()} \\tag{{{numbers.equations[match['label']]}}}\n$$"


def _box(match: re.Match, numbers: Numbers) -> str:
    options, body = _options(match["body"])
    title, kind = match["title"].strip(), "info"
    match match["kind"]:
        case "prf:proof":
            return f"*Proof.* {body.lstrip()} ∎"
        case "prf:theorem":
            number = numbers.theorems[options["label"]]
            title, kind = f"Theorem {number}" + (f" ({title})" if title else ""), "success"
        case "exercise":
            title, kind = f"Exercise {title}", "success"
        case "admonition":
            kind = BOXES[options.get("class", "")]
        case unknown:
            raise ValueError(f"tools/plain_notebook.py knows no block {{{unknown}}}")
    # The empty lines end the HTML, so that what stands in the box is Markdown.
    return f'<div class="alert alert-block alert-{kind}">\n\n**{title}**\n\n{body}\n\n</div>'


def markdown(source: str, numbers: Numbers) -> str:
    """Return one cell's MyST as plain Markdown."""
    source = _TARGET.sub(lambda match: match[0].split("=\n", 1)[1].lstrip("\n"), source)
    source = _EQUATION.sub(lambda match: _equation(match, numbers), source)
    source = _FENCE.sub(lambda match: _box(match, numbers), source)
    source = _ROLE.sub(lambda match: _role(match, numbers), source)
    return _PAGE.sub(r"*\1* of the book", source)


def convert(nb: nbformat.NotebookNode, chapter: int | None) -> nbformat.NotebookNode:
    """Return a copy of the notebook in plain Markdown, with the works that it cites listed at the end."""
    numbers = Numbers((cell.source for cell in nb.cells if cell.cell_type == "markdown"), chapter)
    copy = nbformat.from_dict(nb)
    cited: set[str] = set()
    for cell in copy.cells:
        if cell.cell_type == "markdown":
            for match in _ROLE.finditer(cell.source):
                if match["kind"].startswith("cite"):
                    cited.update(citations.keys(match["plain"]))
            cell.source = markdown(cell.source, numbers)
    if cited:
        listed = nbformat.v4.new_markdown_cell(citations.listing(cited), id="references")
        copy.cells.append(listed)
    return copy


def read(path) -> nbformat.NotebookNode:
    """Read a chapter and convert it, with the chapter's number from its name."""
    return convert(notebooks.read(path), notebooks.chapter_number(path))
