"""Reverse mode: record one call on a tape, then pull cotangents back along it.

For y = f(x) a cotangent w of y is pulled back to Jᵀw, one operation at a time, last first: each operation multiplies
the cotangent of its result by its own transposed Jacobian and adds the outcome to the cotangents of its arguments
(Griewank and Walther, 2008, "Evaluating Derivatives", section 3.2). The cost is a small multiple of one call of f,
whatever the number of inputs. The tape is a plain list, so depth is bounded by memory and not by recursion.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.operations import NUMBER_TYPES, real_constant, unbroadcast
from jaclib.backprop.tracing import Trace, Traced


class ReverseTrace(Trace):
    """The tape of one traced call.

    Attributes
    ----------
    tape : list
        One entry a value: None for an input, else ``(operation, result, args, options, parents)``, where `parents`
        lists ``(argnum, place on the tape)`` for the traced arguments.
    """

    __slots__ = ("_locked", "tape")

    def __init__(self):
        super().__init__()
        self.tape = []
        self._locked = []

    def watch(self, value):
        """Put an input on the tape and return its stand-in."""
        self._lock(value)
        self.tape.append(None)
        return Traced(value, self, len(self.tape) - 1)

    def process(self, operation, args, options):
        """Compute one operation and record it."""
        if not self.open:
            self.refuse_leak()
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
                if not operation.forgets_arguments:
                    self._lock(x)
                values[argnum] = x
        result = operation.compute(*values, **options)
        tape = self.tape
        tape.append((operation, result, values, options, parents))
        return Traced(result, self, len(tape) - 1)

    def _lock(self, array):
        # The tape keeps references, not copies. Writing into such an array before the backward pass would change
        # derivatives without a word, so until then NumPy refuses it ("assignment destination is read-only").
        while isinstance(array, np.ndarray):
            if array.flags.writeable:
                array.flags.writeable = False
                self._locked.append(array)
            array = array.base

    def close(self):
        """End the traced call: its values may not be used any more."""
        self.open = False

    def unlock(self):
        """Let constants and inputs be written to again; the tape must have been read, or made independent."""
        # NumPy frees a view only after the array that owns its memory; a later view may have been locked after it.
        for array in sorted(self._locked, key=lambda array: isinstance(array.base, np.ndarray)):
            array.flags.writeable = True
        self._locked.clear()

    def detach(self):
        """Copy what the caller could still write to, so that the tape stays true after `unlock`."""
        locked = {id(array) for array in self._locked}
        copies = {}

        def own(x):
            if not isinstance(x, np.ndarray):
                return x
            if id(x) not in copies:
                base = x
                while isinstance(base, np.ndarray) and id(base) not in locked:
                    base = base.base
                # Only what is used is copied: a view of a few rows does not drag a whole data set along.
                copies[id(x)] = x.copy() if isinstance(base, np.ndarray) else x
            return copies[id(x)]

        for place, entry in enumerate(self.tape):
            if entry is not None:
                operation, result, values, options, parents = entry
                self.tape[place] = (operation, own(result), [own(x) for x in values], options, parents)

    def backward(self, cotangents: dict, inputs):
        """Pull cotangents back to the inputs.

        Parameters
        ----------
        cotangents : dict
            Place on the tape -> cotangent, of the value's shape, with the same extra axes in front for all.
        inputs : list of int
            Places of the inputs.

        Returns
        -------
        list
            One cotangent per input, or None where the result does not depend on it.
        """
        tape = self.tape
        slots = [None] * (max(cotangents) + 1) if cotangents else []
        for place, g in cotangents.items():
            slots[place] = g
        owned = set()
        for place in range(len(slots) - 1, -1, -1):
            g = slots[place]
            entry = tape[place]
            if g is None or entry is None:
                continue
            slots[place] = None
            operation, result, values, options, parents = entry
            partials = operation.partials
            for argnum, parent in parents:
                if partials is None:
                    if operation.accumulate is not None and _accumulate(
                        operation, slots, owned, parent, g, result, values, options
                    ):
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
        return [slots[i] if i < len(slots) else None for i in inputs]


def _accumulate(operation, slots, owned, parent, g, result, values, options):
    """Add a cotangent of a few entries into the array that collects them, in place; True if that was possible."""
    if type(g) is Traced:
        return False  # an enclosing trace must see the sum, so it is made anew
    before = slots[parent]
    if parent not in owned:
        if type(before) is Traced:
            return False
        shape = g.shape[: g.ndim - result.ndim] + values[0].shape
        slots[parent] = np.zeros(shape, g.dtype) if before is None else np.array(before)
        owned.add(parent)
    operation.accumulate(slots[parent], g, result, *values, **options)
    return True
