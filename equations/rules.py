"""The value of a parsed expression in a scope: a rule for each kind of node."""

from __future__ import annotations

from equations.scope import Scope
from equations.syntax import Node

RULES = {}


def rule(*kinds):
    """Register a function of a scope and of a node's parts as what nodes of these kinds are worth."""

    def register(function):
        RULES.update(dict.fromkeys(kinds, function))
        return function

    return register


def value(node: Node, scope: Scope):
    """Return what a node is worth: a number, an array, a function, or a SymPy expression."""
    return scope.clean(RULES[node.kind](scope, *node.args))
