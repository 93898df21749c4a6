"""Exercises that know your mistake: check an answer, ask for a hint, read the solution, see your progress.

``check("E1.4", 68)`` says whether an answer is right, names the slip if it is a known one, and says what to do next.
The same from a terminal: ``jaclib check E1.4 68``. How to write an exercise: `jaclib.exercises.bank`.
"""

from jaclib.exercises.tutor import check, exercise, exercises, hint, progress, solution
from jaclib.exercises.verdict import Verdict

__all__ = ["Verdict", "check", "exercise", "exercises", "hint", "progress", "solution"]
