"""What numbers, names, sums, products, functions and matrices are worth."""

from __future__ import annotations

import itertools
import math

import numpy as np
import sympy as sp

from equations import values
from equations.dots import between, filled
from equations.rules import rule, value
from equations.syntax import Node

OPERATIONS = {
    "mul": values.multiply,
    "dot": values.dot,
    "kron": np.kron,
    "transpose": values.transpose,
    "sqrt": values.sqrt,
    "norm": values.norm,
}
for _kind, _operation in OPERATIONS.items():
    rule(_kind)(lambda scope, *parts, operation=_operation: operation(*(value(part, scope) for part in parts)))


@rule("number")
def _number(scope, number):
    return number


@rule("constant")
def _constant(scope, name):
    exact, floats = {
        "pi": (sp.pi, math.pi),
        "e": (sp.E, math.e),
        "infty": (sp.oo, math.inf),
        "ast": (sp.nan, math.nan),
    }[name]
    return exact if scope.exact else floats


@rule("name")
def _name(scope, name):
    return scope.value(name)


@rule("index")
def _index(scope, base, indices):
    array = value(base, scope)
    if callable(array):  # an output of a function, at the values of its arguments
        array = scope.clean(scope.call(array))
    if isinstance(array, dict):  # numbered as the book numbers them, such as layers from 0
        return array[int(value(indices[0], scope))]
    return array[place(array, indices, scope)]


def place(array, indices, scope):
    """Return where in an array the book's indices lead: they begin at 1, and one is enough for a column."""
    at = tuple(int(value(index, scope)) - 1 for index in indices)
    if min(at) < 0:
        raise IndexError("an index below 1")
    if np.ndim(array) == 2 and array.shape[1] == 1 and len(at) == 1:
        at = (*at, 0)
    return at


@rule("add")
def _add(scope, *terms):
    total = None
    for term in terms:
        if term.kind != "rest":
            worth = value(term, scope)
            total = worth if total is None else values.add(total, worth)
    return total


@rule("neg")
def _neg(scope, part):
    return -value(part, scope)


@rule("div")
def _div(scope, above, below):
    return values.multiply(value(above, scope), values.power(value(below, scope), -1))


@rule("power")
def _power(scope, base, exponent):
    raised = value(exponent, scope)
    if base == Node("constant", ("e",)):
        return values.exp(values.scalar(raised))
    return values.power(value(base, scope), raised)


@rule("function")
def _function(scope, name, argument):
    argument = value(argument, scope)
    if name == "det":
        return values.det(argument)
    return getattr(values, {"ln": "log"}.get(name, name))(argument)


@rule("absolute")
def _absolute(scope, part):
    inside = value(part, scope)
    return values.norm(inside) if isinstance(inside, np.ndarray) else abs(inside)


@rule("matrix")
def _matrix(scope, *rows):
    entries = [[values.scalar(value(entry, scope)) for entry in row] for row in filled(rows, scope)]
    return np.array(entries, dtype=object if scope.exact else float)


@rule("cases")
def _cases(scope, *branches):
    for branch, condition in branches:
        relation, left, right = condition.args
        if (value(left, scope) == value(right, scope)) == (relation == "="):
            return value(branch, scope)
    raise ValueError("no case holds")


def expanded(argument, arguments, scope):
    """Return the values that an argument stands for; dots stand for all between their neighbours."""
    if argument.kind != "dots":
        return [value(argument, scope)]
    at = arguments.index(argument)
    return [value(part, scope) for part in between(arguments[at - 1], arguments[at + 1], scope)]


@rule("tuple")
def _tuple(scope, *items):
    return np.array([[worth for item in items for worth in expanded(item, items, scope)]])


def _bindings(domain, scope):
    """Return for each term of a sum what its index stands for."""
    if domain.kind == "range":
        name, low, high = domain.args
        return [{name: k} for k in range(int(value(low, scope)), int(value(high, scope)) + 1)]
    if domain.kind == "all":
        ranges = [range(1, scope.sizes[name] + 1) for name in domain.args]
        return [dict(zip(domain.args, indices, strict=True)) for indices in itertools.product(*ranges)]
    found = scope.domains[domain.args[0]]
    return found(scope) if callable(found) else found


@rule("sum")
def _sum(scope, domain, body):
    terms = [value(body, scope.having(**binding)) for binding in _bindings(domain, scope)]
    total = terms[0]
    for term in terms[1:]:
        total = values.add(total, term)
    return total


@rule("prod")
def _prod(scope, domain, body):
    return math.prod(value(body, scope.having(**binding)) for binding in _bindings(domain, scope))
