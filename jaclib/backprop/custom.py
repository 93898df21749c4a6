"""Your own derivative rules: for a function that NumPy cannot trace, or whose derivative is known in a better form.

Both decorators follow JAX in name and form. A rule is trusted in what it computes and checked in what it returns: an
entry per argument, each of the argument's shape.
"""

from __future__ import annotations

import functools

import numpy as np

from jaclib._validate import real_array, require_callable
from jaclib.backprop.containers import flatten, rebuild
from jaclib.backprop.gradients import vjp
from jaclib.backprop.operations import Operation
from jaclib.backprop.structure import lead
from jaclib.backprop.tracing import Traced, strip

__all__ = ["custom_jvp", "custom_vjp"]


def _directions(extended, array):
    """Iterate over the rows of a batch of tangents or cotangents, and say whether it was one."""
    front = lead(extended, array)
    return (list(extended), True) if front else ([extended], False)


def _check(name, rule, what, given, expected):
    if np.iscomplexobj(strip(given)):
        raise TypeError(f"{name}: {rule} returned {what} that is complex; jaclib differentiates real functions.")
    if np.shape(strip(given)) != tuple(expected):
        raise ValueError(
            f"{name}: {rule} returned {what} of shape {np.shape(strip(given))}, expected {tuple(expected)}. "
            "A tangent or cotangent has the shape of the value that it belongs to."
        )
    return given


def _own(x):
    return x if type(x) is Traced or not isinstance(x, np.ndarray) else x.copy()


def _real(name, value):
    """Return the value of a custom function as an array of its own, or refuse it."""
    return value if type(value) is Traced else np.array(real_array(name, "the value", value))[()]


class _Custom:
    """What both decorators share: the function, and the name it is known by."""

    def __init__(self, f):
        require_callable(type(self).__name__, f)
        functools.update_wrapper(self, f)
        self.f = f
        self.name = getattr(f, "__name__", "custom function")

    def _require(self, rule):
        if rule is None:
            raise TypeError(
                f"{self.name}: no rule was given to {type(self).__name__}. "
                f"Give it with {self.name}.{self._how} before use."
            )


class custom_vjp(_Custom):
    """Give a function its own pullback.

    Parameters
    ----------
    f : callable
        Function of positional arrays; returns one array or number.

    Raises
    ------
    TypeError
        If `f` is not callable, no rule was given, or forward mode (`jvp`, `jacfwd`) meets the function.
    ValueError
        If the rule returns a wrong number of cotangents, or one of a wrong shape.

    See Also
    --------
    custom_jvp : A rule that serves both modes.

    Notes
    -----
    ``f.defvjp(forward, backward)``: ``forward(*args)`` returns ``(value, residuals)``, ``backward(residuals,
    cotangent)`` a tuple with one cotangent per argument. Where a whole Jacobian is asked for, `backward` is called
    once per row.

    Examples
    --------
    A function whose naive derivative would be nan / nan at large arguments:

    >>> import numpy as np
    >>> from jaclib import custom_vjp, grad
    >>> @custom_vjp
    ... def softplus(x):
    ...     return np.log(1 + np.exp(x))
    >>> softplus.defvjp(
    ...     lambda x: (np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))), x),
    ...     lambda x, g: (g * 0.5 * (1 + np.tanh(x / 2)),),
    ... )
    >>> float(grad(softplus)(1000.0))
    1.0
    """

    _how = "defvjp(forward, backward)"

    def __init__(self, f):
        super().__init__(f)
        self.forward = self.backward = None

    def defvjp(self, forward, backward):
        """Set the rule: ``forward(*args) -> (value, residuals)``, ``backward(residuals, cotangent) -> tuple``."""
        require_callable("defvjp", forward)
        require_callable("defvjp", backward)
        self.forward, self.backward = forward, backward

    def __call__(self, *args):
        """Evaluate the function; on traced arguments, with its own rule."""
        if not any(type(x) is Traced for x in args):
            return self.f(*args)
        self._require(self.forward)
        kept = {}

        def compute(*values):
            value, residuals = self.forward(*values)
            # Copies: a rule may keep its arguments, or work in a buffer that its next call writes over.
            kept["residuals"] = rebuild(residuals, iter([_own(leaf) for _, leaf in flatten(residuals)]))
            return _real(self.name, value)

        def pull_back(argnum, g, result, *values):
            rows, batched = _directions(g, result)
            shares = [self._row(kept["residuals"], row, values)[argnum] for row in rows]
            return np.stack(shares) if batched else shares[0]

        def push_forward(*_):
            raise TypeError(
                f"{self.name}: it has a reverse-mode rule only (custom_vjp), so jvp and jacfwd cannot pass through it. "
                "Give it a custom_jvp rule, which serves both modes."
            )

        return Operation(compute, self.name, vjps=pull_back, jvps=push_forward)(*args)

    def _row(self, residuals, g, values):
        cotangents = self.backward(residuals, g)
        if not isinstance(cotangents, tuple) or len(cotangents) != len(values):
            count = len(cotangents) if isinstance(cotangents, tuple) else type(cotangents).__name__
            raise ValueError(
                f"{self.name}: backward returned {count}, expected a tuple of {len(values)} cotangents, "
                "one per argument."
            )
        return [
            _check(self.name, "backward", "a cotangent", c, np.shape(strip(x)))
            for c, x in zip(cotangents, values, strict=True)
        ]


class custom_jvp(_Custom):
    """Give a function its own pushforward; reverse mode follows by transposing it.

    Parameters
    ----------
    f : callable
        Function of positional arrays; returns one array or number.

    Raises
    ------
    TypeError
        If `f` is not callable, or no rule was given.
    ValueError
        If the rule returns a tangent of a wrong shape.

    See Also
    --------
    custom_vjp : For a function that only reverse mode will meet.

    Notes
    -----
    ``@f.defjvp`` decorates ``rule(primals, tangents)``, which returns ``(value, tangent)`` and is linear in the
    tangents, in plain NumPy. Where a whole Jacobian is asked for, it is called once per column.

    Examples
    --------
    >>> import numpy as np
    >>> from jaclib import custom_jvp, grad, jvp
    >>> @custom_jvp
    ... def cube(x):
    ...     return x**3
    >>> @cube.defjvp
    ... def cube_rule(primals, tangents):
    ...     (x,), (t,) = primals, tangents
    ...     return cube(x), 3 * x**2 * t
    >>> float(grad(cube)(2.0)), float(jvp(cube, (2.0,), (1.0,))[1])
    (12.0, 12.0)
    """

    _how = "defjvp(rule)"

    def __init__(self, f):
        super().__init__(f)
        self.rule = None

    def defjvp(self, rule):
        """Set the rule ``rule(primals, tangents) -> (value, tangent)``; returns it, so that it works as a decorator."""
        require_callable("defjvp", rule)
        self.rule = rule
        return rule

    def __call__(self, *args):
        """Evaluate the function; on traced arguments, with its own rule."""
        if not any(type(x) is Traced for x in args):
            return self.f(*args)
        self._require(self.rule)

        def tangent(argnum, t, result, values):
            tangents = tuple(t if i == argnum else np.zeros(np.shape(strip(x))) for i, x in enumerate(values))
            return _check(self.name, "the rule", "a tangent", self.rule(values, tangents)[1], np.shape(strip(result)))

        def push_forward(argnum, t, result, *values):
            rows, batched = _directions(t, values[argnum])
            columns = [tangent(argnum, row, result, values) for row in rows]
            return np.stack(columns) if batched else columns[0]

        def pull_back(argnum, g, result, *values):
            # The rule is linear in the tangent, so its own pullback, taken anywhere, is its transpose.
            _, transposed = vjp(lambda t: tangent(argnum, t, result, values), np.zeros(np.shape(strip(values[argnum]))))
            rows, batched = _directions(g, result)
            shares = [transposed(row)[0] for row in rows]
            return np.stack(shares) if batched else shares[0]

        def compute(*values):
            value = self(*values) if any(type(x) is Traced for x in values) else self.f(*values)
            return _real(self.name, value)

        return Operation(compute, self.name, vjps=pull_back, jvps=push_forward)(*args)
