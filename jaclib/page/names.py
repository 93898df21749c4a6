"""Which global names a piece of code reads and writes, as Python's own compiler sees it."""

from __future__ import annotations

import dis
from functools import lru_cache
from types import CodeType

# Drawing random numbers changes a generator without assigning to it. The course takes them all from `rng` and its
# children; a cell that draws is therefore taken as one that also writes the name.
DRAWN_FROM = "rng"


@lru_cache(maxsize=1024)
def reads_and_writes(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the global names that code needs from before, and those that it leaves behind.

    Parameters
    ----------
    source : str
        Code of a cell. Code that does not compile reads and writes nothing.

    Returns
    -------
    reads, writes : frozenset of str
        A name counts as read if it is loaded before the code itself has stored it. What the functions of the code
        read counts unless the code stores it anywhere, since they are called later.

    Examples
    --------
    >>> reads, writes = reads_and_writes("for h in steps: total = h + 1")
    >>> sorted(reads), sorted(writes)
    (['steps'], ['h', 'total'])
    """
    try:
        code = compile(source, "<names>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return frozenset(), frozenset()
    reads, later, writes = set(), set(), set()
    for step in dis.get_instructions(code):
        if step.opname == "STORE_NAME":
            writes.add(step.argval)
        elif step.opname == "LOAD_NAME" and step.argval not in writes:
            reads.add(step.argval)
        elif isinstance(step.argval, CodeType):
            _inner(step.argval, later, writes)
    reads |= later - writes
    return frozenset(reads), frozenset(writes | {name for name in reads if name.endswith(DRAWN_FROM)})


def _inner(code: CodeType, reads: set[str], writes: set[str]) -> None:
    """Add the global names of a function, a class or a lambda, and of those inside it."""
    own = set()  # of a class
    for step in dis.get_instructions(code):
        if step.opname == "STORE_NAME":
            own.add(step.argval)
        elif step.opname == "STORE_GLOBAL":
            writes.add(step.argval)
        elif step.opname == "LOAD_GLOBAL" or (step.opname == "LOAD_NAME" and step.argval not in own):
            reads.add(step.argval)
        elif isinstance(step.argval, CodeType):
            _inner(step.argval, reads, writes)
