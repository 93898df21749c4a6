r"""What stands between two neighbours of dots: from the first and the last part the reader infers those between.

``a_1, \dots, a_n`` is read only if replacing 1 by n in the first part gives the last one; so a slip in either shows.
"""

from __future__ import annotations

from equations.syntax import Node
from equations.tokens import ReadingError


def between(first, last, scope):
    """Return the parts that dots between two parts stand for."""
    return sequence(first, last, scope)[1:-1]


def sequence(first, last, scope):
    """Return all parts from the first one to the last one."""
    ends = _ends(first, last)
    if len(ends) != 1 or None in ends:
        raise ReadingError(f"dots between parts that are not the first and the last of one sequence: {first}, {last}")
    ((name, _),) = ends
    return [_replaced(first, last, Node("number", (k,))) for k in range(1, int(scope.value(name)) + 1)]


def _ends(first, last):
    """Return how the last part differs from the first: pairs of the name and the 1 in its place."""
    if first == last:
        return set()
    if isinstance(first, Node) and isinstance(last, Node):
        if first == Node("number", (1,)) and last.kind == "name":
            return {(last.args[0], 1)}
        if first.kind == last.kind and len(first.args) == len(last.args):
            return _ends(first.args, last.args)
    if isinstance(first, tuple) and isinstance(last, tuple) and len(first) == len(last):
        return set().union(*(_ends(a, b) for a, b in zip(first, last, strict=True)))
    return {None}


def _replaced(first, last, index):
    if first == last:
        return first
    if isinstance(first, tuple):
        return tuple(_replaced(a, b, index) for a, b in zip(first, last, strict=True))
    if first == Node("number", (1,)):
        return index
    return Node(first.kind, _replaced(first.args, last.args, index))


def filled(rows, scope):
    """Return the rows of a matrix, with what its dots stand for."""
    dots = Node("dots")
    if not any(entry == dots for row in rows for entry in row):
        return rows
    rows = [row if all(entry == dots for entry in row) else _filled_row(row, scope) for row in rows]
    whole = [row for row in rows if not all(entry == dots for entry in row)]
    if len(whole) == len(rows):
        return rows
    if len(whole) != 2:
        raise ReadingError("vertical dots stand between a first and a last row")
    columns = [sequence(above, below, scope) for above, below in zip(*whole, strict=True)]
    return list(zip(*columns, strict=True))


def _filled_row(row, scope):
    dots = Node("dots")
    if dots not in row:
        return row
    if len(row) != 3 or row[1] != dots:
        raise ReadingError("horizontal dots stand between a first and a last entry")
    return sequence(row[0], row[2], scope)
