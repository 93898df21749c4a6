"""What goes into a transform and what comes out: validated here, in the same words for all of them."""

from __future__ import annotations

import functools

import numpy as np

from jaclib._validate import describe, is_finite, real_array
from jaclib.backprop.containers import flatten, is_container
from jaclib.backprop.tracing import Traced, strip

# Rows (or columns) of a Jacobian that travel together: so many that one batch of them holds about this many numbers.
BATCH_ENTRIES = 2**22


def batch_length(widest):
    """Return how many directions may travel together where the widest array has `widest` entries."""
    return max(1, BATCH_ENTRIES // max(widest, 1))


def primal(where, name, value):
    """Return an argument as a real, finite array or number, or as it is when an enclosing trace differentiates it."""
    if type(value) is Traced:
        return value
    array = real_array(where, name, value)
    # A number behaves as NumPy's scalars do: x += 1 then rebinds, and never writes into the caller's memory.
    return array if array.ndim else array[()]


def primals_of(where, kind, number, container):
    """Return the arrays of an argument, validated."""
    name = f"{kind} {number}"
    if type(container) is np.ndarray or type(container) is Traced:
        return [primal(where, name, container)]
    leaves = flatten(container)
    if not leaves:
        raise TypeError(f"{where}: {name} has no arrays in it, got {describe(container)}. Pass at least one array.")
    return [primal(where, name + "".join(f"[{key!r}]" for key in path), leaf) for path, leaf in leaves]


def output(where, y, trace):
    """Check what the function returned: one real, finite array, traced or plain."""
    if type(y) is Traced and y.owner is not trace and not y.owner.open:
        y.owner.refuse_leak()
    if type(y) is not Traced:
        if y is None:
            raise TypeError(f"{where}: the function returned None. It has to return its value.")
        if isinstance(y, (list, tuple, dict)):
            raise TypeError(
                f"{where}: the function returned a {type(y).__name__}, expected one array. "
                "Join the components with np.stack (or np.concatenate) before returning them."
            )
        y = real_array(where, "the function's result", y)
        y = y if y.ndim else y[()]
    elif not is_finite(strip(y)):
        raise ValueError(
            f"{where}: the function's result has an entry that is nan or infinite, expected finite numbers. "
            "Check that the point lies inside the function's domain."
        )
    return y


def refuse_infinite(where):
    """Raise: a derivative is not finite."""
    raise ValueError(
        f"{where}: the derivative has an entry that is nan or infinite. The function is not differentiable at this "
        "point, or an intermediate result over- or underflows (np.where does not hide log(0) or sqrt(0) in the "
        "branch not taken: move the bad argument away inside it)."
    )


def refuse_array(where, y):
    """Raise: the function returned an array where a single number is needed."""
    raise TypeError(
        f"{where}: the function returned an array of shape {y.shape}, expected a single number. "
        "Reduce it (np.sum, np.mean), or ask for all its derivatives with jacrev or jacfwd."
    )


@functools.lru_cache(maxsize=256)
def _positions_among(where, numbers, count):
    for i in numbers:
        if not -count <= i < count:
            raise ValueError(
                f"{where}: argnums has {i}, but the function was called with {count} positional argument(s). "
                "Pass the arguments to differentiate by position."
            )
    positions = tuple(i % count for i in numbers)
    if len(set(positions)) < len(positions):
        raise ValueError(f"{where}: argnums names an argument twice, got {numbers}.")
    return positions


def argnums_of(where, argnums):
    """Return `argnums` as a tuple of integers, and whether it was a single one."""
    single = not isinstance(argnums, (tuple, list))
    numbers = (argnums,) if single else tuple(argnums)
    if not numbers or not all(isinstance(i, (int, np.integer)) and not isinstance(i, bool) for i in numbers):
        raise TypeError(f"{where}: argnums must be an int or a tuple of ints, got {argnums!r}.")
    return numbers, single


def positions_of(where, numbers, args):
    """Return the positions of the arguments that `argnums` names."""
    return _positions_among(where, numbers, len(args))


def call(f, args, options):
    """Call the function; where NumPy's own message hides what went wrong, add a note that says it."""
    try:
        return f(*args, **options)
    except ValueError as error:
        if "read-only" in str(error):
            error.add_note(
                "jaclib: the function writes into an array that it has used with a traced value. The derivative needs "
                "what it held, so write into a copy (x = x.copy()) or make a new array."
            )
        elif error.__cause__ is not None and "jaclib: " in str(error.__cause__):
            error.add_note(
                "jaclib: the function writes a traced value into a plain array (out[i] = a), which would lose the "
                "derivative. Collect the entries in a list and join them with np.stack."
            )
        raise


def require_arrays(where, args, positions):
    """Raise if an argument to differentiate is a container."""
    for i in positions:
        if is_container(args[i]):
            raise TypeError(
                f"{where}: argument {i} is a {type(args[i]).__name__}, expected one array. "
                "Pass its arrays as separate arguments and name them in argnums."
            )
