"""Entries that are nan, and stay nan nearby: missing data, and arguments outside a function's domain.

Where a function returns finite numbers, such an entry cannot have reached them: `np.where`, `np.nansum` or a mask has
left it out, at this point and at all points close by. Its derivative is 0. Computed as a product it would be 0 · nan,
so when a derivative comes out as nan it is computed once more, around these entries.

A nan that is not so by its surroundings, such as 0 / 0, is another matter: the function has a value next to it, and its
derivative is not known. It stays nan, and is refused.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.tracing import strip

# Undefined for a whole region of arguments, not at single points only.
_WITH_A_DOMAIN = {
    *("sqrt", "log", "log2", "log10", "log1p", "arcsin", "arccos", "arccosh", "arctanh", "power", "float_power"),
}


def gaps(operation, result, values, options):
    """Return what the entries of a result let through, None if there is no nan among them.

    Parameters
    ----------
    operation : Operation
        What was computed.
    result : array
        Its result.
    values, options : list, dict
        Its arguments; what the tape has not kept has no entries to look at.

    Returns
    -------
    array or None
        0 for nan that stays so when the arguments change a little, nan for any other, 1 for numbers.
    """
    undefined = _is_nan(result)
    if undefined is None:
        return None
    return np.where(undefined, np.where(_stays(operation, undefined, values, options), 0.0, np.nan), 1.0)


def _stays(operation, undefined, values, options):
    if operation.name in _WITH_A_DOMAIN:
        return undefined
    missing = [found for found in map(_is_nan, values) if found is not None]
    if not missing:
        return False
    if operation.partials is not None:
        return np.logical_or.reduce(np.broadcast_arrays(*missing, np.zeros_like(undefined)))
    if callable(operation.vjps) or any(_entries(x).dtype.kind == "O" for x in values):
        return undefined
    # What is nan without the nan that came in is nan for another reason.
    others = _is_nan(operation.compute(*map(without, values), **options))
    return undefined if others is None else ~others


def _entries(x):
    return np.asarray(strip(x))


def _is_nan(x):
    plain = _entries(x)
    if plain.dtype.kind != "f":
        return None
    found = np.isnan(plain)
    return found if found.any() else None


def through(t, open_):
    """Return a tangent or cotangent with 0 and nan where `gaps` has them."""
    return np.where(open_ == 1, t, open_)


def without(x):
    """Return an argument of a rule with some number in place of nan: it meets a cotangent of 0."""
    missing = _is_nan(x)
    return x if missing is None else np.where(missing, 1.0, x)
