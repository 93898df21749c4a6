"""The texts of the bank as data for the page, compared with a Markdown parser that has nothing in common with ours."""

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from jaclib.exercises.checking import bank, judge
from jaclib.exercises.misconceptions import MISCONCEPTIONS
from jaclib.exercises.task import Task, make_task
from jaclib.page.markup import blocks

PARSER = MarkdownIt().use(dollarmath_plugin)
MARKS = {"strong": "strong", "em": "em"}


def texts(exercise):
    tasks = [Task(exercise), *([make_task(exercise, n) for n in (1, 2, 3)] if exercise.draw else [])]
    for task in tasks:
        yield from (task.prompt, *task.hints, task.solution, *(slip.message for slip in task.slips))


def squeezed(parts):
    """Join neighbouring texts, with any white space as one space."""
    out = []
    for part in parts:
        if isinstance(part, str):
            if out and isinstance(out[-1], str):
                out[-1] += part
            else:
                out.append(part)
        else:
            out.append([part[0], squeezed(part[1]) if isinstance(part[1], list) else part[1].strip()])
    return [" ".join(p.split()) if isinstance(p, str) else p for p in out if not isinstance(p, str) or p.strip()]


def expected_inline(tokens):
    stack = [[]]
    for token in tokens:
        if token.type in ("text", "text_special"):
            stack[-1].append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            stack[-1].append(" ")
        elif token.type == "code_inline":
            stack[-1].append(["code", token.content])
        elif token.type == "math_inline":
            stack[-1].append(["math", token.content])
        elif token.type.endswith("_open"):
            stack.append([])
        elif token.type.endswith("_close"):
            inner = stack.pop()
            stack[-1].append([MARKS[token.type.removesuffix("_close")], inner])
        else:
            raise AssertionError(f"no place for {token.type}")
    return squeezed(stack[0])


def expected(markdown):
    out, items = [], None
    for token in PARSER.parse(markdown):
        if token.type == "bullet_list_open":
            items = []
        elif token.type == "bullet_list_close":
            out.append(["ul", items])
            items = None
        elif token.type == "inline":
            line = expected_inline(token.children)
            items.append(line) if items is not None else out.append(["p", line])
        elif token.type == "math_block":
            out.append(["math", token.content.strip()])
        elif token.type == "fence":
            out.append(["code", token.content.rstrip("\n")])
        else:
            assert token.type in ("paragraph_open", "paragraph_close", "list_item_open", "list_item_close"), token.type
    return out


def ours(markdown):
    return [
        [kind, [squeezed(item) for item in what] if kind == "ul" else squeezed(what) if kind == "p" else what]
        for kind, what in blocks(markdown)
    ]


@pytest.mark.parametrize("exercise", bank().values(), ids=lambda e: e.id)
def test_every_text_of_an_exercise_is_read_as_markdown(exercise):
    for text in texts(exercise):
        assert ours(text) == expected(text), text


@pytest.mark.parametrize("key", MISCONCEPTIONS)
def test_every_misconception_is_read_as_markdown(key):
    what = MISCONCEPTIONS[key]
    assert ours(what.explanation) == expected(what.explanation)
    assert ours(what.title) == expected(what.title)


@pytest.mark.parametrize("typed", ["<b>x</b>", "**x**", "$x$", "`x`", r"\alpha", "a_b_c", "&amp;"])
def test_what_a_learner_typed_stays_text(typed):
    message = judge(Task(bank()["E1.18"]), typed)
    (kind, line), *rest = blocks(message.markdown)
    assert (kind, rest) == ("p", [])
    assert line == [message.message]
    assert typed in line[0]
