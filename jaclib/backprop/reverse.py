"""Reverse mode: record one call on a tape, then pull cotangents back along it.

For y = f(x) a cotangent w of y is pulled back to Jᵀw, one operation at a time, last first: each operation multiplies
the cotangent of its result by its own transposed Jacobian and adds the outcome to the cotangents of its arguments
(Griewank and Walther, 2008, "Evaluating Derivatives", section 3.2). The cost is a small multiple of one call of f,
whatever the number of inputs. The tape is a plain list, so depth is bounded by memory and not by recursion.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.gaps import gaps, through, without
from jaclib.backprop.guard import Guard
from jaclib.backprop.operations import UFUNC_OPERATIONS, real_constant, scaled, unbroadcast, written_out
from jaclib.backprop.tracing import NUMBER_TYPES, Trace, Traced

# Arrays of fewer entries are kept whether a rule reads them or not: looking is dearer than keeping.
_LARGE = 2048

_new = object.__new__
_Number = np.float64
_square = UFUNC_OPERATIONS[np.square]


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

    __slots__ = ("append", "guard", "keep_all", "tape")

    def __init__(self, keep_all=False):
        super().__init__()
        self.tape = tape = []
        self.append = tape.append
        self.keep_all = keep_all
        self.guard = Guard()

    def watch(self, value):
        """Put an input on the tape and return its stand-in."""
        self.tape.append(None)
        return Traced(self.guard.protect(value), self, len(self.tape) - 1)

    def close(self):
        """End the traced call."""
        self.open = False
        self.append = self._refuse_entry

    def _refuse_entry(self, entry):
        self.refuse_leak()

    def constant(self, operation, argnum, x):
        """Return a constant argument as a real array that nobody writes into while the tape refers to it."""
        x = real_constant(operation, argnum, x)
        reads = operation.reads
        return self.guard.protect(x) if reads is None or argnum in reads else x

    def record(self, operation, values, parents, options, result=None):
        """Compute one operation and put it on the tape."""
        if result is None:
            result = operation.compute(*values, **options) if options else operation.compute(*values)
        # A reduction has a small result of an argument that may be large.
        if result.size > _LARGE or (operation.vjps is not None and values[0].size > _LARGE):
            self.append((operation, *self._needed(operation, result, values), options, parents))
        else:
            self.append((operation, result, values, options, parents))
        # Traced(result, self, place), in half the time.
        traced = _new(Traced)
        traced.value = result
        traced.owner = self
        traced.mark = len(self.tape) - 1
        return traced

    def _needed(self, operation, result, values):
        """Return what the rules read of large arrays, and of the others only the shapes."""
        reads = operation.reads
        if reads is None or self.keep_all:
            return result, values
        slim = [x if i in reads or type(x) in NUMBER_TYPES else _Shape(x) for i, x in enumerate(values)]
        return (result if "result" in reads else _Shape(result)), slim

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
        if keep:
            tape = tape[: output + 1]
        else:
            del tape[output + 1 :]
        # A number in the slot of an array stands for equal entries: what a sum hands back is multiplied as one number,
        # and written out where the entries begin to differ.
        slots = [None] * (output + 1)
        slots[output] = g
        # Places whose cotangent no other place holds: it may be added to in place.
        owned = set()
        for _ in range(output + 1 - inputs):
            g = slots.pop()
            entry = tape.pop()
            if g is None:
                continue
            operation, result, values, options, parents = entry
            # Lines here run once for every operation of a program: they say directly what `vjp` says in general.
            derivative = operation.derivative
            if derivative is not None:
                ((_, parent),) = parents
                if type(g) is _Number and operation is _square:
                    c = (g + g) * values[0]  # one pass over the array, where g (x + x) takes two
                else:
                    c = g * derivative(result, values[0])
                before = slots[parent]
                slots[parent] = c if before is None else before + c
                continue
            partials = operation.partials
            if partials is None:
                if type(g) is _Number and type(result) is not _Number:
                    g = written_out(g, result.shape)
                for argnum, parent in parents:
                    total = slots[parent]
                    if total is None:
                        if type(g) is _Number and operation.repeats:
                            slots[parent] = g
                            continue
                        slots[parent] = operation.vjp(argnum, g, result, values, options)
                        if operation.accumulate is not None:
                            owned.add(parent)
                    elif operation.accumulate is None or type(total) is Traced or type(g) is Traced:
                        slots[parent] = total + operation.vjp(argnum, g, result, values, options)
                    else:
                        if parent not in owned:
                            if type(total) is _Number:
                                total = written_out(total, values[argnum].shape)
                            slots[parent] = total = np.array(total)
                            owned.add(parent)
                        operation.accumulate(total, g, result, *values, **options)
                continue
            full = result.shape
            for argnum, parent in parents:
                partial = partials[argnum]
                if partial.__class__ is int:  # noqa: SIM108  (three cases on one line read worse)
                    c = g if partial == 1 else -g
                else:
                    c = g * partial(result, *values)
                shape = values[argnum].shape
                if shape != full:
                    c = unbroadcast(written_out(c, full) if type(g) is _Number else c, shape, result.ndim)
                elif type(g) is _Number and type(c) is not _Number:
                    c = written_out(c, shape)  # a partial may have fewer axes than the result
                before = slots[parent]
                slots[parent] = c if before is None else before + c
        return slots + [None] * (inputs - len(slots))

    def backward_around_gaps(self, output, g, inputs, keep=True):
        """Pull a cotangent back as `backward` does, with nothing through entries that are nan (see `gaps`)."""
        slots = [None] * (output + 1)
        slots[output] = g
        for place in range(output, inputs - 1, -1):
            g = slots[place]
            if g is None:
                continue
            operation, result, values, options, parents = self.tape[place]
            open_ = gaps(operation, result, values, options)
            if open_ is not None:
                g = through(g, open_)
            for argnum, parent in parents:
                if operation.partials is None:
                    c = operation.vjp(argnum, g, without(result), [without(x) for x in values], options)
                else:
                    c = scaled(g, operation.partials[argnum], result, values)
                    c = c if open_ is None else through(c, open_)
                    c = unbroadcast(c, values[argnum].shape, result.ndim)
                before = slots[parent]
                slots[parent] = c if before is None else before + c
        return slots[:inputs] + [None] * (inputs - len(slots))
