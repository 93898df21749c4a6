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
    """Return which entries of a result are nan and stay so when the arguments change a little; None if there are none.

    `values` are the arguments; what the tape has not kept has no entries to look at.
    """
    missing = _is_nan(result)
    if missing is None or operation.name in _WITH_A_DOMAIN:
        return missing
    inherited = [found for found in map(_is_nan, values) if found is not None]
    if not inherited:
        return None
    if operation.partials is not None:
        for found in inherited[1:]:
            inherited[0] = inherited[0] | found
        missing = missing & inherited[0]
    elif not callable(operation.vjps) and not any(_entries(x).dtype.kind == "O" for x in values):
        # What is nan without the nan that came in is nan for another reason.
        others = _is_nan(operation.compute(*map(without, values), **options))
        missing = missing if others is None else missing & ~others
    return missing if missing.any() else None


def _entries(x):
    return np.asarray(strip(x))


def _is_nan(x):
    plain = _entries(x)
    if plain.dtype.kind != "f":
        return None
    found = np.isnan(plain)
    return found if found.any() else None


def without(x):
    """Return an argument of a rule with some number in place of nan: it meets a cotangent of 0."""
    missing = _is_nan(x)
    return x if missing is None else np.where(missing, 1.0, x)
