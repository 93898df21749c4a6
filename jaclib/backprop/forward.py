"""Forward mode: carry a tangent along with every value.

For y = f(x) a tangent v of x is pushed forward to Jv, one operation at a time, in the order of the program: each
operation multiplies the tangents of its arguments by its own Jacobian and adds them (Griewank and Walther, 2008,
"Evaluating Derivatives", section 3.1). Nothing is stored. Several tangents travel together along an axis in front.
"""

from __future__ import annotations

import numpy as np

from jaclib.backprop.gaps import gaps, through
from jaclib.backprop.operations import real_constant, scaled
from jaclib.backprop.tracing import Trace, Traced


class Diagonal:
    """The tangents of a whole Jacobian while each entry still moves in a direction of its own.

    They begin as the identity, and elementwise operations keep them a diagonal; so the products with matrices that are
    nearly all zero are left out.

    Attributes
    ----------
    entries : array
        What entry i does in direction i, in the shape of the value.
    """

    __slots__ = ("entries",)

    def __init__(self, entries):
        self.entries = entries

    def dense(self):
        """Return the tangents with the axis of the directions in front."""
        n = self.entries.size
        return np.reshape(np.diag(np.reshape(self.entries, (n,))), (n, *self.entries.shape))


def dense(t):
    """Return tangents as an array."""
    return t.dense() if type(t) is Diagonal else t


class ForwardTrace(Trace):
    """One forward pass, with `lead` extra axes in front of every tangent (0: one direction, 1: many at once).

    With `around_gaps` entries that are nan have no tangent (see `gaps`).
    """

    __slots__ = ("around_gaps", "lead", "undefined")

    def __init__(self, lead, around_gaps=False):
        super().__init__()
        self.lead = lead
        self.around_gaps = around_gaps
        self.undefined = False  # whether there was nan of another kind

    def watch(self, value, tangent):
        """Return the stand-in of an input that moves in the direction `tangent`."""
        # Copies: the function may write into the caller's arrays, and what comes out must not be the caller's own.
        value, tangent = (x.copy() if type(x) is np.ndarray else x for x in (value, tangent))
        return Traced(value, self, tangent)

    def constant(self, operation, argnum, x):
        """Return a constant argument as a real array."""
        return real_constant(operation, argnum, x)

    def record(self, operation, values, parents, options, result=None):
        """Compute one operation and push the tangents of its arguments forward."""
        if not self.open:
            self.refuse_leak()
        if result is None:
            result = operation.compute(*values, **options)
        if operation.jvp_together is not None:
            tangents = [None] * len(values)
            for argnum, t in parents:
                tangents[argnum] = dense(t)
            return Traced(result, self, operation.jvp_together(tangents, *values, **options))
        total = None
        for argnum, t in parents:
            if type(t) is Diagonal:
                c = self._diagonal(operation, argnum, t, result, values, options)
            elif operation.partials is None:
                c = operation.jvp(argnum, t, result, values, options)
            else:
                c = self._elementwise(operation.partials[argnum], t, result, values, values[argnum])
            if total is None:
                total = c
            elif type(total) is Diagonal and type(c) is Diagonal:
                total = Diagonal(total.entries + c.entries)
            else:
                total = dense(total) + dense(c)
        if self.around_gaps:
            open_ = gaps(operation, result, values, options)
            if open_ is not None:
                self.undefined = self.undefined or bool(np.isnan(open_).any())
                total = through(dense(total), open_)
        return Traced(result, self, total)

    def _diagonal(self, operation, argnum, t, result, values, options):
        if operation.partials is not None:
            partial = operation.partials[argnum]
            if values[argnum].shape == result.shape:
                return Diagonal(scaled(t.entries, partial, result, values))
            return self._elementwise(partial, t.dense(), result, values, values[argnum])
        rows = operation.jvp_of_diagonal and operation.jvp_of_diagonal(argnum, t.entries, *values, **options)
        return operation.jvp(argnum, t.dense(), result, values, options) if rows is None else rows

    def _elementwise(self, partial, t, result, values, x):
        lead = self.lead
        if lead and x.ndim < result.ndim:
            # Broadcasting adds axes in front; the axis of the directions has to stay before them.
            t = np.reshape(t, t.shape[:lead] + (1,) * (result.ndim - x.ndim) + x.shape)
        c = scaled(t, partial, result, values)
        if c.shape[lead:] != result.shape:
            c = np.broadcast_to(c, t.shape[:lead] + result.shape)
        return c
