"""What the symbols of an entry stand for, and what depends on what."""

from __future__ import annotations

import inspect

from equations.values import exact, numeric


class Alias(str):
    """Another name: ``given=dict(u=Alias("x"))`` makes u mean x, also where something is differentiated by u."""


class Scope:
    """Values of names: given ones, and those that follow from them.

    Parameters
    ----------
    given : dict
        Numbers, SymPy expressions, arrays, or functions.
    where : dict of callables
        What depends on other names; the parameters of the callable name them.
    exact : bool
        Whether to compute with SymPy, or with floats.
    sizes : dict of int
        How far each index runs, from 1.
    domains, regions : dict
        For the words under a sum the list of bindings. For those under an integral ("" where there are none) a list of
        pieces, each with limits for `calculus.integral`, or a function that integrates another one.
    nabla : str or None
        The variable of a gradient that names none.
    arguments : dict of tuples
        For a value that the equation writes as a function: of which names.
    """

    def __init__(
        self, given, where=None, *, exact=False, sizes=None, domains=None, regions=None, nabla=None, arguments=None
    ):
        self.given, self.where, self.exact = given, where or {}, exact
        self.sizes, self.domains, self.regions = sizes or {}, domains or {}, regions or {}
        self.nabla, self.arguments = nabla, arguments or {}
        self._known = {}
        self.variables = frozenset()  # of the integrals around
        self.sides = {}  # what checks remember of sides that they have evaluated here

    def having(self, **values):
        """Return a scope in which these names have other values, and everything that follows from them too."""
        other = object.__new__(Scope)
        other.__dict__.update(self.__dict__)
        other.given, other._known = {**self.given, **values}, {}
        return other

    def value(self, name):
        """Return what a name stands for."""
        name = self.meant(name)
        if name in self.given:
            return self.clean(self.given[name])
        if name not in self._known:
            if name not in self.where:
                raise LookupError(f"nothing given for {name}")
            self._known[name] = self.clean(self.call(self.where[name]))
        return self._known[name]

    def meant(self, name):
        """Return the name that a name is another one for, or itself."""
        while isinstance(self.given.get(name), Alias):
            name = str(self.given[name])
        return name

    def call(self, function):
        """Call a function with the names of its parameters."""
        return function(*(self.value(parameter) for parameter in parameters(function)))

    def clean(self, value):
        """Return a value in this scope's kind of numbers."""
        return value if callable(value) else exact(value) if self.exact else numeric(value)

    def names(self):
        """Return all names, and those of them that are functions."""
        known = {*self.given, *self.where, *self.sizes}
        functions = {name for name in known - {*self.sizes} if callable(self.value(name))}
        return known, functions | {*self.arguments}


def parameters(function):
    """Return the names of a function's parameters that have no default, or those that its attribute `takes` states."""
    if hasattr(function, "takes"):
        return list(function.takes)
    found = inspect.signature(function).parameters.values()
    return [p.name for p in found if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
