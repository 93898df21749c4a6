"""What a displayed equation is made of once it is read: statements of nodes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A part of a formula: its kind, and its own parts (nodes, or plain data such as a name)."""

    kind: str
    args: tuple = ()


@dataclass(frozen=True)
class Statement:
    r"""Sides with the relations between them: ``a = b \le c`` has three sides and two relations."""

    sides: tuple
    relations: tuple


def walk(value):
    """Yield every node of a node, a statement or a tuple of them."""
    if isinstance(value, Statement):
        value = value.sides
    if isinstance(value, Node):
        yield value
        value = value.args
    if isinstance(value, tuple):
        for part in value:
            yield from walk(part)


def names_in(value):
    """Return the names that occur in a node or a statement."""
    return {node.args[0] for node in walk(value) if node.kind == "name"}
