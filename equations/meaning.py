"""The value of a parsed expression in a scope."""

from __future__ import annotations

import itertools
import math

import numpy as np
import sympy as sp

from equations import calculus, values
from equations.dots import between, filled
from equations.scope import Scope, parameters
from equations.syntax import Node, names_in


def value(node: Node, scope: Scope):
    """Return what a node is worth: a number, an array, a function, or a SymPy expression."""
    return scope.clean(_RULES[node.kind](node, scope, *node.args))


def _number(node, scope, number):
    return number


def _constant(node, scope, name):
    exact, floats = {
        "pi": (sp.pi, math.pi),
        "e": (sp.E, math.e),
        "infty": (sp.oo, math.inf),
        "ast": (sp.nan, math.nan),
    }[name]
    return exact if scope.exact else floats


def _name(node, scope, name):
    return scope.value(name)


def _index(node, scope, base, indices):
    array = value(base, scope)
    at = tuple(int(value(index, scope)) - 1 for index in indices)
    if callable(array):  # an output of a function, at the values of its arguments
        array = scope.clean(scope.call(array))
    if isinstance(array, dict):  # numbered as the book numbers them, such as layers from 0
        return array[at[0] + 1]
    if min(at) < 0:
        raise IndexError(f"an index below 1 of {base.args[0]}")
    if isinstance(array, np.ndarray) and array.ndim == 2 and array.shape[1] == 1 and len(at) == 1:
        at = (*at, 0)
    return array[at]


def _add(node, scope, *terms):
    total = None
    for term in terms:
        if term.kind != "rest":
            worth = value(term, scope)
            total = worth if total is None else values.add(total, worth)
    return total


def _neg(node, scope, part):
    return -value(part, scope)


def _binary(operation):
    def rule(node, scope, left, right):
        return operation(value(left, scope), value(right, scope))

    return rule


def _div(node, scope, above, below):
    return values.multiply(value(above, scope), values.power(value(below, scope), -1))


def _power(node, scope, base, exponent):
    raised = value(exponent, scope)
    if base == Node("constant", ("e",)):
        return values.exp(values.scalar(raised))
    return values.power(value(base, scope), raised)


def _function(node, scope, name, argument):
    argument = value(argument, scope)
    if name == "det":
        return values.det(argument)
    return getattr(values, {"ln": "log"}.get(name, name))(argument)


def _absolute(node, scope, part):
    inside = value(part, scope)
    return values.norm(inside) if isinstance(inside, np.ndarray) else abs(inside)


def _call(node, scope, function, arguments):
    points = [item for argument in arguments for item in _expanded(argument, arguments, scope)]
    if function.kind == "name" and function.args[0] in scope.arguments:
        return scope.having(**dict(zip(scope.arguments[function.args[0]], points, strict=True))).value(function.args[0])
    if function.kind == "prime":
        inner, order = function.args
        return calculus.nth_derivative(_in(scope, value(inner, scope)), *points, order, scope.exact)
    if function.kind == "derivative":
        return _partial_of_function(value(function.args[0], scope), function.args[1].args[0], points, scope)
    if function.kind == "jacobian":
        return calculus.jacobian(value(Node("name", function.args), scope), points, scope.exact)
    return value(function, scope)(*points)


def _expanded(argument, arguments, scope):
    """Return the values that an argument stands for; dots stand for all between their neighbours."""
    if argument.kind != "dots":
        return [value(argument, scope)]
    at = arguments.index(argument)
    return [value(part, scope) for part in between(arguments[at - 1], arguments[at + 1], scope)]


def _in(scope, function):
    return lambda *points: scope.clean(function(*points))


def _partial_of_function(function, name, points, scope):
    at = parameters(function).index(name)

    def moved(number):
        return scope.clean(function(*points[:at], number, *points[at + 1 :]))

    if np.ndim(points[at]):
        return calculus.by_array(moved, points[at], scope.exact)
    return calculus.derivative(moved, points[at], scope.exact)


def _derivative(node, scope, above, below):
    if above.kind == "name" and callable(scope.value(above.args[0])):
        function = scope.value(above.args[0])
        points = [scope.value(parameter) for parameter in parameters(function)]
        if below.kind == "name":
            return _partial_of_function(function, below.args[0], points, scope)
        whole = _partial_of_function(function, below.args[0].args[0], points, scope)
        return _index(None, scope.having(_whole=whole), Node("name", ("_whole",)), below.args[1])
    if below.kind == "name":
        return _by_name(lambda inner: value(above, inner), below.args[0], scope)
    if below.kind != "index":
        raise ValueError(f"cannot differentiate by a {below.kind}")
    name = below.args[0].args[0]
    array = scope.value(name)
    at = tuple(int(value(index, scope)) - 1 for index in below.args[1])
    at = (*at, 0) if array.ndim == 2 and array.shape[1] == 1 and len(at) == 1 else at

    def moved(number):
        copy = array.astype(object) if scope.exact else array.copy()
        copy[at] = number
        return value(above, scope.having(**{name: copy}))

    return calculus.derivative(moved, array[at], scope.exact)


def _by_name(worth, name, scope):
    """Differentiate something by a name of the scope, in the layout of the book."""
    name = scope.meant(name)
    at = scope.value(name)

    def moved(number):
        return worth(scope.having(**{name: number}))

    if np.ndim(at) == 0:
        return calculus.derivative(moved, at, scope.exact)
    return calculus.by_array(moved, at, scope.exact)


def _nabla(node, scope, by, body):
    if by is None and body.kind == "call" and body.args[0].kind == "name":
        return _gradient(value(body.args[0], scope), [value(part, scope) for part in body.args[1]], scope)
    if by is None and body.kind == "name" and callable(scope.value(body.args[0])):
        function = scope.value(body.args[0])
        return _gradient(function, [scope.value(name) for name in parameters(function)], scope)
    name = by or scope.nabla
    if name is None:
        raise LookupError("the entry does not say by what a gradient is taken")
    return _by_name(lambda inner: value(body, inner), name, scope)


def _gradient(function, points, scope):
    if len(points) == 1:
        return calculus.by_array(_in(scope, function), points[0], scope.exact)
    return calculus.jacobian(function, points, scope.exact).T


def _directional(node, scope, direction, body):
    function, arguments = body.args
    at, along = value(arguments[0], scope), value(direction, scope)
    worth = value(function, scope)
    return calculus.derivative(lambda t: scope.clean(worth(at + t * along)), 0, scope.exact)


def _jacobian(node, scope, name):
    function = scope.value(name)
    return calculus.jacobian(function, [scope.value(parameter) for parameter in parameters(function)], scope.exact)


def _limit(node, scope, name, to, body):
    direction = scope.value(name) if name in scope.given and np.ndim(scope.value(name)) else None

    def moved(t):
        return value(body, scope.having(**{name: t if direction is None else t * direction}))

    return calculus.limit(moved, value(to, scope), scope.exact, two_sided=direction is None)


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


def _sum(node, scope, domain, body):
    terms = [value(body, scope.having(**binding)) for binding in _bindings(domain, scope)]
    total = terms[0]
    for term in terms[1:]:
        total = values.add(total, term)
    return total


def _prod(node, scope, domain, body):
    return math.prod(value(body, scope.having(**binding)) for binding in _bindings(domain, scope))


def _integral(node, scope, limits, region, variables, body):
    if len({*variables}) < len(variables) or scope.variables & {*variables}:
        raise ValueError(f"two integrals by one variable, {' and '.join(variables)}")

    def worth(*numbers):
        inner = scope.having(**dict(zip(variables, numbers, strict=True)))
        inner.variables = scope.variables | {*variables}
        found = value(body, inner)
        if callable(found):  # as in ∫ f dx
            if parameters(found) != list(variables):
                raise ValueError(f"an integral by {variables} of a function of {parameters(found)}")
            found = scope.clean(found(*numbers))
        return found

    if limits is not None:
        pieces = [[tuple(value(limit, scope) for limit in limits)]]
    else:
        pieces = scope.regions[region or ""]
        if callable(pieces):
            return pieces(worth)
    return sum(calculus.integral(worth, piece, scope.exact) for piece in pieces)


def _between(node, scope, body, low, high):
    free = [name for name in sorted(names_in(body)) if name not in scope.given]
    if len(free) != 1:
        raise LookupError(f"a bracket between limits has one variable, got {free}")
    low, high = (value(body, scope.having(**{free[0]: value(end, scope)})) for end in (low, high))
    return high - low


def _matrix(node, scope, *rows):
    entries = [[values.scalar(value(entry, scope)) for entry in row] for row in filled(rows, scope)]
    return np.array(entries, dtype=object if scope.exact else float)


def _tuple(node, scope, *items):
    return np.array([[worth for item in items for worth in _expanded(item, items, scope)]])


def _cases(node, scope, *branches):
    for branch, condition in branches:
        relation, left, right = condition.args
        if (value(left, scope) == value(right, scope)) == (relation == "="):
            return value(branch, scope)
    raise ValueError("no case holds")


_RULES = {
    "number": _number,
    "constant": _constant,
    "name": _name,
    "index": _index,
    "add": _add,
    "neg": _neg,
    "mul": _binary(values.multiply),
    "dot": _binary(values.dot),
    "kron": _binary(np.kron),
    "div": _div,
    "power": _power,
    "transpose": lambda node, scope, part: values.transpose(value(part, scope)),
    "sqrt": lambda node, scope, part: values.sqrt(value(part, scope)),
    "norm": lambda node, scope, part: values.norm(value(part, scope)),
    "absolute": _absolute,
    "function": _function,
    "call": _call,
    "derivative": _derivative,
    "nabla": _nabla,
    "directional": _directional,
    "jacobian": _jacobian,
    "limit": _limit,
    "sum": _sum,
    "prod": _prod,
    "integral": _integral,
    "between": _between,
    "matrix": _matrix,
    "tuple": _tuple,
    "cases": _cases,
}
