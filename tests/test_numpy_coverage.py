"""Every function in NumPy's public namespaces: differentiated correctly, piecewise constant, or refused.

Each is called in many ways with a traced argument. Wherever plain NumPy returns floats, jaclib must return the
derivative that a stencil finds, or raise an error of its own. None may be silently wrong.
"""

import inspect

import numpy as np
import pytest
from oracles import stencil_jacobian

from jaclib import jacfwd, jacrev
from jaclib.backprop.complex_arrays import TracedComplex
from jaclib.backprop.coverage import DIFFERENTIATED, coverage
from jaclib.backprop.operations import ADAPTERS, PIECEWISE_CONSTANT, UFUNC_OPERATIONS
from jaclib.backprop.tracing import Traced, contains_traced

V = np.array([0.31, 0.83, 0.58, 1.19])
W = np.array([1.74, 0.98, 1.34, 0.43])
M = np.array([[1.31, 0.23, 0.47], [0.19, 2.06, 0.61], [0.37, 0.71, 1.83]])
N = np.array([[0.93, 1.21, 0.34], [0.52, 1.13, 0.82], [1.42, 0.21, 0.63]])
T = np.stack([M, N + 2.21 * np.eye(3)])

# The ways to call: where to differentiate, and the call. Constants are made anew each time, since some functions write.
CALLS = {
    "vector": (V, lambda f, x: f(x)),
    "matrix": (M, lambda f, x: f(x)),
    "stack of matrices": (T, lambda f, x: f(x)),
    "number": (V, lambda f, x: f(x[0])),
    "two numbers": (V, lambda f, x: f(x[0], x[1])),
    "list of arrays": (V, lambda f, x: f([x, W.copy()])),
    "list of numbers": (V, lambda f, x: f([x[0], x[1]])),
    "nested list": (M, lambda f, x: f([[x, x], [x, x]])),
    "two vectors": (V, lambda f, x: f(x, W.copy())),
    "constant vector first": (V, lambda f, x: f(W.copy(), x)),
    "zeros first": (V, lambda f, x: f(np.zeros(4), x)),
    "two matrices": (M, lambda f, x: f(x, N.copy())),
    "constant matrix first": (M, lambda f, x: f(N.copy(), x)),
    "two lists": (V, lambda f, x: f([x > 0.5], [x])),
    "3-vectors": (V[:3], lambda f, x: f(x, W[:3].copy())),
    "matrix and vector": (M, lambda f, x: f(x, W[:3].copy())),
    "stack and vector": (T, lambda f, x: f(x, W[:3].copy())),
    "vector and stack": (T, lambda f, x: f(W[:3].copy(), x)),
    "above 1": (V + 1.1, lambda f, x: f(x)),
    "vector, 1": (V, lambda f, x: f(x, 1)),
    "vector, 2": (V, lambda f, x: f(x, 2)),
    "vector, (2, 2)": (V, lambda f, x: f(x, (2, 2))),
    "matrix, 0": (M, lambda f, x: f(x, 0)),
    "matrix, 1": (M, lambda f, x: f(x, 1)),
    "matrix, 0, 1": (M, lambda f, x: f(x, 0, 1)),
    "matrix, (3, 3, 3)": (M, lambda f, x: f(x, (3, 3, 3))),
    "stack, 3": (np.stack([T, T[:, ::-1] + 0.1]), lambda f, x: f(x[..., :2, :2], 2)),
    "3, number": (V, lambda f, x: f(3, x[0])),
    "vector, integers": (V, lambda f, x: f(x, np.array([0, 2, 1]))),
    "matrix, integers, 1": (M, lambda f, x: f(x, np.array([[0], [2], [1]]), 1)),
    "vector, integer, value": (V, lambda f, x: f(x, 1, 0.5)),
    "mask, vector": (V, lambda f, x: f(W > 1, x)),
    "mask, vector, vector": (V, lambda f, x: f(W > 1, x, W.copy())),
    "vector, bounds": (V, lambda f, x: f(x, 0.4, 1.0)),
    "point, grid, values": (V, lambda f, x: f(W.copy(), np.sort(V), x)),
    "traced point, grid, values": (V, lambda f, x: f(x, np.array([0.0, 0.5, 0.9, 2.0]), W.copy())),
    "zeros, mask, vector": (V, lambda f, x: f(np.zeros(4), W > 1, x)),
    "zeros, integers, vector": (V, lambda f, x: f(np.zeros(4), [0, 1, 2, 3], x)),
    "zeros, integers, vector, 0": (V, lambda f, x: f(np.zeros(4), np.arange(4), x, 0)),
    "formula, matrix": (M, lambda f, x: f("ij->ji", x)),
    "function, axis, matrix": (M, lambda f, x: f(np.sum, 0, x)),
    "function, matrix, axis": (M, lambda f, x: f(np.sum, x, 0)),
    "vector, conditions, functions": (V, lambda f, x: f(x, [W > 1], [np.sin])),
    "function, vector": (V, lambda f, x: f(np.sin, x)),
    "shapes": (V, lambda f, x: f((4,), x)),
    "fit": (V, lambda f, x: f(np.arange(4.0), x, 1)),
}

# Not functions of arrays of real numbers: settings, files, types and text, whole numbers, or a value that is random.
NOT_APPLICABLE = {
    *("save", "savetxt", "savez", "savez_compressed", "load", "loadtxt", "fromfile", "genfromtxt", "fromregex"),
    *("show_config", "show_runtime", "test", "get_include", "info", "set_printoptions", "get_printoptions"),
    *("printoptions", "seterr", "geterr", "seterrcall", "geterrcall", "setbufsize", "getbufsize", "typename"),
    *("empty", "empty_like", "isdtype", "mintypecode", "frompyfunc", "nested_iters", "mask_indices", "bmat"),
    *("binary_repr", "fromstring", "datetime_as_string", "datetime_data", "isnat", "is_busday", "busday_count"),
    *("busday_offset", "bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_left_shift", "bitwise_right_shift"),
    *("left_shift", "right_shift", "gcd", "lcm", "packbits", "unpackbits", "ravel_multi_index", "unravel_index"),
    *("broadcast_shapes", "eye", "indices", "fromiter", "fromfunction", "from_dlpack", "frombuffer"),
}


def public_functions():
    for prefix, module in (("np", np), ("np.linalg", np.linalg), ("np.fft", np.fft)):
        for name in sorted(dir(module)):
            function = getattr(module, name)
            if callable(function) and not name.startswith("_") and not inspect.isclass(function):
                yield f"{prefix}.{name}", function


FUNCTIONS = dict(public_functions())
COVERAGE = coverage()


def floats(y):
    """Return every float of a result, in one vector."""
    if isinstance(y, (list, tuple)):
        parts = [floats(item) for item in y]
        return np.concatenate(parts) if parts else np.zeros(0)
    if type(y) is Traced:
        return np.ravel(y)
    if type(y) is not TracedComplex:
        y = np.asarray(y)
        assert y.dtype.kind != "O" or not contains_traced(y.ravel().tolist()), "a traced value inside an object array"
    if y.dtype.kind == "c":
        return np.concatenate([np.ravel(np.real(y)), np.ravel(np.imag(y))])
    return y.ravel() if y.dtype.kind == "f" else np.zeros(0)


def is_ours(error):
    message = " ".join([str(error), *getattr(error, "__notes__", [])])
    return "jaclib" in message or message.startswith(("jacrev: ", "jacfwd: ", "np."))


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.filterwarnings("ignore")
def test_right_or_refused(name):
    function = FUNCTIONS[name]
    if name.split(".")[-1] in NOT_APPLICABLE:
        assert function not in ADAPTERS
        assert function not in UFUNC_OPERATIONS
        assert COVERAGE[name] in ("not applicable", "piecewise constant")
        return
    outcomes, varies = {}, {}
    for label, (x, call) in CALLS.items():
        try:
            plain = call(function, x.copy())
            expected = stencil_jacobian(lambda x, call=call: floats(call(function, np.array(x))), x, h=5e-4)
        except Exception:  # this is not a way to call it
            continue
        if not np.isfinite(expected).all() or not np.isfinite(floats(plain)).all():
            continue
        outcomes[label], varies[label] = [], bool(np.any(expected))
        for transform in (jacrev, jacfwd):
            try:
                before = x.copy()
                got = transform(lambda x, call=call: floats(call(function, x)))(x)
            except Exception as error:
                np.testing.assert_array_equal(x, before, err_msg=f"{label}: wrote into the argument")
                outcomes[label].append("refused" if is_ours(error) else repr(error))
                continue
            assert plain is not None, f"{label}: writes in place, and did not raise"
            assert got.shape == expected.shape, label
            np.testing.assert_allclose(got, expected, rtol=1e-7, atol=1e-7, err_msg=label)
            outcomes[label].append("right")
    assert not [o for both in outcomes.values() for o in both if o not in ("right", "refused")]
    assert_the_table_says_so(name, outcomes, varies)


def assert_the_table_says_so(name, outcomes, varies):
    """The coverage table of the book claims what was seen here, and no more."""
    right = {label for label, both in outcomes.items() if both == ["right", "right"]}
    moving = {label for label in outcomes if varies[label]}
    status = COVERAGE[name]
    if status in DIFFERENTIATED:
        assert right & moving, f"no call shows a derivative other than zero: {outcomes}"
    elif status == "piecewise constant":
        assert right, f"no call shows that it works: {outcomes}"
        assert not moving
    elif status == "refused":
        assert not right & moving, f"differentiated after all: {outcomes}"
    else:
        assert status == "not applicable"


def test_the_table_has_every_public_name():
    assert COVERAGE.keys() >= FUNCTIONS.keys()
    assert all(inspect.isclass(eval(name)) for name in COVERAGE.keys() - FUNCTIONS.keys())
    assert {COVERAGE[name] for name in COVERAGE.keys() - FUNCTIONS.keys()} == {"not applicable"}


def test_adapters_take_arguments_in_numpys_order():
    """An adapter that left out or renamed a positional argument would read the next one in its place."""
    for function, adapter in ADAPTERS.items():
        if not callable(function):
            continue
        try:
            theirs = list(inspect.signature(function).parameters.values())
        except ValueError:
            continue
        ours = list(inspect.signature(adapter).parameters.values())
        positional = [p.name for p in ours if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
        if any(p.kind is p.VAR_POSITIONAL for p in (*ours, *theirs)):
            continue
        assert positional == [p.name for p in theirs[: len(positional)]], function.__name__


def test_defaults_are_numpys():
    for function, adapter in ADAPTERS.items():
        if not callable(function) or isinstance(function, np.ufunc):
            continue
        try:
            theirs = inspect.signature(function).parameters
        except ValueError:
            continue
        for name, p in inspect.signature(adapter).parameters.items():
            if p.default is not p.empty and name in theirs:
                default = theirs[name].default
                if default is not np._NoValue:
                    assert p.default == default, (function.__name__, name)


def test_piecewise_constant_functions_have_no_rule_as_well():
    assert not PIECEWISE_CONSTANT & (set(ADAPTERS) | set(UFUNC_OPERATIONS))
