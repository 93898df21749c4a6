"""Jacobians, backpropagation and change of variables on plain NumPy and SymPy code."""

from jaclib.digits import Digits, load_digits
from jaclib.notebook import setup_notebook

__all__ = ["Digits", "load_digits", "setup_notebook"]
__version__ = "0.1.0"
