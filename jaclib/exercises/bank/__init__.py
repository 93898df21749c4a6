"""The exercises. Every module of this folder and of the folders in it is read; each `Exercise` there is in the bank.

How to write one
----------------
Put it, in a variable of any name, into the module of its chapter, or of its topic where a chapter is a folder:
``chapter1/neuron.py``. Helpers stand above the exercise that uses them and begin with an underscore::

    def _two_paths(g):
        g.u, g.v = g.x**2, g.a * g.x                 # derived values: what solution and mistakes share
        g.by_u = (g.v + 2 * g.u) * 2 * g.x
        g.by_v = g.u * g.a

    E1_4 = Exercise(
        id="E1.4",
        title="Two paths to the output",             # does not give the answer away
        kind="number",                               # number expression vector matrix shape set choice code
        section="sec-1-graph",                       # where the book teaches it: sections.py
        objective="paths",                           # what it serves: objectives.py
        difficulty=1,                                # 1 warm-up, 2 standard, 3 demanding
        given={"a": 3, "x": 2},                      # exact values: 3, Fraction(1, 2), log(3), [1, 2], [[1, 2], [3, 4]]
        draw=lambda rng: {"a": rng.choice([2, 4, 5]), "x": rng.choice([-3, -2, 2, 5])},
        derive=_two_paths,
        prompt=r"Let $f = uv + u^2$ with $u = x^2$ and $v = <a>x$. What is $df/dx$ at $x = <x>$?",
        answer=lambda g: g.by_u + g.by_v,
        mistakes=[
            Mistake("one-path-only", lambda g: g.by_u, r"You went through $u$ only. ..."),
            Mistake("paths-multiplied", lambda g: g.by_u * g.by_v),
        ],
        hints=[r"Draw the graph. ...", r"Write the local derivative on each arrow. ...", r"At $x = <x>$ ..."],
        solution=r"... Add over the paths: $df/dx = <by_u> <by_v:+> = <answer>$.",
    )

**Values.** ``g`` has the given values as SymPy objects: a number, a column vector from a list, a matrix from a list of
lists. So ``g.x / 2`` is a fraction and ``g.A * g.x`` the matrix product; ``g.w.dot(g.x)`` is a number; ``g.A.T`` the
transpose. A given float is refused. `derive` sets further attributes. Answers and mistakes are computed from ``g``,
never typed: a number gives a SymPy number, a vector a column ``Matrix([a, b])``, a shape a tuple, a set a SymPy
`Interval` or `FiniteSet`, a choice its letter.

**Templates** are raw strings in MyST with ``$math$``. ``<name>`` writes a value as LaTeX, so it stands between dollars;
``<answer>`` may be used in the solution. ``<name:+>`` writes a term of a sum ("+ 3", "- 3"), ``<name:*>`` a coefficient
(nothing for 1), ``<name:+*>`` both, ``<name:()>`` brackets around what is negative, ``<name:column>`` a vector as a
column, ``<name:text>`` plain text for code, ``<name:decimal>`` six digits. A SymPy expression in ``g`` prints its own
signs. Indent a long one as you like.

**Mistakes.** The key names a `Misconception` of `jaclib.exercises.misconceptions`: title, explanation, the section that
cures it. Use an existing one where it fits; a new one goes into the module of the chapter. A message of its own speaks
about this exercise: it says where to look, and never the right number. The same key may stand twice with two messages.
Two mistakes of an exercise must differ in message and in value by more than 1 %, also in every variant: where a slip
makes no sense for some values, return None. Draws where values collide are thrown away, so draw from enough values.

**Hints.** At least three: first an idea, then a method, then nearly there. Each must help also somebody who reads it
alone.

**Kinds.** *expression*: name the free ``variables=("x", "y")``. *matrix*, *vector*: ``names=("A", "B")`` lets the
learner write ``kron(A, B.T)`` with given matrices. *choice*: ``options={"a": "...", ...}``, and a mistake for each
wrong letter. *code*: ``signature="central(f, x, h)"``; `answer` is the reference function itself, each mistake's answer
a wrong function, and ``cases`` are the hidden calls, the simplest first::

    Case("central(sin, 0.0, 1e-5)", lambda f: f(np.sin, 0.0, 1e-5), expect=1.0, within=1e-9)

What is compared may be a number made of several calls: an order of convergence, a mean over many samples with a seed.

**Check it**: ``python -m pytest tests/test_exercises_bank.py -q -k E1.4`` runs every quality test on one exercise, and
``jaclib exercises E1.4 --variant 7`` shows it as a learner sees it.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from jaclib.exercises.entry import Exercise

__all__ = ["load"]


def load() -> dict[str, Exercise]:
    """Return all exercises by id, in the order of the ids.

    Raises
    ------
    ValueError
        If two exercises have one id.
    """
    modules = [import_module(module.name) for module in pkgutil.walk_packages(__path__, f"{__name__}.")]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Exercise)]
    found = sorted({id(exercise): exercise for exercise in found}.values(), key=lambda exercise: exercise.order)
    bank = {exercise.id: exercise for exercise in found}
    if len(bank) < len(found):
        ids = [exercise.id for exercise in found]
        raise ValueError(
            f"bank: {sorted({i for i in ids if ids.count(i) > 1})} stand there twice. Give each its own id."
        )
    return bank
