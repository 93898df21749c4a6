"""Keep the arrays that a tape refers to as they were, until the tape has been read.

The tape stores references to the caller's arrays. If one were written to before the backward pass, derivatives would be
wrong without a word. Small arrays are therefore copied; large ones are made read-only for the time being, together with
the arrays whose memory they share, so that NumPy itself refuses the write ("assignment destination is read-only").
What this cannot see: a write into a large array through another view of it that was made before.
"""

from __future__ import annotations

import numpy as np

# Copying this many entries costs less than an operation on them.
SMALL = 2048

# id -> [array, how many guards hold it]: nested traces may guard the same array, and the last one frees it.
_held: dict = {}
# Views that could not be freed because the owner of their memory is still held.
_waiting: list = []


class Guard:
    """The arrays that one tape holds."""

    __slots__ = ("_arrays",)

    def __init__(self):
        self._arrays = {}  # by id

    def protect(self, array):
        """Return what the tape may refer to: a copy, or the array itself, made read-only until `release`."""
        if type(array) is not np.ndarray:  # a number, or traced in turn by an enclosing trace
            return array
        if array.size <= SMALL:
            return array.copy()
        link = array
        while isinstance(link, np.ndarray):
            self._hold(link)
            link = link.base
        return array

    def _hold(self, array):
        key = id(array)
        if key in self._arrays:
            return
        if key in _held:
            _held[key][1] += 1
        elif array.flags.writeable:
            array.flags.writeable = False
            _held[key] = [array, 1]
        self._arrays[key] = array

    def refers_to(self, array) -> bool:
        """Whether the memory of `array` is the caller's, and not the tape's own."""
        while isinstance(array, np.ndarray):
            if id(array) in self._arrays:
                return True
            array = array.base
        return False

    def release(self):
        """Let the arrays be written to again, unless another tape still needs them."""
        if not self._arrays:
            return
        free = list(_waiting)
        _waiting.clear()
        for key, array in self._arrays.items():
            entry = _held.get(key)
            if entry is not None:
                entry[1] -= 1
                if entry[1] == 0:
                    del _held[key]
                    free.append(array)
        self._arrays.clear()
        # NumPy frees a view only after the array that owns its memory.
        for array in sorted(free, key=lambda array: isinstance(array.base, np.ndarray)):
            try:
                array.flags.writeable = True
            except ValueError:
                _waiting.append(array)
