"""Every displayed equation of the book, and how it is checked.

An entry for each label stands in ``equations/chapter1.py`` and its siblings. It says what the symbols mean; the formula
itself is read from the notebook, so that a typo there fails the test. From the root of the repository::

    from equations import ENTRIES, check
    check("eq-1-layer-w")

===========  =======================================================================
`book`       finds the displayed equations in the notebooks, and their code
`tokens`     cuts LaTeX into tokens
`reading`    tokens to statements, by recursive descent
`readers`    the grammar of an expression; `constructs`: of fractions, sums, matrices; `cursor`
`scope`      what the symbols of an entry stand for
`values`     arithmetic with numbers, SymPy expressions and arrays of either
`calculus`   derivatives, limits and integrals of what is read
`meaning`    the value of a parsed expression, by the rules of `arithmetic` and `operators`
`registry`   the kinds of entry
`checks`     compares the sides of every statement
`mutants`    single typos, each of which a check must find
`page`       what the page *Every equation* shows
===========  =======================================================================

Why not SymPy's ``parse_latex``: of the 112 equations its Lark backend reads four, one of them in a single way. It knows
neither partial derivatives by indexed names, nor sums over an index, transposes, limits of brackets or aligned lines,
and it cannot know whether ``f(x + h)`` is a call or a product. Here the entry says which names are functions.
"""

from equations import chapter1, chapter1_networks, chapter2, chapter2_maps, chapter3, chapter3_densities, gallery
from equations.checks import check
from equations.registry import ENTRIES

MODULES = (chapter1, chapter1_networks, chapter2, chapter2_maps, chapter3, chapter3_densities, gallery)

__all__ = ["ENTRIES", "MODULES", "check"]
