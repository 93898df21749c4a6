"""Slips with the Jacobian matrix, one module for each part of the chapter."""

from jaclib.exercises.misconceptions._entry import merged
from jaclib.exercises.misconceptions.chapter2 import matrix, passes, solving

MISCONCEPTIONS = merged(matrix, passes, solving)
