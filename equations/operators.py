"""What calls, derivatives, limits and integrals are worth."""

from __future__ import annotations

import numpy as np

from equations import calculus
from equations.arithmetic import expanded, place
from equations.rules import rule, value
from equations.scope import parameters
from equations.syntax import Node, names_in


@rule("call")
def _call(scope, function, arguments):
    points = [item for argument in arguments for item in expanded(argument, arguments, scope)]
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


def _in(scope, function):
    return lambda *points: scope.clean(function(*points))


@rule("derivative")
def _derivative(scope, above, below):
    if above.kind == "name" and callable(scope.value(above.args[0])):
        function = scope.value(above.args[0])
        points = [scope.value(parameter) for parameter in parameters(function)]
        if below.kind == "name":
            return _partial_of_function(function, below.args[0], points, scope)
        whole = _partial_of_function(function, below.args[0].args[0], points, scope)
        return whole[place(whole, below.args[1], scope)]
    if below.kind == "name":
        return _by_name(lambda inner: value(above, inner), below.args[0], scope)
    if below.kind != "index":
        raise ValueError(f"cannot differentiate by a {below.kind}")
    name = below.args[0].args[0]
    array = scope.value(name)
    at = place(array, below.args[1], scope)

    def moved(number):
        copy = array.astype(object) if scope.exact else array.copy()
        copy[at] = number
        return value(above, scope.having(**{name: copy}))

    return calculus.derivative(moved, array[at], scope.exact)


def _partial_of_function(function, name, points, scope):
    at = parameters(function).index(name)

    def moved(number):
        return scope.clean(function(*points[:at], number, *points[at + 1 :]))

    if np.ndim(points[at]):
        return calculus.by_array(moved, points[at], scope.exact)
    return calculus.derivative(moved, points[at], scope.exact)


def _by_name(worth, name, scope):
    """Differentiate something by a name of the scope, in the layout of the book."""
    name = scope.meant(name)
    at = scope.value(name)

    def moved(number):
        return worth(scope.having(**{name: number}))

    if np.ndim(at) == 0:
        return calculus.derivative(moved, at, scope.exact)
    return calculus.by_array(moved, at, scope.exact)


@rule("nabla")
def _nabla(scope, by, body):
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


@rule("directional")
def _directional(scope, direction, body):
    function, arguments = body.args
    at, along = value(arguments[0], scope), value(direction, scope)
    worth = value(function, scope)
    return calculus.derivative(lambda t: scope.clean(worth(at + t * along)), 0, scope.exact)


@rule("jacobian")
def _jacobian(scope, name):
    function = scope.value(name)
    return calculus.jacobian(function, [scope.value(parameter) for parameter in parameters(function)], scope.exact)


@rule("limit")
def _limit(scope, name, to, body):
    direction = scope.value(name) if name in scope.given and np.ndim(scope.value(name)) else None

    def moved(t):
        return value(body, scope.having(**{name: t if direction is None else t * direction}))

    return calculus.limit(moved, value(to, scope), scope.exact, two_sided=direction is None)


@rule("integral")
def _integral(scope, limits, region, variables, body):
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


@rule("between")
def _between(scope, body, low, high):
    free = [name for name in sorted(names_in(body)) if name not in scope.given]
    if len(free) != 1:
        raise LookupError(f"a bracket between limits has one variable, got {free}")
    low, high = (value(body, scope.having(**{free[0]: value(end, scope)})) for end in (low, high))
    return high - low
