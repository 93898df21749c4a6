"""From a tree to an array of numbers: exact where it can be, with 60 digits elsewhere, and bounded in size."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from jaclib.exercises.numbers import MOST_ENTRIES, MP, Array, Number, as_real
from jaclib.exercises.reading.errors import Unreadable
from jaclib.exercises.reading.functions import SCALAR, power
from jaclib.exercises.reading.tree import Binary, Bracket, Call, Chain, Constant, Literal, Name, Negative

__all__ = ["evaluate", "scalar"]

_CONSTANTS = {"pi": +MP.pi, "e": MP.exp(1), "oo": MP.inf, "nan": MP.nan}


def scalar(number: Number) -> Array:
    """Return a single number as an array of shape ()."""
    return Array((), (number,))


def evaluate(node, values) -> Array:
    """Return the value of a tree.

    Parameters
    ----------
    node : tree
        What `parse` returned.
    values : mapping of str to Array
        The values of its names.

    Raises
    ------
    Unreadable
        Where shapes do not fit, a number is not real or too large, or a set stands where a number is expected.
    """
    match node:
        case Literal():
            return scalar(Number(node.value, node.digits if node.decimal else None))
        case Constant():
            if node.name not in _CONSTANTS:
                raise Unreadable("A set is not expected here.", position=node.position)
            return scalar(Number(_CONSTANTS[node.name]))
        case Name():
            if node.name not in values:
                raise Unreadable("A number is expected here, not a name.", position=node.position)
            return values[node.name]
        case Negative():
            return _each(lambda entry: Number(-entry.value, entry.digits), evaluate(node.operand, values))
        case Binary():
            spine = []
            while isinstance(node, Binary):  # a sum of many terms leans to the left
                spine.append(node)
                node = node.left
            value = evaluate(node, values)
            for step in reversed(spine):
                value = _binary(step, value, evaluate(step.right, values))
            return value
        case Call():
            return _call(node, [evaluate(argument, values) for argument in node.arguments])
        case Bracket():
            return _bracket(node, values)
        case Chain():
            raise Unreadable("A comparison is not expected here.", position=node.position)
    raise TypeError(f"evaluate: {type(node).__name__} is no node of an answer.")


def _digits(a: Number, b: Number) -> int | None:
    """Return the digits of a result that has decimals in it: the most that were written."""
    return max((d for d in (a.digits, b.digits) if d is not None), default=None)


def _each(f, array: Array) -> Array:
    return Array(array.shape, tuple(map(f, array.entries)), array.column)


def _pairs(f, a: Array, b: Array, position: int) -> Array:
    """Apply `f` to the entries of two arrays of one shape, or of an array and a number."""
    if a.shape == b.shape:
        return Array(a.shape, tuple(map(f, a.entries, b.entries)), a.column and b.column)
    if b.shape == ():
        return _each(lambda entry: f(entry, b.entries[0]), a)
    if a.shape == ():
        return _each(lambda entry: f(a.entries[0], entry), b)
    raise Unreadable(f"The shapes {a.shape} and {b.shape} do not fit here.", position=position)


def _arithmetic(operator: str, position: int):
    """Return a function of two numbers that computes exactly where both are fractions."""

    def compute(a: Number, b: Number) -> Number:
        x, y = a.value, b.value
        if not (isinstance(x, Fraction) and isinstance(y, Fraction)):
            x, y = as_real(x), as_real(y)
        if operator == "+":
            result = x + y
        elif operator == "-":
            result = x - y
        elif operator == "*":
            result = x * y
        elif y == 0:
            raise Unreadable("This divides by zero.", position=position)
        else:
            result = x / y
        return Number(bounded(result, position), _digits(a, b))

    return compute


def bounded(value, position: int):
    """Refuse fractions that have grown out of any answer's size."""
    if isinstance(value, Fraction) and value.numerator.bit_length() + value.denominator.bit_length() > 8000:
        raise Unreadable("This number is too large for an answer.", position=position)
    return value


def _binary(node: Binary, a: Array, b: Array) -> Array:
    operator, position = node.operator, node.position
    if operator == "^":
        if a.shape or b.shape:
            raise Unreadable("Powers are read of numbers only. Write A @ A for a product.", position=position)
        return scalar(power(a.entries[0], b.entries[0], position))
    if operator == "@" or (operator == "*" and len(a.shape) == 2 == len(b.shape)):
        if operator == "*" and a.shape != b.shape:
            operator = "@"  # * can only mean the matrix product here
        if operator == "*":
            raise Unreadable(
                "* of two matrices can be read in two ways. Write A @ B for the matrix product.", position=position
            )
        return _matmul(a, b, position)
    if operator == "kron":
        return _kron(a, b, position)
    if operator == "union":
        raise Unreadable("A set is not expected here.", position=position)
    if operator == "/" and b.shape:
        raise Unreadable("This divides by an array.", position=position)
    if operator == "*" and a.shape and b.shape:
        raise Unreadable(
            "* of two vectors can be read in two ways. Write a @ b for the dot product.", position=position
        )
    return _pairs(_arithmetic(operator, position), a, b, position)


def _matmul(a: Array, b: Array, position: int) -> Array:
    if not (1 <= len(a.shape) <= 2 and 1 <= len(b.shape) <= 2) or a.shape[-1] != b.shape[0]:
        raise Unreadable(f"The shapes {a.shape} and {b.shape} do not fit a matrix product.", position=position)
    rows, inner, cols = len(a.entries) // a.shape[-1], a.shape[-1], len(b.entries) // b.shape[0]
    limited(rows * inner * cols // 8, position)
    add, times = _arithmetic("+", position), _arithmetic("*", position)
    entries = []
    for i, j in product(range(rows), range(cols)):
        terms = [times(a.entries[i * inner + k], b.entries[k * cols + j]) for k in range(inner)]
        total = terms[0]
        for term in terms[1:]:
            total = add(total, term)
        entries.append(total)
    return Array(a.shape[:-1] + b.shape[1:], tuple(entries), b.column)


def _kron(a: Array, b: Array, position: int) -> Array:
    if len(a.shape) != 2 or len(b.shape) != 2:
        raise Unreadable("kron is read of two matrices.", position=position)
    (m, n), (p, q) = a.shape, b.shape
    limited(m * n * p * q, position)
    times = _arithmetic("*", position)
    entries = [
        times(a.entries[i * n + j], b.entries[k * q + l])
        for i, k, j, l in product(range(m), range(p), range(n), range(q))
    ]
    return Array((m * p, n * q), tuple(entries))


def limited(size: int, position: int) -> None:
    """Refuse arrays, and products with many terms, that are larger than any answer."""
    if size > MOST_ENTRIES:
        raise Unreadable(
            f"This array is too large for an answer: at most {MOST_ENTRIES} entries are read.", position=position
        )


def _bracket(node: Bracket, values) -> Array:
    if node.opening == "{":
        raise Unreadable("Braces hold a set, which is not expected here. Write a list in [ ].", position=node.position)
    rows = [stack([evaluate(entry, values) for entry in row], node.position) for row in node.rows]
    if len(rows) == 1 and node.opening != "matrix":
        return rows[0]
    whole = stack(rows, node.position)
    return whole._replace(column=len(whole.shape) == 2 and whole.shape[1] == 1)


def stack(arrays: list[Array], position: int) -> Array:
    """Return arrays of one shape as an array with one more axis in front."""
    shapes = {array.shape for array in arrays}
    if len(shapes) > 1:
        raise Unreadable(f"The rows or entries have different shapes: {sorted(shapes)}.", position=position)
    inner = arrays[0].shape if arrays else ()
    entries = tuple(entry for array in arrays for entry in array.entries)
    limited(len(entries), position)
    return Array((len(arrays), *inner), entries)


def _call(node: Call, arguments: list[Array]) -> Array:
    name, position = node.function, node.position
    if name in _ARRAYS:
        least, most, compute = _ARRAYS[name]
        if not least <= len(arguments) <= most:
            raise Unreadable(
                f"{name} takes {least} argument{'s' * (least > 1)}, not {len(arguments)}.", position=position
            )
        return compute(position, *arguments)
    if name not in SCALAR:
        raise Unreadable(f"{name} makes a set, which is not expected here.", position=position)
    least, most, compute = SCALAR[name]
    if not least <= len(arguments) <= most:
        raise Unreadable(f"{name} takes {least} argument{'s' * (least > 1)}, not {len(arguments)}.", position=position)
    if len(arguments) == 1:
        return _each(lambda entry: compute(position, entry), arguments[0])
    return _pairs(lambda a, b: compute(position, a, b), *arguments, position)


def _matrix(position: int, *arguments: Array) -> Array:
    """Read SymPy's Matrix([1, 2]), Matrix([[1, 2], [3, 4]]) and Matrix(2, 2, [1, 2, 3, 4])."""
    if len(arguments) == 3:
        rows, cols = (size.entries[0].value for size in arguments[:2] if size.shape == ())
        if rows * cols != len(arguments[2].entries):
            raise Unreadable(f"{rows} × {cols} entries are expected in this matrix.", position=position)
        whole = Array((int(rows), int(cols)), arguments[2].entries)
    else:
        (whole,) = arguments[:1]
        whole = whole.reshaped(*whole.shape, 1) if len(whole.shape) == 1 else whole
    if len(whole.shape) != 2:
        raise Unreadable("Matrix is read with rows of entries: Matrix([[1, 2], [3, 4]]).", position=position)
    return whole._replace(column=whole.shape[1] == 1)


def _eye(position: int, size: Array) -> Array:
    n = size.entries[0].value if size.shape == () else None
    if n is None or n != int(n) or not 1 <= n <= 16:
        raise Unreadable("eye is read with a whole number from 1 to 16.", position=position)
    n = int(n)
    return Array((n, n), tuple(Number(Fraction(int(i == j))) for i in range(n) for j in range(n)))


def _outer(position: int, a: Array, b: Array) -> Array:
    if len(a.shape) != 1 or len(b.shape) != 1:
        raise Unreadable("outer is read of two vectors.", position=position)
    return _matmul(a.reshaped(len(a.entries), 1), b.reshaped(1, len(b.entries)), position)


# Functions of arrays: least and most number of arguments, and what computes.
_ARRAYS = {
    "array": (1, 1, lambda position, array: array),
    "matrix": (1, 3, _matrix),
    "transpose": (1, 1, lambda position, array: array.transposed),
    "kron": (2, 2, lambda position, a, b: _kron(a, b, position)),
    "matmul": (2, 2, lambda position, a, b: _matmul(a, b, position)),
    "outer": (2, 2, _outer),
    "eye": (1, 1, _eye),
}
