"""Slips with the change of variables, one module for each part of the chapter."""

from jaclib.exercises.misconceptions._entry import merged
from jaclib.exercises.misconceptions.chapter3 import densities, factors, one_dimension, regions

MISCONCEPTIONS = merged(one_dimension, factors, regions, densities)
