"""The page "The same in JAX, PyTorch and SymPy": its code runs, and every library finds the same numbers.

The code is in ``book/elsewhere/with_*.py``, one file per library with a section for each task; the page shows the
sections side by side. Here stand the answers, by closed forms in plain NumPy, and where the libraries differ.

    python tools/elsewhere.py             run what is installed here
    python tools/elsewhere.py --all       run all of them, as `make elsewhere` does; a missing one is an error
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import runpy
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "book" / "elsewhere"

# As the page names it: the package to import, and the file.
LIBRARIES = {
    "jaclib": ("jaclib", "with_jaclib.py"),
    "JAX": ("jax", "with_jax.py"),
    "PyTorch": ("torch", "with_pytorch.py"),
    "SymPy": ("sympy", "with_sympy.py"),
    "autograd": ("autograd", "with_autograd.py"),
}


def _network():
    """Return the loss of the small network and its gradients: the sweep back of chapter 1, written out."""
    X = np.array([[1.0, -2.0], [0.5, 1.0], [-1.0, 0.0]])
    T = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    W1, b1 = np.array([[1.0, -0.5, 0.2], [0.3, 0.8, -1.0]]), np.array([0.1, 0.0, -0.2])
    W2, b2 = np.array([[0.7, -1.0], [0.4, 0.5], [-0.6, 0.9]]), np.array([0.0, 0.3])
    hidden = np.tanh(X @ W1 + b1)
    exponentials = np.exp(hidden @ W2 + b2)
    p = exponentials / exponentials.sum(axis=1, keepdims=True)
    G2 = (p - T) / len(X)
    G1 = (G2 @ W2.T) * (1 - hidden**2)
    gradients = {"W1": X.T @ G1, "b1": G1.sum(axis=0), "W2": hidden.T @ G2, "b2": G2.sum(axis=0)}
    return -np.log((p * T).sum(axis=1)).mean(), gradients


def _answers():
    """Return what each section finds, name by name; (x, y), (x, y, z) and w as in the code."""
    x, y, z = 2.0, -1.0, 3.0
    J = np.array([[z, 0, x], [1, 2 * y * z, y**2]])
    second = np.array([[0.0, 0, 1], [1, 0, 4]])  # the same at (1, 2, 0)
    a, b, w = -1.0, 2.0, 2.0
    hessian = np.array([[6 * a * b, 3 * a**2 + 4 * b], [3 * a**2 + 4 * b, 4 * a]])
    value, gradients = _network()
    return {
        "gradient": {"gradient": [3 * a**2 * b + 2 * b**2, a**3 + 4 * a * b]},
        "network": {"value": value, "gradients": gradients},
        "jacobian": {"by_columns": J, "by_rows": J, "by_rules": J},
        "products": {"pushed": J @ [1, -1, 2], "pulled": J.T @ [1, -1]},
        "hessian": {"hessian_product": hessian @ [1, -1]},
        "batch": {"jacobians": np.stack([J, second])},
        "custom": {"slope": 1 / (1 + np.exp(-np.log(3)))},
        "determinant": {"log_det": np.log(1 + 0.5 / 2 + 0.25**2 / 2)},
        "stop": {"stopped": (w**2 - w**3) * 2 * w},
        "branch": {"branch_slope": 2 * (11 / 4 - 2) / 4},
        "entry": {"entry_gradient": [0, 2 * 2, 2 * 3]},
    }


ANSWERS = _answers()
ABSENT = {"SymPy": {"by_columns", "by_rows"}}  # SymPy has rules, not modes; the others have no by_rules

# Where the libraries differ, as each reports it: what the page's table says, and for which name in `facts`.
FACTS = {
    "type": (
        "type of `1.5`, by default",
        {"jaclib": "float64", "JAX": "float32", "PyTorch": "float32", "SymPy": "exact", "autograd": "float64"},
    ),
    "shape": (
        "shape of the Jacobian of $W \\mapsto W x$, for $W$ of shape (2, 3)",
        {
            "jaclib": (2, 2, 3),
            "JAX": (2, 2, 3),
            "PyTorch": (2, 2, 3),
            "SymPy": (2, 3, 2),
            "autograd": (2, 2, 3),
        },
    ),
    "max": (
        "slope of $\\max(x, 0)$ at 0",
        {"jaclib": 0.5, "JAX": 0.5, "PyTorch": 0.5, "SymPy": 0.5, "autograd": 0.5},
    ),
    "relu": ("slope of the library's own `relu` at 0", {"JAX": 0, "PyTorch": 0}),
    "abs": ("slope of $\\lvert x \\rvert$ at 0", {"jaclib": 0, "JAX": 1, "PyTorch": 0, "SymPy": 0, "autograd": 0}),
    "whole": ("derivative of $n^2$ at the whole number 3", {"jaclib": 6}),
    "added up": ("`w.grad` after two calls of `backward` on $w^2$ at 3", {"PyTorch": 12}),
}


def section(library: str, task: str) -> str:
    """Return the code of one task in one library, as the page shows it."""
    text = (FOLDER / LIBRARIES[library][1]).read_text(encoding="utf-8")
    found = re.search(rf"^# --- {task}\n(.*?)^# --- ", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"{LIBRARIES[library][1]} has no section {task!r}: expected a line '# --- {task}'")
    return found[1].strip()


def numbers(value):
    """Return what a library gave as NumPy's float64, whatever its own arrays are."""
    if isinstance(value, dict):
        return {name: numbers(entry) for name, entry in value.items()}
    return np.asarray(value.detach() if hasattr(value, "detach") else value).astype(float)


def agree(got, expected) -> bool:
    """Return whether the numbers are equal to 12 digits, in the same shape; SymPy's columns and rows are vectors."""
    if isinstance(expected, dict):
        return got.keys() == expected.keys() and all(agree(got[name], expected[name]) for name in expected)
    expected = np.asarray(expected, dtype=float)
    if got.shape != expected.shape and got.size == max(got.shape, default=1):
        got = got.ravel()
    return got.shape == np.shape(expected) and np.allclose(got, expected, rtol=1e-12, atol=1e-13)


def check(library: str) -> list[str]:
    """Run the code of one library; return what is wrong with it, in words."""
    names = runpy.run_path(str(FOLDER / LIBRARIES[library][1]))
    absent = ABSENT.get(library, {"by_rules"})
    wrong = []
    for task, answers in ANSWERS.items():
        for name in answers.keys() - absent:
            got = numbers(names[name])
            if not agree(got, answers[name]):
                wrong.append(f"{library}, {task}: {name} is {got}, expected {answers[name]}")
    for error, call in names["refused"]:
        try:
            call()
            wrong.append(f"{library}: {call} raises nothing, expected {error}")
        except Exception as raised:
            if type(raised).__name__ != error:
                wrong.append(f"{library}: {call} raises {type(raised).__name__}, expected {error}")
    expected = {key: values[library] for key, (_, values) in FACTS.items() if library in values}
    if names["facts"].keys() != expected.keys():
        wrong.append(f"{library}: the facts are {sorted(names['facts'])}, expected {sorted(expected)}")
    for key in names["facts"].keys() & expected.keys():
        got = names["facts"][key]
        same = got == expected[key] if isinstance(got, str) else np.array_equal(numbers(got), expected[key])
        if not same:
            wrong.append(f"{library}: {FACTS[key][0]} is {got}, expected {expected[key]}")
    return wrong


def installed() -> list[str]:
    """Return the libraries that can be imported here."""
    return [library for library, (package, _) in LIBRARIES.items() if importlib.util.find_spec(package)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="a library that is not installed is an error")
    names = list(LIBRARIES) if parser.parse_args().all else installed()
    wrong = [line for library in names for line in check(library)]
    print("\n".join(wrong) or f"The same numbers in {', '.join(names)}.")
    return bool(wrong)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # the benchmarks' environment has no jaclib of its own
    sys.exit(main())
