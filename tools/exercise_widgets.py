"""The exercises on the page: where Python can run there, a form takes the place of the cell to answer in.

The form stands in the page from the start, so that nothing moves when its script arrives (book/_static/live/), and is
hidden by `exercises.css` on a page that has no Python, no script, or is printed: there the cell stays.
"""

from __future__ import annotations

import json
from html import escape

import nbformat

from jaclib.exercises import pages
from jaclib.exercises.checking import bank
from jaclib.exercises.entry import Exercise
from jaclib.exercises.task import Task
from jaclib.page.exercises import asks

_TEXT = 'autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false"'
# Kind of answer: what is typed into; a choice is made in the task itself.
_FIELDS = {
    "matrix": '<textarea id="{id}" rows="2" enterkeyhint="enter" aria-describedby="{id}-asks" {text}></textarea>',
    "code": '<textarea id="{id}" rows="{rows}" aria-describedby="{id}-asks" {text}>{stub}</textarea>',
    "choice": "",
}
_LINE = '<input id="{id}" type="text" enterkeyhint="done" aria-describedby="{id}-asks" {text}>'
_ASKS = {
    "matrix": "{asks}. Enter begins a new row, Ctrl+Enter checks.",
    "code": "NumPy is np, and the functions of jaclib are there. Ctrl+Enter checks.",
    "choice": "Choose one of the options above.",
}


def form(exercise: Exercise) -> str:
    """Return the form of an exercise in HTML."""
    task = Task(exercise)
    id = f"answer-{exercise.id.lower().replace('.', '-')}"
    stub = pages.stub(exercise) if exercise.signature else ""
    field = _FIELDS.get(exercise.kind, _LINE).format(
        id=id, text=_TEXT, stub=escape(stub), rows=max(7, stub.count("\n") + 4)
    )
    wanted = asks(task)
    wanted = _ASKS.get(exercise.kind, "{asks}.").format(asks=wanted[0].upper() + wanted[1:])
    label = f'<label for="{id}">Your answer</label>' if field else "<span>Your answer</span>"
    more = '<button type="button" data-do="variant">New values</button>' if exercise.draw else ""
    return f"""<div class="exercise-live" role="group" aria-label="Answer to {exercise.id}"
 data-exercise="{exercise.id}" data-kind="{exercise.kind}" data-key="{pages.content_key(exercise)}">
<div class="exercise-head">{label}<span class="exercise-mark"></span></div>
<div class="exercise-row">{field}
<div class="exercise-buttons">
<button type="button" data-do="check">Check</button>
<button type="button" data-do="stop" hidden>Stop</button>
{more}
</div></div>
<div class="exercise-below">
<p class="exercise-asks" id="{id}-asks">{escape(wanted)}</p>
<p class="exercise-preview" hidden></p>
</div>
<p class="exercise-news" role="status"></p>
<div class="exercise-verdict" role="status"></div>
</div>"""


def cell(exercise: Exercise) -> nbformat.NotebookNode:
    """Return the form as a cell for the page, behind the cell to answer in."""
    return nbformat.v4.new_markdown_cell(f"```{{raw}} html\n{form(exercise)}\n```")


def panel() -> str:
    """Return the reader's progress in HTML, before anything was done."""
    chapters = sorted({exercise.chapter for exercise in bank().values()})
    counts = {n: sum(e.chapter == n for e in bank().values()) for n in chapters}
    rows = "\n".join(
        f'<li data-chapter="{n}"><span>Chapter {n}</span><meter min="0" max="{count}" value="0" aria-label="Solved in '
        f'chapter {n}"></meter><span class="exercise-count">0 of {count} solved</span></li>'
        for n, count in counts.items()
    )
    keys = escape(json.dumps({e.id: pages.content_key(e) for e in bank().values()}, separators=(",", ":")))
    return f"""<div class="exercise-progress" data-keys="{keys}">
<ul>
{rows}
</ul>
<div class="exercise-buttons">
<button type="button" data-do="export">Export</button>
<button type="button" data-do="import">Import</button>
<button type="button" data-do="reset">Reset</button>
<button type="button" data-do="restore" hidden>Restore what was reset</button>
<input type="file" accept=".json,application/json" hidden aria-label="File with exported progress">
</div>
<p class="exercise-news" role="status"></p>
</div>"""
