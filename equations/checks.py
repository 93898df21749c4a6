"""Check an equation: read it, give its symbols values, and compare the sides of every statement.

Floats come first, which finds a slip within milliseconds. An identity is then proved with symbols, and what
is evaluated exactly is evaluated again without floats.
"""

from __future__ import annotations

import itertools
import zlib
from functools import cache

import numpy as np

from equations import book
from equations.meaning import value
from equations.reading import read
from equations.registry import ENTRIES, Choice, Random
from equations.scope import Scope
from equations.syntax import Node, walk
from equations.values import numeric, proved, same, scalar

SCALES = tuple(2.0**-k for k in range(4, 8))


class WrongEquation(AssertionError):
    """A statement of the book does not hold."""


def check(label, latex=None, *, proof=True):
    """Check an equation of the book.

    Parameters
    ----------
    label : str
        As in the notebook.
    latex : str, optional
        Another text to check under the same entry, as the tests do with typos.
    proof : bool, optional
        Whether to prove what SymPy can prove, after the comparison in floats.

    Raises
    ------
    WrongEquation
        Where two sides differ.
    ReadingError, LookupError
        Where the text cannot be read, or uses a name that the entry does not explain.
    """
    entry = ENTRIES[label]
    if entry.read == "no":
        return
    latex = text_of(label) if latex is None else latex
    for scope in _drawn(label):
        _compare(entry, latex, scope)
    if proof and entry.kind in ("identity", "exact"):
        _compare(entry, latex, _symbolic(label))


@cache
def _drawn(label):
    """Return a scope for each trial, with random numbers that are the same in every run."""
    entry = ENTRIES[label]
    rng = np.random.default_rng(zlib.crc32(label.encode()))
    scopes = []
    for _ in range(entry.trials):
        drawn = {
            name: given.draw(rng) if isinstance(given, Random | Choice) else given
            for name, given in entry.given.items()
        }
        scopes.append(_scope(entry, drawn, exact=False))
    return scopes


@cache
def _symbolic(label):
    """Return a scope with symbols in place of random numbers."""
    given = ENTRIES[label].given
    symbols = {name: value.symbols(name) if isinstance(value, Random) else value for name, value in given.items()}
    return _scope(ENTRIES[label], symbols, exact=True)


def text_of(label):
    """Return the LaTeX of an equation of the book."""
    for equation in book.equations():
        if equation.label == label:
            return equation.latex
    raise LookupError(f"no equation of the book has the label {label}; its entry is to be renamed or removed")


def _scope(entry, given, exact):
    meaning = {name: getattr(entry, name) for name in ("sizes", "domains", "regions", "nabla", "arguments")}
    return Scope(given, entry.where, exact=exact, **meaning)


def _compare(entry, latex, scope):
    statements = read(latex, *scope.names())
    for at, statement in enumerate(statements):
        order = entry.order.get(at) if isinstance(entry.order, dict) else entry.order
        for indices in _indices(statement, entry):
            _hold(statement, order, entry, scope, indices, scope.sides)
        for (which, side), expected in entry.sides.items():
            if which == at:
                _require_equal(value(statement.sides[side], scope), scope.call(expected), entry, scope)


def _indices(statement, entry):
    """Yield every choice of the indices that a statement leaves open."""
    bound = {name for node in walk(statement) if node.kind == "all" for name in node.args}
    named = {node.args[0] for node in walk(statement) if node.kind == "name"}
    free = [name for name in entry.sizes if name in named and name not in bound]
    for choice in itertools.product(*(range(1, entry.sizes[name] + 1) for name in free)):
        indices = dict(zip(free, choice, strict=True))
        if not entry.apart or len({indices.get(name, name) for name in entry.apart}) > 1:
            yield indices


def _hold(statement, order, entry, scope, indices, known):
    """Require that every relation of a statement holds.

    `known` keeps what sides are worth: most sides of a text with a typo are those of the text without it.
    """
    scope = scope.having(**indices)

    def worth(side):
        key = (side, *indices.items())
        if key not in known:
            known[key] = value(side, scope)
        return known[key]

    for at, relation in enumerate(statement.relations):
        left, right = statement.sides[at : at + 2]
        approximate = relation in ("approx", "tends to") or Node("rest") in (*left.args, *right.args)
        if approximate and order is not None:
            _require_order(left, right, order, entry.vanishing, scope)
        elif relation == "maps to":
            source, image = entry.image
            _require_equal(scope.value(source), value(left, scope), entry, scope)
            _require_equal(scope.call(image), value(right, scope), entry, scope)
        elif relation == "becomes":
            after = scope.having(**{name: scope.call(step) for name, step in entry.after.items()})
            _require_equal(value(left, after), value(right, scope), entry, scope)
        elif relation in ("le", "ge"):
            small, large = (left, right) if relation == "le" else (right, left)
            _require_ordered(worth(small), worth(large))
        else:
            _require_equal(worth(left), worth(right), entry, scope)


def _require_equal(left, right, entry, scope):
    equal = proved(left, right) if scope.exact else same(left, right, entry.rtol)
    if not equal:
        raise WrongEquation(f"{entry.label}: the sides are {left} and {right}, expected the same")


def _require_ordered(small, large):
    small, large = float(small), float(large)
    if not small <= large + 1e-9 * max(1.0, abs(large)):
        raise WrongEquation(f"{small} is larger than {large}")


def _require_order(left, right, order, name, scope):
    """Require that the sides differ by an amount of exactly this order in a name that shrinks."""
    if scope.exact:
        return
    base = scope.value(name)
    errors = []
    for scale in SCALES:
        inner = scope.having(**{name: base * scale})
        gap = np.subtract(numeric(scalar(value(left, inner))), numeric(scalar(value(right, inner))))
        errors.append(float(np.max(np.abs(gap))))
    slopes = -np.diff(np.log2(errors))
    if not np.allclose(slopes[-1], order, atol=0.15):
        raise WrongEquation(f"the error shrinks with order {slopes[-1]:.2f} in {name}, expected {order}")
