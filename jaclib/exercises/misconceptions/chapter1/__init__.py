"""Slips with partial derivatives, the chain rule and backpropagation, one module for each part of the chapter."""

from jaclib.exercises.misconceptions._entry import merged
from jaclib.exercises.misconceptions.chapter1 import checking, layers, neuron, paths, slopes

MISCONCEPTIONS = merged(slopes, paths, neuron, layers, checking)
