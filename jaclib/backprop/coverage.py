"""Which of NumPy's functions can be differentiated, read off the very tables in which dispatch looks them up."""

from __future__ import annotations

import inspect

import numpy as np

from jaclib.backprop import contractions, decompositions, eigen, picking, structure
from jaclib.backprop.operations import ADAPTERS, PIECEWISE_CONSTANT, UFUNC_OPERATIONS, Operation

__all__ = ["DIFFERENTIATED", "coverage"]

DIFFERENTIATED = ("elementwise", "own rule", "composed")

_NAMESPACES = (("np", np), ("np.linalg", np.linalg), ("np.fft", np.fft))

# What has no derivative to speak of, and why: the function takes no array of real numbers, or its result does not
# depend on the entries. Each is a name in one of the namespaces, or in several of them ("test").
_NOT_APPLICABLE = {
    "makes an array from a shape or a count": (
        *("empty", "eye", "identity", "ones", "zeros", "indices", "tri", "fromfunction", "fromiter", "mask_indices"),
        *("diag_indices", "tril_indices", "triu_indices", "bartlett", "blackman", "hamming", "hanning", "kaiser"),
        *("fftfreq", "rfftfreq"),
    ),
    "reads, writes or prints": (
        *("save", "savetxt", "savez", "savez_compressed", "load", "loadtxt", "fromfile", "fromregex", "genfromtxt"),
        *("frombuffer", "fromstring", "from_dlpack", "base_repr", "binary_repr", "bmat"),
        *("format_float_positional", "format_float_scientific", "array_repr", "array_str", "array2string"),
    ),
    "settings and information": (
        *("geterr", "geterrcall", "seterr", "seterrcall", "getbufsize", "setbufsize", "get_include", "info", "test"),
        *("get_printoptions", "set_printoptions", "printoptions", "show_config", "show_runtime"),
    ),
    "types, shapes and memory": (
        *("broadcast_shapes", "can_cast", "common_type", "isdtype", "isscalar", "issubdtype", "iterable"),
        *("may_share_memory", "min_scalar_type", "mintypecode", "promote_types", "shares_memory", "typename"),
        *("einsum_path", "frompyfunc", "nested_iters"),
    ),
    "whole numbers, bits and dates": (
        *("bitwise_and", "bitwise_count", "bitwise_invert", "bitwise_left_shift", "bitwise_not", "bitwise_or"),
        *("bitwise_right_shift", "bitwise_xor", "invert", "left_shift", "right_shift", "packbits", "unpackbits"),
        *("gcd", "lcm", "ravel_multi_index", "unravel_index", "ix_", "isnat", "busday_count", "busday_offset"),
        *("is_busday", "datetime_as_string", "datetime_data"),
    ),
}
_NAMES_NOT_APPLICABLE = frozenset(name for names in _NOT_APPLICABLE.values() for name in names)


def coverage():
    """Return how jaclib treats each public function of NumPy.

    Returns
    -------
    dict of str to str
        For every public callable of ``numpy``, ``numpy.linalg`` and ``numpy.fft``, such as ``"np.linalg.solve"``:

        - ``"elementwise"``: differentiated, by its partial derivatives;
        - ``"own rule"``: differentiated, by a rule for the whole array;
        - ``"composed"``: differentiated, as it is written in terms of functions that have rules;
        - ``"piecewise constant"``: its derivative is zero, or its result is not a float; plain numbers come out;
        - ``"refused"``: it raises on what is being differentiated;
        - ``"not applicable"``: types, and functions that do not take an array of real numbers.

    Notes
    -----
    The names are those of the installed NumPy. Nothing is listed by hand but what is not applicable.

    Examples
    --------
    >>> status = coverage()
    >>> status["np.tanh"], status["np.linalg.solve"], status["np.var"]
    ('elementwise', 'own rule', 'composed')
    >>> status["np.floor"], status["np.unique"], status["np.savetxt"]
    ('piecewise constant', 'refused', 'not applicable')
    """
    modules = (structure, picking, contractions, decompositions, eigen)
    ruled = {op.name for module in modules for op in vars(module).values() if type(op) is Operation}
    found = {}
    for prefix, namespace in _NAMESPACES:
        for name in sorted(dir(namespace)):
            function = getattr(namespace, name)
            if callable(function) and not name.startswith("_"):
                found[f"{prefix}.{name}"] = _status(function, name, ruled)
    return found


def _status(function, name, ruled):
    if inspect.isclass(function) or name in _NAMES_NOT_APPLICABLE:
        return "not applicable"
    if function in UFUNC_OPERATIONS:
        return "elementwise"
    if function in ADAPTERS:
        # By the function's own name, so that an alias (np.concat) is treated as what it stands for.
        full = f"{function.__module__}.{function.__name__}".removeprefix("numpy.")
        return "own rule" if full in ruled else "composed"
    if function in PIECEWISE_CONSTANT:
        return "piecewise constant"
    return "refused"
