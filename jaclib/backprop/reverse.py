"""Reverse mode: record one call on a tape, then pull cotangents back along it.

For y = f(x) a cotangent w of y is pulled back to Jᵀw, one operation at a time, last first: each operation multiplies
the cotangent of its result by its own transposed Jacobian and adds the outcome to the cotangents of its arguments
(Griewank and Walther, 2008, "Evaluating Derivatives", section 3.2). The cost is a small multiple of one call of f,
whatever the number of inputs. The tape is a plain list, so depth is bounded by memory and not by recursion.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.guard import Guard
from jaclib.backprop.operations import NUMBER_TYPES, real_constant, scaled, unbroadcast
from jaclib.backprop.tracing import Trace, Traced

# Arrays of fewer entries are kept whether a rule reads them or not: looking is dearer than keeping.
_LARGE = 2048


class _Shape:
    """What the tape keeps of a large array whose entries no rule reads."""

    __slots__ = ("dtype", "ndim", "shape", "size")

    def __init__(self, array):
        self.shape, self.ndim, self.size, self.dtype = array.shape, array.ndim, array.size, array.dtype


class ReverseTrace(Trace):
    """The tape of one traced call.

    Attributes
    ----------
    guard : Guard
        Holds the caller's arrays that the tape refers to.
    tape : list
        One entry a value: None for an input, else ``(operation, result, args, options, parents)``, where `parents`
        lists ``(argnum, place on the tape)`` for the traced arguments.
    keep_all : bool
        Whether to keep every array, for showing; otherwise only the shapes of large arrays that no rule reads.
    """

    __slots__ = ("guard", "keep_all", "tape")

    def __init__(self, keep_all=False):
        super().__init__()
        self.tape = []
        self.keep_all = keep_all
        self.guard = Guard()

    def watch(self, value):
        """Put an input on the tape and return its stand-in."""
        self.tape.append(None)
        return Traced(self.guard.protect(value), self, len(self.tape) - 1)

    def process(self, operation, args, options):
        """Compute one operation and record it."""
        if not self.open:
            self.refuse_leak()
        values = parents = None
        # One or two arguments, traced here or plain numbers, are nearly all there is; they need no loop.
        if len(args) == 1:
            (x,) = args
            if type(x) is Traced and x.owner is self:
                values, parents = (x.value,), ((0, x.mark),)
        elif len(args) == 2:
            x, y = args
            if type(x) is Traced and x.owner is self:
                if type(y) is Traced and y.owner is self:
                    values, parents = (x.value, y.value), ((0, x.mark), (1, y.mark))
                elif type(y) in NUMBER_TYPES:
                    values, parents = (x.value, y), ((0, x.mark),)
            elif type(x) in NUMBER_TYPES:
                values, parents = (x, y.value), ((1, y.mark),)
        if values is None:
            values, parents = self._separate(operation, args)
        result = operation.compute(*values, **options) if options else operation.compute(*values)
        tape = self.tape
        reads = operation.reads
        # A reduction has a small result of an argument that may be large.
        large = result.size > _LARGE or (operation.vjps is not None and values[0].size > _LARGE)
        if large and reads is not None and not self.keep_all:
            kept = result if "result" in reads else _Shape(result)
            values = [x if i in reads or type(x) in NUMBER_TYPES else _Shape(x) for i, x in enumerate(values)]
            tape.append((operation, kept, values, options, parents))
        else:
            tape.append((operation, result, values, options, parents))
        return Traced(result, self, len(tape) - 1)

    def _separate(self, operation, args):
        """Return the values of the arguments, and the places of those that are traced here."""
        values = list(args)
        parents = []
        for argnum, x in enumerate(args):
            kind = type(x)
            if kind is Traced:
                if x.owner is self:
                    parents.append((argnum, x.mark))
                    values[argnum] = x.value
            elif kind not in NUMBER_TYPES:
                x = real_constant(operation, argnum, x)
                if operation.reads is None or argnum in operation.reads:
                    x = self.guard.protect(x)
                values[argnum] = x
        return values, parents

    def detach(self):
        """Copy what the caller could still write to, so that the tape stays true after it is released."""
        copies = {}

        def own(x):
            if type(x) is Traced or not isinstance(x, np.ndarray) or not self.guard.refers_to(x):
                return x
            if id(x) not in copies:
                # Only what is used is copied: a view of a few rows does not drag a whole data set along.
                copies[id(x)] = (x, x.copy())
            return copies[id(x)][1]

        for place, entry in enumerate(self.tape):
            if entry is not None:
                operation, result, values, options, parents = entry
                self.tape[place] = (operation, own(result), [own(x) for x in values], options, parents)

    def pull_identity(self, output, size, dtype):
        """Start the pullback of all unit cotangents of a vector, as one diagonal for as long as that lasts.

        Elementwise operations at the end of a program keep the identity diagonal, and the rows of a matrix are only
        scaled by it: that saves products with matrices that are nearly all zero.

        Returns
        -------
        place : int
            Where the ordinary pass has to go on. What stands after it on the tape is not needed any more.
        cotangents : array
            The cotangents at that place, one row for each entry of the result.
        """
        diagonal = np.ones(size, dtype)
        place = output
        # With one parent, every path from the result to the inputs leads through it: nothing else can reach it later.
        while self.tape[place] is not None and len(self.tape[place][4]) == 1:
            operation, result, values, _, ((argnum, parent),) = self.tape[place]
            if operation.partials is None:
                rows = operation.vjp_of_diagonal and operation.vjp_of_diagonal(argnum, diagonal, *values)
                if rows is None:
                    break
                return parent, rows
            if values[argnum].shape != result.shape:
                break
            diagonal = scaled(diagonal, operation.partials[argnum], result, values)
            place = parent
        return place, np.diag(diagonal)

    def backward(self, output, g, inputs, keep):
        """Pull a cotangent back to the inputs.

        Parameters
        ----------
        output : int or None
            Place of the result on the tape; None for a constant.
        g : array
            Its cotangent, of the result's shape; extra axes in front hold one cotangent per direction.
        inputs : int
            How many inputs there are: they stand first on the tape.
        keep : bool
            Whether the tape will be read again. If not, each entry is freed once it has been read.

        Returns
        -------
        list
            One cotangent per input, or None where the result does not depend on it.
        """
        if output is None:
            return [None] * inputs
        tape = self.tape
        slots = [None] * (output + 1)
        slots[output] = g
        owned = set()
        if not keep:
            del tape[output + 1 :]
        for place in range(output, inputs - 1, -1):
            g = slots[place]
            entry = tape[place] if keep else tape.pop()
            if g is None:
                continue
            slots[place] = None
            operation, result, values, options, parents = entry
            partials = operation.partials
            for argnum, parent in parents:
                if partials is None:
                    accumulate = operation.accumulate
                    if accumulate is not None and type(g) is not Traced:
                        total = slots[parent]
                        if parent not in owned:
                            if type(total) is Traced:
                                total = None
                            else:
                                slots[parent] = total = _own_total(total, g, result, values[0])
                                owned.add(parent)
                        if total is not None:
                            accumulate(total, g, result, *values, **options)
                            continue
                    c = operation.vjp(argnum, g, result, values, options)
                else:
                    # As `scaled` does it, written out: this line runs once for every operation of a program.
                    partial = partials[argnum]
                    if partial.__class__ is int:  # noqa: SIM108  (three cases on one line read worse)
                        c = g if partial == 1 else -g
                    else:
                        c = g * partial(result, *values)
                    shape = values[argnum].shape
                    if shape != result.shape:
                        c = unbroadcast(c, shape, result.ndim)
                before = slots[parent]
                if before is None:
                    slots[parent] = c
                else:
                    slots[parent] = before + c
        return slots[:inputs] + [None] * (inputs - len(slots))


def _own_total(total, g, result, x):
    """Return an array in which the cotangents of the parts of `x` may be added up in place."""
    # Written into, it must be nobody else's: another place on the tape may hold the same array.
    return np.zeros(g.shape[: g.ndim - result.ndim] + x.shape, g.dtype) if total is None else np.array(total)
