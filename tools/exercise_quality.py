"""Measure the bank of exercises: how many right answers are rejected, and how many wrong ones accepted.

    python tools/exercise_quality.py          print the report
    python tools/exercise_quality.py E1.4     of one exercise, with every form that was tried

The right answer is written in many forms by printers that have nothing in common with the reader (SymPy's, NumPy's,
Python's, and templates of `exercise_forms`). Wrong answers are the mistakes, near misses by one percent, and random
others.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field

import numpy as np
import sympy as sp

from exercise_forms import forms_of, random_form
from exercise_number_forms import rounded
from jaclib.exercises.bank import load
from jaclib.exercises.checking import judge
from jaclib.exercises.task import Task, make_task

VARIANTS = range(20)


def near_misses(task: Task) -> list:
    """Return answers that are off by one percent in one entry, or in all."""
    raw, kind = task.raw_answer, task.exercise.kind
    if kind == "number":
        return [_off(raw, sign, 1) for sign in (1, -1)] + [rounded(_off(raw, sign, 1), 6) for sign in (1, -1)]
    if kind in ("vector", "matrix"):
        scale = max(abs(entry) for entry in raw)
        missed = [raw * sp.Rational(101, 100), raw * sp.Rational(99, 100)]
        for i in range(len(raw)):
            for sign in (1, -1):
                entries = list(raw)
                entries[i] = _off(entries[i], sign, scale)
                missed.append(sp.Matrix(*raw.shape, entries))
        return [
            *missed,
            *(np.array(m.tolist(), dtype=float).reshape(-1 if kind == "vector" else raw.shape) for m in missed),
        ]
    if kind == "expression":
        return [raw * sp.Rational(101, 100), raw + sp.Rational(1, 100), f"({raw})*0.99"]
    if kind == "set":
        ends = sorted({end for part in (raw.args if isinstance(raw, sp.Union) else [raw]) for end in part.boundary})
        return [raw.subs(end, end + sp.Rational(1, 100)) for end in ends if end.is_finite]
    if kind == "shape":
        return [tuple(n + (i == j) for j, n in enumerate(raw)) for i in range(len(raw))]
    if kind == "code":
        return [_scaled(raw)]
    return [letter for letter in task.exercise.options if letter != raw]


def _off(value, sign: int, scale):
    return value * sp.Rational(100 + sign, 100) if value != 0 else sign * scale * sp.Rational(1, 100)


def _scaled(function):
    def scaled(*arguments):
        return _larger(function(*arguments))

    return scaled


def _larger(result):
    if isinstance(result, tuple | list):
        return type(result)(map(_larger, result))
    if isinstance(result, dict):
        return {key: _larger(value) for key, value in result.items()}
    return np.asarray(result) * 1.01 + 0.01


def random_others(task: Task, rng: random.Random, count: int = 30) -> list:
    """Return random answers of the right form that are not the right one."""
    raw, kind = task.raw_answer, task.exercise.kind

    def number():
        return sp.Rational(rng.randint(-40, 40), rng.randint(1, 9)) * rng.choice([1, 1, sp.pi, sp.exp(-1), sp.log(2)])

    if kind == "number":
        drawn = [number() for _ in range(count)]
        return [value for value in drawn if abs(float(value - raw)) > 0.006 * abs(float(raw))]
    if kind in ("vector", "matrix"):
        drawn = [sp.Matrix(*raw.shape, [number() for _ in raw]) for _ in range(count)]
        return [value for value in drawn if value != raw]
    if kind == "shape":
        drawn = [tuple(rng.randint(1, 9) for _ in range(rng.randint(1, 5))) for _ in range(count)]
        return [value for value in drawn if value != tuple(map(int, raw))]
    if kind == "set":
        drawn = [sp.Interval(a, a + rng.randint(1, 3), rng.random() < 0.5, rng.random() < 0.5) for a in range(-5, 5)]
        return [value for value in drawn if value != raw]
    if kind == "expression":
        names = sp.symbols(task.exercise.variables)
        drawn = [
            sum(rng.randint(-3, 3) * n ** rng.randint(0, 3) for n in names) + rng.randint(1, 3) for _ in range(count)
        ]
        here = dict.fromkeys(names, sp.Rational(7, 5))
        return [value for value in drawn if abs(float((value - raw).subs(here))) > 1e-3]
    return []


@dataclass
class Report:
    """What was tried, and what went wrong."""

    exercises: int = 0
    misconceptions: set = field(default_factory=set)
    patterns: int = 0
    forms: int = 0
    wrong: int = 0
    variants: int = 0
    false_rejects: list = field(default_factory=list)
    false_accepts: list = field(default_factory=list)
    unrecognised: list = field(default_factory=list)

    def add(self, exercise) -> None:
        """Try everything with one exercise."""
        self.exercises += 1
        self.patterns += len(exercise.mistakes)
        self.misconceptions |= {mistake.misconception for mistake in exercise.mistakes}
        variants = [make_task(exercise, variant) for variant in VARIANTS if exercise.draw]
        self.variants += len(variants)
        rng = random.Random(exercise.id)
        for task in [Task(exercise), *variants]:
            right = forms_of(task) if task.variant is None else [task.raw_answer]
            right += [random_form(task, rng) for _ in range(5 if task.variant is None else 1)]
            self.forms += len(right)
            self.false_rejects += [(task.name, form) for form in right if not judge(task, form).correct]
            others = near_misses(task) + random_others(task, rng)
            others = others if task.variant is None else rng.sample(others, min(3, len(others)))
            self.wrong += len(others) + len(task.slips)
            self.false_accepts += [(task.name, other) for other in others if judge(task, other).correct]
            for slip, raw in zip(task.slips, wrong_answers(task), strict=True):
                verdict = judge(task, raw)
                if verdict.correct:
                    self.false_accepts.append((task.name, raw))
                elif verdict.markdown != slip.message:
                    self.unrecognised.append((task.name, slip.mistake.misconception, verdict.message))

    def __str__(self):
        return "\n".join(
            [
                f"exercises                   {self.exercises}",
                f"variants tried              {self.variants}",
                f"misconceptions              {len(self.misconceptions)}",
                f"mistake patterns            {self.patterns}",
                f"forms of right answers      {self.forms}",
                f"false rejects               {len(self.false_rejects)}",
                f"wrong answers               {self.wrong}",
                f"false accepts               {len(self.false_accepts)}",
                f"mistakes not recognised     {len(self.unrecognised)}",
                *(f"  {problem}" for problem in [*self.false_rejects, *self.false_accepts, *self.unrecognised]),
            ]
        )


def wrong_answers(task: Task) -> list:
    """Return the wrong answer of each slip of a task, in order."""
    if task.exercise.kind == "code":
        return [slip.mistake.answer for slip in task.slips]
    return [slip.mistake.answer(task.given) for slip in task.slips]


def main(ids: list[str]) -> int:
    """Print the report on the named exercises, or on all."""
    report = Report()
    for exercise in load().values():
        if not ids or exercise.id in ids:
            report.add(exercise)
            for form in forms_of(Task(exercise)) if ids else ():
                print(repr(form))
    print(report)
    return bool(report.false_rejects or report.false_accepts or report.unrecognised)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
